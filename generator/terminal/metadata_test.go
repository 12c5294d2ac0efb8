package terminal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/terminal"
)

// TestCompletions lists the words that complete values.
func TestCompletions(t *testing.T) {
	var many strings.Builder
	for i := range 51 {
		fmt.Fprintf(&many, "  M%d: {http_status: 409, metadata: {many: v%[1]d, some: %[2]q, url: \"#%[1]d\", one: a-Z_0.9/:@%%+}}\n", i, []string{"a", "b c", "$x"}[i%3])
	}
	large := load.Source(t, []byte("version: 1\ncatalog: {name: many}\nerrors:\n"+many.String()))
	shop := load.Source(t, []byte(`
version: 1
catalog: {name: shop}
categories: {goods: {title: The goods, http_status: 404}, office: {http_status: 503}}
metadata: {f: boolean, e: {type: enum, values: [x, z]}, n: integer}
errors:
  LOST: {code: "1", category: goods, title: Lost, tags: [b, a], owner: team-a, metadata: {e: z, n: -1, f: true}}
  DOWN: {code: "2", category: office, title: Down, tags: [a], owner: "a b"}
`))
	for _, test := range []struct {
		kind     terminal.CompletionKind
		catalogs []*catalog.Catalog
		want     string
	}{
		{terminal.CompleteCodes, []*catalog.Catalog{shop}, "1 (Lost), 2 (Down), LOST (Lost), DOWN (Down)"},
		{terminal.CompleteCategories, []*catalog.Catalog{shop}, "goods (The goods), office (Office)"},
		{terminal.CompleteTags, []*catalog.Catalog{shop}, "a (), b ()"},
		{terminal.CompleteOwners, []*catalog.Catalog{shop}, "a b (), team-a ()"},
		{terminal.CompleteStatuses, []*catalog.Catalog{shop, large}, "404 (Not Found), 409 (Conflict), 4xx (), 503 (Service Unavailable), 5xx ()"},
		{terminal.CompleteMetadata, []*catalog.Catalog{shop}, "f=true (), f=false (), e=x (), e=z (), n=-1 ()"},
		{terminal.CompleteMetadata, []*catalog.Catalog{large}, "many= (), some=a (), some=b c (), some=$x (), url= (), one=a-Z_0.9/:@%+ ()"},
		{"nothing", []*catalog.Catalog{shop}, ""},
		{terminal.CompleteCodes, nil, ""},
	} {
		var got []string
		for _, c := range terminal.Completions(test.kind, test.catalogs...) {
			got = append(got, fmt.Sprintf("%s (%s)", c.Word, c.About))
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s are %s, want %s", test.kind, got, test.want)
		}
	}
}

// TestIsShellWord checks that a completion has only what shells take as it is.
func TestIsShellWord(t *testing.T) {
	for _, word := range []string{"2205", "IST:0101/a", "A.B-c_d", "class=warning", "team/größe", "@team", "markdown=docs/", "a,b", "-32700"} {
		if !terminal.IsShellWord(word) {
			t.Errorf("%q is no word", word)
		}
	}
	for _, word := range append(hostile, "", "a b", "$(touch x)", "`x`", "a;b", "a|b", "a&b", "a*", "a?", "[a]", "{a}", "~", "!x", "#x", "'", "\"", "\\", "<", ">", "^", "=ls") {
		if terminal.IsShellWord(word) && strings.ContainsAny(word, " \t\n\x1b$`;|&*?[]{}~!#'\"\\<>^()\u202e") {
			t.Errorf("%q is a word", word)
		}
	}
}

// TestMetadataFilter selects errors by metadata.
func TestMetadataFilter(t *testing.T) {
	c := load.Source(t, []byte(`
version: 1
catalog: {name: shop}
metadata: {kind: {type: enum, values: [a, b, c]}, Kind2: string, n: integer, flag: boolean, teams: "string[]"}
errors:
  A: {http_status: 409, metadata: {kind: a, Kind2: X, n: 5}}
  B: {http_status: 409, metadata: {kind: b, flag: false, teams: [t, u]}}
  C: {http_status: 409, metadata: {n: 5, teams: [u]}}
`))
	for filters, want := range map[string]string{
		"":                      "A B C",
		"kind=a":                "A",
		"KIND=B":                "B",
		"kind=a kind=b":         "A B",
		"kind=a n=5":            "A",
		"kind=b n=5":            "",
		"kind=c":                "",
		"kind=c kind=a":         "A",
		"teams=u":               "B C",
		"teams=u flag=false":    "B",
		"flag=true":             "",
		"kind2=x":               "A",
		"n=5 teams=t teams=u":   "C",
		"kind":                  "error: --metadata kind: must be KEY=VALUE",
		"kin=a":                 "error: --metadata kin: the catalog has no such metadata key; did you mean kind?",
		"kind=d":                "error: --metadata kind=d: the catalog has no such value of kind; it has a, b, c",
		"n=":                    "error: --metadata n=: the catalog has no such value of n; it has 5",
		"flag=true flag=truely": "error: --metadata flag=truely: the catalog has no such value of flag; did you mean true?",
	} {
		var got []string
		errors, err := terminal.Filter{Metadata: strings.Fields(filters)}.Errors(c)
		if err != nil {
			got = []string{"error:", err.Error()}
		}
		for _, e := range errors {
			got = append(got, e.Name)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q selects %q, want %q", filters, got, want)
		}
	}
}
