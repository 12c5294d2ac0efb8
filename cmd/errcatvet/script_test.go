package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/cmd/errcatvet/analyzers"
	"github.com/errcat/errcat/cmd/errcatvet/internal/vettest"
	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/diag"
)

const (
	rulesFile = "../../generator/diag/rules.yaml"
	ruleData  = "testdata/rules"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts and in rules.yaml")

// TestMain provides the errcatvet command of the scripts, and the driver that
// errcatvet -fix starts.
func TestMain(m *testing.M) {
	if os.Getenv(fixing) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"errcatvet": main})
}

// TestScripts runs the scripts in testdata.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs the go command and errcatvet many times")
	}
	runScripts(t, "testdata")
}

// runScripts runs the scripts in a folder. Each begins in a module with the packages
// generated from the catalogs of the analyzers' tests.
func runScripts(t *testing.T, dir string) {
	machine := []string{"GOMODCACHE", "GOCACHE", "GOPROXY", "GONOSUMDB"}
	out, err := exec.Command("go", append([]string{"env"}, machine...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Split(string(out), "\n")
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
		Setup: func(env *testscript.Env) error {
			for i, name := range machine {
				env.Setenv(name, values[i])
			}
			env.Setenv("GOFLAGS", "-buildvcs=false")
			tool, err := exec.LookPath("errcatvet")
			if err != nil {
				return err
			}
			env.Setenv("TOOL", tool)
			if err := os.WriteFile(filepath.Join(env.WorkDir, "go.mod"), []byte("module example.com/test\n\ngo 1.26\n"), 0o644); err != nil {
				return err
			}
			return vettest.Write("analyzers/testdata/catalogs", env.WorkDir, nil)
		},
	})
}

// TestConcerned counts the packages that errcatvet loads: only those that import a
// catalog, possibly by way of others.
func TestConcerned(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":              "module example.com/test\n\ngo 1.26\n",
		"plain/plain.go":      "package plain",
		"plain/plain_test.go": "package plain_test",
		"other/other.go":      "package other\n\nimport _ \"example.com/test/plain\"",
		"direct/direct.go":    "package direct\n\nimport _ \"example.com/test/cli\"",
		"indirect/a.go":       "package indirect\n\nimport _ \"example.com/test/direct\"",
		"tested/a.go":         "package tested",
		"tested/a_test.go":    "package tested_test\n\nimport _ \"example.com/test/cli\"",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	source, err := os.ReadFile("analyzers/testdata/catalogs/cli.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := vettest.Generate(source, filepath.Join(dir, "cli")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	got, err := (&command{patterns: []string{"./..."}}).concerned()
	want := []string{"example.com/test/direct", "example.com/test/indirect", "example.com/test/tested"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("loaded are %q, want %q; %v", got, want, err)
	}
}

// TestCompiled counts what errcatvet lets the compiler do: only what packages with
// findings import, and no package that it checks itself, test or program of tests.
func TestCompiled(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles packages")
	}
	dir := t.TempDir()
	log := filepath.Join(dir, "compiled")
	archive := txtar.Parse([]byte(`
-- go.mod --
module example.com/test

go 1.26
-- toolexec --
#!/bin/sh
case "$1$2" in
*/compile-V=full) ;;
*/compile*) echo "$TOOLEXEC_IMPORTPATH" >> "$LOG" ;;
esac
exec "$@"
-- plain/plain.go --
package plain

func Plain() {}
-- unused/unused.go --
package unused
-- direct/direct.go --
package direct

import (
	"example.com/test/cli"
	"example.com/test/plain"
)

func Old() error { plain.Plain(); return cli.OldFlag }
-- direct/inside_test.go --
package direct

var inTest = Old
-- direct/direct_test.go --
package direct_test

import (
	"testing"

	"example.com/test/direct"
	"example.com/test/indirect"
)

func Test(t *testing.T) { direct.Old(); indirect.Old() }
-- indirect/indirect.go --
package indirect

import "example.com/test/direct"

func Old() error { return direct.Old() }
-- exported/exported.go --
package exported

func three() int { return 3 }
-- exported/export_test.go --
package exported

var Three = three
-- exported/exported_test.go --
package exported_test

import (
	"example.com/test/cli"
	"example.com/test/exported"
)

func old() error { return cli.OldFlag }

var _ = exported.Three() == 3
`))
	for _, f := range archive.Files {
		file := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	source, err := os.ReadFile("analyzers/testdata/catalogs/cli.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := vettest.Generate(source, filepath.Join(dir, "cli")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	t.Setenv("GOFLAGS", "-toolexec="+filepath.Join(dir, "toolexec"))
	t.Setenv("LOG", log)
	var out, errs strings.Builder
	if status := run([]string{"-tests", "./..."}, &out, &errs); status != statusFindings || errs.Len() > 0 {
		t.Fatalf("status %d, %s", status, errs.String())
	}
	for _, file := range []string{"direct/direct.go:8:", "exported/exported_test.go:8:"} {
		if strings.Count(out.String(), file) != 1 {
			t.Errorf("not one finding in %s:\n%s", file, out.String())
		}
	}
	compiled, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for name := range strings.FieldsSeq(string(compiled)) {
		if strings.HasPrefix(name, "example.com/") {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	if want := []string{"example.com/test/cli", "example.com/test/plain"}; !slices.Equal(got, want) {
		t.Errorf("compiled are %q, want %q", got, want)
	}
}

// exits runs a command and checks its exit status: exits 1 errcatvet ./...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status command [args...]")
	}
	got := "0"
	err := ts.Exec(args[1], args[2:]...)
	if exit, ok := err.(*exec.ExitError); ok {
		got = strings.TrimPrefix(exit.Error(), "exit status ")
	} else {
		ts.Check(err)
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

var block = regexp.MustCompile("(?s)```\\w+\n(.*?)```")

// TestRules runs each analyzer on the example on its page: it reports what the page
// says, and nothing after the fix. With -update, the reports are written into the test
// data, and its files into the pages.
func TestRules(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles the examples")
	}
	archives := make(map[string]*txtar.Archive)
	dir := t.TempDir()
	write := func(name, file string, data []byte) {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, file), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range analyzers.All() {
		archive, err := txtar.ParseFile(filepath.Join(ruleData, a.Name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		archives[a.Name] = archive
		write(a.Name, "order.go", archive.Files[0].Data)
		write(filepath.Join("fixed", a.Name), "order.go", archive.Files[2].Data)
	}
	write(".", "go.mod", []byte("module example.com/test\n\ngo 1.26\n"))
	if err := vettest.Write("analyzers/testdata/catalogs", dir, nil); err != nil {
		t.Fatal(err)
	}
	rules, err := filepath.Abs(rulesFile)
	if err != nil {
		t.Fatal(err)
	}
	data, err := filepath.Abs(ruleData)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, a := range analyzers.All() {
		archive := archives[a.Name]
		t.Chdir(filepath.Join(dir, a.Name))
		var out, errs strings.Builder
		if status := run([]string{"-" + a.Name}, &out, &errs); status != statusFindings || errs.Len() > 0 {
			t.Errorf("%s: status %d, %s", a.Name, status, errs.String())
		}
		if *update {
			archive.Files[1].Data = []byte(out.String())
			if err := os.WriteFile(filepath.Join(data, a.Name+".txtar"), txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got := out.String(); got != string(archive.Files[1].Data) {
			t.Errorf("%s reports\n%s\nwant\n%s", a.Name, got, archive.Files[1].Data)
		}
		checkPage(t, rules, a.Name, archive)
	}
	t.Chdir(filepath.Join(dir, "fixed"))
	var out, errs strings.Builder
	if status := run([]string{"-all", "./..."}, &out, &errs); status != statusOK || out.Len()+errs.Len() > 0 {
		t.Errorf("after the fixes: status %d, %s%s", status, out.String(), errs.String())
	}
	t.Chdir(dir)
	run([]string{"-all", "-fix", "./..."}, &out, &errs)
	for _, a := range analyzers.All() {
		if len(archives[a.Name].Comment) == 0 {
			continue
		}
		fixed, err := os.ReadFile(filepath.Join(a.Name, "order.go"))
		if err != nil {
			t.Fatal(err)
		}
		if want := archives[a.Name].Files[2].Data; string(fixed) != string(want) {
			t.Errorf("%s: -fix makes\n%s\nwant\n%s", a.Name, fixed, want)
		}
	}
}

// checkPage checks that the page of a rule shows files in the same order.
func checkPage(t *testing.T, rules, name string, archive *txtar.Archive) {
	t.Helper()
	c, _ := generator.Load("rules.yaml", diag.Catalog())
	var page string
	for _, e := range c.Errors {
		if e.Code == name {
			page = e.Description.Source() + "\n" + e.Resolution.Source()
		}
	}
	shown := block.FindAllStringSubmatch(page, -1)
	if len(shown) != len(archive.Files) {
		t.Errorf("%s: the page has %d blocks, want %d", name, len(shown), len(archive.Files))
		return
	}
	for i, f := range archive.Files {
		switch {
		case shown[i][1] == string(f.Data):
		case *update:
			updateRule(t, rules, name, shown[i][1], string(f.Data))
		default:
			t.Errorf("%s: the page has\n%s\nbut the test\n%s", name, shown[i][1], f.Data)
		}
	}
}

// updateRule replaces a block in the description of a rule.
func updateRule(t *testing.T, rules, name, old, updated string) {
	t.Helper()
	text, err := os.ReadFile(rules)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), "\n  "+name+":\n")
	indent := regexp.MustCompile("(?m)^(.)")
	fence := func(s string) string { return "\n" + indent.ReplaceAllString(s, "      $1") + "      ```\n" }
	rest = strings.Replace(rest, fence(old), fence(updated), 1)
	if err := os.WriteFile(rules, []byte(before+"\n  "+name+":\n"+rest), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestRegister checks that the analyzers and the rules about Go code are the same, in
// the same order, and that the pages are where the analyzers say.
func TestRegister(t *testing.T) {
	var names, rules []string
	for _, a := range analyzers.All() {
		names = append(names, a.Name+" "+a.URL)
	}
	all := diag.Rules()
	for _, r := range all[slices.Index(all, diag.RuleCodeLiteral) : slices.Index(all, diag.RuleCodeSwitch)+1] {
		rules = append(rules, r.ID()+" "+r.URL())
	}
	if !slices.Equal(names, rules) {
		t.Errorf("the analyzers are %q, but the rules are %q", names, rules)
	}
}
