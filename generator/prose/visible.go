package prose

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns s with every character that is invisible, or that changes the
// order or the look of the characters around it, as an escape such as \x1b,
// \u202e or \U000e0041: control and format characters, bidi controls, line
// separators, invisible letters, and bytes that are not UTF-8. Spaces, tabs and
// line feeds stay. A joiner or variation selector stays if a script or an emoji
// needs it.
func Visible(s string) string {
	first := firstInvisible(s)
	if first < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	b.WriteString(s[:first])
	var before rune // 0 if nothing visible is before
	if first > 0 {
		before, _ = utf8.DecodeLastRuneInString(s[:first])
	}
	for i := first; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
			before = 0
		case !IsInvisible(r) || joins(before, r, s[i+size:]):
			b.WriteString(s[i : i+size])
			before = r
		default:
			b.WriteString(escapeRune(r))
			before = 0
		}
		i += size
	}
	return b.String()
}

// escapeRune escapes a character as strconv.Quote does.
func escapeRune(r rune) string {
	switch {
	case r == '\r':
		return `\r`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// firstInvisible returns the offset of the first character that Visible has to
// look at, or -1.
func firstInvisible(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return i
		} else if c >= utf8.RuneSelf {
			for j, r := range s[i:] {
				if IsInvisible(r) || r == utf8.RuneError {
					return i + j
				}
			}
			return -1
		}
	}
	return -1
}

// IsInvisible reports whether r shows nothing by itself, or changes the order or
// the look of the characters around it. Spaces, tabs and line feeds are visible.
func IsInvisible(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' && r != '\n' && r != '\t' || r == 0x7f
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Cs, invisible) || r&0xfffe == 0xfffe
}

// invisible holds the letters, marks and symbols that show nothing.
var invisible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x034f, Hi: 0x034f, Stride: 1},
		{Lo: 0x115f, Hi: 0x1160, Stride: 1},
		{Lo: 0x17b4, Hi: 0x17b5, Stride: 1},
		{Lo: 0x180b, Hi: 0x180f, Stride: 1},
		{Lo: 0x2800, Hi: 0x2800, Stride: 1},
		{Lo: 0x3164, Hi: 0x3164, Stride: 1},
		{Lo: 0xfdd0, Hi: 0xfdef, Stride: 1},
		{Lo: 0xfe00, Hi: 0xfe0f, Stride: 1},
		{Lo: 0xffa0, Hi: 0xffa0, Stride: 1},
		{Lo: 0xfff0, Hi: 0xfff8, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0xe0000, Hi: 0xe0fff, Stride: 1}},
}

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	textSelector       = '\ufe0e'
	emojiSelector      = '\ufe0f'
)

// joins reports whether r, invisible by itself, belongs to the characters
// around it: a joiner between two letters or emoji, or a selector after one.
func joins(before, r rune, rest string) bool {
	switch r {
	case zeroWidthJoiner, zeroWidthNonJoiner:
		after, _ := utf8.DecodeRuneInString(rest)
		return (isJoinable(before) || before == emojiSelector) && isJoinable(after) && after != utf8.RuneError
	case textSelector, emojiSelector:
		return isJoinable(before) || isASCIIDigit(before) || before == '#' || before == '*'
	}
	return false
}

func isJoinable(r rune) bool {
	return r >= 0xa9 && !IsInvisible(r) && unicode.In(r, unicode.L, unicode.M, unicode.S)
}

func isASCIIDigit(r rune) bool { return '0' <= r && r <= '9' }

// Line returns s as one line of visible text, with single spaces for white
// space of any kind and none at the ends.
func Line(s string) string {
	if isLine(s) {
		return s
	}
	return strings.Join(strings.Fields(Visible(unixLines(s))), " ")
}

// isLine reports whether Line returns s unchanged. It only recognizes ASCII.
func isLine(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return before != ' ' || s == ""
}

// unixLines replaces all line ends by line feeds.
func unixLines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return newlines.Replace(s)
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")
