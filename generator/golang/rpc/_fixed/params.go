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
	found := withParams(err, code)
	if found == nil {
		found = code
	}
	s := shown{code: code, detail: strings.TrimPrefix(found.Error(), string(code)+": "), retryAfter: code.RetryAfter()}
	if received, ok := found.(*wireError); ok {
		s.detail, s.params = received.shown.detail, received.shown.params
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

// withParams returns the error in the tree of err that has the params of a Code, or
// nil.
func withParams(err error, code catalog.Code) error {
	switch e := err.(type) {
	case *wireError:
		if e.shown.code == code {
			return e
		}
	case interface{ Unwrap() error }:
		if isStruct(err) && e.Unwrap() == error(code) {
			return err
		}
		return withParams(e.Unwrap(), code)
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			if found := withParams(inner, code); found != nil {
				return found
			}
		}
	case interface{ As(any) bool }:
		var inner interface {
			error
			Unwrap() error
			LogValue() slog.Value
		}
		if e.As(&inner) && inner != nil {
			return withParams(inner, code)
		}
	}
	return nil
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
