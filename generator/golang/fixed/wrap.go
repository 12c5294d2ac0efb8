package fixed

import "log/slog"

// Wrap returns err with its cause attached, for logs. Clients never see the
// cause: Error returns only the text of err.
// errors.Is and errors.As find both errors, and log/slog shows the cause under
// the key "cause".
//
// If one of the two is nil, Wrap returns the other.
func Wrap(err, cause error) error {
	switch {
	case err == nil:
		return cause
	case cause == nil:
		return err
	}
	return &withCause{errs: [2]error{err, cause}}
}

// withCause is the error that [Wrap] returns.
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

// WithoutCause returns the error without the cause, which clients must not see.
// Other generated packages call it.
func (e *withCause) WithoutCause() error {
	return e.errs[0]
}

// LogValue returns what is logged for the error, and the cause.
func (e *withCause) LogValue() slog.Value {
	return slog.GroupValue(append(logAttrs(e.errs[0]), slog.Any("cause", e.errs[1]))...)
}
