package compat_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
)

// A comparison is a pair of catalogs, and what breaks between what is generated from
// them, found by generating, compiling and running it, not by package compat.
type comparison struct {
	name         string
	old, current *catalog.Catalog
	// later is a further version, which uses what the current one allows. It is nil
	// in most cases.
	later   *catalog.Catalog
	changes []compat.Change

	// broken are the complaints of each group, such as those of a compiler.
	broken map[compat.Breaks][]string
}

// claimed returns whom a comparison breaks, as package compat says.
func (c *comparison) claimed() compat.Breaks {
	var all compat.Breaks
	for _, change := range c.changes {
		all |= change.Breaks
	}
	return all
}

// String returns the complaints, one per line.
func (c *comparison) String() string {
	var b strings.Builder
	for _, group := range []compat.Breaks{compat.Wire, compat.Go, compat.TypeScript, compat.Links} {
		for i, line := range c.broken[group] {
			if i == 4 {
				line = fmt.Sprintf("and %d more", len(c.broken[group])-i)
			}
			fmt.Fprintf(&b, "%s: %s\n", group.Names()[0], line)
			if i == 4 {
				break
			}
		}
	}
	return b.String()
}

func (c *comparison) complain(group compat.Breaks, format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	if !slices.Contains(c.broken[group], line) {
		c.broken[group] = append(c.broken[group], line)
	}
}

// prove fills in what breaks between each pair of catalogs.
func prove(t *testing.T, all []*comparison) {
	t.Helper()
	dir := t.TempDir()
	std := newStandard(t)
	for i, c := range all {
		c.broken = make(map[compat.Breaks][]string)
		c.proveGo(t, std)
		c.proveLinks(t)
		c.write(t, dir, i)
	}
	proveTypeScript(t, dir, all)
	proveWire(t, dir, all)
}

// outputs returns the files of the outputs of a version for a target, by path. If
// neither version names one, there is one with the given options.
func (c *comparison) outputs(t *testing.T, version *catalog.Catalog, target, dir string, options map[string]string) map[string][]byte {
	t.Helper()
	isNamed := func(o catalog.Output) bool { return o.Target == target }
	rows := []generator.Output{{Target: target, Path: dir, Options: options}}
	if slices.ContainsFunc(slices.Concat(c.old.Outputs, c.current.Outputs), isNamed) {
		rows = slices.DeleteFunc(generator.Outputs(version, "."), func(o generator.Output) bool { return o.Target != target })
	}
	plan, err := generator.Plan(version, rows)
	if err != nil {
		t.Fatal(err)
	}
	made := make(map[string][]byte)
	for _, o := range plan {
		for _, f := range o.Files {
			made[path.Join(filepath.ToSlash(o.Dir), f.Path)] = f.Data
		}
	}
	return made
}

// standard imports the packages of the standard library that generated packages
// use.
type standard struct {
	types.Importer
	fset *token.FileSet
}

func newStandard(t *testing.T) *standard {
	t.Helper()
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "net/http", "log/slog", "encoding/json", "maps").Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		name, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[name] = file
	}
	fset := token.NewFileSet()
	return &standard{fset: fset, Importer: importer.ForCompiler(fset, "gc", func(name string) (io.ReadCloser, error) {
		return os.Open(exports[name])
	})}
}

// module resolves imports of generated packages.
type module struct {
	*standard
	packages map[string]*types.Package
}

func (m module) Import(name string) (*types.Package, error) {
	if dir, ok := strings.CutPrefix(name, "example/"); ok {
		if p := m.packages[dir]; p != nil {
			return p, nil
		}
		return nil, fmt.Errorf("no package %s", name)
	}
	return m.standard.Import(name)
}

// check compiles a package as far as its types, and returns the errors.
func (m module) check(name string, sources map[string][]byte, ignoreBodies bool) (*types.Package, []string) {
	var parsed []*ast.File
	var problems []string
	for _, file := range slices.Sorted(maps.Keys(sources)) {
		f, err := parser.ParseFile(m.fset, file, sources[file], 0)
		if err != nil {
			return nil, []string{err.Error()}
		}
		parsed = append(parsed, f)
	}
	config := types.Config{Importer: m, IgnoreFuncBodies: ignoreBodies, GoVersion: "go1.21", Error: func(err error) {
		problems = append(problems, err.(types.Error).Msg)
	}}
	p, _ := config.Check("example/"+name, m.fset, parsed, nil)
	return p, problems
}

// packagesOf compiles the Go packages of a catalog.
func (c *comparison) packagesOf(t *testing.T, std *standard, version *catalog.Catalog) module {
	t.Helper()
	m := module{std, make(map[string]*types.Package)}
	sources := make(map[string]map[string][]byte)
	for name, data := range c.outputs(t, version, "go", "shop", nil) {
		dir := path.Dir(name)
		if sources[dir] == nil {
			sources[dir] = make(map[string][]byte)
		}
		sources[dir][name] = data
	}
	for dir, files := range sources {
		p, problems := m.check(dir, files, true)
		if len(problems) > 0 {
			t.Fatalf("the generated package does not compile: %s", problems)
		}
		m.packages[dir] = p
	}
	return m
}

// proveGo compiles code that uses everything of the old package with the new one.
func (c *comparison) proveGo(t *testing.T, std *standard) {
	t.Helper()
	before, after := c.packagesOf(t, std, c.old), c.packagesOf(t, std, c.current)
	for _, dir := range slices.Sorted(maps.Keys(before.packages)) {
		consumer := map[string][]byte{"consumer.go": []byte(goConsumer(before.packages[dir], dir, c.old))}
		if _, problems := before.check("consumer", consumer, false); len(problems) > 0 {
			t.Fatalf("%s: the consumer does not compile with the package that it was made for: %q\n%s", c.name, problems, consumer["consumer.go"])
		}
		_, problems := after.check("consumer", consumer, false)
		for _, p := range problems {
			c.complain(compat.Go, "%s", p)
		}
		if p := after.packages[dir]; p != nil {
			c.proveMeaning(before.packages[dir].Scope(), p.Scope())
		}
	}
}

// goConsumer returns code that uses all exported identifiers of a package.
func goConsumer(p *types.Package, dir string, c *catalog.Catalog) string {
	var b strings.Builder
	imports := map[string]bool{"example/" + dir: true}
	qualify := func(other *types.Package) string {
		imports[other.Path()] = true
		return other.Name()
	}
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	member := func(typ, name string, t types.Type) {
		line("func _(v *%s) { var _ %s = v.%s }", typ, types.TypeString(t, qualify), name)
	}
	for _, name := range p.Scope().Names() {
		object := p.Scope().Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.TypeName:
			named, isNamed := types.Unalias(object.Type()).(*types.Named)
			typ := p.Name() + "." + name
			if isNamed && named.TypeParams().Len() > 0 {
				line("var _ %s[int]", typ)
				continue
			}
			line("var _ %s", typ)
			if !isNamed {
				continue
			}
			if s, ok := named.Underlying().(*types.Struct); ok {
				for i := range s.NumFields() {
					if f := s.Field(i); f.Exported() {
						member(typ, f.Name(), f.Type())
						line("func _(v %s) any { return %s{%s: v} }", types.TypeString(f.Type(), qualify), typ, f.Name())
					}
				}
			}
			methods := types.NewMethodSet(types.NewPointer(named))
			for i := range methods.Len() {
				if m := methods.At(i); m.Obj().Exported() {
					member(typ, m.Obj().Name(), m.Type())
				}
			}
		case *types.Func:
			if object.Signature().TypeParams().Len() > 0 {
				line("var _ = %s.%s[int]", p.Name(), name)
			} else {
				line("var _ %s = %s.%s", types.TypeString(object.Type(), qualify), p.Name(), name)
			}
		default:
			line("var _ %s = %s.%s", strings.TrimPrefix(types.TypeString(object.Type(), qualify), "untyped "), p.Name(), name)
		}
	}
	line("func _(code %s.Code) {\nswitch code {", p.Name())
	for _, e := range c.Errors {
		line("case %s.%s:", p.Name(), e.GoName)
	}
	line("}\n}")
	source := b.String()
	b.Reset()
	line("package consumer\n")
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		line("import %q", name)
	}
	return b.String() + source
}

// proveMeaning compares what constants and values mean whose use compiles.
func (c *comparison) proveMeaning(before, after *types.Scope) {
	for _, e := range c.old.Errors {
		first, _ := after.Lookup(e.GoName).(*types.Const)
		for _, id := range goNames(e) {
			if other, _ := after.Lookup(id).(*types.Const); first != nil && other != nil && first.Val().ExactString() != other.Val().ExactString() {
				c.complain(compat.Go, "%s and %s were one error, and are %s and %s", e.GoName, id, first.Val(), other.Val())
			}
		}
	}
	for _, method := range []string{"MarshalJSON"} {
		isIn := func(s *types.Scope) bool {
			return types.NewMethodSet(s.Lookup("Code").Type()).Lookup(nil, method) != nil
		}
		if isIn(after) && !isIn(before) {
			c.complain(compat.Go, "encoding/json writes a Code as a number, not as a string")
		}
	}
}

// goNames returns the Go identifiers of an error.
func goNames(e *catalog.Error) []string {
	ids := []string{e.GoName}
	for _, s := range e.Synonyms {
		ids = append(ids, cmp.Or(s.GoName, e.GoName))
	}
	for _, f := range e.FormerNames {
		ids = append(ids, cmp.Or(f.GoName, e.GoName))
	}
	return ids
}

// typeScriptNames returns the TypeScript identifiers of an error.
func typeScriptNames(e *catalog.Error) []string {
	ids := []string{e.TypeScriptName}
	for _, s := range e.Synonyms {
		ids = append(ids, cmp.Or(s.TypeScriptName, e.TypeScriptName))
	}
	for _, f := range e.FormerNames {
		ids = append(ids, cmp.Or(f.TypeScriptName, e.TypeScriptName))
	}
	return ids
}

// continues reports whether an error of the new version is meant to be one of the
// old version: they share a name, or the change of the name is reported.
func (c *comparison) continues(old, e *catalog.Error) bool {
	before := old.Names()
	if slices.ContainsFunc(e.Names(), func(name string) bool { return slices.Contains(before, name) }) {
		return true
	}
	return slices.ContainsFunc(c.changes, func(change compat.Change) bool {
		return change.Rule == diag.RuleNameRemoved && change.Old != nil && change.Old.Code == old.Code && change.Error == e
	})
}

var (
	anchorID      = regexp.MustCompile(`\bid="([^"]+)"`)
	componentName = regexp.MustCompile(`(?m)^    (\w+):`)
)

// proveLinks compares the targets of links in the documents.
func (c *comparison) proveLinks(t *testing.T) {
	t.Helper()
	anchors := func(of *catalog.Catalog) (found []string) {
		plan, err := generator.Plan(of, []generator.Output{
			{Target: "html", Path: "errors.html", Options: map[string]string{"audience": "internal"}},
			{Target: "html", Path: "public.html"},
			{Target: "markdown", Path: "errors.md"},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range plan {
			for _, f := range o.Files {
				for _, m := range anchorID.FindAllSubmatch(f.Data, -1) {
					if id := string(m[1]); !strings.HasPrefix(id, "~") {
						found = append(found, f.Path+"#"+id)
					}
				}
			}
		}
		return found
	}
	after := anchors(c.current)
	for _, anchor := range anchors(c.old) {
		if !slices.Contains(after, anchor) {
			c.complain(compat.Links, "there is no %s", anchor)
		}
	}
	for _, target := range []string{"markdown", "html", "openapi"} {
		if target == "openapi" && !slices.ContainsFunc(c.old.Outputs, func(o catalog.Output) bool { return o.Target == target }) {
			continue
		}
		documents := c.outputs(t, c.current, target, "errors.md", nil)
		for name, data := range c.outputs(t, c.old, target, "errors.md", nil) {
			if documents[name] == nil {
				c.complain(compat.Links, "there is no %s", name)
				continue
			}
			addresses := anchorID
			if target == "openapi" {
				addresses = componentName
			}
			now := addresses.FindAllString(string(documents[name]), -1)
			for _, m := range addresses.FindAllStringSubmatch(string(data), -1) {
				if !slices.Contains(now, m[0]) && !strings.HasPrefix(m[1], "~") {
					c.complain(compat.Links, "there is no %s#%s", name, m[1])
				}
			}
		}
	}
	for _, old := range c.old.Errors {
		for _, e := range c.current.Errors {
			for _, code := range old.Codes() {
				if slices.Contains(e.Codes(), code) && !c.continues(old, e) {
					c.complain(compat.Links, "#%s was about %s, and is about %s", code, old.Name, e.Name)
				}
			}
		}
	}
}

// write writes the packages of both versions for TypeScript: those of the outputs
// with code that uses all of the old one, and one in JavaScript to be run.
func (c *comparison) write(t *testing.T, dir string, i int) {
	t.Helper()
	versions := map[string]*catalog.Catalog{"old": c.old, "new": c.current}
	if c.later != nil {
		versions["later"] = c.later
	}
	var consumers map[string][]byte
	for _, version := range []string{"old", "new", "later"} {
		of := versions[version]
		if of == nil {
			continue
		}
		root := filepath.Join(dir, fmt.Sprint(i), version)
		packages := c.outputs(t, of, "typescript", "web", map[string]string{"emit": "js"})
		if version == "old" {
			consumers = typeScriptConsumers(packages, of)
		}
		for _, files := range []map[string][]byte{packages, consumers} {
			for name, data := range files {
				writeFile(t, filepath.Join(root, name), data)
			}
		}
		if of.NoHTTP {
			continue
		}
		// Clients in TypeScript do not know internal errors, and clients in Go do.
		rows := []generator.Output{{Target: "typescript", Path: filepath.Join(root, "public"), Options: map[string]string{"emit": "js"}}}
		if c.hasInternal() {
			rows = append(rows, generator.Output{Target: "typescript", Path: filepath.Join(root, "internal"), Options: map[string]string{"emit": "js", "audience": "internal"}})
		}
		plan, err := generator.Plan(of, rows)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range plan {
			for _, f := range o.Files {
				if strings.HasSuffix(f.Path, ".mjs") {
					writeFile(t, filepath.Join(o.Dir, f.Path), f.Data)
				}
			}
		}
	}
}

// hasInternal reports whether one of the versions has internal errors.
func (c *comparison) hasInternal() bool {
	return slices.ContainsFunc(slices.Concat(c.old.Errors, c.current.Errors), func(e *catalog.Error) bool { return e.Audience == catalog.Internal })
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

var declaration = regexp.MustCompile(`(?m)^export (?:declare )?(const|function|class|type|interface) (\w+)(<?)`)

// typeScriptConsumers returns code that uses everything in packages, a file for each.
func typeScriptConsumers(packages map[string][]byte, c *catalog.Catalog) map[string][]byte {
	c = c.ForAudience(catalog.Public)
	consumers := make(map[string][]byte)
	for name := range packages {
		module := map[string]string{"index.ts": "index.js", "index.d.mts": "index.mjs"}[path.Base(name)]
		if module == "" {
			continue
		}
		dir := path.Dir(name)
		var b strings.Builder
		line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
		line("import * as p from \"./%s/%s\";", dir, module)
		n, seen := 0, make(map[string]bool)
		for _, file := range slices.Sorted(maps.Keys(packages)) {
			if path.Dir(file) != dir || !strings.HasSuffix(file, ".ts") && !strings.HasSuffix(file, ".d.mts") || strings.HasPrefix(path.Base(file), "column.") {
				continue
			}
			for _, m := range declaration.FindAllSubmatch(packages[file], -1) {
				kind, id := string(m[1]), string(m[2])
				if seen[id] {
					continue
				}
				seen[id] = true
				switch kind {
				case "const", "function", "class":
					line("void p.%s;", id)
				default:
					if string(m[3]) == "" {
						n++
						line("export type T%d = p.%s;", n, id)
					}
				}
			}
		}
		for i, e := range c.Errors {
			for _, id := range typeScriptNames(e) {
				line("export const c%d_%s: typeof p.%s = p.%s;", i, id, e.TypeScriptName, id)
				line("export const code%d_%s: p.ErrorCode = p.%s;", i, id, id)
			}
			line("export const value%d: %s = p.%s;", i, map[bool]string{true: "number", false: "string"}[c.IntegerCodes], e.TypeScriptName)
			values, reads := "", ""
			for _, param := range e.Params {
				if param.Sensitive {
					continue
				}
				typ := map[catalog.ParamType]string{catalog.Integer: "number", catalog.Number: "number", catalog.Boolean: "boolean", catalog.StringList: "readonly string[]", catalog.IntegerList: "readonly number[]"}[param.Type]
				values += fmt.Sprintf(", %s: a.%s", param.Name, param.Name)
				reads += fmt.Sprintf("%s: %s; ", param.Name, cmp.Or(typ, "string"))
			}
			arguments := ""
			if values != "" {
				arguments = ", { " + values[2:] + " }"
			}
			line("export function make%d(a: { %s}): unknown[] {\n  return [", i, reads)
			line("    p.formatMessage(p.%s%s),", e.TypeScriptName, arguments)
			if !c.NoHTTP {
				line("    p.problemOf(p.%s%s),", e.TypeScriptName, arguments)
				line("    p.fieldErrorOf({ pointer: \"\" }, p.%s%s),", e.TypeScriptName, arguments)
			}
			line("  ];\n}")
			if c.NoHTTP {
				continue
			}
			line("export function read%d(problem: p.Problem): unknown {\n  if (problem.code === p.%s) {", i, e.TypeScriptName)
			line("    const a: { %s} = problem;", reads)
			for _, param := range e.Params {
				for _, value := range param.Values {
					if param.Type == catalog.String && !param.Sensitive {
						line("    if (problem.%s === %q) return 1;", param.Name, value)
					}
				}
			}
			line("    return a;\n  }\n  return 0;\n}")
		}
		for i, category := range c.Categories {
			line("export const category%d: p.ErrorCategory = %q;", i, category.Name)
			line("void p.categories[%q];", category.Name)
		}
		line("export function facts(code: p.ErrorCode): unknown[] {\n  const info: p.ErrorInfo = p.errorInfo(code);\n  const all: unknown[] = [info.name, info.title, info.category, info.retry, info.severity, info.aliases];")
		if len(c.Metadata) > 0 {
			line("  const metadata: p.ErrorMetadata = info.metadata;")
		}
		for _, f := range c.Metadata {
			if f.Audience == catalog.Internal {
				continue
			}
			typ := map[catalog.MetadataType]string{catalog.MetadataInteger: "number", catalog.MetadataBoolean: "boolean", catalog.MetadataStringList: "readonly string[]"}[f.Type]
			typ = cmp.Or(typ, "string")
			if !f.Required {
				typ += " | undefined"
			}
			line("  const %s: %s = metadata.%s;\n  all.push(%s);", "m_"+f.Name, typ, f.Name, "m_"+f.Name)
			values := f.Values
			if f.Type == catalog.MetadataString {
				values = []string{"any text"}
			}
			for _, value := range values {
				line("  if (metadata.%s === %q) all.push(1);", f.Name, value)
			}
		}
		line("  return all;\n}")
		consumers["consumer_"+strings.ReplaceAll(dir, "/", "_")+".ts"] = []byte(b.String())
	}
	return consumers
}

var complaint = regexp.MustCompile(`(?m)^(\d+)/(\w+)/(consumer_\w*\.ts)\(\d+,\d+\): error (.*)$`)

var importedFrom = regexp.MustCompile(`(?:typeof import\()?"[^"]*/web/index"\)?`)

// proveTypeScript compiles code that uses everything of the old packages with the
// new ones.
func proveTypeScript(t *testing.T, dir string, all []*comparison) {
	t.Helper()
	modules, err := filepath.Abs("../../node_modules")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "package.json"), []byte(`{"type": "module"}`))
	writeFile(t, filepath.Join(dir, "tsconfig.json"), []byte(`{"include": ["*/*/consumer_*.ts"], "compilerOptions": {
		"strict": true, "exactOptionalPropertyTypes": true, "skipLibCheck": true, "noEmit": true, "module": "nodenext", "target": "es2022", "lib": ["es2022"], "types": []}}`))
	cmd := exec.Command("node", filepath.Join(modules, "typescript-7/bin/tsc"), "-p", ".", "--pretty", "false")
	cmd.Dir = dir
	out, err := cmd.Output()
	found := complaint.FindAllSubmatch(out, -1)
	if err != nil && len(found) == 0 {
		t.Fatalf("%v: %s", err, out)
	}
	for _, m := range found {
		var i int
		if _, err := fmt.Sscan(string(m[1]), &i); err != nil {
			t.Fatal(err)
		}
		if string(m[2]) == "old" {
			t.Fatalf("%s: the consumer does not compile with the package that it was made for: %s", all[i].name, m[0])
		}
		if string(m[2]) == "new" {
			all[i].complain(compat.TypeScript, "%s", importedFrom.ReplaceAll(m[4], []byte("web")))
		}
	}
}

// What testdata/proof/wire.mjs takes.
type (
	wireCase struct {
		ID    int          `json:"id"`
		Old   wireVersion  `json:"old"`
		New   wireVersion  `json:"new"`
		Later *wireVersion `json:"later"`
		Same  []string     `json:"same"` // pairs of ids
		Older []wireOlder  `json:"older"`
	}
	wireVersion struct {
		Errors []wireError `json:"errors"`
	}
	wireError struct {
		ID       string      `json:"id"`
		Internal bool        `json:"internal"`
		Name     string      `json:"name"`
		Code     string      `json:"code"`
		Retired  bool        `json:"retired"`
		Params   []wireParam `json:"params"`
	}
	wireParam struct {
		Name  string `json:"name"`
		Value any    `json:"value"`
	}
	// wireOlder is what a server of a version before the old one sends.
	wireOlder struct {
		What    string         `json:"what"`
		Members map[string]any `json:"members"`
		Status  int            `json:"status"`
	}
)

func wireErrors(c *catalog.Catalog, version string) (v wireVersion) {
	v.Errors = []wireError{}
	for i, e := range c.Errors {
		w := wireError{ID: fmt.Sprint(version, i), Internal: e.Audience == catalog.Internal, Name: e.Name, Code: e.Code, Retired: e.Retired != nil, Params: []wireParam{}}
		for _, p := range e.Params {
			if !p.Sensitive {
				w.Params = append(w.Params, wireParam{p.Name, sampleOf(p)})
			}
		}
		v.Errors = append(v.Errors, w)
	}
	return v
}

// sampleOf returns a value of a param that no reader of another type takes.
func sampleOf(p *catalog.Param) any {
	if len(p.Values) > 0 {
		value := p.Values[len(p.Values)-1]
		if p.Type == catalog.StringList {
			return []string{value}
		}
		return value
	}
	return map[catalog.ParamType]any{
		catalog.String: "é\"<>", catalog.Integer: 1 << 50, catalog.Number: -2.5, catalog.Boolean: true, catalog.Datetime: "2026-01-31T12:00:00Z", catalog.Duration: "1m30s",
		catalog.StringList: []string{"", "a"}, catalog.IntegerList: []int{-1, 7},
	}[p.Type]
}

// expand returns the URI of a template.
func expand(template, code, name string) string {
	return strings.NewReplacer("{code}", code, "{name}", name).Replace(template)
}

// wire returns the pair for the program that sends its errors.
func (c *comparison) wire(id int) wireCase {
	w := wireCase{ID: id, Old: wireErrors(c.old, "o"), New: wireErrors(c.current, "n"), Same: []string{}, Older: []wireOlder{}}
	last, version := c.current, "n"
	if c.later != nil {
		v := wireErrors(c.later, "l")
		w.Later, last, version = &v, c.later, "l"
	}
	for i, e := range c.old.Errors {
		for j, n := range c.current.Errors {
			if c.continues(e, n) {
				w.Same = append(w.Same, fmt.Sprintf("o%d,n%d", i, j))
			}
		}
		for j, n := range last.Errors {
			if version == "l" && c.continues(e, n) {
				w.Same = append(w.Same, fmt.Sprintf("o%d,l%d", i, j))
			}
		}
	}
	older := func(what string, status int, members map[string]any) {
		w.Older = append(w.Older, wireOlder{what, members, status})
	}
	uri := cmp.Or(c.old.TypeURI, "about:blank")
	for _, e := range c.old.Errors {
		if e.HTTPStatus < 200 || e.Audience == catalog.Internal {
			continue
		}
		for _, a := range e.Aliases {
			older("the code "+a.Code, e.HTTPStatus, map[string]any{"type": expand(uri, a.Code, e.Name), "code": a.Code})
			older("the code "+a.Code+" without a type", e.HTTPStatus, map[string]any{"code": a.Code})
		}
		for _, name := range e.Names() {
			if strings.Contains(uri, "{name}") && !strings.Contains(uri, "{code}") {
				older("the type "+expand(uri, "", name), e.HTTPStatus, map[string]any{"type": expand(uri, "", name)})
			}
		}
		for _, accepted := range c.old.AcceptedTypeURIs {
			older(e.Code+" with the type "+expand(accepted, e.Code, e.Name), e.HTTPStatus, map[string]any{"type": expand(accepted, e.Code, e.Name), "code": e.Code})
		}
	}
	// Codes that were reserved are those of errors before the old version.
	for _, e := range last.Errors {
		for _, code := range e.Codes() {
			for _, r := range c.old.Reserved {
				isRow := slices.Contains(r.Words(), code) || slices.ContainsFunc(r.Codes, func(codes catalog.Range) bool { return codes.Contains(code) })
				if isRow && !slices.Contains(e.Names(), r.Name) {
					older("the reserved code "+code, 400, map[string]any{"type": expand(uri, code, cmp.Or(r.Name, "OLDER")), "code": code})
				}
			}
		}
	}
	return w
}

// proveWire sends the errors of both versions over HTTP.
func proveWire(t *testing.T, dir string, all []*comparison) {
	t.Helper()
	var cases []wireCase
	for i, c := range all {
		if !c.old.NoHTTP && !c.current.NoHTTP {
			cases = append(cases, c.wire(i))
		}
	}
	data, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "cases.json"), data)
	script, err := filepath.Abs("testdata/proof/wire.mjs")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", script, dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		var found struct {
			ID       int
			Problems []string
		}
		if err := json.Unmarshal([]byte(line), &found); err != nil {
			t.Fatal(err)
		}
		for _, p := range found.Problems {
			all[found.ID].complain(compat.Wire, "%s", p)
		}
	}
}

// inGo are the cases for which clients and servers in TypeScript do not show what
// goes wrong.
var inGo = []diag.Rule{diag.RuleDomainChanged, diag.RuleHTTPRemoved}

// TestProof proves whom the cases of testdata/rules break. What package compat says
// must be true for each of them, and for nobody else. X.proof has what goes wrong. If a
// break shows only later, X.later.yaml is a further version. Each rule that breaks
// somebody must have a case in which no other rule breaks them.
func TestProof(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles and runs packages")
	}
	var all, allInGo []*comparison
	archives := make(map[diag.Rule]*txtar.Archive)
	of := make(map[*comparison]diag.Rule)
	rules := slices.DeleteFunc(diag.ChangeRules(), func(r diag.Rule) bool {
		return r == diag.RuleCatalogRemoved || r == diag.RuleCatalogAdded || // about several catalogs
			r == diag.RuleGRPCCodeChanged || r == diag.RuleGRPCReasonChanged // which generator/golang/rpc proves, with servers and clients of gRPC
	})
	for _, rule := range rules {
		archive, err := txtar.ParseFile(filepath.Join("testdata/rules", rule.ID()+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		archives[rule] = archive
		data := make(map[string][]byte)
		for _, f := range archive.Files {
			data[f.Name] = f.Data
		}
		for _, f := range archive.Files {
			name, ok := strings.CutSuffix(f.Name, ".old.yaml")
			if !ok {
				continue
			}
			c := &comparison{name: name, old: load(t, "old.yaml", f.Data), current: load(t, "new.yaml", data[name+".new.yaml"])}
			if later := data[name+".later.yaml"]; later != nil {
				c.later = load(t, "later.yaml", later)
			}
			c.changes = compat.Compare(c.old, c.current)
			all = append(all, c)
			of[c] = rule
			if slices.Contains(inGo, rule) {
				allInGo = append(allInGo, c)
			}
		}
	}
	prove(t, all)
	proveInGo(t, allInGo)

	claimed, proven := make(map[diag.Rule]compat.Breaks), make(map[diag.Rule]compat.Breaks)
	for _, c := range all {
		c.check(t, of[c].ID()+"/"+c.name)
		for _, change := range c.changes {
			rule := change.Rule
			claimed[rule] |= change.Breaks
			alone := change.Breaks
			for _, other := range c.changes {
				if other.Rule != rule {
					alone &^= other.Breaks
				}
			}
			proven[rule] |= alone
		}
		archive := archives[of[c]]
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == c.name+".want" })
		isThere := archive.Files[i+1 : min(i+2, len(archive.Files))]
		switch proof := c.String(); {
		case len(isThere) > 0 && isThere[0].Name == c.name+".proof":
			if string(isThere[0].Data) != proof && !*update {
				t.Errorf("%s/%s: got\n%s\nwant\n%s", of[c], c.name, proof, isThere[0].Data)
			}
			archive.Files[i+1].Data = []byte(proof)
		case *update:
			archive.Files = slices.Insert(archive.Files, i+1, txtar.File{Name: c.name + ".proof", Data: []byte(proof)})
		default:
			t.Errorf("%s/%s has no proof", of[c], c.name)
		}
	}
	for _, rule := range rules {
		if missing := claimed[rule] &^ proven[rule]; missing != 0 {
			t.Errorf("no case shows that %s breaks %v", rule, missing.Names())
		}
		if isBreaking := claimed[rule]&^compat.Links != 0; isBreaking != (rule.Severity() == diag.Error) && rule != diag.RuleVersionTooLow { // that breaks only a promise
			t.Errorf("%s is of the level %s, and breaks %v", rule, rule.Severity(), claimed[rule].Names())
		}
		if *update {
			if err := os.WriteFile(filepath.Join("testdata/rules", rule.ID()+".txtar"), txtar.Format(archives[rule]), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// check reports what package compat says of a comparison that is not true.
func (c *comparison) check(t *testing.T, name string) {
	t.Helper()
	var proven compat.Breaks
	for group := range c.broken {
		proven |= group
	}
	if claimed := c.claimed(); claimed != proven {
		t.Errorf("%s should break %v, and breaks %v\n%s", name, claimed.Names(), proven.Names(), c)
		for _, change := range c.changes {
			t.Logf("%s[%s]: %s %v", change.Severity, change.Rule, change.Message, change.Breaks.Names())
		}
	}
}
