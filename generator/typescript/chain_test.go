package typescript

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
)

// A problem is read by the package of its catalog and by no other one, whatever
// the catalogs have in common: their codes are the same, and their types begin
// with each other. See testdata/chain.mjs.
func TestChains(t *testing.T) {
	root := t.TempDir()
	random := rand.New(rand.NewPCG(2026, 1))
	templates := []string{
		"", "https://e.example.com/{code}", "https://e.example.com/{name}", "https://e.example.com/a/{code}", "https://e.example.com/a/{name}/{code}", "https://e.example.com/a/b#{code}",
		"https://e.example.com/a/b/{name}", "https://e.example.com/a?c={code}&n={name}", "urn:e:{code}", "urn:e:n:{name}", "https://e.example.com/a/all", "https://e.example.com/1001/{code}",
	}
	for i, template := range templates {
		var b strings.Builder
		fmt.Fprintf(&b, "version: 1\ncatalog:\n  name: c%d\n", i)
		if template != "" {
			fmt.Fprintf(&b, "  type_uri: %q\n  accepted_type_uris: [%q]\n", template, fmt.Sprintf("https://old%d.example.com/{code}", i))
		}
		b.WriteString("errors:\n")
		for code := range 4 {
			fmt.Fprintf(&b, "  E%d: {code: %q, http_status: %d, message: 'of %d', params: {", code, fmt.Sprint(1001+code), 400+i, i)
			for p := range random.IntN(4) {
				types := catalog.ParamTypes()
				fmt.Fprintf(&b, "p%d: %q, ", p, types[random.IntN(len(types))])
			}
			b.WriteString("}}\n")
		}
		c := load.Source(t, []byte(b.String()))
		options := Options{Emit: "js", SingleFile: true}
		if i%2 == 1 {
			options.Integers = "exact"
		}
		for _, f := range generate(t, testCase{name: c.Name, catalog: c, options: options}) {
			writeFile(t, filepath.Join(root, c.Name, f.Path), f.Data)
		}
	}
	script(t, "chain.mjs", root, fmt.Sprint(len(templates)))
}
