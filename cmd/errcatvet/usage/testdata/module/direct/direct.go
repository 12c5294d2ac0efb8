// Package direct names errors where they are raised and handled.
package direct

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"example.com/test/bank"
	"example.com/test/rpc"
	"example.com/test/shop"
)

var _ error = shop.NotFound

func yielded(yield func(int, error) bool) {
	_ = yield(0, shop.NotFound) && yield(1, nil) // raised NotFound
}

func returned(n int) error {
	switch n {
	case 0:
		return shop.NotFound // raised NotFound
	case 1:
		return shop.NewOutOfStock("tea", 1) // raised OutOfStock
	case 2:
		return &shop.TransferRefusedError{From: "a", To: "b"} // raised TransferRefused
	case 3:
		return fmt.Errorf("order: %w", shop.OrderFinished) // raised OrderClosed
	case 4:
		return errors.Join(errors.New("x"), shop.TooLate) // raised TooLate
	case 5:
		return shop.WithCause(shop.Database, errors.New("x")) // raised Database
	case 6:
		return (shop.Code("1902")) // raised OrderClosed
	case 7:
		return error(rpc.Nothing) // raised Nothing
	case 8:
		return fmt.Errorf("code: %v", shop.Slow) // maybe Slow
	case 9:
		return shop.At("/a", bank.NewWrongPIN(1, "", true)).Err // raised WrongPIN
	case 10:
		panic(shop.Slow) // raised Slow
	}
	return nil
}

func named() (err error) {
	err = shop.NotFound                                  // raised NotFound
	defer func() { err = errors.Join(err, shop.Slow) }() // raised Slow
	return
}

func closure() func() error {
	return func() error { return shop.NotFound } // raised NotFound
}

func out(err *error, ch chan<- error, cancel context.CancelCauseFunc) {
	*err = shop.NotFound // raised NotFound
	ch <- shop.Slow      // raised Slow
	cancel(rpc.Nothing)  // raised Nothing
}

func answer(w http.ResponseWriter, r *http.Request) {
	shop.WriteProblem(w, r, shop.NotFound) // raised NotFound
	p := shop.ProblemOf(shop.Slow)         // raised Slow
	w.WriteHeader(p.Status)
	http.Error(w, "", shop.TooLate.HTTPStatus())                      // maybe TooLate
	_ = shop.Handler(nil, shop.MapError(context.Canceled, shop.Slow)) // raised Slow
}

func handled(err error) int {
	code, _ := shop.CodeOf(err)
	var refused *shop.TransferRefusedError
	limit, isLimit := errors.AsType[*bank.LimitError](err) // handled Limit
	switch {
	case errors.Is(err, shop.NotFound): // handled NotFound
	case err == shop.OrderDone: // handled OrderClosed
	case code == "1005": // handled TooLate
	case shop.Slow != code: // handled Slow
	case errors.As(err, &refused): // handled TransferRefused
	case isLimit:
		return len(limit.Account)
	}
	switch code {
	case shop.NotFound, // handled NotFound
		shop.OutOfStock: // handled OutOfStock
	}
	switch err.(type) {
	case *shop.OutOfStockError: // handled OutOfStock
	}
	if _, ok := err.(*shop.OldPriceError); ok { // handled OldPrice
		return 1
	}
	statuses := map[shop.Code]int{shop.Database: 500} // handled Database
	delete(statuses, shop.Slow)                       // handled Slow
	return statuses[shop.Gone]                        // handled Gone
}

func dropped() {
	_ = shop.NotFound
	shop.NewOutOfStock("tea", 1)
}
