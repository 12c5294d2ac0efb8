package typescript

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// This file writes values as TypeScript. It lays them out as Prettier would,
// so that a formatter in the user's repository leaves the modules alone.

// lineWidth is the number of columns that Prettier fills.
const lineWidth = 80

// object is an object literal; its fields keep their order.
type object []field

// field is a property of an object. The value is a string, an int, a float64,
// a []string or an object.
type field struct {
	key   string
	value any
}

// writeProperty writes a property, or an entry, of an object whose properties
// are indented by so many columns; the first line is without the indentation.
// The name is a propertyKey.
func writeProperty(b *strings.Builder, indent int, name string, value any) {
	b.WriteString(name)
	b.WriteByte(':')
	column := indent + len(name) + len(": ")
	// What does not fit, or does not even begin to, goes to a line of its own.
	moved := false
	switch v := value.(type) {
	case string:
		// Behind a short key that would gain nothing.
		s := quote(v)
		moved = len(name) > 4 && column+columns(s)+len(",") > lineWidth
		value = literal(s)
	case object:
		moved = column+len("{") > lineWidth || len(v) == 0 && column+len("{},") > lineWidth
	case []string:
		moved = column+len("[") > lineWidth
	}
	if moved {
		indent += 2
		column = indent
		newLine(b, indent)
	} else {
		b.WriteByte(' ')
	}
	switch v := value.(type) {
	case literal:
		b.WriteString(string(v))
	case object:
		writeObject(b, indent, v)
	case []string:
		writeList(b, indent, column, v)
	case int:
		b.WriteString(strconv.Itoa(v))
	case float64:
		b.WriteString(strconv.FormatFloat(v, 'f', -1, 64))
	default:
		panic(fmt.Sprintf("the property %s has a value of type %T", name, value))
	}
	b.WriteByte(',')
}

// literal is a string literal.
type literal string

func writeObject(b *strings.Builder, indent int, o object) {
	b.WriteByte('{')
	for _, f := range o {
		newLine(b, indent+2)
		writeProperty(b, indent+2, propertyKey(f.key), f.value)
	}
	if len(o) > 0 {
		newLine(b, indent)
	}
	b.WriteByte('}')
}

// writeList writes an array of strings that begins in a column, on one line
// where it fits.
func writeList(b *strings.Builder, indent, column int, list []string) {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = quote(s)
	}
	if line := "[" + strings.Join(quoted, ", ") + "]"; column+columns(line)+len(",") <= lineWidth {
		b.WriteString(line)
		return
	}
	b.WriteByte('[')
	for _, s := range quoted {
		newLine(b, indent+2)
		b.WriteString(s)
		b.WriteByte(',')
	}
	newLine(b, indent)
	b.WriteByte(']')
}

func newLine(b *strings.Builder, indent int) {
	b.WriteByte('\n')
	const spaces = "                "
	b.WriteString(spaces[:indent])
}

// union returns the declaration of an exported union of literals.
func union(name string, members []string) string {
	head := "export type " + name + " ="
	if len(members) == 0 {
		return declare(head, "never")
	}
	quoted := make([]string, len(members))
	for i, m := range members {
		quoted[i] = quote(m)
	}
	if line := strings.Join(quoted, " | "); len(members) == 1 || len("  ")+columns(line)+len(";") <= lineWidth {
		return declare(head, line)
	}
	return head + "\n  | " + strings.Join(quoted, "\n  | ") + ";"
}

// declare returns a declaration whose value moves to a line of its own where
// one line does not take both.
func declare(head, value string) string {
	if columns(head)+1+columns(value)+len(";") > lineWidth {
		return head + "\n  " + value + ";"
	}
	return head + " " + value + ";"
}

// propertyKey returns the key of an object literal, in quotes only where it
// needs them.
func propertyKey(key string) string {
	switch {
	case key == "__proto__":
		// As a plain key it would set the prototype.
		return `["__proto__"]`
	case isIdentifier(key):
		return key
	}
	return quote(key)
}

// isNumber reports whether a key is what JavaScript makes of it as a number.
func isNumber(key string) bool {
	f, err := strconv.ParseFloat(key, 64)
	return err == nil && (f == 0 || f >= 1e-6 && f < 1e21) && strconv.FormatFloat(f, 'f', -1, 64) == key && key[0] != '-'
}

// memberKey returns the key of a property in a type, in quotes only where it
// needs them.
func memberKey(key string) string {
	if isIdentifier(key) {
		return key
	}
	return quote(key)
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

// quote returns the string literal of s, in the quotes that need fewer
// escapes. What a reader could not see is escaped, and so is what would end
// the script element of a page that the code is put into.
func quote(s string) string {
	if isSimple(s) {
		return `"` + s + `"`
	}
	q := '"'
	if strings.Count(s, `"`) > strings.Count(s, `'`) {
		q = '\''
	}
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteRune(q)
	for i, r := range s {
		switch {
		case r == q, r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '<' && endsScript(s[i:]):
			b.WriteString(`\x3C`)
		case isVisible(r):
			b.WriteRune(r)
		default:
			b.WriteString(escape(r))
		}
	}
	b.WriteRune(q)
	return b.String()
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
func columns(s string) int {
	n := 0
	for _, r := range s {
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
