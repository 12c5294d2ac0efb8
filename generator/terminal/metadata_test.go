package terminal_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/terminal"
)

// TestMetadataWords checks that a completion has only what shells take as it is.
func TestMetadataWords(t *testing.T) {
	var many strings.Builder
	for i := range 51 {
		fmt.Fprintf(&many, "  M%d: {http_status: 409, metadata: {many: v%[1]d, \"unsafe key\": x, \"k$(x)\": y, some: %[2]q, url: \"#%[1]d\", one: a-Z_0.9/:@%%+}}\n", i, []string{"a", "b c", "$x"}[i%3])
	}
	c := load(t, "version: 1\ncatalog: {name: shop}\nerrors:\n"+many.String())
	var b bytes.Buffer
	if err := terminal.WriteMetadataWords(&b, c); err != nil {
		t.Fatal(err)
	}
	if want := "METADATA\nmany=\nsome=a\nurl=\none=a-Z_0.9/:@%+\n"; b.String() != want {
		t.Errorf("the words are %q, want %q", b.String(), want)
	}

	c = load(t, "version: 1\ncatalog: {name: shop}\nmetadata: {f: boolean, e: {type: enum, values: [x, z]}, n: integer}\nerrors: {A: {http_status: 409, metadata: {e: z, n: -1, f: true}}}\n")
	b.Reset()
	if err := terminal.WriteMetadataWords(&b, c); err != nil {
		t.Fatal(err)
	}
	if want := "METADATA\nf=true\nf=false\ne=x\ne=z\nn=-1\n"; b.String() != want {
		t.Errorf("the words are %q, want %q", b.String(), want)
	}
}

// TestMetadataFilter selects errors by metadata.
func TestMetadataFilter(t *testing.T) {
	c := load(t, `
version: 1
catalog: {name: shop}
metadata: {kind: {type: enum, values: [a, b, c]}, Kind2: string, n: integer, flag: boolean, teams: "string[]"}
errors:
  A: {http_status: 409, metadata: {kind: a, Kind2: X, n: 5}}
  B: {http_status: 409, metadata: {kind: b, flag: false, teams: [t, u]}}
  C: {http_status: 409, metadata: {n: 5, teams: [u]}}
`)
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
