package fixed

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// formatNumber formats a number in a message as JavaScript does, so that the
// message is the same in every language.
func formatNumber(x float64) string {
	switch abs := math.Abs(x); {
	case x == 0:
		return "0"
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	case abs < 1e-6, abs >= 1e21:
		return strings.Replace(strconv.FormatFloat(x, 'e', -1, 64), "e-0", "e-", 1)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// formatTime formats a datetime in a message, in the form of RFC 3339.
func formatTime(t time.Time) string {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC() // RFC 3339 has no seconds in an offset
	}
	return t.Format(time.RFC3339Nano)
}

// joinIntegers formats a list of integers in a message.
func joinIntegers(list []int64) string {
	var b []byte
	for i, n := range list {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(b)
}
