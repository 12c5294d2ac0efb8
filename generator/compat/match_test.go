package compat_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
)

// TestRenames gives an error another NAME under the same code: that is a rename if it
// looks like the same error, and a reuse of the code if it does not.
func TestRenames(t *testing.T) {
	const head = "version: 1\ncatalog: {name: shop}\nerrors:\n  "
	for _, test := range []struct {
		old, now string
		want     diag.Rule
	}{
		{"CARD_LOST: {code: \"1\", http_status: 402}", "LOST: {code: \"1\", http_status: 402}", diag.RuleNameRemoved},
		{"LOST: {code: \"1\", http_status: 402}", "CARD_LOST: {code: \"1\", http_status: 402}", diag.RuleNameRemoved},
		{"card.lost: {code: \"1\", http_status: 402}", "CARD_LOST: {code: \"1\", http_status: 402}", diag.RuleNameRemoved},
		{"CARD_LOST: {code: \"1\", http_status: 402}", "CARD_LOSS: {code: \"1\", http_status: 402}", diag.RuleNameRemoved},
		{"CARD_LOST: {code: \"1\", aliases: [\"2\"], http_status: 402}", "STOLEN: {code: \"1\", aliases: [\"2\"], http_status: 402}", diag.RuleNameRemoved},
		{"CARD_LOST: {code: \"1\", http_status: 402, message: It is gone}", "STOLEN: {code: \"1\", http_status: 402, message: It is gone}", diag.RuleNameRemoved},
		{"CARD_LOST: {code: \"1\", former_names: [LOST], http_status: 402}", "STOLEN: {code: \"1\", synonyms: [LOST], http_status: 402}", diag.RuleNameRemoved},
		{"CARD_LOST: {code: \"1\", http_status: 402}", "CARDLOST: {code: \"1\", http_status: 402, tags: [x]}", diag.RuleNameRemoved},
		{"CARD_LOST: {code: \"1\", http_status: 402, description: It is gone}", "STOLEN: {code: \"1\", http_status: 402, description: It is gone}", diag.RuleNameRemoved},
		{"CARD_LOST: {code: \"1\", http_status: 402, description: It is gone}", "STOLEN: {code: \"1\", http_status: 402, description: Somebody has it}", diag.RuleCodeReused},
		{"CARD_LOST: {code: \"1\", http_status: 402}", "STOLEN: {code: \"1\", http_status: 402}", diag.RuleCodeReused},
		{"CARD_LOST: {code: \"1\", http_status: 402}", "LOST: {code: \"1\", http_status: 404}", diag.RuleCodeReused},
		{"CARD_LOST: {code: \"1\", http_status: 402}", "CARD_FOUND: {code: \"1\", http_status: 402}", diag.RuleCodeReused},
		{"CARD_LOST: {code: \"1\", http_status: 402}", "LOST: {code: \"1\", http_status: 402, params: {x: string}}", diag.RuleCodeReused},
	} {
		found := compat.Compare(load(t, "old.yaml", []byte(head+test.old+"\n")), load(t, "new.yaml", []byte(head+test.now+"\n")))
		var breaking []string
		for _, c := range found {
			if c.IsBreaking() {
				breaking = append(breaking, c.Rule.ID())
			}
		}
		if !slices.Equal(breaking, []string{test.want.ID()}) {
			t.Errorf("from %s to %s: %q, want %s", test.old, test.now, breaking, test.want)
		}
	}
}

// TestMerges merges errors into one. Which of them it continues does not depend on their
// order: the one whose name it keeps, else the one whose code it keeps.
func TestMerges(t *testing.T) {
	const head = "version: 1\ncatalog: {name: shop, http: false}\nerrors:\n"
	for _, test := range []struct {
		first, second, now string
		// want are the errors that are not continued.
		want []string
	}{
		{`LOST: {code: "1"}`, `STOLEN: {code: "2"}`, `LOST: {code: "1", aliases: ["2"], former_names: [STOLEN]}`, []string{"the error STOLEN (2) was merged into LOST (1), so that code which distinguishes them does not compile"}},
		{`LOST: {code: "1"}`, `STOLEN: {code: "2"}`, `LOST: {code: "3", former_names: [STOLEN]}`, []string{"the error STOLEN (2) was removed"}},
		{`LOST: {code: "1"}`, `STOLEN: {code: "2"}`, `GONE: {code: "3", aliases: ["2", "1"], former_names: [LOST, STOLEN]}`, []string{"the error STOLEN (2) was merged into GONE (3), so that code which distinguishes them does not compile"}},
		{`LOST: {code: "1", message: Gone}`, `STOLEN: {code: "2", message: Gone}`, `GONE: {code: "2", aliases: ["1"], message: Gone}`, []string{"the code 1 meant LOST, and now means GONE"}},
	} {
		now := load(t, "new.yaml", []byte(head+"  "+test.now+"\n"))
		for _, order := range []string{"  " + test.first + "\n  " + test.second, "  " + test.second + "\n  " + test.first} {
			var got []string
			for _, c := range compat.Compare(load(t, "old.yaml", []byte(head+order+"\n")), now) {
				if strings.Contains(c.Message, "merged") || c.Rule == diag.RuleErrorRemoved || c.Rule == diag.RuleCodeReused {
					got = append(got, c.Message)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("to %s from\n%s:\n%q, want %q", test.now, order, got, test.want)
			}
		}
	}
}
