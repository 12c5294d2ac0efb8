package importer

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlReader finds the tables of a page.
type htmlReader struct {
	tables  []table
	open    []*htmlTable // tables around each other
	heading strings.Builder
	inTitle bool // in a heading
	line    int
	cells   int
}

// htmlTable is a table that is being read.
type htmlTable struct {
	table
	cell   *strings.Builder
	spans  []htmlSpan // of cells of earlier rows, by column
	rows   int        // that the cell covers
	column int        // columns that the cell covers
}

// htmlSpan is a cell that covers further rows.
type htmlSpan struct {
	text string
	rows int
}

// maxCells limits the cells of a page, because one cell can cover many.
const maxCells = 2_000_000

// html reads the tables of a page.
func (r *reader) html() {
	h := &htmlReader{line: 1}
	tokens := html.NewTokenizer(strings.NewReader(r.text))
	tokens.SetMaxBuf(maxSize)
	skip := atom.Atom(0) // the element whose text is not shown
	for h.cells < maxCells {
		kind := tokens.Next()
		raw := strings.Count(string(tokens.Raw()), "\n")
		token := tokens.Token()
		switch kind {
		case html.ErrorToken:
			for len(h.open) > 0 {
				h.endTable()
			}
			for _, t := range h.tables {
				r.table(t)
			}
			return
		case html.TextToken:
			if skip == 0 {
				h.text(token.Data)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if kind == html.StartTagToken && (token.DataAtom == atom.Script || token.DataAtom == atom.Style) {
				skip = token.DataAtom
			}
			h.start(token)
		case html.EndTagToken:
			if token.DataAtom == skip {
				skip = 0
			}
			h.end(token.DataAtom)
		}
		h.line += raw
	}
	r.fail("the tables have more than %d cells", maxCells)
}

// text adds text to the cell or the heading around it.
func (h *htmlReader) text(s string) {
	if t := h.current(); t != nil && t.cell != nil {
		t.cell.WriteString(strings.Join(strings.Fields(" "+s+" "), " "))
		if s != "" && strings.TrimRight(s, " \t\r\n") != s {
			t.cell.WriteByte(' ')
		}
		return
	}
	if h.inTitle {
		h.heading.WriteString(s)
	}
}

// current returns the innermost table.
func (h *htmlReader) current() *htmlTable {
	if len(h.open) == 0 {
		return nil
	}
	return h.open[len(h.open)-1]
}

// start begins an element.
func (h *htmlReader) start(token html.Token) {
	t := h.current()
	switch token.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Caption:
		if t == nil || t.cell == nil {
			h.heading.Reset()
			h.inTitle = true
		}
	case atom.Table:
		if len(h.open) < 100 {
			h.open = append(h.open, &htmlTable{table: table{heading: strings.Join(strings.Fields(h.heading.String()), " ")}})
		}
	case atom.Tr:
		if t != nil {
			h.endCell()
			t.table.rows = append(t.table.rows, row{line: h.line})
		}
	case atom.Td, atom.Th:
		if t != nil && len(t.table.rows) > 0 {
			h.endCell()
			h.spanned()
			t.cell, t.rows, t.column = new(strings.Builder), 1, 1
			for _, a := range token.Attr {
				n, err := strconv.Atoi(a.Val)
				if err != nil || n < 1 || n > maxColumns {
					continue
				}
				switch a.Key {
				case "rowspan":
					t.rows = n
				case "colspan":
					t.column = n
				}
			}
		}
	case atom.Br, atom.P, atom.Li, atom.Div:
		if t != nil && t.cell != nil && t.cell.Len() > 0 {
			t.cell.WriteByte('\n')
		}
	}
}

// end ends an element.
func (h *htmlReader) end(name atom.Atom) {
	switch name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Caption:
		h.inTitle = false
	case atom.Td, atom.Th:
		h.endCell()
	case atom.Tr:
		h.endCell()
		h.spanned()
	case atom.Table:
		h.endTable()
	}
}

// endCell adds the cell to its row.
func (h *htmlReader) endCell() {
	t := h.current()
	if t == nil || t.cell == nil {
		return
	}
	text := clean(t.cell.String())
	t.cell = nil
	last := &t.table.rows[len(t.table.rows)-1]
	for range t.column {
		if len(last.cells) >= maxColumns {
			return
		}
		for len(t.spans) <= len(last.cells) {
			t.spans = append(t.spans, htmlSpan{})
		}
		t.spans[len(last.cells)] = htmlSpan{text, t.rows - 1}
		last.cells = append(last.cells, cell{text: text})
		h.cells++
	}
}

// spanned adds the cells of earlier rows that cover the next columns.
func (h *htmlReader) spanned() {
	t := h.current()
	if t == nil || len(t.table.rows) == 0 {
		return
	}
	last := &t.table.rows[len(t.table.rows)-1]
	for i := len(last.cells); i < len(t.spans) && t.spans[i].rows > 0; i++ {
		t.spans[i].rows--
		last.cells = append(last.cells, cell{text: t.spans[i].text})
		h.cells++
	}
}

// endTable ends the innermost table. Its text is also that of the cell around it.
func (h *htmlReader) endTable() {
	t := h.current()
	if t == nil {
		return
	}
	h.endCell()
	h.tables = append(h.tables, t.table)
	h.open = h.open[:len(h.open)-1]
}
