package terminal_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
	"github.com/errcat/errcat/generator/terminal"
)

// hostile are texts that have a meaning for terminals, width calculations or
// spreadsheets.
var hostile = []string{
	"\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\", "\x1bP+q544e\x1b\\", "\x1b[2J\x1b[H", "\x1b[6n",
	"\u009b31m", "\u0090x\u009c", "\u0085", "\x00", "\x07", "\x08\x08\x08", "\x7f", "a\rb", "a\r\nb", "\r", "\x0b\x0c", "\x0e\x0f", "\x1b",
	"\u202eabc\u202c", "\u2066a\u2069", "\u200eabc\u200f", "\u061c", "\u2028", "\u2029", "\ufeff", "a\u200bb", "\u00ad", "\U000e0041\U000e0042", "\ufff9a\ufffab\ufffb",
	"\xff", "a\xc3", "\xed\xa0\x80", "\ufffd", "\ufffe",
	"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"https://evil.example\")", "\t=1", " =1", "\n=1", "＝1", "'=1", "\"=1", "|calc", "%0A=1",
	"日本語のエラーです。とても長いので、折り返されます。「かぎ」括弧も、ー長音も。", "한국어 오류", "ｆｕｌｌ", "e\u0301\u0301\u0301", "\u0301", "🔥👍🏽👨‍👩‍👧🇩🇪1️⃣", "العربية", "עברית", "می\u200cخواهم", "ไทยภาษา",
	"a\nb\nc", "\n\n\n", " ", "\t", "a\tb", "    indented", "a  b", "$(touch hacked)", "`x`", "%s%d%!", "{{.X}}", "{x}",
	"- a\n  - b\n\n    c\n- ```\n  code\n  ```\n", "1. a\n\n   b\n2. c", "```\ncode\n```", "> quote", "# heading",
	"| \x1b[2J | 日本語の\u202eエラー |\n|-:|:-:|\n| `\x9b31m\\|` | " + strings.Repeat("word ", 30) + "|\n| " + strings.Repeat("x", 90) + " |", "- | =1+1 |\n  | - |\n  | \x07 |", "see https://evil.example/\x1b]8;; or https://example.com/\u202e", "<b>x</b>", "[x](https://example.com)", "**x** `y`",
	strings.Repeat("x", 300), strings.Repeat("word ", 200), strings.Repeat("語", 200), strings.Repeat("\u0301", 300),
}

// hostileCatalog has an error for each text, with that text wherever a text is
// allowed.
func hostileCatalog(texts []string) *catalog.Catalog {
	cat := &catalog.Category{Name: "all", Title: texts[0], Description: prose.Parse(texts[0])}
	c := &catalog.Catalog{Name: "hostile", GoPackage: "hostile", Title: texts[0], TypeURI: "https://example.com/{code}", Categories: []*catalog.Category{cat}}
	for i, s := range texts {
		next := texts[(i+1)%len(texts)]
		link := &catalog.MetadataField{Name: fmt.Sprintf("u%d", i), Type: catalog.MetadataURL, Title: s}
		list := &catalog.MetadataField{Name: fmt.Sprintf("l%d", i), Type: catalog.MetadataStringList, Title: next}
		c.Metadata = append(c.Metadata, link, list)
		e := &catalog.Error{
			Name: fmt.Sprintf("HOSTILE_%d", i), Code: fmt.Sprintf("H%03d", i), GoName: fmt.Sprintf("Hostile%d", i), TypeScriptName: fmt.Sprintf("HOSTILE_%d", i),
			Aliases: []catalog.Alias{{Code: fmt.Sprintf("A%03d", i)}}, FormerNames: []catalog.FormerName{{Name: fmt.Sprintf("OLD_%d", i)}},
			Category: cat, HTTPStatus: 400 + i%100, Title: s, Message: catalog.Message{Segments: []catalog.Segment{{Text: s + "\n.\n" + s}}},
			Description: prose.Parse(s), Resolution: prose.Parse(s + "\n\n" + next),
			Links: []catalog.Link{{Title: s, URL: "https://example.com/" + s}, {Title: s, URL: s}, {URL: next}},
			Params: []*catalog.Param{
				{Name: "p", Type: catalog.String, Description: prose.Parse(s), Example: s, Values: []string{s, next}},
				{Name: "q", Type: catalog.StringList, Example: []string{s, next}, Sensitive: i%3 == 0},
			},
			Retry: catalog.RetryNever, Severity: catalog.SeverityError, Audience: catalog.Public,
			Tags: []string{s, next}, Owner: s, Since: s, Metadata: []catalog.Metadatum{{Key: s, Value: next}, {Key: link.Name, Field: link, Value: next}, {Key: list.Name, Field: list, Value: []string{s, next}}},
		}
		e.Pos.File, e.Pos.Line = s, 7
		e.Usage = &catalog.ErrorUsage{Raised: []string{s, next}, MaybeRaised: []string{s}, Handled: []string{next}}
		switch i % 5 {
		case 1:
			e.Deprecated = &catalog.Lifecycle{Since: s, Reason: prose.Parse(next), ReplacedBy: c.Errors[0]}
		case 2:
			e.Retired = &catalog.Lifecycle{Since: next, Reason: prose.Parse(s)}
		case 3:
			e.Retry, e.RetryAfter, e.Audience = catalog.RetryAfter, 30*time.Second, catalog.Internal
		}
		c.Errors = append(c.Errors, e)
		r := catalog.Reserved{Name: fmt.Sprintf("GONE_%d", i), Reason: prose.Parse(s)}
		r.Pos.File = s
		c.Reserved = append(c.Reserved, r)
	}
	cat.Errors, c.Fallback = c.Errors, c.Errors[0]
	return c
}

// checkVisible fails the test if a text contains characters that terminals
// interpret. Their escapes are allowed.
func checkVisible(t *testing.T, what, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8: %q", what, text)
	}
	for i, r := range text {
		joiner := r == '\u200c' || r == '\u200d'
		if r < ' ' && r != '\n' && r != '\t' || 0x7f <= r && r <= 0x9f || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp, unicode.Cf) && !joiner {
			t.Errorf("%s has the raw character %U: %q", what, r, text[max(0, i-40):min(len(text), i+40)])
			return
		}
	}
}

// TestHostile prints a hostile catalog in every form, at several widths: only
// visible characters reach the terminal.
func TestHostile(t *testing.T) {
	texts := append([]string(nil), hostile...)
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		var b strings.Builder
		for range 1 + random.IntN(8) {
			b.WriteString(hostile[random.IntN(len(hostile)-4)])
		}
		texts = append(texts, b.String())
	}
	c := hostileCatalog(texts)
	f := terminal.NewFinder(c)
	answers := append(f.Find("HOSTILE"), f.Find("H00X")...)
	for i, s := range texts {
		for _, query := range []string{fmt.Sprintf("H%03d", i), fmt.Sprintf("GONE_%d", i), s, "x " + s + " H1"} {
			answers = append(answers, f.Find(query)...)
		}
	}
	for _, style := range []terminal.Style{{}, {Columns: 20, Cut: true}, {Columns: 1}, {Columns: 300, Cut: true}} {
		c.NoHTTP = !c.NoHTTP
		print := func(what string, write func(b *bytes.Buffer) error) string {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			checkVisible(t, what, b.String())
			return b.String()
		}
		for _, a := range answers {
			print(a.Query, func(b *bytes.Buffer) error { return terminal.WriteAnswer(b, a, style) })
		}
		table := print("the table", func(b *bytes.Buffer) error { return terminal.WriteTable(b, only(c), entriesOf(c), style) })
		if lines := strings.Count(table, "\n"); lines != len(c.Errors)+1 {
			t.Errorf("the table has %d lines, want %d", lines, len(c.Errors)+1)
		}
		print("the CSV", func(b *bytes.Buffer) error { return terminal.WriteCSV(b, only(c), entriesOf(c)) })
		print("the JSON", func(b *bytes.Buffer) error { return terminal.WriteJSON(b, model.New(c).Errors) })
	}
}

// TestHostileJSON reads the JSON back: it is exact, except for what is not
// UTF-8.
func TestHostileJSON(t *testing.T) {
	var b bytes.Buffer
	if err := terminal.WriteJSON(&b, hostile); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for i, want := range hostile {
		if utf8.ValidString(want) && got[i] != want {
			t.Errorf("%q is %q", want, got[i])
		}
	}
}

// TestHostileCSV reads a hostile list back: spreadsheets do not evaluate any
// cell.
func TestHostileCSV(t *testing.T) {
	c := hostileCatalog(hostile)
	var b bytes.Buffer
	if err := terminal.WriteCSV(&b, only(c), entriesOf(c)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(c.Errors)+1 {
		t.Fatalf("%d rows, want %d", len(rows), len(c.Errors)+1)
	}
	for i, row := range rows[1:] {
		if row[0] != c.Errors[i].Code || row[2] != fmt.Sprint(c.Errors[i].HTTPStatus) {
			t.Errorf("row %d is of %s", i, row[0])
		}
		for _, cell := range row {
			if begin := strings.TrimSpace(cell); begin != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(begin)[0]) {
				t.Errorf("%q is a formula", cell)
			}
			if cell != "" && strings.ContainsAny(cell[:1], "\t\r\n") {
				t.Errorf("%q begins with white space", cell)
			}
		}
	}
}

// FuzzExplain queries a catalog of arbitrary texts.
func FuzzExplain(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+7)%len(hostile)], 40)
	}
	f.Add("code=H000: x", "H000", 80)
	for i, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s, 10*i)
	}
	f.Fuzz(func(t *testing.T, text, query string, columns int) {
		text, query = catalogtest.Pieces(text), catalogtest.Pieces(query)
		c := hostileCatalog([]string{text, query, "x"})
		style := terminal.Style{Columns: max(1, columns%400), Cut: columns%2 == 0}
		var b bytes.Buffer
		for _, a := range append(terminal.NewFinder(c).Find(query), terminal.Answer{Catalog: c, Error: c.Errors[0]}, terminal.Answer{Catalog: c, Error: c.Errors[1], Query: text}) {
			if err := terminal.WriteAnswer(&b, a, style); err != nil {
				t.Fatal(err)
			}
		}
		if err := terminal.WriteTable(&b, only(c), entriesOf(c), style); err != nil {
			t.Fatal(err)
		}
		checkVisible(t, "the output", b.String())
	})
}
