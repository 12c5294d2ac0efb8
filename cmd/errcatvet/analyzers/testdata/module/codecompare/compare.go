package codecompare

import (
	"example.com/test/bank"
	"example.com/test/shop"
)

func compared(err error, code shop.Code, wanted shop.Code) int {
	if err == shop.NotFound { // want `== does not find a wrapped error: use errors.Is`
		return 1
	}
	if shop.NotFound != err { // want `!= does not find a wrapped error: use errors.Is`
		return 2
	}
	if err == code { // want `== does not find a wrapped error: use errors.Is`
		return 3
	}
	switch err {
	case nil:
		return 4
	case shop.NotFound, shop.OrderClosed: // want `this case does not find a wrapped error: use errors.Is` `this case does not find a wrapped error: use errors.Is`
		return 5
	}
	if e, ok := err.(*shop.OutOfStockError); ok { // want `the type assertion does not find a wrapped \*shop.OutOfStockError: use errors.As`
		return int(e.Left)
	}
	_, ok := err.(shop.Code) // want `the type assertion does not find a wrapped shop.Code: use errors.As`
	if ok {
		return 6
	}
	switch err.(type) {
	case *shop.OutOfStockError: // want `this case does not find a wrapped \*shop.OutOfStockError: use errors.As`
		return 7
	case *bank.Problem, nil: // want `this case does not find a wrapped \*bank.Problem: use errors.As`
		return 8
	}
	return len(err.(*shop.OutOfStockError).Product) // want `the type assertion does not find a wrapped`
}

func read(body []byte) string {
	return shop.ParseProblem(body).(*shop.Problem).Title // it was just made
}

type own struct{ error }

func (o own) Is(target error) bool { return target == shop.NotFound }

func (o own) As(target any) bool {
	return func(err error) bool { return err == shop.NotFound }(o.error)
}

func right(err error, code shop.Code, x any) bool {
	_, ok := x.(shop.Code)
	return code == shop.NotFound || err == nil || ok
}
