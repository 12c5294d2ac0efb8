package typescript

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// This file writes values as TypeScript, in the layout of Prettier, so that a
// formatter in the user's repository does not change the modules.

// lineWidth is the number of columns that Prettier fills.
const lineWidth = 80

// writer writes a module.
type writer struct {
	bytes.Buffer
	form
	// scratch is a literal that is not placed yet.
	scratch []byte
	// lines are the lines of a comment.
	lines []string
	// exported are the names that the end of a CommonJS module exports.
	exported []string
}

// key starts a property of an object on a new line: its name and the colon. It
// returns the column of the value, and the length of the name. Prettier removes
// the quotes of numbers in JavaScript.
func (w *writer) key(indent int, key string) (column, length int) {
	w.newLine(indent)
	start := w.Len()
	switch {
	case key == "__proto__":
		// As a plain key it would set the prototype.
		w.WriteString(`["__proto__"]`)
	case isIdentifier(key), !w.Types && isNumber(key):
		w.WriteString(key)
	default:
		w.quote(key)
	}
	length = w.Len() - start
	w.WriteByte(':')
	return indent + length + len(": "), length
}

// text writes a property that is a string. A string that does not fit moves to a
// new line, unless the key is so short that this would gain nothing.
func (w *writer) text(indent int, key, value string) {
	column, length := w.key(indent, key)
	w.scratch = appendQuoted(w.scratch[:0], value)
	if length > 4 && column+columns(w.scratch)+len(",") > lineWidth {
		w.newLine(indent + 2)
	} else {
		w.WriteByte(' ')
	}
	w.Write(w.scratch)
	w.WriteByte(',')
}

// memberType writes a union as the type of a member of an interface, whose name and
// colon have been written from start: on the same line if it fits, else on the
// next line, else on a line per type.
func (w *writer) memberType(start int, types []string) {
	joined := strings.Join(types, " | ")
	size := columns([]byte(joined)) + len(";")
	switch {
	case len(types) == 1 || columns(w.Bytes()[start:])+len(" ")+size <= lineWidth:
		w.WriteString(" " + joined)
	case len("    ")+size <= lineWidth:
		w.WriteString("\n    " + joined)
	default:
		for _, t := range types {
			w.WriteString("\n    | " + t)
		}
	}
	w.WriteByte(';')
}

// object writes a property that is an object. The function content writes its
// properties with the given indentation; it may write none if the key is short.
func (w *writer) object(indent int, key string, content func(indent int)) {
	indent, _ = w.open(indent, key)
	w.WriteByte('{')
	start := w.Len()
	content(indent + 2)
	if w.Len() > start {
		w.newLine(indent)
	}
	w.WriteString("},")
}

// open starts a property whose value spans several lines. It returns the
// indentation of the value and the column where it starts: on a new line if not
// even its first character fits after the key.
func (w *writer) open(indent int, key string) (valueIndent, column int) {
	column, _ = w.key(indent, key)
	if column+len("{") > lineWidth {
		w.newLine(indent + 2)
		return indent + 2, indent + 2
	}
	w.WriteByte(' ')
	return indent, column
}

// An appender appends the literal of a value: appendQuoted or appendNumber.
type appender func(out []byte, value string) []byte

// appendNumber appends a number that is written as in TypeScript.
func appendNumber(out []byte, number string) []byte { return append(out, number...) }

// maxOnLine is an upper bound for the number of literals on a line: each has at
// least four characters, including its separator.
const maxOnLine = lineWidth / len(`0 | `)

// appendJoined appends the literals of values.
func appendJoined(out []byte, list []string, separator string, literal appender) []byte {
	for i, value := range list {
		if i > 0 {
			out = append(out, separator...)
		}
		out = literal(out, value)
	}
	return out
}

func (w *writer) newLine(indent int) {
	w.WriteByte('\n')
	const spaces = "                "
	w.WriteString(spaces[:indent])
}

// union writes the declaration of a union of literals, which begins with head.
func (w *writer) union(head string, members []string, literal appender) {
	start := w.Len()
	w.WriteString(head + " =")
	if len(members) == 0 {
		w.value(start, []byte("never"))
		return
	}
	if len(members) <= maxOnLine {
		w.scratch = appendJoined(w.scratch[:0], members, " | ", literal)
		if len(members) == 1 || len("  ")+columns(w.scratch)+len(";") <= lineWidth {
			w.value(start, w.scratch)
			return
		}
	}
	for _, m := range members {
		w.WriteString("\n  | ")
		w.Write(literal(w.AvailableBuffer(), m))
	}
	w.WriteByte(';')
}

// value ends a declaration, which starts at start, with its value. The value moves
// to a new line if one line does not have room for both.
func (w *writer) value(start int, value []byte) {
	if columns(w.Bytes()[start:])+1+columns(value)+len(";") > lineWidth {
		w.newLine(2)
	} else {
		w.WriteByte(' ')
	}
	w.Write(value)
	w.WriteByte(';')
}

// Signature writes the params and the result of a function whose declaration has
// begun, in several lines if one is too short. It leaves out params that are
// empty.
func (w *writer) Signature(result string, params ...string) string {
	params = slices.DeleteFunc(params, func(p string) bool { return p == "" })
	if !w.Types {
		for i, p := range params {
			name, _, _ := strings.Cut(p, ":")
			params[i] = strings.TrimSuffix(name, "?")
		}
		result = ""
	} else {
		result = ": " + result
	}
	start := bytes.LastIndexByte(w.Bytes(), '\n') + 1
	line := "(" + strings.Join(params, ", ") + ")" + result
	end := " {"
	if !w.Code {
		end = ";"
	}
	if columns(w.Bytes()[start:])+columns([]byte(line+end)) > lineWidth {
		line = "(\n  " + strings.Join(params, ",\n  ") + ",\n)" + result
	}
	w.WriteString(line)
	return nothing
}

// Declares is Signature for a declaration without a body.
func (w *writer) Declares(result string, params ...string) string {
	code := w.Code
	w.Code = false
	w.Signature(result, params...)
	w.Code = code
	return nothing
}

// member writes the key of a property in a type, in quotes only if it needs them.
func (w *writer) member(key string) {
	if isIdentifier(key) {
		w.WriteString(key)
	} else {
		w.quote(key)
	}
}

// quote writes a string literal.
func (w *writer) quote(s string) { w.Write(appendQuoted(w.AvailableBuffer(), s)) }

// isNumber reports whether a key is a number in the form that JavaScript gives it.
func isNumber(key string) bool {
	if key == "" || key[0] < '0' || key[0] > '9' {
		return false
	}
	f, err := strconv.ParseFloat(key, 64)
	return err == nil && (f == 0 || f >= 1e-6 && f < 1e21) && strconv.FormatFloat(f, 'f', -1, 64) == key
}

// isIdentifier reports whether s is an identifier in ASCII.
func isIdentifier(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', c == '$':
		case '0' <= c && c <= '9' && i > 0:
		default:
			return false
		}
	}
	return s != ""
}

// quote returns the string literal of s.
func quote(s string) string { return string(appendQuoted(nil, s)) }

// appendQuoted appends the string literal of s, in the quotes that need fewer
// escapes. Invisible characters are escaped, and so is anything that would end
// the script element of a page that embeds the code.
func appendQuoted(out []byte, s string) []byte {
	if isSimple(s) {
		return append(append(append(out, '"'), s...), '"')
	}
	q := byte('"')
	if strings.Count(s, `"`) > strings.Count(s, `'`) {
		q = '\''
	}
	out = append(out, q)
	for i, r := range s {
		switch {
		case r == rune(q), r == '\\':
			out = append(out, '\\', byte(r))
		case r == '<' && endsScript(s[i:]):
			out = append(out, `\x3C`...)
		case isVisible(r):
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, escape(r)...)
		}
	}
	return append(out, q)
}

// isSimple reports whether the literal of a string is the string in quotes.
func isSimple(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7F || c == '"' || c == '\\' || c == '<' {
			return false
		}
	}
	return true
}

// endsScript reports whether s starts with something that ends a script element,
// or hides its end.
func endsScript(s string) bool {
	const end = "</script"
	return strings.HasPrefix(s, "<!--") || len(s) >= len(end) && strings.EqualFold(s[:len(end)], end)
}

// escape returns the escape of a character in a string literal.
func escape(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return `\u{` + strconv.FormatInt(int64(r), 16) + `}`
}

// isVisible reports whether an editor shows a character by itself. It does not if
// the character only changes its neighbors, such as the parts of composed emoji.
func isVisible(r rune) bool {
	if r < 0x7F {
		return r >= ' '
	}
	return unicode.IsPrint(r) && !unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) &&
		r != '\u034F' && r != '\u20E3' && (r < 0x1F3FB || r > 0x1F3FF)
}

// columns returns the width of s as Prettier counts it.
func columns(s []byte) int {
	n := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		i += size
		switch {
		case r < 0x7F:
			n++
		case unicode.In(r, unicode.Mn, unicode.Me):
		case isWide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

func isWide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth || unicode.Is(alsoWide, r)
}

// alsoWide are the characters that Prettier counts as wide, but x/text does not:
// some emoji, and those that Unicode 16 made wide.
var alsoWide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x261D, 0x261D, 1},
		{0x2630, 0x2637, 1},
		{0x268A, 0x268F, 1},
		{0x26F9, 0x26F9, 1},
		{0x270C, 0x270D, 1},
		{0x4DC0, 0x4DFF, 1},
	},
	R32: []unicode.Range32{
		{0x1D300, 0x1D356, 1},
		{0x1D360, 0x1D376, 1},
		{0x1F3CB, 0x1F3CC, 1},
		{0x1F574, 0x1F575, 1},
		{0x1F590, 0x1F590, 1},
	},
}
