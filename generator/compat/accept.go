package compat

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// acceptance is what an acceptance and a change have in common. An acceptance of
// another entry does not count.
type acceptance struct {
	entry *catalog.Error
	rule  diag.Rule
	to    string
}

// acceptances are those that are new: their rule and value occur more often than
// before.
type acceptances struct {
	left map[acceptance][]*catalog.Acceptance
	keys []acceptance // in order
}

// add adds those of an entry, or of what has none.
func (l *acceptances) add(e *catalog.Error, now, before []catalog.Acceptance) {
	count := make(map[acceptance]int)
	for _, a := range before {
		count[acceptance{e, a.Rule, a.To}]++
	}
	for i := range now {
		key := acceptance{e, now[i].Rule, now[i].To}
		if count[key]--; count[key] >= 0 {
			continue
		}
		if l.left == nil {
			l.left = make(map[acceptance][]*catalog.Acceptance)
		}
		if l.left[key] == nil {
			l.keys = append(l.keys, key)
		}
		l.left[key] = append(l.left[key], &now[i])
	}
}

// mark marks the changes that are accepted, each by an acceptance of its own, and
// reports what no change needs.
func (l *acceptances) mark(changes []Change) []Change {
	changes = slices.Clone(changes)
	for i := range changes {
		c := &changes[i]
		if c.Accepted != nil {
			continue
		}
		key := acceptance{c.Error, c.Rule, c.To}
		if found := l.left[key]; len(found) > 0 {
			c.Accepted, l.left[key] = found[0], found[1:]
		}
	}
	for _, key := range l.keys {
		for _, a := range l.left[key] {
			changes = append(changes, unused(key, a))
		}
	}
	return changes
}

// Accept marks the changes that the new version accepts. An acceptance counts if it
// is new: if its rule and value occur more often in its entry than in that of the
// base, which is the version that the authors of the changes started from. A new
// acceptance that no change needs is reported.
func Accept(changes []Change, base, current *catalog.Catalog) []Change {
	var l acceptances
	l.add(nil, current.Compatibility.Accept, base.Compatibility.Accept)
	matches := newDiff(base, current).taken
	for _, e := range current.Errors {
		var before []catalog.Acceptance
		if old := matches[e]; old != nil {
			before = old.Accept
		}
		l.add(e, e.Accept, before)
	}
	return l.mark(changes)
}

// AcceptRemovals does the same for the removal of whole catalogs: by what an errcat.yaml
// accepts, and what it accepted at each base. An acceptance counts if it is new for all
// of them.
func AcceptRemovals(changes []Change, bases [][]catalog.Acceptance, current []catalog.Acceptance) []Change {
	var before []catalog.Acceptance
	for _, base := range bases {
		count := make(map[acceptance]int)
		for _, a := range before {
			count[acceptance{nil, a.Rule, a.To}]++
		}
		for _, a := range base {
			key := acceptance{nil, a.Rule, a.To}
			if count[key]--; count[key] < 0 {
				before = append(before, a)
			}
		}
	}
	var l acceptances
	l.add(nil, current, before)
	return l.mark(changes)
}

// unused reports an acceptance that no change needs.
func unused(key acceptance, a *catalog.Acceptance) Change {
	what := key.rule.ID()
	if key.to != "" {
		what += " to " + diag.Quote(key.to)
	}
	return Change{
		Diagnostic: diag.New(diag.RuleUnusedAcceptance, a.Pos, "remove it, or correct it: errcat breaking --accept writes what is needed", "the change that is accepted here was not made: %s", what),
		Error:      key.entry, To: key.to,
	}
}

// changeKey identifies a change among those since different versions.
type changeKey struct {
	rule     diag.Rule
	old      string
	from, to string
}

func (c Change) key() changeKey {
	k := changeKey{rule: c.Rule, from: c.From, to: c.To}
	switch {
	case c.Old != nil:
		k.old = c.Old.Name
	case c.Error != nil:
		k.old = c.Error.Name
	}
	return k
}

// count returns how often each of some changes is there.
func count(changes []Change) map[changeKey]int {
	known := make(map[changeKey]int)
	for _, c := range changes {
		known[c.key()]++
	}
	return known
}

// Since returns those changes that were not among the changes before: the ones that
// were made after a base, if changes are those since a release, and before those from
// the release to the base.
func Since(changes, before []Change) []Change {
	known := count(before)
	var left []Change
	for _, c := range changes {
		if known[c.key()]--; known[c.key()] < 0 {
			left = append(left, c)
		}
	}
	return left
}

// SinceBases returns what has changed since several bases, by the changes since each of
// them and since each of their common ancestors, their roots. If all roots have the
// value that a base has, and another base has the value that is new, then the change was
// made on the way to that other base, and does not count. If only the bases have it, the
// change takes back what was made on the way to one of them, and counts. An acceptance is
// unused if it is so for all bases.
func SinceBases(bases, roots [][]Change) []Change {
	since := make(map[changeKey]int) // the number of bases
	for _, changes := range bases {
		for key := range count(changes) {
			since[key]++
		}
	}
	sinceRoots := make(map[changeKey]int)
	for _, changes := range roots {
		for key := range count(changes) {
			sinceRoots[key]++
		}
	}
	var all []Change
	unused := make(map[diag.Position]int)
	for _, changes := range bases {
		for _, c := range changes {
			key := c.key()
			if c.Rule == diag.RuleUnusedAcceptance {
				if unused[c.Pos]++; unused[c.Pos] < len(bases) {
					continue
				}
			} else if since[key] < len(bases) && len(roots) > 0 && sinceRoots[key] == len(roots) {
				continue
			}
			all = append(all, c)
		}
	}
	return all
}

// Bump is the part of a version that changes call for.
type Bump int

// The parts of a version, from the least to the most.
const (
	None Bump = iota
	Patch
	Minor
	Major
)

// String returns none, patch, minor or major.
func (b Bump) String() string { return [...]string{"none", "patch", "minor", "major"}[b] }

// BumpOf returns the part of the version that changes call for: Major if one breaks
// somebody, even if it is accepted, Minor if one adds something or surprises
// somebody, and Patch for any other change.
func BumpOf(changes []Change) Bump {
	patches := []diag.Rule{diag.RuleDocumentationChanged, diag.RuleTitleChanged, diag.RuleMessageChanged, diag.RuleReservationAdded, diag.RuleDocumentMoved, diag.RuleSeverityChanged}
	bump := None
	for _, c := range changes {
		switch {
		case c.Rule == diag.RuleUnusedAcceptance:
		case c.Severity == diag.Error:
			return Major
		case slices.Contains(patches, c.Rule):
			bump = max(bump, Patch)
		default:
			bump = max(bump, Minor)
		}
	}
	return bump
}

// CheckVersion returns the change that the version of a catalog is lower than its
// changes call for, and none if it is not, if the catalog has no version, or if it
// is that of the old version: then nobody has chosen the next one yet.
func CheckVersion(changes []Change, old, current *catalog.Catalog) []Change {
	if old.Version == "" || current.Version == "" || old.Version == current.Version {
		return nil
	}
	bump := BumpOf(changes)
	next := bump.Next(old.Version)
	if !IsLower(current.Version, next) {
		return nil
	}
	why := "the earlier one is " + old.Version
	if bump != None {
		calls := map[Bump]string{Major: "breaking changes call", Minor: "additions call", Patch: "changes call"}[bump]
		why = fmt.Sprintf("after %s, %s for %s", old.Version, calls, next)
	}
	d := diag.New(diag.RuleVersionTooLow, diag.Position{File: fileOf(current)}, "write version: "+next, "the version %s is too low: %s", current.Version, why)
	return []Change{{Diagnostic: d, From: old.Version, To: current.Version}}
}

// IsLower reports whether a version is lower than another one. Pre-releases and builds
// of a version count as the version itself, and what is no version is lower than all.
func IsLower(version, other string) bool { return slices.Compare(numbers(version), numbers(other)) < 0 }

// numbers returns the three numbers of a version of Semantic Versioning.
func numbers(version string) []int {
	if i := strings.IndexAny(version, "-+"); i >= 0 {
		version = version[:i]
	}
	n := make([]int, 3)
	for i, part := range strings.SplitN(version, ".", 3) {
		n[i], _ = strconv.Atoi(part) // the rules of catalogs allow nothing else
	}
	return n
}

// Next returns the version that follows a version of Semantic Versioning. Before
// 1.0.0, a breaking change calls for the next minor version, as is usual, and
// anything else for the next patch. A pre-release is followed by its release if that
// is enough. The version is that of a catalog.
func (b Bump) Next(version string) string {
	whole := version
	version, _, _ = strings.Cut(version, "+")
	version, _, isPre := strings.Cut(version, "-")
	n := numbers(version)
	at := int(Major - b) // the number that grows
	if n[0] == 0 {
		at = min(at+1, 2)
	}
	if b == None {
		return whole
	}
	if isPre && !slices.ContainsFunc(n[at+1:], func(n int) bool { return n > 0 }) {
		return version
	}
	n[at]++
	for i := at + 1; i < len(n); i++ {
		n[i] = 0
	}
	return fmt.Sprintf("%d.%d.%d", n[0], n[1], n[2])
}
