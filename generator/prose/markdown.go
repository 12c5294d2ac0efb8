package prose

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Markdown returns the text as Markdown in its canonical form: blocks with
// empty lines between them, each paragraph on one line, without a line feed at
// the end. It is stable under Prettier and free of what markdownlint finds.
func (t Text) Markdown() string { return t.MarkdownBehind("") }

// MarkdownBehind returns the text as Markdown with lead, which is Markdown, in
// front: on the line of the first paragraph, or on one of its own where the
// text begins with something else.
func (t Text) MarkdownBehind(lead string) string {
	if t.tree == nil && lead == "" {
		return Escape(t.src)
	}
	blocks := t.blocks()
	var w writer
	if lead != "" {
		w.out = append(w.out, lead...)
		if len(blocks) > 0 && blocks[0].kind == blockParagraph {
			w.out = append(w.out, ' ')
		} else if len(blocks) > 0 {
			w.out = append(w.out, "\n\n"...)
		}
	}
	w.blocks(blocks, "", "\n\n")
	return string(w.out)
}

// InlineMarkdown returns the text as Markdown on one line, fit for a table cell:
// paragraphs and list items follow each other, and code is in code spans.
func (t Text) InlineMarkdown() string {
	if t.tree == nil {
		return Escape(t.src)
	}
	w := writer{cell: true}
	w.flat(t.blocks())
	return string(w.out)
}

// writer writes the tree of a text as Markdown.
type writer struct {
	out  []byte
	cell bool // in a table cell
}

// blocks writes blocks with gap between them. The first line is written where
// the writer stands, the others behind indent.
func (w *writer) blocks(blocks []block, indent, gap string) {
	for i, b := range blocks {
		if i > 0 {
			w.newline(gap, indent)
		}
		switch b.kind {
		case blockParagraph:
			w.paragraph(b.inlines, indent == "")
		case blockCode:
			w.out = appendFence(w.out, b.info, b.code, indent)
		case blockList:
			w.list(b, indent)
		}
	}
}

// newline ends a line and writes the indent of the next.
func (w *writer) newline(gap, indent string) {
	w.out = append(w.out, gap...)
	w.out = append(w.out, indent...)
}

func (w *writer) list(b block, indent string) {
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

// paragraph writes a paragraph. One that is emphasised as a whole would pass for
// a heading, so it is written without the emphasis.
func (w *writer) paragraph(inlines []inline, top bool) {
	for top && len(inlines) == 1 && isWords(inlines) && inlines[0].kind != inlineText {
		inlines = inlines[0].children
	}
	w.inlines(inlines, true)
}

// isWords reports whether there is nothing but text, emphasised or not.
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
			w.out = appendEscaped(w.out, n.text, atStart && i == 0)
			// Before a link, an exclamation mark would make an image of it.
			if last := len(w.out) - 1; w.out[last] == '!' && i+1 < len(inlines) && inlines[i+1].kind == inlineLink {
				w.out = append(w.out[:last], `\!`...)
			}
		case inlineCode:
			if w.cell {
				w.out = appendCellCode(w.out, n.text)
			} else {
				w.out = appendCodeSpan(w.out, n.text)
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

// link writes a link. One whose words are its target is written between angle
// brackets; one whose words are "here" or the like shows the target, too.
func (w *writer) link(n inline) {
	if label := plainInlines(n.children); n.title == "" {
		if label == n.text && isAbsolute(n.text) || "mailto:"+label == n.text && isMailAddress(label) {
			w.out = append(w.out, "<"+label+">"...)
			return
		}
	}
	start := len(w.out)
	w.out = append(w.out, '[')
	w.inlines(n.children, false)
	switch label := w.out[start+1:]; {
	case len(label) == 1 && label[0]|0x20 == 'x':
		// At the beginning of a list item, some take [x] for a check box.
		w.out = append(w.out[:start+1], "&#"+strconv.Itoa(int(label[0]))+";"...)
	case len(label) > maxLabel || saysNothing(string(label)) && isAbsolute(n.text):
		w.out = append(append(w.out[:start], label...), " ("...)
		if isAbsolute(n.text) {
			w.out = append(w.out, "<"+n.text+">"...)
		} else {
			w.out = appendEscaped(w.out, n.text, false)
		}
		w.out = append(w.out, ')')
		return
	case saysNothing(string(label)):
		w.out = append(w.out, " ("...)
		w.out = appendEscaped(w.out, n.text, false)
		w.out = append(w.out, ')')
	}
	w.out = append(w.out, "]("+n.text...)
	if n.title != "" {
		w.out = append(w.out, ` "`+n.title+`"`...)
	}
	w.out = append(w.out, ')')
}

// maxLabel is the number of bytes that all readers take between the brackets of
// a link.
const maxLabel = 900

// Link returns a Markdown link with plain text as its words, on one line and
// fit for a table cell. Where the title is empty, the words are the target.
// Where the target is not one that a catalog may link to (http, https, mailto,
// relative), both stand as text.
func Link(title, url string) string {
	words := Line(title)
	target, ok := linkTarget(strings.TrimSpace(url))
	switch {
	case !ok && words == "":
		return Escape(url)
	case !ok:
		return strings.TrimSpace(Escape(words + " (" + url + ")"))
	case words == "":
		words = target
	}
	w := writer{cell: true}
	w.link(inline{kind: inlineLink, text: target, children: []inline{{kind: inlineText, text: words}}})
	return string(w.out)
}

// saysNothing reports whether the words of a link do not tell where it leads.
func saysNothing(label string) bool {
	words := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool {
		return r >= utf8.RuneSelf || !isASCIILetter(byte(r)) && !isASCIIDigit(r)
	})
	switch strings.Join(words, " ") {
	case "click here", "here", "link", "more":
		return true
	}
	return false
}

// isMailAddress reports whether s, between angle brackets, is read as a mail
// address.
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
			w.out = appendCellCode(w.out, Line(b.code))
		case blockList:
			for j, item := range b.items {
				if j > 0 {
					w.out = append(w.out, "; "...)
				}
				w.flat(item)
			}
		}
	}
}
