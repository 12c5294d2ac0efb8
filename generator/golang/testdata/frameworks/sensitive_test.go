package recipes

import (
	"fmt"
	"strings"
	"testing"

	"github.com/davecgh/go-spew/spew"
	"github.com/stretchr/testify/assert"

	"example.com/shop/shop"
)

// recorder is a test whose messages are recorded.
type recorder struct{ strings.Builder }

func (r *recorder) Errorf(format string, args ...any) { fmt.Fprintf(r, format, args...) }

// Packages that print values by reflection, methods or not, do not show a sensitive
// param.
func TestSensitive(t *testing.T) {
	const secret = "hunter2"
	type holder struct {
		Err     error
		err     error
		pointer *shop.CardRefusedError
		value   shop.CardRefusedError
		param   shop.Sensitive[string]
	}
	holding := func(number string) []any {
		err := &shop.CardRefusedError{Bank: "north", CardNumber: shop.Hide(number)}
		h := holder{err, err, err, *err, err.CardNumber}
		return []any{err, *err, err.CardNumber, h, &h, map[string]any{"err": err, "value": *err}}
	}
	for i, v := range holding(secret) {
		shown := ""
		for _, disabled := range []bool{false, true} {
			c := spew.ConfigState{Indent: " ", DisableMethods: disabled, DisablePointerMethods: disabled, ContinueOnMethod: true, SpewKeys: true}
			shown += c.Sdump(v) + c.Sprintf("%v %+v %#v %#+v", v, v, v, v)
		}
		var r recorder
		assert.Equal(&r, v, holding("other")[i])
		assert.Equal(&r, holding("other")[i], v)
		assert.Nil(&r, v)
		if !strings.Contains(r.String(), "Not equal") {
			t.Errorf("%T: testify finds no difference: %s", v, r.String())
		}
		if shown += r.String(); strings.Contains(shown, secret) || strings.Contains(shown, fmt.Sprintf("%x", secret)) {
			t.Errorf("%T shows the param: %s", v, shown)
		}
	}
}
