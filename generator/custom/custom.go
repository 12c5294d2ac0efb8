// Package custom renders a catalog by a template that its user wrote.
package custom

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"text/template"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
)

// The limits of a template, and of what one output makes.
const (
	MaxTemplate = 1 << 20
	MaxOutput   = 64 << 20
)

// Error is what is wrong with a template.
type Error struct{ findings diag.Diagnostics }

// Error returns the first finding on one line.
func (e *Error) Error() string {
	return e.findings[0].Pos.String() + ": " + e.findings[0].Message
}

// Findings returns what was found, with its places in the template or in the
// catalog.
func (e *Error) Findings() diag.Diagnostics { return e.findings }

// Target returns how the header of generated files names the target with a
// template, so that the outputs of several templates can share a folder.
func Target(templateFile string) string {
	return "template " + filepath.Base(filepath.FromSlash(templateFile))
}

// Code is what a template sees that makes a file of each error: the error, and
// the catalog that it is in.
type Code struct {
	*model.Error
	Catalog *model.Catalog
}

// Generate renders the files. Where the template is wrong, or does not make
// what it has to, the error is an *Error.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	c = c.ForAudience(opt.Audience)
	r := &renderer{file: opt.TemplateFile, header: files.Header(c.Name, Target(opt.TemplateFile))}
	r.source = toUnix(opt.Template)
	if len(opt.Template) > MaxTemplate {
		return nil, r.fail(1, 0, 0, "split it", "the template has more than %d bytes (1 MiB)", MaxTemplate)
	}
	if !utf8.Valid(r.source) {
		return nil, r.fail(1, 0, 0, "save the file as UTF-8", "the template is not UTF-8")
	}
	tmpl, err := r.parse(string(r.source))
	if err != nil {
		return nil, r.templateError(err)
	}
	m := model.New(c)
	if !opt.PerCode {
		data, err := r.render(tmpl, m)
		if err != nil {
			return nil, err
		}
		return files.Files{{Path: opt.File, Data: data}}, nil
	}
	return r.perCode(tmpl, c, m, opt.FileTemplate)
}

// renderer makes the files of one output.
type renderer struct {
	file   string
	source []byte
	header string
	size   int // of all that was made
}

// parse parses a template with the functions that templates have.
func (r *renderer) parse(text string) (*template.Template, error) {
	return template.New(parseName).Option("missingkey=error").Funcs(functions(r.header)).Parse(text)
}

// perCode renders a file of each error; name is the template of its name.
func (r *renderer) perCode(tmpl *template.Template, c *catalog.Catalog, m *model.Catalog, name string) (files.Files, error) {
	naming, err := r.parse(name)
	if err != nil {
		return nil, r.nameError(err, name)
	}
	var made files.Files
	owners := make(map[string]*catalog.Error, len(c.Errors))
	for i, e := range m.Errors {
		entry := c.Errors[i]
		code := Code{e, m}
		path := limitedBuffer{left: 4096}
		if err := naming.Execute(&path, code); err != nil {
			return nil, r.nameError(err, name)
		}
		if err := files.CheckPath(path.String()); err != nil {
			return nil, found(entry.CodePos, "change the option file, such as to {{.Code | kebab}}.md",
				"the code %q cannot have the file %q: %v", e.Code, path.String(), err)
		}
		// There are file systems that ignore case.
		key := strings.ToLower(path.String())
		if other := owners[key]; other != nil {
			err := found(entry.CodePos, "change the option file, so that it tells them apart without regard to case",
				"the codes %q and %q have the same file %s", other.Code, e.Code, path.String())
			err.findings[0].Notes = []diag.Note{{Pos: other.CodePos, Message: "the other is here"}}
			return nil, err
		}
		owners[key] = entry
		data, err := r.render(tmpl, code)
		if err != nil {
			return nil, err
		}
		made = append(made, files.File{Path: path.String(), Data: data})
	}
	return made, nil
}

// render executes the template, and checks what it made.
func (r *renderer) render(tmpl *template.Template, data any) ([]byte, error) {
	out := limitedBuffer{left: MaxOutput - r.size}
	if err := tmpl.Execute(&out, data); err != nil {
		return nil, r.templateError(err)
	}
	r.size += out.Len()
	if !files.HasHeader(out.Bytes(), r.header) {
		return nil, r.fail(1, 1, 0,
			`begin the template with {{header "#"}} and a line feed; for other languages {{header "//"}}, {{header "--"}}, {{header "/*"}} or {{header "<!--"}}`,
			"what the template makes does not begin with the header of a generated file")
	}
	return bytes.Clone(out.Bytes()), nil
}

// toUnix returns a template without a byte order mark, and with line feeds for
// line ends, so that it makes the same on every machine.
func toUnix(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

// limitedBuffer is a buffer that takes so many more bytes.
type limitedBuffer struct {
	bytes.Buffer
	left int
}

var errTooLarge = errors.New("the output is too large")

// Write appends to the buffer. It fails where that would make it too large.
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errTooLarge
	}
	return b.Buffer.Write(p)
}
