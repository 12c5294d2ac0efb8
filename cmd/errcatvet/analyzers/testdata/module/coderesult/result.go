package coderesult

import (
	"net/http"

	"example.com/test/shop"
)

func order(left int64) error {
	if left == 0 {
		shop.NewOutOfStock("chair", left) // want `the result of shop.NewOutOfStock is not used`
	}
	if left < 0 {
		shop.WithCause(shop.Internal, order(1)) // want `the result of shop.WithCause is not used`
	}
	return nil
}

func last(left int64) error {
	switch {
	case left == 0:
		shop.NewOutOfStock("chair", left) // want `the result of shop.NewOutOfStock is not used`
	case left == 1:
		shop.NewOutOfStock("chair", left) // want `the result of shop.NewOutOfStock is not used`
		println(left)
	case left == 2:
		shop.NewOutOfStock("chair", left) // want `the result of shop.NewOutOfStock is not used`
		return order(left)
	}
	shop.NewOutOfStock("chair", left) // want `the result of shop.NewOutOfStock is not used`
	return nil
}

func parenthesized() error {
	(shop.NewOutOfStock("chair", 1)) // want `the result of shop.NewOutOfStock is not used`

	// A comment stays.
	return nil
}

var oneLine = func() error { shop.NewOutOfStock("chair", 1); return nil } // want `the result of shop.NewOutOfStock is not used`

func richer() interface {
	error
	Timeout() bool
} {
	shop.NewOutOfStock("chair", 1) // want `the result of shop.NewOutOfStock is not used`
	return nil
}

func two() (int, error) {
	(shop.NewOutOfStock("chair", 1)) // want `the result of shop.NewOutOfStock is not used`
	return 0, nil
}

func nothing() {
	defer shop.WithInstance(shop.Internal, "urn:x") // want `the result of shop.WithInstance is not used`
	go shop.NewOutOfStock("chair", 1)               // want `the result of shop.NewOutOfStock is not used`
	shop.At("/x", shop.NotFound)                    // want `the result of shop.At is not used`
	shop.CodeOf(nil)                                // want `the result of shop.CodeOf is not used`
}

func right(w http.ResponseWriter, r *http.Request, resp *http.Response) error {
	shop.WriteProblem(w, r, shop.NotFound)
	_ = shop.NewOutOfStock("chair", 1)
	shop.ReadProblem(resp)
	return shop.NewOutOfStock("chair", 1)
}
