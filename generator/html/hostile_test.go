package html_test

import (
	"fmt"
	stdhtml "html"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/html"
	"github.com/errcat/errcat/generator/prose"
)

// hostile are texts with special meanings somewhere.
var hostile = []string{
	`"`, `'`, "`", `\`, `*/`, `/*`, `//`, `%s`, `{`, `}`, `{{`, `{{.X}}`, "${x}", "`${x}`", `|`, `</`, `<!--`, `-->`, `]]>`, `<`, `>`, `&`, `&amp;`, `&lt;b&gt;`, `&#60;`, `&nosuch;`,
	`<script>window.hacked = 1</script>`, `</script><script>window.hacked = 1</script>`, `</style><script>window.hacked = 1</script>`, `</title><script>window.hacked = 1</script>`,
	`</noscript><script>window.hacked = 1</script>`, `</pre></article><img src=x onerror=window.hacked=1>`, `<img src=x onerror="window.hacked=1">`, `"><img src=x onerror=window.hacked=1>`, `' onmouseover='window.hacked=1`, `" autofocus onfocus="window.hacked=1`,
	`<svg onload=window.hacked=1>`, `<a href="javascript:window.hacked=1">x</a>`, `[x](javascript:window.hacked=1)`, `[x](data:text/html,<script>window.hacked=1</script>)`, `httP:e`, `HTTPS://example.com`, `//`, `[x](https://example.com "title")`, `<https://example.com>`, `<a@example.com>`, `[another code](#H000)`, `[a](#nowhere)`,
	`<!--<script>`, `<!--<script>-->`, `<iframe src=//example.com>`, `<link rel=stylesheet href=//example.com>`, `<meta http-equiv=refresh content=0>`, `<base href=//example.com>`, `<form action=//example.com>`, `<template>`, `<noscript>`, `<plaintext>`, `<textarea>`, `<?php ?>`, `<![CDATA[x]]>`,
	"a\nb", "a\n\nb", "a\rb", "a\r\nb", "a\tb", "  a  b  ", "\n", " ", "", "a\u00a0b", "a\u2028b", "a\u2029b", "\u200fabc\u200e", "\u202eabc", "\u2066a\u2069", "\ufeffa", "a\u200bb", "\u00ada", "\x1b[31mred\x1b[0m", "\x07", "\x00", "\x7f", "\u009b31m", "\xff", "\U000e0041",
	`日本語のエラー`, `العربية`, `עברית and Latin`, "e\u0301", "🔥", "👨‍👩‍👧", "İi", `__proto__`, `constructor`, `toString`,
	"*a* **b** `c`", "- a\n- b\n  - c", "1. a\n2. b", "```html\n<b>\n```", "    <b>", "# a", "> a", "| a | b |", "| <b> | `\\|<script>window.hacked=1</script>` |\n|-:|-|\n| [x](javascript:window.hacked=1) | https://example.com/\"onclick=window.hacked=1 |", "- a\n\n  | b |\n  | - |", "(https://example.com/<b>'x')", "![a](https://example.com/a.png)",
}

// hostileCatalog has an error for each text, with that text wherever a text is
// allowed.
func hostileCatalog(texts []string) *catalog.Catalog {
	c := &catalog.Catalog{Name: "hostile", Title: strings.Join(texts[:min(3, len(texts))], " "), Description: prose.Parse(texts[len(texts)-1])}
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
		code := fmt.Sprintf("H%03d", i)
		user := &catalog.Param{Name: "p", Type: catalog.String, Description: prose.Parse(s), Example: s, Values: []string{s, next}}
		e := &catalog.Error{
			Name: fmt.Sprintf("HOSTILE_%d", i), Code: code, Anchor: code, Category: cat, HTTPStatus: 400 + i%150,
			Title: s, Message: catalog.Message{Segments: []catalog.Segment{{Text: s}, {Param: user}}},
			Description: prose.Parse(s), Resolution: prose.Parse(s + " " + next),
			Links:  []catalog.Link{{Title: s, URL: "https://example.com/" + s}, {Title: s, URL: s}, {URL: next}},
			Params: []*catalog.Param{user, {Name: "q", Type: catalog.StringList, Example: []string{s, next}, Sensitive: i%3 == 0}},
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
		case 4:
			e.Audience = catalog.Internal
		}
		if i%2 == 0 {
			e.History = []catalog.Event{{Release: s, Changes: []catalog.ReleaseChange{{Text: s}, {Text: next}}}}
			e.Usage = &catalog.ErrorUsage{Raised: []string{s, next}, MaybeRaised: []string{s}, Handled: []string{next}}
		}
		cat.Errors = append(cat.Errors, e)
		c.Errors = append(c.Errors, e)
		c.Reserved = append(c.Reserved, catalog.Reserved{Name: fmt.Sprintf("GONE_%d", i), Reason: prose.Parse(s)})
	}
	return c
}

// catalogs are catalogs that are difficult to render.
func catalogs() map[string]*catalog.Catalog {
	long := strings.Repeat("LONG_", 60)
	offline := hostileCatalog(hostile)
	offline.NoHTTP = true
	return map[string]*catalog.Catalog{
		"nothing":      {Name: "nothing"},
		"empty groups": {Name: "empty", Categories: []*catalog.Category{{Name: "a", Anchor: "category-a"}}, Reserved: []catalog.Reserved{{Code: "1"}}},
		"hostile":      hostileCatalog(hostile),
		"no HTTP":      offline,
		"odd codes":    withCodes("a/b:c.d-e", "a.b", "01000", "0E000", "XX001", "_x", "x_", "a--b", "1.", "1-", "A", "aa", "Aa", "top", "search", "list", "constructor", "__proto__", "http://x.y", "a/b:c"),
		"long names":   withCodes(long, strings.ToLower(long), "0"),
		"long message": hostileCatalog([]string{strings.Repeat("0123456789abcde\n", 700), strings.Repeat("<b>'", 2500)}),
	}
}

// withCodes returns a catalog with errors of these codes; every third one is
// an alias.
func withCodes(codes ...string) *catalog.Catalog {
	cat := &catalog.Category{Name: "codes", Title: "Codes", Anchor: "category-codes"}
	c := &catalog.Catalog{Name: "codes", Title: "Odd codes", Categories: []*catalog.Category{cat}}
	for i, code := range codes {
		if i%3 == 2 {
			last := c.Errors[len(c.Errors)-1]
			last.Aliases = append(last.Aliases, catalog.Alias{Code: code})
			continue
		}
		c.Errors = append(c.Errors, &catalog.Error{
			Name: "N_" + code, Code: code, Anchor: code, Category: cat, HTTPStatus: 400, Title: "Of code " + code,
			Message:  catalog.Message{Segments: []catalog.Segment{{Text: "It is number " + code + "."}}},
			Severity: catalog.SeverityError, Retry: catalog.RetryNever, Audience: catalog.Public,
			Description: prose.Parse("See [another](#" + codes[0] + ")."),
		})
	}
	cat.Errors = c.Errors
	return c
}

// checkPage reports markup that is not the page's own, duplicate ids, links
// without a target, invisible characters, and errors in the index of the
// entries.
func checkPage(t testing.TB, c *catalog.Catalog, page []byte) {
	t.Helper()
	s := string(page)
	index := indexOf(t, page)
	isCompact := index.Entries == nil
	for _, block := range [][2]string{{"<style>", "</style>"}, {"<script>", "</script>"}, {`<script type="application/json" id="~index">`, "</script>"}} {
		for strings.Contains(s, block[0]) {
			before, rest, _ := strings.Cut(s, block[0])
			_, after, _ := strings.Cut(rest, block[1])
			s = before + after
		}
	}
	body := s[strings.Index(s, "<body>"):]
	checkMarkup(t, "the page", body)
	ids := make(map[string]int)
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		ids[m[1]]++
	}
	for id, times := range ids {
		if times != 1 {
			t.Errorf("the id %q appears %d times", id, times)
		}
	}
	for _, m := range regexp.MustCompile(` href="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		target := stdhtml.UnescapeString(m[1])
		if id, within := strings.CutPrefix(target, "#"); within && ids[id] != 1 {
			t.Errorf("the link to %q has no target", target)
		}
		if !catalogtest.IsLink(target) {
			t.Errorf("a link to %q", target)
		}
	}
	var shown int
	for _, cat := range c.Categories {
		for _, e := range cat.Errors {
			title := `<span class="title" dir="auto">` + stdhtml.EscapeString(prose.Line(e.Title)) + "</span>"
			if isCompact {
				title = e.Code + " " + stdhtml.EscapeString(prose.Line(e.Title)) + "\n"
				if got := index.Rows[shown]; got[0] != e.Code || got[2] != prose.Line(e.Title) && got[2] != 0.0 {
					t.Errorf("row %d of the index is %v, want %s", shown, got, e.Code)
				}
			} else if got := index.Entries[shown]; got.Code != e.Code || got.Title != prose.Line(e.Title) {
				t.Errorf("entry %d of the index is %v, want %s", shown, got, e.Code)
			}
			shown++
			if ids[e.Anchor] != 1 {
				t.Errorf("the page has no id %q", e.Anchor)
			}
			for _, a := range e.Aliases {
				if ids[a.Code] != 1 {
					t.Errorf("the page has no id %q", a.Code)
				}
			}
			if !strings.Contains(body, title) {
				t.Errorf("the page does not have %s", title)
			}
		}
	}
	if n := len(index.Entries) + len(index.Rows); shown != n {
		t.Errorf("the index has %d entries, the catalog %d", n, shown)
	}
}

var ownTag = regexp.MustCompile(`^<(?:!--[^<>]*--|/?(?:a|article|b|body|button|circle|code|dd|dialog|div|dl|dt|em|figcaption|figure|footer|h[1-4]|head|header|html|input|kbd|label|li|link|main|meta|nav|noscript|ol|p|path|pre|rect|section|span|strong|svg|symbol|table|tbody|td|th|thead|title|tr|ul|use|var))(?: [a-zA-Z-]+(?:="[^"<>]*")?)*/?>$`)

// ownTags has the short tags that ownTag was found to match.
var ownTags = make(map[string]bool)

// checkMarkup reports tags and quotes that are not the page's own, and invisible
// characters.
func checkMarkup(t testing.TB, name, text string) {
	t.Helper()
	for at := 0; ; {
		i := strings.IndexAny(text[at:], "<>\"'")
		if i < 0 {
			break
		}
		at += i
		tag := text[at : at+strings.IndexByte(text[at:], '>')+1]
		if !ownTags[tag] {
			if !ownTag.MatchString(tag) {
				t.Errorf("%s has foreign markup: %.200q", name, text[max(0, at-20):])
				break
			}
			if len(tag) < 40 {
				ownTags[tag] = true
			}
		}
		at += len(tag)
	}
	if i := strings.IndexFunc(text, isUnseen); i >= 0 {
		t.Errorf("%s has an invisible character: %.20q", name, text[i:])
	}
}

// isUnseen reports whether a character changes what is around it or is not visible.
func isUnseen(r rune) bool {
	switch {
	case r == '\t', r == '\n':
		return false
	case r < ' ', 0x7f <= r && r <= 0x9f, r == 0xad, r == 0x200b, r == 0x200e, r == 0x200f, r == 0xfeff:
		return true
	}
	return 0x2028 <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 || 0xe0000 <= r && r <= 0xe0fff
}

func FuzzPage(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+13)%len(hostile)])
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = catalogtest.Pieces(a), catalogtest.Pieces(b)
		c := hostileCatalog([]string{a, b, a + b, a + " " + b, "*" + a + "* " + b, "- " + a + "\n- " + b})
		options := html.Options{Audience: catalog.Internal}
		checkPage(t, c, render(t, c, options))
		checkPage(t, c, render(t, c, html.Compact(options)))
		checkSite(t, c, renderAll(t, c, html.Options{Pages: true, Audience: catalog.Internal, URL: "https://example.com/errors/"}))
	})
}
