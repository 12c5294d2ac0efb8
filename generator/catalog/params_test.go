package catalog_test

import (
	"slices"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
)

// TestParamTypes checks that each type in the list can be declared, and that
// callers cannot change the list.
func TestParamTypes(t *testing.T) {
	types := catalog.ParamTypes()
	for _, typ := range types {
		c := load(t, head+"  A: {http_status: 409, params: {a: \""+string(typ)+"\"}}\n")
		if got := c.Errors[0].Params[0].Type; got != typ {
			t.Errorf("a param of type %s is loaded as %s", typ, got)
		}
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(types)))
	if len(sorted) != len(types) || len(types) != 8 {
		t.Errorf("types %q", types)
	}
	types[0] = "changed"
	if catalog.ParamTypes()[0] != catalog.String {
		t.Error("a caller can change the list of types")
	}
}
