package main

import "slices"

// stat sums several measurements of one thing up.
type stat struct {
	median, min, max float64
}

// summarize returns the stat of samples, and whether there are any.
func summarize(samples []float64) (stat, bool) {
	if len(samples) == 0 {
		return stat{}, false
	}
	s := slices.Sorted(slices.Values(samples))
	middle := len(s) / 2
	median := s[middle]
	if len(s)%2 == 0 {
		median = (s[middle-1] + s[middle]) / 2
	}
	return stat{median, s[0], s[len(s)-1]}, true
}

// ratios returns a over b, round by round: what was measured in the same round
// had the same machine, so that its drift drops out.
func ratios(a, b []float64) []float64 {
	var ratios []float64
	for i := range min(len(a), len(b)) {
		if b[i] != 0 {
			ratios = append(ratios, a[i]/b[i])
		}
	}
	return ratios
}

// stat returns the stat of a benchmark in a unit, and whether it was measured.
func (r *results) stat(name, unit string) (stat, bool) {
	return summarize(r.samples(name, unit))
}

// ratio returns how many times as much as b the benchmark a has of a unit, the
// median of the rounds, and whether both were measured.
func (r *results) ratio(a, b, unit string) (float64, bool) {
	s, ok := summarize(ratios(r.samples(a, unit), r.samples(b, unit)))
	return s.median, ok
}

// growth returns how many times as much a code costs at the larger of two
// sizes: 1 is linear.
func growth(small, large stat, smallCodes, largeCodes int) float64 {
	return (large.median / float64(largeCodes)) / (small.median / float64(smallCodes))
}
