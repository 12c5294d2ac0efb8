// Package usage finds out where a Go program raises and handles the errors of
// catalogs, by the packages that errcat has generated.
//
// A value of an error is followed from where the code names it, through variables,
// fields, maps, functions and their results, to what becomes of it. Dynamic calls
// and reflection end the trail; what becomes of the error there is unknown, and it
// may be raised.
package usage

import (
	"cmp"
	"context"
	"errors"
	"go/token"
	"maps"
	"slices"
)

// Options say what Find analyzes.
type Options struct {
	// Dir is the folder in which the go command runs, the working directory if empty.
	Dir string
	// Tags are build tags, separated by commas.
	Tags string
	// Tests means that test files are part of the program.
	Tests bool
	// Own are the import paths of generated packages of other modules that are treated
	// as those of the program's own modules.
	Own []string
}

// Report is how a program uses the errors of its catalogs.
type Report struct {
	// Packages are the generated packages that the program imports, sorted by path.
	Packages []*Package
}

// Package is how a program uses the errors of a generated package.
type Package struct {
	// Path is the import path, Name that of the package. Catalog is the name of the
	// catalog, "" if it is unknown.
	Path, Name, Catalog string
	// IsOwn means that the program owns the catalog: it should raise all its errors.
	// An error of another module may be raised by another program.
	IsOwn bool
	// Errors are in the order of the source.
	Errors []*Error
	// Dynamic are the places where any error of the package may be raised: the code is
	// computed there.
	Dynamic []Place
}

// Error is how a program uses an error. The places are sorted, each there once.
type Error struct {
	// Code is the code, Const the name of its constant.
	Code, Const string
	// Pos is where the constant is declared.
	Pos token.Position
	// Deprecated and Retired are the state of the error, ReplacedBy the constant to use
	// instead. Fallback means that the generated package raises it by itself.
	Deprecated, Retired, Fallback bool
	ReplacedBy                    string

	// Raised are the places where the error becomes that of something which failed,
	// Handled those where another error is compared with it. At the places in MaybeRaised
	// types do not tell.
	Raised, Handled, MaybeRaised []Place
}

// Place is a place in the source.
type Place struct {
	token.Position
	// Excluded means that the file is not built, because of its build constraints.
	Excluded bool
	// Func is the function or method, "" outside of one.
	Func string
}

// State says whether a program raises an error.
type State string

// The states.
const (
	Raised      State = "raised"
	MaybeRaised State = "maybe-raised"
	NeverRaised State = "never-raised"
)

// State returns whether the program raises an error of the package.
func (p *Package) State(e *Error) State {
	switch {
	case len(e.Raised) > 0:
		return Raised
	case len(e.MaybeRaised) > 0 || len(p.Dynamic) > 0 || e.Fallback:
		return MaybeRaised
	}
	return NeverRaised
}

// ErrNoCatalog means that a program imports no generated package.
var ErrNoCatalog = errors.New("no package imports a package that errcat has generated")

// Find loads the packages that the patterns name, as for go build, and what they
// import, and returns how they use the errors of catalogs. It fails if a package
// cannot be loaded or has errors: then nothing can be said about what is unused. It
// returns ErrNoCatalog if there is nothing to look at.
func Find(ctx context.Context, opt Options, patterns ...string) (*Report, error) {
	loaded, err := load(ctx, opt, patterns)
	if err != nil {
		return nil, err
	}
	p := newProgram(loaded)
	if len(p.catalogs) == 0 {
		return nil, ErrNoCatalog
	}
	p.findSources()
	p.findTypes()
	p.findExcluded()
	report := new(Report)
	for _, path := range slices.Sorted(maps.Keys(p.catalogs)) {
		c := p.catalogs[path]
		c.result.IsOwn = c.result.IsOwn || slices.Contains(opt.Own, path)
		sortPlaces(&c.result.Dynamic)
		for _, e := range c.result.Errors {
			sortPlaces(&e.Raised)
			sortPlaces(&e.Handled)
			sortPlaces(&e.MaybeRaised)
		}
		report.Packages = append(report.Packages, c.result)
	}
	for _, path := range opt.Own {
		if p.catalogs[path] == nil {
			return nil, errors.New(path + " is no generated package that the program imports")
		}
	}
	return report, nil
}

// sortPlaces sorts places, and leaves out those that are there twice.
func sortPlaces(places *[]Place) {
	slices.SortFunc(*places, func(a, b Place) int {
		return cmp.Or(cmp.Compare(a.Filename, b.Filename), cmp.Compare(a.Offset, b.Offset))
	})
	*places = slices.Compact(*places)
}
