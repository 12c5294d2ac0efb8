// Package custom renders a catalog with a template that the user wrote.
package custom

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
)

// maxRange is the largest number that a template can count to: an action that makes
// nothing has no other limit.
const maxRange = 1_000_000

// numbersIn returns the numbers that the actions range of a list count to.
func numbersIn(list *parse.ListNode) []*parse.NumberNode {
	var numbers []*parse.NumberNode
	var visit func(list *parse.ListNode)
	visit = func(list *parse.ListNode) {
		if list == nil {
			return
		}
		for _, node := range list.Nodes {
			switch n := node.(type) {
			case *parse.IfNode:
				visit(n.List)
				visit(n.ElseList)
			case *parse.WithNode:
				visit(n.List)
				visit(n.ElseList)
			case *parse.RangeNode:
				for _, c := range n.Pipe.Cmds {
					for _, arg := range c.Args {
						if number, ok := arg.(*parse.NumberNode); ok {
							numbers = append(numbers, number)
						}
					}
				}
				visit(n.List)
				visit(n.ElseList)
			}
		}
	}
	visit(list)
	return numbers
}

// The limits of a template and of the files of an output, in bytes.
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

// Findings returns what is wrong, with the positions in the template or in the
// catalog.
func (e *Error) Findings() diag.Diagnostics { return e.findings }

// Target returns the name of the target in the headers of generated files. It
// contains that of the template, so that the outputs of several templates can
// share a folder.
func Target(templateFile string) string {
	return "template " + filepath.Base(filepath.FromSlash(templateFile))
}

// Code is the data of a template that makes one file per code: an error and its
// catalog.
type Code struct {
	*model.Error
	Catalog *model.Catalog
}

// Generate renders the files. The options must be ones that Describe and Conflict
// accept. The error is an *Error if the template, or what it makes, is wrong.
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
	size   int // of all files so far
}

// parse parses a template that can call the functions of this package.
func (r *renderer) parse(text string) (*template.Template, error) {
	tmpl, err := template.New(parseName).Option("missingkey=error").Funcs(functions(r.header)).Parse(text)
	if err != nil {
		return nil, err
	}
	for _, t := range tmpl.Templates() {
		if t.Tree == nil {
			continue
		}
		for _, n := range numbersIn(t.Root) {
			if n.IsInt && n.Int64 > maxRange {
				return nil, fmt.Errorf("template: %s:%d: range over %d: at most %d are possible", parseName, 1+strings.Count(text[:min(int(n.Pos), len(text))], "\n"), n.Int64, maxRange)
			}
		}
	}
	return tmpl, nil
}

// perCode renders one file per error; name is the template of the file names.
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
			return nil, found(entry.CodePos, "change the option file, for example to {{.Code | kebab}}.md",
				"the code %q cannot have the file %q: %v", e.Code, path.String(), err)
		}
		// There are file systems that ignore case.
		key := strings.ToLower(path.String())
		if other := owners[key]; other != nil {
			err := found(entry.CodePos, "change the option file so that the names differ in more than case",
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

// render executes the template and checks the result.
func (r *renderer) render(tmpl *template.Template, data any) ([]byte, error) {
	out := limitedBuffer{left: MaxOutput - r.size}
	if err := tmpl.Execute(&out, data); err != nil {
		return nil, r.templateError(err)
	}
	r.size += out.Len()
	if !files.HasHeader(out.Bytes(), r.header) {
		return nil, r.fail(1, 1, 0,
			`start the template with {{header "#"}} and a line feed; for other languages {{header "//"}}, {{header "--"}}, {{header "/*"}} or {{header "<!--"}}`,
			"the output of the template does not start with the header of a generated file")
	}
	return bytes.Clone(out.Bytes()), nil
}

// toUnix returns a template without byte order mark and with LF line endings, so
// that it makes the same on every machine.
func toUnix(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

// limitedBuffer is a buffer with room for a number of bytes.
type limitedBuffer struct {
	bytes.Buffer
	left int
}

var errTooLarge = errors.New("the output is too large")

// Write appends to the buffer. It fails if there is no room.
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errTooLarge
	}
	return b.Buffer.Write(p)
}
