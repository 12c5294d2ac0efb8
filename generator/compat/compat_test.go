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

// TestDetails has pairs of catalogs whose changes are only those that are listed, each
// with whom it breaks. It shows what the rules' own cases do not.
func TestDetails(t *testing.T) {
	for _, test := range []struct {
		name, old, now string
		want           []string
	}{
		{"no HTTP", "catalog: {name: shop, http: false}\nerrors: {A: {}}", "catalog: {name: shop, http: false}\nerrors: {A: {}}", nil},
		{"no HTTP any longer", "catalog: {name: shop, type_uri: 'https://a.example/{code}'}\nerrors: {A: {http_status: 400}}", "catalog: {name: shop, http: false}\nerrors: {A: {}}",
			[]string{"http-removed [wire go typescript]"}},
		{"HTTP now", "catalog: {name: shop, http: false}\nerrors: {A: {}}", "catalog: {name: shop, type_uri: 'https://a.example/{code}'}\nerrors: {A: {http_status: 400}}",
			[]string{"http-added []"}},
		{"a domain", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}", "catalog: {name: shop, domain: shop.example}\nerrors: {A: {http_status: 400}}", nil},
		{"the fallback is another error with its name",
			"catalog: {name: shop, fallback: A}\nerrors: {A: {code: \"1\", http_status: 500, title: One}, B: {code: \"2\", http_status: 500, title: Two}}",
			"catalog: {name: shop, fallback: A}\nerrors: {C: {code: \"1\", http_status: 500, title: One}, A: {code: \"2\", former_names: [B], http_status: 500, title: Two}}",
			[]string{"fallback-changed [wire]", "name-reused [go typescript]", "name-added []: the error A (1) was renamed to C", "name-added []: the error B (2) was renamed to A, and keeps the old name"}},
		{"an internal category", "catalog: {name: shop}\ncategories: {ops: {http_status: 500}, web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: ops, audience: internal}}",
			"catalog: {name: shop}\ncategories: {web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: web, http_status: 500, audience: internal}}",
			[]string{"category-removed [go links]", "category-changed [links]"}},
		{"an internal category in TypeScript", "catalog: {name: shop}\ncategories: {ops: {http_status: 500}, web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: ops, audience: internal}}\noutputs: [{target: markdown, path: a.md, audience: internal}, {target: typescript, path: b, audience: internal}]",
			"catalog: {name: shop}\ncategories: {web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: web, http_status: 500, audience: internal}}\noutputs: [{target: markdown, path: a.md, audience: internal}, {target: typescript, path: b, audience: internal}]",
			[]string{"category-removed [go typescript links]", "category-changed [links]"}},
		{"an internal category beside public TypeScript", "catalog: {name: shop}\ncategories: {ops: {http_status: 500}, web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: ops, audience: internal}}\noutputs: [{target: typescript, path: b}]",
			"catalog: {name: shop}\ncategories: {web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: web, http_status: 500, audience: internal}}\noutputs: [{target: typescript, path: b}]",
			[]string{"category-removed [go links]", "category-changed [links]"}},
		{"internal metadata in TypeScript", "catalog: {name: shop}\nmetadata: {team: {type: string, audience: internal}}\nerrors: {A: {http_status: 400, metadata: {team: x}}}\noutputs: [{target: typescript, path: b, audience: internal}]", "catalog: {name: shop}\nmetadata: {team: {type: integer, audience: internal}}\nerrors: {A: {http_status: 400, metadata: {team: 1}}}\noutputs: [{target: typescript, path: b, audience: internal}]",
			[]string{"metadata-type-changed [go typescript]", "documentation-changed []"}},
		{"an internal category in a document", "catalog: {name: shop}\ncategories: {ops: {http_status: 500}, web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: ops, audience: internal}}\noutputs: [{target: markdown, path: a.md, audience: internal}]",
			"catalog: {name: shop}\ncategories: {web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: web, http_status: 500, audience: internal}}\noutputs: [{target: markdown, path: a.md, audience: internal}]",
			[]string{"category-removed [go links]", "category-changed [links]"}},
		{"a category in two", "catalog: {name: shop}\ncategories: {web: {http_status: 400}}\nerrors: {A: {category: web}, B: {category: web}, C: {category: web}}\nreserved: [{code: D}]",
			"catalog: {name: shop}\ncategories: {one: {http_status: 400}, two: {http_status: 400}}\nerrors: {A: {category: one}, B: {category: two}}\nreserved: [{code: D}, {code: C, reason: gone}]",
			[]string{"category-removed [go typescript links]", "category-added []", "category-added []", "category-changed [links]", "category-changed [links]", "error-removed [wire go typescript links] accepted"}},
		{"a category is renamed, and an error of it is gone", "catalog: {name: shop}\ncategories: {web: {http_status: 400}}\nerrors: {A: {category: web}, C: {category: web}}",
			"catalog: {name: shop}\ncategories: {one: {http_status: 400}}\nerrors: {A: {category: one}}\nreserved: [{code: C, reason: gone}]",
			[]string{"category-removed [go typescript links]", "error-removed [wire go typescript links] accepted"}},
		{"internal metadata", "catalog: {name: shop}\nmetadata: {team: {type: string, audience: internal}}\nerrors: {A: {http_status: 400, metadata: {team: x}}}", "catalog: {name: shop}\nmetadata: {team: {type: integer, audience: internal}}\nerrors: {A: {http_status: 400, metadata: {team: 1}}}",
			[]string{"metadata-type-changed [go]", "documentation-changed []"}},
		{"another name without a Go package", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: json, path: a}]", "catalog: {name: store}\nerrors: {A: {http_status: 400}}\noutputs: [{target: json, path: a}]",
			[]string{"documentation-changed []"}},
		{"another name, and the Go package keeps its own", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: go, path: a}]", "catalog: {name: store}\nerrors: {A: {http_status: 400}}\noutputs: [{target: go, path: a, package: shop}]",
			[]string{"documentation-changed []"}},
		{"another name of the Go package", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: go, path: a, package: a}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: go, path: a, package: b}]",
			[]string{"package-changed [go]"}},
		{"another target", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: markdown, path: a.md}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: json, path: a.md}]",
			[]string{"document-moved [links]"}},
		{"the version of an npm package, and JavaScript", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a, package: shop@1.0.0}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a, package: shop@2.0.0, emit: js}]", nil},
		{"messages", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a, messages: icu}]", nil},
		{"no messages any longer", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a, messages: icu}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a}]",
			[]string{"package-changed [typescript]"}},
		{"TypeScript in place of JavaScript", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a, emit: js}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a, emit: ts}]",
			[]string{"package-changed [typescript]"}},
		{"the default of an option, written out", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\noutputs: [{target: typescript, path: a, emit: ts, integers: number, audience: public}]", nil},
		{"a reserved name", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}\nreserved: [{name: B}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}",
			[]string{"reservation-removed [wire]"}},
		{"reserved in a range", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400, aliases: [\"13\"]}}\nreserved: [{code: \"12\"}]", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400, aliases: [\"13\"]}}\nreserved: [{codes: 11-12}]",
			[]string{"reservation-added []"}},
		{"removed with an alias in a reserved range", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, B: {code: \"2\", http_status: 400, aliases: [\"13\"]}}", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}}\nreserved: [{code: \"2\", reason: gone}, {codes: 13-14}]",
			[]string{"error-removed [wire go typescript links] accepted", "reservation-added []"}},
		{"an internal error is removed with its alias", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, B: {code: \"2\", http_status: 400, aliases: [\"13\"], audience: internal}}", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}}\nreserved: [{code: \"2\", reason: gone}]",
			[]string{"error-removed [go links] accepted"}},
		{"the reserved code of another error", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}}\nreserved: [{code: \"2\", name: B}]", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, C: {code: \"2\", http_status: 400}}",
			[]string{"error-added []", "reservation-removed [wire]", "reservation-removed [wire]"}},
		{"the code of an internal error is sent", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, STOPPED: {code: \"2\", http_status: 500, audience: internal}}", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, SOLD: {code: \"2\", http_status: 410}}",
			[]string{"code-reused [wire go links]", "error-added []"}},
		{"the code of an internal error is another's alias", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, STOPPED: {code: \"2\", http_status: 500, audience: internal}}", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, SOLD: {code: \"3\", aliases: [\"2\"], http_status: 410}}",
			[]string{"code-reused [go links]", "error-added []"}},
		{"an internal error gets another code", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, STOPPED: {code: \"2\", http_status: 500, audience: internal}}", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, STOPPED: {code: \"3\", http_status: 500, audience: internal}}",
			[]string{"code-changed [links]"}},
		{"an internal error is renamed, with types by name", "catalog: {name: shop, type_uri: 'https://a.example/{name}'}\nerrors: {A: {http_status: 400}, STOPPED: {code: \"2\", http_status: 500, audience: internal, title: T}}", "catalog: {name: shop, type_uri: 'https://a.example/{name}'}\nerrors: {A: {http_status: 400}, HALTED: {code: \"2\", http_status: 500, former_names: [STOPPED], audience: internal, title: T}}",
			[]string{"name-added []"}},
		{"another identifier of an internal error", "catalog: {name: shop}\nerrors: {A: {http_status: 400}, B: {http_status: 500, audience: internal}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400}, B: {http_status: 500, audience: internal, identifiers: {go: Bee, typescript: BEE}}}",
			[]string{"identifier-changed [go]"}},
		{"another replacement", "catalog: {name: shop}\nerrors: {A: {http_status: 400}, B: {http_status: 400}, C: {http_status: 400, deprecated: {replaced_by: A}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400}, B: {http_status: 400}, C: {http_status: 400, deprecated: {replaced_by: B}}}",
			[]string{"documentation-changed []"}},
		{"renamed back", "catalog: {name: shop}\nerrors: {B: {code: \"1\", http_status: 400, former_names: [A], title: T}}", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400, former_names: [B], title: T}}",
			[]string{"name-added []"}},
		{"the code of an internal error for another one", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, STOPPED: {code: \"2\", http_status: 500, audience: internal}}", "catalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 400}, SOLD: {code: \"2\", http_status: 410, audience: internal}}",
			[]string{"code-reused [go links]", "error-added []"}},
		{"renamed", "catalog: {name: shop}\nerrors: {AN_A: {code: \"1\", http_status: 400}}", "catalog: {name: shop}\nerrors: {A_B: {code: \"1\", http_status: 400, former_names: [AN_A]}}",
			[]string{"name-added []", `title-changed []: the title of A_B changed from "An a" to "A b", which comes from the NAME`}},
		{"another title", "catalog: {name: shop}\nerrors: {A: {http_status: 400, title: T}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, title: U}}",
			[]string{`title-changed []: the title of A changed from "T" to "U"`}},
		{"a title", "catalog: {name: shop}\nerrors: {A: {http_status: 400, message: M}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, message: M, title: U}}",
			[]string{`title-changed []: the title of A changed from "M" to "U", which is a title of its own`}},
		{"no title", "catalog: {name: shop}\nerrors: {A: {http_status: 400, message: M, title: U}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, message: M}}",
			[]string{`title-changed []: the title of A changed from "U" to "M", which comes from the message`}},
		{"renamed, with another type", "catalog: {name: shop, type_uri: 'https://a.example/{name}'}\nerrors: {A: {code: \"1\", http_status: 400, title: T}}", "catalog: {name: shop, type_uri: 'https://b.example/{name}', accepted_type_uris: ['https://a.example/{name}']}\nerrors: {B: {code: \"1\", http_status: 400, former_names: [A], title: T}}",
			[]string{"type-uri-changed [wire]", "name-added []"}},
		{"a name is reused that is sent", "catalog: {name: shop, type_uri: 'https://a.example/{name}'}\nerrors: {A: {code: \"1\", http_status: 400, title: T}, C: {code: \"2\", http_status: 400, title: U}}", "catalog: {name: shop, type_uri: 'https://a.example/{name}'}\nerrors: {B: {code: \"1\", http_status: 400, title: T}, A: {code: \"2\", http_status: 400, former_names: [C], title: U}}",
			[]string{"name-reused [wire go typescript]", "name-added []", "name-added []", "type-uri-changed [wire]"}},
		{"a param like another one is added", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: {type: integer, description: the place}}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: {type: integer, description: the place}, y: {type: integer, description: the place}}}}",
			[]string{"param-added []", "constructor-changed [go typescript]"}},
		{"a param like another one is removed", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: {type: integer, description: the place}, y: {type: integer, description: the place}}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {y: {type: integer, description: the place}}}}",
			[]string{"param-removed [wire go typescript]"}},
		{"two params like a new one are removed", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: {type: integer, description: the place}, y: {type: integer, description: the place}}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {z: {type: integer, description: the place}}}}",
			[]string{"param-renamed [wire go typescript]", "param-removed [wire go typescript]"}},
		{"a param gives way to two like it", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: {type: integer, description: the place}}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {y: {type: integer, description: the place}, z: {type: integer, description: the place}}}}",
			[]string{"param-renamed [wire go typescript]", "param-added []", "constructor-changed [go typescript]"}},
		{"a param gives way to one with another description", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: {type: integer, description: the place}}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {z: boolean, y: {type: integer, description: the row}}}}",
			[]string{"param-removed [wire go typescript]", "param-added []", "param-added []", "constructor-changed [go typescript]"}},
		{"params give way to others in another order", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: integer, y: boolean}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {p: boolean, q: integer}}}",
			[]string{"param-removed [wire go typescript]", "param-removed [wire go typescript]", "param-added []", "param-added []", "constructor-changed [go typescript]"}},
		{"retired with a reason", "catalog: {name: shop}\nerrors: {A: {http_status: 400, deprecated: {}, params: {x: integer}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, retired: {reason: gone}, params: {x: integer}}}",
			[]string{"error-retired []", "constructor-changed [go] accepted"}},
		{"retired without a reason", "catalog: {name: shop}\nerrors: {A: {http_status: 400, deprecated: {}, params: {x: integer}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, retired: {}, params: {x: integer}}}",
			[]string{"error-retired []", "constructor-changed [go]"}},
		{"retired with another param", "catalog: {name: shop}\nerrors: {A: {http_status: 400, deprecated: {}, params: {x: integer}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, retired: {reason: gone}, params: {x: integer, y: boolean}}}",
			[]string{"error-retired []", "param-added []", "constructor-changed [go typescript]"}},
		{"all params are removed", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: string}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400}}",
			[]string{"param-removed [wire go typescript]"}},
		{"an integer becomes a number", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: integer}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: number}}}",
			[]string{"param-type-changed [wire go]", "constructor-changed [go]"}},
		{"an integer becomes a number in a TypeScript package", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: integer}}}\noutputs: [{target: typescript, path: a}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: number}}}\noutputs: [{target: typescript, path: a}]",
			[]string{"param-type-changed [wire go]", "constructor-changed [go]"}},
		{"an exact integer becomes a number", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: integer}}}\noutputs: [{target: typescript, path: a, integers: exact}]", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: number}}}\noutputs: [{target: typescript, path: a, integers: exact}]",
			[]string{"param-type-changed [wire go typescript]", "constructor-changed [go]"}},
		{"a param is renamed, and another is added", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: {type: integer, description: the place}}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {z: boolean, y: {type: integer, description: the place}}}}",
			[]string{"param-renamed [wire go typescript]", "param-added []", "constructor-changed [go typescript]"}},
		{"a param gives way to one of another type", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: {type: integer, description: the place}}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {y: {type: boolean, description: the place}}}}",
			[]string{"param-removed [wire go typescript]", "param-added []", "constructor-changed [go typescript]"}},
		{"two params give way to one", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {x: string, y: integer}}}", "catalog: {name: shop}\nerrors: {A: {http_status: 400, params: {z: string}}}",
			[]string{"param-removed [wire go typescript]", "param-removed [wire go typescript]", "param-added []", "constructor-changed [go typescript]"}},
	} {
		found := changes(t, []byte("version: 1\n"+test.old+"\n"), []byte("version: 1\n"+test.now+"\n"))
		var got []string
		for i, c := range found {
			text := fmt.Sprintf("%s %v", c.Rule, c.Breaks.Names())
			if c.Accepted != nil {
				text += " accepted"
			}
			if i < len(test.want) && strings.Contains(test.want[i], ": ") {
				text += ": " + c.Message
			}
			got = append(got, text)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
