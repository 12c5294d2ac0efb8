package prose_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/prose"
)

// TestTables checks which tables a document has, with their headings, lines and
// cells.
func TestTables(t *testing.T) {
	const document = "---\ntitle: x\n---\n\n# One `1`\n\n| A | B |\n| - | - |\n| **b** [c](d) | `e \\| f` |\n| a<br>b |\n\n```md\n| no | table |\n| -- | ----- |\n```\n\n## Two\n\n- item\n\n  | C |\n  | - |\n  | \\*x\\* |\n\n| not | a table |\n"
	var b strings.Builder
	for _, table := range prose.Tables(document) {
		fmt.Fprintf(&b, "%s\n", table.Heading)
		for _, row := range table.Rows {
			fmt.Fprintf(&b, "%d", row.Line)
			for _, c := range row.Cells {
				fmt.Fprintf(&b, " %q %q", c.Plain, c.Markdown)
			}
			b.WriteString("\n")
		}
	}
	want := "One 1\n" +
		`7 "A" "A" "B" "B"` + "\n" +
		`9 "b c" "**b** [c](d)" "e | f" "` + "`e | f`" + `"` + "\n" +
		`10 "a\nb" "a\nb" "" ""` + "\n" +
		"Two\n" +
		`21 "C" "C"` + "\n" +
		`23 "*x*" "\\*x\\*"` + "\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	if crlf := prose.Tables(strings.ReplaceAll(document, "\n", "\r\n")); len(crlf) != 2 || crlf[1].Rows[1].Line != 23 {
		t.Errorf("with CRLF: %v", crlf)
	}
}

func FuzzTables(f *testing.F) {
	f.Add("# a\n| b | c |\n|--|:-:|\n| d \\| e | f<br>g |\n")
	f.Add("> - | a |\n>   | - |\n>   | b |\n")
	for _, s := range catalogtest.Seeds(100) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, document string) {
		document = catalogtest.Pieces(document)
		lines := strings.Count(document, "\n") + strings.Count(document, "\r") + 1
		for _, table := range prose.Tables(document) {
			if len(table.Rows) == 0 {
				t.Errorf("%q has a table without rows", document)
			}
			for _, row := range table.Rows {
				if row.Line < 0 || row.Line > lines {
					t.Errorf("%q: line %d", document, row.Line)
				}
			}
		}
	})
}
