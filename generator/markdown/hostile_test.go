package markdown_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// hostile are texts with special meanings somewhere.
var hostile = []string{
	`"`, `'`, "`", "``", "```", "~~~", `\`, `\\`, `*/`, `/*`, `//`, `%s`, `%!`, `{`, `}`, `{{`, `{{.X}}`, `${x}`, `{x}`, `{#id}`, `{% x %}`,
	`|`, `\|`, `a|b|c`, "`a|b`", "`a\\|b`", `| a | b |`, "| a | b |\n|---|---|\n| c | d |",
	"| a\\|b | `c\\|d` |\n| :- | -: |\n| [e\\|f](https://example.com \"g\") | ![h](i) |\n| https://example.com/a\\|b | <b> |", "x\n| a |\n| :-: |\n| `\\` |", "- a\n\n  | b |\n  | - |\n  | c |\n- d", "- | a |\n  | - |", "| |\n|-|\n| a |", "| \u202e | {{x}} |\n|-|-|\n| \x1b[31m | <script> |", "| " + strings.Repeat("long ", 60) + "|\n|-|\n| 日本 🔥 |", "| - | + |\n|-|-|\n| 1. | # |", "| **a** | _b_ | $ c |\n|-|-|-|\n| $ ls | *d*e |",
	"(https://example.com/a(b)).", "**https://example.com**", "\"https://example.com/{x}\"", "https://example.com/ü|x", "https://example.com/a&amp;b", "https://example.com?a=1&copy=2;", "HTTP://EXAMPLE.COM", "https://exa_mple.com/'x'",
	`<script>alert(1)</script>`, `<!-- -->`, `<!-- prettier-ignore -->`, `<!-- markdownlint-disable -->`, `-->`, `<a id="2205"></a>`, `<a name=x href='javascript:alert(1)'>x</a>`, `</a>`, `<br>`, `<?php ?>`, `<![CDATA[x]]>`, `<x@y.z>`, `<https://example.com>`, `<javascript:alert(1)>`,
	`](x)`, `[`, `[x]`, `[x](javascript:alert(1))`, `[x](https://example.com)`, `![x](https://example.com/x.png)`, `[x][y]`, `[x]: https://example.com`, `[^1]`, `[^1]: note`, `[[x]]`, `[ ] x`, `- [ ] x`, `[here](https://example.com)`, `[a](#H000)`, `[a](#nowhere)`, `[](https://example.com)`, `[x](https://example.com "title")`, `[x](https://example.com/a(b)_c*d*)`, `(a)[b]`,
	`#`, `# x`, `x #`, `#x`, `x\n===`, "x\n===", "x\n---", "x\n---\ny", `---`, `***`, `___`, `* * *`, `- - -`, `+++`, `:::`, `...`, `. . .`,
	`- x`, `+ x`, `* x`, `1. x`, `1) x`, `0. x`, `7. x`, `1.`, `-`, `+`, "- a\n- b", "- a\n\n- b", "- a\n  - b\n    - c\n- d", "1. a\n2. b\n\n   c\n3. d", "- a\n\n* b\n\n+ c", "1. a\n\n1) b", "- ", "- a\n-\n- b", "- ```\n  x\n  ```", "    code", "\tcode", "a\n\n    code", "```\nx\n```", "```json\n{ \"a\":1 }\n```", "```go\nfunc main() {\n\tx()\n}\n```", "```\n```\n```", "````\n```\n````", "```\n$ ls\n$ cat x\n```", "$ ls", "$x$", "$$\nx\n$$", `a $5 b $6`, `costs 5$`,
	`> x`, `>`, ">x", `*x*`, `**x**`, `_x_`, `__x__`, `***x***`, `a*b*c`, `a_b_c`, `snake_case_name`, `_x`, `x_`, `*`, `**`, `_`, `a * b * c`, `a _ b _ c`, `**a** **b**`, `*a***b**`, `**Note:** x`, `*a **b** c*`, `**a *b* c**`, `~x~`, `~~x~~`, `==x==`, `^x^`,
	`&`, `&amp;`, `&lt;b&gt;`, `&#42;x&#42;`, `&copy`, `&copy;`, `&nosuch;`, `&#0;`, `AT&T`,
	`www.example.com`, `http://example.com`, `https://example.com/a_b_c?x=1&y=2#z`, `ftp://example.com`, `mailto:a@example.com`, `a@example.com`, `a.b+c@example.co.uk`, `xmpp:a@example.com`, `@name`, `#123`, `:smile:`, `https://example.com/:smile:/--x...y'z'`, `see https://example.com.`,
	"a\nb", "a\n\nb", "a\rb", "a\r\nb", "a\tb", "\ta", "a  b", "  a  ", "a  \nb", "a\\\nb", "\n", " ", "a\u00a0b", "\u3000a\u3000", "a\u2028b", "a\u2029b", "\u200fabc\u200e", "\u202eabc", "\u2066a\u2069", "\ufeffa", "a\u200bb", "\u00ada", "\x1b[31mred\x1b[0m", "\x07", "\x00", "\x7f", "\u009b31m", "\xff",
	`日本語のエラー`, `日本語 and Latin`, `한국어`, `ａｂｃ`, `ﾊﾛｰ`, `العربية`, `עברית`, `हिन्दी क्षत्रिय`, `ไทยภาษา`, "e\u0301a\u0300", "🔥", "👍🏽", "👨‍👩‍👧", "❤️", "⚠️ warn", "1️⃣", "🇩🇪", "🇦🇦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "™ © ®", "…", "“quoted”", "می\u200cخواهم", "🔥‍🔥", "☺︎",
	`//go:build ignore`, `//go:embed x`, `import x from 'y'`, `export default 1`, `Code`, `__proto__`, `constructor`,
	`click here`, `here`, `more`, `Overview`, `Reserved codes`, `No more.`, `Really?`, `Stop!`, `So:`, `a,`, `a;`, `。`, `终。`, `a..`, `a&#46;`,
	`https://api.example.com:{port}/v1`, `(http://example.com:99999/a), www.example.com:PORT.`, `[x](https://1.2.3.4.5/)`, `<https://[::1]/>`,
}

// hostileCatalog has an error for each text, with that text wherever a text is
// allowed.
func hostileCatalog(texts []string) *catalog.Catalog {
	c := &catalog.Catalog{Name: "hostile"}
	for i, s := range texts {
		next := texts[(i+1)%len(texts)]
		enum := &catalog.MetadataField{Name: fmt.Sprintf("e%d", i), Type: catalog.MetadataEnum, Title: s, Values: []string{s, next}, Audience: catalog.Public}
		link := &catalog.MetadataField{Name: fmt.Sprintf("u%d", i), Type: catalog.MetadataURL, Title: next, Audience: catalog.Public}
		list := &catalog.MetadataField{Name: fmt.Sprintf("l%d", i), Type: catalog.MetadataStringList, Title: s, Audience: catalog.Public}
		if i < 5 || i%16 == 0 {
			c.Metadata = append(c.Metadata, enum, link, list)
		}
		if i%16 == 0 {
			c.Categories = append(c.Categories, &catalog.Category{
				Name: fmt.Sprintf("group_%d", i/16), Title: s, Description: prose.Parse(s + "\n\n" + next),
				Anchor: fmt.Sprintf("category-group_%d", i/16),
			})
		}
		cat := c.Categories[len(c.Categories)-1]
		code := hostileCode(i)
		e := &catalog.Error{
			Name: fmt.Sprintf("HOSTILE_%d", i), Code: code, Anchor: code, Category: cat, HTTPStatus: 400 + i%100,
			Title: s, Message: catalog.Message{Segments: []catalog.Segment{{Text: s + "\n.\n" + s}}},
			Description: prose.Parse(s), Resolution: prose.Parse(s + " " + next),
			Links:  []catalog.Link{{Title: s, URL: "https://example.com/" + s}, {Title: s, URL: s}, {URL: next}},
			Params: []*catalog.Param{{Name: "p", Type: catalog.String, Description: prose.Parse(s), Example: s, Values: []string{s, next}}, {Name: "q", Type: catalog.StringList, Example: []string{s, next}, Sensitive: i%3 == 0}},
			Retry:  catalog.RetryNever, Severity: catalog.SeverityError, Audience: catalog.Public,
			Tags: []string{s, next}, Owner: s, Since: s, Metadata: []catalog.Metadatum{
				{Key: s, Value: next}, {Key: "url", Value: "https://example.com/" + s},
				{Key: enum.Name, Field: enum, Value: s}, {Key: link.Name, Field: link, Value: "https://example.com/" + s}, {Key: list.Name, Field: list, Value: []string{s, next}},
			},
		}
		switch i % 5 {
		case 1:
			e.Deprecated = &catalog.Lifecycle{Since: s, Reason: prose.Parse(next), ReplacedBy: c.Errors[0]}
		case 2:
			e.Retired = &catalog.Lifecycle{Since: next, Reason: prose.Parse(s)}
		case 3:
			e.Retry, e.RetryAfter = catalog.RetryAfter, 30*time.Second
			e.Severity = catalog.SeverityCritical
		}
		if i%2 == 0 {
			e.History = []catalog.Event{{Release: s, Changes: []catalog.ReleaseChange{{Text: s}, {Text: next}}}}
			e.Usage = &catalog.ErrorUsage{Raised: []string{s, next}, MaybeRaised: []string{s}, Handled: []string{next}}
		}
		cat.Errors = append(cat.Errors, e)
		c.Errors = append(c.Errors, e)
		c.Reserved = append(c.Reserved, catalog.Reserved{Name: fmt.Sprintf("GONE_%d", i), Reason: prose.Parse(s)})
	}
	if len(texts) > 0 {
		c.Title, c.Description = texts[0], prose.Parse(texts[len(texts)-1])
	}
	return c
}

// pieces are the parts of random texts.
var pieces = append([]string{"word", "a", "Z", "7", "wörter", "日本", " ", " ", " ", " ", "\n", "\n\n", "\n  ", "\n    ", "\n- ", "\n1. ", "\n   ", ".", ",", ":", "!", "(", ")", "*", "**", "_", "`", "[", "](", "](https://e.x/)", "](#H001)", "<", ">", "&", ";", "|", "\\", "~", "$", "-", "=", "#"}, hostile...)

// randomTexts returns texts of a few pieces each; the same seed gives the same
// texts.
func randomTexts(seed uint64, n int) []string {
	random := rand.New(rand.NewPCG(seed, 2))
	texts := make([]string, n)
	for i := range texts {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		texts[i] = b.String()
	}
	return texts
}
