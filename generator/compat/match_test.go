package compat_test

import (
	"slices"
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
