// Package html renders a catalog as a page to look codes up in: one file that
// needs nothing else, from whatever place it is opened.
//
// The layout stands in templates/html; this package writes the parts that the
// data decides. Without scripts the page is a document that has everything in
// it. Its script makes a list of it that opens and closes, is searched and
// filtered, and stays fast with thousands of codes.
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

// Target is the name of the target, as it stands in headers.
const Target = "html"

// Options are the choices of an output.
type Options struct {
	// Audience is for whom the page is: catalog.Public, the default, leaves
	// internal errors out; catalog.Internal has all of them.
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

// wording gives the templates the words that all documents share.
var wording = template.FuncMap{"words": func() map[string]string { return words }}

var words = map[string]string{
	"Resolution":    model.HeadingResolution,
	"Example":       model.HeadingExample,
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

// layout is what all pages have in common.
type layout struct {
	page *template.Template
	// style, theme and script are the blocks of the page that its policy
	// allows for: the theme is chosen before anything is shown.
	style, theme, script markup
	policy               markup
}

// pageLayout is read when it is first needed.
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
