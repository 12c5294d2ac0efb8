package compat_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
)

var update = flag.Bool("update", false, "rewrite the expected reports")

// load reads a catalog that must have no errors.
func load(t *testing.T, name string, source []byte) *catalog.Catalog {
	t.Helper()
	c, ds := generator.Load(name, source)
	if c == nil {
		t.Fatalf("%s: %v", name, ds)
	}
	return c
}

// changes returns what changed, with what the new version accepts.
func changes(t *testing.T, old, current []byte) []compat.Change {
	t.Helper()
	before, after := load(t, "old.yaml", old), load(t, "new.yaml", current)
	found := compat.Compare(before, after)
	return compat.Accept(append(found, compat.CheckVersion(found, before, after)...), before, after)
}

// report writes changes with what tests and tools see of them.
func report(t *testing.T, found []compat.Change, sources map[string][]byte) string {
	t.Helper()
	var b bytes.Buffer
	for i, c := range found {
		if i > 0 {
			b.WriteByte('\n')
		}
		text := diag.TextOptions{Source: func(file string) []byte { return sources[file] }}
		if err := diag.WriteText(&b, compat.Findings(found[i:i+1]), text); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s breaks %v, from %q to %q\n", c.Name(), c.Code(), c.Breaks.Names(), c.From, c.To)
	}
	return b.String()
}

// TestRules compares the pairs of catalogs in testdata/rules: X.old.yaml and
// X.new.yaml with the report X.want. The rule that the file is about must be
// reported, but not for a pair whose name begins with ok-. TestProof has X.proof, and
// X.later.yaml.
func TestRules(t *testing.T) {
	for _, rule := range diag.ChangeRules() {
		if rule == diag.RuleCatalogRemoved || rule == diag.RuleCatalogAdded {
			continue // they are about several catalogs, and are tested by the command
		}
		t.Run(rule.ID(), func(t *testing.T) {
			file := filepath.Join("testdata/rules", rule.ID()+".txtar")
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			data := make(map[string][]byte)
			for _, f := range archive.Files {
				data[f.Name] = f.Data
			}
			var first string
			for i, f := range archive.Files {
				name, ok := strings.CutSuffix(f.Name, ".want")
				if !ok {
					continue
				}
				if first == "" {
					first = name
				}
				old, current := data[name+".old.yaml"], data[name+".new.yaml"]
				found := changes(t, old, current)
				got := report(t, found, map[string][]byte{"old.yaml": old, "new.yaml": current})
				reported := slices.ContainsFunc(found, func(c compat.Change) bool { return c.Rule == rule })
				if isRight := strings.HasPrefix(name, "ok-"); isRight == reported {
					t.Errorf("%s: the rule is reported: %t\n%s", name, reported, got)
				}
				if string(f.Data) != got && !*update {
					t.Errorf("%s:\n%s\nwant:\n%s", name, got, f.Data)
				}
				archive.Files[i].Data = []byte(got)
			}
			describe(t, rule, data[first+".old.yaml"], data[first+".new.yaml"])
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

const rulesFile = "../diag/rules.yaml"

var hunk = regexp.MustCompile(`(?m)^(---|\+\+\+|@@| ).*\n`)

// describe checks that the page of a rule shows the first of its cases: what changes,
// and the finding.
func describe(t *testing.T, rule diag.Rule, old, current []byte) {
	t.Helper()
	var finding string
	for _, d := range compat.Findings(changes(t, old, current)) {
		if d.Rule == rule {
			finding = fmt.Sprintf("%s: %s[%s]: %s\n", strings.Replace(d.Pos.String(), "new.yaml", "catalog.yaml", 1), d.Severity, d.Rule, d.Message)
			if d.Help != "" {
				finding += "help: " + d.Help + "\n"
			}
			break
		}
	}
	changed := hunk.ReplaceAllString(udiff.Unified("old", "new", string(old), string(current)), "")
	want := "      ```diff\n" + indented(changed) + "      ```\n\n      ```text\n" + indented(finding) + "      ```\n"
	text, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Fatal(err)
	}
	page := regexp.MustCompile(`(?s)\n  ` + rule.ID() + `:\n.*?(      ` + "```diff\n.*?```\n\n      ```text\n.*?```\n)")
	at := page.FindSubmatchIndex(text)
	if at == nil {
		t.Fatalf("%s does not show what changes and the report", rule)
	}
	if shown := string(text[at[2]:at[3]]); shown != want && !*update {
		t.Errorf("%s has\n%s\nwant\n%s", rulesFile, shown, want)
	}
	if *update {
		if err := os.WriteFile(rulesFile, slices.Concat(text[:at[2]], []byte(want), text[at[3]:]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func indented(s string) string {
	return regexp.MustCompile(`(?m)^(.)`).ReplaceAllString(s, "      $1")
}

// Packages that carry errors over gRPC and Connect are packages like others.
func TestOutputsOfGRPC(t *testing.T) {
	catalog := func(name, outputs string) []byte {
		return []byte("version: 1\ncatalog: {name: " + name + ", domain: shop.example}\nerrors: {A_B: {http_status: 409}}\noutputs: [" + outputs + "]\n")
	}
	const here = "{target: go-grpc, path: shopgrpc, import: example.com/shop}"
	old := catalog("shop", here)
	for name, test := range map[string]struct {
		current []byte
		want    []diag.Rule
	}{
		"same":                {old, nil},
		"moved":               {catalog("shop", "{target: go-grpc, path: wire, import: example.com/shop}"), []diag.Rule{diag.RulePackageChanged}},
		"removed":             {catalog("shop", ""), []diag.Rule{diag.RulePackageChanged}},
		"another package":     {catalog("shop", "{target: go-grpc, path: shopgrpc, import: example.com/shop, package: wire}"), []diag.Rule{diag.RulePackageChanged}},
		"the default package": {catalog("shop", "{target: go-grpc, path: shopgrpc, import: example.com/shop, package: shopgrpc}"), nil},
		"another import":      {catalog("shop", "{target: go-grpc, path: shopgrpc, import: example.com/errors}"), nil},
		"another wire":        {catalog("shop", here+", {target: go-connect, path: shopconnect, import: example.com/shop}"), nil},
	} {
		var got []diag.Rule
		for _, c := range changes(t, old, test.current) {
			if c.Breaks != 0 {
				got = append(got, c.Rule)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}
