package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A run is short, and what it has made stays until the end. So the collector
// has little to do while the heap is smaller than heapFloor, and later comes
// back when it has grown by heapGrowth percent: sooner than usual, since half of
// a long run's memory would be garbage else.
const (
	heapFloor  = 72 << 20
	heapGrowth = 40
)

// tuneCollector has the garbage collector follow heapFloor and heapGrowth,
// unless the environment says otherwise.
func tuneCollector() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	const runtimeFloor = 4 << 20 // of the heap, for a growth of 100 percent
	debug.SetGCPercent(heapFloor / runtimeFloor * 100)
	afterCollection(func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		size := max(live[0].Value.Uint64(), 1)
		debug.SetGCPercent(max(heapGrowth, int(heapFloor*100/size)-100))
	})
}

// afterCollection calls a function after each garbage collection.
func afterCollection(call func()) {
	type garbage struct{ _ *int }
	runtime.SetFinalizer(new(garbage), func(*garbage) {
		call()
		afterCollection(call)
	})
}
