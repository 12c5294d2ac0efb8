// Command errcatbench measures what errcat costs: the command itself beside an
// empty program and the parse of the catalog alone, generators that others
// use, and what the generated code costs those who compile and call it.
//
// Its report is docs/benchmarks.md, and docs/benchmarks.txt has each single
// measurement, in the format that benchstat compares.
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
	Report  reportCommand  `cmd:"" help:"Write the report of what was measured before."`
	Catalog catalogCommand `cmd:"" help:"Write a catalog like those that are measured."`
}

// run executes a command line. Reports go to stdout where no file is named,
// what is going on to stderr.
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

// environment is what a command talks to.
type environment struct {
	ctx            context.Context
	stdout, stderr io.Writer
}

// reportFlag says where the report goes.
type reportFlag struct {
	Report string `help:"Where to write the report; by default it is printed." placeholder:"FILE"`
}

// write writes the report.
func (f reportFlag) write(env *environment, r *results) error {
	return writeTo(f.Report, env.stdout, func(w io.Writer) error { return writeReport(w, r) })
}

// writeTo lets write write a file, or to standard output where none is named.
func writeTo(path string, stdout io.Writer, write func(io.Writer) error) error {
	if path == "" {
		return write(stdout)
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
	reportFlag
	Bench     string        `help:"Where to write each measurement, for benchstat." placeholder:"FILE"`
	Only      []string      `help:"What to measure: ${enum}." enum:"generate,peers,code,typescript" default:"generate,peers,code,typescript"`
	Sizes     []int         `help:"How many codes the catalogs have." default:"20,1000,10000,100000"`
	Runs      int           `help:"Runs that count of each command; of short ones more, of slow ones fewer." default:"6"`
	LargeRuns int           `help:"The same for catalogs of more than 10,000 codes." default:"3"`
	Limit     time.Duration `help:"How long a run of a command may take." default:"60s"`
	Benchtime string        `help:"How long a benchmark of a call takes, as for go test." default:"0.2s"`
}

// leastCodes is the size from which on the catalogs have an error of each kind
// that is measured.
const leastCodes = 20

// Validate checks the sizes.
func (cmd *runCommand) Validate() error {
	if slices.ContainsFunc(cmd.Sizes, func(codes int) bool { return codes < leastCodes }) {
		return fmt.Errorf("a catalog that is measured has %d codes at least", leastCodes)
	}
	return nil
}

// Run measures, and writes the measurements and the report.
func (cmd *runCommand) Run(env *environment) error {
	r, err := cmd.measure(env)
	if err != nil {
		return err
	}
	if cmd.Bench != "" {
		if err := writeTo(cmd.Bench, nil, r.write); err != nil {
			return err
		}
	}
	return cmd.write(env, r)
}

// measure measures what the flags ask for.
func (cmd *runCommand) measure(env *environment) (_ *results, err error) {
	dir, err := os.MkdirTemp("", "errcatbench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	l, err := newLab(env.ctx, dir, max(cmd.Runs, 1), cmd.Limit, env.stderr)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		name    string
		measure func() error
	}{
		{"generate", func() error { return l.measureGenerate(cmd.Sizes, cmd.LargeRuns) }},
		{"peers", func() error { return l.measurePeers(cmd.Sizes) }},
		{"code", func() error { return l.measureCode(cmd.Sizes, cmd.Benchtime) }},
		{"typescript", func() error { return l.measureTypeScript(cmd.Sizes) }},
	} {
		if !slices.Contains(cmd.Only, part.name) {
			continue
		}
		start := time.Now()
		if err := part.measure(); err != nil {
			return nil, err
		}
		l.progress("%s took %s", part.name, time.Since(start).Round(time.Second))
	}
	return l.results, nil
}

// reportCommand is errcatbench report.
type reportCommand struct {
	reportFlag
	Bench string `arg:"" help:"The measurements that a run has written." type:"existingfile"`
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
	return cmd.write(env, r)
}

// catalogCommand is errcatbench catalog.
type catalogCommand struct {
	Codes int    `arg:"" help:"How many codes it has."`
	Out   string `short:"o" help:"Where to write it; by default it is printed." placeholder:"FILE"`
}

// Run writes the catalog.
func (cmd *catalogCommand) Run(env *environment) error {
	return writeTo(cmd.Out, env.stdout, func(w io.Writer) error {
		_, err := w.Write(catalogtest.YAML(cmd.Codes))
		return err
	})
}
