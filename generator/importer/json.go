package importer

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// value is a JSON value. Members keep their order.
type value struct {
	line    int
	text    string // of a string, a number or a boolean
	number  bool
	scalar  bool
	members []member // of an object
	array   []*value
}

type member struct {
	key   string
	value *value
}

// json reads an array of objects, an object that maps codes or names to objects or
// messages, or either of them as the only such member of an object.
func (r *reader) json() {
	decoder := json.NewDecoder(strings.NewReader(r.text))
	decoder.UseNumber()
	p := jsonParser{Decoder: decoder, text: r.text, line: 1}
	root, err := p.value(0)
	if err == nil {
		if _, end := decoder.Token(); end != io.EOF {
			err = errors.New("a second value follows the first")
		}
	}
	if errors.Is(err, io.EOF) {
		err = errors.New("the file ends within a value")
	}
	if err != nil {
		r.fail("line %d: %w", p.at(), err)
		return
	}
	r.jsonErrors(root, "")
}

// jsonParser reads values, and knows the line that it has reached.
type jsonParser struct {
	*json.Decoder
	text         string
	offset, line int
}

// at returns the line that was reached.
func (p *jsonParser) at() int {
	end := min(int(p.InputOffset()), len(p.text))
	p.line += strings.Count(p.text[p.offset:end], "\n")
	p.offset = end
	return p.line
}

const maxDepth = 100

// value reads a value.
func (p *jsonParser) value(depth int) (*value, error) {
	token, err := p.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, errors.New("values are nested too deeply")
	}
	v := &value{line: p.at()}
	switch t := token.(type) {
	case json.Delim:
		for p.More() {
			key := ""
			if t == '{' {
				token, err := p.Token()
				if err != nil {
					return nil, err
				}
				key, _ = token.(string)
			}
			child, err := p.value(depth + 1)
			if err != nil {
				return nil, err
			}
			if t == '{' {
				v.members = append(v.members, member{key, child})
			} else {
				v.array = append(v.array, child)
			}
		}
		_, err = p.Token()
	case string:
		v.text, v.scalar = t, true
	case json.Number:
		v.text, v.scalar, v.number = t.String(), true, true
	case bool:
		v.text, v.scalar = map[bool]string{true: "true", false: "false"}[t], true
	}
	return v, err
}

// jsonErrors reads what is an error, or holds errors. The category is the key of
// the object around them.
func (r *reader) jsonErrors(v *value, category string) {
	switch {
	case v.array != nil:
		for _, e := range v.array {
			r.jsonError(e, "", category)
		}
	case len(v.members) > 0 && isWrapper(v):
		for _, m := range v.members {
			if m.value.array != nil || m.value.members != nil {
				r.jsonErrors(m.value, "")
			}
		}
	default:
		for _, m := range v.members {
			r.jsonError(m.value, m.key, category)
		}
	}
}

// isWrapper reports whether an object only says something about the errors in one
// of its members.
func isWrapper(v *value) bool {
	for _, m := range v.members {
		switch strings.ToLower(m.key) {
		case "errors", "codes", "error_codes", "errorcodes", "items", "data", "messages", "catalog":
			if m.value.array != nil || m.value.members != nil {
				return true
			}
		}
	}
	return len(v.members) == 1 && v.members[0].value.array != nil && len(v.members[0].value.array) > 0 && v.members[0].value.array[0].members != nil
}

// jsonFields are the members of an error by what they are.
func jsonField(key string) field {
	words := notHeader.ReplaceAllString(strings.ToLower(key), "")
	switch words {
	case "sqlstate", "type", "value":
		return otherField
	case "httpstatus", "httpstatuscode", "statuscode", "httpcode":
		return statusField
	}
	var spaced strings.Builder
	for i, c := range key {
		if i > 0 && c >= 'A' && c <= 'Z' {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(c)
	}
	return fieldOf(spaced.String())
}

// jsonError reads one error, which stands below a key or in an array.
func (r *reader) jsonError(v *value, key, category string) {
	e := &entry{line: v.line, category: category}
	switch {
	case v.scalar && key != "":
		e.message = v.text
		if v.number {
			// {"NOT_FOUND": 1001}
			e.message, e.code, e.name = "", v.text, key
		}
	case v.members == nil:
		r.leave(v.line, "the value is not an error: %s", shown(v.flat()))
		return
	}
	isInteger := v.number && v.scalar
	var taken []field
	var parts []member
	for _, m := range v.members {
		if subClass.MatchString(m.key) && m.value.members != nil {
			parts = append(parts, m.value.members...)
			continue
		}
		f := jsonField(m.key)
		if slices.Contains(taken, f) {
			f = otherField
		}
		text := m.value.flat()
		if text == "" {
			continue
		}
		if f != otherField {
			taken = append(taken, f)
		}
		switch f {
		case codeField:
			e.code, isInteger = text, m.value.number
		case nameField:
			e.name = text
		case statusField:
			e.status = text
		case titleField:
			e.title = text
		case messageField:
			e.message = text
		case descriptionField:
			e.description = text
		case resolutionField:
			e.resolution = text
		case categoryField:
			e.category = text
		case severityField:
			e.severity = text
		default:
			e.facts = append(e.facts, fact{m.key, text})
		}
	}
	switch {
	case key != "" && e.code == "" && e.name == "" && isNameLike(key):
		e.name, e.isCode = key, true
	case key != "" && e.code == "":
		e.code = key
	case e.code == "" && isName(e.name):
		e.isCode = true
	case key != "" && e.name == "" && e.code != key:
		e.name = key
	}
	if !e.isCode && (!isCode(e.code) && !isInteger || isInteger && !isInteger64(e.code)) {
		r.leave(v.line, "%s is not a code; the error is not imported: %s", shown(e.code), shown(v.flat()))
		return
	}
	e.message = angled(e.message)
	r.integerCode(isInteger)
	r.add(e)
	for _, part := range parts {
		r.jsonError(part.value, cmp.Or(e.code, e.name)+"."+part.key, category)
	}
}

// subClass is the member with further errors, whose names follow that of the error.
var subClass = regexp.MustCompile(`(?i)^sub_?class(es)?$`)

var angle = regexp.MustCompile(`<([A-Za-z_]\w+)>`)

// angled returns a text in which <name> is a placeholder, unless it is an element of
// HTML.
func angled(s string) string {
	return angle.ReplaceAllStringFunc(s, func(found string) string {
		name := found[1 : len(found)-1]
		switch atom.Lookup([]byte(strings.ToLower(name))) {
		case atom.Br, atom.Code, atom.Em, atom.Strong, atom.Li, atom.Ul, atom.Ol, atom.Pre, atom.Div, atom.Span, atom.Script, atom.Img, atom.Svg, atom.Td, atom.Tr:
			return found
		}
		return "{" + name + "}"
	})
}

// integerCode notes whether a code is an integer: codes are integers if all are.
func (r *reader) integerCode(is bool) { r.integer = is && (r.integer || len(r.entries) == 0) }

// flat returns the text of a value, of lists and objects that of their parts.
func (v *value) flat() string {
	if v.scalar {
		return v.text
	}
	var parts []string
	for _, e := range v.array {
		parts = append(parts, e.flat())
	}
	for _, m := range v.members {
		parts = append(parts, m.key+": "+m.value.flat())
	}
	separator := "\n"
	if v.members != nil {
		separator = ", "
	}
	return strings.Join(parts, separator)
}
