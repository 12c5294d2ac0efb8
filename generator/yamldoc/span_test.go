package yamldoc_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// TestSpan checks the bytes that belong to the value of the key v.
func TestSpan(t *testing.T) {
	for _, value := range []string{
		"a", "a b", "a\n  b", `"a"`, `"a \" b\\"`, `"a\` + "\n  b\"", "'it''s'", "'a\n\n  b'", "|\n  a\n\n  b", ">-\n  a\n  b", "|-  # c\n  a # b", "|+",
		"&x a", "!!str a", "&x !!str 'a'", "*a", "[]", "{}", "[a, b]", "[a, b,\n  # ]\n ]", "{a: b, c: {d: [e]} }", "{a: , b}", "[a: b]", "&x [a]", "日本 é",
		"\n  a: b\n  c:\n    - d\n    - e: f", "\n- a\n- b", "\n  - |\n    a\n    b\n  - c", "", "\n  a: b # c\n  d: e", "\n  a:",
	} {
		comment := " # c"
		if strings.ContainsAny(value, "|>") {
			comment = "" // It would be a part of the value.
		}
		source := "a: &a b\nv: " + value + comment + "\n\n# d\nw: x\n"
		report := diag.NewReport("x.yaml")
		d := yamldoc.New("x.yaml", []byte(source), report)
		root, ok := d.Parse("")
		if !ok {
			t.Errorf("%q cannot be parsed: %v", value, report.Findings())
			continue
		}
		start, end := d.Span(root.Content[3])
		got := source[start:end]
		want := value
		for len(want) > 0 && (want[0] == '\n' || want[0] == ' ') {
			want = want[1:]
		}
		if got != want {
			t.Errorf("%q spans %q", value, got)
		}
		if key, keyEnd := d.Span(root.Content[2]); source[key:keyEnd] != "v" {
			t.Errorf("%q: the key spans %q", value, source[key:keyEnd])
		}
		if from, to := d.Span(root); source[from:to] != source[:len(source)-1] {
			t.Errorf("%q: the document spans %q", value, source[from:to])
		}
	}
}
