package generator_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/files"
)

// TestPlan checks where the files of each kind of output belong, and which
// folder the output owns under which mark: there, files with that mark that are
// no longer planned are removed.
func TestPlan(t *testing.T) {
	c := load(t, []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 409}, B: {http_status: 409}}\n"))
	sent := load(t, []byte("version: 1\ncatalog: {name: shop, domain: example.com}\nerrors: {AB_C: {http_status: 409}}\n"))
	template := map[string][]byte{"template": []byte("{{header \"#\"}}\n")}
	options := func(pairs ...string) map[string]string {
		m := make(map[string]string)
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	untested := make(map[string]bool)
	for _, target := range generator.Targets() {
		untested[target.Name] = true
	}
	for _, test := range []struct {
		output generator.Output
		want   files.Output
		paths  string
	}{
		{
			generator.Output{Target: "go", Path: "a/b"},
			files.Output{Target: "go", Dir: "a/b", IsFolder: true},
			"codes.go catalog.go cause.go code.go field.go find.go http.go json.go log.go members.go object.go problem.go status.go uri.go",
		},
		{
			generator.Output{Target: "go", Path: "a/b", Options: options("http", "false", "package", "b")},
			files.Output{Target: "go", Dir: "a/b", IsFolder: true},
			"codes.go catalog.go cause.go code.go field.go find.go json.go log.go members.go object.go problem.go status.go uri.go",
		},
		{
			generator.Output{Target: "go-grpc", Path: "a/b", Options: options("import", "example.com/b")},
			files.Output{Target: "go-grpc", Dir: "a/b", IsFolder: true},
			"catalog.go grpc.go mapping.go problem.go receive.go send.go",
		},
		{
			generator.Output{Target: "go-connect", Path: "a/b", Options: options("import", "example.com/b", "package", "b")},
			files.Output{Target: "go-connect", Dir: "a/b", IsFolder: true},
			"catalog.go connect.go mapping.go problem.go receive.go send.go",
		},
		{
			generator.Output{Target: "typescript", Path: "a/b"},
			files.Output{Target: "typescript", Dir: "a/b", IsFolder: true},
			"catalog.ts codes.ts column.ts details.ts index.ts make.ts messages.ts problem.ts types.ts",
		},
		{
			generator.Output{Target: "typescript", Path: "a/b", Options: options("single_file", "true")},
			files.Output{Target: "typescript", Dir: "a/b", IsFolder: true},
			"index.ts",
		},
		{
			generator.Output{Target: "markdown", Path: "a/b.md"},
			files.Output{Target: "markdown", Dir: "a"},
			"b.md",
		},
		{
			generator.Output{Target: "markdown", Path: "b.md", Options: options("pages", "false", "inject", "false")},
			files.Output{Target: "markdown", Dir: "."},
			"b.md",
		},
		{
			generator.Output{Target: "markdown", Path: "a/b.md", Options: options("pages", "true")},
			files.Output{Target: "markdown", Dir: "a/b.md", IsFolder: true},
			"A.md B.md README.md",
		},
		{
			generator.Output{Target: "markdown", Path: "a/b.md", Options: options("inject", "true")},
			files.Output{Target: "markdown", Dir: "a"},
			"b.md",
		},
		{
			generator.Output{Target: "html", Path: "a/b.html"},
			files.Output{Target: "html", Dir: "a"},
			"b.html",
		},
		{
			generator.Output{Target: "json", Path: "a/b.json"},
			files.Output{Target: "json", Dir: "a"},
			"b.json",
		},
		{
			generator.Output{Target: "openapi", Path: "a/b.yml"},
			files.Output{Target: "openapi", Dir: "a"},
			"b.yml",
		},
		{
			generator.Output{Target: "schema", Path: "a/b.json", Root: "a"},
			files.Output{Target: "schema", Dir: "a", Root: "a"},
			"b.json",
		},
		{
			generator.Output{Target: "template", Path: "a/b.py", Options: options("template", "t/x.tmpl"), Inputs: template},
			files.Output{Target: "template x.tmpl", Dir: "a"},
			"b.py",
		},
		{
			generator.Output{Target: "template", Path: "a/b", Options: options("template", "t/x.tmpl", "per", "code", "file", "{{lower .Code}}.py"), Inputs: template},
			files.Output{Target: "template x.tmpl", Dir: "a/b", IsFolder: true},
			"a.py b.py",
		},
	} {
		delete(untested, test.output.Target)
		test.output.Path = filepath.FromSlash(test.output.Path)
		of := c
		if strings.HasPrefix(test.output.Target, "go-") {
			of = sent
		}
		plan, err := generator.Plan(of, []generator.Output{test.output})
		if err != nil {
			t.Errorf("%+v: %v", test.output, err)
			continue
		}
		test.want.Catalog, test.want.Dir = "shop", filepath.FromSlash(test.want.Dir)
		if diff := cmp.Diff([]files.Output{test.want}, plan, cmpopts.IgnoreFields(files.Output{}, "Files")); diff != "" {
			t.Errorf("%+v: %s", test.output, diff)
		}
		var paths []string
		isInjected := false
		for _, f := range plan[0].Files {
			paths = append(paths, f.Path)
			isInjected = isInjected || f.Inject != nil
		}
		if got := strings.Join(paths, " "); got != test.paths {
			t.Errorf("%+v: files %s, want %s", test.output, got, test.paths)
		}
		if isInjected && test.want.IsFolder {
			t.Errorf("%+v: a part of somebody's file: %t", test.output, isInjected)
		}
	}
	for name := range untested {
		t.Errorf("the target %s is not tested", name)
	}
}
