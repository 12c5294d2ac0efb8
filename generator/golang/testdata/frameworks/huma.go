package recipes

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"example.com/shop/shop"
)

// humaHandler returns a handler of huma that answers with the error of f.
func humaHandler[I, O any](f func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		out, err := f(ctx, in)
		var own huma.StatusError
		if _, ok := shop.CodeOf(err); err == nil || !ok && errors.As(err, &own) {
			return out, err
		}
		return nil, humaProblem{shop.ProblemOf(err)}
	}
}

// humaProblem is an error that huma writes as it is.
type humaProblem struct{ *shop.Problem }

func (p humaProblem) GetStatus() int            { return p.Status }
func (p humaProblem) ContentType(string) string { return "application/problem+json" }
func (p humaProblem) GetHeaders() http.Header {
	header := http.Header{"Cache-Control": {"no-store"}}
	if p.RetryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.RetryAfter.Seconds()))))
	}
	return header
}
