// Package html renders a catalog as a page for looking up codes: a single file
// that works from anywhere.
//
// The layout is in templates/html; this package writes the parts that depend on
// the catalog. Without scripts, the page is a document with the whole catalog.
// Its script turns the document into a list with search and filters that stays
// fast with thousands of codes.
package html

import (
	"bytes"
	"cmp"
	"sync"
	"text/template"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/templates"
)

// Target is the name of the target in headers.
const Target = "html"

// Options are the options of an output.
type Options struct {
	// Audience is the audience of the page: catalog.Public, the default, leaves
	// internal errors out; catalog.Internal includes them.
	Audience catalog.Audience
	// File is the name of the page, "errors.html" by default.
	File string
}

// Generate renders the page of a catalog. The options must be ones that Describe
// accepts.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	l, err := pageLayout()
	if err != nil {
		return nil, err
	}
	p, err := newPage(c.ForAudience(opt.Audience), l)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(len(l.style) + len(l.script) + 2048*len(c.Errors))
	if err := l.page.Execute(&b, p); err != nil {
		return nil, err
	}
	return files.Files{{Path: cmp.Or(opt.File, "errors.html"), Data: b.Bytes()}}, nil
}

// wording gives the templates the wording that documents share.
var wording = template.FuncMap{"words": func() map[string]string { return words }}

var words = map[string]string{
	"Resolution":    model.HeadingResolution,
	"Example":       model.HeadingExample,
	"Values":        model.LabelValues,
	"ExampleValue":  model.LabelExample,
	"Param":         model.LabelParam,
	"Description":   model.LabelDescription,
	"Sensitive":     model.LabelSensitive,
	"SensitiveNote": model.SensitiveNote,
	"Reserved":      model.HeadingReserved,
	"ReservedNote":  model.ReservedNote,
	"ReservedWhat":  model.LabelReserved,
	"Reason":        model.LabelReason,
}

// layout is the part that all pages have in common.
type layout struct {
	page *template.Template
	// style, theme and script are the blocks that the page's policy allows. The
	// theme script runs before the page is shown.
	style, theme, script markup
	policy               markup
}

// pageLayout reads the layout on first use.
var pageLayout = sync.OnceValues(func() (*layout, error) {
	page, err := template.New("page.html.tmpl").Option("missingkey=error").Funcs(wording).ParseFS(templates.FS, "html/page.html.tmpl", "html/entry.html.tmpl")
	if err != nil {
		return nil, err
	}
	l := &layout{page: page}
	for name, block := range map[string]*markup{"page.css": &l.style, "theme.js": &l.theme, "page.js": &l.script} {
		text, err := templates.FS.ReadFile("html/" + name + ".tmpl")
		if err != nil {
			return nil, err
		}
		*block = markup("\n" + string(text))
	}
	l.policy = policy(l.style, l.theme, l.script)
	return l, nil
})
