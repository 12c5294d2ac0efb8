package fixed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

// body returns the problem of an error as it is sent.
func body(t *testing.T, err error) string {
	t.Helper()
	b, merr := json.Marshal(ProblemOf(err))
	if merr != nil {
		t.Fatal(merr)
	}
	return string(b)
}

func TestProblemOf(t *testing.T) {
	const (
		fallback = `{"type":"https://example.com/errors/SERVER_FAILED#100","title":"Server failed","status":500,"detail":"Something went wrong","code":"100"}`
		closed   = `{"type":"https://example.com/errors/ORDER_CLOSED#200","title":"Order closed","status":409,"detail":"Order closed","code":"200"}`
		refused  = `{"type":"https://example.com/errors/CARD_REFUSED#301","title":"Card refused","status":409,"detail":"The card was refused by Bank","code":"301","bank":"Bank"}`
	)
	card := newCardRefused("Bank", "hunter2")
	secret := errors.New("hunter2")
	field := FieldError{Pointer: "/hunter2", Detail: "hunter2"}
	every := NewEveryType("a", 1, 1.5, true, time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC), 90*time.Second, []string{"b"}, []int64{2})
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"nil", nil, "null"},
		{"code", OrderClosed, closed},
		{"struct", card, refused},
		{"nil struct", (*CardRefusedError)(nil), strings.Replace(refused, `The card was refused by Bank","code":"301","bank":"Bank"`, `Card refused","code":"301"`, 1)},
		{"wrapped", fmt.Errorf("hunter2: %w", card), refused},
		{"joined", errors.Join(secret, card, OrderClosed), refused},
		{"cause", WithCause(card, secret), refused},
		{"cause from the catalog", WithCause(OrderClosed, card), closed},
		{"not in the catalog", secret, fallback},
		{"only the cause is in the catalog", WithCause(secret, card), refused},
		{"internal", DatabaseDown, fallback},
		{"internal with params", NewAuditFailed("hunter2"), fallback},
		{"unknown code", Code("hunter2"), fallback},
		{"errors of an internal error", WithErrors(DatabaseDown, field), fallback},
		{"instance of an internal error", WithInstance(DatabaseDown, "/1"), strings.Replace(fallback, `"code"`, `"instance":"/1","code"`, 1)},
		{"status below 200", EarlyHints, `{"type":"https://example.com/errors/EARLY_HINTS#201","title":"Early hints","status":500,"detail":"Early hints","code":"201"}`},
		{"members", WithErrors(WithInstance(OrderClosed, "/1"), FieldError{Pointer: "/a", Detail: "A"}), strings.Replace(strings.TrimSuffix(closed, "}"), `"code"`, `"instance":"/1","code"`, 1) + `,"errors":[{"pointer":"/a","detail":"A"}]}`},
		{"a catalog without HTTP", fmt.Errorf("hunter2: %w", plainCode("hunter2")), fallback},
		{"a catalog without HTTP first", errors.Join(plainCode("hunter2"), OrderClosed), closed},
		{"another package", otherCode("1"), `{"type":"https://example.org/1","title":"Other","status":418,"detail":"Other","code":"1"}`},
		{
			"every type", every,
			`{"type":"https://example.com/errors/EVERY_TYPE#300","title":"Every type","status":409,"detail":"a|1|1.5|true|2024-02-29T12:30:00Z|1m30s|b|2","code":"300",` +
				`"at":"2024-02-29T12:30:00Z","count":1,"flag":true,"ids":[2],"names":["b"],"ratio":1.5,"text":"a","wait":"1m30s"}`,
		},
	}
	for _, test := range tests {
		if got := body(t, test.err); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
	if p := ProblemOf(ServerFailed); p.RetryAfter != 90*time.Second {
		t.Errorf("RetryAfter is %v", p.RetryAfter)
	}
	if p := ProblemOf(otherMembers{error: OrderClosed}); p.RetryAfter != 9*time.Second {
		t.Errorf("RetryAfter of the members is %v", p.RetryAfter)
	}
}

func TestParamsInProblem(t *testing.T) {
	for _, test := range []struct {
		err        *EveryTypeError
		name, want string
	}{
		{&EveryTypeError{}, "names", `[]`},
		{&EveryTypeError{}, "ids", `[]`},
		{&EveryTypeError{}, "wait", `"0s"`},
		{&EveryTypeError{}, "at", `"0001-01-01T00:00:00Z"`},
		{&EveryTypeError{At: time.Date(1890, 1, 1, 0, 0, 0, 0, time.FixedZone("LMT", 3208))}, "at", `"1889-12-31T23:06:32Z"`},
		{&EveryTypeError{At: time.Date(2024, 2, 29, 12, 30, 0, 0, time.FixedZone("", 7200))}, "at", `"2024-02-29T12:30:00+02:00"`},
		{&EveryTypeError{At: time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)}, "at", ``},
		{&EveryTypeError{Ratio: math.NaN()}, "ratio", ``},
		{&EveryTypeError{Text: "a\xff"}, "text", `"a\ufffd"`},
		{&EveryTypeError{Count: math.MaxInt64}, "count", `9223372036854775807`},
	} {
		raw, isSent := ProblemOf(test.err).Extensions[test.name]
		if got := string(raw); got != test.want || isSent != (test.want != "") {
			t.Errorf("%s of %#v is sent as %s, want %s", test.name, test.err, got, test.want)
		}
	}
}

func TestSeconds(t *testing.T) {
	for d, want := range map[time.Duration]int{0: 0, 1: 1, time.Second: 1, time.Second + 1: 2, -time.Second: -1} {
		if got := seconds(d); got != want {
			t.Errorf("seconds(%v) = %d, want %d", d, got, want)
		}
	}
}

func TestMarshalProblem(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	p := Problem{Code: OrderClosed, Extensions: map[string]json.RawMessage{
		"b": raw(`1`), "a\"b": raw(`"x"`), "invalid": raw(`{`), "nil": nil,
		"type": raw(`1`), "title": raw(`1`), "status": raw(`1`), "detail": raw(`1`), "instance": raw(`1`), "code": raw(`1`), "errors": raw(`1`),
	}}
	for want, v := range map[string]any{
		`{"code":"200","a\"b":"x","b":1,"errors":1}`: p,
		`{"a":1}`:                     Problem{Extensions: map[string]json.RawMessage{"a": raw(`1`)}},
		`{"errors":[{"detail":"A"}]}`: Problem{Errors: []FieldError{{Detail: "A"}}},
		`{"type":"t","title":"T","status":400,"detail":"D","instance":"I"}`: &Problem{Type: "t", Title: "T", Status: 400, Detail: "D", Instance: "I", RetryAfter: time.Second},
		`{}`: Problem{},
	} {
		if got, err := json.Marshal(v); err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
}

func TestParseProblem(t *testing.T) {
	const whole = `{"type":"https://example.com/errors/ORDER_CLOSED#200","title":"T","status":418,"detail":"D","instance":"I","code":"200","errors":[{"pointer":"/a","detail":"A"}],"x":[1]}`
	full := Problem{
		Type: "https://example.com/errors/ORDER_CLOSED#200", Title: "T", Status: 418, Detail: "D", Instance: "I", Code: OrderClosed,
		Errors: []FieldError{{Pointer: "/a", Detail: "A"}}, Extensions: map[string]json.RawMessage{"x": json.RawMessage(`[1]`)},
	}
	cut := full
	cut.Extensions = nil
	empty := Problem{Type: "about:blank"}
	status := func(n int) Problem { return Problem{Type: "about:blank", Status: n} }
	tests := []struct {
		name, body string
		want       Problem
		ok         bool // the body is one complete object
	}{
		{"all members", whole, full, true},
		{"byte order mark", "\ufeff" + whole, full, true},
		{"other data after it", whole + " x", full, false},
		{"truncated", whole[:len(whole)-4], cut, false},
		{"truncated in a name", whole[:len(whole)-6], cut, false},
		{"alias", `{"code":"099"}`, Problem{Type: "about:blank", Code: ServerFailed}, true},
		{"unknown code", `{"code":"9999"}`, Problem{Type: "about:blank", Code: "9999"}, true},
		{"wrong types", `{"type":1,"title":[],"status":"409","detail":{},"instance":null,"code":true,"errors":null}`, empty, true},
		{"null as code", `{"code":null}`, empty, true},
		{"object as code", `{"code":{}}`, empty, true},
		{"number as code", `{"code":200}`, Problem{Type: "about:blank", Code: OrderClosed}, true},
		{"number as alias", `{"code":1.01e2}`, Problem{Type: "about:blank", Code: ServerFailed}, true},
		{"unknown number as code", `{"code":-32700}`, Problem{Type: "about:blank", Code: "-32700"}, true},
		{"fraction as code", `{"code":200.5}`, empty, true},
		{"too large a number as code", `{"code":9007199254740992}`, empty, true},
		{"other case", `{"Code":"200"}`, Problem{Type: "about:blank", Extensions: map[string]json.RawMessage{"Code": json.RawMessage(`"200"`)}}, true},
		{"status 99", `{"status":99}`, empty, true},
		{"status 100", `{"status":100}`, status(100), true},
		{"status 999", `{"status":999}`, status(999), true},
		{"status 1000", `{"status":1000}`, empty, true},
		{"field errors of other kinds", `{"errors":[7,{},null,{"pointer":1,"detail":"A"},{"pointer":"/a","x":[2]}]}`, Problem{Type: "about:blank", Errors: []FieldError{
			{Foreign: json.RawMessage(`7`)}, {}, {Foreign: json.RawMessage(`null`)},
			{Detail: "A", Extensions: map[string]json.RawMessage{"pointer": json.RawMessage(`1`)}}, {Pointer: "/a", Extensions: map[string]json.RawMessage{"x": json.RawMessage(`[2]`)}},
		}}, true},
		{"errors that are no list", `{"errors":{"Email":["is missing"]}}`, Problem{Type: "about:blank", Extensions: map[string]json.RawMessage{"errors": json.RawMessage(`{"Email":["is missing"]}`)}}, true},
		{"integral notations", `{"code":"300","status":4.09e2}`, Problem{Type: "about:blank", Code: EveryType, Status: 409}, true},
		{"nothing", ``, empty, false},
		{"null", `null`, empty, false},
		{"array", `[{"code":"200"}]`, empty, false},
		{"array of numbers", `[1,2]`, empty, false},
		{"page of a proxy", `<html>`, empty, false},
		{"invalid UTF-8 in a string", "{\"detail\":\"a\xffb\"}", Problem{Type: "about:blank", Detail: "a\ufffdb"}, true},
		{"invalid UTF-8 in an extension", "{\"x\":\"a\xffb\",\"y\":{\"\xed\xa0\x80\":1}}", Problem{Type: "about:blank", Extensions: map[string]json.RawMessage{
			"x": json.RawMessage("\"a\ufffdb\""), "y": json.RawMessage("{\"\ufffd\":1}"),
		}}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got *Problem
			if !errors.As(ParseProblem([]byte(test.body)), &got) || !reflect.DeepEqual(*got, test.want) {
				t.Errorf("ParseProblem gives\n%+v, want\n%+v", got, test.want)
			}
			into := Problem{Detail: "stale", Extensions: map[string]json.RawMessage{"stale": nil}}
			if err := into.UnmarshalJSON([]byte(test.body)); (err == nil) != test.ok || !reflect.DeepEqual(into, test.want) {
				t.Errorf("UnmarshalJSON gives\n%+v, %v, want\n%+v", into, err, test.want)
			}
		})
	}
}

func TestProblemError(t *testing.T) {
	for want, p := range map[string]*Problem{
		"200: D":            {Code: OrderClosed, Status: 409, Title: "T", Detail: "D"},
		"200: T":            {Code: OrderClosed, Title: "T"},
		"409: D":            {Status: 409, Detail: "D"},
		"409":               {Status: 409},
		"D":                 {Detail: "D"},
		"unknown problem":   {},
		"200: Order closed": {Code: OrderClosed},
		"9999":              {Code: "9999"},
		"<nil>":             nil,
	} {
		if got := p.Error(); got != want {
			t.Errorf("%+v reads %q, want %q", p, got, want)
		}
	}
	if err := new(Problem).Unwrap(); err != nil {
		t.Errorf("without a code, Unwrap gives %v", err)
	}
	if !errors.Is(&Problem{Code: OrderClosed}, OrderClosed) {
		t.Error("errors.Is does not find the code")
	}
}

// outside has the methods of an error struct, and is of another package in the
// eyes of As: it is not a struct.
type outside []string

func (*outside) Error() string { panic("called") }
func (*outside) Unwrap() error { panic("called") }

func TestProblemAs(t *testing.T) {
	err := ParseProblem([]byte(`{"code":"300","text":"a\u0062","count":9007199254740993,"ratio":"no number","flag":true,` +
		`"at":"2024-02-29T12:30:00\u005a","wait":"1m30s","names":["b",""],"ids":[2],"-":"x","":"x"}`))
	var every *EveryTypeError
	want := NewEveryType("ab", 9007199254740993, 0, true, time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC), 90*time.Second, []string{"b", ""}, []int64{2})
	if !errors.As(err, &every) || !reflect.DeepEqual(every, want) {
		t.Errorf("got %+v, want %+v", every, want)
	}
	for name, raw := range map[string]string{"at": `"no time"`, "wait": `"no time"`, "names": `["b",7]`, "ids": `[1,"a"]`, "count": `1.5`, "flag": `{}`, "text": `7`} {
		var got *EveryTypeError
		if !errors.As(ParseProblem([]byte(fmt.Sprintf(`{"code":"300",%q:%s}`, name, raw))), &got) || !reflect.DeepEqual(got, &EveryTypeError{}) {
			t.Errorf("%s: %s becomes %+v", name, raw, got)
		}
	}
	var card *CardRefusedError
	if !errors.As(ParseProblem([]byte(`{"code":"301","bank":"Bank","card_number":"x","-":"x","":"x","CardNumber":"x"}`)), &card) || card.Bank != "Bank" || card.CardNumber.Reveal() != "" {
		t.Errorf("a sensitive param arrives as %q", card.CardNumber.Reveal())
	}

	p := &Problem{Code: EveryType}
	for _, target := range []any{
		nil, 7, new(int), (*int)(nil), (**EveryTypeError)(nil), new(EveryTypeError), new(*int), new(*outside), new(*CardRefusedError), new(*url.Error), new(**EveryTypeError),
		new(*withCause), new(func()), new(*struct{}), new(*struct {
			Text string `errcat:"300" json:"text"`
		}),
	} {
		if p.As(target) {
			t.Errorf("As accepts a %T", target)
		}
	}
	if errors.Is(new(Problem), Code("")) || errors.Is(p, plainCode("300")) {
		t.Error("a problem is the error of another Code")
	}
	if new(Problem).As(new(*EveryTypeError)) {
		t.Error("a problem without a code becomes a struct")
	}
	var code Code
	if !errors.As(p, &code) || code != EveryType {
		t.Errorf("errors.As gives the Code %q", string(code))
	}
}

// tagged is an error whose fields have names in JSON.
type tagged struct {
	Name string `json:"name"`
}

func (*tagged) Error() string { return "tagged" }

// A program can ask which params did not arrive.
func TestMissing(t *testing.T) {
	var every *EveryTypeError
	for body, want := range map[string][]string{
		`{"code":"300"}`: {"text", "count", "ratio", "flag", "at", "wait", "names", "ids"},
		`{"code":"300","text":"","count":0,"ratio":0,"flag":false,"at":"0001-01-01T00:00:00Z","wait":"0s","names":[],"ids":[]}`:         nil,
		`{"code":"300","text":null,"count":1.5,"ratio":0,"flag":0,"at":"","wait":"1","names":[1],"ids":["1"]}`:                          {"text", "count", "flag", "at", "wait", "names", "ids"},
		`{"code":"300","text":"a","count":2.0,"ratio":1,"flag":true,"at":"2024-02-29T12:30:00Z","wait":"1s","names":["a"],"ids":[2e0]}`: nil,
	} {
		var p *Problem
		if err := ParseProblem([]byte(body)); !errors.As(err, &p) || !errors.As(err, &every) {
			t.Fatal(err)
		}
		if got := p.Missing(every); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
	if every.Count != 2 && every.Count != 0 {
		t.Errorf("2.0 is read as %d", every.Count)
	}
	p := &Problem{Code: CardRefused}
	if got := p.Missing(new(CardRefusedError)); !reflect.DeepEqual(got, []string{"bank"}) {
		t.Errorf("got %q", got)
	}
	for _, err := range []error{nil, OrderClosed, io.EOF, new(url.Error), (*url.Error)(nil), p, new(withMembers), new(tagged)} {
		if got := p.Missing(err); got != nil {
			t.Errorf("of a %T, %q are missing", err, got)
		}
	}
}

// A nil *Problem is an error like nil pointers of other types: not nil, and
// harmless.
func TestNilProblem(t *testing.T) {
	var p *Problem
	var code Code
	var card *CardRefusedError
	if p.Unwrap() != nil || p.Is(OrderClosed) || errors.As(error(p), &code) || errors.As(error(p), &card) || p.Params() != nil || p.Missing(card) != nil {
		t.Error("a nil *Problem has a code")
	}
	if got := fmt.Sprintf("%v", p); got != "<nil>" {
		t.Errorf("it reads %q", got)
	}
	if got := logged(t, p); got != "null" {
		t.Errorf("it is logged as %s", got)
	}
	if got, err := json.Marshal(p); err != nil || string(got) != "null" {
		t.Errorf("it is sent as %s, %v", got, err)
	}
	if HTTPStatus(p) != 500 || ProblemOf(WithInstance(p, "/1")).Code != ServerFailed || RetryAfterOf(p) != 0 {
		t.Error("it is not shown as the fallback")
	}
}

func TestProblemParams(t *testing.T) {
	p := &Problem{Extensions: map[string]json.RawMessage{"b": json.RawMessage(`9007199254740993`), "a": json.RawMessage(`["x"]`), "invalid": json.RawMessage(`{`), "code": json.RawMessage(`1`)}}
	want := []any{"a", []any{"x"}, "b", json.Number("9007199254740993")}
	if got := p.Params(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A server that passes on the problem of another server sends what it got, and
// only if clients may see it.
func TestPassOn(t *testing.T) {
	for _, err := range []error{WithErrors(WithInstance(newCardRefused("Bank", ""), "/1"), FieldError{Pointer: "/a", Detail: "A"}), OrderClosed, ServerFailed} {
		sent := body(t, err)
		if got := body(t, fmt.Errorf("upstream: %w", ParseProblem([]byte(sent)))); got != sent {
			t.Errorf("%s is passed on as %s", sent, got)
		}
	}
	const sent = `{"type":"https://example.com/errors/ORDER_CLOSED#200","title":"Order closed","status":409,"detail":"D","instance":"/1","code":"200","x":{"b": 1.0,"a":"\u0061","a":1e2}}`
	p := ProblemOf(WithRetryAfter(ParseProblem([]byte(sent)), time.Second))
	if got, err := p.MarshalJSON(); err != nil || string(got) != sent {
		t.Errorf("%s is passed on as %s, %v", sent, got, err)
	}
	if p := ProblemOf(WithInstance(ParseProblem([]byte(sent)), "/2")); p.Instance != "/2" {
		t.Errorf("the instance is %q", p.Instance)
	}
	shared := ParseProblem([]byte(sent)).(*Problem)
	ProblemOf(shared).Extensions["x"] = nil
	if shared.Extensions["x"] == nil {
		t.Error("a change of what is sent changes what was received")
	}
	hidden := body(t, io.EOF)
	for _, got := range []string{`{"code":"9999","detail":"D","instance":"/1","x":1,"errors":[{"detail":"D"}]}`, `{"detail":"D"}`, `{"code":"111","detail":"D","actor":"A","instance":"/1"}`} {
		if sent := body(t, ParseProblem([]byte(got))); sent != hidden {
			t.Errorf("%s is passed on as %s", got, sent)
		}
	}
	if p := ProblemOf(&Problem{Code: OrderClosed, RetryAfter: 1500 * time.Millisecond}); p.RetryAfter != 2*time.Second {
		t.Errorf("RetryAfter is %v", p.RetryAfter)
	}
}
