package fixed

import (
	"encoding/json"
	"math"
	"time"
)

// HTTPStatus returns the HTTP status that the catalog gives the error, or 500
// for an unknown Code.
func (c Code) HTTPStatus() int {
	return lookup(c).status
}

// ProblemStatus returns the HTTP status of a response with the error, or 0 if
// the error must be hidden from clients: it is internal, or the catalog does
// not define it. Other generated packages call it.
func (c Code) ProblemStatus() int {
	e := lookup(c)
	if e == &unknown || e.internal {
		return 0
	}
	return e.responseStatus()
}

// ProblemFields returns what a client sees of the error besides the code and the
// status: the type URI, the title, and the seconds of Retry-After. Other
// generated packages call it.
func (c Code) ProblemFields() (uri, title string, retryAfter int) {
	e := lookup(c)
	if e == &unknown {
		return noType, "Internal Server Error", 0
	}
	return typeURI(e), e.title, seconds(e.retryAfter)
}

// responseStatus returns the status of a response with the error. A status
// below 200 would not end the response, so it becomes 500.
func (e *entry) responseStatus() int {
	if e.status < 200 {
		return 500
	}
	return e.status
}

// seconds returns a duration in whole seconds, rounded up, and at most as many as
// every client can read.
func seconds(d time.Duration) int {
	n := d / time.Second
	if d%time.Second > 0 {
		n++
	}
	return int(min(n, math.MaxInt32))
}

// HTTPStatus returns the HTTP status of a response with the error: 200 for nil,
// otherwise the status of the Code that [CodeOf] finds, or else that of the
// first error of another generated package. If that error is internal, if its
// catalog does not define it or has no HTTP statuses, or if there is none, it
// returns the status of the catalog's fallback, or 500 if the catalog has none.
func HTTPStatus(err error) int {
	if err == nil {
		return 200
	}
	return serve(err, nil).status
}

// problemCode is a Code of this or of another generated package, of a catalog
// with HTTP statuses.
type problemCode interface {
	catalogCode
	ProblemStatus() int
	ProblemFields() (uri, title string, retryAfter int)
}

// problemMembers is an error with additional members of its problem, of this or
// of another generated package.
type problemMembers interface {
	error
	ProblemMembers() (instance string, retryAfter time.Duration, errs []json.RawMessage)
}

// served is what a client may see of an error.
type served struct {
	found
	status int
	hidden bool // the error is the fallback, in place of what there is in the tree
	isNone bool // there is no error of a catalog in the tree
}

// serve returns what a client may see of an error. It calls note for the errors
// around that of a catalog, from the inside out.
func serve(err error, note func(error)) served {
	f, ok := search(err, own, note)
	if ok {
		if status := f.code.ProblemStatus(); status != 0 {
			return served{found: f, status: status}
		}
	} else if f, ok = search(err, otherProblem, note); ok {
		if status := f.other.(problemCode).ProblemStatus(); status != 0 {
			return served{found: f, status: status}
		}
	}
	return served{found: found{code: fallback}, status: lookup(fallback).responseStatus(), hidden: true, isNone: !ok}
}

// otherProblem matches the errors of all packages whose catalogs have HTTP
// statuses.
func otherProblem(err error) (found, bool) {
	f, _ := other(err)
	_, ok := f.other.(problemCode)
	return f, ok
}

// text returns the code and the message.
func (f found) text() string {
	if isWire(f.around) || structOf(f.around).IsValid() {
		return f.around.Error()
	}
	return f.catalogCode().Error()
}
