package baseline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/gomod"
	"github.com/errcat/errcat/generator/workspace"
)

// foreign returns the comparison of a catalog of another module with its version in
// the build list of a revision.
func (b *Finder) foreign(repo *git.Repository, rev git.Revision, m *workspace.Member) (Comparison, error) {
	dir := filepath.Join(filepath.Dir(b.set.Name), filepath.FromSlash(m.Row.Module))
	if !b.set.IsWorkspace {
		dir = "."
	}
	place := moduleFileAbove(dir)
	if place == "" {
		return Comparison{}, fmt.Errorf("%s: no go.mod says which version %s has; name one, such as --against mod:MODULE@VERSION/PATH", m.Name, about(rev))
	}
	old, changed, err := b.moduleFiles(repo, rev, place)
	if err != nil {
		return Comparison{}, err
	}
	if old == nil || !requires(old["go.mod"], m.Name) {
		return Comparison{Member: m}, nil
	}
	if !changed {
		if base, err := b.inFolder(repo, rev, m.Source); base != nil || err != nil {
			return Comparison{Member: m, Bases: []*Baseline{base}}, err
		}
		base, err := b.read(m.Source, about(rev))
		return Comparison{Member: m, Bases: []*Baseline{base}}, err
	}
	b.reader.Modules.Temporary.Lock()
	defer b.reader.Modules.Temporary.Unlock()
	temp, err := os.MkdirTemp("", "errcat-module-")
	if err != nil {
		return Comparison{}, err
	}
	defer os.RemoveAll(temp)
	for name, data := range old {
		if err := os.WriteFile(filepath.Join(temp, name), data, 0o666); err != nil {
			return Comparison{}, err
		}
	}
	src, err := b.reader.Read(b.ctx, m.Name, filepath.Join(temp, "go.mod"))
	if err != nil {
		return Comparison{}, fmt.Errorf("%s: %w", about(rev), err)
	}
	if base, err := b.inFolder(repo, rev, src); base != nil || err != nil {
		return Comparison{Member: m, Bases: []*Baseline{base}}, err
	}
	src.Name = rev.Commit.Short() + ":" + src.Name // two versions of one file
	base, err := b.read(src, about(rev))
	return Comparison{Member: m, Bases: []*Baseline{base}}, err
}

// inFolder returns the version at a revision of a catalog whose module is a folder of
// the repository, nil if it is none.
func (b *Finder) inFolder(repo *git.Repository, rev git.Revision, src *workspace.Source) (*Baseline, error) {
	if src.FolderFile == "" {
		return nil, nil
	}
	inside, err := repo.Path(src.FolderFile)
	if err != nil {
		return nil, nil // outside of the repository
	}
	base, err := b.file(repo, rev, inside)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return base, err
}

// moduleFileAbove returns the nearest go.mod, from a folder up to the root of the
// file system, "" if there is none.
func moduleFileAbove(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	for ; ; abs = filepath.Dir(abs) {
		if name := filepath.Join(abs, "go.mod"); isRegular(name) {
			return name
		}
		if abs == filepath.Dir(abs) {
			return ""
		}
	}
}

// localReplacement matches the folder in a replace directive of a module file.
var localReplacement = regexp.MustCompile(`(=>\s+)(\.\.?(?:/\S*)?)`)

// moduleFiles returns go.mod and go.sum of a revision, nil if it has no go.mod, and
// whether they have changed since. Folders in go.mod are those of the work tree.
func (b *Finder) moduleFiles(repo *git.Repository, rev git.Revision, place string) (map[string][]byte, bool, error) {
	files := make(map[string][]byte)
	changed := false
	for _, name := range []string{"go.mod", "go.sum"} {
		file := filepath.Join(filepath.Dir(place), name)
		inside, err := repo.Path(file)
		if err != nil {
			return nil, false, err
		}
		old, err := repo.ReadFile(rev, inside, workspace.MaxFile)
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == "go.mod":
			return nil, false, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return nil, false, err
		}
		now, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, false, err
		}
		changed = changed || !sameText(old, now)
		files[name] = old
	}
	files["go.mod"] = localReplacement.ReplaceAllFunc(files["go.mod"], func(m []byte) []byte {
		parts := localReplacement.FindSubmatch(m)
		folder := filepath.Join(filepath.Dir(place), filepath.FromSlash(string(parts[2])))
		return append(slices.Clone(parts[1]), strconv.Quote(filepath.ToSlash(folder))...)
	})
	return files, changed, nil
}

// requires reports whether a module file requires the module of a file, or is of it.
func requires(modFile []byte, name string) bool {
	for directive, argument := range gomod.Directives(modFile) {
		if (directive == "require" || directive == "module") && strings.HasPrefix(name, "mod:"+argument+"/") {
			return true
		}
	}
	return false
}
