package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestStyleOf(t *testing.T) {
	for _, test := range []struct {
		names string
		same  bool // whether one style holds them all
	}{
		{"NOT_FOUND GONE HTTP_404", true},
		{"not_found gone http_404", true},
		{"not-found gone", true},
		{"notFound gone NotFound HTTP", true},
		{"STORE.NOT_FOUND GONE OUT_OF_STOCK", true},
		{"store.not_found gone", true},
		{"Store.NotFound Gone store.gone", true},
		{"Not_found_1 _0_expected_2 A_1", true},
		{"_LEGACY_1 OUT", true},
		{"NOT_FOUND not_found", false},
		{"NOT_FOUND NotFound", false},
		{"not_found notFound", false},
		{"not_found not-found", false},
		{"not-found notFound", false},
		{"NOT_FOUND store.not_found", false},
		{"NOT-FOUND NOT_FOUND", false},
		{"Store.NotFound store.not_found", false},
	} {
		common := ^nameStyle(0)
		for name := range strings.FieldsSeq(test.names) {
			common &= styleOf(name)
		}
		if (common != 0) != test.same {
			t.Errorf("%s: the styles in common are %b", test.names, common)
		}
	}
}

func TestTemplates(t *testing.T) {
	for _, test := range []struct {
		template string
		parts    string // literals in quotes, params in braces
		problems string // the braces that mean nothing, as they stand
	}{
		{"", "", ""},
		{"plain", "'plain'", ""},
		{"{a}", "{a}", ""},
		{"{a}{b}", "{a} {b}", ""},
		{"x {a} y {a}", "'x ' {a} ' y ' {a}", ""},
		{"{{a}}", "'{a}'", ""},
		{"{{{a}}}", "'{' {a} '}'", ""},
		{"{{}}", "'{}'", ""},
		{"}}{{", "'}{'", ""},
		{"%s ${a} %", "'%s $' {a} ' %'", ""},
		{"é{a}日本", "'é' {a} '日本'", ""},
		{"{aB_9}", "{aB_9}", ""},
		{"{", "", "{"},
		{"}", "", "}"},
		{"a{", "'a'", "{"},
		{"{a", "'a'", "{"},
		{"{a{b}", "'a' {b}", "{"},
		{"{a}}", "{a}", "}"},
		{"{{a}", "'{a'", "}"},
		{"{}", "", "{}"},
		{"{ a }", "", "{ a }"},
		{"{A}", "", "{A}"},
		{"{1}", "", "{1}"},
		{"{é b} {c}", "' ' {c}", "{é b}"},
		{"{a.b}{c:d}{e!r}", "", "{a.b} {c:d} {e!r}"},
		{"}{a} {b} }", "{a} ' ' {b} ' '", "} }"},
	} {
		parts, problems := parseTemplate(test.template)
		var gotParts, gotProblems []string
		for _, p := range parts {
			if !p.isParam {
				gotParts = append(gotParts, "'"+p.text+"'")
				continue
			}
			gotParts = append(gotParts, "{"+p.text+"}")
			if !strings.HasPrefix(test.template[p.at:], "{"+p.text+"}") {
				t.Errorf("%q: %s does not stand at %d", test.template, p.text, p.at)
			}
		}
		for _, p := range problems {
			gotProblems = append(gotProblems, string([]rune(test.template[p.at:])[:p.width]))
			if p.help == "" || p.message == "" {
				t.Errorf("%q: problem %+v", test.template, p)
			}
		}
		if got := strings.Join(gotParts, " "); got != test.parts {
			t.Errorf("%q: parts %s, want %s", test.template, got, test.parts)
		}
		if got := strings.Join(gotProblems, " "); got != test.problems {
			t.Errorf("%q: problems %s, want %s", test.template, got, test.problems)
		}
	}
}

func TestParseRange(t *testing.T) {
	for _, test := range []struct {
		text string
		want Range
	}{
		{"1-9", Range{"", 1, 9, 1}},
		{"2200-2299", Range{"", 2200, 2299, 4}},
		{"0-0", Range{"", 0, 0, 1}},
		{"001-099", Range{"", 1, 99, 3}},
		{"1-1000", Range{"", 1, 1000, 1}},
		{"01-100", Range{"", 1, 100, 2}},
		{"IST0100-IST0199", Range{"IST", 100, 199, 4}},
		{"A-1-A-5", Range{"A-", 1, 5, 1}},
		{"a1-b-1-a1-b-5", Range{"a1-b-", 1, 5, 1}},
		{"x:1 - x:5", Range{"x:", 1, 5, 1}},
		{"0E000-0E999", Range{"0E", 0, 999, 3}},
		{"18446744073709551615-18446744073709551615", Range{"", 1<<64 - 1, 1<<64 - 1, 20}},
	} {
		got, _, err := parseRange(test.text)
		if err != nil || got != test.want {
			t.Errorf("parseRange(%q) = %+v, %v, want %+v", test.text, got, err, test.want)
		}
		if again, _, err := parseRange(got.String()); err != nil || again != got {
			t.Errorf("%q is written as %q", test.text, got)
		}
	}
	for _, text := range []string{"", "-", "1", "1-", "-1", "5-1", "a-b", "A1-B2", "001-10", "1-010", "1-2-3", "1..5", "18446744073709551615-18446744073709551616", "é1-é2", strings.Repeat("1-", 10_000)} {
		if got, help, err := parseRange(text); err == nil || help == "" {
			t.Errorf("parseRange(%q) = %+v, help %q", text, got, help)
		}
	}
}

func TestRangeContains(t *testing.T) {
	for _, test := range []struct {
		text    string
		in, out string
	}{
		{"2200-2299", "2200 2250 2299", "2199 2300 02200 22000 A2200 +2200 2_200 22.5"},
		{"001-120", "001 099 100 120", "1 01 0001 000 121 0100"},
		{"1-120", "1 99 120", "0 01 001 121"},
		{"8-12", "8 9 10 12", "08 7 13"},
		{"IST0100-IST0199", "IST0100 IST0199", "0100 ist0100 IST100 IST0200 IST 1IST0100"},
		{"A-1-A-5", "A-1 A-5", "A1 A-6 A--1"},
		{"18446744073709551614-18446744073709551615", "18446744073709551614 18446744073709551615", "18446744073709551616 0"},
	} {
		r, _, err := parseRange(test.text)
		if err != nil {
			t.Fatal(err)
		}
		set := newRangeSet([]Range{{Prefix: "other"}, r, {Prefix: r.Prefix + "x"}})
		for words, want := range map[string]bool{test.in: true, test.out: false} {
			for code := range strings.FieldsSeq(words) {
				if got := r.Contains(code); got != want {
					t.Errorf("%s contains %s: %t", r, code, got)
				}
				if i, ok := set.find(code); ok != want || ok && i != 1 {
					t.Errorf("in a set, %s contains %s: %d, %t", r, code, i, ok)
				}
			}
		}
	}
}

func TestRangeOverlaps(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"1-9", "9-12", true},
		{"1-9", "10-12", false},
		{"1000-1999", "1500-1600", true},
		{"1500-1600", "1000-1999", true},
		{"01-09", "1-9", false},
		{"01-20", "1-9", false},
		{"01-20", "1-15", true},
		{"001-099", "01-99", false},
		{"001-100", "01-99", false},
		{"001-100", "01-100", true},
		{"A1-A9", "B1-B9", false},
		{"A1-A9", "1-9", false},
		{"1-18446744073709551615", "99999-99999", true},
	} {
		var ranges []Range
		for _, text := range []string{test.a, test.b} {
			r, _, err := parseRange(text)
			if err != nil {
				t.Fatal(err)
			}
			ranges = append(ranges, r)
		}
		got := newRangeSet(ranges).overlaps(func(i int) int { return i })
		if test.want && !slices.Equal(got, [][2]int{{0, 1}}) || !test.want && len(got) > 0 {
			t.Errorf("%s and %s: overlaps %v", test.a, test.b, got)
		}
		if got := newRangeSet(ranges).overlaps(func(int) int { return 0 }); len(got) > 0 {
			t.Errorf("%s and %s of one group: overlaps %v", test.a, test.b, got)
		}
	}
}

// TestRangeSet compares what the set finds to what its ranges say.
func TestRangeSet(t *testing.T) {
	var ranges []Range
	for _, text := range strings.Split("5-7 1-3 2-2 9-30 10-12 01-40 001-005 90-110 A1-A3 A2-A9 95-96", " ") {
		r, _, err := parseRange(text)
		if err != nil {
			t.Fatal(err)
		}
		ranges = append(ranges, r)
	}
	set := newRangeSet(ranges)
	for _, prefix := range []string{"", "A", "0", "00"} {
		for n := range 150 {
			code := Range{Prefix: prefix, Digits: 1}.code(uint64(n))
			want := slices.ContainsFunc(ranges, func(r Range) bool { return r.Contains(code) })
			i, got := set.find(code)
			if got != want || got && !ranges[i].Contains(code) {
				t.Errorf("%s: found %t in %s, want %t", code, got, ranges[i], want)
			}
		}
	}
	overlapping := make(map[int]bool)
	for _, pair := range set.overlaps(func(i int) int { return i / 2 }) {
		overlapping[pair[0]], overlapping[pair[1]] = true, true
	}
	for i, r := range ranges {
		want := false
		for j, s := range ranges {
			for n := range uint64(150) {
				want = want || i/2 != j/2 && r.Contains(s.code(n)) && s.Contains(s.code(n))
			}
		}
		if overlapping[i] != want {
			t.Errorf("%s overlaps another: %t, want %t", r, overlapping[i], want)
		}
	}
}
