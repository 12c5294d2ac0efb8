package compat

import (
	"fmt"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// CatalogRemoved returns the change of a workspace that no longer has a catalog. The
// place is the file that names the catalogs, or the catalog that is left without one.
func CatalogRemoved(old *catalog.Catalog, file string, isWorkspace bool) Change {
	where := "errcat.yaml"
	if !isWorkspace {
		where = "an errcat.yaml that names the catalogs which are left"
	}
	d := diag.New(diag.RuleCatalogRemoved, diag.Position{File: file}, fmt.Sprintf("keep the catalog until no client uses its errors; to accept the removal, add { rule: catalog-removed, to: %s, reason: ... } to accept: of %s", yamldoc.Spell(old.Name, true), where),
		"the catalog %s was removed", diag.Quote(old.Name))
	for _, e := range old.Errors[:min(1, len(old.Errors))] {
		d.Notes = []diag.Note{{Pos: diag.Position{File: e.Pos.File}, Message: "it was here"}}
	}
	return Change{Diagnostic: d, Breaks: Wire | Go | TypeScript | Links, From: old.Name, To: old.Name}
}

// CatalogAdded returns the change that a catalog is new.
func CatalogAdded(c *catalog.Catalog, file string) Change {
	return Change{Diagnostic: diag.New(diag.RuleCatalogAdded, diag.Position{File: file}, "", "the catalog %s is new", diag.Quote(c.Name)), To: c.Name}
}
