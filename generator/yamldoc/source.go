package yamldoc

import (
	"bytes"
	"slices"
	"sort"
	"strconv"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// source is the text of a file, and finds places in it.
type source struct {
	file string
	data []byte
	// parsed is what the parser reads: data, or a text of the same length with other
	// escapes.
	parsed  []byte
	indexed sync.Once
	// lonelyBang says that a space follows an exclamation mark, as in a tag without a
	// name.
	lonelyBang bool
	// lines are the offsets at which lines begin.
	lines []int
	// characters is the number of characters before each block of blockSize
	// bytes: a file may be one long line.
	characters []int
}

const blockSize = 256

// index finds the beginnings of lines and counts characters, once. It may be
// called by several goroutines at the same time.
func (s *source) index() {
	s.indexed.Do(func() {
		s.lines = make([]int, 1, bytes.Count(s.data, []byte("\n"))+1) // the first begins at 0
		s.characters = make([]int, 0, len(s.data)/blockSize+1)
		count := 0
		for block := range slices.Chunk(s.data, blockSize) {
			start := len(s.characters) * blockSize
			s.characters = append(s.characters, count)
			count += countCharacters(block)
			for i, c := range block {
				// A CRLF ends the line at the LF.
				if next := start + i + 1; c == '\n' || c == '\r' && !bytes.HasPrefix(s.data[next:], []byte("\n")) {
					s.lines = append(s.lines, next)
				}
			}
		}
	})
}

// charactersBefore returns the number of characters before an offset.
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

// position returns the place of width characters at an offset, limited to one
// line.
func (s *source) position(offset, width int) diag.Position {
	s.index()
	line := sort.SearchInts(s.lines, offset+1)
	start := s.lines[line-1]
	if line == 1 && bytes.HasPrefix(s.data, byteOrderMark) {
		start = min(len(byteOrderMark), offset)
	}
	if offset > start && bytes.HasPrefix(s.data[offset-1:], []byte("\r\n")) {
		offset-- // the end of the line is before both
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

// offset returns the offset of a line and column as the parser counts them.
func (s *source) offset(line, col int) int {
	s.index()
	if line < 1 || line > len(s.lines) {
		return len(s.data)
	}
	at := s.lines[line-1]
	if line == 1 && bytes.HasPrefix(s.data, byteOrderMark) {
		at = len(byteOrderMark)
	}
	if col > blockSize {
		// Start at the last block that begins before the place.
		before := s.charactersBefore(at) + col - 1
		if block := sort.SearchInts(s.characters, before+1) - 1; block*blockSize > at {
			at, col = block*blockSize, before-s.characters[block]+1
			for at < len(s.data) && s.data[at]&0xC0 == 0x80 {
				at++ // The rest of a character that belongs to the block before.
			}
		}
	}
	for ; col > 1 && at < len(s.data); col-- {
		_, size := utf8.DecodeRune(s.data[at:])
		at += size
	}
	return at
}

// rest returns the text from an offset to the end of its line.
func (s *source) rest(offset int) []byte {
	line := s.data[offset:]
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	return line
}

// scalar returns the offset at which a scalar begins, after its anchor and tag.
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
			return offset // Nothing follows the anchor.
		default:
			return at
		}
	}
	return offset
}

// word returns the text from an offset to the next space.
func (s *source) word(offset int) []byte {
	word := s.data[offset:]
	for i := range word {
		if isSpace(word[i:]) {
			return word[:i]
		}
	}
	return word
}

// scalarWidth returns the number of characters that the scalar at an offset has
// on its first line; of a block scalar that is the header.
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
		// The value and the source are the same up to the end of the line.
		same := 0
		for same < min(len(text), len(n.Value)) && text[same] == n.Value[same] {
			same++
		}
		text = text[:same]
	}
	return utf8.RuneCount(bytes.TrimRight(text, " \t"))
}

// quotedLength returns the length of the quoted scalar at the beginning of s,
// limited to one line. An escape is a backslash with any character, or a doubled
// quote.
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

// seeker walks through the value and the source of a scalar at the same time.
// They differ in white space (folding, indentation), in doubled quotes and in
// escapes. What they have in common is the sequence of characters that are not
// space.
type seeker struct {
	*source
	node   *yaml.Node
	index  int // in the value
	offset int // in the source
}

// seek returns a seeker at the beginning of a scalar.
func (s *source) seek(n *yaml.Node) *seeker {
	r := &seeker{source: s, node: n, offset: s.scalar(n)}
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		r.offset++
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		r.offset += len(s.rest(r.offset))
	}
	return r
}

// to moves to the character at an index of the value, which must not be space nor
// be before the current one, and returns its offset. It returns false if it
// cannot find it.
func (r *seeker) to(index int) (int, bool) {
	for r.skipSpace(); r.index < min(index, len(r.node.Value)); r.skipSpace() {
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

// skipSpace moves to the next character that is not space, in the value and in
// the source.
func (r *seeker) skipSpace() {
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

// character returns the character at the offset and its length in the source. An
// escaped line break is a space.
func (r *seeker) character() (rune, int) {
	rest := r.data[r.offset:]
	switch {
	case len(rest) == 0:
		return 0, 0
	case r.node.Style&yaml.SingleQuotedStyle != 0 && rest[0] == '\'':
		return '\'', min(2, len(rest))
	case r.node.Style&yaml.DoubleQuotedStyle != 0 && rest[0] == '\\' && len(rest) > 1:
		if c, size := surrogates(rest); size > 0 {
			return c, size
		}
		return escape(rest)
	}
	return utf8.DecodeRune(rest)
}

// escape returns the character that the escape sequence at the beginning of s
// denotes, and the length of the sequence.
func escape(s []byte) (rune, int) {
	c, size := utf8.DecodeRune(s[1:])
	digits := escapeDigits(c)
	switch c {
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

// escapeDigits returns how many hexadecimal digits follow a letter in an escape.
func escapeDigits(letter rune) int {
	switch letter {
	case 'x':
		return 2
	case 'u':
		return 4
	case 'U':
		return 8
	}
	return 0
}

// isSpace reports whether s begins with white space or a YAML line break.
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

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
