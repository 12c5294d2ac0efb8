package yamldoc

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Span returns the byte offsets at which a node of the document starts and ends,
// for edits that keep all other bytes. Anchors, tags and quotes belong to the node,
// comments and trailing white space do not. It takes the nodes of the parser, in
// which aliases are not resolved.
func (d *Document) Span(n *Node) (start, end int) {
	start = d.offset(n.Line, n.Column)
	switch {
	case n.Kind == yaml.AliasNode:
		return start, start + len("*") + len(n.Value)
	case n.Kind == yaml.ScalarNode:
		return start, d.scalarEnd(n)
	}
	end = d.scalar(n)
	open := d.data[min(end, len(d.data)):]
	closes := byte(0)
	if n.Style&yaml.FlowStyle != 0 && len(open) > 0 && (open[0] == '[' || open[0] == '{') {
		closes = open[0] + 2 // ] and } in ASCII
		end++
	}
	if len(n.Content) > 0 {
		_, end = d.Span(n.Content[len(n.Content)-1])
	}
	if closes != 0 {
		end = d.closing(end, closes)
	}
	return start, end
}

// closing returns the offset after the bracket that follows the last element of a
// flow collection.
func (s *source) closing(offset int, bracket byte) int {
	for offset < len(s.data) {
		switch c := s.data[offset]; c {
		case bracket:
			return offset + 1
		case '#':
			offset += len(s.rest(offset))
		default:
			offset++ // white space, a comma, or the colon of an empty value
		}
	}
	return offset
}

// scalarEnd returns the offset after a scalar.
func (s *source) scalarEnd(n *yaml.Node) int {
	offset := s.scalar(n)
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return offset + quotedEnd(s.data[offset:], '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return offset + quotedEnd(s.data[offset:], '\'')
	}
	text := strings.TrimRightFunc(n.Value, isSpaceRune)
	if text == "" {
		if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			return offset + len(s.word(offset))
		}
		return offset
	}
	_, size := utf8.DecodeLastRuneInString(text)
	r := s.seek(n)
	r.to(len(text) - size)
	_, size = r.character()
	return r.offset + size
}

// quotedEnd returns the length of the quoted scalar at the beginning of s. An
// escape is a backslash with any character, or a doubled quote.
func quotedEnd(s []byte, escape byte) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == escape && i+1 < len(s) && (escape == '\\' || s[i+1] == escape):
			i++
		case s[i] == s[0]:
			return i + 1
		}
	}
	return len(s)
}
