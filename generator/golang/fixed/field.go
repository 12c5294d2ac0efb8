package fixed

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// A FieldError says what is wrong at one place of a request: an element of the
// member "errors" of a problem. [At], [AtParameter] and [AtHeader] make one from
// an error; one without an error has only the text Detail.
type FieldError struct {
	// Pointer is the place in the body, unless Parameter or Header is set.
	Pointer Pointer
	// Parameter is the name of a parameter of the URL.
	Parameter string
	// Header is the name of a header.
	Header string
	// Detail is a message for people. If it is empty, that of Err is sent.
	Detail string
	// Err is the error at the place. After it was read from the wire, it is a
	// *[Problem], to be compared with errors.Is and errors.As, or nil if it had no
	// code.
	Err error
	// Extensions are members of another form, as they were read.
	Extensions map[string]json.RawMessage
	// Foreign is an element that is not an object, as it was read. Then all other
	// fields are empty.
	Foreign json.RawMessage
}

// At returns err at a place in the body of the request. A client sees its code,
// its message and its params. It is shown as by [ProblemOf]: the fallback
// replaces an error that is internal or in no catalog.
func At(p Pointer, err error) FieldError {
	return FieldError{Pointer: p, Err: err}
}

// AtParameter is [At] for a parameter of the URL.
func AtParameter(name string, err error) FieldError {
	return FieldError{Parameter: name, Err: err}
}

// AtHeader is [At] for a header of the request.
func AtHeader(name string, err error) FieldError {
	return FieldError{Header: name, Err: err}
}

// A Pointer is a JSON Pointer (RFC 6901) to a place in the body of a request.
// The empty Pointer is the whole body; build others from it:
//
//	Pointer("").Key("items").Index(0) // "/items/0"
type Pointer string

// Key returns the Pointer to the member name of the object at p.
func (p Pointer) Key(name string) Pointer {
	name = strings.ReplaceAll(name, "~", "~0")
	name = strings.ReplaceAll(name, "/", "~1")
	return p + "/" + Pointer(name)
}

// Index returns the Pointer to the element i of the array at p. The first
// element is 0.
func (p Pointer) Index(i int) Pointer {
	return p + "/" + Pointer(strconv.Itoa(i))
}

// MarshalJSON returns the element as it is sent, with the type of its error.
func (e FieldError) MarshalJSON() ([]byte, error) {
	return e.element(false), nil
}

// String returns the element as JSON, as [FieldError.MarshalJSON] does, for logs.
func (e FieldError) String() string {
	return string(e.element(false))
}

// UnmarshalJSON reads an element that [FieldError.MarshalJSON] has written.
func (e *FieldError) UnmarshalJSON(data []byte) error {
	*e = readElement(bytes.ToValidUTF8(data, []byte("\ufffd")), identity{uri: noType, isOurs: true}) // of a copy
	return nil
}

// shown returns the element as a client may see it.
func (e FieldError) shown() FieldError {
	if e.Err == nil {
		return e
	}
	p := ProblemOf(e.Err)
	if _, isRead := e.Err.(*Problem); e.Detail == "" || isRead && serve(e.Err, nil).hidden {
		e.Detail = p.Detail
	}
	if e.Detail == "" {
		e.Detail = p.Title
	}
	e.Err = p
	return e
}

// logged returns the element as a log shows it: with the text of an error that is
// hidden from clients.
func (e FieldError) logged() FieldError {
	if _, isRead := e.Err.(*Problem); e.Err != nil && !isRead && serve(e.Err, nil).hidden {
		e.Detail, e.Err = e.Err.Error(), nil
	}
	return e
}

// element returns the element as it is sent, of a problem of this catalog or of
// another one: elements of a different catalog than the problem have a type.
func (e FieldError) element(inOurs bool) []byte {
	if isJSON(e.Foreign) {
		return e.Foreign
	}
	p, ok := e.Err.(*Problem)
	if !ok && e.Err != nil {
		e = e.shown()
		p = e.Err.(*Problem)
	}
	b := newObject()
	b.text("pointer", string(e.Pointer))
	b.text("parameter", e.Parameter)
	b.text("header", e.Header)
	b.text("detail", e.Detail)
	if p != nil {
		p.writeElement(b, inOurs)
	}
	if len(e.Extensions) > 0 {
		written, _ := splitObject(b.bytes())
		isWritten := func(name string) bool { return written[name] != nil }
		for _, name := range appendNames(nil, e.Extensions, isWritten) {
			b.raw(name, e.Extensions[name])
		}
	}
	return b.bytes()
}

// writeElement adds the type, the code and the params of an error to an element.
func (p *Problem) writeElement(b *object, inOurs bool) {
	needsType := !inOurs || !p.isOurs()
	if needsType && p.Type == noType {
		return // then nobody knows whose code it is
	}
	if needsType {
		b.text("type", p.Type)
	}
	p.writeCode(b)
	params := newObject()
	params.extensions(p.Extensions)
	if len(*params) > 1 {
		b.raw("params", params.bytes())
	}
}

// errors adds the elements. It does not ask encoding/json, which fails if an error
// within an element has a value that is nested too deeply there.
func (o *object) errors(errs []FieldError, inOurs bool) {
	o.name("errors")
	before := byte('[')
	for _, e := range errs {
		*o = append(append(*o, before), e.element(inOurs)...)
		before = ','
	}
	*o = append(*o, ']')
}

// writeElements returns the elements as they are sent.
func writeElements(errs []FieldError, inOurs bool) []json.RawMessage {
	elements := make([]json.RawMessage, len(errs))
	for i, e := range errs {
		elements[i] = e.element(inOurs)
	}
	return elements
}

// readElements returns the elements of a problem.
func readElements(elements []json.RawMessage, of identity) []FieldError {
	var errs []FieldError
	for _, element := range elements {
		errs = append(errs, readElement(element, of))
	}
	return errs
}

// readElement returns an element of a problem.
func readElement(element json.RawMessage, of identity) FieldError {
	members, ok := splitObject(element)
	if !ok {
		return FieldError{Foreign: element}
	}
	var e FieldError
	e.Pointer = Pointer(takeString(members, "pointer"))
	e.Parameter = takeString(members, "parameter")
	e.Header = takeString(members, "header")
	e.Detail = takeString(members, "detail")
	e.Err = takeError(members, of, e.Detail)
	if len(members) > 0 {
		e.Extensions = members
	}
	return e
}

// takeError returns the error in an element of a problem, or nil if there is
// none. It removes the members that it has read.
func takeError(members map[string]json.RawMessage, of identity, detail string) error {
	code := members["code"]
	text, _ := readCode(code)
	own := readString(members["type"])
	if text == "" && own == "" {
		return nil
	}
	p := &Problem{Type: own, Detail: detail}
	if params, ok := splitObject(members["params"]); ok {
		p.Extensions = params
		delete(members, "params")
	}
	switch {
	case own != "":
		p.setCode(code)
	case of.isOurs:
		p.Code, _ = ParseCode(text)
		p.Type = p.Code.TypeURI()
	default:
		p.parent = of
		p.keep("code", code)
	}
	delete(members, "code")
	if own != "" {
		delete(members, "type")
	}
	return p
}

// takeString removes a member that is a string and returns its value. It leaves
// others.
func takeString(members map[string]json.RawMessage, name string) string {
	raw := members[name]
	if len(raw) == 0 || raw[0] != '"' {
		return ""
	}
	delete(members, name)
	return readString(raw)
}
