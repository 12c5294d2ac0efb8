//go:build go1.25

package codecompare

import "example.com/test/shop"

func old(err error) int64 {
	if e, ok := err.(*shop.OutOfStockError); ok { // want `use errors.As`
		return e.Left
	}
	e, ok := err.(*shop.TransferRefusedError) // want `use errors.As`
	if ok {
		return int64(len(e.From))
	}
	if _, ok := err.(shop.Code); ok { // want `use errors.As`
		return 1
	}
	{
		e := 1
		if e, ok := err.(*shop.OutOfStockError); ok { // want `use errors.As`
			return e.Left
		}
		_ = e
	}
	return 0
}
