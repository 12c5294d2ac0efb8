package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Align is the alignment of a column of a table.
type Align int

// The alignments.
const (
	AlignNone Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// tableTransformer is goldmark's, except for tables that would take too much
// time or memory: cells in which comparing all pairs of special characters
// would take too long, and rows that are mostly missing cells.
type tableTransformer struct{ parser.ParagraphTransformer }

func (t tableTransformer) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	size, columns, rows := 0, 0, 0
	for i := range lines.Len() {
		line := lines.At(i)
		row := line.Value(reader.Source())
		if isTooDense(countSpecial(row), len(row)) {
			return
		}
		if columns == 0 {
			if columns = delimiters(row); columns == 0 {
				continue
			}
		}
		rows++
		size += len(row)
	}
	const cellsPerByte = 4
	if columns > 0 && rows*columns <= size*cellsPerByte {
		t.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// delimiters returns the number of pipes in the line between the header and the
// rows of a table, or 0 for another line.
func delimiters(line []byte) int {
	pipes, dashes := 0, 0
	for _, c := range line {
		switch c {
		case '|':
			pipes++
		case '-':
			dashes++
		case ':', ' ', '\t', '\n':
		default:
			return 0
		}
	}
	if dashes == 0 {
		return 0
	}
	return pipes
}

// appendTable adds a table, if it shows anything.
func appendTable(blocks []block, n *extast.Table, source []byte) []block {
	b := block{kind: blockTable}
	for _, a := range n.Alignments {
		b.align = append(b.align, map[extast.Alignment]Align{
			extast.AlignLeft: AlignLeft, extast.AlignCenter: AlignCenter, extast.AlignRight: AlignRight,
		}[a])
	}
	empty := true
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cells := make([][]inline, 0, len(b.align))
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			inlines := trimInlines(settle(convertInlines(cell, source, true), ' ', ' ', 0))
			cells = append(cells, inlines)
			empty = empty && len(inlines) == 0
		}
		b.rows = append(b.rows, cells)
	}
	if empty {
		return blocks
	}
	return append(blocks, b)
}

// eachCell calls f for the cells of a table that are not empty, with the words
// before each when the table is read as running text: its header, unless that is
// all there is, and what separates it from the cell before.
func (b block) eachCell(f func(gap string, header, cell []inline)) {
	gap := ""
	header, rows := recordsOf(b.rows, func(cell []inline) bool { return len(cell) > 0 })
	for _, row := range rows {
		for i, cell := range row {
			if len(cell) > 0 {
				f(gap, header[i], cell)
				gap = ", "
			}
		}
		if gap != "" {
			gap = "; "
		}
	}
}

// recordsOf returns the header of a table and the rows in which a cell has words. If
// there are none, the header is the only row.
func recordsOf[Cell any](table [][]Cell, hasWords func(Cell) bool) (header []Cell, rows [][]Cell) {
	for _, row := range table[1:] {
		if slices.ContainsFunc(row, hasWords) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return make([]Cell, len(table[0])), table[:1]
	}
	return table[0], rows
}

// table writes a table, every line but the first after indent.
func (w *writer) table(b block, indent string) {
	rows := make([][]string, len(b.rows))
	for i, row := range b.rows {
		rows[i] = make([]string, len(row))
		for j, inlines := range row {
			cell := writer{dialect: w.dialect, cell: true, inParts: true}
			cell.inlines(inlines, true)
			rows[i][j] = string(cell.out)
		}
	}
	written := MarkdownTable(rows, b.align)
	w.out = append(w.out, strings.ReplaceAll(written, "\n", "\n"+indent)...)
}

// Limits of the white space in a table: beyond both of them its columns are not
// aligned, so that one long cell does not make a long table of many short ones
// huge.
const (
	maxTablePadding = 64 << 10
	maxPaddingRatio = 8
)

// MarkdownTable returns a table of Markdown cells on one line each, the first
// row being the header, with aligned columns as formatters write it. A column
// without an element in align has no alignment. The cells are made by CellMarkdown
// and CellCodeSpan: programs disagree about the width of an emoji of several
// characters, so they have its parts.
func MarkdownTable(rows [][]string, align []Align) string {
	alignOf := func(column int) Align {
		if column < len(align) {
			return align[column]
		}
		return AlignNone
	}
	widths := make([]int, len(rows[0]))
	for i := range widths {
		widths[i] = 3
	}
	size := 0
	columns := make([]int, 0, len(rows)*len(widths)) // of each cell
	for _, row := range rows {
		for i, cell := range row {
			columns = append(columns, cellWidth(cell))
			widths[i] = max(widths[i], columns[len(columns)-1])
			size += len(cell) + len("|  ")
		}
	}
	total := 2
	for _, w := range widths {
		total += w + len("|  ")
	}
	total *= len(rows) + 1
	isAligned := total <= maxTablePadding || total <= maxPaddingRatio*size
	if !isAligned {
		clear(widths)
		total = size
	}
	var b strings.Builder
	b.Grow(total)
	for n, row := range rows {
		if n > 0 {
			b.WriteByte('\n')
		}
		for i, cell := range row {
			pad := max(0, widths[i]-columns[n*len(widths)+i])
			before := 0
			switch alignOf(i) {
			case AlignRight:
				before = pad
			case AlignCenter:
				before = pad / 2
			}
			b.WriteByte('|')
			if isAligned || cell != "" {
				writeRepeated(&b, spaces, before+1)
			}
			b.WriteString(cell)
			writeRepeated(&b, spaces, pad-before+1)
		}
		b.WriteByte('|')
		if n > 0 {
			continue
		}
		b.WriteByte('\n')
		for i, w := range widths {
			first, last := "| -", "- "
			switch alignOf(i) {
			case AlignLeft:
				first = "| :"
			case AlignRight:
				last = ": "
			case AlignCenter:
				first, last = "| :", ": "
			}
			b.WriteString(first)
			writeRepeated(&b, dashes, max(1, w-2))
			b.WriteString(last)
		}
		b.WriteByte('|')
	}
	return b.String()
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

// emojiParts returns a text with the parts of each emoji: without joiners, skin
// tones and selectors, and flags as letters. Knowing the width of the sequences
// would require a table of all of them. It must be called before a text is escaped:
// what was apart may be markup together.
func emojiParts(text string) string {
	if isASCII(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	before := rune(-1)
	for _, r := range text {
		isSymbol := before >= utf8.RuneSelf && unicode.In(before, unicode.S)
		switch {
		case before < 0: // a modifier of nothing
		case r == textSelector || r == emojiSelector, isSymbol && (r == zeroWidthJoiner || 0x1f3fb <= r && r <= 0x1f3ff):
			continue
		}
		if 0x1f1e6 <= r && r <= 0x1f1ff {
			r += 'A' - 0x1f1e6
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// cellWidth returns the columns of a cell as formatters count them.
func cellWidth(cell string) int {
	if isASCII(cell) {
		return len(cell)
	}
	columns := 0
	var before rune
	for _, r := range cell {
		switch {
		case r < utf8.RuneSelf, isKeycap(before, r): // a keycap takes two columns
			columns++
		default:
			columns += formatterWidth(r)
		}
		before = r
	}
	return columns
}

// HasOddWidth reports whether Markdown has a table with characters about whose
// width programs disagree, so that they do not agree whether it is aligned.
func HasOddWidth(markdown string) bool {
	if isASCII(markdown) {
		return false
	}
	for line := range strings.Lines(markdown) {
		if !strings.HasPrefix(strings.TrimLeft(line, " -.0123456789"), "|") {
			continue
		}
		var before rune
		for _, r := range line {
			if r >= utf8.RuneSelf && !isKeycap(before, r) && (formatterWidth(r) == 0 || !isCommon(r)) {
				return true
			}
			before = r
		}
	}
	return false
}

// isKeycap reports whether r makes an emoji of the character before it.
func isKeycap(before, r rune) bool {
	return r == 0x20e3 && (isASCIIDigit(before) || before == '#' || before == '*')
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// formatterWidth returns the width of a character in a cell. Formatters count a
// joiner as one column.
func formatterWidth(r rune) int {
	if unicode.Is(unicode.Cf, r) {
		return 1
	}
	return RuneWidth(r)
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

// Lines returns a Table as lines of text of at most the given number of display
// columns, if its words allow that: columns of folded cells below a header, or,
// if they would be too narrow, one line per cell with empty lines between the
// rows.
func (b Block) Lines(columns int) []string {
	widths := b.columnWidths(columns)
	if widths == nil {
		return b.records(columns)
	}
	isFolded := false
	rows := make([][][]string, len(b.Rows)) // the lines of each cell
	for i, row := range b.Rows {
		for j, cell := range row {
			rows[i] = append(rows[i], WrapDisplay(cell, widths[j]))
			isFolded = isFolded || len(rows[i][j]) > 1
		}
	}
	var lines []string
	for i, row := range rows {
		if isFolded && i > 1 {
			lines = append(lines, "")
		}
		lines = b.appendRow(lines, row, widths)
		if i == 0 {
			var rule strings.Builder
			for j, w := range widths {
				if j > 0 {
					rule.WriteString(columnGap)
				}
				writeRepeated(&rule, dashes, w)
			}
			lines = append(lines, rule.String())
		}
	}
	return lines
}

const columnGap = "  "

// appendRow appends the lines of a row.
func (b Block) appendRow(lines []string, row [][]string, widths []int) []string {
	height := 1
	for _, cell := range row {
		height = max(height, len(cell))
	}
	for i := range height {
		var line strings.Builder
		for j, cell := range row {
			if j > 0 {
				line.WriteString(columnGap)
			}
			words := ""
			if i < len(cell) {
				words = cell[i]
			}
			pad := max(0, widths[j]-Width(words))
			before := 0
			switch b.Align[j] {
			case AlignRight:
				before = pad
			case AlignCenter:
				before = pad / 2
			}
			writeRepeated(&line, spaces, before)
			line.WriteString(words)
			writeRepeated(&line, spaces, pad-before)
		}
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return lines
}

// columnWidths returns the widths of the columns of a table of the given width,
// or nil if they would be too narrow.
func (b Block) columnWidths(columns int) []int {
	const narrow = 12 // a column that is folded is at least as wide
	const rule = 3    // a shorter one could be a bullet
	wide := make([]int, len(b.Align))
	least := make([]int, len(b.Align))
	for _, row := range b.Rows {
		for i, cell := range row {
			wide[i] = max(wide[i], Width(cell), rule)
			for word := range strings.FieldsSeq(cell) {
				least[i] = max(least[i], Width(word[:unbrokenLen(word)]))
			}
		}
	}
	for limit := columns; limit >= narrow; limit-- {
		widths := make([]int, len(wide))
		total := len(columnGap) * (len(wide) - 1)
		for i := range wide {
			widths[i] = min(wide[i], max(least[i], limit))
			total += widths[i]
		}
		if total <= columns {
			return widths
		}
	}
	return nil
}

// records returns a line per cell, after its header.
func (b Block) records(columns int) []string {
	var lines []string
	header, rows := recordsOf(b.Rows, func(cell string) bool { return cell != "" })
	for i, row := range rows {
		if i > 0 {
			lines = append(lines, "")
		}
		for j, cell := range row {
			switch {
			case cell == "":
				continue
			case header[j] != "":
				cell = header[j] + ": " + cell
			}
			for k, line := range WrapDisplay(cell, columns-len(columnGap)) {
				if k > 0 {
					line = columnGap + line
				}
				lines = append(lines, line)
			}
		}
	}
	return lines
}
