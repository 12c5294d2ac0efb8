package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The units of what is measured, as golang.org/x/benchmarks names them where
// the testing package does not.
const (
	wallTime   = "ns/op"
	cpuTime    = "user+sys-ns/op"
	peakMemory = "peak-RSS-bytes"
	allocs     = "allocs/op"
)

// value is one figure.
type value struct {
	n    float64
	unit string
}

// measurement is one run of one benchmark.
type measurement struct {
	name       string // without "Benchmark"
	iterations int
	values     []value
}

// results are all that one run of this program measured.
type results struct {
	// config says what the machine is: goos, goarch and cpu.
	config map[string]string
	// notes are what else a reader must know, such as versions.
	notes        map[string]string
	measurements []measurement
}

func newResults() *results {
	return &results{config: make(map[string]string), notes: make(map[string]string)}
}

// add records a measurement.
func (r *results) add(name string, iterations int, values ...value) {
	r.measurements = append(r.measurements, measurement{name, iterations, values})
}

// giveUp records that a run of a benchmark took too long.
func (r *results) giveUp(name string) { r.notes["gave up "+name] = "a run took longer than the limit" }

// gaveUp reports whether a run of a benchmark took too long.
func (r *results) gaveUp(name string) bool { return r.notes["gave up "+name] != "" }

// samples returns what was measured of a benchmark in a unit, in the order of
// the runs.
func (r *results) samples(name, unit string) []float64 {
	var samples []float64
	for _, m := range r.measurements {
		if m.name != name {
			continue
		}
		for _, v := range m.values {
			if v.unit == unit {
				samples = append(samples, v.n)
			}
		}
	}
	return samples
}

// write writes the results in the format of Go benchmarks, which benchstat
// reads. Notes are lines that it passes over: as configuration they would keep
// it from comparing two runs.
func (r *results) write(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, key := range slices.Sorted(maps.Keys(r.notes)) {
		fmt.Fprintf(b, "# %s: %s\n", key, r.notes[key])
	}
	for _, key := range slices.Sorted(maps.Keys(r.config)) {
		fmt.Fprintf(b, "%s: %s\n", key, r.config[key])
	}
	for _, m := range r.measurements {
		fmt.Fprintf(b, "Benchmark%s %d", m.name, m.iterations)
		for _, v := range m.values {
			fmt.Fprintf(b, " %s %s", strconv.FormatFloat(v.n, 'f', -1, 64), v.unit)
		}
		fmt.Fprintln(b)
	}
	return b.Flush()
}

// readResults reads what write wrote, or what go test -bench prints; lines of
// other kinds are passed over. It fails where a measurement cannot be read.
func readResults(in io.Reader) (*results, error) {
	r := newResults()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "Benchmark") {
			m, err := parseMeasurement(line)
			if err != nil {
				return nil, err
			}
			r.measurements = append(r.measurements, m)
			continue
		}
		key, text, ok := strings.Cut(line, ": ")
		if note, isNote := strings.CutPrefix(key, "# "); ok && isNote {
			r.notes[note] = text
		} else if ok && slices.Contains([]string{"goos", "goarch", "cpu"}, key) {
			r.config[key] = text
		}
	}
	return r, lines.Err()
}

// parseMeasurement reads a line of the benchmark format.
func parseMeasurement(line string) (measurement, error) {
	fields := strings.Fields(line)
	if len(fields) < 4 || len(fields)%2 != 0 {
		return measurement{}, fmt.Errorf("not a benchmark: %s", line)
	}
	iterations, err := strconv.Atoi(fields[1])
	if err != nil {
		return measurement{}, fmt.Errorf("not a benchmark: %s", line)
	}
	m := measurement{name: strings.TrimPrefix(fields[0], "Benchmark"), iterations: iterations}
	for pair := range slices.Chunk(fields[2:], 2) {
		n, err := strconv.ParseFloat(pair[0], 64)
		if err != nil {
			return measurement{}, fmt.Errorf("not a benchmark: %s", line)
		}
		m.values = append(m.values, value{n, pair[1]})
	}
	return m, nil
}
