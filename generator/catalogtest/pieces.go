package catalogtest

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// Pieces returns the text with each byte from 0x80 to 0xFE that is not part of a
// character replaced by one of the pieces: blocks and inlines of Markdown, and
// what has a meaning in an output. A fuzz target passes its strings through it, so
// that changing a byte can begin a list, close a code block or widen a table.
func Pieces(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if c := text[i]; r == utf8.RuneError && size == 1 && c < 0xFF {
			b.WriteString(pieces[c-0x80])
		} else {
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}

// Seeds returns n different texts for Pieces, the same every time.
func Seeds(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	seeds := make([]string, n)
	for i := range seeds {
		seed := make([]byte, 3+random.IntN(20))
		for j := range seed {
			seed[j] = byte(0x80 + random.IntN(len(pieces)))
			if j > 0 && seed[j-1] >= 0xC0 && !utf8.RuneStart(seed[j]) {
				seed[j] = 'a' // both would be a character
			}
		}
		seeds[i] = string(seed)
	}
	return seeds
}

// pieces has what Pieces puts together.
var pieces = [0xFF - 0x80]string{
	// Blocks.
	"\n", "\n\n", "\r\n", "\r", "  \n", "\\\n", "\n  ", "\n    ", "\n\n  ", "\n\n   ", "\n\n    ", "\n\n      ", "\n\t", "    ",
	"\n- ", "\n\n- ", "\n  - ", "\n    - ", "\n\n  - ", "\n* ", "\n-", "\n1. ", "\n\n1. ", "\n   2. ", "\n7) ", "\n- [ ] ", "- ", "1. ",
	"\n```\n", "\n\n```go\n", "\n  ```\n", "\n~~~\n", "```", "\n| a | b |\n|--|:-:|\n| c | d |", "\n| ", " | ", "|\n|-|\n", `\|`,
	"\n# ", "\n> ", "\n---\n", "\n===", "<div>\n", "<!-- ", " -->",
	// Inlines.
	" ", "  ", "`", "``", "*", "**", "_", "~~", `\`, "[", "]", "](https://example.com/a_(b)?c&d#e)", "](#1)", "](javascript:x)", "![", "<HTTPS://example.com>", "https://example.com/a_b", "www.example.com.", "a@example.com",
	"<", ">", "<b>", "&amp;", "&#42;", "&copy", "\n[x]: https://example.com", "[x]", "[^1]",
	// Words.
	"a", "word ", "It failed. ", "so: ", "7", "日本語", "العربية", "e\u0301", "👨\u200d👩\u200d👧", "a longword" + strings.Repeat("abcdefghij", 9) + " ", strings.Repeat("many words ", 9),
	// Outputs.
	`"`, "'", "''", "*/", "/*", "//", "</script>", "{", "}", "{{.}}", "${x}", "%s", "#", "@deprecated ", "{@link x}", "Deprecated: ", "BUG(x): ", "[T.M]", "//go:build x", "+build x", "DO NOT EDIT.",
	": ", " #", "&a ", "*a ", "!t ", "null", "-1e3", "=1+1", ",", ";",
	// Invisible characters.
	"\t", "\x00", "\x1b[31m", "\x0f", "\v", "\u0085", "\u00a0", "\u200b", "\u2028", "\u202e", "\ufeff", "\U000e0041",
}
