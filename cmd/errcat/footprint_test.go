package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestFootprint does what README.md says about modules that have errcat, and about
// libraries, in small modules with an old go line. It measures what errcat adds to
// them and to the modules that depend on them, compares the table in
// docs/dependents.md, and with -update writes it.
func TestFootprint(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: resolves the modules of errcat")
	}
	root, err := filepath.Abs("../..")
	mustDo(t, err)
	m := &modules{t: t, env: append(append(os.Environ(), publish(t)...), "GONOSUMDB=*"), proxy: t.TempDir()}
	m.env = append(m.env, "GOPROXY="+fileURL(m.proxy)+","+m.goEnv("GOPROXY"))
	readme := readPage(t, root, "README.md")
	// says returns the commands of README.md that begin with words.
	says := func(words ...string) []string {
		var commands []string
		for _, word := range words {
			found := regexp.MustCompile(`(?m)^\$ (`+regexp.QuoteMeta(word)+` .*)$`).FindAllStringSubmatch(readme, -1)
			if len(found) != 1 {
				t.Fatalf("README.md has %d commands that begin with %s, want 1", len(found), word)
			}
			commands = append(commands, found[0][1])
		}
		return commands
	}

	tool := m.library("tool")
	for _, command := range says("go get -tool") {
		tool.run("sh", "-c", command)
	}
	tools := m.library("tools")
	for _, command := range says("go mod init -modfile=tools.mod", "go get -modfile=tools.mod -tool") {
		tools.run("sh", "-c", command)
	}
	imports := m.library("imports")
	imports.run("errcat", "generate", "-o", "go=errors")
	mustWrite(t, filepath.Join(imports.dir, "library.go"), "package library\n\nimport _ \"example.com/imports/errors\"\n")

	rows := [][]string{{"A module", "Its `go` line", "Modules in `go.mod`", "Lines in `go.sum`"}}
	row := func(what string, of *library) footprint {
		of.run("go", "mod", "tidy")
		f := of.measure()
		rows = append(rows, []string{what, f.goLine, strconv.Itoa(f.modules), strconv.Itoa(f.sums)})
		return f
	}
	hasTool := row("with errcat as a tool in `go.mod`", tool)
	hasTools := row("with errcat as a tool in `tools.mod`", tools)
	hasErrors := row("with a package that errcat generated", imports)
	of := row("that depends on the first one", m.dependent(tool))
	ofTools := row("that depends on one of the others", m.dependent(tools))
	if other := m.dependent(imports).measure(); other != ofTools {
		t.Errorf("the dependents of the second and the third module are not the same: %v, %v", ofTools, other)
	}
	if t.Failed() {
		return
	}
	replaceTable(t, filepath.Join(root, "docs", "dependents.md"), "| A module ", markdownTable(rows))

	// What the pages say about it.
	line := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(readPage(t, root, "go.mod"))[1]
	unchanged := footprint{goLine: oldGo}
	if hasTools != unchanged || hasErrors != unchanged || ofTools != unchanged || of != (footprint{goLine: line}) || hasTool.goLine != line {
		t.Errorf("only a tool in go.mod may add something, and only a go line to dependents: %v", rows)
	}
	if says := "raises the `go` line of `go.mod` to " + line; !strings.Contains(strings.Join(strings.Fields(readme), " "), says) {
		t.Errorf("README.md does not say that it %s", says)
	}

	// errcat finds the catalog of a module in tools.mod.
	tools.run("go", "get", "-modfile=tools.mod", "-tool", "example.com/tool@v1.0.0")
	mustWrite(t, filepath.Join(tools.dir, "errcat.yaml"), `version: 1
catalogs:
  - catalog: mod:example.com/tool/catalog.yaml
    outputs: [{target: markdown, path: errors.md}]
`)
	before := string(read(t, filepath.Join(tools.dir, "go.mod")))
	tools.run("errcat", "generate")
	if page := string(read(t, filepath.Join(tools.dir, "errors.md"))); !strings.Contains(page, "The shop is closed") {
		t.Errorf("the page is\n%s", page)
	}
	tools.run("go", "mod", "tidy", "-modfile=tools.mod")
	tools.run("errcat", "check")
	if after := string(read(t, filepath.Join(tools.dir, "go.mod"))); after != before || exists(filepath.Join(tools.dir, "go.sum")) {
		t.Errorf("go.mod was\n%s\nis now\n%s", before, after)
	}
}

// oldGo is the go line of the modules: that of the oldest Go release which builds
// generated packages.
const oldGo = "1.21"

// modules are modules in a proxy.
type modules struct {
	t     *testing.T
	env   []string
	proxy string
}

// library is a module in a folder.
type library struct {
	*modules
	dir, path string
	// known are the modules that it would have without errcat.
	known []string
}

// footprint is what errcat has added to a module.
type footprint struct {
	goLine        string
	modules, sums int
}

// library makes a module with a package and a catalog.
func (m *modules) library(name string) *library {
	l := &library{modules: m, dir: m.t.TempDir(), path: "example.com/" + name}
	for file, text := range map[string]string{
		"go.mod":       "module " + l.path + "\n\ngo " + oldGo + "\n",
		"library.go":   "package library\n",
		"catalog.yaml": "version: 1\ncatalog: {name: shop}\nerrors: {CLOSED: {http_status: 409, message: The shop is closed}}\n",
	} {
		mustWrite(m.t, filepath.Join(l.dir, file), text)
	}
	return l
}

// dependent publishes a module, and makes one that depends on it.
func (m *modules) dependent(on *library) *library {
	mustDo(m.t, addFolderToProxy(m.proxy, on.path, "v1.0.0", on.dir))
	l := m.library("dependent")
	l.known = []string{on.path}
	mustWrite(m.t, filepath.Join(l.dir, "library.go"), fmt.Sprintf("package library\n\nimport _ %q\n", on.path))
	l.run("go", "get", on.path+"@v1.0.0")
	l.run("go", "mod", "tidy")
	return l
}

// run runs a command in the folder of a module.
func (l *library) run(args ...string) {
	l.t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Env = l.dir, l.env
	if out, err := cmd.CombinedOutput(); err != nil {
		l.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// measure returns what errcat has added to a module.
func (l *library) measure() footprint {
	l.t.Helper()
	cmd := exec.Command("go", "mod", "edit", "-json")
	cmd.Dir, cmd.Env = l.dir, l.env
	out, err := cmd.Output()
	mustDo(l.t, err)
	var file struct {
		Go      string
		Require []struct{ Path string }
	}
	mustDo(l.t, json.Unmarshal(out, &file))
	f := footprint{goLine: file.Go}
	for _, required := range file.Require {
		if !slices.Contains(l.known, required.Path) {
			f.modules++
		}
	}
	sums, err := os.ReadFile(filepath.Join(l.dir, "go.sum"))
	if err != nil && !os.IsNotExist(err) {
		l.t.Fatal(err)
	}
	for line := range strings.Lines(string(sums)) {
		if !slices.Contains(l.known, strings.Fields(line)[0]) {
			f.sums++
		}
	}
	return f
}

// goEnv returns a variable of the environment of the modules.
func (m *modules) goEnv(name string) string {
	value := ""
	for _, v := range m.env {
		if rest, ok := strings.CutPrefix(v, name+"="); ok {
			value = rest
		}
	}
	return value
}
