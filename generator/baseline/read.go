package baseline

import (
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// read reads a baseline leniently.
func (b *Finder) read(src *workspace.Source, about string) (*Baseline, error) {
	base := &Baseline{Source: src, About: about}
	var found diag.Diagnostics
	base.Catalog, found = catalog.ReadBaseline(src.Name, src.Data)
	if base.Catalog == nil {
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

// file returns a catalog at a revision. It fails with git.ErrNoFile if there is no
// such file.
func (b *Finder) file(repo *git.Repository, rev git.Revision, name string) (*Baseline, error) {
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
