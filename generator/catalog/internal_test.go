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
		problems string // the misplaced braces
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
		{"{A_}{_1}", "{A_} {_1}", ""},
		{"{_}{__}", "", "{_} {__}"},
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
				t.Errorf("%q: %s is not at %d", test.template, p.text, p.at)
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

// stringRange returns a range of string codes.
func stringRange(prefix string, low, high uint64, digits int) Range {
	r := Range{prefix: prefix, digits: digits, low: low, high: high}
	r.First, r.Last = r.code(low), r.code(high)
	return r
}

func TestParseRange(t *testing.T) {
	for _, test := range []struct {
		text string
		want Range
	}{
		{"1-9", stringRange("", 1, 9, 1)},
		{"2200-2299", stringRange("", 2200, 2299, 4)},
		{"0-0", stringRange("", 0, 0, 1)},
		{"001-099", stringRange("", 1, 99, 3)},
		{"1-1000", stringRange("", 1, 1000, 1)},
		{"01-100", stringRange("", 1, 100, 2)},
		{"IST0100-IST0199", stringRange("IST", 100, 199, 4)},
		{"A-1-A-5", stringRange("A-", 1, 5, 1)},
		{"a1-b-1-a1-b-5", stringRange("a1-b-", 1, 5, 1)},
		{"x:1 - x:5", stringRange("x:", 1, 5, 1)},
		{"0E000-0E999", stringRange("0E", 0, 999, 3)},
		{"18446744073709551615-18446744073709551615", stringRange("", 1<<64-1, 1<<64-1, 20)},
	} {
		got, _, err := parseRange(test.text)
		if err != nil || got != test.want {
			t.Errorf("parseRange(%q) = %+v, %v, want %+v", test.text, got, err, test.want)
		}
		if again, _, err := parseRange(got.String()); err != nil || again != got {
			t.Errorf("%q is written as %q", test.text, got)
		}
	}
	for _, text := range []string{"", "-", "1", "1-", "-1", "5-1", "a-b", "A1-B2", "001-10", "1-010", "1-2-3", "1..5", "1...5", "..", "a..b", "18446744073709551615-18446744073709551616", "é1-é2", strings.Repeat("1-", 10_000)} {
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
		set := newRangeSet([]Range{{prefix: "other"}, r, {prefix: r.prefix + "x"}})
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
			code := Range{prefix: prefix, digits: 1}.code(uint64(n))
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

func TestParseIntegerRange(t *testing.T) {
	for _, test := range []struct{ text, first, last string }{
		{"1..9", "1", "9"},
		{"0..0", "0", "0"},
		{"-32099..-32000", "-32099", "-32000"},
		{"-5 .. 5", "-5", "5"},
		{"-9007199254740991..9007199254740991", "-9007199254740991", "9007199254740991"},
	} {
		got, _, err := parseIntegerRange(test.text)
		if err != nil || got.First != test.first || got.Last != test.last {
			t.Errorf("parseIntegerRange(%q) = %+v, %v, want %s and %s", test.text, got, err, test.first, test.last)
		}
		if again, _, err := parseIntegerRange(got.String()); err != nil || again != got {
			t.Errorf("%q is written as %q", test.text, got)
		}
	}
	for _, text := range []string{"", "1", "-1", "1-9", "-5--1", "5..1", "-1..-5", "1..", "..1", "a..b", "a", "01..9", "1...9", "1..2..3", "-0..1", "1..9007199254740992", strings.Repeat("1..", 10_000)} {
		if got, help, err := parseIntegerRange(text); err == nil || help == "" {
			t.Errorf("parseIntegerRange(%q) = %+v, help %q", text, got, help)
		}
	}
}

func TestIntegerRangeContains(t *testing.T) {
	for _, test := range []struct{ text, in, out string }{
		{"8..12", "8 9 10 12", "7 13 08 -9 +9 9.0 A9 0x9"},
		{"-12..-8", "-8 -9 -10 -12", "-7 -13 9 -09"},
		{"-1..1", "-1 0 1", "-2 2 -0 00"},
		{"9007199254740990..9007199254740991", "9007199254740990 9007199254740991", "9007199254740989 9007199254740992 -9007199254740991"},
		{"-9007199254740991..-9007199254740990", "-9007199254740991 -9007199254740990", "-9007199254740992 -9007199254740989"},
	} {
		r, _, err := parseIntegerRange(test.text)
		if err != nil {
			t.Fatal(err)
		}
		set := newRangeSet([]Range{r})
		for words, want := range map[string]bool{test.in: true, test.out: false} {
			for code := range strings.FieldsSeq(words) {
				if got := r.Contains(code); got != want {
					t.Errorf("%s contains %s: %t", r, code, got)
				}
				if _, ok := set.find(code); ok != want {
					t.Errorf("in a set, %s contains %s: %t", r, code, ok)
				}
			}
		}
	}
	if i, ok := newRangeSet(nil).find("5"); ok {
		t.Errorf("no ranges, but found %d", i)
	}
}

func TestIntegerRangeOverlaps(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"1..9", "9..12", true},
		{"1..9", "10..12", false},
		{"-9..-1", "0..5", false},
		{"-9..0", "0..5", true},
		{"-100..100", "-5..-5", true},
		{"-2..-1", "1..2", false},
	} {
		var ranges []Range
		for _, text := range []string{test.a, test.b} {
			r, _, err := parseIntegerRange(text)
			if err != nil {
				t.Fatal(err)
			}
			ranges = append(ranges, r)
		}
		got := newRangeSet(ranges).overlaps(func(i int) int { return i })
		if test.want && !slices.Equal(got, [][2]int{{0, 1}}) || !test.want && len(got) > 0 {
			t.Errorf("%s and %s: overlaps %v", test.a, test.b, got)
		}
	}
}

func TestIntegerMistake(t *testing.T) {
	const (
		octal   = "has a leading zero, which makes it octal for some YAML readers"
		other   = "is not an integer in decimal notation"
		outside = "is outside of the range of integers that JSON keeps exactly"
		limits  = "choose an integer from -9007199254740991 to 9007199254740991, or remove code_type: integer"
	)
	for _, test := range []struct{ text, problem, help string }{
		{"007", octal, "write 7"},
		{"-010", octal, "write -10"},
		{"+5", "has a plus sign", "write 5"},
		{"-0", "is a negative zero", "write 0"},
		{"00", octal, "write 0"},
		{"1_000", "has underscores", "write 1000"},
		{" 5", "has spaces around it", "write 5"},
		{"1.0", other, "write 1"},
		{"-2.", other, "write -2"},
		{"1e3", other, "write 1000"},
		{"0x10", other, "write 16"},
		{"-0o17", other, "write -15"},
		{"0b11", other, "write 3"},
		{"9007199254740992", outside, limits},
		{"-9007199254740992", outside, limits},
		{"99999999999999999999", outside, limits},
		{"0x7fffffffffffffff", other, ""},
		{"1.5", "is not an integer", ""},
		{"1e300", "is not an integer", ""},
		{"1e999999999", "is not an integer", ""},
		{".inf", "is not an integer", ""},
		{"nan", "is not an integer", ""},
		{"E42", "is not an integer", ""},
		{"", "is not an integer", ""},
		{"٥", "is not an integer", ""},
	} {
		if problem, help := integerMistake(test.text); problem != test.problem || help != test.help {
			t.Errorf("integerMistake(%q) = %q, %q, want %q, %q", test.text, problem, help, test.problem, test.help)
		}
	}
}
