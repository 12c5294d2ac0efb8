package catalog

import (
	"bytes"
	"errors"
	"io"
	"sort"

	"golang.org/x/sync/errgroup"
	"gopkg.in/yaml.v3"
)

// This file parses the entries of a long catalog in parts, on all cores: the
// parser takes most of the time that reading a catalog needs.

// partSize is the size of a part in bytes.
const partSize = 128 << 10

// errNoPart says that a part of a catalog does not stand for itself.
var errNoPart = errors.New("it is no part of a catalog")

// parseInParts returns the document that decode would return for a catalog in
// parts of a size. It returns nil where it does not know how to cut the source,
// and where a part is not what it expects: then the whole is to be parsed, and
// what is wrong with it to be reported.
func (s *source) parseInParts(size int) *yaml.Node {
	cuts, ok := s.cutEntries(size)
	if !ok {
		return nil
	}
	bounds := append(append([]int{0}, cuts...), len(s.data))
	docs := make([]*yaml.Node, len(bounds)-1)
	var g errgroup.Group
	for i := range docs {
		g.Go(func() (err error) {
			docs[i], err = s.parsePart(bounds[i], bounds[i+1])
			return err
		})
	}
	if g.Wait() != nil {
		return nil
	}

	// The section errors ends the first part, and has no value there.
	root, last := docs[0].Content[0], len(docs)-1
	value := root.Content[len(root.Content)-1]
	if root.Content[len(root.Content)-2].Value != "errors" || !isEmpty(value) || value.Anchor != "" {
		return nil
	}
	entries := docs[1].Content[0]
	for _, doc := range docs[2:last] {
		more := doc.Content[0]
		if more.Column != entries.Column {
			return nil
		}
		entries.Content = append(entries.Content, more.Content...)
	}
	root.Content[len(root.Content)-1] = entries
	if docs[last] != nil {
		root.Content = append(root.Content, docs[last].Content[0].Content...)
	}
	return docs[0]
}

// cutEntries returns where a catalog can be cut: before the first entry of the
// section errors, before an entry for every size bytes, and behind the last. It
// reports false where it is not worth it, or where the section is not written
// as nearly all are.
//
// A line that is indented as the first entry is, and begins with a letter, is
// an entry: what is in an entry is indented deeper, but for what stands in
// quotes or brackets. A part that ends within these cannot be parsed.
func (s *source) cutEntries(size int) ([]int, bool) {
	const section = "\nerrors:"
	if len(s.data) < 2*size {
		return nil, false
	}
	start := bytes.Index(s.data, []byte(section))
	if start < 0 {
		return nil, false
	}
	start += len(section)
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

// nextLine returns the offset of the line behind the one that at is in.
func nextLine(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(data)
}

// parsePart parses what stands between two offsets: a mapping, or nothing. It
// fails where that is anything else.
func (s *source) parsePart(start, end int) (*yaml.Node, error) {
	if start == end {
		return nil, nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(s.data[start:end]))
	doc, err := decode(decoder)
	if err != nil {
		return nil, err
	}
	root := doc.Content[0]
	if _, err := decode(decoder); err != io.EOF || root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return nil, errNoPart
	}
	s.index()
	if line := sort.SearchInts(s.yamlLines, start+1) - 1; line > 0 {
		moveDown(doc, line)
	}
	return doc, nil
}

// moveDown adds a number of lines to the places of a node and what is in it.
func moveDown(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		moveDown(c, lines)
	}
}
