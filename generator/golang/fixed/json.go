package fixed

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// UnmarshalJSON reads a code from the wire, which is a string or a number: a
// number stands for its decimal digits. An alias gives the Code that it stands
// for, and a code that the catalog does not define is kept as it is.
//
// It fails for numbers that are not integers from -(2^53-1) to 2^53-1, and for
// other JSON. null changes nothing.
func (c *Code) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	text, ok := readCode(data)
	if !ok {
		return fmt.Errorf("a code must be a string or an integer, not %.40s", data)
	}
	*c, _ = ParseCode(text)
	return nil
}

// readCode returns the text of a code in JSON, and reports whether it is one. A
// number is read as JavaScript reads it, so that clients in all languages agree.
func readCode(raw json.RawMessage) (text string, ok bool) {
	if len(raw) == 0 {
		return "", false
	}
	if c := raw[0]; c != '-' && (c < '0' || c > '9') {
		ok = c == '"' && json.Unmarshal(raw, &text) == nil
		return text, ok
	}
	const largest = 1<<53 - 1
	var f float64
	if json.Unmarshal(raw, &f) != nil || f != math.Trunc(f) || math.Abs(f) > largest {
		return "", false
	}
	return strconv.FormatInt(int64(f), 10), true
}
