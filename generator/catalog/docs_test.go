package catalog_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/diag"
)

const rulesPage = "../../docs/rules.md"

// example is a code block of the page: a catalog, followed by its report if it
// breaks the rule; or only a report.
var example = regexp.MustCompile("(?s)```(yaml|text)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?")

// TestRulesPage checks the examples of docs/rules.md about catalogs: those of
// mistakes have the reports that the page shows, and the others have none.
func TestRulesPage(t *testing.T) {
	page, err := os.ReadFile(rulesPage)
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(page), "\n## ")
	rules := catalogRules()
	for i, rule := range rules {
		id, text, _ := strings.Cut(sections[i+1], "\n")
		if id != rule.ID() {
			t.Fatalf("section %d is %s, want %s", i+1, id, rule.ID())
		}
		sections[i+1] = id + "\n" + checkExamples(t, rule, text)
	}
	if got := strings.Join(sections, "\n## "); *update && got != string(page) {
		if err := os.WriteFile(rulesPage, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// checkExamples checks the examples of a section, and returns the section with
// their current reports.
func checkExamples(t *testing.T, rule diag.Rule, section string) string {
	reported := false
	section = example.ReplaceAllStringFunc(section, func(block string) string {
		m := example.FindStringSubmatch(block)
		if m[1] == "text" {
			reported = true
			if !strings.Contains(wants(t, rule.ID()), m[2]) {
				t.Errorf("%s: no test case has the report\n%s", rule.ID(), m[2])
			}
			return block
		}
		source := complete(m[2])
		_, ds := generator.Load("catalog.yaml", []byte(source))
		got := report(t, "catalog.yaml", []byte(source), ds)
		if !strings.Contains(block, "```text") {
			if got != "" {
				t.Errorf("%s: the right example has findings:\n%s", rule.ID(), got)
			}
			return block
		}
		for _, d := range ds {
			reported = reported || d.Rule == rule
		}
		if got != m[3] && !*update {
			t.Errorf("%s: the report is\n%s\nbut the page has\n%s", rule.ID(), got, m[3])
		}
		return "```yaml\n" + m[2] + "```\n\n```text\n" + got + "```\n"
	})
	if !reported {
		t.Errorf("%s: no example breaks the rule", rule.ID())
	}
	return section
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
