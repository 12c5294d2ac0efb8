package fixed

import (
	"fmt"
	"reflect"
)

// A Sensitive holds a value that nothing may show. Whatever prints, logs or
// encodes it, also by reflection, gets "[redacted]", the address of a function,
// or an error. The zero value holds the zero value of T.
//
// Neither == nor reflect.DeepEqual can compare it, nor a struct that has it.
// Compare with [Sensitive.Equal], which packages such as go-cmp call.
type Sensitive[T any] struct {
	// A function, because packages that print or encode values by reflection
	// read every other kind, also if a field is not exported.
	reveal func() T
}

// Hide returns a [Sensitive] that holds a value.
func Hide[T any](value T) Sensitive[T] {
	return Sensitive[T]{func() T { return value }}
}

// Reveal returns the value.
func (s Sensitive[T]) Reveal() T {
	if s.reveal == nil {
		var zero T
		return zero
	}
	return s.reveal()
}

// Equal reports whether two values are the same: by their method Equal, such as
// that of time.Time, or else deeply.
func (s Sensitive[T]) Equal(other Sensitive[T]) bool {
	a, b := s.Reveal(), other.Reveal()
	if a, ok := any(a).(interface{ Equal(T) bool }); ok {
		return a.Equal(b)
	}
	return reflect.DeepEqual(a, b)
}

// redacted is what is shown of every [Sensitive].
const redacted = "[redacted]"

// String returns "[redacted]".
func (s Sensitive[T]) String() string {
	return redacted
}

// Format writes "[redacted]" for every verb.
func (s Sensitive[T]) Format(f fmt.State, verb rune) {
	fmt.Fprint(f, redacted)
}

// MarshalText returns "[redacted]", for JSON, XML and log/slog.
func (s Sensitive[T]) MarshalText() ([]byte, error) {
	return []byte(redacted), nil
}
