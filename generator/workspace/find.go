package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/errcat/errcat/generator/catalog"
)

// Found is what a folder belongs to.
type Found struct {
	// Path is the errcat.yaml or catalog.yaml, in the folder or above it; it is empty
	// if there is none. The path is relative if the folder is.
	Path string
	// IsWorkspace means that Path is an errcat.yaml.
	IsWorkspace bool
	// Above is an errcat.yaml further above, which may not name the catalog; it is
	// empty if there is none.
	Above string
}

// Find looks for an errcat.yaml in a folder, and then for a catalog.yaml that is a
// catalog of errcat, and for both in each folder above, up to that of the
// repository: the one with .git. Without a repository, it looks only in the folder.
// It fails if a file is there and cannot be read.
func Find(dir string) (Found, error) {
	var found Found
	for _, dir := range upward(dir) {
		name := filepath.Join(dir, FileName)
		switch isWorkspace, err := isFile(name); {
		case err != nil:
			return Found{}, err
		case isWorkspace && found.Path != "":
			found.Above = name
			return found, nil
		case isWorkspace:
			return Found{Path: name, IsWorkspace: true}, nil
		}
		if found.Path != "" {
			continue
		}
		isCatalog, err := isCatalog(filepath.Join(dir, "catalog.yaml"))
		if err != nil {
			return Found{}, err
		}
		if isCatalog {
			found.Path = filepath.Join(dir, "catalog.yaml")
		}
	}
	return found, nil
}

// inFolder returns the errcat.yaml or the catalog.yaml of errcat that is in a folder, an
// empty path if there is none.
func inFolder(dir string) (string, error) {
	name := filepath.Join(dir, FileName)
	is, err := isFile(name)
	if is || err != nil {
		return name, err
	}
	name = filepath.Join(dir, "catalog.yaml")
	is, err = isCatalog(name)
	if is || err != nil {
		return name, err
	}
	return "", nil
}

// upward returns a folder and those above it, up to that of the repository.
func upward(dir string) []string {
	dirs := []string{dir}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dirs
	}
	for {
		if _, err := os.Lstat(filepath.Join(abs, ".git")); err == nil {
			return dirs
		}
		up := filepath.Dir(abs)
		if up == abs {
			return dirs[:1]
		}
		abs = up
		dir = filepath.Join(dir, "..")
		dirs = append(dirs, dir)
	}
}

// isFile reports whether there is a file with a name. A symbolic link that leads
// nowhere is an error: what it would name must not be passed over.
func isFile(name string) (bool, error) {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if target, err := os.Readlink(name); err == nil {
			return false, fmt.Errorf("%s is a symbolic link to %s, which does not exist", name, target)
		}
		return false, nil
	}
	return err == nil && info.Mode().IsRegular(), err
}

// isCatalog reports whether a file is a catalog of errcat, even if a wrong one:
// other tools have files of the same name.
func isCatalog(name string) (bool, error) {
	is, err := isFile(name)
	if !is {
		return false, err
	}
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	return catalog.Resembles(f)
}
