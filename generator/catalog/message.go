package catalog

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/diag"
)

// Message is a parsed message template.
type Message struct {
	// Segments are literal texts and params, in order.
	Segments []Segment
}

// Segment is a literal text, or the value of a param if Param is not nil.
type Segment struct {
	Text  string
	Param *Param
}

// IsStatic reports whether the message has no params.
func (m Message) IsStatic() bool {
	for _, s := range m.Segments {
		if s.Param != nil {
			return false
		}
	}
	return true
}

// Text returns the message with each param as {name} and literal braces as they
// are, for readers who have no values.
func (m Message) Text() string {
	if len(m.Segments) == 1 && m.Segments[0].Param == nil {
		return m.Segments[0].Text
	}
	var b strings.Builder
	for _, s := range m.Segments {
		if s.Param != nil {
			b.WriteString("{" + s.Param.Name + "}")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// Template returns the message as in a catalog: each param as {name}, and literal
// braces doubled.
func (m Message) Template() string {
	var b strings.Builder
	for _, s := range m.Segments {
		if s.Param != nil {
			b.WriteString("{" + s.Param.Name + "}")
		} else {
			b.WriteString(doubledBraces.Replace(s.Text))
		}
	}
	return b.String()
}

var doubledBraces = strings.NewReplacer("{", "{{", "}", "}}")

// part is a literal text of a message template, or the name of a param that is at
// the index at.
type part struct {
	text    string
	isParam bool
	at      int
}

// templateProblem is a misplaced brace: width characters at the index at.
type templateProblem struct {
	at, width     int
	message, help string
}

// parseTemplate splits a message template into its parts. {name} is a param, {{ and
// }} are literal braces.
func parseTemplate(s string) (parts []part, problems []templateProblem) {
	var text strings.Builder
	literal := func() {
		if text.Len() > 0 {
			parts = append(parts, part{text: text.String()})
			text.Reset()
		}
	}
	problem := func(at, width int, message, help string) {
		problems = append(problems, templateProblem{at, width, message, help})
	}
	for i := 0; i < len(s); {
		next := strings.IndexAny(s[i:], "{}")
		if next < 0 {
			text.WriteString(s[i:])
			break
		}
		text.WriteString(s[i : i+next])
		i += next
		brace := s[i]
		if i+1 < len(s) && s[i+1] == brace {
			text.WriteByte(brace)
			i += 2
			continue
		}
		if brace == '}' {
			problem(i, 1, "unmatched }", "write }} for a literal brace")
			i++
			continue
		}
		end := strings.IndexAny(s[i+1:], "{}")
		if end < 0 || s[i+1+end] == '{' {
			problem(i, 1, "unmatched {", "write {{ for a literal brace, or {name} for a param")
			i++
			continue
		}
		name := s[i+1 : i+1+end]
		if isParamName(name) {
			literal()
			parts = append(parts, part{text: name, isParam: true, at: i})
		} else {
			message := fmt.Sprintf("%s is not a placeholder", diag.Quote("{"+name+"}"))
			help := "write {name} with the name of a param, or {{ for a literal brace"
			if trimmed := strings.TrimSpace(name); trimmed != name && isParamName(trimmed) {
				help = "write {" + trimmed + "}"
			}
			problem(i, utf8.RuneCountInString(name)+2, message, help)
		}
		i += end + 2
	}
	literal()
	return parts, problems
}
