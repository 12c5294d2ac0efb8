package openapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
	"github.com/errcat/errcat/generator/yamldoc"
)

// A document is made of objects, lists, strings, booleans, integers and
// json.Numbers.
type (
	object []member
	member struct {
		key   string
		value any
	}
	list []any
)

// MarshalJSON returns the object with its members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := model.Marshal(m.key, "")
		if err != nil {
			return nil, err
		}
		value, err := model.Marshal(m.value, "")
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// parseJSON returns valid JSON as a part of a document.
func parseJSON(data []byte) any {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return parseValue(d)
}

func parseValue(d *json.Decoder) any {
	token, _ := d.Token()
	switch token {
	case json.Delim('{'):
		o := object{}
		for d.More() {
			key, _ := d.Token()
			o = append(o, member{key.(string), parseValue(d)})
		}
		_, _ = d.Token()
		return o
	case json.Delim('['):
		l := list{}
		for d.More() {
			l = append(l, parseValue(d))
		}
		_, _ = d.Token()
		return l
	}
	return token
}

// writeYAML writes an object as a block of YAML.
func writeYAML(b *bytes.Buffer, o object) { yamlWriter{b}.object(o, 0) }

type yamlWriter struct{ *bytes.Buffer }

// object writes the members of an object that is not empty. The first one continues
// a line.
func (w yamlWriter) object(o object, indent int) {
	for i, m := range o {
		if i > 0 {
			w.indent(indent)
		}
		w.WriteString(spellKey(m.key))
		w.WriteByte(':')
		w.value(m.value, indent+2)
	}
}

// value writes what follows a colon. Its lines are indented by indent.
func (w yamlWriter) value(v any, indent int) {
	switch v := v.(type) {
	case object:
		if len(v) == 0 {
			w.WriteString(" {}\n")
			return
		}
		w.WriteByte('\n')
		w.indent(indent)
		w.object(v, indent)
	case list:
		if len(v) == 0 {
			w.WriteString(" []\n")
			return
		}
		w.WriteByte('\n')
		for _, element := range v {
			w.indent(indent)
			w.WriteByte('-')
			if o, ok := element.(object); ok && len(o) > 0 {
				w.WriteByte(' ')
				w.object(o, indent+2)
			} else {
				w.value(element, indent+2)
			}
		}
	case string:
		w.WriteByte(' ')
		if isLiteral(v) {
			w.WriteString("|-\n")
			for line := range strings.SplitSeq(v, "\n") {
				if line != "" {
					w.indent(indent)
				}
				w.WriteString(line)
				w.WriteByte('\n')
			}
			return
		}
		w.WriteString(spell(v))
		w.WriteByte('\n')
	default: // numbers and booleans, which YAML has as JSON has them
		fmt.Fprintf(w, " %v\n", v)
	}
}

func (w yamlWriter) indent(n int) {
	for range n {
		w.WriteByte(' ')
	}
}

// isLiteral reports whether a text has several lines that YAML can have as they are.
func isLiteral(s string) bool {
	if !strings.Contains(s, "\n") || strings.HasPrefix(s, " ") || strings.HasPrefix(s, "\n") || strings.HasSuffix(s, "\n") {
		return false
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasSuffix(line, " ") || strings.ContainsFunc(line, isEscaped) {
			return false
		}
	}
	return true
}

// spellKey returns a key, without quotes if every reader takes it for that string.
func spellKey(key string) string {
	switch key {
	case "$ref", mediaType:
		return key
	}
	return spell(key)
}

// spell returns a string on one line, without quotes if every reader takes it for
// that string.
func spell(s string) string {
	if yamldoc.Spell(s, true) == s {
		return s
	}
	if strings.Count(s, `"`) > strings.Count(s, "'") && !strings.ContainsRune(s, '\\') && !strings.ContainsFunc(s, isEscaped) {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r > 0xffff && isEscaped(r):
			fmt.Fprintf(&b, `\U%08x`, r)
		case isEscaped(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isEscaped reports whether a character shows nothing by itself, or must not be in
// YAML.
func isEscaped(r rune) bool {
	return !unicode.IsPrint(r) || r == '\ufffe' || r == '\uffff' || prose.IsInvisible(r)
}
