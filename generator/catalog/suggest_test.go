package catalog_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
)

// TestSuggest looks for words that are written like others.
func TestSuggest(t *testing.T) {
	words := []string{"2201", "2205", "2215", "NOT_FOUND", "NOT_FOUNT", "WRONG_USER_ID", "authorization", "2205"}
	for _, test := range []struct {
		s    string
		most int
		want string
	}{
		{"2225", 5, "2205 2215"},
		{"2225", 1, "2205"},
		{"2205", 5, "2205 2201 2215"}, // the word itself first
		{"not_found", 5, "NOT_FOUND NOT_FOUNT"},
		{"WRNOG_USER_ID", 5, "WRONG_USER_ID"},
		{"auth", 5, "authorization"},
		{"2", 5, ""},
		{"nothing", 5, ""},
		{"", 5, ""},
		{strings.Repeat("x", 1_000_000), 5, ""},
	} {
		if got := strings.Join(catalog.Suggest(test.s, words, test.most), " "); got != test.want {
			t.Errorf("Suggest(%.20q) is %q, want %q", test.s, got, test.want)
		}
	}
	if got := catalog.Suggest("2225", nil, 5); len(got) > 0 {
		t.Errorf("there is nothing to suggest, but %q", got)
	}
}
