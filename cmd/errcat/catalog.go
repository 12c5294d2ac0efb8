package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/gomod"
)

// maxCatalog is one byte more than the loader accepts, so that the loader
// reports a file that is too large.
const maxCatalog = catalog.MaxSize + 1

// catalogFlag names the catalog of a command that needs a single one.
type catalogFlag struct {
	Catalog string `short:"c" placeholder:"FILE" help:"The catalog: a file, - for standard input, or mod:MODULE[@VERSION]/PATH for a file of a Go module. Default: that of errcat.yaml, or catalog.yaml."`
}

// list returns the catalog that the flag names, if any.
func (f catalogFlag) list() catalogsFlag {
	if f.Catalog == "" {
		return catalogsFlag{}
	}
	return catalogsFlag{Catalog: []string{f.Catalog}}
}

// stdin is the name of a catalog from standard input in reports.
const stdin = "<stdin>"

// errNoCatalog means that there is no catalog, and that none was named.
var errNoCatalog = errors.New("no catalog.yaml or errcat.yaml in this folder or above it in the repository; name a catalog with -c FILE")

// source is the text of a catalog and its origin.
type source struct {
	// name is the name of the catalog in reports, dir its folder.
	name, dir string
	data      []byte
	// inputs are the contents of other files that reports quote, by name.
	inputs map[string][]byte
	// foreign means that the catalog belongs to another module, so its own
	// outputs are not used.
	foreign bool
	// local is the path of a foreign catalog that this repository has itself.
	local string
	// folderFile is the path of a foreign catalog whose module is a folder, and no
	// version: it can be in this repository.
	folderFile string
}

// text returns the text of the catalog.
func (s *source) text(string) []byte { return s.data }

// readCatalog reads a catalog: a file, standard input, or a file of a module that
// the go command finds from a folder or module file.
func readCatalog(env *environment, name, dir string) (*source, error) {
	if module, ok := strings.CutPrefix(name, "mod:"); ok {
		src, err := readModuleFile(env, dir, module)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return src, nil
	}
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(env.stdin, maxCatalog))
		if err != nil {
			return nil, fmt.Errorf("reading the catalog from standard input: %w", err)
		}
		return &source{name: stdin, dir: ".", data: data, inputs: make(map[string][]byte)}, nil
	}
	data, err := readFile(name)
	if err != nil {
		return nil, err
	}
	return &source{name: name, dir: filepath.Dir(name), data: data, inputs: make(map[string][]byte)}, nil
}

// readModuleFile reads a file of a Go module as a catalog. The go command finds the
// module from a folder or module file.
func readModuleFile(env *environment, place, name string) (*source, error) {
	finder := gomod.Finder{
		Temporary: &env.writing,
		Note:      func(text string) { fmt.Fprintf(env.stderr, "errcat: %s\n", diag.Line(text)) },
	}
	file, err := finder.Open(env.ctx, place, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	src := &source{name: "mod:" + name, inputs: make(map[string][]byte), foreign: true, folderFile: file.Path}
	if file.IsMain {
		src.local = relative(file.Path)
	}
	src.data, err = readAll(file.File, src.name)
	return src, err
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

// readFile reads a catalog, or a file that an output needs, up to maxCatalog.
func readFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(file, name)
}

// readAll reads an open file up to maxCatalog.
func readAll(file *os.File, name string) ([]byte, error) {
	var b bytes.Buffer
	if info, err := file.Stat(); err == nil {
		b.Grow(int(min(info.Size(), maxCatalog)) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(io.LimitReader(file, maxCatalog)); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// outputFlag names the outputs of a command.
type outputFlag struct {
	Output []string `short:"o" sep:"none" complete:"outputs" placeholder:"TARGET=PATH" help:"An output in place of those in the catalog, as target=path[,option=value...]. Repeatable. The path is relative to the working directory; - is standard output, for a target that writes one file."`
}

// printed returns the index of the output that goes to standard output, -1 if
// none does. It fails if several do.
func (f outputFlag) printed() (int, error) {
	at := -1
	for i, s := range f.Output {
		_, rest, _ := strings.Cut(s, "=")
		if path, _, _ := strings.Cut(rest, ","); path != "-" {
			continue
		}
		if at >= 0 {
			return 0, errors.New("only one output can go to standard output")
		}
		at = i
	}
	return at, nil
}

// splitOptions splits what follows a target at its commas, but not within braces.
func splitOptions(s string) []string {
	var words []string
	depth, start := 0, 0
	for i, c := range []byte(s) {
		switch {
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == ',' && depth <= 0:
			words = append(words, s[start:i])
			start = i + 1
		}
	}
	return append(words, s[start:])
}

// parse returns the outputs of the command line.
func (f outputFlag) parse() ([]generator.Output, error) {
	var outputs []generator.Output
	for _, s := range f.Output {
		target, rest, _ := strings.Cut(s, "=")
		words := splitOptions(rest)
		o := generator.Output{Target: target, Path: words[0], Options: make(map[string]string)}
		if target == "" || o.Path == "" {
			return nil, fmt.Errorf("-o %s: write target=path[,option=value...]", s)
		}
		for _, word := range words[1:] {
			key, value, ok := strings.Cut(word, "=")
			if !ok || key == "" {
				return nil, fmt.Errorf("-o %s: %s is not option=value", s, cmp.Or(word, "the empty option"))
			}
			if _, ok := o.Options[key]; ok {
				return nil, fmt.Errorf("-o %s: duplicate option %s", s, key)
			}
			o.Options[key] = value
		}
		if err := o.Check(); err != nil {
			return nil, fmt.Errorf("-o %s: %w", s, err)
		}
		outputs = append(outputs, o)
	}
	return outputs, nil
}
