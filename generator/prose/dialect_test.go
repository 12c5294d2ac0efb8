package prose_test

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/prose"
)

var dialects = []prose.Dialect{prose.GFM, prose.MDX, prose.VitePress, prose.MkDocs, prose.Hugo, prose.Docusaurus, prose.Starlight}

// TestDialects checks the escapes of characters that are markup in one of the
// dialects.
func TestDialects(t *testing.T) {
	for _, test := range []struct {
		text string
		want [7]string // in the order of dialects
	}{
		{"a b", [7]string{"a b", "a b", "a b", "a b", "a b", "a b", "a b"}},
		{"a*b", [7]string{`a\*b`, `a\*b`, `a\*b`, `a&#42;b`, `a\*b`, `a\*b`, `a\*b`}},
		{"{{x}}", [7]string{`\{\{x}}`, `\{\{x}}`, `&#123;&#123;x}}`, `&#123;&#123;x}}`, `\{\{x}}`, `\{\{x}}`, `\{\{x}}`}},
		{"{{< x >}}", [7]string{`\{\{\< x >}}`, `\{\{\< x >}}`, `&#123;&#123;\< x >}}`, `&#123;&#123;&lt; x >}}`, `\{\{\< x >}}`, `\{\{\< x >}}`, `\{\{\< x >}}`}},
		{"import x", [7]string{"import x", "&#105;mport x", "import x", "import x", "import x", "import x", "import x"}},
		{"exports", [7]string{"exports", "exports", "exports", "exports", "exports", "exports", "exports"}},
		{":smile:", [7]string{":smile:", `\:smile:`, `\:smile:`, "&#58;smile:", `\:smile:`, `\:<span></span>smile:`, `\:smile:`}},
		{"::: x", [7]string{"::: x", `\:\:: x`, `\:\:: x`, "&#58;&#58;: x", `\:\:: x`, `\:\:: x`, `\:\:: x`}},
		{"a: b", [7]string{"a: b", "a: b", "a: b", "a: b", "a: b", "a: b", "a: b"}},
		{"8-)", [7]string{"8-)", "8-)", `8-\)`, "8-)", "8-)", "8-)", "8-)"}},
		{"&copy", [7]string{"&copy", `\&copy`, `\&copy`, "&amp;copy", "&copy", "&copy", "&copy"}},
		{"[x]", [7]string{`\[x\]`, `\[x\]`, `\[x\]`, "&#91;x&#93;", "&#91;x&#93;", `\[x\]`, `\[x\]`}},
		{"!!! note", [7]string{"!!! note", "!!! note", "!!! note", "&#33;!! note", "!!! note", "!!! note", "!!! note"}},
		{"it's --force...", [7]string{"it's --force...", "it's --force...", "it's --force...", "it's --force...", `it\'s \-\-force\.\.\.`, "it's --force...", `it\'s \-\-force\.\.\.`}},
		{"http://e.com:PORT/", [7]string{`http\://e.com:PORT/`, `http\:<span></span>//e.com\:PORT/`, `http\://e.com\:PORT/`, "http&#58;//e.com&#58;PORT/", `http\://e.com\:PORT/`, `http\:<span></span>//e.com\:PORT/`, `http\://e.com\:PORT/`}},
		{"www.e.com:{p} www.e.com", [7]string{`www\.e.com:\{p} www\.e.com`, `www\.<span></span>e.com:\{p} www\.e.com`, `www\.e.com\:&#123;p} www\.e.com`, `www&#46;e.com:&#123;p} www&#46;e.com`, `www\.e.com:\{p} www\.e.com`, `www\.<span></span>e.com:\{p} www\.e.com`, `www\.e.com:\{p} www\.e.com`}},
		{"1. x", [7]string{`1\. x`, `1\. x`, `1\. x`, "1&#46; x", `1\. x`, `1\. x`, `1\. x`}},
	} {
		for i, d := range dialects {
			if got := d.Escape(test.text); got != test.want[i] {
				t.Errorf("dialect %d: %q is %q, want %q", d, test.text, got, test.want[i])
			}
		}
	}
}

// TestDialectCode checks how each dialect writes code that its own code cannot
// hold.
func TestDialectCode(t *testing.T) {
	for _, test := range []struct {
		got, want string
	}{
		{prose.GFM.CodeSpan("{{x}}"), "`{{x}}`"},
		{prose.MDX.CodeSpan("{x}"), "`{x}`"},
		{prose.VitePress.CodeSpan("{x}"), "`{x}`"},
		{prose.VitePress.CodeSpan("{{x}}"), "<code>&#123;&#123;x}}</code>"},
		{prose.MkDocs.CodeSpan("a_b"), "`a_b`"},
		{prose.MkDocs.CodeSpan("<b>"), "<code>&lt;b></code>"},
		{prose.MkDocs.CellCodeSpan("a|b"), "<code>a&#124;b</code>"},
		{prose.Hugo.CodeSpan("{{< x >}}"), `\{\{\< x >}}`},
		{prose.Hugo.CodeSpan("{{ x }}"), "`{{ x }}`"},
		{string(prose.VitePress.AppendFence(nil, "", "<!--@include: x-->")), "<pre><code>&lt;!--@include: x--&gt;</code></pre>"},
		{string(prose.VitePress.AppendFence(nil, "", "{{x}}")), "```text\n{{x}}\n```"},
		{string(prose.MkDocs.AppendFence(nil, "", "a\n\n--8<-- \"x\"")), "<pre><code>a&#10;&#10;--8&lt;-- &#34;x&#34;</code></pre>"},
		{string(prose.Hugo.AppendFence(nil, "", "a\n\n  {{% x %}}")), "a\\\n&#160;\\\n&#160;&#160;\\{\\{% x %}}"},
		{string(prose.Docusaurus.AppendFence(nil, "", "// highlight-next-line")), "<pre><code>// highlight-next-line</code></pre>"},
		{prose.Docusaurus.EscapeHeading("a :smile:"), `a \:<span></span>smile&#58;`},
		{string(prose.GFM.AppendFence(nil, "json", "{}")), "```json\n{}\n```"},
		{prose.Parse("- a\n  - b\n\n    ```\n    {c\n    ```").MarkdownIn(prose.MkDocs, ""), "<ul>&#10;"},
		{prose.Parse("- a\n- b").MarkdownIn(prose.MkDocs, ""), "- a\n- b"},
		{prose.Parse("<https://x.y>").MarkdownIn(prose.GFM, ""), "<https://x.y>"},
		{prose.Parse("<https://x.y>").MarkdownIn(prose.MDX, ""), `[https\://x.y](https://x.y)`},
		{prose.Parse("[it's](x?a='b'&#c)").MarkdownIn(prose.MkDocs, ""), "[it's](x?a=%27b%27%26#c)"},
	} {
		if strings.HasSuffix(test.want, "&#10;") {
			if strings.ContainsAny(test.got, "\n{") || !strings.HasPrefix(test.got, "<ul>") {
				t.Errorf("got %q, want a list on one line", test.got)
			}
		} else if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// TestDialectsShowTheText reads the output of each dialect as CommonMark, which
// it is: a reader sees the original text.
func TestDialectsShowTheText(t *testing.T) {
	for _, d := range dialects {
		for _, s := range hostile {
			for _, source := range []string{d.Escape(s), "# " + d.EscapeHeading(s), d.CodeSpan(s)} {
				var b bytes.Buffer
				if err := gfm.Convert([]byte(source), &b); err != nil {
					t.Fatal(err)
				}
				got := strings.TrimSpace(html.UnescapeString(anyTag.ReplaceAllString(b.String(), "")))
				if want := prose.Line(s); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
					t.Errorf("dialect %d: %q shows %q, want %q", d, source, got, want)
				}
			}
		}
	}
}

var anyTag = regexp.MustCompile(`<[^>]*>`)

func TestParseOutline(t *testing.T) {
	for name, test := range map[string]struct {
		document string
		headings []prose.Heading
		verbatim []int
	}{
		"empty":       {"", nil, nil},
		"headings":    {"# a\n\nb *c*\n===\n\n- ## d ##\n", []prose.Heading{{Line: 0, Level: 1, Text: "a"}, {Line: 2, Level: 1, Text: "b *c*"}, {Line: 5, Level: 2, Text: "d"}}, nil},
		"code":        {"```\na\n```\n\n    b\n\n- ~~~\n  c\n", nil, []int{1, 4, 7}},
		"CRLF":        {"\ufeff# a\r\n```\r\nx\r\n```\r\n## b\r\n", []prose.Heading{{Line: 0, Level: 1, Text: "a"}, {Line: 4, Level: 2, Text: "b"}}, []int{2}},
		"HTML":        {"<!-- a -->\n\n<!-- a\nb\n-->\n\n<pre>\nc\n\n</pre>\n\n<div>\nd\n</div>\n", nil, []int{2, 3, 4, 6, 7, 8, 9}},
		"matter":      {"---\na: b\n---\n# c\n", []prose.Heading{{Line: 3, Level: 1, Text: "c"}}, []int{0, 1, 2}},
		"no matter":   {"---\na\n\n# c\n", []prose.Heading{{Line: 3, Level: 1, Text: "c"}}, nil},
		"open":        {"```\n# a\n", nil, []int{1}},
		"not UTF-8":   {"\xff\n# \xfe\n", []prose.Heading{{Line: 1, Level: 1, Text: "\xfe"}}, nil},
		"blockquotes": {"> # a\n> ```\n> b\n", []prose.Heading{{Line: 0, Level: 1, Text: "a"}}, []int{2}},
	} {
		o := prose.ParseOutline([]byte(test.document))
		if !slices.Equal(o.Headings, test.headings) {
			t.Errorf("%s: headings %+v, want %+v", name, o.Headings, test.headings)
		}
		var verbatim []int
		for line := range o.Verbatim {
			verbatim = append(verbatim, line)
		}
		slices.Sort(verbatim)
		if !slices.Equal(verbatim, test.verbatim) {
			t.Errorf("%s: verbatim %v, want %v", name, verbatim, test.verbatim)
		}
	}
}
