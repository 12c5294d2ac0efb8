package recipes

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/go-multierror"
	pkgerrors "github.com/pkg/errors"
	"go.uber.org/multierr"

	"example.com/shop/shop"
)

// What libraries make of an error is the same error for errors.Is, errors.As and
// all functions of the package.
func TestWrappers(t *testing.T) {
	wrappers := map[string]func(error) error{
		"multierror, first":   func(err error) error { return multierror.Append(err, io.EOF) },
		"multierror, last":    func(err error) error { return multierror.Append(io.EOF, io.ErrUnexpectedEOF, err) },
		"multierror, prefix":  func(err error) error { return multierror.Prefix(multierror.Append(io.EOF, err), "order:") },
		"multierror, nested":  func(err error) error { return multierror.Append(io.EOF, fmt.Errorf("a: %w", multierror.Append(err))) },
		"multierror, group":   func(err error) error { var g multierror.Group; g.Go(func() error { return err }); return g.Wait() },
		"multierr, first":     func(err error) error { return multierr.Append(err, io.EOF) },
		"multierr, last":      func(err error) error { return multierr.Combine(io.EOF, nil, io.ErrUnexpectedEOF, err) },
		"pkg/errors, Wrap":    func(err error) error { return pkgerrors.Wrap(err, "order") },
		"pkg/errors, stack":   pkgerrors.WithStack,
		"pkg/errors, message": func(err error) error { return pkgerrors.WithMessagef(err, "order %d", 7) },
		"all": func(err error) error {
			return pkgerrors.WithStack(multierr.Append(io.EOF, multierror.Append(io.EOF, err)))
		},
		"members inside":       func(err error) error { return multierror.Append(io.EOF, shop.WithInstance(err, "/orders/7")) },
		"cause inside":         func(err error) error { return multierror.Append(io.EOF, shop.WithCause(err, io.ErrNoProgress)) },
		"cause around":         func(err error) error { return shop.WithCause(pkgerrors.Wrap(err, "order"), multierror.Append(io.EOF)) },
		"as a cause of others": func(err error) error { return shop.WithCause(io.EOF, multierr.Append(io.EOF, err)) },
	}
	for name, wrap := range wrappers {
		for _, inner := range []error{shop.NewOutOfStock("P-17", 2), shop.OrderClosed, shop.DatabaseDown,
			shop.ParseProblem([]byte(`{"code":"1001","product":"P-17","left":2}`)), io.ErrShortWrite} {
			t.Run(name+", "+inner.Error(), func(t *testing.T) { checkAgreement(t, wrap(inner)) })
		}
	}
}

// checkAgreement checks the functions of the package against package errors.
func checkAgreement(t *testing.T, err error) {
	t.Helper()
	var want shop.Code
	hasCode := errors.As(err, &want)
	code, ok := shop.CodeOf(err)
	if code != want || ok != hasCode || hasCode && !errors.Is(err, code) {
		t.Fatalf("CodeOf is %q, %t; errors.As finds %q, %t", code, ok, want, hasCode)
	}
	shown := want // what a client sees
	if !hasCode || want.Internal() {
		shown = shop.Internal
	}
	p := shop.ProblemOf(err)
	if p.Code != shown || p.Status != shown.HTTPStatus() || shop.HTTPStatus(err) != p.Status {
		t.Errorf("the problem has code %q and status %d, and HTTPStatus is %d", p.Code, p.Status, shop.HTTPStatus(err))
	}
	log := fmt.Sprint(shop.LogAttr(err).Value)
	if hasCode != strings.Contains(log, "code="+string(want)) {
		t.Errorf("the log has %s", log)
	}
	var outOfStock *shop.OutOfStockError
	if errors.As(err, &outOfStock) {
		if !reflect.DeepEqual(outOfStock, shop.NewOutOfStock("P-17", 2)) {
			t.Errorf("errors.As finds %v", outOfStock)
		}
		if string(p.Extensions["product"]) != `"P-17"` || string(p.Extensions["left"]) != "2" {
			t.Errorf("the problem has the params %s", p.Extensions)
		}
		if !strings.Contains(log, "product=P-17") || !strings.Contains(log, "left=2") {
			t.Errorf("the log has %s", log)
		}
	} else if want == shop.OutOfStock {
		t.Error("errors.As does not find the struct")
	}
}
