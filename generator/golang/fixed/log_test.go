package fixed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// logged returns the attribute err as the JSON handler of log/slog writes it.
func logged(t *testing.T, err error) string {
	t.Helper()
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Error("", "err", err)
	_, text, ok := strings.Cut(strings.TrimSuffix(b.String(), "}\n"), `"err":`)
	if !ok {
		t.Fatalf("err is missing in %s", b.String())
	}
	return text
}

func TestLog(t *testing.T) {
	const (
		closed  = `{"code":"200","category":"order","message":"Order closed"`
		refused = `{"code":"301","category":"order","message":"The card was refused by Bank","params":{"bank":"Bank"}`
		a       = `{"pointer":"/a","detail":"A"}`
		b       = `{"pointer":"/b","detail":"B"}`
	)
	card := newCardRefused("Bank", "4111")
	fieldA, fieldB := FieldError{Pointer: "/a", Detail: "A"}, FieldError{Pointer: "/b", Detail: "B"}
	every := NewEveryType("a", 1, 1.5, true, time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC), time.Second, []string{"b"}, []int64{2})
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"code", OrderClosed, closed + `}`},
		{"unknown code", Code("9999"), `{"code":"9999","message":"9999"}`},
		{"params", card, refused + `}`},
		{"every type", every, `{"code":"300","category":"order","message":"a|1|1.5|true|2024-02-29T12:30:00Z|1s|b|2",` +
			`"params":{"text":"a","count":1,"ratio":1.5,"flag":true,"at":"2024-02-29T12:30:00Z","wait":1000000000,"names":["b"],"ids":[2]}}`},
		{"cause", WithCause(card, io.EOF), refused + `,"cause":"EOF"}`},
		{"cause with a cause", WithCause(OrderClosed, WithCause(card, io.EOF)), closed + `,"cause":` + refused + `,"cause":"EOF"}}`},
		{"cause of an error that is not in the catalog", WithCause(io.EOF, OrderClosed), `{"code":"200","category":"order","message":"EOF","cause":` + closed + `}}`},
		{"errors that are in no catalog", WithCause(WithCause(io.EOF, io.ErrNoProgress), io.ErrClosedPipe), `{"message":"EOF","cause":"io: read/write on closed pipe\nmultiple Read calls return no data or error"}`},
		{"two causes", WithCause(WithCause(OrderClosed, io.EOF), fmt.Errorf("a: %w", card)), closed + `,"cause":` + `{"code":"301","category":"order","message":"a: 301: The card was refused by Bank\nEOF","params":{"bank":"Bank"}}}`},
		{"cause of a wrapped struct", WithCause(fmt.Errorf("a: %w", card), io.EOF), `{"code":"301","category":"order","message":"a: 301: The card was refused by Bank","params":{"bank":"Bank"},"cause":"EOF"}`},
		{"cause of an error of another package", WithCause(otherCode("1"), io.EOF), `{"code":"1","category":"others","message":"Other","cause":"EOF"}`},
		{"cause of an error of a catalog without HTTP", WithCause(fmt.Errorf("a: %w", plainCode("1")), io.EOF), `{"code":"1","category":"plain","message":"a: 1: Plain","cause":"EOF"}`},
		{"cause with a value for logs", WithCause(OrderClosed, loggable{io.EOF}), closed + `,"cause":{"a":1}}`},
		{"time", WithRetryAfter(OrderClosed, time.Second), closed + `,"retry_after":1000000000}`},
		{"instance", WithInstance(OrderClosed, "/1"), closed + `,"instance":"/1"}`},
		{"errors", WithErrors(OrderClosed, fieldA), closed + `,"errors":[` + a + `]}`},
		{"no errors", WithErrors(OrderClosed), closed + `}`},
		{"an error with a code", WithErrors(OrderClosed, At("/a", card)), closed + `,"errors":[{"pointer":"/a","detail":"The card was refused by Bank","type":"https://example.com/errors/CARD_REFUSED#301","code":"301","params":{"bank":"Bank"}}]}`},
		{"errors that a client does not see", WithErrors(OrderClosed, At("/a", DatabaseDown), At("/b", io.EOF)), closed + `,"errors":[{"pointer":"/a","detail":"110: Database down"},{"pointer":"/b","detail":"EOF"}]}`},
		{"instance, once", WithInstance(WithInstance(OrderClosed, "/1"), "/2"), closed + `,"instance":"/2"}`},
		{"errors, once", WithErrors(WithErrors(OrderClosed, fieldA), fieldB), closed + `,"errors":[` + a + `,` + b + `]}`},
		{"members of a struct with a cause", WithErrors(WithCause(card, io.EOF), fieldA), refused + `,"errors":[` + a + `],"cause":"EOF"}`},
		{"cause of an error with members", WithCause(WithErrors(WithInstance(OrderClosed, "/1"), fieldA), io.EOF), closed + `,"instance":"/1","errors":[` + a + `],"cause":"EOF"}`},
		{"members of a list", WithInstance(errors.Join(io.EOF, OrderClosed), "/1"), `{"code":"200","category":"order","message":"EOF\n200: Order closed","instance":"/1"}`},
		{"problem", ParseProblem([]byte(`{"code":"301","detail":"D","bank":"Bank","n":4611686018427387905}`)), `{"code":"301","category":"order","message":"D","params":{"bank":"Bank","n":4611686018427387905}}`},
	}
	for _, test := range tests {
		if got := logged(t, test.err); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// loggable is an error with a value of its own for logs.
type loggable struct{ error }

func (loggable) LogValue() slog.Value { return slog.GroupValue(slog.Int("a", 1)) }

// record returns what a handler of log/slog writes for attributes.
func record(t *testing.T, options *slog.HandlerOptions, attrs ...any) string {
	t.Helper()
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, options)).Error("", attrs...)
	_, text, ok := strings.Cut(strings.TrimSuffix(b.String(), "}\n"), `"msg":"",`)
	if !ok {
		t.Fatalf("got %s", b.String())
	}
	return text
}

// A wrapped error is logged with its code and its causes.
func TestLogAttrAndReplaceAttr(t *testing.T) {
	const closed = `"code":"200","category":"order","message":`
	replace := &slog.HandlerOptions{ReplaceAttr: ReplaceAttr}
	wrapped := fmt.Errorf("load order 7: %w", WithCause(OrderClosed, io.EOF))
	logged := `{` + closed + `"load order 7: 200: Order closed","cause":"EOF"}`
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{"wrapped", wrapped, logged},
		{"a cause with a cause", WithCause(OrderClosed, fmt.Errorf("a: %w", wrapped)), `{` + closed + `"Order closed","cause":` + strings.Replace(logged, "load", "a: load", 1) + `}`},
		{"a match in a cause", fmt.Errorf("a: %w", WithCause(&otherCause{otherCode("1"), io.EOF}, OrderClosed)), `{` + closed + `"a: 1: Other","cause":{` + closed + `"Order closed\nEOF"}}`},
		{"joined", errors.Join(io.EOF, wrapped, SameHash), `{` + closed + `"EOF\nload order 7: 200: Order closed\nE282204: Same hash","cause":"EOF"}`},
		{"of another package", fmt.Errorf("a: %w", &otherCause{otherCode("1"), io.EOF}), `{"code":"1","category":"others","message":"a: 1: Other","cause":"EOF"}`},
		{"of a catalog without HTTP", fmt.Errorf("a: %w", plainCode("1")), `{"code":"1","category":"plain","message":"a: 1: Plain"}`},
		{"in a chain", chain{io.EOF, wrapped}, `{` + closed + `"EOF","cause":"EOF"}`},
		{"sensitive", fmt.Errorf("a: %w", newCardRefused("Bank", "4111")), `{"code":"301","category":"order","message":"a: 301: The card was refused by Bank","params":{"bank":"Bank"}}`},
		{"received", fmt.Errorf("a: %w", ParseProblem([]byte(`{"code":"200","instance":"/1"}`))), `{` + closed + `"a: 200: Order closed","instance":"/1"}`},
		{"received unknown", ParseProblem([]byte(`{"type":"https://example.org/1","status":400,"code":"200","detail":"D"}`)), `{"message":"200: D","type":"https://example.org/1","status":400}`},
		{"not in the catalog", io.EOF, `"EOF"`},
		{"nil", nil, `null`},
	} {
		if got := record(t, nil, LogAttr(test.err)); got != `"err":`+test.want {
			t.Errorf("%s: LogAttr gives\n     %s, want\n\"err\":%s", test.name, got, test.want)
		}
		if got := record(t, replace, "err", test.err); got != `"err":`+test.want {
			t.Errorf("%s: ReplaceAttr gives\n     %s, want\n\"err\":%s", test.name, got, test.want)
		}
	}
	if got, want := record(t, replace, slog.Group("a", slog.Group("b", "c", wrapped))), `"a":{"b":{"c":`+logged+`}}`; got != want {
		t.Errorf("in a group: got %s, want %s", got, want)
	}
	if got, want := record(t, replace, "n", 1, "s", "x", "list", []error{}, "t", time.Second), `"n":1,"s":"x","list":[],"t":1000000000`; got != want {
		t.Errorf("other attributes: got %s, want %s", got, want)
	}
	if n := testing.AllocsPerRun(100, func() { ReplaceAttr(nil, slog.Int("n", 1<<40)) }); n != 0 {
		t.Errorf("an attribute that is no error allocates %v times", n)
	}
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, replace)).Error("m", "err", wrapped)
	if _, got, _ := strings.Cut(b.String(), "msg=m "); got != `err.code=200 err.category=order err.message="load order 7: 200: Order closed" err.cause=EOF`+"\n" {
		t.Errorf("as text: %s", got)
	}
	b.Reset()
	slog.New(slog.NewTextHandler(&b, nil)).Error("m", "err", ParseProblem([]byte(`{"code":"200","errors":[{"pointer":"/a","x":1},7]}`)))
	if _, got, _ := strings.Cut(b.String(), "err.errors="); got != `"[{\"pointer\":\"/a\",\"x\":1} 7]"`+"\n" {
		t.Errorf("elements as text: %s", got)
	}
}
