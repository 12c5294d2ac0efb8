package fixed

import (
	"math"
	"testing"
	"time"
)

// The forms are those of String(x) in JavaScript.
func TestFormatNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0:                    "0",
		math.Copysign(0, -1): "0",
		math.NaN():           "NaN",
		math.Inf(1):          "Infinity",
		math.Inf(-1):         "-Infinity",
		0.1:                  "0.1",
		-1.5:                 "-1.5",
		1e-6:                 "0.000001",
		9.9e-7:               "9.9e-7",
		-1e-7:                "-1e-7",
		1.5e-10:              "1.5e-10",
		1e20:                 "100000000000000000000",
		1e21:                 "1e+21",
		-1e21:                "-1e+21",
		math.MaxFloat64:      "1.7976931348623157e+308",
		5e-324:               "5e-324",
	} {
		if got := formatNumber(x); got != want {
			t.Errorf("formatNumber(%g) = %s, want %s", x, got, want)
		}
	}
}

func TestFormatTime(t *testing.T) {
	for want, at := range map[string]time.Time{
		"2024-02-29T12:30:00Z":           time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC),
		"2024-02-29T12:30:00.000000001Z": time.Date(2024, 2, 29, 12, 30, 0, 1, time.UTC),
		"2024-02-29T12:30:00-09:30":      time.Date(2024, 2, 29, 12, 30, 0, 0, time.FixedZone("", -9*3600-30*60)),
		"1889-12-31T23:06:32Z":           time.Date(1890, 1, 1, 0, 0, 0, 0, time.FixedZone("LMT", 3208)),
		"0001-01-01T00:00:00Z":           {},
	} {
		if got := formatTime(at); got != want {
			t.Errorf("formatTime(%v) = %s, want %s", at, got, want)
		}
	}
}

func TestJoinIntegers(t *testing.T) {
	for want, list := range map[string][]int64{"": nil, "7": {7}, "-1, 0, 9223372036854775807": {-1, 0, math.MaxInt64}} {
		if got := joinIntegers(list); got != want {
			t.Errorf("joinIntegers(%v) = %q, want %q", list, got, want)
		}
	}
}
