// Package shop has a service that fails, on every wire.
package shop

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"connectrpc.com/connect"
	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"example.com/shop/billing/billingconnect"
	"example.com/shop/billing/billinggrpc"
	"example.com/shop/shop"
	"example.com/shop/shop/shopconnect"
	"example.com/shop/shop/shopgrpc"
)

// newServer returns a server whose handlers return errors of the catalog.
func newServer() *grpc.Server {
	return grpc.NewServer(
		grpc.ChainUnaryInterceptor(shopgrpc.UnaryServerInterceptor(), logErrors),
		grpc.ChainStreamInterceptor(shopgrpc.StreamServerInterceptor()),
	)
}

// logErrors comes after the interceptor of the catalog, and sees the errors of the
// handlers, with their causes.
func logErrors(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	resp, err := handler(ctx, req)
	if err != nil {
		slog.ErrorContext(ctx, "call failed", "method", info.FullMethod, shop.LogAttr(err))
	}
	return resp, err
}

// mapErrors gives errors that are in no catalog a code.
func mapErrors() []shopgrpc.Option {
	return []shopgrpc.Option{
		shopgrpc.MapError(context.DeadlineExceeded, shop.TooMany),
		shopgrpc.MapError((*strconv.NumError)(nil), shop.InvalidOrder),
	}
}

// newClient returns a client whose calls return errors of the catalog.
func newClient(target string) (*grpc.ClientConn, error) {
	return grpc.NewClient(target,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithChainUnaryInterceptor(shopgrpc.UnaryClientInterceptor()),
		grpc.WithChainStreamInterceptor(shopgrpc.StreamClientInterceptor()),
	)
}

// order is a handler: it returns errors as any other function does.
func order(_ context.Context, product *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
	return nil, shop.NewOutOfStock(product.GetValue(), 2)
}

// explain is what a client does with an error.
func explain(err error) string {
	var outOfStock *shop.OutOfStockError
	switch {
	case errors.As(err, &outOfStock):
		return "order another product than " + outOfStock.Product
	case errors.Is(err, shop.OrderClosed):
		return "open a new order"
	}
	return "try again later"
}

// newMixedServer returns a server whose handlers return errors of two catalogs.
func newMixedServer() *grpc.Server {
	return grpc.NewServer(
		grpc.ChainUnaryInterceptor(shopgrpc.UnaryServerInterceptor(), billinggrpc.UnaryServerInterceptor()),
		grpc.ChainStreamInterceptor(shopgrpc.StreamServerInterceptor(), billinggrpc.StreamServerInterceptor()),
	)
}

// newGateway returns a gateway that answers with problems.
func newGateway() *runtime.ServeMux {
	return runtime.NewServeMux(runtime.WithErrorHandler(writeError))
}

// writeError answers with the problem of a call. What the gateway itself refuses, such
// as an unknown path, and a status without an error of the catalog, which is meant for
// clients, are answered as the gateway does by default.
func writeError(ctx context.Context, mux *runtime.ServeMux, m runtime.Marshaler, w http.ResponseWriter, r *http.Request, err error) {
	err = shopgrpc.FromError(err)
	if _, ok := shop.CodeOf(err); !ok {
		switch status.Code(err) {
		case codes.Unknown, codes.Internal, codes.Unavailable, codes.DeadlineExceeded: // their texts may name servers
		default:
			runtime.DefaultHTTPErrorHandler(ctx, mux, m, w, r, err)
			return
		}
	}
	shop.WriteProblem(w, r, err)
}

// newHandler returns a handler of connect-go, which serves Connect, gRPC and gRPC-Web.
func newHandler() http.Handler {
	return connect.NewUnaryHandlerSimple("/shop.Orders/Order", order,
		connect.WithInterceptors(shopconnect.NewInterceptor()))
}

// newOrderClient returns a client of connect-go.
func newOrderClient(c connect.HTTPClient, url string) *connect.Client[wrapperspb.StringValue, wrapperspb.StringValue] {
	return connect.NewClient[wrapperspb.StringValue, wrapperspb.StringValue](c, url+"/shop.Orders/Order",
		connect.WithInterceptors(shopconnect.NewInterceptor()))
}

// mixed are the interceptors of a server or a client with errors of two catalogs.
func mixed() connect.Option {
	return connect.WithInterceptors(shopconnect.NewInterceptor(), billingconnect.NewInterceptor())
}
