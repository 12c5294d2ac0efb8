package main

import (
	_ "embed"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

// reportTemplate is the layout of the report, and what people wrote in it.
//
//go:embed report.md.tmpl
var reportTemplate string

// writeReport writes the results as Markdown.
func writeReport(w io.Writer, r *results) error {
	t, err := template.New("report.md.tmpl").Parse(reportTemplate)
	if err != nil {
		return err
	}
	return t.Execute(w, map[string]string{
		"Budget":       budget(r),
		"Machine":      machine(r),
		"Date":         r.notes["date"],
		"Versions":     versions(r),
		"Runs":         r.notes["runs"],
		"Limit":        r.notes["limit"],
		"Generate":     bySize(r, "Run", generateTable),
		"Growth":       growthTable(r),
		"PeerOutputs":  peerOutputs(),
		"PeerCommands": peerCommands(),
		"Peers":        bySize(r, "Peer", peerTable),
		"Build":        bySize(r, "Build", buildTable),
		"Binaries":     bySize(r, "Binary", binaryTable),
		"Calls":        bySize(r, "Calls", callTable),
		"Compilers":    bySize(r, "TSC", compilerTable),
		"Bundles":      bySize(r, "Bundle", bundleTable),
	})
}

// notMeasured stands for a table of which nothing was measured.
const notMeasured = "This run did not measure it.\n"

var codesOfName = regexp.MustCompile(`^(\w+)/codes=(\d+)/`)

// sizes returns the numbers of codes that benchmarks of a kind were run with.
func (r *results) sizes(kind string) []int {
	var sizes []int
	for _, m := range r.measurements {
		match := codesOfName.FindStringSubmatch(m.name)
		if match == nil || match[1] != kind {
			continue
		}
		if codes, err := strconv.Atoi(match[2]); err == nil && !slices.Contains(sizes, codes) {
			sizes = append(sizes, codes)
		}
	}
	slices.Sort(sizes)
	return sizes
}

// bySize returns a table for each size that a kind of benchmarks was run with.
func bySize(r *results, kind string, table func(r *results, codes int) string) string {
	var b strings.Builder
	for i, codes := range r.sizes(kind) {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "With %s codes:\n\n%s", formatCount(float64(codes)), table(r, codes))
	}
	if b.Len() > 0 {
		return b.String()
	}
	if reason := r.notes["missing "+kind]; reason != "" {
		return reason + "\n"
	}
	return notMeasured
}

// median returns the median of a benchmark, as text.
func (r *results) median(name, unit string, format func(float64) string) string {
	s, ok := r.stat(name, unit)
	if !ok {
		return missing
	}
	return format(s.median)
}

// spread returns the least and the most of a benchmark, as text.
func (r *results) spread(name, unit string, format func(float64) string) string {
	s, ok := r.stat(name, unit)
	if !ok {
		return missing
	}
	return format(s.min) + " to " + format(s.max)
}

// times returns a ratio, as text.
func (r *results) times(name, base, unit string) string {
	ratio, ok := r.ratio(name, base, unit)
	if !ok {
		return missing
	}
	return formatRatio(ratio)
}

// process returns what a run of a process costs: wall time, its spread,
// processor time, memory.
func (r *results) process(name string) []string {
	return []string{
		r.median(name, wallTime, formatTime), r.spread(name, wallTime, formatTime),
		r.median(name, cpuTime, formatTime), r.median(name, peakMemory, formatBytes),
	}
}

// bullets returns a list in Markdown.
func bullets(items ...string) string {
	return "- " + strings.Join(items, "\n- ") + "\n"
}

func machine(r *results) string {
	items := []string{r.config["cpu"] + ", " + r.notes["cores"] + " cores"}
	if memory := r.notes["memory"]; memory != "" {
		items[0] += ", " + memory + " of memory"
	}
	if os := r.notes["os"]; os != "" {
		items = append(items, os)
	}
	return bullets(append(items, r.config["goos"]+"/"+r.config["goarch"])...)
}

func versions(r *results) string {
	var items []string
	for _, v := range []struct{ label, note string }{
		{"Go", "Go"}, {"yaml.v3", "yaml.v3"}, {"Node", "Node"}, {"TypeScript", "typescript"},
		{"TypeScript", "typescript-7"}, {"esbuild", "esbuild"}, {"Rollup", "rollup"},
	} {
		if version := r.notes["version "+v.note]; version != "" {
			items = append(items, v.label+" "+strings.TrimPrefix(version, "v"))
		}
	}
	for _, p := range peers() {
		if p.version != "" {
			items = append(items, p.name+" "+strings.TrimPrefix(p.version, "v"))
		}
	}
	return bullets(items...)
}

// runLabels say what is measured of errcat as a whole process.
var runLabels = []struct{ run, label string }{
	{runEmpty, "an empty Go program"},
	{runParse, "the YAML parse alone"},
	{runMainCold, "`generate` Go, TypeScript, Markdown, cold"},
	{runMainWarm, "the same, warm"},
	{runMainCheck, "`check` of them"},
	{runAllCold, "`generate` all targets, cold"},
	{runAllWarm, "the same, warm"},
	{runAllCheck, "`check` of them"},
	{fmt.Sprintf(runTargetCold, "go"), "Go alone, cold"},
	{fmt.Sprintf(runTargetCold, "typescript"), "TypeScript alone, cold"},
	{fmt.Sprintf(runTargetCold, "markdown"), "Markdown alone, cold"},
	{fmt.Sprintf(runTargetCold, "html"), "HTML alone, cold"},
	{fmt.Sprintf(runTargetCold, "json"), "JSON alone, cold"},
	{fmt.Sprintf(runTargetCold, "schema"), "JSON Schema alone, cold"},
}

func generateTable(r *results, codes int) string {
	rows := [][]string{{"Run", "Wall", "Min to max", "CPU", "Memory", "x empty", "x parse"}}
	for _, l := range runLabels {
		name := runName(codes, l.run)
		if _, ok := r.stat(name, wallTime); !ok {
			continue // of the largest catalogs, not everything is measured
		}
		row := append([]string{l.label}, r.process(name)...)
		row = append(row, r.times(name, runName(codes, runEmpty), wallTime), r.times(name, runName(codes, runParse), wallTime))
		rows = append(rows, row)
	}
	return table(rows...)
}

// growthTable shows how many times as much a code costs in a larger catalog.
// A small one is left out: there, what a process costs at its start is most.
func growthTable(r *results) string {
	rows := [][]string{{"Run", "Codes", "CPU", "Wall", "Memory"}}
	sizes := slices.DeleteFunc(r.sizes("Run"), func(codes int) bool { return codes < 1000 })
	for _, l := range runLabels {
		if !slices.Contains([]string{runParse, runMainCold, runAllCold}, l.run) {
			continue
		}
		for i := 1; i < len(sizes); i++ {
			row := []string{l.label, formatCount(float64(sizes[i-1])) + " to " + formatCount(float64(sizes[i]))}
			for _, unit := range []string{cpuTime, wallTime, peakMemory} {
				small, okSmall := r.stat(runName(sizes[i-1], l.run), unit)
				large, okLarge := r.stat(runName(sizes[i], l.run), unit)
				cell := missing
				if okSmall && okLarge {
					cell = formatRatio(growth(small, large, sizes[i-1], sizes[i]))
				}
				row = append(row, cell)
			}
			rows = append(rows, row)
		}
	}
	if len(rows) == 1 {
		return notMeasured
	}
	return table(rows...)
}

func peerOutputs() string {
	var items []string
	for _, p := range peers() {
		items = append(items, "**"+p.name+"**: "+strings.Join(p.emits, "\n  "))
	}
	return bullets(items...)
}

func peerCommands() string {
	var lines []string
	for _, p := range peers() {
		lines = append(lines, strings.Join(p.args, " ")+"\n")
	}
	return strings.Join(lines, "")
}

func peerTable(r *results, codes int) string {
	rows := [][]string{{"Tool", "Wall", "CPU", "Memory", "Lines", "Bytes", "Build wall", "Build CPU", "Build memory", "Compiled"}}
	for _, p := range peers() {
		generate, build := peerName(codes, p.name, "generate"), peerName(codes, p.name, "build")
		if reason := r.notes["missing "+p.name]; reason != "" {
			rows = append(rows, append([]string{p.name, reason}, slices.Repeat([]string{missing}, len(rows[0])-2)...))
			continue
		}
		row := []string{
			p.name, r.limited(generate), r.median(generate, cpuTime, formatTime), r.median(generate, peakMemory, formatBytes),
			r.median(peerName(codes, p.name, "output"), sourceLines, formatCount), r.median(peerName(codes, p.name, "output"), sourceBytes, formatBytes),
			r.limited(build), r.median(build, cpuTime, formatTime), r.median(build, peakMemory, formatBytes),
			r.median(peerName(codes, p.name, "archive"), archiveBytes, formatBytes),
		}
		rows = append(rows, row)
	}
	return table(rows...)
}

// limited returns the wall time of a benchmark, or how long it was let run.
func (r *results) limited(name string) string {
	if r.gaveUp(name) {
		return "over " + r.notes["limit"]
	}
	return r.median(name, wallTime, formatTime)
}

// packageLabels say what the packages and programs of the generated code are.
var packageLabels = map[string]string{
	"platform": "errcat's package", "sentinels": "sentinels", "mapped": "a table in a map", "switched": "a table in a switch",
}

func buildTable(r *results, codes int) string {
	rows := [][]string{{"Package", "Wall", "Min to max", "CPU", "Memory"}}
	for _, name := range packages {
		rows = append(rows, append([]string{packageLabels[name]}, r.process(buildName(codes, name))...))
	}
	return table(rows...)
}

func binaryTable(r *results, codes int) string {
	rows := [][]string{{"Program", "File", "More than the server", "Of it code", "Start", "Min to max", "Init work"}}
	for _, l := range []struct{ program, label string }{
		{"empty", "an empty one"},
		{"server", "the server: net/http, log/slog"},
		{"one", "with one code of errcat's"},
		{"all", "with every error of errcat's"},
		{"sentinels", "with one of the sentinels"},
		{"mapped", "with the table in a map"},
		{"switched", "with the table in a switch"},
	} {
		name := binaryName(codes, l.program)
		row := []string{l.label, r.median(name, fileBytes, formatBytes)}
		for _, unit := range []string{fileBytes, codeBytes} {
			size, ok := r.stat(name, unit)
			server, okServer := r.stat(binaryName(codes, "server"), unit)
			cell := missing
			if ok && okServer {
				cell = formatBytes(size.median - server.median)
			}
			row = append(row, cell)
		}
		work := "none"
		if entries, ok := r.stat(name, initEntries); ok && entries.median > 0 {
			work = r.median(name, initTime, formatTime)
		}
		start := startName(codes, l.program)
		row = append(row, r.median(start, wallTime, formatTime), r.spread(start, wallTime, formatTime), work)
		rows = append(rows, row)
	}
	return table(rows...)
}

// callLabels say what a call does.
var callLabels = map[string]string{
	"return":          "return a code",
	"make":            "make an error with two params",
	"is":              "`errors.Is` of a code",
	"is-wrapped":      "`errors.Is` of a wrapped code",
	"as":              "`errors.As` of a wrapped struct",
	"status":          "`HTTPStatus` of a code",
	"status-of-all":   "`HTTPStatus` of all codes in random order",
	"status-of-error": "`HTTPStatus` of a wrapped error",
	"title":           "`Title`",
	"parse-code":      "`ParseCode`",
	"write-problem":   "`WriteProblem`",
	"parse-problem":   "`ParseProblem`",
	"log":             "make an error and log it as JSON",
}

func callTable(r *results, codes int) string {
	rows := [][]string{{"Call", "errcat", "Sentinels", "Map", "Switch", "Allocations", "of sentinels"}}
	for _, call := range []string{
		"return", "make", "is", "is-wrapped", "as", "status", "status-of-all", "status-of-error", "title", "parse-code", "write-problem", "parse-problem", "log",
	} {
		row := []string{callLabels[call]}
		for _, by := range []string{"errcat", "sentinels", "map", "switch"} {
			row = append(row, r.median(callName(codes, call, by), wallTime, formatTime))
		}
		for _, by := range []string{"errcat", "sentinels"} {
			row = append(row, r.median(callName(codes, call, by), allocs, formatCount))
		}
		rows = append(rows, row)
	}
	return table(rows...)
}

func compilerTable(r *results, codes int) string {
	rows := [][]string{{"Application", "Modules", "tsc", "Wall", "Min to max", "CPU", "Memory", "CPU x empty"}}
	labels := map[string]string{
		"empty": "an empty file", "one": "one code", "problem": "`parseProblem`", "all": "switch, messages, statuses",
	}
	for _, compiler := range compilers {
		for _, emit := range []string{"ts", "js"} {
			for _, application := range applications {
				name := compileName(codes, compiler, emit, application)
				row := append([]string{labels[application], emit, r.notes["version "+compiler]}, r.process(name)...)
				rows = append(rows, append(row, r.times(name, compileName(codes, compiler, emit, "empty"), cpuTime)))
			}
		}
	}
	return table(rows...)
}

// bundlerLabels are the bundlers' names.
var bundlerLabels = map[string]string{"esbuild": "esbuild", "rollup": "Rollup"}

func bundleTable(r *results, codes int) string {
	rows := [][]string{{"A bundle that uses", "esbuild", "gzipped", "Rollup", "gzipped"}}
	for _, l := range []struct{ application, label string }{
		{"code", "one code"},
		{"types", "types alone"},
		{"parseProblem", "`parseProblem`"},
		{"readProblem", "`readProblem` and `ProblemError`"},
		{"formatMessage", "`formatMessage`"},
		{"catalog", "`httpStatus` and `title`"},
	} {
		row := []string{l.label}
		for _, bundler := range []string{"esbuild", "rollup"} {
			for _, unit := range []string{minifiedBytes, gzippedBytes} {
				row = append(row, r.median(bundleName(codes, bundler, l.application), unit, formatBytes))
			}
		}
		rows = append(rows, row)
	}
	return table(rows...)
}
