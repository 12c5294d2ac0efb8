package catalog

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// This file warns of messages that are written for another template language:
// clients would see what was meant to be replaced by a value.

// checkPlaceholders reports {{name}} and ${name} in a message.
func (l *loader) checkPlaceholders(d *draft, s string, parts []part) {
	for i := 0; i < len(s); {
		if s[i] != '{' {
			i++
			continue
		}
		name, braces, length := bracedName(s[i:])
		// More braces are literal ones around a value or around braces.
		if p := d.paramNames[name]; braces == 2 && p != nil && !p.Sensitive {
			l.Report(diag.RuleEscapedPlaceholder, l.Inside(d.message, i, length), "write {"+name+"}",
				"doubled braces are literal: clients see {%s} instead of the value", s[i+2:i+length-2])
		}
		i += length
	}
	for _, part := range parts {
		if !part.isParam || part.at == 0 || s[part.at-1] != '$' || strings.HasSuffix(s[:part.at], "$$") {
			continue
		}
		// A number after a dollar sign is an amount of money.
		if p := d.paramNames[part.text]; p != nil && p.Type != Integer && p.Type != Number {
			l.Report(diag.RuleDollarPlaceholder, l.Inside(d.message, part.at-1, len(part.text)+3), "write {"+part.text+"}",
				"the dollar sign is literal: clients see it before the value of %s", part.text)
		}
	}
}

// bracedName returns the name between as many opening and closing braces at the
// beginning of s, the number of braces, and the length of all. The name is empty if
// s has another form.
func bracedName(s string) (name string, braces, length int) {
	rest := strings.TrimLeft(s, "{")
	braces = len(s) - len(rest)
	inner, _, ok := strings.Cut(rest, "}")
	after := strings.TrimLeft(rest[len(inner):], "}")
	if !ok || strings.Contains(inner, "{") || len(rest)-len(inner)-len(after) != braces {
		return "", braces, braces
	}
	return strings.TrimSpace(inner), braces, len(s) - len(after)
}

// printfVerb is a verb of printf in a message.
type printfVerb struct {
	message    *yamldoc.Node
	at, length int
}

// verb is a verb with the character after it. Those with a width of two hexadecimal
// digits are percent-encoded, such as %2f.
var verb = regexp.MustCompile(`%(?:\([a-z_]+\)|[1-9]\$)?[-+#0]*(?:[1-9][0-9]*)?(?:\.[0-9]+)?(?:hh|h|ll|l|z)?([sdiufgxXcpvq@])`)

// dateFormat is a part of a format of dates, whose verbs look the same.
var dateFormat = regexp.MustCompile(`%[YmHMSyjBbAa][-/:., T]*%|%d[-/:., ]*%[YmHMSyBb]`)

// collectVerbs notes the printf verbs in a message.
func (l *loader) collectVerbs(n *yamldoc.Node, s string) {
	l.messageCount++
	if strings.IndexByte(s, '%') < 0 || dateFormat.MatchString(s) {
		return
	}
	found := false
	for _, m := range verb.FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		if before == '%' || isWordRune(before) || isWordRune(after) || after == '%' || percentEncoded.MatchString(s[m[0]:m[1]]) {
			continue
		}
		l.verbs = append(l.verbs, printfVerb{n, m[0], m[1] - m[0]})
		found = true
	}
	if found {
		l.verbMessages++
	}
}

var percentEncoded = regexp.MustCompile(`^%[0-9A-Fa-f]{2}$`)

func isWordRune(r rune) bool {
	return r < utf8.RuneSelf && (isLetter(byte(r)) || isDigit(byte(r)) || r == '_')
}

// checkVerbs reports printf verbs. In a catalog in which they are common, they are
// what its messages are about, or its own code replaces them.
func (l *loader) checkVerbs() {
	const common = 20 // one message in so many
	if l.verbMessages > max(1, l.messageCount/common) {
		return
	}
	for _, v := range l.verbs {
		l.Report(diag.RulePrintfVerb, l.Inside(v.message, v.at, v.length), "declare a param, and write {name}",
			"nothing replaces %s: clients see it as it is", v.message.Value[v.at:v.at+v.length])
	}
}
