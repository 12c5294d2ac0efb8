package baseline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// pairsAt returns the comparisons of all catalogs of this repository with a revision,
// and of those that only the revision has, unless the user names the
// catalogs.
func (b *Finder) pairsAt(repo *git.Repository, rev git.Revision) ([]Comparison, error) {
	if known, ok := b.pairs[rev]; ok {
		return known, nil
	}
	own := slices.DeleteFunc(slices.Clone(b.set.Members), func(m *workspace.Member) bool { return m.IsForeign })
	pairs, err := b.pair(repo, rev, own)
	if err != nil {
		return nil, err
	}
	b.pairs[rev] = pairs
	return pairs, nil
}

// pair finds the earlier version of each catalog at a revision: the one with its
// path and its name, with its name, with its path, or with most of its codes.
// Catalogs that only the revision has are gone, unless the user names the
// catalogs.
func (b *Finder) pair(repo *git.Repository, rev git.Revision, members []*workspace.Member) ([]Comparison, error) {
	olds, err := b.catalogsAt(repo, rev, members)
	if err != nil {
		return nil, err
	}
	paths := make(map[*workspace.Member]string)
	for _, m := range members {
		if m.Name == workspace.Stdin {
			paths[m] = ""
			continue
		}
		if paths[m], err = repo.Path(m.Name); err != nil {
			return nil, err
		}
	}
	matches := make(map[*workspace.Member]*Baseline)
	taken := make(map[*Baseline]bool)
	for _, fits := range []func(m *workspace.Member, old *Baseline) bool{
		func(m *workspace.Member, old *Baseline) bool {
			return m.Catalog.Name == old.Catalog.Name && paths[m] == old.path
		},
		func(m *workspace.Member, old *Baseline) bool { return m.Catalog.Name == old.Catalog.Name },
		func(m *workspace.Member, old *Baseline) bool { return paths[m] == old.path },
		func(m *workspace.Member, old *Baseline) bool { return isSimilar(m.Catalog, old.Catalog) },
	} {
		for _, m := range members {
			for _, old := range olds {
				if matches[m] == nil && !taken[old] && fits(m, old) {
					matches[m], taken[old] = old, true
				}
			}
		}
	}
	var found []Comparison
	for _, m := range members {
		if matches[m] == nil {
			if matches[m], err = b.search(repo, rev, m, taken); err != nil {
				return nil, err
			}
		}
		c := Comparison{Member: m}
		if old := matches[m]; old != nil {
			taken[old] = true
			c.Bases = []*Baseline{old}
		}
		found = append(found, c)
	}
	for _, old := range olds {
		if !taken[old] && !b.named {
			found = append(found, Comparison{Bases: []*Baseline{old}})
		}
	}
	return found, nil
}

// AcceptRemovals returns the changes that catalogs are gone, with what errcat.yaml
// accepts.
func (b *Finder) AcceptRemovals(changes []compat.Change) []compat.Change {
	if len(b.compared) == 0 || !b.set.IsWorkspace {
		return changes // single files, which are not all that there was
	}
	var before [][]catalog.Acceptance
	for _, commit := range b.compared {
		before = append(before, b.workspaces[commit].accept)
	}
	return compat.AcceptRemovals(changes, before, b.set.Accept)
}

// isSimilar reports whether two catalogs have at least half of their codes in
// common.
func isSimilar(a, b *catalog.Catalog) bool {
	return 2*common(a, b) >= max(len(a.Errors), len(b.Errors), 1)
}

// common returns the number of codes with a name that two catalogs have in common.
func common(a, b *catalog.Catalog) int {
	names := make(map[string]string, len(a.Errors))
	for _, e := range a.Errors {
		names[e.Code] = e.Name
	}
	n := 0
	for _, e := range b.Errors {
		if names[e.Code] == e.Name {
			n++
		}
	}
	return n
}

// catalogsAt returns the catalogs of a revision: if the user names
// catalogs, those at their paths, else those that errcat would find at the revision.
func (b *Finder) catalogsAt(repo *git.Repository, rev git.Revision, members []*workspace.Member) ([]*Baseline, error) {
	if repo.Root() == "" {
		return nil, nil
	}
	if !b.named {
		return b.workspaceAt(repo, rev)
	}
	var olds []*Baseline
	for _, m := range members {
		if m.Name == workspace.Stdin {
			continue
		}
		name, err := repo.Path(m.Name)
		if err != nil {
			return nil, err
		}
		if olds, err = b.appendFile(olds, repo, rev, name); err != nil {
			return nil, err
		}
	}
	return olds, nil
}

// appendFile appends a catalog at a revision, if it is there and is one of errcat.
func (b *Finder) appendFile(olds []*Baseline, repo *git.Repository, rev git.Revision, name string) ([]*Baseline, error) {
	data, err := repo.ReadFile(rev, name, workspace.MaxFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return olds, nil
	case err != nil:
		return nil, err
	}
	if is, err := catalog.Resembles(bytes.NewReader(data)); err != nil || !is || len(bytes.TrimSpace(data)) == 0 {
		return olds, err
	}
	old, err := b.file(repo, rev, name)
	return append(olds, old), err
}

// workspaceAt returns the catalogs that errcat would find from the working
// directory at a revision.
func (b *Finder) workspaceAt(repo *git.Repository, rev git.Revision) ([]*Baseline, error) {
	dir, err := repo.Path("x")
	if err != nil {
		return nil, err
	}
	for dir = path.Dir(dir); ; dir = path.Dir(dir) {
		name := path.Join(dir, workspace.FileName)
		data, err := repo.ReadFile(rev, name, workspace.MaxFile)
		switch {
		case err == nil:
			return b.listed(repo, rev, name, data)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, err
		}
		olds, err := b.appendFile(nil, repo, rev, path.Join(dir, "catalog.yaml"))
		if err != nil || len(olds) > 0 || dir == "." {
			return olds, err
		}
	}
}

// listed returns the catalogs that the errcat.yaml of a revision names, except for
// those of other modules.
func (b *Finder) listed(repo *git.Repository, rev git.Revision, name string, data []byte) ([]*Baseline, error) {
	src := oldSource(rev, name, data)
	w, found := workspace.ReadBaseline(src.Name, data)
	if w == nil {
		return nil, unreadable(src.Name, about(rev), found)
	}
	b.workspaces[rev.Commit] = oldWorkspace{data, w.Accept}
	var olds []*Baseline
	for _, row := range w.Catalogs {
		if row.IsForeign() {
			continue
		}
		file := path.Join(path.Dir(name), row.Source)
		if !filepath.IsLocal(filepath.FromSlash(file)) {
			return nil, fmt.Errorf("%s: %s is outside of the repository", src.Name, diag.Quote(row.Source))
		}
		old, err := b.file(repo, rev, file)
		switch {
		case errors.Is(err, fs.ErrNotExist): // so nothing was made from it
		case err != nil:
			return nil, fmt.Errorf("%s:%d: %w", src.Name, row.Pos.Line, err)
		default:
			if old.outputs, old.hasOutputs = row.Outputs, row.HasOutputs; old.hasOutputs {
				b.set.AddEarlier(src)
			}
			olds = append(olds, old)
		}
	}
	return olds, nil
}

// search looks for a catalog among all YAML files of a revision: by its name or, as it
// may have got another one, by most of its codes, if the file that had them is gone.
// Of several it returns the one that has most in common with it. It fails if one that is
// gone cannot be read, since it may be the one.
func (b *Finder) search(repo *git.Repository, rev git.Revision, m *workspace.Member, taken map[*Baseline]bool) (*Baseline, error) {
	all, err := b.everywhere(repo, rev)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(old *Baseline) bool {
		for other := range taken {
			if other.path == old.path {
				return true
			}
		}
		return false
	})
	isGone := func(old *Baseline) bool {
		return !isRegular(filepath.Join(repo.Root(), filepath.FromSlash(old.path)))
	}
	for _, fits := range []func(old *Baseline) bool{
		func(old *Baseline) bool { return old.Catalog != nil && old.Catalog.Name == m.Catalog.Name },
		func(old *Baseline) bool {
			return old.Catalog != nil && isSimilar(m.Catalog, old.Catalog) && isGone(old)
		},
	} {
		var best *Baseline
		for _, old := range all {
			if fits(old) && (best == nil || common(old.Catalog, m.Catalog) > common(best.Catalog, m.Catalog)) {
				best = old
			}
		}
		if best != nil {
			b.set.AddEarlier(best.Source)
			return best, nil
		}
	}
	for _, old := range all {
		if old.Catalog == nil && isGone(old) {
			_, err := b.file(repo, rev, old.path)
			return nil, fmt.Errorf("%s may be new, or have been %s: %w", m.Name, old.Name, err)
		}
	}
	return nil, nil
}

// everywhere returns the catalogs among all YAML files of a revision. Those that cannot
// be read have no content.
func (b *Finder) everywhere(repo *git.Repository, rev git.Revision) ([]*Baseline, error) {
	if all, ok := b.searched[rev]; ok {
		return all, nil
	}
	files, err := repo.Files(rev, func(name string) bool { return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name)) })
	if err != nil {
		return nil, err
	}
	var all []*Baseline
	err = repo.Contents(files, workspace.MaxFile, func(file git.Entry, data []byte) bool {
		if is, err := catalog.Resembles(bytes.NewReader(data)); err != nil || !is {
			return true
		}
		src := oldSource(rev, file.Path, data)
		c, _ := catalog.ReadBaseline(src.Name, data)
		isUnreadable := c == nil && bytes.Contains(data, []byte("catalog")) && bytes.Contains(data, []byte("errors"))
		if c != nil && c.Name != "" || isUnreadable {
			all = append(all, &Baseline{Source: src, About: about(rev), path: file.Path, commit: rev.Commit, Catalog: c})
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	b.searched[rev] = all
	return all, nil
}
