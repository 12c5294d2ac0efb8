package catalog_test

import (
	"encoding/json"
	"os"
	"slices"

	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// TestLint checks that a catalog chooses the level of its warnings, wherever the
// key is.
func TestLint(t *testing.T) {
	const source = "version: 1\ncatalog: {name: shop}\ncategories: {used: {http_status: 409}, unused: {}}\nerrors:\n  A_B: {category: used}\n  cD: {category: used}\n"
	const mixed, unused = "mixed-name-styles", "unused-category"
	for _, test := range []struct {
		lint  string
		want  []string
		valid bool
	}{
		{"{}", []string{"warning " + unused, "warning " + mixed}, true},
		{"{mixed-name-styles: off}", []string{"warning " + unused}, true},
		{`{mixed-name-styles: "off", unused-category: off}`, nil, true},
		{"{mixed-name-styles: warning, overlapping-ranges: error}", []string{"warning " + unused, "warning " + mixed}, true},
		{"{unused-category: error}", []string{"error " + unused, "warning " + mixed}, false},
		{"{unused-category: error, mixed-name-styles: error}", []string{"error " + unused, "error " + mixed}, false},
	} {
		for _, whole := range []string{"lint: " + test.lint + "\n" + source, source + "lint: " + test.lint + "\n"} {
			c, ds := catalog.Load("catalog.yaml", []byte(whole))
			var got []string
			for _, d := range ds {
				got = append(got, d.Severity.String()+" "+d.Rule.ID())
			}
			if diff := cmp.Diff(test.want, got); diff != "" || (c != nil) != test.valid || ds.HasErrors() == test.valid {
				t.Errorf("lint: %s: valid %t, (-want +got):\n%s", test.lint, c != nil, diff)
			}
		}
	}
}

// TestLintSchema checks that the schema knows every warning.
func TestLintSchema(t *testing.T) {
	var schema struct {
		Properties struct {
			Lint struct {
				Properties map[string]struct {
					Description string   `json:"description"`
					Enum        []string `json:"enum"`
				} `json:"properties"`
			} `json:"lint"`
		} `json:"properties"`
	}
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	known := schema.Properties.Lint.Properties
	for _, r := range diag.Rules() {
		level, ok := known[r.ID()]
		if want := r.HasLevel(); ok != want {
			t.Errorf("the schema knows %s: %t, want %t", r.ID(), ok, want)
		}
		if ok && (!strings.HasSuffix(level.Description, ".") || strings.Join(level.Enum, " ") != "off warning error") {
			t.Errorf("%s is %+v in the schema", r.ID(), level)
		}
		delete(known, r.ID())
	}
	for id := range known {
		t.Errorf("the schema knows %s, which is no rule", id)
	}
}

// TestAcceptanceSchema checks that the schema explains the rules of changes by the
// first sentence of their descriptions.
func TestAcceptanceSchema(t *testing.T) {
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Definitions struct {
			Acceptance struct {
				Properties struct {
					Rule struct{ Enum, EnumDescriptions []string }
				}
			}
		}
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	rule := schema.Definitions.Acceptance.Properties.Rule
	known := 0
	for _, r := range describedRules(t) {
		i := slices.Index(rule.Enum, r.Code)
		if i < 0 {
			continue
		}
		known++
		sentence, _, _ := strings.Cut(strings.Join(strings.Fields(r.Description.Source()), " "), ". ")
		if strings.TrimSuffix(rule.EnumDescriptions[i], ".") != strings.TrimSuffix(sentence, ".") {
			t.Errorf("the schema says of %s: %s", r.Code, rule.EnumDescriptions[i])
		}
	}
	if known < 30 {
		t.Errorf("the schema knows %d rules of changes", known)
	}
}
