package jsoncatalog_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/hostile"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/jsoncatalog"
	"github.com/errcat/errcat/generator/model"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		source, golden string
		options        jsoncatalog.Options
	}{
		{"shop.yaml", "errors.json", jsoncatalog.Options{}},
		{"shop.yaml", "internal.json", jsoncatalog.Options{Audience: catalog.Internal, File: "internal.json"}},
		{"db.yaml", "db.json", jsoncatalog.Options{File: "db.json"}},
		{"rpc.yaml", "rpc.json", jsoncatalog.Options{Audience: catalog.Internal, File: "rpc.json"}},
	} {
		made, err := jsoncatalog.Generate(load.File(t, "testdata/"+test.source), test.options)
		if err != nil {
			t.Fatal(err)
		}
		if len(made) != 1 || made[0].Path != test.golden {
			t.Fatalf("%+v makes %v, want only %s", test.options, made, test.golden)
		}
		golden := "testdata/" + test.golden
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

// The file is laid out as one JSON text, whatever the number of errors.
func TestLayout(t *testing.T) {
	for _, public := range []int{0, 1, 2} {
		source := "version: 1\ncatalog: {name: c}\ncategories: {all: {http_status: 400}}\nerrors:\n  SECRET: {category: all, message: Secret, audience: internal}\n"
		for i := range public {
			source += fmt.Sprintf("  E%d: {category: all, message: Message}\n", i)
		}
		data := render(t, load.Source(t, []byte(source)), catalog.Public)
		var want bytes.Buffer
		if err := json.Indent(&want, data, "", "  "); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), string(data)); diff != "" {
			t.Errorf("%d errors (-want +got):\n%s", public, diff)
		}
		if got := len(decode(t, data).(map[string]any)["errors"].([]any)); got != public {
			t.Errorf("there are %d errors, want %d", got, public)
		}
	}
}

func TestAudience(t *testing.T) {
	c := load.File(t, "testdata/shop.yaml")
	for _, audience := range []catalog.Audience{"", "nobody", catalog.Public} {
		for _, secret := range []string{"5000", "Database down", "DATABASE_DOWN", "team-stock", "runbook", "Run book"} {
			if bytes.Contains(render(t, c, audience), []byte(secret)) {
				t.Errorf("audience %q: the file tells of %s", audience, secret)
			}
		}
	}
}

func TestOptions(t *testing.T) {
	var o jsoncatalog.Options
	audience, _ := o.Describe().Lookup("audience")
	if err := audience.Set("internal"); err != nil || o.Audience != catalog.Internal {
		t.Errorf("audience %q, error %v", o.Audience, err)
	}
}

// TestSchema validates what the target makes.
func TestSchema(t *testing.T) {
	schema := compile(t)
	for name, c := range map[string]*catalog.Catalog{
		"shop":       load.File(t, "testdata/shop.yaml"),
		"integers":   load.File(t, "testdata/rpc.yaml"),
		"no HTTP":    load.File(t, "testdata/db.yaml"),
		"repository": load.File(t, "../../catalog.yaml"),
		"one code":   load.Source(t, catalogtest.YAML(1)),
		"many codes": load.Source(t, catalogtest.YAML(1000)),
		"hostile":    hostile.Catalog(hostile.Texts...),
	} {
		for _, audience := range []catalog.Audience{catalog.Public, catalog.Internal} {
			if err := schema.Validate(decode(t, render(t, c, audience))); err != nil {
				t.Errorf("%s, %s: %#v", name, audience, err)
			}
		}
	}
}

// optional are the members that may be missing, by place.
var optional = map[string]string{
	"":                  "description catalogVersion domain typeUri fallback",
	"categories":        "defaults description",
	"errors":            "httpReason defaults description resolution retryAfter owner since deprecated retired",
	"errors.params":     "description values example",
	"errors.deprecated": "since reason replacedBy",
	"errors.retired":    "since reason replacedBy",
	"errors.metadata":   "runbook kind weight paging teams",
	"metadata":          "defaults description pattern",
	"errors.example":    "detail code kind left product ratio since tags wait x",
	"reserved":          "reason",
}

// TestSchemaIsStrict removes, adds and empties each member of a file in turn: only
// what the target makes is valid.
func TestSchemaIsStrict(t *testing.T) {
	schema := compile(t)
	document := decode(t, render(t, load.File(t, "testdata/shop.yaml"), catalog.Internal))
	unseen := maps.Clone(optional)
	var walk func(place string, v any)
	check := func(place, change string, want bool) {
		if got := schema.Validate(document) == nil; got != want {
			t.Errorf("%s with %s: accepted: %t, want %t", place, change, got, want)
		}
	}
	walk = func(place string, v any) {
		switch v := v.(type) {
		case []any:
			for i, element := range v {
				v[i] = nil
				check(place, "a null", false)
				v[i] = element
				walk(place, element)
			}
		case map[string]any:
			isOpen := place == "errors.metadata" || place == "errors.example"
			v["unknown"] = "x"
			check(place, "an unknown member", isOpen)
			delete(v, "unknown")
			for _, name := range slices.Sorted(maps.Keys(v)) {
				member := v[name]
				mayLack := slices.Contains(strings.Fields(optional[place]), name)
				if mayLack {
					unseen[place] = strings.Replace(" "+unseen[place]+" ", " "+name+" ", " ", 1)
				}
				delete(v, name)
				check(place, "no "+name, mayLack)
				isParam := place == "errors.example" && mayLack && name != "code" && name != "detail"
				v[name] = nil
				check(place, "null for "+name, isParam)
				v[name] = member
				if !isParam {
					walk(strings.TrimPrefix(place+"."+name, "."), member)
				}
			}
		}
	}
	walk("", document)
	for place, names := range unseen {
		if strings.TrimSpace(names) != "" {
			t.Errorf("no %s of the test catalog has %s", place, names)
		}
	}
}

// TestSchemaRefuses puts wrong values into a file.
func TestSchemaRefuses(t *testing.T) {
	refuses(t, "testdata/shop.yaml", map[string][]any{
		"$comment":                   {"", "a file", "Code generated by errcat (catalog shop, target go). DO NOT EDIT."},
		"schemaVersion":              {json.Number("2"), "1"},
		"name":                       {"", "Shop", "a-b"},
		"title":                      {"", true},
		"fallback":                   {"", "a b"},
		"categories.0.name":          {"", "1"},
		"categories.0.codes.0":       {"1000-1999"},
		"categories.0.codes.0.first": {"", json.Number("1000")},
		"errors.0.name":              {"", "a b", "1"},
		"errors.0.code":              {"", json.Number("1001"), ".x"},
		"errors.0.httpStatus":        {"410", json.Number("99"), json.Number("600"), json.Number("410.5")},
		"errors.0.defaults":          {"title", []any{}, []any{"name"}, []any{"title", "title"}},
		"errors.0.retry":             {"", "always"},
		"errors.0.retryAfter":        {json.Number("3"), json.Number("0"), "3s"},
		"errors.0.severity":          {"fatal"},
		"errors.0.audience":          {"all"},
		"errors.0.tags":              {[]any{"a", "a"}, "a", []any{""}},
		"errors.0.metadata":          {map[string]any{"a": json.Number("1.5")}, map[string]any{"a": json.Number("9007199254740992")}, map[string]any{"a": []any{}}, map[string]any{"a": []any{""}}, map[string]any{"a": map[string]any{}}},
		"metadata.0":                 {"runbook", map[string]any{}},
		"metadata.0.type":            {"text", "enum"},
		"metadata.0.values":          {[]any{"a"}},
		"metadata.1.values":          {[]any{}, []any{"a", "a"}, []any{json.Number("1")}},
		"metadata.0.audience":        {"all"},
		"metadata.0.name":            {"a-b", ""},
		"errors.0.identifiers.go":    {"", "lower", "A-B"},
		"errors.0.params.0.type":     {"text", "integer"},
		"errors.0.params.0.example":  {json.Number("1"), true, []any{}},
		"errors.0.params.1.example":  {"-3", json.Number("0.5"), []any{json.Number("1")}},
		"errors.0.params.5.values":   {[]any{}, []any{"a", "a"}, "a", []any{json.Number("1")}},
		"errors.0.params.6.example":  {"a", []any{json.Number("1")}},
		"errors.0.params.0.name":     {"", "1", "__", "a-b"},
		"errors.0.example":           {"{}", map[string]any{}},
		"reserved.0":                 {map[string]any{}, map[string]any{"name": "A", "codes": []any{map[string]any{"first": "1", "last": "2"}}}, map[string]any{"codes": []any{}}},
		"acceptedTypeUris":           {nil, []any{""}, []any{"a", "a"}, "a"},
		"codeType":                   {"", "integer", "number"},
		"http":                       {false, "true", json.Number("1")},
		"errors.0.aliases.0":         {json.Number("1901")},
		"errors.0.anchor":            {"", json.Number("1001"), "-"},
	})
	refuses(t, "testdata/db.yaml", map[string][]any{
		"http":                {true, nil, "false"},
		"typeUri":             {"https://example.com/{code}"},
		"acceptedTypeUris":    {[]any{"https://example.com/{code}"}},
		"errors.0.httpStatus": {json.Number("409"), json.Number("0"), nil},
		"errors.0.httpReason": {"Conflict"},
		"errors.0.type":       {"about:blank", ""},
		"errors.0.example":    {map[string]any{"type": "about:blank", "title": "Busy", "status": json.Number("409")}, ""},
	})
	const tooLarge = json.Number("9007199254740992")
	refuses(t, "testdata/rpc.yaml", map[string][]any{
		"codeType":                       {"string"},
		"fallback":                       {"0"},
		"categories.0.codes.0.first":     {"-32768", json.Number("0.5")},
		"categories.0.codes.0.last":      {"-32000"},
		"errors.0.code":                  {"-32700", json.Number("1.5"), tooLarge, json.Number("-9007199254740992")},
		"errors.0.aliases.0":             {"1"},
		"errors.0.deprecated.replacedBy": {"0"},
		"errors.3.retired.replacedBy":    {"0"},
		"errors.0.example.code":          {"-32700"},
		"reserved.0.code":                {"-5"},
		"reserved.1.codes.0.first":       {"-9"},
	})
}

// refuses puts each value into the file of a catalog, at its path.
func refuses(t *testing.T, source string, wrong map[string][]any) {
	t.Helper()
	schema := compile(t)
	for path, values := range wrong {
		document := decode(t, render(t, load.File(t, source), catalog.Internal))
		for _, value := range values {
			set(document, strings.Split(path, "."), value)
			if schema.Validate(document) == nil {
				t.Errorf("%s may be %#v", path, value)
			}
		}
	}
}

// set puts a value at a path into a document.
func set(document any, path []string, value any) {
	for ; len(path) > 1; path = path[1:] {
		if list, ok := document.([]any); ok {
			i, _ := strconv.Atoi(path[0])
			document = list[i]
		} else {
			document = document.(map[string]any)[path[0]]
		}
	}
	if list, ok := document.([]any); ok {
		i, _ := strconv.Atoi(path[0])
		list[i] = value
	} else {
		document.(map[string]any)[path[0]] = value
	}
}

// FuzzGenerate puts texts everywhere: the file is valid under its schema, shows
// every character, and has the texts as its values.
func FuzzGenerate(f *testing.F) {
	schema := compile(f)
	for i, s := range hostile.Texts {
		f.Add(s, hostile.Texts[(i+7)%len(hostile.Texts)])
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = catalogtest.Pieces(a), catalogtest.Pieces(b)
		if a == "" || b == "" || strings.ToValidUTF8(a, "\ufffd") == strings.ToValidUTF8(b, "\ufffd") {
			return // no catalog has empty texts, or one tag twice
		}
		data := render(t, hostile.Catalog(a, b), catalog.Public)
		for _, r := range string(data) {
			if !unicode.IsGraphic(r) && r != '\n' {
				t.Errorf("the character %U is not escaped", r)
			}
		}
		document := decode(t, data)
		if err := schema.Validate(document); err != nil {
			t.Errorf("%#v", err)
		}
		if got := document.(map[string]any)["title"]; utf8.ValidString(a) && got != a {
			t.Errorf("the title %q becomes %q", a, got)
		}
		entry := document.(map[string]any)["errors"].([]any)[0].(map[string]any)
		if got := entry["metadata"].(map[string]any)["m"]; utf8.ValidString(a) && utf8.ValidString(b) && got != b {
			t.Errorf("the metadata %q becomes %q", b, got)
		}
	})
}

// The memory grows linearly with the number of errors.
func TestAllocationsGrowLinearly(t *testing.T) {
	catalogtest.GrowsLinearly(t, func(source []byte) func() {
		c := load.Source(t, source)
		return func() { render(t, c, catalog.Public) }
	})
}

func BenchmarkGenerate(b *testing.B) {
	for _, codes := range []int{20, 1000, 10_000} {
		c := load.Source(b, catalogtest.YAML(codes))
		b.Run(fmt.Sprintf("codes=%d", codes), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				render(b, c, catalog.Public)
			}
		})
	}
}

func compile(t testing.TB) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("file:///schema.json", decode(t, jsoncatalog.Schema())); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("file:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func decode(t testing.TB, data []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return v
}

func render(t testing.TB, c *catalog.Catalog, audience catalog.Audience) []byte {
	t.Helper()
	made, err := jsoncatalog.Generate(c, jsoncatalog.Options{Audience: audience})
	if err != nil {
		t.Fatal(err)
	}
	return made[0].Data
}

// TestSchemaVersion checks that the page that describes the format has a row for each
// version, and that the schema has the current one in its name.
func TestSchemaVersion(t *testing.T) {
	page, err := os.ReadFile("../../docs/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| `schemaVersion` |")
	rows := regexp.MustCompile(`(?m)^\| +([0-9]+) +\|`).FindAllStringSubmatch(table, -1)
	if len(rows) != model.SchemaVersion {
		t.Errorf("docs/schema.md has %d versions, the current one is %d", len(rows), model.SchemaVersion)
	}
	for i, row := range rows {
		if row[1] != strconv.Itoa(i+1) {
			t.Errorf("row %d of docs/schema.md is about version %s", i+1, row[1])
		}
	}
	if id := fmt.Sprintf(`"$id": "urn:errcat:json:%d"`, model.SchemaVersion); !strings.Contains(string(jsoncatalog.Schema()), id) {
		t.Errorf("the schema does not have %s", id)
	}
}
