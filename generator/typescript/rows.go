package typescript

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
)

// This file writes the parts of modules that grow with the catalog. A method that
// a template calls writes its part directly to the module, and returns nothing:
// the template would copy the result several times, which may be megabytes.

const nothing = ""

// Constants writes a constant per error, category by category, each after an empty
// line.
func (m module) Constants() string {
	for _, c := range m.Categories {
		if len(c.Errors) > 0 && m.Types {
			m.WriteByte('\n')
			m.lineComment(sectionDoc(c)...)
		}
		for _, e := range c.Errors {
			m.WriteByte('\n')
			if m.Types {
				m.docComment(0, errorDoc(e)...)
			}
			m.constant(e.TypeScriptName, e.Code, m.literal())
			for _, s := range e.Synonyms {
				m.otherConstant(e, s.TypeScriptName, "A synonym of")
			}
			for _, f := range e.FormerNames {
				m.otherConstant(e, f.TypeScriptName, "@deprecated Renamed to")
			}
		}
	}
	return nothing
}

// otherConstant writes the constant of a synonym or a former name, unless the name
// has none of its own.
func (m module) otherConstant(e *catalog.Error, name, doc string) {
	if name == "" {
		return
	}
	m.WriteByte('\n')
	if m.Types {
		m.WriteString("/** " + doc + " {@link " + e.TypeScriptName + "}. */\n")
	}
	m.constant(name, e.Code, m.literal())
}

// constant writes the declaration of an exported constant.
func (w *writer) constant(name, value string, literal appender) {
	start := w.Len()
	if w.CommonJS {
		w.WriteString("exports.")
	} else {
		w.WriteString("export ")
		w.WriteString(w.Declare())
		w.WriteString("const ")
	}
	w.WriteString(name)
	w.WriteString(" =")
	w.scratch = literal(w.scratch[:0], value)
	w.value(start, w.scratch)
	w.WriteByte('\n')
}

// CodeType returns the type of codes.
func (p pack) CodeType() string {
	if p.IntegerCodes {
		return "number"
	}
	return "string"
}

// AnyCode returns the type of what is resolved to a code.
func (p pack) AnyCode() string {
	if p.IntegerCodes {
		return "number | string"
	}
	return "string"
}

// LastCode returns the only param of a function whose declaration is too long for
// one line if it takes numbers, too.
func (m module) LastCode() string {
	switch {
	case !m.Types:
		return "code"
	case m.IntegerCodes && !m.Code:
		return "\n  code: " + m.AnyCode() + ",\n"
	}
	return "code: " + m.AnyCode()
}

// literal returns what appends the literal of a code.
func (p pack) literal() appender {
	if p.IntegerCodes {
		return appendNumber
	}
	return appendQuoted
}

// code writes a property that is a code.
func (m module) code(indent int, key, code string) {
	if m.IntegerCodes {
		m.key(indent, key)
		m.WriteString(" " + code + ",")
		return
	}
	m.text(indent, key, code)
}

// codeKey writes the key of a property in a type that is a code. The compiler
// takes a negative number as a number only in brackets.
func (m module) codeKey(code string) {
	switch {
	case !m.IntegerCodes:
		m.member(code)
	case code[0] == '-':
		m.WriteString("[" + code + "]")
	default:
		m.WriteString(code)
	}
}

// CodeUnion writes the type of all codes.
func (m module) CodeUnion() string {
	m.union("export type ErrorCode", codes(m.Errors), m.literal())
	return nothing
}

// PlainCodes writes the type of the codes of errors without params.
func (m module) PlainCodes() string {
	m.union("type PlainCode", codes(m.withoutParams()), m.literal())
	return nothing
}

// CodeList writes a constant with the list of all codes.
func (m module) CodeList(name, typ string) string {
	start := m.Len()
	m.WriteString("const " + name)
	if m.Types {
		m.WriteString(": " + typ)
	}
	m.WriteString(" = ")
	m.elements(0, columns(m.Bytes()[start:]), codes(m.Errors), m.literal())
	m.WriteByte(';')
	return nothing
}

func codes(errs []*catalog.Error) []string {
	codes := make([]string, len(errs))
	for i, e := range errs {
		codes[i] = e.Code
	}
	return codes
}

// Aliases writes the properties of a table from aliases to codes.
func (m module) Aliases() string {
	for _, e := range m.Errors {
		for _, a := range e.Aliases {
			m.code(2, a.Code, e.Code)
		}
	}
	return nothing
}

// CategoryUnion writes the type of the names of all categories.
func (m module) CategoryUnion() string {
	names := make([]string, len(m.Categories))
	for i, c := range m.Categories {
		names[i] = c.Name
	}
	m.union("export type ErrorCategory", names, appendQuoted)
	return nothing
}

// ErrorParams writes the members of the type ErrorParams.
func (m module) ErrorParams() (string, error) {
	for _, e := range m.WithParams() {
		m.WriteByte('\n')
		m.docComment(2, paramsDoc(e)...)
		m.WriteString("  readonly ")
		m.codeKey(e.Code)
		m.WriteString(": {")
		for _, p := range e.Params {
			if p.Sensitive {
				continue
			}
			typ, doc, err := paramType(p.Type)
			if err != nil {
				return nothing, err
			}
			if len(p.Values) > 0 {
				typ, doc = valuesType(p)
			}
			m.WriteByte('\n')
			m.docComment(4, paramDoc(p, doc)...)
			m.WriteString("    readonly ")
			m.member(p.Name)
			m.WriteString(": " + typ + ";")
		}
		m.WriteString("\n  };")
	}
	return nothing, nil
}

// ParamTables writes the properties of a table from codes to the types of their
// params, as in the catalog.
func (m module) ParamTables() string {
	for _, e := range m.WithParams() {
		m.object(2, e.Code, func(indent int) {
			for _, p := range e.Params {
				if !p.Sensitive {
					m.text(indent, p.Name, string(p.Type))
				}
			}
		})
	}
	return nothing
}

// ErrorInfos writes the properties of a table from codes to their ErrorInfo.
func (m module) ErrorInfos() string {
	for _, e := range m.Errors {
		m.object(2, e.Code, func(indent int) {
			m.errorInfo(indent, e)
			if len(m.Metadata) > 0 {
				m.metadata(indent, e)
			}
		})
	}
	return nothing
}

func (m module) errorInfo(indent int, e *catalog.Error) {
	w := m.writer
	m.code(indent, "code", e.Code)
	w.text(indent, "name", e.Name)
	w.text(indent, "title", e.Title)
	if e.HTTPStatus != 0 {
		w.number(indent, "httpStatus", float64(e.HTTPStatus))
	}
	w.text(indent, "category", e.Category.Name)
	w.text(indent, "retry", string(e.Retry))
	if e.Retry == catalog.RetryAfter && e.RetryAfter > 0 {
		w.number(indent, "retryAfter", e.RetryAfter.Seconds())
	}
	w.text(indent, "severity", string(e.Severity))
	w.optional(indent, "since", e.Since)
	if len(e.Aliases) > 0 {
		codes := make([]string, len(e.Aliases))
		for i, a := range e.Aliases {
			codes[i] = a.Code
		}
		w.list(indent, "aliases", codes, m.literal())
	}
	if len(e.Tags) > 0 {
		w.list(indent, "tags", e.Tags, appendQuoted)
	}
	m.lifecycle(indent, "deprecated", e.Deprecated)
	m.lifecycle(indent, "retired", e.Retired)
}

// metadata writes the property with the metadata of an error.
func (w *writer) metadata(indent int, e *catalog.Error) {
	w.object(indent, "metadata", func(indent int) {
		for _, m := range e.Metadata {
			switch v := m.Value.(type) {
			case []string:
				w.list(indent, m.Key, v, appendQuoted)
			case string:
				w.text(indent, m.Key, v)
			default: // a boolean or an integer
				w.raw(indent, m.Key, m.Texts()[0])
			}
		}
	})
}

// ErrorMetadata writes the members of the type ErrorMetadata.
func (m module) ErrorMetadata() string {
	for _, f := range m.Metadata {
		m.WriteByte('\n')
		m.docComment(2, metadataDoc(f)...)
		start := m.Len()
		m.WriteString("  readonly ")
		m.member(f.Name)
		if !f.Required {
			m.WriteByte('?')
		}
		m.WriteString(":")
		m.memberType(start, metadataTypes(f))
	}
	return nothing
}

// metadataTypes returns the TypeScript type of metadata, as the members of a union.
func metadataTypes(f *catalog.MetadataField) []string {
	switch f.Type {
	case catalog.MetadataString, catalog.MetadataURL:
		return []string{"string"}
	case catalog.MetadataInteger:
		return []string{"number"}
	case catalog.MetadataBoolean:
		return []string{"boolean"}
	case catalog.MetadataStringList:
		return []string{"readonly string[]"}
	case catalog.MetadataEnum:
		types := make([]string, len(f.Values))
		for i, v := range f.Values {
			types[i] = quote(v)
		}
		return types
	}
	panic(fmt.Sprintf("typescript: metadata of the type %q", f.Type))
}

// optional writes a property that is a string, unless it is empty.
func (w *writer) optional(indent int, key, value string) {
	if value != "" {
		w.text(indent, key, value)
	}
}

// lifecycle writes a property that is an ErrorLifecycle, if there is one.
func (m module) lifecycle(indent int, key string, l *catalog.Lifecycle) {
	if l == nil {
		return
	}
	m.object(indent, key, func(indent int) {
		m.optional(indent, "since", l.Since)
		if !l.Reason.IsEmpty() {
			m.text(indent, "reason", l.Reason.Source())
		}
		if l.ReplacedBy != nil {
			m.code(indent, "replacedBy", l.ReplacedBy.Code)
		}
	})
}

// CategoryInfos writes the properties of a table from categories to their
// CategoryInfo.
func (m module) CategoryInfos() string {
	for _, c := range m.Categories {
		m.object(2, c.Name, func(indent int) { m.text(indent, "title", c.Title) })
	}
	return nothing
}

// Messages writes the properties of a table from codes to messages.
func (m module) Messages() string {
	for _, e := range m.Errors {
		m.text(2, e.Code, e.Message.Template())
	}
	return nothing
}

// HasAliases reports whether any error has aliases.
func (p pack) HasAliases() bool {
	return slices.ContainsFunc(p.Errors, func(e *catalog.Error) bool { return len(e.Aliases) > 0 })
}

// WithParams returns the errors with params that a client receives.
func (p pack) WithParams() []*catalog.Error {
	return slices.DeleteFunc(slices.Clone(p.Errors), isPlain)
}

func (p pack) withoutParams() []*catalog.Error {
	return slices.DeleteFunc(slices.Clone(p.Errors), func(e *catalog.Error) bool { return !isPlain(e) })
}

// isPlain reports whether a client receives no params of an error.
func isPlain(e *catalog.Error) bool {
	return !slices.ContainsFunc(e.Params, func(p *catalog.Param) bool { return !p.Sensitive })
}

// IsLarge reports whether there are more errors than compilers accept as members
// of a union.
func (p pack) IsLarge() bool { return len(p.Errors) >= 1000 }

// ParamTypes returns the names of all types of params.
func (p pack) ParamTypes() []string {
	var names []string
	for _, t := range catalog.ParamTypes() {
		names = append(names, string(t))
	}
	return names
}

// valuesType returns the TypeScript type of a param with a set of values, which is
// open, and its documentation: a newer server may send another value.
func valuesType(p *catalog.Param) (typ, doc string) {
	var b strings.Builder
	for _, v := range p.Values {
		b.Write(appendQuoted(nil, v))
		b.WriteString(" | ")
	}
	b.WriteString("(string & Record<never, never>)")
	if p.Type == catalog.StringList {
		return "readonly (" + b.String() + ")[]", "A newer server may send other elements."
	}
	return b.String(), "A newer server may send another value."
}

// paramType returns the TypeScript type of a param's value, as received in JSON,
// and its documentation if the value is a string in a certain format.
func paramType(t catalog.ParamType) (typ, doc string, err error) {
	switch t {
	case catalog.String:
		return "string", "", nil
	case catalog.Integer:
		return "number | bigint", "", nil
	case catalog.Number:
		return "number", "", nil
	case catalog.Boolean:
		return "boolean", "", nil
	case catalog.Datetime:
		return "string", "A date and time in RFC 3339 format, such as 2006-01-02T15:04:05Z.", nil
	case catalog.Duration:
		return "string", "A duration such as 1h30m0s or 250ms.", nil
	case catalog.StringList:
		return "readonly string[]", "", nil
	case catalog.IntegerList:
		return "readonly (number | bigint)[]", "", nil
	}
	return "", "", fmt.Errorf("unknown param type %q", t)
}
