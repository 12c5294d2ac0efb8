// Package flow has errors that go through variables, fields, maps and functions.
package flow

import (
	"cmp"
	"errors"
	"slices"

	"example.com/test/bank"
	"example.com/test/shop"
)

var (
	errLate    = shop.TooLate
	ErrMissing = error(shop.NotFound)
	ErrUnread  = shop.Slow // maybe Slow
	errUnread  = shop.Slow
	byName     = map[string]shop.Code{"late": shop.TooLate, "closed": shop.OrderClosed} // raised TooLate // raised OrderClosed
	handledBy  = map[shop.Code]func(){shop.Gone: nil}                                   // handled Gone
	temporary  = []error{shop.Slow, shop.Database}                                      // handled Slow // handled Database
)

const closed = shop.OrderClosed

func globals(n int, err error) error {
	if errors.Is(err, errLate) { // handled TooLate
		return ErrMissing // raised NotFound
	}
	if errors.Is(err, closed) { // handled OrderClosed
		return closed // raised OrderClosed
	}
	return errLate // raised TooLate
}

func local(n int) error {
	var err error
	if n > 1 {
		err = shop.NotFound // raised NotFound
	}
	if err == nil || errors.Is(err, shop.Slow) { // handled Slow
		return nil
	}
	code := shop.OrderClosed // raised OrderClosed
	if n > 2 {
		code = shop.TooLate // raised TooLate
	}
	if code == shop.Gone { // handled Gone
		return err
	}
	return code
}

func lookUp(name string) error {
	if code, ok := byName[name]; ok {
		return code
	}
	return nil
}

func isTemporary(err error) bool {
	for _, t := range temporary {
		if errors.Is(err, t) {
			return true
		}
	}
	return false
}

func contains(code shop.Code) bool {
	return slices.Contains([]shop.Code{shop.Slow, shop.Gone}, code) // handled Slow // handled Gone
}

func orElse(err error) error {
	return cmp.Or(err, error(shop.Database)) // raised Database
}

func value(product string) error {
	var e shop.OutOfStockError // raised OutOfStock
	e.Product = product
	return &e
}

func made() error {
	e := new(bank.LimitError) // raised Limit
	e.Account = "a"
	return e
}

type result struct {
	err  error
	Code shop.Code
}

func (r result) failure() error { return r.err }

func fields() result {
	r := result{err: shop.NotFound} // raised NotFound
	r.err = shop.Slow               // raised Slow
	return r
}

type response struct {
	Code shop.Code `json:"code"`
}

func body() any { return response{Code: shop.TooLate} } // maybe TooLate

func keys(name string) error {
	for code := range map[shop.Code]string{shop.Slow: "slow"} { // handled Slow // raised Slow
		if name == "" {
			return code
		}
	}
	return nil
}

func appended() (errs []error) {
	errs = append(errs, shop.NotFound) // raised NotFound
	return errs
}

func all() error { return errors.Join(appended()...) }

func results() (code shop.Code, ok bool) {
	code, ok = shop.OrderClosed, true // raised OrderClosed
	return
}

func deferredResult() (code shop.Code) {
	defer func() { code = shop.NotFound }() // raised NotFound
	return ""
}

func fromResults() error {
	if code, ok := results(); ok {
		return code
	}
	return deferredResult()
}

func typeSwitch(v any) error {
	switch v := v.(type) {
	case shop.Code:
		return v
	}
	return nil
}

func switched() error { return typeSwitch(shop.TooLate) } // raised TooLate

type codeSet map[shop.Code]bool

func (s codeSet) first() error {
	for code := range s {
		return code
	}
	return nil
}

func added() error {
	s := make(codeSet)
	s[shop.Refused] = true // handled Refused // raised Refused
	return s.first()
}

type row struct{ code shop.Code }

type record struct{ code shop.Code }

func converted() error {
	r := row{shop.Gone} // raised Gone
	if r.code == "" {
		return nil
	}
	return (*record)(&r).code
}
