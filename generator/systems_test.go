package generator_test

import (
	"bytes"
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
	for _, file := range sources {
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
		plan, err := generator.Plan(c, everything(filepath.Join(dir, c.Name)))
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
	"include": ["*/web/*.ts"]
}`)
	writeText(t, filepath.Join(dir, "package.json"), `{"type": "module"}`)
	tsc, err := filepath.Abs("../node_modules/typescript/bin/tsc")
	if err != nil {
		t.Fatal(err)
	}
	runIn(t, dir, "node", tsc, "-p", ".")
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
