package catalog_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/diag"
)

// addCatalogs adds valid and invalid catalogs to a corpus.
func addCatalogs(f *testing.F) {
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, input := range archive.Files {
			if source := expand(input.Data); strings.HasSuffix(input.Name, ".yaml") && len(source) < 10_000 {
				f.Add(source)
			}
		}
	}
	systems, err := filepath.Glob("../testdata/systems/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range systems {
		source, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(source)
	}
	f.Add([]byte(full))
	f.Add(catalogtest.YAML(3))
}

// FuzzLoad loads anything: the result is a catalog or a report, the same every
// time; the report is in order, with places that are in the file, and prints
// as plain characters.
func FuzzLoad(f *testing.F) {
	addCatalogs(f)
	f.Fuzz(func(t *testing.T, source []byte) {
		c, ds := catalog.Load("catalog.yaml", source)
		checkFindings(t, source, c, ds)
		text := report(t, "catalog.yaml", source, ds)
		for line := range strings.SplitSeq(text, "\n") {
			if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 || !utf8.ValidString(line) {
				t.Errorf("the line %q of the report has something other than printable characters at %d", line, i)
			}
		}
		c2, ds2 := catalog.Load("catalog.yaml", source)
		if !reflect.DeepEqual(ds, ds2) || (c == nil) != (c2 == nil) {
			t.Errorf("two runs give %v and %v", ds, ds2)
		}
		if c != nil {
			checkCatalog(t, c)
		}
	})
}

// checkMetadata checks the metadata of an error.
func checkMetadata(t *testing.T, c *catalog.Catalog, e *catalog.Error) {
	t.Helper()
	next := 0
	for _, m := range e.Metadata {
		if texts := m.Texts(); c.Metadata != nil && (len(texts) == 0 || texts[0] == "") {
			t.Errorf("the metadata %s of %s is empty", m.Key, e.Name)
		}
		if c.Metadata == nil {
			if _, ok := m.Value.(string); !ok || m.Field != nil {
				t.Errorf("the undeclared metadata %s of %s is %#v of %v", m.Key, e.Name, m.Value, m.Field)
			}
			continue
		}
		i := slices.Index(c.Metadata, m.Field)
		if i < next || m.Field.Name != m.Key {
			t.Errorf("the metadata of %s are %v", e.Name, e.Metadata)
		}
		next = i + 1
	}
	for _, f := range c.Metadata {
		if f.Required && !slices.ContainsFunc(e.Metadata, func(m catalog.Metadatum) bool { return m.Field == f }) {
			t.Errorf("%s has no %s", e.Name, f.Name)
		}
	}
}

// checkCatalog checks what targets rely on.
func checkCatalog(t *testing.T, c *catalog.Catalog) {
	identifiers := make(map[string]string)
	claim := func(id, of string) {
		if id == "" {
			t.Errorf("%s has no identifier", of)
		} else if other := identifiers[id]; other != "" {
			t.Errorf("%s is the identifier of %s and %s", id, other, of)
		}
		identifiers[id] = of
	}
	if len(c.Errors) == 0 || len(c.Categories) == 0 || c.Name == "" || c.Title == "" || c.GoPackage == "" {
		t.Errorf("the catalog lacks something: %+v", c)
	}
	if c.NoHTTP && (c.TypeURI != "" || c.AcceptedTypeURIs != nil) {
		t.Errorf("a catalog without HTTP has the type URIs %q and %q", c.TypeURI, c.AcceptedTypeURIs)
	}
	seen := map[string]bool{"": true, c.TypeURI: true}
	for _, uri := range c.AcceptedTypeURIs {
		if seen[uri] {
			t.Errorf("the type URI %q occurs twice", uri)
		}
		seen[uri] = true
	}
	for _, category := range c.Categories {
		claim("go "+category.GoName, category.Name)
	}
	for _, e := range c.Errors {
		checkMetadata(t, c, e)
		if e.Code == "" || e.Title == "" || len(e.Message.Segments) == 0 || e.Category == nil || e.Retry == "" || e.Severity == "" || e.Audience == "" || e.Anchor == "" {
			t.Errorf("the error lacks something: %+v", e)
		}
		if (e.HTTPStatus == 0) != c.NoHTTP || e.HTTPStatus != 0 && e.HTTPStatus < 100 {
			t.Errorf("%s has the HTTP status %d", e.Name, e.HTTPStatus)
		}
		claim("go "+e.GoName, e.Name)
		claim("ts "+e.TypeScriptName, e.Name)
		claim("code "+e.Code, e.Name)
		for _, alias := range e.Aliases {
			claim("code "+alias.Code, e.Name)
		}
		if e.HasStruct() {
			claim("go "+e.GoStruct(), e.Name)
		}
		if e.HasConstructor() {
			claim("go "+e.GoConstructor(), e.Name)
		}
		for _, former := range e.FormerNames {
			if former.GoName != "" {
				claim("go "+former.GoName, former.Name)
			}
			if former.TypeScriptName != "" {
				claim("ts "+former.TypeScriptName, former.Name)
			}
		}
		fields := make(map[string]bool)
		for _, p := range e.Params {
			if p.Name == "" || p.Type == "" || p.GoField == "" || p.GoArg == "" || fields[p.GoField] || fields[p.GoArg] {
				t.Errorf("the param of %s lacks something: %+v", e.Name, p)
			}
			fields[p.GoField], fields[p.GoArg] = true, true
		}
	}
	for _, e := range c.ForAudience(catalog.Public).Errors {
		if e.Audience == catalog.Internal {
			t.Errorf("%s is public", e.Name)
		}
	}
}

// FuzzPlaces writes a message in each style that YAML has, and checks that
// the reported place of a brace is the place of the brace.
func FuzzPlaces(f *testing.F) {
	f.Add("a } b {", "x")
	f.Add("one\n  two }\n\n\tthree { 日本 }}}\n", "é\u2028")
	f.Add("'it''s' \"{a b}\" \\} \x1b}\u0085{\u2028}\u2029 \r\n }", "x: 'y'")
	f.Add(" }\n }\n", "")
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, message, before string) {
		message, before = catalogtest.Pieces(message), catalogtest.Pieces(before)
		if !utf8.ValidString(message) || !utf8.ValidString(before) || strings.ContainsAny(message+before, "\x00\uFFFE\uFFFF") || strings.TrimSpace(message) == "" {
			t.Skip("not in a catalog")
		}
		for _, style := range []yaml.Style{0, yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle, yaml.LiteralStyle, yaml.FoldedStyle} {
			source, err := yaml.Marshal(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{
				scalar("version"), {Kind: yaml.ScalarNode, Value: "1"},
				scalar("catalog"), {Kind: yaml.MappingNode, Content: []*yaml.Node{scalar("name"), scalar("shop")}},
				scalar("errors"), {Kind: yaml.MappingNode, Content: []*yaml.Node{
					scalar("A"), {Kind: yaml.MappingNode, Content: []*yaml.Node{
						scalar("http_status"), {Kind: yaml.ScalarNode, Value: "409"},
						scalar("description"), scalar(before),
						scalar("message"), {Kind: yaml.ScalarNode, Tag: "!!str", Value: message, Style: style},
					}},
				}},
			}})
			if err != nil {
				continue
			}
			var again struct {
				Errors map[string]struct{ Message string }
			}
			if yaml.Unmarshal(source, &again) != nil || again.Errors["A"].Message != message {
				continue // The writer of YAML got it wrong.
			}
			_, ds := catalog.Load("catalog.yaml", source)
			lines := bytes.Split(source, []byte("\n"))
			for _, d := range ds {
				if d.Rule != diag.RuleInvalidPlaceholder && d.Rule != diag.RuleUndeclaredParam {
					continue
				}
				place := string([]rune(string(lines[d.Pos.Line-1]))[d.Pos.Col-1:])
				if !strings.HasPrefix(place, "{") && !strings.HasPrefix(place, "}") && !strings.HasPrefix(place, `\`) {
					t.Errorf("%s: %s, but the place is %q\n%s", d.Pos, d.Message, place, source)
				}
			}
		}
	})
}

func scalar(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }
