// Package markdown renders a catalog as reference documentation in Markdown:
// as one page, as a page a code, or between the markers of a file that people
// write themselves.
package markdown

import (
	"cmp"
	"path"
	"slices"
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

// flavor returns the flavor that the options ask for.
func (o Options) flavor() *flavor {
	name := o.Flavor
	if name == "" && path.Ext(o.File) == ".mdx" && !o.Pages {
		name = "mdx"
	}
	all := flavors()
	return &all[max(0, slices.Index(Flavors(), name))]
}

// Generate renders a catalog: the page, or with Options.Pages the pages. With
// Options.Inject the file is one that reads the markers of what it is written
// into. The options must be ones that Describe and Conflict accept.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	f := opt.flavor()
	tmpl, err := pageTemplates()
	if err != nil {
		return nil, err
	}
	c = c.ForAudience(opt.Audience)
	file := cmp.Or(opt.File, "errors"+f.extension)
	switch {
	case opt.Inject:
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
