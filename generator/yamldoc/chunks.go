package yamldoc

import (
	"bytes"
	"errors"
	"io"
	"sort"

	"golang.org/x/sync/errgroup"
	"gopkg.in/yaml.v3"
)

// This file parses a long mapping in chunks, on all cores, because parsing takes
// most of the time that reading a file needs.

// chunkSize is the size of a chunk in bytes.
const chunkSize = 128 << 10

// errNoChunk says that a chunk is not a mapping of its own.
var errNoChunk = errors.New("not a mapping of its own")

// parseInChunks returns the same document as decode, parsed in chunks of a size.
// The section is the top-level key whose value is cut. It returns nil if it does
// not know how to cut the source, or if a chunk is not as expected: then the whole
// has to be parsed, which also reports what is wrong.
func (s *source) parseInChunks(section string, size int) *yaml.Node {
	cuts, ok := s.cut(section, size)
	if !ok {
		return nil
	}
	bounds := append(append([]int{0}, cuts...), len(s.data))
	docs := make([]*yaml.Node, len(bounds)-1)
	var g errgroup.Group
	for i := range docs {
		g.Go(func() (err error) {
			docs[i], err = s.parseChunk(bounds[i], bounds[i+1])
			return err
		})
	}
	if g.Wait() != nil {
		return nil
	}

	// The section is the last of the first chunk, and has no value there.
	root, last := docs[0].Content[0], len(docs)-1
	value := root.Content[len(root.Content)-1]
	if root.Content[len(root.Content)-2].Value != section || !IsEmpty(value) || value.Anchor != "" {
		return nil
	}
	pairs := docs[1].Content[0]
	for _, doc := range docs[2:last] {
		more := doc.Content[0]
		if more.Column != pairs.Column {
			return nil
		}
		pairs.Content = append(pairs.Content, more.Content...)
	}
	root.Content[len(root.Content)-1] = pairs
	if docs[last] != nil {
		root.Content = append(root.Content, docs[last].Content[0].Content...)
	}
	return docs[0]
}

// cut returns the offsets at which a source can be cut: before the first key of
// the section, before a key every size bytes, and after the last. It returns
// false if the source is too short, or if the section is not written in the usual
// way.
//
// A line that is indented like the first key and begins with a letter is a key:
// whatever belongs to a key is indented deeper, except for text in quotes or
// brackets. A chunk that ends inside these cannot be parsed.
func (s *source) cut(section string, size int) ([]int, bool) {
	if section == "" || len(s.data) < 2*size {
		return nil, false
	}
	key := "\n" + section + ":"
	start := bytes.Index(s.data, []byte(key))
	if start < 0 {
		return nil, false
	}
	start += len(key)
	if rest := s.rest(start); len(bytes.TrimLeft(rest, " ")) > 0 {
		return nil, false
	}
	var cuts []int
	indent := 0
	for at := nextLine(s.data, start); at < len(s.data); at = nextLine(s.data, at) {
		line := s.data[at:]
		if c := line[0]; c > ' ' && c != '#' {
			// The next section, or the next document.
			return append(cuts, at), len(cuts) > 0 && isLetter(c)
		}
		if len(cuts) > 0 && at < cuts[len(cuts)-1]+size {
			continue
		}
		spaces := 0
		for spaces < len(line) && line[spaces] == ' ' {
			spaces++
		}
		if len(cuts) == 0 {
			indent = spaces
		}
		switch begin := line[spaces:]; {
		case len(begin) > 0 && isLetter(begin[0]) && spaces == indent:
			cuts = append(cuts, at)
		case len(cuts) == 0 && len(begin) > 0 && begin[0] != '\n' && begin[0] != '\r' && begin[0] != '#':
			return nil, false
		}
	}
	return append(cuts, len(s.data)), len(cuts) > 0
}

// nextLine returns the offset of the line after the one that contains at.
func nextLine(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(data)
}

// parseChunk parses the source between two offsets, which must be a mapping. It
// returns nil if there is nothing, and an error if there is anything else.
func (s *source) parseChunk(start, end int) (*yaml.Node, error) {
	if start == end {
		return nil, nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(s.parsed[start:end]))
	doc, err := decode(decoder)
	if err != nil {
		return nil, err
	}
	root := doc.Content[0]
	if _, err := decode(decoder); err != io.EOF || root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return nil, errNoChunk
	}
	s.index()
	if line := sort.SearchInts(s.lines, start+1) - 1; line > 0 {
		moveDown(doc, line)
	}
	return doc, nil
}

// moveDown adds a number of lines to the places of a node and its content.
func moveDown(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		moveDown(c, lines)
	}
}

// Pieces cuts a YAML file at the keys of a section, which is under a top-level key:
// what is before the first key, each key with its value and all that follows up to
// the next one, and what is after the section. A piece is not parsed, and may hold
// several keys or an incomplete one. It returns false if the section is not written
// in the usual way.
func Pieces(data []byte, section string) (head []byte, pieces [][]byte, tail []byte, ok bool) {
	s := &source{data: data}
	cuts, ok := s.cut(section, 0)
	if !ok {
		return nil, nil, nil, false
	}
	for i, at := range cuts[1:] {
		pieces = append(pieces, data[cuts[i]:at])
	}
	return data[:cuts[0]], pieces, data[cuts[len(cuts)-1]:], true
}
