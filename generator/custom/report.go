package custom

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/model"
)

// This file turns the errors of text/template into findings that point into the
// template.

// parseName is the name of all templates in the errors of text/template: a path
// could contain colons.
const parseName = "errcat"

// patterns matches the errors of text/template. It is compiled when the first
// error occurs.
var patterns = sync.OnceValue(func() (p struct{ message, executing, calling, field, function, quoted *regexp.Regexp }) {
	p.message = regexp.MustCompile(`(?s)^template: ` + parseName + `:(\d+)(?::(\d+))?: (.*)$`)
	p.executing = regexp.MustCompile(`(?s)^executing ".*?" at <(.*?)>: (.*)$`)
	p.calling = regexp.MustCompile(`(?s)^error calling \w+: (.*)$`)
	p.field = regexp.MustCompile(`^can't evaluate field (\w+) in type (\S+)$`)
	p.function = regexp.MustCompile(`^function "(\w+)" not defined$`)
	p.quoted = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"")
	return p
})

// templateError returns an error of text/template as a finding.
func (r *renderer) templateError(err error) error {
	if errors.Is(err, errTooLarge) {
		return r.fail(1, 0, 0, "look for a loop or a nested template that repeats too much", "the template makes more than %d bytes (64 MiB)", MaxOutput)
	}
	line, col, what, message := parseError(err.Error())
	text := r.line(line)
	start := 0
	if col >= 0 {
		start = min(col, len(text))
		// A long expression is truncated.
		what = strings.TrimSuffix(what, "...")
		switch behind, before := strings.Index(text[start:], what), strings.LastIndex(text[:min(len(text), start+len(what))], what); {
		case what == "":
		case before >= 0: // the last field of a chain
			start = before
		case behind >= 0:
			start += behind
		default:
			what = ""
		}
	} else {
		start, what = findQuoted(text, message)
	}
	message, help := explain(message)
	return r.fail(line, utf8.RuneCountInString(text[:start])+1, utf8.RuneCountInString(what), help, "%s", message)
}

// parseError splits an error of text/template: the line, counted from 1, the
// column in bytes, counted from 0, or -1 if there is none, the start of the
// expression, and the message.
func parseError(text string) (line, col int, what, message string) {
	line, col, message = 1, -1, text
	if m := patterns().message.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		if m[2] != "" {
			col, _ = strconv.Atoi(m[2])
		}
		message = m[3]
	}
	if m := patterns().executing.FindStringSubmatch(message); m != nil {
		what, message = m[1], m[2]
	}
	if m := patterns().calling.FindStringSubmatch(message); m != nil {
		message = m[1]
	}
	return line, col, what, message
}

// findQuoted looks for the text that a message quotes. It returns the offset in
// the line, and the text, if it is there exactly once; else the offset of the
// first character.
func findQuoted(line, message string) (int, string) {
	for _, quoted := range patterns().quoted.FindAllString(message, -1) {
		word, err := strconv.Unquote(quoted)
		if err == nil && strings.TrimSpace(word) != "" && strings.Count(line, word) == 1 {
			return strings.Index(line, word), word
		}
	}
	return len(line) - len(strings.TrimLeft(line, " \t")), ""
}

// explain rewrites a message of text/template for the user, and adds how to fix
// it.
func explain(message string) (text, help string) {
	if m := patterns().field.FindStringSubmatch(message); m != nil {
		what, names := "the value", []string(nil)
		for _, v := range []any{model.Catalog{}, Code{}, model.Category{}, model.Error{}, model.Param{}, model.Link{}, model.Lifecycle{}, model.Reserved{}, model.Range{}, model.Identifiers{}, model.MetadataField{}, model.Metadatum{}} {
			if t := reflect.TypeOf(v); t.String() == strings.TrimPrefix(m[2], "*") {
				what = "a " + t.Name()
				if t.Name() == "Error" {
					what = "an Error"
				}
				for _, f := range reflect.VisibleFields(t) {
					if f.IsExported() && !(f.Anonymous && f.Type.Kind() == reflect.Pointer) {
						names = append(names, f.Name)
					}
				}
			}
		}
		return fmt.Sprintf("%s has no field %s", what, m[1]), suggest(m[1], names, "its fields are ")
	}
	if m := patterns().function.FindStringSubmatch(message); m != nil {
		var names []string
		for name := range functions("") {
			names = append(names, name)
		}
		slices.Sort(names)
		return fmt.Sprintf("there is no function %s", m[1]), suggest(m[1], names, "the functions are ")
	}
	switch {
	case strings.Contains(message, "exceeded maximum template depth"):
		return "the template calls itself endlessly", "end the recursion with a condition"
	case strings.HasPrefix(message, "nil pointer evaluating "):
		return "the value that should have this field is not set", "put it between {{with}} and {{end}}, such as {{with .Deprecated}}{{.Since}}{{end}}"
	case strings.HasPrefix(message, "wrong type for value; expected string; got "):
		return message, "convert it with the function text"
	case message == "unexpected EOF":
		return "the template ends inside of an action or a block", "close it with }} or {{end}}"
	}
	return message, ""
}

// suggest returns the help for a name that does not exist.
func suggest(name string, names []string, all string) string {
	if near := diag.Suggest(name, names, 1); len(near) > 0 {
		return "did you mean " + near[0] + "?"
	}
	if len(names) == 0 {
		return ""
	}
	return all + strings.Join(names, ", ")
}

// nameError returns what is wrong with the template of the file names.
func (r *renderer) nameError(err error, name string) error {
	_, _, _, message := parseError(err.Error())
	if errors.Is(err, errTooLarge) {
		message = "the name is too long"
	}
	message, help := explain(message)
	return r.fail(1, 0, 0, help, "the option file %q: %s", name, message)
}

// fail returns a finding about the template; without a column, about the template
// as a whole.
func (r *renderer) fail(line, col, width int, help, format string, args ...any) error {
	pos := diag.Position{File: r.file}
	if col > 0 {
		pos.Line, pos.Col, pos.Width = line, col, width
	}
	return found(pos, help, format, args...)
}

func found(pos diag.Position, help, format string, args ...any) *Error {
	return &Error{diag.Diagnostics{diag.New(diag.RuleTemplate, pos, help, format, args...)}}
}

// line returns a line of the template, "" if there is none.
func (r *renderer) line(n int) string {
	lines := bytes.SplitN(r.source, []byte("\n"), n+1)
	if n < 1 || n > len(lines) {
		return ""
	}
	return string(lines[n-1])
}
