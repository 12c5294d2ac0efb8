// Package recipes has what docs/recipes.md shows: the errors of a generated
// package in routers, loggers and other libraries.
package recipes

import (
	"errors"
	"fmt"
	"net/http"

	"example.com/shop/shop"
)

var errDatabase = errors.New("dial tcp 10.0.0.7: connection refused")

// placeOrder is the business logic, which does not depend on HTTP.
func placeOrder(product string) error {
	switch product {
	case "P-1":
		return nil
	case "busy":
		return shop.Busy
	case "down":
		return fmt.Errorf("place order: %w", errDatabase)
	case "card":
		return fmt.Errorf("place order: %w", refused())
	}
	return fmt.Errorf("place order: %w", shop.NewOutOfStock(product, 2))
}

// cardNumber is a sensitive param, which nothing must show.
const cardNumber = "4111111111111111"

// refused is an error with a sensitive param and a cause.
func refused() error {
	return shop.WithCause(&shop.CardRefusedError{Bank: "ACME", CardNumber: shop.Hide(cardNumber)}, errDatabase)
}

// order is a handler of net/http that returns its error.
func order(w http.ResponseWriter, r *http.Request) error {
	if err := placeOrder(r.FormValue("product")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusCreated)
	return nil
}
