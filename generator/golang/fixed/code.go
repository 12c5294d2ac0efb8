package fixed

import (
	"log/slog"
	"slices"
	"strings"
	"time"
)

// A Code identifies an error of the catalog by its code on the wire. It
// implements error: return a constant as it is, and test for it with errors.Is.
//
// A Code that the catalog does not define, such as one sent by a newer server,
// is kept as it is. It has no name, no title and no category, and its HTTP
// status is 500.
type Code string

// Error returns the code and the message, or the title if the message has
// params. For an unknown Code it returns the code only.
func (c Code) Error() string {
	e := lookup(c)
	switch {
	case e == &unknown:
		return string(c)
	case e.message == "":
		return string(c) + ": " + e.title
	}
	return string(c) + ": " + e.message
}

// Name returns the name of the error in the catalog, or "" for an unknown Code.
func (c Code) Name() string {
	return lookup(c).name
}

// Title returns a short summary of the error, which does not depend on params.
// It is "" for an unknown Code.
func (c Code) Title() string {
	return lookup(c).title
}

// HTTPStatus returns the HTTP status that the catalog gives the error, or 500
// for an unknown Code.
func (c Code) HTTPStatus() int {
	return lookup(c).status
}

// Category returns the category of the error, or "" for an unknown Code.
func (c Code) Category() Category {
	return lookup(c).category
}

// Retry reports whether a client may send the same request again. It is
// [RetryNever] for an unknown Code.
func (c Code) Retry() Retry {
	if r := lookup(c).retry; r != "" {
		return r
	}
	return RetryNever
}

// RetryAfter returns how long a client must wait before it sends the request
// again. It is zero unless [Code.Retry] is [RetryAfter].
func (c Code) RetryAfter() time.Duration {
	return lookup(c).retryAfter
}

// Level returns the level at which to log the error. It is slog.LevelError for
// an unknown Code.
func (c Code) Level() slog.Level {
	return lookup(c).level
}

// Internal reports whether the error must be hidden from clients.
func (c Code) Internal() bool {
	return lookup(c).internal
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

// ProblemFields returns what a client sees of the error besides the status: the
// code, the type URI, the title, and the seconds of Retry-After. Other
// generated packages call it.
func (c Code) ProblemFields() (code, uri, title string, retryAfter int) {
	e := lookup(c)
	if e == &unknown {
		return string(c), "about:blank", "Internal Server Error", 0
	}
	return string(c), typeURI(e), e.title, seconds(e.retryAfter)
}

// LogValue returns the code, the category and the message, for log/slog.
func (c Code) LogValue() slog.Value {
	return logValue(c)
}

// ParseCode returns the Code for a string from the wire, and reports whether
// the catalog defines it. An alias gives the Code that it stands for. An
// unknown string is returned unchanged, as a Code, with false.
func ParseCode(s string) (Code, bool) {
	if lookup(Code(s)) != &unknown {
		return Code(s), true
	}
	i, ok := slices.BinarySearchFunc(aliases[:], s, func(a alias, s string) int {
		return strings.Compare(a.text, s)
	})
	if ok {
		return aliases[i].code, true
	}
	return Code(s), false
}

// A Category is a group of related errors.
type Category string

// A Retry is advice on whether to send the same request again.
type Retry string

// The values of [Retry].
const (
	// RetryNever means that the same request will fail again.
	RetryNever Retry = "never"

	// RetrySafe means that the same request may be sent again at any time.
	RetrySafe Retry = "safe"

	// RetryAfter means that the same request may be sent again after the time that
	// [Code.RetryAfter] returns.
	RetryAfter Retry = "after"
)

// An entry is what the catalog says about a Code.
type entry struct {
	code       Code
	name       string
	title      string
	message    string // empty if it has params or equals the title
	category   Category
	status     int
	level      slog.Level
	retry      Retry // empty for RetryNever
	retryAfter time.Duration
	internal   bool
	hash       uint32 // next to the bool, where it does not add padding
}

// unknown is the entry of every Code that the catalog does not define.
var unknown = entry{status: 500, level: slog.LevelError}

// lookup returns the entry of a Code, or &unknown. It searches by hash, because
// comparing numbers is faster than comparing strings.
func lookup(c Code) *entry {
	h := hash(c)
	low, high := 0, len(table)
	for low < high {
		middle := int(uint(low+high) / 2)
		if table[middle].hash < h {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for ; low < len(table) && table[low].hash == h; low++ {
		if table[low].code == c {
			return &table[low]
		}
	}
	return &unknown
}

// hash returns the FNV-1a hash of a Code.
func hash(c Code) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(c); i++ {
		h = (h ^ uint32(c[i])) * 16777619
	}
	return h
}

// responseStatus returns the status of a response with the error. A status
// below 200 would not end the response, so it becomes 500.
func (e *entry) responseStatus() int {
	if e.status < 200 {
		return 500
	}
	return e.status
}

// An alias is another string that stands for a Code on the wire.
type alias struct {
	text string
	code Code
}
