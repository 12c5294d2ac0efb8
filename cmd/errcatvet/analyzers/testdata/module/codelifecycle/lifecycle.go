package codelifecycle

import (
	"errors"
	"fmt"
	"net/http"

	"example.com/other/upstream"
	"example.com/test/cli"
	"example.com/test/limits"
	"example.com/test/shop"
)

func deprecated(w http.ResponseWriter) error {
	_ = fmt.Errorf("order: %w", shop.TooLate)  // want `shop.TooLate is deprecated since 2.0: use shop.OrderClosed`
	_ = shop.NewSoldOut("chair", 1)            // want `shop.NewSoldOut is deprecated: use shop.NewOutOfStock`
	_ = shop.NewSold("chair")                  // want `shop.NewSold is deprecated: use shop.OutOfStock`
	_ = &shop.RefusedError{From: "a", To: "b"} // want `shop.RefusedError is deprecated: use shop.TransferRefusedError`
	answer(w, cli.OldFlag)                     // want `cli.OldFlag is deprecated: use cli.Usage`
	_ = errors.Join(upstream.Faded)            // want `upstream.Faded is deprecated: use upstream.Missing`
	_ = limits.NewCeiling("a")                 // want `limits.NewCeiling is deprecated: use limits.NewMaximum`
	_ = &limits.CeilingError{Account: "a"}     // want `limits.CeilingError is deprecated: use limits.MaximumError`
	return shop.Slow                           // want `shop.Slow is deprecated`
}

// There is no fix where the other error has the wrong type.
func typed() (*shop.SoldOutError, error) {
	e := shop.NewSoldOut("chair", 1) // want `shop.NewSoldOut is deprecated: use shop.NewOutOfStock`
	if e.Left > 1 {
		return &shop.SoldOutError{Product: "a", Left: 1}, nil // want `shop.SoldOutError is deprecated: use shop.OutOfStockError`
	}
	return e, fmt.Errorf("%w", shop.NewSoldOut("chair", 2)) // want `shop.NewSoldOut is deprecated: use shop.NewOutOfStock`
}

// The constants have other names here.
const (
	late     = shop.TooLate
	database = shop.Database
)

func renamed(err error) error {
	if errors.Is(err, late) || err == late {
		shop.At("/order", database) // want `shop.Database is internal: clients see the fallback`
	}
	return late // want `shop.TooLate is deprecated since 2.0: use shop.OrderClosed`
}

func answer(http.ResponseWriter, error) {}

func retired(price float64) error {
	if price > 1 {
		return &shop.OldPriceError{Price: price} // want `shop.OldPriceError is retired`
	}
	return shop.Gone // want `shop.Gone is retired since 3.0: use shop.NotFound`
}

func former(err error) error {
	if errors.Is(err, shop.OrderDone) { // want `shop.OrderDone is a former name: use shop.OrderClosed`
		return &shop.TransferDeniedError{From: "a", To: "b"} // want `shop.TransferDeniedError is a former name: use shop.TransferRefusedError`
	}
	return shop.OrderDone // want `shop.OrderDone is a former name: use shop.OrderClosed`
}

func internal(w http.ResponseWriter, err error) shop.FieldError {
	http.Error(w, shop.Database.Error(), 500)       // want `shop.Database is internal: this response shows it to clients`
	fmt.Fprintf(w, "failed with %s", shop.Database) // want `shop.Database is internal: this response shows it to clients`
	_, _ = w.Write([]byte(shop.Database))           // want `shop.Database is internal: this response shows it to clients`
	_ = shop.Problem{Code: shop.Database}           // want `shop.Database is internal: a problem shows it to clients`
	_ = shop.FieldError{Err: shop.Database}         // want `shop.Database is internal: clients see the fallback at this place of the request`
	return shop.At("/order", shop.Database)         // want `shop.Database is internal: clients see the fallback at this place of the request`
}

func right(w http.ResponseWriter, err error) error {
	var sold *shop.SoldOutError
	switch {
	case errors.Is(err, shop.TooLate), errors.As(err, &sold), err == shop.Gone, errors.Is(err, shop.NewSoldOut("chair", 1)):
		return shop.OrderFinished // a synonym
	case err == nil:
		http.Error(w, shop.NotFound.Error(), 404)
		return shop.Database
	}
	return shop.WithCause(shop.Database, err)
}
