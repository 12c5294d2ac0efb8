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
	text, ok := readCode(bytes.ToValidUTF8(data, []byte("\ufffd")))
	if !ok {
		return fmt.Errorf("a code must be a string or an integer, not %.40s", data)
	}
	*c, _ = ParseCode(text)
	return nil
}

// readCode returns the text of a code in JSON, and reports whether it is one. A
// number is read as JavaScript reads it, so that clients in all languages agree.
func readCode(raw json.RawMessage) (text string, ok bool) {
	if !json.Valid(raw) {
		return "", false
	}
	if raw[0] == '"' {
		return string(unquote(raw)), true
	}
	i, ok := readInteger(raw)
	if !ok || i < -maxInteger || i > maxInteger {
		return "", false
	}
	return strconv.FormatInt(i, 10), true
}

// readInteger returns an integer in any notation of JSON, such as 2, 2.0 or 2e0,
// and reports whether it is one. Only plain digits may be beyond ±(2^53-1): others
// are read as JavaScript reads them.
func readInteger(raw json.RawMessage) (int64, bool) {
	i, err := strconv.ParseInt(string(raw), 10, 64)
	if err == nil {
		return i, true
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	return int64(f), err == nil && f == math.Trunc(f) && math.Abs(f) <= maxInteger
}

// maxInteger is the largest integer that every JSON reader keeps.
const maxInteger = 1<<53 - 1

// readString returns a string in valid JSON, or "" if there is none.
func readString(raw json.RawMessage) string {
	if len(raw) == 0 || raw[0] != '"' {
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
