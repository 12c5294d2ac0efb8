// Package gosource loads the Go packages that can name an error of a catalog, and says
// where something is in them as findings do.
package gosource

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A Loader says how packages are loaded.
type Loader struct {
	// Dir is the folder in which the go command runs, the working directory if empty.
	Dir string
	// Tags are build tags, separated by commas.
	Tags string
	// Tests means that test files are loaded, too.
	Tests bool
	// Fset has the positions of what is loaded, if it is not nil.
	Fset *token.FileSet
}

// Flags returns the flags of the go command. Positions in what was compiled with
// -trimpath do not lead to the source.
func (l Loader) Flags() []string {
	flags := []string{"-trimpath=false"}
	if l.Tags != "" {
		flags = append(flags, "-tags="+l.Tags)
	}
	return flags
}

// Load loads packages, named as for go build. It fails if there are none; what is
// wrong with those that there are, Problems returns.
func (l Loader) Load(ctx context.Context, mode packages.LoadMode, patterns ...string) ([]*packages.Package, error) {
	loaded, err := packages.Load(&packages.Config{Context: ctx, Dir: l.Dir, Fset: l.Fset, Mode: mode, Tests: l.Tests, BuildFlags: l.Flags()}, patterns...)
	if err == nil && len(loaded) == 0 {
		err = fmt.Errorf("%s matches no packages", strings.Join(patterns, " "))
	}
	return loaded, err
}

// Graph is the mode that loads which packages import which, and compiles nothing.
const Graph = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule

// Importers returns the generated packages among loaded ones and all that they
// import, and those that import one, possibly by way of others.
func Importers(loaded []*packages.Package) map[*packages.Package]bool {
	found := make(map[*packages.Package]bool)
	packages.Visit(loaded, nil, func(p *packages.Package) {
		isOne := IsGenerated(p)
		for _, imported := range p.Imports {
			isOne = isOne || found[imported]
		}
		if isOne {
			found[p] = true
		}
	})
	return found
}

// Paths returns the import paths of packages, without the programs that run tests. It
// also reports whether there are packages that have none: files that were named.
func Paths(of []*packages.Package) (paths []string, files bool) {
	for _, p := range of {
		switch {
		case p.PkgPath == "command-line-arguments", strings.HasPrefix(p.PkgPath, "_/"):
			files = true
		case !IsTestMain(p):
			paths = append(paths, strings.TrimSuffix(p.PkgPath, "_test"))
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths), files
}

// IsTestMain reports whether a package is the program that runs the tests of another.
func IsTestMain(p *packages.Package) bool { return strings.HasSuffix(p.ID, ".test") }

// IsGenerated reports whether a package is one that errcat has generated. Types
// decide later.
func IsGenerated(p *packages.Package) bool {
	return slices.ContainsFunc(p.GoFiles, func(file string) bool {
		if filepath.Base(file) != "code.go" {
			return false
		}
		data, err := os.ReadFile(file)
		return err == nil && bytes.Contains(data, []byte(") CatalogCode() ("))
	})
}

// position matches a place in a file.
var position = regexp.MustCompile(`^(.+?)((?::\d+)+)$`)

// Problems returns what is wrong with packages and those that they import, each
// problem once.
func Problems(loaded []*packages.Package) []error {
	var all []error
	seen := make(map[string]bool)
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, err := range p.Errors {
			text := err.Msg
			if m := position.FindStringSubmatch(err.Pos); m != nil {
				text = ShortName(m[1]) + m[2] + ": " + err.Msg
			}
			if strings.HasPrefix(text, "# ") { // from the compiler, with the package
				_, text, _ = strings.Cut(text, "\n")
			}
			for text := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
				text = strings.ReplaceAll(text, "\t", "    ")
				if !seen[text] {
					seen[text] = true
					all = append(all, errors.New(text))
				}
			}
		}
	})
	return all
}
