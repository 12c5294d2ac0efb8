package generator_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/net/html"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/jsoncatalog"
	"github.com/errcat/errcat/generator/terminal"
)

// randomOutputs has an output of each target and some with further options, below a
// folder; n chooses them.
func randomOutputs(dir string, n int, noHTTP bool) []generator.Output {
	output := func(target, path string, options ...string) generator.Output {
		o := generator.Output{Target: target, Path: filepath.Join(dir, path), Options: make(map[string]string)}
		for _, s := range options {
			key, value, _ := strings.Cut(s, "=")
			o.Options[key] = value
		}
		return o
	}
	flavors := []string{"gfm", "mdx", "vitepress", "mkdocs", "hugo"}
	template := output("template", "docs/template", "per=code", "file={{.Code | kebab}}-{{.Name | kebab}}.txt", "template=t.tmpl")
	template.Inputs = map[string][]byte{"template": []byte("{{header \"#\"}}\n{{json .Error}}\n{{.Description | plain | comment \"#\"}}\n{{range .Catalog.Errors}}{{csv .Code .Title}}\n{{end}}")}
	outputs := append(everything(dir),
		output("markdown", "docs/pages", "pages=true", "flavor="+flavors[n%5]),
		output("markdown", "docs/internal.md", "audience=internal", "flavor="+flavors[(n+1)%5]),
		output("json", "docs/internal.json", "audience=internal"),
		template,
	)
	if noHTTP {
		outputs = slices.DeleteFunc(outputs, func(o generator.Output) bool { return o.Target == "openapi" })
	}
	switch n % 3 {
	case 0:
		outputs = append(outputs, output("typescript", "web-internal", "audience=internal", "single_file=true"))
	case 1:
		outputs = append(outputs, output("html", "docs/internal.html", "audience=internal"))
	default:
		outputs = append(outputs, output("typescript", "web-js", "emit=js", "integers=exact"))
		if !noHTTP {
			outputs = append(outputs, output("go", "other", "http=false", "package=other"))
		}
	}
	return outputs
}

// FuzzOutputs makes every output of a random catalog. All succeed, with the same
// bytes every time; what errcat has written is up to date for errcat; the Go
// packages compile, JSON is valid under its schema, and HTML has no elements that
// the catalog brought in.
func FuzzOutputs(f *testing.F) {
	f.Add([]byte{})
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		choices := make([]byte, 20+random.IntN(600))
		for i := range choices {
			choices[i] = byte(random.Uint32())
		}
		f.Add(choices)
	}
	// An input may take 10 seconds, in which a machine may not compile the standard
	// library.
	first := catalogtest.Random(nil)
	plan, err := generator.Plan(load(f, first), randomOutputs("", 0, false))
	if err != nil {
		f.Fatal(err)
	}
	for _, o := range plan {
		if o.Target == "go" {
			compileGo(f, o, first)
		}
	}
	schema := compileSchema(f, jsoncatalog.Schema())
	plain := elements(f, []byte(planned(f, load(f, catalogtest.Random(nil)), "docs/errors.html")))
	f.Fuzz(func(t *testing.T, choices []byte) {
		source := catalogtest.Random(choices)
		c := load(t, source)
		dir := t.TempDir()
		outputs := randomOutputs(dir, len(choices), c.NoHTTP)
		plan, err := generator.Plan(c, outputs)
		if err != nil {
			t.Fatalf("%v\n%s", err, source)
		}
		again, err := generator.Plan(load(t, source), outputs)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range plan {
			for j, file := range o.Files {
				path := filepath.Join(o.Dir, file.Path)
				if !bytes.Equal(file.Data, again[i].Files[j].Data) {
					t.Errorf("%s: two runs differ: %s", path, cmp.Diff(string(file.Data), string(again[i].Files[j].Data)))
				}
				switch o.Target {
				case "json":
					document, err := jsonschema.UnmarshalJSON(bytes.NewReader(file.Data))
					if err == nil {
						err = schema.Validate(document)
					}
					if err != nil {
						t.Errorf("%s: %v\n%s", path, err, source)
					}
				case "html":
					if got := elements(t, file.Data); got != plain {
						t.Errorf("%s: the page has %s, want %s\n%s", path, got, plain, source)
					}
				}
			}
			if o.Target == "go" {
				compileGo(t, o, source)
			}
		}
		checkDisk(t, plan)
		checkTerminal(t, c, source)
	})
}

// planned returns the content of a file that the outputs of a catalog make.
func planned(t testing.TB, c *catalog.Catalog, path string) string {
	t.Helper()
	plan, err := generator.Plan(c, everything(""))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range plan {
		for _, file := range o.Files {
			if filepath.ToSlash(filepath.Join(o.Dir, file.Path)) == path {
				return string(file.Data)
			}
		}
	}
	t.Fatalf("no output makes %s", path)
	return ""
}

// elements counts the elements of a page that no text of a catalog may bring in.
func elements(t testing.TB, page []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	counts := make(map[string]int)
	for n := range root.Descendants() {
		switch n.Data {
		case "script", "style", "iframe", "object", "embed", "base", "meta", "img", "form", "svg", "template", "body", "head":
			if n.Type == html.ElementNode {
				counts[n.Data]++
			}
		}
	}
	return fmt.Sprint(counts)
}

// standardLibrary imports the packages that generated packages use.
var standardLibrary = sync.OnceValues(func() (*token.FileSet, types.Importer) {
	set := token.NewFileSet()
	return set, importer.ForCompiler(set, "gc", nil)
})

// compileGo checks the types of a generated package.
func compileGo(t testing.TB, o files.Output, source []byte) {
	t.Helper()
	set, imports := standardLibrary()
	var parsed []*ast.File
	for _, file := range o.Files {
		p, err := parser.ParseFile(set, filepath.Join(o.Dir, file.Path), file.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatalf("%v\n%s", err, source)
		}
		parsed = append(parsed, p)
	}
	config := types.Config{Importer: imports, GoVersion: "go1.21"}
	if _, err := config.Check("example.com/"+filepath.Base(o.Dir), set, parsed, nil); err != nil {
		t.Errorf("%v\n%s", err, source)
	}
}

// checkDisk writes the outputs, and expects that they are up to date then.
func checkDisk(t *testing.T, plan []files.Output) {
	t.Helper()
	if _, err := files.Write(t.Context(), plan, files.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	drift, err := files.Check(plan)
	if err != nil || len(drift) > 0 {
		t.Errorf("after writing, check reports %v, %v", drift, err)
	}
	changes, err := files.Write(t.Context(), plan, files.WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		if change.Kind != files.Unchanged {
			t.Errorf("the second run has %s %s", change.Kind, change.Path)
		}
	}
}

// checkTerminal looks each error up by what identifies it.
func checkTerminal(t *testing.T, c *catalog.Catalog, source []byte) {
	t.Helper()
	finder := terminal.NewFinder(c)
	for _, e := range c.Errors {
		words := []string{e.Code, e.Name}
		for _, a := range e.Aliases {
			words = append(words, a.Code)
		}
		for _, n := range e.FormerNames {
			words = append(words, n.Name)
		}
		for _, word := range words {
			answer := finder.Find(word)[0]
			if answer.Error != e {
				t.Errorf("explain %s does not find %s\n%s", word, e.Name, source)
				continue
			}
			var out strings.Builder
			if err := terminal.WriteAnswer(&out, answer, terminal.Style{}); err != nil || !strings.HasPrefix(out.String(), e.Code) {
				t.Errorf("the page of %s begins %.60q, %v", e.Code, out.String(), err)
			}
		}
	}
}
