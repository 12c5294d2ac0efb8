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
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/errcat/errcat/generator/diag"
)

//go:generate go run . generate -c ../../catalog.yaml
//go:generate go run . generate -c ../../generator/diag/rules.yaml

func main() {
	tuneCollector()
	// Paths such as ../errcat.yaml lead up from the real working directory, not from
	// the symbolic link through which a shell entered it.
	os.Unsetenv("PWD")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// commands is the command line.
type commands struct {
	Init      initCommand      `cmd:"" help:"Write a first catalog, and what runs errcat."`
	Import    importCommand    `cmd:"" help:"Make a catalog out of error codes in another form."`
	Generate  generateCommand  `cmd:"" help:"Write the outputs of a catalog."`
	Check     checkCommand     `cmd:"" help:"Report outputs that are out of date."`
	Lint      lintCommand      `cmd:"" help:"Report what is wrong with a catalog."`
	Breaking  breakingCommand  `cmd:"" help:"Report changes of a catalog that break its users."`
	Fmt       fmtCommand       `cmd:"" help:"Format a catalog."`
	Explain   explainCommand   `cmd:"" help:"Explain an error: what it means and what to do."`
	Changelog changelogCommand `cmd:"" help:"Print what changed since an earlier version of a catalog."`
	List      listCommand      `cmd:"" help:"List the errors of a catalog."`
	Usage     usageCommand     `cmd:"" help:"Report where a Go program raises and handles errors."`

	Add       addCommand       `cmd:"" help:"Add an error, with the next free code."`
	Rename    renameCommand    `cmd:"" help:"Rename an error, so that the old NAME keeps working."`
	Deprecate deprecateCommand `cmd:"" help:"Advise against an error."`
	Retire    retireCommand    `cmd:"" help:"Mark an error as one that is no longer used."`
	Remove    removeCommand    `cmd:"" help:"Delete a retired error, and reserve its code and names."`
	Reserve   reserveCommand   `cmd:"" help:"Reserve codes and names, so that no error uses them."`

	Schema  schemaCommand  `cmd:"" help:"Print a JSON Schema, for editors and other tools."`
	Version versionCommand `cmd:"" help:"Print the version of errcat."`

	Completion completionCommand `cmd:"" help:"Print a completion script for a shell."`
	Complete   completeCommand   `cmd:"" name:"__complete" hidden:"" help:"Print what completes a command line."`
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
// stdout, failures of the command itself to stderr. When ctx is done, run returns
// even if the command is still reading, computing or printing; then the process
// has to end.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintf(stderr, "errcat: %s\n", printable(err))
		return statusFailure
	}
	exited := false
	parser, err := newParser(
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { exited = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.ShortUsageOnError(),
	)
	if err != nil {
		return fail(err)
	}
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "--version":
		args = append([]string{"version"}, args[1:]...)
	case args[0] == "help":
		args = append(slices.Clone(args[1:]), "--help")
	}
	command, err := parser.Parse(withNumbers(args))
	if exited {
		return statusOK
	}
	if err != nil {
		return fail(fmt.Errorf("%w; %s", usageError(err, args), usageHint(err, args)))
	}
	env := &environment{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr}
	switch err := env.untilDone(func() error { return command.Run(env, parser) }); {
	case err == nil:
		return statusOK
	case errors.Is(err, errFindings):
		return statusFindings
	default:
		return fail(err)
	}
}

// noValue matches what the parser says of a flag without a value: the name of the flag,
// and the flag that follows, if there is one.
var noValue = regexp.MustCompile(`^(--[a-z-]+): expected .* value but got "(.*)" \((?:<EOL>|(?:long|short) flag)\)|^(--[a-z-]+): missing value`)

// usageError says in plain words what is wrong with a command line.
func usageError(err error, args []string) error {
	m := noValue.FindStringSubmatch(err.Error())
	switch {
	case m != nil && (m[2] == "EOL" || m[2] == ""):
		return fmt.Errorf("%s needs a value", m[1]+m[3])
	case m != nil:
		return fmt.Errorf("%s needs a value, and %s looks like a flag; if it is the value, write %s=%s", m[1], m[2], m[1], m[2])
	}
	if rest, ok := strings.CutPrefix(err.Error(), unexpected+args[0]); ok {
		return fmt.Errorf("unknown command %s%s", args[0], rest)
	}
	return err
}

// unexpected begins what the parser says of an argument that it does not take.
const unexpected = "unexpected argument "

// usageHint says what to write instead of a command line that cannot be parsed.
func usageHint(err error, args []string) string {
	if name, ok := strings.CutPrefix(err.Error(), unexpected); ok && slices.Contains([]string{"check", "generate", "breaking", "changelog", "list"}, args[0]) && slices.Contains(args, name) && isCatalogName(name) {
		return "a catalog is named with -c: " + diag.ShellCommand("errcat", args[0], "-c", diag.FileWord(name))
	}
	return "see errcat --help"
}

// isCatalogName reports whether a word may name a catalog: with the name of a YAML or
// JSON file, of a module, or of any file that exists.
func isCatalogName(name string) bool {
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".json":
		return true
	}
	info, err := os.Stat(name)
	return strings.HasPrefix(name, "mod:") || err == nil && info.Mode().IsRegular()
}

// newParser returns a parser of the command line.
func newParser(options ...kong.Option) (*kong.Kong, error) {
	return kong.New(new(commands), append(options,
		kong.Name("errcat"),
		kong.KindMapper(reflect.String, kong.MapperFunc(decodeString)),
		kong.Description(description),
		kong.Vars{"formats": strings.Join(diag.Formats(), ",")},
	)...)
}

// decodeString decodes the value of a flag or an argument. That of the parser replaces
// what is not UTF-8, which the name of a file can be.
func decodeString(ctx *kong.DecodeContext, target reflect.Value) error {
	token, err := ctx.Scan.PopValue("string")
	if err == nil {
		target.SetString(token.String())
	}
	return err
}

// printable returns the text of an error for a terminal: joined errors on lines
// of their own, and in each what cannot be printed escaped, line breaks included,
// as they can be part of a file name.
func printable(err error) string {
	var inner []error
	switch err := err.(type) {
	case interface{ Unwrap() error }:
		inner = []error{err.Unwrap()}
	case interface{ Unwrap() []error }:
		inner = err.Unwrap()
	}
	var b strings.Builder
	rest := err.Error()
	for _, e := range inner {
		if e == nil {
			continue
		}
		before, after, ok := strings.Cut(rest, e.Error())
		if !ok {
			break
		}
		if before == "\n" { // of errors.Join
			b.WriteString(before)
		} else {
			b.WriteString(diag.Line(before))
		}
		b.WriteString(printable(e))
		rest = after
	}
	return b.String() + diag.Line(rest)
}

// negativeCode finds negative integers, and ranges that begin with one.
var negativeCode = regexp.MustCompile(`^-[0-9]+(\.\.-?[0-9]+)?$`)

// withNumbers returns arguments in which commands that take codes have negative
// numbers, and ranges of them, as values: with a space before each, which means
// nothing there. The parser takes what begins with a minus sign for flags.
func withNumbers(args []string) []string {
	if !slices.Contains([]string{"explain", "add", "rename", "deprecate", "retire", "remove", "reserve"}, args[0]) {
		return args
	}
	args = slices.Clone(args)
	for i, arg := range args {
		if negativeCode.MatchString(arg) {
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

	// writing is held while the command changes files.
	writing sync.Mutex
	// written is the result of changing files, nil before that.
	written *error
	// quiet means that a signal ends the command as it should end.
	quiet bool
}

// untilDone calls a function, and returns its error. When the context is done, it
// returns an error without waiting for the function, except while that changes
// files.
func (env *environment) untilDone(call func() error) error {
	done := make(chan error, 1)
	go func() { done <- call() }()
	select {
	case err := <-done:
		return err
	case <-env.ctx.Done():
	}
	// It is never unlocked, so that no change of files begins after this.
	env.writing.Lock()
	switch {
	case env.quiet:
		return nil
	case env.written == nil:
		return context.Cause(env.ctx)
	case *env.written == nil:
		return fmt.Errorf("%w; all files were written", context.Cause(env.ctx))
	}
	return *env.written
}

// endQuietly says that a signal is how the command ends: that is no failure.
func (env *environment) endQuietly() {
	env.writing.Lock()
	defer env.writing.Unlock()
	env.quiet = true
}

// write calls a function that changes files. That ends early by itself when the
// context is done, and leaves no temporary files and no half of a change.
func (env *environment) write(change func() error) error {
	env.writing.Lock()
	defer env.writing.Unlock()
	err := change()
	env.written = &err
	return err
}
