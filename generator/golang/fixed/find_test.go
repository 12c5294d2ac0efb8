package fixed

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"testing"
)

// otherCode is a Code of another generated package.
type otherCode string

func (c otherCode) Error() string                        { return string(c) + ": Other" }
func (c otherCode) CatalogCode() (code, category string) { return string(c), "others" }
func (c otherCode) ProblemStatus() int                   { return 418 }
func (c otherCode) ProblemFields() (uri, title string, retryAfter int) {
	return "https://example.org/" + string(c), "Other", 7
}

// plainCode is a Code of a generated package whose catalog has no HTTP.
type plainCode string

func (c plainCode) Error() string                        { return string(c) + ": Plain" }
func (c plainCode) CatalogCode() (code, category string) { return string(c), "plain" }

// otherMembers is an error with members of another generated package.
type otherMembers struct {
	error
	pairs [][2]string
}

func (e otherMembers) Unwrap() error { return e.error }
func (e otherMembers) ProblemMembers() (instance string, retryAfter int, errs [][2]string) {
	return "/other", 9, e.pairs
}

// otherCause is an error with a cause of another generated package.
type otherCause [2]error

func (e *otherCause) Error() string       { return e[0].Error() }
func (e *otherCause) Unwrap() []error     { return e[:] }
func (e *otherCause) WithoutCause() error { return e[0] }

// list wraps its elements, including nil ones.
type list []error

func (list) Error() string     { return "list" }
func (l list) Unwrap() []error { return l }

func TestCodeOfAndHTTPStatus(t *testing.T) {
	refused := NewCardRefused("Bank", "4111")
	tests := []struct {
		name   string
		err    error
		code   Code
		ok     bool
		status int
	}{
		{"nil", nil, "", false, 200},
		{"not in the catalog", io.EOF, "", false, 500},
		{"code", OrderClosed, OrderClosed, true, 409},
		{"struct", refused, CardRefused, true, 409},
		{"nil struct", (*EveryTypeError)(nil), EveryType, true, 409},
		{"wrapped", fmt.Errorf("a: %w", fmt.Errorf("b: %w", refused)), CardRefused, true, 409},
		{"joined", errors.Join(io.EOF, fmt.Errorf("a: %w", OtherHash), OrderClosed), OtherHash, true, 410},
		{"nested lists", list{nil, list{}, list{io.EOF, OtherHash}}, OtherHash, true, 410},
		{"empty list", list{}, "", false, 500},
		{"internal", DatabaseDown, DatabaseDown, true, 500},
		{"internal error first", list{DatabaseDown, OrderClosed}, DatabaseDown, true, 500},
		{"unknown code", Code("9999"), "9999", true, 500},
		{"cause", Wrap(OtherHash, refused), OtherHash, true, 410},
		{"only the cause has a code", Wrap(io.EOF, refused), CardRefused, true, 500},
		{"members", WithErrors(OtherHash, FieldError{Detail: "a"}), OtherHash, true, 410},
		{"code of another package", otherCode("1"), "", false, 418},
		{"cause of another package", fmt.Errorf("a: %w", &otherCause{otherCode("1"), refused}), CardRefused, true, 418},
		{"code of a catalog without HTTP", plainCode("1"), "", false, 500},
		{"code of a catalog without HTTP first", list{plainCode("1"), OtherHash}, OtherHash, true, 410},
		{"members of another package", otherMembers{error: OtherHash}, OtherHash, true, 410},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if code, ok := CodeOf(test.err); code != test.code || ok != test.ok {
				t.Errorf("CodeOf gives %q, %t, want %q, %t", string(code), ok, string(test.code), test.ok)
			}
			var as Code
			if errors.As(test.err, &as) != test.ok || as != test.code {
				t.Errorf("errors.As gives %q, want %q", string(as), string(test.code))
			}
			if got := HTTPStatus(test.err); got != test.status {
				t.Errorf("HTTPStatus gives %d, want %d", got, test.status)
			}
			if n := testing.AllocsPerRun(100, func() { CodeOf(test.err); HTTPStatus(test.err) }); n != 0 {
				t.Errorf("CodeOf and HTTPStatus allocate %v times", n)
			}
		})
	}
}

func TestFindMembers(t *testing.T) {
	one := WithInstance(OrderClosed, "/1").(*withMembers)
	tests := []struct {
		name string
		err  error
		want error
	}{
		{"none", OrderClosed, nil},
		{"direct", one, one},
		{"the outermost", &withMembers{error: one, instance: "/2"}, &withMembers{error: one, instance: "/2"}},
		{"in a list", list{io.EOF, one}, one},
		{"around a list", &withMembers{error: list{io.EOF, one}, instance: "/2"}, &withMembers{error: list{io.EOF, one}, instance: "/2"}},
		{"in a list without an error of a catalog", list{WithInstance(io.EOF, "/3")}, nil},
	}
	for _, test := range tests {
		got, _ := findProblem(test.err).members.(error)
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %#v, want %#v", test.name, got, test.want)
		}
	}
}

func TestFind(t *testing.T) {
	refused := NewCardRefused("Bank", "4111")
	wrapped := fmt.Errorf("a: %w", refused)
	for _, test := range []struct {
		name         string
		err          error
		code, around error
	}{
		{"nil", nil, nil, nil},
		{"not in the catalog", fmt.Errorf("a: %w", io.EOF), nil, nil},
		{"code", OrderClosed, OrderClosed, nil},
		{"struct", wrapped, CardRefused, refused},
		{"cause", &otherCause{io.EOF, refused}, nil, nil},
		{"code with a cause", Wrap(OrderClosed, refused), OrderClosed, nil},
		{"list", list{nil, list{io.EOF}, wrapped, OrderClosed}, CardRefused, refused},
		{"list without a code", list{io.EOF, Wrap(io.EOF, refused)}, nil, nil},
		{"code of another package", list{otherCode("1"), refused}, otherCode("1"), nil},
		{"code of a catalog without HTTP", list{plainCode("1"), refused}, plainCode("1"), nil},
	} {
		if code, around := find(test.err); error(code) != test.code || around != test.around {
			t.Errorf("%s: got %v in %v, want %v in %v", test.name, code, around, test.code, test.around)
		}
	}
}

// withParams is a struct of this package that lists its params itself.
type withParams struct{ Code }

func (withParams) Params() []any { return []any{"a", 1} }
func (withParams) Unwrap() error { return OrderClosed }

func TestParams(t *testing.T) {
	refused := NewCardRefused("Bank", "4111")
	var none *CardRefusedError
	for _, test := range []struct {
		name      string
		code, err error
		want      []any
	}{
		{"without the sensitive ones", CardRefused, refused, []any{"bank", "Bank"}},
		{"by the error", OrderClosed, &withParams{}, []any{"a", 1}},
		{"no code", nil, refused, nil},
		{"nil struct", CardRefused, none, nil},
		{"nil", OrderClosed, nil, nil},
		{"not a pointer", OrderClosed, withParams{}, nil},
		{"not a struct", OrderClosed, new(Code), nil},
		{"struct of another package", OrderClosed, fmt.Errorf("a: %w", OrderClosed), nil},
	} {
		if got := params(test.code, test.err); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
