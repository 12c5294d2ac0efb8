package orders_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"golden/orders"
)

func TestError(t *testing.T) {
	tests := []struct {
		err  error
		want string
	}{
		{orders.SystemError, "1000: Something went wrong on our side"},
		{orders.StockChanged, "2000: Stock changed"},
		{orders.OrderLost, "2003: Order lost"},
		{orders.PINWrong, "PIN_WRONG: Wrong PIN"},
		{orders.Code("9999"), "9999"},
		{orders.Code(""), ""},
		{&orders.StockChangedError{Article: "A-17", Before: 3, After: -1}, "2000: The stock of A-17 changed from 3 to -1"},
		{&orders.CardRefusedError{Bank: "%s%!", CardNumber: orders.Hide("4111")}, "3000: The card was refused by %s%!"},
		{orders.NewPINWrong("1234"), "PIN_WRONG: Wrong PIN"},
		{orders.WithCause(orders.OrderClosed, io.EOF), "2001: The order is closed"},
	}
	for _, test := range tests {
		if got := test.err.Error(); got != test.want {
			t.Errorf("%#v reads %q, want %q", test.err, got, test.want)
		}
	}
}

func TestCode(t *testing.T) {
	type facts struct {
		Name, Title string
		Status      int
		Category    orders.Category
		Retry       orders.Retry
		RetryAfter  time.Duration
		Level       slog.Level
		Internal    bool
	}
	tests := map[orders.Code]facts{
		orders.SystemError:  {"SYSTEM_ERROR", "System error", 500, orders.CategorySystem, orders.RetryAfter, 90 * time.Second, slog.LevelError + 4, false},
		orders.DatabaseDown: {"DATABASE_DOWN", "The database does not answer", 503, orders.CategorySystem, orders.RetryNever, 0, slog.LevelError, true},
		orders.StockChanged: {"STOCK_CHANGED", "Stock changed", 409, orders.CategoryOrder, orders.RetrySafe, 0, slog.LevelInfo, false},
		orders.OrderClosed:  {"ORDER_CLOSED", "Order closed", 409, orders.CategoryOrder, orders.RetryNever, 0, slog.LevelWarn, false},
		orders.PINWrong:     {"PIN_WRONG", "Wrong PIN", 402, orders.CategoryPayment, orders.RetryNever, 0, slog.LevelDebug, false},
		"9999":              {"", "", 500, "", orders.RetryNever, 0, slog.LevelError, false},
		"":                  {"", "", 500, "", orders.RetryNever, 0, slog.LevelError, false},
	}
	for c, want := range tests {
		got := facts{c.Name(), c.Title(), c.HTTPStatus(), c.Category(), c.Retry(), c.RetryAfter(), c.Level(), c.Internal()}
		if got != want {
			t.Errorf("Code %q:\n got %+v\nwant %+v", string(c), got, want)
		}
	}
}

func TestParseCode(t *testing.T) {
	tests := []struct {
		text string
		code orders.Code
		ok   bool
	}{
		{"1000", orders.SystemError, true},
		{"1001", orders.SystemError, true},
		{"0999", orders.SystemError, true},
		{"PIN_WRONG", orders.PINWrong, true},
		{"2003", orders.OrderLost, true},
		{"9999", "9999", false},
		{"", "", false},
	}
	for _, test := range tests {
		if code, ok := orders.ParseCode(test.text); code != test.code || ok != test.ok {
			t.Errorf("ParseCode(%q) = %q, %t", test.text, string(code), ok)
		}
	}
}

// opaque wraps nothing. list wraps its elements, including nil ones.
type opaque struct{}

func (opaque) Error() string { return "opaque" }

type list []error

func (list) Error() string     { return "list" }
func (l list) Unwrap() []error { return l }

func TestCodeOf(t *testing.T) {
	changed := &orders.StockChangedError{Article: "A-17", Before: 3, After: 2}
	tests := []struct {
		name   string
		err    error
		code   orders.Code
		ok     bool
		status int
	}{
		{"nil", nil, "", false, 200},
		{"foreign", io.EOF, "", false, 500},
		{"opaque", opaque{}, "", false, 500},
		{"code", orders.OrderClosed, orders.OrderClosed, true, 409},
		{"struct", changed, orders.StockChanged, true, 409},
		{"nil struct", (*orders.StockChangedError)(nil), orders.StockChanged, true, 409},
		{"wrapped", fmt.Errorf("a: %w", fmt.Errorf("b: %w", changed)), orders.StockChanged, true, 409},
		{"joined", errors.Join(io.EOF, fmt.Errorf("a: %w", orders.OrderGone)), orders.OrderGone, true, 410},
		{"two verbs", fmt.Errorf("%w and %w", orders.OrderGone, orders.OrderClosed), orders.OrderGone, true, 410},
		{"nil members", list{nil, nil, orders.OrderGone}, orders.OrderGone, true, 410},
		{"no members", list{}, "", false, 500},
		{"internal", orders.DatabaseDown, orders.DatabaseDown, true, 500},
		{"internal outside", list{orders.DatabaseDown, orders.OrderGone}, orders.DatabaseDown, true, 500},
		{"unknown", orders.Code("9999"), "9999", true, 500},
		{"error with a cause", orders.WithCause(orders.OrderGone, changed), orders.OrderGone, true, 410},
		{"only the cause has a code", orders.WithCause(io.EOF, changed), orders.StockChanged, true, 409},
		{"cause inside", fmt.Errorf("a: %w", orders.WithCause(io.EOF, orders.WithCause(io.EOF, changed))), orders.StockChanged, true, 409},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code, ok := orders.CodeOf(test.err)
			if code != test.code || ok != test.ok {
				t.Errorf("CodeOf gave %q, %t, want %q, %t", string(code), ok, string(test.code), test.ok)
			}
			var as orders.Code
			if errors.As(test.err, &as) != ok || as != code {
				t.Errorf("errors.As gave %q, CodeOf %q", string(as), string(code))
			}
			if ok && !errors.Is(test.err, code) {
				t.Errorf("errors.Is does not find %q", string(code))
			}
			if status := orders.HTTPStatus(test.err); status != test.status {
				t.Errorf("HTTPStatus gave %d, want %d", status, test.status)
			}
		})
	}
}

func TestAs(t *testing.T) {
	err := errors.Join(io.EOF, fmt.Errorf("a: %w", orders.WithCause(&orders.StockChangedError{Article: "A-17", Before: 3, After: 2}, &orders.CardRefusedError{Bank: "Bank", CardNumber: orders.Hide("4111")})))
	var changed *orders.StockChangedError
	if !errors.As(err, &changed) || *changed != (orders.StockChangedError{Article: "A-17", Before: 3, After: 2}) {
		t.Errorf("got %#v", changed)
	}
	var refused *orders.CardRefusedError
	if !errors.As(err, &refused) || refused.CardNumber.Reveal() != "4111" {
		t.Errorf("the cause is not found: %#v", refused)
	}
	if errors.Is(err, orders.OrderClosed) {
		t.Error("errors.Is finds a code that is not there")
	}
}

func TestFormerNames(t *testing.T) {
	moved := func(err *orders.StockMovedError) bool {
		return errors.Is(err, orders.StockMoved) && errors.Is(err, orders.StockChanged)
	}
	if !moved(&orders.StockMovedError{Article: "A-17", Before: 3, After: 2}) || !moved(&orders.StockChangedError{Article: "A-17", Before: 3, After: 2}) {
		t.Error("the former name is another error")
	}
	if !errors.Is(&orders.StockVariedError{Article: "A-17", Before: 3, After: 2}, orders.StockChanged) || orders.NoSuchOrder != orders.OrderLost || orders.OrderNotThere != orders.OrderLost {
		t.Error("a synonym is another error")
	}
	if orders.OrderDone != orders.OrderClosed || orders.OrderFinished != orders.OrderClosed || orders.OrderMissing != orders.OrderLost {
		t.Error("the former name is another code")
	}
}

func TestWithCauseOfNil(t *testing.T) {
	if err := orders.WithCause(nil, nil); err != nil {
		t.Errorf("WithCause(nil, nil) = %v", err)
	}
	if err := orders.WithCause(orders.OrderGone, nil); err != orders.OrderGone {
		t.Errorf("WithCause(err, nil) = %v", err)
	}
	if err := orders.WithCause(nil, io.EOF); err != io.EOF {
		t.Errorf("WithCause(nil, cause) = %v", err)
	}
}

// logged returns what the two handlers of log/slog write for an error.
func logged(err error) (text, json string) {
	var t, j bytes.Buffer
	options := &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key != "err" {
			return slog.Attr{}
		}
		return a
	}}
	slog.New(slog.NewTextHandler(&t, options)).Error("", "err", err)
	slog.New(slog.NewJSONHandler(&j, options)).Error("", "err", err)
	return strings.TrimSpace(t.String()), strings.TrimSpace(j.String())
}

func TestLog(t *testing.T) {
	tests := []struct {
		name       string
		err        error
		text, json string
	}{
		{
			"code", orders.OrderClosed,
			`err.code=2001 err.category=order err.message="The order is closed"`,
			`{"err":{"code":"2001","category":"order","message":"The order is closed"}}`,
		},
		{
			"struct", &orders.StockChangedError{Article: "A-17", Before: 3, After: 2},
			`err.code=2000 err.category=order err.message="The stock of A-17 changed from 3 to 2" err.params.article=A-17 err.params.before=3 err.params.after=2`,
			`{"err":{"code":"2000","category":"order","message":"The stock of A-17 changed from 3 to 2","params":{"article":"A-17","before":3,"after":2}}}`,
		},
		{
			"cause", orders.WithCause(&orders.CardRefusedError{Bank: "Bank", CardNumber: orders.Hide("4111")}, io.EOF),
			`err.code=3000 err.category=payment err.message="The card was refused by Bank" err.params.bank=Bank err.cause=EOF`,
			`{"err":{"code":"3000","category":"payment","message":"The card was refused by Bank","params":{"bank":"Bank"},"cause":"EOF"}}`,
		},
		{
			"cause of a wrapped code", orders.WithCause(fmt.Errorf("closing: %w", orders.OrderClosed), io.EOF),
			`err.code=2001 err.category=order err.message="closing: 2001: The order is closed" err.cause=EOF`,
			`{"err":{"code":"2001","category":"order","message":"closing: 2001: The order is closed","cause":"EOF"}}`,
		},
		{
			"cause with a cause", orders.WithCause(orders.OrderClosed, orders.WithCause(orders.OrderGone, io.EOF)),
			`err.code=2001 err.category=order err.message="The order is closed" err.cause.code=2002 err.cause.category=order err.cause.message="Order gone" err.cause.cause=EOF`,
			`{"err":{"code":"2001","category":"order","message":"The order is closed","cause":{"code":"2002","category":"order","message":"Order gone","cause":"EOF"}}}`,
		},
		{
			"unknown code", orders.Code("9999"),
			`err.code=9999 err.message=9999`,
			`{"err":{"code":"9999","message":"9999"}}`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, json := logged(test.err)
			if text != test.text {
				t.Errorf("text:\n got %s\nwant %s", text, test.text)
			}
			if json != test.json {
				t.Errorf("json:\n got %s\nwant %s", json, test.json)
			}
		})
	}
}

func TestSensitive(t *testing.T) {
	const secret = "4111-1111"
	for _, err := range []error{
		&orders.CardRefusedError{Bank: "Bank", CardNumber: orders.Hide(secret)},
		orders.NewPINWrong(secret),
		orders.WithCause(orders.NewPINWrong(secret), io.EOF),
		orders.WithCause(io.EOF, orders.NewPINWrong(secret)),
		fmt.Errorf("a: %w", orders.NewPINWrong(secret)),
	} {
		text, log := logged(err)
		body, _ := json.Marshal(err)
		for how, shown := range map[string]string{
			"text log": text, "json log": log, "json": string(body),
			"%v": fmt.Sprintf("%v", err), "%+v": fmt.Sprintf("%+v", err), "%s": fmt.Sprintf("%s", err), "%q": fmt.Sprintf("%q", err),
		} {
			if strings.Contains(shown, secret) {
				t.Errorf("%s of %T shows the param: %s", how, err, shown)
			}
		}
	}
	for _, err := range []error{&orders.CardRefusedError{Bank: "Bank", CardNumber: orders.Hide(secret)}, orders.NewPINWrong(secret)} {
		if shown := fmt.Sprintf("%#v", err); strings.Contains(shown, secret) {
			t.Errorf("%%#v of %T shows the param: %s", err, shown)
		}
	}
}

// sink keeps the compiler from removing what is measured.
var sink error

func fail(closed bool) error {
	if closed {
		return orders.OrderClosed
	}
	return nil
}

func TestAllocations(t *testing.T) {
	wrapped := fmt.Errorf("a: %w", errors.Join(io.EOF, orders.WithCause(&orders.StockChangedError{Article: "A-17", Before: 3, After: 2}, io.EOF)))
	unknown := fmt.Errorf("a: %w", errors.Join(io.EOF, orders.WithCause(io.EOF, io.EOF)))
	tests := []struct {
		name string
		want float64
		run  func()
	}{
		{"return a code", 0, func() { sink = fail(true) }},
		{"errors.Is", 0, func() { _ = errors.Is(wrapped, orders.StockChanged) }},
		{"CodeOf", 0, func() { _, _ = orders.CodeOf(wrapped) }},
		{"CodeOf without a code", 0, func() { _, _ = orders.CodeOf(unknown) }},
		{"HTTPStatus", 0, func() { _ = orders.HTTPStatus(wrapped) }},
		{"HTTPStatus without a code", 0, func() { _ = orders.HTTPStatus(unknown) }},
		{"ParseCode", 0, func() { _, _ = orders.ParseCode("0999") }},
		{"methods", 0, func() {
			_, _, _ = orders.OrderClosed.HTTPStatus(), orders.OrderClosed.Title(), orders.OrderClosed.Level()
		}},
		{"constructor", 1, func() { sink = orders.NewAuditFailed("A") }},
		{"constructor with a sensitive param", 2, func() { sink = orders.NewPINWrong("4111") }},
		{"WithCause", 1, func() { sink = orders.WithCause(orders.OrderClosed, io.EOF) }},
	}
	for _, test := range tests {
		if got := testing.AllocsPerRun(100, test.run); got != test.want {
			t.Errorf("%s: %v allocations, want %v", test.name, got, test.want)
		}
	}
}
