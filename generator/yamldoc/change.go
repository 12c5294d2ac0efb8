package yamldoc

import (
	"bytes"
	"cmp"
	"errors"
	"strings"

	"gopkg.in/yaml.v3"
)

// This file changes the tree of a document and its text at the same time, so that
// Apply can compare the two.

// NewText returns a string for Edits to insert.
func NewText(s string) *Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// NewQuoted returns a string that is in double quotes, however it looks.
func NewQuoted(s string) *Node {
	n := NewText(s)
	n.Style = yaml.DoubleQuotedStyle
	return n
}

// NewNumber returns an integer in decimal notation.
func NewNumber(digits string) *Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: digits}
}

// NewMapping returns a mapping of keys and values, alternately.
func NewMapping(content ...*Node) *Node {
	return &yaml.Node{Kind: yaml.MappingNode, Content: content}
}

// NewList returns a list.
func NewList(elements ...*Node) *Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Content: elements}
}

// InBrackets returns a mapping or list that is to be written on one line.
func InBrackets(n *Node) *Node {
	n.Style |= yaml.FlowStyle
	return n
}

// NewMerge returns a mapping in braces with all pairs of the one that a node is an
// alias of, for further ones to be added.
func NewMerge(alias *Node) *Node {
	return InBrackets(NewMapping(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!merge", Value: "<<"}, &yaml.Node{Kind: yaml.AliasNode, Value: alias.Value, Alias: alias.Alias}))
}

// IsAlias reports whether a node stands for another one.
func IsAlias(n *Node) bool { return n.Kind == yaml.AliasNode }

// IsInBrackets reports whether a mapping or list is in braces or brackets.
func IsInBrackets(n *Node) bool { return n.Style&yaml.FlowStyle != 0 }

// KeyIndex returns the index of a key in a mapping that is written there, -1 if there is
// none: it may have come through a merge key.
func KeyIndex(m *Node, name string) int {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if key := Target(m.Content[i]); key.Kind == yaml.ScalarNode && key.Value == name {
			return i
		}
	}
	return -1
}

// ErrLayout says that a document is written in a way that an edit does not know.
var ErrLayout = errors.New("the layout of the file is not one that can be edited")

// fail notes that an edit is impossible.
func (e *Edits) fail() { e.err = ErrLayout }

// InsertPair inserts a key with its value into a mapping, as the pair with an index.
// In a block mapping, isApart asks for a blank line between the pair and the one
// before it, or after it if it becomes the first.
func (e *Edits) InsertPair(m *Node, index int, key, value *Node, isApart bool) {
	at := 2 * index
	if m.Style&yaml.FlowStyle != 0 || len(m.Content) == 0 {
		e.insertInBrackets(m, at, 2, e.flow(key)+": "+e.flow(value))
	} else {
		e.insertLines(m, at, key, value, isApart)
	}
	m.Content = append(m.Content[:at:at], append([]*Node{key, value}, m.Content[at:]...)...)
}

// insertLines inserts the lines of a pair into a block mapping.
func (e *Edits) insertLines(m *Node, at int, key, value *Node, isApart bool) {
	d := e.doc
	first, _ := d.Span(m.Content[0])
	column := d.column(first)
	lineBreak := d.lineBreakAt(first)
	text := e.block(key, value, column, d.step(m), lineBreak)
	if at > 0 {
		offset := d.blockEnd(m.Content[at-2], m.Content[at-1])
		lineBreak := d.lineBreakAt(offset)
		text = e.block(key, value, column, d.step(m), lineBreak)
		if isApart {
			text = lineBreak + text
			if next := d.line(offset); at < len(m.Content) && !d.isBlank(next) {
				text += lineBreak
			}
		}
		e.insertAtLine(offset, text, lineBreak)
		return
	}
	if isApart {
		text += lineBreak
	}
	if d.isFirst(first) {
		start, _ := d.Lines(m.Content[0], m.Content[0])
		e.insertAtLine(start, text, lineBreak)
		return
	}
	indent := strings.Repeat(" ", column)
	e.Replace(first, first, strings.TrimPrefix(text, indent)+indent)
}

// insertAtLine inserts whole lines where a line begins, or after the last line, even
// if that has no line break.
func (e *Edits) insertAtLine(offset int, text, lineBreak string) {
	if data := e.doc.data; offset == len(data) && offset > 0 && data[offset-1] != '\n' && data[offset-1] != '\r' {
		text = lineBreak + strings.TrimSuffix(text, lineBreak)
	}
	e.Replace(offset, offset, text)
}

// blockEnd returns the offset after the lines of a pair in a block mapping. The
// comments below it that are indented deeper belong to it.
func (d *Document) blockEnd(key, value *Node) int {
	start, keyEnd := d.Span(key)
	_, end := d.Span(value)
	line := d.line(max(start, keyEnd-1, end-1)) + 1
	last := value
	for last.Kind != yaml.ScalarNode && last.Style&yaml.FlowStyle == 0 && len(last.Content) > 0 {
		last = last.Content[len(last.Content)-1]
	}
	if last.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && bytes.IndexByte(d.word(d.scalar(last)), '+') >= 0 {
		for line < len(d.lines)-1 && d.isBlank(line) {
			line++ // It is part of the string.
		}
	}
	column := d.column(start)
	for next := line; next < len(d.lines); next++ {
		if d.isBlank(next) {
			continue
		}
		if !d.isComment(next) || d.leading(next) <= column {
			break
		}
		line = next + 1
	}
	return d.lineOffset(line)
}

// lineOffset returns where a line begins, or the end of the file.
func (d *Document) lineOffset(line int) int {
	if line < len(d.lines) {
		return d.lines[line]
	}
	return len(d.data)
}

// lineBreakAt returns the line break before the line with an offset, or else the
// first one of the file.
func (d *Document) lineBreakAt(offset int) string {
	before := ""
	if line := d.line(offset); line > 0 {
		before = d.lineBreak(line - 1)
	}
	return cmp.Or(before, d.lineBreak(0), "\n")
}

// step returns by how many columns the block mappings in a block mapping are
// indented.
func (d *Document) step(m *Node) int {
	start, _ := d.Span(m.Content[0])
	for i := 1; i < len(m.Content); i += 2 {
		if inner := m.Content[i]; inner.Kind == yaml.MappingNode && inner.Style&yaml.FlowStyle == 0 && len(inner.Content) > 0 {
			first, _ := d.Span(inner.Content[0])
			if step := d.column(first) - d.column(start); step > 0 {
				return step
			}
		}
	}
	return indentation
}

// IsApart reports whether most pairs of a block mapping have a blank line before the
// next one; known is false if there is at most one pair.
func (d *Document) IsApart(m *Node) (isApart, known bool) {
	gaps, blank := 0, 0
	for i := 2; i+1 < len(m.Content) && m.Style&yaml.FlowStyle == 0; i += 2 {
		gaps++
		start, _ := d.Lines(m.Content[i], m.Content[i])
		if line := d.line(start); line > 0 && d.isBlank(line-1) {
			blank++
		}
	}
	return 2*blank > gaps, gaps > 0
}

// Append adds an element to a list that is the value at an index of the content of a
// block or flow mapping; the value may also be missing.
func (e *Edits) Append(m *Node, index int, element *Node) {
	list := m.Content[index]
	switch {
	case list.Kind == yaml.SequenceNode && (list.Style&yaml.FlowStyle != 0 || len(list.Content) == 0):
		e.insertInBrackets(list, len(list.Content), 1, e.flow(element))
		list.Content = append(list.Content[:len(list.Content):len(list.Content)], element)
	case list.Kind == yaml.SequenceNode:
		e.appendLines(list, element)
	case isNothing(list) && m.Style&yaml.FlowStyle == 0:
		offset := e.doc.blockEnd(m.Content[index-1], list)
		start, _ := e.doc.Span(m.Content[index-1])
		lineBreak := e.doc.lineBreakAt(offset)
		e.insertAtLine(offset, strings.Repeat(" ", e.doc.column(start)+indentation)+"- "+e.flow(element)+lineBreak, lineBreak)
		m.Content[index] = NewList(element)
	case isNothing(list):
		e.ReplaceValue(m, index, NewList(element))
	default:
		e.fail()
	}
}

// appendLines adds an element to a block list.
func (e *Edits) appendLines(list, element *Node) {
	d := e.doc
	last := list.Content[len(list.Content)-1]
	dash := d.token(d.scalar(list))
	if dash >= len(d.data) || d.data[dash] != '-' {
		e.fail()
		return
	}
	start, end := d.Span(last)
	offset := d.lineOffset(d.line(max(start, end-1)) + 1)
	if end <= dash {
		offset = d.lineOffset(d.line(dash) + 1)
	}
	lineBreak := d.lineBreakAt(offset)
	indent := strings.Repeat(" ", d.column(dash))
	text := indent + "- " + e.flow(element) + lineBreak
	if last.Kind == yaml.MappingNode && last.Style&yaml.FlowStyle == 0 && len(last.Content) > 0 && element.Kind == yaml.MappingNode {
		first, _ := d.Span(last.Content[0])
		column := d.column(first)
		var b strings.Builder
		for i := 0; i+1 < len(element.Content); i += 2 {
			b.WriteString(e.block(element.Content[i], element.Content[i+1], column, indentation, lineBreak))
		}
		text = indent + "-" + strings.Repeat(" ", max(1, column-len(indent)-1)) + b.String()[column:]
	}
	e.insertAtLine(offset, text, lineBreak)
	list.Content = append(list.Content[:len(list.Content):len(list.Content)], element)
}

// insertInBrackets inserts a text before the element at an index of the content of a
// collection in brackets, whose elements have step nodes each.
func (e *Edits) insertInBrackets(n *Node, at, step int, text string) {
	d := e.doc
	_, end := d.Span(n)
	open := d.scalar(n)
	if open >= end || d.data[open] != '{' && d.data[open] != '[' {
		e.fail()
		return
	}
	if len(n.Content) == 0 {
		if len(bytes.TrimSpace(d.data[open+1:end-1])) > 0 { // a comment
			e.Replace(end-1, end-1, text)
			return
		}
		if d.data[open] == '{' {
			text = e.pad() + text + e.pad()
		}
		e.Replace(open+1, end-1, text)
		return
	}
	if at == 0 {
		start, _ := d.Span(n.Content[0])
		e.Replace(start, start, text+", ")
		return
	}
	start, _ := d.Span(n.Content[at-step])
	last := d.elementEnd(n, at-step, step)
	next := d.token(last)
	if next >= end {
		e.fail()
		return
	}
	ownLine := d.isFirst(start)
	line := d.line(last - 1)
	indent := strings.Repeat(" ", d.column(start))
	lineBreak := d.lineBreakAt(d.lineOffset(line + 1))
	switch {
	case d.data[next] == ',':
		after := d.token(next + 1)
		if ownLine && d.line(after) > d.line(next) {
			e.Replace(d.lineOffset(d.line(next)+1), d.lineOffset(d.line(next)+1), indent+text+","+lineBreak)
			return
		}
		e.Replace(next+1, next+1, " "+text+",")
	case ownLine && d.line(next) > line:
		e.Replace(last, last, ",")
		e.Replace(d.lineOffset(line+1), d.lineOffset(line+1), indent+text+lineBreak)
	default:
		e.Replace(last, last, ", "+text)
	}
}

// elementEnd returns the offset after an element of a collection in brackets.
func (d *Document) elementEnd(n *Node, at, step int) int {
	_, end := d.Span(n.Content[at])
	if step == 1 {
		return end
	}
	if value := n.Content[at+1]; !isNothing(value) {
		_, end = d.Span(value)
	} else if colon := d.token(end); colon < len(d.data) && d.data[colon] == ':' {
		end = colon + 1
	}
	return end
}

// RemovePair removes the pair at an index of the content of a mapping, with the
// comments that belong to it, and with a blank line if it is between two.
func (e *Edits) RemovePair(m *Node, at int) {
	if m.Style&yaml.FlowStyle != 0 {
		e.removeInBrackets(m, at)
	} else {
		e.removeLines(m, at)
	}
	m.Content = append(m.Content[:at:at], m.Content[at+2:]...)
}

// removeLines removes the lines of a pair of a block mapping.
func (e *Edits) removeLines(m *Node, at int) {
	d := e.doc
	first, _ := d.Span(m.Content[at])
	if !d.isFirst(first) {
		e.fail()
		return
	}
	start, _ := d.Lines(m.Content[at], m.Content[at])
	end := d.blockEnd(m.Content[at], m.Content[at+1])
	from, to := d.line(start), d.line(end)
	if end == len(d.data) && (end == 0 || d.data[end-1] != '\n' && d.data[end-1] != '\r') {
		to = len(d.lines)
	}
	isBlank := func(line int) bool { return line >= 0 && line < len(d.lines) && d.isBlank(line) }
	switch before := isBlank(from - 1); {
	case (before || at == 0) && to < len(d.lines)-1 && isBlank(to):
		for to < len(d.lines)-1 && isBlank(to) {
			to++
		}
	case before && to >= len(d.lines)-1:
		for isBlank(from - 1) {
			from--
		}
	}
	start, end = d.lineOffset(from), d.lineOffset(to)
	if to == len(d.lines) && from > 0 {
		start = d.lines[from-1] + len(d.rest(d.lines[from-1])) // The last line still has no line break.
	}
	e.Replace(start, end, "")
}

// removeInBrackets removes a pair of a mapping in braces.
func (e *Edits) removeInBrackets(m *Node, at int) {
	d := e.doc
	start, _ := d.Span(m.Content[at])
	end := d.elementEnd(m, at, 2)
	next := d.token(end)
	if next >= len(d.data) {
		e.fail()
		return
	}
	if d.data[next] == ',' {
		after := d.token(next + 1)
		if d.isFirst(start) && d.line(after) > d.line(next) {
			start, _ = d.Lines(m.Content[at], m.Content[at])
			e.Replace(start, d.lineOffset(d.line(next)+1), "")
			return
		}
		end = next + 1
		for end < after && (d.data[end] == ' ' || d.data[end] == '\t') {
			end++
		}
		e.Replace(start, end, "")
		return
	}
	if at == 0 {
		e.Replace(start, end, "")
		return
	}
	comma := d.token(d.elementEnd(m, at-2, 2))
	if d.isFirst(start) && d.line(next) > d.line(end-1) {
		e.Replace(comma, comma+1, "")
		start, _ = d.Lines(m.Content[at], m.Content[at])
		e.Replace(start, d.lineOffset(d.line(end-1)+1), "")
		return
	}
	e.Replace(comma, end, "")
}

// SetString replaces a scalar in the content of a node, a key, a value or an element,
// by another string. It keeps its quotes and its anchor; an alias is replaced by the
// string itself.
func (e *Edits) SetString(parent *Node, index int, s string) {
	n, d := parent.Content[index], e.doc
	start, end := d.Span(n)
	inBrackets := true
	if n.Kind == yaml.AliasNode {
		e.Replace(start, end, e.flow(NewText(s)))
		parent.Content[index] = NewText(s)
		return
	}
	text := Spell(s, inBrackets)
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		text = quote(s)
	case n.Style&yaml.SingleQuotedStyle != 0 && text == s:
		text = "'" + s + "'"
	}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		e.fail()
		return
	}
	e.Replace(d.scalar(n), end, text)
	n.Value, n.Tag = s, "!!str"
}

// ReplaceValue replaces the value at an index of the content of a mapping by another
// one, which is written on one line.
func (e *Edits) ReplaceValue(m *Node, index int, value *Node) {
	d := e.doc
	start, end := d.Span(m.Content[index])
	text := e.flow(value)
	if isNothing(m.Content[index]) {
		_, keyEnd := d.Span(m.Content[index-1])
		colon := d.token(keyEnd)
		if colon >= len(d.data) || d.data[colon] != ':' {
			e.fail()
			return
		}
		start, end, text = colon+1, colon+1, " "+text
	}
	e.Replace(start, end, text)
	m.Content[index] = value
}

// isJSON reports whether the document is written like JSON: then all new strings are
// in quotes.
func (e *Edits) isJSON() bool {
	root := e.root
	return root != nil && root.Style&yaml.FlowStyle != 0 && len(root.Content) > 0 && root.Content[0].Style&yaml.DoubleQuotedStyle != 0
}

// pad returns what is inside of braces: a space, unless most mappings of the document
// have none.
func (e *Edits) pad() string {
	if e.root == nil {
		return " "
	}
	if e.padding == nil {
		spaces, none := 0, 0
		var walk func(n *Node)
		walk = func(n *Node) {
			if n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0 && len(n.Content) > 0 && n.Line > 0 {
				switch open := e.doc.scalar(n); {
				case open+1 >= len(e.doc.data):
				case e.doc.data[open+1] == ' ':
					spaces++
				default:
					none++
				}
			}
			for _, c := range n.Content {
				walk(c)
			}
		}
		walk(e.root)
		padding := " "
		if none > spaces {
			padding = ""
		}
		e.padding = &padding
	}
	return *e.padding
}

// flow returns a node as it is written on one line.
func (e *Edits) flow(n *Node) string {
	switch n.Kind {
	case yaml.AliasNode:
		return "*" + n.Value
	case yaml.SequenceNode:
		var elements []string
		for _, c := range n.Content {
			elements = append(elements, e.flow(c))
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case yaml.MappingNode:
		var pairs []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			pairs = append(pairs, e.flow(n.Content[i])+": "+e.flow(n.Content[i+1]))
		}
		if len(pairs) == 0 {
			return "{}"
		}
		return "{" + e.pad() + strings.Join(pairs, ", ") + e.pad() + "}"
	}
	return e.scalar(n, true)
}

// scalar returns a scalar as it is written.
func (e *Edits) scalar(n *Node, inBrackets bool) string {
	switch {
	case n.Tag != "!!str":
		return n.Value
	case n.Style&yaml.DoubleQuotedStyle != 0 || e.isJSON():
		return quote(n.Value)
	}
	return Spell(n.Value, inBrackets)
}

// block returns the lines of a pair in a block mapping at a column.
func (e *Edits) block(key, value *Node, column, step int, lineBreak string) string {
	indent := strings.Repeat(" ", column)
	head := indent + e.flow(key) + ":"
	switch {
	case value.Kind == yaml.ScalarNode:
		return head + " " + e.scalar(value, false) + lineBreak
	case value.Style&yaml.FlowStyle != 0 || value.Kind == yaml.AliasNode || len(value.Content) == 0:
		return head + " " + e.flow(value) + lineBreak
	}
	var b strings.Builder
	b.WriteString(head + lineBreak)
	if value.Kind == yaml.SequenceNode {
		for _, c := range value.Content {
			b.WriteString(indent + strings.Repeat(" ", step) + "- " + e.flow(c) + lineBreak)
		}
		return b.String()
	}
	for i := 0; i+1 < len(value.Content); i += 2 {
		b.WriteString(e.block(value.Content[i], value.Content[i+1], column+step, step, lineBreak))
	}
	return b.String()
}

// Show returns a pair as it would be inserted, for somebody to paste.
func (e *Edits) Show(key, value *Node) string { return e.block(key, value, 0, indentation, "\n") }

// IsMergeKey reports whether a key of a mapping stands for the pairs of another one.
func IsMergeKey(key *Node) bool { return isMerge(Target(key)) }

// NewBool returns true or false.
func NewBool(value string) *Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: value}
}

// ReplacePair replaces the value of the key at an index of the content of a mapping,
// which is missing or an empty mapping or list, by one with content of its own.
func (e *Edits) ReplacePair(m *Node, at int, value *Node) {
	old := m.Content[at+1]
	if m.Style&yaml.FlowStyle != 0 || len(old.Content) > 0 || old.Anchor != "" || IsTagged(old) || old.Kind == yaml.AliasNode {
		e.ReplaceValue(m, at+1, value)
		return
	}
	d := e.doc
	start, keyEnd := d.Span(m.Content[at])
	colon := d.token(keyEnd)
	if colon >= len(d.data) || d.data[colon] != ':' {
		e.fail()
		return
	}
	if !isNothing(old) {
		from, to := d.Span(old)
		if len(bytes.TrimLeft(d.data[colon+1:from], " \t")) > 0 || bytes.IndexByte(d.data[from:to], '#') >= 0 {
			e.fail()
			return
		}
		e.Replace(colon+1, to, "")
	}
	offset := d.lineOffset(d.line(colon) + 1)
	lineBreak := d.lineBreakAt(offset)
	text := e.block(m.Content[at], value, d.column(start), indentation, lineBreak)
	_, text, _ = strings.Cut(text, lineBreak)
	e.insertAtLine(offset, text, lineBreak)
	m.Content[at+1] = value
}
