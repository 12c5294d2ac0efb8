package prose

import (
	"strconv"
	"strings"
)

// Markdown returns the text as Markdown in its canonical form: blocks with
// empty lines between them, each paragraph on one line, without a line feed at
// the end. Prettier does not change it, and markdownlint has no findings in it.
func (t Text) Markdown() string { return t.MarkdownIn(GFM, "") }

// MarkdownIn returns the text as Markdown in a dialect, after lead, which is
// Markdown too: on the line of the first paragraph, or on a line of its own if
// the text begins with another block.
func (t Text) MarkdownIn(d Dialect, lead string) string {
	if t.tree == nil && lead == "" {
		return d.Escape(t.src)
	}
	return string(t.AppendMarkdown(make([]byte, 0, len(lead)+len(t.src)+len(t.src)/8+16), d, lead))
}

// AppendMarkdown appends MarkdownIn(d, lead) to out.
func (t Text) AppendMarkdown(out []byte, d Dialect, lead string) []byte {
	w := writer{dialect: d, out: append(apart(out), lead...)}
	if t.tree == nil {
		words := Line(t.src)
		if lead != "" && words != "" {
			w.out = append(w.out, ' ')
		}
		return append(out, d.appendEscaped(w.out, words, true)...)
	}
	blocks := t.blocks()
	if lead != "" && len(blocks) > 0 {
		gap := "\n\n"
		if blocks[0].kind == blockParagraph {
			gap = " "
		}
		w.out = append(w.out, gap...)
	}
	w.blocks(blocks, "", "\n\n")
	return append(out, w.out...)
}

// InlineMarkdown returns the text as Markdown on one line, also for a table cell:
// paragraphs and list items follow each other, and code is in code spans.
func (t Text) InlineMarkdown(d Dialect) string {
	if t.tree == nil {
		return d.Escape(t.src)
	}
	w := writer{dialect: d, cell: true}
	w.flat(t.blocks())
	return string(w.out)
}

// CellMarkdown is InlineMarkdown for a cell of MarkdownTable.
func (t Text) CellMarkdown(d Dialect) string {
	if t.tree == nil {
		return d.Escape(emojiParts(Line(t.src)))
	}
	w := writer{dialect: d, cell: true, inParts: true}
	w.flat(t.blocks())
	return string(w.out)
}

// writer writes the tree of a text as Markdown.
type writer struct {
	dialect Dialect
	out     []byte
	cell    bool // in a table cell
	inParts bool // with the parts of emoji
	inLink  bool
}

// blocks writes blocks with gap between them. The first line is written at the
// current position, the others after indent.
func (w *writer) blocks(blocks []block, indent, gap string) {
	for i, b := range blocks {
		if i > 0 {
			w.newline(gap, indent)
		}
		switch b.kind {
		case blockParagraph:
			w.paragraph(b.inlines, indent == "")
		case blockCode:
			w.out = w.dialect.appendFence(w.out, b.info, b.code, indent)
		case blockList:
			w.list(b, indent)
		case blockTable:
			w.table(b, indent)
		}
	}
}

// newline ends a line and writes the indent of the next.
func (w *writer) newline(gap, indent string) {
	w.out = append(w.out, gap...)
	w.out = append(w.out, indent...)
}

func (w *writer) list(b block, indent string) {
	if !w.dialect.traits().hasNesting && !isFlat(b) {
		var list htmlWriter
		list.blocks([]block{b}, false)
		w.out = append(w.out, oneLineHTML(list.String())...)
		return
	}
	gap := "\n"
	if b.loose {
		gap = "\n\n"
	}
	for i, item := range b.items {
		if i > 0 {
			w.newline(gap, indent)
		}
		marker := "- "
		if b.ordered {
			marker = strconv.Itoa(i+1) + ". "
		}
		w.out = append(w.out, marker...)
		w.blocks(item, indent+strings.Repeat(" ", len(marker)), gap)
	}
}

// isFlat reports whether every item of a list is a single paragraph.
func isFlat(list block) bool {
	for _, item := range list.items {
		if len(item) > 1 || item[0].kind != blockParagraph {
			return false
		}
	}
	return true
}

// paragraph writes a paragraph. One that is emphasized as a whole looks like a
// heading, so it is written without the emphasis.
func (w *writer) paragraph(inlines []inline, top bool) {
	for top && len(inlines) == 1 && isWords(inlines) && inlines[0].kind != inlineText {
		inlines = inlines[0].children
	}
	w.inlines(inlines, true)
}

// text returns a text as the writer shows it.
func (w *writer) text(text string) string {
	if w.inParts {
		return emojiParts(text)
	}
	return text
}

// isWords reports whether there is only text, emphasized or not.
func isWords(inlines []inline) bool {
	for _, n := range inlines {
		if n.kind == inlineCode || n.kind == inlineLink || !isWords(n.children) {
			return false
		}
	}
	return true
}

// inlines writes the pieces of a paragraph.
func (w *writer) inlines(inlines []inline, atStart bool) {
	for i, n := range inlines {
		switch n.kind {
		case inlineText:
			w.out = w.dialect.appendEscaped(w.out, w.text(n.text), atStart && i == 0)
			// An exclamation mark before a link would make it an image.
			if last := len(w.out) - 1; w.out[last] == '!' && i+1 < len(inlines) && inlines[i+1].kind == inlineLink {
				w.out = w.dialect.appendCharacter(w.out[:last], '!')
			}
		case inlineCode:
			if w.cell {
				w.out = w.dialect.appendCellCode(w.out, w.text(n.text))
			} else {
				w.out = w.dialect.appendCodeSpan(w.out, n.text)
			}
		case inlineEmphasis:
			w.emphasis("_", n)
		case inlineStrong:
			w.emphasis("**", n)
		case inlineLink:
			w.link(n)
		}
	}
}

func (w *writer) emphasis(marks string, n inline) {
	w.out = append(w.out, marks...)
	w.inlines(n.children, false)
	w.out = append(w.out, marks...)
}

// link writes a link. If its words are its target, it is written between angle
// brackets.
func (w *writer) link(n inline) {
	label := plainInlines(n.children)
	if w.inLink && w.dialect != GFM { // GFM keeps links within links
		w.inlines(n.children, false)
		return
	}
	w.inLink = true
	defer func() { w.inLink = false }()
	if n.title == "" {
		if label == n.text && IsAbsolute(n.text) || "mailto:"+label == n.text && isMailAddress(label) {
			w.autolink(label, n.text)
			return
		}
	}
	start := len(w.out)
	w.out = append(w.out, '[')
	w.inlines(n.children, false)
	switch written := w.out[start+1:]; {
	case len(written) == 1 && written[0]|0x20 == 'x':
		// Some readers show [x] at the beginning of a list item as a checkbox.
		w.out = append(w.out[:start+1], "&#"+strconv.Itoa(int(written[0]))+";"...)
	case len(written) > maxLabel:
		w.out = append(append(w.out[:start], written...), " ("...)
		if IsAbsolute(n.text) {
			w.autolink(n.text, n.text)
		} else {
			w.out = w.dialect.appendEscaped(w.out, n.text, false)
		}
		w.out = append(w.out, ')')
		return
	}
	w.out = append(w.out, "]("+w.target(n.text)...)
	if n.title != "" {
		w.out = append(w.out, ` "`+w.text(n.title)+`"`...)
	}
	w.out = append(w.out, ')')
}

// autolink writes a link whose words are its target.
func (w *writer) autolink(label, target string) {
	if traits := w.dialect.traits(); traits.hasAutolinks && !(traits.hasEmoji && hasEmoji(label)) {
		w.out = append(w.out, "<"+label+">"...)
		return
	}
	w.out = append(w.out, '[')
	w.out = w.dialect.appendEscaped(w.out, label, false)
	w.out = append(w.out, "]("+w.target(target)+")"...)
}

// target returns the target of a link in the dialect's form.
func (w *writer) target(target string) string {
	if f := w.dialect.traits().target; f != nil {
		return f(target)
	}
	return target
}

// maxLabel is the number of bytes that all readers allow between the brackets
// of a link.
const maxLabel = 900

// isMailAddress reports whether s between angle brackets is a mail address.
func isMailAddress(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || domain == "" {
		return false
	}
	for i := 0; i < len(local); i++ {
		if !isWordByte(local, i) && strings.IndexByte(".-+_", local[i]) < 0 {
			return false
		}
	}
	for label := range strings.SplitSeq(domain, ".") {
		if !isWordByte(label, 0) || !isWordByte(label, len(label)-1) || len(label) > 63 {
			return false
		}
		for i := 0; i < len(label); i++ {
			if !isWordByte(label, i) && label[i] != '-' {
				return false
			}
		}
	}
	return true
}

// flat writes blocks on one line.
func (w *writer) flat(blocks []block) {
	for i, b := range blocks {
		if i > 0 {
			w.out = append(w.out, ' ')
		}
		switch b.kind {
		case blockParagraph:
			w.inlines(b.inlines, true)
		case blockCode:
			w.out = w.dialect.appendCellCode(w.out, w.text(Line(b.code)))
		case blockList:
			for j, item := range b.items {
				if j > 0 {
					w.out = append(w.out, "; "...)
				}
				w.flat(item)
			}
		case blockTable:
			b.eachCell(func(gap string, header, cell []inline) {
				w.out = append(w.out, gap...)
				if len(header) > 0 {
					w.inlines(header, true)
					w.out = append(w.out, ": "...)
				}
				w.inlines(cell, true)
			})
		}
	}
}
