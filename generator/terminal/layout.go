package terminal

import (
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/prose"
)

// This file has the layout of a page.

// title writes the first lines of a page in bold.
func (p *page) title(text string) {
	for _, line := range prose.WrapDisplay(text, p.columns) {
		p.WriteString(p.style.bold(line) + "\n")
	}
}

// section writes a heading in capitals after an empty line.
func (p *page) section(heading string) {
	p.WriteString("\n" + p.style.bold(strings.ToUpper(heading)) + "\n")
}

// paragraph writes visible text, wrapped and indented.
func (p *page) paragraph(indent int, text string) { p.hanging(indent, "", text) }

// hanging writes visible text after a label, wrapped so that all its lines
// begin after the label.
func (p *page) hanging(indent int, label, text string) {
	lines := prose.WrapDisplay(text, p.width(indent+prose.Width(label)))
	if len(lines) == 0 && label != "" {
		lines = []string{""}
	}
	for i, line := range lines {
		if i > 0 {
			label = strings.Repeat(" ", prose.Width(label))
		}
		p.WriteString(strings.TrimRight(fmt.Sprintf("%*s%s%s", indent, "", label, line), " ") + "\n")
	}
}

// minWidth is the width of text on very narrow terminals.
const minWidth = 16

// width returns the width of text after an indentation.
func (p *page) width(indent int) int { return max(p.columns-indent, minWidth) }

// lines writes plain text with its own lines. Long ones are wrapped with their
// own indentation.
func (p *page) lines(indent int, text string) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(text)
	for line := range strings.SplitSeq(strings.Trim(prose.Visible(text), "\n"), "\n") {
		line = strings.TrimRight(line, " ")
		if prose.Width(line) <= p.width(indent) {
			p.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+line, " ") + "\n")
			continue
		}
		own := len(line) - len(strings.TrimLeft(line, " "))
		p.paragraph(indent+min(own, p.width(indent)/2), line)
	}
}

// prose writes a text of the catalog without its Markdown.
func (p *page) prose(indent int, t prose.Text) {
	begins := []int{indent} // the column of text by the depth of its block
	blocks := t.Plain()
	for i, b := range blocks {
		if i > 0 && (b.Kind != prose.Item || blocks[i-1].Kind != prose.Item) {
			p.WriteByte('\n')
		}
		begins = begins[:min(len(begins), b.Depth+1)]
		at := begins[len(begins)-1]
		switch b.Kind {
		case prose.Item:
			begins = begins[:min(len(begins), b.Depth)]
			at = begins[len(begins)-1]
			begins = append(begins, at+len(b.Marker)+1)
			p.hanging(at, b.Marker+" ", b.Text)
		case prose.Code:
			for line := range strings.SplitSeq(b.Text, "\n") {
				p.WriteString(strings.TrimRight(strings.Repeat(" ", at+4)+line, " ") + "\n")
			}
		case prose.Table:
			for _, line := range b.Lines(p.width(at)) {
				p.WriteString(strings.TrimRight(strings.Repeat(" ", at)+line, " ") + "\n")
			}
		default:
			p.paragraph(at, b.Text)
		}
	}
}

// labelWidth is the width of labels in the list of facts.
const labelWidth = 15

// fact writes a line with a label, unless the text is empty.
func (p *page) fact(label, text string) {
	label, text = prose.Line(label), prose.Line(text)
	if text == "" {
		return
	}
	if width := prose.Width(label); width < labelWidth {
		p.hanging(indent, label+strings.Repeat(" ", labelWidth-width), text)
		return
	}
	p.paragraph(indent, label+":")
	p.paragraph(indent+labelWidth, text)
}
