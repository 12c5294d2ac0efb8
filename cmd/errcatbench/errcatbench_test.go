package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/benchmark/parse"
)

// A run with a small catalog measures everything that it says, in the benchmark
// format.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and measures programs")
	}
	dir := t.TempDir()
	bench, page := filepath.Join(dir, "bench.txt"), filepath.Join(dir, "report.md")
	args := []string{"--sizes=20", "--runs=1", "--only=processes,code", "--benchtime=1x", "--bench", bench, "--report", page}
	if err := run(t.Context(), args, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	measured := readFile(t, bench)
	checkFormat(t, measured)
	r, err := readResults(strings.NewReader(measured))
	if err != nil {
		t.Fatal(err)
	}
	for name, units := range map[string][]string{
		runName(20, "parse"):              {wallTime, cpuTime},
		runName(20, "version"):            {wallTime, cpuTime},
		runName(20, "generate-main-cold"): {wallTime, cpuTime},
		runName(20, "generate-all-cold"):  {wallTime, cpuTime},
		runName(20, "check-all"):          {wallTime, cpuTime},
		runName(20, "lint"):               {wallTime, cpuTime},
		runName(20, "explain"):            {wallTime, cpuTime},
		runName(20, "search"):             {wallTime, cpuTime},
		pageName(20):                      {fileBytes, gzipBytes},
		buildName(20):                     {wallTime, cpuTime},
		callName(20, "make"):              {wallTime, allocs},
		callName(20, "parse-problem"):     {wallTime, allocs},
	} {
		for _, unit := range units {
			if n, ok := r.median(name, unit); !ok || n <= 0 {
				t.Errorf("%s: %v %s", name, n, unit)
			}
		}
	}
	if !regexp.MustCompile(`(?m)^\| generate-all-cold +\| +[\d.,]+ (?:µs|ms|s) \|`).MatchString(readFile(t, page)) {
		t.Error("the report has no row for generate-all-cold")
	}
}

// benchmarkLine is stricter than the parser: benchstat filters by key=value names.
var benchmarkLine = regexp.MustCompile(`^Benchmark[A-Z]\w*(/[a-z]+=[\w.-]+)* [1-9]\d*( \d+(\.\d+)? \S+)+$`)

// checkFormat checks that text is in the Go benchmark format.
func checkFormat(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "Benchmark") {
			if _, err := parse.ParseLine(line); err != nil || !benchmarkLine.MatchString(line) {
				t.Errorf("not a benchmark: %s (%v)", line, err)
			}
		} else if !regexp.MustCompile(`^(#|goos:|goarch:|cpu:) ?\S`).MatchString(line) {
			t.Errorf("not a line of the format: %q", line)
		}
	}
	if !strings.Contains(text, "\nBenchmark") {
		t.Error("no benchmarks")
	}
}

// docs/benchmarks.md is the report of docs/benchmarks.txt.
func TestPage(t *testing.T) {
	const bench, page = "../../docs/benchmarks.txt", "../../docs/benchmarks.md"
	var report bytes.Buffer
	if err := run(t.Context(), []string{"report", bench}, &report, io.Discard); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(report.String(), "\n"), strings.Split(readFile(t, page), "\n")); diff != "" {
		t.Errorf("the page differs from the report; run make bench-report\n%s", diff)
	}
	if found := regexp.MustCompile(`NaN|Inf|<no value>|%!|\| +\|`).FindString(report.String()); found != "" {
		t.Errorf("the report contains %q", found)
	}
	checkFormat(t, readFile(t, bench))
}

// The other packages still have the benchmarks that the budget needs.
func TestBudgetNames(t *testing.T) {
	for file, names := range map[string][]string{
		"generator/typescript/tsc_test.go":        {"func BenchmarkTSC(", `"codes=10000/compiler="+compiler+"/emit="+emit`, `"x-empty"`},
		"generator/typescript/bundle_test.go":     {"func BenchmarkBundle(", `"codes=%s/bundler=%s/app=%s"`, `"minified-bytes"`, `"gzipped-bytes"`},
		"generator/typescript/node_bench_test.go": {"func BenchmarkHTTPStatus(", `"codes=10000"`, `"first-ns"`},
		"generator/html/browser_test.go":          {"func BenchmarkPage("},
		"generator/html/testdata/browser.mjs":     {`"ms/ready, 10,000 codes"`, `"ms/key, 10,000 codes, median"`},
	} {
		text := readFile(t, filepath.Join("..", "..", filepath.FromSlash(file)))
		for _, name := range names {
			if !strings.Contains(text, name) {
				t.Errorf("%s does not contain %s, which a row of the budget needs", file, name)
			}
		}
	}
}

func TestCatalog(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"catalog", "25"}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	if codes := strings.Count(out.String(), "\n    code: "); codes != 25 {
		t.Errorf("%d codes, want 25", codes)
	}
}

func TestUsage(t *testing.T) {
	for args, want := range map[string]string{
		"--sizes=20,5":             "sizes must be at least 20",
		"--only=processes,nothing": "nothing",
		"report no-such-file":      "no such file",
	} {
		err := run(t.Context(), strings.Fields(args), io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", args, err, want)
		}
	}
}

// testLab returns a lab that can measure any command.
func testLab(t *testing.T) *lab {
	return &lab{ctx: t.Context(), dir: t.TempDir(), limit: time.Minute, log: io.Discard, results: newResults()}
}

// Processes take turns, the first round is not recorded, and prepare runs before
// every measurement.
func TestCompare(t *testing.T) {
	l := testLab(t)
	var order []string
	process := func(name string) process {
		return process{name: name, args: []string{"go", "env", "GOOS"}, prepare: func() error { order = append(order, name); return nil }}
	}
	if err := l.compare(2, process("a"), process("b")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(order, " "); got != "a b a b a b" {
		t.Errorf("the order is %s", got)
	}
	for _, name := range []string{"a", "b"} {
		for _, unit := range []string{wallTime, cpuTime} {
			if samples := l.results.samples(name, unit); len(samples) != 2 || slices.Min(samples) <= 0 {
				t.Errorf("%s has %v %s, want two measurements", name, samples, unit)
			}
		}
	}
}

// A process that fails, takes too long or is interrupted ends the run.
func TestCompareFailure(t *testing.T) {
	l := testLab(t)
	if err := l.compare(1, process{args: []string{"go", "no-such-command"}}); err == nil || !strings.Contains(err.Error(), "no-such-command: unknown command") {
		t.Errorf("error %v", err)
	}
	l.limit = 1
	if err := l.compare(1, process{args: []string{"go", "env"}}); err == nil {
		t.Error("no error at the time limit")
	}
	l.limit = time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l.ctx = ctx
	if err := l.compare(1, process{args: []string{"go", "env"}}); err == nil {
		t.Error("no error of an interrupted run")
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		samples []float64
		want    float64
		ok      bool
	}{
		{nil, 0, false}, {[]float64{7}, 7, true}, {[]float64{9, 1, 2}, 2, true}, {[]float64{4, 1, 2, 9}, 3, true},
	} {
		if got, ok := median(test.samples); got != test.want || ok != test.ok {
			t.Errorf("%v: %v %t, want %v %t", test.samples, got, ok, test.want, test.ok)
		}
	}
}

// A ratio is that of the rounds: every round says 2, the ratio of the medians
// does not.
func TestRatio(t *testing.T) {
	r := newResults()
	for _, base := range []float64{1, 10, 100, 2} {
		r.add("a", value{2 * base, wallTime})
		r.add("b", value{base, wallTime})
	}
	r.add("b", value{1000, wallTime})
	if ratio, ok := r.ratio("a", "b", wallTime); ratio != 2 || !ok {
		t.Errorf("%v %t, want 2", ratio, ok)
	}
	r.add("zero", value{0, wallTime})
	for _, name := range []string{"zero", "missing"} {
		if ratio, ok := r.ratio("a", name, wallTime); ok {
			t.Errorf("the ratio to %s is %v", name, ratio)
		}
	}
}

func TestFormat(t *testing.T) {
	for got, want := range map[string]string{
		duration(0.5):             "0.50 ns",
		duration(999.4):           "999 ns",
		duration(999.6):           "1.00 µs",
		duration(1.5e6):           "1.50 ms",
		duration(1234e9):          "1,234 s",
		byteSize(57):              "57 B",
		byteSize(36_633):          "36.6 kB",
		byteSize(4.5e6):           "4.50 MB",
		memory(262.4 * (1 << 20)): "262 MiB",
		digits(9.996):             "10.0",
		count(999):                "999",
		count(1_234_567):          "1,234,567",
		layOut([][]string{{"What", "1 µs"}, {"a code", "2"}}): "| What   | 1 µs |\n| ------ | ---: |\n| a code |    2 |\n",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What is written is read again, with fractions and notes.
func TestResults(t *testing.T) {
	r := newResults()
	r.config["goos"] = "linux"
	r.notes["Go"] = "1.26: the first"
	r.add("A/codes=1/x=y", value{0.25, wallTime}, value{5e12, peakMemory})
	r.add("B/codes=20/x=y", value{0, allocs})
	var text bytes.Buffer
	if err := r.write(&text); err != nil {
		t.Fatal(err)
	}
	checkFormat(t, text.String())
	got, err := readResults(&text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, got, cmp.AllowUnexported(results{}, measurement{}, value{})); diff != "" {
		t.Error(diff)
	}
	for _, broken := range []string{"BenchmarkX 1", "BenchmarkX 1 2 ns/op 3", "BenchmarkX one 2 ns/op", "BenchmarkX 1 two ns/op"} {
		if _, err := readResults(strings.NewReader(broken)); err == nil {
			t.Errorf("no error for %q", broken)
		}
	}
}

// The budget says what was reached, what was not, and what was not measured.
func TestBudget(t *testing.T) {
	r := newResults()
	r.add(runName(20, "version"), value{1e6, wallTime})
	r.add(runName(20, "generate-all-cold"), value{4e6, wallTime})
	r.add(runName(10_000, "generate-all-cold"), value{100 << 20, peakMemory}, value{1.1e9, cpuTime})
	r.add(runName(1000, "generate-all-cold"), value{1e8, cpuTime})
	r.add(callName(10_000, "return"), value{1, allocs})
	r.add("Page", value{31, "ms/key,-10,000-codes,-median"})
	rows := make(map[string]string)
	for line := range strings.Lines(r.budget()) {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows[cells[1]+", "+cells[2]] = strings.Join(cells[3:6], ", ")
	}
	for row, want := range map[string]string{
		"`generate` all targets, 20":                                             "2.00 x `errcat version`, 4.00 x, no",
		"peak memory of `generate` all targets, 10,000":                          "160 MiB, 100 MiB, yes",
		"growth of CPU time per code, `generate` all targets, 1,000 to 10,000":   "1.20 x, 1.10 x, yes",
		"growth of CPU time per code, `generate` all targets, 10,000 to 100,000": "1.20 x, -, not measured",
		"allocations: return of a code, 10,000":                                  "0, 1, no",
		"HTML page, key stroke in the search, 10,000":                            "30.0 ms, 31.0 ms, no",
		"`HTTPStatus` of a code, 10,000":                                         "",
	} {
		if rows[row] != want {
			t.Errorf("%s: %q, want %q", row, rows[row], want)
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
