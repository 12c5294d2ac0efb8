package golang

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/prose"
)

func TestComment(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"text", "It failed.", []string{"It failed."}},
		{"without a full stop", "It failed", []string{"It failed."}},
		{"paragraphs", "One.\n\nTwo.", []string{"One.", "", "Two."}},
		{"nothing", " \n ", nil},
		{
			"wrapped", strings.Repeat("word ", 20),
			[]string{"word word word word word word word word word word word word word word word", "word word word word word."},
		},
		{
			"a line does not begin with markup", strings.Repeat("word ", 15) + "- # 1. BUG(x): Deprecated: word",
			[]string{"word word word word word word word word word word word word word word", "word - # 1. BUG(x): Deprecated: word."},
		},
		{"a long word", "a " + strings.Repeat("x", 100), []string{"a", strings.Repeat("x", 100) + "."}},
		{"a list", "Do:\n\n- this\n- that", []string{"Do:", "", "  - this", "  - that"}},
		{"a numbered list", "Do:\n\n1. this\n2. that", []string{"Do:", "", " 1. this", " 2. that"}},
		{
			"lists in a list", "- one\n  1. two\n     - three\n- four\n\n  five",
			[]string{"  - one", "  - 1. two", "  - three", "  - four", "", "    five"},
		},
		{"code", "Run:\n\n    make\n\n      test\n\nDone", []string{"Run:", "", "\tmake", "", "\t  test", "", "Done."}},
		{"a list after code", "```\nmake\n```\n- this", []string{"\tmake", "", "- this"}},
		{"code after a list", "- this\n\n```\nmake\n```", []string{"  - this", "", "make."}},
		{"a heading", "\\# Heading", []string{`\# Heading.`}},
		{"a link definition", "\\[x]: https://example.com", []string{`\[x]: https://example.com.`}},
		{"a deprecation", "Deprecated: x", []string{`\Deprecated: x.`}},
		{"a note", "BUG(me): x", []string{`\BUG(me): x.`}},
		{"a build constraint", "\\+build x", []string{`\+build x.`}},
		{"a directive", "//go:build x", []string{"//go:build x."}},
		{"markup in code", "    # x\n    BUG(x): y\n    ok", []string{"\t\\# x", "\t\\BUG(x): y", "\tok"}},
		{"quotes", "SQL has '' and ``x''", []string{"SQL has '\\' and `\\`x'\\'"}},
		{"invisible characters", "a\x1b[31m\u202eb\u2028c", []string{`a\x1b[31m\u202eb\u2028c.`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := new(comment)
			c.prose("", "", prose.Parse(test.text))
			var want []string
			for _, line := range test.want {
				if line != "" && line[0] != '\t' {
					line = " " + line
				}
				want = append(want, "//"+line)
			}
			if got, want := c.String(), strings.Join(want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
