package main

import (
	"fmt"

	"github.com/errcat/errcat/generator/baseline"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/edit"
	"github.com/errcat/errcat/generator/workspace"
)

// elsewhereFlag names where codes and names are used, too.
type elsewhereFlag struct {
	Against []string `sep:"none" placeholder:"REVISION" help:"Where codes and names are not free, either: a branch, a tag, a commit, REVISION:PATH, a file or mod:MODULE/PATH. Repeatable. Default: compatibility.against of the catalog."`
}

// others returns the versions of a catalog that the flag names or, without it, the one
// that the catalog names. It fails if one cannot be read, as its codes would seem to
// be free. A revision without the catalog has none.
func (f elsewhereFlag) others(b *baseline.Finder, m *workspace.Member) ([]edit.Other, error) {
	names := f.Against
	if len(names) == 0 && m.Catalog.Compatibility.Against != "" {
		names = []string{m.Catalog.Compatibility.Against}
	}
	var others []edit.Other
	for _, name := range names {
		found, err := b.Versions(m, name)
		if err != nil {
			return nil, fmt.Errorf("--against %s: %w", name, err)
		}
		for _, base := range found {
			others = append(others, edit.Other{Where: diag.Line(name), Catalog: base.Catalog})
		}
	}
	return others, nil
}

// isUnreleased reports whether nobody can know an error: it is in no release, if the
// catalog says which tags are releases, else on no baseline. It returns false if the
// catalog says neither.
func (f elsewhereFlag) isUnreleased(b *baseline.Finder, m *workspace.Member, e *catalog.Error) (bool, error) {
	var others []edit.Other
	switch pattern := m.Catalog.Compatibility.Released; {
	case pattern != "":
		found, err := b.AtTags(m, pattern)
		if err != nil {
			return false, err
		}
		for _, base := range found {
			others = append(others, edit.Other{Where: base.About, Catalog: base.Catalog})
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
