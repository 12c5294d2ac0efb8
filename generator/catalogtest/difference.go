package catalogtest

import (
	"fmt"
	"strings"
)

// Difference says where two texts differ: the first line that does, and up to two
// lines before it. It is short, whatever the texts are.
func Difference(got, want string) string {
	a, b := strings.SplitAfter(got, "\n"), strings.SplitAfter(want, "\n")
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	if n == len(a) && n == len(b) {
		return "no difference"
	}
	var s strings.Builder
	fmt.Fprintf(&s, "line %d differs:", n+1)
	for _, line := range a[max(0, n-2):n] {
		fmt.Fprintf(&s, "\n     %s", clipped(line, 0))
	}
	from := 0
	if n < len(a) && n < len(b) {
		for from < min(len(a[n]), len(b[n])) && a[n][from] == b[n][from] {
			from++
		}
	}
	for _, side := range []struct {
		name  string
		lines []string
	}{{"got ", a}, {"want", b}} {
		line := "the end"
		if n < len(side.lines) {
			line = clipped(side.lines[n], from)
		}
		fmt.Fprintf(&s, "\n%s %s", side.name, line)
	}
	return s.String()
}

// clipped quotes a line, and of a long one what surrounds the place.
func clipped(line string, place int) string {
	const around = 100
	quoted := fmt.Sprintf("%q", line[max(0, place-around):min(len(line), place+around)])
	if place > around {
		quoted = "..." + quoted
	}
	if place+around < len(line) {
		quoted += "..."
	}
	return quoted
}
