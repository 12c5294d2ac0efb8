package prose_test

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/prose"
)

var hostile = []string{
	"", " ", "a", `"`, `'`, "`", "``a``", `\`, `\\`, `a\`, `*/`, `/*`, `//`, `%s`, `{`, `}`, `{{x}}`, `${x}`, `|`, `\|`, `a|b`, `<script>`, `<!-- -->`, `</a>`, `<a@b.c>`, `<https://a.b>`,
	`](x)`, `[x](y)`, `![x](y)`, `[x]`, `[x]: y`, `[^1]`, `[ ] x`, `#`, `# x`, `x #`, `###### x ######`, `---`, `***`, `___`, `* * *`, `===`, `- x`, `-`, `--`, `+ x`, `* x`, `1. x`, `1) x`, `1.`, `12345678901. x`,
	`> x`, `>x`, `*x*`, `**x**`, `_x_`, `__x__`, `a_b_c`, `_a`, `a_`, `a _ b _`, `~x~`, `~~x~~`, `$x$`, `&amp;`, `&#42;`, `&copy`, `&x;`, `AT&T`, `www.a.b`, `WWW.a.b`, `(www.a.b)`, `xwww.a.b`,
	`http://a.b`, `https://a.b/c`, `HTTPS://a.b`, `ftp://a.b`, `a://b`, `mailto:a@b.c`, `a@b.c`, `a.b@c.d`, `@a`, `a@`, "a\nb", "a\r\nb", "a\tb", "  a  b  ", "    a", "\ta", "~~~", "```", ":-:", ":--", "a\u2028b", "\u202ea", "\x1b[31m", "\xff", "日本。", "❤️", "👨‍👩‍👧",
	"a!", "a.", "a;", "a#", "a #", "a。", "a...", ".", "#", ":smile:", "{#a}", "<a\nb>", "a<b", "a>b", "1 < 2 > 0", `C:\dir\*`, `\&amp;`, `a\ b`,
}

func TestEscapeShowsTheText(t *testing.T) {
	for _, s := range hostile {
		checkEscape(t, s)
	}
}

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))

// checkEscape checks that escaped text shows as it is: in a paragraph, a
// heading, a table cell and other places.
func checkEscape(t *testing.T, s string) {
	t.Helper()
	want := prose.Line(s)
	escaped := prose.GFM.Escape(s)
	if strings.ContainsAny(escaped, "\n\r\t") {
		t.Errorf("Escape(%q) is not on one line: %q", s, escaped)
	}
	if want == "" {
		if escaped != "" {
			t.Errorf("Escape(%q) = %q", s, escaped)
		}
		return
	}
	for _, test := range []struct{ where, source string }{
		{"a paragraph", escaped},
		{"a paragraph, behind words", "**x** " + escaped},
		{"a paragraph, between parentheses", "(" + escaped + ")"},
		{"a heading", "# " + prose.GFM.EscapeHeading(s)},
		{"a list item", "- " + escaped},
		{"the words of a link", "[" + escaped + "](u)"},
		{"a table cell", "| a | b |\n| - | - |\n| " + escaped + " | c |"},
	} {
		wantHere := want
		switch test.where {
		case "a paragraph, behind words":
			wantHere = "x " + want
		case "a paragraph, between parentheses":
			wantHere = "(" + want + ")"
		case "a table cell":
			wantHere = "a\nb\n" + want + "\nc"
		}
		doc := gfm.Parser().Parse(text.NewReader([]byte(test.source)))
		if got := shown(t, doc, test.source); got != wantHere {
			t.Errorf("%q in %s shows as %q, written as %q", s, test.where, got, test.source)
		}
		_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch n.Kind() {
			case ast.KindAutoLink, ast.KindImage, ast.KindRawHTML, ast.KindHTMLBlock, ast.KindCodeSpan, ast.KindBlockquote:
				t.Errorf("%q in %s is a %s, written as %q", s, test.where, n.Kind(), test.source)
			}
			return ast.WalkContinue, nil
		})
	}
}

// shown returns what a reader sees, with each table cell on its own line.
func shown(t *testing.T, doc ast.Node, source string) string {
	t.Helper()
	var b bytes.Buffer
	if err := gfm.Renderer().Render(&b, []byte(source), doc); err != nil {
		t.Fatal(err)
	}
	s := tag.ReplaceAllString(b.String(), "")
	return html.UnescapeString(strings.Trim(lines.ReplaceAllString(s, "\n"), "\n"))
}

var (
	tag   = regexp.MustCompile(`<[^>]*>`)
	lines = regexp.MustCompile(`\n+`)
)

func TestEscape(t *testing.T) {
	for _, test := range []struct{ s, want, heading string }{
		{"Invalid JSON", "Invalid JSON", "Invalid JSON"},
		{"Use user_id.", "Use user_id.", "Use user_id&#46;"},
		{"AT&T & co", "AT&T & co", "AT&T & co"},
		{"a < b | c", `a \< b \| c`, `a \< b \| c`},
		{"# *a* [b](c)", `\# \*a\* \[b\](c)`, `\# \*a\* \[b\](c)`},
		{"C #", "C #", "C &#35;"},
		{"one\n two", "one two", "one two"},
		{"\x1b[0m", `\\x1b\[0m`, `\\x1b\[0m`},
	} {
		if got := prose.GFM.Escape(test.s); got != test.want {
			t.Errorf("Escape(%q) = %q, want %q", test.s, got, test.want)
		}
		if got := prose.GFM.EscapeHeading(test.s); got != test.heading {
			t.Errorf("EscapeHeading(%q) = %q, want %q", test.s, got, test.heading)
		}
	}
}

func TestCodeSpan(t *testing.T) {
	for _, test := range []struct{ s, want, cell string }{
		{"", "", ""},
		{" \n", "", ""},
		{"a", "`a`", "`a`"},
		{" a\n b ", "`a b`", "`a b`"},
		{"`", "`` ` ``", "`` ` ``"},
		{"a``b", "`a``b`", "`a``b`"},
		{"a`b``c", "```a`b``c```", "```a`b``c```"},
		{"a|b", "`a|b`", "`a\\|b`"},
		{`a\|b`, "`a\\|b`", `a\\\|b`},
		{`a\`, "`a\\`", "`a\\`"},
		{"\u202e", "`\\u202e`", "`\\u202e`"},
	} {
		if got := prose.GFM.CodeSpan(test.s); got != test.want {
			t.Errorf("CodeSpan(%q) = %q, want %q", test.s, got, test.want)
		}
		if got := prose.GFM.CellCodeSpan(test.s); got != test.cell {
			t.Errorf("CellCodeSpan(%q) = %q, want %q", test.s, got, test.cell)
		}
	}
}

func TestFence(t *testing.T) {
	for _, test := range []struct{ info, s, want string }{
		{"", "a", "```text\na\n```"},
		{"go", "a\n\tb \r\nc", "```go\na\n    b\nc\n```"},
		{"yaml", "a: b", "```yaml\na: b\n```"},
		{"", "```\nb\n````", "`````text\n```\nb\n````\n`````"},
		{"", "\u2028", "```text\n\\u2028\n```"},
	} {
		if got := string(prose.GFM.AppendFence(nil, test.info, test.s)); got != test.want {
			t.Errorf("Fence(%q, %q) = %q, want %q", test.info, test.s, got, test.want)
		}
	}
}

func TestLink(t *testing.T) {
	for _, test := range []struct{ title, url, want string }{
		{"Errors", "https://e.com/a", "[Errors](https://e.com/a)"},
		{"", "https://e.com/a_b", "<https://e.com/a_b>"},
		{"https://e.com", "https://e.com", "<https://e.com>"},
		{"", "guide.md", "[guide.md](guide.md)"},
		{"*a* | b", "x.md", `[\*a\* \| b](x.md)`},
		{"here", "https://e.com", "[here](https://e.com)"},
		{"Here!", "x.md", "[Here!](x.md)"},
		{"x", "y.md", "[&#120;](y.md)"},
		{"mail", "mailto:a@b.c", "[mail](mailto:a@b.c)"},
		{"a", "javascript:alert(1)", "a (javascript:alert(1))"},
		{"", "javascript:alert(1)", "javascript:alert(1)"},
		{"a", "java\nscript:x", "a (java script:x)"},
		{"a", "https://e.com/ x", `a (https\://e.com/ x)`},
		{"a", "http:e", `a (http:e)`},
		{"", "HTTPS:///e", `HTTPS\:///e`},
		{"a](x", "https://e.com/)", `[a\](x](https://e.com/%29)`},
		{"", "", ""},
		{strings.Repeat("a", 1000), "https://e.com", strings.Repeat("a", 1000) + " (<https://e.com>)"},
	} {
		if got := prose.GFM.Link(test.title, test.url); got != test.want {
			t.Errorf("Link(%q, %q) = %q, want %q", test.title, test.url, got, test.want)
		}
	}
}

func TestVisible(t *testing.T) {
	for _, test := range []struct{ s, want string }{
		{"", ""},
		{"plain, with\ttab\nand line", "plain, with\ttab\nand line"},
		{"wörter 日本 🔥 \u00a0\u3000", "wörter 日本 🔥 \u00a0\u3000"},
		{"\x00\x1b[31m\x7f\r\v", `\x00\x1b[31m\x7f\r\x0b`},
		{"\u0085\u009b", `\u0085\u009b`},
		{"a\u2028b\u2029c", `a\u2028b\u2029c`},
		{"\u200e\u200f\u202a\u202e\u2066\u2069\u061c", `\u200e\u200f\u202a\u202e\u2066\u2069\u061c`},
		{"\ufeff\u200b\u2060\u00ad", `\ufeff\u200b\u2060\u00ad`},
		{"\u3164\u115f\u034f\u180e\u2800", `\u3164\u115f\u034f\u180e\u2800`},
		{"\U000e0041\U000e0101\U0001d173", `\U000e0041\U000e0101\U0001d173`},
		{"\ufffe\U0001ffff", `\ufffe\U0001ffff`},
		{"a\xffb\xe2\x80", `a\xffb\xe2\x80`},
		{"\ufffd", "\ufffd"},
		{"👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3", "👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3"},
		{"\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"},
		{"a\u200db \u200d\u200d \ufe0f\ufe0f", `a\u200db \u200d\u200d \ufe0f\ufe0f`},
		{"\ufe0fa \ufe0f", `\ufe0fa \ufe0f`},
		{"❤\ufe0f\ufe0f", "❤\ufe0f" + `\ufe0f`},
	} {
		got := prose.Visible(test.s)
		if got != test.want {
			t.Errorf("Visible(%q) = %q, want %q", test.s, got, test.want)
		}
		if again := prose.Visible(got); again != got {
			t.Errorf("Visible(%q) = %q", got, again)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		s       string
		columns int
		want    []string
	}{
		{"", 10, nil},
		{" \n ", 10, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 6, []string{"one", "two", "three"}},
		{"a verylongword b", 5, []string{"a", "verylongword", "b"}},
		{"  one\n\ttwo  ", 80, []string{"one two"}},
		{"日本 日本 日本", 9, []string{"日本 日本", "日本"}},
		{"e\u0301e\u0301 aa", 5, []string{"e\u0301e\u0301 aa"}},
		{"a b", 0, []string{"a", "b"}},
	} {
		got := prose.Wrap(test.s, test.columns)
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") || len(got) != len(test.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", test.s, test.columns, got, test.want)
		}
	}
}

func TestWrapDisplay(t *testing.T) {
	for _, test := range []struct {
		s       string
		columns int
		want    []string
	}{
		{"", 10, nil},
		{"one two three four five", 20, []string{"one two three four", "five"}},
		{"see https://example.com/a/path now", 20, []string{"see", "https://example.com/a/path", "now"}},
		{"日本語のエラーです。とても長い", 18, []string{"日本語のエラーで", "す。とても長い"}},
		{"あいうえおかきく。けこ「さしすせ」そ", 16, []string{"あいうえおかき", "く。けこ「さしす", "せ」そ"}},
		{"ID は abc です。user_id", 16, []string{"ID は abc です。", "user_id"}},
		{"日本 日本", 5, []string{"日本", "日本"}},
		{"日本 日本", 6, []string{"日本", "日本"}},
		{"日本 日本", 7, []string{"日本 日", "本"}},
		{"한국어 오류 다", 12, []string{"한국어 오류", "다"}},
		{"🔥🔥🔥 👨‍👩‍👧", 6, []string{"🔥🔥🔥", "👨‍👩‍👧"}},
	} {
		got := prose.WrapDisplay(test.s, test.columns)
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") || len(got) != len(test.want) {
			t.Errorf("WrapDisplay(%q, %d) = %q, want %q", test.s, test.columns, got, test.want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, test := range []struct {
		s       string
		columns int
		want    string
	}{
		{"", 3, ""},
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"a bcd", 3, "a…"},
		{" a\n b\x1b", 10, `a b\x1b`},
		{"日本", 4, "日本"},
		{"日本語", 5, "日本…"},
		{"日本語", 4, "日…"},
		{"e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"a" + strings.Repeat("\u0301", 100), 3, "a" + strings.Repeat("\u0301", 47) + "…"},
		{strings.Repeat(" ", 96) + "a", 3, "…"},
		{strings.Repeat("x", 1_000_000), 5, "xxxx…"},
	} {
		if got := prose.Clip(test.s, test.columns); got != test.want {
			t.Errorf("Clip(%.20q, %d) = %q, want %q", test.s, test.columns, got, test.want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, s := range catalogtest.Seeds(100) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkEscape(t, catalogtest.Pieces(s)) })
}

func FuzzText(f *testing.F) {
	for i, s := range hostile {
		f.Add(s + "\n" + hostile[(i+7)%len(hostile)] + " " + hostile[(i+31)%len(hostile)])
	}
	f.Add("- a\n  - b\n\n    ```go\n    c\n    ```\n1. *d* **e** `f` [g](https://h.i \"j\") <https://k.l>")
	f.Add("# a\n> b\n\n- [ ] c\n\n---\n\nd\n===\n\n2. e\n3. f\n\n<div>\n\n[g]: h.i\n[^j]: k ![l](m) ~~n~~ <b>o</b> <!-- p --> [q](r:s) <ftp://t>")
	f.Add("a (https://b.c/d_e?f=*g*) h\n| *i* | `j\\|k` |\n| :- | -: |\n| <l> | [m](n \"o\") https://p.q/\\|r |\n- s\n\n  t|u\n  -|-")
	for _, s := range catalogtest.Seeds(100) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		src = catalogtest.Pieces(src)
		text := prose.Parse(src)
		once := text.Markdown()
		again := prose.Parse(once)
		// Escapes can make a paragraph so long that all of it is read as words.
		if twice := again.Markdown(); twice != once && !prose.IsTooDense(once) {
			t.Errorf("%q: the Markdown changes when it is read again: %s", src, catalogtest.Difference(twice, once))
		}
		if strings.Contains(text.InlineMarkdown(prose.GFM), "\n") {
			t.Errorf("%q: more than one line: %q", src, text.InlineMarkdown(prose.GFM))
		}
		for _, b := range text.Plain() {
			if prose.Visible(b.Text) != b.Text || b.Kind != prose.Code && strings.Contains(b.Text, "\n") {
				t.Errorf("%q: not plain: %q", src, b.Text)
			}
			if b.Kind == prose.Table {
				if lines := strings.Join(append(b.Lines(40), b.Lines(4)...), " "); prose.Line(lines) == "" || prose.Visible(lines) != lines {
					t.Errorf("%q: not a plain table: %q", src, lines)
				}
			}
		}
		for _, line := range prose.Wrap(src, 20) {
			if line == "" {
				t.Errorf("%q: wrapped into an empty line", src)
			}
		}
		checkHTML(t, src, once)
		at := 0
		for _, p := range text.Problems() {
			if p.Source == "" || strings.ContainsAny(p.Source, "\n") || !strings.HasPrefix(src[p.At:], p.Source) || p.At < at {
				t.Errorf("%q has no %q at %d", src, p.Source, p.At)
			} else if begins := problemBegins[p.Kind]; begins != "" && strings.IndexByte(begins, p.Source[0]) < 0 {
				t.Errorf("%q: problem of kind %d: %q", src, p.Kind, p.Source)
			}
			at = p.At
		}
		if parsed := prose.ParseAll(src); !prose.SameTree(text, parsed) {
			t.Errorf("%q is not simple: %q, %q", src, once, parsed.Markdown())
		}
	})
}

// problemBegins has the characters that problems begin with.
var problemBegins = map[prose.ProblemKind]string{
	prose.RelativeLink: "[", prose.DisallowedLink: "[<", prose.LinkDefinition: "[", prose.Footnote: "[", prose.RawHTML: "<", prose.HTMLComment: "<",
	prose.Image: "!", prose.BlockQuote: ">", prose.HorizontalRule: "*-_", prose.Strikethrough: "~", prose.TaskList: "[", prose.ListStart: "0123456789",
}

// checkHTML reports Markdown that a catalog may not use.
func checkHTML(t *testing.T, src, markdown string) {
	t.Helper()
	doc := gfm.Parser().Parse(text.NewReader([]byte(markdown)))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.RawHTML, *ast.HTMLBlock, *ast.Image, *ast.Heading, *ast.Blockquote, *ast.ThematicBreak:
			t.Errorf("%q has a %s: %q", src, n.Kind(), markdown)
		case *ast.Link:
			if !catalogtest.IsLink(string(n.Destination)) {
				t.Errorf("%q has a link to %q", src, n.Destination)
			}
		case *ast.AutoLink:
			if url := string(n.URL([]byte(markdown))); !catalogtest.IsLink(url) && n.AutoLinkType != ast.AutoLinkEmail {
				t.Errorf("%q has a link to %q", src, url)
			}
		}
		return ast.WalkContinue, nil
	})
}
