//go:build interop

package openapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/interoptest"
	"github.com/errcat/errcat/generator/npmtest"
	"github.com/errcat/errcat/generator/openapi"
)

// TestGenerators reads a description that refers to the files of two catalogs,
// catalog.yaml and one with integer codes, with linters, generators of clients, and
// oasdiff. The clients read the body of every error, and ones that they do not know.
func TestGenerators(t *testing.T) {
	const tools = "../../.ci/openapi"
	modules := filepath.Join(npmtest.Install(t, tools), "node_modules")
	dir := t.TempDir()
	execute(t, tools, nil, "go", "build", "-o", dir+"/", "github.com/ogen-go/ogen/cmd/ogen", "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen", "github.com/oasdiff/oasdiff")
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	npx := func(dir, name string, args ...string) string {
		return execute(t, dir, nil, filepath.Join(modules, ".bin", name), args...)
	}
	source, err := os.ReadFile("../../catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := load.Source(t, source)
	bodies, count := allBodies(t, map[string]*catalog.Catalog{"createJob": c, "makeCall": load.File(t, "testdata/rpc.yaml")})
	want := fmt.Sprintf("%d problems\n", count)

	for _, version := range []openapi.Version{openapi.V30, openapi.V31} {
		for _, narrow := range []bool{false, true} {
			options := openapi.Options{Version: version, Narrow: narrow}
			name := "open"
			if narrow {
				name = "narrow"
			}
			work := filepath.Join(dir, name+string(version))
			describe(t, work, c, options)

			// Redocly and Spectral find nothing in the description, and nothing wrong in
			// a file alone, which has no servers and does not use itself.
			if out := npx(work, "redocly", "lint", "api.yaml"); !strings.Contains(out, "is valid") || regexp.MustCompile(`(?i)\d+ warning`).MatchString(out) {
				t.Errorf("%s, %s: Redocly: %s", name, version, out)
			}
			npx(work, "redocly", "lint", "--extends=minimal", "errors.yaml", "rpc.yaml")
			writeFile(t, filepath.Join(work, ".spectral.yaml"), "extends: [\"spectral:oas\"]\n")
			npx(work, "spectral", "lint", "--fail-severity=warn", "api.yaml")
			npx(work, "spectral", "lint", "--fail-severity=error", "errors.yaml", "rpc.yaml")
			for change, edit := range changes {
				changed := edit.ReplaceAll(source, []byte(change))
				if bytes.Equal(changed, source) {
					t.Fatalf("catalog.yaml has no place for %s", change)
				}
				describe(t, filepath.Join(work, "changed"), load.Source(t, changed), options)
				// A new code breaks narrow descriptions, and nothing else breaks one.
				breaks := narrow && strings.Contains(change, "code:")
				out, err := command(work, nil, filepath.Join(dir, "oasdiff"), "breaking", "--fail-on", "WARN", "api.yaml", "changed/api.yaml").CombinedOutput()
				if (err != nil) != breaks || breaks && !bytes.Contains(out, []byte("response-body-one-of-added")) {
					t.Errorf("%s, %s: oasdiff on %s: %v\n%s", name, version, change, err, out)
				}
			}

			// A bundle has the schemas that the description mentions.
			api, err := os.ReadFile(filepath.Join(work, "api.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			api = append(api, `components:
  schemas:
    WrongUserIDParams:
      $ref: "errors.yaml#/components/schemas/WrongUserIDParams"
    RpcParseParams:
      $ref: "rpc.yaml#/components/schemas/RpcParseParams"
`...)
			writeFile(t, filepath.Join(work, "api.yaml"), string(api))
			bundle := func() {
				if out := npx(work, "redocly", "bundle", "api.yaml", "-o", "bundled.yaml"); strings.Contains(out, "enamed") {
					t.Errorf("%s, %s: Redocly: %s", name, version, out)
				}
			}
			bundle()
			npx(work, "openapi-typescript", "bundled.yaml", "-o", "ot.ts")
			npx(work, "orval", "--input", "bundled.yaml", "--output", "orval.ts", "--client", "fetch")
			npx(work, "openapi-ts", "-i", "bundled.yaml", "-o", "hey")
			copyFile(t, "testdata/clients/"+name+".ts", filepath.Join(work, "use.ts"))
			npx(work, "tsc", "--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom,dom.iterable", "--types", "node", "use.ts")
			npx(work, "esbuild", "use.ts", "--bundle", "--platform=node", "--format=esm", "--outfile=use.mjs", "--log-level=error")
			if got := execute(t, work, bodies, "node", "use.mjs"); got != want {
				t.Errorf("%s, %s: TypeScript reads %s", name, version, got)
			}

			// ogen does not generate oneOf without a discriminator, which integers cannot be.
			describe(t, work, c, options)
			writeFile(t, filepath.Join(work, "rpc.yaml"), string(render(t, load.File(t, "testdata/rpc.yaml"), openapi.Options{Version: version, Prefix: "Rpc"})))
			bundle()
			copyFile(t, "testdata/clients/main.go", filepath.Join(work, "main.go"))
			copyFile(t, "testdata/clients/"+name+".go", filepath.Join(work, name+".go"))
			copyFile(t, filepath.Join(tools, "go.mod"), filepath.Join(work, "go.mod"))
			copyFile(t, filepath.Join(tools, "go.sum"), filepath.Join(work, "go.sum"))
			for _, folder := range []string{"ogenapi", "oapi"} {
				if err := os.Mkdir(filepath.Join(work, folder), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			execute(t, work, nil, filepath.Join(dir, "ogen"), "--target", "ogenapi", "--package", "ogenapi", "bundled.yaml")
			execute(t, work, nil, filepath.Join(dir, "oapi-codegen"), "-generate", "types,client", "-package", "oapi", "-o", "oapi/oapi.go", "bundled.yaml")
			if got := execute(t, work, bodies, "go", "run", "."); got != want {
				t.Errorf("%s, %s: Go reads %s", name, version, got)
			}
		}
	}
	interoptest.Report(t, "Redocly and Spectral find nothing; the clients of ogen, oapi-codegen, orval and hey-api and the types of openapi-typescript read every code of catalog.yaml and unknown ones, except those of ogen, which lose unknown ones of narrow descriptions; for oasdiff only a new code breaks, and only narrow descriptions")
}

// changes are texts of a changed catalog.yaml, each with what it replaces.
var changes = map[string]*regexp.Regexp{
	"\nerrors:\n  NEW: {code: \"2998\", category: enrollment, params: {x: string}}\n":       regexp.MustCompile(`\nerrors:\n`),
	"\nerrors:\n  NEW: {code: \"2999\", category: request, http_status: 418}\n":             regexp.MustCompile(`\nerrors:\n`),
	"\n  JOB_ALREADY_EXISTS:\n    retired: {since: 1.0.0, replaced_by: WRONG_USER_ID}\n":    regexp.MustCompile(`\n  JOB_ALREADY_EXISTS:\n`),
	"\n  JOB_ALREADY_EXISTS:\n    deprecated: {since: 1.0.0}\n":                             regexp.MustCompile(`\n  JOB_ALREADY_EXISTS:\n`),
	"\n  JOB_ALREADY_EXISTS:\n    aliases: [\"2997\"]\n":                                    regexp.MustCompile(`\n  JOB_ALREADY_EXISTS:\n`),
	"\n    params:\n      kind: {type: string, values: [a, b]}\n      job_id:\n":            regexp.MustCompile(`\n    params:\n      job_id:\n`),
	"\n    title: A job already exists\n    message: There is a job with the ID {job_id}\n": regexp.MustCompile(`\n    title: Job already exists\n    message: .*\n`),
}

// describe writes an API description, and the files of the catalogs that it refers to.
func describe(t *testing.T, dir string, c *catalog.Catalog, o openapi.Options) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	api, err := os.ReadFile("testdata/clients/api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if o.Version == openapi.V31 {
		api = bytes.Replace(api, []byte("3.0.3"), []byte("3.1.0"), 1)
	}
	writeFile(t, filepath.Join(dir, "api.yaml"), string(api))
	writeFile(t, filepath.Join(dir, "errors.yaml"), string(render(t, c, o)))
	o.Prefix = "Rpc"
	writeFile(t, filepath.Join(dir, "rpc.yaml"), string(render(t, load.File(t, "testdata/rpc.yaml"), o)))
}

// allBodies returns the body of every error of catalogs by operation, and how many
// there are: with those of catalog.yaml is one with everything that is not known, and
// one without a code.
func allBodies(t *testing.T, catalogs map[string]*catalog.Catalog) (data []byte, count int) {
	t.Helper()
	bodies := map[string][]json.RawMessage{"createJob": {
		json.RawMessage(`{"type": "https://example.com/#9", "title": "New", "status": 409, "detail": "New", "code": "9", "more": {"a": [1]}, "errors": [{"pointer": "/a", "code": "8", "detail": "x", "params": {"n": 1}}]}`),
		json.RawMessage(`{"type": "about:blank", "title": "New", "status": 418}`),
	}, "makeCall": {
		json.RawMessage(`{"type": "about:blank", "title": "New", "status": 400, "code": -9}`),
	}}
	for operation, c := range catalogs {
		var document struct {
			Components struct {
				Examples map[string]struct{ Value json.RawMessage }
			}
		}
		if err := json.Unmarshal(render(t, c, openapi.Options{File: "d.json"}), &document); err != nil {
			t.Fatal(err)
		}
		for _, example := range document.Components.Examples {
			bodies[operation] = append(bodies[operation], example.Value)
		}
		count += len(bodies[operation])
	}
	data, err := json.Marshal(bodies)
	if err != nil {
		t.Fatal(err)
	}
	return data, count
}

func command(dir string, input []byte, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(input)
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "SCARF_ANALYTICS=false", "DO_NOT_TRACK=1")
	return cmd
}

// execute runs a command that must not fail, and returns its output.
func execute(t *testing.T, dir string, input []byte, name string, args ...string) string {
	t.Helper()
	cmd := command(dir, input, name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%.5000s%.5000s", name, strings.Join(args, " "), err, out, stderr.Bytes())
	}
	if strings.HasSuffix(name, "redocly") {
		return string(out) + stderr.String()
	}
	return string(out)
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, to, string(data))
}
