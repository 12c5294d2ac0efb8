package yamldoc_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

var errNotYAML = errors.New("not YAML")

// format returns the canonical form of a text.
func format(source string) (string, error) {
	report := diag.NewReport("x.yaml")
	d := yamldoc.New("x.yaml", []byte(source), report)
	root, ok := d.Parse("")
	if !ok || root == nil || report.Findings().HasErrors() {
		return "", errNotYAML
	}
	text, err := d.Format(root, nil)
	return string(text), err
}

// formatCases are texts and their canonical forms; an empty one is the text itself.
var formatCases = []struct{ name, in, want string }{
	{"canonical", "# a\n\na: 1 # b\n\n\nb:\n  - c\n  # d\n  - e: f\n    g: h\n", ""},
	{"indentation", "a:\n    b:\n        c: 1\n    d: 2\n", "a:\n  b:\n    c: 1\n  d: 2\n"},
	{"a list like its key", "a:\n- b\n- c: 1\n  d: 2\n", "a:\n  - b\n  - c: 1\n    d: 2\n"},
	{"spaces after a dash", "a:\n -   b: 1\n     c: 2\n -   - d\n     - e\n", "a:\n  - b: 1\n    c: 2\n  - - d\n    - e\n"},
	{"a dash of its own", "a:\n-\n    b: 1\n- # c\n    d: 2\n-\n", "a:\n  -\n    b: 1\n  - # c\n    d: 2\n  -\n"},
	{"spaces around a colon", "a :   1\nb:\t2\n'c'  : 3\n", "a: 1\nb: 2\n'c': 3\n"},
	{"keys without text", "!t   : 1\n&a : 2\nb: { !t : 1,&c : 2 }\n", "!t : 1\n&a : 2\nb: { !t : 1, &c : 2 }\n"},
	{"tags without text", "a: [ !t ]\nb: [ !t , c,!t  ,&d , !t \"\" ]\ne: {f: !t ,g:  !t }\nh: [! :!t ,i: !t  ]\n", "a: [!t ]\nb: [!t , c, !t , &d, !t \"\"]\ne: { f: !t , g: !t }\nh: [! :!t , i: !t ]\n"},
	{"white space at the end", "a: 1  \n \t \nb: 2\t\n", "a: 1\n\nb: 2\n"},
	{"blank lines at the start and the end", "\n\na: 1\n\n\n", "a: 1\n"},
	{"no line break at the end", "a: 1", "a: 1\n"},
	{"byte order mark", "\uFEFFa:  1\n", "a: 1\n"},
	{"CRLF", "a:\r\n    b: |\r\n        c\r\n         d\r\n", "a:\r\n  b: |\r\n    c\r\n     d\r\n"},
	{"mixed line breaks", "a: 1\nb: 2\r\nc: 3\rd: 4\n", "a: 1\nb: 2\nc: 3\nd: 4\n"},
	{"the first line ends in CR", "a: 1\rb: 2\r\n", "a: 1\nb: 2\n"},
	{"comments are indented like what follows", "a:\n# b\n    c: 1\n  # d\n    e: 2\n# f\ng: 3\n", "a:\n  # b\n  c: 1\n  # d\n  e: 2\n# f\ng: 3\n"},
	{"comments after the last key of a mapping", "a:\n    b:\n        c: 1\n        # of b\n    # of a\n# of the file\nd: 1\n    # deep\n", "a:\n  b:\n    c: 1\n    # of b\n  # of a\n# of the file\nd: 1\n# deep\n"},
	{"tabs in comments", "a: 1 #\tb\tc\n #\td\t\nb: 2\n", "a: 1 #\tb\tc\n#\td\nb: 2\n"},
	{"aligned comments stay", "a: 1     # x\nbcd: 2   # y\n", ""},
	{"literal strings", "a:\n    b: |\n          c\n            d\n\n          # e\n    # f\n    g: 1\n", "a:\n  b: |\n    c\n      d\n\n    # e\n  # f\n  g: 1\n"},
	{"literal strings keep white space", "a:\n    b: |\n        c  \n          \n         \td\t\n", "a:\n  b: |\n    c  \n      \n     \td\t\n"},
	{"folded strings", "a:   >-\n   b\n   c\n\n   d\nb: >\n    e\n", "a: >-\n  b\n  c\n\n  d\nb: >\n  e\n"},
	{"an indentation indicator", "a:\n    b: |2\n        c\n       d\n", "a:\n  b: |2\n      c\n     d\n"},
	{"an indentation indicator in a list", "a:\n- |1-\n   b\n-  >3\n       c\n", "a:\n  - |1-\n     b\n  - >3\n         c\n"},
	{"line breaks that belong to a string", "a: |+\n   b\n\n\n", "a: |+\n  b\n\n\n"},
	{"line breaks that belong to a string in the middle", "a: |+\n   b\n\n\nc: 1\n", "a: |+\n  b\n\n\nc: 1\n"},
	{"a string without a line break at the end", "a: |-\n   b", "a: |-\n  b\n"},
	{"no text", "a: |\nb: >-\n\nc: |+\n", ""},
	{"quoted strings on several lines", "a:\n    b: \"c  \n        d\\\n            e\\\n      \\ f\"  \n    g: 'h\n\n     i'\n", "a:\n  b: \"c  \n    d\\\n    e\\\n    \\ f\"\n  g: 'h\n\n    i'\n"},
	{"plain strings on several lines", "a:\n    b: c  \n        d\n\n        e\n    f:\n           g\n         h\n", "a:\n  b: c\n    d\n\n    e\n  f:\n    g\n    h\n"},
	{"brackets", "a: [b,c , d ,]\ne: { }\nf: [ ]\ng: {h:  1,i: [ 2 ]}\nj: {\"k\":1, 'l' : 2, m, n: , o: }\n", "a: [b, c, d]\ne: {}\nf: []\ng: { h: 1, i: [2] }\nj: { \"k\": 1, 'l': 2, m, n: , o: }\n"},
	{"pairs in a list", "a: [b:   1,c: [d]]\n", "a: [b: 1, c: [d]]\n"},
	{"brackets on several lines", "a: {\n      b: 1, # c\n   d: [\n  e,\n      # f\n      g\n ]\n      }\nh:\n- {\n  i: 1,\n  }\n", "a: {\n  b: 1, # c\n  d: [\n    e,\n    # f\n    g\n  ]\n}\nh:\n  - {\n      i: 1,\n    }\n"},
	{"brackets on the line after the key", "a:\n    {\n    b: 1,\n    }\n", "a:\n  {\n    b: 1,\n  }\n"},
	{"strings on several lines in brackets", "a: [\"b  \n c\", d\n  e]\n", "a: [\"b  \n  c\", d\n  e]\n"},
	{"JSON", "{\n\t\"a\": {\n\t\t\"b\":1,\n\t\t\"c\": [\n\t\t\t\"d\"\n\t\t]\n\t}\n}\n", "{\n  \"a\": {\n    \"b\": 1,\n    \"c\": [\n      \"d\"\n    ]\n  }\n}\n"},
	{"anchors and aliases", "a:   &x   1\nb:  *x\nc: &y\n    d: 1\ne:\n    <<:   *y\n*x  : 2\nf: [*x,*y]\ng: &z  {h: 1}\n", "a: &x   1\nb: *x\nc: &y\n  d: 1\ne:\n  <<: *y\n*x : 2\nf: [*x, *y]\ng: &z  { h: 1 }\n"},
	{"anchors in lists", "a:\n-   &x b\n-   &y\n    c: 1\n- &z\n", "a:\n  - &x b\n  - &y\n    c: 1\n  - &z\n"},
	{"tags", "a:   !!str   1\nb: !!map\n    c: !!str\nd:   !!str\n    e\n", "a: !!str   1\nb: !!map\n  c: !!str\nd: !!str\n  e\n"},
	{"markers", "%YAML 1.1\n--- # a\na:  1\n...\n", "%YAML 1.1\n--- # a\na: 1\n...\n"},
	{"wide characters", "日本:   [é,ü]\n", "日本: [é, ü]\n"},
	{"a list at the top", "-  a\n-   b: 1\n", "- a\n- b: 1\n"},
	{"a string at the top", "  a\n  b\n", "a\nb\n"},
	{"keys that need a hash and a colon", "\"a # b\":   \"c: d\"\ne#f:  g#h\n", "\"a # b\": \"c: d\"\ne#f: g#h\n"},
}

func TestFormat(t *testing.T) {
	for _, c := range formatCases {
		if c.want == "" {
			c.want = c.in
		}
		got, err := format(c.in)
		if err != nil || got != c.want {
			t.Errorf("%s: %v\n%q becomes\n%q, want\n%q", c.name, err, c.in, got, c.want)
		}
	}
}

// TestFormatRefuses checks what is not formatted, and says why.
func TestFormatRefuses(t *testing.T) {
	for source, want := range map[string]string{
		"? a\n: b\n":         "x.yaml:1: a key that begins with ? cannot be formatted; write key: value",
		"a: 1\n? [b]\n: c\n": "x.yaml:2: a key must be a string to be formatted",
	} {
		if got, err := format(source); err == nil || err.Error() != want {
			t.Errorf("%q becomes %q, %v; want %q", source, got, err, want)
		}
	}
}

// FuzzFormat checks that a formatted text has the same content and the same
// characters apart from white space, and that formatting it again changes nothing.
func FuzzFormat(f *testing.F) {
	for _, c := range formatCases {
		f.Add(c.in)
	}
	names, err := filepath.Glob("../testdata/systems/*.yaml")
	if err != nil || names == nil {
		f.Fatal("no catalogs", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
		f.Add(strings.ReplaceAll(string(data), "\n", "\r\n"))
		f.Add("\uFEFF" + strings.ReplaceAll(string(data), "  ", "     "))
	}
	dense := strings.NewReplacer(" ", "", "\t", "", "\n", "", "\r", "", ",", "", "\uFEFF", "").Replace
	for _, s := range catalogtest.Seeds(20) {
		f.Add("a: " + s + "\nb:\n  - " + s + "\n")
	}
	f.Fuzz(func(t *testing.T, source string) {
		source = catalogtest.Pieces(source)
		got, err := format(source)
		if err != nil {
			if errors.Is(err, yamldoc.ErrContent) {
				t.Fatalf("%q: %v", source, err)
			}
			return
		}
		if dense(got) != dense(source) {
			t.Fatalf("%q becomes %q", source, got)
		}
		var before, after any
		errBefore, errAfter := yaml.Unmarshal([]byte(source), &before), yaml.Unmarshal([]byte(got), &after)
		if (errBefore == nil) != (errAfter == nil) || errBefore == nil && !same(before, after) {
			t.Fatalf("%q becomes %q, which means %v instead of %v", source, got, after, before)
		}
		if again, err := format(got); err != nil || again != got {
			t.Fatalf("%q becomes %q, and then %q, %v", source, got, again, err)
		}
	})
}

// same compares two values of YAML. NaN is not equal to itself.
func same(a, b any) bool { return reflect.DeepEqual(a, b) || fmt.Sprint(a) == fmt.Sprint(b) }
