package workspace

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// Member is a catalog that is used together with others.
type Member struct {
	*catalog.Catalog
	// Pos is the place that names the catalog.
	Pos diag.Position
}

// Check returns what makes catalogs confusable: two with the same name, and errors
// of two that are the same on the wire.
func Check(members []Member) diag.Diagnostics {
	var ds diag.Diagnostics
	byName := make(map[string]Member)
	byIdentity := make(map[identity]*catalog.Error)
	for _, m := range members {
		if other, ok := byName[m.Name]; ok {
			d := diag.New(diag.RuleSharedCatalogName, m.Pos, "give each catalog a name of its own: it is in the header of each generated file", "two catalogs have the name %s", diag.Quote(m.Name))
			d.Notes = append(d.Notes, diag.Note{Pos: other.Pos, Message: "the other one is here"})
			ds = append(ds, d)
			continue
		}
		byName[m.Name] = m
		ds = append(ds, sharedIdentities(m, byIdentity)...)
	}
	return ds
}

// identity is what identifies an error on the wire.
type identity struct{ uri, code string }

// sharedIdentities returns a finding if errors of the catalog are the same on the
// wire as those of others, and adds the rest.
func sharedIdentities(m Member, byIdentity map[identity]*catalog.Error) diag.Diagnostics {
	if m.NoHTTP {
		return nil
	}
	var clashes []*catalog.Error
	var first *catalog.Error
	mine := make(map[identity]*catalog.Error)
	for _, e := range m.Errors {
		for _, code := range append([]string{e.Code}, aliasesOf(e)...) {
			id := identity{strings.NewReplacer("{code}", e.Code, "{name}", e.Name).Replace(m.TypeURI), code}
			if other := byIdentity[id]; other != nil && other.Audience == catalog.Public && e.Audience == catalog.Public {
				if first == nil {
					first = other
				}
				clashes = append(clashes, e)
				break
			}
			mine[id] = e
		}
	}
	for id, e := range mine {
		if byIdentity[id] == nil {
			byIdentity[id] = e
		}
	}
	if len(clashes) == 0 {
		return nil
	}
	with := "the type " + diag.Quote(m.TypeURI)
	if m.TypeURI == "" {
		with = "no type"
	}
	d := diag.New(diag.RuleSharedTypeURI, clashes[0].Pos, "give each catalog a type_uri of its own", "clients cannot tell %s from an error of another catalog: both have the code %s and %s",
		shown(clashes), diag.Quote(clashes[0].Code), with)
	d.Notes = append(d.Notes, diag.Note{Pos: first.Pos, Message: "the other error is here"})
	return diag.Diagnostics{d}
}

// shown names the errors in a message.
func shown(errors []*catalog.Error) string {
	var names []string
	for _, e := range errors[:min(3, len(errors))] {
		names = append(names, e.Name)
	}
	if more := len(errors) - len(names); more > 0 {
		names = append(names, "and others")
	}
	return strings.Join(names, ", ")
}

// aliasesOf returns the aliases of an error.
func aliasesOf(e *catalog.Error) []string {
	var codes []string
	for _, a := range e.Aliases {
		codes = append(codes, a.Code)
	}
	return codes
}

// Accepts returns a function that reports whether an error is selected.
func (s Selection) Accepts(e *catalog.Error) bool {
	return contains(s.Categories, e.Category.Name) ||
		slices.ContainsFunc(e.Tags, func(tag string) bool { return contains(s.Tags, tag) })
}

func contains(words []Word, text string) bool {
	return slices.ContainsFunc(words, func(w Word) bool { return w.Text == text })
}

// IsEmpty reports whether everything is selected.
func (s Selection) IsEmpty() bool { return len(s.Categories)+len(s.Tags) == 0 }

// CheckSelection returns what is selected and not in the catalog.
func (c Catalog) CheckSelection(all *catalog.Catalog) diag.Diagnostics {
	var categories, tags []string
	for _, category := range all.Categories {
		categories = append(categories, category.Name)
	}
	for _, e := range all.Errors {
		tags = append(tags, e.Tags...)
	}
	return append(unknown("category", c.Only.Categories, categories), unknown("tag", c.Only.Tags, tags)...)
}

// unknown returns the words that are not among the known ones.
func unknown(kind string, words []Word, known []string) diag.Diagnostics {
	slices.Sort(known)
	known = slices.Compact(known)
	var ds diag.Diagnostics
	for _, w := range words {
		if slices.Contains(known, w.Text) {
			continue
		}
		help := "those of the catalog are " + diag.Clip(strings.Join(known, ", "), 200)
		if near := diag.Nearest(w.Text, known); near != "" {
			help = "did you mean " + near + "?"
		}
		if len(known) == 0 {
			help = "remove it"
		}
		ds = append(ds, diag.New(diag.RuleUnknownSelection, w.Pos, help, "the catalog has no %s %s", kind, diag.Quote(w.Text)))
	}
	return ds
}
