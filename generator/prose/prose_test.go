package prose_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/prose"
)

func TestMarkdown(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"nothing", "", ""},
		{"white space", " \n\t\n ", ""},
		{"plain words", "An unknown error has occurred.", "An unknown error has occurred."},
		{"lines of a paragraph", "one\ntwo  \nthree\\\nfour\r\nfive", "one two three four five"},
		{"paragraphs", "one\n\n\n\ntwo", "one\n\ntwo"},
		{"emphasis", "*a* _b_ **c** __d__", "_a_ _b_ **c** **d**"},
		{"emphasis in emphasis", "**a *b* c** and *d **e** f*", "**a _b_ c** and _d **e** f_"},
		{"emphasis inside of a word", "un**frigging**believable and un*likely*", "un**frigging**believable and unlikely"},
		{"emphasis with punctuation", "**Note:** (*this*), \"**that**\"", "**Note:** (_this_), \"**that**\""},
		{"a paragraph in emphasis is no heading", "**Attention**\n\n- **a**", "Attention\n\n- **a**"},
		{"code", "`a` and `` b`c ``", "`a` and ``b`c``"},
		{"code at the edge", "`` `a` ``", "`` `a` ``"},
		{"list", "* a\n* b", "- a\n- b"},
		{"loose list", "* a\n\n* b", "- a\n\n- b"},
		{"a nested list after a deep one", "- - - - - - - - - a\n- - - b", "- - - - - - - - \\- a\n- - - b"},
		{"nested list", "- a\n  - b\n    1. c\n- d", "- a\n  - b\n    1. c\n- d"},
		{"ordered list", "1) a\n1) b", "1. a\n2. b"},
		{"item of several blocks", "- a\n\n  b\n- c", "- a\n\n  b\n\n- c"},
		{"lists side by side", "- a\n\n* b", "- a\n- b"},
		{"list that begins later", "7. a", "7\\. a"},
		{"code block", "```\na\n\n\tb  \n```", "```text\na\n\n    b\n```"},
		{"code block with a fence in it", "````\n```\n````", "````text\n```\n````"},
		{"code block of a language", "```go\nfunc main() {}\n```", "```go\nfunc main() {}\n```"},
		{"code block of a language in capitals", "```JSON\n{\"a\":1}\n```", "```json\n{\"a\":1}\n```"},
		{"indented code block", "a\n\n    b", "a\n\n```text\nb\n```"},
		{"code block in a list", "- a\n\n      b", "- a\n\n  ```text\n  b\n  ```"},
		{"link", "[a *b*](https://e.com/x?y=1&z=2#f)", "[a _b_](https://e.com/x?y=1&z=2#f)"},
		{"link with a title", `[a](https://e.com "more of it")`, `[a](https://e.com "more of it")`},
		{"relative link", "[a](../b.md#c)", "[a](../b.md#c)"},
		{"mail", "[write](mailto:a@e.com) <a@e.com>", "[write](mailto:a@e.com) <a@e.com>"},
		{"link in angle brackets", "<https://e.com>", "<https://e.com>"},
		{"link that says nothing", "read it [here](https://e.com) or [here](b.md)", "read it [here](https://e.com) or [here](b.md)"},
		{"link with characters of Markdown", "[a](<https://e.com/a b(c)|d*>)", `\[a\](\<https\://e.com/a b(c)\|d\*>)`},
		{"link to be encoded", "[a](https://e.com/(c)*ü|)", "[a](https://e.com/%28c%29%2A%C3%BC%7C)"},
		{"link to a script", "[a *b*](javascript:alert(1))", `\[a \*b\*\](javascript:alert(1))`},
		{"link to a script, disguised", "[a](java&Tab;script:x) [b](JAVASCRIPT&colon;x) <javascript:x>", `\[a\](java\&Tab;script:x) \[b\](JAVASCRIPT\&colon;x) \<javascript:x>`},
		{"link without a host", "[a](http:b) <httP:b> [a](HTTPS:/b) [a](https:///b) [a](//) [a](http://:80/) [a](http://b@/c)", `\[a\](http:b) \<httP:b> \[a\](HTTPS:/b) \[a\](https\:///b) \[a\](//) \[a\](http\://:80/) \[a\](http\://b@/c)`},
		{"link to a host that not every browser accepts", "[a](http://b^c) [a](http://b%20c) [a](http://{b}.com) [a](http://[::1]) [a](http://b:65536) [a](//b:c) [a](http://1.2.3)", `\[a\](http\://b^c) \[a\](http\://b%20c) \[a\](http\://\{b}.com) \[a\](http\://\[::1\]) \[a\](http\://b:65536) \[a\](//b:c) \[a\](http\://1.2.3)`},
		{"link to a host with a port", "<http://b_c.d-e.:8080/> <http://b:/> <http://1.2.3.4:65535> <http://10.0.0.1.> <http://3b/> http://e.com:80.", "<http://b_c.d-e.:8080/> <http://b:/> <http://1.2.3.4:65535> <http://10.0.0.1.> <http://3b/> <http://e.com:80>."},
		{"URL without a port", "http://localhost:PORT/a http://localhost:{port}", `http\://localhost:PORT/a http\://localhost:\{port}`},
		{"link with a scheme in capitals", "[a](HTTP://e.com) <MailTo:b@e.com> [a](HTTPS://u:p@E.com:80)", "[a](HTTP://e.com) <MailTo:b@e.com> [a](HTTPS://u:p@E.com:80)"},
		{"link with a scheme that is not ASCII", "[a](ma\u0130lto:b) [a](http\u017f://b)", `\[a\](maİlto:b) \[a\](httpſ://b)`},
		{"link to nowhere", "[a]() [b](#) [](https://e.com)", `\[a\]() \[b\](#) \[\](https\://e.com)`},
		{"URL", "see https://e.com/a_b?c=(d)*e*, HTTP://E.com.", "see [https\\://e.com/a_b?c=(d)\\*e](https://e.com/a_b?c=%28d%29%2Ae)\\*, <HTTP://E.com>."},
		{"URL between marks", "(https://e.com) *https://e.com* \"https://e.com/a(b)\"; x:https://e.com", "(<https://e.com>) _<https://e.com>_ \"[https\\://e.com/a(b)](https://e.com/a%28b%29)\"; x:<https://e.com>"},
		{"URL before a reference", "https://e.com/a&lt; https://e.com?a;", "<https://e.com/a>\\< <https://e.com?a>;"},
		{"URL with placeholders", "https://e.com/{id}/ü", "[https\\://e.com/\\{id}/ü](https://e.com/%7Bid%7D/%C3%BC)"},
		{"URL in code and links", "`https://e.com` [https://e.com/a](https://e.com/b) [https://e.com]", "`https://e.com` [https\\://e.com/a](https://e.com/b) \\[https\\://e.com\\]"},
		{"no URL", "https:// https://. xhttps://e.com ftp://e.com https\\://e.com https://e.com\\a https://(", "https\\:// https\\://. xhttps\\://e.com ftp\\://e.com https\\://e.com https\\://e.com\\\\a https\\://("},
		{"addresses without a scheme", "www.e.com, a@e.com", `www\.e.com, a\@e.com`},
		{"image", "![a](https://e.com/a.png)", `!\[a\](https\://e.com/a.png)`},
		{"exclamation before a link", "oh![a](b)! [a](b)", `oh!\[a\](b)! [a](b)`},
		{"reference", "[a][b]\n\n[b]: https://e.com", "\\[a\\]\\[b\\]\n\n\\[b\\]: <https://e.com>"},
		{"footnote", "a[^1]\n\n[^1]: b", "a\\[^1\\]\n\n\\[^1\\]: b"},
		{"character references", "&lt;b&gt;\n\n- a &copy;\n\n*x&#46;* &amp;lt;", "\\<b>\n\n- a ©\n\n_x._ \\&lt;"},
		{"HTML", "<b>a</b>\n\n<div>\nb\n</div>\n<!-- c -->", "\\<b>a\\</b>\n\n\\<div> b \\</div> \\<!-- c -->"},
		{"expression", "{a} {{b}} ${c}", `\{a} \{\{b}} \$\{c}`},
		{"heading", "# a\n\nb\n===\n\nc\n---", "\\# a\n\nb ===\n\nc ---"},
		{"rule", "a\n\n---\n\n* * *\n\n___", "a\n\n\\---\n\n\\* \\* \\*\n\n\\_\\_\\_"},
		{"quote", "> a", `\> a`},
		{"table", "| a | b |\n| - | - |\n| *c* | `d` |\n[e](f)", "| a      | b   |\n| ------ | --- |\n| _c_    | `d` |\n| [e](f) |     |"},
		{"table of aligned columns", "a|b|c|d\n-|:-|-:|:-:\n1|2|3|4\nlong|long|longer|long.", "| a    | b    |      c |   d   |\n| ---- | :--- | -----: | :---: |\n| 1    | 2    |      3 |   4   |\n| long | long | longer | long. |"},
		{"table after a paragraph", "one\n| a |\n| - |\n\ntwo", "one\n\n| a   |\n| --- |\n\ntwo"},
		{"table with pipes", "| a\\|b | `c\\|d` |\n| - | - |\n| `\\` | [x\\|y](javascript:z) |", "| a\\|b | `c\\|d`                 |\n| ---- | ---------------------- |\n| `\\`  | \\[x\\|y\\](javascript:z) |"},
		{"table in a list", "- a\n\n  | b |\n  | - |\n  | c |\n- d", "- a\n\n  | b   |\n  | --- |\n  | c   |\n\n- d"},
		{"table of wide characters", "| 日本 | é |\n| - | - |\n| a | 👨‍👩 |", "| 日本 | é    |\n| ---- | ---- |\n| a    | 👨👩 |"},
		{"empty table", "| |\n| - |\n| |", ""},
		{"table with more cells than the header", "|a|\n|-|\n|b|c|", "| a   |\n| --- |\n| b   |"},
		{"table without its second line", "| a | b |\n| c | d |", `\| a \| b \| \| c \| d \|`},
		{"table whose second line does not match", "| a | b |\n| - |", `\| a \| b \| \| - \|`},
		{"line of dashes", "a\n:--", `a :--`},
		{"strikethrough", "~~a~~", `\~\~a\~\~`},
		{"task", "- [ ] a", `- \[ \] a`},
		{"escapes", `\*a\* \# \a`, `\*a\* # \\a`},
		{"character references", "&lt;b&gt; &copy; &nosuch; &amp;lt;", `\<b> © &nosuch; \&lt;`},
		{"invisible characters", "a\u202eb `c\u200b`\n\n```\nd\x1b\n```", "a\\\\u202eb `c\\u200b`\n\n```text\nd\\x1b\n```"},
		{"emphasis of nothing", "\\\n*\\\n*{**", `\{`},
		{"only a mark", "-", `\-`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := prose.Parse(test.src).Markdown()
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Markdown of %q (-want +got):\n%s", test.src, diff)
			}
			if again := prose.Parse(got).Markdown(); again != got {
				t.Errorf("the Markdown changes when it is read again:\n%s\n%s", got, again)
			}
			if empty := prose.Parse(test.src).IsEmpty(); empty != (test.want == "") {
				t.Errorf("IsEmpty of %q is %v", test.src, empty)
			}
		})
	}
}

func TestMarkdownBehind(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"", "**Do:**"},
		{"Ask.", "**Do:** Ask."},
		{"Ask *us*.\n\nThen wait.", "**Do:** Ask _us_.\n\nThen wait."},
		{"- a\n- b", "**Do:**\n\n- a\n- b"},
		{"    a", "**Do:**\n\n```text\na\n```"},
	} {
		if got := prose.Parse(test.src).MarkdownIn(prose.GFM, "**Do:**"); got != test.want {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}

func TestInlineMarkdown(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"", ""},
		{"The `user_id` of the *request*.", "The `user_id` of the _request_."},
		{"one\n\ntwo", "one two"},
		{"one of:\n\n- a\n- b", "one of: a; b"},
		{"```\na\nb\n```", "`a b`"},
		{"a | b", `a \| b`},
		{"`a|b`", "`a\\|b`"},
		{"`a\\|b`", "a\\\\\\|b"},
		{"[a|b](https://e.com/|)", `[a\|b](https://e.com/%7C)`},
	} {
		if got := prose.Parse(test.src).InlineMarkdown(prose.GFM); got != test.want {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}

func TestPlain(t *testing.T) {
	src := "Read *this* [page](https://e.com), `ok`? <https://e.com> <`a@b.c> <script>\n\n" +
		"- one\n  two\n\n  more\n  1. deep\n- - x\n\n```sh\na\n  b\u202e\n```"
	want := []prose.Block{
		{Kind: prose.Paragraph, Text: "Read this page (https://e.com), ok? https://e.com `a@b.c <script>"},
		{Kind: prose.Item, Depth: 1, Marker: "-", Text: "one two"},
		{Kind: prose.Paragraph, Depth: 1, Text: "more"},
		{Kind: prose.Item, Depth: 2, Marker: "1.", Text: "deep"},
		{Kind: prose.Item, Depth: 1, Marker: "-"},
		{Kind: prose.Item, Depth: 2, Marker: "-", Text: "x"},
		{Kind: prose.Code, Text: "a\n  b\\u202e"},
	}
	if diff := cmp.Diff(want, prose.Parse(src).Plain()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := prose.Parse("").Plain(); len(got) != 0 {
		t.Errorf("an empty text has blocks: %v", got)
	}
}

func TestMapLinks(t *testing.T) {
	text := prose.Parse("[a](#1) [b](#2) [c](https://e.com) `[d](#2)`")
	mapped := text.MapLinks(func(target string) (string, bool) {
		if target == "#1" {
			return "#one", true
		}
		return target, !strings.HasPrefix(target, "#")
	})
	if got, want := mapped.Markdown(), "[a](#one) \\[b\\](#2) [c](https://e.com) `[d](#2)`"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := text.Markdown(), "[a](#1) [b](#2) [c](https://e.com) `[d](#2)`"; got != want {
		t.Errorf("the original text changed: got %s, want %s", got, want)
	}
}

// TestLargeTexts checks that no text takes too long: what is too much to parse
// is plain text.
func TestLargeTexts(t *testing.T) {
	const size = 1 << 17
	for _, piece := range []string{"[", "*", "` ", "*a ", "[a](", "- "} {
		if text := prose.Parse(strings.Repeat(piece, 1<<20/len(piece))); text.Markdown() == "" {
			t.Errorf("%q, repeated for 1 MiB, shows nothing", piece)
		}
	}
	for _, piece := range []string{
		"]", "_", "<", "&", "\\", "!", "(", "#", "-\n", "> ", "1. ", "\n", " ", "\t", "|", "~", "a",
		"*a_ ", "**a*", "a*", "*a* ", "_a", "[a](b) ", "[a](<b ", "[a](b \"", "![", "[a][", "[[]]", "`a ", "`a``", "<a ", "<http:", "&#", "&amp;",
		"- a\n", "- a\n\n", "* a\n+ b\n", "```\n", "    a\n", "a\n", "a\n\n", "\u202e", "\xff", "🔥",
		"https://a ", ":https://a\\", "(https://a", ")https://a", "https://a;&amp;", "|a", "|a|\n|-|\n", "|-|\n", "|-", "|`a\\|`",
	} {
		src := strings.Repeat(piece, size/len(piece))
		text := prose.Parse(src)
		markdown := text.Markdown()
		if !text.IsEmpty() && markdown == "" {
			t.Errorf("%q, repeated, shows nothing", piece)
		}
		_, _ = text.InlineMarkdown(prose.GFM), text.Plain()
	}
	deep := map[string]string{
		"lists in one line":    strings.Repeat("- ", 10_000) + "a" + strings.Repeat("\n", size/2),
		"lists, line by line":  nestedLists(1000) + strings.Repeat("\n", size/2) + "b",
		"emphasis":             strings.Repeat("*a **b ", 10_000) + strings.Repeat("c** d* ", 10_000),
		"short emphasis":       strings.Repeat("*a **b ", 200) + strings.Repeat("c** d* ", 200),
		"links":                strings.Repeat("[", 10_000) + "a" + strings.Repeat("](b)", 10_000),
		"backticks":            backticks(1400),
		"table of columns":     strings.Repeat("|a", 10_000) + "\n" + strings.Repeat("|-", 10_000) + strings.Repeat("\na", 10_000),
		"table of rows":        "|a|b|\n|-|-|\n" + strings.Repeat("|`c\\|d`|e|\n", 10_000),
		"table of one cell":    "|a|\n|-|\n|" + strings.Repeat("b", size) + "|" + strings.Repeat("\n|c|", 1000),
		"table of a dense row": "|a|\n|-|\n" + strings.Repeat("*a", size/4),
	}
	for name, src := range deep {
		text := prose.Parse(src)
		if text.Markdown() == "" || text.InlineMarkdown(prose.GFM) == "" || len(text.Plain()) == 0 {
			t.Errorf("%s: shows nothing", name)
		}
	}
}

func nestedLists(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

// backticks returns runs of backticks of different lengths, no two of which
// form a code span.
func backticks(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		b.WriteString(strings.Repeat("`", i) + " ")
	}
	return b.String()
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	text := prose.Parse("*a* [b](c)\n\n- d")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := text.Markdown(); got != "_a_ [b](c)\n\n- d" {
				t.Errorf("got %q", got)
			}
			_, _, _ = text.InlineMarkdown(prose.GFM), text.Plain(), prose.Parse("**b**").IsEmpty()
		})
	}
	wg.Wait()
}
