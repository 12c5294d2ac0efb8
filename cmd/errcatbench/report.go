package main

import (
	_ "embed"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode/utf8"
)

// reportTemplate is the layout of the report, with the text that people write.
//
//go:embed report.md.tmpl
var reportTemplate string

// report writes the results as Markdown.
func (r *results) report(w io.Writer) error {
	t, err := template.New("report.md.tmpl").Funcs(template.FuncMap{
		"note":   func(key string) string { return r.notes[key] },
		"config": func(key string) string { return r.config[key] },
		"budget": r.budget,
		"table":  r.table,
	}).Parse(reportTemplate)
	if err != nil {
		return err
	}
	return t.Execute(w, nil)
}

// budget compares what was measured with what errcat must reach.
func (r *results) budget() string {
	rows := [][]string{{"What", "Codes", "Must reach", "Measured", "Reached"}}
	add := func(what, codes, limit, measured string, ok, reached bool) {
		verdict := "no"
		if reached {
			verdict = "yes"
		}
		if !ok {
			measured, verdict = "-", "not measured"
		}
		rows = append(rows, []string{what, codes, limit, measured, verdict})
	}
	ratio := func(what string, codes int, limit float64, of, name, base string) {
		n, ok := r.ratio(runName(codes, name), runName(codes, base), wallTime)
		add(what, count(float64(codes)), digits(limit)+" x "+of, digits(n)+" x", ok, n <= limit)
	}
	most := func(what string, codes int, limit float64, format func(float64) string, name, unit string) {
		n, ok := r.median(name, unit)
		add(what, count(float64(codes)), format(limit), format(n), ok, n <= limit)
	}
	times := func(n float64) string { return digits(n) + " x" }

	ratio("`generate` Go, TypeScript, Markdown", manyCodes, 2.5, "the YAML parse", "generate-main-cold", "parse")
	ratio("`generate` all targets", 20, 2, "`errcat version`", "generate-all-cold", "version")
	most("peak memory of `generate` all targets", manyCodes, 160<<20, memory, runName(manyCodes, "generate-all-cold"), peakMemory)
	// A difference of 5 % is noise.
	ratio("`check` all targets, nothing changed", manyCodes, 1.05, "`generate`", "check-all", "generate-all-cold")
	for _, sizes := range [][2]int{{1_000, manyCodes}, {manyCodes, 10 * manyCodes}} {
		n, ok := r.growth("generate-all-cold", cpuTime, sizes[0], sizes[1])
		add("growth of CPU time per code, `generate` all targets", count(float64(sizes[0]))+" to "+count(float64(sizes[1])), "1.20 x", times(n), ok, n <= 1.2)
	}
	ratio("`explain` of a code", manyCodes, 1.3, "`lint`, which loads the catalog", "explain", "lint")
	ratio("`list --search` of words", manyCodes, 1.3, "`lint`", "search", "lint")
	most("`go build` of the package, CPU time", manyCodes, 5.2e9, duration, buildName(manyCodes), cpuTime)
	most("`go build` of the package, peak memory", manyCodes, 450<<20, memory, buildName(manyCodes), peakMemory)
	for _, c := range []struct {
		what, call string
		limit      float64
	}{
		{"return of a code", "return", 0},
		{"`errors.Is`", "is", 0},
		{"`errors.Is` of a wrapped error", "is-wrapped", 0},
		{"`HTTPStatus` of a code", "status", 0},
		{"constructor with two params", "make", 1},
	} {
		most("allocations: "+c.what, manyCodes, c.limit, count, callName(manyCodes, c.call), allocs)
	}
	for _, c := range []struct {
		label, compiler string
		limit           float64
	}{{"5.9", "typescript", 4}, {"7", "typescript-7", 6.5}} {
		n, ok := r.median("TSC/codes=10000/compiler="+c.compiler+"/emit=ts", "x-empty")
		add("CPU time of `tsc` "+c.label+", application with `emit: ts`", count(manyCodes), digits(c.limit)+" x an empty file", times(n), ok, n <= c.limit)
	}
	for _, b := range []struct {
		what, app         string
		minified, gzipped float64
	}{
		{"one code", "code", 150, 150},
		{"`parseProblem`", "parseProblem", 120e3, 40e3},
		{"`httpStatus`", "httpStatus", 110e3, 26e3},
		{"`httpStatus` and `title`", "catalog", 450e3, 70e3},
	} {
		name := "Bundle/codes=10000/bundler=esbuild/app=" + b.app
		most("bundle with "+b.what+", minified", manyCodes, b.minified, byteSize, name, "minified-bytes")
		most("bundle with "+b.what+", gzipped", manyCodes, b.gzipped, byteSize, name, "gzipped-bytes")
	}
	most("`httpStatus` in Node", manyCodes, 150, duration, "HTTPStatus/codes=10000", wallTime)
	most("`httpStatus` in Node, first call", manyCodes, 5e6, duration, "HTTPStatus/codes=10000", "first-ns")
	most("HTML page, size", manyCodes, 4.5e6, byteSize, pageName(manyCodes), fileBytes)
	most("HTML page, gzipped", manyCodes, 0.6e6, byteSize, pageName(manyCodes), gzipBytes)
	milliseconds := func(ms float64) string { return duration(ms * 1e6) }
	most("HTML page, ready", manyCodes, 500, milliseconds, "Page", "ms/ready,-10,000-codes")
	most("HTML page, key stroke in the search", manyCodes, 30, milliseconds, "Page", "ms/key,-10,000-codes,-median")
	return layOut(rows)
}

// growth returns the cost per code in the larger of two catalogs as a multiple of
// that in the smaller one, and whether both were measured.
func (r *results) growth(run, unit string, small, large int) (float64, bool) {
	a, okA := r.median(runName(small, run), unit)
	b, okB := r.median(runName(large, run), unit)
	if !okA || !okB || a == 0 {
		return 0, false
	}
	return b / float64(large) / (a / float64(small)), true
}

// table shows the medians of the benchmarks whose names match a pattern: a row for
// each, named by the submatches, with a column for each unit.
func (r *results) table(pattern string, units ...string) string {
	var names []string
	re := regexp.MustCompile(pattern)
	rows := [][]string{{"Benchmark"}}
	for _, unit := range units {
		rows[0] = append(rows[0], headings[unit])
	}
	for _, m := range r.measurements {
		match := re.FindStringSubmatch(m.name)
		if match == nil || slices.Contains(names, m.name) {
			continue
		}
		names = append(names, m.name)
		row := []string{strings.Join(match[1:], ", ")}
		for _, unit := range units {
			cell := "-"
			if n, ok := r.median(m.name, unit); ok {
				cell = formats[unit](n)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	if len(rows) == 1 {
		return "Not measured.\n"
	}
	return layOut(rows)
}

// headings and formats say how the units are shown.
var (
	headings = map[string]string{
		wallTime: "Wall", cpuTime: "CPU", peakMemory: "Memory", allocs: "Allocations",
		"x-empty": "CPU x empty file", "MB": "MB", "minified-bytes": "Minified", "gzipped-bytes": "Gzipped",
	}
	formats = map[string]func(float64) string{
		wallTime: duration, cpuTime: duration, peakMemory: memory, allocs: count,
		"x-empty": digits, "MB": count, "minified-bytes": byteSize, "gzipped-bytes": byteSize,
	}
)

// duration formats nanoseconds.
func duration(ns float64) string {
	switch {
	case ns < 999.5:
		return digits(ns) + " ns"
	case ns < 999.5e3:
		return digits(ns/1e3) + " µs"
	case ns < 999.5e6:
		return digits(ns/1e6) + " ms"
	}
	return digits(ns/1e9) + " s"
}

// byteSize formats the size of a file.
func byteSize(n float64) string {
	switch {
	case n < 1e3:
		return count(n) + " B"
	case n < 999.5e3:
		return digits(n/1e3) + " kB"
	}
	return digits(n/1e6) + " MB"
}

// memory formats an amount of memory.
func memory(n float64) string { return digits(n/(1<<20)) + " MiB" }

// digits formats a positive number with three significant digits, or more if its
// integer part has more.
func digits(n float64) string {
	switch {
	case n < 9.995:
		return strconv.FormatFloat(n, 'f', 2, 64)
	case n < 99.95:
		return strconv.FormatFloat(n, 'f', 1, 64)
	}
	return count(n)
}

// count formats a positive number as an integer with commas.
func count(n float64) string {
	s := strconv.FormatFloat(math.Round(n), 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// layOut returns a Markdown table as Prettier formats it, with numbers on the
// right. The first row is the header.
func layOut(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell), 3)
		}
	}
	rule := make([]string, len(widths))
	for i, width := range widths {
		rule[i] = strings.Repeat("-", width-min(i, 1)) + strings.Repeat(":", min(i, 1))
		if i == 0 {
			widths[i] = -width // aligns to the left
		}
	}
	var b strings.Builder
	for _, row := range slices.Insert(slices.Clone(rows), 1, rule) {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %*s ", widths[i], cell)
		}
		b.WriteString("|\n")
	}
	return b.String()
}
