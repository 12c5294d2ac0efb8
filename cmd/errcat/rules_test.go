package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator/diag"
)

const (
	rulesPage       = "../../docs/rules.md"
	catalogRuleData = "../../generator/catalog/testdata/rules"
	ruleData        = "testdata/rules"
)

// TestRules runs the scripts of the rules that are not about the catalog itself,
// and checks that docs/rules.md shows their files, except for catalogs, in the same
// order. With -update it writes them there.
func TestRules(t *testing.T) {
	runScripts(t, ruleData)
	if t.Failed() {
		return
	}
	text, err := os.ReadFile(rulesPage)
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(text), "\n## ")
	for _, id := range rulesOf(t, ruleData) {
		i := slices.IndexFunc(sections, func(s string) bool { return strings.HasPrefix(s, id+"\n") })
		if i < 0 {
			continue // TestRuleRegister reports it.
		}
		archive, err := txtar.ParseFile(filepath.Join(ruleData, id+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		var shown []string
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "catalog.yaml") {
				shown = append(shown, string(f.Data))
			}
		}
		if !strings.Contains(strings.Join(shown, ""), "["+id+"]") && !strings.Contains(strings.Join(shown, ""), `"rule": "`+id+`"`) {
			t.Errorf("%s: no report has the rule", id)
		}
		n := 0
		sections[i] = block.ReplaceAllStringFunc(sections[i], func(b string) string {
			m := block.FindStringSubmatch(b)
			if n++; n > len(shown) {
				return b
			}
			if m[2] != shown[n-1] && !*update {
				t.Errorf("%s: the page has\n%s\nbut the script\n%s", id, m[2], shown[n-1])
			}
			return "```" + m[1] + "\n" + shown[n-1] + "```"
		})
		if n != len(shown) {
			t.Errorf("%s: the page has %d blocks, want %d", id, n, len(shown))
		}
	}
	if updated := strings.Join(sections, "\n## "); *update && updated != string(text) {
		if err := os.WriteFile(rulesPage, []byte(updated), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var block = regexp.MustCompile("(?s)```(\\w+)\n(.*?)```")

// rulesOf returns the ids of the rules that have test data in a folder.
func rulesOf(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(filepath.Base(name), ".txtar")
	}
	return names
}

// TestRuleRegister checks that the rules which can be reported, those of
// docs/rules.md and those with tests are the same, and that the page describes them
// in the order of the register, with their severity.
func TestRuleRegister(t *testing.T) {
	text, err := os.ReadFile(rulesPage)
	if err != nil {
		t.Fatal(err)
	}
	intro, _, _ := strings.Cut(string(text), "\n## ")
	section := regexp.MustCompile(`(?m)^## (\S+)\n\n\*\*(Error|Warning)\.\*\* `)
	var documented, registered, severities, wanted []string
	for _, m := range section.FindAllStringSubmatch(string(text), -1) {
		documented = append(documented, m[1])
		severities = append(severities, strings.ToLower(m[2]))
	}
	for _, r := range diag.Rules() {
		registered = append(registered, r.ID())
		wanted = append(wanted, r.Severity().String())
		if !strings.Contains(intro, "["+r.ID()+"](#"+r.ID()+")") {
			t.Errorf("the contents of docs/rules.md lack %s", r.ID())
		}
	}
	if !slices.Equal(documented, registered) {
		t.Errorf("docs/rules.md describes %q, but the register has %q", documented, registered)
	}
	if !slices.Equal(severities, wanted) {
		t.Errorf("docs/rules.md has the severities %q, want %q", severities, wanted)
	}
	if n := strings.Count(string(text), "\n## "); n != len(registered) {
		t.Errorf("docs/rules.md has %d sections for %d rules", n, len(registered))
	}
	tested := slices.Concat(rulesOf(t, catalogRuleData), rulesOf(t, ruleData))
	slices.Sort(tested)
	slices.Sort(registered)
	if !slices.Equal(tested, registered) {
		t.Errorf("the rules with tests are %q, but the register has %q", tested, registered)
	}
}
