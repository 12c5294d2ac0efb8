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
	// HTTP says whether the package has the functions that need net/http:
	// WriteProblem, Handler and ReadProblem. By default it has them if the
	// catalog has HTTP.
	HTTP Switch
}

// Switch turns a part of the package on or off. The zero value leaves that to
// the catalog.
type Switch string

// The values of Switch.
const (
	On  Switch = "true"
	Off Switch = "false"
)

// Generate returns the files of a Go package with all errors of the catalog,
// including internal ones. It fails if the package name cannot be imported, if
// the options ask for HTTP and the catalog has none, or if a param has a type
// that it does not support.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	p := &pkg{Catalog: c, name: cmp.Or(opt.Package, c.GoPackage), noNetHTTP: opt.HTTP == Off || c.NoHTTP}
	if err := CheckPackageName(p.name); err != nil {
		return nil, err
	}
	if name, err := opt.NeedsHTTP(); err != nil && c.NoHTTP {
		return nil, fmt.Errorf("option %s: %w", name, err)
	}
	if err := p.checkParams(); err != nil {
		return nil, err
	}
	rendered, err := p.render(p.codesFile(), p.errorsFile(), p.catalogFile(), p.metadataFile())
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
	name string
	// noNetHTTP means that the package must not import net/http.
	noNetHTTP bool
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
