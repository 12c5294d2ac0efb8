package generator_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/files"
)

// TestSchema checks catalogs with outputs of the real targets against the
// schema.
func TestSchema(t *testing.T) {
	text, err := generator.Schema("")
	if err != nil {
		t.Fatal(err)
	}
	schema := compileSchema(t, text)
	sources := make(map[string][]byte)
	for _, file := range []string{"../catalog.yaml", "../README.md", "../docs/format.md", "../docs/outputs.md", "../docs/schema.md", "../docs/templates.md"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(file) == ".yaml" {
			sources[file] = source
			continue
		}
		for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(source, -1) {
			source := block[1]
			if bytes.HasPrefix(source, []byte("outputs:")) {
				source = append([]byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 409}}\n"), source...)
			}
			if _, ds := generator.Load("catalog.yaml", source); !ds.HasErrors() {
				sources[file+"\n"+string(source)] = source
			}
		}
	}
	if len(sources) < 5 {
		t.Errorf("%d catalogs", len(sources))
	}
	for name, source := range sources {
		var v any
		if err := yaml.Unmarshal(source, &v); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOptions checks what the targets say about their options.
func TestOptions(t *testing.T) {
	for _, target := range generator.Targets() {
		if target.Example == "" {
			t.Errorf("the target %s has no example of a path", target.Name)
		}
		if names := target.Options().Names(); !slices.IsSorted(names) {
			t.Errorf("the options of the target %s are not sorted: %v", target.Name, names)
		}
		for _, o := range target.Options() {
			if (o.Values == nil) == (o.Example == "") {
				t.Errorf("the option %s of the target %s needs values or an example: %+v", o.Name, target.Name, o)
			}
			for _, value := range append(o.Values, o.Example, o.Default) {
				if value == "" {
					continue
				}
				if err := o.Set(value); err != nil {
					t.Errorf("the option %s of the target %s cannot be %q: %v", o.Name, target.Name, value, err)
				}
			}
			if o.Values != nil && o.Set("no such value") == nil {
				t.Errorf("the option %s of the target %s can be anything", o.Name, target.Name)
			}
			if !strings.HasSuffix(o.Summary, ".") || !o.Required && o.Default == "" && !regexp.MustCompile(`Without it|By default`).MatchString(o.Summary) {
				t.Errorf("the option %s of the target %s does not say what it does, and what happens without it: %q", o.Name, target.Name, o.Summary)
			}
		}
	}
}

// TestReadInputs checks that the path of a template is relative to the catalog.
func TestReadInputs(t *testing.T) {
	c := load(t, []byte(`version: 1
catalog: {name: shop}
errors: {A: {http_status: 409}}
outputs:
  - {target: go, path: errors}
  - {target: template, path: a/b.py, template: t/b.py.tmpl}
`))
	outputs := generator.Outputs(c, "dir")
	var read []string
	for i := range outputs {
		if err := outputs[i].ReadInputs(func(path string) ([]byte, error) {
			read = append(read, path)
			return []byte("{{header \"#\"}}\n"), nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{filepath.Join("dir", "t", "b.py.tmpl")}; !cmp.Equal(want, read) {
		t.Error(cmp.Diff(want, read))
	}
	plan, err := generator.Plan(c, outputs)
	if err != nil {
		t.Fatal(err)
	}
	if got := plan[1].Files[0]; plan[1].Target != "template b.py.tmpl" || got.Path != "b.py" || !files.HasHeader(got.Data, files.Header("shop", plan[1].Target)) {
		t.Errorf("the output is %+v", plan[1])
	}
	broken := errors.New("broken")
	if err := outputs[1].ReadInputs(func(string) ([]byte, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

// TestPlanReportsAll checks that every output that cannot be rendered is
// reported, in their order.
func TestPlanReportsAll(t *testing.T) {
	c := load(t, []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 409}}\n"))
	var outputs []generator.Output
	for _, name := range []string{"a.tmpl", "b.tmpl", "c.tmpl"} {
		outputs = append(outputs, generator.Output{
			Target: "template", Path: name + ".out", Options: map[string]string{"template": name},
			Inputs: map[string][]byte{"template": []byte("{{nix}}")},
		})
	}
	_, err := generator.Plan(c, outputs)
	want := `target template, a.tmpl.out: a.tmpl:1:3: there is no function nix
target template, b.tmpl.out: b.tmpl:1:3: there is no function nix
target template, c.tmpl.out: c.tmpl:1:3: there is no function nix`
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
