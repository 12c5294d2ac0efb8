package files

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Orphans finds the generated files below a folder that no output makes, because
// the output was moved, renamed or dropped: files whose header names one of the
// catalogs and the file itself. Copies under another name are not among them. It
// returns a Change of the kind Orphan for each, sorted by path.
//
// Of the files that the outputs do not make, it opens only those for whose name
// mayBe is true, and those beside an orphan. It does not search hidden folders,
// node_modules, vendor, testdata, nested repositories, the targets of symbolic links,
// and folders below the root for which isOthers is true: somebody else generates
// files there. It fails if the disk cannot be read.
func Orphans(ctx context.Context, root string, outputs []Output, catalogs []string, mayBe, isOthers func(name string) bool) ([]Change, error) {
	l, err := newLayout(outputs)
	if err != nil {
		return nil, err
	}
	resolve, err := newResolver()
	if err != nil {
		return nil, err
	}
	real, err := resolve.folder(root)
	if err != nil {
		return nil, err
	}
	s := orphanSearch{comparer: comparer{layout: l}, root: real, catalogs: catalogs, head: make([]byte, headSize), found: make(map[string]bool)}
	err = filepath.WalkDir(real, func(path string, e fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return canceled(ctx)
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission):
			return nil
		case err != nil:
			return err
		case e.IsDir():
			if path != real && (isForeign(path) || isOthers(path)) {
				return fs.SkipDir
			}
			return nil
		case mayBe(e.Name()):
			return s.look(path, e)
		}
		return nil
	})
	if err == nil {
		err = s.lookBeside()
	}
	var orphans []Change
	for path := range s.found {
		rel, err := filepath.Rel(real, path)
		if err != nil {
			return nil, err
		}
		orphans = append(orphans, Change{Path: filepath.Join(root, rel), Kind: Orphan})
	}
	slices.SortFunc(orphans, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return orphans, err
}

// orphanSearch is a search for orphans.
type orphanSearch struct {
	comparer
	root     string
	catalogs []string
	head     []byte
	found    map[string]bool // by real path
}

// look adds a file if it is an orphan.
func (s *orphanSearch) look(path string, e fs.DirEntry) error {
	if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") || s.isPlanned(path) {
		return nil
	}
	n, err := readHead(path, s.head)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(s.root, path)
	if err != nil {
		return err
	}
	if m, ok := parseMark(headerOf(s.head[:n])); ok && slices.Contains(s.catalogs, m.catalog) && m.isNameOf(filepath.ToSlash(rel)) {
		s.found[path] = true
	}
	return nil
}

// lookBeside looks at all files in the folders of orphans: earlier versions may have
// made files with other names.
func (s *orphanSearch) lookBeside() error {
	seen := make(map[string]bool)
	for _, path := range slices.Collect(maps.Keys(s.found)) {
		dir := filepath.Dir(path)
		if seen[dir] {
			continue
		}
		seen[dir] = true
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := s.look(filepath.Join(dir, e.Name()), e); err != nil {
				return err
			}
		}
	}
	return nil
}

// RemoveOrphans removes the files that Orphans has found, and the folders that
// become empty, up to the root.
func RemoveOrphans(root string, orphans []Change) error {
	var errs []error
	for _, o := range orphans {
		if err := os.Remove(o.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
			continue
		}
		for dir := filepath.Dir(o.Path); dir != filepath.Clean(root); dir = filepath.Dir(dir) {
			if os.Remove(dir) != nil { // not empty
				break
			}
		}
	}
	return errors.Join(errs...)
}
