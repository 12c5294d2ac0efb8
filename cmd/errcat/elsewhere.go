package main

import (
	"fmt"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/edit"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// elsewhereFlag names where codes and names are used, too.
type elsewhereFlag struct {
	Against []string `sep:"none" placeholder:"REVISION" help:"Where codes and names are not free, either: a branch, a tag, a commit, REVISION:PATH, a file or mod:MODULE/PATH. Repeatable. Default: compatibility.against of the catalog."`
}

// others returns the versions of a catalog that the flag names or, without it, the one
// that the catalog names. It fails if one cannot be read, as its codes would seem to
// be free. A revision without the catalog has none.
func (f elsewhereFlag) others(b *baselines, m *workspace.Member) ([]edit.Other, error) {
	names := f.Against
	if len(names) == 0 && m.Catalog.Compatibility.Against != "" {
		names = []string{m.Catalog.Compatibility.Against}
	}
	var others []edit.Other
	for _, name := range names {
		found, err := b.versions(m, name)
		if err != nil {
			return nil, fmt.Errorf("--against %s: %w", name, err)
		}
		for _, base := range found {
			others = append(others, edit.Other{Where: diag.Line(name), Catalog: base.catalog})
		}
	}
	return others, nil
}

// versions returns the versions of a catalog that a name means: of a branch, that at
// its tip and that at its merge base with HEAD.
func (b *baselines) versions(m *workspace.Member, name string) ([]*baseline, error) {
	dir := b.dir([]*workspace.Member{m})
	rev, file, isFile, err := b.locate(dir, name)
	if err != nil {
		return nil, err
	}
	if isFile {
		src, err := b.env.reader().Read(b.env.ctx, name, ".")
		if err != nil {
			return nil, err
		}
		base, err := b.read(src, name)
		return []*baseline{base}, err
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
	var found []*baseline
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

// isUnreleased reports whether nobody can know an error: it is in no release, if the
// catalog says which tags are releases, else on no baseline. It returns false if the
// catalog says neither.
func (f elsewhereFlag) isUnreleased(b *baselines, m *workspace.Member, e *catalog.Error) (bool, error) {
	var others []edit.Other
	switch pattern := m.Catalog.Compatibility.Released; {
	case pattern != "":
		repo, err := b.repository(b.dir([]*workspace.Member{m}))
		if err != nil {
			return false, err
		}
		tags, err := repo.Tags(pattern)
		if err != nil {
			return false, err
		}
		for _, tag := range tags {
			found, err := b.at(repo, tag, m)
			if err != nil {
				return false, fmt.Errorf("%s: %w", tag.Name, err)
			}
			for _, base := range found {
				others = append(others, edit.Other{Where: tag.Name, Catalog: base.catalog})
			}
		}
	case len(f.Against) == 0 && m.Catalog.Compatibility.Against == "":
		return false, nil
	default:
		var err error
		if others, err = f.others(b, m); err != nil {
			return false, err
		}
	}
	return !edit.IsKnown(e, others), nil
}
