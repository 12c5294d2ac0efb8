package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// packages are the forms that the errors of the catalog have in the module that
// is compiled: errcat's, and three by hand.
var packages = []string{"platform", "sentinels", "mapped", "switched"}

// binaries are the programs that are linked, each a little more than the one
// before or in the place of errcat's.
var binaries = []string{"empty", "server", "one", "all", "sentinels", "mapped", "switched"}

// The names of the benchmarks of the generated Go package.
func buildName(codes int, name string) string {
	return fmt.Sprintf("Build/codes=%d/package=%s", codes, name)
}

func binaryName(codes int, program string) string {
	return fmt.Sprintf("Binary/codes=%d/program=%s", codes, program)
}

func startName(codes int, program string) string {
	return fmt.Sprintf("Start/codes=%d/program=%s", codes, program)
}

func callName(codes int, call, by string) string {
	return fmt.Sprintf("Calls/codes=%d/call=%s/by=%s", codes, call, by)
}

// The units of a program.
const (
	fileBytes   = "file-bytes"
	codeBytes   = "code-bytes"
	initEntries = "init-entries"
	initTime    = "init-ns"
)

// measureCode measures the generated Go package: what it costs to compile, in a
// program, at its start, and to call.
func (l *lab) measureCode(sizes []int, benchtime string) error {
	for _, codes := range ends(sizes) {
		if err := l.measureCodeAt(codes, benchtime); err != nil {
			return err
		}
	}
	return nil
}

func (l *lab) measureCodeAt(codes int, benchtime string) error {
	catalog, err := l.catalog(codes)
	if err != nil {
		return err
	}
	dir := l.path("code", strconv.Itoa(codes))
	if err := l.unpack("code", dir, codes, "internal"); err != nil {
		return err
	}
	if _, err := l.output(command{dir: dir, args: []string{l.errcat(), "generate", "-q", "-c", catalog, "-o", "go=platform,package=platform"}}); err != nil {
		return err
	}
	var builds, starts []command
	for _, name := range packages {
		folder := filepath.Join(dir, name)
		builds = append(builds, command{
			name: buildName(codes, name), dir: dir, args: []string{"go", "build", "./" + name},
			prepare: func() error { return l.freshen(folder) },
		})
	}
	if err := l.compare(l.runs, builds...); err != nil {
		return err
	}
	l.progress("link the programs of %d codes", codes)
	bin := filepath.Join(dir, "bin")
	if _, err := l.output(command{dir: dir, args: []string{"go", "build", "-o", bin + string(filepath.Separator), "./programs/..."}}); err != nil {
		return err
	}
	for _, program := range binaries {
		if err := l.measureBinary(codes, program, filepath.Join(bin, program)); err != nil {
			return err
		}
		starts = append(starts, command{name: startName(codes, program), dir: dir, args: []string{filepath.Join(bin, program)}})
	}
	if err := l.compare(shortRuns*l.runs, starts...); err != nil {
		return err
	}
	return l.measureCalls(codes, dir, benchtime)
}

// initLine is what GODEBUG=inittrace=1 says of a package of the module.
var initLine = regexp.MustCompile(`(?m)^init example\.com/code/\S+ @\S+ ms, (\S+) ms clock`)

// measureBinary records the size of a program, and what of it is machine code
// with its tables; and which packages of the module have work to do at the
// start.
func (l *lab) measureBinary(codes int, program, path string) error {
	size, err := fileSize(path)
	if err != nil {
		return err
	}
	code, err := l.codeSize(path)
	if err != nil {
		return err
	}
	cmd, trace := l.command(l.ctx, command{args: []string{path}, env: []string{"GODEBUG=inittrace=1"}})
	if err := cmd.Run(); err != nil {
		return failure(cmd, err, trace.Bytes())
	}
	entries := initLine.FindAllSubmatch(trace.Bytes(), -1)
	total := 0.0
	for _, m := range entries {
		ms, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			return err
		}
		total += ms * 1e6
	}
	l.results.add(binaryName(codes, program), 1,
		value{size, fileBytes}, value{code, codeBytes}, value{float64(len(entries)), initEntries}, value{total, initTime})
	return nil
}

// codeSize returns the bytes of a program's machine code and of the tables by
// which it is found, as its symbols tell; what functions are there shows in it,
// and data and texts do not.
func (l *lab) codeSize(program string) (float64, error) {
	out, err := l.output(command{args: []string{"go", "tool", "nm", program}})
	if err != nil {
		return 0, err
	}
	address := make(map[string]uint64)
	for line := range bytes.Lines(out) {
		fields := strings.Fields(string(line))
		if len(fields) == 3 && strings.HasPrefix(fields[2], "runtime.") {
			if address[fields[2]], err = strconv.ParseUint(fields[0], 16, 64); err != nil {
				return 0, err
			}
		}
	}
	size := address["runtime.etext"] - address["runtime.text"] + address["runtime.epclntab"] - address["runtime.pclntab"]
	if size == 0 {
		return 0, fmt.Errorf("%s: there are no symbols of its code", program)
	}
	return float64(size), nil
}

// measureCalls runs the Go benchmarks of the module.
func (l *lab) measureCalls(codes int, dir, benchtime string) error {
	test := filepath.Join(dir, "calls.test")
	if _, err := l.output(command{dir: dir, args: []string{"go", "test", "-c", "-o", test, "./calls"}}); err != nil {
		return err
	}
	for round := range l.runs {
		l.progress("calls of %d codes, run %d of %d", codes, round+1, l.runs)
		out, err := l.output(command{dir: dir, args: []string{test, "-test.run", "^$", "-test.bench", ".", "-test.benchtime", benchtime, "-test.cpu", "1"}})
		if err != nil {
			return err
		}
		r, err := readResults(bytes.NewReader(out))
		if err != nil {
			return err
		}
		l.results.measurements = append(l.results.measurements, r.measurements...)
	}
	return nil
}
