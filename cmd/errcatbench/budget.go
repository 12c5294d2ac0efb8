package main

import "fmt"

// budget is what errcat must reach: a row for each promise, with what was
// measured of it and whether that is enough.
func budget(r *results) string {
	b := budgetTable{results: r, rows: [][]string{{"What", "Codes", "Must reach", "Measured", "Reached"}}}
	b.ratio("`generate`, all targets, cold", 20, "an empty program", 3.5,
		runName(20, runAllCold), runName(20, runEmpty), wallTime)
	b.ratio("`generate` Go, TypeScript, Markdown, cold", manyCodes, "the YAML parse", 2.5,
		runName(manyCodes, runMainCold), runName(manyCodes, runParse), wallTime)
	// What is equal but for the noise is no slower.
	b.ratio("`check` of all targets, nothing changed", manyCodes, "`generate`, cold", 1.05,
		runName(manyCodes, runAllCheck), runName(manyCodes, runAllCold), wallTime)
	for _, sizes := range [][2]int{{1_000, manyCodes}, {manyCodes, 10 * manyCodes}} {
		b.growth("CPU time a code, `generate` all targets", runAllCold, sizes[0], sizes[1], 1.2)
	}
	b.most("peak memory, Go, TypeScript, Markdown", manyCodes, 120<<20, formatBytes, runName(manyCodes, runMainCold), peakMemory)
	b.most("peak memory, all targets", manyCodes, 120<<20, formatBytes, runName(manyCodes, runAllCold), peakMemory)
	b.most("`go build` of the package, CPU time", manyCodes, 4e9, formatTime, buildName(manyCodes, "platform"), cpuTime)
	b.most("`go build` of the package, peak memory", manyCodes, 400<<20, formatBytes, buildName(manyCodes, "platform"), peakMemory)
	b.most("packages with work at program start", manyCodes, 0, formatCount, binaryName(manyCodes, "one"), initEntries)
	for _, call := range []string{"return", "is", "is-wrapped", "status"} {
		b.most("allocations: "+callLabels[call], manyCodes, 0, formatCount, callName(manyCodes, call, "errcat"), allocs)
	}
	for _, call := range []string{"is", "is-wrapped"} {
		b.ratio(callLabels[call], manyCodes, "a sentinel", 2, callName(manyCodes, call, "errcat"), callName(manyCodes, call, "sentinels"), wallTime)
	}
	b.most(callLabels["status"], manyCodes, 60, formatTime, callName(manyCodes, "status", "errcat"), wallTime)
	b.most("allocations: "+callLabels["make"], manyCodes, 1, formatCount, callName(manyCodes, "make", "errcat"), allocs)
	b.unused("code in a program that uses one code, for the rest", 20, manyCodes, 10<<10)
	for _, compiler := range compilers {
		for _, emit := range []string{"ts", "js"} {
			b.ratio(fmt.Sprintf("`tsc` %s, modules in %s", r.notes["version "+compiler], emit), manyCodes, "an empty file", 4,
				compileName(manyCodes, compiler, emit, "all"), compileName(manyCodes, compiler, emit, "empty"), cpuTime)
		}
	}
	for _, bundler := range []string{"esbuild", "rollup"} {
		b.most("bundle that uses one code, "+bundlerLabels[bundler], manyCodes, 150, formatBytes, bundleName(manyCodes, bundler, "code"), minifiedBytes)
	}
	return table(b.rows...)
}

// budgetTable is the table of the budget.
type budgetTable struct {
	results *results
	rows    [][]string
}

// row adds a row; there is nothing to say of what was not measured.
func (b *budgetTable) row(what string, codes, must, measured string, ok, reached bool) {
	verdict := "missed"
	switch {
	case !ok:
		measured, verdict = missing, "not measured"
	case reached:
		verdict = "yes"
	}
	b.rows = append(b.rows, []string{what, codes, must, measured, verdict})
}

// ratio adds a limit of what one benchmark takes in terms of another.
func (b *budgetTable) ratio(what string, codes int, of string, limit float64, name, base, unit string) {
	ratio, ok := b.results.ratio(name, base, unit)
	b.row(what, formatCount(float64(codes)), formatRatio(limit)+" "+of, formatRatio(ratio), ok, ratio <= limit)
}

// most adds a limit of what a benchmark has of a unit.
func (b *budgetTable) most(what string, codes int, limit float64, format func(float64) string, name, unit string) {
	s, ok := b.results.stat(name, unit)
	b.row(what, formatCount(float64(codes)), format(limit), format(s.median), ok, s.median <= limit)
}

// growth adds a limit of how the cost of a code grows with their number.
func (b *budgetTable) growth(what, run string, from, to int, limit float64) {
	at := formatCount(float64(from)) + " to " + formatCount(float64(to))
	small, okSmall := b.results.stat(runName(from, run), cpuTime)
	large, okLarge := b.results.stat(runName(to, run), cpuTime)
	ok := okSmall && okLarge
	g := 0.0
	if ok {
		g = growth(small, large, from, to)
	}
	b.row(what, at, formatRatio(limit), formatRatio(g), ok, g <= limit)
}

// unused adds a limit of the code by which a program that uses one code of a
// large catalog is larger than that of a small one.
func (b *budgetTable) unused(what string, few, many int, limit float64) {
	small, okSmall := b.results.stat(binaryName(few, "one"), codeBytes)
	large, okLarge := b.results.stat(binaryName(many, "one"), codeBytes)
	more := large.median - small.median
	b.row(what, formatCount(float64(many)), formatBytes(limit), formatBytes(more), okSmall && okLarge, more <= limit)
}
