// Package markdown renders a catalog as reference documentation: a Markdown
// page with an overview and a section for each code.
package markdown

import (
	"bytes"
	"cmp"
	"fmt"
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
	// File is the name of the page, "errors.md" by default.
	File string
}

// Generate renders the page of a catalog, in GitHub Flavored Markdown. It fails
// for an audience that is not known.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	audience := cmp.Or(opt.Audience, catalog.Public)
	if audience != catalog.Public && audience != catalog.Internal {
		return nil, fmt.Errorf("the audience %q is neither %s nor %s", audience, catalog.Public, catalog.Internal)
	}
	tmpl, err := pageTemplate()
	if err != nil {
		return nil, err
	}
	p := newPage(c.ForAudience(audience))
	var b bytes.Buffer
	b.Grow(2048 + 1024*len(c.Errors))
	if err := tmpl.Execute(&b, p); err != nil {
		return nil, err
	}
	return files.Files{{Path: cmp.Or(opt.File, "errors.md"), Data: b.Bytes()}}, nil
}

// pageTemplate is parsed when it is first needed.
var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.ParseFS(templates.FS, "markdown/errors.md.tmpl")
})
