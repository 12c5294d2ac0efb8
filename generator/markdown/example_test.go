package markdown_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/markdown"
	"github.com/errcat/errcat/generator/model"
)

// withExamples returns a catalog of errors with lists of all lengths around the
// limit of a line.
func withExamples() *catalog.Catalog {
	c := withTitles("Lists")
	e := c.Errors[0]
	e.Audience = catalog.Public
	for _, n := range []int{0, 1, 2, 12, 13, 14, 15, 40} {
		texts, numbers := make([]string, n), make([]int64, n)
		for i := range n {
			texts[i], numbers[i] = fmt.Sprint("é", strings.Repeat("x", i%3), `"\,]}`[i%5:i%5+1]), int64(i*i*(1-2*(i%2)))
		}
		e.Params = append(e.Params,
			&catalog.Param{Name: fmt.Sprintf("s%02d", n), Type: catalog.StringList, Example: texts},
			&catalog.Param{Name: fmt.Sprintf("z%02d", n), Type: catalog.IntegerList, Example: numbers})
	}
	for n := range 30 {
		e.Params = append(e.Params, &catalog.Param{Name: fmt.Sprintf("y%02d", n), Type: catalog.StringList, Example: []string{strings.Repeat("a", 20), strings.Repeat("b", 20+n)}})
		e.Params = append(e.Params, &catalog.Param{Name: fmt.Sprintf("zz%02d", n), Type: catalog.StringList, Example: []string{strings.Repeat("c", 50+n)}})
	}
	for i, example := range []any{"\u202e<{{%\x00\x7f", "", 1.5e300, int64(-1), true, "👨‍👩‍👧"} {
		e.Params = append(e.Params, &catalog.Param{Name: fmt.Sprintf("v%d", i), Example: example, Type: []catalog.ParamType{catalog.String, catalog.String, catalog.Number, catalog.Integer, catalog.Boolean, catalog.String}[i]})
	}
	return c
}

// TestExamples parses the example bodies: they contain what the model has,
// whatever the flavor had to escape.
func TestExamples(t *testing.T) {
	all := catalogs()
	all["examples"] = withExamples()
	delete(all, "no HTTP") // has none
	for name, c := range all {
		c = c.ForAudience(catalog.Public)
		for _, flavor := range markdown.Flavors() {
			rest := string(render(t, c, markdown.Options{Flavor: flavor}))
			for _, cat := range c.Categories {
				for _, e := range cat.Errors {
					_, after, _ := strings.Cut(rest, "\nExample body:\n\n")
					fence, after, ok := strings.Cut(after, "json\n")
					body, after, ends := strings.Cut(after, "\n"+fence+"\n")
					if !ok || !ends {
						t.Fatalf("%s, %s: there is no example of %s", name, flavor, e.Code)
					}
					rest = after
					var compact bytes.Buffer
					if err := json.Compact(&compact, []byte(body)); err != nil {
						t.Fatalf("%s, %s: the example of %s: %v\n%s", name, flavor, e.Code, err, body)
					}
					if got, want := decode(t, compact.Bytes()), decode(t, model.Example(c, e)); got != want {
						t.Errorf("%s, %s: the example of %s has %.500s, want %.500s", name, flavor, e.Code, got, want)
					}
				}
			}
		}
	}
}

// decode returns JSON without unnecessary escapes.
func decode(t *testing.T, data []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%q", v)
}

// TestExamplesAreFormatted checks that Prettier leaves the bodies as they are.
func TestExamplesAreFormatted(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "errors.md"), render(t, withExamples(), markdown.Options{}))
	if out, err := runTool(t, dir, "prettier", "--no-config", "--no-editorconfig", "--check", "."); err != nil {
		t.Errorf("%v\n%.5000s", err, out)
	}
}
