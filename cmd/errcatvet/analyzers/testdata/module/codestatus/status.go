package codestatus

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"example.com/other/upstream"
	"example.com/test/shop"
)

func handled(w http.ResponseWriter, err error, code shop.Code) {
	if errors.Is(err, shop.NotFound) {
		http.Error(w, err.Error(), http.StatusBadRequest) // want `the status is 400, but the catalog has 404 of shop.NotFound`
		return
	}
	if errors.Is(err, shop.TransferRefused) || errors.Is(err, shop.OrderClosed) {
		w.WriteHeader(400) // want `the status is 400, but the catalog has 409 of shop.TransferRefused, 409 of shop.OrderClosed`
	}
	if !errors.Is(err, shop.NotFound) {
		w.WriteHeader(200)
	} else {
		w.WriteHeader(400) // want `the status is 400, but the catalog has 404 of shop.NotFound`
	}
	var stock *shop.OutOfStockError
	switch {
	case errors.As(err, &stock):
		w.WriteHeader(http.StatusBadRequest) // want `the status is 400, but the catalog has 409 of shop.OutOfStock`
	case code == shop.NotFound:
		w.WriteHeader(400) // want `the status is 400`
	}
	switch code {
	case shop.OutOfStock, shop.OrderClosed:
		w.WriteHeader(400) // want `the status is 400, but the catalog has 409 of shop.OutOfStock, 409 of shop.OrderClosed`
	}
	switch err.(type) {
	case *shop.OutOfStockError:
		w.WriteHeader(400) // want `the status is 400, but the catalog has 409 of shop.OutOfStock`
	}
	if _, ok := errors.AsType[*shop.OutOfStockError](err); ok {
		w.WriteHeader(400) // want `the status is 400, but the catalog has 409 of shop.OutOfStock`
	}
	if errors.Is(err, shop.Database) {
		http.Error(w, err.Error(), 503) // want `the status is 503, but the catalog has 500 of shop.Database`
	}
}

func raised(w http.ResponseWriter, r *http.Request) error {
	if r.Method == "GET" {
		http.Error(w, shop.NotFound.Error(), 400) // want `the status is 400, but the catalog has 404 of shop.NotFound`
		return nil
	}
	if r.Method == "PUT" {
		w.WriteHeader(400) // want `the status is 400, but the catalog has 404 of shop.NotFound`
		return json.NewEncoder(w).Encode(shop.NotFound)
	}
	if r.Method == "HEAD" {
		w.WriteHeader(http.StatusOK) // want `the status is 200, but the catalog has 409 of shop.OutOfStock`
		fmt.Fprint(w, shop.NewOutOfStock("chair", 1))
	}
	w.WriteHeader(400) // want `the status is 400, but the catalog has 404 of shop.NotFound`
	return shop.NotFound
}

func passedOn(w http.ResponseWriter, err error) {
	if errors.Is(err, upstream.Missing) {
		http.Error(w, err.Error(), 500) // want `the status is 500, but the catalog has 404 of upstream.Missing`
	}
	if errors.Is(err, upstream.Busy) {
		http.Error(w, "the other service is busy", http.StatusBadGateway) // it translates
	}
	if errors.Is(err, shop.NotFound) {
		http.Error(w, "the other service is wrong", http.StatusBadGateway)
	}
	if errors.Is(err, shop.OrderClosed) {
		w.WriteHeader(http.StatusNotFound) // it hides what is there
	}
	if errors.Is(err, shop.NotFound) || errors.Is(err, shop.OrderClosed) {
		http.Error(w, "no such open order", http.StatusUnprocessableEntity) // it hides which it is
	}
	if errors.Is(err, shop.OrderClosed) {
		http.Error(w, err.Error(), http.StatusNotFound) // want `the status is 404, but the catalog has 409 of shop.OrderClosed`
	}
}

func right(w http.ResponseWriter, r *http.Request, err error, status int) {
	if errors.Is(err, shop.NotFound) {
		http.Error(w, err.Error(), http.StatusNotFound)
	}
	if errors.Is(err, shop.NotFound) {
		http.Error(w, err.Error(), shop.NotFound.HTTPStatus())
	}
	if errors.Is(err, shop.NotFound) {
		w.WriteHeader(status)
	}
	if errors.Is(err, shop.NotFound) {
		w.WriteHeader(http.StatusNoContent) // it recovers
	}
	if errors.Is(err, shop.NotFound) || err == http.ErrBodyNotAllowed {
		w.WriteHeader(400) // or something else
	}
	if errors.Is(err, shop.NotFound) {
		if err := save(); err != nil {
			w.WriteHeader(500) // for another reason
		}
	}
	if !errors.Is(err, shop.NotFound) {
		w.WriteHeader(500)
	}
	if errors.Is(err, shop.Database) {
		w.WriteHeader(500) // as the fallback
	}
	w.WriteHeader(400)
}

func save() error { return nil }
