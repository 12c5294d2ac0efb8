// Package unsure has errors that go where types do not tell what becomes of them.
package unsure

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"iter"
	"log"
	"log/slog"
	"sync"
	"sync/atomic"

	"example.com/test/bank"
	"example.com/test/rpc"
	"example.com/test/shop"
)

type key struct{}

func values(ctx context.Context) context.Context {
	return context.WithValue(ctx, key{}, shop.NotFound) // maybe NotFound
}

func stored(m *sync.Map, v *atomic.Value, p *atomic.Pointer[shop.Code]) {
	m.Store("a", shop.Gone) // maybe Gone
	v.Store(shop.Slow)      // maybe Slow
	late := shop.TooLate    // maybe TooLate
	p.Store(&late)
}

func all() iter.Seq[shop.Code] {
	return func(yield func(shop.Code) bool) {
		_ = yield(shop.NotFound) && yield(shop.Slow) // maybe NotFound // maybe Slow
	}
}

func ranged() error {
	for code := range all() {
		return code
	}
	return nil
}

func logged() {
	slog.Error("failed", "err", shop.Database) // maybe Database
	log.Print(shop.Gone)                       // maybe Gone
	log.Fatal(shop.OrderClosed)                // raised OrderClosed
}

func methodValue(s *service) {
	f := s.fail
	f(shop.TooLate) // maybe TooLate
}

type service struct{ last error }

func (s *service) fail(err error) { s.last = err }

func constraint[E error](err E) error { return err }

func constrained() error { return constraint(shop.OldPrice) } // raised OldPrice

type extended struct {
	*shop.OutOfStockError
	more int
}

func extend() error { return extended{OutOfStockError: shop.NewOutOfStock("chair", 1)} } // maybe OutOfStock

// Library is called by other programs.
func Library() (shop.Code, bool) { return shop.SoldOut, true } // maybe SoldOut

// Registered errors come back by their names.
var registry = make(map[string]error)

func register(name string, err error) { registry[name] = err }

func init() { register("refused", shop.Refused) } // raised Refused

func lookup(name string) error { return registry[name] }

// config has a code that nothing in the program sets.
type config struct {
	Fault bank.Code `json:"fault"`
	Set   shop.Code `json:"set"`
}

func configured(c config) error {
	c.Set = shop.NotFound // raised NotFound
	if c.Fault == "" {
		return c.Set
	}
	return c.Fault // any bank
}

func decoded(text []byte) error {
	var code rpc.Code
	if err := json.Unmarshal(text, &code); err != nil { // any rpc
		return err
	}
	return code
}

func found(err error) error {
	var code shop.Code
	if errors.As(err, &code) {
		return code
	}
	return nil
}

func flags() {
	var name string
	flag.StringVar(&name, "name", "", "")
}

// The variable of another function.
func set(code *shop.Code) { *code = shop.NotFound } // maybe NotFound

func isSet() error {
	var code shop.Code
	set(&code)
	return code
}

// message is encoded, although something also reads the code.
type message struct {
	Code shop.Code `json:"code"`
}

func encoded(text []byte) ([]byte, error) {
	m := message{Code: shop.Gone} // maybe Gone
	if m.Code == shop.Slow {      // handled Slow
		return nil, nil
	}
	return json.Marshal(m)
}

var makeLimit = bank.NewLimit // maybe Limit

func made() error { return makeLimit("a", 1) }
