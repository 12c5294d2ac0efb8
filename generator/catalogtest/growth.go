package catalogtest

import (
	"math"
	"runtime"
	"testing"
)

// GrowsLinearly reports an error where work on a catalog of 10,000 errors
// allocates more than ten times what it does on one of 1,000, give or take a
// tenth: in number, or in bytes for each byte of the source, since the names of
// larger catalogs are longer. prepare takes the source of a catalog and returns
// the work, which is done several times.
//
// Allocations are those of the whole process, so the test must not run in
// parallel with others.
func GrowsLinearly(t testing.TB, prepare func(source []byte) (work func())) {
	t.Helper()
	const few, many, tolerance = 1_000, 10_000, 1.1
	smallSource, largeSource := YAML(few), YAML(many)
	small, large := allocationsOf(prepare(smallSource)), allocationsOf(prepare(largeSource))
	if growth := large.count / small.count; growth > tolerance*many/few {
		t.Errorf("allocations: %.0f for %d errors, %.0f for %d: %.2f times as many", small.count, few, large.count, many, growth)
	}
	if growth, source := large.bytes/small.bytes, float64(len(largeSource))/float64(len(smallSource)); growth > tolerance*source {
		t.Errorf("bytes allocated: %.0f for %d errors, %.0f for %d: %.2f times as many, and the source is %.2f times as long",
			small.bytes, few, large.bytes, many, growth, source)
	}
}

// allocations are what a piece of work allocates.
type allocations struct{ count, bytes float64 }

// allocationsOf returns what work allocates once caches and pools are filled.
// It is the least of several times: a garbage collection in between empties
// pools, and the work pays for it.
func allocationsOf(work func()) allocations {
	// On one processor, it does not matter who takes what from a pool.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	least := allocations{math.Inf(1), math.Inf(1)}
	var before, after runtime.MemStats
	for range 3 {
		runtime.ReadMemStats(&before)
		work()
		runtime.ReadMemStats(&after)
		least.count = min(least.count, float64(after.Mallocs-before.Mallocs))
		least.bytes = min(least.bytes, float64(after.TotalAlloc-before.TotalAlloc))
	}
	return least
}
