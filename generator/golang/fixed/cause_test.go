package fixed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"testing"
	"time"
)

func TestWithCause(t *testing.T) {
	err := WithCause(OrderClosed, io.EOF)
	if err.Error() != OrderClosed.Error() || !errors.Is(err, OrderClosed) || !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
	for _, test := range []struct{ err, cause, want error }{{nil, nil, nil}, {OrderClosed, nil, OrderClosed}, {nil, io.EOF, io.EOF}} {
		if got := WithCause(test.err, test.cause); got != test.want {
			t.Errorf("WithCause(%v, %v) = %v, want %v", test.err, test.cause, got, test.want)
		}
	}
}

// formatted has a verb %+v of its own.
type formatted struct{ error }

func (formatted) Format(f fmt.State, verb rune) {
	if verb == 'v' && f.Flag('+') {
		fmt.Fprint(f, "with a stack")
	}
}

func TestFormat(t *testing.T) {
	cause := WithCause(OrderClosed, fmt.Errorf("load: %w", WithCause(DatabaseDown, io.EOF)))
	const whole = "200: Order closed\ncause: load: 110: Database down\ncause: EOF"
	for _, test := range []struct {
		verb string
		err  error
		want string
	}{
		{"%v", cause, "200: Order closed"},
		{"%s", cause, "200: Order closed"},
		{"%q", cause, `"200: Order closed"`},
		{"%20.3s|", cause, "                 200|"},
		{"%+s", cause, "200: Order closed"},
		{"%+v", cause, whole},
		{"%+v", WithErrors(WithInstance(cause, "/1"), At("/a", OtherHash)), whole},
		{"%v", WithInstance(cause, "/1"), "200: Order closed"},
		{"%+v", WithCause(WithCause(OrderClosed, io.EOF), io.ErrNoProgress), "200: Order closed\ncause: EOF\ncause: multiple Read calls return no data or error"},
		{"%+v", WithCause(errors.Join(io.EOF, cause), formatted{io.EOF}), "EOF\n" + whole + "\ncause: with a stack"},
		{"%+v", WithCause(OrderClosed, &otherCause{otherCode("1"), io.EOF}), "200: Order closed\ncause: 1: Other\ncause: EOF"},
		{"%+v", WithInstance(OrderClosed, "/1"), "200: Order closed"},
	} {
		if got := fmt.Sprintf(test.verb, test.err); got != test.want {
			t.Errorf("%s gives %q, want %q", test.verb, got, test.want)
		}
	}
}

func TestWithMembersKeepsTheError(t *testing.T) {
	refused := newCardRefused("Bank", "4111")
	for name, err := range map[string]error{
		"WithInstance":   WithInstance(refused, "/1"),
		"WithErrors":     WithErrors(refused, FieldError{Detail: "a"}),
		"WithRetryAfter": WithRetryAfter(refused, time.Second),
	} {
		var as *CardRefusedError
		if err.Error() != refused.Error() || !errors.Is(err, CardRefused) || !errors.As(err, &as) || as != refused {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if WithInstance(nil, "/1") != nil || WithErrors(nil, FieldError{}) != nil || WithRetryAfter(nil, 1) != nil {
		t.Error("nil becomes an error")
	}
}

// Members are added to those that the error has, however it is wrapped, and
// the error itself does not change.
func TestMembersAddUp(t *testing.T) {
	a, b, c := FieldError{Pointer: "/a", Detail: "A"}, FieldError{Pointer: "/b", Detail: "B"}, FieldError{Pointer: "/c", Detail: "C"}
	inner := WithErrors(WithInstance(ServerFailed, "/1"), a, b)
	other := otherMembers{ServerFailed, []json.RawMessage{[]byte(`{"pointer":"/a","detail":"A"}`)}}
	tests := []struct {
		name     string
		err      error
		instance string
		retry    int
		errs     []FieldError
	}{
		{"instance", WithInstance(ServerFailed, "/1"), "/1", 90, nil},
		{"errors", WithErrors(ServerFailed, a), "", 90, []FieldError{a}},
		{"no errors", WithErrors(ServerFailed), "", 90, nil},
		{"instance and errors", inner, "/1", 90, []FieldError{a, b}},
		{"more errors", WithErrors(inner, c), "/1", 90, []FieldError{a, b, c}},
		{"another instance", WithInstance(inner, "/2"), "/2", 90, []FieldError{a, b}},
		{"around an error that wraps", WithErrors(fmt.Errorf("x: %w", inner), c), "/1", 90, []FieldError{a, b, c}},
		{"around a cause", WithErrors(WithCause(inner, WithErrors(OrderClosed, b)), c), "/1", 90, []FieldError{a, b, c}},
		{"around errors.Join", WithErrors(errors.Join(io.EOF, inner), c), "/1", 90, []FieldError{a, b, c}},
		{"around errors.Join, wrapped", fmt.Errorf("x: %w", WithErrors(errors.Join(io.EOF, inner), c)), "/1", 90, []FieldError{a, b, c}},
		{"of another package", WithErrors(other, c), "/other", 9, []FieldError{a, c}},
		{"retry", WithRetryAfter(inner, 1500*time.Millisecond), "/1", 2, []FieldError{a, b}},
		{"another retry", WithInstance(WithRetryAfter(WithRetryAfter(ServerFailed, time.Hour), time.Second), "/2"), "/2", 1, nil},
		{"in a chain", chain{io.EOF, WithInstance(ServerFailed, "/1")}, "/1", 90, nil},
		{"the error inside", inner, "/1", 90, []FieldError{a, b}},
	}
	for _, test := range tests {
		p := ProblemOf(test.err)
		if p.Instance != test.instance || seconds(p.RetryAfter) != test.retry || !reflect.DeepEqual(p.Errors, test.errs) {
			t.Errorf("%s: got %q, %v, %v", test.name, p.Instance, p.RetryAfter, p.Errors)
		}
	}
}

// Errors that are added to the same error do not meet.
func TestMembersDoNotAlias(t *testing.T) {
	a, b, c := FieldError{Detail: "A"}, FieldError{Detail: "B"}, FieldError{Detail: "C"}
	shared := WithErrors(WithErrors(OrderClosed, a, a, a), a)
	first, second := WithErrors(shared, b), WithErrors(shared, c)
	if got := ProblemOf(first).Errors[4]; got.Detail != "B" {
		t.Errorf("the error is %v", got)
	}
	if got := ProblemOf(second).Errors; len(got) != 5 || got[4].Detail != "C" || len(ProblemOf(shared).Errors) != 4 {
		t.Errorf("the errors are %v", got)
	}
}

// On a client, the time is what the server has sent.
func TestRetryAfterOf(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		want time.Duration
	}{
		{"nil", nil, 0},
		{"not in the catalog", io.EOF, 0},
		{"of the catalog", fmt.Errorf("a: %w", ServerFailed), 90 * time.Second},
		{"set", fmt.Errorf("a: %w", WithRetryAfter(ServerFailed, 7*time.Second)), 7 * time.Second},
		{"set for an error that is in no catalog", WithRetryAfter(io.EOF, 7*time.Second), 7 * time.Second},
		{"received", fmt.Errorf("a: %w", &Problem{Code: ServerFailed, RetryAfter: time.Second}), time.Second},
		{"received without a code", fmt.Errorf("a: %w", &Problem{RetryAfter: time.Second}), time.Second},
		{"received with an unknown code", &Problem{Code: "9999", RetryAfter: time.Second}, time.Second},
		{"not received", &Problem{Code: ServerFailed}, 90 * time.Second},
	} {
		if got := RetryAfterOf(test.err); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
