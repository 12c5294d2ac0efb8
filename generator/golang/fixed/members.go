package fixed

import (
	"log/slog"
	"slices"
)

// WithInstance returns err with a URI that identifies this occurrence of it:
// the member "instance" of its problem. errors.Is and errors.As still find err.
// WithInstance(nil, uri) is nil.
func WithInstance(err error, uri string) error {
	if err == nil {
		return nil
	}
	e := newWithMembers(err)
	e.instance = uri
	return e
}

// WithErrors returns err with a list of what is wrong in the body of the
// request: the member "errors" of its problem. Field errors that err already
// has come first. errors.Is and errors.As still find err. WithErrors(nil, ...)
// is nil.
func WithErrors(err error, errs ...FieldError) error {
	if err == nil {
		return nil
	}
	e := newWithMembers(err)
	e.errs = append(e.errs, errs...)
	return e
}

// withMembers is the error that [WithInstance] and [WithErrors] return.
type withMembers struct {
	error
	instance   string
	retryAfter int
	errs       []FieldError
}

// newWithMembers returns the error with the members that it already has.
func newWithMembers(err error) *withMembers {
	e := &withMembers{error: err}
	if m := findProblem(err).members; m != nil {
		instance, retryAfter, pairs := m.ProblemMembers()
		e.instance, e.retryAfter, e.errs = instance, retryAfter, fieldErrors(pairs)
	}
	return e
}

// Unwrap returns the error without the members.
func (e *withMembers) Unwrap() error {
	return e.error
}

// ProblemMembers returns the members. Other generated packages call it.
func (e *withMembers) ProblemMembers() (instance string, retryAfter int, errs [][2]string) {
	return e.instance, e.retryAfter, fieldPairs(e.errs)
}

// LogValue returns what is logged for the error, and the members.
func (e *withMembers) LogValue() slog.Value {
	// e has the members of the error inside, so they would be logged twice.
	attrs := slices.DeleteFunc(slices.Clone(logAttrs(e.error)), func(a slog.Attr) bool {
		return a.Key == "instance" || a.Key == "errors"
	})
	if e.instance != "" {
		attrs = append(attrs, slog.String("instance", e.instance))
	}
	if len(e.errs) > 0 {
		attrs = append(attrs, slog.Any("errors", e.errs))
	}
	return slog.GroupValue(attrs...)
}
