package recipes

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"

	"example.com/shop/shop"
)

// register adds the handler to routers whose handlers are those of net/http.
func register(std *http.ServeMux, chiRouter chi.Router, gorilla *mux.Router) {
	std.Handle("POST /orders", shop.Handler(order))
	chiRouter.Post("/orders", shop.Handler(order))
	gorilla.Handle("/orders", shop.Handler(order)).Methods("POST")
}
