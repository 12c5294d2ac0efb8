package fixed

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"testing"
)

func TestWrap(t *testing.T) {
	err := Wrap(OrderClosed, io.EOF)
	if err.Error() != OrderClosed.Error() || !errors.Is(err, OrderClosed) || !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
	for _, test := range []struct{ err, cause, want error }{{nil, nil, nil}, {OrderClosed, nil, OrderClosed}, {nil, io.EOF, io.EOF}} {
		if got := Wrap(test.err, test.cause); got != test.want {
			t.Errorf("Wrap(%v, %v) = %v, want %v", test.err, test.cause, got, test.want)
		}
	}
}

func TestWithMembersKeepsTheError(t *testing.T) {
	refused := NewCardRefused("Bank", "4111")
	for name, err := range map[string]error{
		"WithInstance": WithInstance(refused, "/1"),
		"WithErrors":   WithErrors(refused, FieldError{Detail: "a"}),
	} {
		var as *CardRefusedError
		if err.Error() != refused.Error() || !errors.Is(err, CardRefused) || !errors.As(err, &as) || as != refused {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if WithInstance(nil, "/1") != nil || WithErrors(nil, FieldError{}) != nil {
		t.Error("nil becomes an error")
	}
}

// Members are added to those that the error has, however it is wrapped, and
// the error itself does not change.
func TestMembersAddUp(t *testing.T) {
	a, b, c := FieldError{Pointer: "/a", Detail: "A"}, FieldError{Pointer: "/b", Detail: "B"}, FieldError{Pointer: "/c", Detail: "C"}
	inner := WithErrors(WithInstance(ServerFailed, "/1"), a, b)
	other := otherMembers{ServerFailed, [][2]string{{"/a", "A"}}}
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
		{"around a cause", WithErrors(Wrap(inner, WithErrors(OrderClosed, b)), c), "/1", 90, []FieldError{a, b, c}},
		{"around errors.Join", WithErrors(errors.Join(io.EOF, inner), c), "/1", 90, []FieldError{a, b, c}},
		{"around errors.Join, wrapped", fmt.Errorf("x: %w", WithErrors(errors.Join(io.EOF, inner), c)), "/1", 90, []FieldError{a, b, c}},
		{"of another package", WithErrors(other, c), "/other", 9, []FieldError{a, c}},
		{"the error inside", inner, "/1", 90, []FieldError{a, b}},
	}
	for _, test := range tests {
		p := ProblemOf(test.err)
		if p.Instance != test.instance || seconds(p.RetryAfter) != test.retry || !reflect.DeepEqual(p.Errors, test.errs) {
			t.Errorf("%s: got %q, %v, %v", test.name, p.Instance, p.RetryAfter, p.Errors)
		}
	}
}
