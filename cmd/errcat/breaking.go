package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// breakingCommand is errcat breaking.
type breakingCommand struct {
	catalogsFlag
	againstFlag
	AgainstTag string  `placeholder:"PATTERN" help:"Also report codes and names that an error had before, at any of these tags, such as 'v*'. Default: compatibility.released of the catalog."`
	History    bool    `help:"Compare with every version of the file in the history of HEAD: report codes and names that were another error's, and codes that are gone without a reservation."`
	All        bool    `help:"Also report compatible changes."`
	Accept     *string `placeholder:"REASON" help:"Write into the catalogs that the breaking changes are meant, and why: into the entries, into compatibility, and for removed errors as reservations. With --strict, warnings are accepted, too."`
	DryRun     bool    `help:"With --accept, print the difference, and write nothing."`
	Bump       bool    `help:"Only print the part of the version that the changes call for, accepted ones too: none, patch, minor or major; the next version if the earlier one is in the catalog."`
	formatFlag
	strictFlag

	// releases are sentences about what counts as released.
	releases []string
}

// Help returns the text of errcat breaking --help.
func (breakingCommand) Help() string {
	return `Compares catalogs with an earlier version of them, and reports what breaks
clients and servers of that version, code that uses its packages, and links to its
documentation. The exit status is 1 if something breaks and is not accepted and,
with --strict, if there are warnings. It is 2 if the earlier version cannot be
read.

Examples:

  errcat breaking --against origin/main
  errcat breaking --against HEAD^
  errcat breaking --against v1.4.0 --all
  errcat breaking --against v1.4.0:errors/catalog.yaml -c catalog.yaml
  errcat breaking --against origin/main --against-tag 'v*' --format github
  errcat breaking --against v1.4.0 --bump
  git show v1.4.0:catalog.yaml | errcat breaking --against -
  errcat breaking --against origin/main --accept "No client handles these errors."
  errcat breaking --history`
}

// Run reports the breaking changes.
func (cmd *breakingCommand) Run(env *environment) error {
	cmd.strict = cmd.Strict
	if err := cmd.checkAccept(); err != nil {
		return err
	}
	p, _, err := loadAll(env, cmd.catalogsFlag, cmd.formatFlag)
	if err != nil {
		return err
	}
	b := newBaselines(env, p, cmd.catalogsFlag)
	defer b.Close()
	if cmd.Bump {
		return cmd.writeBump(b, env.stdout)
	}
	if cmd.Accept != nil {
		return cmd.accept(env, b)
	}
	r, err := cmd.find(b)
	if err != nil {
		return err
	}
	return cmd.print(env, r)
}

// find returns the report.
func (cmd *breakingCommand) find(b *baselines) (*breakingReport, error) {
	r := &breakingReport{set: b.set, all: cmd.All}
	if cmd.History {
		return r, cmd.past(b, r)
	}
	return r, cmd.compare(b, r)
}

// print prints the report, and returns errFindings if that is what it says.
func (cmd *breakingCommand) print(env *environment, r *breakingReport) error {
	var err error
	if cmd.Format == "text" {
		err = r.write(env.stdout, cmd.formatFlag)
	} else {
		err = cmd.report(env.stdout, r.set, r.findings())
	}
	if err == nil && slices.ContainsFunc(r.changes, cmd.counts) {
		return errFindings
	}
	return err
}

// counts reports whether a change makes the exit status 1.
func (cmd *breakingCommand) counts(c compat.Change) bool {
	return c.IsBreaking() || cmd.Strict && c.Severity == diag.Warning && c.Accepted == nil
}

// compare adds to a report what has changed since the baselines.
func (cmd *breakingCommand) compare(b *baselines, r *breakingReport) error {
	cmd.releases = nil
	comparisons, err := b.compare(cmd.againstFlag)
	if err != nil {
		return err
	}
	var removed []compat.Change
	for _, c := range comparisons {
		changes, err := cmd.changes(b, c)
		if err != nil {
			return err
		}
		if c.member == nil {
			removed = append(removed, changes...)
			changes = nil
		}
		r.add(c, changes)
	}
	r.addChanges(nil, b.removed(removed))
	r.releases = cmd.releases
	return nil
}

// past adds to a report what the whole history of each catalog shows.
func (cmd *breakingCommand) past(b *baselines, r *breakingReport) error {
	if cmd.Against != "" || cmd.AgainstTag != "" {
		return errors.New("--history compares with all versions; leave --against and --against-tag out")
	}
	for _, m := range b.set.Members {
		if m.IsForeign && len(b.set.Members) > 1 {
			continue
		}
		repo, err := b.repository(cmp.Or(m.Dir, "."))
		if err != nil {
			return fmt.Errorf("--history: %w", err)
		}
		h, about, err := readHistory(b.env, repo, m)
		if err != nil {
			return fmt.Errorf("--history: %w", err)
		}
		// What the catalog accepts, it has accepted at some time.
		changes := compat.Accept(h.Changes(m.Catalog), new(catalog.Catalog), m.Catalog)
		changes = slices.DeleteFunc(changes, func(c compat.Change) bool { return c.Rule == diag.RuleUnusedAcceptance })
		r.addChanges(m, changes)
		r.since = append(r.since, about)
	}
	return nil
}

// changes returns the changes of a catalog that are reported.
func (cmd *breakingCommand) changes(b *baselines, c comparison) ([]compat.Change, error) {
	switch {
	case c.member == nil:
		base := c.bases[0]
		if pattern := base.catalog.Compatibility.Released; pattern != "" && !c.isWhole {
			if was, err := b.wasReleased(base, pattern); err != nil || !was {
				return nil, err
			}
		}
		return []compat.Change{compat.CatalogRemoved(base.catalog, b.set.Name, b.set.IsWorkspace)}, nil
	case len(c.bases) == 0:
		return []compat.Change{compat.CatalogAdded(c.member.Catalog, c.member.Name)}, nil
	}
	return c.changes(func(base *baseline) ([]compat.Change, error) {
		old := selected(c.member, base.catalog)
		groups, err := cmd.since(b, c, base, old)
		if err != nil {
			return nil, err
		}
		reused, err := cmd.reused(b, c, old)
		if err != nil {
			return nil, err
		}
		found := accept(append(groups, reused...), old, c.member.Catalog)
		if c.member.IsForeign && (c.member.FolderFile == "" || base.path == "") {
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
func (c comparison) released() string {
	if c.isWhole || c.member.IsForeign {
		return ""
	}
	return c.member.Catalog.Compatibility.Released
}

// since returns what has changed since a base or, if the catalog says what its
// releases are, what has changed since then of what each release has.
func (cmd *breakingCommand) since(b *baselines, c comparison, base *baseline, old *catalog.Catalog) ([][]compat.Change, error) {
	current := c.member.Catalog
	pattern := c.released()
	if pattern == "" {
		changes := compat.Compare(old, current)
		if !c.member.IsForeign {
			changes = append(changes, compat.CheckVersion(changes, old, current)...)
		}
		return [][]compat.Change{changes}, nil
	}
	releases, err := b.released(c.member, base, pattern)
	if err != nil {
		return nil, err
	}
	if slices.Contains(c.bases, base) {
		cmd.note(pattern, releases)
	}
	groups := [][]compat.Change{nil}
	for i, r := range releases {
		release := selected(c.member, r.catalog)
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
func (cmd *breakingCommand) note(pattern string, releases []*baseline) {
	var names []string
	for _, r := range releases {
		names = append(names, r.about)
	}
	text := "the newest release is " + strings.Join(names, " or ")
	if len(names) == 0 {
		text = "no earlier tag that matches " + diag.Quote(pattern) + " has the catalog, so nothing is released"
	}
	if !slices.Contains(cmd.releases, text) {
		cmd.releases = append(cmd.releases, text)
	}
}

// reused returns the codes and names that came since a base, and that another error
// had at a tag, for each tag.
func (cmd *breakingCommand) reused(b *baselines, c comparison, base *catalog.Catalog) ([][]compat.Change, error) {
	current := c.member.Catalog
	pattern := cmp.Or(cmd.AgainstTag, current.Compatibility.Released)
	known := make(map[string]bool)
	for _, word := range wordsOf(base) {
		known[word] = true
	}
	words := slices.DeleteFunc(wordsOf(current), func(word string) bool { return known[word] })
	if pattern == "" || c.member.IsForeign || len(words) == 0 {
		return nil, nil
	}
	tagged, err := b.tagged(c.member, c.bases, pattern, words)
	switch {
	case errors.Is(err, git.ErrNoRepository) && c.isWhole && cmd.AgainstTag == "":
		return nil, nil // two files, and nothing that could have tags
	case err != nil:
		return nil, err
	}
	var groups [][]compat.Change
	for _, tag := range tagged {
		var reused []compat.Change
		old := selected(c.member, tag.catalog)
		for _, change := range compat.Since(compat.Compare(old, current), compat.Compare(old, base)) {
			if change.Rule == diag.RuleCodeReused || change.Rule == diag.RuleNameReused {
				reused = append(reused, change)
			}
		}
		groups = append(groups, reused)
	}
	return groups, nil
}

// writeBump prints the part of the version that the changes of each catalog call
// for, or the next version.
func (cmd *breakingCommand) writeBump(b *baselines, w io.Writer) error {
	if cmd.History {
		return errors.New("--bump compares with one version; leave --history out")
	}
	comparisons, err := b.compare(cmd.againstFlag)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, c := range comparisons {
		name, text, err := cmd.bump(b, c)
		if err != nil {
			return err
		}
		if len(comparisons) > 1 {
			text = name + " " + text
		}
		fmt.Fprintln(out, diag.Line(text))
	}
	return out.Flush()
}

// bump returns the name of a catalog, and its next version or the part of it that
// has to grow. All changes since the last release count, accepted or not.
func (cmd *breakingCommand) bump(b *baselines, c comparison) (name, text string, err error) {
	switch {
	case c.member == nil:
		return c.bases[0].catalog.Name, compat.Major.String(), nil
	case len(c.bases) == 0:
		return c.member.Catalog.Name, compat.Minor.String(), nil
	}
	current := c.member.Catalog
	if pattern := c.released(); pattern != "" {
		var releases []*baseline
		for _, base := range c.bases {
			found, err := b.released(c.member, base, pattern)
			if err != nil {
				return "", "", err
			}
			if len(found) > 0 {
				releases = append(releases, found[len(found)-1])
			}
		}
		if len(releases) > 0 {
			c.bases, c.roots = releases, nil
		}
	}
	changes, err := c.changes(func(base *baseline) ([]compat.Change, error) {
		return compat.Compare(selected(c.member, base.catalog), current), nil
	})
	bump := compat.BumpOf(changes)
	text = bump.String()
	for i, base := range c.bases {
		if version := base.catalog.Version; version != "" {
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
		words = append(words, e.Code, e.Name)
		for _, a := range e.Aliases {
			words = append(words, a.Code)
		}
		for _, s := range e.Synonyms {
			words = append(words, s.Name)
		}
		for _, f := range e.FormerNames {
			words = append(words, f.Name)
		}
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

// breakingReport is what errcat breaking reports.
type breakingReport struct {
	set     *workspace.Set
	all     bool
	changes []compat.Change
	// of are the catalogs of the changes, nil for one that was removed.
	of []*workspace.Member
	// since names the baselines.
	since []string
	// releases are sentences about what counts as released.
	releases []string
}

// add adds the changes of a catalog.
func (r *breakingReport) add(c comparison, changes []compat.Change) {
	r.addChanges(c.member, changes)
	for _, base := range c.bases {
		if !slices.Contains(r.since, base.about) {
			r.since = append(r.since, base.about)
		}
	}
}

// addChanges adds changes of a catalog.
func (r *breakingReport) addChanges(m *workspace.Member, changes []compat.Change) {
	for _, c := range changes {
		r.changes, r.of = append(r.changes, c), append(r.of, m)
	}
}

// isShown reports whether a change is reported.
func (r *breakingReport) isShown(c compat.Change) bool {
	return r.all || c.Severity != diag.Info || c.Accepted != nil
}

// findings returns the findings for tools: each says whom it breaks.
func (r *breakingReport) findings() diag.Diagnostics {
	found := diag.Diagnostics{}
	for _, c := range r.changes {
		if !r.isShown(c) {
			continue
		}
		d := compat.Findings([]compat.Change{c})[0]
		if whom := victims(c.Breaks); whom != "" && c.IsBreaking() {
			d.Message += "; this breaks " + whom
		}
		found = append(found, d)
	}
	return found
}

// victims names those whom a change breaks.
func victims(b compat.Breaks) string {
	var whom []string
	if b&compat.Wire != 0 {
		whom = append(whom, "clients and servers of another version")
	}
	switch b & (compat.Go | compat.TypeScript) {
	case compat.Go | compat.TypeScript:
		whom = append(whom, "Go and TypeScript code")
	case compat.Go:
		whom = append(whom, "Go code")
	case compat.TypeScript:
		whom = append(whom, "TypeScript code")
	}
	if b&compat.Links != 0 {
		whom = append(whom, "links to the documentation")
	}
	switch n := len(whom); n {
	case 0, 1, 2:
		return strings.Join(whom, " and ")
	default:
		return strings.Join(whom[:n-1], ", ") + ", and " + whom[n-1]
	}
}

// section is a part of the text of a report.
type section struct {
	title   string
	changes []compat.Change
}

// sections groups the changes by whom they break.
func (r *breakingReport) sections() []section {
	var list []section
	group := func(title string, in func(c compat.Change) bool) {
		s := section{title: title}
		for _, c := range r.changes {
			if in(c) && r.isShown(c) {
				s.changes = append(s.changes, c)
			}
		}
		if len(s.changes) > 0 {
			list = append(list, s)
		}
	}
	for _, wire := range []compat.Breaks{compat.Wire, 0} {
		for _, code := range []compat.Breaks{compat.Go | compat.TypeScript, compat.Go, compat.TypeScript, 0} {
			for _, links := range []compat.Breaks{compat.Links, 0} {
				if whom := wire | code | links; whom != 0 {
					group("Breaks "+victims(whom)+":", func(c compat.Change) bool { return c.IsBreaking() && c.Breaks == whom })
				}
			}
		}
	}
	group("Needs a higher version:", func(c compat.Change) bool { return c.IsBreaking() && c.Rule == diag.RuleVersionTooLow })
	group("Breaks nobody, but may surprise people or older servers:", func(c compat.Change) bool {
		return c.Accepted == nil && (c.Severity == diag.Warning || c.IsBreaking() && c.Breaks == 0 && c.Rule != diag.RuleVersionTooLow)
	})
	group("Accepted:", func(c compat.Change) bool { return c.Accepted != nil })
	group("Compatible:", func(c compat.Change) bool { return c.Accepted == nil && c.Severity == diag.Info })
	return list
}

// write writes the report for people.
func (r *breakingReport) write(w io.Writer, format formatFlag) error {
	out := bufio.NewWriter(w)
	for _, s := range r.sections() {
		fmt.Fprintf(out, "%s\n\n", s.title)
		if err := out.Flush(); err != nil {
			return err
		}
		if err := format.report(w, r.set, compat.Findings(s.changes)); err != nil {
			return err
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out, diag.Line(r.summary()))
	if r.canAccept() {
		fmt.Fprintln(out, "A change that is meant needs a reason: errcat breaking --accept REASON writes it into the catalog.")
	}
	return out.Flush()
}

// canAccept reports whether there is a change that errcat breaking --accept accepts.
func (r *breakingReport) canAccept() bool {
	for i, c := range r.changes {
		m := r.of[i]
		if c.IsBreaking() && c.Rule != diag.RuleVersionTooLow && (m == nil && r.set.IsWorkspace || m != nil && !m.IsForeign && m.Name != workspace.Stdin) {
			return true
		}
	}
	return false
}

// summary counts the changes.
func (r *breakingReport) summary() string {
	breaking, warnings, accepted, compatible, low := 0, 0, 0, 0, 0
	for _, c := range r.changes {
		switch {
		case c.Accepted != nil:
			accepted++
		case c.Rule == diag.RuleVersionTooLow:
			low++
		case c.IsBreaking():
			breaking++
		case c.Severity == diag.Warning:
			warnings++
		default:
			compatible++
		}
	}
	text := "No breaking change"
	if breaking > 0 {
		text = counted(breaking, "breaking change")
	}
	if low > 0 {
		text += ", " + counted(low, "version") + " too low"
	}
	if accepted > 0 {
		text += ", " + counted(accepted, "accepted change")
	}
	if warnings > 0 {
		text += ", " + counted(warnings, "warning")
	}
	if len(r.since) > 0 {
		text += ", compared with " + strings.Join(r.since, " and ")
	}
	for _, sentence := range r.releases {
		text += "; " + sentence
	}
	if compatible > 0 {
		text += "; " + counted(compatible, "compatible change")
		if !r.all {
			text += " (--all shows them)"
		}
	}
	return text + "."
}
