package yamldoc

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/errcat/errcat/generator/diag"
)

// Edits are changes to the text of a document that keep every other byte. To insert
// whole lines, replace the empty range at the start or the end of Lines; to delete
// them, replace that range by nothing.
type Edits struct {
	doc  *Document
	list []edit
	// root is the tree that changes with the text, nil if nothing does.
	root *Node
	// padding is what is inside of braces; nil until it is known.
	padding *string
	err     error
}

// edit replaces the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// Edit returns no edits yet.
func (d *Document) Edit() *Edits { return &Edits{doc: d} }

// EditTree returns no edits yet of a document with that root node, which the methods
// that insert, set and remove nodes change together with the text.
func (d *Document) EditTree(root *Node) *Edits { return &Edits{doc: d, root: root} }

// Replace replaces the bytes from start to end by a text. The order of calls
// matters only for texts that are inserted at the same place.
func (e *Edits) Replace(start, end int, text string) {
	if string(e.doc.data[start:end]) != text {
		e.list = append(e.list, edit{start, end, text})
	}
}

// Lines returns the byte offsets at which the lines of the nodes from first to last
// start and end. The comments directly above belong to them, unless they are indented
// deeper, as those at the end of what is before. It takes the nodes of the parser,
// such as a key and its value.
func (d *Document) Lines(first, last *Node) (start, end int) {
	from, _ := d.Span(first)
	_, end = d.Span(last)
	line := d.line(from)
	for column := d.leading(line); line > 0 && d.isComment(line-1) && d.leading(line-1) <= column; {
		line--
	}
	next := d.line(max(from, end-1)) + 1
	if next == len(d.lines) {
		return d.lines[line], len(d.data)
	}
	return d.lines[line], d.lines[next]
}

// line returns the index of the line that contains an offset.
func (s *source) line(offset int) int {
	s.index()
	return sort.SearchInts(s.lines, offset+1) - 1
}

// ErrContent says that edits do not have the result that they should have.
var ErrContent = errors.New("the edited text does not have the same content")

// Apply returns the edited text. It parses it, and returns an error if its root
// node is not equal to want: the edits were wrong, and the text must not be used.
func (e *Edits) Apply(want *Node) ([]byte, error) {
	if e.err != nil {
		return nil, e.err
	}
	slices.SortStableFunc(e.list, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	data := e.doc.data
	var b bytes.Buffer
	b.Grow(len(data) + len(data)/16)
	at := 0
	for _, edit := range e.list {
		if edit.start < at {
			return nil, fmt.Errorf("two edits change the same text, at byte %d", edit.start)
		}
		b.Write(data[at:edit.start])
		b.WriteString(edit.text)
		at = edit.end
	}
	b.Write(data[at:])
	report := diag.NewReport(e.doc.file)
	root, ok := New(e.doc.file, b.Bytes(), report).Parse("")
	if !ok || report.Findings().HasErrors() || root == nil || !equal(root, want) {
		return nil, ErrContent
	}
	return b.Bytes(), nil
}

// equal reports whether two nodes have the same content: their kinds, values,
// types, anchors and aliases, but not how they are written.
func equal(a, b *Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || a.Anchor != b.Anchor || a.ShortTag() != b.ShortTag() || len(a.Content) != len(b.Content) {
		return false
	}
	for i, child := range a.Content {
		if !equal(child, b.Content[i]) {
			return false
		}
	}
	return true
}
