package workspace

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// Use is a catalog that is used together with others.
type Use struct {
	*catalog.Catalog
	// Pos is the place that names the catalog.
	Pos diag.Position
	// Outputs are what is made of the catalog, with paths relative to Dir.
	Outputs []catalog.Output
	Dir     string
}

// Check returns what makes catalogs confusable: two with the same name, errors of
// two that clients cannot tell apart, and outputs of two with the same path or Go
// package.
func Check(members []Use) diag.Diagnostics {
	var ds diag.Diagnostics
	byName := make(map[string]Use)
	var readers []*reading
	for _, m := range members {
		if other, ok := byName[m.Name]; ok {
			d := diag.New(diag.RuleSharedCatalogName, m.Pos, "give each catalog a name of its own: it is in the header of each generated file", "two catalogs have the name %s", diag.Quote(m.Name))
			d.Notes = append(d.Notes, diag.Note{Pos: other.Pos, Message: "the other one is here"})
			ds = append(ds, d)
			continue
		}
		byName[m.Name] = m
		if m.NoHTTP {
			continue
		}
		r := newReading(m.Catalog)
		for _, other := range readers {
			if d, ok := confusion(r, other); ok {
				ds = append(ds, d)
			}
		}
		readers = append(readers, r)
	}
	return append(ds, sharedOutputs(members)...)
}

// reading is how clients of a catalog read the problems that they receive.
type reading struct {
	*catalog.Catalog
	byCode, byName map[string]*catalog.Error
	types          []typePattern
}

// typePattern matches the types of a template.
type typePattern struct {
	template, prefix string
	pattern          *regexp.Regexp
	code, name       int // the groups of the pattern, 0 if there is none
}

func newReading(c *catalog.Catalog) *reading {
	r := &reading{Catalog: c, byCode: make(map[string]*catalog.Error), byName: make(map[string]*catalog.Error)}
	for _, e := range c.Errors {
		r.byCode[e.Code], r.byName[e.Name] = e, e
		for _, a := range e.Aliases {
			r.byCode[a.Code] = e
		}
		for _, n := range e.Synonyms {
			r.byName[n.Name] = e
		}
		for _, n := range e.FormerNames {
			r.byName[n.Name] = e
		}
	}
	for _, template := range r.templates() {
		text := regexp.QuoteMeta(template)
		text = strings.Replace(text, regexp.QuoteMeta("{code}"), `(?P<code>-?\w[\w.:/-]*)`, 1)
		text = strings.Replace(text, regexp.QuoteMeta("{name}"), `(?P<name>[\w.-]+)`, 1)
		pattern := regexp.MustCompile("^" + text + "$")
		prefix, _, _ := strings.Cut(template, "{")
		r.types = append(r.types, typePattern{template, prefix, pattern, max(0, pattern.SubexpIndex("code")), max(0, pattern.SubexpIndex("name"))})
	}
	return r
}

// templates returns the templates of the types that are read.
func (r *reading) templates() []string {
	if r.TypeURI == "" {
		return r.AcceptedTypeURIs
	}
	return append([]string{r.TypeURI}, r.AcceptedTypeURIs...)
}

// read returns the error of the catalog that a problem is taken for, and the
// template that its type fits. It returns nil if the catalog does not have it. The
// code or the name in the type decide, then the code of the problem.
func (r *reading) read(uri, code string) (*catalog.Error, string) {
	if uri == "" { // about:blank
		if r.TypeURI == "" {
			return r.byCode[code], ""
		}
		return nil, ""
	}
	for _, t := range r.types {
		if !strings.HasPrefix(uri, t.prefix) {
			continue
		}
		groups := t.pattern.FindStringSubmatch(uri)
		switch {
		case groups == nil:
		case t.code > 0 && r.byCode[groups[t.code]] != nil:
			return r.byCode[groups[t.code]], t.template
		case t.name > 0 && r.byName[groups[t.name]] != nil:
			return r.byName[groups[t.name]], t.template
		case t.code == 0 && r.byCode[code] != nil:
			return r.byCode[code], t.template
		}
	}
	return nil, ""
}

// clash is an error that clients of another catalog take for one of theirs.
type clash struct {
	mine, other *catalog.Error
	// uri is the type of mine, code its code; fits is the template of the other
	// catalog that the type fits.
	uri, code, fits string
}

// clashes returns the public errors of a catalog that clients of another one take for
// theirs.
func clashes(mine, other *reading) []clash {
	templates := mine.templates()
	if mine.TypeURI == "" {
		templates = append([]string{""}, templates...)
	}
	var found []clash
	for _, e := range mine.Errors {
		if e.Audience != catalog.Public {
			continue
		}
		if c, ok := clashOf(e, templates, other); ok {
			found = append(found, c)
		}
	}
	return found
}

// clashOf returns the clash of an error, if there is one.
func clashOf(e *catalog.Error, templates []string, other *reading) (clash, bool) {
	for _, template := range templates {
		for _, code := range append([]string{e.Code}, aliasesOf(e)...) {
			uri := strings.NewReplacer("{code}", code, "{name}", e.Name).Replace(template)
			if taken, fits := other.read(uri, code); taken != nil && taken.Audience == catalog.Public {
				return clash{e, taken, uri, code, fits}, true
			}
		}
	}
	return clash{}, false
}

// confusion returns a finding in the later one of two catalogs if clients take errors
// of one for errors of the other.
func confusion(later, earlier *reading) (diag.Diagnostic, bool) {
	found := clashes(later, earlier)
	if len(found) == 0 {
		for _, c := range clashes(earlier, later) {
			found = append(found, clash{c.other, c.mine, c.uri, c.code, c.fits})
		}
	}
	if len(found) == 0 {
		return diag.Diagnostic{}, false
	}
	var mine []*catalog.Error
	for _, c := range found {
		mine = append(mine, c.mine)
	}
	first := found[0]
	why := "both have the code " + diag.Quote(first.code) + " and no type"
	switch {
	case first.uri == "":
	case later.TypeURI == earlier.TypeURI && first.fits == later.TypeURI && first.mine.Code == first.other.Code:
		why = "both have the code " + diag.Quote(first.code) + " and the type " + diag.Quote(later.TypeURI)
	default:
		why = "the type " + diag.Quote(first.uri) + " of one fits " + diag.Quote(first.fits) + " of the other"
	}
	d := diag.New(diag.RuleSharedTypeURI, first.mine.Pos, "give each catalog a type_uri of its own", "clients cannot tell %s from an error of another catalog: %s", shown(mine), why)
	d.Notes = append(d.Notes, diag.Note{Pos: first.other.Pos, Message: "the other error is here"})
	return d, true
}

// place is where an output is made.
type place struct {
	member int
	output catalog.Output
}

// sharedOutputs returns findings about outputs of two catalogs with the same path,
// or the same Go package.
func sharedOutputs(members []Use) diag.Diagnostics {
	var ds diag.Diagnostics
	paths, packages := make(map[string]place), make(map[string]place)
	for i, m := range members {
		for _, o := range m.Outputs {
			here := place{i, o}
			path := filepath.Join(m.Dir, filepath.FromSlash(o.Path))
			key := strings.ToLower(path)
			if !generator.IsFile(o) {
				// A folder can have outputs of several targets, and of several templates.
				if o.Target == "template" {
					continue
				}
				key += string(filepath.Separator) + o.Target
			}
			if other, ok := paths[key]; ok && other.member != i {
				ds = append(ds, shared(diag.RuleSharedOutputPath, here, other, "give each catalog a path of its own", "outputs of two catalogs have the path %s", diag.Quote(filepath.ToSlash(path))))
				continue
			} else if !ok {
				paths[key] = here
			}
			if o.Target != "go" {
				continue
			}
			name := m.GoPackage
			for _, option := range o.Options {
				if option.Key == "package" {
					name = option.Value
				}
			}
			other, ok := packages[name]
			if !ok {
				packages[name] = here
			}
			if level := m.Levels[diag.RuleSharedPackage.ID()]; ok && other.member != i && level != diag.LevelOff {
				d := shared(diag.RuleSharedPackage, here, other, "choose another one with package: NAME", "two catalogs have a Go package %s: code that uses both has to rename one, and logs do not tell their types apart", diag.Quote(name))
				if level == diag.LevelError {
					d.Severity = diag.Error
				}
				ds = append(ds, d)
			}
		}
	}
	return ds
}

// shared returns a finding about two outputs.
func shared(rule diag.Rule, here, other place, help, format string, args ...any) diag.Diagnostic {
	d := diag.New(rule, here.output.PathPos, help, format, args...)
	d.Notes = append(d.Notes, diag.Note{Pos: other.output.PathPos, Message: "the other one is here"})
	return d
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
