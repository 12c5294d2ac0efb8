package catalog_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

var update = flag.Bool("update", false, "rewrite the expected reports")

// catalogRules returns the rules about catalogs. The others are about what is made
// of them, and are tested by the command.
func catalogRules() []diag.Rule {
	rules := diag.Rules()
	return rules[:slices.Index(rules, diag.RuleInvalidRevision)+1]
}

// TestRules checks the report on every mistake in testdata/rules. The file of
// a rule has inputs x.yaml, each with its report x.want, and inputs ok-x.yaml
// that are just valid. The rules about outputs are those of the real targets.
func TestRules(t *testing.T) {
	rules := make(map[string]diag.Rule)
	for _, r := range catalogRules() {
		if _, twice := rules[r.ID()]; twice {
			t.Errorf("the rule %s is listed twice", r.ID())
		}
		rules[r.ID()] = r
	}
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	covered := make(map[string]bool)
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".txtar")
		covered[id] = true
		t.Run(id, func(t *testing.T) {
			if _, ok := rules[id]; !ok {
				t.Fatalf("there is no rule %s", id)
			}
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !testRule(t, archive, rules[id]) {
				t.Errorf("no case reports the rule %s", id)
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	for id := range rules {
		if !covered[id] {
			t.Errorf("testdata/rules has no %s.txtar", id)
		}
	}
}

// testRule runs the cases of a file and reports whether one of them breaks the
// rule.
func testRule(t *testing.T, archive *txtar.Archive, rule diag.Rule) (reported bool) {
	wants := make(map[string]string)
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".want"); ok {
			wants[name] = string(f.Data)
		}
	}
	var files []txtar.File
	for _, f := range archive.Files {
		name, ok := strings.CutSuffix(f.Name, ".yaml")
		if !ok {
			continue
		}
		files = append(files, f)
		source := expand(f.Data)
		c, ds := generator.Load(f.Name, source)
		checkFindings(t, source, c, ds)
		got := report(t, f.Name, source, ds)
		if strings.HasPrefix(name, "ok-") {
			if got != "" {
				t.Errorf("%s has findings:\n%s", f.Name, got)
			}
			continue
		}
		for _, d := range ds {
			reported = reported || d.Rule == rule
		}
		if got != wants[name] && !*update {
			t.Errorf("%s:\n%s\nwant:\n%s", f.Name, got, wants[name])
		}
		files = append(files, txtar.File{Name: name + ".want", Data: []byte(got)})
	}
	archive.Files = files
	return reported
}

var directive = regexp.MustCompile(`(?m)^%go ("(?:[^"\\]|\\.)*")(?: \* (\d+))?\n`)

// expand replaces each line %go "text" * n by the text, n times: it is for what a
// file of test data cannot or should not contain.
func expand(source []byte) []byte {
	return directive.ReplaceAllFunc(source, func(line []byte) []byte {
		m := directive.FindSubmatch(line)
		text, err := strconv.Unquote(string(m[1]))
		if err != nil {
			panic(err)
		}
		n := 1
		if len(m[2]) > 0 {
			n, _ = strconv.Atoi(string(m[2]))
		}
		return bytes.Repeat([]byte(text), n)
	})
}

// report renders findings as people see them; of very many, the first.
func report(t *testing.T, file string, source []byte, ds diag.Diagnostics) string {
	t.Helper()
	shown := ds
	if len(ds) > 100 {
		shown = ds[:3]
	}
	var b strings.Builder
	err := diag.WriteText(&b, shown, diag.TextOptions{Source: func(name string) []byte {
		if name != file {
			t.Errorf("the source of %s is asked for", name)
		}
		return source
	}})
	if err != nil {
		t.Fatal(err)
	}
	if more := len(ds) - len(shown); more > 0 {
		fmt.Fprintf(&b, "\n(%d more)\n", more)
	}
	return b.String()
}

// checkFindings checks what holds for the findings about any source.
func checkFindings(t *testing.T, source []byte, c *catalog.Catalog, ds diag.Diagnostics) {
	t.Helper()
	if (c == nil) != ds.HasErrors() {
		t.Errorf("catalog %v with findings %v", c != nil, ds)
	}
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(string(source), "\uFEFF"), "\r\n", "\n"), "\r", "\n"), "\n")
	checkPosition := func(p diag.Position) {
		t.Helper()
		if p.Line == 0 && p.Col == 0 && p.Width == 0 {
			return // The file as a whole.
		}
		if p.Line < 1 || p.Line > len(lines) {
			t.Errorf("%s: the file has %d lines", p, len(lines))
			return
		}
		if length := len([]rune(lines[p.Line-1])); p.Col < 1 || p.Width < 0 || p.Col+p.Width > length+1 || p.Col > length+1 {
			t.Errorf("%s, width %d: the line has %d characters", p, p.Width, length)
		}
	}
	seen := make(map[string]bool)
	var before diag.Position
	for _, d := range ds {
		if d.Rule.Severity() != d.Severity {
			t.Errorf("%s: %s[%s] has the severity of another rule", d.Pos, d.Severity, d.Rule)
		}
		if d.Help == "" || d.Message == "" {
			t.Errorf("%s: %s %q has the help %q", d.Pos, d.Rule, d.Message, d.Help)
		}
		checkPosition(d.Pos)
		for _, n := range d.Notes {
			checkPosition(n.Pos)
		}
		if d.Pos.Line < before.Line || d.Pos.Line == before.Line && d.Pos.Col < before.Col {
			t.Errorf("%s comes after %s", d.Pos, before)
		}
		before = d.Pos
		key := fmt.Sprint(d.Pos, d.Rule, d.Message)
		if seen[key] {
			t.Errorf("%s: %s %q is reported twice", d.Pos, d.Rule, d.Message)
		}
		seen[key] = true
	}
}
