package generator_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/errcat/errcat/"

// TestImports holds the packages to one direction of imports.
func TestImports(t *testing.T) {
	// What each package may import from this module.
	may := map[string][]string{
		"cmd/errcat":            {"cmd/errcatvet/gosource", "cmd/errcatvet/usage", "generator", "generator/baseline", "generator/catalog", "generator/changelog", "generator/compat", "generator/diag", "generator/edit", "generator/files", "generator/gomod", "generator/importer", "generator/model", "generator/option", "generator/prose", "generator/terminal", "generator/workspace"},
		"cmd/errcatbench":       {"generator/catalogtest"},
		"cmd/errcatvet":         {"cmd/errcatvet/analyzers", "cmd/errcatvet/gosource", "generator/diag"},
		"cmd/smileid-demo":      {"generated/smileid"},
		"generator/edit":        {"generator/catalog", "generator/diag", "generator/yamldoc"},
		"generator/workspace":   {"generator", "generator/catalog", "generator/diag", "generator/editor", "generator/gomod", "generator/yamldoc"},
		"generator/baseline":    {"generator/catalog", "generator/compat", "generator/diag", "generator/git", "generator/gomod", "generator/workspace"},
		"generator/compat":      {"generator/catalog", "generator/diag", "generator/yamldoc"},
		"generator/changelog":   {"generator/catalog", "generator/compat", "generator/diag", "generator/prose"},
		"generator":             {"generator/catalog", "generator/custom", "generator/diag", "generator/files", "generator/golang", "generator/golang/rpc", "generator/html", "generator/jsoncatalog", "generator/markdown", "generator/openapi", "generator/option", "generator/typescript"},
		"generator/golang":      {"generator/catalog", "generator/files", "generator/option", "generator/prose"},
		"generator/golang/rpc":  {"generator/catalog", "generator/files", "generator/golang", "generator/option", "generator/prose"},
		"generator/typescript":  {"generator/catalog", "generator/files", "generator/model", "generator/option", "generator/prose", "templates"},
		"generator/markdown":    {"generator/catalog", "generator/diag", "generator/files", "generator/model", "generator/option", "generator/prose", "templates"},
		"generator/html":        {"generator/catalog", "generator/files", "generator/model", "generator/option", "generator/prose", "generator/search", "templates"},
		"generator/jsoncatalog": {"generator/catalog", "generator/files", "generator/model", "generator/option"},
		"generator/openapi":     {"generator/catalog", "generator/files", "generator/model", "generator/option", "generator/prose", "generator/yamldoc"},
		"generator/custom":      {"generator/catalog", "generator/diag", "generator/files", "generator/model", "generator/naming", "generator/option", "generator/prose"},
		"generator/model":       {"generator/catalog", "generator/naming", "generator/prose"},
		"generator/terminal":    {"generator/catalog", "generator/diag", "generator/model", "generator/prose", "generator/search"},
		"generator/search":      {"generator/catalog", "generator/prose", "templates"},
		"generator/catalog":     {"generator/diag", "generator/editor", "generator/files", "generator/naming", "generator/prose", "generator/yamldoc"},
		"generator/browsertest": {},
		"generator/catalogtest": {},
		"generator/git":         {"generator/diag"},
		"generator/gittest":     {},
		"generator/gomod":       {"generator/diag"},
		"generator/interoptest": {},
		"generator/npmtest":     {},
		"generator/importer":    {"generator/catalog", "generator/diag", "generator/naming", "generator/prose", "generator/yamldoc"},
		"generator/diag":        {},
		"generator/editor":      {},
		"generator/files":       {},
		"generator/naming":      {},
		"generator/option":      {},
		"generator/prose":       {},
		"generator/yamldoc":     {"generator/diag"},
		"templates":             {},
		"generated/smileid":     {},

		"cmd/errcatvet/analyzers":        {"cmd/errcatvet/codes"},
		"cmd/errcatvet/codes":            {},
		"cmd/errcatvet/gosource":         {"generator/diag"},
		"cmd/errcatvet/usage":            {"cmd/errcatvet/codes", "cmd/errcatvet/gosource"},
		"cmd/errcatvet/internal/vettest": {"generator", "generator/golang"},
		"cmd/errcatvet/internal/weave":   {"cmd/errcatvet/internal/vettest"},
		"generator/catalogtest/hostile":  {"generator/catalog", "generator/prose"},
		"generator/catalogtest/load":     {"generator/catalog"},
		"generator/golang/fixed":         {},
		"generator/golang/fixed/integer": {},
	}
	// The only packages that may import these modules.
	only := map[string][]string{
		"gopkg.in/yaml.v3":          {"generator/yamldoc"},
		"github.com/dave/jennifer/": {"generator/golang"},
		"github.com/yuin/goldmark":  {"generator/prose"},
		"golang.org/x/net/html":     {"generator/importer"},
		"github.com/alecthomas/":    {"cmd/errcat", "cmd/errcatbench"},
		"golang.org/x/tools/":       {"cmd/errcatvet", "cmd/errcatvet/analyzers", "cmd/errcatvet/internal/weave", "cmd/errcatvet/gosource", "cmd/errcatvet/usage"},
	}
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		name := strings.TrimPrefix(words[0], module)
		allowed, known := may[name]
		if !known {
			t.Errorf("the package %s is not in the layout: add it here and to CONTRIBUTING.md", name)
		}
		for _, imported := range words[1:] {
			if ours, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s", name, ours)
			}
			for prefix, owners := range only {
				if strings.HasPrefix(imported, prefix) && !slices.Contains(owners, name) {
					t.Errorf("%s imports %s, which only %s may import", name, imported, strings.Join(owners, ", "))
				}
			}
		}
	}
}
