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
	wrappers["nothing"] = func(err error) error { return err }
	for outer, wrapAgain := range wrappers {
		for name, wrap := range wrappers {
			for _, inner := range []error{shop.NewOutOfStock("P-17", 2), shop.OrderClosed, shop.DatabaseDown,
				shop.ParseProblem([]byte(`{"code":"1001","product":"P-17","left":2}`)), io.ErrShortWrite} {
				err := wrapAgain(wrap(inner))
				if problem := disagreement(err); problem != "" {
					t.Errorf("%v in %s in %s: %s", inner, name, outer, problem)
				}
				if _, ok := shop.CodeOf(err); !ok {
					continue
				}
				if p := shop.ProblemOf(err); (p.Instance != "") != strings.Contains(name+outer, "members") {
					t.Errorf("%v in %s in %s: the instance is %q", inner, name, outer, p.Instance)
				}
				log := fmt.Sprint(shop.LogAttr(err).Value)
				if strings.Contains(log, "cause=") != strings.Contains(name+outer, "cause") {
					t.Errorf("%v in %s in %s: the log has %s", inner, name, outer, log)
				}
			}
		}
	}
}

// disagreement says in what a function of the package and package errors see
// different errors.
func disagreement(err error) string {
	var want shop.Code
	hasCode := errors.As(err, &want)
	code, ok := shop.CodeOf(err)
	if code != want || ok != hasCode || hasCode && !errors.Is(err, code) {
		return fmt.Sprintf("CodeOf is %q, %t; errors.As finds %q, %t", code, ok, want, hasCode)
	}
	shown := want // what a client sees
	if !hasCode || want.Internal() {
		shown = shop.Internal
	}
	p := shop.ProblemOf(err)
	if p.Code != shown || p.Status != shown.HTTPStatus() || shop.HTTPStatus(err) != p.Status {
		return fmt.Sprintf("the problem has code %q and status %d, and HTTPStatus is %d", p.Code, p.Status, shop.HTTPStatus(err))
	}
	log := fmt.Sprint(shop.LogAttr(err).Value)
	if hasCode != strings.Contains(log, "code="+string(want)) {
		return fmt.Sprintf("the log has %s", log)
	}
	var outOfStock *shop.OutOfStockError
	if errors.As(err, &outOfStock) {
		if !reflect.DeepEqual(outOfStock, shop.NewOutOfStock("P-17", 2)) {
			return fmt.Sprintf("errors.As finds %v", outOfStock)
		}
		if string(p.Extensions["product"]) != `"P-17"` || string(p.Extensions["left"]) != "2" {
			return fmt.Sprintf("the problem has the params %s", p.Extensions)
		}
		if !strings.Contains(log, "product=P-17") || !strings.Contains(log, "left=2") {
			return fmt.Sprintf("the log has %s", log)
		}
	} else if want == shop.OutOfStock {
		return "errors.As does not find the struct"
	}
	return ""
}
