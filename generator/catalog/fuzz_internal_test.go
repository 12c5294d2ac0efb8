package catalog

import (
	"strings"
	"testing"
)

// FuzzTemplate checks that a template is the sum of its parts and problems.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"", "{a} of {{b}}", "{", "}", "{a{b}}", "{é} 日本 }", "{{{x}}}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parts, problems := parseTemplate(s)
		var written strings.Builder
		for i, p := range parts {
			switch {
			case p.isParam:
				if !isParamName(p.text) || !strings.HasPrefix(s[p.at:], "{"+p.text+"}") {
					t.Errorf("%q: the param %q at %d", s, p.text, p.at)
				}
				written.WriteString("{" + p.text + "}")
			case p.text == "" || i > 0 && !parts[i-1].isParam:
				t.Errorf("%q: the text %q follows another, or is empty", s, p.text)
			default:
				written.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(p.text))
			}
		}
		before := -1
		for _, p := range problems {
			if p.at <= before || p.at >= len(s) || s[p.at] != '{' && s[p.at] != '}' || p.width < 1 || p.help == "" {
				t.Errorf("%q: problem %+v", s, p)
			}
			before = p.at
		}
		if len(problems) == 0 && written.String() != s {
			t.Errorf("%q is written as %q", s, written.String())
		}
	})
}

// FuzzRange checks that a range has its ends, nothing around them, and the
// same text again.
func FuzzRange(f *testing.F) {
	for _, s := range []string{"1-9", "001-120", "IST0100-IST0199", "A-1-A-5", "8-12", "18446744073709551614-18446744073709551615", "1..5", "9-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, help, err := parseRange(s)
		if err != nil {
			if help == "" {
				t.Errorf("%q: no help for %v", s, err)
			}
			return
		}
		if again, _, err := parseRange(r.String()); err != nil || again != r {
			t.Errorf("%q is written as %s: %+v, %v", s, r, again, err)
		}
		set := newRangeSet([]Range{r})
		for code, want := range map[string]bool{
			r.code(r.First): true, r.code(r.Last): true, r.code(r.First/2 + r.Last/2): r.First/2+r.Last/2 >= r.First,
			r.code(r.Last + 1): r.Last+1 == 0 && r.First == 0, r.Prefix: false, r.Prefix + "0" + r.code(r.First)[len(r.Prefix):]: false,
		} {
			if _, ok := set.find(code); ok != want || r.Contains(code) != want {
				t.Errorf("%q has %q: %t in a set, %t alone, want %t", s, code, ok, r.Contains(code), want)
			}
		}
		if got := newRangeSet([]Range{r, r}).overlaps(func(i int) int { return i }); len(got) != 1 {
			t.Errorf("%q overlaps itself: %v", s, got)
		}
	})
}
