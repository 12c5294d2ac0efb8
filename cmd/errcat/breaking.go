package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/baseline"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
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
	p, err := loadCompared(env, cmd.catalogsFlag, cmd.formatFlag)
	if err != nil {
		return err
	}
	b := newFinder(env, p, cmd.catalogsFlag)
	defer b.Close()
	if cmd.Bump {
		return cmd.writeBump(b, env.stdout)
	}
	if cmd.Accept != nil {
		return cmd.accept(env, p, b)
	}
	r, err := cmd.find(p, b)
	if err != nil {
		return err
	}
	return cmd.print(env, r)
}

// againstFlag names what catalogs are compared with.
type againstFlag struct {
	Against string `placeholder:"BASELINE" help:"What to compare with: a branch, which means its merge base with HEAD, a tag or a commit, REVISION:PATH, a file, - for standard input, or mod:MODULE/PATH. Default: compatibility.against of the catalog."`
}

// newFinder returns a finder of earlier versions of catalogs.
func newFinder(env *environment, p *workspace.Set, from catalogsFlag) *baseline.Finder {
	return baseline.New(env.ctx, env.reader(), p, len(from.Catalog) > 0)
}

// find returns the report.
func (cmd *breakingCommand) find(p *workspace.Set, b *baseline.Finder) (*breakingReport, error) {
	r := &breakingReport{set: p, all: cmd.All}
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
func (cmd *breakingCommand) compare(b *baseline.Finder, r *breakingReport) error {
	comparisons, err := b.Compare(cmd.Against)
	if err != nil {
		return err
	}
	var removed []compat.Change
	for _, c := range comparisons {
		changes, err := b.Changes(c, cmd.AgainstTag)
		if err != nil {
			return err
		}
		if c.Member == nil {
			removed = append(removed, changes...)
			changes = nil
		}
		r.add(c, changes)
	}
	r.addChanges(nil, b.AcceptRemovals(removed))
	r.releases = b.Releases()
	return nil
}

// past adds to a report what the whole history of each catalog shows.
func (cmd *breakingCommand) past(b *baseline.Finder, r *breakingReport) error {
	if cmd.Against != "" || cmd.AgainstTag != "" {
		return errors.New("--history compares with all versions; leave --against and --against-tag out")
	}
	for _, m := range r.set.Members {
		if m.IsForeign && len(r.set.Members) > 1 {
			continue
		}
		h, about, err := b.Past(m)
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

// writeBump prints the part of the version that the changes of each catalog call
// for, or the next version.
func (cmd *breakingCommand) writeBump(b *baseline.Finder, w io.Writer) error {
	if cmd.History {
		return errors.New("--bump compares with one version; leave --history out")
	}
	comparisons, err := b.Compare(cmd.Against)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, c := range comparisons {
		name, text, err := b.Bump(c)
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
func (r *breakingReport) add(c baseline.Comparison, changes []compat.Change) {
	r.addChanges(c.Member, changes)
	for _, base := range c.Bases {
		if !slices.Contains(r.since, base.About) {
			r.since = append(r.since, base.About)
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

// joinMergeBases makes one of the baselines that are merge bases of the same branch.
func joinMergeBases(since []string) []string {
	var joined []string
	for i, s := range since {
		name, base, ok := strings.Cut(s, " (merge base ")
		if !ok || i == 0 || !strings.HasPrefix(since[i-1], name+" (merge base ") {
			joined = append(joined, s)
			continue
		}
		last := &joined[len(joined)-1]
		*last = strings.Replace(strings.TrimSuffix(*last, ")"), " (merge base ", " (merge bases ", 1) + ", " + base
	}
	return joined
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
		text += ", compared with " + strings.Join(joinMergeBases(r.since), " and ")
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
