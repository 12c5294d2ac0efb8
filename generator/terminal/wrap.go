package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/prose"
)

// wrap returns the words of s in lines of at most so many columns. A word that
// is longer stands alone, so that an address can be copied; between the
// characters of a script that has no spaces a line may end anywhere.
func wrap(s string, columns int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for word := range strings.FieldsSeq(s) {
		space := 1
		if used == 0 {
			space = 0
		}
		for word != "" {
			var piece string
			piece, word = firstPiece(word)
			w := prose.Width(piece)
			if used > 0 && used+space+w > columns {
				lines = append(lines, line.String())
				line.Reset()
				used, space = 0, 0
			}
			line.WriteString(" "[:space])
			line.WriteString(piece)
			used += space + w
			space = 0
		}
	}
	if line.Len() > 0 {
		lines = append(lines, line.String())
	}
	return lines
}

// firstPiece cuts off a word what cannot be broken.
func firstPiece(word string) (piece, rest string) {
	before, size := utf8.DecodeRuneInString(word)
	for i := size; i < len(word); {
		r, size := utf8.DecodeRuneInString(word[i:])
		if canBreak(before, r) {
			return word[:i], word[i:]
		}
		before = r
		i += size
	}
	return word, ""
}

// canBreak reports whether a line may end between two characters of a word:
// next to one of Chinese or Japanese, but neither before what closes nor
// behind what opens.
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
