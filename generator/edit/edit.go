// Package edit changes catalogs in their text, in ways that keep the contract with
// the users of the errors. Every byte that an edit is not about stays as it is:
// comments, blank lines, the order of keys, anchors and line breaks.
package edit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Change is something to do to a catalog: an Add, Rename, Deprecate, Retire, Remove,
// Reserve or Accept.
type Change interface {
	// plan checks the change, and says how to make it.
	plan(c *catalog.Catalog) (*plan, error)
}

// Result is an edited catalog.
type Result struct {
	Text []byte
	// Notes are sentences about what the author should know.
	Notes []string
	// Warnings are those that the catalog did not have before.
	Warnings diag.Diagnostics
}

// Manual is the error about a change that the author has to make.
type Manual struct {
	// Reason says why it cannot be made here.
	Reason string
	// Where says what to do with the Text: "add to A".
	Where string
	// Text has the lines to paste.
	Text string
}

// Error returns the reason.
func (m *Manual) Error() string { return m.Reason }

// plan is how a change is made.
type plan struct {
	// steps change the tree of the catalog and its text, one after the other.
	steps []step
	// isMeant reports whether a place of the catalog may change.
	isMeant func(path []string) bool
	// renamed has the new names of errors.
	renamed map[string]string
	// where and text are those of a Manual.
	where, text string
	notes       []string
}

// step is a part of a change. If the usual place for what it inserts is impossible,
// it is called again with elsewhere set.
type step func(s *site, elsewhere bool) error

// site is the catalog that a step works on.
type site struct {
	*yamldoc.Edits
	doc  *yamldoc.Document
	root *yamldoc.Node
}

// kind is what a file is.
type kind struct {
	// section is the one whose elements count for the limits of a file, if any.
	section string
	// name is what messages call the file.
	name string
	// load returns all findings in a text.
	load func(file string, text []byte) diag.Diagnostics
}

// catalogKind is that of catalogs. No change affects the outputs, which are not
// checked here.
var catalogKind = kind{"errors", "catalog", func(file string, text []byte) diag.Diagnostics {
	_, ds := catalog.Load(file, text)
	return ds
}}

// Apply returns a catalog after a change. The file name appears in findings. It
// parses the edited text, and compares what it means with what the catalog meant
// before: only what the change is about may differ.
//
// Apply returns a *Manual if the catalog is written in a way in which the change
// would have other consequences, or cannot be made; a *diag.FileError if the catalog
// is not YAML, or if the change makes it invalid; and an error that says why if the
// change must not be made. It never returns a text then.
func Apply(file string, data []byte, change Change) (*Result, error) {
	doc, root, err := catalogKind.parse(file, data)
	if err != nil {
		return nil, err
	}
	p, err := change.plan(catalog.Read(file, data).Catalog())
	if err != nil {
		return nil, err
	}
	return catalogKind.apply(doc, root, file, data, p)
}

// parse parses a file. It fails if that is not YAML, or empty.
func (k kind) parse(file string, data []byte) (*yamldoc.Document, *yamldoc.Node, error) {
	before := diag.NewReport(file)
	doc := yamldoc.New(file, data, before)
	root, ok := doc.Parse(k.section)
	if ds := before.Findings(); !ok || ds.HasErrors() || root == nil {
		if root == nil && ok {
			before.Add(diag.RuleMissingKey, diag.Position{File: file, Line: 1, Col: 1}, "begin with version: 1", "the %s is empty", k.name)
		}
		return nil, nil, &diag.FileError{File: file, Source: data, Found: before.Findings()}
	}
	return doc, root, nil
}

// apply returns a parsed file after a plan.
func (k kind) apply(doc *yamldoc.Document, root *yamldoc.Node, file string, data []byte, p *plan) (*Result, error) {
	manual := &Manual{Where: p.where, Text: p.text}
	text, err := k.make(file, data, p)
	if errors.As(err, &manual) {
		manual.Where, manual.Text = p.where, p.text
		return nil, manual
	}
	if err != nil {
		manual.Reason = "the " + k.name + " is written in a way that cannot be edited safely"
		return nil, manual
	}
	afterDoc := yamldoc.New(file, text, diag.NewReport(file))
	afterRoot, _ := afterDoc.Parse(k.section)
	renamed := func(path []string, key string) string {
		if name, ok := p.renamed[key]; ok && len(path) == 1 && path[0] == "errors" {
			return name
		}
		return key
	}
	for _, path := range yamldoc.Differences(doc, root, afterDoc, afterRoot, renamed) {
		if !p.isMeant(path) {
			manual.Reason = fmt.Sprintf("an alias or merge key includes the same text elsewhere, so %s would change, too", shownPath(path))
			return nil, manual
		}
	}
	found := added(k.load(file, data), k.load(file, text))
	if found.HasErrors() {
		return nil, &diag.FileError{File: file, Source: text, Found: found}
	}
	return &Result{Text: text, Notes: p.notes, Warnings: found}, nil
}

// make returns the text after all steps of a plan.
func (k kind) make(file string, data []byte, p *plan) ([]byte, error) {
	for _, step := range p.steps {
		var err error
		for _, elsewhere := range []bool{false, true} {
			doc := yamldoc.New(file, data, diag.NewReport(file))
			root, ok := doc.Parse(k.section)
			if !ok || root == nil {
				return nil, yamldoc.ErrContent
			}
			s := &site{doc.EditTree(root), doc, yamldoc.Target(root)}
			if err = step(s, elsewhere); err != nil {
				continue
			}
			var text []byte
			if text, err = s.Apply(root); err == nil {
				data = text
				break
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// shownPath returns a place of a catalog for a message.
func shownPath(path []string) string {
	if len(path) > 1 && path[0] == "errors" {
		path = path[1:]
	}
	return diag.Quote(strings.Join(path, "."))
}

// added returns the findings that are new, wherever they are.
func added(old, now diag.Diagnostics) diag.Diagnostics {
	key := func(d diag.Diagnostic) string { return d.Rule.ID() + " " + d.Message }
	count := make(map[string]int)
	for _, d := range old {
		count[key(d)]++
	}
	var found diag.Diagnostics
	for _, d := range now {
		if count[key(d)]--; count[key(d)] < 0 {
			found = append(found, d)
		}
	}
	return found
}

// errors returns the mapping of the errors, and the index of an error in its content.
func (s *site) errors(name string) (m *yamldoc.Node, index int, err error) {
	m = yamldoc.Child(s.root, "errors")
	if m == nil || !yamldoc.IsMapping(yamldoc.Target(m)) {
		return nil, 0, &Manual{Reason: "the catalog has no mapping of errors"}
	}
	m = yamldoc.Target(m)
	if index = yamldoc.KeyIndex(m, name); index < 0 {
		return nil, 0, &Manual{Reason: fmt.Sprintf("%s comes from a merge key", name)}
	}
	return m, index, nil
}

// set adds a key to an error that does not have it.
func (s *site) set(name, key string, value *yamldoc.Node, elsewhere bool) error {
	m, i, err := s.errors(name)
	if err != nil {
		return err
	}
	k := yamldoc.NewText(key)
	switch entry := m.Content[i+1]; {
	case yamldoc.IsAlias(entry):
		merge := yamldoc.NewMerge(entry)
		merge.Content = append(merge.Content, k, value)
		s.ReplaceValue(m, i+1, merge)
	case yamldoc.IsMapping(entry):
		at := placeOf(entry, key)
		if elsewhere {
			at = 0
		}
		isApart, _ := s.doc.IsApart(entry)
		s.InsertPair(entry, at, k, value, isApart)
	case yamldoc.IsEmpty(entry):
		s.ReplaceValue(m, i+1, yamldoc.InBrackets(yamldoc.NewMapping(k, value)))
	default:
		return &Manual{Reason: fmt.Sprintf("the entry of %s is no mapping", name)}
	}
	return nil
}

// placeOf returns the index of the pair that a key becomes in an entry: after the
// last key that the documentation shows before it.
func placeOf(entry *yamldoc.Node, key string) int {
	keys := catalog.EntryKeys()
	place := slices.Index(keys, key)
	at := 0
	for i := 0; i+1 < len(entry.Content); i += 2 {
		if k := slices.Index(keys, yamldoc.Target(entry.Content[i]).Value); k >= 0 && k < place || yamldoc.IsMergeKey(entry.Content[i]) {
			at = i/2 + 1
		}
	}
	return at
}

// sections are those of a catalog, in their order.
var sections = []string{"version", "catalog", "categories", "metadata", "errors", "reserved", "compatibility"}

// addSection adds a section that the catalog does not have, after those that come
// before it.
func (s *site) addSection(name string, value *yamldoc.Node) error {
	if !yamldoc.IsMapping(s.root) {
		return &Manual{Reason: "the catalog is no mapping"}
	}
	place := 0
	for i := 0; i+1 < len(s.root.Content); i += 2 {
		if at := slices.Index(sections, yamldoc.Target(s.root.Content[i]).Value); at >= 0 && at < slices.Index(sections, name) {
			place = i/2 + 1
		}
	}
	isApart, _ := s.doc.IsApart(s.root)
	s.InsertPair(s.root, place, yamldoc.NewText(name), value, isApart)
	return nil
}
