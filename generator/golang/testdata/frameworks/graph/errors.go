package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"example.com/shop/shop"
)

// presentError is for SetErrorPresenter. The extensions of an error of the catalog
// are the members of its problem.
func presentError(ctx context.Context, err error) *gqlerror.Error {
	shown := *graphql.DefaultErrorPresenter(ctx, err) // has the path and the locations
	field := graphql.GetFieldContext(ctx)
	code, ok := shop.CodeOf(err)
	switch {
	case ok:
	case shown.Err == nil, shown.Extensions["code"] != nil:
		return &shown // of gqlgen, or meant for clients
	case field != nil && strings.HasPrefix(field.Field.Name, "__"):
		return &shown // introspection is disabled
	}
	slog.Log(ctx, code.Level(), "field failed", "path", shown.Path.String(), shop.LogAttr(err))
	if !ok && field != nil && len(shown.Path) > len(field.Path()) { // it ends at an argument
		shown.Message = "invalid value"
		errcode.Set(&shown, errcode.ValidationFailed)
		return &shown
	}
	p := shop.ProblemOf(err)
	body, _ := json.Marshal(p)
	members := json.NewDecoder(bytes.NewReader(body))
	members.UseNumber() // keeps large integers
	shown.Message, shown.Extensions = cmp.Or(p.Detail, p.Title), nil
	_ = members.Decode(&shown.Extensions)
	return &shown
}

// recoverFromPanic is for SetRecoverFunc. Its error is in no catalog, so that
// clients see the fallback.
func recoverFromPanic(_ context.Context, v any) error {
	return fmt.Errorf("panic: %v\n%s", v, debug.Stack())
}
