package workspace

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/gomod"
)

// MaxFile is the size up to which files are read: one byte more than a catalog may
// have, so that a larger one is reported as too large.
const MaxFile = catalog.MaxSize + 1

// Stdin is the name of a catalog from standard input in reports.
const Stdin = "<stdin>"

// Source is the text of a catalog and its origin.
type Source struct {
	// Name is the name of the catalog in reports, Dir its folder.
	Name, Dir string
	Data      []byte
	// Inputs are the contents of other files that reports quote, by name.
	Inputs map[string][]byte
	// IsForeign means that the catalog belongs to another module, so its own outputs
	// are not used.
	IsForeign bool
	// Local is the path of a foreign catalog that this repository has itself.
	Local string
	// FolderFile is the path of a foreign catalog whose module is a folder, and no
	// version: it can be in this repository.
	FolderFile string
}

// NewSource returns the text of a catalog with a name.
func NewSource(name string, data []byte) *Source {
	return &Source{Name: name, Data: data, Inputs: make(map[string][]byte)}
}

// Text returns the text of the catalog, whatever the file.
func (s *Source) Text(string) []byte { return s.Data }

// Reader reads catalogs by their names.
type Reader struct {
	// Stdin is what the name - means.
	Stdin io.Reader
	// Modules finds files of Go modules.
	Modules gomod.Finder
	// Note is told in a sentence which catalog is used, if that is not obvious.
	Note func(text string)
}

// Read reads a catalog: a file, standard input with the name -, or mod:MODULE/PATH, a
// file of a module that the go command finds from a folder or module file, the place.
// It fails if there is no such file or if it cannot be read.
func (r Reader) Read(ctx context.Context, name, place string) (*Source, error) {
	if module, ok := strings.CutPrefix(name, "mod:"); ok {
		return r.readModule(ctx, name, module, place)
	}
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(r.Stdin, MaxFile))
		if err != nil {
			return nil, fmt.Errorf("reading the catalog from standard input: %w", err)
		}
		src := NewSource(Stdin, data)
		src.Dir = "."
		return src, nil
	}
	data, err := ReadFile(name)
	if err != nil {
		return nil, err
	}
	src := NewSource(name, data)
	src.Dir = filepath.Dir(name)
	return src, nil
}

// readModule reads a file of a module.
func (r Reader) readModule(ctx context.Context, name, module, place string) (*Source, error) {
	file, err := r.Modules.Open(ctx, place, module)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer file.Close()
	data, err := readAll(file.File, name)
	if err != nil {
		return nil, err
	}
	src := NewSource(name, data)
	src.IsForeign, src.FolderFile = true, file.Path
	if file.IsMain {
		src.Local = relative(file.Path)
	}
	return src, nil
}

// relative returns a path relative to the working directory, if there is one.
func relative(name string) string {
	wd, err := os.Getwd()
	if err != nil {
		return name
	}
	if rel, err := filepath.Rel(wd, name); err == nil {
		return rel
	}
	return name
}

// ReadFile reads a catalog, or a file that an output needs, up to MaxFile.
func ReadFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(file, name)
}

// readAll reads an open file up to MaxFile.
func readAll(file *os.File, name string) ([]byte, error) {
	var b bytes.Buffer
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, not a file", name)
	} else if err == nil {
		b.Grow(int(min(info.Size(), MaxFile)) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(io.LimitReader(file, MaxFile)); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return b.Bytes(), nil
}
