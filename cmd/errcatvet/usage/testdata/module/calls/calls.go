// Package calls has errors that go through functions of the program.
package calls

import (
	"errors"
	"log/slog"
	"net/http"

	"example.com/test/shop"
)

func fail(w http.ResponseWriter, r *http.Request, code shop.Code) { shop.WriteProblem(w, r, code) }

func wrap(err error) error { return errors.Join(err, errors.New("x")) }

func is(err error, codes ...shop.Code) bool {
	for _, code := range codes {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}

func codeFor(n int) (shop.Code, bool) {
	if n == 0 {
		return shop.NotFound, true // raised NotFound
	}
	return shop.TooLate, false // raised TooLate
}

func target() shop.Code { return shop.Slow } // handled Slow

func first[T any](list ...T) T { return list[0] }

func handler(w http.ResponseWriter, r *http.Request) {
	err := serve(3)
	if is(err, shop.OrderClosed, shop.Gone) { // handled OrderClosed // handled Gone
		fail(w, r, shop.NotFound) // raised NotFound
		return
	}
	if errors.Is(err, target()) {
		fail(w, r, shop.Database) // raised Database
	}
	slog.Info("not answered", "code", shop.OldPrice) // maybe OldPrice
}

func serve(n int) error {
	if code, ok := codeFor(n); ok {
		return code
	}
	pick := func() shop.Code { return shop.Slow } // raised Slow
	if n > 4 {
		return pick()
	}
	convert := func(code shop.Code) error { return code }
	if n > 3 {
		return convert(shop.Gone) // raised Gone
	}
	if n > 2 {
		return func(code shop.Code) error { return code }(shop.TooLate) // raised TooLate
	}
	return first[error](wrap(shop.NotFound), shop.Slow) // raised NotFound // raised Slow
}

type reporter interface {
	report(err error)
	code() shop.Code
}

type service struct{ last error }

func (s *service) report(err error) { panic(err) }
func (s *service) code() shop.Code  { return shop.OrderClosed } // raised OrderClosed

func dynamic(r reporter, f func(shop.Code), g func(error) error) error {
	r.report(shop.Gone) // raised Gone
	f(shop.Slow)        // maybe Slow
	return r.code()
}

type wrapper struct{}

func (wrapper) Error() string { return "" }
func (wrapper) Unwrap() error { return shop.Database } // maybe Database

func recursive(code shop.Code, n int) error {
	if n > 0 {
		return recursive(code, n-1)
	}
	return code
}

func start() error { return recursive(shop.TooLate, 3) } // raised TooLate
