package fixed

import (
	"bytes"
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
		return readString(raw), c == '"' && json.Valid(raw)
	}
	var f float64
	if json.Unmarshal(raw, &f) != nil || f != math.Trunc(f) || math.Abs(f) > maxInteger {
		return "", false
	}
	return strconv.FormatInt(int64(f), 10), true
}

// maxInteger is the largest integer that every JSON reader keeps.
const maxInteger = 1<<53 - 1

// readString returns a string in JSON, or "" if there is none.
func readString(raw json.RawMessage) string {
	if len(raw) == 0 || raw[0] != '"' || !json.Valid(raw) {
		return ""
	}
	return string(unquote(raw))
}

// unquote returns the value of a valid JSON string, which may be a part of it.
func unquote(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return bytes.Trim(raw, `"`)
	}
	var s string
	_ = json.Unmarshal(raw, &s)
	return []byte(s)
}
