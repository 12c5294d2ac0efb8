package typescript

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// This file writes values as TypeScript. It lays them out as Prettier would,
// so that a formatter in the user's repository leaves the modules alone.

// lineWidth is the number of columns that Prettier fills.
const lineWidth = 80

// writer writes a module. What may be thousands of lines goes straight into it.
type writer struct {
	bytes.Buffer
	form
	// scratch is a literal before it is known where it stands.
	scratch []byte
	// lines are those of a comment.
	lines []string
}

// key begins a property of an object on a line of its own: its name and what
// follows that. It returns the column behind, and the length of the name.
// Prettier takes the quotes off numbers in JavaScript.
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

// text writes a property that is a string. A string that does not fit goes to a
// line of its own, but not behind a short key, where that would gain nothing.
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

// number writes a property that is a number.
func (w *writer) number(indent int, key string, value float64) {
	w.key(indent, key)
	w.WriteByte(' ')
	w.Write(strconv.AppendFloat(w.AvailableBuffer(), value, 'f', -1, 64))
	w.WriteByte(',')
}

// list writes a property that is a list of strings.
func (w *writer) list(indent int, key string, values []string) {
	indent, column := w.open(indent, key)
	w.elements(indent, column, values)
	w.WriteByte(',')
}

// object writes a property that is an object. Its properties are written by
// content, which is given their indentation; there may be none where the key is
// a short one.
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

// open begins a property whose value goes on over several lines. It returns the
// indentation of the value and the column where that begins: where not even its
// first character fits behind the key, that is a line of its own.
func (w *writer) open(indent int, key string) (valueIndent, column int) {
	column, _ = w.key(indent, key)
	if column+len("{") > lineWidth {
		w.newLine(indent + 2)
		return indent + 2, indent + 2
	}
	w.WriteByte(' ')
	return indent, column
}

// elements writes an array of strings that begins in a column, on one line
// where it fits.
func (w *writer) elements(indent, column int, list []string) {
	if len(list) <= maxOnLine {
		w.scratch = append(appendJoined(append(w.scratch[:0], '['), list, ", "), ']')
		if column+columns(w.scratch)+len(",") <= lineWidth {
			w.Write(w.scratch)
			return
		}
	}
	w.WriteByte('[')
	for _, s := range list {
		w.newLine(indent + 2)
		w.quote(s)
		w.WriteByte(',')
	}
	w.newLine(indent)
	w.WriteByte(']')
}

// maxOnLine is the number of literals of which more do not fit on a line: each
// takes its quotes and what separates it from the next.
const maxOnLine = lineWidth / len(`"",`)

// appendJoined appends the literals of strings.
func appendJoined(out []byte, list []string, separator string) []byte {
	for i, s := range list {
		if i > 0 {
			out = append(out, separator...)
		}
		out = appendQuoted(out, s)
	}
	return out
}

func (w *writer) newLine(indent int) {
	w.WriteByte('\n')
	const spaces = "                "
	w.WriteString(spaces[:indent])
}

// union writes the declaration of an exported union of literals.
func (w *writer) union(name string, members []string) {
	start := w.Len()
	w.WriteString("export type " + name + " =")
	if len(members) == 0 {
		w.value(start, []byte("never"))
		return
	}
	if len(members) <= maxOnLine {
		w.scratch = appendJoined(w.scratch[:0], members, " | ")
		if len(members) == 1 || len("  ")+columns(w.scratch)+len(";") <= lineWidth {
			w.value(start, w.scratch)
			return
		}
	}
	for _, m := range members {
		w.WriteString("\n  | ")
		w.quote(m)
	}
	w.WriteByte(';')
}

// value ends a declaration that begins at start with its value, which moves to a
// line of its own where one line does not take both.
func (w *writer) value(start int, value []byte) {
	if columns(w.Bytes()[start:])+1+columns(value)+len(";") > lineWidth {
		w.newLine(2)
	} else {
		w.WriteByte(' ')
	}
	w.Write(value)
	w.WriteByte(';')
}

// member writes the key of a property in a type, in quotes only where it needs
// them.
func (w *writer) member(key string) {
	if isIdentifier(key) {
		w.WriteString(key)
	} else {
		w.quote(key)
	}
}

// quote writes a string literal.
func (w *writer) quote(s string) { w.Write(appendQuoted(w.AvailableBuffer(), s)) }

// isNumber reports whether a key is what JavaScript makes of it as a number.
func isNumber(key string) bool {
	if key == "" || key[0] < '0' || key[0] > '9' {
		return false
	}
	f, err := strconv.ParseFloat(key, 64)
	return err == nil && (f == 0 || f >= 1e-6 && f < 1e21) && strconv.FormatFloat(f, 'f', -1, 64) == key
}

// isIdentifier reports whether s is a name in ASCII letters.
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
// escapes. What a reader could not see is escaped, and so is what would end
// the script element of a page that the code is put into.
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

// isSimple reports whether a string literal is the string itself, in quotes.
func isSimple(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7F || c == '"' || c == '\\' || c == '<' {
			return false
		}
	}
	return true
}

// endsScript reports whether s begins with what ends a script element, or
// hides its end.
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

// isVisible reports whether a character shows by itself in an editor. Those
// that only change their neighbours, such as the parts of composed emoji, do
// not.
func isVisible(r rune) bool {
	if r < 0x7F {
		return r >= ' '
	}
	return unicode.IsPrint(r) && !unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) &&
		r != '\u034F' && r != '\u20E3' && (r < 0x1F3FB || r > 0x1F3FF)
}

// columns returns the number of columns that s takes in Prettier's eyes.
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

// alsoWide are the characters that take two columns in Prettier's eyes beyond
// those of x/text: some emoji, and what Unicode 16 made wide.
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
