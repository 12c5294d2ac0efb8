package fixed

import (
	"encoding/json"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"time"

	catalog "github.com/errcat/errcat/generator/golang/fixed"
)

// show returns what a client may see of an error that is in the catalog.
func show(err error) shown {
	code, _ := catalog.CodeOf(err)
	if code.Internal() || code.Name() == "" {
		code, err = fallback, fallback
	}
	if code == "" {
		return shown{}
	}
	found := find(err)
	s := shown{code: code, detail: strings.TrimPrefix(found.Error(), string(code)+": "), retryAfter: code.RetryAfter()}
	if received, ok := found.(receivedError); ok {
		s.detail, s.params = received.CatalogParams()
		return s
	}
	v := reflect.Indirect(reflect.ValueOf(found))
	if v.Kind() != reflect.Struct {
		return s
	}
	s.params = make(map[string]json.RawMessage, v.NumField())
	for i := 0; i < v.NumField(); i++ {
		if name := v.Type().Field(i).Tag.Get("json"); name != "-" {
			if raw, err := json.Marshal(paramValue(v.Field(i).Interface())); err == nil {
				s.params[name] = raw
			}
		}
	}
	return s
}

// receivedError is an error of a catalog that this or another package has received.
type receivedError interface {
	error
	CatalogError(of any) (code string, ok bool)
	CatalogParams() (detail string, params map[string]json.RawMessage)
}

// find returns the error in the tree of err that catalog.CodeOf finds: a Code, the
// struct that wraps it, or an error that was received. Others in the tree, such as a
// cause, can have the same Code.
func find(err error) error {
	switch e := err.(type) {
	case catalog.Code:
		return e
	case receivedError:
		if _, ok := e.CatalogError(catalog.Code("")); ok {
			return e
		}
	case interface{ As(any) bool }:
		if found := behind(e); found != nil {
			return found
		}
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		inner := e.Unwrap()
		found := find(inner)
		if isStruct(err) && found == inner {
			return err
		}
		return found
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			if found := find(inner); found != nil {
				return found
			}
		}
	}
	return nil
}

// behind returns the error of the catalog that a method As finds, or nil.
func behind(e interface{ As(any) bool }) error {
	var code catalog.Code
	if !e.As(&code) {
		return nil
	}
	var received receivedError
	if e.As(&received) && received != nil {
		if of, ok := received.CatalogError(code); ok && of == string(code) {
			return received
		}
	}
	var made interface {
		error
		Unwrap() error
		LogValue() slog.Value
	}
	if e.As(&made) && made != nil && isStruct(made) && made.Unwrap() == error(code) {
		return made
	}
	return code
}

// isStruct reports whether err is the struct of an error of a generated package.
func isStruct(err error) bool {
	t := reflect.TypeOf(err)
	return t.Kind() == reflect.Pointer && !reflect.ValueOf(err).IsNil() && hasParams(t.Elem())
}

// hasParams reports whether a type is the struct of an error: its first field has a
// tag that says so.
func hasParams(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t.NumField() == 0 {
		return false
	}
	_, ok := t.Field(0).Tag.Lookup("errcat")
	return ok
}

// paramValue returns the value of a param as it is encoded.
func paramValue(value any) any {
	switch v := value.(type) {
	case time.Duration:
		return v.String()
	case time.Time:
		if _, offset := v.Zone(); offset%60 != 0 {
			return v.UTC() // RFC 3339 has no seconds in an offset
		}
	case []string:
		return append([]string{}, v...)
	case []int64:
		return append([]int64{}, v...)
	}
	return value
}

// wireError is an error of the catalog that was received.
type wireError struct{ shown shown }

// error returns the error that was received.
func (s shown) error() error { return &wireError{s} }

// Error returns the code and the message.
func (e *wireError) Error() string {
	if e.shown.detail == "" {
		return e.shown.code.Error()
	}
	return string(e.shown.code) + ": " + e.shown.detail
}

// Unwrap returns the Code, for errors.Is.
func (e *wireError) Unwrap() error { return e.shown.code }

// CatalogError returns the code of the error, if it is asked for an error of its
// catalog. Generated packages call it.
func (e *wireError) CatalogError(of any) (code string, ok bool) {
	switch of.(type) {
	case catalog.Code, *catalog.Code:
		return string(e.shown.code), true
	}
	return "", false
}

// CatalogParams returns the message and the params. Packages of other wires call it.
func (e *wireError) CatalogParams() (detail string, params map[string]json.RawMessage) {
	return e.shown.detail, e.shown.params
}

// As implements errors.As for the Code and for its struct, whose fields it sets to
// the params that arrived.
func (e *wireError) As(target any) bool {
	if code, ok := target.(*catalog.Code); ok {
		*code = e.shown.code
		return true
	}
	v := reflect.ValueOf(target)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Pointer || !hasParams(v.Elem().Type().Elem()) {
		return false
	}
	made := reflect.New(v.Elem().Type().Elem())
	err, ok := made.Interface().(interface{ Unwrap() error })
	if !ok || err.Unwrap() != error(e.shown.code) {
		return false
	}
	for i := 0; i < made.Elem().NumField(); i++ {
		field := made.Elem().Field(i)
		readParam(e.shown.params[made.Elem().Type().Field(i).Tag.Get("json")], field)
	}
	v.Elem().Set(made)
	return true
}

// readParam sets a field to the value of a param, if that has the right type.
func readParam(raw json.RawMessage, field reflect.Value) {
	value := reflect.New(field.Type())
	if d, ok := value.Interface().(*time.Duration); ok {
		var text string
		_ = json.Unmarshal(raw, &text)
		*d, _ = time.ParseDuration(text)
	} else if json.Unmarshal(raw, value.Interface()) != nil {
		return
	}
	field.Set(value.Elem())
}

// Params returns the names and values of the params in turn, sorted by name, for
// log/slog.
func (e *wireError) Params() []any {
	names := make([]string, 0, len(e.shown.params))
	for name := range e.shown.params {
		names = append(names, name)
	}
	slices.Sort(names)
	var params []any
	for _, name := range names {
		params = append(params, name, paramText(e.shown.params[name]))
	}
	return params
}
