// Package html renders a catalog as a page for looking up codes: a single file
// that works from anywhere, or a folder with a further page for each error.
//
// The layout is in templates/html; this package writes the parts that depend on
// the catalog. Without scripts, the page is a document with the whole catalog or,
// with more than a thousand codes, a list of them. Its script turns the document
// into a list with search and filters that stays fast with thousands of codes.
package html

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
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
	// History is the git revision up to which the document shows what changed in each
	// error, if it is not empty. Changes is that history, for catalog.ParseHistory.
	History string
	Changes []byte
	// Usage is the path of a usage report if the document shows where programs use the
	// errors, UsageReport its content, for catalog.ParseUsage.
	Usage       string
	UsageReport []byte
	// Pages writes a folder with the page and one more for each error.
	Pages bool
	// URL is the address of the page or, with Pages, of the folder. It is empty if
	// it is unknown.
	URL string
	// Edit is a template of the address where an error is edited, with {line}, {code}
	// and {name}. It is empty if there is none.
	Edit string
	// File is the name of the page, "errors.html" by default. Pages have names of their
	// own.
	File string

	// elements is the number of errors up to which they are elements; 0 means
	// mostElements.
	elements int
}

// Generate renders the page of a catalog. The options must be ones that Describe
// accepts.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	l, err := pageLayout()
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
	if opt.Pages && opt.URL != "" && !strings.HasSuffix(opt.URL, "/") {
		opt.URL += "/"
	}
	p := newPage(c.ForAudience(opt.Audience), l, opt)
	bytesPerError := 2048
	if p.Compact {
		bytesPerError = 512
	}
	p.out.Grow(len(l.style) + len(l.script) + bytesPerError*len(c.Errors))
	if err := l.page.ExecuteTemplate(&p.out, "page.html.tmpl", p); err != nil {
		return nil, err
	}
	if opt.Pages {
		return p.pages(l, p.out.Bytes())
	}
	return files.Files{{Path: cmp.Or(opt.File, "errors.html"), Data: p.out.Bytes()}}, nil
}

// wording gives the templates the wording that documents share.
var wording = template.FuncMap{"words": func() map[string]string { return wordsOfTemplates }}

var wordsOfTemplates = map[string]string{
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
	// css is the style without the white space of a block.
	css string
}

// searchScript returns the search of the page and its rules, without the indentation
// of those.
func searchScript() (markup, error) {
	script, err := templates.FS.ReadFile("html/search.js")
	if err != nil {
		return "", err
	}
	rules, err := templates.FS.ReadFile("html/search.json")
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	b.WriteString("\nconst searchRules = ")
	if err := json.Compact(&b, rules); err != nil {
		return "", err
	}
	b.WriteString(";\n\n")
	b.Write(script)
	return markup(b.String()), nil
}

// pageLayout reads the layout on first use.
var pageLayout = sync.OnceValues(func() (*layout, error) {
	page, err := template.New("page.html.tmpl").Option("missingkey=error").Funcs(wording).ParseFS(templates.FS, "html/*.html.tmpl")
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
	engine, err := searchScript()
	if err != nil {
		return nil, err
	}
	l.script = engine + l.script
	l.css = string(l.style[1:])
	l.policy = policy(l.style, l.theme, l.script)
	return l, nil
})
