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
	// Emit is what the modules are written in: "ts", or "js", which is
	// JavaScript with declarations beside it that nobody has to compile. Empty
	// is "ts", and "js" where there is a Package.
	Emit string
	// ImportExtension ends the names of modules in imports: ".js", which Node,
	// bundlers and every moduleResolution of the compiler understand, ".ts" or
	// "none". Empty is ".js".
	ImportExtension string
	// SingleFile puts everything into one module, index.
	SingleFile bool
	// Package is the name of the npm package, with "@" and a version behind it
	// where it has one. Where it is not empty, a package.json is made too.
	Package string
}

// Generate returns the modules of the package, sorted by path. It fails where
// an option has a value that it cannot have, or that does not go with another.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	p, err := newPack(c, opt)
	if err != nil {
		return nil, err
	}
	var out files.Files
	if opt.Package != "" {
		manifest, err := p.manifest(opt)
		if err != nil {
			return nil, err
		}
		out = append(out, manifest)
	}
	for _, form := range p.forms(opt) {
		made, err := p.modules(form, opt.SingleFile)
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	slices.SortFunc(out, func(a, b files.File) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// form is one of the ways to write a module: TypeScript, or the JavaScript and
// the declarations that the compiler would make of it.
type form struct {
	ext string
	// Types and Code are the two sides of TypeScript: what the compiler erases,
	// and what it leaves.
	Types, Code bool
}

// forms returns the forms in which the modules are written.
func (p pack) forms(opt Options) []form {
	if opt.emit() == "js" {
		return []form{{".d.ts", true, false}, {".js", false, true}}
	}
	return []form{{".ts", true, true}}
}

func (opt Options) emit() string {
	if opt.Emit == "" && opt.Package != "" {
		return "js"
	}
	return cmp.Or(opt.Emit, "ts")
}

// moduleNames are the modules, in the order in which one file has them.
var moduleNames = []string{"codes", "types", "catalog", "messages", "problem"}

// modules renders the modules in a form.
func (p pack) modules(f form, singleFile bool) (files.Files, error) {
	p.form = f
	if singleFile {
		body, err := p.all()
		return files.Files{{Path: "index" + f.ext, Data: body}}, err
	}
	var out files.Files
	for _, name := range append(slices.Clone(moduleNames), "index") {
		if name == "types" && !f.Types {
			continue // it would be empty
		}
		text, err := p.module(name)
		if err != nil {
			return nil, err
		}
		out = append(out, files.File{Path: name + f.ext, Data: text})
	}
	return out, nil
}

// all renders the modules as one.
func (p pack) all() ([]byte, error) {
	all := []byte(p.Head() + "\n")
	for _, name := range moduleNames {
		if name == "types" && !p.Types {
			continue
		}
		text, err := p.module(name)
		if err != nil {
			return nil, err
		}
		// The imports of a module end with the first empty line.
		text = bytes.TrimPrefix(text, []byte(p.Head()))
		if _, body, ok := bytes.Cut(text, []byte("\n\n")); ok {
			all = append(append(all, '\n'), body...)
		}
	}
	return all, nil
}

// module renders one module.
func (p pack) module(name string) ([]byte, error) {
	set, err := moduleTemplates()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, name+".ts.tmpl", p); err != nil {
		return nil, err
	}
	return squeeze(b.Bytes()), nil
}

// squeeze returns a module with no more than one empty line in a place, and none
// at its end. No string and no comment of ours has an empty line.
func squeeze(text []byte) []byte {
	out := text[:0]
	for i, c := range text {
		if c == '\n' && i > 1 && text[i-1] == '\n' && len(out) > 1 && out[len(out)-2] == '\n' {
			continue
		}
		out = append(out, c)
	}
	return append(bytes.TrimRight(out, "\n"), '\n')
}

// moduleTemplates are the templates, one a module. They are written as
// TypeScript: what stands between ‹ and › is erased in JavaScript, and what
// stands between « and » is the body of a function, which declarations do not
// have.
var moduleTemplates = sync.OnceValues(func() (*template.Template, error) {
	set := template.New("").Funcs(template.FuncMap{
		"categoryInfo": categoryInfo,
		"docComment":   docComment,
		"errorDoc":     errorDoc,
		"errorInfo":    errorInfo,
		"lineComment":  lineComment,
		"memberKey":    memberKey,
		"paramDoc":     paramDoc,
		"paramsDoc":    paramsDoc,
		"params":       params,
		"paramType":    paramType,
		"quote":        quote,
		"sectionDoc":   sectionDoc,
		"union":        union,
	})
	marks := strings.NewReplacer("‹", "{{if $.Types}}", "›", "{{end}}", "«", "{{if $.Code}}", "»", "{{else}};{{end}}")
	for _, name := range append(slices.Clone(moduleNames), "index") {
		name += ".ts.tmpl"
		text, err := templates.FS.ReadFile("typescript/" + name)
		if err != nil {
			return nil, err
		}
		if _, err := set.New(name).Parse(marks.Replace(string(text))); err != nil {
			return nil, err
		}
	}
	return set, nil
})

// pack is what the templates see: the catalog, as the audience may see it, and
// what is the same in all modules.
type pack struct {
	*catalog.Catalog
	form
	header string
	// Ext ends the names of imported modules.
	Ext string
}

func newPack(c *catalog.Catalog, opt Options) (pack, error) {
	p := pack{header: files.Header(c.Name, Target)}
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
	if err := CheckEmit(opt.emit()); err != nil {
		return pack{}, fmt.Errorf("emit %q: %w", opt.Emit, err)
	}
	if opt.Package != "" {
		if err := CheckPackage(opt.Package); err != nil {
			return pack{}, fmt.Errorf("package %q: %w", opt.Package, err)
		}
	}
	if err := opt.Conflict(); err != nil {
		return pack{}, fmt.Errorf("import extension %q: %w", p.Ext, err)
	}
	if p.Ext == "none" {
		p.Ext = ""
	}
	return p, nil
}

// Head returns the lines that each module begins with. In JavaScript an empty
// line is between them: Rollup keeps what stands above it.
func (p pack) Head() string {
	gap := ""
	if !p.Types {
		gap = "\n"
	}
	return "// " + p.header + "\n" + gap + "/* eslint-disable */"
}

// TS reports whether the form is TypeScript itself.
func (p pack) TS() bool { return p.Types && p.Code }

// Declare returns what stands before const, function and class.
func (p pack) Declare() string {
	if p.Code {
		return ""
	}
	return "declare "
}

// Brand returns what tells the errors that this package throws from others.
func (p pack) Brand() string { return "errcat." + p.Name + ".ProblemError" }

// Declaration returns the beginning of the declaration of an exported constant
// that is a table.
func (p pack) Declaration(name, typ string) string {
	head := "export " + p.Declare() + "const " + name
	if p.Types {
		head += ": " + typ
	}
	return head
}

// Constant returns the declaration of an exported constant.
func (p pack) Constant(name, value string) string {
	return declare("export "+p.Declare()+"const "+name+" =", quote(value))
}

// Property returns a property of an object as writeProperty does. Prettier takes
// the quotes off numbers in JavaScript.
func (p pack) Property(indent int, key string, value any) string {
	name := propertyKey(key)
	if !p.Types && isNumber(key) {
		name = key
	}
	var b strings.Builder
	b.Grow(512)
	writeProperty(&b, indent, name, value)
	return b.String()
}

// List returns the declaration of a constant that is a list.
func (p pack) List(name, typ string, values []string) string {
	head := "const " + name
	if p.Types {
		head += ": " + typ
	}
	head += " = "
	var b strings.Builder
	b.WriteString(head)
	writeList(&b, 0, columns(head), values)
	b.WriteByte(';')
	return b.String()
}

// Conflict reports an ImportExtension that does not go with the other options.
func (opt Options) Conflict() error {
	if opt.ImportExtension == ".ts" && opt.emit() == "js" {
		return errors.New("the modules are JavaScript then, which has no modules of that name")
	}
	return nil
}

// CheckEmit reports a value that Options.Emit cannot have.
func CheckEmit(s string) error {
	switch s {
	case "ts", "js":
		return nil
	}
	return errors.New("it is ts or js")
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

// IsLarge reports whether there are more errors than the compiler takes as
// members of a union, and some that can share one.
func (p pack) IsLarge() bool {
	return len(p.Errors) >= 1000 && len(p.WithParams()) < len(p.Errors)
}

// errorInfo returns the ErrorInfo of an error.
func errorInfo(e *catalog.Error) object {
	info := make(object, 0, 14)
	info = append(info,
		field{"code", e.Code},
		field{"name", e.Name},
		field{"title", e.Title},
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

// params returns the types of an error's params by name, as the catalog has
// them.
func params(e *catalog.Error) object {
	var o object
	for _, p := range e.Params {
		if !p.Sensitive {
			o = append(o, field{p.Name, string(p.Type)})
		}
	}
	return o
}

// paramType returns the type of a param's value, as it arrives in JSON.
func paramType(t catalog.ParamType) (string, error) {
	switch t {
	case catalog.String, catalog.Datetime, catalog.Duration:
		return "string", nil
	case catalog.Integer:
		return "number | bigint", nil
	case catalog.Number:
		return "number", nil
	case catalog.Boolean:
		return "boolean", nil
	case catalog.StringList:
		return "readonly string[]", nil
	case catalog.IntegerList:
		return "readonly (number | bigint)[]", nil
	}
	return "", fmt.Errorf("the type %q of a param is not known", t)
}
