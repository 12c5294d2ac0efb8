package golang

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/files"
)

// pairTemplates are the type_uri of the catalogs of TestPairs. Some begin with
// another one, or fit it.
var pairTemplates = []string{
	"",
	"https://x.example/errors#{code}",
	"https://x.example/errors/{code}",
	"https://x.example/errors/b/{code}",
	"https://x.example/errors/{code}.html",
	"https://x.example/errors/b-{code}",
	"https://x.example/errors",
	"https://x.example/errors/all",
	"https://x.example/errors/n/{name}",
	"https://x.example/errors/c/{name}#{code}",
	"urn:x:{code}:{name}",
	"",
}

// No error is ever taken for that of another catalog, in one program or over
// HTTP, and each is recognised by its own package whichever package has sent and
// read it.
func TestPairs(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles packages")
	}
	module := t.TempDir()
	main, err := os.ReadFile("testdata/pairs/main.go")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewSource(1))
	bridges := []string{"package main", `import "time"`, `import "net/http"`}
	var names []string
	for i, template := range append(slices.Clone(pairTemplates), "none") {
		name := fmt.Sprintf("p%d", i)
		source := pairCatalog(r, name, template)
		c := load.Source(t, []byte(source))
		writePackage(t, filepath.Join(module, name), generate(t, c, Options{}))
		bridges = append(bridges, fmt.Sprintf("import %q", "pairs/"+name))
		names = append(names, bridge(c))
	}
	bridges = append(bridges, "var packages = []*pkg{", strings.Join(names, ""), "}", "var at = time.Unix(1700000000, 5).UTC()")
	writePackage(t, module, files.Files{
		{Path: "go.mod", Data: []byte("module pairs\n\ngo 1.21\n")},
		{Path: "main.go", Data: main},
		{Path: "bridges.go", Data: []byte(strings.Join(bridges, "\n"))},
	})
	program := filepath.Join(module, "pairs.exe")
	run(t, module, nil, "go", "build", "-o", program, ".")
	out := run(t, module, nil, program)
	if t.Failed() {
		return
	}
	for _, kind := range []string{"in process", "over HTTP", "elements", "by type", "trees"} {
		if !strings.Contains(out, kind+":") {
			t.Errorf("there are no checks of the kind %s: %s", kind, out)
		}
	}
	t.Log(out)
}

// pairCatalog returns a catalog whose errors have the codes of all others, in
// another order. The template "none" stands for one without HTTP.
func pairCatalog(r *rand.Rand, name, template string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	isInteger, http := r.Intn(3) == 0, template != "none"
	line("version: 1\ncatalog:\n  name: %s", name)
	if isInteger {
		line("  code_type: integer")
	}
	if !http {
		line("  http: false")
	}
	if http && template != "" {
		line("  type_uri: %s", template)
	}
	if http && r.Intn(2) == 0 {
		line("  accepted_type_uris: [\"https://old.example/%s/{code}\", \"https://old.example/%s/n/{name}\", \"urn:old:%s\"]", name, name, name)
	}
	codes := []string{"1001", "1002", "1003", "1004", "1005", "1006"}
	if !isInteger {
		codes = append(codes, "v1/1001", "1001:a", "E-1")
	}
	r.Shuffle(len(codes), func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
	if http && r.Intn(2) == 0 {
		line("  fallback: E0")
	}
	line("categories: {all: {%s}}\nerrors:", map[bool]string{true: "http_status: 400"}[http])
	params := []string{
		"{text: string}", "{count: integer, ratio: number}", "{flag: boolean, at: datetime, wait: duration}", "{names: 'string[]', ids: 'integer[]'}", "{secret: {type: string, sensitive: true}, text: string}",
	}
	for i, code := range codes {
		line("  E%d:\n    code: %q\n    category: all\n    aliases: [\"%d\"]\n    former_names: [OLD_%d]", i, code, 2001+(i+r.Intn(2)*20), i)
		if http {
			line("    http_status: %d", 400+r.Intn(100))
		}
		if i > 0 && r.Intn(5) == 0 {
			line("    audience: internal")
		}
		if i > 0 && r.Intn(4) > 0 {
			line("    params: %s", params[r.Intn(len(params))])
		}
	}
	return b.String()
}

// pairValues are the values of params by their types, in Go.
var pairValues = map[catalog.ParamType]string{
	catalog.String: `"é\"<>\x00"`, catalog.Integer: "1<<60+1", catalog.Number: "-2.5e-7", catalog.Boolean: "true", catalog.Datetime: "at", catalog.Duration: "90*time.Second",
	catalog.StringList: `[]string{"", "a"}`, catalog.IntegerList: "[]int64{-1, 1<<60+1}",
}

// bridge returns the element of packages for the package of a catalog.
func bridge(c *catalog.Catalog) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("{name: %q, wrap: %[1]s.WithCause, templates: %#v,", c.GoPackage, append([]string{c.TypeURI}, c.AcceptedTypeURIs...))
	line("knows: func(s string) bool { _, ok := %s.ParseCode(s); return ok },", c.GoPackage)
	line("codeOf: func(err error) (error, bool, bool) { c, ok := %s.CodeOf(err); return c, c.Name() != \"\", ok },", c.GoPackage)
	if c.Fallback != nil {
		line("fallback: %s.%s,", c.GoPackage, c.Fallback.GoName)
	}
	if !c.NoHTTP {
		line(`read: %[1]s.ReadProblem, parse: %[1]s.ParseProblem, status: %[1]s.HTTPStatus, problemOf: func(err error) error { return %[1]s.ProblemOf(err) },
		handler: func(f func(http.ResponseWriter, *http.Request) error) http.Handler { return %[1]s.Handler(f) },
		withErrors: func(err, a, b error) error { return %[1]s.WithErrors(err, %[1]s.At("/a", a), %[1]s.AtParameter("b", b)) },
		elements: func(err error) (errs []error) {
			for _, e := range err.(*%[1]s.Problem).Errors {
				errs = append(errs, e.Err)
			}
			return errs
		},`, c.GoPackage)
	}
	line("samples: []sample{")
	for _, e := range c.Errors {
		codes, names := []string{e.Code}, []string{e.Name}
		for _, former := range e.FormerNames {
			names = append(names, former.Name)
		}
		for _, alias := range e.Aliases {
			codes = append(codes, alias.Code)
		}
		for i := range codes {
			if !c.IntegerCodes {
				codes[i] = fmt.Sprintf("%q", codes[i])
			}
		}
		code := c.GoPackage + "." + e.GoName
		line("{code: %s, text: %q, codes: %#v, names: %#v, hidden: %t, status: %d,", code, e.Code, codes, names, e.Audience == catalog.Internal, e.HTTPStatus)
		if e.HasStruct() {
			var fields []string
			for _, p := range e.Params {
				value := pairValues[p.Type]
				if p.Sensitive {
					value = c.GoPackage + ".Hide(secret)"
				}
				fields = append(fields, p.GoField+": "+value)
			}
			line("err: &%s.%s{%s}, target: func() any { return new(*%[1]s.%[2]s) }},", c.GoPackage, e.GoStruct(), strings.Join(fields, ", "))
		} else {
			line("err: %s},", code)
		}
	}
	line("}},")
	return b.String()
}
