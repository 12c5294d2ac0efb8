package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// missing stands in a table for what was not measured.
const missing = "-"

// formatTime returns nanoseconds with three significant digits, in the unit
// that suits them.
func formatTime(ns float64) string {
	switch {
	case ns < 999.5:
		return digits(ns) + " ns"
	case ns < 999.5e3:
		return digits(ns/1e3) + " µs"
	case ns < 999.5e6:
		return digits(ns/1e6) + " ms"
	}
	return digits(ns/1e9) + " s"
}

// formatLimit returns a limit as "60 s".
func formatLimit(d time.Duration) string { return fmt.Sprintf("%g s", d.Seconds()) }

// formatBytes returns a number of bytes with three significant digits, in the
// unit that suits it.
func formatBytes(n float64) string {
	switch size := math.Abs(n); {
	case size < 1<<10:
		return strconv.FormatFloat(n, 'f', 0, 64) + " B"
	case size < 999.5*(1<<10):
		return digits(n/(1<<10)) + " KiB"
	case size < 999.5*(1<<20):
		return digits(n/(1<<20)) + " MiB"
	}
	return digits(n/(1<<30)) + " GiB"
}

// formatRatio returns a ratio as "4.43 x".
func formatRatio(ratio float64) string { return digits(ratio) + " x" }

// digits returns a number with three significant digits, and all digits of
// what is before the point.
func digits(n float64) string {
	switch size := math.Abs(n); {
	case size < 9.995:
		return strconv.FormatFloat(n, 'f', 2, 64)
	case size < 99.95:
		return strconv.FormatFloat(n, 'f', 1, 64)
	}
	return formatCount(n)
}

// formatCount returns a whole number with commas between the thousands.
func formatCount(n float64) string {
	s := strconv.FormatFloat(math.Abs(n), 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if n < 0 {
		s = "-" + s
	}
	return s
}

// table returns a Markdown table as Prettier lays it out: a column of texts,
// and columns of numbers. The first row is the head.
func table(rows ...[]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell), 3)
		}
	}
	var b strings.Builder
	for n, row := range rows {
		for i, cell := range row {
			width := widths[i]
			if i == 0 {
				width = -width
			}
			fmt.Fprintf(&b, "| %*s ", width, cell)
		}
		b.WriteString("|\n")
		if n > 0 {
			continue
		}
		for i, width := range widths {
			right := min(i, 1)
			fmt.Fprintf(&b, "| %s%s ", strings.Repeat("-", width-right), strings.Repeat(":", right))
		}
		b.WriteString("|\n")
	}
	return b.String()
}
