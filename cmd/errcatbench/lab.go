package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// lab is where things are measured: a temporary folder with the commands of this
// module in bin, and the catalogs.
type lab struct {
	ctx     context.Context
	dir     string
	root    string // the folder of this module
	rounds  int
	limit   time.Duration // of each command
	log     io.Writer     // progress
	results *results
}

// newLab builds the commands of the module that the working directory is in.
func newLab(ctx context.Context, dir string, rounds int, limit time.Duration, log io.Writer) (*lab, error) {
	l := &lab{ctx: ctx, dir: dir, rounds: rounds, limit: limit, log: log, results: newResults()}
	root, err := l.output("", "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return nil, err
	}
	l.root = strings.TrimSpace(root)
	l.progress("build errcat")
	bin := l.path("bin") + string(filepath.Separator)
	if _, err = l.output(l.root, "go", "build", "-o", bin, "./cmd/errcat", "./cmd/errcatbench", "./cmd/errcatbench/testdata/parse"); err != nil {
		return nil, err
	}
	return l, l.describe()
}

// describe records the machine and the versions of the tools.
func (l *lab) describe() error {
	l.results.config["goos"], l.results.config["goarch"] = runtime.GOOS, runtime.GOARCH
	notes := l.results.notes
	notes["date"] = time.Now().UTC().Format(time.DateOnly)
	notes["rounds"] = strconv.Itoa(l.rounds)
	notes["cores"] = strconv.Itoa(runtime.NumCPU())
	notes["Go"] = strings.TrimPrefix(runtime.Version(), "go")
	if out, err := l.output("", "node", "--version"); err == nil {
		notes["Node"] = strings.TrimPrefix(strings.TrimSpace(out), "v")
	}
	var manifest struct{ DevDependencies map[string]string }
	data, err := os.ReadFile(filepath.Join(l.root, "package.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		return err
	}
	for _, tool := range []string{"typescript", "typescript-7", "esbuild", "rollup"} {
		version := manifest.DevDependencies[tool]
		notes[tool] = version[strings.LastIndex(version, "@")+1:]
	}
	return nil
}

func (l *lab) path(elements ...string) string {
	return filepath.Join(append([]string{l.dir}, elements...)...)
}

func (l *lab) progress(format string, args ...any) { fmt.Fprintf(l.log, format+"\n", args...) }

// catalog returns the path of a catalog with so many codes. Another process makes
// it: on Linux, the peak memory of a process is at least what its parent had when
// it started it.
func (l *lab) catalog(codes int) (string, error) {
	file := l.path(strconv.Itoa(codes), "catalog.yaml")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return "", err
	}
	_, err := l.output("", l.path("bin", "errcatbench"), "catalog", strconv.Itoa(codes), "-o", file)
	return file, err
}

// process is a command that is measured as a whole process.
type process struct {
	name    string // of its benchmark
	dir     string
	args    []string
	prepare func() error // runs before each measurement; may be nil
}

// compare measures processes side by side. In each round every process runs once,
// so that a machine that becomes slower does so for all of them; the first round
// warms up caches and is not recorded.
func (l *lab) compare(rounds int, processes ...process) error {
	for round := range rounds + 1 {
		l.progress("round %d of %d: %s", round, rounds, processes[0].name)
		for _, p := range processes {
			values, err := l.measure(p)
			if err != nil {
				return err
			}
			if round > 0 {
				l.results.add(p.name, values...)
			}
		}
	}
	return nil
}

// measure runs a process once. It returns the wall time, and the CPU time and peak
// memory of the process and its descendants.
func (l *lab) measure(p process) ([]value, error) {
	if p.prepare != nil {
		if err := p.prepare(); err != nil {
			return nil, err
		}
	}
	cmd, cancel := l.command(p.dir, p.args...)
	defer cancel()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return nil, failure(cmd, err, stderr.String())
	}
	wall := time.Since(start)
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	values := []value{{float64(wall.Nanoseconds()), wallTime}, {float64(cpu.Nanoseconds()), cpuTime}}
	if peak := peakRSS(cmd.ProcessState); peak > 0 {
		values = append(values, value{float64(peak), peakMemory})
	}
	return values, nil
}

// output runs a command that is not measured, and returns its standard output.
func (l *lab) output(dir string, args ...string) (string, error) {
	cmd, cancel := l.command(dir, args...)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", failure(cmd, err, stdout.String()+stderr.String())
	}
	return stdout.String(), nil
}

// command returns a command that is killed with its descendants at the time limit.
func (l *lab) command(dir string, args ...string) (*exec.Cmd, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(l.ctx, l.limit)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	cmd.WaitDelay = time.Second
	ownGroup(cmd)
	return cmd, cancel
}

func failure(cmd *exec.Cmd, err error, printed string) error {
	return fmt.Errorf("%s: %w\n%.4000s", strings.Join(cmd.Args, " "), err, printed)
}
