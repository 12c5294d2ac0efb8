package markdown

import (
	"strings"

	"github.com/errcat/errcat/generator/model"
)

// appendFormatted appends a compact JSON object of strings, numbers and lists
// of them in the format of Prettier: one member per line, and lists on one line
// if they fit. Invisible characters are escaped and, with strict, also those
// that have a meaning in templates.
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
			columns := len("  : ") + len(key)
			if rest[0] == ',' {
				columns++
			}
			out = append(out, formatList(value, columns, strict)...)
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

// valueLen returns the length of the first value in compact JSON.
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

// formatList formats a list on a line that already has the given number of
// columns.
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

// fill joins texts to lines of at most the given number of columns, including
// the commas.
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

// safeJSON escapes invisible characters in the strings of JSON and, with
// strict, also those that have a meaning in templates.
func safeJSON(s string, strict bool) string {
	if strict {
		s = templateMarks.Replace(s)
	}
	if isPrintableASCII(s) {
		return s
	}
	return string(model.VisibleJSON([]byte(s)))
}

var templateMarks = strings.NewReplacer("{", `\u007b`, "<", `\u003c`, "%", `\u0025`)

// asciiJSON escapes all non-ASCII characters, because formatters disagree about
// their width.
func asciiJSON(s string) string {
	if isPrintableASCII(s) {
		return s
	}
	return string(model.ASCIIJSON([]byte(s)))
}

func isPrintableASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x7f })
}
