// Package markdown renders a catalog as reference documentation in Markdown: as
// one page, as one page per code, or between the markers of a file that people
// maintain.
package markdown

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"sync"
	"text/template"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/templates"
)

// Options are the options of an output.
type Options struct {
	// Audience is the audience of the documentation: catalog.Public, the
	// default, leaves internal errors out; catalog.Internal includes them.
	Audience catalog.Audience
	// History is the git revision up to which the document shows what changed in each
	// error, if it is not empty. Changes is that history, for catalog.ParseHistory.
	History string
	Changes []byte
	// Usage is the path of a usage report if the document shows where programs use the
	// errors, UsageReport its content, for catalog.ParseUsage.
	Usage       string
	UsageReport []byte
	// File is the name of the page, "errors.md" by default. It does not apply
	// to Pages.
	File string
	// Flavor is the kind of Markdown, one of Flavors. The default is "mdx" if
	// File ends with ".mdx", else "gfm".
	Flavor string
	// Pages writes an index and one page per code, instead of a single page.
	Pages bool
	// FrontMatter is a JSON object with keys that each page has in its front matter in
	// addition to those of its flavor, or in their place; null removes one. It does
	// not apply to Inject.
	FrontMatter string
	// Inject writes between the markers of File, which people maintain.
	Inject bool
	// Docs is where links lead to a code that has no section in the file. It
	// only applies to Inject. It is the address of a page with the anchors of
	// the codes, or contains {code} for the file name of the code's page; it is
	// absolute, or relative to the file. By default such codes are not links.
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

// flavor returns the flavor that the options select.
func (o Options) flavor() *flavor {
	name := o.Flavor
	if name == "" && path.Ext(o.File) == ".mdx" && !o.Pages {
		name = "mdx"
	}
	all := flavors()
	return &all[max(0, slices.Index(Flavors(), name))]
}

// Extension returns the extension of the pages that the site of the flavor reads; ""
// if it is for no site, which shows files of any name.
func (o *Options) Extension() string {
	if f := o.flavor(); f.name != Flavors()[0] {
		return f.extension
	}
	return ""
}

// Generate renders a catalog as a page, or as several with Options.Pages. With
// Options.Inject, the file's Inject function renders into the document that it
// is given. The options must be ones that Describe and Conflict accept.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	f := opt.flavor()
	tmpl, err := pageTemplates()
	if err != nil {
		return nil, err
	}
	if opt.History != "" {
		history, err := catalog.ParseHistory(opt.Changes)
		if err != nil {
			return nil, err
		}
		c = c.WithHistory(history)
	}
	if opt.Usage != "" {
		report, err := catalog.ParseUsage(opt.UsageReport)
		if err == nil {
			c, err = c.WithUsage(report)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", opt.Usage, err)
		}
	}
	var constants frontMatter
	if opt.FrontMatter != "" {
		if constants, err = parseFrontMatter(opt.FrontMatter); err != nil {
			return nil, err
		}
	}
	c = c.ForAudience(opt.Audience)
	file := cmp.Or(opt.File, "errors"+f.extension)
	switch {
	case opt.Inject:
		i := &injector{flavor: f, catalog: c, docs: opt.Docs, templates: tmpl}
		return files.Files{{Path: file, Inject: i.inject}}, nil
	case opt.Pages:
		return pages(f, c, tmpl, constants)
	}
	d := newPage(f, c)
	d.constants = constants
	data, err := d.render(tmpl, 2048+1024*len(c.Errors))
	if err != nil {
		return nil, err
	}
	return files.Files{{Path: file, Data: data}}, nil
}

// pageTemplates parses the templates on first use.
var pageTemplates = sync.OnceValues(func() (*template.Template, error) {
	return template.ParseFS(templates.FS, "markdown/errors.md.tmpl")
})
