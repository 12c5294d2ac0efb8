package markdown

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/prose"
)

// appendFormatted appends a compact JSON object of strings, numbers and lists of
// them as formatters write it: a member a line, a list on one line where there
// is room. Characters that a reader cannot see are escaped, and with strict those
// too that mean something to templates.
func appendFormatted(out []byte, object string, strict bool) []byte {
	out = append(out, '{')
	for rest := object[1:]; rest[0] == ',' || rest[0] == '"'; {
		rest = strings.TrimPrefix(rest, ",")
		key, value := rest[:valueLen(rest)], rest[valueLen(rest)+len(":"):]
		value = value[:valueLen(value)]
		rest = rest[len(key)+len(":")+len(value):]

		out = append(append(append(out, "\n  "...), key...), ": "...)
		switch value[0] {
		case '[':
			out = append(out, formatList(value, len("  : ,")-btoi(rest[0] == '}')+len(key), strict)...)
		case '"':
			out = append(out, safeJSON(value, strict)...)
		default:
			out = append(out, strings.Replace(value, "e+", "e", 1)...)
		}
		if rest[0] == ',' {
			out = append(out, ',')
		}
	}
	return append(out, "\n}"...)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// valueLen returns the length of the value that compact JSON begins with.
func valueLen(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			for i++; s[i] != '"'; i++ {
				if s[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '[':
			depth++
		case ']':
			if depth--; depth <= 0 {
				return i + 1 + depth
			}
		case ',', '}':
			if depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

// formatList returns a list beside which so many columns are taken.
func formatList(list string, columns int, strict bool) string {
	var texts []string
	isNumbers := true
	for rest := list[1:]; rest[0] != ']'; rest = strings.TrimPrefix(rest, ",") {
		text := rest[:valueLen(rest)]
		rest = rest[len(text):]
		texts = append(texts, asciiJSON(safeJSON(text, strict)))
		isNumbers = isNumbers && text[0] != '"'
	}
	const room = 80
	line := "[" + strings.Join(texts, ", ") + "]"
	switch {
	case columns+len(line) <= room:
		return line
	case isNumbers && len(texts) > 1:
		texts = fill(texts, room-len("    "))
	}
	return "[\n    " + strings.Join(texts, ",\n    ") + "\n  ]"
}

// fill puts texts on lines of so many columns, the commas behind them included.
func fill(texts []string, columns int) []string {
	var lines []string
	for _, text := range texts {
		last := len(lines) - 1
		if last >= 0 && len(lines[last])+len(", ")+len(text)+len(",") <= columns {
			lines[last] += ", " + text
		} else {
			lines = append(lines, text)
		}
	}
	return lines
}

// safeJSON escapes, within the strings of JSON, what is not to stand there raw.
func safeJSON(s string, strict bool) string {
	if strict {
		s = templateMarks.Replace(s)
	}
	if isASCII(s) && strings.IndexByte(s, 0x7f) < 0 || prose.Visible(s) == s {
		return s
	}
	return escapeRunes(s, func(r rune) bool { return r >= 0x7f && prose.Visible(string(r)) != string(r) })
}

var templateMarks = strings.NewReplacer("{", `\u007b`, "<", `\u003c`, "%", `\u0025`)

// asciiJSON escapes all that is not ASCII, whose width is not in doubt.
func asciiJSON(s string) string {
	return escapeRunes(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// escapeRunes writes the characters of JSON strings that isUnsafe reports as
// escapes.
func escapeRunes(s string, isUnsafe func(rune) bool) string {
	if isASCII(s) && strings.IndexByte(s, 0x7f) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !isUnsafe(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
