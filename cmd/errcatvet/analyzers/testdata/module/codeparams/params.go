package codeparams

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"example.com/test/cli"
	"example.com/test/shop"
)

func returned() error {
	return shop.OutOfStock // want `shop.OutOfStock has params: use shop.NewOutOfStock\(product, left\)`
}

func second() (int, error) {
	return 0, (shop.TransferRefused) // want `shop.TransferRefused has params: use &shop.TransferRefusedError{From: …, To: …}`
}

func wrapped(w http.ResponseWriter, r *http.Request, err error) error {
	_ = fmt.Errorf("order: %w", shop.OutOfStock) // want `shop.OutOfStock has params`
	_ = errors.Join(err, shop.OutOfStock)        // want `shop.OutOfStock has params`
	_ = shop.WithCause(shop.OutOfStock, err)     // want `shop.OutOfStock has params`
	_ = shop.WithRetryAfter(shop.OutOfStock, 1)  // want `shop.OutOfStock has params`
	_ = shop.At("/product", shop.OutOfStock)     // want `shop.OutOfStock has params`
	_ = shop.FieldError{Err: shop.OutOfStock}    // want `shop.OutOfStock has params`
	_ = shop.MapError(err, shop.OutOfStock)      // want `shop.OutOfStock has params`
	shop.WriteProblem(w, r, shop.OutOfStock)     // want `shop.OutOfStock has params`
	respond(w, shop.OutOfStock)                  // want `shop.OutOfStock has params`
	_ = decorate("order", shop.OutOfStock)       // want `shop.OutOfStock has params`
	var assigned error = shop.OutOfStock         // want `shop.OutOfStock has params`
	assigned = error(shop.OutOfStock)            // want `shop.OutOfStock has params`
	failed := make(chan error, 1)
	failed <- shop.OutOfStock // want `shop.OutOfStock has params`
	_ = func(yield func(int, error) bool) {
		yield(0, shop.OutOfStock) // want `shop.OutOfStock has params`
	}
	_ = func(yield func(shop.Code) bool) {
		yield(shop.OutOfStock)
	}
	f := func() error {
		return shop.OutOfStock // want `shop.OutOfStock has params`
	}
	if f() != nil {
		panic(cli.NoFile) // want `cli.NoFile has params: use cli.NewNoFile\(path\)`
	}
	return assigned
}

// operation is an error that wraps another one.
type operation struct {
	name  string
	cause error
}

func (o *operation) Error() string { return o.name }
func (o *operation) Unwrap() error { return o.cause }

type expected struct{ err error }

func inStruct(what string) error {
	_ = expected{err: shop.OutOfStock}
	_ = expected{shop.OutOfStock}
	o := &operation{what, shop.OutOfStock} // who knows where it goes
	switch what {
	case o.name:
		return &operation{what, shop.OutOfStock} // want `shop.OutOfStock has params`
	case "":
		return error(&operation{cause: shop.OutOfStock}) // want `shop.OutOfStock has params`
	}
	if errors.Is(o, &operation{cause: shop.OutOfStock}) {
		return nil
	}
	return fmt.Errorf("order: %w", &operation{cause: &shop.OutOfStockError{Product: "chair"}}) // want `lacks the field Left`
}

func cancelled(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	cancel(shop.OutOfStock) // want `shop.OutOfStock has params`
	return context.Cause(ctx)
}

// A status is one of gRPC, and MapError an option of an interceptor.
type status struct{}

func (*status) Err() error { return nil }

func toStatus(error) *status             { return nil }
func MapError(error, shop.Code) func()   { return nil }
func described(error) *shop.Problem      { return nil }
func kind(error) (kind string, size int) { return "", 0 }

func transports(err error) error {
	_ = MapError(err, shop.OutOfStock) // want `shop.OutOfStock has params`
	_ = MapError(shop.OutOfStock, "")
	_ = shop.ProblemOf(shop.OutOfStock) // want `shop.OutOfStock has params`
	_ = described(shop.OutOfStock)      // want `shop.OutOfStock has params`
	_, _ = kind(shop.OutOfStock)
	return toStatus(shop.OutOfStock).Err() // want `shop.OutOfStock has params`
}

// Of a code, only a name tells that an error is made.
func ofCode(err error) error {
	_ = newError(shop.OutOfStock) // want `shop.OutOfStock has params`
	_, _ = lookUp(shop.OutOfStock)
	_ = newErrors(shop.OutOfStock)
	_ = allowError(shop.OutOfStock)
	_ = newErrorFor(err, shop.OutOfStock)
	_ = isNewError(&shop.OutOfStockError{Left: 1})
	_ = subscribe(shop.OutOfStock)
	return replace(shop.OutOfStock, shop.NotFound)
}

func newError(shop.Code) error           { return nil }
func newErrors(...shop.Code) error       { return nil }
func allowError(shop.Code) error         { return nil }
func newErrorFor(error, shop.Code) error { return nil }
func isNewError(error) bool              { return false }
func lookUp(shop.Code) (string, error)   { return "", nil }
func subscribe(shop.Code) error          { return nil }
func replace(from, to shop.Code) error   { return nil }
func fill(e *shop.OutOfStockError) error { return nil }

func filled(data []byte, err error) error {
	e := &shop.OutOfStockError{Left: 1}
	if json.Unmarshal(data, e) != nil {
		return e
	}
	v := shop.OutOfStockError{Left: 1}
	if fill(&v) != nil {
		return &v
	}
	f := &shop.OutOfStockError{Left: 1}
	product := &f.Product
	*product = "chair"
	if errors.Is(err, &shop.OutOfStockError{Left: 1}) || *e == (shop.OutOfStockError{Left: 1}) {
		return f
	}
	var logged error = &shop.OutOfStockError{Left: 1} // want `the literal of shop.OutOfStockError lacks the field Product`
	fmt.Println(logged)
	returned := &shop.OutOfStockError{Left: 1} // want `the literal of shop.OutOfStockError lacks the field Product`
	return decorate("order", returned)
}

func respond(http.ResponseWriter, error) {}

func decorate(string, error) error { return nil }

func literals(from string) error {
	e := &shop.TransferRefusedError{From: from} // want `the literal of shop.TransferRefusedError lacks the field To`
	_ = e
	_ = shop.OutOfStockError{Left: 1} // want `the literal of shop.OutOfStockError lacks the field Product`
	whole := &shop.TransferRefusedError{From: from}
	whole.To = from
	var empty = &shop.OutOfStockError{}
	if errors.As(e, &empty) {
		return &shop.OutOfStockError{} // want `the literal of shop.OutOfStockError lacks the fields Product, Left`
	}
	return fmt.Errorf("order: %w", &shop.TransferRefusedError{To: from}) // want `the literal of shop.TransferRefusedError lacks the field From`
}

type own struct{}

func (own) Error() string { return "own" }
func (own) Unwrap() error { return shop.OutOfStock }

var sentinel error = shop.OutOfStock

var table = []struct {
	err  error
	text string
}{{shop.OutOfStock, "none left"}}

// save is a method that returns an error, as most do.
func (own) save() error {
	return shop.OutOfStock // want `shop.OutOfStock has params`
}

func asCodes(codes chan shop.Code) error {
	var code = shop.OutOfStock
	code = shop.OutOfStock
	codes <- shop.OutOfStock
	_, err := code, own{}.save()
	n, err := 1, error(shop.OutOfStock) // want `shop.OutOfStock has params`
	if shop.HTTPStatus(shop.OutOfStock) == n {
		return fmt.Errorf("not wrapped: %v", shop.OutOfStock)
	}
	if _, err := json.Marshal(shop.OutOfStock); err != nil {
		return err
	}
	return err
}

func right(err error, code shop.Code) (shop.Code, error) {
	switch {
	case errors.Is(err, shop.OutOfStock), err == shop.OutOfStock, code == shop.OutOfStock:
		return shop.OutOfStock, shop.NotFound
	case isAny(err, shop.OutOfStock), matches(shop.OutOfStock):
		return "", &shop.OutOfStockError{"chair", 1}
	}
	fmt.Println(shop.OutOfStock, shop.OutOfStock.HTTPStatus())
	codes := map[shop.Code]int{shop.OutOfStock: 1}
	_ = codes
	return "", shop.NewOutOfStock("chair", 1)
}

func isAny(err error, codes ...error) bool { return false }

func matches(error) bool { return false }

func callbacks(f func() error, err error) error {
	if err := again(f, shop.OutOfStock); err != nil {
		return err
	}
	if err := again2(shop.OutOfStock, f); err != nil {
		return err
	}
	if err := any(shop.OutOfStock, shop.NotFound); err != nil {
		return err
	}
	return allowing(shop.OutOfStock)
}

func again(func() error, shop.Code) error { return nil }
func again2(error, func() error) error    { return nil }
func any(codes ...shop.Code) error        { return nil }
func allowing(code shop.Code) error       { return nil }
