package baseline

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// Changes returns what has changed in a catalog, with what it accepts: since the
// baselines or, if the catalog says what its releases are, of what the newest ones
// have. It includes codes and names that came since, and that another error had at a
// tag that matches a pattern; if that is empty, at a release. It fails if a version
// cannot be read.
func (b *Finder) Changes(c Comparison, tags string) ([]compat.Change, error) {
	switch {
	case c.Member == nil:
		base := c.Bases[0]
		if pattern := base.Catalog.Compatibility.Released; pattern != "" && !c.isWhole {
			if was, err := b.wasReleased(base, pattern); err != nil || !was {
				return nil, err
			}
		}
		return []compat.Change{compat.CatalogRemoved(base.Catalog, b.set.Name, b.set.IsWorkspace)}, nil
	case len(c.Bases) == 0:
		return []compat.Change{compat.CatalogAdded(c.Member.Catalog, c.Member.Name)}, nil
	}
	return c.changes(func(base *Baseline) ([]compat.Change, error) {
		old := selected(c.Member, base.Catalog)
		groups, err := b.since(c, base)
		if err != nil {
			return nil, err
		}
		reused, err := b.reused(c, old, tags)
		if err != nil {
			return nil, err
		}
		found := accept(append(groups, reused...), old, c.Member.Catalog)
		if c.Member.IsForeign && (c.Member.FolderFile == "" || base.path == "") {
			found = unaccepted(found)
		}
		return found, nil
	})
}

// selected reduces an earlier version to what the workspace selects, with the outputs
// that it names.
func selected(m *workspace.Member, old *catalog.Catalog) *catalog.Catalog {
	if !m.Row.Only.IsEmpty() {
		old = old.Select(m.Row.Only.Accepts)
	}
	_ = old.AddOutputs(m.Row.Outputs) // what was wrong with an earlier version does not matter
	return old
}

// versions returns a catalog and earlier versions of it. If errcat.yaml named the outputs
// of all of them, they have these in place of their own.
func versions(m *workspace.Member, bases ...*Baseline) (*catalog.Catalog, []*catalog.Catalog) {
	isNamed := m.Row.HasOutputs && !m.IsForeign
	var olds []*catalog.Catalog
	for _, base := range bases {
		isNamed = isNamed && base.hasOutputs
		olds = append(olds, selected(m, base.Catalog))
	}
	if !isNamed {
		return m.Catalog, olds
	}
	with := func(c *catalog.Catalog, outputs []catalog.Output) *catalog.Catalog {
		changed := *c
		changed.Outputs = outputs
		return &changed
	}
	for i := range olds {
		olds[i] = with(olds[i], bases[i].outputs)
	}
	return with(m.Catalog, m.Row.Outputs), olds
}

// accept marks the changes that a catalog accepts. Each group has the changes since
// one earlier version. Several groups can show the same change, so an acceptance
// counts in each of them, and is of no use only if no group needs it.
func accept(groups [][]compat.Change, base, current *catalog.Catalog) []compat.Change {
	each := make([][]compat.Change, len(groups))
	for i, group := range groups {
		each[i] = compat.Accept(group, base, current)
	}
	return compat.SinceBases(each, nil)
}

// released returns the pattern of the tags that are the releases of a catalog, ""
// if everything that has changed counts.
func (c Comparison) released() string {
	if c.isWhole || c.Member.IsForeign {
		return ""
	}
	return c.Member.Catalog.Compatibility.Released
}

// since returns what has changed since a base or, if the catalog says what its
// releases are, what has changed since then of what each release has.
func (b *Finder) since(c Comparison, base *Baseline) ([][]compat.Change, error) {
	pattern := c.released()
	if pattern == "" {
		current, olds := versions(c.Member, base)
		old := olds[0]
		changes := compat.Compare(old, current)
		if !c.Member.IsForeign {
			changes = append(changes, compat.CheckVersion(changes, old, current)...)
		}
		return [][]compat.Change{changes}, nil
	}
	releases, err := b.released(c.Member, base, pattern)
	if err != nil {
		return nil, err
	}
	if slices.Contains(c.Bases, base) {
		b.note(pattern, releases)
	}
	groups := [][]compat.Change{nil}
	for i, r := range releases {
		current, olds := versions(c.Member, r, base)
		release, old := olds[0], olds[1]
		now, before := compat.Compare(release, current), compat.Compare(release, old)
		changes := compat.Since(now, before)
		if i == len(releases)-1 { // the one that this branch continues
			known := compat.CheckVersion(before, release, old)
			for _, low := range compat.CheckVersion(now, release, current) {
				if !slices.ContainsFunc(known, func(c compat.Change) bool { return c.Message == low.Message }) {
					changes = append(changes, low)
				}
			}
		}
		groups = append(groups, changes)
	}
	return groups, nil
}

// note says for the report what counts as released.
func (b *Finder) note(pattern string, releases []*Baseline) {
	var names []string
	for _, r := range releases {
		names = append(names, r.About)
	}
	text := "the newest release is " + strings.Join(names, " or ")
	if len(names) == 0 {
		text = "no earlier tag that matches " + diag.Quote(pattern) + " has the catalog, so nothing is released"
	}
	if !slices.Contains(b.said, text) {
		b.said = append(b.said, text)
	}
}

// Releases returns sentences about what counted as released for Changes since the last
// call of Compare.
func (b *Finder) Releases() []string { return b.said }

// reused returns the codes and names that came since a base, and that another error
// had at a tag, for each tag.
func (b *Finder) reused(c Comparison, base *catalog.Catalog, tags string) ([][]compat.Change, error) {
	current := c.Member.Catalog
	pattern := cmp.Or(tags, current.Compatibility.Released)
	known := make(map[string]bool)
	for _, word := range wordsOf(base) {
		known[word] = true
	}
	words := slices.DeleteFunc(wordsOf(current), func(word string) bool { return known[word] })
	if pattern == "" || c.Member.IsForeign || len(words) == 0 {
		return nil, nil
	}
	tagged, err := b.tagged(c.Member, c.Bases, pattern, words)
	switch {
	case errors.Is(err, git.ErrNoRepository) && c.isWhole && tags == "":
		return nil, nil // two files, and nothing that could have tags
	case err != nil:
		return nil, err
	}
	var groups [][]compat.Change
	for _, tag := range tagged {
		var reused []compat.Change
		old := selected(c.Member, tag.Catalog)
		for _, change := range compat.Since(compat.Compare(old, current), compat.Compare(old, base)) {
			if change.Rule == diag.RuleCodeReused || change.Rule == diag.RuleNameReused {
				reused = append(reused, change)
			}
		}
		groups = append(groups, reused)
	}
	return groups, nil
}

// Since returns all that has changed in a catalog since the baselines, released or not,
// with what it accepts.
func (b *Finder) Since(c Comparison) ([]compat.Change, error) {
	switch {
	case c.Member == nil:
		return b.AcceptRemovals([]compat.Change{compat.CatalogRemoved(c.Bases[0].Catalog, b.set.Name, b.set.IsWorkspace)}), nil
	case len(c.Bases) == 0:
		return []compat.Change{compat.CatalogAdded(c.Member.Catalog, c.Member.Name)}, nil
	}
	return c.changes(func(base *Baseline) ([]compat.Change, error) {
		current, olds := versions(c.Member, base)
		return compat.Accept(compat.Compare(olds[0], current), olds[0], current), nil
	})
}

// Bump returns the name of a catalog, and its next version or the part of it that
// has to grow. All changes since the last release count, accepted or not. It fails if
// a version cannot be read.
func (b *Finder) Bump(c Comparison) (name, text string, err error) {
	switch {
	case c.Member == nil:
		changes, err := b.Changes(c, "")
		return c.Bases[0].Catalog.Name, compat.BumpOf(changes).String(), err
	case len(c.Bases) == 0:
		return c.Member.Catalog.Name, compat.Minor.String(), nil
	}
	current := c.Member.Catalog
	if pattern := c.released(); pattern != "" {
		var releases []*Baseline
		for _, base := range c.Bases {
			found, err := b.released(c.Member, base, pattern)
			if err != nil {
				return "", "", err
			}
			if len(found) > 0 {
				releases = append(releases, found[len(found)-1])
			}
		}
		if len(releases) > 0 {
			c.Bases, c.roots = releases, nil
		}
	}
	changes, err := c.changes(func(base *Baseline) ([]compat.Change, error) {
		now, olds := versions(c.Member, base)
		return compat.Compare(olds[0], now), nil
	})
	bump := compat.BumpOf(changes)
	text = bump.String()
	for i, base := range c.Bases {
		if version := base.Catalog.Version; version != "" {
			if next := bump.Next(version); i == 0 || compat.IsLower(text, next) {
				text = next
			}
		}
	}
	return current.Name, text, err
}

// wordsOf returns all codes and names of the errors of a catalog.
func wordsOf(c *catalog.Catalog) []string {
	var words []string
	for _, e := range c.Errors {
		words = append(append(words, e.Codes()...), e.Names()...)
	}
	return words
}

// unaccepted takes acceptances back: those of the publisher of a catalog in another
// repository do not count for others, who are told the reasons.
func unaccepted(changes []compat.Change) []compat.Change {
	for i := range changes {
		if a := changes[i].Accepted; a != nil {
			changes[i].Accepted = nil
			changes[i].Message += "; its publisher accepts this: " + strings.Join(strings.Fields(a.Reason.Source()), " ")
		}
	}
	return slices.DeleteFunc(changes, func(c compat.Change) bool { return c.Rule == diag.RuleUnusedAcceptance })
}

// withoutDuplicates returns each change once: several baselines can show the same.
func withoutDuplicates(changes []compat.Change) []compat.Change {
	type key struct {
		rule           diag.Rule
		pos            diag.Position
		name, from, to string
	}
	seen := make(map[key]bool)
	return slices.DeleteFunc(changes, func(c compat.Change) bool {
		k := key{rule: c.Rule, pos: c.Pos, name: c.Name(), from: c.From, to: c.To}
		known := seen[k]
		seen[k] = true
		return known
	})
}
