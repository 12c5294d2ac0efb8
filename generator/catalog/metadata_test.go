package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/prose"
)

const withMetadata = `
version: 1
catalog: {name: shop}
metadata:
  sql_state: {type: string, title: SQLSTATE, description: "*Five* characters.", pattern: "[0-9A-Z]{5}", required: true}
  runbook: {type: url, audience: internal}
  kind: {type: enum, values: [a, "3"]}
  n: integer
  flag: boolean
  list: "string[]"
categories:
  all: {http_status: 409, metadata: {list: [x], sql_state: "00000", n: 7, flag: true}}
  bare: {http_status: 409}
errors:
  DEFAULTS: {category: all, owner: team}
  OWN: {category: all, metadata: {kind: "3", list: [b, a], flag: false, n: 0, runbook: "https://example.com/?a=b"}}
  BARE: {category: bare, metadata: {sql_state: 42P01}}
`

// TestMetadata checks the declarations, and that an error has its own value for a
// key, else that of its category, in the order of the declarations.
func TestMetadata(t *testing.T) {
	c := load(t, withMetadata)
	want := []*catalog.MetadataField{
		{Name: "sql_state", Type: "string", Title: "SQLSTATE", Description: prose.Parse("*Five* characters."), Pattern: "[0-9A-Z]{5}", Required: true, Audience: "public", GoField: "SQLState"},
		{Name: "runbook", Type: "url", Title: "Runbook", DefaultTitle: true, Audience: "internal", GoField: "Runbook"},
		{Name: "kind", Type: "enum", Title: "Kind", DefaultTitle: true, Values: []string{"a", "3"}, Audience: "public", GoField: "Kind"},
		{Name: "n", Type: "integer", Title: "N", DefaultTitle: true, Audience: "public", GoField: "N"},
		{Name: "flag", Type: "boolean", Title: "Flag", DefaultTitle: true, Audience: "public", GoField: "Flag"},
		{Name: "list", Type: "string[]", Title: "List", DefaultTitle: true, Audience: "public", GoField: "List"},
	}
	for i, f := range c.Metadata {
		if f.Pos.Line != 5+i || f.Pos.Col != 3 {
			t.Errorf("%s is declared at %s", f.Name, f.Pos)
		}
		want[i].Pos = f.Pos
	}
	if diff := cmp.Diff(want, c.Metadata, cmp.AllowUnexported(prose.Text{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for i, want := range []string{
		`sql_state="00000" n=7 flag=true list=["x"]`,
		`sql_state="00000" runbook="https://example.com/?a=b" kind="3" n=0 flag=false list=["b" "a"]`,
		`sql_state="42P01"`,
	} {
		if got := showMetadata(c.Errors[i]); got != want {
			t.Errorf("%s has %s, want %s", c.Errors[i].Name, got, want)
		}
		for _, m := range c.Errors[i].Metadata {
			if m.Field == nil || m.Field.Name != m.Key || !slices.Contains(c.Metadata, m.Field) {
				t.Errorf("%s: the key %s has the field %v", c.Errors[i].Name, m.Key, m.Field)
			}
		}
	}
	if got := catalog.MetadataTypes(); fmt.Sprint(got) != "[string integer boolean url enum string[]]" {
		t.Errorf("the types are %v", got)
	}
}

func showMetadata(e *catalog.Error) string {
	var values []string
	for _, m := range e.Metadata {
		values = append(values, fmt.Sprintf("%s=%#v", m.Key, m.Value))
	}
	return strings.NewReplacer("[]string{", "[", `", "`, `" "`, "}", "]").Replace(strings.Join(values, " "))
}

// TestUndeclaredMetadata checks that the keys of an error come before those of its
// category if the catalog declares none.
func TestUndeclaredMetadata(t *testing.T) {
	c := load(t, `
version: 1
catalog: {name: shop}
categories: {all: {http_status: 409, metadata: {team: a, runbook: b}}}
errors:
  A: {category: all, metadata: {z: "", team: c}}
  B: {category: all}
`)
	if c.Metadata != nil {
		t.Errorf("the catalog declares %v", c.Metadata)
	}
	for i, want := range []string{`z="" team="c" runbook="b"`, `team="a" runbook="b"`} {
		if got := showMetadata(c.Errors[i]); got != want {
			t.Errorf("%s has %s, want %s", c.Errors[i].Name, got, want)
		}
		if public := c.ForAudience(catalog.Public).Errors[i]; len(public.Metadata) > 0 {
			t.Errorf("everybody can see %s", showMetadata(public))
		}
	}
	// An empty section declares that there is none.
	if c := load(t, head+"  A: {http_status: 409}\nmetadata: {}\n"); c.Metadata == nil || len(c.Metadata) > 0 {
		t.Errorf("the catalog declares %v", c.Metadata)
	}
}

// TestPublicMetadata checks that owners and internal metadata are for the audience
// internal only, in a catalog without internal errors.
func TestPublicMetadata(t *testing.T) {
	c := load(t, withMetadata)
	if c.ForAudience(catalog.Internal) != c {
		t.Error("the whole catalog is a copy")
	}
	public := c.ForAudience(catalog.Public)
	if len(public.Metadata) != 5 || slices.ContainsFunc(public.Metadata, func(f *catalog.MetadataField) bool { return f.Name == "runbook" }) {
		t.Errorf("everybody can see the keys %v", public.Metadata)
	}
	if got, want := showMetadata(public.Errors[1]), `sql_state="00000" kind="3" n=0 flag=false list=["b" "a"]`; got != want {
		t.Errorf("everybody can see %s, want %s", got, want)
	}
	if public.Errors[0].Owner != "" || c.Errors[0].Owner != "team" || len(c.Metadata) != 6 || len(c.Errors[1].Metadata) != 6 {
		t.Error("the owner is public, or the catalog itself has changed")
	}
	for source, hasSecrets := range map[string]bool{
		"  A: {http_status: 409, metadata: {k: v}}\nmetadata: {k: string}\n":                             false,
		"  A: {http_status: 409, metadata: {k: v}}\nmetadata: {k: {type: string, audience: internal}}\n": true,
		"  A: {http_status: 409, owner: x}\n":                                                            true,
		"  A: {http_status: 409, metadata: {k: v}}\n":                                                    true,
		"  A: {http_status: 409, metadata: {}}\n":                                                        false,
		"  A: {http_status: 409, metadata: {k: v, l: w}}\nmetadata: {k: string, l: string}\n":            false,
	} {
		c := load(t, head+source)
		if got := c.ForAudience(catalog.Public) != c; got != hasSecrets {
			t.Errorf("%q has secrets: %t, want %t", source, got, hasSecrets)
		}
	}
}

func TestMetadataTexts(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string
	}{{"a, b", `["a, b"]`}, {int64(-3), `["-3"]`}, {true, `["true"]`}, {[]string{"a", "b"}, `["a" "b"]`}} {
		if got := fmt.Sprintf("%q", catalog.Metadatum{Value: test.value}.Texts()); got != test.want {
			t.Errorf("the texts of %v are %s, want %s", test.value, got, test.want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a value of another type has texts")
		}
	}()
	catalog.Metadatum{Value: 1.5}.Texts()
}

// TestManyMissingMetadata checks that a required key that nobody has is one
// finding.
func TestManyMissingMetadata(t *testing.T) {
	source := "version: 1\ncatalog: {name: shop}\nmetadata: {team: {type: string, required: true}}\nerrors:\n"
	for i := range 1000 {
		source += fmt.Sprintf("  A%d: {http_status: 409}\n", i)
	}
	_, ds := catalog.Load("catalog.yaml", []byte(source))
	if len(ds) != 1 || ds[0].Rule != diag.RuleMissingMetadata || !strings.HasPrefix(ds[0].Message, "1000 errors have no team") || len(ds[0].Notes) != 3 {
		t.Errorf("the findings are %v", ds)
	}
}
