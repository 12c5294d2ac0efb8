package catalog_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
)

// A part of a catalog has the selected errors and the fallback, and says in a text
// what replaces an error if that is not in the part.
func TestSelect(t *testing.T) {
	c, ds := catalog.Load("catalog.yaml", []byte(`version: 1
catalog: {name: platform, fallback: FAILED}
categories: {auth: {http_status: 401}, other: {http_status: 500}, empty: {http_status: 400}, unused: {http_status: 400}}
errors:
  OLD: {category: auth, deprecated: {reason: "It was *old*.", replaced_by: NEW}}
  OLDER: {category: auth, retired: {reason: Older, replaced_by: OTHER}}
  NEW: {category: auth}
  OTHER: {category: other, code: "_1_"}
  FAILED: {category: other}
  X: {category: empty}
`))
	if c == nil {
		t.Fatal(ds)
	}
	part := c.Select(func(e *catalog.Error) bool { return e.Category.Name == "auth" })
	var names, categories []string
	for _, e := range part.Errors {
		names = append(names, e.Name)
	}
	for _, category := range part.Categories {
		categories = append(categories, category.Name)
		if category.Name == "other" && len(category.Errors) != 1 {
			t.Errorf("the category of the fallback has %d errors", len(category.Errors))
		}
	}
	if strings.Join(names, " ") != "OLD OLDER NEW FAILED" || strings.Join(categories, " ") != "auth other unused" {
		t.Errorf("the part has %q in %q", names, categories)
	}
	if part.Fallback != part.Errors[3] || part.Fallback == c.Fallback {
		t.Error("the fallback is not that of the part")
	}
	if got := part.Errors[0].Deprecated; got.ReplacedBy != part.Errors[2] || got.Reason.Source() != "It was *old*." {
		t.Errorf("a replacement in the part has become %+v", got)
	}
	if got := part.Errors[1].Retired; got.ReplacedBy != nil || got.Reason.Source() != "Older\n\nIt was replaced by `_1_` (`OTHER`)." {
		t.Errorf("a replacement outside of the part has become %q", got.Reason.Source())
	}
	if len(c.Errors) != 6 || c.Errors[1].Retired.ReplacedBy == nil {
		t.Error("the catalog itself has changed")
	}
}

func TestResembles(t *testing.T) {
	for text, want := range map[string]bool{
		"":                          true,
		"# nothing yet\n\n---\n":    true,
		"version: 1\n":              true,
		"# a\ncatalog: {name: a}\n": true,
		"errors:\n":                 true,
		"\ufeffversion: 1":          true,
		`{"version": 1}`:            true,
		"{ catalog: {} }":           true,
		"'errors' : {}":             true,
		"{\n  \"version\": 1,\n  \"catalog\": {\"name\": \"a\"}\n}\n":                    true,
		"\ufeff{\r\n\t\"$schema\": \"x\",\r\n\t\"errors\": {}\r\n}":                      true,
		"# a\n--- {\nversion: 1,\ncatalog: {name: a}}":                                   true,
		`{"$schema": "` + strings.Repeat("x", 1<<20) + `", "version": 1, "catalog": {}}`: true,
		"{\n  \"name\": \"a\",\n  \"version\": \"1.0.0\"\n}\n":                           false,
		"kind: Component\nspec:\n{\n  catalog: 1}":                                       false,
		"apiVersion: v1\nkind: Component\nmetadata: {}\n":                                false,
		"metadata:\n  version: 1\n":                                                      false,
		"items:\n  - version: 1\n":                                                       false,
		strings.Repeat("x", 1<<20) + "\nversion: 1\n":                                    true,
	} {
		if got, err := catalog.Resembles(strings.NewReader(text)); err != nil || got != want {
			t.Errorf("%.40q: got %t, %v, want %t", text, got, err, want)
		}
	}
}
