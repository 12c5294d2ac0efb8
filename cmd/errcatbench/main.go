// Command errcatbench measures what errcat costs: the command itself, compared
// with the YAML parse of the catalog, and the code that it generates.
//
// It writes docs/benchmarks.txt, each measurement in the Go benchmark format, for
// benchstat; and docs/benchmarks.md, which compares them with the budget.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/errcat/errcat/generator/catalogtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "errcatbench: %s\n", err)
		os.Exit(1)
	}
}

// commands is the command line.
type commands struct {
	Run     runCommand     `cmd:"" default:"withargs" help:"Measure, and write the report."`
	Report  reportCommand  `cmd:"" help:"Write the report of earlier measurements."`
	Catalog catalogCommand `cmd:"" help:"Write a catalog of the kind that is measured."`
}

// run executes a command line. Progress is written to stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	exited := false
	parser, err := kong.New(new(commands),
		kong.Name("errcatbench"),
		kong.Description("errcatbench measures what errcat costs."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { exited = true }),
	)
	if err != nil {
		return err
	}
	command, err := parser.Parse(args)
	if exited {
		return nil
	}
	if err != nil {
		return err
	}
	return command.Run(&environment{ctx, stdout, stderr})
}

// environment is what a command runs in.
type environment struct {
	ctx            context.Context
	stdout, stderr io.Writer
}

// writeFile lets write write a file, or standard output if path is empty.
func (env *environment) writeFile(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(env.stdout)
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// runCommand is errcatbench run.
type runCommand struct {
	Only      []string      `help:"What to measure: ${enum}." enum:"processes,code,typescript,html" default:"processes,code,typescript,html"`
	Sizes     []int         `help:"Sizes of the catalogs for processes; for code, the largest up to 10,000 is used." default:"20,1000,10000,100000"`
	Runs      int           `help:"Number of rounds; short processes have more, slow ones fewer." default:"6"`
	Limit     time.Duration `help:"Time limit of each command." default:"30m"`
	Benchtime string        `help:"The -benchtime of the calls of generated Go code." default:"0.2s"`
	Bench     string        `help:"Where to write the measurements; by default they are not kept." placeholder:"FILE"`
	Report    string        `help:"Where to write the report; by default standard output." placeholder:"FILE"`
}

// Validate rejects catalogs that lack an error of each kind that is measured.
func (cmd *runCommand) Validate() error {
	const least = 20
	if len(cmd.Sizes) == 0 || slices.Min(cmd.Sizes) < least {
		return fmt.Errorf("sizes must be at least %d", least)
	}
	return nil
}

// Run measures, and writes the measurements and the report.
func (cmd *runCommand) Run(env *environment) error {
	dir, err := os.MkdirTemp("", "errcatbench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	l, err := newLab(env.ctx, dir, max(cmd.Runs, 1), cmd.Limit, env.stderr)
	if err != nil {
		return err
	}
	for _, part := range cmd.Only {
		start := time.Now()
		switch part {
		case "processes":
			err = l.measureProcesses(cmd.Sizes)
		case "code":
			err = l.measureCode(cmd.Sizes, cmd.Benchtime)
		case "typescript":
			err = l.benchmark("^Benchmark(TSC|Bundle|HTTPStatus)$", "./generator/typescript")
		case "html":
			err = l.benchmark("^BenchmarkPage$", "./generator/html")
		}
		if err != nil {
			return err
		}
		l.progress("%s took %s", part, time.Since(start).Round(time.Second))
	}
	if cmd.Bench != "" {
		if err := env.writeFile(cmd.Bench, l.results.write); err != nil {
			return err
		}
	}
	return env.writeFile(cmd.Report, l.results.report)
}

// reportCommand is errcatbench report.
type reportCommand struct {
	Bench  string `arg:"" help:"The measurements of an earlier run." type:"existingfile"`
	Report string `help:"Where to write the report; by default standard output." placeholder:"FILE"`
}

// Run writes the report.
func (cmd *reportCommand) Run(env *environment) error {
	f, err := os.Open(cmd.Bench)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := readResults(f)
	if err != nil {
		return err
	}
	return env.writeFile(cmd.Report, r.report)
}

// catalogCommand is errcatbench catalog.
type catalogCommand struct {
	Codes int    `arg:"" help:"The number of codes."`
	Out   string `short:"o" help:"Where to write it; by default standard output." placeholder:"FILE"`
}

// Run writes the catalog.
func (cmd *catalogCommand) Run(env *environment) error {
	return env.writeFile(cmd.Out, func(w io.Writer) error {
		_, err := w.Write(catalogtest.YAML(cmd.Codes))
		return err
	})
}
