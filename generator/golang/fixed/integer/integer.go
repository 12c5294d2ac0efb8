package integer

import (
	"encoding/json"
	"strconv"
)

// Int returns the code as a number, as it is on the wire. It returns 0 for a
// Code that is not an integer, such as one that another package defines.
func (c Code) Int() int64 {
	i, _ := c.integer()
	return i
}

// MarshalJSON returns the code as a number, or as a string if it is not an
// integer from -(2^53-1) to 2^53-1.
func (c Code) MarshalJSON() ([]byte, error) {
	if _, ok := c.integer(); ok {
		return []byte(c), nil
	}
	return json.Marshal(string(c))
}

// integer returns the value of a Code, and reports whether the Code is the
// decimal form of an integer that every JSON reader keeps.
func (c Code) integer() (int64, bool) {
	const largest = 1<<53 - 1
	i, err := strconv.ParseInt(string(c), 10, 64)
	if err != nil || i < -largest || i > largest || strconv.FormatInt(i, 10) != string(c) {
		return 0, false
	}
	return i, true
}
