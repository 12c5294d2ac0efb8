package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/diag"
)

const (
	rulesFile       = "../../generator/diag/rules.yaml"
	catalogRuleData = "../../generator/catalog/testdata/rules"
	changeRuleData  = "../../generator/compat/testdata/rules"
	codeRuleData    = "../errcatvet/testdata/rules"
	ruleData        = "testdata/rules"
)

var block = regexp.MustCompile("(?s)```\\w+\n(.*?)```")

// TestRules runs the scripts of the rules that are not about the catalog itself,
// and checks that the descriptions of the rules show their files, except for
// catalogs, in the same order. With -update it writes them there.
func TestRules(t *testing.T) {
	runScripts(t, ruleData)
	if t.Failed() {
		return
	}
	descriptions := make(map[string]string)
	for _, rule := range rulesCatalog().Errors {
		descriptions[rule.Code] = rule.Description.Source() + "\n" + rule.Resolution.Source()
	}
	for _, id := range rulesOf(t, ruleData) {
		archive, err := txtar.ParseFile(filepath.Join(ruleData, id+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "catalog.yaml") {
				want = append(want, string(f.Data))
			}
		}
		if all := strings.Join(want, ""); !strings.Contains(all, "["+id+"]") && !strings.Contains(all, `"rule": "`+id+`"`) {
			t.Errorf("%s: no report has the rule", id)
		}
		shown := block.FindAllStringSubmatch(descriptions[id], -1)
		if len(shown) != len(want) {
			t.Errorf("%s: the description has %d blocks, want %d", id, len(shown), len(want))
			continue
		}
		for i, m := range shown {
			switch {
			case m[1] == want[i]:
			case *update:
				updateRules(t, m[1], want[i])
			default:
				t.Errorf("%s: the description has\n%s\nbut the script\n%s", id, m[1], want[i])
			}
		}
	}
}

// updateRules replaces a block in the file that describes the rules.
func updateRules(t *testing.T, old, updated string) {
	t.Helper()
	text, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Fatal(err)
	}
	indent := regexp.MustCompile("(?m)^(.)")
	all := strings.Replace(string(text), indent.ReplaceAllString(old, "      $1"), indent.ReplaceAllString(updated, "      $1"), 1)
	if err := os.WriteFile(rulesFile, []byte(all), 0o644); err != nil {
		t.Fatal(err)
	}
}

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

// TestRuleRegister checks that the rules which can be reported, those that are
// described and those with tests are the same, and that they are described in the
// order of the register, with their severity.
func TestRuleRegister(t *testing.T) {
	c, ds := generator.Load("rules.yaml", diag.Catalog())
	if len(ds) > 0 {
		t.Fatalf("the catalog of the rules has findings: %v", ds)
	}
	type rule struct{ id, severity string }
	var described, registered []rule
	var ids []string
	for _, e := range c.Errors {
		described = append(described, rule{e.Code, string(e.Severity)})
	}
	for _, r := range diag.Rules() {
		registered = append(registered, rule{r.ID(), r.Severity().String()})
		ids = append(ids, r.ID())
	}
	if !slices.Equal(described, registered) {
		t.Errorf("rules.yaml describes %q, but the register has %q", described, registered)
	}
	tested := slices.Concat(rulesOf(t, catalogRuleData), rulesOf(t, changeRuleData), rulesOf(t, codeRuleData), rulesOf(t, ruleData))
	slices.Sort(tested)
	slices.Sort(ids)
	if !slices.Equal(tested, ids) {
		t.Errorf("the rules with tests are %q, but the register has %q", tested, ids)
	}
}
