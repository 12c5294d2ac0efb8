package codestatus

import (
	"encoding/json"
	"net/http"

	"example.com/test/shop"
)

// A broken server, for the test of a client.
func broken(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	json.NewEncoder(w).Encode(shop.ProblemOf(shop.NotFound))
}
