package yamldoc

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// MaxSize is the size in bytes that a file can have.
const MaxSize = 64 << 20

// The other limits. For the YAML parser a value of one letter needs as much memory
// as one of a whole line, so values are limited as well, by what separates them.
const (
	maxSeparators = 4_000_000
	// maxAliased is how many nodes aliases may repeat; a string counts as one more
	// for every 64 bytes.
	maxAliased = 1_000_000
	// maxBadCharacters limits the findings about a file that is not text.
	maxBadCharacters = 20
)

var byteOrderMark = []byte("\uFEFF")

// checkText reports what keeps the file from being read as YAML at all.
func (d *Document) checkText() bool {
	i := 0
	switch {
	case len(d.data) > MaxSize:
		d.Report(diag.RuleFileTooLarge, diag.Position{File: d.file}, "split the file",
			"the file has %d bytes; the limit is %d (64 MiB)", len(d.data), MaxSize)
		return false
	case encoding(d.data) != "":
		d.Report(diag.RuleNotUTF8, diag.Position{File: d.file, Line: 1, Col: 1}, "save the file as UTF-8", "the file is %s, not UTF-8", encoding(d.data))
		return false
	case bytes.HasPrefix(d.data, byteOrderMark):
		i = len(byteOrderMark)
	}
	separators, bad := 0, 0
	for i < len(d.data) && bad < maxBadCharacters {
		switch kinds[d.data[i]] {
		case wordByte:
			i++
		case separatorByte:
			separators++
			i++
		case indicatorByte:
			if i+1 < len(d.data) && d.data[i+1] <= ' ' {
				separators++
			}
			i++
		case bangByte:
			i++
			d.lonelyBang = d.lonelyBang || i == len(d.data) || d.data[i] <= ' '
		default:
			size, ok := d.checkCharacter(i)
			if i += size; !ok {
				bad++
			}
		}
	}
	if bad > 0 {
		return false
	}
	if separators > maxSeparators {
		d.Report(diag.RuleFileTooLarge, diag.Position{File: d.file}, "split the file",
			"the file has %d lines, commas and brackets; the limit is %d", separators, maxSeparators)
		return false
	}
	return true
}

// encodings are the encodings that YAML knows besides UTF-8, by how a text begins: with
// a byte order mark, or with an ASCII character (a) and zeros (0).
var encodings = []struct{ name, begin string }{
	{"UTF-32", "\xFF\xFE00"}, {"UTF-32", "00\xFE\xFF"}, {"UTF-32", "000a"}, {"UTF-32", "a000"},
	{"UTF-16", "\xFF\xFE"}, {"UTF-16", "\xFE\xFF"}, {"UTF-16", "0a"}, {"UTF-16", "a0"},
}

// encoding returns the encoding of a text if it is not UTF-8, else an empty string.
func encoding(text []byte) string {
	begin := bytes.Clone(text[:min(4, len(text))])
	for i, c := range begin {
		switch {
		case c == 0:
			begin[i] = '0'
		case c < 0x80:
			begin[i] = 'a'
		}
	}
	for _, e := range encodings {
		if bytes.HasPrefix(begin, []byte(e.begin)) {
			return e.name
		}
	}
	return ""
}

// checkCharacter reports a character that is not allowed. It returns how many
// bytes to skip.
func (d *Document) checkCharacter(i int) (size int, ok bool) {
	r, size := utf8.DecodeRune(d.data[i:])
	switch {
	case r == utf8.RuneError && size == 1:
		d.Report(diag.RuleNotUTF8, d.position(i, 1), "save the file as UTF-8", "the byte 0x%02X is not UTF-8", d.data[i])
		return len(d.rest(i)), false // One finding per line is enough.
	case r == 0:
		d.Report(diag.RuleControlCharacter, d.position(i, 1), "remove it", "the control character U+0000 is not allowed")
		return size, false
	case r == 0x85, r == 0x2028, r == 0x2029:
		// Some YAML readers end a line here, and the parser replaces it in quotes.
		d.Report(diag.RuleControlCharacter, d.position(i, 1), fmt.Sprintf(`remove it, or write \u%04X in a double-quoted string`, r),
			"the line break U+%04X is not allowed", r)
		return size, false
	case r < 0x20, r == 0x7F, 0x80 <= r && r < 0xA0, r == 0xFEFF, r == 0xFFFE, r == 0xFFFF:
		d.Report(diag.RuleControlCharacter, d.position(i, 1), fmt.Sprintf(`remove it, or write \u%04X in a double-quoted string`, r),
			"the control character U+%04X is not allowed", r)
		return size, false
	}
	return size, true
}

// byteKind says what a byte means for the limits.
type byteKind uint8

const (
	otherByte     byteKind = iota // part of a character that has to be checked
	wordByte                      // a character that is always allowed
	separatorByte                 // a value may follow
	indicatorByte                 // a value may follow after a space
	bangByte                      // a tag, which has no name if a space follows
)

var kinds = func() (kinds [256]byteKind) {
	for c := ' '; c < 0x7F; c++ {
		kinds[c] = wordByte
	}
	kinds['\t'] = wordByte
	for _, c := range "\n\r,[{" {
		kinds[c] = separatorByte
	}
	kinds['-'], kinds['?'], kinds['!'] = indicatorByte, indicatorByte, bangByte
	return kinds
}()

// checkAliases reports anchors that contain themselves, and aliases that repeat
// too much.
func (d *Document) checkAliases(doc *yaml.Node) bool {
	sizes := make(map[*yaml.Node]int) // of anchored nodes; -1 inside of them
	ok, aliased := true, 0
	var first *yaml.Node
	var size func(n *yaml.Node) int
	size = func(n *yaml.Node) int {
		if n.Kind == yaml.AliasNode {
			// The anchor is before the alias, or around it.
			target := sizes[n.Alias]
			if target < 0 {
				d.Report(diag.RuleRecursiveAlias, d.At(n), "write out the value", "the alias %s is inside its own anchor", diag.Quote("*"+n.Value))
				ok = false
				return 1
			}
			if first == nil {
				first = n
			}
			aliased = min(aliased+target, maxAliased+1)
			return target
		}
		if n.Anchor != "" {
			sizes[n] = -1
		}
		total := 1 + len(n.Value)/64
		for _, c := range n.Content {
			total = min(total+size(c), maxAliased+1)
		}
		if n.Anchor != "" {
			sizes[n] = total
		}
		return total
	}
	size(doc)
	if ok && aliased > maxAliased {
		d.Report(diag.RuleAliasLimit, d.At(first), "write out the values", "aliases repeat more than %d values", maxAliased)
		ok = false
	}
	return ok
}
