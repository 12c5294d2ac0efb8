package baseline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// releases returns the newest releases that a base and others have.
func (b *Finder) releases(members []*workspace.Member, base *Baseline, pattern string) (*git.Repository, []git.Revision, error) {
	repo, err := b.repository(b.dir(members))
	if err != nil {
		return nil, nil, fmt.Errorf("compatibility.released: %w", err)
	}
	tags, err := repo.Releases(pattern, base.commit)
	if err != nil {
		return nil, nil, fmt.Errorf("compatibility.released: %w", err)
	}
	return repo, tags, nil
}

// released returns the versions of a catalog at the newest releases: none if it was
// not released yet.
func (b *Finder) released(m *workspace.Member, base *Baseline, pattern string) ([]*Baseline, error) {
	repo, tags, err := b.releases([]*workspace.Member{m}, base, pattern)
	if err != nil {
		return nil, err
	}
	var found []*Baseline
	for _, tag := range tags {
		old, err := b.at(repo, tag, m)
		if err != nil {
			return nil, err
		}
		found = append(found, old...)
	}
	return found, nil
}

// wasReleased reports whether the newest releases have a catalog that is gone.
func (b *Finder) wasReleased(base *Baseline, pattern string) (bool, error) {
	repo, tags, err := b.releases(b.set.Members, base, pattern)
	if err != nil {
		return false, err
	}
	gone := &workspace.Member{Source: base.Source, Catalog: base.Catalog}
	for _, tag := range tags {
		olds, err := b.appendFile(nil, repo, tag, base.path)
		if err != nil || len(olds) > 0 {
			return len(olds) > 0, err
		}
		// It may have been elsewhere, and in no errcat.yaml.
		if old, err := b.search(repo, tag, gone, nil); err != nil || old != nil {
			return old != nil, err
		}
	}
	return false, nil
}

// at returns the version of a catalog at a revision, if there is one.
func (b *Finder) at(repo *git.Repository, rev git.Revision, m *workspace.Member) ([]*Baseline, error) {
	pairs, err := b.pairsAt(repo, rev)
	if err != nil {
		return nil, err
	}
	for _, c := range pairs {
		if c.Member == m {
			return c.Bases, nil
		}
	}
	return nil, nil
}

// tagged returns the versions of a catalog at all tags that match a pattern, the
// newest first and each content once, if they may have one of the words.
func (b *Finder) tagged(m *workspace.Member, bases []*Baseline, pattern string, words []string) ([]*Baseline, error) {
	repo, err := b.repository(b.dir([]*workspace.Member{m}))
	if err != nil {
		return nil, err
	}
	tags, err := repo.Tags(pattern)
	if err != nil {
		return nil, err
	}
	paths, err := b.paths(repo, m, bases)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]bool)
	var found []*Baseline
	for _, tag := range tags {
		old, err := b.textAt(repo, tag, m, paths)
		switch {
		case err != nil:
			return nil, err
		case old == nil || seen[string(old.Data)] || !mayHave(old.Data, words):
			continue
		}
		seen[string(old.Data)] = true
		if old.Catalog == nil {
			if old, err = b.file(repo, tag, old.path); err != nil {
				return nil, fmt.Errorf("%w; to leave the tag out, name another pattern with --against-tag", err)
			}
		}
		found = append(found, old)
	}
	return found, nil
}

// paths returns the paths that a catalog has, and has had, as far as they are known.
func (b *Finder) paths(repo *git.Repository, m *workspace.Member, bases []*Baseline) ([]string, error) {
	var paths []string
	if m.Name != workspace.Stdin {
		name, err := repo.Path(m.Name)
		if err != nil {
			return nil, err
		}
		paths = append(paths, name)
	}
	for _, base := range bases {
		if base.path != "" && !slices.Contains(paths, base.path) {
			paths = append(paths, base.path)
		}
	}
	return paths, nil
}

// textAt returns the version of a catalog at a tag, nil if there is none. It is read
// only if it is at none of the paths.
func (b *Finder) textAt(repo *git.Repository, tag git.Revision, m *workspace.Member, paths []string) (*Baseline, error) {
	for _, name := range paths {
		data, err := repo.ReadFile(tag, name, workspace.MaxFile)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		if is, err := catalog.Resembles(bytes.NewReader(data)); err != nil || is {
			return &Baseline{Source: oldSource(tag, name, data), About: about(tag), path: name}, err
		}
	}
	olds, err := b.at(repo, tag, m)
	if err != nil || len(olds) == 0 {
		return nil, err
	}
	return olds[0], nil
}

// mayHave reports whether a text may have one of some words. A word can be written
// with escapes.
func mayHave(data []byte, words []string) bool {
	return bytes.ContainsRune(data, '\\') || slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(data, []byte(word)) })
}
