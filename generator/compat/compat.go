// Package compat compares two versions of a catalog: what changed, and whom it
// breaks.
package compat

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// Breaks says whom a change breaks.
type Breaks uint

// Whom a change can break.
const (
	// Wire means clients or servers of the other version.
	Wire Breaks = 1 << iota
	// Go means code that uses the generated Go package.
	Go
	// TypeScript means code that uses the generated TypeScript package.
	TypeScript
	// Links means links to the documentation.
	Links
)

// groups are the names of those whom changes break.
var groups = []struct {
	breaks Breaks
	name   string
}{
	{Wire, "wire"},
	{Go, "go"},
	{TypeScript, "typescript"},
	{Links, "links"},
}

// Names returns the names of those whom a change breaks: wire, go, typescript,
// links.
func (b Breaks) Names() []string {
	names := []string{}
	for _, g := range groups {
		if b&g.breaks != 0 {
			names = append(names, g.name)
		}
	}
	return names
}

// Change is one difference between two versions of a catalog.
type Change struct {
	// Diagnostic is the finding about the change, at its place in the new version if
	// there is one, with a note about its place in the old version. It is an Error if
	// the change breaks code or what is sent, whether or not it is accepted.
	diag.Diagnostic
	Breaks Breaks
	// Error is the entry in the new version, Old that in the old version; they are nil
	// if there is none, or if the change is not about an error.
	Error, Old *catalog.Error
	// From and To are the old and the new value, or what was removed or added. An
	// acceptance has to name To.
	From, To string
	// Accepted is the reason for which the change was accepted, and nil if it was not.
	Accepted *catalog.Acceptance
	// CannotReserve means that no reservation can accept the removal of an error: its code
	// was reserved before, or is none that the new version can have.
	CannotReserve bool
	// IsInternal means that the change is about a category or a metadata key that only
	// internal readers know, in both versions.
	IsInternal bool
}

// IsBreaking reports whether the change breaks somebody, and was not accepted.
func (c Change) IsBreaking() bool { return c.Severity == diag.Error && c.Accepted == nil }

// Name returns the name of the error that the change is about, that in the new
// version if there is one. It is empty if the change is not about an error.
func (c Change) Name() string {
	switch {
	case c.Error != nil:
		return c.Error.Name
	case c.Old != nil:
		return c.Old.Name
	}
	return ""
}

// Code returns the code of that error.
func (c Change) Code() string {
	switch {
	case c.Error != nil:
		return c.Error.Code
	case c.Old != nil:
		return c.Old.Code
	}
	return ""
}

// Findings returns the findings about changes. One about an accepted change is an
// Info that has the reason.
func Findings(changes []Change) diag.Diagnostics {
	found := make(diag.Diagnostics, len(changes))
	for i, c := range changes {
		found[i] = c.Diagnostic
		if c.Accepted != nil {
			found[i].Severity, found[i].Help = diag.Info, ""
			found[i].Message += "; accepted: " + strings.Join(strings.Fields(c.Accepted.Reason.Source()), " ")
		}
	}
	return found
}

// Compare returns what changed from an old version of a catalog to a new one: the
// changes of the catalog itself, then those of each error in the order of the old
// version, then what is new. The old version may be one that today's rules refuse;
// see catalog.ReadBaseline. No change is accepted yet; see Accept.
func Compare(old, current *catalog.Catalog) []Change {
	d := newDiff(old, current)
	d.catalog()
	d.categories()
	d.metadata()
	d.outputs()
	d.errors()
	d.reservations()
	return d.changes
}

// diff is a comparison in progress.
type diff struct {
	old, current *catalog.Catalog
	changes      []Change

	// matches are the entries of the new version, by those of the old version that
	// they continue.
	matches map[*catalog.Error]*catalog.Error
	// taken are the entries of the old version, by those that continue them.
	taken map[*catalog.Error]*catalog.Error
	// byName and byCode are the entries of the new version, by every name and code.
	byName, byCode map[string]*catalog.Error
	// addedByText are the entries that the new version adds, by their texts; nil until
	// an entry was removed.
	addedByText map[string]*catalog.Error
	// used are the codes and names of the errors of the old version, reservedBefore
	// and reserved the words that the old and the new version reserve.
	used, reservedBefore, reserved map[string]bool
	// internalTypeScript means that a TypeScript package of the old version has
	// internal errors, and exactIntegers that one has exact integers.
	internalTypeScript, exactIntegers bool
	// renamed are the names of categories in the new version, by those in the old.
	renamed map[string]string
}

func newDiff(old, current *catalog.Catalog) *diff {
	d := &diff{
		old: old, current: current, renamed: make(map[string]string),
		used: make(map[string]bool), reservedBefore: reservedWords(old), reserved: reservedWords(current),
	}
	for _, e := range old.Errors {
		for _, word := range slices.Concat(e.Codes(), e.Names()) {
			d.used[word] = true
		}
	}
	for _, o := range old.Outputs {
		if o.Target == "typescript" {
			options := optionsOf(o)
			d.internalTypeScript = d.internalTypeScript || options["audience"] == string(catalog.Internal)
			d.exactIntegers = d.exactIntegers || options["integers"] == "exact"
		}
	}
	d.match()
	return d
}

// reservedWords returns the codes and names that a catalog reserves one by one.
func reservedWords(c *catalog.Catalog) map[string]bool {
	words := make(map[string]bool)
	for _, r := range c.Reserved {
		for _, word := range r.Words() {
			words[word] = true
		}
	}
	return words
}

// inRange reports whether a catalog reserves a range with a code.
func inRange(c *catalog.Catalog, code string) bool {
	return slices.ContainsFunc(c.Reserved, func(r catalog.Reserved) bool {
		return slices.ContainsFunc(r.Codes, func(codes catalog.Range) bool { return codes.Contains(code) })
	})
}

// add adds a change that is not about an error. Places without a line are unknown.
func (d *diff) add(rule diag.Rule, breaks Breaks, from, to string, at, before diag.Position, help, format string, args ...any) *Change {
	c := Change{Diagnostic: diag.New(rule, at, help, format, args...), Breaks: breaks, From: from, To: to}
	switch {
	case at.File == "":
		c.Pos = before
	case before.Line > 0:
		c.Notes = append(c.Notes, diag.Note{Pos: before, Message: "before the change"})
	}
	d.changes = append(d.changes, c)
	return &d.changes[len(d.changes)-1]
}

// change adds a change of an error that both versions have.
func (d *diff) change(p pair, rule diag.Rule, breaks Breaks, from, to string, help, format string, args ...any) *Change {
	c := d.add(rule, breaks, from, to, p.new.Pos, p.old.Pos, help, format, args...)
	c.Old, c.Error = p.old, p.new
	return c
}

// internal marks the changes from an index on as internal, if they are.
func (d *diff) internal(from int, is bool) {
	for i := range d.changes[from:] {
		d.changes[from+i].IsInternal = is
	}
}

// file returns the place of the new catalog as a whole.
func (d *diff) file() diag.Position { return diag.Position{File: fileOf(d.current)} }

// fileOf returns the file of a catalog, by its places.
func fileOf(c *catalog.Catalog) string {
	for _, e := range c.Errors {
		return e.Pos.File
	}
	return ""
}

// pair is an error in both versions.
type pair struct{ old, new *catalog.Error }
