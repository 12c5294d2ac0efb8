// Package gomod finds files of Go modules, as the go command sees them: in the module
// cache, in a vendor folder, in a folder that replaces a module, or in this repository.
package gomod

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// moduleFile is the name of a file of a Go module: MODULE/PATH for a module of
// the build list, or MODULE@VERSION/PATH.
type moduleFile struct {
	// modules are the paths that the module can have, the longest first.
	modules []string
	// version is empty for that of the build list.
	version string
	// path is MODULE/PATH.
	path string
}

// errModuleFile says how to name a file of a module.
var errModuleFile = errors.New("write mod:MODULE/PATH, such as mod:example.com/errors/catalog.yaml, or mod:MODULE@VERSION/PATH for a version that is not in the build list")

// moduleVersion matches a version of a module, or a query of the go command such
// as latest, v1 or a commit.
var moduleVersion = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._+-]*$`)

// parseModuleFile returns the parts of a name without mod:. What is no path or
// version of a module never reaches the go command, which would take it for a flag,
// a pattern or a query.
func parseModuleFile(name string) (moduleFile, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) || name != path.Clean(name) {
		return moduleFile{}, errModuleFile
	}
	if module, rest, ok := strings.Cut(name, "@"); ok {
		version, file, ok := strings.Cut(rest, "/")
		if !ok || !isModulePath(module) || !moduleVersion.MatchString(version) {
			return moduleFile{}, errModuleFile
		}
		return moduleFile{modules: []string{module}, version: version, path: module + "/" + file}, nil
	}
	f := moduleFile{path: name}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if isModulePath(dir) {
			f.modules = append(f.modules, dir)
		}
	}
	if len(f.modules) == 0 {
		return moduleFile{}, errModuleFile
	}
	return f, nil
}

// isModulePath reports whether the path can be that of a module. To the go
// command, other words are flags, patterns and queries.
func isModulePath(path string) bool {
	switch path {
	case "", "all", "cmd", "go", "main", "std", "tool", "toolchain", "work":
		return false
	}
	isPart := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~/+", r)
	}
	return path[0] != '-' && !strings.Contains(path, "...") && !strings.ContainsFunc(path, func(r rune) bool { return !isPart(r) })
}

// Finder finds files of modules.
type Finder struct {
	// Temporary is locked while there is a temporary folder, so that a program that
	// ends can wait until it is removed.
	Temporary sync.Locker
	// Note is told in a sentence which version a query such as latest means.
	Note func(text string)
}

// File is an open file of a module.
type File struct {
	*os.File
	// IsMain means that the module is a main module: one of this repository.
	IsMain bool
	// Path is that of the file if its module is a folder, and no version; otherwise
	// it is empty.
	Path string
}

// Open opens a file of a module for reading, by its name without mod:. The go command
// says in which folder the module is, from a folder or module file of the main
// module. Only for a name with a version may it download something. No symbolic link
// leads out of the folder of the module. It fails if the name means no file, or if the
// go command has no folder for its module; then the error says what to run.
func (f Finder) Open(ctx context.Context, place, name string) (*File, error) {
	file, err := parseModuleFile(name)
	if err != nil {
		return nil, err
	}
	var m *module
	if file.version == "" {
		m, err = findModule(ctx, place, file)
	} else {
		m, err = f.download(ctx, place, file)
	}
	if err != nil {
		return nil, err
	}
	if m.Query != "" {
		f.Note(m.Path + "@" + m.Query + " is " + m.Version)
	}
	if err := m.checkSum(); err != nil {
		return nil, err
	}
	return m.open(strings.TrimPrefix(file.path, m.Path+"/"))
}

// open opens a file in the folder of a module.
func (m *module) open(inside string) (*File, error) {
	root, err := os.OpenRoot(m.Dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && m.isVendored:
		return nil, m.errNotVendored()
	case errors.Is(err, fs.ErrNotExist) && m.Replace != nil:
		return nil, fmt.Errorf("the module %s is replaced by %s, which does not exist", m.Path, m.Replace.Path)
	case err != nil:
		return nil, err
	}
	defer root.Close()
	opened, err := root.Open(filepath.FromSlash(inside))
	switch {
	case errors.Is(err, fs.ErrNotExist) && m.isVendored:
		return nil, m.errNotVendored()
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s has no file %s, in its folder %s", m, inside, m.Dir)
	case err != nil:
		return nil, fmt.Errorf("in the folder %s: %w", m.Dir, err)
	}
	file := &File{File: opened, IsMain: m.Main}
	if m.Main || m.Replace != nil && m.Replace.Version == "" && !m.isVendored {
		file.Path = filepath.Join(m.Dir, filepath.FromSlash(inside))
	}
	return file, nil
}

// String returns the path and the version of a module.
func (m *module) String() string {
	if m.Version == "" {
		return "the module " + m.Path
	}
	return "the module " + m.Path + "@" + m.Version
}

// errNotVendored says why a file of a module is not in the vendor folder.
func (m *module) errNotVendored() error {
	return fmt.Errorf("%s has no such file in vendor: go mod vendor copies only the folders of the packages that are imported; "+
		"import the package in the folder of the catalog and run go mod vendor again, or set GOFLAGS=-mod=readonly to read the module cache", m)
}

// checkSum returns an error if what was downloaded is not what go.sum says. The go
// command compares them only when it uses a package of the module.
func (m *module) checkSum() error {
	used := m
	if m.Replace != nil {
		used = m.Replace
	}
	if used.Sum == "" || used.GoMod == "" {
		return nil
	}
	downloaded, err := os.ReadFile(strings.TrimSuffix(used.GoMod, ".mod") + ".ziphash")
	if sum := string(bytes.TrimSpace(downloaded)); err == nil && sum != used.Sum {
		return errors.Join(
			fmt.Errorf("verifying %s@%s: checksum mismatch; see go help module-auth", used.Path, used.Version),
			errors.New("    downloaded: "+sum),
			errors.New("    go.sum:     "+used.Sum),
		)
	}
	return nil
}
