package yamldoc

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

var (
	plainText = regexp.MustCompile(`^[A-Za-z_](?:[A-Za-z0-9 ,.()'/;=_-]|[:#][A-Za-z0-9])*$`)
	yamlWord  = regexp.MustCompile(`^(?i:true|false|null|yes|no|on|off|y|n|e-?[0-9]+)$`) // E0308 is a number for some
)

// maxPlain is how many bytes a string without quotes can have.
const maxPlain = 2000

// Spell returns a string as it is written on one line of YAML: without quotes if
// every reader takes it for that string, else in double quotes. inBrackets says that
// it is a key, or is inside of brackets or braces.
func Spell(s string, inBrackets bool) string {
	isPlain := len(s) <= maxPlain && plainText.MatchString(s) && !yamlWord.MatchString(s) &&
		!strings.HasSuffix(s, " ") && !strings.Contains(s, " #") && !(inBrackets && strings.Contains(s, ","))
	if isPlain {
		return s
	}
	return quote(s)
}

// quote returns a string in double quotes, without NUL characters, which YAML cannot
// have.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case c == 0:
		case c > 0xFFFF && !unicode.IsPrint(c):
			fmt.Fprintf(&b, `\U%08X`, c)
		case c == '\uFEFF' || c == '\uFFFE' || c == '\uFFFF' || !unicode.IsPrint(c) && c != ' ':
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
