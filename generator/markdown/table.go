package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/prose"
)

// table returns an aligned Markdown table. Cells are Markdown on one line.
func (r *renderer) table(header []string, rows [][]string) string {
	widths := make([]int, len(header))
	cellWidths := make([]int, 0, len(rows)*len(header))
	for i, h := range header {
		widths[i] = max(3, len(h))
	}
	for _, row := range rows {
		for i, cell := range row {
			plain, w, odd := displayWidth(cell)
			row[i] = plain
			r.hasOddWidths = r.hasOddWidths || odd
			widths[i] = max(widths[i], w)
			cellWidths = append(cellWidths, w)
		}
	}
	total := 2
	for _, w := range widths {
		total += w + 3
	}
	var b strings.Builder
	b.Grow(total * (len(rows) + 2))
	for i, h := range header {
		writeCell(&b, h, widths[i]-len(h))
	}
	b.WriteString("|\n")
	for _, w := range widths {
		b.WriteString("| ")
		writeRepeated(&b, dashes, w)
		b.WriteByte(' ')
	}
	b.WriteByte('|')
	for n, row := range rows {
		b.WriteByte('\n')
		for i, cell := range row {
			writeCell(&b, cell, widths[i]-cellWidths[n*len(header)+i])
		}
		b.WriteByte('|')
	}
	return b.String()
}

// looseTable writes a Markdown table that is not aligned, so that one more row
// changes no other one. Comments keep formatters from aligning it. rows writes
// the rows, each after a line feed.
func (r *renderer) looseTable(header []string, rows func()) {
	r.WriteString(r.flavor.comment("prettier-ignore-start"))
	r.WriteString("\n\n")
	r.row(header...)
	r.WriteByte('\n')
	r.WriteString(strings.Repeat("| --- ", len(header)))
	r.WriteByte('|')
	rows()
	r.WriteString("\n\n")
	r.WriteString(r.flavor.comment("prettier-ignore-end"))
}

// row writes a row of a table.
func (r *renderer) row(cells ...string) {
	for _, cell := range cells {
		r.cell(cell)
	}
	r.WriteByte('|')
}

// cell writes a cell of a row.
func (r *renderer) cell(cell string) {
	r.WriteString("| ")
	if cell != "" {
		r.WriteString(cell)
		r.WriteByte(' ')
	}
}

func writeCell(b *strings.Builder, cell string, pad int) {
	b.WriteString("| ")
	b.WriteString(cell)
	writeRepeated(b, spaces, pad+1)
}

var (
	spaces = strings.Repeat(" ", 256)
	dashes = strings.Repeat("-", 256)
)

// writeRepeated writes the first n characters of an endless repetition of s.
func writeRepeated(b *strings.Builder, s string, n int) {
	for ; n > len(s); n -= len(s) {
		b.WriteString(s)
	}
	b.WriteString(s[:n])
}

// displayWidth returns a cell for an aligned table, and its width as formatters
// count it. Knowing the width of emoji sequences would require a table of all
// of them, so cells show their parts: without joiners, skin tones and
// selectors, and flags as letters. odd reports whether the cell has characters
// about whose width programs disagree.
func displayWidth(cell string) (plain string, columns int, odd bool) {
	if isASCII(cell) {
		return cell, len(cell), false
	}
	var b strings.Builder
	b.Grow(len(cell))
	var before rune
	for i := 0; i < len(cell); {
		r, size := utf8.DecodeRuneInString(cell[i:])
		i += size
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
			columns++
			before = r
			continue
		}
		switch {
		case r == 0xfe0e || r == 0xfe0f, 0x1f3fb <= r && r <= 0x1f3ff,
			r == 0x200d && isSymbol(before):
			continue
		case 0x1f1e6 <= r && r <= 0x1f1ff:
			r = 'A' + r - 0x1f1e6
			columns++
		case r == 0x20e3 && (before == '#' || before == '*' || '0' <= before && before <= '9'):
			columns++ // a keycap takes two columns
		default:
			w := runeWidth(r)
			columns += w
			odd = odd || w == 0 || !isCommon(r)
		}
		b.WriteRune(r)
		before = r
	}
	return b.String(), columns, odd
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isSymbol(r rune) bool { return unicode.In(r, unicode.S) }

// runeWidth returns the width of a character in a cell. Formatters count a
// joiner as one column.
func runeWidth(r rune) int {
	if unicode.Is(unicode.Cf, r) {
		return 1
	}
	return prose.RuneWidth(r)
}

// isCommon reports whether all programs agree on the width of r: letters,
// punctuation and standalone symbols.
func isCommon(r rune) bool {
	switch {
	case r < 0x300, 0x370 <= r && r <= 0x482, 0x2010 <= r && r <= 0x2027, 0x20a0 <= r && r <= 0x20bf,
		0x2190 <= r && r <= 0x22ff, 0x3000 <= r && r <= 0x303d, 0x3041 <= r && r <= 0x3096, 0x30a0 <= r && r <= 0x30ff,
		0x4e00 <= r && r <= 0x9fff, 0xac00 <= r && r <= 0xd7a3, 0xff01 <= r && r <= 0xff60, 0x1f300 <= r && r <= 0x1f64f:
		return true
	}
	return false
}

// maxTitle is the maximum width of a title in the overview: one long title
// would make every row as long.
const maxTitle = 72

// shorten returns a title on one line of at most maxTitle columns.
func shorten(title string) string { return prose.Clip(title, maxTitle) }
