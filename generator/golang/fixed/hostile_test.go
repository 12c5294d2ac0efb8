package fixed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// always is an error whose method As accepts every target and sets none.
type always struct{ error }

func (always) As(any) bool { return true }

// holder is an error whose methods fail for a nil pointer.
type holder struct{ inner error }

func (h *holder) Error() string { return h.inner.Error() }
func (h *holder) Unwrap() error { return h.inner }

// uncomparable is an error that == cannot compare.
type uncomparable struct{ list []error }

func (uncomparable) Error() string     { return "uncomparable" }
func (u uncomparable) Unwrap() []error { return u.list }

// No error of other packages makes a function of this one panic, as long as
// errors.Is and errors.As do not.
func TestHostileErrors(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		code Code
	}{
		"As is always true":            {always{io.EOF}, ""},
		"around As":                    {WithInstance(WithCause(always{io.EOF}, io.EOF), "/1"), ""},
		"As before a code":             {errors.Join(always{io.EOF}, OrderClosed), ""}, // as errors.As finds it
		"uncomparable":                 {uncomparable{[]error{io.EOF, OrderClosed}}, OrderClosed},
		"uncomparable cause":           {WithCause(OrderClosed, uncomparable{}), OrderClosed},
		"nil pointer of this package":  {fmt.Errorf("a: %w", (*EveryTypeError)(nil)), EveryType},
		"nil problem":                  {WithInstance((*Problem)(nil), "/1"), ""},
		"nil errors in a list":         {uncomparable{[]error{nil, nil, OrderClosed}}, OrderClosed},
		"empty code":                   {WithCause(Code(""), OrderClosed), ""},
		"a cause that is its own code": {WithCause(OrderClosed, OrderClosed), OrderClosed},
	} {
		code, ok := CodeOf(test.err)
		var as Code
		if errors.As(test.err, &as); code != test.code || as != test.code || ok != (test.code != "") {
			t.Errorf("%s: CodeOf gives %q, %t, errors.As %q, want %q", name, string(code), ok, string(as), string(test.code))
		}
		w := httptest.NewRecorder()
		Handler(func(http.ResponseWriter, *http.Request) error { return test.err }, MapError(uncomparable{}, SameHash), MapError(nil, SameHash), MapError((*holder)(nil), SameHash))(w, nil)
		if w.Code != HTTPStatus(test.err) || w.Code != ProblemOf(test.err).Status || RetryAfterOf(test.err) < 0 {
			t.Errorf("%s: the status is %d", name, w.Code)
		}
		for _, text := range []string{logged(t, test.err), record(t, nil, LogAttr(test.err)), fmt.Sprintf("%+v %v %q %#v", test.err, test.err, test.err, test.err)} {
			if strings.Contains(text, "PANIC") || strings.Contains(text, "panicked") {
				t.Errorf("%s: %s", name, text)
			}
		}
	}
}

// A log never fails because of an error in it: log/slog protects itself from
// errors that panic, but not from a ReplaceAttr that does.
func TestLogOfBrokenErrors(t *testing.T) {
	replace := &slog.HandlerOptions{ReplaceAttr: ReplaceAttr}
	for _, err := range []error{(*holder)(nil), &holder{(*holder)(nil)}} {
		for _, options := range []*slog.HandlerOptions{nil, replace} {
			if got, want := record(t, options, "err", err, "n", 1), record(t, nil, slog.Any("err", err), slog.Int("n", 1)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
		if got, want := record(t, nil, LogAttr(err)), record(t, nil, slog.Any("err", err)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for _, err := range []error{WithCause(always{io.EOF}, io.ErrNoProgress), WithCause((*Problem)(nil), io.ErrNoProgress)} {
		if got := logged(t, err); !strings.Contains(got, `"cause":"multiple Read calls`) {
			t.Errorf("a cause is missing: %s", got)
		}
	}
	if got := record(t, replace, "err", WithCause(OrderClosed, (*holder)(nil))); !strings.Contains(got, `"code":"200"`) {
		t.Errorf("with a broken cause: got %s", got)
	}
}

// A Problem that was changed, or made by hand, is what its Code says.
func TestChangedProblem(t *testing.T) {
	p := &Problem{Type: OrderClosed.TypeURI(), Code: SameHash}
	var as Code
	if code, ok := CodeOf(p); !errors.As(p, &as) || as != SameHash || code != SameHash || !ok || !errors.Is(p, SameHash) || errors.Is(p, OrderClosed) {
		t.Errorf("CodeOf gives %q, errors.As %q", string(code), string(as))
	}
}

// What is set by hand cannot break the body.
func TestInvalidRawMessages(t *testing.T) {
	for _, raw := range []string{"", " ", "{", "1 2", "\"\xff\"", "\"\n\"", `"x","y":1`} {
		bad := json.RawMessage(raw)
		err := WithErrors(&Problem{Code: OrderClosed, Extensions: map[string]json.RawMessage{"x": bad}},
			FieldError{Pointer: "/a", Foreign: bad, Extensions: map[string]json.RawMessage{"x": bad}},
			FieldError{Pointer: "/b", Err: &Problem{Code: OtherHash, Extensions: map[string]json.RawMessage{"x": bad}}},
		)
		w := httptest.NewRecorder()
		WriteProblem(w, nil, err)
		const want = `{"type":"https://example.com/errors/ORDER_CLOSED#200","title":"Order closed","status":409,"detail":"Order closed","code":"200",` +
			`"errors":[{"pointer":"/a"},{"pointer":"/b","detail":"Other hash","code":"ERR-268999"}]}`
		if got := w.Body.String(); got != want {
			t.Errorf("with %q: %s", raw, got)
		}
		p := Problem{Extensions: map[string]json.RawMessage{"code": bad, "errors": bad}}
		if got, err := json.Marshal(p); err != nil || string(got) != "{}" {
			t.Errorf("with %q: %s, %v", raw, got, err)
		}
	}
}

// An error that another server has sent cannot empty the body, however deeply its
// members are nested.
func TestDeepElements(t *testing.T) {
	deep := strings.Repeat("[", 9_990) + strings.Repeat("]", 9_990)
	err := ParseProblem([]byte(`{"code":"301","bank":"Bank","x":{"a":{"b":{"c":{"d":{"e":{"f":` + deep + `}}}}}}}`))
	w := httptest.NewRecorder()
	WriteProblem(w, nil, WithErrors(OrderClosed, At("/a", err), At("/b", SameHash)))
	head, tail := `"code":"200","errors":[{"pointer":"/a",`, `},{"pointer":"/b","detail":"Same hash","code":"E282204"}]}`
	if got := w.Body.String(); !strings.Contains(got, head) || !strings.HasSuffix(got, tail) || !strings.Contains(got, deep) {
		t.Errorf("%d bytes are sent", len(got))
	}
}

// A member is sent once, even if the field was set after one of the wrong type was
// read.
func TestElementMembersOnce(t *testing.T) {
	var e FieldError
	if err := json.Unmarshal([]byte(`{"pointer":1,"parameter":2,"header":3,"detail":4,"params":[5],"x":6}`), &e); err != nil {
		t.Fatal(err)
	}
	e.Pointer, e.Parameter, e.Header, e.Detail, e.Err = "/a", "b", "c", "D", ParseProblem([]byte(`{"code":"301","bank":"Bank"}`))
	e.Extensions["code"] = json.RawMessage(`1`)
	const want = `{"pointer":"/a","parameter":"b","header":"c","detail":"D","code":"301","params":{"bank":"Bank"},"x":6}`
	if got := sentErrors(t, WithErrors(OrderClosed, e)); got != "["+want+"]" {
		t.Errorf("got %s", got)
	}
	// Params that are no object are kept if there are no others.
	for _, element := range []string{`{"detail":"A","code":"9999","params":[1],"type":1}`, `{"code":"","x":1}`} {
		if got, err := json.Marshal(ParseProblem([]byte(`{"code":"200","errors":[` + element + `]}`))); err != nil || !strings.HasSuffix(string(got), `"errors":[`+element+`]}`) {
			t.Errorf("%s is sent again as %s, %v", element, got, err)
		}
	}
}

// A decoder may use the memory of the data again.
func TestElementsDoNotAlias(t *testing.T) {
	data := []byte(`{"pointer":"/a","code":"9999","params":{"a":"1"},"x":"2"}`)
	var e, foreign FieldError
	if err := e.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	list := []byte(`[1]`)
	if err := foreign.UnmarshalJSON(list); err != nil {
		t.Fatal(err)
	}
	copy(data, bytes.Repeat([]byte("#"), len(data)))
	copy(list, "###")
	if got, err := json.Marshal(e); err != nil || string(got) != string(want) || string(foreign.Foreign) != "[1]" {
		t.Errorf("%s becomes %s, %v, and [1] %s", want, got, err, foreign.Foreign)
	}
}

// The elements of a problem are of its catalog, also if its code is unknown and
// looks like a path.
func TestElementsOfUnknownCode(t *testing.T) {
	for _, body := range []string{
		`{"type":"https://old.example.com/errors/a/b","code":"a/b","errors":[{"code":"200"}]}`,
		`{"type":"https://old.example.com/errors/200","errors":[{"code":"200"}]}`,
		`{"errors":[{"code":"200"}]}`,
	} {
		p := ParseProblem([]byte(body)).(*Problem)
		if !errors.Is(p.Errors[0].Err, OrderClosed) {
			t.Errorf("%s: got %+v", body, p.Errors[0].Err)
		}
		again, err := json.Marshal(p)
		if err != nil || !strings.Contains(string(again), `"errors":[{"code":"200"}]`) {
			t.Errorf("%s is sent again as %s, %v", body, again, err)
		}
	}
}

// A time is sent in a form that clients can read, however long it is.
func TestLongRetryAfter(t *testing.T) {
	for d, want := range map[time.Duration]string{math.MaxInt64: "2147483647", math.MaxInt32 * time.Second: "2147483647", math.MaxInt32*time.Second - 1: "2147483647", 1: "1", 0: "", -1: "", math.MinInt64: ""} {
		w := httptest.NewRecorder()
		WriteProblem(w, nil, WithRetryAfter(OrderClosed, d))
		if got := w.Header().Get("Retry-After"); got != want {
			t.Errorf("%v is sent as %q, want %q", d, got, want)
		}
	}
	for date, want := range map[string]time.Duration{"Fri, 31 Dec 9999 23:59:59 GMT": math.MaxInt64, "Mon, 01 Jan 0001 00:00:00 GMT": 0} {
		resp := &http.Response{StatusCode: 503, Header: http.Header{"Retry-After": {date}, "Date": {"Mon, 01 Jan 1001 00:00:00 GMT"}}}
		if got := RetryAfterOf(ReadProblem(resp)); got != want {
			t.Errorf("%s is %v, want %v", date, got, want)
		}
	}
}

// The instance of a received problem that is hidden stays hidden.
func TestInstanceOfHiddenProblem(t *testing.T) {
	received := ParseProblem([]byte(`{"code":"111","detail":"D","instance":"/hunter2"}`))
	for _, err := range []error{received, WithRetryAfter(received, time.Second), WithErrors(WithCause(fmt.Errorf("a: %w", received), io.EOF)), &otherCause{WithErrors(received), io.EOF}} {
		if p := ProblemOf(err); p.Instance != "" {
			t.Errorf("%#v shows the instance %s", err, p.Instance)
		}
	}
	if p := ProblemOf(WithErrors(WithInstance(received, "/1"))); p.Instance != "/1" {
		t.Errorf("the instance is %q", p.Instance)
	}
	for _, err := range []error{errors.Join(io.ErrNoProgress, WithInstance(io.EOF, "/1")), WithCause(WithInstance(io.EOF, "/1"), io.EOF), &otherCause{WithInstance(io.EOF, "/1"), io.EOF}} {
		if p := ProblemOf(err); p.Instance != "/1" {
			t.Errorf("the instance of %#v is %q", err, p.Instance)
		}
	}
}

// The functions can be used at the same time.
func TestConcurrentUse(t *testing.T) {
	shared := WithErrors(WithInstance(newCardRefused("Bank", "4111"), "/1"), At("/a", OrderClosed))
	received := ParseProblem([]byte(body(t, shared)))
	handle := Handler(func(http.ResponseWriter, *http.Request) error { return received }, Observe(func(*http.Request, error) {}), MapError(io.EOF, OrderClosed))
	var group sync.WaitGroup
	for i := 0; i < 8; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			var card *CardRefusedError
			if code, ok := ParseName("CARD_DECLINED"); !ok || code != CardRefused || len(Codes()) == 0 {
				t.Errorf("ParseName gives %q", string(code))
			}
			w := httptest.NewRecorder()
			handle(w, nil)
			if !errors.As(ReadProblem(w.Result()), &card) || !errors.As(received, &card) {
				t.Errorf("got %s", w.Body)
			}
			_ = WithErrors(shared, At("/b", OrderClosed))
			_ = LogAttr(shared)
			_ = fmt.Sprintf("%+v", shared)
		}()
	}
	group.Wait()
}
