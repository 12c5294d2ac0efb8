// Package golang renders a catalog as a Go package: one constant of the type
// Code per error, a struct for each error with params, and functions and
// methods for everything that the catalog says about them. The generated
// package needs only the standard library, and adds no work to the start of a
// program.
//
// The files that are the same for every catalog are the source of the package
// generator/golang/fixed. Jennifer renders only what depends on the catalog.
package golang

import (
	"cmp"
	"fmt"
	"go/token"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
)

// Options are the options of an output.
type Options struct {
	// Package is the name of the Go package. If it is empty, the package has
	// the catalog's GoPackage.
	Package string
	// NoHTTP leaves out everything that needs net/http: WriteProblem, Handler
	// and ReadProblem.
	NoHTTP bool
}

// Generate returns the files of a Go package with all errors of the catalog,
// including internal ones. It fails if the package name cannot be imported, or
// if a param has a type that it does not support.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	p := &pkg{Catalog: c, name: cmp.Or(opt.Package, c.GoPackage), noHTTP: opt.NoHTTP}
	if err := CheckPackageName(p.name); err != nil {
		return nil, err
	}
	if err := p.checkParams(); err != nil {
		return nil, err
	}
	rendered, err := p.render(p.codesFile(), p.errorsFile(), p.catalogFile())
	if err != nil {
		return nil, err
	}
	fixed, err := p.fixedFiles(fixed)
	if err != nil {
		return nil, err
	}
	return append(rendered, fixed...), nil
}

// CheckPackageName returns an error unless name is the name of a package that
// can be imported.
func CheckPackageName(name string) error {
	switch {
	case !token.IsIdentifier(name) || name == "_":
		return fmt.Errorf("%q is not the name of a Go package; give the output another one: package=NAME", name)
	case name == "main", name == "documentation":
		return fmt.Errorf("a Go package called %q cannot be imported; give the output another name: package=NAME", name)
	}
	return nil
}

// pkg is the package to generate. Its methods do not change it, so they may run
// concurrently.
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

// doc adds a comment to the declaration that follows it.
func doc(g *jen.Group, c *comment) { g.Add(jen.Comment(c.String())) }

// docf adds a comment of one paragraph to the declaration that follows it.
func docf(g *jen.Group, format string, args ...any) {
	doc(g, newComment(fmt.Sprintf(format, args...)))
}
