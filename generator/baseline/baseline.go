// Package baseline finds the earlier versions that catalogs are compared with: at
// revisions of a git repository, wherever they were, in other versions of a Go module,
// or in files. It says what has changed since then, released or not.
package baseline

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// Baseline is an earlier version of a catalog.
type Baseline struct {
	*workspace.Source
	// About names the version in messages: main (merge base 0123456789).
	About string
	// Catalog is the version as far as it can be understood.
	Catalog *catalog.Catalog

	// path is that in the repository, commit the one that has it; both are empty for
	// what is not in one.
	path   string
	commit git.ID
	// outputs are those that errcat.yaml named in place of the catalog's own, if
	// hasOutputs.
	outputs    []catalog.Output
	hasOutputs bool
}

// Comparison is a catalog with its baselines.
type Comparison struct {
	// Member is nil if the catalog is gone.
	Member *workspace.Member
	// Bases are what the change is compared with: none for a new catalog, several if
	// branches were merged into each other.
	Bases []*Baseline

	// roots are the versions at the common ancestors of several bases.
	roots []*Baseline
	// isWhole means that the user names this very version: whatever has
	// changed since then counts, released or not.
	isWhole bool
}

// oldWorkspace is an errcat.yaml at a revision: its text, and what it accepts.
type oldWorkspace struct {
	text   []byte
	accept []catalog.Acceptance
}

// place is a file at a revision of a repository.
type place struct {
	repo *git.Repository
	rev  git.Revision
	path string
}

// Finder finds the baselines of catalogs, and reads each once.
type Finder struct {
	ctx    context.Context
	reader workspace.Reader
	set    *workspace.Set
	// named means that the user names the catalogs: others are left alone.
	named bool
	// repositories are those of the catalogs, by root or by folder.
	repositories map[string]*git.Repository
	// pairs are the comparisons of all catalogs of this repository with a revision.
	pairs map[git.Revision][]Comparison
	// compared are the commits with whose workspaces the one of the work tree is
	// compared, workspaces those of revisions.
	compared   []git.ID
	workspaces map[git.ID]oldWorkspace
	// searched has the catalogs that a revision has anywhere.
	searched map[git.Revision][]*Baseline
	// files are catalogs at revisions.
	files map[place]*Baseline
	// said are sentences about what counts as released.
	said []string
}

// New returns a finder for the catalogs of a set. If the user has named them,
// isNamed, others are left alone; else the set is all that there is, and what a
// baseline has more is gone. Close must be called.
func New(ctx context.Context, r workspace.Reader, set *workspace.Set, isNamed bool) *Finder {
	return &Finder{
		ctx: ctx, reader: r, set: set, named: isNamed, repositories: make(map[string]*git.Repository), pairs: make(map[git.Revision][]Comparison),
		workspaces: make(map[git.ID]oldWorkspace), searched: make(map[git.Revision][]*Baseline), files: make(map[place]*Baseline),
	}
}

// Close ends what still runs.
func (b *Finder) Close() {
	for _, repo := range b.repositories {
		// It only reads, so there is nothing to lose.
		_ = repo.Close()
	}
}

// repository returns the repository of a folder.
func (b *Finder) repository(dir string) (*git.Repository, error) {
	if repo := b.repositories[dir]; repo != nil {
		return repo, nil
	}
	repo, err := git.Open(b.ctx, dir)
	if err != nil {
		return nil, err
	}
	key := cmp.Or(repo.Root(), dir)
	if known := b.repositories[key]; known != nil {
		_ = repo.Close()
		repo = known
	}
	b.repositories[key], b.repositories[dir] = repo, repo
	return repo, nil
}

// Compare returns the comparisons with a baseline or, if its name is empty, with what
// each catalog names: a branch, which means its merge base with HEAD, a tag or a
// commit, REVISION:PATH, a file, - for standard input, or mod:MODULE/PATH. It fails
// if something cannot be read.
func (b *Finder) Compare(against string) ([]Comparison, error) {
	groups := make(map[string][]*workspace.Member)
	var order []string
	b.compared, b.said = nil, nil
	if len(b.set.Members) == 0 {
		if against == "" {
			return nil, fmt.Errorf("%s names no catalog; name what to compare it with, such as --against origin/main", b.set.Name)
		}
		order = append(order, against)
	}
	for _, m := range b.set.Members {
		against := cmp.Or(against, b.against(m))
		if against == "" {
			if m.IsForeign {
				return nil, fmt.Errorf("%s: name what to compare it with, such as --against mod:MODULE@VERSION/PATH", m.Name)
			}
			return nil, fmt.Errorf("%s: name what to compare it with, such as --against origin/main, or as compatibility: {against: origin/main} in the catalog", m.Name)
		}
		if groups[against] == nil {
			order = append(order, against)
		}
		groups[against] = append(groups[against], m)
	}
	var all []Comparison
	for _, against := range order {
		found, err := b.compareWith(against, groups[against])
		if err != nil {
			return nil, err
		}
		all = merge(all, found)
	}
	slices.SortStableFunc(all, func(x, y Comparison) int { return cmp.Compare(b.index(x), b.index(y)) })
	return all, nil
}

// against returns what a catalog is compared with by default. What the publisher of
// a catalog compares with is not here: that of another module is compared with what
// the catalogs of this repository are.
func (b *Finder) against(m *workspace.Member) string {
	if !m.IsForeign {
		return m.Catalog.Compatibility.Against
	}
	for _, own := range b.set.Members {
		if against := own.Catalog.Compatibility.Against; !own.IsForeign && against != "" {
			return against
		}
	}
	return ""
}

// compareWith compares catalogs with a baseline by its name.
func (b *Finder) compareWith(against string, members []*workspace.Member) ([]Comparison, error) {
	if against == "-" {
		if slices.ContainsFunc(members, func(m *workspace.Member) bool { return m.Name == workspace.Stdin }) {
			return nil, errors.New("only one of -c - and --against - can be standard input")
		}
		return b.compareOne(against, members, "standard input")
	}
	dir := b.dir(members)
	rev, name, isFile, err := b.locate(dir, against)
	switch {
	case err != nil:
		return nil, fmt.Errorf("--against %s: %w", against, err)
	case isFile:
		return b.compareOne(against, members, against)
	case name != "":
		return b.compareFile(dir, rev, name, members)
	}
	return b.compareRevision(dir, rev, members)
}

// compareOne compares with a single catalog that is in no revision.
func (b *Finder) compareOne(name string, members []*workspace.Member, about string) ([]Comparison, error) {
	src, err := b.reader.Read(b.ctx, name, ".")
	if err != nil {
		return nil, fmt.Errorf("--against %s: %w", name, err)
	}
	base, err := b.read(src, about)
	if err != nil {
		return nil, err
	}
	return b.pairOne(base, members)
}

// pairOne compares a single baseline with the catalog that it is an earlier version
// of.
func (b *Finder) pairOne(base *Baseline, members []*workspace.Member) ([]Comparison, error) {
	if len(members) > 1 {
		members = slices.DeleteFunc(slices.Clone(members), func(m *workspace.Member) bool { return m.Catalog.Name != base.Catalog.Name })
	}
	if len(members) == 1 && base.path == "" && base.Name != workspace.Stdin && workspace.SameFile(base.Name, members[0].Name) {
		return nil, fmt.Errorf("--against %s is the catalog itself", base.Name)
	}
	if len(members) != 1 {
		return nil, fmt.Errorf("--against names one catalog, %s, and no catalog of %s has the name %s; name the one to compare with -c FILE", base.Name, b.set.Name, diag.Quote(base.Catalog.Name))
	}
	return []Comparison{{Member: members[0], Bases: []*Baseline{base}, isWhole: true}}, nil
}

// compareFile compares with a file of a revision.
func (b *Finder) compareFile(dir string, rev git.Revision, name string, members []*workspace.Member) ([]Comparison, error) {
	return b.compareCommits(dir, rev, func(repo *git.Repository, commit git.Revision) ([]Comparison, error) {
		base, err := b.file(repo, commit, name)
		if err != nil {
			return nil, err
		}
		return b.pairOne(base, members)
	})
}

// compareRevision compares catalogs with those of a revision.
func (b *Finder) compareRevision(dir string, rev git.Revision, members []*workspace.Member) ([]Comparison, error) {
	all, err := b.compareCommits(dir, rev, func(repo *git.Repository, commit git.Revision) ([]Comparison, error) {
		pairs, err := b.pairsAt(repo, commit)
		if err != nil {
			return nil, err
		}
		// A catalog that is gone is gone for all.
		found := slices.DeleteFunc(slices.Clone(pairs), func(c Comparison) bool { return c.Member != nil && !slices.Contains(members, c.Member) })
		for _, m := range members {
			if m.IsForeign {
				c, err := b.foreign(repo, commit, m)
				if err != nil {
					return nil, err
				}
				found = append(found, c)
			}
		}
		if !b.named {
			b.compared = append(b.compared, commit.Commit)
		}
		return found, nil
	})
	for i := range all {
		all[i].isWhole = rev.Kind == git.Tag
	}
	return all, err
}

// index returns the place of a comparison among all: in the order of the catalogs, and
// then those that are gone.
func (b *Finder) index(c Comparison) int {
	if i := slices.Index(b.set.Members, c.Member); i >= 0 {
		return i
	}
	return len(b.set.Members)
}

// checkHead returns an error if catalogs are compared with themselves: if the
// baseline is HEAD, and the files are those of HEAD.
func (b *Finder) checkHead(repo *git.Repository, commits []git.Revision, all []Comparison, rev git.Revision) error {
	head, err := repo.Head()
	if err != nil {
		return err
	}
	for _, commit := range commits {
		if commit.Commit != head {
			return nil
		}
	}
	if b.set.IsWorkspace && !b.named && !sameText(b.set.Texts[b.set.Name], b.workspaces[head].text) {
		return nil
	}
	for _, c := range all {
		if c.Member == nil || len(c.Bases) == 0 || !sameText(c.Member.Data, c.Bases[0].Data) {
			return nil // changes that are not committed
		}
		if name, err := repo.Path(cmp.Or(c.Member.FolderFile, c.Member.Name)); c.Member.Name != workspace.Stdin && (err != nil || name != c.Bases[0].path) {
			return nil // a move that is not committed
		}
	}
	is := "is HEAD itself"
	if rev.Commit != head {
		is = "has HEAD already"
	}
	return fmt.Errorf("%s %s, so that nothing would be compared; to check what a push has brought, name the commit before it, such as --against HEAD^", rev.Name, is)
}

// sameText reports whether two texts have the same lines.
func sameText(a, b []byte) bool {
	unix := func(s []byte) []byte { return bytes.ReplaceAll(s, []byte("\r\n"), []byte("\n")) }
	return bytes.Equal(a, b) || bytes.Equal(unix(a), unix(b))
}
