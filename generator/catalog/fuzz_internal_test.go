package catalog

import (
	"strconv"
	"strings"
	"testing"
)

// FuzzTemplate checks that a template is the sum of its parts and problems.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"", "{a} of {{b}}", "{", "}", "{a{b}}", "{é} 日本 }", "{{{x}}}", "{_A1}{__}{1}"} {
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

// FuzzRange checks that a range contains its ends and nothing beyond them, and can
// be written and read again.
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
			r.First: true, r.Last: true, r.code(r.low/2 + r.high/2): r.low/2+r.high/2 >= r.low,
			r.code(r.high + 1): r.high+1 == 0 && r.low == 0, r.prefix: false, r.prefix + "0" + r.First[len(r.prefix):]: false,
		} {
			if _, ok := set.find(code); ok != want || r.Contains(code) != want {
				t.Errorf("%q has %q: %t in a set, %t by itself, want %t", s, code, ok, r.Contains(code), want)
			}
		}
		if got := newRangeSet([]Range{r, r}).overlaps(func(i int) int { return i }); len(got) != 1 {
			t.Errorf("%q overlaps itself: %v", s, got)
		}
	})
}

// FuzzIntegerRange checks that a range of integers has its ends and nothing
// around them, and that a mistake comes with a value that is right.
func FuzzIntegerRange(f *testing.F) {
	for _, s := range []string{"1..9", "-32099..-32000", "-5 .. 5", "0..9007199254740991", "1-9", "007..9", "1e3..0x10", "9..1", "+1_0..2.0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, help, err := parseIntegerRange(s)
		if err != nil {
			if help == "" {
				t.Errorf("%q: no help for %v", s, err)
			}
			if code, ok := strings.CutPrefix(help, "write "); ok && !strings.ContainsAny(code, " .") {
				if _, ok := parseInteger(code); !ok {
					t.Errorf("%q: the help is %q, which is not an integer code", s, help)
				}
			}
			return
		}
		first, _ := parseInteger(r.First)
		last, _ := parseInteger(r.Last)
		set := newRangeSet([]Range{r})
		for i, want := range map[int64]bool{first: true, last: true, (first + last) / 2: true, first - 1: false, last + 1: false} {
			code := strconv.FormatInt(i, 10)
			if _, ok := set.find(code); ok != want || r.Contains(code) != want {
				t.Errorf("%q has %q: %t in a set, %t alone, want %t", s, code, ok, r.Contains(code), want)
			}
		}
	})
}
