package fixed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"
)

// otherCode is a Code of another generated package.
type otherCode string

func (c otherCode) Error() string                        { return string(c) + ": Other" }
func (c otherCode) CatalogCode() (code, category string) { return string(c), "others" }
func (c otherCode) ProblemStatus() int                   { return 418 }
func (c otherCode) ProblemFields() (uri, title string, retryAfter int) {
	return "https://example.org/" + string(c), "Other", 7
}

func (otherCode) CatalogMatch(uri, code, element string) (string, bool) {
	if uri == "https://example.com/errors" { // as another version of this package does
		return code, code != ""
	}
	inURI, ok := strings.CutPrefix(uri, "https://example.org/")
	if element != "" {
		return element, ok
	}
	return inURI, ok
}

// otherError is an error with params of another generated package.
type otherError struct {
	Size int64 `errcat:"9" json:"size"`
}

func (e *otherError) Error() string        { return fmt.Sprintf("9: Other of size %d", e.Size) }
func (e *otherError) Unwrap() error        { return otherCode("9") }
func (e *otherError) LogValue() slog.Value { return slog.Value{} }

// readByOther is an error that another generated package has read. All of them
// are ORDER_MOVED of this catalog, by an alias.
type readByOther struct{}

func (*readByOther) Error() string { return "1302: D" }
func (*readByOther) CatalogError(of any) (code string, ok bool) {
	return string(OrderMoved), isOwn(of)
}
func (*readByOther) MarshalJSON() ([]byte, error) {
	return []byte(`{"type":"https://old.example.com/errors/1302","code":"1302","detail":"D","instance":"/other","from":"a","new":1,"errors":[{"pointer":"/a","code":"200"}]}`), nil
}

func (*readByOther) ProblemMembers() (instance string, retryAfter time.Duration, errs []json.RawMessage) {
	return "", 7 * time.Second, nil
}

func isOwn(of any) bool {
	_, ok := of.(Code)
	return ok
}

// withParams has a method Params, and is of no generated package.
type withParams struct{}

func (withParams) Error() string { return "params" }
func (withParams) Params() []any { return []any{"a", 1} }

// plainCode is a Code of a generated package whose catalog has no HTTP.
type plainCode string

func (c plainCode) Error() string                        { return string(c) + ": Plain" }
func (c plainCode) CatalogCode() (code, category string) { return string(c), "plain" }

// otherMembers is an error with members of another generated package.
type otherMembers struct {
	error
	elements []json.RawMessage
}

func (e otherMembers) Unwrap() error { return e.error }
func (e otherMembers) ProblemMembers() (instance string, retryAfter time.Duration, errs []json.RawMessage) {
	return "/other", 9 * time.Second, e.elements
}

// otherCause is an error with a cause of another generated package.
type otherCause [2]error

func (e *otherCause) Error() string                    { return e[0].Error() }
func (e *otherCause) Unwrap() []error                  { return e[:] }
func (e *otherCause) WithoutCause() (err, cause error) { return e[0], e[1] }

// list wraps its elements, including nil ones.
type list []error

func (list) Error() string     { return "list" }
func (l list) Unwrap() []error { return l }

// chain is a list of errors like that of hashicorp/multierror: only its methods
// Is and As show the first one, and Unwrap the others.
type chain []error

func (c chain) Error() string        { return c[0].Error() }
func (c chain) Is(target error) bool { return errors.Is(c[0], target) }
func (c chain) As(target any) bool   { return errors.As(c[0], target) }
func (c chain) Unwrap() error {
	if len(c) == 1 {
		return nil
	}
	return c[1:]
}

func TestCodeOfAndHTTPStatus(t *testing.T) {
	refused := newCardRefused("Bank", "4111")
	tests := []struct {
		name   string
		err    error
		code   Code
		status int
	}{
		{"nil", nil, "", 200},
		{"not in the catalog", io.EOF, "", 500},
		{"code", OrderClosed, OrderClosed, 409},
		{"struct", refused, CardRefused, 409},
		{"nil struct", (*EveryTypeError)(nil), EveryType, 409},
		{"empty code", Code(""), "", 500},
		{"empty code first", list{Code(""), OrderClosed}, "", 500},
		{"wrapped", fmt.Errorf("a: %w", fmt.Errorf("b: %w", refused)), CardRefused, 409},
		{"joined", errors.Join(io.EOF, fmt.Errorf("a: %w", OtherHash), OrderClosed), OtherHash, 410},
		{"nested lists", list{nil, list{}, list{io.EOF, OtherHash}}, OtherHash, 410},
		{"empty list", list{}, "", 500},
		{"internal", DatabaseDown, DatabaseDown, 500},
		{"internal error first", list{DatabaseDown, OrderClosed}, DatabaseDown, 500},
		{"unknown code", Code("9999"), "9999", 500},
		{"cause", WithCause(OtherHash, refused), OtherHash, 410},
		{"only the cause has a code", WithCause(io.EOF, refused), CardRefused, 409},
		{"members", WithErrors(OtherHash, FieldError{Detail: "a"}), OtherHash, 410},
		{"problem", &Problem{Code: OtherHash}, OtherHash, 410},
		{"problem without a code", &Problem{Status: 400}, "", 500},
		{"nil problem", (*Problem)(nil), "", 500},
		{"code of another package", otherCode("1"), "", 418},
		{"code of another package first", list{otherCode("1"), OtherHash}, OtherHash, 410},
		{"cause of another package", fmt.Errorf("a: %w", &otherCause{otherCode("1"), refused}), CardRefused, 409},
		{"code of a catalog without HTTP", plainCode("1"), "", 500},
		{"code of a catalog without HTTP first", list{plainCode("1"), OtherHash}, OtherHash, 410},
		{"members of another package", otherMembers{error: OtherHash}, OtherHash, 410},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for name, err := range map[string]error{"": test.err, "in a chain, ": chain{test.err}, "at the end of a chain, ": chain{io.EOF, test.err}} {
				if test.err == nil && err != nil {
					continue
				}
				if code, ok := CodeOf(err); code != test.code || ok != (test.code != "") {
					t.Errorf("%sCodeOf gives %q, %t, want %q", name, string(code), ok, string(test.code))
				}
				if got := HTTPStatus(err); got != test.status {
					t.Errorf("%sHTTPStatus gives %d, want %d", name, got, test.status)
				}
				if p := ProblemOf(err); err != nil && p.Status != test.status {
					t.Errorf("%sProblemOf gives %+v", name, p)
				}
			}
			if n := testing.AllocsPerRun(100, func() { CodeOf(test.err); HTTPStatus(test.err) }); n != 0 {
				t.Errorf("CodeOf and HTTPStatus allocate %v times", n)
			}
		})
	}
}

// randomTree returns an error with errors of this and of other packages in it.
func randomTree(r *rand.Rand, depth int) error {
	leaves := []error{
		io.EOF, OrderClosed, ServerFailed, DatabaseDown, NewAuditFailed("a"), newCardRefused("Bank", "4111"), Code("9999"), Code(""),
		otherCode("1"), plainCode("1"), (*Problem)(nil), &Problem{Status: 400, Detail: "d"}, &Problem{Code: OtherHash},
		ParseProblem([]byte(`{"code":"301","bank":"Bank"}`)), ParseProblem([]byte(`{"type":"https://elsewhere.example/1","code":"301","bank":"Bank"}`)),
	}
	if depth == 0 || r.Intn(4) == 0 {
		return leaves[r.Intn(len(leaves))]
	}
	a, b := randomTree(r, depth-1), randomTree(r, depth-1)
	switch r.Intn(9) {
	case 0:
		return fmt.Errorf("a: %w", a)
	case 1:
		return fmt.Errorf("%w: %w", a, b)
	case 2:
		return errors.Join(a, b)
	case 3:
		return list{nil, a, list{}, b}
	case 4:
		return WithCause(a, b)
	case 5:
		return &otherCause{a, b}
	case 6:
		return WithInstance(WithRetryAfter(a, time.Minute), "/1")
	case 7:
		return WithErrors(a, At("/a", b))
	}
	return chain{randomChain(r), randomChain(r)}
}

// randomChain returns an error that wraps at most one error of a catalog.
func randomChain(r *rand.Rand) error {
	err := randomTree(r, 0)
	for i := r.Intn(4); i > 0; i-- {
		switch r.Intn(3) {
		case 0:
			err = fmt.Errorf("a: %w", err)
		case 1:
			err = WithCause(err, io.EOF)
		case 2:
			err = WithInstance(err, "/1")
		}
	}
	return err
}

// On any tree, all functions show the error that errors.As finds.
func TestRandomTrees(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	seen := make(map[int]int)
	for i := 0; i < 20_000; i++ {
		err := randomTree(r, 5)
		code, status, params := naive(err)
		if got, ok := CodeOf(err); got != code || ok != (code != "") {
			t.Fatalf("CodeOf gives %q, %t, want %q: %#v", string(got), ok, string(code), err)
		}
		p := ProblemOf(err)
		if got := HTTPStatus(err); got != status || p.Status != status {
			t.Fatalf("the status is %d, of the problem %d, want %d: %#v", got, p.Status, status, err)
		}
		if _, ok := p.Extensions["bank"]; ok != params {
			t.Fatalf("the problem has the params %s: %#v", p.Extensions, err)
		}
		if group := LogAttr(err).Value; code != "" && group.Group()[0].Value.String() != string(code) {
			t.Fatalf("%v is logged: %#v", group, err)
		}
		seen[status]++
	}
	if len(seen) < 4 {
		t.Errorf("the trees have only the statuses %v", seen)
	}
}

// naive returns which code an error has by errors.As, the status that a client
// sees, and whether it sees the params of CardRefused.
func naive(err error) (code Code, status int, params bool) {
	var other otherCode
	switch {
	case errors.As(err, &code):
		if code.Name() == "" || code.Internal() {
			return code, 500, false
		}
		return code, code.HTTPStatus(), code == CardRefused
	case errors.As(err, &other):
		return "", 418, false
	}
	return "", 500, false
}

func TestParams(t *testing.T) {
	refused := newCardRefused("Bank", "4111")
	var none *CardRefusedError
	for _, test := range []struct {
		name string
		err  error
		want []any
	}{
		{"without the sensitive ones", refused, []any{"bank", "Bank"}},
		{"of another package", &otherError{Size: 7}, []any{"size", int64(7)}},
		{"of a problem", ParseProblem([]byte(`{"a":1}`)), []any{"a", json.Number("1")}},
		{"nil struct", none, nil},
		{"nil", nil, nil},
		{"not a pointer", list{}, nil},
		{"not a struct", new(Code), nil},
		{"struct of this package without params", new(withMembers), nil},
		{"a method of another package", withParams{}, nil},
		{"struct of another package without params", fmt.Errorf("a: %w", OrderClosed), nil},
	} {
		if got := params(test.err); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

// An error of another package is shown whole: its params, also behind a method As,
// and what its package has read.
func TestErrorsOfOtherPackages(t *testing.T) {
	const other = `{"type":"https://example.org/9","title":"Other","status":418,"detail":"Other of size 7","code":"9","size":7}`
	for _, err := range []error{&otherError{Size: 7}, fmt.Errorf("a: %w", &otherError{Size: 7}), chain{&otherError{Size: 7}}, chain{io.EOF, &otherError{Size: 7}}} {
		if got := body(t, err); got != other {
			t.Errorf("%#v is sent as %s", err, got)
		}
		if got := record(t, nil, LogAttr(err)); !strings.Contains(got, `"params":{"size":7}`) {
			t.Errorf("%#v is logged as %s", err, got)
		}
	}
	const moved = `{"type":"https://example.com/errors/ORDER_MOVED#302","title":"Order moved","status":409,"detail":"D","instance":"/other","code":"302","from":"a","new":1,"errors":[{"pointer":"/a","detail":"Order closed","code":"200"}]}`
	p := ProblemOf(fmt.Errorf("a: %w", &readByOther{}))
	if got, err := json.Marshal(p); err != nil || string(got) != moved || p.RetryAfter != 7*time.Second {
		t.Errorf("what another package has read is sent as %s, %v, %v", got, p.RetryAfter, err)
	}

	// A method As finds the Code of one error and the struct of another one.
	if p := ProblemOf(chain{errors.Join(OrderClosed, newCardRefused("Bank", "4111"))}); p.Code != OrderClosed || p.Extensions != nil {
		t.Errorf("got %+v", p)
	}

	// Two versions of a package know the same types.
	received := ParseProblem([]byte(`{"type":"https://example.com/errors","code":"200"}`))
	var as otherCode
	if !errors.Is(received, OrderClosed) || !errors.Is(received, otherCode("200")) || !errors.As(received, &as) || as != "200" {
		t.Errorf("got %+v", received)
	}
}

// Members belong to the error that they are around.
func TestMembersOfAnotherError(t *testing.T) {
	err := errors.Join(WithInstance(io.EOF, "/1"), OrderClosed)
	if p := ProblemOf(err); p.Instance != "" {
		t.Errorf("the instance is %q", p.Instance)
	}
	if p := ProblemOf(WithErrors(err)); p.Instance != "" {
		t.Errorf("the instance is %q", p.Instance)
	}
}
