package fixed

import (
	"log/slog"
	"reflect"
)

// CodeOf returns the [Code] in the tree of err that errors.As finds, and reports
// whether there is one. It is false for the empty Code.
//
// All functions of this package that take an error look at the same one: if
// CodeOf finds a Code, it is the error of that Code, with the params of the
// struct that wraps it. Otherwise it is the first error of another generated
// package.
func CodeOf(err error) (Code, bool) {
	f, _ := search(err, own, nil)
	return f.code, f.code != ""
}

// catalogCode is a Code of this or of another generated package.
type catalogCode interface {
	error
	CatalogCode() (code, category string)
}

// wireError is an error that this or another generated package has read from the
// wire.
type wireError interface {
	error
	CatalogError(of any) (code string, ok bool)
}

// found is the error of a catalog in the tree of an error.
type found struct {
	code   Code        // if it is of this package
	other  catalogCode // if it is of another package
	around error       // directly wraps the Code: possibly the struct with the params, or a wireError
}

// catalogCode returns the Code.
func (f found) catalogCode() catalogCode {
	if f.other != nil {
		return f.other
	}
	return f.code
}

// A matcher reports whether an error, without its tree, is one of a catalog.
type matcher func(err error) (found, bool)

// own matches the errors of this package.
func own(err error) (found, bool) {
	switch e := err.(type) {
	case Code:
		return found{code: e}, true
	case wireError:
		code, ok := e.CatalogError(Code(""))
		return found{code: Code(code), around: err}, ok
	case asError:
		var code Code
		if e.As(&code) {
			return found{code: code, around: structBehind(e, code)}, true
		}
	}
	return found{}, false
}

// other matches the errors of all packages. It is for trees without an error of
// this one.
func other(err error) (found, bool) {
	code, ok := as[catalogCode](err)
	if !ok {
		return found{}, false
	}
	f := found{other: code}
	if !isCode(err) { // its method As has found it
		f.around = structBehind(err.(asError), code)
	}
	return f, true
}

// search returns the first match in the tree of err, in the order of errors.As,
// and reports whether there is one. It calls note, which may be nil, for each
// error around the match, from the inside out. Without note, it does not
// allocate, unless an error has a method As.
func search(err error, match matcher, note func(error)) (f found, ok bool) {
	if err == nil {
		return f, false
	}
	if f, ok = match(err); !ok {
		switch e := err.(type) {
		case interface{ Unwrap() error }:
			inner := e.Unwrap()
			if f, ok = search(inner, match, note); isCode(inner) {
				f.around = err
			}
		case interface{ Unwrap() []error }:
			for i, inner := range e.Unwrap() {
				if f, ok = search(inner, match, note); ok {
					if c, isCause := err.(causeError); isCause && note != nil && i > 0 {
						visible, _ := c.WithoutCause()
						noteChain(visible, note)
					}
					break
				}
			}
		}
	}
	if ok && note != nil {
		note(err)
	}
	return f, ok
}

// noteChain calls note for an error and those inside it, from the inside out: the
// error has a cause in which the match was found, and what it carries counts, too.
func noteChain(err error, note func(error)) {
	if err == nil {
		return
	}
	switch e := err.(type) {
	case causeError:
		visible, _ := e.WithoutCause()
		noteChain(visible, note)
	case interface{ Unwrap() error }:
		noteChain(e.Unwrap(), note)
	case interface{ Unwrap() []error }:
		if errs := e.Unwrap(); len(errs) == 1 {
			noteChain(errs[0], note)
		}
	}
	note(err)
}

// isCode reports whether err itself is a Code.
func isCode(err error) bool {
	_, ok := err.(catalogCode)
	return ok
}

// asError is an error with the method that errors.As calls. It may hide its tree
// from everything else.
type asError interface {
	error
	As(target any) bool
}

// as returns an error, without its tree, as a type of interface, or what its
// method As finds. What was read from the wire is no error of another type.
func as[T any](err error) (t T, ok bool) {
	if t, ok = err.(T); ok {
		return t, true
	}
	if e, hides := err.(asError); hides && !isWire(err) {
		found := new(T)
		ok = e.As(found) && any(*found) != nil // a method that is always true sets nothing
		t = *found
	}
	return t, ok
}

// structBehind returns the struct or the wireError of a Code that the method As
// of an error finds, or nil.
func structBehind(e asError, code catalogCode) error {
	var s interface { // the other types of generated packages lack one of these
		error
		Unwrap() error
		LogValue() slog.Value
	}
	if e.As(&s) && s != nil && s.Unwrap() == error(code) && (isWire(s) || structOf(s).IsValid()) {
		return s
	}
	return nil
}

// params returns the names and values of the params of an error in turn,
// without the sensitive ones.
func params(err error) []any {
	if p, ok := err.(interface{ Params() []any }); ok && isWire(err) {
		return p.Params()
	}
	v := structOf(err)
	if !v.IsValid() {
		return nil
	}
	params := make([]any, 0, 2*v.NumField())
	for i := 0; i < v.NumField(); i++ {
		if name := paramName(v.Type().Field(i)); name != "" {
			params = append(params, name, v.Field(i).Interface())
		}
	}
	return params
}

// isWire reports whether err itself was read from the wire.
func isWire(err error) bool {
	_, ok := err.(wireError)
	return ok
}

// structOf returns the struct of an error of any generated package that err points
// to, or the zero Value.
func structOf(err error) reflect.Value {
	v := reflect.ValueOf(err)
	if v.Kind() != reflect.Pointer || !hasParams(v.Type().Elem()) {
		return reflect.Value{}
	}
	return v.Elem()
}

// hasParams reports whether a type is the struct of an error of any generated
// package: its first field has a tag that says so.
func hasParams(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t.NumField() == 0 {
		return false
	}
	_, ok := t.Field(0).Tag.Lookup("errcat")
	return ok
}

// paramName returns the name of the param that a field holds, or "" if the
// param is sensitive.
func paramName(field reflect.StructField) string {
	name := field.Tag.Get("json")
	if name == "-" {
		return ""
	}
	return name
}
