package terminal_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/prose"
	"github.com/errcat/errcat/generator/terminal"
)

// TestLinked checks what becomes a hyperlink, and what of it.
func TestLinked(t *testing.T) {
	link := func(target, text string) string { return "\x1b]8;;" + target + "\x1b\\" + text + "\x1b]8;;\x1b\\" }
	same := func(address string) string { return link(address, address) }
	for _, test := range []struct{ text, want string }{
		{"no address http and https:// and http://", "no address http and https:// and http://"},
		{"see https://example.com/a?b=c#d.", "see " + same("https://example.com/a?b=c#d") + "."},
		{"(http://example.com/(x)), and", "(" + same("http://example.com/(x)") + "), and"},
		{`"type": "https://example.com/errors#1001",`, `"type": "` + same("https://example.com/errors#1001") + `",`},
		{"https://a.example\n  https://b.example", same("https://a.example") + "\n  " + same("https://b.example")},
		{"https://example.com/größe;x", link("https://example.com/gr%C3%B6%C3%9Fe%3Bx", "https://example.com/größe;x")},
		{"HTTPS://example.com, xhttp://a http:b https://:80 httpſ://c", same("HTTPS://example.com") + ", x" + same("http://a") + " http:b https://:80 httpſ://c"},
		{"javascript:alert(1) file:///etc/passwd ftp://x", "javascript:alert(1) file:///etc/passwd ftp://x"},
		{`https://evil.example/\x1b]8;;`, same("https://evil.example/") + `\x1b]8;;`},
		{strings.Repeat("http://", 1<<20), strings.Repeat("http://", 1<<20)},
		{"https://" + strings.Repeat("x", 3000), "https://" + strings.Repeat("x", 3000)},
	} {
		if got := terminal.Linked(test.text); got != test.want {
			t.Errorf("%.200q becomes %.200q, want %.200q", test.text, got, test.want)
		}
	}
	// Without the links, the text is what it was.
	marks := regexp.MustCompile("\x1b\\]8;;[!-~]*\x1b\\\\")
	for _, s := range hostile {
		text := "https://example.com/" + prose.Visible(s) + " x"
		if linked := terminal.Linked(text); marks.ReplaceAllString(linked, "") != marks.ReplaceAllString(text, "") {
			t.Errorf("%q becomes %q", text, linked)
		}
	}
}

// TestLogLine keeps colors, and shows what else a terminal would interpret.
func TestLogLine(t *testing.T) {
	for line, want := range map[string]string{
		"plain":                        "plain",
		"a\tb":                         "a\tb",
		"\x1b[31;1mred\x1b[0m x":       "\x1b[31;1mred\x1b[0m x",
		"\x1b[mx":                      "\x1b[mx",
		"\x1b[2Jx":                     `\x1b[2Jx`,
		"\x1b]0;t\x07x\x1b[31":         `\x1b]0;t\x07x\x1b[31`,
		"\x1b":                         `\x1b`,
		"a\rb":                         `a\rb`,
		"\u202ex\xff":                  `\u202ex\xff`,
		"\x1b[\x1b[1m":                 `\x1b[` + "\x1b[1m",
		"\x1b]8;;https://x\x1b\\y\x1b": `\x1b]8;;https://x\x1b\y\x1b`,
	} {
		if got := terminal.LogLine(line); got != want {
			t.Errorf("%q becomes %q, want %q", line, got, want)
		}
	}
}

// TestInLine finds what lines mention for certain, and counts it.
func TestInLine(t *testing.T) {
	c := load.Source(t, []byte(`
version: 1
catalog: {name: shop, http: false}
errors:
  CARD_DECLINED: {code: "2001", title: Card declined, message: The card was declined}
  LIMIT: {code: "10", title: Over the limit}
  TIMEOUT: {code: A-7, title: Timed out after a while}
`))
	f := terminal.NewFinder(c)
	var m terminal.Mentions
	for i, test := range []struct{ line, want string }{
		{"code=2001 took=10", "CARD_DECLINED"},
		{"processed 2001 rows, 10 lost", ""},
		{"the card was declined: insufficient", "CARD_DECLINED"},
		{"error: CARD_DECLINED, then TIMEOUT", "CARD_DECLINED TIMEOUT"},
		{"a timeout of the card", ""},
		{"err.code=10 (CARD_DECLINED)", "LIMIT CARD_DECLINED"},
		{"", ""},
	} {
		found, _ := f.InLine(test.line, false)
		m.Add(i+1, found)
		var names []string
		for _, e := range found {
			names = append(names, e.Name)
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%q mentions %q, want %q", test.line, got, test.want)
		}
	}
	// A code is found wherever it is in a long line, and no part of a longer word is one.
	for _, before := range []int{0, 32_500, 32_755, 32_760, 32_768, 65_000} {
		for _, filler := range []string{"x", "1 ", "12001: "} {
			line := strings.Repeat(filler, before/len(filler)) + " code=2001 " + strings.Repeat(filler, 20_000)
			for _, size := range []int{len(line), 32_768} {
				var names []string
				rest := ""
				for at := 0; at < len(line); at += size {
					end := min(at+size, len(line))
					var found []terminal.Entry
					found, rest = f.InLine(rest+line[at:end], end < len(line))
					for _, e := range found {
						names = append(names, e.Name)
					}
				}
				if names = slices.Compact(names); len(names) != 1 || names[0] != "CARD_DECLINED" {
					t.Errorf("after %d characters of %q, in parts of %d, a line mentions %q", before, filler, size, names)
				}
			}
		}
	}
	var b strings.Builder
	if err := terminal.WriteMentions(&b, m.List(), false, terminal.Style{}); err != nil {
		t.Fatal(err)
	}
	const want = `TIMES  LINE  CODE  NAME           TITLE
4      1     2001  CARD_DECLINED  Card declined
1      4     A-7   TIMEOUT        Timed out after a while
1      6     10    LIMIT          Over the limit
`
	if b.String() != want {
		t.Errorf("the table is\n%s", b.String())
	}
}
