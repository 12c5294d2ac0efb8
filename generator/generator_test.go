package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/files"
)

// load reads a catalog that must be valid.
func load(t testing.TB, source []byte) *catalog.Catalog {
	t.Helper()
	c, ds := generator.Load("catalog.yaml", source)
	if c == nil {
		t.Fatalf("%+v", ds)
	}
	return c
}

// everything has an output of each target, below a folder.
func everything(dir string) []generator.Output {
	return []generator.Output{
		{Target: "go", Path: filepath.Join(dir, "errors")},
		{Target: "typescript", Path: filepath.Join(dir, "web")},
		{Target: "markdown", Path: filepath.Join(dir, "docs", "errors.md")},
		{Target: "html", Path: filepath.Join(dir, "docs", "errors.html")},
		{Target: "json", Path: filepath.Join(dir, "docs", "errors.json")},
		{Target: "openapi", Path: filepath.Join(dir, "docs", "errors.openapi.yaml")},
		{Target: "schema", Path: filepath.Join(dir, "catalog.schema.json")},
		{
			Target: "template", Path: filepath.Join(dir, "errors.csv"),
			Options: map[string]string{"template": "errors.csv.tmpl"},
			Inputs:  map[string][]byte{"template": []byte("{{header \"#\"}}\n{{range .Errors}}{{csv .Code .Name .Title}}\n{{end}}")},
		},
	}
}

// overGRPC has the outputs that only some catalogs can have.
func overGRPC(dir string) []generator.Output {
	options := map[string]string{"import": "example.com/errors"}
	return []generator.Output{
		{Target: "go-grpc", Path: filepath.Join(dir, "errorsgrpc"), Options: options},
		{Target: "go-connect", Path: filepath.Join(dir, "errorsconnect"), Options: options},
	}
}

// everythingOf is everything that a catalog can have: one without HTTP has no OpenAPI.
func everythingOf(c *catalog.Catalog, dir string) []generator.Output {
	return slices.DeleteFunc(everything(dir), func(o generator.Output) bool { return c.NoHTTP && o.Target == "openapi" })
}

func TestTargets(t *testing.T) {
	asked := make(map[string]bool)
	for _, o := range append(everything(""), overGRPC("")...) {
		asked[o.Target] = true
	}
	for _, target := range generator.Targets() {
		if !asked[target.Name] {
			t.Errorf("the tests have no output of the target %s", target.Name)
		}
		if target.Summary == "" {
			t.Errorf("the target %s has no summary", target.Name)
		}
	}
}

// TestDeterministic makes the same outputs several times, from separate loads and
// with different numbers of processors.
func TestDeterministic(t *testing.T) {
	for _, codes := range []int{1, 18, 1000} {
		t.Run(fmt.Sprint(codes), func(t *testing.T) {
			source := catalogtest.YAML(codes)
			plan := func() []files.Output {
				out, err := generator.Plan(load(t, source), everything("out"))
				if err != nil {
					t.Fatal(err)
				}
				return out
			}
			want := plan()
			for _, processors := range []int{1, 2, 8} {
				old := runtime.GOMAXPROCS(processors)
				got := plan()
				runtime.GOMAXPROCS(old)
				for i, o := range got {
					for j, f := range o.Files {
						if !bytes.Equal(f.Data, want[i].Files[j].Data) {
							t.Errorf("with %d processors, %s of the target %s differs", processors, f.Path, o.Target)
						}
					}
				}
			}
		})
	}
}

// TestNothingOfTheMachine looks for text that depends on the machine.
func TestNothingOfTheMachine(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	out, err := generator.Plan(load(t, catalogtest.YAML(18)), everything(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range out {
		for _, f := range o.Files {
			for _, word := range []string{dir, host, runtime.Version(), "\r"} {
				if bytes.Contains(f.Data, []byte(word)) {
					t.Errorf("%s of the target %s has %q", f.Path, o.Target, word)
				}
			}
		}
	}
}

// TestOneMoreCode adds a code in the middle of a catalog and counts the lines
// that change in each file.
func TestOneMoreCode(t *testing.T) {
	const most = 20
	source := string(catalogtest.YAML(1000))
	c := load(t, []byte(source))
	middle := c.Errors[len(c.Errors)/2]
	at := strings.Index(source, "\n  "+middle.Name+":")
	added := "\n  ONE_MORE_CODE:\n    code: \"" + middle.Code + "X\"\n    category: " + middle.Category.Name +
		"\n    http_status: 409\n    title: One more\n    message: One more {thing}\n    params: {thing: string}"
	before, err := generator.Plan(c, everything(""))
	if err != nil {
		t.Fatal(err)
	}
	after, err := generator.Plan(load(t, []byte(source[:at]+added+source[at:])), everything(""))
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range after {
		for j, f := range o.Files {
			count := make(map[string]int)
			for line := range strings.Lines(string(before[i].Files[j].Data)) {
				count[line]--
			}
			for line := range strings.Lines(string(f.Data)) {
				count[line]++
			}
			changed := 0
			for _, n := range count {
				changed += max(n, -n)
			}
			// A struct with its constructor and methods is longer than that by
			// itself, and so is an error of which each member has a line, in JSON or
			// in the example of a body.
			allowed := most
			if f.Path == "errors.go" || f.Path == "errors.json" || f.Path == "errors.openapi.yaml" || f.Path == "errors.md" {
				allowed = 40
			}
			if changed > allowed {
				t.Errorf("%s of the target %s: %d lines changed, at most %d may", f.Path, o.Target, changed, allowed)
			}
		}
	}
}

func TestPlanErrors(t *testing.T) {
	c := load(t, catalogtest.YAML(1))
	for _, test := range []struct {
		output generator.Output
		want   string
	}{
		{generator.Output{Target: "golang", Path: "x"}, `unknown target "golang"; the targets are go, go-grpc, go-connect, typescript, markdown, `},
		{generator.Output{Target: "go", Path: "x", Options: map[string]string{"pakage": "x"}}, `the target go has no option "pakage"; its options are http, package`},
		{generator.Output{Target: "schema", Path: "x", Options: map[string]string{"package": "x"}}, `the target schema has no options`},
		{generator.Output{Target: "go", Path: "x", Options: map[string]string{"package": "func"}}, `"func" is not the name of a Go package`},
		{generator.Output{Target: "markdown", Path: "x.md", Options: map[string]string{"audience": "all"}}, `option audience of the target markdown cannot be "all": must be public or internal`},
		{generator.Output{Target: "typescript", Path: "x", Options: map[string]string{"import_extension": ".mjs"}}, `must be .js, .ts or none`},
		{generator.Output{Target: "markdown", Path: "x.md", Options: map[string]string{"inject": "true", "pages": "true"}}, `option pages of the target markdown cannot be "true": inject writes to a single file`},
		{generator.Output{Target: "json", Path: "docs/aux.json"}, `the path docs/aux.json contains the name of a Windows device`},
		{generator.Output{Target: "template", Path: "x"}, `the target template needs the option template`},
	} {
		if _, err := generator.Plan(c, []generator.Output{test.output}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: error %v, want %s", test.output, err, test.want)
		}
	}
}

func BenchmarkGenerate(b *testing.B) {
	for _, codes := range []int{20, 1000, 10_000} {
		source := catalogtest.YAML(codes)
		b.Run(fmt.Sprintf("codes=%d", codes), func(b *testing.B) {
			outputs := everything(b.TempDir())
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			for b.Loop() {
				plan, err := generator.Plan(load(b, source), outputs)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := files.Write(context.Background(), plan, files.WriteOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, codes := range []int{20, 1000, 10_000} {
		source := catalogtest.YAML(codes)
		b.Run(fmt.Sprintf("codes=%d", codes), func(b *testing.B) {
			outputs := everything(b.TempDir())
			plan, err := generator.Plan(load(b, source), outputs)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := files.Write(context.Background(), plan, files.WriteOptions{}); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				plan, err := generator.Plan(load(b, source), outputs)
				if err != nil {
					b.Fatal(err)
				}
				if drift, err := files.Check(plan); err != nil || len(drift) > 0 {
					b.Fatal(drift, err)
				}
			}
		})
	}
}

// TestTenThousandCodes generates the outputs of a large catalog, checks them, and
// compiles the Go package.
func TestTenThousandCodes(t *testing.T) {
	dir := t.TempDir()
	plan, err := generator.Plan(load(t, catalogtest.YAML(10_000)), everything(dir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := files.Write(t.Context(), plan, files.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	drift, err := files.Check(plan)
	if err != nil || len(drift) > 0 {
		t.Fatal(drift, err)
	}
	if testing.Short() {
		t.Skip("-short: builds a package")
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/large\n\ngo 1.21\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-trimpath", "./...")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
