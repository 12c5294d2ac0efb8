// Package markdown renders a catalog as reference documentation in Markdown:
// as one page, as a page a code, or between the markers of a file that people
// write themselves.
package markdown

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/templates"
)

// Options are the choices of an output.
type Options struct {
	// Audience is for whom the page is: catalog.Public, the default, leaves
	// internal errors out; catalog.Internal has all of them.
	Audience catalog.Audience
	// File is the name of the page, "errors.md" by default. Pages have names of
	// their own.
	File string
	// Flavor is one of Flavors: the kind of Markdown that is written. By
	// default it is "mdx" for a File that ends with ".mdx", else "gfm".
	Flavor string
	// Pages makes an index and a page a code, instead of one page.
	Pages bool
	// Inject writes between the markers of File, which people write themselves.
	Inject bool
	// Docs, for Inject alone, is where links to a code lead that has no section
	// in the file: the address of a page with the anchors of the codes, or one
	// with {code} in it for the file name of the code's page. It is absolute or
	// relative to the file. By default such codes are no links.
	Docs string
}

// Flavors returns the kinds of Markdown, the default first.
func Flavors() []string {
	var names []string
	for _, f := range flavors() {
		names = append(names, f.name)
	}
	return names
}

// CheckFlavor returns what is wrong with a value of Options.Flavor.
func CheckFlavor(value string) error {
	if names := Flavors(); !slices.Contains(names, value) {
		return fmt.Errorf("it is %s or %s", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
	}
	return nil
}

// CheckDocs returns what is wrong with a value of Options.Docs.
func CheckDocs(value string) error { return checkDocs(value) }

// Conflict returns what is wrong with options that are right one by one, and
// the name of the one that is to be changed.
func (o Options) Conflict() (option string, err error) {
	switch {
	case o.Pages && o.Inject:
		return "pages", errors.New("inject writes into one file, pages are several")
	case o.Docs != "" && !o.Inject:
		return "docs", errors.New("it is for inject alone")
	}
	return "", nil
}

// flavor returns the flavor that the options ask for.
func (o Options) flavor() (*flavor, error) {
	name := o.Flavor
	if name == "" && path.Ext(o.File) == ".mdx" && !o.Pages {
		name = "mdx"
	}
	all := flavors()
	if name == "" {
		return &all[0], nil
	}
	for i := range all {
		if all[i].name == name {
			return &all[i], nil
		}
	}
	return nil, fmt.Errorf("the flavor %q is not one of %s", name, strings.Join(Flavors(), ", "))
}

// Generate renders a catalog: the page, or with Options.Pages the pages. With
// Options.Inject the file is one that reads the markers of what it is written
// into. It fails for options that are not known, or exclude each other.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	audience := cmp.Or(opt.Audience, catalog.Public)
	if audience != catalog.Public && audience != catalog.Internal {
		return nil, fmt.Errorf("the audience %q is neither %s nor %s", audience, catalog.Public, catalog.Internal)
	}
	f, err := opt.flavor()
	if err != nil {
		return nil, err
	}
	if option, err := opt.Conflict(); err != nil {
		return nil, fmt.Errorf("the option %s: %w", option, err)
	}
	tmpl, err := pageTemplates()
	if err != nil {
		return nil, err
	}
	c = c.ForAudience(audience)
	file := cmp.Or(opt.File, "errors"+f.extension)
	switch {
	case opt.Inject:
		if opt.Docs != "" {
			if err := checkDocs(opt.Docs); err != nil {
				return nil, fmt.Errorf("the option docs: %w", err)
			}
		}
		i := &injector{flavor: f, catalog: c, docs: opt.Docs, templates: tmpl}
		return files.Files{{Path: file, Inject: i.inject}}, nil
	case opt.Pages:
		return pages(f, c, tmpl)
	}
	data, err := newPage(f, c).render(tmpl, 2048+1024*len(c.Errors))
	if err != nil {
		return nil, err
	}
	return files.Files{{Path: file, Data: data}}, nil
}

// pageTemplates are parsed when they are first needed.
var pageTemplates = sync.OnceValues(func() (*template.Template, error) {
	return template.ParseFS(templates.FS, "markdown/errors.md.tmpl")
})
