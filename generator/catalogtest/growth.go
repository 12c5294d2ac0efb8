package catalogtest

import (
	"math"
	"runtime"
	"testing"
)

// GrowsLinearly reports an error if work on a catalog of 11,000 errors allocates
// more than ten times as much as on one of 1,100, with a tolerance of 10 %. It
// compares the number of allocations, and the bytes allocated per byte of source,
// since larger catalogs have longer names. prepare takes the source of a catalog
// and returns the work, which is run several times.
//
// The allocations counted are those of the whole process, so the test must not
// run in parallel with others. With -short, the test is skipped: the race
// detector allocates too.
func GrowsLinearly(t testing.TB, prepare func(source []byte) (work func())) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: counts allocations")
	}
	// Both are larger than any catalog that an output treats as a small one.
	const few, many, tolerance = 1_100, 11_000, 1.1
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

// allocationsOf returns what work allocates once caches and pools are filled: the
// minimum of several runs, since a garbage collection during a run empties the
// pools, which that run then has to refill.
func allocationsOf(work func()) allocations {
	// On one processor, it does not matter which goroutine takes what from a pool.
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
