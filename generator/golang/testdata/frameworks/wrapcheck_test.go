package recipes

import (
	"os"
	"testing"

	"github.com/tomarrell/wrapcheck/v2/wrapcheck"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"gopkg.in/yaml.v3"
)

// With the setting of .golangci.yml, wrapcheck reports no errors of the catalog,
// only that of package os.
func TestWrapcheck(t *testing.T) {
	text, err := os.ReadFile(".golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Linters struct {
			Settings struct {
				Wrapcheck struct {
					IgnorePackageGlobs []string `yaml:"ignore-package-globs"`
				}
			}
		}
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "./lint")
	if err != nil || packages.PrintErrors(pkgs) > 0 {
		t.Fatalf("package lint cannot be loaded: %v", err)
	}
	count := func(globs []string) (n int) {
		config := wrapcheck.NewDefaultConfig()
		config.IgnorePackageGlobs = globs
		graph, err := checker.Analyze([]*analysis.Analyzer{wrapcheck.NewAnalyzer(config)}, pkgs, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, action := range graph.Roots {
			if action.Err != nil {
				t.Fatal(action.Err)
			}
			n += len(action.Diagnostics)
		}
		return n
	}
	if with, without := count(file.Linters.Settings.Wrapcheck.IgnorePackageGlobs), count(nil); with != 1 || without != 3 {
		t.Errorf("wrapcheck reports %d errors, and %d without the setting", with, without)
	}
}
