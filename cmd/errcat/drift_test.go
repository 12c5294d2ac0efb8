package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/files"
)

// TestDiffs checks how many lines of differences are printed, and that the text
// of a file is neither control characters nor a command of a CI system.
func TestDiffs(t *testing.T) {
	text := func(lines ...string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }
	long := strings.Repeat("\u00e9", 400)
	changes := []files.Change{
		{Path: "a\x1b.md", Kind: files.Changed, Old: text("::error::x", "\t::error::x", "old"), New: text("::error::x", "\t::error::x", "\x1b[2J##[error]")},
		{Path: "missing.md", Kind: files.Missing, New: text("new")},
		{Path: "b.md", Kind: files.Changed, Old: text("old"), New: text(long)},
	}
	first := []string{
		"", `--- a\x1b.md`, `+++ a\x1b.md`, "@@ -1,3 +1,3 @@", ` \x3a:error::x`, " \t" + `\x3a:error::x`, "-old", `+\x1b[2J\x23#[error]`, "",
	}
	second := []string{"--- b.md", "+++ b.md", "@@ -1 +1 @@", "-old"}
	rest := []string{"", "These are not all differences; --diff=all shows them.", ""}
	for _, test := range []struct {
		limit diffLimit
		want  [][]string
	}{
		{allLines, [][]string{first, second, {"+" + long, ""}}},
		{100, [][]string{first, second, {"+" + long[:498] + "...", ""}}},
		{12, [][]string{first, second, {"+" + long[:498] + "...", ""}}},
		{11, [][]string{first, second, rest}},
		{7, [][]string{first[:len(first)-1], rest}},
		{2, [][]string{first[:3], rest}},
		{0, [][]string{{""}}},
	} {
		var b bytes.Buffer
		if err := writeDiffs(&b, changes, test.limit); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, lines := range test.want {
			want = append(want, lines...)
		}
		// udiff ends each file with an empty line.
		if got := strings.ReplaceAll(b.String(), "\n\n\n", "\n\n"); got != strings.Join(want, "\n") {
			t.Errorf("%d: got\n%q\nwant\n%q", test.limit, got, strings.Join(want, "\n"))
		}
	}
}
