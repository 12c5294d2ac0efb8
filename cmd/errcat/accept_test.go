package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator/diag"
)

// TestAcceptEveryRule accepts the changes of every rule, in the pairs of catalogs that
// its tests have: after that, nothing is reported that counts, but for what no
// acceptance can excuse.
func TestAcceptEveryRule(t *testing.T) {
	rules, err := filepath.Abs("../../generator/compat/testdata/rules")
	mustDo(t, err)
	t.Chdir(t.TempDir())
	names, err := filepath.Glob(filepath.Join(rules, "*.txtar"))
	if err != nil || len(names) < 50 {
		t.Fatal(names, err)
	}
	accepted := make(map[string]bool)
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		mustDo(t, err)
		for _, f := range archive.Files {
			mustDo(t, os.WriteFile(f.Name, f.Data, 0o666))
		}
		for _, f := range archive.Files {
			pair, ok := strings.CutSuffix(f.Name, ".new.yaml")
			if !ok {
				continue
			}
			what := filepath.Base(name) + " " + pair
			args := []string{"breaking", "--strict", "-c", f.Name, "--against", "./" + pair + ".old.yaml"}
			_, before, _ := command(args...)
			status := statusOK
			if strings.Contains(before, "unused-acceptance") || strings.Contains(before, "version-too-low") {
				status = statusFindings // also after it
			}
			got, diff, errs := command(append(args, "--accept", "It is: meant # really")...)
			if got != status {
				t.Errorf("%s: exit status %d, want %d:\n%s%s%s", what, got, status, before, diff, errs)
			}
			_, after, _ := command(args...)
			for _, rule := range diag.ChangeRules() {
				isLeft := strings.Contains(after, "error["+rule.ID()+"]") || strings.Contains(after, "warning["+rule.ID()+"]")
				if isLeft && rule != diag.RuleUnusedAcceptance && rule != diag.RuleVersionTooLow {
					t.Errorf("%s: not accepted:\n%s\nbut\n%s", what, diff, after)
				}
				if strings.Contains(after, "info["+rule.ID()+"]") && strings.Contains(after, "accepted: It is: meant # really") {
					accepted[rule.ID()] = true
				}
			}
			if strings.Contains(after, "unused-acceptance") && !strings.Contains(before, "unused-acceptance") {
				t.Errorf("%s: accepted too much:\n%s\n%s", what, diff, after)
			}
			if status == statusOK {
				again, nothing, _ := command(append(args, "--accept", "Again.")...)
				if again != statusOK || nothing != "" {
					t.Errorf("%s: a second time, exit status %d:\n%s", what, again, nothing)
				}
			}
		}
	}
	for _, rule := range diag.ChangeRules() {
		switch rule {
		case diag.RuleVersionTooLow, diag.RuleUnusedAcceptance, diag.RuleCatalogRemoved:
			continue
		}
		if rule.Severity() != diag.Info && !accepted[rule.ID()] {
			t.Errorf("%s was never accepted", rule)
		}
	}
}
