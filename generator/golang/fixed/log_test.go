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
	card := NewCardRefused("Bank", "4111")
	fieldA, fieldB := FieldError{"/a", "A"}, FieldError{"/b", "B"}
	every := NewEveryType("a", 1, 1.5, true, time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC), time.Second, []string{"b"}, []int64{2})
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"code", OrderClosed, closed + `}`},
		{"unknown code", Code("9999"), `{"code":"9999","category":"","message":"9999"}`},
		{"params", card, refused + `}`},
		{"every type", every, `{"code":"300","category":"order","message":"a|1|1.5|true|2024-02-29T12:30:00Z|1s|b|2",` +
			`"params":{"text":"a","count":1,"ratio":1.5,"flag":true,"at":"2024-02-29T12:30:00Z","wait":1000000000,"names":["b"],"ids":[2]}}`},
		{"cause", Wrap(card, io.EOF), refused + `,"cause":"EOF"}`},
		{"cause with a cause", Wrap(OrderClosed, Wrap(card, io.EOF)), closed + `,"cause":` + refused + `,"cause":"EOF"}}`},
		{"cause of an error that is not in the catalog", Wrap(io.EOF, OrderClosed), `{"code":"","category":"","message":"EOF","cause":` + closed + `}}`},
		{"cause of a wrapped struct", Wrap(fmt.Errorf("a: %w", card), io.EOF), `{"code":"301","category":"order","message":"a: 301: The card was refused by Bank","params":{"bank":"Bank"},"cause":"EOF"}`},
		{"cause of an error of another package", Wrap(otherCode("1"), io.EOF), `{"code":"1","category":"others","message":"Other","cause":"EOF"}`},
		{"cause of an error of a catalog without HTTP", Wrap(fmt.Errorf("a: %w", plainCode("1")), io.EOF), `{"code":"1","category":"plain","message":"a: 1: Plain","cause":"EOF"}`},
		{"instance", WithInstance(OrderClosed, "/1"), closed + `,"instance":"/1"}`},
		{"errors", WithErrors(OrderClosed, fieldA), closed + `,"errors":[` + a + `]}`},
		{"no errors", WithErrors(OrderClosed), closed + `}`},
		{"instance, once", WithInstance(WithInstance(OrderClosed, "/1"), "/2"), closed + `,"instance":"/2"}`},
		{"errors, once", WithErrors(WithErrors(OrderClosed, fieldA), fieldB), closed + `,"errors":[` + a + `,` + b + `]}`},
		{"members of a struct with a cause", WithErrors(Wrap(card, io.EOF), fieldA), refused + `,"cause":"EOF","errors":[` + a + `]}`},
		{"cause of an error with members", Wrap(WithErrors(WithInstance(OrderClosed, "/1"), fieldA), io.EOF), closed + `,"instance":"/1","errors":[` + a + `],"cause":"EOF"}`},
		{"members of a list", WithInstance(errors.Join(io.EOF, OrderClosed), "/1"), `{"code":"200","category":"order","message":"EOF\n200: Order closed","instance":"/1"}`},
		{"problem", ParseProblem([]byte(`{"code":"301","detail":"D","bank":"Bank","n":4611686018427387905}`)), `{"code":"301","category":"order","message":"D","params":{"bank":"Bank","n":4611686018427387905}}`},
	}
	for _, test := range tests {
		if got := logged(t, test.err); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// Appending to what is logged for an error does not change what was appended to
// it before.
func TestLogAttrsAreClipped(t *testing.T) {
	attrs := logAttrs(OrderClosed)
	first := append(attrs, slog.Int("first", 1))
	_ = append(attrs, slog.Int("second", 2))
	if key := first[len(first)-1].Key; key != "first" {
		t.Errorf("the attribute first has become %s", key)
	}
}
