package diag

import (
	"strings"
	"testing"
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
		if got := strings.Join(Suggest(test.s, words, test.most), " "); got != test.want {
			t.Errorf("Suggest(%.20q) is %q, want %q", test.s, got, test.want)
		}
	}
	if got := Suggest("2225", nil, 5); len(got) > 0 {
		t.Errorf("there is nothing to suggest, but %q", got)
	}
}

func TestNearest(t *testing.T) {
	words := strings.Fields("code aliases former_names category http_status title message params retry retry_after severity audience since")
	for _, test := range []struct{ word, want string }{
		{"code", "code"}, {"Code", "code"}, {"codes", "code"}, {"cod", "code"}, {"coed", "code"}, {"cdoe", "code"},
		{"alias", "aliases"}, {"catgory", "category"}, {"categroy", "category"}, {"mesage", "message"}, {"massage", "message"},
		{"http-status", "http_status"}, {"httpstatus", "http_status"}, {"status", ""}, {"retry-after", "retry_after"}, {"retryAfter", "retry_after"},
		{"parms", "params"}, {"para", "params"}, {"sev", ""}, {"parameters", ""}, {"x", ""}, {"", ""}, {"name", ""}, {"href", ""}, {"description", ""},
		{strings.Repeat("x", 1000), ""},
	} {
		if got := Nearest(test.word, words); got != test.want {
			t.Errorf("Nearest(%q) = %q, want %q", test.word, got, test.want)
		}
	}
	if got := Nearest("b", []string{"a", "B"}); got != "B" {
		t.Errorf("case does not count, but nearest is %q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"abc", "abc", 0}, {"abc", "ABC", 0}, {"abc", "abd", 1}, {"abc", "acb", 1}, {"abc", "ab", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
