package catalog_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

const rulesFile = "../diag/rules.yaml"

// example is a code block of a rule: a catalog, followed by its report if it
// breaks the rule; or only a report.
var example = regexp.MustCompile("(?s)```(yaml|text)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?")

// describedRules returns the rules as errors of the catalog that describes them.
func describedRules(t *testing.T) []*catalog.Error {
	t.Helper()
	c, ds := generator.Load("rules.yaml", diag.Catalog())
	if len(ds) > 0 {
		t.Fatal(report(t, "rules.yaml", diag.Catalog(), ds))
	}
	return c.Errors
}

// describe returns what people read about a rule.
func describe(rule *catalog.Error) string {
	return rule.Description.Source() + "\n" + rule.Resolution.Source()
}

// TestRuleExamples checks the examples of the rules about catalogs: those of
// mistakes have the reports that the description shows, and the others have none.
func TestRuleExamples(t *testing.T) {
	descriptions := make(map[string]string)
	for _, rule := range describedRules(t) {
		descriptions[rule.Code] = describe(rule)
	}
	for _, rule := range catalogRules() {
		checkExamples(t, rule, descriptions[rule.ID()])
	}
}

// checkExamples checks the examples in the description of a rule. With -update it
// corrects their reports.
func checkExamples(t *testing.T, rule diag.Rule, description string) {
	reported := false
	for _, m := range example.FindAllStringSubmatch(description, -1) {
		if m[1] == "text" {
			reported = true
			if !strings.Contains(wants(t, rule.ID()), m[2]) {
				t.Errorf("%s: no test case has the report\n%s", rule.ID(), m[2])
			}
			continue
		}
		source := complete(m[2])
		_, ds := generator.Load("catalog.yaml", []byte(source))
		got := report(t, "catalog.yaml", []byte(source), ds)
		if !strings.Contains(m[0], "```text") {
			if got != "" {
				t.Errorf("%s: the right example has findings:\n%s", rule.ID(), got)
			}
			continue
		}
		for _, d := range ds {
			reported = reported || d.Rule == rule
		}
		switch {
		case got == m[3]:
		case *update:
			updateRules(t, m[3], got)
		default:
			t.Errorf("%s: the report is\n%s\nbut the description has\n%s", rule.ID(), got, m[3])
		}
	}
	if !reported {
		t.Errorf("%s: no example breaks the rule", rule.ID())
	}
}

// updateRules replaces a report in the file that describes the rules.
func updateRules(t *testing.T, old, report string) {
	t.Helper()
	text, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Fatal(err)
	}
	indent := regexp.MustCompile("(?m)^(.)")
	updated := strings.Replace(string(text), indent.ReplaceAllString(old, "      $1"), indent.ReplaceAllString(report, "      $1"), 1)
	if err := os.WriteFile(rulesFile, []byte(updated), 0o644); err != nil {
		t.Fatal(err)
	}
}

// complete adds the sections that an example leaves out, at its end, so that its
// lines keep their numbers.
func complete(source string) string {
	for _, section := range []string{"version: 1", "catalog: {name: shop}", "errors: {OUT_OF_STOCK: {http_status: 409}}"} {
		key, _, _ := strings.Cut(section, ":")
		if !strings.HasPrefix(source, key+":") && !strings.Contains(source, "\n"+key+":") {
			source += section + "\n"
		}
	}
	return source
}

// wants returns the reports of all cases of a rule.
func wants(t *testing.T, rule string) string {
	archive, err := txtar.ParseFile("testdata/rules/" + rule + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".want") {
			b.Write(f.Data)
		}
	}
	return b.String()
}
