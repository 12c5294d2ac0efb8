package typescript

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/interoptest"
	"github.com/errcat/errcat/generator/naming"
)

var update = flag.Bool("update", false, "write the golden files")

func generate(t testing.TB, tc testCase) files.Files {
	t.Helper()
	fs, err := Generate(tc.catalog, tc.options)
	if err != nil {
		t.Fatalf("%s: %v", tc.name, err)
	}
	return fs
}

func TestGolden(t *testing.T) {
	for _, tc := range testCases(t) {
		if !tc.golden {
			continue
		}
		for _, f := range generate(t, tc) {
			golden := filepath.Join("testdata", tc.name, f.Path)
			if *update {
				writeFile(t, golden, f.Data)
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := udiff.Unified(golden, "generated", string(want), string(f.Data)); diff != "" {
				t.Errorf("the output differs from testdata; go test -update updates it\n%s", diff)
			}
		}
	}
}

// The package of a catalog without HTTP does not mention HTTP.
func TestNoHTTP(t *testing.T) {
	db := load.File(t, "testdata/db.yaml")
	for _, opt := range []Options{{}, {SingleFile: true}, {Package: "db", Emit: "js"}} {
		for _, f := range generate(t, testCase{name: "db", catalog: db, options: opt}) {
			if m := regexp.MustCompile(`(?i).*(http|status|problem|RFC 9457|FieldError).*`).Find(f.Data); m != nil {
				t.Errorf("%s has the line %s", f.Path, m)
			}
		}
	}
}

// The packages of all cases are compiled with every strict option, formatted and
// executed. The compilers before the native one take minutes for all of them.
func TestPackagesCompileAndRun(t *testing.T) {
	root := t.TempDir()
	interoptest.Report(t, "the packages of %d catalogs and options compile with TypeScript 5.0, 5.9 and 7", len(testCases(t)))
	for _, tc := range testCases(t) {
		if tc.name == "db_hostile" && !interoptest.All {
			continue // the texts of hostile_javascript, without the functions for HTTP
		}
		dir := filepath.Join(root, "packages", tc.name)
		for _, f := range generate(t, tc) {
			writeFile(t, filepath.Join(dir, f.Path), f.Data)
		}
		expected, err := json.Marshal(expectation(tc))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, "expected.json"), expected)
		if tc.options.emit() == "js" {
			twin := tc
			twin.options.Emit = "ts"
			for _, f := range generate(t, twin) {
				writeFile(t, filepath.Join(root, "twins", tc.name, f.Path), f.Data)
			}
		}
	}
	for _, name := range []string{"usage.ts", "rpc_usage.ts", "translations_usage.ts"} {
		usage, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(root, "packages", name), usage)
	}
	writeFile(t, filepath.Join(root, "package.json"), []byte(`{"type": "module"}`))
	writeFile(t, filepath.Join(root, "node.json"), config(t, map[string]any{
		"module": "nodenext", "declaration": true, "outDir": "compiled", "rootDir": ".",
		"allowImportingTsExtensions": true, "rewriteRelativeImportExtensions": true,
	}, everything, "packages/no_extension"))
	writeFile(t, filepath.Join(root, "bundler.json"), config(t, map[string]any{
		"module": "esnext", "moduleResolution": "bundler", "declaration": true, "noEmit": true,
		"allowImportingTsExtensions": true,
	}, everything))

	one := []string{"packages/usage.ts"} // and the package that it uses
	if interoptest.All {
		one = everything
	}
	former := map[string]any{"module": "esnext", "moduleResolution": "bundler", "declaration": true, "noEmit": true, "allowImportingTsExtensions": true}
	writeFile(t, filepath.Join(root, "former.json"), config(t, former, one))
	for _, newer := range strings.Fields("isolatedDeclarations erasableSyntaxOnly noUncheckedSideEffectImports") {
		former[newer] = nil
	}
	writeFile(t, filepath.Join(root, "old.json"), config(t, former, one))

	modules := nodeModules(t)
	compile := func(version, project string) {
		run(t, root, "node", filepath.Join(modules, version, "bin", "tsc"), "-p", project)
	}
	compile("typescript-5.0", "old.json")
	compile("typescript", "former.json")
	if interoptest.All {
		compile("typescript", "node.json")
	}
	compile("typescript-7", "node.json")
	compile("typescript-7", "bundler.json")
	// Node itself cannot import what only a bundler resolves.
	if err := os.RemoveAll(filepath.Join(root, "packages", "no_extension")); err != nil {
		t.Fatal(err)
	}
	// CommonJS differs only in what it imports and exports.
	layouts := []string{"packages/*/*.{js,mjs,ts,mts,json}", "packages/{javascript,package}/*.{cjs,cts}"}
	if interoptest.All {
		layouts = append(layouts, "packages/*/*.{cjs,cts}")
	}
	run(t, root, "node", append([]string{filepath.Join(modules, "prettier", "bin", "prettier.cjs"), "--check", "!packages/*/expected.json"}, layouts...)...)
	check, err := filepath.Abs("testdata/check.mjs")
	if err != nil {
		t.Fatal(err)
	}
	run(t, root, "node", check, root)
}

// everything are the folders that compilers read.
var everything = []string{"packages", "twins"}

// config returns a configuration of the compiler, with every strict option except
// those that are nil.
func config(t *testing.T, options map[string]any, include []string, exclude ...string) []byte {
	options = maps.Clone(options)
	t.Helper()
	for _, on := range strings.Fields(`strict isolatedDeclarations erasableSyntaxOnly verbatimModuleSyntax exactOptionalPropertyTypes
		noUncheckedIndexedAccess noPropertyAccessFromIndexSignature noUnusedLocals noUnusedParameters isolatedModules
		noImplicitOverride noImplicitReturns noFallthroughCasesInSwitch noUncheckedSideEffectImports`) {
		if _, isNil := options[on]; !isNil {
			options[on] = true
		}
	}
	maps.DeleteFunc(options, func(_ string, value any) bool { return value == nil })
	options["target"], options["lib"], options["types"] = "es2020", []string{"es2020"}, []string{}
	data, err := json.Marshal(map[string]any{
		"compilerOptions": options, "include": include, "exclude": append(exclude, "compiled"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// nodeModules returns the folder of the npm packages that the tests use.
func nodeModules(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: runs npm packages")
	}
	dir, err := filepath.Abs("../../node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "typescript")); err != nil {
		t.Fatalf("%v: run npm ci first", err)
	}
	return dir
}

func run(t testing.TB, dir, name string, args ...string) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: runs other programs")
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%s %s: %v\n%.4000s%.4000s", name, strings.Join(args, " "), err, out, stderr.Bytes())
	}
	return out
}

func writeFile(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestModulesBeginWithHeader(t *testing.T) {
	for _, tc := range testCases(t) {
		fs := generate(t, tc)
		for _, f := range fs {
			head := "// " + files.Header(tc.catalog.Name, "typescript") + "\n/* eslint-disable */\n"
			if strings.HasSuffix(f.Path, "js") {
				head = strings.Replace(head, "\n", "\n\n", 1)
			}
			if strings.HasSuffix(f.Path, ".cjs") {
				head += "\"use strict\";\n"
			}
			if strings.HasSuffix(f.Path, ".json") {
				head = "{\n  \"$comment\": \"" + files.Header(tc.catalog.Name, "typescript") + "\""
			}
			if !bytes.HasPrefix(f.Data, []byte(head)) {
				t.Errorf("%s/%s starts with %.100q, want %q", tc.name, f.Path, f.Data, head)
			}
			if !bytes.HasSuffix(f.Data, []byte("\n")) || bytes.HasSuffix(f.Data, []byte("\n\n")) || bytes.Contains(f.Data, []byte("\n\n\n")) {
				t.Errorf("%s/%s has too many empty lines", tc.name, f.Path)
			}
		}
	}
}

func TestModules(t *testing.T) {
	c := load.File(t, "testdata/small.yaml")
	for _, tt := range []struct {
		options Options
		want    string
	}{
		{Options{}, "catalog.ts codes.ts column.ts details.ts index.ts make.ts messages.ts problem.ts types.ts"},
		{Options{SingleFile: true}, "index.ts"},
		{Options{Emit: "js"}, everyModule(".cjs", ".d.cts", ".d.mts", ".mjs")},
		{Options{Package: "errors", Emit: "js"}, packageFiles()},
		{Options{Emit: "js", SingleFile: true}, "index.cjs index.d.cts index.d.mts index.mjs"},
		{Options{Messages: "icu"}, "catalog.ts codes.ts column.ts details.ts index.ts make.ts messages.icu.json messages.ts problem.ts translations.ts types.ts"},
		{Options{Emit: "js", Messages: "i18next", SingleFile: true}, "index.cjs index.d.cts index.d.mts index.mjs messages.i18next.json"},
		{Options{Messages: "none", SingleFile: true}, "index.ts"},
		{Options{Package: "errors", SingleFile: true}, "index.cjs index.d.cts index.d.ts index.js package.json"},
		{Options{Package: "errors", Emit: "ts", SingleFile: true}, "index.ts package.json"},
	} {
		var paths []string
		for _, f := range generate(t, testCase{catalog: c, options: tt.options}) {
			paths = append(paths, f.Path)
		}
		if got := strings.Join(paths, " "); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.options, got, tt.want)
		}
	}
}

// Only errors that travel over gRPC need the module connect.
func TestConnectModule(t *testing.T) {
	has := func(c *catalog.Catalog) bool { return slices.Contains(pack{Catalog: c}.moduleNames(), "connect") }
	small, db := load.File(t, "testdata/small.yaml"), load.File(t, "testdata/db.yaml")
	if has(small) || has(overGRPC(db)) {
		t.Error("the module is there")
	}
	if !has(overGRPC(small)) {
		t.Error("the module is missing")
	}
	small.Domain = "" // which an error is identified by
	if has(small) {
		t.Error("the module is there without a domain")
	}
}

// everyModule returns the files that have the extensions, of all modules.
func everyModule(extensions ...string) string {
	var paths []string
	for _, name := range append(pack{Catalog: &catalog.Catalog{}}.moduleNames(), "index") {
		for _, ext := range extensions {
			isTypes := strings.HasPrefix(ext, ".d.")
			if name != "types" && name != "column" || isTypes == (name == "types") {
				paths = append(paths, name+ext)
			}
		}
	}
	slices.Sort(paths)
	return strings.Join(paths, " ")
}

// packageFiles returns the files of a package.
func packageFiles() string {
	return strings.Replace(everyModule(".cjs", ".d.cts", ".d.ts", ".js"), " problem", " package.json problem", 1)
}

func TestOptions(t *testing.T) {
	c := load.File(t, "testdata/small.yaml")
	for _, tt := range []struct {
		options  Options
		index    string // in index.ts
		conflict string
	}{
		{Options{}, `"./codes.js"`, ""},
		{Options{ImportExtension: ".js"}, `"./codes.js"`, ""},
		{Options{ImportExtension: ".ts"}, `"./codes.ts"`, ""},
		{Options{ImportExtension: "none"}, `"./codes"`, ""},
		{Options{Audience: catalog.Public}, `"./codes.js"`, ""},
		{Options{Package: "a", Emit: "ts", ImportExtension: ".ts"}, `"./codes.ts"`, ""},
		{Options{Emit: "js", ImportExtension: ".ts"}, "", "import_extension"},
		{Options{Emit: "js", ImportExtension: ".js"}, "", "import_extension"},
		{Options{Package: "a", ImportExtension: "none"}, "", "import_extension"},
	} {
		if got, err := tt.options.Conflict(); got != tt.conflict || (err == nil) != (got == "") {
			t.Errorf("%+v: conflict %q, %v, want %q", tt.options, got, err, tt.conflict)
		}
		if tt.conflict != "" {
			continue
		}
		fs, err := Generate(c, tt.options)
		index := slices.IndexFunc(fs, func(f files.File) bool { return f.Path == "index.ts" })
		if err != nil || !bytes.Contains(fs[index].Data, []byte(tt.index)) {
			t.Errorf("%+v: %v, want %s in\n%s", tt.options, err, tt.index, fs[index].Data)
		}
	}
}

// TestDescribe checks which field each option sets.
func TestDescribe(t *testing.T) {
	var got Options
	for _, o := range got.Describe() {
		values := map[string]string{"audience": "internal", "emit": "js", "import_extension": "none", "integers": "exact", "messages": "icu", "package": "a@1.2.3", "single_file": "true"}
		if err := o.Set(values[o.Name]); err != nil {
			t.Errorf("%s: %v", o.Name, err)
		}
	}
	if want := (Options{Audience: catalog.Internal, Emit: "js", ImportExtension: "none", Integers: "exact", Messages: "icu", Package: "a@1.2.3", SingleFile: true}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestCheckPackage(t *testing.T) {
	for _, good := range []string{"a", "shop-errors", "@acme/errors", "@acme/errors@1.2.3", "a@0.0.0-rc.1+build", "a.b_c~d"} {
		if err := checkPackage(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "@", "A", "a b", "a/b", "@a", "@/a", "@a/", ".a", "_a", "../a", "a@", "a@1", "a@v1.2.3", "a@01.2.3", "a@latest", "a\n", "node_modules", strings.Repeat("a", 215), `a"b`} {
		if err := checkPackage(bad); err == nil {
			t.Errorf("%q is accepted as a package", bad)
		}
	}
}

func TestInternalErrorsAreForInternalAudience(t *testing.T) {
	c := load.File(t, "testdata/small.yaml")
	for audience, want := range map[catalog.Audience]bool{"": false, catalog.Public: false, catalog.Internal: true} {
		for _, f := range generate(t, testCase{catalog: c, options: Options{Audience: audience}}) {
			got := bytes.Contains(bytes.ToLower(f.Data), []byte("database"))
			if got && !want || !got && want && f.Path == "codes.ts" {
				t.Errorf("audience %q: %s has the internal error: %t", audience, f.Path, got)
			}
		}
	}
}

func TestSensitiveParamsAreLeftOut(t *testing.T) {
	for _, f := range generate(t, testCase{catalog: load.File(t, "testdata/small.yaml"), options: Options{Audience: catalog.Internal}}) {
		if bytes.Contains(f.Data, []byte("card_number")) {
			t.Errorf("%s has a sensitive param", f.Path)
		}
	}
}

func TestSameCatalogGivesSameBytes(t *testing.T) {
	for _, tc := range testCases(t) {
		want := generate(t, tc)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				got, err := Generate(tc.catalog, tc.options)
				if err != nil || !slices.EqualFunc(got, want, func(a, b files.File) bool {
					return a.Path == b.Path && bytes.Equal(a.Data, b.Data)
				}) {
					t.Errorf("%s: the output differs from the one before (%v)", tc.name, err)
				}
			})
		}
		wg.Wait()
	}
}

// An addition to the catalog changes only the lines about it.
func TestOneMoreErrorChangesFewLines(t *testing.T) {
	before := largeCatalog(1000)
	after := largeCatalog(1000)
	category := after.Categories[5]
	e := largeError(100000, category)
	e.Aliases = []catalog.Alias{{Code: "alias"}}
	category.Errors = slices.Insert(category.Errors, 50, e)
	after.Errors = slices.Insert(after.Errors, 550, e)

	old, new := generate(t, testCase{catalog: before}), generate(t, testCase{catalog: after})
	for i, f := range new {
		changed, removed := 0, 0
		for line := range strings.Lines(udiff.Unified("a", "b", string(old[i].Data), string(f.Data))) {
			switch {
			case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"):
			case line[0] == '+':
				changed++
			case line[0] == '-':
				removed++
			}
		}
		// One line per column; a constant and types have more.
		most := map[string]int{"catalog.ts": 5, "messages.ts": 1, "problem.ts": 1}[f.Path]
		if most == 0 {
			most = 20
		}
		if changed > most || removed > 0 {
			t.Errorf("%s: %d lines added, %d removed", f.Path, changed, removed)
		}
	}
}

// The memory grows linearly with the number of errors.
func TestAllocationsGrowLinearly(t *testing.T) {
	for _, emit := range []string{"ts", "js"} {
		t.Run(emit, func(t *testing.T) {
			catalogtest.GrowsLinearly(t, func(source []byte) func() {
				c := testCase{name: emit, catalog: load.Source(t, source), options: Options{Emit: emit}}
				return func() { generate(t, c) }
			})
		})
	}
}

func BenchmarkGenerate(b *testing.B) {
	for _, n := range []int{20, 1000, 10000} {
		c := largeCatalog(n)
		b.Run(fmt.Sprintf("codes=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Generate(c, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

var (
	declaration = regexp.MustCompile(`(?m)^(?:export )?(?:declare )?(?:async )?(?:function|const|class|type|interface) ([\w$]+)`)
	// What is neither code nor a type: comments, columns and strings.
	noCode = regexp.MustCompile("(?s:/\\*.*?\\*/)|//[^\n]*|`(?:[^`\\\\]|\\\\.)*`|" + `"(?:[^"\\]|\\.)*"|'"'`)
	global = regexp.MustCompile(`\b[A-Z][a-zA-Z]+(?:8Array)?\b`)
)

// The reserved identifiers are those that the modules declare, and the global
// variables that they use.
func TestReservedNames(t *testing.T) {
	declared, withoutHTTP, used := make(map[string]bool), make(map[string]bool), make(map[string]bool)
	for _, tc := range testCases(t) {
		own := map[string]bool{"ErrorMetadata": len(tc.catalog.Metadata) > 0}
		for _, e := range tc.catalog.Errors {
			for _, id := range constants(e) {
				own[id] = true
			}
		}
		for _, emit := range []string{"ts", "js"} {
			tc.options.Emit = emit
			if emit == "js" {
				tc.options.ImportExtension = ""
			}
			for _, f := range generate(t, tc) {
				for _, m := range declaration.FindAllSubmatch(noCode.ReplaceAll(f.Data, nil), -1) {
					if id := string(m[1]); !own[id] {
						declared[id] = true
						withoutHTTP[id] = withoutHTTP[id] || tc.catalog.NoHTTP
					}
				}
				if (tc.name == "package" || tc.name == "exact" || tc.name == "grpc") && strings.HasSuffix(f.Path, "js") {
					for _, id := range global.FindAll(noCode.ReplaceAll(f.Data, nil), -1) {
						used[string(id)] = true
					}
				}
			}
		}
	}
	for id := range used {
		if declared[id] || id == strings.ToUpper(id) && id != "JSON" {
			delete(used, id) // ours, or a constant of the catalog
		}
	}
	maps.DeleteFunc(withoutHTTP, func(_ string, is bool) bool { return !is })
	globals := slices.DeleteFunc(slices.Clone(naming.TypeScript.Words), func(w string) bool { return w[0] > 'Z' })
	for _, test := range []struct {
		what     string
		reserved []string
		used     map[string]bool
	}{
		{"declared", naming.TypeScript.Declared, declared},
		{"declared without HTTP", naming.TypeScriptWithoutHTTP.Declared, withoutHTTP},
		{"used", globals, used},
	} {
		want := slices.Sorted(maps.Keys(test.used))
		if diff := cmp.Diff(want, slices.Sorted(slices.Values(test.reserved))); diff != "" {
			t.Errorf("the reserved identifiers differ from those that are %s (-%[1]s +reserved):\n%s", test.what, diff)
		}
	}
}
