package fixed

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// WithInstance returns err with a URI that identifies this occurrence of it:
// the member "instance" of its problem. errors.Is and errors.As still find err.
// WithInstance(nil, uri) is nil.
func WithInstance(err error, uri string) error {
	if err == nil {
		return nil
	}
	e := newWithMembers(err)
	e.instance, e.isReceived = uri, false
	return e
}

// WithRetryAfter returns err with the time that a client must wait before it
// sends the request again, instead of that in the catalog: the header
// Retry-After. It is rounded up to seconds. errors.Is and errors.As still find
// err. WithRetryAfter(nil, d) is nil.
func WithRetryAfter(err error, d time.Duration) error {
	if err == nil {
		return nil
	}
	e := newWithMembers(err)
	e.retryAfter = d
	return e
}

// WithErrors returns err with a list of what is wrong in the request: the member
// "errors" of its problem. Field errors that err already has come first.
// errors.Is and errors.As still find err, and do not look into the list.
// WithErrors(nil, ...) is nil.
func WithErrors(err error, errs ...FieldError) error {
	if err == nil {
		return nil
	}
	e := newWithMembers(err)
	e.errs = append(e.errs, errs...)
	return e
}

// RetryAfterOf returns how long a client must wait before it sends the request
// again: what [WithRetryAfter] has set, or what a server has sent, or else the
// [Code.RetryAfter] of the Code that [CodeOf] finds.
func RetryAfterOf(err error) time.Duration {
	if m := membersOf(err); m.retryAfter > 0 {
		return m.retryAfter
	}
	code, _ := CodeOf(err)
	return code.RetryAfter()
}

// members are additional members of a problem.
type members struct {
	instance   string
	retryAfter time.Duration
	errs       []FieldError
	isReceived bool // the instance is that of a received problem
}

// withMembers is the error that [WithInstance], [WithRetryAfter] and
// [WithErrors] return.
type withMembers struct {
	err [1]error // an array, to unwrap without an allocation
	members
}

// newWithMembers returns the error with the members that it already has.
func newWithMembers(err error) *withMembers {
	e := &withMembers{[1]error{err}, membersOf(err)}
	e.errs = slices.Clip(e.errs)
	return e
}

// membersOf returns the members of the error that is found in the tree of err.
func membersOf(err error) members {
	_, m := serveWithMembers(err)
	return readMembers(m)
}

// serveWithMembers returns what a client may see of an error, and the outermost
// members around it. They have the members inside, too.
func serveWithMembers(err error) (s served, m problemMembers) {
	s = serve(err, func(err error) {
		if outer, ok := as[problemMembers](err); ok {
			m = outer
		}
	})
	if s.isNone {
		m = lonelyMembers(err)
	}
	return s, m
}

// lonelyMembers returns the first members in the tree of an error that is in no
// catalog.
func lonelyMembers(err error) (m problemMembers) {
	search(err, func(err error) (_ found, ok bool) {
		m, ok = as[problemMembers](err)
		return found{}, ok
	}, nil)
	return m
}

// readMembers returns the members of an error of this or of another package.
func readMembers(m problemMembers) members {
	switch m := m.(type) {
	case nil:
		return members{}
	case *withMembers:
		return m.members
	case *Problem:
		return m.members()
	}
	instance, retryAfter, errs := m.ProblemMembers()
	return members{instance, retryAfter, readElements(errs, identity{uri: noType, isOurs: true}), isWire(m)}
}

// Error returns the text of the error.
func (e *withMembers) Error() string {
	return e.err[0].Error()
}

// Unwrap returns the error without the members.
func (e *withMembers) Unwrap() []error {
	return e.err[:]
}

// ProblemMembers returns the members. Other generated packages call it.
func (e *withMembers) ProblemMembers() (instance string, retryAfter time.Duration, errs []json.RawMessage) {
	return e.instance, e.retryAfter, writeElements(e.errs, false)
}

// Format writes the text of the error. The verb %+v adds the causes, one per
// line.
func (e *withMembers) Format(f fmt.State, verb rune) {
	format(f, verb, e)
}

// LogValue returns what is logged for the error, with the members.
func (e *withMembers) LogValue() slog.Value {
	return logValue(e)
}

// LogMembers returns what is logged for the members. Other generated packages
// call it.
func (e *withMembers) LogMembers() []slog.Attr {
	return e.members.logAttrs()
}

// logAttrs returns what is logged for the members.
func (m members) logAttrs() (attrs []slog.Attr) {
	if m.instance != "" {
		attrs = append(attrs, slog.String("instance", m.instance))
	}
	if m.retryAfter > 0 {
		attrs = append(attrs, slog.Duration("retry_after", m.retryAfter))
	}
	if len(m.errs) > 0 {
		logged := make([]FieldError, len(m.errs))
		for i, e := range m.errs {
			logged[i] = e.logged()
		}
		attrs = append(attrs, slog.Any("errors", logged))
	}
	return attrs
}
