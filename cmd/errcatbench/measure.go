package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// manyCodes is the size of catalog that most of the budget is about. Larger ones
// only show how the cost grows.
const manyCodes = 10_000

// outputs are the outputs of the measured catalogs; the first three are the main
// ones.
var outputs = []string{"go=go", "typescript=typescript", "markdown=errors.md", "html=errors.html", "json=errors.json", "schema=schema.json"}

func runName(codes int, run string) string { return fmt.Sprintf("Run/codes=%d/run=%s", codes, run) }
func buildName(codes int) string           { return fmt.Sprintf("Build/codes=%d/package=platform", codes) }
func callName(codes int, call string) string {
	return fmt.Sprintf("Calls/codes=%d/call=%s", codes, call)
}
func pageName(codes int) string { return fmt.Sprintf("HTML/codes=%d/file=page", codes) }

// measureProcesses measures errcat and its yardsticks at each size.
func (l *lab) measureProcesses(sizes []int) error {
	for _, codes := range sizes {
		catalog, err := l.catalog(codes)
		if err != nil {
			return err
		}
		dir := filepath.Dir(catalog)
		errcat := func(run string, args ...string) process {
			return process{name: runName(codes, run), dir: dir, args: append([]string{l.path("bin", "errcat")}, args...)}
		}
		// A cold run begins without output files.
		write := func(verb, folder string, outputs []string) process {
			args := []string{verb, "-c", "catalog.yaml"}
			for _, o := range outputs {
				target, path, _ := strings.Cut(o, "=")
				args = append(args, "-o", target+"="+folder+"/"+path)
			}
			p := errcat(verb+"-"+folder, args...)
			if verb == "generate" {
				p.name += "-cold"
				p.prepare = func() error { return os.RemoveAll(filepath.Join(dir, folder)) }
			}
			return p
		}
		processes := []process{
			{name: runName(codes, "parse"), dir: dir, args: []string{l.path("bin", "parse"), "catalog.yaml"}},
			write("generate", "main", outputs[:3]),
			write("generate", "all", outputs),
		}
		rounds := l.rounds
		if codes > manyCodes {
			rounds = (rounds + 1) / 2
		} else {
			processes = append(processes,
				write("check", "all", outputs),
				errcat("version", "version"),
				errcat("lint", "lint", "-c", "catalog.yaml"),
				errcat("explain", "explain", "-c", "catalog.yaml", "ACCOUNT_NOT_FOUND"),
				errcat("search", "list", "-c", "catalog.yaml", "--search", "the account was not found"),
			)
		}
		if codes < manyCodes {
			rounds *= 4
		}
		if err := l.compare(rounds, processes...); err != nil {
			return err
		}
		if codes > manyCodes {
			continue
		}
		if err := l.measurePage(codes, filepath.Join(dir, "all", "errors.html")); err != nil {
			return err
		}
	}
	return nil
}

// measurePage records the size of an HTML page.
func (l *lab) measurePage(codes int, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var zipped counter
	z := gzip.NewWriter(&zipped)
	n, err := io.Copy(z, f)
	if err == nil {
		err = z.Close()
	}
	l.results.add(pageName(codes), value{float64(n), fileBytes}, value{float64(zipped), gzipBytes})
	return err
}

// counter counts the bytes written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// measureCode measures go build and calls of the generated Go package, of the
// largest catalog that is not above manyCodes.
func (l *lab) measureCode(sizes []int, benchtime string) error {
	codes := 0
	for _, n := range sizes {
		if n <= manyCodes {
			codes = max(codes, n)
		}
	}
	if codes == 0 {
		return nil
	}
	catalog, err := l.catalog(codes)
	if err != nil {
		return err
	}
	dir := l.path("calls")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(l.root, "cmd", "errcatbench", "testdata", "calls"))); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/calls\n\ngo 1.26\n"), 0o666); err != nil {
		return err
	}
	if _, err := l.output(dir, l.path("bin", "errcat"), "generate", "-q", "-c", catalog, "-o", "go=platform,package=platform",
		"-o", "template=calls_test.go,template=calls_test.go.tmpl,audience=internal"); err != nil {
		return err
	}
	builds := 0
	err = l.compare(l.rounds, process{
		name: buildName(codes), dir: dir, args: []string{"go", "build", "./platform"},
		// A comment makes go build compile the package again, and nothing else.
		prepare: func() error {
			builds++
			source := fmt.Sprintf("// Build %d in %s.\n\npackage platform\n", builds, dir)
			return os.WriteFile(filepath.Join(dir, "platform", "build.go"), []byte(source), 0o666)
		},
	})
	if err != nil {
		return err
	}
	return l.goTest(dir, "-bench", ".", "-benchtime", benchtime, "-count", strconv.Itoa(l.rounds), ".")
}

// benchmark runs benchmarks of one of errcat's packages, which measure one
// iteration.
func (l *lab) benchmark(pattern, pkg string) error {
	return l.goTest(l.root, "-bench", pattern, "-benchtime", "1x", "-count", strconv.Itoa((l.rounds+1)/2), pkg)
}

// goTest runs benchmarks and records what they measure.
func (l *lab) goTest(dir string, args ...string) error {
	l.progress("go test %s", strings.Join(args, " "))
	out, err := l.output(dir, append([]string{"go", "test", "-run", "^$", "-cpu", "1", "-timeout", "0"}, args...)...)
	if err != nil {
		return err
	}
	r, err := readResults(strings.NewReader(out))
	if err != nil {
		return err
	}
	l.results.measurements = append(l.results.measurements, r.measurements...)
	if cpu := r.config["cpu"]; cpu != "" {
		l.results.config["cpu"] = cpu
	}
	return nil
}
