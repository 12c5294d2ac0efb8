package prose_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/prose"
)

// TestSimple checks which texts are read without the parser, and that the
// parser reads the same.
func TestSimple(t *testing.T) {
	for _, test := range []struct {
		src    string
		simple bool
	}{
		{"", true},
		{"Nothing has changed.", true},
		{"snake_case > 2 - 1 = 1; (a) {b} \"c\" 50 % ~ $1 | a@b.c\n\n", true},
		{"Überall, 日本語", true},
		{"The header `Idempotency-Key` keeps its meaning.", true},
		{"`a`` b`", false},
		{"`[x](https://e.com) <b> & \\ *c*`", true},
		{"` `", false},
		{"`a", false},
		{"`\n1) `", false},
		{"See the [overview of limits](https://docs.example.com/limits#a) for more.", true},
		{"[a](b)[c](#d)", true},
		{"an ![image](https://e.com)", false},
		{"[a](javascript:x)", false},
		{"[a](b \"c\")", false},
		{"[a](<b>)", false},
		{"[a](b(c))", false},
		{"[a]: https://e.com", false},
		{"[](https://e.com)", false},
		{"[ ](https://e.com)", false},
		{"[`a`](b)", false},
		{"in the region, *not* in the other: **never**.", true},
		{"*a **b** c*", false},
		{"a*b*", false},
		{"*a*b", false},
		{"* a*", false},
		{"*a.*", false},
		{"***a***", false},
		{"_a_", false},
		{"a &amp; b", false},
		{`a\b`, false},
		{"<https://e.com>", false},
		{"See https://e.com", false},
		{"a: b, c:d, e:/f", true},
		{"[see https://e.com](b)", false},
		{"`a://b`", true},
		{"a|b", true},
		{"- a", false},
		{"# a", false},
		{"12. a", false},
		{"12 a", true},
		{"12", true},
		{"a\nb", false},
		{" a", false},
		{"a\u202eb `c`", false},
		{"`" + strings.Repeat("a", 1<<11) + "`", false},
	} {
		if got := prose.IsSimple(test.src); got != test.simple {
			t.Errorf("%q is simple: %v", test.src, got)
		}
		if !prose.SameTree(prose.Parse(test.src), prose.ParseAll(test.src)) {
			t.Errorf("%q: the parser reads something else", test.src)
		}
	}
}

// Any combination that is read without the parser is what the parser would
// read.
func TestSimpleTextsAreWhatTheParserReads(t *testing.T) {
	pieces := []string{
		"a", "b_c", "_", " ", "  ", ".", ",", "!", "(", ")", "1.", "é", "日", "“", "\u00a0", "\u200b",
		"*", "**", "`", "``", "[", "]", "](", "](#x)", "](https://e.com/a?b=c)", "](mailto:a@b.c)", "](a:b)", "](/x_y)", "](x&y)",
		"*a*", "**a b**", "`a`", "`*`", "` a `", "[a](b)", "[a b](https://e.com)", "<", ">", "&", "&lt;", `\`, "-", "+", "#", "~", "|", "\n", "'", ":", "://", "https://e.com", "HTTP://", "h", "\n|-|\n", `"`,
	}
	random := rand.New(rand.NewPCG(1, 2))
	simple := 0
	for range 20_000 {
		var b strings.Builder
		for range 1 + random.IntN(8) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		src := b.String()
		if prose.IsSimple(src) {
			simple++
		}
		if !prose.SameTree(prose.Parse(src), prose.ParseAll(src)) {
			t.Errorf("%q: %q, but the parser reads %q", src, prose.Parse(src).Markdown(), prose.ParseAll(src).Markdown())
		}
	}
	if simple < 1000 {
		t.Errorf("only %d texts were simple", simple)
	}
}
