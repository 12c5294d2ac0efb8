package typescript

import (
	"fmt"
	"slices"

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
			m.constant(e.TypeScriptName, e.Code)
			for _, f := range e.FormerNames {
				m.WriteByte('\n')
				if m.Types {
					m.WriteString("/** @deprecated Renamed to {@link " + e.TypeScriptName + "}. */\n")
				}
				m.constant(f.TypeScriptName, e.Code)
			}
		}
	}
	return nothing
}

// constant writes the declaration of an exported constant.
func (w *writer) constant(name, value string) {
	start := w.Len()
	w.WriteString("export ")
	w.WriteString(w.Declare())
	w.WriteString("const ")
	w.WriteString(name)
	w.WriteString(" =")
	w.scratch = appendQuoted(w.scratch[:0], value)
	w.value(start, w.scratch)
	w.WriteByte('\n')
}

// CodeUnion writes the type of all codes.
func (m module) CodeUnion() string {
	m.union("ErrorCode", codes(m.Errors))
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
	m.elements(0, columns(m.Bytes()[start:]), codes(m.Errors))
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
			m.text(2, a.Code, e.Code)
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
	m.union("ErrorCategory", names)
	return nothing
}

// ErrorParams writes the members of the type ErrorParams.
func (m module) ErrorParams() (string, error) {
	for _, e := range m.WithParams() {
		m.WriteByte('\n')
		m.docComment(2, paramsDoc(e)...)
		m.WriteString("  readonly ")
		m.member(e.Code)
		m.WriteString(": {")
		for _, p := range e.Params {
			if p.Sensitive {
				continue
			}
			typ, doc, err := paramType(p.Type)
			if err != nil {
				return nothing, err
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
		m.object(2, e.Code, func(indent int) { m.errorInfo(indent, e) })
	}
	return nothing
}

func (w *writer) errorInfo(indent int, e *catalog.Error) {
	w.text(indent, "code", e.Code)
	w.text(indent, "name", e.Name)
	w.text(indent, "title", e.Title)
	w.number(indent, "httpStatus", float64(e.HTTPStatus))
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
		w.list(indent, "aliases", codes)
	}
	if len(e.Tags) > 0 {
		w.list(indent, "tags", e.Tags)
	}
	w.lifecycle(indent, "deprecated", e.Deprecated)
	w.lifecycle(indent, "retired", e.Retired)
}

// optional writes a property that is a string, unless it is empty.
func (w *writer) optional(indent int, key, value string) {
	if value != "" {
		w.text(indent, key, value)
	}
}

// lifecycle writes a property that is an ErrorLifecycle, if there is one.
func (w *writer) lifecycle(indent int, key string, l *catalog.Lifecycle) {
	if l == nil {
		return
	}
	w.object(indent, key, func(indent int) {
		w.optional(indent, "since", l.Since)
		if !l.Reason.IsEmpty() {
			w.text(indent, "reason", l.Reason.Source())
		}
		if l.ReplacedBy != nil {
			w.text(indent, "replacedBy", l.ReplacedBy.Code)
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
	var errs []*catalog.Error
	for _, e := range p.Errors {
		if slices.ContainsFunc(e.Params, func(p *catalog.Param) bool { return !p.Sensitive }) {
			errs = append(errs, e)
		}
	}
	return errs
}

// IsLarge reports whether there are more errors than the compiler accepts as
// members of a union, and some of them can share a member.
func (p pack) IsLarge() bool {
	return len(p.Errors) >= 1000 && len(p.WithParams()) < len(p.Errors)
}

// ParamTypes returns the names of all types of params.
func (p pack) ParamTypes() []string {
	var names []string
	for _, t := range catalog.ParamTypes() {
		names = append(names, string(t))
	}
	return names
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
