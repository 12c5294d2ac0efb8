// Package golang renders a catalog as a Go package: a Code with a constant an
// error, a struct for each error with params, and the functions that tell what
// is known of them. The package that it makes needs the standard library alone
// and does nothing at the start of a program.
package golang

import (
	"cmp"
	"fmt"
	"go/token"
	"runtime"

	"github.com/dave/jennifer/jen"
	"golang.org/x/sync/errgroup"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
)

// Options are the choices of an output.
type Options struct {
	// Package is the name of the Go package; empty means the one that the
	// catalog has: its GoPackage.
	Package string
	// NoHTTP leaves out what needs net/http: WriteProblem, Handler and
	// ReadProblem.
	NoHTTP bool
}

// Generate returns the files of the Go package for all errors of the catalog,
// internal ones included. It fails where the name of the package is none that
// another package could import.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	p := &pkg{Catalog: c, name: cmp.Or(opt.Package, c.GoPackage), noHTTP: opt.NoHTTP}
	if err := CheckPackageName(p.name); err != nil {
		return nil, err
	}
	sources := []*source{p.catalogFile(), p.codesFile(), p.problemFile()}
	if !p.noHTTP {
		sources = append(sources, httpFile())
	}
	if len(p.structs()) > 0 {
		sources = append(sources, p.errorsFile())
	}

	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, s := range sources {
		for _, part := range s.parts {
			g.Go(func() error {
				if err := part.render(); err != nil {
					return fmt.Errorf("rendering %s: %w", s.path, err)
				}
				return nil
			})
		}
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var out files.Files
	for _, s := range sources {
		f, err := s.file(p)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// CheckPackageName returns an error unless a package of that name can be
// imported.
func CheckPackageName(name string) error {
	switch {
	case !token.IsIdentifier(name) || name == "_":
		return fmt.Errorf("%q is not the name of a Go package; give the output another one: package=NAME", name)
	case name == "main", name == "documentation":
		return fmt.Errorf("a Go package called %q cannot be imported; give the output another name: package=NAME", name)
	}
	return nil
}

// pkg is the package that is rendered. Its methods read it alone, so that they
// may run at the same time.
type pkg struct {
	*catalog.Catalog
	name   string
	noHTTP bool
}

// structs returns the errors that have a struct.
func (p *pkg) structs() []*catalog.Error {
	var errors []*catalog.Error
	for _, e := range p.Errors {
		if e.HasStruct() {
			errors = append(errors, e)
		}
	}
	return errors
}

// hasAliases reports whether an error of the package has further codes.
func (p *pkg) hasAliases() bool {
	for _, e := range p.Errors {
		if len(e.Aliases) > 0 {
			return true
		}
	}
	return false
}

// doc adds a comment to the declaration that follows it.
func doc(g *jen.Group, c *comment) { g.Add(jen.Comment(c.String())) }

// docf adds a comment of one paragraph to the declaration that follows it.
func docf(g *jen.Group, format string, args ...any) {
	doc(g, newComment(fmt.Sprintf(format, args...)))
}
