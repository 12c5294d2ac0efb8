package catalogtest_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
)

func TestYAML(t *testing.T) {
	for _, codes := range []int{1, 2, 3, 20, 49, 50, 51, 999, 1_000, 10_000} {
		t.Run(fmt.Sprint(codes), func(t *testing.T) {
			source := catalogtest.YAML(codes)
			if !bytes.Equal(source, catalogtest.YAML(codes)) {
				t.Error("two calls give different bytes")
			}
			c, ds := catalog.Load("catalog.yaml", source)
			for _, d := range ds {
				t.Errorf("%s: %s[%s]: %s", d.Pos, d.Severity, d.Rule, d.Message)
			}
			if c == nil {
				return
			}
			if len(c.Errors) != codes {
				t.Errorf("%d errors, want %d", len(c.Errors), codes)
			}
			if codes < 1_000 {
				return
			}
			withParams, types := 0, make(map[catalog.ParamType]bool)
			for _, e := range c.Errors {
				if len(e.Params) > 0 {
					withParams++
				}
				for _, p := range e.Params {
					types[p.Type] = true
				}
			}
			if percent := 100 * withParams / codes; percent < 17 || percent > 23 {
				t.Errorf("%d%% of the errors have params, want about 20%%", percent)
			}
			if len(types) != 8 {
				t.Errorf("params of the types %v, want all 8", types)
			}
			if codes == 10_000 && len(c.Categories) != 40 {
				t.Errorf("%d categories, want 40", len(c.Categories))
			}
		})
	}
}
