package baseline

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/git"
)

// commits returns what a revision is compared by: for a branch the merge bases with
// HEAD, else the commit itself.
func (b *Finder) commits(repo *git.Repository, rev git.Revision) ([]git.Revision, error) {
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

// compareCommits makes the comparisons with each commit that a revision means.
func (b *Finder) compareCommits(dir string, rev git.Revision, compare func(*git.Repository, git.Revision) ([]Comparison, error)) ([]Comparison, error) {
	repo, err := b.repository(dir)
	if err != nil {
		return nil, err
	}
	commits, err := b.commits(repo, rev)
	if err != nil {
		return nil, err
	}
	var all []Comparison
	var each [][]Comparison
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
func (b *Finder) roots(repo *git.Repository, commits []git.Revision, compare func(*git.Repository, git.Revision) ([]Comparison, error)) [][]Comparison {
	var ids []git.ID
	for _, commit := range commits {
		ids = append(ids, commit.Commit)
	}
	var each [][]Comparison
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
func addRoots(all []Comparison, each, roots [][]Comparison) []Comparison {
	for _, found := range roots {
		for _, root := range found {
			if i := slices.IndexFunc(all, root.isSame); i >= 0 && root.Member != nil {
				all[i].roots = append(all[i].roots, root.Bases...)
			}
		}
	}
	for i := range all {
		if len(all[i].roots) != len(roots) {
			all[i].roots = nil // an ancestor does not have the catalog
		}
	}
	return slices.DeleteFunc(all, func(c Comparison) bool {
		lacks := func(found []Comparison) bool { return !slices.ContainsFunc(found, c.isSame) }
		return c.Member == nil && slices.ContainsFunc(each, lacks) && len(roots) > 0 && !slices.ContainsFunc(roots, lacks)
	})
}

// isSame reports whether two comparisons are about the same catalog.
func (c Comparison) isSame(other Comparison) bool {
	if c.Member != nil || other.Member != nil {
		return c.Member == other.Member
	}
	return c.Bases[0].Catalog.Name == other.Bases[0].Catalog.Name
}

// changes returns what has changed since the bases, as a function finds it for each.
func (c Comparison) changes(since func(base *Baseline) ([]compat.Change, error)) ([]compat.Change, error) {
	var each, roots [][]compat.Change
	for i, base := range slices.Concat(c.Bases, c.roots) {
		found, err := since(base)
		switch {
		case err != nil:
			return nil, err
		case i < len(c.Bases):
			each = append(each, found)
		default:
			roots = append(roots, found)
		}
	}
	return withoutDuplicates(compat.SinceBases(each, roots)), nil
}

// merge adds comparisons with another commit to those of the same catalogs.
func merge(all, more []Comparison) []Comparison {
	for _, c := range more {
		switch i := slices.IndexFunc(all, c.isSame); {
		case i < 0:
			all = append(all, c)
		case c.Member != nil:
			all[i].Bases = append(all[i].Bases, c.Bases...)
		}
	}
	return all
}
