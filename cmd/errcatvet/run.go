package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/errcat/errcat/cmd/errcatvet/analyzers"
	"github.com/errcat/errcat/cmd/errcatvet/gosource"
	"github.com/errcat/errcat/generator/diag"
)

// The exit statuses.
const (
	statusOK       = 0
	statusFindings = 1
	statusFailure  = 2
)

// command is a command line.
type command struct {
	analyzers []*analysis.Analyzer
	format    string // "vet" is the format of go vet -json
	tags      string
	fix, diff bool
	patterns  []string
}

// errDone ends a command that has printed what it was asked for.
var errDone = errors.New("done")

// run executes a command line and returns the exit status. Findings go to stdout, and
// failures to stderr.
func run(args []string, stdout, stderr io.Writer) int {
	c, err := parse(args, stdout)
	if err == nil {
		var found bool
		if found, err = c.run(args, stdout, stderr); err == nil && found {
			return statusFindings
		}
	}
	if err != nil && !errors.Is(err, errDone) {
		for line := range strings.Lines(err.Error()) {
			fmt.Fprintf(stderr, "errcatvet: %s\n", diag.Line(strings.TrimSuffix(line, "\n")))
		}
		return statusFailure
	}
	return statusOK
}

const usage = `Usage: errcatvet [flags] [packages]

errcatvet reports Go code that uses the errors of errcat's catalogs wrongly. Packages are
named as for go build, and without any it is the one in the working directory.

By default, all analyzers run that are not optional. -NAME runs only that one, -NAME=false
all others, and -all also the optional ones. errcatvet help NAME explains an analyzer.

Analyzers:
`

// choice is the flag of an analyzer.
type choice struct{ value *bool }

func (c *choice) String() string   { return "" }
func (c *choice) IsBoolFlag() bool { return true }
func (c *choice) Set(text string) error {
	value, err := strconv.ParseBool(text)
	c.value = &value
	return err
}

// parse parses a command line. If it only asks for something to print, it prints it
// and returns errDone.
func parse(args []string, stdout io.Writer) (*command, error) {
	c := new(command)
	all := analyzers.All()
	flags := flag.NewFlagSet("errcatvet", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	choices := make(map[*analysis.Analyzer]*choice)
	for _, a := range all {
		choices[a] = new(choice)
		flags.Var(choices[a], a.Name, title(a))
		a.Flags.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, a.Name+"."+f.Name, f.Usage) })
	}
	addShared(flags, all)
	every := flags.Bool("all", false, "also run the optional analyzers")
	asJSON := flags.Bool("json", false, "print findings and fixes as go vet -json does")
	flags.StringVar(&c.format, "format", "text", "print findings as `FORMAT`: "+strings.Join(diag.Formats(), ", "))
	flags.BoolVar(&c.fix, "fix", false, "apply the fixes, and report what is left")
	flags.BoolVar(&c.diff, "diff", false, "with -fix: change nothing, print a unified diff")
	flags.StringVar(&c.tags, "tags", "", "build tags, separated by `commas`")
	version := flags.Bool("version", false, "print the version")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) || len(args) == 1 && args[0] == "help" {
		return nil, cmpErr(printUsage(stdout, flags), errDone)
	} else if err != nil {
		return nil, fmt.Errorf("%w; see errcatvet -help", err)
	}
	c.patterns = flags.Args()
	switch {
	case *version:
		_, err := fmt.Fprintf(stdout, "errcatvet %s %s %s/%s\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return nil, cmpErr(err, errDone)
	case len(c.patterns) > 0 && c.patterns[0] == "help":
		return nil, help(stdout, c.patterns[1:])
	case !slices.Contains(diag.Formats(), c.format):
		return nil, fmt.Errorf("-format must be one of %s; see errcatvet -help", strings.Join(diag.Formats(), ", "))
	case *asJSON && c.format != "text":
		return nil, errors.New("-json and -format cannot be used together")
	case c.diff && !c.fix:
		return nil, errors.New("-diff requires -fix")
	case *asJSON:
		c.format = "vet"
	}
	c.analyzers = chosen(all, choices, *every)
	if len(c.patterns) == 0 {
		c.patterns = []string{"."}
	}
	return c, nil
}

// cmpErr returns the first error that is not nil.
func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// chosen returns the analyzers that run: those whose flag is true, or else the
// default ones, or all, whose flag is not false.
func chosen(all []*analysis.Analyzer, choices map[*analysis.Analyzer]*choice, every bool) []*analysis.Analyzer {
	is := func(a *analysis.Analyzer, value bool) bool {
		c := choices[a].value
		return c != nil && *c == value
	}
	if slices.ContainsFunc(all, func(a *analysis.Analyzer) bool { return is(a, true) }) {
		return slices.DeleteFunc(slices.Clone(all), func(a *analysis.Analyzer) bool { return !is(a, true) })
	}
	if !every {
		all = analyzers.Default()
	}
	return slices.DeleteFunc(slices.Clone(all), func(a *analysis.Analyzer) bool { return is(a, false) })
}

// printUsage prints the help of the command.
func printUsage(w io.Writer, flags *flag.FlagSet) error {
	var b strings.Builder
	b.WriteString(usage)
	for _, a := range analyzers.All() {
		optional := ""
		if slices.Contains(analyzers.Optional(), a) {
			optional = " (optional)"
		}
		fmt.Fprintf(&b, "  %-14s %s%s\n", a.Name, title(a), optional)
	}
	b.WriteString("\nFlags:\n")
	flags.SetOutput(&b)
	shown := flag.NewFlagSet("", flag.ContinueOnError)
	flags.VisitAll(func(f *flag.Flag) {
		if name, _, _ := strings.Cut(f.Name, "."); !slices.ContainsFunc(analyzers.All(), func(a *analysis.Analyzer) bool { return a.Name == name }) {
			shown.Var(f.Value, f.Name, f.Usage)
		}
	})
	shown.SetOutput(&b)
	shown.PrintDefaults()
	_, err := io.WriteString(w, b.String())
	return err
}

// help prints what analyzers report.
func help(w io.Writer, names []string) error {
	for i, name := range names {
		all := analyzers.All()
		at := slices.IndexFunc(all, func(a *analysis.Analyzer) bool { return a.Name == name })
		if at < 0 {
			return fmt.Errorf("there is no analyzer %s; see errcatvet -help", name)
		}
		if i > 0 {
			fmt.Fprintln(w)
		}
		if _, err := fmt.Fprintf(w, "%s: %s\n\nExample and fix: %s\n", name, all[at].Doc, all[at].URL); err != nil {
			return err
		}
	}
	return errDone
}

// title returns the first line of the documentation of an analyzer.
func title(a *analysis.Analyzer) string {
	first, _, _ := strings.Cut(a.Doc, "\n")
	return first
}

// buildVersion returns the version of errcatvet.
func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}

// run analyzes packages, prints the findings, and reports whether there are any.
func (c *command) run(args []string, stdout, stderr io.Writer) (found bool, err error) {
	patterns, err := c.concerned()
	if err != nil || len(patterns) == 0 {
		return false, cmpErr(err, c.write(stdout, nil))
	}
	var unfixed error
	if c.fix {
		changes := &counter{Writer: stdout}
		if unfixed = c.applyFixes(patterns, args, changes); unfixed == nil && c.diff {
			return changes.written > 0, nil
		}
	}
	loaded, err := c.loader().Check(context.Background(), patterns...)
	if err == nil && unfixed != nil {
		// Packages that do not compile are the usual reason, and then the better message.
		err = cmpErr(errors.Join(gosource.Problems(loaded)...), unfixed)
	}
	if err != nil {
		return false, err
	}
	graph, err := checker.Analyze(c.analyzers, withoutTwins(loaded), nil)
	if err != nil {
		return false, err
	}
	var failures []error
	for act := range graph.All() {
		found = found || act.IsRoot && len(act.Diagnostics) > 0
		if act.Err != nil && act.IsRoot && !act.Package.IllTyped {
			failures = append(failures, act.Err)
		}
	}
	if err := c.write(stdout, graph); err != nil {
		return false, err
	}
	return found, errors.Join(append(gosource.Problems(loaded), failures...)...)
}

// write prints the findings of an analysis, or that there are none if it is nil.
func (c *command) write(w io.Writer, graph *checker.Graph) error {
	if c.format == "vet" {
		if graph == nil {
			graph = new(checker.Graph)
		}
		return graph.PrintJSON(w)
	}
	return writeFindings(w, c.format, graph)
}

// applyFixes applies the fixes for all findings in packages, or prints them.
func (c *command) applyFixes(patterns, args []string, stdout io.Writer) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	flags := []string{}
	for _, arg := range args {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && name != "tags" && name != "format" && name != "json" {
			flags = append(flags, arg)
		}
	}
	goflags := append([]string{os.Getenv("GOFLAGS")}, c.loader().Flags()...)
	env := append(os.Environ(), fixing+"=1", "GOFLAGS="+strings.TrimSpace(strings.Join(goflags, " ")))
	for last := ""; ; {
		cmd := exec.Command(self, append(append(flags, "--"), patterns...)...)
		var stderr strings.Builder
		cmd.Env, cmd.Stdout, cmd.Stderr = env, stdout, &stderr
		err := cmd.Run()
		// Fixes inside of others wait for the next run.
		if said := strings.TrimSpace(stderr.String()); err != nil && (c.diff || said == last) {
			return fmt.Errorf("not all fixes were applied: %s", said)
		} else if last = said; err == nil {
			return nil
		}
	}
}

// counter is a writer that counts what is written.
type counter struct {
	io.Writer
	written int
}

// Write writes to the writer.
func (c *counter) Write(data []byte) (int, error) {
	c.written += len(data)
	return c.Writer.Write(data)
}
