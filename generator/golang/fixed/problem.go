package fixed

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// A Problem is an error as it is sent over HTTP: the problem details of RFC
// 9457. [ProblemOf] makes one from an error on the server; [ParseProblem] reads
// one on the client.
//
// It is itself an error. errors.Is compares it with a [Code], and errors.As
// makes the struct of the Code, with the params that arrived.
//
// Its type says of which catalog it is, and without a type its code. A problem
// of another catalog has no Code, and its code is an extension. It is an error of
// that catalog for errors.Is and errors.As, and for the functions of its
// generated package.
type Problem struct {
	Type     string
	Title    string
	Status   int
	Detail   string
	Instance string
	Code     Code
	Errors   []FieldError
	// Extensions are all other members: the params, and members that this package
	// does not know.
	Extensions map[string]json.RawMessage
	// RetryAfter is the value of the header Retry-After. It is not part of the
	// body.
	RetryAfter time.Duration

	parent    identity // of an element of another catalog without a type: the problem around it
	isForeign bool     // made from an error of another package
}

// identity says of which catalog a received problem is.
type identity struct {
	uri, code string
	isOurs    bool // of this catalog
}

// ProblemOf returns what a client may see of an error, or nil for nil: the error
// of the Code that [CodeOf] finds, or else the first error of another generated
// package. Errors of other packages keep their types and codes, unless their
// catalog has no HTTP statuses: those count as not in the catalog.
//
// An error that is internal or not in the catalog is shown as the catalog's
// fallback, or with nothing but the status 500 if the catalog has none. Of such
// an error itself, a client sees only the URI of [WithInstance].
//
// Params become Extensions: a datetime in the form of RFC 3339, a duration as a
// string for time.ParseDuration, and a nil list as []. What JSON cannot
// represent is left out: NaN, infinities, and years outside of 0 to 9999. Bytes
// that are not UTF-8 become U+FFFD.
func ProblemOf(err error) *Problem {
	if err == nil {
		return nil
	}
	s, m := serveWithMembers(err)
	if s.other != nil {
		return s.foreignProblem(m)
	}
	return s.ownProblem(m)
}

// ownProblem returns the problem of an error of this package, or of the
// fallback.
func (s served) ownProblem(m problemMembers) *Problem {
	e := lookup(s.code)
	p := &Problem{Type: typeURI(e), Title: e.title, Status: s.status, Code: s.code, RetryAfter: e.retryAfter}
	if e == &unknown {
		p.Type, p.Title, _ = s.code.ProblemFields()
	}
	if received, ok := s.around.(wireError); ok {
		read := adopt(received)
		p.Extensions = maps.Clone(read.Extensions)
		p.Detail = read.text()
		if error(m) == error(received) {
			m = read
		}
	} else {
		s.addParams(p)
	}
	if p.Detail == "" {
		p.Detail = strings.TrimPrefix(s.text(), string(s.code)+": ")
	}
	p.addMembers(m, s.hidden)
	return p
}

// foreignProblem returns the problem of an error of another package.
func (s served) foreignProblem(m problemMembers) *Problem {
	code, _ := s.other.CatalogCode()
	uri, title, retryAfter := s.other.(problemCode).ProblemFields()
	p := &Problem{
		Type:       uri,
		Title:      title,
		Status:     s.status,
		Detail:     strings.TrimPrefix(s.text(), code+": "),
		RetryAfter: time.Duration(retryAfter) * time.Second,
		isForeign:  true,
	}
	s.addParams(p)
	// Without a type, this package would read the code as one of its own.
	if _, known := ParseCode(code); uri != noType || !known {
		p.extend("code", s.other)
	}
	p.addMembers(m, s.hidden)
	return p
}

// adopt returns the *Problem of this or of another package as one of this
// package.
func adopt(received wireError) *Problem {
	if p, ok := received.(*Problem); ok {
		return p
	}
	p := new(Problem)
	body, _ := json.Marshal(received)
	_ = p.UnmarshalJSON(body) // an empty problem, if there is no body
	if m, ok := received.(problemMembers); ok {
		_, p.RetryAfter, _ = m.ProblemMembers()
	}
	return p
}

// addParams adds the params of the error.
func (s served) addParams(p *Problem) {
	if v := structOf(s.around); v.IsValid() {
		for i := 0; i < v.NumField(); i++ {
			name := paramName(v.Type().Field(i))
			switch field := v.Field(i); {
			case name == "":
			case field.Kind() == reflect.String: // saves two allocations
				p.keep(name, appendString(nil, field.String()))
			default:
				p.extend(name, field.Interface())
			}
		}
		return
	}
	values := params(s.around)
	for i := 0; i+1 < len(values); i += 2 {
		if name, ok := values[i].(string); ok {
			p.extend(name, values[i+1])
		}
	}
}

// extend adds a param. What JSON cannot represent is left out.
func (p *Problem) extend(name string, value any) {
	switch v := value.(type) {
	case time.Duration:
		value = v.String()
	case time.Time:
		if _, offset := v.Zone(); offset%60 != 0 {
			value = v.UTC() // RFC 3339 has no seconds in an offset
		}
	case []string:
		if v == nil {
			value = []string{}
		}
	case []int64:
		if v == nil {
			value = []int64{}
		}
	}
	if raw, err := json.Marshal(value); err == nil {
		p.keep(name, raw)
	}
}

// keep adds an extension.
func (p *Problem) keep(name string, raw json.RawMessage) {
	if p.Extensions == nil {
		p.Extensions = make(map[string]json.RawMessage)
	}
	p.Extensions[name] = raw
}

// addMembers adds the members of [WithInstance] and its like. If the error is
// hidden from the client, only its instance is shown, and that of a received
// problem is hidden, too.
func (p *Problem) addMembers(outermost problemMembers, hidden bool) {
	m := readMembers(outermost)
	if !hidden || !m.isReceived {
		p.Instance = m.instance
	}
	if hidden {
		return
	}
	if m.retryAfter > 0 {
		p.RetryAfter = time.Duration(seconds(m.retryAfter)) * time.Second
	}
	for _, e := range m.errs {
		p.Errors = append(p.Errors, e.shown())
	}
}

// MarshalJSON returns the body of a response: the members of RFC 9457, the
// code, the extensions sorted by name, and the errors. It leaves out members
// that are empty, and extensions that are not valid JSON.
func (p Problem) MarshalJSON() ([]byte, error) {
	b := newObject()
	b.text("type", p.Type)
	b.text("title", p.Title)
	if p.Status != 0 {
		var digits [20]byte
		b.raw("status", strconv.AppendInt(digits[:0], int64(p.Status), 10))
	}
	b.text("detail", p.Detail)
	b.text("instance", p.Instance)
	p.writeCode(b)
	b.extensions(p.Extensions)
	if len(p.Errors) > 0 {
		b.errors(p.Errors, p.isOurs())
	} else if errs := p.Extensions["errors"]; isJSON(errs) {
		b.raw("errors", errs)
	}
	return b.bytes(), nil
}

// writeCode adds the code, also that of another catalog.
func (p *Problem) writeCode(b *object) {
	if p.Code != "" {
		b.code(p.Code)
	} else if raw := p.Extensions["code"]; isJSON(raw) {
		b.raw("code", raw)
	}
}

// isOurs reports whether the problem is of this catalog.
func (p *Problem) isOurs() bool {
	if p.Code != "" {
		return true
	}
	_, ok := identify(p.Type, "")
	return ok && !p.isForeign
}

// isField reports whether a member has a field of its own in a Problem.
func isField(name string) bool {
	switch name {
	case "type", "title", "status", "detail", "instance", "code", "errors":
		return true
	}
	return false
}

// ParseProblem returns the *[Problem] in a body, as an error to compare with
// errors.Is and errors.As. The result is never nil: if the body is truncated,
// it has the members before the end; if the body is not a problem at all, it is
// empty and has no Code.
func ParseProblem(body []byte) error {
	p := new(Problem)
	_ = p.UnmarshalJSON(body)
	return p
}

// UnmarshalJSON reads a body. As RFC 9457 requires, it ignores members of the
// wrong type, except for errors that are no list, which it keeps. It fails if
// data is not one complete JSON object; even so, it sets the members that it
// could read.
func (p *Problem) UnmarshalJSON(data []byte) error {
	*p = Problem{}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ToValidUTF8(data, []byte("\ufffd")) // a copy
	var code, errs json.RawMessage
	read := func(name, value []byte) {
		switch string(name) {
		case "type":
			p.Type = readString(value)
		case "title":
			p.Title = readString(value)
		case "status":
			p.Status = readStatus(value)
		case "detail":
			p.Detail = readString(value)
		case "instance":
			p.Instance = readString(value)
		case "code":
			code = value
		case "errors":
			errs = value
		default:
			p.keep(string(name), value)
		}
	}
	isWhole := eachMember(data, read)
	if !isWhole {
		eachMemberBefore(data, read)
	}
	if p.Type == "" {
		p.Type = noType
	}
	p.setErrors(errs, p.setCode(code))
	if !isWhole {
		return errors.New("a problem must be one complete JSON object")
	}
	return nil
}

// readStatus returns a status, or 0 if there is no such status.
func readStatus(raw json.RawMessage) int {
	status, ok := readInteger(raw)
	if !ok || status < 100 || status > 999 {
		return 0
	}
	return int(status)
}

// setCode sets the Code, or keeps the code of another catalog as an extension.
func (p *Problem) setCode(raw json.RawMessage) identity {
	text, _ := readCode(raw)
	code, isOurs := identify(p.Type, text)
	if !isOurs && raw != nil {
		p.keep("code", raw)
	}
	p.Code = code
	return identity{p.Type, text, isOurs}
}

// setErrors sets the field errors of a problem, or keeps them as an extension if
// they are no list.
func (p *Problem) setErrors(raw json.RawMessage, of identity) {
	if raw == nil {
		return
	}
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) == nil {
		p.Errors = readElements(elements, of)
	} else {
		p.keep("errors", raw)
	}
}

// Error returns the code and the detail. Without a code it returns the status
// and the detail; without a detail, the title replaces it.
func (p *Problem) Error() string {
	if p == nil {
		return "<nil>"
	}
	name := string(p.Code)
	if name == "" {
		name, _ = readCode(p.Extensions["code"])
	}
	if name == "" && p.Status != 0 {
		name = strconv.Itoa(p.Status)
	}
	text := p.text()
	switch {
	case name == "" && text == "":
		return "unknown problem"
	case name == "":
		return text
	case text == "":
		return name
	}
	return name + ": " + text
}

// text returns the detail, or the title if there is none.
func (p *Problem) text() string {
	switch {
	case p.Detail != "":
		return p.Detail
	case p.Title != "":
		return p.Title
	}
	return p.Code.Title()
}

// Unwrap returns the Code, or nil if there is none.
func (p *Problem) Unwrap() error {
	if p == nil || p.Code == "" {
		return nil
	}
	return p.Code
}

// CatalogError returns the code of the problem in the catalog of a Code, which
// may be of another generated package, and reports whether the problem is one of
// that catalog. Other generated packages call it.
func (p *Problem) CatalogError(of any) (code string, ok bool) {
	if p == nil {
		return "", false
	}
	switch of.(type) {
	case Code, *Code:
		return string(p.Code), p.Code != ""
	}
	catalog, ok := of.(interface {
		CatalogMatch(uri, code, element string) (string, bool)
	})
	if !ok {
		return "", false
	}
	code = string(p.Code)
	if code == "" {
		code, _ = readCode(p.Extensions["code"])
	}
	if p.parent.uri != "" {
		c, ok := catalog.CatalogMatch(p.parent.uri, p.parent.code, code)
		return c, ok && code != ""
	}
	return catalog.CatalogMatch(p.Type, code, "")
}

// Is implements errors.Is for the Codes of all generated packages.
func (p *Problem) Is(target error) bool {
	c, ok := target.(catalogCode)
	if !ok {
		return false
	}
	code, _ := c.CatalogCode()
	received, ok := p.CatalogError(target)
	return ok && received == code
}

// As implements errors.As for the structs of the Codes of all generated
// packages, whose fields it sets to the params that arrived, and for the Codes of
// other packages. It returns false for every other target.
func (p *Problem) As(target any) bool {
	v := reflect.ValueOf(target)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return false
	}
	v = v.Elem()
	if v.Kind() == reflect.String {
		code, ok := p.CatalogError(target)
		if ok {
			v.SetString(code)
		}
		return ok
	}
	if v.Kind() != reflect.Pointer || !hasParams(v.Type().Elem()) {
		return false
	}
	made := reflect.New(v.Type().Elem())
	err, ok := made.Interface().(interface{ Unwrap() error })
	if !ok || !p.Is(err.Unwrap()) {
		return false
	}
	p.readParams(made.Elem())
	v.Set(made)
	return true
}

// Missing returns the names of the params that the struct of an error has and
// that did not arrive, or not as a value of their type: their fields have zero
// values. err is what errors.As has found in p.
func (p *Problem) Missing(err error) []string {
	s := structOf(err)
	if p == nil || !s.IsValid() {
		return nil
	}
	return p.readParams(reflect.New(s.Type()).Elem())
}

// readParams sets the fields of a struct to the params that arrived, and returns
// the names of the others.
func (p *Problem) readParams(s reflect.Value) (missing []string) {
	for i := 0; i < s.NumField(); i++ {
		name := paramName(s.Type().Field(i))
		if name != "" && !readParam(p.Extensions[name], s.Field(i)) {
			missing = append(missing, name)
		}
	}
	return missing
}

// readParam sets a field to the value of a param, and reports whether that has
// the right type.
func readParam(raw json.RawMessage, field reflect.Value) bool {
	if !json.Valid(raw) || string(raw) == "null" {
		return false
	}
	if field.Kind() == reflect.String {
		field.SetString(readString(raw))
		return raw[0] == '"'
	}
	value := reflect.New(field.Type())
	ok := true
	switch v := value.Interface().(type) {
	case *int64:
		*v, ok = readInteger(raw)
	case *[]int64:
		*v, ok = readIntegers(raw)
	case *time.Duration:
		var err error
		*v, err = time.ParseDuration(readString(raw))
		ok = err == nil
	case *time.Time:
		ok = v.UnmarshalText([]byte(readString(raw))) == nil // UnmarshalJSON does not resolve escapes
	default:
		ok = json.Unmarshal(raw, v) == nil
	}
	if ok {
		field.Set(value.Elem())
	}
	return ok
}

// readIntegers returns a list of integers, and reports whether it is one.
func readIntegers(raw json.RawMessage) ([]int64, bool) {
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) != nil {
		return nil, false
	}
	list := make([]int64, len(elements))
	for i, element := range elements {
		var ok bool
		if list[i], ok = readInteger(element); !ok {
			return nil, false
		}
	}
	return list, true
}

// Params returns the names and values of the extensions in turn, sorted by
// name. A number is a json.Number, which keeps all digits.
func (p *Problem) Params() []any {
	if p == nil {
		return nil
	}
	var params []any
	for _, name := range appendNames(nil, p.Extensions, isField) {
		var value any
		d := json.NewDecoder(bytes.NewReader(p.Extensions[name]))
		d.UseNumber()
		if d.Decode(&value) == nil {
			params = append(params, name, value)
		}
	}
	return params
}

// members returns what is sent besides the Code and its params when the Problem
// is passed on to a client.
func (p *Problem) members() members {
	if p == nil {
		return members{}
	}
	return members{p.Instance, p.RetryAfter, p.Errors, true}
}

// ProblemMembers returns what is sent besides the Code and its params when the
// Problem is passed on to a client. Other generated packages call it.
func (p *Problem) ProblemMembers() (instance string, retryAfter time.Duration, errs []json.RawMessage) {
	m := p.members()
	return m.instance, m.retryAfter, writeElements(m.errs, false)
}

// LogMembers returns what is logged for the members, and for an error that is not
// in this catalog also its type and its status. Other generated packages call it.
func (p *Problem) LogMembers() []slog.Attr {
	attrs := p.members().logAttrs()
	if p != nil && p.Code.Name() == "" {
		attrs = append(attrs, slog.String("type", p.Type), slog.Int("status", p.Status))
	}
	return attrs
}

// LogValue returns the code, the category, the message, the extensions and the
// other members that help to find the cause, for log/slog.
func (p *Problem) LogValue() slog.Value {
	if p == nil {
		return slog.Value{}
	}
	return logValue(p)
}
