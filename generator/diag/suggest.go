package diag

import (
	"slices"
	"strings"
)

// maxWord is the length up to which a word is compared to others.
const maxWord = 300

// Nearest returns the word that s was most likely meant to be, an empty string
// if none is similar.
func Nearest(s string, words []string) string {
	if near := Suggest(s, words, 1); len(near) > 0 {
		return near[0]
	}
	return ""
}

// Suggest returns those of words that s was most likely meant to be, the most
// similar first, and no more than most. A third of the letters may be wrong, but
// no more than three. If there is no such word, one that starts with s is suggested,
// if s has four letters or more.
func Suggest(s string, words []string, most int) []string {
	if s == "" || len(s) > maxWord {
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
	if len(found) == 0 && len(s) >= 4 {
		if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, s) }); i >= 0 {
			found = words[i : i+1]
		}
	}
	return found[:min(most, len(found))]
}

func abs(n int) int { return max(n, -n) }

// distance counts the letters to insert, delete, replace or swap with their
// neighbor to turn a into b, ignoring case.
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
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
