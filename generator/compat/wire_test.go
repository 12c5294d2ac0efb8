package compat_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
)

// proveInGo sends the errors of both versions of each pair between servers and
// clients in Go. All pairs are one program.
func proveInGo(t *testing.T, all []*comparison) {
	t.Helper()
	dir := t.TempDir()
	main, err := os.ReadFile("testdata/proof/main.go")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "go.mod"), []byte("module example\n\ngo 1.21\n"))
	writeFile(t, filepath.Join(dir, "main.go"), main)
	g := &goPackages{dir: dir, aliases: make(map[string]string)}
	// A server whose own package has HTTP answers with the errors of one that has not.
	gateway := g.write(t, load(t, "gateway.yaml", []byte("version: 1\ncatalog: { name: gateway }\ncategories: { all: { http_status: 502 } }\nerrors: { UPSTREAM: { code: U1, category: all } }\n")))
	var pairs strings.Builder
	for _, c := range all {
		fmt.Fprintf(&pairs, "{%s,\n%s},\n", g.bridge(t, c.old, gateway, func(*catalog.Error) int { return -1 }), g.bridge(t, c.current, gateway, func(e *catalog.Error) int {
			return slices.IndexFunc(c.old.Errors, func(old *catalog.Error) bool { return c.continues(old, e) })
		}))
	}
	imports := "import \"time\"\n"
	for alias := range len(g.aliases) {
		imports += fmt.Sprintf("import p%d %q\n", alias, fmt.Sprintf("example/p%d", alias))
	}
	writeFile(t, filepath.Join(dir, "pairs.go"), []byte("package main\n\n"+imports+"\nvar _ "+gateway+".Code // also if no pair needs it\nvar at = time.Unix(1700000000, 5).UTC()\n\nvar pairs = [][2]version{\n"+pairs.String()+"}\n"))
	program := filepath.Join(dir, "proof.exe")
	build := exec.Command("go", "build", "-gcflags=-N -l", "-o", program, ".")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command(program).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		number, quoted, _ := strings.Cut(line, " ")
		var i int
		var complaint string
		if _, err := fmt.Sscan(number, &i); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(quoted), &complaint); err != nil {
			t.Fatal(err)
		}
		all[i].complain(compat.Wire, "%s", complaint)
	}
}

// goPackages writes each package once.
type goPackages struct {
	dir     string
	aliases map[string]string // by the source of the tables
}

// write writes the package of a catalog, and returns the name it is imported by.
func (g *goPackages) write(t *testing.T, c *catalog.Catalog) string {
	t.Helper()
	plan, err := generator.Plan(c, []generator.Output{{Target: "go", Path: "."}})
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, f := range plan[0].Files {
		source.Write(f.Data)
	}
	alias, ok := g.aliases[source.String()]
	if !ok {
		alias = fmt.Sprintf("p%d", len(g.aliases))
		g.aliases[source.String()] = alias
		for _, f := range plan[0].Files {
			writeFile(t, filepath.Join(g.dir, alias, f.Path), f.Data)
		}
	}
	return alias
}

// goValues are the values of params by their types, in Go.
var goValues = map[catalog.ParamType]string{
	catalog.String: `"é\"<>"`, catalog.Integer: "1<<60+1", catalog.Number: "-2.5e-7", catalog.Boolean: "true", catalog.Datetime: "at", catalog.Duration: "90*time.Second",
	catalog.StringList: `[]string{"", "a"}`, catalog.IntegerList: "[]int64{-1, 1<<60+1}",
}

// bridge returns a version in Go.
func (g *goPackages) bridge(t *testing.T, c *catalog.Catalog, gateway string, continued func(*catalog.Error) int) string {
	t.Helper()
	p := g.write(t, c)
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if line("{"); c.Domain != "" {
		line("domain: %s.Domain,", p)
	}
	if c.NoHTTP {
		line("write: %s.WriteProblem,", gateway)
	} else {
		line("write: %[1]s.WriteProblem, read: %[1]s.ReadProblem, status: %[1]s.HTTPStatus, missing: func(problem, err error) []string { return problem.(*%[1]s.Problem).Missing(err) },", p)
	}
	line("samples: []sample{")
	for _, e := range c.Errors {
		code := p + "." + e.GoName
		line("{name: %q, code: %s, hidden: %t, retired: %t, continues: %d,", e.Name, code, e.Audience == catalog.Internal, e.Retired != nil, continued(e))
		if !e.HasStruct() {
			line("err: %s},", code)
			continue
		}
		var fields []string
		for _, param := range e.Params {
			value := goValues[param.Type]
			if param.Sensitive {
				value = p + ".Hide(" + value + ")"
				if param.Type == catalog.Integer {
					value = p + ".Hide[int64](1)"
				}
				if param.Type == catalog.Number {
					value = p + ".Hide[float64](1)"
				}
			}
			fields = append(fields, param.GoField+": "+value)
		}
		line("err: &%s.%s{%s}, target: func() any { return new(*%[1]s.%[2]s) }},", p, e.GoStruct(), strings.Join(fields, ", "))
	}
	line("}}")
	return strings.TrimSpace(b.String())
}
