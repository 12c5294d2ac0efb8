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

// What was measured is written in the format of Go's benchmarks, and the report
// has a complete table of it.
func TestToolsRun(t *testing.T) {
	dir := t.TempDir()
	bench, page := filepath.Join(dir, "bench.txt"), filepath.Join(dir, "report.md")
	args := []string{"--sizes=20", "--runs=1", "--only=generate,code", "--benchtime=1x", "--bench", bench, "--report", page}
	if err := run(t.Context(), args, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	measured := readFile(t, bench)
	checkBenchmarks(t, measured)
	r, err := readResults(strings.NewReader(measured))
	if err != nil {
		t.Fatal(err)
	}
	for name, units := range map[string][]string{
		runName(20, runEmpty):               {wallTime, cpuTime},
		runName(20, runAllCold):             {wallTime, cpuTime},
		buildName(20, "platform"):           {wallTime, cpuTime},
		binaryName(20, "one"):               {fileBytes, codeBytes},
		startName(20, "one"):                {wallTime},
		callName(20, "status", "errcat"):    {wallTime},
		callName(20, "make", "errcat"):      {wallTime, allocs},
		callName(20, "log", "sentinels"):    {wallTime, allocs},
		callName(20, "title", "switch"):     {wallTime},
		binaryName(20, "mapped"):            {fileBytes, initEntries},
		runName(20, "generate-html-cold"):   {wallTime},
		runName(20, "generate-schema-cold"): {wallTime},
	} {
		for _, unit := range units {
			if s, ok := r.stat(name, unit); !ok || s.min <= 0 {
				t.Errorf("%s: %v %s", name, s.min, unit)
			}
		}
	}
	report := readFile(t, page)
	checkReport(t, report)
	for _, row := range []string{"| `generate` all targets, cold ", "| errcat's package ", "| with every error of errcat's ", "| `ParseProblem` "} {
		if !strings.Contains(report, "\n"+row) {
			t.Errorf("the report has no row %q", row)
		}
	}
}

// What TestToolsRun has no time for works as well: the input of the peers is made, and
// the TypeScript applications compile and are bundled.
func TestToolsPrograms(t *testing.T) {
	l, err := newLab(t.Context(), t.TempDir(), 1, time.Minute, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range peers() {
		if err := l.unpack(p.program, l.path("peers", p.name), 20, "internal"); err != nil {
			t.Error(err)
		}
	}
	commands, err := l.compilations(20)
	if err != nil {
		t.Fatal(err)
	}
	quick := slices.DeleteFunc(commands, func(c command) bool { return !strings.Contains(c.name, "/compiler=typescript-7/") })
	if len(quick) == 0 {
		t.Fatal("there are no applications")
	}
	if err := l.compare(0, quick...); err != nil {
		t.Fatal(err)
	}
	if err := l.measureBundles(20); err != nil {
		t.Fatal(err)
	}
	for _, cell := range []string{
		l.results.median(bundleName(20, "esbuild", "code"), minifiedBytes, formatBytes),
		l.results.median(bundleName(20, "rollup", "catalog"), gzippedBytes, formatBytes),
	} {
		if cell == missing {
			t.Error("a measurement is missing")
		}
	}
}

// benchmarkLine is what the format asks for, beyond what the parser checks.
var benchmarkLine = regexp.MustCompile(`^Benchmark[A-Z]\w*(/[a-z]+=[\w.-]+)+ [1-9]\d*( \d+(\.\d+)? [A-Za-z+/-]+)+$`)

// checkBenchmarks checks that lines are in the format of Go's benchmarks.
func checkBenchmarks(t *testing.T, text string) {
	t.Helper()
	benchmarks := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "Benchmark"):
			benchmarks++
			if _, err := parse.ParseLine(line); err != nil || !benchmarkLine.MatchString(line) {
				t.Errorf("not a benchmark: %s (%v)", line, err)
			}
		case strings.HasPrefix(line, "# "):
		case !regexp.MustCompile(`^(goos|goarch|cpu): \S`).MatchString(line):
			t.Errorf("not a line of the format: %q", line)
		}
	}
	if benchmarks == 0 {
		t.Error("there are no benchmarks")
	}
}

// checkReport checks that a report has every section, and tables without gaps.
func checkReport(t *testing.T, report string) {
	t.Helper()
	if got, want := headings(report), headings(reportTemplate); !slices.Equal(got, want) {
		t.Errorf("the sections of the report are another than those of the template\n%s", cmp.Diff(want, got))
	}
	if found := regexp.MustCompile(`NaN|Inf|<no value>|%!|\{\{|\| +\||[| ]0\.00 .?s `).FindString(report); found != "" {
		t.Errorf("the report has %q in it", found)
	}
	columns := 0
	for line := range strings.Lines(report) {
		n := strings.Count(line, "|")
		if strings.HasPrefix(line, "|") && columns > 0 && n != columns {
			t.Errorf("a row of %d columns in a table of %d: %s", n-1, columns-1, line)
		}
		columns = n
	}
}

// headings returns the headings of a text in Markdown.
func headings(text string) []string {
	return regexp.MustCompile(`(?m)^#+ .+$`).FindAllString(text, -1)
}

// The page of the documentation is what the program makes of the measurements
// beside it.
func TestPage(t *testing.T) {
	const bench, page = "../../docs/benchmarks.txt", "../../docs/benchmarks.md"
	var report bytes.Buffer
	if err := run(t.Context(), []string{"report", bench}, &report, io.Discard); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(report.String(), "\n"), strings.Split(readFile(t, page), "\n")); diff != "" {
		t.Errorf("the page is another than the report; make bench-report writes it there\n%s", diff)
	}
	checkReport(t, report.String())
	checkBenchmarks(t, readFile(t, bench))
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
		"--sizes=20,5":            "20 codes at least",
		"--only=generate,nothing": "nothing",
		"report no-such-file":     "no such file",
	} {
		err := run(t.Context(), strings.Fields(args), io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", args, err, want)
		}
	}
}

// testLab returns a lab that measures other commands than errcat.
func testLab(t *testing.T, limit time.Duration) *lab {
	return &lab{ctx: t.Context(), dir: t.TempDir(), limit: limit, log: io.Discard, results: newResults()}
}

// Commands take turns, the first round does not count, and what has to be
// prepared is prepared each time.
func TestCompare(t *testing.T) {
	l := testLab(t, time.Minute)
	var order []string
	noted := func(name string) command {
		return command{name: name, args: []string{"go", "env", "GOOS"}, prepare: func() error { order = append(order, name); return nil }}
	}
	if err := l.compare(2, noted("a"), noted("b")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(order, " "); got != "a b a b a b" {
		t.Errorf("the order of the runs is %s", got)
	}
	for _, name := range []string{"a", "b"} {
		for _, unit := range []string{wallTime, cpuTime} {
			if samples := l.results.samples(name, unit); len(samples) != 2 || samples[0] <= 0 {
				t.Errorf("%s has %v %s, want two measurements", name, samples, unit)
			}
		}
	}
}

// A command that takes too long is ended and left out, and the others go on.
func TestCompareLimit(t *testing.T) {
	l := testLab(t, time.Minute)
	quick := command{name: "quick", args: []string{"go", "env", "GOOS"}}
	slow := command{name: "slow", args: []string{"go", "env", "GOOS"}, prepare: func() error { l.limit = 1; return nil }}
	quick.prepare = func() error { l.limit = time.Minute; return nil }
	if err := l.compare(2, slow, quick); err != nil {
		t.Fatal(err)
	}
	if !l.results.gaveUp("slow") || l.results.gaveUp("quick") {
		t.Errorf("the notes are %v", l.results.notes)
	}
	if n := len(l.results.samples("quick", wallTime)); n != 2 {
		t.Errorf("%d measurements of what is quick, want 2", n)
	}
}

// A command that fails ends the run, with what it said.
func TestCompareFailure(t *testing.T) {
	l := testLab(t, time.Minute)
	err := l.compare(1, command{name: "x", args: []string{"go", "no-such-command"}})
	if err == nil || !strings.Contains(err.Error(), "no-such-command: unknown command") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l.ctx = ctx
	if err := l.compare(1, command{name: "x", args: []string{"go", "env"}}); err == nil || l.results.gaveUp("x") {
		t.Errorf("error %v of a run that was interrupted", err)
	}
}

func TestSummarize(t *testing.T) {
	for _, test := range []struct {
		samples []float64
		want    stat
		ok      bool
	}{
		{nil, stat{}, false},
		{[]float64{7}, stat{7, 7, 7}, true},
		{[]float64{9, 1, 2}, stat{2, 1, 9}, true},
		{[]float64{4, 1, 2, 9}, stat{3, 1, 9}, true},
	} {
		if got, ok := summarize(test.samples); got != test.want || ok != test.ok {
			t.Errorf("%v: %v %t, want %v %t", test.samples, got, ok, test.want, test.ok)
		}
	}
}

// A ratio is that of the rounds: here every round says 2, which the ratio of the
// medians would not.
func TestRatio(t *testing.T) {
	r := newResults()
	for _, base := range []float64{1, 10, 100, 2} {
		r.add("a", 1, value{2 * base, wallTime})
		r.add("b", 1, value{base, wallTime})
	}
	r.add("b", 1, value{1000, wallTime}) // a was given up
	if ratio, ok := r.ratio("a", "b", wallTime); ratio != 2 || !ok {
		t.Errorf("%v %t, want 2", ratio, ok)
	}
	r.add("none", 1, value{0, wallTime})
	for _, name := range []string{"none", "missing"} {
		if ratio, ok := r.ratio("a", name, wallTime); ok {
			t.Errorf("%v of what is %s", ratio, name)
		}
	}
}

func TestGrowth(t *testing.T) {
	for _, test := range []struct{ small, large, want float64 }{
		{100, 1000, 1}, {100, 2000, 2}, {100, 500, 0.5},
	} {
		if got := growth(stat{median: test.small}, stat{median: test.large}, 1000, 10000); got != test.want {
			t.Errorf("from %v to %v it is %v, want %v", test.small, test.large, got, test.want)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{formatTime(0.5), "0.50 ns"},
		{formatTime(12.34), "12.3 ns"},
		{formatTime(999.4), "999 ns"},
		{formatTime(999.6), "1.00 µs"},
		{formatTime(1.5e6), "1.50 ms"},
		{formatTime(1.634e9), "1.63 s"},
		{formatTime(1234e9), "1,234 s"},
		{formatBytes(0), "0 B"},
		{formatBytes(57), "57 B"},
		{formatBytes(-1536), "-1.50 KiB"},
		{formatBytes(10 << 10), "10.0 KiB"},
		{formatBytes(1000 << 10), "0.98 MiB"},
		{formatBytes(189.4 * (1 << 20)), "189 MiB"},
		{formatBytes(23.5 * (1 << 30)), "23.5 GiB"},
		{formatRatio(4.434), "4.43 x"},
		{formatRatio(9.996), "10.0 x"},
		{formatCount(0), "0"},
		{formatCount(999), "999"},
		{formatCount(1_234_567), "1,234,567"},
		{formatCount(-1000), "-1,000"},
		{formatLimit(90 * time.Second), "90 s"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

func TestTable(t *testing.T) {
	want := "" +
		"| What   | 1 µs |\n" +
		"| ------ | ---: |\n" +
		"| a code |    2 |\n"
	if got := table([]string{"What", "1 µs"}, []string{"a code", "2"}); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// What is written is read again, with fractions and notes.
func TestResults(t *testing.T) {
	r := newResults()
	r.config["goos"] = "linux"
	r.notes["version Go"] = "1.26: the first"
	r.giveUp("A/codes=1/x=y")
	r.add("A/codes=1/x=y", 3, value{0.25, wallTime}, value{5e12, peakMemory})
	r.add("B/codes=20/x=y", 1, value{0, allocs})
	var text bytes.Buffer
	if err := r.write(&text); err != nil {
		t.Fatal(err)
	}
	checkBenchmarks(t, text.String())
	got, err := readResults(&text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, got, cmp.AllowUnexported(results{}, measurement{}, value{})); diff != "" {
		t.Error(diff)
	}
	for _, broken := range []string{"BenchmarkX 1", "BenchmarkX 1 2 ns/op 3", "BenchmarkX one 2 ns/op", "BenchmarkX 1 two ns/op"} {
		if _, err := readResults(strings.NewReader(broken)); err == nil {
			t.Errorf("%q is read", broken)
		}
	}
}

// The budget says what was reached, what was missed, and what is not known.
func TestBudget(t *testing.T) {
	r := newResults()
	r.add(runName(20, runEmpty), 1, value{1e6, wallTime})
	r.add(runName(20, runAllCold), 1, value{4e6, wallTime})
	r.add(runName(10_000, runAllCold), 1, value{100 << 20, peakMemory}, value{1.1e9, cpuTime})
	r.add(runName(1000, runAllCold), 1, value{1e8, cpuTime})
	r.add(callName(10_000, "return", "errcat"), 1, value{1, allocs})
	rows := make(map[string]string)
	for line := range strings.Lines(budget(r)) {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows[cells[1]+", "+cells[2]] = strings.Join(cells[3:6], ", ")
	}
	for row, want := range map[string]string{
		"`generate`, all targets, cold, 20":                        "3.50 x an empty program, 4.00 x, missed",
		"peak memory, all targets, 10,000":                         "120 MiB, 100 MiB, yes",
		"CPU time a code, `generate` all targets, 1,000 to 10,000": "1.20 x, 1.10 x, yes",
		"allocations: return a code, 10,000":                       "0, 1, missed",
		"`HTTPStatus` of a code, 10,000":                           "60.0 ns, -, not measured",
	} {
		if rows[row] != want {
			t.Errorf("%s: %s, want %s", row, rows[row], want)
		}
	}
}

// What a peer needs may fail, and the rest goes on.
func TestAvailable(t *testing.T) {
	l := testLab(t, time.Minute)
	if !l.available(peer{name: "there"}, command{args: []string{"go", "env", "GOOS"}}) || len(l.results.notes) > 0 {
		t.Errorf("what succeeds is missing: %v", l.results.notes)
	}
	if l.available(peer{name: "gone"}, command{args: []string{"go", "nothing", "x"}}) || l.results.notes["missing gone"] != "go nothing failed" {
		t.Errorf("what fails is not missing: %v", l.results.notes)
	}
}

func TestSourceSize(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.go": "a\nb\n", filepath.Join("b", "c.json"): "c", filepath.Join("b", freshFile): "d\n"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := sourceSize(dir); got != (textSize{2, 5}) || err != nil {
		t.Errorf("%+v (%v), want 2 lines and 5 bytes", got, err)
	}
}

// A section that could not be measured says why.
func TestMissing(t *testing.T) {
	r := newResults()
	r.notes["missing TSC"] = "It needs Node."
	if got := bySize(r, "TSC", compilerTable); got != "It needs Node.\n" {
		t.Errorf("%q", got)
	}
	if got := bySize(r, "Run", generateTable); got != notMeasured {
		t.Errorf("%q", got)
	}
}

// A peer that could not be installed or was given up has a row that says so.
func TestPeerTable(t *testing.T) {
	r := newResults()
	r.notes["limit"] = "60 s"
	r.notes["missing enumer"] = "go install failed"
	r.giveUp(peerName(20, "goa", "generate"))
	r.add(peerName(20, "stringer", "generate"), 1, value{2e6, wallTime})
	got := peerTable(r, 20)
	for _, want := range []string{`\| enumer +\| go install failed \|`, `\| goa +\| +over 60 s \|`, `\| stringer +\| +2.00 ms \|`} {
		if !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("there is no %s in\n%s", want, got)
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
