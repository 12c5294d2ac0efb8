package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Wrap returns the words of s in lines of at most the given number of display
// columns. A word is never broken: one that is longer stands alone. White space
// of any kind separates words; a text without words has no lines.
func Wrap(s string, columns int) []string {
	if !isLine(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	var lines []string
	for s != "" {
		line := firstLine(s, columns)
		lines = append(lines, line)
		s = strings.TrimPrefix(s[len(line):], " ")
	}
	return lines
}

// firstLine returns as many words of s, one at least, as fit into the columns.
func firstLine(s string, columns int) string {
	word, _, _ := strings.Cut(s, " ")
	end, used := len(word), Width(word)
	for end < len(s) {
		word, _, _ = strings.Cut(s[end+1:], " ")
		if used += 1 + Width(word); used > columns {
			break
		}
		end += 1 + len(word)
	}
	return s[:end]
}

// Width returns the number of columns that s takes on a display of fixed
// width.
func Width(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			n++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			continue
		}
		n++
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n++
		}
	}
	return n
}
