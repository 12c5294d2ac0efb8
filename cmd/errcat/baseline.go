package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// againstFlag names what catalogs are compared with.
type againstFlag struct {
	Against string `placeholder:"BASELINE" help:"What to compare with: a branch, which means its merge base with HEAD, a tag or a commit, REVISION:PATH, a file, - for standard input, or mod:MODULE/PATH. Default: compatibility.against of the catalog."`
}

// baseline is an earlier version of a catalog.
type baseline struct {
	*workspace.Source
	// about names the version in messages: main (merge base 0123456789).
	about string
	// path is that in the repository, commit the one that has it; both are empty for
	// what is not in one.
	path    string
	commit  git.ID
	catalog *catalog.Catalog
}

// comparison is a catalog with its baselines.
type comparison struct {
	// member is nil if the catalog is gone.
	member *workspace.Member
	// bases are what the change is compared with: none for a new catalog, several if
	// branches were merged into each other.
	bases []*baseline
	// roots are the versions at the common ancestors of several bases.
	roots []*baseline
	// isWhole means that the command line names this very version: whatever has
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

// baselines finds the baselines of catalogs. Close must be called.
type baselines struct {
	env *environment
	set *workspace.Set
	// named means that the command line names the catalogs: others are left alone.
	named bool
	// repositories are those of the catalogs, by root or by folder.
	repositories map[string]*git.Repository
	// pairs are the comparisons of all catalogs of this repository with a revision.
	pairs map[git.Revision][]comparison
	// compared are the commits with whose workspaces the one of the work tree is
	// compared, workspaces those of revisions.
	compared   []git.ID
	workspaces map[git.ID]oldWorkspace
	// searched has the catalogs that a revision has anywhere.
	searched map[git.ID][]*baseline
	// files are catalogs at revisions.
	files map[place]*baseline
}

func newBaselines(env *environment, set *workspace.Set, from catalogsFlag) *baselines {
	return &baselines{
		env: env, set: set, named: len(from.Catalog) > 0, repositories: make(map[string]*git.Repository), pairs: make(map[git.Revision][]comparison),
		workspaces: make(map[git.ID]oldWorkspace), searched: make(map[git.ID][]*baseline), files: make(map[place]*baseline),
	}
}

// Close ends what still runs.
func (b *baselines) Close() {
	for _, repo := range b.repositories {
		// It only reads, so there is nothing to lose.
		_ = repo.Close()
	}
}

// repository returns the repository of a folder.
func (b *baselines) repository(dir string) (*git.Repository, error) {
	if repo := b.repositories[dir]; repo != nil {
		return repo, nil
	}
	repo, err := git.Open(b.env.ctx, dir)
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

// compare returns the comparisons with what the flag names or, without it, each
// catalog. It fails if something cannot be read.
func (b *baselines) compare(flag againstFlag) ([]comparison, error) {
	groups := make(map[string][]*workspace.Member)
	var order []string
	b.compared = nil
	if len(b.set.Members) == 0 {
		if flag.Against == "" {
			return nil, fmt.Errorf("%s names no catalog; name what to compare it with, such as --against origin/main", b.set.Name)
		}
		order = append(order, flag.Against)
	}
	for _, m := range b.set.Members {
		against := cmp.Or(flag.Against, b.against(m))
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
	var all []comparison
	for _, against := range order {
		found, err := b.compareWith(against, groups[against])
		if err != nil {
			return nil, err
		}
		all = merge(all, found)
	}
	slices.SortStableFunc(all, func(x, y comparison) int { return cmp.Compare(b.index(x), b.index(y)) })
	return all, nil
}

// against returns what a catalog is compared with by default. What the publisher of
// a catalog compares with is not here: that of another module is compared with what
// the catalogs of this repository are.
func (b *baselines) against(m *workspace.Member) string {
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
func (b *baselines) compareWith(against string, members []*workspace.Member) ([]comparison, error) {
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

// locate finds out what the name of a baseline means: a file, one of a module too, or
// a revision with, of REVISION:PATH, the path.
func (b *baselines) locate(dir, against string) (rev git.Revision, name string, isFile bool, err error) {
	if strings.HasPrefix(against, "mod:") || filepath.VolumeName(against) != "" || isPath(against) {
		return rev, "", true, nil
	}
	isFile = isRegular(against)
	rev, name, err = b.resolve(dir, against)
	switch {
	case err == nil && isFile:
		return rev, "", false, fmt.Errorf("it is a revision and a file; write ./%s for the file, or the full name of the revision, such as refs/heads/%s", against, against)
	case err == nil, isFile:
		return rev, name, isFile, nil
	case errors.Is(err, git.ErrNoRepository):
		return rev, "", false, fmt.Errorf("there is no such file, and %w", err)
	}
	return rev, "", false, err
}

// isPath reports whether a name can only be that of a file.
func isPath(name string) bool {
	name = filepath.ToSlash(name)
	return path.IsAbs(name) || strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../")
}

func isRegular(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// dir returns the folder whose repository the revisions of catalogs are of.
func (b *baselines) dir(members []*workspace.Member) string {
	if b.set.IsWorkspace {
		return filepath.Dir(b.set.Name)
	}
	return cmp.Or(members[0].Dir, ".")
}

// resolve returns a revision and, of REVISION:PATH, the path.
func (b *baselines) resolve(dir, against string) (git.Revision, string, error) {
	repo, err := b.repository(dir)
	if err != nil {
		return git.Revision{}, "", err
	}
	name, file, hasFile := cutRevision(against)
	rev, err := repo.Resolve(name)
	if err != nil || !hasFile {
		return rev, "", err
	}
	clean := path.Clean(file)
	if file == "." || strings.HasPrefix(file, "./") || strings.HasPrefix(file, "../") { // relative to the working directory, as for git
		if clean, err = repo.Path(filepath.FromSlash(file)); err != nil {
			return rev, "", err
		}
	}
	return rev, clean, nil
}

// cutRevision splits REVISION:PATH. There can be a colon in the braces of a revision.
func cutRevision(s string) (rev, file string, hasFile bool) {
	depth := 0
	for i, c := range s {
		switch {
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == ':' && depth <= 0 && i > 0:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// compareOne compares with a single catalog that is in no revision.
func (b *baselines) compareOne(name string, members []*workspace.Member, about string) ([]comparison, error) {
	src, err := b.env.reader().Read(b.env.ctx, name, ".")
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
func (b *baselines) pairOne(base *baseline, members []*workspace.Member) ([]comparison, error) {
	if len(members) > 1 {
		members = slices.DeleteFunc(slices.Clone(members), func(m *workspace.Member) bool { return m.Catalog.Name != base.catalog.Name })
	}
	if len(members) == 1 && base.path == "" && base.Name != workspace.Stdin && workspace.SameFile(base.Name, members[0].Name) {
		return nil, fmt.Errorf("--against %s is the catalog itself", base.Name)
	}
	if len(members) != 1 {
		return nil, fmt.Errorf("--against names one catalog, %s, and no catalog of %s has the name %s; name the one to compare with -c FILE", base.Name, b.set.Name, diag.Quote(base.catalog.Name))
	}
	return []comparison{{member: members[0], bases: []*baseline{base}, isWhole: true}}, nil
}

// read reads a baseline leniently.
func (b *baselines) read(src *workspace.Source, about string) (*baseline, error) {
	base := &baseline{Source: src, about: about}
	var found diag.Diagnostics
	base.catalog, found = catalog.ReadBaseline(src.Name, src.Data)
	if base.catalog == nil {
		return nil, unreadable(src.Name, about, found)
	}
	b.set.AddEarlier(src)
	return base, nil
}

// unreadable says why a baseline cannot be read.
func unreadable(name, about string, found diag.Diagnostics) error {
	for _, d := range found {
		if d.Severity == diag.Error {
			help := ""
			if rev, file, ok := strings.Cut(name, ":"); ok && d.Rule == diag.RuleUnsupportedVersion && !strings.HasPrefix(name, "mod:") {
				help = "; to find the commit with the first version that can, run: " + diag.ShellCommand("git", "log", "--reverse", "--format=%h %s", "-Sversion: 1", rev+"..", "--", file)
			}
			return fmt.Errorf("%s cannot be compared with: %s: %s%s", about, d.Pos, d.Message, help)
		}
	}
	return fmt.Errorf("%s cannot be compared with: %s has no errors", about, name)
}

// commits returns what a revision is compared by: for a branch the merge bases with
// HEAD, else the commit itself.
func (b *baselines) commits(repo *git.Repository, rev git.Revision) ([]git.Revision, error) {
	if rev.Kind != git.Branch {
		return []git.Revision{rev}, nil
	}
	bases, err := repo.MergeBases(rev)
	if err != nil {
		return nil, err
	}
	var commits []git.Revision
	for _, id := range bases {
		commits = append(commits, git.Revision{Name: rev.Name, Kind: git.Branch, Commit: id})
	}
	return commits, nil
}

// about names a commit in messages.
func about(rev git.Revision) string {
	switch {
	case rev.Kind == git.Branch:
		return rev.Name + " (merge base " + rev.Commit.Short() + ")"
	case rev.Kind == git.Tag, strings.HasPrefix(string(rev.Commit), strings.ToLower(rev.Name)):
		return rev.Name
	}
	return rev.Name + " (" + rev.Commit.Short() + ")"
}

// compareFile compares with a file of a revision.
func (b *baselines) compareFile(dir string, rev git.Revision, name string, members []*workspace.Member) ([]comparison, error) {
	return b.compareCommits(dir, rev, func(repo *git.Repository, commit git.Revision) ([]comparison, error) {
		base, err := b.file(repo, commit, name)
		if err != nil {
			return nil, err
		}
		return b.pairOne(base, members)
	})
}

// compareCommits makes the comparisons with each commit that a revision means.
func (b *baselines) compareCommits(dir string, rev git.Revision, compare func(*git.Repository, git.Revision) ([]comparison, error)) ([]comparison, error) {
	repo, err := b.repository(dir)
	if err != nil {
		return nil, err
	}
	commits, err := b.commits(repo, rev)
	if err != nil {
		return nil, err
	}
	var all []comparison
	var each [][]comparison
	for _, commit := range commits {
		found, err := compare(repo, commit)
		if err != nil {
			return nil, err
		}
		all, each = merge(all, found), append(each, found)
	}
	if len(commits) > 1 {
		all = addRoots(all, each, b.roots(repo, commits, compare))
	}
	return all, b.checkHead(repo, commits, all, rev)
}

// roots returns the comparisons with the common ancestors of several commits. It
// returns none if one cannot be read: then all changes count.
func (b *baselines) roots(repo *git.Repository, commits []git.Revision, compare func(*git.Repository, git.Revision) ([]comparison, error)) [][]comparison {
	var ids []git.ID
	for _, commit := range commits {
		ids = append(ids, commit.Commit)
	}
	var each [][]comparison
	for _, id := range repo.CommonAncestors(ids) {
		found, err := compare(repo, git.Revision{Name: commits[0].Name, Kind: commits[0].Kind, Commit: id})
		if err != nil {
			return nil
		}
		each = append(each, found)
	}
	return each
}

// addRoots adds to comparisons those with the common ancestors of the commits that
// each list is about. A catalog that the ancestors have, and one of the commits has
// not, was removed before.
func addRoots(all []comparison, each, roots [][]comparison) []comparison {
	for _, found := range roots {
		for _, root := range found {
			if i := slices.IndexFunc(all, root.isSame); i >= 0 && root.member != nil {
				all[i].roots = append(all[i].roots, root.bases...)
			}
		}
	}
	for i := range all {
		if len(all[i].roots) != len(roots) {
			all[i].roots = nil // an ancestor does not have the catalog
		}
	}
	return slices.DeleteFunc(all, func(c comparison) bool {
		lacks := func(found []comparison) bool { return !slices.ContainsFunc(found, c.isSame) }
		return c.member == nil && slices.ContainsFunc(each, lacks) && len(roots) > 0 && !slices.ContainsFunc(roots, lacks)
	})
}

// isSame reports whether two comparisons are about the same catalog.
func (c comparison) isSame(other comparison) bool {
	if c.member != nil || other.member != nil {
		return c.member == other.member
	}
	return c.bases[0].catalog.Name == other.bases[0].catalog.Name
}

// changes returns what has changed since the bases, as a function finds it for each.
func (c comparison) changes(since func(base *baseline) ([]compat.Change, error)) ([]compat.Change, error) {
	var each, roots [][]compat.Change
	for i, base := range slices.Concat(c.bases, c.roots) {
		found, err := since(base)
		switch {
		case err != nil:
			return nil, err
		case i < len(c.bases):
			each = append(each, found)
		default:
			roots = append(roots, found)
		}
	}
	return withoutDuplicates(compat.SinceBases(each, roots)), nil
}

// merge adds comparisons with another commit to those of the same catalogs.
func merge(all, more []comparison) []comparison {
	for _, c := range more {
		switch i := slices.IndexFunc(all, c.isSame); {
		case i < 0:
			all = append(all, c)
		case c.member != nil:
			all[i].bases = append(all[i].bases, c.bases...)
		}
	}
	return all
}

// file returns a catalog at a revision. It fails with git.ErrNoFile if there is no
// such file.
func (b *baselines) file(repo *git.Repository, rev git.Revision, name string) (*baseline, error) {
	key := place{repo, rev, name}
	if known := b.files[key]; known != nil {
		return known, nil
	}
	data, err := repo.ReadFile(rev, name, workspace.MaxFile)
	if err != nil {
		return nil, err
	}
	base, err := b.read(oldSource(rev, name, data), about(rev))
	if err != nil {
		return nil, err
	}
	base.path, base.commit = name, rev.Commit
	b.files[key] = base
	return base, nil
}

// oldSource returns a file of a revision as a source, by the name that git show
// takes.
func oldSource(rev git.Revision, name string, data []byte) *workspace.Source {
	short := rev.Commit.Short()
	if rev.Kind == git.Tag {
		short = rev.Name
	}
	return workspace.NewSource(short+":"+name, data)
}

// compareRevision compares catalogs with those of a revision.
func (b *baselines) compareRevision(dir string, rev git.Revision, members []*workspace.Member) ([]comparison, error) {
	all, err := b.compareCommits(dir, rev, func(repo *git.Repository, commit git.Revision) ([]comparison, error) {
		pairs, err := b.pairsAt(repo, commit)
		if err != nil {
			return nil, err
		}
		// A catalog that is gone is gone for all.
		found := slices.DeleteFunc(slices.Clone(pairs), func(c comparison) bool { return c.member != nil && !slices.Contains(members, c.member) })
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
func (b *baselines) index(c comparison) int {
	if i := slices.Index(b.set.Members, c.member); i >= 0 {
		return i
	}
	return len(b.set.Members)
}

// checkHead returns an error if catalogs are compared with themselves: if the
// baseline is HEAD, and the files are those of HEAD.
func (b *baselines) checkHead(repo *git.Repository, commits []git.Revision, all []comparison, rev git.Revision) error {
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
		if c.member == nil || len(c.bases) == 0 || !sameText(c.member.Data, c.bases[0].Data) {
			return nil // changes that are not committed
		}
		if name, err := repo.Path(cmp.Or(c.member.FolderFile, c.member.Name)); c.member.Name != workspace.Stdin && (err != nil || name != c.bases[0].path) {
			return nil // a move that is not committed
		}
	}
	return fmt.Errorf("%s is HEAD itself, so that nothing would be compared; to check what a push has brought, name the commit before it, such as --against HEAD^", rev.Name)
}

// sameText reports whether two texts have the same lines.
func sameText(a, b []byte) bool {
	unix := func(s []byte) []byte { return bytes.ReplaceAll(s, []byte("\r\n"), []byte("\n")) }
	return bytes.Equal(a, b) || bytes.Equal(unix(a), unix(b))
}
