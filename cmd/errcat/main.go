// Command errcat turns a catalog of error codes into the code and the
// documents that must agree about them, and checks that they still do.
//
// The exit status is 0 if there is nothing to report, 1 if there are findings
// (an invalid catalog, files that are out of date), and 2 if the command failed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/errcat/errcat/generator/diag"
)

//go:generate go run . generate -c ../../catalog.yaml
//go:generate go run . generate -c ../../generator/diag/rules.yaml

func main() {
	tuneCollector()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// commands is the command line.
type commands struct {
	Generate generateCommand `cmd:"" help:"Write the outputs of a catalog."`
	Check    checkCommand    `cmd:"" help:"Report outputs that are out of date."`
	Lint     lintCommand     `cmd:"" help:"Report what is wrong with a catalog."`
	Explain  explainCommand  `cmd:"" help:"Explain an error: what it means and what to do."`
	List     listCommand     `cmd:"" help:"List the errors of a catalog."`
	Schema   schemaCommand   `cmd:"" help:"Print a JSON Schema, for editors and other tools."`
	Version  versionCommand  `cmd:"" help:"Print the version of errcat."`

	Completion completionCommand `cmd:"" help:"Print a completion script for a shell."`
}

const description = `errcat turns a YAML catalog of error codes into Go error types with HTTP statuses,
TypeScript modules and documentation, and checks that they are up to date.`

// errFindings ends a command that has reported findings.
var errFindings = errors.New("findings were reported")

// The exit statuses.
const (
	statusOK       = 0
	statusFindings = 1
	statusFailure  = 2
)

// run executes a command line and returns the exit status. Reports go to
// stdout, failures of the command itself to stderr.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintf(stderr, "errcat: %s\n", diag.Printable(err.Error()))
		return statusFailure
	}
	exited := false
	parser, err := kong.New(new(commands),
		kong.Name("errcat"),
		kong.Description(description),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { exited = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.ShortUsageOnError(),
	)
	if err != nil {
		return fail(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(withNumbers(args))
	if exited {
		return statusOK
	}
	if err != nil {
		return fail(fmt.Errorf("%w; see errcat --help", err))
	}
	env := &environment{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr}
	switch err := command.Run(env, parser); {
	case err == nil:
		return statusOK
	case errors.Is(err, errFindings):
		return statusFindings
	default:
		return fail(err)
	}
}

// withNumbers returns arguments in which errcat explain has negative numbers as
// values: with a space before each, which means nothing there. The parser takes
// what begins with a minus sign for flags.
func withNumbers(args []string) []string {
	if args[0] != "explain" {
		return args
	}
	args = slices.Clone(args)
	for i, arg := range args {
		if digits, ok := strings.CutPrefix(arg, "-"); ok && digits != "" && strings.Trim(digits, "0123456789") == "" {
			args[i] = " " + arg
		}
	}
	return args
}

// environment is the context and the standard streams of a command.
type environment struct {
	ctx            context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
}
