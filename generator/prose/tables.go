package prose

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// DocumentTable is a table of a Markdown document.
type DocumentTable struct {
	// Heading is the text of the nearest heading before the table.
	Heading string
	// Rows are the rows of the table; the first is the header.
	Rows []TableRow
}

// TableRow is a row of a DocumentTable.
type TableRow struct {
	Line  int
	Cells []TableCell
}

// TableCell is a cell of a DocumentTable: its text without markup, and as it is written.
type TableCell struct{ Plain, Markdown string }

// Tables returns the tables of a Markdown document that people maintain, as GitHub
// reads them. It accepts every document and does not fail.
func Tables(document string) []DocumentTable {
	source := []byte(unixLines(document))
	tables := outlineParser(parser.WithParagraphTransformers(
		util.Prioritized(tableTransformer{extension.NewTableParagraphTransformer()}, 200),
	))
	var found []DocumentTable
	heading := ""
	lines := lineCounter{source: source}
	// Tables are also within lists and quotes.
	_ = ast.Walk(tables.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			heading = ""
			if l := n.Lines(); l.Len() > 0 {
				heading = plainWords(string(bytes.TrimSpace(l.Value(source))))
			}
			return ast.WalkSkipChildren, nil
		case *extast.Table:
			t := DocumentTable{Heading: heading}
			for r := n.FirstChild(); r != nil; r = r.NextSibling() {
				t.Rows = append(t.Rows, tableRow(r, source, &lines))
			}
			found = append(found, t)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return found
}

var lineBreakTag = regexp.MustCompile(`(?i)\s*<br\s*/?>\s*`)

// tableRow returns a row of a table.
func tableRow(r ast.Node, source []byte, lines *lineCounter) TableRow {
	row := TableRow{}
	for c := r.FirstChild(); c != nil; c = c.NextSibling() {
		cell := TableCell{}
		if l := c.Lines(); l != nil && l.Len() > 0 {
			row.Line = lines.at(l.At(0).Start)
			cell.Markdown = strings.ReplaceAll(strings.TrimSpace(string(l.Value(source))), `\|`, "|")
			cell.Markdown = lineBreakTag.ReplaceAllString(cell.Markdown, "\n")
			cell.Plain = plainWords(cell.Markdown)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// plainWords returns the words of a text without markup, one line per line.
func plainWords(markdown string) string {
	var all []string
	for line := range strings.SplitSeq(markdown, "\n") {
		var b strings.Builder
		for _, block := range Parse(line).blocks() {
			writeWords(&b, block.inlines)
		}
		all = append(all, strings.TrimSpace(b.String()))
	}
	return strings.Join(all, "\n")
}

// writeWords writes the text of inlines.
func writeWords(b *strings.Builder, inlines []inline) {
	for _, i := range inlines {
		switch i.kind {
		case inlineText, inlineCode:
			b.WriteString(i.text)
		default:
			writeWords(b, i.children)
		}
	}
}

// lineCounter numbers the lines of a text, for offsets that usually grow.
type lineCounter struct {
	source       []byte
	offset, line int
}

// at returns the number of the line at an offset.
func (c *lineCounter) at(offset int) int {
	if offset < c.offset {
		c.offset, c.line = 0, 0
	}
	c.line += bytes.Count(c.source[c.offset:offset], []byte("\n"))
	c.offset = offset
	return c.line + 1
}
