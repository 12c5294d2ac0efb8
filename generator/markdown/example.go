package markdown

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// exampleText returns the example of a param as a message shows such a value;
// it is empty for nil.
func exampleText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return numberText(v)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case time.Duration:
		return v.String()
	case []string:
		return strings.Join(v, ", ")
	case []int64:
		texts := make([]string, len(v))
		for i, n := range v {
			texts[i] = strconv.FormatInt(n, 10)
		}
		return strings.Join(texts, ", ")
	}
	return ""
}

// numberText returns a number as ECMAScript's String does.
func numberText(f float64) string {
	switch size := math.Abs(f); {
	case f == 0:
		return "0"
	case size < 1e-6 || size >= 1e21:
		text := strconv.FormatFloat(f, 'e', -1, 64)
		// Go writes two digits of the exponent at least.
		text = strings.Replace(text, "e-0", "e-", 1)
		return strings.Replace(text, "e+0", "e+", 1)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
