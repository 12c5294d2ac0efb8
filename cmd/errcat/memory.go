package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// smallMemory is the memory that a run with a catalog of usual size, up to some
// ten thousand codes, gets along with.
const smallMemory = 108 << 20

// tuneCollector has the garbage collector keep the process within smallMemory,
// unless the environment says otherwise: to collect earlier would only cost
// time, and to let the heap double before, as is usual, a third more memory. It
// goes back to what is usual when too little would be left for garbage.
func tuneCollector() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(smallMemory)
	afterCollection(func() (goOn bool) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if live[0].Value.Uint64() < smallMemory*2/3 {
			return true
		}
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(math.MaxInt64)
		return false
	})
}

// afterCollection calls a function after each garbage collection, for as long
// as it returns true.
func afterCollection(call func() bool) {
	type garbage struct{ _ *int }
	runtime.SetFinalizer(new(garbage), func(*garbage) {
		if call() {
			afterCollection(call)
		}
	})
}
