package catalog

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// The limits of what is read. A YAML parser takes about as much memory for a
// value of one letter as for a line of text, so both are counted.
const (
	maxSize  = 64 << 20
	maxParts = 4_000_000
)

// maxBadCharacters bounds the reports on a file that is no text at all.
const maxBadCharacters = 20

// source is the text of a catalog with the means to find a place in it.
type source struct {
	file    string
	data    []byte
	indexed sync.Once
	// yamlLines and lines are the offsets at which lines begin: as YAML counts
	// them, which also breaks at U+0085, U+2028 and U+2029, and as editors do.
	yamlLines, lines []int
	// characters is the number of characters before each block of blockSize
	// bytes: a catalog may be one long line.
	characters []int
}

const blockSize = 256

var byteOrderMark = []byte("\uFEFF")

// check reports what keeps the file from being read as YAML at all.
func (s *source) check() diag.Diagnostics {
	var ds diag.Diagnostics
	report := func(rule string, pos diag.Position, help, format string, args ...any) {
		ds = append(ds, diag.Diagnostic{Severity: diag.Error, Rule: rule, Pos: pos, Help: help, Message: fmt.Sprintf(format, args...)})
	}
	start := 0
	switch {
	case len(s.data) > maxSize:
		report(RuleFileTooLarge, diag.Position{File: s.file}, "split the catalog",
			"the file has %d bytes; a catalog may have %d (64 MiB)", len(s.data), maxSize)
		return ds
	case bytes.HasPrefix(s.data, []byte{0xFE, 0xFF}), bytes.HasPrefix(s.data, []byte{0xFF, 0xFE}):
		report(RuleNotUTF8, diag.Position{File: s.file, Line: 1, Col: 1}, "save the file as UTF-8", "the file is in UTF-16")
		return ds
	case bytes.HasPrefix(s.data, byteOrderMark):
		start = len(byteOrderMark)
	}
	parts := 0
	for i := start; i < len(s.data) && len(ds) < maxBadCharacters; {
		c := s.data[i]
		switch kinds[c] {
		case wordByte:
			i++
			continue
		case partByte:
			parts++
			i++
			continue
		case markByte:
			if i+1 < len(s.data) && s.data[i+1] <= ' ' {
				parts++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(s.data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			report(RuleNotUTF8, s.position(i, 1), "save the file as UTF-8", "the byte 0x%02X is not UTF-8", c)
			size = len(s.rest(i)) // One report a line will do.
		case r == 0:
			report(RuleControlCharacter, s.position(i, 1), "remove it", "the control character U+0000 cannot stand in a catalog")
		case r < 0x20, r == 0x7F, 0x80 <= r && r < 0xA0 && r != 0x85, r == 0xFEFF, r == 0xFFFE, r == 0xFFFF:
			report(RuleControlCharacter, s.position(i, 1), fmt.Sprintf(`remove it, or write it as \u%04X in a text in double quotes`, r),
				"the control character U+%04X cannot stand in a catalog", r)
		}
		i += size
	}
	if len(ds) == 0 && parts > maxParts {
		report(RuleFileTooLarge, diag.Position{File: s.file}, "split the catalog",
			"the file has %d lines, commas and brackets; a catalog may have %d", parts, maxParts)
	}
	return ds
}

// byteKind says what a byte of a catalog means for its size.
type byteKind uint8

const (
	otherByte byteKind = iota // it is no plain character
	wordByte
	partByte // a value of its own may follow
	markByte // a value of its own may follow, where a space does
)

// kinds are the kinds of all bytes.
var kinds = func() (kinds [256]byteKind) {
	for c := ' '; c < 0x7F; c++ {
		kinds[c] = wordByte
	}
	kinds['\t'] = wordByte
	for _, c := range "\n\r,[{" {
		kinds[c] = partByte
	}
	kinds['-'], kinds['?'] = markByte, markByte
	return kinds
}()

// index finds where the lines begin, and counts the characters, when the first
// place is looked for. It may be called by several goroutines at once.
func (s *source) index() {
	s.indexed.Do(func() {
		lines := bytes.Count(s.data, []byte("\n")) + 1
		s.lines, s.yamlLines = make([]int, 1, lines), make([]int, 1, lines) // the first begins at 0
		s.characters = make([]int, 0, len(s.data)/blockSize+1)
		count := 0
		for block := range slices.Chunk(s.data, blockSize) {
			start := len(s.characters) * blockSize
			s.characters = append(s.characters, count)
			count += countCharacters(block)
			for i, c := range block {
				if c < ' ' || c >= 0xC2 {
					s.breakLine(start + i)
				}
			}
		}
	})
}

// breakLine adds the line that begins behind an offset, if one does.
func (s *source) breakLine(offset int) {
	c := s.data[offset]
	size := s.lineBreak(offset)
	if size == 0 || c == '\r' && size == 2 {
		return // A CRLF ends the line at its LF.
	}
	if c == '\n' || c == '\r' {
		s.lines = append(s.lines, offset+size)
	}
	s.yamlLines = append(s.yamlLines, offset+size)
}

// lineBreak returns the length of what ends a line of YAML at an offset, 0
// where nothing does.
func (s *source) lineBreak(offset int) int {
	switch rest := s.data[offset:]; {
	case len(rest) == 0:
		return 0
	case rest[0] == '\r' && len(rest) > 1 && rest[1] == '\n':
		return 2
	case rest[0] == '\n', rest[0] == '\r':
		return 1
	case rest[0] == 0xC2 && bytes.HasPrefix(rest, []byte("\u0085")):
		return 2
	case rest[0] == 0xE2 && (bytes.HasPrefix(rest, []byte("\u2028")) || bytes.HasPrefix(rest, []byte("\u2029"))):
		return 3
	}
	return 0
}

// charactersBefore returns the number of characters that stand before an
// offset.
func (s *source) charactersBefore(offset int) int {
	block := min(offset/blockSize, len(s.characters)-1)
	if block < 0 {
		return 0
	}
	return s.characters[block] + countCharacters(s.data[block*blockSize:offset])
}

func countCharacters(text []byte) int {
	count := 0
	for _, c := range text {
		if c&0xC0 != 0x80 {
			count++
		}
	}
	return count
}

// position returns the place of width characters at an offset, as far as they
// stand on one line.
func (s *source) position(offset, width int) diag.Position {
	s.index()
	line := sort.SearchInts(s.lines, offset+1)
	start := s.lines[line-1]
	if line == 1 && bytes.HasPrefix(s.data, byteOrderMark) {
		start = min(len(byteOrderMark), offset)
	}
	p := diag.Position{File: s.file, Line: line}
	if offset-start <= blockSize {
		p.Col = countCharacters(s.data[start:offset]) + 1
	} else {
		p.Col = s.charactersBefore(offset) - s.charactersBefore(start) + 1
	}
	for rest := s.data[offset:]; p.Width < width && len(rest) > 0 && rest[0] != '\n' && rest[0] != '\r'; p.Width++ {
		_, size := utf8.DecodeRune(rest)
		rest = rest[size:]
	}
	return p
}

// offset returns the offset of a line and column as YAML counts them.
func (s *source) offset(line, col int) int {
	s.index()
	if line < 1 || line > len(s.yamlLines) {
		return len(s.data)
	}
	at := s.yamlLines[line-1]
	if line == 1 && bytes.HasPrefix(s.data, byteOrderMark) {
		at = len(byteOrderMark)
	}
	if col > blockSize {
		// Go to the last block that begins before the place.
		before := s.charactersBefore(at) + col - 1
		if block := sort.SearchInts(s.characters, before+1) - 1; block*blockSize > at {
			at, col = block*blockSize, before-s.characters[block]+1
			for at < len(s.data) && s.data[at]&0xC0 == 0x80 {
				at++ // The rest of a character that the block before counts.
			}
		}
	}
	for ; col > 1 && at < len(s.data); col-- {
		_, size := utf8.DecodeRune(s.data[at:])
		at += size
	}
	return at
}

// rest returns what stands from offset to the end of its line.
func (s *source) rest(offset int) []byte {
	line := s.data[offset:]
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	return line
}

// at returns the place of a node; that of a scalar begins behind its anchor
// and tag.
func (s *source) at(n *yaml.Node) diag.Position {
	if n.Line == 0 {
		return diag.Position{File: s.file}
	}
	if n.Kind != yaml.ScalarNode {
		return s.position(s.offset(n.Line, n.Column), 0)
	}
	offset := s.scalar(n)
	return s.position(offset, s.scalarWidth(n, offset))
}

// scalar returns the offset at which a scalar begins, behind its anchor and
// tag.
func (s *source) scalar(n *yaml.Node) int {
	offset := s.offset(n.Line, n.Column)
	if n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
		return offset
	}
	for at := offset; at < len(s.data); {
		switch c := s.data[at]; {
		case c == '&':
			at++
			for at < len(s.data) && (isLetter(s.data[at]) || isDigit(s.data[at]) || s.data[at] == '_' || s.data[at] == '-') {
				at++
			}
			offset = at
		case c == '!':
			at += len(s.word(at))
			offset = at
		case isSpace(s.data[at:]):
			_, size := utf8.DecodeRune(s.data[at:])
			at += size
		case c == '#':
			at += len(s.rest(at))
		case n.Value == "" && n.Style&^yaml.TaggedStyle == 0:
			return offset // There is nothing behind the anchor.
		default:
			return at
		}
	}
	return offset
}

// word returns what stands at offset up to a space.
func (s *source) word(offset int) []byte {
	word := s.data[offset:]
	for i := range word {
		if isSpace(word[i:]) {
			return word[:i]
		}
	}
	return word
}

// scalarWidth returns the number of characters of the scalar that begins at
// offset, as far as they stand on one line; of a block scalar it is that of
// its header.
func (s *source) scalarWidth(n *yaml.Node, offset int) int {
	text := s.data[offset:]
	switch n.Style &^ (yaml.TaggedStyle | yaml.FlowStyle) {
	case yaml.DoubleQuotedStyle:
		text = text[:quotedLength(text, '\\')]
	case yaml.SingleQuotedStyle:
		text = text[:quotedLength(text, '\'')]
	case yaml.LiteralStyle, yaml.FoldedStyle:
		text = s.word(offset)
	default:
		// Where the value and the source part ways the line ends.
		same := 0
		for same < min(len(text), len(n.Value)) && text[same] == n.Value[same] {
			same++
		}
		text = text[:same]
	}
	return utf8.RuneCount(bytes.TrimRight(text, " \t"))
}

// quotedLength returns the length of the quoted scalar that s begins with, as
// far as it stands on one line; an escape is a backslash with any character,
// or a doubled quote.
func quotedLength(s []byte, escape byte) int {
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\n' || c == '\r':
			return i
		case c == escape && i+1 < len(s) && (escape == '\\' || s[i+1] == escape) && s[i+1] != '\n' && s[i+1] != '\r':
			i++
		case c == s[0]:
			return i + 1
		}
	}
	return len(s)
}

// reader walks through a scalar, in its value and in its source at once. The
// two differ in white space (folding, indentation), in doubled quotes and in
// escapes: what they have in common are the characters that are no space, in
// their order.
type reader struct {
	*source
	node   *yaml.Node
	index  int // in the value
	offset int // in the source
}

// reader returns a reader at the beginning of a scalar.
func (s *source) reader(n *yaml.Node) *reader {
	r := &reader{source: s, node: n, offset: s.scalar(n)}
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		r.offset++
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		r.offset += len(s.rest(r.offset))
	}
	return r
}

// seek goes to the character at an index of the value, which is no space and
// stands behind where the reader is, and returns its offset, or false where it
// cannot tell.
func (r *reader) seek(index int) (int, bool) {
	for r.skipSpace(); r.index < index; r.skipSpace() {
		_, size := utf8.DecodeRuneInString(r.node.Value[r.index:])
		r.index += size
		_, size = r.character()
		r.offset += size
	}
	if r.index != index || index >= len(r.node.Value) {
		return 0, false
	}
	inValue, _ := utf8.DecodeRuneInString(r.node.Value[index:])
	inSource, _ := r.character()
	return r.offset, inValue == inSource
}

// skipSpace goes on to the next character that is no space, in the value and
// in the source.
func (r *reader) skipSpace() {
	for value := r.node.Value; r.index < len(value) && isSpace(value[r.index:]); {
		_, size := utf8.DecodeRuneInString(value[r.index:])
		r.index += size
	}
	for r.offset < len(r.data) {
		c, size := r.character()
		if size == 0 || !isSpaceRune(c) {
			return
		}
		r.offset += size
	}
}

// character returns the character that stands at the offset, and how long it
// is in the source. One that only breaks the source is a space.
func (r *reader) character() (rune, int) {
	rest := r.data[r.offset:]
	switch {
	case len(rest) == 0:
		return 0, 0
	case r.node.Style&yaml.SingleQuotedStyle != 0 && rest[0] == '\'':
		return '\'', min(2, len(rest))
	case r.node.Style&yaml.DoubleQuotedStyle != 0 && rest[0] == '\\' && len(rest) > 1:
		return escape(rest)
	}
	return utf8.DecodeRune(rest)
}

// escape returns the character that the escape at the beginning of s stands
// for, and the length of the escape.
func escape(s []byte) (rune, int) {
	c, size := utf8.DecodeRune(s[1:])
	digits := 0
	switch c {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case '0':
		c = 0
	case 'a', 'b', 'v', 'f':
		c = rune("\a\b\v\f"[bytes.IndexByte([]byte("abvf"), byte(c))])
	case 'e':
		c = 0x1B
	case '_':
		c = 0xA0
	case 't', 'n', 'r', 'N', 'L', 'P', '\n', '\r':
		c = ' '
	}
	if digits > 0 && len(s) >= 2+digits {
		if n, err := strconv.ParseUint(string(s[2:2+digits]), 16, 32); err == nil {
			return rune(n), 2 + digits
		}
	}
	return c, 1 + size
}

// isSpace reports whether a text begins with white space or a line break of
// YAML.
func isSpace[T string | []byte](s T) bool {
	if c := s[0]; c < 0x80 {
		return c == ' ' || c == '\t' || c == '\n' || c == '\r'
	}
	r, _ := utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)]))
	return isSpaceRune(r)
}

func isSpaceRune(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}
