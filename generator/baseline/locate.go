package baseline

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// locate finds out what the name of a baseline means: a file, one of a module too, or
// a revision with, of REVISION:PATH, the path.
func (b *Finder) locate(dir, against string) (rev git.Revision, name string, isFile bool, err error) {
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
func (b *Finder) dir(members []*workspace.Member) string {
	if b.set.IsWorkspace {
		return filepath.Dir(b.set.Name)
	}
	return cmp.Or(members[0].Dir, ".")
}

// resolve returns a revision and, of REVISION:PATH, the path.
func (b *Finder) resolve(dir, against string) (git.Revision, string, error) {
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
