package generator_test

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
)

// TestSystems makes every output of catalogs as typical systems have them: of
// databases, brokers, firmware, command lines and APIs. They load without a
// finding, all their codes are in every output, the Go packages pass vet, and the
// TypeScript passes the strictest checks of the compiler. The browser tests of
// the package html open their pages.
func TestSystems(t *testing.T) {
	sources, err := filepath.Glob("testdata/systems/*.yaml")
	if err != nil || len(sources) < 20 {
		t.Fatalf("%d catalogs, %v", len(sources), err)
	}
	dir := t.TempDir()
	for _, file := range append(sources, "../catalog.yaml") {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, ds := generator.Load(filepath.Base(file), source)
		for _, d := range ds {
			t.Errorf("%s: %s[%s]: %s", d.Pos, d.Severity, d.Rule, d.Message)
		}
		if c == nil {
			continue
		}
		writeSamples(t, c, filepath.Join(dir, c.Name))
		plan, err := generator.Plan(c, everythingOf(c, filepath.Join(dir, c.Name)))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, o := range plan {
			checkCodes(t, c, o)
		}
		if _, err := files.Write(t.Context(), plan, files.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if testing.Short() {
		return // what follows runs compilers
	}
	writeText(t, filepath.Join(dir, "go.mod"), "module example.com/systems\n\ngo 1.21\n")
	runIn(t, dir, "go", "vet", "./...")
	writeText(t, filepath.Join(dir, "tsconfig.json"), `{
	"compilerOptions": {
		"strict": true, "noEmit": true, "target": "es2020", "module": "nodenext", "types": [],
		"noUncheckedIndexedAccess": true, "exactOptionalPropertyTypes": true, "noPropertyAccessFromIndexSignature": true,
		"noUnusedLocals": true, "noUnusedParameters": true, "verbatimModuleSyntax": true, "isolatedModules": true
	},
	"include": ["*/web/*.ts", "*/samples/*.ts"]
}`)
	writeText(t, filepath.Join(dir, "package.json"), `{"type": "module"}`)
	tsc, err := filepath.Abs("../node_modules/typescript/bin/tsc")
	if err != nil {
		t.Fatal(err)
	}
	runIn(t, dir, "node", tsc, "-p", ".")
}

// writeSamples writes the samples of a catalog as programs, below the folder of its
// outputs.
func writeSamples(t *testing.T, c *catalog.Catalog, dir string) {
	t.Helper()
	c = c.ForAudience(catalog.Internal)
	c.Outputs = []catalog.Output{{Target: "go"}, {Target: "typescript"}}
	words := regexp.MustCompile(`[A-Za-z_]\w*`)
	var golang, ts strings.Builder
	imports := map[string]bool{"type Problem": !c.NoHTTP, "resolveCode": c.NoHTTP}
	for i, e := range c.Errors {
		for _, s := range model.Samples(c, e) {
			_, given, _ := strings.Cut(s.Raise, s.Name[strings.LastIndex(s.Name, ".")+1:])
			given = strings.TrimPrefix(given, "Error{")
			var variables []string // the last word of each element
			for element := range strings.SplitSeq(given, ",") {
				if all := words.FindAllString(element, -1); all != nil {
					variables = append(variables, all[len(all)-1])
				}
			}
			params := slices.Clone(e.Params)
			if s.Language == "ts" { // sensitive ones are not sent
				params = slices.DeleteFunc(params, func(p *catalog.Param) bool { return p.Sensitive })
			}
			if s.Raise != "" && len(variables) != len(params) {
				t.Errorf("%s: %d params in %s", e.Name, len(params), s.Raise)
				continue
			}
			if s.Language == "go" {
				fmt.Fprintf(&golang, "\nfunc raise%d(", i)
				for j, name := range variables {
					fmt.Fprintf(&golang, "%s %s, ", name, goTypes[params[j].Type])
				}
				fmt.Fprintf(&golang, ") error {\n%s\n}\n\nfunc handle%d(err error) {\n%s\n}\n", cmp.Or(s.Raise, "return nil"), i, s.Handle)
				continue
			}
			imports[s.Name] = true
			if s.Raise != "" {
				imports["problemOf"], imports["toResponse"] = true, true
				argument := ""
				if len(variables) > 0 {
					imports["type ParamsFor"] = true
					argument = "params: ParamsFor<typeof " + s.Name + ">"
				}
				fmt.Fprintf(&ts, "\nexport function raise%d(%s) {\n", i, argument)
				for j, name := range variables {
					fmt.Fprintf(&ts, "const { %s: %s } = params;\n", params[j].Name, name)
				}
				fmt.Fprintf(&ts, "%s\n}\n", s.Raise)
			}
			argument := "problem: Problem"
			if c.NoHTTP {
				argument = "code: string"
			}
			fmt.Fprintf(&ts, "\nexport function handle%d(%s) {\n%s\n}\n", i, argument, s.Handle)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "samples"), 0o755); err != nil {
		t.Fatal(err)
	}
	source := "package samples\n\nimport (\n\"errors\"\n\"log\"\n\"time\"\n\n" + c.GoPackage + " \"example.com/systems/" + c.Name + "/errors\"\n)\n\n" +
		"var (\n_ = errors.Is\n_ = log.Println\n_ time.Time\n)\n" + golang.String()
	writeText(t, filepath.Join(dir, "samples", "samples.go"), source)
	imports["type Problem"] = imports["type Problem"] && strings.Contains(ts.String(), ": Problem")
	var names []string
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		if imports[name] {
			names = append(names, name)
		}
	}
	writeText(t, filepath.Join(dir, "samples", "samples.ts"), "import { "+strings.Join(names, ", ")+" } from \"../web/index.js\";\n"+ts.String())
}

// goTypes are the types of params in Go.
var goTypes = map[catalog.ParamType]string{
	catalog.String: "string", catalog.Integer: "int64", catalog.Number: "float64", catalog.Boolean: "bool", catalog.Datetime: "time.Time",
	catalog.Duration: "time.Duration", catalog.StringList: "[]string", catalog.IntegerList: "[]int64",
}

// checkCodes checks that an output shows the code of every error that its
// audience may see.
func checkCodes(t *testing.T, c *catalog.Catalog, o files.Output) {
	t.Helper()
	if o.Target == "schema" {
		return // it is the same for all catalogs
	}
	var all [][]byte
	for _, f := range o.Files {
		all = append(all, f.Data)
	}
	text := bytes.Join(all, nil)
	for _, e := range c.Errors {
		if e.Audience == catalog.Internal && o.Target != "go" {
			continue
		}
		if !regexp.MustCompile(`(^|[^\w])` + regexp.QuoteMeta(e.Code) + `($|[^\w])`).Match(text) {
			t.Errorf("%s: the output of the target %s has no code %s", c.Name, o.Target, e.Code)
		}
	}
	if slices.ContainsFunc(c.Errors, func(e *catalog.Error) bool { return e.HTTPStatus != 0 }) == c.NoHTTP {
		t.Errorf("%s: the errors have HTTP statuses: %v", c.Name, !c.NoHTTP)
	}
}

func writeText(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// runIn runs a program in a folder.
func runIn(t *testing.T, dir string, command ...string) {
	t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
}
