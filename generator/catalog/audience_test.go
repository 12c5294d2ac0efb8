package catalog_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
)

func TestForAudience(t *testing.T) {
	c := load(t, `
version: 1
catalog: {name: shop}
categories:
  order: {http_status: 409}
  hidden: {http_status: 500, audience: internal}
errors:
  A: {category: order, deprecated: {replaced_by: SECRET}}
  SECRET: {category: order, audience: internal, deprecated: {replaced_by: A}}
  B: {category: order, retired: {since: "2", replaced_by: A}, params: {p: string}, message: "{p}"}
  DEEP: {category: hidden}
reserved: [{code: X}]
outputs: [{target: go, path: gen}]
`)
	if all := c.ForAudience(catalog.Internal); all != c {
		t.Error("the whole catalog is a copy")
	}
	public := c.ForAudience(catalog.Public)
	names := func(errors []*catalog.Error) string {
		var names []string
		for _, e := range errors {
			names = append(names, e.Name)
		}
		return strings.Join(names, " ")
	}
	if got := names(public.Errors); got != "A B" {
		t.Errorf("the public errors are %s", got)
	}
	if len(public.Categories) != 1 || public.Categories[0].Name != "order" || names(public.Categories[0].Errors) != "A B" {
		t.Errorf("the public categories are %+v", public.Categories)
	}
	a, b := public.Errors[0], public.Errors[1]
	if a.Deprecated == nil || a.Deprecated.ReplacedBy != nil {
		t.Errorf("A is replaced by %v", a.Deprecated.ReplacedBy)
	}
	if b.Retired.ReplacedBy != a || b.Retired.Since != "2" || b.Category != public.Categories[0] || b.Message.Segments[0].Param != b.Params[0] {
		t.Errorf("B is %+v", b)
	}
	if len(public.Reserved) != 1 || len(public.Outputs) != 1 {
		t.Error("the rest of the catalog is lost")
	}
	if got := names(c.Errors) + ", " + names(c.Categories[0].Errors); got != "A SECRET B DEEP, A SECRET B" || c.Errors[0].Deprecated.ReplacedBy != c.Errors[1] {
		t.Errorf("the catalog itself has changed: %s", got)
	}

	// An unused category stays; one that has only internal errors does not.
	c = load(t, "version: 1\ncatalog: {name: shop, fallback: A}\nerrors: {A: {http_status: 409}}\n")
	if public := c.ForAudience(catalog.Public); public != c || public.Fallback != c.Errors[0] {
		t.Error("a public catalog is not its own public form")
	}
}
