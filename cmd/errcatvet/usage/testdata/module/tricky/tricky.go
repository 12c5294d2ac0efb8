// Package tricky has errors that go through more than one thing.
package tricky

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"example.com/test/bank"
	"example.com/test/shop"
)

type opError struct {
	op  string
	err error
}

func (e *opError) Error() string { return e.op }
func (e *opError) Unwrap() error { return e.err }

func wrapped() error { return &opError{"sell", shop.OrderClosed} } // raised OrderClosed

type option func(*opError)

func with(code shop.Code) option { return func(e *opError) { e.err = code } }

func newError(options ...option) error {
	e := new(opError)
	for _, o := range options {
		o(e)
	}
	return e
}

func optional() error { return newError(with(shop.NotFound)) } // raised NotFound

type builder struct{ err error }

func build(code shop.Code) *builder                { return &builder{err: code} }
func (b *builder) with(key, value string) *builder { return b }
func (b *builder) done() error                     { return b.err }

func built() error { return build(shop.TooLate).with("a", "b").done() } // raised TooLate

type result[T any] struct {
	value T
	err   error
}

func failed[T any](err error) result[T] { return result[T]{err: err} }

func (r result[T]) get() (T, error) { return r.value, r.err }

func generic() (int, error) { return failed[int](shop.Slow).get() } // raised Slow

func deferred(f func() error) (err error) {
	defer func() {
		if f() != nil {
			err = shop.Database // raised Database
		}
	}()
	return nil
}

func once() error {
	var err error
	new(sync.Once).Do(func() { err = shop.NotFound }) // raised NotFound
	return err
}

func channels() error {
	codes := make(chan shop.Code, 1)
	go func() { codes <- shop.Gone }() // raised Gone
	return <-codes
}

func cancelled(ctx context.Context) error {
	_, cancel := context.WithCancelCause(ctx)
	cancel(shop.TooLate) // raised TooLate
	return context.Cause(ctx)
}

var translations = map[bank.Code]shop.Code{bank.WrongPIN: shop.NotFound} // handled WrongPIN // raised NotFound

func translate(err error) error {
	code, ok := bank.CodeOf(err)
	if !ok {
		return err
	}
	return translations[code]
}

func ignore(err error, ignored ...error) error {
	for _, e := range ignored {
		if errors.Is(err, e) {
			return nil
		}
	}
	return err
}

func ignoring() error { return ignore(wrapped(), shop.Slow) } // handled Slow

type domain struct{}

func (domain) Error() string        { return "domain" }
func (domain) Is(target error) bool { return target == shop.OrderClosed } // handled OrderClosed

var steps = []struct {
	name string
	err  error
}{
	{"first", shop.Slow},     // raised Slow
	{"second", shop.TooLate}, // raised TooLate
}

func step(n int) error {
	s := steps[n]
	return fmt.Errorf("%s: %w", s.name, s.err)
}

type several struct{ errs []error }

func (several) Error() string     { return "several" }
func (s several) Unwrap() []error { return s.errs }

func joined() error {
	var s several
	s.errs = append(s.errs, shop.Gone) // raised Gone
	return s
}

// seller is implemented by service and mock.
type seller interface{ sell(n int) error }

type mock struct{ err error }

func (m mock) sell(int) error { return m.err }

func mocked() seller { return mock{err: shop.OldPrice} } // raised OldPrice

func locked(mu *sync.Mutex) (err error) {
	mu.Lock()
	defer mu.Unlock()
	switch codes := []shop.Code{shop.NotFound, shop.Slow}; { // raised NotFound // raised Slow
	case len(codes) > 1:
		err = codes[1]
	}
	return err
}

func pointers() error {
	code := shop.NotFound // raised NotFound
	p := &code
	return *p
}

func texts(text string) (string, bool) {
	return string(shop.Slow), text == string(shop.Gone) // maybe Slow // handled Gone
}

func method() func() string { return shop.TooLate.Error } // maybe TooLate

type embedded struct{ shop.Code }

func embeds() error { return embedded{shop.Sold} } // maybe Sold
