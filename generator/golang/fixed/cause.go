package fixed

import (
	"fmt"
	"log/slog"
)

// WithCause returns err with its cause attached, for logs: log/slog and the verb
// %+v show it, and Error returns only the text of err. errors.Is and errors.As
// find both errors, err first. So a client does not see the cause if err is an
// error of a catalog.
//
// If cause is nil, WithCause returns err: it does not ask whether something
// failed, so check that first. If err is nil, it returns cause.
//
//	if err := save(); err != nil { // never return WithCause(code, save())
//		return WithCause(code, err)
//	}
func WithCause(err, cause error) error {
	switch {
	case err == nil:
		return cause
	case cause == nil:
		return err
	}
	return &withCause{errs: [2]error{err, cause}}
}

// withCause is the error that [WithCause] returns.
type withCause struct {
	errs [2]error // the error and its cause
}

// Error returns the text of the error, without the cause.
func (e *withCause) Error() string {
	return e.errs[0].Error()
}

// Unwrap returns the error and the cause.
func (e *withCause) Unwrap() []error {
	return e.errs[:]
}

// WithoutCause returns the error and the cause. Other generated packages call
// it.
func (e *withCause) WithoutCause() (err, cause error) {
	return e.errs[0], e.errs[1]
}

// Format writes the text of the error. The verb %+v adds the causes, one per
// line.
func (e *withCause) Format(f fmt.State, verb rune) {
	format(f, verb, e)
}

// LogValue returns what is logged for the error, with the cause.
func (e *withCause) LogValue() slog.Value {
	return logValue(e)
}

// causeError is an error with a cause, of this or of another generated package.
type causeError interface {
	error
	WithoutCause() (err, cause error)
}

// format formats an error whose own verb %+v shows the causes in its tree.
func format(f fmt.State, verb rune, err error) {
	fmt.Fprintf(f, fmt.FormatString(f, verb), err.Error())
	if verb == 'v' && f.Flag('+') {
		writeCauses(f, err)
	}
}

// writeCauses writes the causes in the tree of an error, each followed by its
// own causes.
func writeCauses(f fmt.State, err error) {
	switch e := err.(type) {
	case causeError:
		err, cause := e.WithoutCause()
		writeCauses(f, err)
		if formatter, ok := cause.(fmt.Formatter); ok {
			fmt.Fprintf(f, "\ncause: %+v", formatter)
			return
		}
		fmt.Fprintf(f, "\ncause: %s", cause)
		writeCauses(f, cause)
	case interface{ Unwrap() error }:
		writeCauses(f, e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, err := range e.Unwrap() {
			writeCauses(f, err)
		}
	}
}
