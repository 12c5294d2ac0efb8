package generator_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
)

// spread are ways to write a catalog that are not canonical.
var spread = map[string]func(string) string{
	"as it is": func(s string) string { return s },
	"CRLF":     func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"BOM":      func(s string) string { return "\uFEFF" + s + "\n\n" },
	"deep":     func(s string) string { return leading.ReplaceAllString(s, "$1$1") },
	"wide":     func(s string) string { return colon.ReplaceAllString(s, "$1 :\t ") },
	"dense":    func(s string) string { return brace.ReplaceAllString(s, "$1") },
	"comments": func(s string) string { return key.ReplaceAllString(s, "#\tc\n$0") },
}

var (
	leading = regexp.MustCompile(`(?m)^( +)`)
	colon   = regexp.MustCompile(`(?m)^( *\w+): `)
	brace   = regexp.MustCompile(` *([{}\[\]]) *`)
	key     = regexp.MustCompile(`(?m)^ *\w+: `)
)

// TestFormatKeepsOutputs formats catalogs that are written in many ways: every
// output of the formatted catalog is the same, byte for byte.
func TestFormatKeepsOutputs(t *testing.T) {
	sources := systems(t)
	sources["generated.yaml"] = catalogtest.YAML(50)
	for name, source := range sources {
		for way, rewrite := range spread {
			written := []byte(rewrite(string(source)))
			before, _ := generator.Load("catalog.yaml", written)
			if before == nil {
				if way != "dense" { // within a string, it can make a Markdown link invalid
					t.Errorf("%s, %s: not a catalog", name, way)
				}
				continue
			}
			text, ds, err := catalog.Format("catalog.yaml", written)
			if err != nil || ds != nil {
				t.Errorf("%s, %s: %v, %v", name, way, ds, err)
				continue
			}
			if again, _, err := catalog.Format("catalog.yaml", text); err != nil || !bytes.Equal(again, text) {
				t.Errorf("%s, %s: formatted again, it is different: %v", name, way, err)
			}
			after, ds := generator.Load("catalog.yaml", text)
			if after == nil {
				t.Errorf("%s, %s: %v", name, way, ds)
				continue
			}
			compareOutputs(t, name+", "+way, before, after)
		}
	}
}

// systems returns the sources of the catalogs of typical systems, by file name.
func systems(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/systems/*.yaml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d catalogs, %v", len(files), err)
	}
	sources := make(map[string][]byte)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources[filepath.Base(file)] = source
	}
	return sources
}

// compareOutputs reports outputs of two catalogs that differ.
func compareOutputs(t *testing.T, name string, before, after *catalog.Catalog) {
	t.Helper()
	want, err := generator.Plan(before, everythingOf(before, ""))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	got, err := generator.Plan(after, everythingOf(after, ""))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for i, o := range want {
		for j, f := range o.Files {
			if !bytes.Equal(f.Data, got[i].Files[j].Data) {
				t.Errorf("%s: %s differs", name, f.Path)
			}
		}
	}
}

// TestFormatAgreesWithPrettier checks that a repository can use both: what
// Prettier has formatted, errcat leaves as it is, except for the quotes of codes.
func TestFormatAgreesWithPrettier(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs npm packages")
	}
	dir := t.TempDir()
	for name, source := range systems(t) {
		text, _, err := catalog.Format(name, source)
		if err != nil {
			t.Fatal(err)
		}
		writeText(t, filepath.Join(dir, name), string(text))
	}
	prettier, err := filepath.Abs("../node_modules/prettier/bin/prettier.cjs")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("node", prettier, "--write", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v (npm ci installs the tools)\n%s", err, out)
	}
	for name := range systems(t) {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := catalog.Format(name, want)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v\nfrom Prettier:\n%s\nfrom errcat:\n%s", name, err, want, got)
		}
	}
}
