package openapi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/hostile"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/openapi"
	"github.com/errcat/errcat/generator/prose"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		source, golden string
		options        openapi.Options
	}{
		{"shop.yaml", "open.yaml", openapi.Options{}},
		{"shop.yaml", "internal.json", openapi.Options{Audience: catalog.Internal, Version: openapi.V30}},
		{"shop.yaml", "narrow.yaml", openapi.Options{Narrow: true}},
		{"rpc.yaml", "integers.yaml", openapi.Options{Narrow: true, Version: openapi.V30}},
		{"rpc.yaml", "prefix.yaml", openapi.Options{Prefix: "RPC"}},
	} {
		test.options.File = test.golden
		made, err := openapi.Generate(load.File(t, "testdata/"+test.source), test.options)
		if err != nil {
			t.Fatal(err)
		}
		if len(made) != 1 || made[0].Path != test.golden {
			t.Fatalf("%+v makes %v, want only %s", test.options, made, test.golden)
		}
		golden := "testdata/golden/" + test.golden
		if *update {
			if err := os.WriteFile(golden, made[0].Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(made[0].Data)); diff != "" {
			t.Errorf("%s differs; run the test with -update if that is right (-want +got):\n%s", golden, diff)
		}
	}
}

// everyOption are the options that make different documents.
var everyOption = []openapi.Options{
	{},
	{Version: openapi.V30},
	{Narrow: true},
	{Narrow: true, Version: openapi.V30},
	{Audience: catalog.Internal},
	{Prefix: "Own."},
	{Prefix: "Own.", Narrow: true},
}

func TestAudience(t *testing.T) {
	c := load.File(t, "testdata/shop.yaml")
	for _, o := range everyOption {
		text := string(render(t, c, o))
		for _, secret := range []string{"5000", "DATABASE_DOWN", "Database down"} {
			if got, want := strings.Contains(text, secret), o.Audience == catalog.Internal; got != want {
				t.Errorf("%+v: the file has %s: %t, want %t", o, secret, got, want)
			}
		}
		for _, secret := range []string{"DatabaseDown", "10.0.0.7", "team-stock", "card_number", "CardNumber"} {
			if strings.Contains(text, secret) {
				t.Errorf("%+v: the file tells of %s", o, secret)
			}
		}
	}
}

// TestTypeIsPage checks which types readers are sent to.
func TestTypeIsPage(t *testing.T) {
	for uri, want := range map[string]bool{"HTTPS://example.com/{code}": true, "http://example.com/{code}": true, "http:{code}": false, "urn:shop:{code}": false} {
		c := load.Source(t, []byte("version: 1\ncatalog: {name: shop, type_uri: '"+uri+"'}\nerrors: {A: {http_status: 404}}\n"))
		text := string(render(t, c, openapi.Options{Narrow: true}))
		if got := strings.Contains(text, "externalDocs:"); got != want {
			t.Errorf("the type %s is a link: %t, want %t", uri, got, want)
		}
	}
}

func TestWithoutHTTP(t *testing.T) {
	c := load.Source(t, []byte("version: 1\ncatalog: {name: db, http: false}\nerrors: {A: {}}\n"))
	if made, err := openapi.Generate(c, openapi.Options{}); !errors.Is(err, openapi.ErrNoHTTP) || made != nil {
		t.Errorf("made %v, error %v", made, err)
	}
}

func TestOptions(t *testing.T) {
	var o openapi.Options
	for name, value := range map[string]string{"audience": "internal", "narrow": "true", "prefix": "Shop", "version": "3.0"} {
		option, ok := o.Describe().Lookup(name)
		if !ok {
			t.Fatalf("there is no option %s", name)
		}
		if err := option.Set(value); err != nil {
			t.Error(err)
		}
	}
	if want := (openapi.Options{Audience: catalog.Internal, Narrow: true, Prefix: "Shop", Version: openapi.V30}); o != want {
		t.Errorf("the options are %+v", o)
	}
	version, _ := o.Describe().Lookup("version")
	if version.Set("2.0") == nil {
		t.Error("the version can be 2.0")
	}
	prefix, _ := o.Describe().Lookup("prefix")
	for _, value := range []string{"", "1", "_", "a b", "a/b", "Ä", "a\n", "#"} {
		if prefix.Set(value) == nil {
			t.Errorf("the prefix can be %q", value)
		}
	}
}

// TestValid validates documents with the schemas of the OpenAPI Initiative, follows
// their references, and compares YAML with JSON.
func TestValid(t *testing.T) {
	specs := specifications(t)
	for name, c := range catalogs(t) {
		for _, o := range everyOption {
			document := check(t, name, c, o)
			version := "3.1"
			if o.Version == openapi.V30 {
				version = "3.0"
			}
			if err := specs[version].Validate(document); err != nil {
				t.Errorf("%s, %+v: %v", name, o, err)
			}
		}
	}
	// The schemas refuse what is wrong.
	document := check(t, "shop", load.File(t, "testdata/shop.yaml"), openapi.Options{}).(map[string]any)
	document["$comment"] = "x"
	for version, spec := range specs {
		if spec.Validate(document) == nil {
			t.Errorf("the schema of OpenAPI %s accepts an unknown member", version)
		}
	}
}

// TestExamplesKeepToSchemas validates the body of each error, and one whose code is
// not in the catalog: only the narrow schemas refuse that.
func TestExamplesKeepToSchemas(t *testing.T) {
	for name, c := range catalogs(t) {
		for _, o := range everyOption {
			document := check(t, name, c, o)
			compiler := jsonschema.NewCompiler()
			if err := compiler.AddResource("file:///d.json", document); err != nil {
				t.Fatal(err)
			}
			components := document.(map[string]any)["components"].(map[string]any)
			schemas, examples := components["schemas"].(map[string]any), components["examples"].(map[string]any)
			open := o.Prefix + "Problem"
			all := open
			if o.Narrow {
				all += "Union"
			}
			compile := func(schema string) *jsonschema.Schema {
				compiled, err := compiler.Compile("file:///d.json#/components/schemas/" + schema)
				if err != nil {
					t.Fatal(err)
				}
				return compiled
			}
			problem := compile(all)
			for error, example := range examples {
				value := example.(map[string]any)["value"]
				names := []string{all, open}
				for _, own := range []string{error + "Params", error + "Problem"} {
					if schemas[own] != nil {
						names = append(names, own)
					}
				}
				for _, schema := range names {
					if err := compile(schema).Validate(value); err != nil {
						t.Errorf("%s, %+v: the example of %s: %v", name, o, error, err)
					}
				}
			}
			var unknown any = "not yet known"
			if c.IntegerCodes {
				unknown = json.Number("-5")
			}
			body := map[string]any{"type": "about:blank", "title": "New", "status": json.Number("409"), "code": unknown, "more": []any{}}
			if accepted := problem.Validate(body) == nil; accepted == o.Narrow {
				t.Errorf("%s, %+v: a code that is not known is accepted: %t", name, o, accepted)
			}
		}
	}
}

func catalogs(t *testing.T) map[string]*catalog.Catalog {
	return map[string]*catalog.Catalog{
		"shop":       load.File(t, "testdata/shop.yaml"),
		"integers":   load.File(t, "testdata/rpc.yaml"),
		"repository": load.File(t, "../../catalog.yaml"),
		"one code":   load.Source(t, catalogtest.YAML(1)),
		"many codes": load.Source(t, catalogtest.YAML(200)),
		"hostile":    hostile.Catalog(hostile.Texts...),
	}
}

// A catalog all of whose errors are internal has no schema that accepts nothing.
func TestNothingIsPublic(t *testing.T) {
	c := load.Source(t, []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 500, audience: internal}}\n"))
	for _, o := range everyOption {
		if text := string(render(t, c, o)); strings.Contains(text, "oneOf") {
			t.Errorf("%+v: a schema accepts one of none:\n%s", o, text)
		}
		check(t, "internal", c, o)
	}
}

// A list of required members is never empty, which OpenAPI 3.0 does not allow: a number
// may be missing.
func TestNothingIsRequired(t *testing.T) {
	c := load.Source(t, []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 409, message: '{n}', params: {n: number}}}\n"))
	for _, o := range everyOption {
		if text := string(render(t, c, o)); strings.Contains(text, "required: []") || !strings.Contains(text, "required:") {
			t.Errorf("%+v: %s", o, text)
		}
	}
}

// check makes a document as YAML and as JSON, and returns what both are. Each shows
// every character, and has no reference without a target.
func check(t testing.TB, name string, c *catalog.Catalog, o openapi.Options) any {
	t.Helper()
	o.File = "d.json"
	asJSON := render(t, c, o)
	o.File = "d.yaml"
	asYAML := render(t, c, o)
	for _, data := range [][]byte{asJSON, asYAML} {
		for _, r := range string(data) {
			if r != '\n' && (!unicode.IsGraphic(r) || prose.IsInvisible(r)) {
				t.Errorf("%s: the character %U is not escaped", name, r)
			}
		}
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, asJSON)
	}
	if got := document.(map[string]any)["x-comment"]; got != "Code generated by errcat (catalog "+c.Name+", target openapi). DO NOT EDIT." {
		t.Errorf("%s: the comment is %q", name, got)
	}
	delete(document.(map[string]any), "x-comment")
	var fromYAML any
	if err := yaml.Unmarshal(asYAML, &fromYAML); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, asYAML)
	}
	if got, want := plain(t, fromYAML), plain(t, document); !reflect.DeepEqual(got, want) {
		t.Errorf("%s, %+v: YAML is not the same as JSON (-JSON +YAML):\n%s", name, o, cmp.Diff(want, got))
	}
	follow(t, document, document)
	kinds := make(map[string]string)
	for kind, components := range document.(map[string]any)["components"].(map[string]any) {
		for component := range components.(map[string]any) {
			if !strings.HasPrefix(component, o.Prefix) || !componentName.MatchString(component) {
				t.Errorf("%s, %+v: one of the %s has the name %q", name, o, kind, component)
			}
			if kind == "examples" {
				continue // of which generators make no types
			}
			if other := kinds[strings.ToLower(component)]; other != "" {
				t.Errorf("%s, %+v: %s and %s have the name %s", name, o, other, kind, component)
			}
			kinds[strings.ToLower(component)] = kind
		}
	}
	return document
}

var componentName = regexp.MustCompile(`^[a-zA-Z0-9._-]+$`)

// plain returns a value with numbers of one type.
func plain(t testing.TB, v any) any {
	data, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// follow looks for the targets of references.
func follow(t testing.TB, document, v any) {
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			follow(t, document, element)
		}
	case map[string]any:
		for key, value := range v {
			follow(t, document, value)
			path, isText := value.(string)
			if key != "$ref" || !isText {
				continue
			}
			target := document
			for _, step := range strings.Split(path, "/")[1:] {
				object, _ := target.(map[string]any)
				target = object[step]
			}
			if target == nil {
				t.Errorf("the reference %s has no target", path)
			}
		}
	}
}

// specifications returns the schemas of documents by version.
func specifications(t testing.TB) map[string]*jsonschema.Schema {
	t.Helper()
	specs := make(map[string]*jsonschema.Schema)
	for _, version := range []string{"3.0", "3.1"} {
		data, err := os.ReadFile("testdata/spec/" + version + ".json")
		if err != nil {
			t.Fatal(err)
		}
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		compiler.AssertFormat()
		if err := compiler.AddResource("file:///"+version, schema); err != nil {
			t.Fatal(err)
		}
		if specs[version], err = compiler.Compile("file:///" + version); err != nil {
			t.Fatal(err)
		}
	}
	return specs
}

// FuzzGenerate puts texts everywhere: YAML and JSON are the same document, which is
// valid and has the texts as its values.
func FuzzGenerate(f *testing.F) {
	specs := specifications(f)
	for i, s := range hostile.Texts {
		f.Add(s, hostile.Texts[(i+7)%len(hostile.Texts)])
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = catalogtest.Pieces(a), catalogtest.Pieces(b)
		if a == "" || b == "" || !utf8.ValidString(a) || !utf8.ValidString(b) {
			return // no catalog has such texts
		}
		c := hostile.Catalog(a, b)
		document := check(t, "texts", c, openapi.Options{}).(map[string]any)
		if err := specs["3.1"].Validate(document); err != nil {
			t.Error(err)
		}
		if got := document["info"].(map[string]any)["title"]; got != a && len(a) < 100 {
			t.Errorf("the title %q becomes %q", a, got)
		}
		check(t, "texts", c, openapi.Options{Narrow: true, Version: openapi.V30})
	})
}

// The memory grows linearly with the number of errors.
func TestAllocationsGrowLinearly(t *testing.T) {
	catalogtest.GrowsLinearly(t, func(source []byte) func() {
		c := load.Source(t, source)
		return func() { render(t, c, openapi.Options{}) }
	})
}

func BenchmarkGenerate(b *testing.B) {
	for _, codes := range []int{20, 1000, 10_000} {
		c := load.Source(b, catalogtest.YAML(codes))
		for _, file := range []string{"e.yaml", "e.json"} {
			b.Run(fmt.Sprintf("%s/codes=%d", file, codes), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					render(b, c, openapi.Options{File: file})
				}
			})
		}
	}
}

func render(t testing.TB, c *catalog.Catalog, o openapi.Options) []byte {
	t.Helper()
	made, err := openapi.Generate(c, o)
	if err != nil {
		t.Fatal(err)
	}
	return made[0].Data
}
