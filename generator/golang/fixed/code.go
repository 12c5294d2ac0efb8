package fixed

import (
	"cmp"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Code identifies an error of the catalog by its code on the wire. It
// implements error: return a constant as it is, and test for it with errors.Is.
//
// A Code that the catalog does not define, such as one sent by a newer server,
// is kept as it is. It has no name, no title and no category.
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

// CatalogCode returns the code and the category. By this method, other generated
// packages find the error.
func (c Code) CatalogCode() (code, category string) {
	return string(c), string(c.Category())
}

// LogValue returns the code, the category and the message, for log/slog.
func (c Code) LogValue() slog.Value {
	return logValue(c)
}

// UnmarshalText reads a code as [ParseCode] does. It never fails: a code that
// the catalog does not define is kept as it is.
func (c *Code) UnmarshalText(text []byte) error {
	*c, _ = ParseCode(string(text))
	return nil
}

// Codes returns the Codes of all errors of the catalog, also of those that are
// internal or retired, sorted by their text, or by their value if they are
// integers.
func Codes() []Code {
	codes := make([]Code, len(table))
	for i := range table {
		codes[i] = table[i].code
	}
	slices.SortFunc(codes, func(a, b Code) int {
		if i, ok := any(a).(integerCode); ok {
			return cmp.Compare(i.Int(), any(b).(integerCode).Int())
		}
		return cmp.Compare(a, b)
	})
	return codes
}

// integerCode is a Code of a catalog whose codes are integers.
type integerCode interface{ Int() int64 }

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

// ParseName returns the Code of the error with a name, and reports whether there
// is one. A synonym or a former name gives the Code that it stands for.
func ParseName(name string) (Code, bool) {
	names.once.Do(func() {
		names.sorted = append(names.sorted, otherNames[:]...)
		for i := range table {
			names.sorted = append(names.sorted, otherName{table[i].name, table[i].code})
		}
		slices.SortFunc(names.sorted, func(a, b otherName) int {
			return strings.Compare(a.name, b.name)
		})
	})
	i, ok := slices.BinarySearchFunc(names.sorted, name, func(n otherName, name string) int {
		return strings.Compare(n.name, name)
	})
	if !ok {
		return "", false
	}
	return names.sorted[i].code, true
}

// names has all names. It is made when it is first needed.
var names struct {
	once   sync.Once
	sorted []otherName
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

// An otherName is a synonym or a former name of an error.
type otherName struct {
	name string
	code Code
}

// An alias is another string that stands for a Code on the wire.
type alias struct {
	text string
	code Code
}
