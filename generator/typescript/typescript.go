// Package typescript makes a TypeScript package of a catalog: ES modules
// without dependencies, of which a bundle pays only for what it uses.
//
// What a module looks like stands in templates/typescript; this package writes
// the parts that the data decides.
package typescript

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/templates"
)

// Target is the name of the target, as it stands in headers.
const Target = "typescript"

// Options are what a user may choose.
type Options struct {
	// Audience is who the package is for; empty is catalog.Public.
	Audience catalog.Audience
	// ImportExtension ends the names of modules in imports: ".js", which Node,
	// bundlers and every moduleResolution of the compiler understand, ".ts" or
	// "none". Empty is ".js".
	ImportExtension string
}

// Generate returns the modules of the package, sorted by path. It fails where
// an option has a value that it cannot have.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	p, err := newPack(c, opt)
	if err != nil {
		return nil, err
	}
	set, err := modules()
	if err != nil {
		return nil, err
	}
	out := make(files.Files, len(set))
	var b bytes.Buffer
	for i, t := range set {
		b.Reset()
		if err := t.Execute(&b, p); err != nil {
			return nil, err
		}
		out[i] = files.File{Path: strings.TrimSuffix(t.Name(), ".tmpl"), Data: bytes.Clone(b.Bytes())}
	}
	return out, nil
}

// modules returns the templates, one a module, sorted by name.
var modules = sync.OnceValues(func() ([]*template.Template, error) {
	set, err := template.New("").Funcs(template.FuncMap{
		"categoryInfo": categoryInfo,
		"constant":     constant,
		"docComment":   docComment,
		"errorDoc":     errorDoc,
		"errorInfo":    errorInfo,
		"lineComment":  lineComment,
		"memberKey":    memberKey,
		"paramDoc":     paramDoc,
		"paramType":    paramType,
		"property":     property,
		"sectionDoc":   sectionDoc,
		"union":        union,
	}).ParseFS(templates.FS, "typescript/*.ts.tmpl")
	if err != nil {
		return nil, err
	}
	list := set.Templates()
	slices.SortFunc(list, func(a, b *template.Template) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
})

// pack is what the templates see: the catalog, as the audience may see it, and
// what is the same in all modules.
type pack struct {
	*catalog.Catalog
	Header string
	// Ext ends the names of imported modules.
	Ext string
}

func newPack(c *catalog.Catalog, opt Options) (pack, error) {
	p := pack{Header: files.Header(c.Name, Target)}
	switch opt.Audience {
	case "", catalog.Public:
		p.Catalog = c.ForAudience(catalog.Public)
	case catalog.Internal:
		p.Catalog = c.ForAudience(catalog.Internal)
	default:
		return pack{}, fmt.Errorf("audience %q is neither public nor internal", opt.Audience)
	}
	p.Ext = cmp.Or(opt.ImportExtension, ".js")
	if err := CheckImportExtension(p.Ext); err != nil {
		return pack{}, fmt.Errorf("import extension %q: %w", p.Ext, err)
	}
	if p.Ext == "none" {
		p.Ext = ""
	}
	return p, nil
}

// CheckImportExtension reports a value that Options.ImportExtension cannot
// have.
func CheckImportExtension(s string) error {
	switch s {
	case ".js", ".ts", "none":
		return nil
	}
	return errors.New("it is .js, .ts or none")
}

// Codes returns the codes of all errors.
func (p pack) Codes() []string {
	codes := make([]string, len(p.Errors))
	for i, e := range p.Errors {
		codes[i] = e.Code
	}
	return codes
}

// CategoryNames returns the names of all categories.
func (p pack) CategoryNames() []string {
	names := make([]string, len(p.Categories))
	for i, c := range p.Categories {
		names[i] = c.Name
	}
	return names
}

// HasAliases reports whether an error has other codes.
func (p pack) HasAliases() bool {
	return slices.ContainsFunc(p.Errors, func(e *catalog.Error) bool { return len(e.Aliases) > 0 })
}

// WithParams returns the errors that carry something a client receives.
func (p pack) WithParams() []*catalog.Error {
	var errs []*catalog.Error
	for _, e := range p.Errors {
		if slices.ContainsFunc(e.Params, func(p *catalog.Param) bool { return !p.Sensitive }) {
			errs = append(errs, e)
		}
	}
	return errs
}

// errorInfo returns the ErrorInfo of an error.
func errorInfo(e *catalog.Error) object {
	info := make(object, 0, 14)
	info = append(info,
		field{"code", e.Code},
		field{"name", e.Name},
		field{"title", e.Title},
		field{"message", messageTemplate(e.Message)},
		field{"httpStatus", e.HTTPStatus},
		field{"category", e.Category.Name},
		field{"retry", string(e.Retry)},
	)
	if e.Retry == catalog.RetryAfter && e.RetryAfter > 0 {
		info = append(info, field{"retryAfter", e.RetryAfter.Seconds()})
	}
	info = append(info, field{"severity", string(e.Severity)})
	if e.Since != "" {
		info = append(info, field{"since", e.Since})
	}
	if len(e.Aliases) > 0 {
		codes := make([]string, len(e.Aliases))
		for i, a := range e.Aliases {
			codes[i] = a.Code
		}
		info = append(info, field{"aliases", codes})
	}
	if len(e.Tags) > 0 {
		info = append(info, field{"tags", e.Tags})
	}
	if e.Deprecated != nil {
		info = append(info, field{"deprecated", lifecycle(e.Deprecated)})
	}
	if e.Retired != nil {
		info = append(info, field{"retired", lifecycle(e.Retired)})
	}
	return info
}

// lifecycle returns the ErrorLifecycle of a deprecation or retirement.
func lifecycle(l *catalog.Lifecycle) object {
	var o object
	if l.Since != "" {
		o = append(o, field{"since", l.Since})
	}
	if !l.Reason.IsEmpty() {
		o = append(o, field{"reason", l.Reason.Source()})
	}
	if l.ReplacedBy != nil {
		o = append(o, field{"replacedBy", l.ReplacedBy.Code})
	}
	return o
}

// categoryInfo returns the CategoryInfo of a category.
func categoryInfo(c *catalog.Category) object {
	return object{{"title", c.Title}}
}

// messageTemplate returns a message as it stands in the catalog: each param as
// {name}, literal braces doubled.
func messageTemplate(m catalog.Message) string {
	if len(m.Segments) == 1 && m.Segments[0].Param == nil && !strings.ContainsAny(m.Segments[0].Text, "{}") {
		return m.Segments[0].Text
	}
	var b strings.Builder
	for _, s := range m.Segments {
		if s.Param != nil {
			b.WriteString("{" + s.Param.Name + "}")
		} else {
			b.WriteString(doubleBraces.Replace(s.Text))
		}
	}
	return b.String()
}

var doubleBraces = strings.NewReplacer("{", "{{", "}", "}}")

// paramType returns the type of a param's value, as it arrives in JSON.
func paramType(t catalog.ParamType) (string, error) {
	switch t {
	case catalog.String, catalog.Datetime, catalog.Duration:
		return "string", nil
	case catalog.Integer, catalog.Number:
		return "number", nil
	case catalog.Boolean:
		return "boolean", nil
	case catalog.StringList:
		return "readonly string[]", nil
	case catalog.IntegerList:
		return "readonly number[]", nil
	}
	return "", fmt.Errorf("the type %q of a param is not known", t)
}
