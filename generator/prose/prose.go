// Package prose reads the Markdown texts of a catalog and writes them for each
// kind of output. Texts are data: a catalog may use a few constructs
// (paragraphs, lists, tables, emphasis, code,
// links), and every output shows everything
// else as plain text.
package prose

import (
	"strings"
	"sync"
)

// Text is a parsed Markdown text. The zero Text is empty. A Text is immutable
// and safe for concurrent use.
type Text struct {
	src string
	// tree is nil if the text is one paragraph of plain words.
	tree *tree
	// mapLink, if not nil, maps the targets of links.
	mapLink linkMapper
}

// linkMapper returns the target to write for the target of a link, and whether
// to keep the link.
type linkMapper func(target string) (string, bool)

// tree is the parsed form, made on first use: a run that writes no
// documentation does not pay for it.
type tree struct {
	once   sync.Once
	blocks []block
}

// Parse reads Markdown. It accepts every string and does not fail.
func Parse(src string) Text {
	if isPlain(src) {
		return Text{src: src}
	}
	return Text{src: src, tree: new(tree)}
}

// Source returns the source of the text.
func (t Text) Source() string { return t.src }

// Equal reports whether both texts have the same source.
func (t Text) Equal(u Text) bool { return t.src == u.src }

// IsEmpty reports whether the text shows nothing.
func (t Text) IsEmpty() bool {
	if t.tree == nil {
		return strings.TrimSpace(t.src) == ""
	}
	return len(t.blocks()) == 0
}

// MapLinks returns the text with the target of each link replaced by what f
// returns for it. If f returns false, the link becomes plain text: its source.
func (t Text) MapLinks(f func(target string) (string, bool)) Text {
	if t.tree == nil || !strings.Contains(t.src, "](") && !strings.Contains(t.src, "<") {
		return t
	}
	return Text{src: t.src, tree: new(tree), mapLink: f}
}

// blocks returns the parsed text.
func (t Text) blocks() []block {
	if t.tree == nil {
		if words := Line(t.src); words != "" {
			return []block{{kind: blockParagraph, inlines: []inline{{kind: inlineText, text: words}}}}
		}
		return nil
	}
	t.tree.once.Do(func() {
		if inlines, ok := simpleInlines(t.src, t.mapLink); ok {
			t.tree.blocks = appendParagraph(nil, inlines)
		} else {
			t.tree.blocks = parse(t.src, t.mapLink)
		}
	})
	return t.tree.blocks
}
