package prose_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/prose"
)

func TestProblems(t *testing.T) {
	for _, test := range []struct {
		src  string
		kind prose.ProblemKind
		want string // the source; empty if there is no problem
	}{
		{"# a", prose.MarkdownHeading, "# a"},
		{"a\n\n- ## b #", prose.MarkdownHeading, "## b #"},
		{"a\nb\n===", prose.MarkdownHeading, "a"},
		{"a\n---", prose.MarkdownHeading, "a"},
		{"#", 0, ""},
		{"#a, C#, \\# a, `# a`", 0, ""},
		{"> a\n> # b", prose.BlockQuote, "> a"},
		{"1. a\n   > b", prose.BlockQuote, "> b"},
		{"> 5 or >= 6", 0, ""},
		{">=5", 0, ""},
		{"* * *", prose.HorizontalRule, "* * *"},
		{"a\n\n___", prose.HorizontalRule, "___"},
		{"- a\n- [x] b", prose.TaskList, "[x] b"},
		{"[ ] a, a [x] b", 0, ""},
		{"0. a\n1. b", prose.ListStart, "0. a"},
		{"7. a", 0, ""},
		{"12 a", 0, ""},
		{"a ![b](c) d", prose.Image, "![b](c)"},
		{"a ~~b~~ c", prose.Strikethrough, "~~b~~"},
		{"~a~ ~~ b", 0, ""},
		{"[a]: b.c", prose.LinkDefinition, "[a]: b.c"},
		{"[a]: word", 0, ""},
		{"a\n[b]: c.d", 0, ""},
		{"a[^1]\n\n[^1]: b c", prose.Footnote, "[^1]: b c"},
		{"a[^1]", 0, ""},
		{"<B>a</b>", prose.RawHTML, "<B>"},
		{"<br/>", prose.RawHTML, "<br/>"},
		{"a <span title=b>", prose.RawHTML, "<span title=b>"},
		{"a\n\n<table>\nb\n</table>", prose.RawHTML, "<table>"},
		{"<table> a <code>, <name>b</name> <x y=z> </b> <?php ?>", 0, ""},
		{"a <!-- b --> c", prose.HTMLComment, "<!-- b -->"},
		{"<!-- a\nb -->", prose.HTMLComment, "<!-- a"},
		{"[a](javascript:b)", prose.DisallowedLink, "[a](javascript:b)"},
		{"[a](#)", prose.DisallowedLink, "[a](#)"},
		{"[a](http:b)", prose.DisallowedLink, "[a](http:b)"},
		{"[a](HTTPS:///b)", prose.DisallowedLink, "[a](HTTPS:///b)"},
		{"a <httP:b>", prose.DisallowedLink, "<httP:b>"},
		{"[a](HTTPS://b) <HTTPS://b>", 0, ""},
		{"<ftp://a.b>", prose.DisallowedLink, "<ftp://a.b>"},
		{"<host:port> <a@b.c> <https://a.b>", 0, ""},
		{"[*a* `b`](../c.md \"d\")", prose.RelativeLink, "[*a* `b`](../c.md \"d\")"},
		{"| a |\n|-|\n| [b](c) |", prose.RelativeLink, "[b](c)"},
		{"[a](#b) [c](https://d.e) [f](//g.h) `[i](j)`", 0, ""},
		{"    # a\n\n```\n<b>c</b>\n```", 0, ""},
		{" \f\\ [x ]\n  - [ ] y", prose.TaskList, "[ ] y"},
		{"\f\n---", prose.MarkdownHeading, "\f"},
		{"- a\n\n\t> b c", prose.BlockQuote, "> b c"},
		{"- a\n  - b\n\n\t  ## c", prose.MarkdownHeading, "## c"},
		{"- a\n\n\t* * *", prose.HorizontalRule, "* * *"},
		{"- a\n\n\t<!-- b -->", prose.HTMLComment, "<!-- b -->"},
		{"- a\n\n\t<br>\n", prose.RawHTML, "<br>"},
		{"*\n    - 0\n\n    \t>", prose.BlockQuote, ">"},
		{"- a\n\n\t[b](c)", prose.RelativeLink, "[b](c)"},
		{"1. a\n\n\t3. b\n\t4. c", prose.ListStart, "3. b"},
		{strings.Repeat("*", 4000) + "\n\n# a", 0, ""}, // would take too long
		{strings.Repeat("> ", 1000) + "a", prose.BlockQuote, strings.TrimSpace(strings.Repeat("> ", 1000) + "a")},
	} {
		problems := prose.Parse(test.src).Problems()
		switch {
		case test.want == "":
			if len(problems) > 0 {
				t.Errorf("%q has the problems %+v", test.src, problems)
			}
		case len(problems) != 1:
			t.Errorf("%q has %d problems: %+v", test.src, len(problems), problems)
		case problems[0].Kind != test.kind || problems[0].Source != test.want || !strings.HasPrefix(test.src[problems[0].At:], test.want):
			t.Errorf("%q has the problem %+v, want kind %d and %q", test.src, problems[0], test.kind, test.want)
		}
	}
}
