// Package typescript renders a catalog as a TypeScript package: modules without
// dependencies, from which a bundle includes only what it uses.
//
// The layout of the modules is in templates/typescript; this package writes the
// parts that depend on the catalog.
package typescript

import (
	"bytes"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"text/template"

	"golang.org/x/sync/errgroup"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/templates"
)

// Target is the name of the target, as in headers.
const Target = "typescript"

// Generate returns the modules of the package, sorted by path. The options must
// be ones that Describe and Conflict accept.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	p := newPack(c, opt)
	var out files.Files
	if opt.Package != "" {
		manifest, err := p.manifest(opt)
		if err != nil {
			return nil, err
		}
		out = append(out, manifest)
	}
	if p.library != "" {
		messages, err := p.translatable()
		if err != nil {
			return nil, err
		}
		out = append(out, messages)
	}
	for _, form := range opt.forms() {
		made, err := p.modules(form, opt.SingleFile)
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	slices.SortFunc(out, func(a, b files.File) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// form is a form of a module: TypeScript, or the JavaScript or the declarations
// that the compiler would make of it.
type form struct {
	// ext ends the names of files, and Ext those of imported modules.
	ext, Ext string
	// Types and Code are the two parts of TypeScript: what the compiler erases, and
	// what remains.
	Types, Code bool
	// CommonJS means that JavaScript is not an ES module.
	CommonJS bool
}

// forms returns the forms of the modules. JavaScript is written twice, for import
// and for require. Only in a package, whose type is known, is an ES module named
// .js; this is what a compiler finds that does not look at the exports.
func (o *Options) forms() []form {
	switch {
	case o.emit() == "ts":
		return []form{{ext: ".ts", Ext: o.importExtension(), Types: true, Code: true}}
	case o.Package != "":
		return slices.Concat(twins(".js", ".d.ts", false), twins(".cjs", ".d.cts", true))
	}
	return slices.Concat(twins(".mjs", ".d.mts", false), twins(".cjs", ".d.cts", true))
}

// twins returns JavaScript and its declarations.
func twins(code, types string, isCommonJS bool) []form {
	return []form{
		{ext: types, Ext: code, Types: true},
		{ext: code, Ext: code, Code: true, CommonJS: isCommonJS},
	}
}

// moduleNames are the modules, in their order within a single file.
var moduleNames = []string{"column", "codes", "types", "catalog", "messages", "problem", "make", "connect", "details", "translations"}

// FileNames returns the names of the files that a package can have, without their
// extensions.
func FileNames() []string { return append(slices.Clone(moduleNames), "index", "package") }

// moduleNames returns the modules that the package has. Without HTTP there are no
// problems, and only
// errors that travel over gRPC or Connect need the module connect.
func (p pack) moduleNames() []string {
	return slices.DeleteFunc(slices.Clone(moduleNames), func(name string) bool {
		return p.NoHTTP && (name == "problem" || name == "make") || name == "connect" && (p.NoHTTP || !p.GRPC || p.Domain == "") || name == "translations" && p.library == ""
	})
}

// Reexported returns the modules that the index exports again, in order; types
// are apart, and column is for the other modules only.
func (p pack) Reexported() []string {
	names := slices.DeleteFunc(p.moduleNames(), func(name string) bool { return name == "types" || name == "column" })
	slices.Sort(names)
	return names
}

// modules renders all modules in a form.
func (p pack) modules(f form, singleFile bool) (files.Files, error) {
	names := slices.DeleteFunc(p.moduleNames(), func(name string) bool {
		return name == "types" && !f.Types || name == "column" && !f.Code // it would be empty
	})
	if !singleFile {
		names = append(names, "index")
	}
	texts := make([][]byte, len(names))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		g.Go(func() (err error) {
			texts[i], err = p.module(name, f)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if singleFile {
		return files.Files{{Path: "index" + f.ext, Data: p.joined(f, texts)}}, nil
	}
	out := make(files.Files, len(names))
	for i, name := range names {
		out[i] = files.File{Path: name + f.ext, Data: texts[i]}
	}
	return out, nil
}

// joined joins the modules to a single one.
func (p pack) joined(f form, texts [][]byte) []byte {
	head := []byte(p.head(f))
	all := slices.Concat(head, []byte("\n"))
	for _, text := range texts {
		// The imports of a module end with the first empty line.
		text = bytes.TrimPrefix(text, head)
		if _, body, ok := bytes.Cut(text, []byte("\n\n")); ok {
			all = append(append(all, '\n'), body...)
		}
	}
	return all
}

// module is what the template of a module sees.
type module struct {
	pack
	*writer
}

// module renders one module in a form.
func (p pack) module(name string, f form) ([]byte, error) {
	set, err := moduleTemplates()
	if err != nil {
		return nil, err
	}
	w := &writer{form: f}
	w.Grow(1<<14 + len(p.Errors)*f.bytesPerError(name))
	if err := set.ExecuteTemplate(w, name+".ts.tmpl", module{p, w}); err != nil {
		return nil, err
	}
	for _, name := range w.exported {
		w.WriteString("\nexports." + name + " = " + name + ";")
	}
	return squeeze(w.Bytes()), nil
}

// bytesPerError estimates by how many bytes a module grows with each error.
func (f form) bytesPerError(name string) int {
	switch {
	case name == "codes" && f.Types:
		return 400
	case name == "codes", name == "messages" && f.Code, name == "types":
		return 70
	case name == "catalog" && f.Code:
		return 150
	case name == "problem" && f.Code:
		return 20
	}
	return 0
}

// squeeze reduces consecutive empty lines to one, and removes those at the end.
// None of our strings and comments contains an empty line.
func squeeze(text []byte) []byte {
	out := text[:0]
	for {
		i := bytes.Index(text, []byte("\n\n\n"))
		if i < 0 {
			return append(bytes.TrimRight(append(out, text...), "\n"), '\n')
		}
		out = append(out, text[:i+1]...)
		text = bytes.TrimLeft(text[i:], "\n")
		out = append(out, '\n')
	}
}

// moduleTemplates are the templates, one per module. They are written as
// TypeScript: JavaScript omits what is between ‹ and ›, declarations omit what is
// between « and », the bodies of functions, and CommonJS has other imports and
// exports.
var moduleTemplates = sync.OnceValues(func() (*template.Template, error) {
	set := template.New("").Funcs(template.FuncMap{"quote": quote})
	marks := strings.NewReplacer("‹", "{{if $.Types}}", "›", "{{end}}", "«", "{{if $.Code}}", "»", "{{else}};{{end}}")
	imports := regexp.MustCompile(`import (\{[^;]*\}) from ("[^"]*");`)
	exports := regexp.MustCompile(`export ((?:\{\{[^}]*\}\}|async )*)(function|class|const) (\w+)`)
	for _, name := range append(slices.Clone(moduleNames), "index") {
		name += ".ts.tmpl"
		data, err := templates.FS.ReadFile("typescript/" + name)
		if err != nil {
			return nil, err
		}
		text := marks.Replace(string(data))
		text = imports.ReplaceAllString(text, "{{if $.CommonJS}}const $1 = require($2){{else}}import $1 from $2{{end}};")
		text = exports.ReplaceAllString(text, `{{$$.Export "$3"}}$1$2 $3`)
		if _, err := set.New(name).Parse(text); err != nil {
			return nil, err
		}
	}
	return set, nil
})

// pack is what all modules have in common: the catalog, as the audience may see
// it, and the choices of the output.
type pack struct {
	*catalog.Catalog
	header string
	// SingleFile means that all modules are in one.
	SingleFile bool
	// ExactIntegers means that an integer param may be a bigint.
	ExactIntegers bool
	// library is Options.Messages.
	library string
}

func newPack(c *catalog.Catalog, opt Options) pack {
	return pack{
		header:        files.Header(c.Name, Target),
		Catalog:       c.ForAudience(opt.Audience),
		SingleFile:    opt.SingleFile,
		ExactIntegers: opt.Integers == "exact",
		library:       opt.library(),
	}
}

// start returns the first lines of every module. In JavaScript there is an empty
// line between them, because Rollup keeps the comment above it.
func (p pack) start(f form) string {
	gap, mode := "", ""
	if !f.Types {
		gap = "\n"
	}
	if f.CommonJS {
		mode = "\n\"use strict\";"
	}
	return "// " + p.header + "\n" + gap + "/* eslint-disable */" + mode
}

// head returns the lines of every module before its imports.
func (p pack) head(f form) string {
	if f.CommonJS {
		return p.start(f) + "\nObject.defineProperty(exports, \"__esModule\", { value: true });"
	}
	return p.start(f)
}

// Brand returns the key that marks the errors that this package throws.
func (p pack) Brand() string { return "errcat." + p.Name + ".ProblemError" }

// Start returns the first lines of the module.
func (m module) Start() string { return m.start(m.form) }

// Head returns the lines before its imports.
func (m module) Head() string { return m.head(m.form) }

// TS reports whether the form is TypeScript itself.
func (f form) TS() bool { return f.Types && f.Code }

// Declare returns the keyword before const, function and class.
func (f form) Declare() string {
	if f.Code {
		return ""
	}
	return "declare "
}

// Declaration returns the start of the declaration of an exported constant that
// is a table.
func (w *writer) Declaration(name, typ string) string {
	head := w.Export(name) + w.Declare() + "const " + name
	if w.Types {
		head += ": " + typ
	}
	return head
}

// Export returns what begins the declaration of something that is exported. In
// CommonJS, the end of the module exports it.
func (w *writer) Export(name string) string {
	if w.CommonJS {
		w.exported = append(w.exported, name)
		return ""
	}
	return "export "
}
