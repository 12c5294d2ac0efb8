package fixed

import (
	"encoding/json"
	"strconv"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"

	catalog "github.com/errcat/errcat/generator/golang/fixed"
)

// show returns what a client may see of an error: the fallback, if it is internal or
// not in the catalog.
func show(err error) shown {
	p := catalog.ProblemOf(err)
	if p.Code == "" && fallback != "" { // an error of another catalog
		p = catalog.ProblemOf(fallback)
	}
	s := shown{code: p.Code, detail: p.Detail, instance: p.Instance, params: p.Extensions, retryAfter: p.RetryAfter}
	if len(p.Errors) == 0 {
		return s
	}
	body, _ := catalog.Problem{Type: p.Type, Code: p.Code, Errors: p.Errors}.MarshalJSON()
	var read struct{ Errors []json.RawMessage }
	_ = json.Unmarshal(body, &read)
	for i, element := range read.Errors {
		s.fields = append(s.fields, fieldOf(p.Errors[i], element))
	}
	return s
}

// error returns the error that was received.
func (s shown) error() error {
	p := &catalog.Problem{
		Type:       s.code.TypeURI(),
		Title:      s.code.Title(),
		Status:     s.code.HTTPStatus(),
		Detail:     s.detail,
		Instance:   s.instance,
		Code:       s.code,
		Extensions: s.params,
		RetryAfter: s.retryAfter,
	}
	if len(s.fields) == 0 {
		return p
	}
	elements := make([]any, len(s.fields))
	for i, f := range s.fields {
		elements[i] = f.element()
	}
	body, _ := json.Marshal(map[string]any{"type": p.Type, "code": s.code, "errors": elements})
	var read catalog.Problem
	_ = read.UnmarshalJSON(body) // it is a problem
	p.Errors = read.Errors
	return p
}

// fieldOf returns a field error, which is sent over HTTP as an element, as a field
// violation and the rest of its members. Its place is a path such as items[3].name,
// ?page for a parameter, or X-Request-Id: for a header.
func fieldOf(e catalog.FieldError, element json.RawMessage) field {
	v := &errdetails.BadRequest_FieldViolation{Field: pathOf(string(e.Pointer)), Description: e.Detail}
	switch {
	case e.Parameter != "":
		v.Field = "?" + e.Parameter
	case e.Header != "":
		v.Field = e.Header + ":"
	}
	if p, ok := e.Err.(*catalog.Problem); ok {
		v.Reason = p.Code.Name()
	}
	v.Field = strings.ToValidUTF8(v.Field, "\ufffd")
	v.Description = strings.ToValidUTF8(v.Description, "\ufffd")
	var rest map[string]json.RawMessage
	if json.Unmarshal(element, &rest) != nil || rest == nil { // no object
		v.Description = string(element)
		return field{v, element}
	}
	// What the violation says is not sent twice, except for the code: other versions
	// of the catalog may not know the name.
	for name, said := range members(v) {
		if name != "code" && string(rest[name]) == string(said) {
			delete(rest, name)
		}
	}
	if len(rest) == 0 {
		return field{violation: v}
	}
	raw, _ := json.Marshal(rest)
	return field{v, raw}
}

// element returns the element that a field error is over HTTP.
func (f field) element() any {
	said := members(f.violation)
	if f.rest == nil {
		return said
	}
	var rest map[string]json.RawMessage
	if json.Unmarshal(f.rest, &rest) != nil || rest == nil {
		return f.rest
	}
	if rest["type"] != nil { // an error of another catalog
		delete(said, "code")
	}
	if rest["pointer"] != nil || rest["parameter"] != nil || rest["header"] != nil {
		delete(said, "pointer")
		delete(said, "field")
	}
	for name, raw := range rest {
		if said[name] == nil || name != "code" {
			said[name] = raw
		}
	}
	return said
}

// members returns the members of an element of the errors of a problem that a field
// violation says.
func members(v *errdetails.BadRequest_FieldViolation) map[string]json.RawMessage {
	said := make(map[string]json.RawMessage)
	add := func(name, value string) {
		if value != "" {
			said[name], _ = json.Marshal(value) // it does not fail for strings
		}
	}
	path := v.GetField()
	pointer, isPointer := pointerOf(path)
	switch name, isHeader := strings.CutSuffix(path, ":"); {
	case isPointer:
		add("pointer", pointer)
	case strings.HasPrefix(path, "?"):
		add("parameter", path[len("?"):])
	case isHeader:
		add("header", name)
	default:
		add("field", path)
	}
	add("detail", v.GetDescription())
	code, _ := catalog.ParseName(v.GetReason())
	add("code", string(code))
	return said
}

// pathOf returns a JSON Pointer as a path: /items/3/name is items[3].name. A pointer
// that the path would not give back stays as it is.
func pathOf(pointer string) string {
	if !strings.HasPrefix(pointer, "/") {
		return pointer
	}
	var path strings.Builder
	for i, token := range strings.Split(pointer[len("/"):], "/") {
		switch {
		case isIndex(token):
			path.WriteString("[" + token + "]")
		case !isFieldName(token):
			return pointer
		case i == 0:
			path.WriteString(token)
		default:
			path.WriteString("." + token)
		}
	}
	return path.String()
}

// pointerOf returns the JSON Pointer of a path, and reports whether it is one. A
// JSON Pointer stays as it is.
func pointerOf(path string) (pointer string, ok bool) {
	if path == "" || strings.HasPrefix(path, "/") {
		return path, true
	}
	var b strings.Builder
	for rest := path; rest != ""; {
		if index, ok := strings.CutPrefix(rest, "["); ok {
			index, rest, ok = strings.Cut(index, "]")
			if !ok || !isIndex(index) {
				return "", false
			}
			b.WriteString("/" + index)
			continue
		}
		if b.Len() > 0 {
			if rest, ok = strings.CutPrefix(rest, "."); !ok {
				return "", false
			}
		}
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		if !isFieldName(rest[:end]) {
			return "", false
		}
		b.WriteString("/" + rest[:end])
		rest = rest[end:]
	}
	return b.String(), true
}

// isIndex reports whether a token of a JSON Pointer is the index of an element.
func isIndex(token string) bool {
	i, err := strconv.ParseUint(token, 10, 64)
	return err == nil && i < 1e9 && strconv.FormatUint(i, 10) == token
}

// isFieldName reports whether a token of a JSON Pointer is the name of a field.
func isFieldName(token string) bool {
	for i := 0; i < len(token); i++ {
		c := token[i]
		isLetter := c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z'
		if !isLetter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return token != ""
}
