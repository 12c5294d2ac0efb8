// Package workspace opens the catalogs that somebody works on: those that are named,
// or those that errcat.yaml names, which are the catalogs of a repository and those
// of others that it uses. It says what makes several catalogs confusable.
package workspace

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// FileName is the name of the file that describes a workspace.
const FileName = "errcat.yaml"

// Workspace is what an errcat.yaml says.
type Workspace struct {
	// Catalogs in the order of the file.
	Catalogs []Catalog
	// Accept says which catalogs were removed, and why that is meant.
	Accept []catalog.Acceptance

	// isComplete means that the Catalogs are all that the file names.
	isComplete bool
}

// Catalog is a catalog of a workspace.
type Catalog struct {
	// Source is the path of the catalog, with slashes and relative to the folder of
	// the workspace, or mod:MODULE/PATH or mod:MODULE@VERSION/PATH.
	Source string
	// Module is the folder or the module file from which the go command finds the
	// module of a Source that begins with mod:, relative to the folder of the
	// workspace.
	Module string
	// Only selects errors. The zero value selects all.
	Only Selection
	// Outputs replace those that the catalog has itself, unless HasOutputs is false.
	Outputs    []catalog.Output
	HasOutputs bool
	// Pos is the place of Source.
	Pos diag.Position
}

// Selection is a part of a catalog: the errors that are in one of the
// Categories, or have one of the Tags. The fallback belongs to every part.
type Selection struct {
	Categories, Tags []Word
}

// Word is a name in the file.
type Word struct {
	Text string
	Pos  diag.Position
}

// IsForeign reports whether the catalog belongs to another module.
func (c Catalog) IsForeign() bool { return strings.HasPrefix(c.Source, "mod:") }

// Load reads an errcat.yaml. It returns the workspace, or none and every problem
// if the source breaks a rule, sorted by position. The file name appears in the
// positions; nothing is read from it.
func Load(file string, source []byte) (*Workspace, diag.Diagnostics) {
	w, ds := read(file, source)
	if ds.HasErrors() {
		return nil, ds
	}
	return w, ds
}

// ReadBaseline reads an earlier version of an errcat.yaml, in order to compare with
// it: rules that are newer than the version may refuse it. It returns the workspace
// as far as it can be understood, and what is wrong with it. The workspace is nil if
// a catalog cannot be read, or if it has another version of the format.
func ReadBaseline(file string, source []byte) (*Workspace, diag.Diagnostics) {
	w, ds := read(file, source)
	unsupported := slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Rule == diag.RuleUnsupportedVersion })
	if !w.isComplete || unsupported {
		return nil, ds
	}
	return w, ds
}

func read(file string, source []byte) (*Workspace, diag.Diagnostics) {
	report := diag.NewReport(file)
	r := &reader{Document: yamldoc.New(file, source, report), first: make(map[string]diag.Position)}
	r.EmptyHelp = map[string]string{"version": "write version: 1"}
	w := new(Workspace)
	switch root, ok := r.Parse(""); {
	case !ok:
	case root == nil || yamldoc.IsEmpty(root):
		r.Report(diag.RuleMissingKey, diag.Position{File: file, Line: 1, Col: 1}, "begin with version: 1", "the workspace is empty")
	default:
		r.workspace(yamldoc.Target(root), w)
	}
	return w, report.Findings()
}

// reader reads one errcat.yaml.
type reader struct {
	*yamldoc.Document
	// first has the places of the catalogs, by source.
	first map[string]diag.Position
}

// workspace reads the document.
func (r *reader) workspace(n *yamldoc.Node, w *Workspace) {
	if yamldoc.Child(n, "catalogs") == nil && yamldoc.Child(n, "errors") != nil {
		r.Report(diag.RuleMissingKey, r.At(n), "call it catalog.yaml, which errcat finds, too; or list it here: catalogs: [{catalog: FILE}]", "the file is a catalog, not a list of catalogs")
		return
	}
	fields, ok := r.Fields(n, "the file", "version", "catalogs", "accept")
	if !ok {
		return
	}
	r.Require(n, "the file", fields, "version: 1", "catalogs")
	for _, f := range fields {
		switch f.Name {
		case "version":
			if v, ok := r.Number(f.Value, diag.RuleUnsupportedVersion, "version", "write version: 1", 1, 0); ok && v != 1 {
				r.Report(diag.RuleUnsupportedVersion, r.At(f.Value), "write version: 1", "version cannot be %d", v)
			}
		case "catalogs":
			rows := r.List(f.Value, "catalogs")
			w.isComplete = rows != nil
			for _, n := range rows {
				c, ok := r.catalog(n)
				if ok {
					w.Catalogs = append(w.Catalogs, c)
				}
				w.isComplete = w.isComplete && ok && c.Source != ""
			}
		case "accept":
			w.Accept = r.acceptances(f.Value)
		}
	}
}

// acceptances reads which removals of catalogs are meant.
func (r *reader) acceptances(n *yamldoc.Node) []catalog.Acceptance {
	list := catalog.ReadAcceptances(r.Document, n, func(rule diag.Rule) (string, bool) {
		return "write it under accept: of the entry, or under compatibility: {accept: [...]} of the catalog", rule == diag.RuleCatalogRemoved
	})
	for _, a := range list {
		if a.To == "" {
			r.Report(diag.RuleMissingKey, a.Pos, "write to: with the name of the catalog that was removed", "the accepted change has no to")
		}
	}
	return list
}

// catalog reads one element of catalogs.
func (r *reader) catalog(n *yamldoc.Node) (Catalog, bool) {
	fields, ok := r.Fields(n, "a catalog", "catalog", "module", "only", "outputs")
	if !ok {
		return Catalog{}, false
	}
	r.Require(n, "the catalog", fields, "catalog")
	c := Catalog{Pos: r.At(n)}
	for _, f := range fields {
		switch f.Name {
		case "catalog":
			c.Source, c.Pos = r.path(f.Value, "catalog", checkSource), r.At(f.Value)
		case "module":
			c.Module = r.path(f.Value, "module", checkFolder)
		case "only":
			c.Only = r.selection(f.Value)
		case "outputs":
			c.Outputs, c.HasOutputs = catalog.ReadOutputs(r.Document, f.Value), true
			generator.CheckRows(r, false, c.Outputs)
		}
	}
	if other, ok := r.first[path.Clean(c.Source)]; ok && c.Source != "" {
		r.Report(diag.RuleDuplicateCatalog, c.Pos, "put all outputs under the first one", "duplicate catalog %s", diag.Quote(c.Source)).Note(other, "first used here")
	} else {
		r.first[path.Clean(c.Source)] = c.Pos
	}
	return c, true
}

// path reads a path, and reports what check finds wrong with it.
func (r *reader) path(n *yamldoc.Node, what string, check func(string) error) string {
	s, ok := r.VisibleText(n, what)
	if !ok {
		return ""
	}
	if err := check(s); err != nil {
		help := "write a path relative to the folder of " + FileName + ", with /"
		if strings.HasPrefix(s, "mod:") {
			help = "write mod:MODULE/PATH, such as mod:example.com/platform/catalog.yaml"
			if strings.Contains(s, "@") {
				help += ", for the version in go.mod, or mod:MODULE@VERSION/PATH"
			}
		}
		r.Report(diag.RuleInvalidCatalogPath, r.At(n), help, "%s cannot be %s: %v", what, diag.Quote(s), err)
		return ""
	}
	return s
}

// checkSource returns what is wrong with the source of a catalog.
func checkSource(s string) error {
	if module, ok := strings.CutPrefix(s, "mod:"); ok {
		if module == "" || module != path.Clean(module) || path.IsAbs(module) || strings.HasPrefix(module, ".") || strings.HasPrefix(module, "-") || !strings.Contains(module, "/") {
			return errors.New("it does not name a file of a module")
		}
		if _, rest, ok := strings.Cut(module, "@"); ok {
			version, _, ok := strings.Cut(rest, "/")
			if !ok {
				return errors.New("it does not name a file of a module")
			}
			if !isVersion.MatchString(version) {
				return fmt.Errorf("%s is not a version such as v1.2.0, so the outputs would depend on the day", diag.Quote(version))
			}
		}
		return nil
	}
	return checkFolder(s)
}

// isVersion matches a version of a module that is always the same.
var isVersion = regexp.MustCompile(`^v[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$`)

// checkFolder returns what is wrong with a relative path.
func checkFolder(s string) error {
	switch {
	case strings.ContainsAny(s, "\\\x00"):
		return errors.New("it has a character that no path should have")
	case path.IsAbs(s), len(s) > 1 && s[1] == ':':
		return errors.New("it is not relative")
	}
	return nil
}

// selection reads which errors are selected.
func (r *reader) selection(n *yamldoc.Node) Selection {
	var s Selection
	fields, ok := r.Fields(n, "only", "categories", "tags")
	if !ok {
		return s
	}
	if len(n.Content) == 0 {
		r.Report(diag.RuleMissingKey, r.At(n), "write categories: [...] or tags: [...], or remove only", "only selects nothing")
	}
	for _, f := range fields {
		list := &s.Categories
		if f.Name == "tags" {
			list = &s.Tags
		}
		for _, n := range r.List(f.Value, f.Name) {
			if text, ok := r.VisibleText(n, "an element of "+f.Name); ok {
				*list = append(*list, Word{text, r.At(n)})
			}
		}
	}
	return s
}
