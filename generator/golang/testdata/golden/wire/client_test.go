package wire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"golden/orders"
)

// logged returns what the two handlers of log/slog write for an error.
func logged(err error) (text, json string) {
	var t, j bytes.Buffer
	slog.New(slog.NewTextHandler(&t, nil)).Error("", "err", err)
	slog.New(slog.NewJSONHandler(&j, nil)).Error("", "err", err)
	return t.String(), j.String()
}

func TestReadProblem(t *testing.T) {
	type want struct {
		text   string
		code   orders.Code
		status int
		title  string
		retry  time.Duration
	}
	const closed = `{"type":"https://example.com/errors/ORDER_CLOSED#2001","title":"T","status":418,"detail":"D","instance":"I","code":"2001","more":[1]}`
	date := http.Header{"Date": {"Mon, 01 Jan 2024 00:00:00 GMT"}, "Retry-After": {"Mon, 01 Jan 2024 00:01:30 GMT"}}
	tests := []struct {
		name   string
		status int
		header http.Header
		body   string
		want   want
	}{
		{"problem", 409, nil, closed, want{"2001: D", orders.OrderClosed, 409, "T", 0}},
		{"any content type", 409, http.Header{"Content-Type": {"text/html"}}, closed, want{"2001: D", orders.OrderClosed, 409, "T", 0}},
		{"alias", 500, nil, `{"code":"0999"}`, want{"1000: Internal Server Error", orders.SystemError, 500, "Internal Server Error", 0}},
		{"newer code", 422, nil, `{"code":"9999","title":"New"}`, want{"9999: New", "9999", 422, "New", 0}},
		{"empty", 503, nil, "", want{"503: Service Unavailable", "", 503, "Service Unavailable", 0}},
		{"page of a proxy", 502, nil, "<html>Bad Gateway</html>", want{"502: Bad Gateway", "", 502, "Bad Gateway", 0}},
		{"cut off", 409, nil, closed[:len(closed)-6], want{"2001: D", orders.OrderClosed, 409, "T", 0}},
		{"cut off early", 409, nil, `{"code":"20`, want{"409: Conflict", "", 409, "Conflict", 0}},
		{"array", 400, nil, `[{"code":"2001"}]`, want{"400: Bad Request", "", 400, "Bad Request", 0}},
		{"null", 400, nil, `null`, want{"400: Bad Request", "", 400, "Bad Request", 0}},
		{"wrong types", 409, nil, `{"type":1,"title":[],"status":"409","detail":{},"instance":null,"code":[2001],"errors":{}}`, want{"409: Conflict", "", 409, "Conflict", 0}},
		{"number as code", 409, nil, `{"status":409,"code":2.001e3,"detail":"D"}`, want{"2001: D", orders.OrderClosed, 409, "Conflict", 0}},
		{"one wrong type", 409, nil, `{"title":7,"detail":"D","code":"2001","errors":"x"}`, want{"2001: D", orders.OrderClosed, 409, "Conflict", 0}},
		{"other case", 409, nil, `{"Code":"2001","TITLE":"T"}`, want{"409: Conflict", "", 409, "Conflict", 0}},
		{"unknown status", 599, nil, ``, want{"599", "", 599, "", 0}},
		{"too large", 500, nil, `{"code":"1000","title":"T","x":"` + strings.Repeat("x", 2<<20) + `"}`, want{"1000: T", orders.SystemError, 500, "T", 0}},
		{"success that says problem", 200, http.Header{"Content-Type": {"Application/Problem+JSON; charset=utf-8"}}, closed, want{"2001: D", orders.OrderClosed, 200, "T", 0}},
		{"Retry-After in seconds", 503, http.Header{"Retry-After": {"7"}}, "", want{"503: Service Unavailable", "", 503, "Service Unavailable", 7 * time.Second}},
		{"Retry-After as a date", 503, date, "", want{"503: Service Unavailable", "", 503, "Service Unavailable", 90 * time.Second}},
		{"Retry-After in the past", 503, http.Header{"Retry-After": {"Mon, 01 Jan 2001 00:00:00 GMT"}}, "", want{"503: Service Unavailable", "", 503, "Service Unavailable", 0}},
		{"Retry-After is no time", 503, http.Header{"Retry-After": {"-7"}}, "", want{"503: Service Unavailable", "", 503, "Service Unavailable", 0}},
		{"Retry-After is huge", 503, http.Header{"Retry-After": {"99999999999999999999"}}, "", want{"503: Service Unavailable", "", 503, "Service Unavailable", 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			resp, _ := get(t, "GET", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for name, values := range test.header {
					w.Header()[name] = values
				}
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			}))
			err := orders.ReadProblem(resp)
			var p *orders.Problem
			if !errors.As(err, &p) {
				t.Fatalf("got %v", err)
			}
			if got := (want{err.Error(), p.Code, p.Status, p.Title, p.RetryAfter}); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if p.Type == "" {
				t.Error("there is no type")
			}
			if test.want.code != "" && !errors.Is(err, test.want.code) {
				t.Errorf("errors.Is does not find %s", test.want.code)
			}
			if code, ok := orders.CodeOf(err); code != test.want.code || ok != (test.want.code != "") {
				t.Errorf("CodeOf gives %q, %t", string(code), ok)
			}
		})
	}
}

func TestReadSuccess(t *testing.T) {
	for _, status := range []int{200, 204, 304} {
		resp, _ := get(t, "GET", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			if status == 200 {
				_, _ = io.WriteString(w, `{"code":"2001"}`)
			}
		}))
		if err := orders.ReadProblem(resp); err != nil {
			t.Errorf("%d gives %v", status, err)
		}
	}
	if err := orders.ReadProblem(&http.Response{StatusCode: 500}); err == nil || err.Error() != "500: Internal Server Error" {
		t.Errorf("a response without a body gives %v", err)
	}
}

// A body without an end is read up to a limit.
func TestReadEndless(t *testing.T) {
	body := io.MultiReader(strings.NewReader(`{"code":"2001","x":"`), endless{})
	if err := orders.ReadProblem(&http.Response{StatusCode: 409, Body: io.NopCloser(body)}); !errors.Is(err, orders.OrderClosed) {
		t.Errorf("got %v", err)
	}
}

// endless is a source without an end.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

func TestParseProblem(t *testing.T) {
	err := orders.ParseProblem([]byte(`{"code":"2000","article":"A-17","before":3,"after":"2","more":{"a":[1, 2]},"-":"x","":"y","errors":[{"pointer":"/a","detail":"D"},7,{},null,{"pointer":1,"detail":"E"}]}`))
	var changed *orders.StockChangedError
	if !errors.As(err, &changed) || *changed != (orders.StockChangedError{Article: "A-17", Before: 3}) {
		t.Errorf("got %#v", changed)
	}
	var p *orders.Problem
	if !errors.As(err, &p) || string(p.Extensions["more"]) != `{"a":[1, 2]}` || string(p.Extensions["after"]) != `"2"` || len(p.Extensions) != 6 {
		t.Errorf("the other members are %s", p.Extensions)
	}
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	if want := []orders.FieldError{
		{Pointer: "/a", Detail: "D"}, {Foreign: raw(`7`)}, {}, {Foreign: raw(`null`)}, {Detail: "E", Extensions: map[string]json.RawMessage{"pointer": raw(`1`)}},
	}; !reflect.DeepEqual(p.Errors, want) {
		t.Errorf("the field errors are %+v", p.Errors)
	}
	for _, body := range []string{"", "{", "x", `{"a":`, `"text"`, "\xff", "null"} {
		if err := orders.ParseProblem([]byte(body)); err == nil || err.Error() != "unknown problem" || errors.Unwrap(err) != nil {
			t.Errorf("%q gives %v", body, err)
		}
		if err := new(orders.Problem).UnmarshalJSON([]byte(body)); err == nil {
			t.Errorf("UnmarshalJSON accepts %q", body)
		}
	}
	var q orders.Problem
	if err := json.Unmarshal([]byte(`{"code":"0999","x":1}`), &q); err != nil || q.Code != orders.SystemError || string(q.Extensions["x"]) != "1" {
		t.Errorf("json.Unmarshal gives %v, %v", q.Code, err)
	}
}

// outside has the shape of an error struct, and belongs to another package.
type outside struct{ Article string }

func (*outside) Error() string { panic("called") }
func (*outside) Unwrap() error { panic("called") }

// embedding has the methods of an error of the package.
type embedding struct{ *orders.StockChangedError }

func TestAsLeavesOthersAlone(t *testing.T) {
	err := orders.ParseProblem([]byte(`{"code":"2000","article":"A-17","Article":"A-17"}`))
	if errors.As(err, new(*orders.CardRefusedError)) || errors.As(err, new(*outside)) || errors.As(err, new(*embedding)) ||
		errors.As(err, new(*url.Error)) || errors.As(err, new(interface{ Timeout() bool })) {
		t.Error("errors.As finds what is not there")
	}
	p := new(orders.Problem)
	if !errors.As(err, &p) {
		t.Fatal("errors.As does not find the Problem")
	}
	for _, target := range []any{nil, 7, "x", new(int), new(string), (*int)(nil), (**orders.StockChangedError)(nil), new(**orders.StockChangedError), new(orders.StockChangedError), new(*int), new([]int), new(func())} {
		if p.As(target) {
			t.Errorf("As fills a %T", target)
		}
	}
	var code orders.Code
	if !errors.As(err, &code) || code != orders.StockChanged {
		t.Errorf("errors.As gives the Code %q", string(code))
	}
	if errors.As(orders.ParseProblem([]byte(`{"article":"A-17"}`)), new(*orders.StockChangedError)) {
		t.Error("a problem without a code becomes a struct")
	}
	if err := fmt.Errorf("a: %w", orders.ParseProblem([]byte(`{"code":"2000"}`))); !errors.As(err, new(*orders.StockMovedError)) || !errors.Is(err, orders.StockMoved) {
		t.Error("the former name is not found")
	}
}

// A gateway passes on the problem that it got, and logs it.
func TestGateway(t *testing.T) {
	stock := orders.WithErrors(orders.WithInstance(&orders.StockChangedError{Article: "A-17", Before: 3, After: 1<<62 + 1}, "/log/1"), orders.FieldError{Pointer: "/a", Detail: "D"})
	first, want := get(t, "GET", orders.Handler(fails(stock)))
	second, got := get(t, "GET", orders.Handler(fails(fmt.Errorf("upstream: %w", orders.ReadProblem(first)))))
	if got != want || second.StatusCode != 409 {
		t.Errorf("what is passed on is\n%s, want\n%s", got, want)
	}
	text, log := logged(orders.ReadProblem(second))
	if !strings.Contains(text, "err.code=2000 err.category=order err.message=\"The stock of A-17 changed from 3 to 4611686018427387905\" err.params.after=4611686018427387905") ||
		!strings.Contains(log, `"params":{"after":4611686018427387905,"article":"A-17","before":3}`) {
		t.Errorf("the log is\n%s\n%s", text, log)
	}
	retried, _ := get(t, "GET", orders.Handler(fails(&orders.Problem{Code: orders.SystemError, RetryAfter: 1500 * time.Millisecond})))
	if got := retried.Header.Get("Retry-After"); got != "2" {
		t.Errorf("Retry-After: %s", got)
	}
	for _, hidden := range []string{`{"code":"9999","detail":"hunter2","instance":"hunter2","x":"hunter2","errors":[{"detail":"hunter2"}]}`, `{"detail":"hunter2"}`, `{"code":"1003","detail":"hunter2","actor":"hunter2"}`} {
		if resp, body := get(t, "GET", orders.Handler(fails(orders.ParseProblem([]byte(hidden))))); resp.StatusCode != 500 || strings.Contains(body, "hunter2") || !strings.Contains(body, `"code":"1000"`) {
			t.Errorf("%s is passed on as %d %s", hidden, resp.StatusCode, body)
		}
	}
}

// The fields of a Problem cannot break the body.
func TestMarshalProblem(t *testing.T) {
	p := orders.Problem{Code: orders.OrderClosed, Extensions: map[string]json.RawMessage{
		"b": json.RawMessage(`1`), "a\"b": json.RawMessage(`"x"`), "bad": json.RawMessage(`{`), "nil": nil, "status": json.RawMessage(`1`),
	}}
	const want = `{"code":"2001","a\"b":"x","b":1}`
	for _, v := range []any{p, &p} {
		if got, err := json.Marshal(v); err != nil || string(got) != want {
			t.Errorf("%T gives %s, %v", v, got, err)
		}
	}
	if got, err := json.Marshal(orders.Problem{Extensions: map[string]json.RawMessage{"a": json.RawMessage(`1`)}}); err != nil || string(got) != `{"a":1}` {
		t.Errorf("got %s, %v", got, err)
	}
	if got, err := json.Marshal(orders.Problem{}); err != nil || string(got) != `{}` {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestSensitive(t *testing.T) {
	const secret = "4111-1111"
	refused, pin := &orders.CardRefusedError{Bank: "Bank", CardNumber: orders.Hide(secret)}, orders.NewPINWrong(secret)
	shown := make(map[string]string)
	format := func(v any, verbs ...string) {
		for _, verb := range verbs {
			shown[fmt.Sprintf("%s of %T", verb, v)] = fmt.Sprintf(verb, v)
		}
	}
	usual := []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X"}
	for _, v := range []any{refused, *refused, pin, *pin, orders.WithCause(refused, pin), orders.WithInstance(refused, "/x"), []any{*refused}, struct{ E any }{*pin}, struct{ E orders.PINWrongError }{*pin}} {
		format(v, usual...)
		var text, log bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Error("", "err", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Error("", "err", v)
		body, err := json.Marshal(v)
		if err != nil {
			t.Error(err)
		}
		shown[fmt.Sprintf("text log of %T", v)], shown[fmt.Sprintf("JSON log of %T", v)], shown[fmt.Sprintf("JSON of %T", v)] = text.String(), log.String(), string(body)
	}
	for _, v := range []any{refused, *refused, pin, *pin} {
		format(v, "%t", "%g", "%08.3f", "%U", "%c", "%o", "%z")
	}
	for _, err := range []error{refused, pin, fmt.Errorf("a: %w", refused)} {
		resp, body := get(t, "GET", orders.Handler(fails(err)))
		shown[fmt.Sprintf("the body of %T", err)] = body
		got := orders.ReadProblem(resp)
		text, log := logged(got)
		shown[fmt.Sprintf("the log of %T at the client", err)] = text + log
		var as *orders.CardRefusedError
		if errors.As(got, &as) && as.CardNumber.Reveal() != "" {
			t.Errorf("the client has the param %q", as.CardNumber.Reveal())
		}
	}
	for how, text := range shown {
		if strings.Contains(text, secret) || strings.Contains(text, fmt.Sprintf("%x", secret)) || strings.Contains(text, fmt.Sprintf("%X", secret)) {
			t.Errorf("%s shows the param: %s", how, text)
		}
	}
	if got := fmt.Sprintf("%v|%s|%q", *refused, refused, refused); got != `{Bank [redacted]}|3000: The card was refused by Bank|"3000: The card was refused by Bank"` {
		t.Errorf("got %s", got)
	}
	var as *orders.CardRefusedError
	if err := orders.ParseProblem([]byte(`{"code":"3000","bank":"Bank","card_number":"x","-":"x","CardNumber":"x"}`)); !errors.As(err, &as) || as.CardNumber.Reveal() != "" || as.Bank != "Bank" {
		t.Errorf("the sensitive param is filled: %q", as.CardNumber.Reveal())
	}
}
