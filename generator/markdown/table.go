package markdown

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/prose"
)

// table returns an aligned Markdown table. Cells are Markdown on one line.
func (r *renderer) table(header []string, rows [][]string) string {
	table := prose.MarkdownTable(slices.Insert(rows, 0, header), nil)
	r.hasOddWidths = r.hasOddWidths || prose.HasOddWidth(table)
	return table
}

// looseTable writes a Markdown table that is not aligned, so that one more row
// changes no other one. rows writes the rows, each after a line feed.
func (r *renderer) looseTable(header []string, rows func()) {
	r.row(header...)
	r.WriteByte('\n')
	r.WriteString(strings.Repeat("| --- ", len(header)))
	r.WriteByte('|')
	rows()
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

// maxTitle is the maximum width of a title in the overview: one long title
// would make every row as long.
const maxTitle = 72

// shorten returns a title on one line of at most maxTitle columns.
func shorten(title string) string { return prose.Clip(title, maxTitle) }
