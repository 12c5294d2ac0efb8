package prose

import (
	"html"
	"strings"
)

// HTML returns the text as HTML: paragraphs, lists, tables, code blocks,
// emphasis, code and links. Links have an href and, if they lead to another site,
// a rel; aligned cells have an align, which works without styles; other elements
// have no attributes. All text is escaped. It is empty if the text is.
func (t Text) HTML() string {
	var w htmlWriter
	w.blocks(t.blocks(), false)
	return w.String()
}

// EscapeHTML returns plain text as HTML for the content of an element or a
// quoted attribute. White space stays as it is; invisible characters are
// escaped as Visible does.
func EscapeHTML(s string) string { return html.EscapeString(Visible(unixLines(s))) }

// LinkHTML returns an HTML link with plain text as its words. Without a title
// the words are the target. If the target is not one that LinkTarget accepts,
// both are plain text.
func LinkHTML(title, url string) string {
	words := Line(title)
	target, ok := LinkTarget(strings.TrimSpace(url))
	switch {
	case !ok && words == "":
		return EscapeHTML(url)
	case !ok:
		return EscapeHTML(words + " (" + url + ")")
	case words == "":
		words = target
	}
	var w htmlWriter
	w.inlines([]inline{{kind: inlineLink, text: target, children: []inline{{kind: inlineText, text: words}}}})
	return w.String()
}

type htmlWriter struct{ strings.Builder }

// blocks writes a sequence of blocks. In a tight list, paragraphs have no
// element of their own.
func (w *htmlWriter) blocks(blocks []block, tight bool) {
	for i, b := range blocks {
		if i > 0 {
			w.WriteByte('\n')
		}
		switch {
		case b.kind == blockParagraph && tight:
			w.inlines(b.inlines)
		case b.kind == blockParagraph:
			w.WriteString("<p>")
			w.inlines(b.inlines)
			w.WriteString("</p>")
		case b.kind == blockCode:
			w.element("pre", func() { w.element("code", func() { w.text(b.code) }) })
		case b.kind == blockTable:
			w.table(b)
		case b.ordered:
			w.element("ol", func() { w.items(b) })
		default:
			w.element("ul", func() { w.items(b) })
		}
	}
}

func (w *htmlWriter) table(b block) {
	row := func(name string, cells [][]inline) {
		w.element("tr", func() {
			for i, cell := range cells {
				w.WriteString("<" + name + [...]string{AlignNone: "", AlignLeft: ` align="left"`, AlignCenter: ` align="center"`, AlignRight: ` align="right"`}[b.align[i]] + ">")
				w.inlines(cell)
				w.WriteString("</" + name + ">")
			}
		})
	}
	w.element("table", func() {
		w.element("thead", func() { row("th", b.rows[0]) })
		if len(b.rows) > 1 {
			w.element("tbody", func() {
				for _, cells := range b.rows[1:] {
					row("td", cells)
				}
			})
		}
	})
}

func (w *htmlWriter) items(list block) {
	for _, item := range list.items {
		w.element("li", func() { w.blocks(item, !list.loose) })
	}
}

func (w *htmlWriter) inlines(inlines []inline) {
	for _, n := range inlines {
		switch n.kind {
		case inlineText:
			w.text(n.text)
		case inlineCode:
			w.element("code", func() { w.text(n.text) })
		case inlineEmphasis:
			w.element("em", func() { w.inlines(n.children) })
		case inlineStrong:
			w.element("strong", func() { w.inlines(n.children) })
		case inlineLink:
			w.link(n)
		}
	}
}

func (w *htmlWriter) link(n inline) {
	w.WriteString(`<a href="` + html.EscapeString(n.text) + `"`)
	if n.title != "" {
		w.WriteString(` title="` + html.EscapeString(n.title) + `"`)
	}
	if leavesSite(n.text) {
		w.WriteString(` rel="noopener noreferrer"`)
	}
	w.WriteByte('>')
	w.inlines(n.children)
	w.WriteString("</a>")
}

// leavesSite reports whether a target names a host.
func leavesSite(target string) bool {
	return IsWebAddress(target) || strings.HasPrefix(target, "//")
}

func (w *htmlWriter) element(name string, content func()) {
	w.WriteString("<" + name + ">")
	content()
	w.WriteString("</" + name + ">")
}

func (w *htmlWriter) text(s string) { w.WriteString(html.EscapeString(s)) }
