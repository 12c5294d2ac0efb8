package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Wrap returns the words of s in lines of at most the given number of display
// columns. A word is never broken: one that is longer has a line of its own.
// White space of any kind separates words; a text without words has no lines.
func Wrap(s string, columns int) []string {
	return wrap(s, columns, func(word string) int { return len(word) })
}

// WrapDisplay is Wrap for text that is only displayed: a line may also end
// between two characters of a script that has no spaces between words.
func WrapDisplay(s string, columns int) []string { return wrap(s, columns, unbrokenLen) }

// wrap returns the words of s in lines of at most the given number of columns.
// unbroken returns the length of the beginning of a word that stays on a line.
func wrap(s string, columns int, unbroken func(word string) int) []string {
	if !isLine(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	var lines []string
	begin, used := 0, 0 // of the current line
	for at := 0; at < len(s); {
		space := 0
		if s[at] == ' ' {
			space = 1
		}
		word, _, _ := strings.Cut(s[at+space:], " ")
		word = word[:unbroken(word)]
		columnsOfWord := Width(word)
		if at > begin && used+space+columnsOfWord > columns {
			lines = append(lines, s[begin:at])
			at += space
			begin, used, space = at, 0, 0
		}
		used += space + columnsOfWord
		at += space + len(word)
	}
	if begin < len(s) {
		lines = append(lines, s[begin:])
	}
	return lines
}

// unbrokenLen returns the length of the beginning of a word within which no line
// may end.
func unbrokenLen(word string) int {
	before, size := utf8.DecodeRuneInString(word)
	for i := size; i < len(word); {
		r, size := utf8.DecodeRuneInString(word[i:])
		if canBreak(before, r) {
			return i
		}
		before = r
		i += size
	}
	return len(word)
}

// canBreak reports whether a line may end between two characters of a word: next
// to a Chinese or Japanese character, but not before closing or after opening
// punctuation.
func canBreak(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf || !isIdeographic(a) && !isIdeographic(b) {
		return false
	}
	return !unicode.In(a, unicode.Ps, unicode.Pi) &&
		!unicode.In(b, unicode.Pe, unicode.Pf, unicode.Po, unicode.Pd, unicode.Lm, unicode.M, unicode.Cf) &&
		!strings.ContainsRune("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ", b)
}

func isIdeographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || 0x3001 <= r && r <= 0x303f || 0xff01 <= r && r <= 0xff60
}

// Clip returns s as Line does, cut to at most the given number of columns, with
// an ellipsis at the end if something was cut.
func Clip(s string, columns int) string {
	most := 32 * columns // bytes to look at
	ellipsis := ""
	if len(s) > most {
		for !utf8.RuneStart(s[most]) && most > 0 {
			most--
		}
		s, ellipsis = s[:most], "…"
	}
	s = Line(s)
	if Width(s+ellipsis) <= columns {
		return s + ellipsis
	}
	used, end := 0, 0
	for i, r := range s {
		if used += RuneWidth(r); used >= columns && RuneWidth(r) > 0 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return strings.TrimRight(s[:end], " ") + "…"
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
		n += RuneWidth(r)
		i += size
	}
	return n
}

// RuneWidth returns the number of columns that r takes on a display of fixed
// width: 0, 1 or 2.
func RuneWidth(r rune) int {
	if r < utf8.RuneSelf {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
