package generator_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/diag"
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

// TestLoad checks that the findings about outputs come together with all others,
// sorted by position, each once.
func TestLoad(t *testing.T) {
	source := `version: 1
catalog: {name: Shop}
outputs:
  - &row {target: golang, path: a}
  - *row
  - {target: basic, path: b}
  - {target: go, path: c, pakage: d, column: e}
  - {path: f, anything: goes}
  - {target: template, path: g, per: [h], file: "{{"}
  - {target: markdown, path: i, pages: maybe, inject: true, docs: j}
  - {target: markdown, path: k, docs: l}
  - {target: html, path: docs/}
  - {target: markdown, path: .., inject: true}
  - {target: markdown, path: pages/, pages: true}
  - {target: markdown, path: m.md, docs: {a: b}, front_matter: {a: 1, a: 2020-01-01}}
  - {target: markdown, path: n.md, front_matter: text}
  - {target: markdown, path: site/errors, flavor: hugo}
  - {target: markdown, path: errors, flavor: mdx}
  - {target: markdown, path: README, flavor: mdx, inject: true}
  - {target: markdown, path: ALL}
  - {target: markdown, path: o.md, front_matter: {a: [1, .5, 2020-01-01], b: {c: ~, "d\"": 'é'}}}
errors: {A: {http_status: 409, titel: A}}
`
	c, ds := generator.Load("catalog.yaml", []byte(source))
	if c != nil {
		t.Error("there is a catalog")
	}
	var got []string
	for _, d := range ds {
		got = append(got, fmt.Sprintf("%d:%d+%d %s: %s (%s)", d.Pos.Line, d.Pos.Col, d.Pos.Width, d.Rule, d.Message, d.Help))
	}
	want := []string{
		`2:17+4 invalid-catalog-name`,
		`4:19+6 duplicate-output`,
		`4:19+6 unknown-target: unknown target "golang" (the targets are go, go-grpc, go-connect, typescript, markdown, html, json, openapi, schema, template)`,
		`6:14+5 unknown-target: unknown target "basic" (the targets are go, go-grpc, go-connect, typescript, markdown, html, json, openapi, schema, template)`,
		`7:27+6 unknown-key: unknown key "pakage" in an output of the target go (did you mean package?)`,
		`7:38+6 unknown-key: unknown key "column" in an output of the target go (the keys are target, path, http, package)`,
		`8:5+0 missing-key: the output has no target (add target:)`,
		`9:5+0 missing-key: the output of the target template has no template (add it, such as template: errors.py.tmpl)`,
		`9:38+0 wrong-type`,
		`9:49+4 invalid-output-option: file cannot be "{{": must be a template of a file name, such as {{.Code}}.md (change the value, or remove the option)`,
		`10:40+5 invalid-output-option: pages cannot be "maybe": must be true or false (change the value, or remove the option)`,
		`11:39+1 invalid-output-option: docs cannot be "l": only inject has this option (change the value, or remove the option)`,
		`12:26+5 invalid-output-path: path cannot be "docs/": the target html writes one file, and this is a folder (add the name of the file, such as errors.html, or pages: true for a folder with one page per code)`,
		`13:30+2 invalid-output-path: path cannot be "..": the target markdown writes one file, and this is a folder (add the name of the file, such as errors.md)`,
		`15:42+0 invalid-output-option: docs cannot be "{\"a\":\"b\"}": must not be a mapping (change the value, or remove the option)`,
		`15:71+1 duplicate-key`,
		`16:50+4 invalid-output-option: front_matter cannot be "text": must be a mapping of keys to values`,
		`17:30+11 invalid-output-path: path cannot be "site/errors": the target markdown writes one file, and this is a name without an extension, which a site does not read (add .md, or pages: true for a folder with one page per code)`,
		`18:30+6 invalid-output-path: path cannot be "errors": the target markdown writes one file, and this is a name without an extension, which a site does not read (add .mdx, or pages: true for a folder with one page per code)`,
		`21:58+2 unquoted-string`,
		`21:62+10 unquoted-string`,
		`22:32+5 unknown-key`,
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !strings.HasPrefix(got[i], want[i]) {
			t.Fatalf("the findings are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// TestOnlyHTTP checks that a catalog without HTTP has no output that describes it.
func TestOnlyHTTP(t *testing.T) {
	source := []byte("version: 1\ncatalog: {name: db, http: false}\nerrors: {A: {}}\noutputs:\n  - {target: openapi, path: a.yaml}\n")
	c, ds := generator.Load("catalog.yaml", source)
	want := "catalog.yaml:5:14: the target openapi has no meaning in a catalog without HTTP"
	if c != nil || len(ds) != 1 || ds[0].Rule != diag.RuleHTTPNotUsed || fmt.Sprintf("%s:%d:%d: %s", ds[0].Pos.File, ds[0].Pos.Line, ds[0].Pos.Col, ds[0].Message) != want {
		t.Errorf("the findings are %+v, want %s", ds, want)
	}
	c = load(t, []byte("version: 1\ncatalog: {name: db, http: false}\nerrors: {A: {}}\n"))
	if _, err := generator.Plan(c, []generator.Output{{Target: "openapi", Path: "a.yaml"}}); err == nil || !strings.Contains(err.Error(), "http: false") {
		t.Errorf("the error is %v", err)
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
		}, nil); err != nil {
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
	if err := outputs[1].ReadInputs(func(string) ([]byte, error) { return nil, broken }, nil); !errors.Is(err, broken) {
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
