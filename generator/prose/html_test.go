package prose_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/prose"
)

func TestHTML(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"nothing", "", ""},
		{"white space", " \n\t\n ", ""},
		{"plain words", "It's 1 & 2 < 3.", "<p>It&#39;s 1 &amp; 2 &lt; 3.</p>"},
		{"paragraphs", "one\ntwo\n\nthree", "<p>one two</p>\n<p>three</p>"},
		{"emphasis", "**a *b* c** `d<e>`", "<p><strong>a <em>b</em> c</strong> <code>d&lt;e&gt;</code></p>"},
		{"list", "- a\n- b\n  1. c", "<ul><li>a</li><li>b\n<ol><li>c</li></ol></li></ul>"},
		{"loose list", "1. a\n\n2. b", "<ol><li><p>a</p></li><li><p>b</p></li></ol>"},
		{"code block", "```go\nif a < b {\n\tx()\n}\n```", "<pre><code>if a &lt; b {\n    x()\n}</code></pre>"},
		{"link", "[a](https://e.com/?x=1&y=2 \"more\")", `<p><a href="https://e.com/?x=1&amp;y=2" title="more" rel="noopener noreferrer">a</a></p>`},
		{"link within", "[a](#2205) [b](../c) <d@e.com>", `<p><a href="#2205">a</a> <a href="../c">b</a> <a href="mailto:d@e.com">d@e.com</a></p>`},
		{"link without a scheme", "[a](//e.com)", `<p><a href="//e.com" rel="noopener noreferrer">a</a></p>`},
		{"link to a script", "[a](javascript:alert(1))", `<p>[a](javascript:alert(1))</p>`},
		{"HTML", "<script>x</script><!-- y -->", "<p>&lt;script&gt;x&lt;/script&gt;&lt;!-- y --&gt;</p>"},
		{"quotes", `"a" 'b'`, "<p>&#34;a&#34; &#39;b&#39;</p>"},
		{"invisible characters", "a\u202eb\x00 `\x1b`", `<p>a\u202eb\x00 <code>\x1b</code></p>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, prose.Parse(test.src).HTML()); diff != "" {
				t.Errorf("HTML of %q (-want +got):\n%s", test.src, diff)
			}
		})
	}
}

func TestLinkHTML(t *testing.T) {
	for _, test := range []struct{ title, url, want string }{
		{"a <b>", "https://e.com", `<a href="https://e.com" rel="noopener noreferrer">a &lt;b&gt;</a>`},
		{"", "https://e.com", `<a href="https://e.com" rel="noopener noreferrer">https://e.com</a>`},
		{"a", "HTTPS://e.com", `<a href="HTTPS://e.com" rel="noopener noreferrer">a</a>`},
		{"a", "//e.com", `<a href="//e.com" rel="noopener noreferrer">a</a>`},
		{"a", "http:e", `a (http:e)`},
		{"a", "//", `a (//)`},
		{"a", "#b", `<a href="#b">a</a>`},
		{"a", "javascript:b", `a (javascript:b)`},
		{"", `x" y`, `x&#34; y`},
	} {
		if got := prose.LinkHTML(test.title, test.url); got != test.want {
			t.Errorf("LinkHTML(%q, %q) = %q, want %q", test.title, test.url, got, test.want)
		}
	}
}

// tags are the tags that HTML may write.
var tags = regexp.MustCompile(`</?(?:p|ul|ol|li|pre|code|em|strong|table|thead|tbody|tr)>|<t[hd](?: align="(?:left|center|right)")?>|</t[hd]>|<a href="[^"<>]*"(?: title="[^"<>]*")?(?: rel="noopener noreferrer")?>|</a>`)

func TestHTMLShowsTheText(t *testing.T) {
	for _, s := range hostile {
		checkMarkup(t, s)
	}
}

// checkMarkup checks that HTML has only its own tags and shows the words of the
// plain form, in which the target of a link is a word.
func checkMarkup(t *testing.T, s string) {
	t.Helper()
	got := prose.Parse(s).HTML()
	shown := tags.ReplaceAllString(got, "")
	if strings.ContainsAny(shown, `<>"'`) {
		t.Errorf("HTML of %q has foreign markup: %q", s, got)
	}
	if href := regexp.MustCompile(`href="(?i)(?:javascript|data|vbscript)`).FindString(got); href != "" {
		t.Errorf("HTML of %q links to a script: %q", s, got)
	}
	const target = "/the-only-target"
	text := prose.Parse(s).MapLinks(func(string) (string, bool) { return target, true })
	shown = tags.ReplaceAllString(text.HTML(), "")
	var plain strings.Builder
	for _, b := range text.Plain() {
		if b.Kind != prose.Table {
			plain.WriteString(b.Text + "\n")
		}
		for _, row := range b.Rows {
			plain.WriteString(strings.Join(row, "\n") + "\n")
		}
	}
	words := func(text string) string {
		return strings.Join(strings.Fields(strings.ReplaceAll(text, " ("+target+")", "")), "")
	}
	if got, want := words(html.UnescapeString(shown)), words(plain.String()); got != want {
		t.Errorf("HTML of %q: %s", s, catalogtest.Difference(got, want))
	}
	if again := prose.EscapeHTML(s); strings.ContainsAny(again, `<>"'`) || html.UnescapeString(again) != prose.Visible(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)) {
		t.Errorf("EscapeHTML(%q) = %q", s, again)
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, s := range catalogtest.Seeds(100) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkMarkup(t, catalogtest.Pieces(s)) })
}
