package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Range is a range of codes, including both ends. String codes of a range share
// a prefix and differ in a number, such as 2200-2299 or IST0100-IST0199. Integer
// codes differ in their value, such as -32099..-32000.
type Range struct {
	// First and Last are the codes at the ends.
	First, Last string

	integer bool
	// prefix is what string codes share, digits the number of digits after it in
	// First.
	prefix string
	digits int
	// low and high are the numbers of the ends: those after the prefix, or the
	// ordinals of integers.
	low, high uint64
}

// String returns the range as it is written in a catalog.
func (r Range) String() string {
	if r.integer {
		return r.First + ".." + r.Last
	}
	return r.First + "-" + r.Last
}

// code returns the code with a number, as low and high have it.
func (r Range) code(n uint64) string {
	if r.integer {
		return strconv.FormatInt(int64(n)-maxInteger, 10)
	}
	return fmt.Sprintf("%s%0*d", r.prefix, r.digits, n)
}

// Contains reports whether a code is in the range.
func (r Range) Contains(code string) bool {
	if r.integer {
		i, ok := parseInteger(code)
		return ok && r.low <= ordinal(i) && ordinal(i) <= r.high
	}
	digits, ok := strings.CutPrefix(code, r.prefix)
	if !ok {
		return false
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	return err == nil && r.low <= n && n <= r.high && code == r.code(n)
}

// number returns the number of a code in the range, or the ordinal of an integer.
func (r Range) number(code string) uint64 {
	if r.integer {
		i, _ := parseInteger(code)
		return ordinal(i)
	}
	n, _ := strconv.ParseUint(code[len(r.prefix):], 10, 64)
	return n
}

// Free returns a code of the range that is not taken and in none of the reserved
// ranges, false if there is none. It is the first one after the highest of the used
// codes, so that it is no code that was forgotten; else the first one before the
// lowest; else, as isGap says, one between them. Used codes outside of the range do
// not count.
func (r Range) Free(used []string, isTaken func(code string) bool, reserved []Range) (code string, isGap, ok bool) {
	var numbers []uint64
	for _, code := range used {
		if r.Contains(code) {
			numbers = append(numbers, r.number(code))
		}
	}
	if len(numbers) == 0 {
		code, ok = r.free(r.low, r.high, false, isTaken, reserved)
		return code, false, ok
	}
	lowest, highest := slices.Min(numbers), slices.Max(numbers)
	if highest < r.high {
		if code, ok = r.free(highest+1, r.high, false, isTaken, reserved); ok {
			return code, false, true
		}
	}
	if lowest > r.low {
		if code, ok = r.free(r.low, lowest-1, true, isTaken, reserved); ok {
			return code, false, true
		}
	}
	code, ok = r.free(lowest, highest, false, isTaken, reserved)
	return code, true, ok
}

// free returns the first code with a number from low to high that is free; the last
// one if down is set.
func (r Range) free(low, high uint64, down bool, isTaken func(code string) bool, reserved []Range) (string, bool) {
	for low <= high {
		n := low
		if down {
			n = high
		}
		code := r.code(n)
		i := slices.IndexFunc(reserved, func(q Range) bool { return q.Contains(code) })
		switch {
		case i < 0 && !isTaken(code):
			return code, true
		case down:
			if i >= 0 {
				n = reserved[i].low
			}
			if n == 0 {
				return "", false
			}
			high = n - 1
		default:
			if i >= 0 {
				n = reserved[i].high
			}
			if n == math.MaxUint64 {
				return "", false
			}
			low = n + 1
		}
	}
	return "", false
}

// From returns the range that begins with a code and has the codes of the same form
// after it: with the same prefix and number of digits, or higher integers. It returns
// false if the code does not end in digits, or is a negative integer, for which the
// direction is not known.
func From(code string, isInteger bool) (Range, bool) {
	if isInteger {
		i, ok := parseInteger(code)
		return Range{First: code, Last: strconv.Itoa(maxInteger), integer: true, low: ordinal(i), high: ordinal(maxInteger)}, ok && i >= 0
	}
	prefix, digits, ok := splitNumber(code)
	end, fits := power10(len(digits))
	if !ok || !fits {
		return Range{}, false
	}
	r := Range{First: code, prefix: prefix, digits: len(digits), high: end - 1}
	r.low, r.Last = r.number(code), r.code(r.high)
	return r, true
}

// ParseRanges reads ranges of codes, separated by commas, as a catalog has them. An
// error says what is wrong with the first one that cannot be read.
func ParseRanges(s string, areIntegers bool) ([]Range, error) {
	parse := parseRange
	if areIntegers {
		parse = parseIntegerRange
	}
	var ranges []Range
	for word := range strings.SplitSeq(s, ",") {
		r, help, err := parse(strings.TrimSpace(word))
		if err != nil {
			return nil, fmt.Errorf("%w; %s", err, help)
		}
		ranges = append(ranges, r)
	}
	return ranges, nil
}

// IsCode reports whether a string can be a code on the wire.
func IsCode(s string, isInteger bool) bool {
	if isInteger {
		_, ok := parseInteger(s)
		return ok
	}
	return isCode(s) && len(s) <= maxName
}

// IsName reports whether a string can be the name of an error.
func IsName(s string) bool { return isName(s) && len(s) <= maxName }

// maxInteger is the largest integer code or metadata value; the smallest is its
// negative. JSON
// readers that use 64-bit floating-point numbers keep all integers between them.
const maxInteger = 1<<53 - 1

// parseInteger reads an integer code. It returns false unless it is in range and
// has the one form that every program writes.
func parseInteger(code string) (int64, bool) {
	i, ok := yamldoc.Decimal(code)
	return i, ok && -maxInteger <= i && i <= maxInteger
}

// ordinal returns the position of an integer code among all of them.
func ordinal(i int64) uint64 { return uint64(i + maxInteger) }

// parseIntegerRange reads a range of integer codes. An error comes with help.
func parseIntegerRange(s string) (r Range, help string, err error) {
	help = `write ranges such as "-32099..-32000, 1..99"`
	if s == "" {
		return Range{}, "remove the comma, or write a range after it", errors.New("the range after the comma is missing")
	}
	first, last, found := strings.Cut(s, "..")
	r = Range{First: strings.TrimSpace(first), Last: strings.TrimSpace(last), integer: true}
	if !found {
		if _, ok := parseInteger(s); ok {
			help = "write a single code as a range: " + s + ".." + s
		} else if r, _, err := parseRange(s); err == nil && r.prefix == "" && r.high <= maxInteger {
			help = fmt.Sprintf("write %d..%d: the codes of this catalog are integers", r.low, r.high)
		}
		return Range{}, help, fmt.Errorf("%s is not a range of integers", diag.Quote(s))
	}
	for _, end := range []struct {
		code string
		n    *uint64
	}{{r.First, &r.low}, {r.Last, &r.high}} {
		i, ok := parseInteger(end.code)
		if end.code == "" {
			return Range{}, help, fmt.Errorf("%s is not a range of integers", diag.Quote(s))
		} else if !ok {
			problem, fix := integerMistake(end.code)
			if fix != "" {
				help = fix
			}
			return Range{}, help, fmt.Errorf("%s %s", diag.Quote(end.code), problem)
		}
		*end.n = ordinal(i)
	}
	if r.low > r.high {
		return Range{}, "write the smaller code first", fmt.Errorf("a range cannot be %s: it ends before it starts", diag.Quote(s))
	}
	return r, "", nil
}

// integerMistake says why a string is not an integer code, and what to write
// instead; the latter is empty if only its author knows.
func integerMistake(s string) (problem, help string) {
	plain := strings.ReplaceAll(strings.TrimSpace(s), "_", "")
	i, err := strconv.ParseInt(plain, 10, 64)
	switch {
	case err == nil && strings.ContainsAny(s, "_"):
		problem = "has underscores"
	case err == nil && strings.HasPrefix(plain, "+"):
		problem = "has a plus sign"
	case err == nil && i == 0 && plain[0] == '-':
		problem = "is a negative zero"
	case err == nil && plain != strconv.FormatInt(i, 10):
		problem = "has a leading zero, which makes it octal for some YAML readers"
	case err == nil && s != plain:
		problem = "has spaces around it"
	case err == nil || errors.Is(err, strconv.ErrRange):
		return "is outside of the range of integers that JSON keeps exactly", fmt.Sprintf("choose an integer from %d to %d, or remove code_type: integer", -maxInteger, maxInteger)
	default:
		problem = "is not an integer in decimal notation"
		if i, err = strconv.ParseInt(plain, 0, 64); err != nil {
			f, err := strconv.ParseFloat(plain, 64)
			if err != nil || f != math.Trunc(f) || math.Abs(f) > maxInteger {
				return "is not an integer", ""
			}
			i = int64(f)
		}
	}
	if i < -maxInteger || i > maxInteger {
		return problem, ""
	}
	return problem, fmt.Sprintf("write %d", i)
}

// parseRange reads a range of string codes, whose ends have the same prefix. An
// error comes with help.
func parseRange(s string) (r Range, help string, err error) {
	help = `write ranges such as "2200-2299, 2400-2499"`
	switch {
	case s == "":
		return Range{}, "remove the comma, or write a range after it", errors.New("the range after the comma is missing")
	case len(s) > 2*maxName:
		return Range{}, help, fmt.Errorf("a range cannot be %s", diag.Quote(s))
	}
	// A code can contain "-" itself, so each of them is tried as the separator.
	for i := 0; i < len(s); i++ {
		if s[i] != '-' {
			continue
		}
		prefix, first, ok1 := splitNumber(strings.TrimSpace(s[:i]))
		prefix2, last, ok2 := splitNumber(strings.TrimSpace(s[i+1:]))
		if !ok1 || !ok2 || prefix != prefix2 {
			continue
		}
		r := Range{First: prefix + first, Last: prefix + last, prefix: prefix, digits: len(first)}
		var err1, err2 error
		r.low, err1 = strconv.ParseUint(first, 10, 64)
		r.high, err2 = strconv.ParseUint(last, 10, 64)
		if err1 != nil || err2 != nil || r.code(r.high) != r.Last {
			continue
		}
		if r.low > r.high {
			return Range{}, "write the smaller code first", fmt.Errorf("a range cannot be %s: it ends before it starts", diag.Quote(s))
		}
		return r, "", nil
	}
	if _, _, ok := splitNumber(s); ok && isCode(s) && !strings.Contains(s, "-") && !strings.Contains(s, "..") {
		help = "write a single code as a range: " + s + "-" + s
	} else if strings.Contains(s, "..") {
		if r, _, err := parseIntegerRange(s); err == nil {
			help = "write " + r.First + "-" + r.Last + "; ranges with .. are for catalogs with code_type: integer"
			if r.low < ordinal(0) {
				help = "add code_type: integer to the catalog, if its codes are integers"
			}
		}
	}
	return Range{}, help, fmt.Errorf("a range cannot be %s", diag.Quote(s))
}

// splitNumber splits a code into a prefix and the digits at its end.
func splitNumber(code string) (prefix, digits string, ok bool) {
	prefix = strings.TrimRight(code, "0123456789")
	digits = code[len(prefix):]
	return prefix, digits, digits != "" && (prefix == "" || isCode(prefix))
}

// rangeSet finds the range of a code among many.
type rangeSet map[codeForm][]span

// codeForm is what the codes of a span have in common: the prefix and the number of
// digits after it.
type codeForm struct {
	prefix string
	digits int
}

// integerForm is the form of integer codes. No string code with a number has it.
var integerForm = codeForm{}

// span is the part of a range whose codes have the same form.
type span struct {
	first, last uint64
	// owner is the index of the range. farthest is the index of the span with the
	// highest last number, among this and the spans before it.
	owner, farthest int
}

// newRangeSet returns the set of some ranges.
func newRangeSet(ranges []Range) rangeSet {
	set := make(rangeSet)
	for i, r := range ranges {
		if r.integer {
			set[integerForm] = append(set[integerForm], span{first: r.low, last: r.high, owner: i})
			continue
		}
		// The codes of a range without leading zeros get longer.
		low := r.low
		for digits := r.digits; ; digits++ {
			high := r.high
			longest, fits := power10(digits)
			if fits {
				high = min(high, longest-1)
			}
			if low <= high {
				form := codeForm{r.prefix, digits}
				set[form] = append(set[form], span{first: low, last: high, owner: i})
			}
			if !fits || r.high < longest {
				break
			}
			low = max(low, longest)
		}
	}
	for _, spans := range set {
		slices.SortStableFunc(spans, func(a, b span) int { return cmp.Compare(a.first, b.first) })
		for i := range spans {
			spans[i].farthest = i
			if i > 0 && spans[spans[i-1].farthest].last >= spans[i].last {
				spans[i].farthest = spans[i-1].farthest
			}
		}
	}
	return set
}

// power10 returns 10 to the power of n, or false if that overflows.
func power10(n int) (uint64, bool) {
	p := uint64(1)
	for range n {
		if p > math.MaxUint64/10 {
			return 0, false
		}
		p *= 10
	}
	return p, true
}

// find returns the index of a range that contains the code.
func (set rangeSet) find(code string) (owner int, ok bool) {
	var n uint64
	spans := set[integerForm]
	if spans != nil {
		integer, ok := parseInteger(code)
		if !ok {
			return 0, false
		}
		n = ordinal(integer)
	} else {
		prefix, digits, _ := splitNumber(code)
		var err error
		if n, err = strconv.ParseUint(digits, 10, 64); err != nil {
			return 0, false
		}
		spans = set[codeForm{prefix, len(digits)}]
	}
	i := sort.Search(len(spans), func(i int) bool { return spans[i].first > n }) - 1
	if i < 0 {
		return 0, false
	}
	s := spans[spans[i].farthest]
	return s.owner, n <= s.last
}

// overlaps returns pairs of overlapping ranges of different groups, sorted by the
// second range of each pair, which is the later one. If many ranges overlap, not all
// pairs are returned, but each such range is in one.
func (set rangeSet) overlaps(group func(owner int) int) [][2]int {
	seen := make(map[[2]int]bool)
	for _, spans := range set {
		// The spans so far with the highest last number: of all, and of other groups.
		best, other := -1, -1
		for i, s := range spans {
			for _, j := range [...]int{best, other} {
				if j >= 0 && group(spans[j].owner) != group(s.owner) && spans[j].last >= s.first {
					seen[[2]int{min(spans[j].owner, s.owner), max(spans[j].owner, s.owner)}] = true
					break
				}
			}
			switch {
			case best < 0:
				best = i
			case group(s.owner) == group(spans[best].owner):
				if s.last > spans[best].last {
					best = i
				}
			case s.last > spans[best].last:
				best, other = i, best
			case other < 0 || s.last > spans[other].last:
				other = i
			}
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b [2]int) int {
		return cmp.Or(cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0]))
	})
}
