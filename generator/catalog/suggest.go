package catalog

import (
	"slices"
	"strings"
)

// nearest returns the word that s was most likely meant to be, "" where none
// is close: a third of the letters may be wrong, three at most, or all that is
// behind the first four may be missing.
func nearest(s string, words []string) string {
	best, bestDistance := "", max(1, min(len(s)/3, 3))+1
	for _, w := range words {
		if abs(len(w)-len(s)) >= bestDistance {
			continue
		}
		if d := distance(s, w); d < bestDistance && d < len(s) {
			best, bestDistance = w, d
		}
	}
	if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, s) }); best == "" && i >= 0 && len(s) >= 4 {
		return words[i]
	}
	return best
}

// Suggest returns those of words that s was most likely meant to be, the
// nearest first, and not more than most. What is near is what the reports of
// Load suggest, too.
func Suggest(s string, words []string, most int) []string {
	if s == "" || len(s) > maxName {
		return nil
	}
	limit := max(1, min(len(s)/3, 3))
	near := make([][]string, limit+1) // by their distance
	seen := make(map[string]bool)
	for _, w := range words {
		if abs(len(w)-len(s)) > limit || seen[w] {
			continue
		}
		if d := distance(s, w); d <= limit && d < len(s) {
			near[d] = append(near[d], w)
			seen[w] = true
		}
	}
	found := slices.Concat(near...)
	if len(found) == 0 {
		if w := nearest(s, words); w != "" {
			found = []string{w}
		}
	}
	return found[:min(most, len(found))]
}

func abs(n int) int { return max(n, -n) }

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to make b of a; case does not count.
func distance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	beforeThat := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		beforeThat, before, row = before, row, beforeThat
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if lower(a[i-1]) == lower(b[j-1]) {
				cost = 0
			}
			row[j] = min(before[j]+1, row[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && lower(a[i-1]) == lower(b[j-2]) && lower(a[i-2]) == lower(b[j-1]) {
				row[j] = min(row[j], beforeThat[j-2]+1)
			}
		}
	}
	return row[len(b)]
}

func lower(c byte) byte {
	if isUpper(c) {
		return c + 'a' - 'A'
	}
	return c
}

// maxSuggestions bounds the comparisons that go into suggestions: a file may
// have a mistake in each of its lines.
const maxSuggestions = 1_000_000

// nearest returns the word that s was most likely meant to be, "" where none
// is close: a third of the letters may be wrong, three at most, or all that is
// behind the first four may be missing.
func (l *loader) nearest(s string, words func() []string) string {
	if l.suggestions <= 0 || len(s) > maxName {
		return ""
	}
	all := words()
	l.suggestions -= len(all) + 1
	return nearest(s, all)
}
