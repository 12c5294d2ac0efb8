package typescript

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/browsertest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/interoptest"
)

// writePackage writes the package of testdata/small.yaml.
func writePackage(t testing.TB, dir string, options Options) {
	t.Helper()
	for _, f := range generate(t, testCase{name: dir, catalog: load.File(t, "testdata/small.yaml"), options: options}) {
		writeFile(t, filepath.Join(dir, f.Path), f.Data)
	}
}

// script runs a program of testdata.
func script(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	nodeModules(t)
	return run(t, ".", "node", append([]string{filepath.Join("testdata", name)}, args...)...)
}

// npm runs npm without a registry, an earlier cache or a configuration.
func npm(t testing.TB, dir string, args ...string) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: runs npm")
	}
	cmd := exec.Command("npm", append(args, "--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier",
		"--cache", t.TempDir(), "--userconfig", filepath.Join(t.TempDir(), "npmrc"))...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		t.Fatalf("npm %s: %v\n%s%s", strings.Join(args, " "), err, out, exit.Stderr)
	}
	return out
}

// consumers are the files of a project that uses the installed package.
var consumers = map[string]string{
	"package.json": `{"private": true, "type": "module"}`,
	"esm.mjs": `
		import assert from "node:assert/strict";
		import * as shop from "@acme/shop-errors";
		import * as codes from "@acme/shop-errors/codes";
		import { formatMessage } from "@acme/shop-errors/messages";
		import { parseProblem } from "@acme/shop-errors/problem";
		import { httpStatus } from "@acme/shop-errors/catalog";
		assert.equal(shop.WRONG_USER_ID, "2209");
		assert.equal(codes.errorCodes, shop.errorCodes);
		assert.equal(parseProblem({ code: "2209", user_id: "u" }).user_id, "u");
		assert.equal(formatMessage(codes.NOT_AUTHORIZED), "You are not authorized to do that");
		assert.equal(httpStatus(codes.resolveCode("2405")), 401);
		await assert.rejects(import("@acme/shop-errors/other"), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
		`,
	"commonjs.cjs": `
		const assert = require("node:assert/strict");
		const shop = require("@acme/shop-errors");
		const { NOT_AUTHORIZED } = require("@acme/shop-errors/codes");
		const problem = shop.parseProblem({ code: "2405" });
		assert.equal(problem.code, NOT_AUTHORIZED);
		import("@acme/shop-errors").then((twin) => {
		  assert.notEqual(twin.ProblemError, shop.ProblemError);
		  assert.ok(new twin.ProblemError(problem) instanceof shop.ProblemError);
		  assert.ok(new shop.ProblemError(problem) instanceof twin.ProblemError);
		});
		`,
	"commonjs/package.json": `{"private": true}`,
	"commonjs/errors.test.js": `
		const { errorCodes, NOT_AUTHORIZED } = require("@acme/shop-errors/codes");
		const { parseProblem, ProblemError } = require("@acme/shop-errors");
		test("the package", () => {
		  expect(errorCodes()).toContain(NOT_AUTHORIZED);
		  expect(() => { throw new ProblemError(parseProblem("")); }).toThrow(ProblemError);
		});
		`,
	"vitest/errors.test.js": `
		import { errorCodes, NOT_AUTHORIZED } from "@acme/shop-errors/codes";
		import { parseProblem, ProblemError } from "@acme/shop-errors";
		test("the package", () => {
		  expect(errorCodes()).toContain(NOT_AUTHORIZED);
		  expect(() => { throw new ProblemError(parseProblem("")); }).toThrow(ProblemError);
		});
		`,
	"bundled.mjs": `
		import { NOT_AUTHORIZED } from "@acme/shop-errors";
		import { parseProblem, ProblemError } from "@acme/shop-errors/problem";
		import twin from "./twin.cjs";
		const error = new ProblemError(parseProblem({ code: "2405" }));
		console.log(error.problem.code === NOT_AUTHORIZED, error instanceof twin.ProblemError, error instanceof TypeError);
		`,
	"twin.cjs": `module.exports = require("@acme/shop-errors");`,
	"app.ts": `
		import { PAYMENT_FAILED, parseProblem, ProblemError, type Problem } from "@acme/shop-errors";
		import { type ErrorCode, WRONG_USER_ID } from "@acme/shop-errors/codes";
		export const code: ErrorCode = WRONG_USER_ID;
		// @ts-expect-error: no such code
		export const none: ErrorCode = "none";
		const problem: Problem = parseProblem("");
		export const amount: number = problem.code === PAYMENT_FAILED ? problem.amount : 0;
		// @ts-expect-error: a problem is not a string
		void new ProblemError("x");
		`,
	"common.cts": `
		import * as shop from "@acme/shop-errors";
		import { WRONG_USER_ID, type ErrorCode } from "@acme/shop-errors/codes";
		export const code: ErrorCode = WRONG_USER_ID;
		export const error: Error = new shop.ProblemError(shop.parseProblem(""));
		// @ts-expect-error: no such code
		export const none: ErrorCode = "none";
		`,
}

// resolutions are the module resolutions of the compilers, and whether npm test
// tries them. The native compiler no longer has that of CommonJS.
var resolutions = []struct {
	compiler, args string
	always         bool
}{
	{"typescript-5.0", "nodenext app.ts common.cts", true},
	{"typescript-5.0", "esnext --moduleResolution bundler app.ts", false},
	{"typescript-5.0", "commonjs --moduleResolution node10 app.ts", false},
	{"typescript", "nodenext app.ts common.cts", false},
	{"typescript", "esnext --moduleResolution bundler app.ts", false},
	{"typescript", "commonjs --moduleResolution node10 app.ts", true},
	{"typescript-7", "nodenext app.ts common.cts", true},
	{"typescript-7", "esnext --moduleResolution bundler app.ts", true},
}

// bin returns the path of a command of the npm packages.
func bin(t testing.TB, name string) string { return filepath.Join(nodeModules(t), ".bin", name) }

// The package is packed, installed, and used as frontend teams do.
func TestPackageInstalls(t *testing.T) {
	t.Parallel()
	interoptest.Report(t, "the package resolves in all %d ways of TypeScript 5.0, 5.9 and 7", len(resolutions))
	source, project := t.TempDir(), t.TempDir()
	const module = "@acme/shop-errors"
	writePackage(t, source, Options{Package: module + "@1.2.3"})
	npm(t, source, "pack")
	tarball := filepath.Join(source, "acme-shop-errors-1.2.3.tgz")
	checkTarball(t, tarball, packageFiles())

	for name, text := range consumers {
		writeFile(t, filepath.Join(project, name), []byte(text))
	}
	npm(t, project, "install", tarball)
	run(t, project, bin(t, "attw"), tarball)
	if out := run(t, project, bin(t, "publint"), tarball, "--strict"); !bytes.Contains(out, []byte("All good!")) {
		t.Errorf("publint: %s", out)
	}
	run(t, project, "node", "esm.mjs")
	run(t, project, "node", "commonjs.cjs")
	run(t, filepath.Join(project, "commonjs"), bin(t, "jest"))
	run(t, filepath.Join(project, "vitest"), bin(t, "vitest"), "run", "--globals")
	script(t, "webpack.mjs", project, "bundled.mjs")
	run(t, project, bin(t, "esbuild"), "bundled.mjs", "--bundle", "--platform=node", "--log-level=warning", "--outfile=dist/esbuild.cjs")
	for _, bundle := range []string{"dist/webpack.cjs", "dist/esbuild.cjs"} {
		if out := string(run(t, project, "node", bundle)); out != "true true false\n" {
			t.Errorf("%s prints %s", bundle, out)
		}
	}
	for _, r := range resolutions {
		if !r.always && !interoptest.All {
			continue
		}
		tsc := filepath.Join(nodeModules(t), r.compiler, "bin", "tsc")
		run(t, project, "node", append([]string{tsc, "--strict", "--noEmit", "--target", "es2022", "--lib", "es2022", "--module"}, strings.Fields(r.args)...)...)
	}

	t.Run("browser", func(t *testing.T) { browse(t, project, module) })
}

// checkTarball compares the files of a package with a list of them.
func checkTarball(t *testing.T, tarball, want string) {
	t.Helper()
	f, err := os.Open(tarball)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for r := tar.NewReader(zipped); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.TrimPrefix(header.Name, "package/"))
	}
	slices.Sort(got)
	if got := strings.Join(got, " "); got != want {
		t.Errorf("the tarball has %s, want %s", got, want)
	}
}

// answers are the responses of the server.
var answers = map[string]struct {
	status int
	body   string
}{
	"/api/wrong-user": {http.StatusUnauthorized, `{"type": "about:blank", "title": "Wrong user id", "status": 401, "detail": "Wrong user id", "code": "2209", "user_id": "user-42"}`},
	"/api/payment":    {http.StatusPaymentRequired, `{"code": "shop/payment-failed", "amount": 12.5, "attempts": 9007199254740993, "items": ["a", "b"]}`},
	"/api/gateway":    {http.StatusBadGateway, `<html>`},
	"/api/ok":         {http.StatusOK, `{"ok": true}`},
}

// browse runs a page in a browser: with the plain modules, with those that Vite
// makes from the installed package and from TypeScript in a workspace, and with
// those that esbuild makes for each import extension.
func browse(t *testing.T, project, module string) {
	page, err := os.ReadFile("testdata/page.js")
	if err != nil {
		t.Fatal(err)
	}
	main := func(shop, twin, codes string) []byte {
		return []byte(strings.NewReplacer("SHOP", shop, "COPY", twin, "CODES", codes).Replace(string(page)))
	}
	html := func(src string) []byte {
		return []byte(`<!doctype html><link rel="icon" href="data:,"><script type="module" src="` + src + `"></script>`)
	}
	public := t.TempDir()
	writePackage(t, filepath.Join(public, "native", "shop"), Options{Emit: "js"})
	writePackage(t, filepath.Join(public, "native", "copy"), Options{Emit: "js", SingleFile: true})
	writeFile(t, filepath.Join(public, "native", "main.js"), main("./shop/index.mjs", "./copy/index.mjs", "./shop/codes.mjs"))
	writeFile(t, filepath.Join(public, "native", "index.html"), html("./main.js"))

	// A workspace is linked into node_modules.
	workspace := filepath.Join(project, "packages", "errors")
	writePackage(t, workspace, Options{Package: "shop-workspace", Emit: "ts"})
	if err := os.Symlink(workspace, filepath.Join(project, "node_modules", "shop-workspace")); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(project, "index.html"), html("/src/main.ts"))
	writeFile(t, filepath.Join(project, "src", "main.ts"), main(module, "shop-workspace", module+"/codes"))
	script(t, "vite.mjs", project)
	if err := os.Rename(filepath.Join(project, "dist"), filepath.Join(public, "vite")); err != nil {
		t.Fatal(err)
	}

	writePackage(t, filepath.Join(project, "src", "none"), Options{ImportExtension: "none"})
	writePackage(t, filepath.Join(project, "src", "ts"), Options{ImportExtension: ".ts"})
	writeFile(t, filepath.Join(project, "src", "app.ts"), main("./none/index", "./ts/index.ts", "shop-workspace/codes"))
	run(t, project, filepath.Join(nodeModules(t), ".bin", "esbuild"), "src/app.ts", "--bundle", "--minify", "--format=esm", "--log-level=warning",
		"--outfile="+filepath.Join(public, "esbuild", "main.js"))
	writeFile(t, filepath.Join(public, "esbuild", "index.html"), html("./main.js"))

	files := http.FileServer(http.Dir(public))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, ok := answers[r.URL.Path]
		if !ok {
			// What Vite has built stands at the top of its server.
			if path.Dir(r.URL.Path) == "/assets" {
				r.URL.Path = "/vite" + r.URL.Path
			}
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(answer.status)
		_, _ = io.WriteString(w, answer.body)
	}))
	defer server.Close()

	urls := []string{server.URL + "/native/", server.URL + "/vite/", server.URL + "/esbuild/"}
	var results map[string]string
	if err := json.Unmarshal(script(t, "browser.mjs", append([]string{browsertest.Path(t)}, urls...)...), &results); err != nil {
		t.Fatal(err)
	}
	for _, url := range urls {
		if results[url] != "as it should be" {
			t.Errorf("%s: %s", url, results[url])
		}
	}
}

// inFolder are the files of a project that has the modules in a folder.
var inFolder = map[string]string{
	"main.mjs": `
		import assert from "node:assert/strict";
		import * as shop from "./errors/index.mjs";
		import { NOT_AUTHORIZED } from "./errors/codes.cjs";
		assert.equal(shop.parseProblem({ code: "2405" }).code, NOT_AUTHORIZED);
		`,
	"main.cjs": `
		const assert = require("node:assert/strict");
		const shop = require("./errors/index.cjs");
		assert.equal(shop.parseProblem({ code: "2405" }).code, shop.NOT_AUTHORIZED);
		`,
	"app.mts": `
		import * as shop from "./errors/index.mjs";
		export const code: shop.ErrorCode = shop.NOT_AUTHORIZED;
		// @ts-expect-error: no such code
		export const none: shop.ErrorCode = "none";
		`,
	"app.cts": `
		import * as shop from "./errors/index.cjs";
		export const code: shop.ErrorCode = shop.NOT_AUTHORIZED;
		// @ts-expect-error: no such code
		export const none: shop.ErrorCode = "none";
		`,
}

// JavaScript in a folder works in projects of both types.
func TestJavaScriptInFolder(t *testing.T) {
	t.Parallel()
	compilers := []string{"typescript-7", "typescript", "typescript-5.0"}
	interoptest.Report(t, "the modules compile with %s", strings.Join(compilers, ", "))
	if !interoptest.All {
		compilers = compilers[:1]
	}
	for _, manifest := range []string{`{}`, `{"type": "module"}`} {
		project := t.TempDir()
		writePackage(t, filepath.Join(project, "errors"), Options{Emit: "js"})
		writeFile(t, filepath.Join(project, "package.json"), []byte(manifest))
		for name, text := range inFolder {
			writeFile(t, filepath.Join(project, name), []byte(text))
		}
		run(t, project, "node", "--no-experimental-require-module", "main.mjs")
		run(t, project, "node", "--no-experimental-require-module", "main.cjs")
		for _, compiler := range compilers {
			run(t, project, "node", filepath.Join(nodeModules(t), compiler, "bin", "tsc"), "--strict", "--noEmit", "--target", "es2020", "--lib", "es2020", "--module", "nodenext", "app.mts", "app.cts")
		}
	}
}

// ProblemError works after it was compiled for old devices; see
// testdata/compiled.mjs.
func TestCompiledModules(t *testing.T) {
	t.Parallel()
	targets := strings.Fields("ES2015 ESNext ES2016 ES2017 ES2018 ES2019 ES2020 ES2021 ES2022")
	interoptest.Report(t, "ProblemError works after Babel, SWC and tsc with %d targets", len(targets))
	if !interoptest.All {
		targets = targets[:2] // the most that is replaced, and the least
	}
	dir := t.TempDir()
	for _, options := range []Options{{Package: "errors", SingleFile: true}, {SingleFile: true}} {
		writePackage(t, dir, options)
	}
	script(t, "compiled.mjs", append([]string{dir}, targets...)...)
}

// An editor shows the documentation of a code where it is used.
func TestEditors(t *testing.T) {
	t.Parallel()
	for index, options := range map[string]Options{"index.js": {SingleFile: true}, "index.mjs": {Emit: "js"}} {
		dir := t.TempDir()
		writePackage(t, dir, options)
		writeFile(t, filepath.Join(dir, "package.json"), []byte(`{"type": "module"}`))
		script(t, "editor.mjs", dir, index)
	}
}

// A strict linter finds nothing in the modules. It takes a second for each package.
func TestLinters(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	always := strings.Fields("small javascript exact_typescript icu db names")
	interoptest.Report(t, "ESLint finds nothing in the packages of all catalogs and options")
	for _, tc := range testCases(t) {
		if !interoptest.All && !slices.Contains(always, tc.name) {
			continue
		}
		switch tc.name {
		case "large", "long":
			continue // more of the same
		case "empty", "db_without_errors", "icu_without_errors":
			continue // without codes, the functions that look at them are unused
		}
		for _, f := range generate(t, tc) {
			if f.Path != "package.json" {
				writeFile(t, filepath.Join(root, tc.name, f.Path), f.Data)
			}
		}
	}
	writeFile(t, filepath.Join(root, "package.json"), []byte(`{"type": "module"}`))
	config, err := json.Marshal(map[string]any{"include": []string{"."}, "compilerOptions": map[string]any{
		"strict": true, "noPropertyAccessFromIndexSignature": true, "noUncheckedIndexedAccess": true, "exactOptionalPropertyTypes": true,
		"module": "esnext", "moduleResolution": "bundler", "allowImportingTsExtensions": true, "noEmit": true,
		"target": "es2022", "lib": []string{"es2022"}, "types": []string{},
	}})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "tsconfig.json"), config)
	rules, err := filepath.Abs("testdata/eslint.config.mjs")
	if err != nil {
		t.Fatal(err)
	}
	run(t, root, "node", filepath.Join(nodeModules(t), "eslint", "bin", "eslint.js"), "--quiet", "--config", rules, ".")
}
