package baseline

import (
	"fmt"

	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// Versions returns the versions of a catalog that a name means: of a branch, that at
// its tip and that at its merge base with HEAD. It returns none if a revision does not
// have the catalog, and fails if something cannot be read.
func (b *Finder) Versions(m *workspace.Member, name string) ([]*Baseline, error) {
	dir := b.dir([]*workspace.Member{m})
	rev, file, isFile, err := b.locate(dir, name)
	if err != nil {
		return nil, err
	}
	if isFile {
		src, err := b.reader.Read(b.ctx, name, ".")
		if err != nil {
			return nil, err
		}
		base, err := b.read(src, name)
		return []*Baseline{base}, err
	}
	repo, err := b.repository(dir)
	if err != nil {
		return nil, err
	}
	commits := []git.Revision{{Name: rev.Name, Commit: rev.Commit}}
	if rev.Kind == git.Branch {
		// Without a common ancestor, or in a shallow clone, the tip is all there is.
		bases, _ := repo.MergeBases(rev)
		for _, id := range bases {
			commits = append(commits, git.Revision{Name: rev.Name, Commit: id})
		}
	}
	var found []*Baseline
	for _, commit := range commits {
		if file != "" {
			base, err := b.file(repo, commit, file)
			if err != nil {
				return nil, err
			}
			found = append(found, base)
			continue
		}
		bases, err := b.at(repo, commit, m)
		if err != nil {
			return nil, err
		}
		found = append(found, bases...)
	}
	return found, nil
}

// AtTags returns the versions of a catalog at all tags that match a pattern. It fails
// if one cannot be read.
func (b *Finder) AtTags(m *workspace.Member, pattern string) ([]*Baseline, error) {
	repo, err := b.repository(b.dir([]*workspace.Member{m}))
	if err != nil {
		return nil, err
	}
	tags, err := repo.Tags(pattern)
	if err != nil {
		return nil, err
	}
	var all []*Baseline
	for _, tag := range tags {
		found, err := b.at(repo, tag, m)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", tag.Name, err)
		}
		all = append(all, found...)
	}
	return all, nil
}
