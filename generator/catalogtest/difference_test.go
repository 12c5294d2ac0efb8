package catalogtest_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
)

func TestDifference(t *testing.T) {
	for _, test := range []struct{ got, want, difference string }{
		{"a\nb", "a\nb", "no difference"},
		{"a\nb\nc\nd\ne", "a\nb\nc\nx\ne", "line 4 differs:\n     \"b\\n\"\n     \"c\\n\"\ngot  \"d\\n\"\nwant \"x\\n\""},
		{"a", "a\n", "line 1 differs:\ngot  \"a\"\nwant \"a\\n\""},
		{"a\n", "a\nb\n", "line 2 differs:\n     \"a\\n\"\ngot  \"\"\nwant \"b\\n\""},
		{
			strings.Repeat("a", 1000) + "x" + strings.Repeat("b", 1000), strings.Repeat("a", 1000) + "y",
			"line 1 differs:\ngot  ...\"" + strings.Repeat("a", 100) + "x" + strings.Repeat("b", 99) + "\"...\nwant ...\"" + strings.Repeat("a", 100) + "y\"",
		},
	} {
		if got := catalogtest.Difference(test.got, test.want); got != test.difference {
			t.Errorf("%.20q and %.20q:\n%s\nwant\n%s", test.got, test.want, got, test.difference)
		}
	}
}
