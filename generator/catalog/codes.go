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
)

// Range is a range of codes that share a prefix and differ in a number, such
// as 2200-2299 or IST0100-IST0199. Both ends belong to it.
type Range struct {
	Prefix string
	// First and Last are the numbers of the ends. Digits is the number of digits of
	// the first one, including leading zeros.
	First, Last uint64
	Digits      int
}

// String returns the range as it is written in a catalog.
func (r Range) String() string { return r.code(r.First) + "-" + r.code(r.Last) }

func (r Range) code(n uint64) string { return fmt.Sprintf("%s%0*d", r.Prefix, r.Digits, n) }

// Contains reports whether a code is in the range.
func (r Range) Contains(code string) bool {
	digits, ok := strings.CutPrefix(code, r.Prefix)
	if !ok {
		return false
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	return err == nil && r.First <= n && n <= r.Last && code == r.code(n)
}

// parseRange reads a range, whose ends have the same prefix. An error comes with
// help.
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
		r := Range{Prefix: prefix, Digits: len(first)}
		var err1, err2 error
		r.First, err1 = strconv.ParseUint(first, 10, 64)
		r.Last, err2 = strconv.ParseUint(last, 10, 64)
		if err1 != nil || err2 != nil || r.code(r.Last) != prefix+last {
			continue
		}
		if r.First > r.Last {
			return Range{}, "write the smaller code first", fmt.Errorf("a range cannot be %s: it ends before it starts", diag.Quote(s))
		}
		return r, "", nil
	}
	if _, _, ok := splitNumber(s); ok && isCode(s) && !strings.Contains(s, "-") && !strings.Contains(s, "..") {
		help = "write a single code as a range: " + s + "-" + s
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
		// The codes of a range without leading zeros get longer.
		low := r.First
		for digits := r.Digits; ; digits++ {
			high := r.Last
			longest, fits := power10(digits)
			if fits {
				high = min(high, longest-1)
			}
			if low <= high {
				form := codeForm{r.Prefix, digits}
				set[form] = append(set[form], span{first: low, last: high, owner: i})
			}
			if !fits || r.Last < longest {
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
	prefix, digits, _ := splitNumber(code)
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return 0, false
	}
	spans := set[codeForm{prefix, len(digits)}]
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
