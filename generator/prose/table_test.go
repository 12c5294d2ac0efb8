package prose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/prose"
)

const tableSource = `| Status | When *it* is sent, in [words](https://e.com) | n |
| :-- | :-: | --: |
| ` + "`paid|now`" + ` | The invoice was paid in full and the receipt was sent to the customer. | 10 |
| open | | 2 |`

var tableText = strings.Replace(tableSource, "paid|now", `paid\|now`, 1)

func TestPlainTable(t *testing.T) {
	blocks := prose.Parse("- a\n\n  " + strings.ReplaceAll(tableText, "\n", "\n  ")).Plain()
	want := prose.Block{
		Kind: prose.Table, Depth: 1,
		Text: "Status: paid|now, When it is sent, in words (https://e.com): The invoice was paid in full and the receipt was sent to the customer., n: 10; Status: open, n: 2",
		Rows: [][]string{
			{"Status", "When it is sent, in words (https://e.com)", "n"},
			{"paid|now", "The invoice was paid in full and the receipt was sent to the customer.", "10"},
			{"open", "", "2"},
		},
		Align: []prose.Align{prose.AlignLeft, prose.AlignCenter, prose.AlignRight},
	}
	if diff := cmp.Diff(want, blocks[len(blocks)-1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTableLines(t *testing.T) {
	for _, test := range []struct {
		name, src string
		columns   int
		want      string
	}{
		{"wide", tableText, 100, `
Status                  When it is sent, in words (https://e.com)                   n
--------  ----------------------------------------------------------------------  ---
paid|now  The invoice was paid in full and the receipt was sent to the customer.   10
open                                                                                2`},
		{"folded", tableText, 50, `
Status         When it is sent, in words         n
                    (https://e.com)
--------  -----------------------------------  ---
paid|now   The invoice was paid in full and     10
              the receipt was sent to the
                       customer.

open                                             2`},
		{"narrow", tableText, 24, `
Status: paid|now
When it is sent, in
  words (https://e.com):
  The invoice was paid
  in full and the
  receipt was sent to
  the customer.
n: 10

Status: open
n: 2`},
		{"only a header", "| a | b |\n| - | - |", 80, "\na    b\n---  ---"},
		{"only a header, narrow", "| aaaaaaa | bbbbbbb |\n| - | - |", 10, "\naaaaaaa\nbbbbbbb"},
		{"only a header and empty cells, narrow", "| aaaaaaa | bbbbbbb |\n| - | - |\n| |", 10, "\naaaaaaa\nbbbbbbb"},
		{"an empty row, narrow", "| aaaaaaa | bbbbbbb |\n| - | - |\n| |\n| c | |\n| |\n| | d |", 10, "\naaaaaaa:\n  c\n\nbbbbbbb:\n  d"},
		{"a long word", "| a | b |\n| - | - |\n| " + strings.Repeat("x", 30) + " | c d |", 36, "\na                               b\n------------------------------  ---\n" + strings.Repeat("x", 30) + "  c d"},
		{"a longer word", "| a | b |\n| - | - |\n| " + strings.Repeat("x", 30) + " | c d |", 34, "\na:\n  " + strings.Repeat("x", 30) + "\nb: c d"},
		{"wide characters", "| 日本 | b |\n| -: | - |\n| x | c |\n| 日本語です | |", 80, "\n      日本  b\n----------  ---\n         x  c\n日本語です"},
		{"no words before a colon", "| | b |\n| - | - |\n| " + strings.Repeat("x", 30) + " | c |", 20, "\n" + strings.Repeat("x", 30) + "\nb: c"},
	} {
		blocks := prose.Parse(test.src).Plain()
		got := blocks[0].Lines(test.columns)
		want := strings.Split(test.want[1:], "\n")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestTableInline(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"one\n\n" + tableText, "one Status: `paid\\|now`, When _it_ is sent, in [words](https://e.com): The invoice was paid in full and the receipt was sent to the customer., n: 10; Status: open, n: 2"},
		{"| a | | c |\n|-|-|-|\n| | | |\n| 1 | 2 | 3 |", "a: 1, 2, c: 3"},
		{"| a | | c |\n|-|-|-|", "a, c"},
		{"| a | | c |\n|-|-|-|\n| |", "a, c"},
	} {
		if got := prose.Parse(test.src).InlineMarkdown(prose.GFM); got != test.want {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}

func TestTableHTML(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"| *a* | b | c | d |\n|-|:-|:-:|-:|\n| `1` | <b> | [x](#y) |", `<table><thead><tr><th><em>a</em></th><th align="left">b</th><th align="center">c</th><th align="right">d</th></tr></thead>` +
			`<tbody><tr><td><code>1</code></td><td align="left">&lt;b&gt;</td><td align="center"><a href="#y">x</a></td><td align="right"></td></tr></tbody></table>`},
		{"| a |\n|-|", `<table><thead><tr><th>a</th></tr></thead></table>`},
		{"a\n\n| b |\n|-|\n\nhttps://e.com.", "<p>a</p>\n<table><thead><tr><th>b</th></tr></thead></table>\n" + `<p><a href="https://e.com" rel="noopener noreferrer">https://e.com</a>.</p>`},
	} {
		if got := prose.Parse(test.src).HTML(); got != test.want {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}

// TestTableDialects checks that a pipe in a cell never ends it, and how a
// dialect without nested lists writes a table in a list.
func TestTableDialects(t *testing.T) {
	const src = "| a\\|b `c\\|d` |\n| -: |\n| https://e.com |"
	for i, want := range [...]string{
		prose.GFM:       "|     a\\|b `c\\|d` |\n| --------------: |\n| <https://e.com> |",
		prose.MDX:       "|                     a\\|b `c\\|d` |\n| ------------------------------: |\n| [https\\://e.com](https://e.com) |",
		prose.VitePress: "|                     a\\|b `c\\|d` |\n| ------------------------------: |\n| [https\\://e.com](https://e.com) |",
		prose.MkDocs:    "|     a&#124;b <code>c&#124;d</code> |\n| ---------------------------------: |\n| [https&#58;//e.com](https://e.com) |",
		prose.Hugo:      "|     a\\|b `c\\|d` |\n| --------------: |\n| <https://e.com> |",
	} {
		if got := prose.Parse(src).MarkdownIn(prose.Dialect(i), ""); got != want {
			t.Errorf("dialect %d: got\n%s\nwant\n%s", i, got, want)
		}
	}
	if got := prose.Parse("- a\n\n  | b |\n  | - |").MarkdownIn(prose.MkDocs, ""); got != "<ul><li><p>a</p>&#10;<table><thead><tr><th>b</th></tr></thead></table></li></ul>" {
		t.Errorf("a table in a list: %s", got)
	}
}

// TestEmojiInCells checks that cells have the parts of emoji, and that these are not
// markup together.
func TestEmojiInCells(t *testing.T) {
	for _, test := range []struct{ text, want, code string }{
		{"👨\u200d👩\u200d👧 👍🏽 ❤\ufe0f 🇩🇪 1\ufe0f\u20e3", "👨👩👧 👍 ❤ DE 1\u20e3", "`👨👩👧 👍 ❤ DE 1\u20e3`"},
		{"🏽", "🏽", "`🏽`"},
		{"a🏽🏽b", "a🏽b", "`a🏽b`"},
		{"a`🏽", "a\\`🏽", "``a`🏽``"},
		{"&❤\ufe0famp;", "&❤amp;", "`&❤amp;`"},
		{"🇭🇹🇹🇵://a.b", `HTTP\://a.b`, "`HTTP://a.b`"},
		{"🇼🇼🇼.a.b", `WWW\.a.b`, "`WWW.a.b`"},
	} {
		if got := prose.GFM.CellCodeSpan(test.text); got != test.code {
			t.Errorf("%q as code is %q, want %q", test.text, got, test.code)
		}
		for _, src := range []string{prose.GFM.Escape(test.text), "- " + prose.GFM.Escape(test.text)} {
			if got := prose.Parse(src).CellMarkdown(prose.GFM); got != test.want {
				t.Errorf("%q is %q, want %q", src, got, test.want)
			}
		}
	}
}

// TestMarkdownTable checks the limits of alignment: a long cell must not make
// every row of a long table as long.
func TestMarkdownTable(t *testing.T) {
	rows := [][]string{{"a", "b"}}
	for range 1000 {
		rows = append(rows, []string{"c", ""})
	}
	if got := prose.MarkdownTable(rows, nil); len(got) != 1002*len("| a   | b   |\n")-1 {
		t.Errorf("a table of short cells has %d bytes", len(got))
	}
	rows[7][0] = strings.Repeat("x", 1000)
	got := prose.MarkdownTable(rows, []prose.Align{prose.AlignRight})
	if !strings.HasPrefix(got, "| a | b |\n| --: | --- |\n| c | |\n") || len(got) > 12_000 {
		t.Errorf("a table with one long cell has %d bytes: %.60q", len(got), got)
	}
	if got := prose.Parse("x\n\n" + got).Markdown(); !strings.Contains(got, "\n| c | |\n") {
		t.Errorf("the table is not read again: %.60q", got)
	}
}

func TestHasOddWidth(t *testing.T) {
	for markdown, want := range map[string]bool{
		"| a |":                  false,
		"| é 日本 |":               false,
		"| 1\u20e3 |":            false,
		"| \u20e3 |":             true,
		"\u0301 |":               false,
		"a\n\n- | a\u0301 |":     true,
		"a\n\n   | \U0001f680 |": true,
	} {
		if got := prose.HasOddWidth(markdown); got != want {
			t.Errorf("HasOddWidth(%q) = %v", markdown, got)
		}
	}
}
