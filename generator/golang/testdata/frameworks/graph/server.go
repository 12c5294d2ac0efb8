// Package graph has a GraphQL server with the errors of a catalog. gqlgen has
// generated it from schema.graphqls.
package graph

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"

	"example.com/shop/shop"
)

//go:generate go run github.com/99designs/gqlgen@v0.17.98 generate

// NewServer returns a server. Its mutation fails with the error that a function
// returns for the product, and so do the invoices of its query.
func NewServer(order func(ctx context.Context, product string) error) *handler.Server {
	server := handler.New(NewExecutableSchema(Config{Resolvers: resolvers{order}}))
	server.AddTransport(transport.POST{})
	server.SetErrorPresenter(presentError)
	server.SetRecoverFunc(recoverFromPanic)
	return server
}

// resolvers are those of the whole schema.
type resolvers struct {
	order func(ctx context.Context, product string) error
}

func (r resolvers) Mutation() MutationResolver { return r }
func (r resolvers) Order() OrderResolver       { return r }
func (r resolvers) Query() QueryResolver       { return r }

func (r resolvers) PlaceOrder(ctx context.Context, product Product) (*Order, error) {
	return &Order{Product: product}, r.order(ctx, string(product))
}

func (r resolvers) Orders(context.Context, *time.Time, *int32) ([]*Order, error) {
	return []*Order{{Product: "P-1"}, {Product: "P-17"}}, nil
}

func (r resolvers) Invoice(ctx context.Context, order *Order) (*string, error) {
	return nil, r.order(ctx, string(order.Product))
}

// Product is a scalar that refuses some values by itself.
type Product string

// UnmarshalGQL implements graphql.Unmarshaler.
func (p *Product) UnmarshalGQL(v any) error {
	text, err := graphql.UnmarshalString(v)
	switch *p = Product(text); text {
	case "":
		return fmt.Errorf("a product has no number")
	case "P-0":
		return shop.NewOutOfStock(text, 0)
	}
	return err
}

// MarshalGQL implements graphql.Marshaler.
func (p Product) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, strconv.Quote(string(p)))
}
