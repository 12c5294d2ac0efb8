package rpc_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/golang/rpc"
	"github.com/errcat/errcat/generator/interoptest"
)

const wires = "testdata/wires"

// load returns a valid catalog.
func load(t testing.TB, source []byte) *catalog.Catalog {
	t.Helper()
	c, ds := generator.Load("catalog.yaml", source)
	for _, d := range ds {
		t.Errorf("%s: %s", d.Pos, d.Message)
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

// readCatalog returns the catalog in a file.
func readCatalog(t testing.TB, name string) *catalog.Catalog {
	t.Helper()
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return load(t, source)
}

// makeModule makes the module of the tests with real clients and servers, with the
// packages of several catalogs.
func makeModule(t testing.TB) string {
	t.Helper()
	module := t.TempDir()
	if err := os.CopyFS(module, os.DirFS(wires)); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"shop": wires + "/shop.yaml", "billing": wires + "/billing.yaml", "db": wires + "/db.yaml", "newer": wires + "/newer.yaml",
		"plain":   wires + "/plain.yaml",
		"smileid": "../../../catalog.yaml",
	} {
		writePackages(t, module, name, file)
	}
	return module
}

// writePackages writes the packages of a catalog into a module.
func writePackages(t testing.TB, module, name, file string) {
	t.Helper()
	base := "example.com/shop/" + name
	write(t, readCatalog(t, file), []generator.Output{
		{Target: "go", Path: filepath.Join(module, name), Options: map[string]string{"package": name}},
		{Target: "go-grpc", Path: filepath.Join(module, name, name+"grpc"), Options: map[string]string{"import": base, "package": name + "grpc"}},
		{Target: "go-connect", Path: filepath.Join(module, name, name+"connect"), Options: map[string]string{"import": base, "package": name + "connect"}},
		{Target: "json", Path: filepath.Join(module, name, "catalog.json")},
	})
}

// write writes outputs of a catalog.
func write(t testing.TB, c *catalog.Catalog, outputs []generator.Output) {
	t.Helper()
	plan, err := generator.Plan(c, outputs)
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range plan {
		writeFiles(t, out.Dir, out.Files)
	}
}

func writeFiles(t testing.TB, dir string, fs files.Files) {
	t.Helper()
	for _, f := range fs {
		name := filepath.Join(dir, f.Path)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// run runs a command in a folder.
func run(t testing.TB, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// The errors of generated packages arrive over gRPC, gRPC-Web and Connect, between
// real servers and clients. The tests are a module of their own, so that errcat does
// not depend on these libraries.
func TestWires(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles and runs packages")
	}
	module := makeModule(t)
	if out := run(t, module, "gofmt", "-l", "."); out != "" {
		t.Errorf("gofmt would change %s", out)
	}
	run(t, module, "go", "test", "./...")
	if !interoptest.All {
		return // it has run the fuzz targets on their seeds
	}
	run(t, module, "go", "test", "-c", "-o", "wires.test", ".")
	for _, target := range []string{"FuzzStatus", "FuzzPointer"} {
		run(t, module, filepath.Join(module, "wires.test"), "-test.run", "^$", "-test.fuzz", "^"+target+"$", "-test.fuzztime", "500x", "-test.fuzzcachedir", t.TempDir())
	}
}

// serve runs the server of a module until the test ends, and returns its address.
func serve(t *testing.T, module string) string {
	t.Helper()
	run(t, module, "go", "build", "-o", "server", "./serve")
	server := exec.Command(filepath.Join(module, "server"))
	server.Stderr = os.Stderr
	stdin, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close() // which ends it
		if err := server.Wait(); err != nil {
			t.Errorf("the server: %v", err)
		}
	})
	address, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// Clients in TypeScript read the errors of a server in Go with connect-es, over Connect
// and gRPC-Web.
func TestTypeScript(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs Node")
	}
	module := makeModule(t)
	modules, err := filepath.Abs("../../../node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(modules, filepath.Join(module, "node_modules")); err != nil {
		t.Fatal(err)
	}
	c := readCatalog(t, wires+"/shop.yaml")
	var outputs []generator.Output
	for _, integers := range []string{"number", "exact"} {
		outputs = append(outputs, generator.Output{Target: "typescript", Path: filepath.Join(module, integers), Options: map[string]string{"package": "shop", "integers": integers}})
	}
	write(t, c, outputs)
	run(t, module, "node", "node_modules/typescript/bin/tsc", "--strict", "--types", "node", "--module", "nodenext", "orders.ts")
	address := serve(t, module)
	for _, integers := range []string{"number", "exact"} {
		if out := run(t, module, "node", "client.mjs", address, "./"+integers+"/index.js"); out != "ok\n" {
			t.Errorf("integers %s: %s", integers, out)
		}
	}
}

// generate returns the files of a package. It fails the test unless gofmt would leave
// them as they are.
func generate(t testing.TB, c *catalog.Catalog, opt rpc.Options) files.Files {
	t.Helper()
	fs, err := rpc.Generate(c, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fs {
		formatted, err := format.Source(f.Data)
		if err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		if !bytes.Equal(formatted, f.Data) {
			t.Errorf("gofmt would change %s: %s", f.Path, catalogtest.Difference(string(formatted), string(f.Data)))
		}
		if !slices.Contains(rpc.FileNames(), f.Path) {
			t.Errorf("%s is not a name of a file", f.Path)
		}
	}
	return fs
}

var both = []rpc.Wire{rpc.GRPC, rpc.Connect}

// Text of a catalog stays text.
func TestHostile(t *testing.T) {
	hostile := []string{"\"\n}\nfunc init() { panic(1) } //", "`", "*/ x /*", "\x1b[31m", "\u202eabc", "%s %d {{.}}", "\\", "${x}", "</script>"}
	for _, text := range hostile {
		links, err := json.Marshal([]map[string]string{{"title": text, "url": "https://example.com/?a=%22%0A"}})
		if err != nil {
			t.Fatal(err)
		}
		title, _ := json.Marshal(text)
		source := fmt.Sprintf("version: 1\ncatalog: {name: shop, domain: a.b, title: %s, description: %[1]s}\nerrors: {AB_C: {http_status: 404, title: %[1]s, links: %s}}\n", title, links)
		c, _ := generator.Load("catalog.yaml", []byte(source))
		if c == nil {
			continue // the format refuses it
		}
		for _, wire := range both {
			for _, f := range generate(t, c, rpc.Options{Wire: wire, Import: "a.b/c"}) {
				file, err := parser.ParseFile(token.NewFileSet(), f.Path, f.Data, 0)
				if err != nil {
					t.Fatal(err)
				}
				for name := range file.Scope.Objects {
					if name == "init" {
						t.Errorf("%q became code:\n%s", text, f.Data)
					}
				}
				if f.Path == "catalog.go" && bytes.ContainsAny(f.Data, "\x1b\u202e") {
					t.Errorf("%q is written as it is", text)
				}
			}
		}
	}
}

// TestLinks checks that only links that mean the same to each client are sent.
func TestLinks(t *testing.T) {
	c, _ := generator.Load("catalog.yaml", []byte(`
version: 1
catalog: {name: shop, domain: a.b}
errors:
  GONE:
    http_status: 404
    links: [{url: "HTTPS://example.com"}, {url: "mailto:a@example.com"}, {url: guide.md}, {url: "#GONE"}, {url: "//example.com"}]
`))
	for _, wire := range both {
		for _, f := range generate(t, c, rpc.Options{Wire: wire, Import: "a.b/c"}) {
			if f.Path != "catalog.go" {
				continue
			}
			for url, want := range map[string]bool{"HTTPS://example.com": true, "mailto:a@example.com": true, "guide.md": false, "#GONE": false, "//example.com": false} {
				if got := bytes.Contains(f.Data, []byte(strconv.Quote(url))); got != want {
					t.Errorf("%s: the link to %s is sent: %t, want %t", wire, url, got, want)
				}
			}
		}
	}
}

// The order and the size of a catalog do not matter, and neither does when a package
// is made.
func TestLarge(t *testing.T) {
	c := load(t, catalogtest.YAML(500))
	for _, wire := range both {
		opt := rpc.Options{Wire: wire, Import: "example.com/large"}
		first := generate(t, c, opt)
		for range 3 {
			if next := generate(t, c, opt); !reflect.DeepEqual(first, next) {
				t.Error("the bytes change")
			}
		}
	}
}

// Linters report no deprecated constants in a package.
func TestDeprecated(t *testing.T) {
	const source = `version: 1
catalog: {name: shop, domain: a.b, fallback: BROKEN}
errors:
  BROKEN: {http_status: 500, deprecated: {since: 1.0.0}}
  CLOSED: {http_status: 409, retired: {since: 1.0.0}, links: [{title: More, url: "https://example.com"}]}
  LATE: {http_status: 409, former_names: [TOO_LATE]}
`
	for _, wire := range both {
		fs := generate(t, load(t, []byte(source)), rpc.Options{Wire: wire, Import: "a.b/c"})
		data := string(fs[0].Data)
		for _, name := range []string{"catalog.Broken", "catalog.Closed"} {
			if strings.Contains(data, name) {
				t.Errorf("%s is in\n%s", name, data)
			}
		}
		for _, want := range []string{`const fallback = catalog.Code("BROKEN")`, `{catalog.Code("CLOSED"), "More"`, "{catalog.Late, "} {
			if !strings.Contains(data, want) {
				t.Errorf("%s is not in\n%s", want, data)
			}
		}
	}
}

// Neither the name nor the import path of the package can be anything.
func TestOptions(t *testing.T) {
	for path, ok := range map[string]bool{
		"example.com/shop": true, "example.com/shop/v2": true, "shop": true, "example.com/~me/a.b-c_d+e": true,
		"": false, "/shop": false, "shop/": false, "a//b": false, "./shop": false, "../shop": false, "a/../b": false, ".": false,
		"a b": false, "a\"b": false, "a\nb": false, "a\\b": false, "a`b": false, "é": false, "a;b": false,
	} {
		o := &rpc.Options{Wire: rpc.GRPC}
		option, _ := o.Describe().Lookup("import")
		if err := option.Set(path); (err == nil) != ok {
			t.Errorf("%q: %v", path, err)
		}
	}
	c := load(t, []byte("version: 1\ncatalog: {name: shop, domain: a.b}\nerrors: {AB_C: {http_status: 404}}\n"))
	for _, wire := range both {
		if _, err := rpc.Generate(c, rpc.Options{Wire: wire, Import: "a.b/c", Package: "main"}); err == nil {
			t.Error("a package called main")
		}
		fs := generate(t, c, rpc.Options{Wire: wire, Import: "a.b/c"})
		if want := []byte("package shop" + string(wire) + "\n"); !bytes.Contains(fs[0].Data, want) {
			t.Errorf("%s has no %s", fs[0].Data, want)
		}
	}
}

// A changed code of gRPC breaks clients, and so does a changed reason: testdata/wires
// shows what a client of the catalog shop gets from a server of the catalog newer.
func TestBreakingChanges(t *testing.T) {
	old, current := readCatalog(t, wires+"/shop.yaml"), readCatalog(t, wires+"/newer.yaml")
	current.GRPC = true // its outputs are those of the test
	changes := compat.Compare(old, current)
	for _, want := range []compat.Change{
		{Diagnostic: diag.Diagnostic{Rule: diag.RuleGRPCCodeChanged}, From: "FAILED_PRECONDITION", To: "NOT_FOUND"},
		{Diagnostic: diag.Diagnostic{Rule: diag.RuleGRPCReasonChanged}, From: "OUT_OF_STOCK", To: "STOCK_IS_EMPTY"},
	} {
		if !slices.ContainsFunc(changes, func(c compat.Change) bool {
			return c.Rule == want.Rule && c.Breaks == compat.Wire && c.From == want.From && c.To == want.To
		}) {
			t.Errorf("%s is not reported", want.Rule)
		}
	}
}

// FuzzGenerate makes packages of any catalog that gRPC can carry.
func FuzzGenerate(f *testing.F) {
	for _, s := range catalogtest.Seeds(40) {
		f.Add([]byte(strings.Repeat(s, 9)))
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		c, ds := generator.Load("catalog.yaml", catalogtest.Random(choices)) // there may be warnings
		if c == nil {
			t.Fatal(ds)
		}
		if len(c.GRPCProblems()) > 0 {
			return
		}
		for _, wire := range both {
			generate(t, c, rpc.Options{Wire: wire, Import: "example.com/shop"})
		}
	})
}

func BenchmarkGenerate(b *testing.B) {
	c := load(b, catalogtest.YAML(10_000))
	for b.Loop() {
		if _, err := rpc.Generate(c, rpc.Options{Wire: rpc.GRPC, Import: "example.com/shop"}); err != nil {
			b.Fatal(err)
		}
	}
}
