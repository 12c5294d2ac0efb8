package typescript

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
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

// SomeCode returns the param of a function that looks a code up. It may be undefined,
// as the code of a problem and the result of resolveCode.
func (p pack) SomeCode() string { return "code: " + p.AnyCode() + " | undefined" }

// Key returns the key of SomeCode in columns.
func (p pack) Key() string {
	if p.IntegerCodes {
		return "String(code)"
	}
	return `code ?? ""`
}

// HasJSON reports whether the package has a column of JSON.
func (p pack) HasJSON() bool {
	return len(p.Metadata) > 0 || p.Has("tagLists") || p.Has("deprecations") || p.Has("retirements")
}

// literal returns what appends the literal of a code.
func (p pack) literal() appender {
	if p.IntegerCodes {
		return appendNumber
	}
	return appendQuoted
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

// HasFallback reports whether the package has the fallback of the catalog.
func (p pack) HasFallback() bool { return p.Fallback != nil }

// FallbackCode writes the code of the fallback as the value of a declaration, which
// has begun.
func (m module) FallbackCode() string {
	start := bytes.LastIndexByte(m.Bytes(), '\n') + 1
	m.value(start, m.literal()(nil, m.Fallback.Code))
	return nothing
}

// CodeUnion writes the type of all codes.
func (m module) CodeUnion() string {
	m.union("export type ErrorCode", codes(m.Errors), m.literal())
	return nothing
}

// PlainCodes writes the type of the codes of errors without params.
func (m module) PlainCodes() string {
	m.union("export type PlainCode", codes(m.withoutParams()), m.literal())
	return nothing
}

func codes(errs []*catalog.Error) []string {
	codes := make([]string, len(errs))
	for i, e := range errs {
		codes[i] = e.Code
	}
	return codes
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
			typ, doc, err := m.paramType(p.Type)
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

// CategoryInfos writes the properties of a table from categories to their
// CategoryInfo.
func (m module) CategoryInfos() string {
	for _, c := range m.Categories {
		m.object(2, c.Name, func(indent int) { m.text(indent, "title", c.Title) })
	}
	return nothing
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
func (p pack) paramType(t catalog.ParamType) (typ, doc string, err error) {
	switch t {
	case catalog.String:
		return "string", "", nil
	case catalog.Integer:
		return p.integerType(), "An integer.", nil
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
		if p.ExactIntegers {
			return "readonly (number | bigint)[]", "", nil
		}
		return "readonly number[]", "", nil
	}
	return "", "", fmt.Errorf("unknown param type %q", t)
}

// integerType returns the TypeScript type of an integer.
func (p pack) integerType() string {
	if p.ExactIntegers {
		return "number | bigint"
	}
	return "number"
}

// Exact returns a part of a module that is there only if integers are exact.
func (p pack) Exact(part string) string {
	if p.ExactIntegers {
		return part
	}
	return ""
}

// TypeURIs returns the templates of the types of problems. Servers send the first.
func (p pack) TypeURIs() []string {
	if p.TypeURI == "" && len(p.AcceptedTypeURIs) == 0 {
		return nil
	}
	return append([]string{cmp.Or(p.TypeURI, "about:blank")}, p.AcceptedTypeURIs...)
}

// TypeURIList returns the TypeURIs as an array, on one line if it has room after
// what stands on it.
func (m module) TypeURIList() string {
	uris := m.TypeURIs()
	literals := make([]string, len(uris))
	for i, uri := range uris {
		literals[i] = quote(uri)
	}
	array := "[" + strings.Join(literals, ", ") + "]"
	start := bytes.LastIndexByte(m.Bytes(), '\n') + 1
	if columns(m.Bytes()[start:])+columns([]byte(array+";")) > lineWidth {
		array = "[\n  " + strings.Join(literals, ",\n  ") + ",\n]"
	}
	return array
}

// NamesInURIs reports whether the type of a problem has the name of its error.
func (p pack) NamesInURIs() bool {
	return slices.ContainsFunc(p.TypeURIs(), func(uri string) bool { return strings.Contains(uri, "{name}") })
}

// StatusTexts returns the properties of a table from the statuses of failed requests
// to their texts.
func (p pack) StatusTexts() []string {
	var lines []string
	for status := 400; status < 600; status++ {
		if text := http.StatusText(status); text != "" {
			lines = append(lines, strconv.Itoa(status)+": "+quote(text)+",")
		}
	}
	return lines
}
