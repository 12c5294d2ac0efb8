package generator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/terminal"
)

// TestParamTypes makes all outputs of a catalog that has a param of each type.
// In each output every type has a form that no other type has, so that a target
// cannot pass off a type that it does not know as another one.
func TestParamTypes(t *testing.T) {
	all := catalog.ParamTypes()
	source := typesCatalog(all, nil)
	c := load(t, source)
	plan, err := generator.Plan(c, everything(""))
	if err != nil {
		t.Fatal(err)
	}
	made := make(map[string]string)
	for _, o := range plan {
		for _, f := range o.Files {
			made[f.Path] = string(f.Data)
		}
	}
	var entry strings.Builder
	if err := terminal.WriteAnswer(&entry, terminal.NewFinder(c).Find("A")[0], terminal.Style{}); err != nil {
		t.Fatal(err)
	}
	parsed := forms(made["problem.ts"], `(?m)^(?P<name>p\d+) (?P<form>\S+)$`)
	parsed["p0"] += "string" // those that are not listed are strings
	for _, test := range []struct {
		output string
		forms  map[string]string // by the name of the param
		named  bool              // as in the catalog
	}{
		{"Go", structFields(t, made["errors.go"]), false},
		// Types that are strings in JSON differ in their documentation.
		{"TypeScript", forms(made["types.ts"], `(?m)(?P<form>(?:^    /\*\* .* \*/\n)?^)    readonly (?P<name>p\d+): (?P<form>.*);$`), false},
		{"TypeScript, as it is parsed", parsed, true},
		{"Markdown", forms(made["errors.md"], "(?m)^\\| `(?P<name>p\\d+)` +\\| `(?P<form>[^`]+)`"), true},
		{"HTML", forms(made["errors.html"], `<code>(?P<name>p\d+)</code> <span class="type">(?P<form>[^<]+)<`), true},
		{"JSON", forms(made["errors.json"], `"name": "(?P<name>p\d+)",\s*"type": "(?P<form>[^"]+)"`), true},
		{"OpenAPI", forms(made["errors.openapi.yaml"], `(?m)^        (?P<name>p\d+):\n(?P<form>(?:          .*\n)+)`), false},
		{"explain", forms(entry.String(), `(?P<name>p\d+) \((?P<form>[^)]+)\)`), true},
	} {
		seen := make(map[string]catalog.ParamType)
		for i, typ := range all {
			form := test.forms[fmt.Sprintf("p%d", i)]
			if other, ok := seen[form]; ok {
				t.Errorf("%s: the types %s and %s have the same form %q", test.output, typ, other, form)
			}
			if seen[form] = typ; form == "" || test.named && form != string(typ) {
				t.Errorf("%s: the type %s has the form %q", test.output, typ, form)
			}
		}
	}

	// What is described by a schema keeps to it.
	var value any
	if err := yaml.Unmarshal(source, &value); err != nil {
		t.Fatal(err)
	}
	if err := compileSchema(t, []byte(made["catalog.schema.json"])).Validate(value); err != nil {
		t.Errorf("the schema of catalogs: %v", err)
	}
	if value, err = jsonschema.UnmarshalJSON(strings.NewReader(made["errors.json"])); err != nil {
		t.Fatal(err)
	}
	if err := compileSchema(t, generator.JSONSchema()).Validate(value); err != nil {
		t.Errorf("the schema of the target json: %v", err)
	}

	// The values in the example of a body are right for their types.
	var document struct {
		Errors []struct{ Example map[string]json.RawMessage }
	}
	if err := json.Unmarshal([]byte(made["errors.json"]), &document); err != nil {
		t.Fatal(err)
	}
	withExamples := typesCatalog(all, document.Errors[0].Example)
	if _, ds := generator.Load("catalog.yaml", withExamples); len(ds) > 0 {
		t.Errorf("%s\nhas the findings %v", withExamples, ds)
	}
}

// typesCatalog returns a catalog with an error that has a param of each type,
// called p0, p1 and so on, with these examples.
func typesCatalog(all []catalog.ParamType, examples map[string]json.RawMessage) []byte {
	var b bytes.Buffer
	b.WriteString("version: 1\ncatalog: {name: shop}\nerrors:\n  A:\n    http_status: 409\n    params:\n")
	for i, typ := range all {
		fmt.Fprintf(&b, "      p%d: {type: %q", i, typ)
		if example, ok := examples[fmt.Sprintf("p%d", i)]; ok {
			fmt.Fprintf(&b, ", example: %s", example)
		}
		b.WriteString("}\n")
	}
	return b.Bytes()
}

// forms finds a pattern in a text. It returns what the groups called form match,
// by what the group called name matches.
func forms(text, pattern string) map[string]string {
	found := make(map[string]string)
	re := regexp.MustCompile(pattern)
	for _, m := range re.FindAllStringSubmatch(text, -1) {
		form := ""
		for i, group := range re.SubexpNames() {
			if group == "form" {
				form += m[i]
			}
		}
		found[m[re.SubexpIndex("name")]] = form
	}
	return found
}

// structFields returns the types of the fields of all structs in Go source, by
// their names in JSON.
func structFields(t *testing.T, source string) map[string]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "errors.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.StructType); ok {
			for _, field := range s.Fields.List {
				tag := reflect.StructTag(strings.Trim(field.Tag.Value, "`"))
				found[tag.Get("json")] = types.ExprString(field.Type)
			}
		}
		return true
	})
	return found
}

func compileSchema(t testing.TB, text []byte) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("file:///schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("file:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
