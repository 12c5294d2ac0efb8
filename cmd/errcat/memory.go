package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// smallMemory is enough for a run that writes all outputs of a catalog of up to
// about ten thousand codes.
const smallMemory = 140 << 20

// tuneCollector makes the garbage collector keep the process within smallMemory,
// unless the environment has settings of its own. Collecting earlier would only
// cost time; the default, which lets the heap double, would take more memory.
// If live objects leave too little room for garbage, the default is restored.
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

// afterCollection calls a function after each garbage collection until it returns
// false.
func afterCollection(call func() bool) {
	type garbage struct{ _ *int }
	runtime.SetFinalizer(new(garbage), func(*garbage) {
		if call() {
			afterCollection(call)
		}
	})
}
