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
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"example.com/shop/billing"
	"example.com/shop/billing/billingconnect"
	"example.com/shop/newer"
	"example.com/shop/newer/newerconnect"
	"example.com/shop/shop"
	"example.com/shop/shop/shopconnect"
	"example.com/shop/shop/shopgrpc"
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

// statuses are what other servers may send, in part by mistake.
func statuses() (all []*spb.Status) {
	add := func(message, reason string, metadata map[string]string, details ...proto.Message) {
		info := &errdetails.ErrorInfo{Reason: reason, Domain: shop.Domain, Metadata: metadata}
		st := &spb.Status{Code: 9, Message: message}
		for _, detail := range append([]proto.Message{info}, details...) {
			packed, err := anypb.New(detail)
			if err != nil {
				log.Fatal(err)
			}
			st.Details = append(st.Details, packed)
		}
		all = append(all, st)
	}
	add("", "", nil)
	add("Brand-new", "BRAND_NEW", nil)
	add("", "BRAND_NEW", map[string]string{"code": "1098", "left": "2"})
	add("", "OUT_OF_STOCK", map[string]string{"code": "1500", "product": "1", "left": "2.0"})
	add("", "OUT_OF_STOCK", map[string]string{"product": `"P-17"`, "left": "two"})
	add("", "OUT_OF_STOCK", map[string]string{"left": "9007199254740993", "constructor": "1", "toString": "true", "__proto__": "[]"})
	add("", "OUT_OF_STOCK", map[string]string{"type": "a:b", "title": "x", "status": "200", "detail": "x", "instance": "/x"})
	add("x", "constructor", map[string]string{"code": "__proto__"})
	for _, field := range []string{"", "a.b[0]", "[3].x", "/a~1b", "?page", "?", "X-Id:", ":", "a..b", "a[01]", "a[1000000000]", "a\n", ".a", "é"} {
		add("x", "INVALID_ORDER", nil, &errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
			{Field: field, Description: "is odd"}, {Field: field, Reason: "TOO_SHORT"}, {Field: field, Reason: "__proto__"}}})
	}
	two := &errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "a", Description: "is odd", Reason: "TOO_SHORT"}, {}}}
	for _, rests := range []string{"", "{}", "[", "[]", "[{}]", "[1, 2, 3]", `[ {"code" : "1002"} , {"pointer": "/b"} ]`, `[["a"]]`, `[{"params":{"least":9007199254740993}}, {"params": {"a": "],{"}}]`, `[null, {"type": "https://example.com/billing#1001"}]`} {
		add("x", "INVALID_ORDER", map[string]string{"field-errors": rests}, two)
	}
	wait := func(d time.Duration) *errdetails.RetryInfo {
		return &errdetails.RetryInfo{RetryDelay: durationpb.New(d)}
	}
	add("x", "TOO_MANY", nil, wait(1500*time.Millisecond))
	add("x", "TOO_MANY", nil, wait(-time.Second))
	add("x", "TOO_MANY", nil, wait(time.Second), wait(2*time.Second), new(errdetails.RetryInfo))
	add("x", "TOO_MANY", nil, &errdetails.RequestInfo{RequestId: "/calls/1"}, &errdetails.RequestInfo{RequestId: "/calls/2"})
	return all
}

// writeStatuses writes the statuses, each with what a client in Go reads.
func writeStatuses(w http.ResponseWriter, _ *http.Request) {
	type read struct {
		Status     []byte
		Problem    string // as text, so that integers keep their digits
		RetryAfter float64
	}
	var all []read
	for _, st := range statuses() {
		raw, err := proto.Marshal(st)
		if err != nil {
			log.Fatal(err)
		}
		r := read{Status: raw}
		var p *shop.Problem
		if errors.As(shopgrpc.FromError(status.FromProto(st).Err()), &p) {
			if p.Code.Name() == "" {
				p.Status = 0 // in TypeScript, that of an unknown code is not known
			}
			body, err := json.Marshal(p)
			if err != nil {
				log.Fatal(err)
			}
			r.Problem, r.RetryAfter = string(body), p.RetryAfter.Seconds()
		}
		all = append(all, r)
	}
	if err := json.NewEncoder(w).Encode(all); err != nil {
		log.Print(err)
	}
}

func main() {
	const method = "/test.Errors/Unary"
	handle := func(_ context.Context, req *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
		return nil, failures[req.GetValue()]
	}
	mux := http.NewServeMux()
	mux.Handle(method, connect.NewUnaryHandlerSimple(method, handle, connect.WithInterceptors(
		shopconnect.NewInterceptor(), billingconnect.NewInterceptor(), newerconnect.NewInterceptor())))
	mux.HandleFunc("/statuses", writeStatuses)
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
