package fixed

import "reflect"

// CodeOf returns the first [Code] in the tree of err, the one that errors.As
// finds, and reports whether there is one. It does not allocate.
func CodeOf(err error) (Code, bool) {
	for err != nil {
		switch e := err.(type) {
		case Code:
			return e, true
		case interface{ Unwrap() error }:
			err = e.Unwrap()
		case interface{ Unwrap() []error }:
			for _, err := range e.Unwrap() {
				if code, ok := CodeOf(err); ok {
					return code, true
				}
			}
			return "", false
		default:
			return "", false
		}
	}
	return "", false
}

// catalogCode is a Code of this or of another generated package.
type catalogCode interface {
	error
	CatalogCode() (code, category string)
}

// find returns the Code of the outermost catalog error in the tree of err, and
// the error that directly wraps the Code: possibly the struct with the params.
// It ignores causes added by [Wrap]. The Code is nil if there is none.
func find(err error) (code catalogCode, around error) {
	for err != nil {
		switch e := err.(type) {
		case catalogCode:
			return e, around
		case interface{ WithoutCause() error }:
			around, err = nil, e.WithoutCause()
		case interface{ Unwrap() error }:
			around, err = err, e.Unwrap()
		case interface{ Unwrap() []error }:
			for _, err := range e.Unwrap() {
				if code, around := find(err); code != nil {
					return code, around
				}
			}
			return nil, nil
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// params returns the names and values of the params of an error in turn,
// without the sensitive ones. code is the Code that err directly wraps.
func params(code, err error) []any {
	v := structOf(code, err)
	if !v.IsValid() {
		return nil
	}
	if p, ok := err.(interface{ Params() []any }); ok {
		return p.Params()
	}
	var params []any
	for i := 0; i < v.NumField(); i++ {
		if name := paramName(v.Type().Field(i)); name != "" {
			params = append(params, name, v.Field(i).Interface())
		}
	}
	return params
}

// structOf returns the struct that err points to, or the zero Value if it is
// not a struct of the package that declares the type of the code.
func structOf(code, err error) reflect.Value {
	v := reflect.ValueOf(err)
	if code == nil || v.Kind() != reflect.Pointer || v.IsNil() {
		return reflect.Value{}
	}
	v = v.Elem()
	if v.Kind() != reflect.Struct || v.Type().PkgPath() != reflect.TypeOf(code).PkgPath() {
		return reflect.Value{}
	}
	return v
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
