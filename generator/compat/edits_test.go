package compat_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
)

// published is a catalog as a team has it, for edits that must not pass unnoticed.
const published = `version: 1
catalog:
  name: pay
  domain: pay.example
  type_uri: https://pay.example/errors#{code}
  accepted_type_uris: ["https://old.example/{name}"]
  fallback: UNAVAILABLE
metadata:
  team: {type: string}
  tier: {type: enum, values: [gold, iron]}
categories:
  cards: {http_status: 402, codes: "2000-2099", metadata: {team: cards, tier: gold}}
  service: {http_status: 503, retry: after, retry_after: 30s, severity: critical}
errors:
  CARD_REFUSED:
    code: "2001"
    aliases: ["P-1"]
    synonyms: [CARD_REJECTED]
    former_names: [CARD_DECLINED]
    category: cards
    message: "The bank refused the card ending in {last4}"
    params:
      last4: string
      tries: integer
      kind: {type: string, values: [card, iban]}
      token: {type: string, sensitive: true}
  MOVED:
    code: "2002"
    category: cards
    message: "Moved from {from} to {to}"
    params: {from: string, to: integer}
  CARD_EXPIRED: {code: "2003", category: cards, title: The card expired}
  COIN: {code: "2004", category: cards, retired: {reason: Gone.}}
  DB_DOWN: {code: "9001", category: service, audience: internal}
  UNAVAILABLE: {code: "5000", category: service, title: Try again later}
reserved:
  - {code: "2005", name: CHEQUE, reason: withdrawn}
  - {codes: "2050-2059", reason: partners}
outputs:
  - {target: go, path: pay}
  - {target: typescript, path: web/pay}
  - {target: markdown, path: docs/pay.md}
`

// TestDangerousEdits makes edits that have broken somebody in practice. None passes
// as compatible.
func TestDangerousEdits(t *testing.T) {
	old := load(t, "old.yaml", []byte(published))
	for _, test := range []struct {
		name  string
		rule  diag.Rule
		edits []string // pairs of old and new text
	}{
		{"a code deleted", diag.RuleErrorRemoved, []string{"  CARD_EXPIRED: {code: \"2003\", category: cards, title: The card expired}\n", ""}},
		{"a code deleted and its reservation forgotten", diag.RuleErrorRemoved, []string{"  COIN: {code: \"2004\", category: cards, retired: {reason: Gone.}}\n", ""}},
		{"a code reused", diag.RuleCodeReused, []string{"CARD_EXPIRED: {code: \"2003\", category: cards, title: The card expired}", "FRAUD: {code: \"2003\", category: cards, title: The payment looks like fraud}"}},
		{"two codes swapped", diag.RuleCodeReused, []string{`"2002"`, `"x"`, `"2003"`, `"2002"`, `"x"`, `"2003"`}},
		{"renumbered", diag.RuleCodeChanged, []string{`"2003"`, `"2013"`}},
		{"renumbered with an alias", diag.RuleCodeChanged, []string{`code: "2003"`, `code: "2013", aliases: ["2003"]`}},
		{"a retired code reused", diag.RuleCodeReused, []string{"COIN: {code: \"2004\", category: cards, retired: {reason: Gone.}}", "FRAUD: {code: \"2004\", category: cards}"}},
		{"a reserved code used", diag.RuleReservationRemoved, []string{"CARD_EXPIRED:", "FRAUD: {code: \"2005\", category: cards}\n  CARD_EXPIRED:", "  - {code: \"2005\", name: CHEQUE, reason: withdrawn}\n", ""}},
		{"a reserved name used", diag.RuleReservationRemoved, []string{"CARD_EXPIRED:", "CHEQUE: {code: \"2006\", category: cards}\n  CARD_EXPIRED:", ", name: CHEQUE", ""}},
		{"a range cut", diag.RuleReservationRemoved, []string{"2050-2059", "2050-2058"}},
		{"an alias dropped", diag.RuleAliasRemoved, []string{"    aliases: [\"P-1\"]\n", ""}},
		{"an alias given to another error", diag.RuleCodeReused, []string{"    aliases: [\"P-1\"]\n", "", "code: \"2002\"\n", "code: \"2002\"\n    aliases: [\"P-1\"]\n"}},
		{"a synonym dropped", diag.RuleNameRemoved, []string{"    synonyms: [CARD_REJECTED]\n", ""}},
		{"a former name dropped", diag.RuleNameRemoved, []string{"    former_names: [CARD_DECLINED]\n", ""}},
		{"a former name reused", diag.RuleNameReused, []string{"    former_names: [CARD_DECLINED]\n", "", "CARD_EXPIRED:", "CARD_DECLINED: {code: \"2007\", category: cards}\n  CARD_EXPIRED:"}},
		{"renamed", diag.RuleNameRemoved, []string{"CARD_EXPIRED:", "CARD_TOO_OLD:"}},
		{"two names swapped", diag.RuleCodeReused, []string{"MOVED:", "X:", "CARD_EXPIRED:", "MOVED:", "X:", "CARD_EXPIRED:"}},
		{"status of an error", diag.RuleHTTPStatusChanged, []string{"code: \"2002\"\n", "code: \"2002\"\n    http_status: 409\n"}},
		{"status of a category", diag.RuleHTTPStatusChanged, []string{"http_status: 402", "http_status: 400"}},
		{"type URI", diag.RuleTypeURIChanged, []string{"https://pay.example/errors#", "https://pay.example/e/"}},
		{"type URI removed", diag.RuleTypeURIChanged, []string{"  type_uri: https://pay.example/errors#{code}\n", ""}},
		{"accepted type URI", diag.RuleAcceptedTypeURIRemoved, []string{"  accepted_type_uris: [\"https://old.example/{name}\"]\n", ""}},
		{"domain", diag.RuleDomainChanged, []string{"domain: pay.example", "domain: pay2.example"}},
		{"fallback", diag.RuleFallbackChanged, []string{"fallback: UNAVAILABLE", "fallback: CARD_EXPIRED"}},
		{"a param removed", diag.RuleParamRemoved, []string{"      tries: integer\n", ""}},
		{"a param renamed", diag.RuleParamRenamed, []string{"      tries: integer", "      attempts: integer"}},
		{"a param renamed in the message", diag.RuleParamRenamed, []string{"last4", "last_four"}},
		{"a param retyped", diag.RuleParamTypeChanged, []string{"tries: integer", "tries: string"}},
		{"an integer made a number", diag.RuleParamTypeChanged, []string{"tries: integer", "tries: number"}},
		{"params reordered", diag.RuleConstructorChanged, []string{"{from: string, to: integer}", "{to: integer, from: string}"}},
		{"a param added in the middle", diag.RuleConstructorChanged, []string{"{from: string, to: integer}", "{from: string, at: datetime, to: integer}"}},
		{"two params of one type", diag.RuleConstructorChanged, []string{"{from: string, to: integer}", "{from: string, to: string}"}},
		{"a param made sensitive", diag.RuleParamMadeSensitive, []string{"tries: integer", "tries: {type: integer, sensitive: true}"}},
		{"a sensitive param made public", diag.RuleParamMadePublic, []string{"token: {type: string, sensitive: true}", "token: string"}},
		{"a value removed", diag.RuleParamValueRemoved, []string{"[card, iban]", "[card]"}},
		{"public made internal", diag.RuleErrorMadeInternal, []string{"title: The card expired", "title: The card expired, audience: internal"}},
		{"internal made public", diag.RuleErrorMadePublic, []string{", audience: internal", ""}},
		{"un-reserved", diag.RuleReservationRemoved, []string{"  - {codes: \"2050-2059\", reason: partners}\n", ""}},
		{"un-retired", diag.RuleErrorRestored, []string{", retired: {reason: Gone.}", ""}},
		{"retired at once", diag.RuleRetiredUndeprecated, []string{"title: The card expired", "title: The card expired, retired: {}"}},
		{"retry of a category", diag.RuleRetryChanged, []string{"retry: after, retry_after: 30s", "retry: never"}},
		{"retry_after of a category", diag.RuleRetryChanged, []string{"30s", "5s"}},
		{"severity of a category", diag.RuleSeverityChanged, []string{"severity: critical", "severity: info"}},
		{"another category", diag.RuleCategoryChanged, []string{"code: \"5000\", category: service", "code: \"5000\", http_status: 503, category: cards"}},
		{"a category renamed", diag.RuleCategoryRemoved, []string{"  service:", "  platform:", "category: service", "category: platform"}},
		{"another meaning in the title", diag.RuleTitleChanged, []string{"title: The card expired", "title: The card was stolen"}},
		{"another meaning in the message", diag.RuleMessageChanged, []string{"Moved from {from} to {to}", "Stolen between {from} and {to}"}},
		{"a Go identifier", diag.RuleIdentifierChanged, []string{"title: The card expired", "title: The card expired, identifiers: {go: Expired}"}},
		{"a TypeScript identifier", diag.RuleIdentifierChanged, []string{"title: The card expired", "title: The card expired, identifiers: {typescript: EXPIRED}"}},
		{"the name of the catalog", diag.RulePackageChanged, []string{"name: pay\n", "name: payments\n"}},
		{"the path of the Go package", diag.RulePackageChanged, []string{"path: pay}", "path: internal/pay}"}},
		{"the Go package dropped", diag.RulePackageChanged, []string{"  - {target: go, path: pay}\n", ""}},
		{"the page moved", diag.RuleDocumentMoved, []string{"docs/pay.md", "docs/errors.md"}},
		{"a metadata key dropped", diag.RuleMetadataRemoved, []string{"  team: {type: string}\n", "", "team: cards, ", ""}},
		{"a metadata key retyped", diag.RuleMetadataTypeChanged, []string{"team: {type: string}", "team: {type: \"string[]\"}", "team: cards", "team: [cards]"}},
		{"a metadata key made internal", diag.RuleMetadataMadeInternal, []string{"team: {type: string}", "team: {type: string, audience: internal}"}},
	} {
		edited := published
		for i := 0; i < len(test.edits); i += 2 {
			if !strings.Contains(edited, test.edits[i]) {
				t.Fatalf("%s: the catalog has no %q", test.name, test.edits[i])
			}
			edited = strings.ReplaceAll(edited, test.edits[i], test.edits[i+1])
		}
		found := compat.Compare(old, load(t, "new.yaml", []byte(edited)))
		var got []string
		reported := false
		for _, c := range found {
			got = append(got, c.Rule.ID())
			reported = reported || c.Rule == test.rule
		}
		if !reported {
			t.Errorf("%s: the changes are %q, without %s", test.name, got, test.rule)
		}
	}
	if found := compat.Compare(old, load(t, "new.yaml", []byte(published))); len(found) > 0 {
		t.Errorf("the same catalog has changes: %v", compat.Findings(found))
	}
}

// BenchmarkCompare compares 10,000 errors with themselves after a change of each.
func BenchmarkCompare(b *testing.B) {
	source := catalogtest.YAML(10_000)
	old, _ := generator.Load("old.yaml", source)
	current, _ := generator.Load("new.yaml", bytes.ReplaceAll(source, []byte(".\n"), []byte("!\n")))
	for b.Loop() {
		compat.Compare(old, current)
	}
}
