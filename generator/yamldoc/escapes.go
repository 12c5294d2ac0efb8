package yamldoc

import (
	"bytes"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// This file reads the escapes that JSON has and the YAML parser refuses: \/, and
// the pairs of surrogates, such as \ud83d\ude00, that programs write for a
// character beyond U+FFFF. They are escapes only within double quotes, and only
// the parser knows what is within double quotes. So it gets a text in which one
// letter of each makes it another escape of the same length; what that changes is
// put right in the nodes.

const (
	slashSize     = len(`\/`)
	surrogateSize = len(`\ud83d`)
)

// hideEscapes makes the text for the parser. It also hides what only looks like an
// escape, because the backslash itself is escaped.
func (s *source) hideEscapes() {
	hide := func(at int) {
		if &s.parsed[0] == &s.data[0] {
			s.parsed = bytes.Clone(s.data)
		}
		s.parsed[at] = 'a' // \/ becomes \a, \ud83d becomes \ua83d.
	}
	for at := 0; ; at++ {
		next := bytes.IndexByte(s.data[at:], '\\')
		if next < 0 {
			return
		}
		at += next
		switch rest := s.data[at:]; {
		case bytes.HasPrefix(rest, []byte(`\/`)):
			hide(at + 1)
		case surrogate(rest) != 0:
			hide(at + 2)
		}
	}
}

// surrogate returns the surrogate that the escape at the beginning of s denotes, 0
// if there is none.
func surrogate(s []byte) rune {
	if len(s) < surrogateSize || s[0] != '\\' {
		return 0
	}
	if r, _ := escape(s[:surrogateSize]); utf16.IsSurrogate(r) {
		return r
	}
	return 0
}

// surrogates returns the character that the surrogates at the beginning of s
// denote, and the length of their escapes. The character is U+FFFD for one that is
// not part of a pair, and the length is 0 if s does not begin with a surrogate.
func surrogates(s []byte) (rune, int) {
	first := surrogate(s)
	if first == 0 {
		return 0, 0
	}
	if r := utf16.DecodeRune(first, surrogate(s[surrogateSize:])); r != utf8.RuneError {
		return r, 2 * surrogateSize
	}
	return utf8.RuneError, surrogateSize
}

// showEscapes gives the nodes of a document that has been parsed the values that
// their escapes denote, and reports surrogates that are not part of a pair. It
// returns false if text that is not an escape was hidden as one; then the document
// has to be parsed again.
func (d *Document) showEscapes(doc *yaml.Node) bool {
	if &d.parsed[0] == &d.data[0] {
		return true
	}
	exact := bytes.Clone(d.data)
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for _, c := range n.Content {
			walk(c)
		}
		if n.Kind != yaml.ScalarNode || n.Style&yaml.DoubleQuotedStyle == 0 {
			return
		}
		start := d.scalar(n)
		end := start + quotedEnd(d.data[start:], '\\')
		if !bytes.Equal(d.parsed[start:end], d.data[start:end]) {
			copy(exact[start:end], d.parsed[start:end])
			n.Value = d.unquote(start, end)
		}
	}
	walk(doc)
	if bytes.Equal(exact, d.parsed) {
		return true
	}
	d.parsed = exact
	return false
}

// unquote returns the value of the scalar in double quotes between two offsets.
func (d *Document) unquote(start, end int) string {
	var text []byte // as the parser reads it
	for at := start; at < end; {
		rest := d.data[at:end]
		r, size := surrogates(rest)
		switch {
		case size > 0:
			if r == utf8.RuneError {
				d.Report(diag.RuleYAMLSyntax, d.position(at, size), `write both escapes of the pair, such as \ud83d\ude00, or the character itself`,
					"the escape %s is half of a surrogate pair", rest[:size])
			}
			text = fmt.Appendf(text, `\U%08X`, r)
		case bytes.HasPrefix(rest, []byte(`\/`)):
			text, size = append(text, '/'), slashSize
		case rest[0] == '\\':
			text, size = append(text, rest[:2]...), 2
		default:
			text, size = append(text, rest[0]), 1
		}
		at += size
	}
	value := ""
	if doc, err := decode(yaml.NewDecoder(bytes.NewReader(text))); err == nil { // It has been parsed before.
		value = doc.Content[0].Value
	}
	return value
}
