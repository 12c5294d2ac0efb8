package typescript

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
)

// This file writes columns: tables from codes to what errors have, as texts that
// templates/typescript/column.ts.tmpl reads.

// fact is what a column has about errors.
type fact struct {
	// has reports whether an error has a line; nil means that all have.
	has   func(e *catalog.Error) bool
	value func(p pack, e *catalog.Error) string
}

// facts are the columns that have a line per error, by the name of their constant.
var facts = map[string]fact{
	"names":         {nil, func(_ pack, e *catalog.Error) string { return e.Name }},
	"titles":        {nil, func(_ pack, e *catalog.Error) string { return e.Title }},
	"messages":      {nil, func(_ pack, e *catalog.Error) string { return e.Message.Template() }},
	"httpStatuses":  {nil, func(_ pack, e *catalog.Error) string { return strconv.Itoa(e.HTTPStatus) }},
	"categoryNames": {nil, func(_ pack, e *catalog.Error) string { return e.Category.Name }},
	"retries": {
		func(e *catalog.Error) bool { return e.Retry != catalog.RetryNever },
		func(_ pack, e *catalog.Error) string { return string(e.Retry) },
	},
	"retryDelays": {
		func(e *catalog.Error) bool { return e.Retry == catalog.RetryAfter && e.RetryAfter > 0 },
		func(_ pack, e *catalog.Error) string { return strconv.FormatFloat(e.RetryAfter.Seconds(), 'f', -1, 64) },
	},
	"severities": {
		func(e *catalog.Error) bool { return e.Severity != catalog.SeverityError },
		func(_ pack, e *catalog.Error) string { return string(e.Severity) },
	},
	"versions": {
		func(e *catalog.Error) bool { return e.Since != "" },
		func(_ pack, e *catalog.Error) string { return e.Since },
	},
	"tagLists": {
		func(e *catalog.Error) bool { return len(e.Tags) > 0 },
		func(_ pack, e *catalog.Error) string { return jsonOf(e.Tags) },
	},
	"deprecations": {
		func(e *catalog.Error) bool { return e.Deprecated != nil },
		func(p pack, e *catalog.Error) string { return p.lifecycle(e.Deprecated) },
	},
	"retirements": {
		func(e *catalog.Error) bool { return e.Retired != nil },
		func(p pack, e *catalog.Error) string { return p.lifecycle(e.Retired) },
	},
	"resolutions": {
		func(e *catalog.Error) bool { return !e.Resolution.IsEmpty() },
		func(_ pack, e *catalog.Error) string { return e.Resolution.Source() },
	},
	"linkLists": {
		func(e *catalog.Error) bool { return len(e.Links) > 0 },
		func(_ pack, e *catalog.Error) string { return linkList(e.Links) },
	},
	"metadataSets": {
		func(e *catalog.Error) bool { return len(e.Metadata) > 0 },
		func(_ pack, e *catalog.Error) string { return metadataObject(e.Metadata) },
	},
}

// Has reports whether any error has a line in a column.
func (p pack) Has(column string) bool { return slices.ContainsFunc(p.Errors, facts[column].has) }

// Column writes one of the facts.
func (m module) Column(name string) string {
	f := facts[name]
	m.openColumn(name, "column")
	for _, e := range m.Errors {
		if f.has == nil || f.has(e) {
			m.WriteString(e.Code)
			m.line(f.value(m.pack, e))
		}
	}
	m.closeColumn()
	return nothing
}

// CodeColumn writes the column of all codes, with their aliases as values.
func (m module) CodeColumn() string {
	m.openColumn("codes", "column")
	for _, e := range m.Errors {
		m.WriteString(e.Code)
		for _, a := range e.Aliases {
			m.WriteString(" " + a.Code)
		}
		m.WriteByte('\n')
	}
	m.closeColumn()
	return nothing
}

// NameColumn writes the column of the codes of errors, by name, as a constant: each
// current name before the others of its error.
func (m module) NameColumn(constant string) string {
	m.openColumn(constant, "column")
	for _, e := range m.Errors {
		names := []string{e.Name}
		for _, s := range e.Synonyms {
			names = append(names, s.Name)
		}
		for _, f := range e.FormerNames {
			names = append(names, f.Name)
		}
		for _, name := range names {
			m.WriteString(name)
			m.line(e.Code)
		}
	}
	m.closeColumn()
	return nothing
}

// ParamColumn writes the column of the params of errors: each shape, and below it
// the codes of the errors that have it.
func (m module) ParamColumn() string {
	var shapes []string
	codes := make(map[string][]string)
	types := m.typesOfParams()
	for _, e := range m.WithParams() {
		s := shape(e, types)
		if codes[s] == nil {
			shapes = append(shapes, s)
		}
		codes[s] = append(codes[s], e.Code)
	}
	m.openColumn("shapes", "groups")
	for _, s := range shapes {
		m.WriteString(s)
		for _, code := range codes[s] {
			m.WriteString("\n " + code)
		}
		m.WriteByte('\n')
	}
	m.closeColumn()
	return nothing
}

// shape returns the names of the params of an error that a client receives, each
// with its type if this is not the one that the name usually has.
func shape(e *catalog.Error, usual map[string]catalog.ParamType) string {
	var params []string
	for _, p := range e.Params {
		switch {
		case p.Sensitive:
		case p.Type == usual[p.Name]:
			params = append(params, p.Name)
		default:
			params = append(params, p.Name+":"+string(p.Type))
		}
	}
	return strings.Join(params, " ")
}

// ParamTypeColumn writes the column of the types that names of params usually have.
func (m module) ParamTypeColumn() string {
	types := m.typesOfParams()
	m.openColumn("paramTypeOf", "column")
	for _, name := range slices.Sorted(maps.Keys(types)) {
		if types[name] != catalog.String {
			m.WriteString(name)
			m.line(string(types[name]))
		}
	}
	m.closeColumn()
	return nothing
}

// HasParamTypes reports whether ParamTypeColumn has a line.
func (p pack) HasParamTypes() bool {
	for _, t := range p.typesOfParams() {
		if t != catalog.String {
			return true
		}
	}
	return false
}

// typesOfParams returns the types of params by name: the first one, if a name has
// several.
func (p pack) typesOfParams() map[string]catalog.ParamType {
	types := make(map[string]catalog.ParamType)
	for _, e := range p.Errors {
		for _, param := range e.Params {
			if _, ok := types[param.Name]; !ok && !param.Sensitive {
				types[param.Name] = param.Type
			}
		}
	}
	return types
}

// openColumn writes what stands before the lines of a column. The annotation lets
// bundlers leave out columns that are not used.
func (w *writer) openColumn(name, function string) {
	w.WriteString("const " + name + " = /*#__PURE__*/ " + function + "(`\n")
}

func (w *writer) closeColumn() { w.WriteString("`);") }

// line writes the value of a line after its code, and ends the line.
func (w *writer) line(value string) {
	switch {
	case value == "":
	case isPlainLine(value):
		w.WriteByte(' ')
		w.WriteString(value)
	default:
		w.Write(appendTemplate(w.AvailableBuffer(), " "+value))
	}
	w.WriteByte('\n')
}

// isPlainLine reports whether appendTemplate would not change a value.
func isPlainLine(value string) bool {
	return isSimple(value) && strings.IndexByte(value, '`') < 0 && !strings.Contains(value, "${") && value[len(value)-1] != ' '
}

// appendTemplate appends a value of a column as a part of a template literal. Its
// lines but the first begin with a space. Characters are escaped as in a string,
// and so are spaces at the end of a line, which editors remove.
func appendTemplate(out []byte, s string) []byte {
	for i, r := range s {
		rest := s[i+utf8.RuneLen(r):]
		switch {
		case r == '\n':
			out = append(out, "\n "...)
			if rest == "" || rest[0] == '\n' {
				out = append(out[:len(out)-1], `\x20`...)
			}
		case r == ' ' && (rest == "" || rest[0] == '\n'):
			out = append(out, `\x20`...)
		case r == '`', r == '\\', r == '$' && strings.HasPrefix(rest, "{"):
			out = append(out, '\\', byte(r))
		case r == '<' && endsScript(s[i:]):
			out = append(out, `\x3C`...)
		case isVisible(r):
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, escape(r)...)
		}
	}
	return out
}

// lifecycle returns an ErrorLifecycle as JSON.
func (p pack) lifecycle(l *catalog.Lifecycle) string {
	v := struct {
		Since      string `json:"since,omitempty"`
		Reason     string `json:"reason,omitempty"`
		ReplacedBy any    `json:"replacedBy,omitempty"`
	}{Since: l.Since}
	if !l.Reason.IsEmpty() {
		v.Reason = l.Reason.Source()
	}
	if l.ReplacedBy != nil {
		v.ReplacedBy = l.ReplacedBy.Code
		if p.IntegerCodes {
			v.ReplacedBy = json.Number(l.ReplacedBy.Code)
		}
	}
	return jsonOf(v)
}

// linkList returns links as JSON.
func linkList(links []catalog.Link) string {
	type link struct {
		Title string `json:"title"`
		URL   string `json:"url"`
	}
	list := make([]link, len(links))
	for i, l := range links {
		list[i] = link(l)
	}
	return jsonOf(list)
}

// metadataObject returns metadata as JSON, in their order.
func metadataObject(metadata []catalog.Metadatum) string {
	members := make([]string, len(metadata))
	for i, m := range metadata {
		members[i] = jsonOf(m.Key) + ":" + jsonOf(m.Value)
	}
	return "{" + strings.Join(members, ",") + "}"
}

// jsonOf returns a value as JSON on one line.
func jsonOf(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("typescript: " + err.Error()) // strings, numbers and booleans have a JSON form
	}
	return strings.TrimSuffix(b.String(), "\n")
}
