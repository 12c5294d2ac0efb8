// Serve fails over Connect, gRPC, gRPC-Web and HTTP, for the tests of clients in
// TypeScript. It prints its address, and ends when its standard input does.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"example.com/shop/billing"
	"example.com/shop/billing/billingconnect"
	"example.com/shop/newer"
	"example.com/shop/newer/newerconnect"
	"example.com/shop/shop"
	"example.com/shop/shop/shopconnect"
)

var at = time.Date(2026, 2, 28, 23, 59, 59, 123456789, time.UTC)

// failures are the errors of handlers, by the text of the request.
var failures = map[string]error{
	"code":       shop.OrderClosed,
	"params":     shop.NewOutOfStock("P-17", 2),
	"every type": shop.NewEveryType("Ünï \"\\ \x00\r\n 🛒", 9007199254740993, 1e-7, true, at, 90*time.Minute, []string{"a,b", ""}, []int64{1, -2}),
	"zero":       &shop.EveryTypeError{At: at},
	"sensitive":  &shop.CardRefusedError{Bank: "ACME", CardNumber: shop.Hide("4242")},
	"retry":      shop.WithRetryAfter(shop.TooMany, 5*time.Second),
	"internal":   shop.NewDBDown("10.0.0.7"),
	"other":      errors.New("10.0.0.7"),
	"fields": shop.WithErrors(shop.InvalidOrder,
		shop.At("/items/3/name", shop.OrderClosed),
		shop.FieldError{Pointer: "/a~1b", Detail: "is odd"},
		shop.AtParameter("page", shop.OrderClosed),
		shop.AtHeader("X-Id", shop.OrderClosed)),
	"params of fields": shop.WithInstance(shop.WithErrors(shop.InvalidOrder,
		shop.At("/a", shop.NewTooShort(9007199254740993)),
		shop.FieldError{Pointer: "/b", Detail: "is odd"},
		shop.At("/c", shop.NewEveryType("a],\"[{\\", 9007199254740993, 1e-7, true, at, time.Hour, []string{"],["}, []int64{9007199254740993})),
		shop.At("/d", billing.NewCardExpired(2020)),
		shop.At("/e/0/~1", &shop.CardRefusedError{Bank: "ACME", CardNumber: shop.Hide("4242")}),
		shop.At("no pointer", shop.OrderClosed),
		shop.FieldError{Pointer: "/f", Detail: "is odd", Extensions: map[string]json.RawMessage{"rule": json.RawMessage(`{"min":[1]}`)}},
		shop.FieldError{Foreign: json.RawMessage(`["text",1]`)},
	), "/calls/7"),
	"renamed": &newer.StockIsEmptyError{Product: "P-17", Left: 3, Shelf: "B"},
	"unknown": newer.NewOrderLost(5),
	"renamed in fields": newer.WithErrors(newer.NewOrderLost(5),
		newer.At("/a", &newer.StockIsEmptyError{Product: "P-17", Left: 3, Shelf: "B"})),
	"too large": shop.NewOutOfStock(strings.Repeat("x", 9000), 7),
	"foreign":   billing.NewCardExpired(2020),
}

func main() {
	const method = "/test.Errors/Unary"
	handle := func(_ context.Context, req *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
		return nil, failures[req.GetValue()]
	}
	mux := http.NewServeMux()
	mux.Handle(method, connect.NewUnaryHandlerSimple(method, handle, connect.WithInterceptors(
		shopconnect.NewInterceptor(), billingconnect.NewInterceptor(), newerconnect.NewInterceptor())))
	mux.HandleFunc("/problem", func(w http.ResponseWriter, r *http.Request) {
		shop.WriteProblem(w, r, failures[r.FormValue("of")])
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	server := &http.Server{Handler: mux, Protocols: new(http.Protocols)}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	go server.Serve(listener)
	_, _ = io.Copy(io.Discard, os.Stdin)
}
