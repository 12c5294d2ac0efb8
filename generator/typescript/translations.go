package typescript

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
)

// This file writes the messages for the libraries that translate them.

// syntax is how the messages of a library are written.
type syntax struct {
	// text returns a literal text; beforeParam means that a placeholder follows it.
	text func(text string, beforeParam bool) string
	// open and close are around the name of a placeholder.
	open, close string
	// opens and closes are what translators may write there.
	opens, closes []string
}

// syntaxes are the values of Options.Messages.
var syntaxes = map[string]syntax{
	"icu": {
		text: icuText, open: "{", close: "}",
		opens: []string{"{"}, closes: []string{"}", ","},
	},
	// With the hyphen, values are not escaped for HTML.
	"i18next": {
		text: i18nextText, open: "{{- ", close: "}}",
		opens: []string{"{{- ", "{{"}, closes: []string{"}}", ","},
	},
}

// translatable returns the messages as a JSON object from codes to texts.
func (p pack) translatable() (files.File, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	var problem error
	str := func(s string) {
		if err := e.Encode(s); err != nil {
			problem = err
		}
		b.Truncate(b.Len() - 1) // without the end of the line
	}
	b.WriteString("{\n  \"$comment\": ")
	str(p.header)
	for _, err := range p.Errors {
		b.WriteString(",\n  ")
		str(err.Code)
		b.WriteString(": ")
		str(syntaxes[p.library].message(err.Message))
	}
	b.WriteString("\n}\n")
	return files.File{Path: p.MessagesFile(), Data: model.VisibleJSON(b.Bytes())}, problem
}

// message returns a message in the syntax.
func (s syntax) message(m catalog.Message) string {
	var b strings.Builder
	for i, segment := range m.Segments {
		if segment.Param != nil {
			b.WriteString(s.open + segment.Param.Name + s.close)
			continue
		}
		beforeParam := i+1 < len(m.Segments) && m.Segments[i+1].Param != nil
		b.WriteString(s.text(segment.Text, beforeParam))
	}
	return b.String()
}

// icuText quotes what has a meaning in ICU MessageFormat, as FormatJS reads it:
// braces, the start of a tag and apostrophes. # and | have one only within the
// forms of a plural.
func icuText(text string, _ bool) string {
	var b strings.Builder
	isQuoted := false
	quote := func(on bool) {
		if on != isQuoted {
			b.WriteByte('\'')
		}
		isQuoted = on
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\'':
			b.WriteByte('\'') // doubled, within quotes and outside of them
		case c == '{', c == '}', c == '<' && startsTag(text[i+1:]):
			quote(true)
		default:
			quote(false)
		}
		b.WriteByte(text[i])
	}
	quote(false)
	return b.String()
}

// startsTag reports whether a < before the text starts a tag.
func startsTag(text string) bool {
	if text == "" {
		return false
	}
	c := text[0] | 0x20 // a letter in lower case
	return 'a' <= c && c <= 'z' || text[0] == '/'
}

// i18nextText replaces what has a meaning for i18next: braces that would start a
// placeholder, and the start of a nested key. There is no quoting: they are
// nested keys themselves, which are not known and hence stand for themselves.
func i18nextText(text string, beforeParam bool) string {
	if beforeParam {
		text += "{"
	}
	var b strings.Builder
	for i := range len(text) {
		switch rest := text[i:]; {
		case strings.HasPrefix(rest, "{{"):
			b.WriteString("$t({)")
		case strings.HasPrefix(rest, "$t("):
			b.WriteString("$t($)")
		default:
			b.WriteByte(text[i])
		}
	}
	if beforeParam {
		return strings.TrimSuffix(b.String(), "{")
	}
	return b.String()
}

// Placeholders writes the members of a type from codes to the placeholders of
// their messages.
func (m module) Placeholders() string {
	for _, e := range m.Errors {
		names := placeholders(e.Message)
		if len(names) == 0 {
			continue
		}
		for i, name := range names {
			names[i] = quote(name)
		}
		m.WriteByte('\n')
		start := m.Len()
		m.WriteString("  readonly ")
		m.codeKey(e.Code)
		m.WriteByte(':')
		m.memberType(start, names)
	}
	return nothing
}

// placeholders returns the names of the params in a message, in order.
func placeholders(m catalog.Message) []string {
	var names []string
	for _, s := range m.Segments {
		if s.Param != nil && !slices.Contains(names, s.Param.Name) {
			names = append(names, s.Param.Name)
		}
	}
	return names
}

// HasPlaceholders reports whether any message has a placeholder.
func (p pack) HasPlaceholders() bool {
	return slices.ContainsFunc(p.Errors, func(e *catalog.Error) bool { return !e.Message.IsStatic() })
}

// TextWith writes the type of texts that contain the placeholder of the param P.
func (m module) TextWith() string {
	s := syntaxes[m.library]
	start := m.Len()
	m.WriteString("type TextWith<P extends string> =")
	m.value(start, []byte("`${string}"+unionIn(s.opens)+"${P}"+unionIn(s.closes)+"${string}`"))
	return nothing
}

// unionIn returns one of the texts, as a part of a template literal type.
func unionIn(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = quote(text)
	}
	return "${" + strings.Join(quoted, " | ") + "}"
}

// MessagesFile returns the name of the file with the messages.
func (p pack) MessagesFile() string { return "messages." + p.library + ".json" }
