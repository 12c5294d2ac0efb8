package prose

import "strconv"

// BlockKind is the kind of a Block.
type BlockKind int

// The kinds of blocks.
const (
	// Paragraph is running text, to be wrapped.
	Paragraph BlockKind = iota
	// Item is the first paragraph of a list item: running text after a Marker.
	Item
	// Code is text that keeps its lines.
	Code
	// Table is rows of cells, to be laid out by Lines.
	Table
)

// Block is a part of a text without Markdown.
type Block struct {
	Kind BlockKind
	// Depth is the number of list items around the block; for an Item it
	// includes the item itself.
	Depth int
	// Marker is "-" or a number such as "1." for an Item.
	Marker string
	// Text is a single line for a Paragraph and an Item. For Code it is lines
	// separated by line feeds, without one at the end. For a Table it is the
	// rows as running text on a single line. All of it is visible, as Visible
	// makes it.
	Text string
	// Rows are the rows of a Table, the first being the header. All have as
	// many cells as Align has elements. A cell is a single visible line, and may
	// be empty.
	Rows  [][]string
	Align []Align
}

// Plain returns the text without Markdown, block by block: emphasis and code
// spans are their words, a link is its words followed by its target in
// parentheses.
func (t Text) Plain() []Block { return appendPlain(nil, t.blocks(), 0) }

func appendPlain(out []Block, blocks []block, depth int) []Block {
	for _, b := range blocks {
		switch b.kind {
		case blockParagraph:
			out = append(out, Block{Kind: Paragraph, Depth: depth, Text: plainInlines(b.inlines)})
		case blockCode:
			out = append(out, Block{Kind: Code, Depth: depth, Text: b.code})
		case blockTable:
			out = append(out, plainTable(b, depth))
		case blockList:
			for i, item := range b.items {
				first := len(out)
				marker := "-"
				if b.ordered {
					marker = strconv.Itoa(i+1) + "."
				}
				out = appendPlain(out, item, depth+1)
				if out[first].Kind == Paragraph && out[first].Depth == depth+1 {
					out[first].Kind, out[first].Marker = Item, marker
				} else {
					// An item that begins with code or a list gets an empty
					// Item of its own.
					out = append(out, Block{})
					copy(out[first+1:], out[first:])
					out[first] = Block{Kind: Item, Depth: depth + 1, Marker: marker}
				}
			}
		}
	}
	return out
}

// plainTable returns a table without Markdown.
func plainTable(b block, depth int) Block {
	out := Block{Kind: Table, Depth: depth, Align: b.align}
	for _, row := range b.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = plainInlines(cell)
		}
		out.Rows = append(out.Rows, cells)
	}
	var words []byte
	b.eachCell(func(gap string, header, cell []inline) {
		words = append(words, gap...)
		if len(header) > 0 {
			words = append(appendPlainInlines(words, header), ": "...)
		}
		words = appendPlainInlines(words, cell)
	})
	out.Text = string(words)
	return out
}

// plainInlines returns the words of a paragraph.
func plainInlines(inlines []inline) string {
	if len(inlines) == 1 && inlines[0].kind == inlineText {
		return inlines[0].text
	}
	return string(appendPlainInlines(nil, inlines))
}

func appendPlainInlines(out []byte, inlines []inline) []byte {
	for _, n := range inlines {
		switch n.kind {
		case inlineText, inlineCode:
			out = append(out, n.text...)
		case inlineEmphasis, inlineStrong:
			out = appendPlainInlines(out, n.children)
		case inlineLink:
			start := len(out)
			out = appendPlainInlines(out, n.children)
			if label := string(out[start:]); !isTargetOf(label, n.text) {
				out = append(out, " ("+n.text+")"...)
			}
		}
	}
	return out
}
