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

// The units of measurements, as golang.org/x/benchmarks names those that the
// testing package does not have.
const (
	wallTime   = "ns/op"
	cpuTime    = "user+sys-ns/op"
	peakMemory = "peak-RSS-bytes"
	allocs     = "allocs/op"
	fileBytes  = "file-bytes"
	gzipBytes  = "gzip-bytes"
)

// value is one figure of a measurement.
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

// results are the measurements of one run of errcatbench.
type results struct {
	config       map[string]string // of the benchmark format: goos, goarch, cpu
	notes        map[string]string // more about the machine, such as versions
	measurements []measurement
}

func newResults() *results {
	return &results{config: make(map[string]string), notes: make(map[string]string)}
}

func (r *results) add(name string, values ...value) {
	r.measurements = append(r.measurements, measurement{name, 1, values})
}

// samples returns the measurements of a benchmark in a unit, in order.
func (r *results) samples(name, unit string) []float64 {
	var samples []float64
	for _, m := range r.measurements {
		for _, v := range m.values {
			if m.name == name && v.unit == unit {
				samples = append(samples, v.n)
			}
		}
	}
	return samples
}

// median returns the median of a benchmark in a unit, and whether it was measured.
func (r *results) median(name, unit string) (float64, bool) { return median(r.samples(name, unit)) }

// ratio returns the median of the ratios of two benchmarks, round by round: in one
// round both ran on the same machine under the same load. It reports whether both
// were measured.
func (r *results) ratio(name, base, unit string) (float64, bool) {
	a, b := r.samples(name, unit), r.samples(base, unit)
	var ratios []float64
	for i := range min(len(a), len(b)) {
		if b[i] != 0 {
			ratios = append(ratios, a[i]/b[i])
		}
	}
	return median(ratios)
}

func median(samples []float64) (float64, bool) {
	if len(samples) == 0 {
		return 0, false
	}
	s := slices.Sorted(slices.Values(samples))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2, true
}

// write writes the results in the Go benchmark format, which benchstat reads.
// Notes are comments: benchstat does not compare runs whose configuration differs.
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

// readResults reads what write wrote or go test -bench printed, and ignores lines
// that are neither. It fails if a measurement is malformed.
func readResults(in io.Reader) (*results, error) {
	r := newResults()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := lines.Text()
		key, text, ok := strings.Cut(line, ": ")
		note, isNote := strings.CutPrefix(key, "# ")
		switch {
		case strings.HasPrefix(line, "Benchmark") && len(strings.Fields(line)) > 1:
			m, err := parseMeasurement(strings.Fields(line))
			if err != nil {
				return nil, fmt.Errorf("malformed benchmark: %s", line)
			}
			r.measurements = append(r.measurements, m)
		case ok && isNote:
			r.notes[note] = text
		case ok && slices.Contains([]string{"goos", "goarch", "cpu"}, key):
			r.config[key] = text
		}
	}
	return r, lines.Err()
}

func parseMeasurement(fields []string) (m measurement, err error) {
	if len(fields) < 4 || len(fields)%2 != 0 {
		return m, fmt.Errorf("%d fields", len(fields))
	}
	m.name = strings.TrimPrefix(fields[0], "Benchmark")
	if m.iterations, err = strconv.Atoi(fields[1]); err != nil {
		return m, err
	}
	for pair := range slices.Chunk(fields[2:], 2) {
		n, err := strconv.ParseFloat(pair[0], 64)
		if err != nil {
			return m, err
		}
		m.values = append(m.values, value{n, pair[1]})
	}
	return m, nil
}
