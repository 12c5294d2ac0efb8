package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os/exec"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
)

// checkCommand is errcat check.
type checkCommand struct {
	catalogFlag
	outputFlag
	formatFlag
	strictFlag
	Quiet bool `short:"q" help:"Print only errors; the exit status has the result."`
}

// Help returns the text of errcat check --help.
func (checkCommand) Help() string {
	return `Generates the outputs in memory, compares them with the files, and writes
nothing. If a file is missing, differs or is stale, the exit status is 1, and
the command that repairs it is printed. Warnings about the catalog are printed,
too; with --strict, they make the exit status 1.

Examples:

  errcat check
  errcat check --format json
  errcat check -c errors.yaml -o go=internal/apierrors`
}

// Run reports the files that are out of date.
func (cmd *checkCommand) Run(env *environment) error {
	cmd.strict = cmd.Strict
	plan, src, warnings, err := render(env, cmd.catalogFlag, cmd.outputFlag, cmd.formatFlag)
	if err != nil {
		return err
	}
	drift, err := files.Check(plan)
	switch {
	case err != nil:
		return cmd.reportFiles(env, src, warnings, err)
	case cmd.Quiet:
	case cmd.Format != "text":
		err = cmd.report(env.stdout, src, append(warnings, cmd.findings(drift)...))
	default:
		if err = cmd.report(env.stdout, src, warnings); err == nil {
			err = cmd.print(env, src, drift)
		}
	}
	if err == nil && len(drift) > 0 {
		return errFindings
	}
	if err == nil {
		return cmd.result(warnings)
	}
	return err
}

// print shows the drift: the files, the differences, and the repair.
func (cmd *checkCommand) print(env *environment, src *source, drift []files.Change) error {
	if len(drift) == 0 {
		return nil
	}
	out := bufio.NewWriter(env.stdout)
	for _, d := range drift {
		fmt.Fprintf(out, "%-8s %s", d.Kind, diag.Printable(d.Path))
		if d.Blocked != "" {
			fmt.Fprintf(out, " (%s)", d.Blocked)
		}
		fmt.Fprintln(out)
	}
	for _, d := range drift {
		if d.Kind == files.Changed && d.Blocked == "" {
			fmt.Fprintln(out)
			printDiff(out, d)
		}
	}
	fmt.Fprintf(out, "\nThe generated files are out of date with %s. To update them, run:\n\n    %s\n", src.name, cmd.repair(drift))
	return out.Flush()
}

// printDiff shows how a file differs from the generated one.
func printDiff(out *bufio.Writer, d files.Change) {
	diff := udiff.Unified(d.Path, d.Path, string(d.Old), string(d.New))
	for line := range strings.Lines(diff) {
		// Only printable characters may reach a terminal, and the tabs that
		// indent Go.
		for i, part := range strings.Split(strings.TrimSuffix(line, "\n"), "\t") {
			if i > 0 {
				out.WriteByte('\t')
			}
			out.WriteString(diag.Printable(part))
		}
		out.WriteByte('\n')
	}
}

// findings returns the drift as findings, for tools.
func (cmd *checkCommand) findings(drift []files.Change) diag.Diagnostics {
	var ds diag.Diagnostics
	for _, d := range drift {
		message := map[files.Kind]string{
			files.Missing: "the file is missing",
			files.Changed: "the file is out of date with the catalog",
			files.Stale:   "the file is no longer generated",
		}[d.Kind]
		pos := diag.Position{File: d.Path}
		if d.Blocked != "" {
			message = d.Blocked
		} else if d.Kind == files.Changed {
			pos.Line = firstDifference(d.Old, d.New)
		}
		rule := map[files.Kind]diag.Rule{
			files.Missing: diag.RuleMissingFile,
			files.Changed: diag.RuleChangedFile,
			files.Stale:   diag.RuleStaleFile,
		}[d.Kind]
		ds = append(ds, diag.New(rule, pos, "run "+cmd.repair(drift), "%s", message))
	}
	return ds
}

// firstDifference returns the number of the first line of a that is not in b.
func firstDifference(a, b []byte) int {
	line := 1
	for len(a) > 0 && len(b) > 0 {
		lineA, restA, _ := bytes.Cut(a, []byte("\n"))
		lineB, restB, _ := bytes.Cut(b, []byte("\n"))
		if !bytes.Equal(lineA, lineB) {
			break
		}
		a, b = restA, restB
		line++
	}
	return line
}

// repair returns the command that brings the files up to date.
func (cmd *checkCommand) repair(drift []files.Change) string {
	words := []string{"errcat"}
	if _, err := exec.LookPath("errcat"); err != nil {
		// A module that has errcat in its go.mod need not have it on the path.
		words = []string{"go", "run", "github.com/errcat/errcat/cmd/errcat"}
	}
	words = append(words, "generate")
	if cmd.Catalog != "catalog.yaml" {
		words = append(words, "-c", shellWord(cmd.Catalog))
	}
	for _, o := range cmd.Output {
		words = append(words, "-o", shellWord(o))
	}
	for _, d := range drift {
		if d.Blocked != "" {
			words = append(words, "--force")
			break
		}
	}
	return strings.Join(words, " ")
}

// shellWord quotes s as one word of a POSIX shell, if necessary.
func shellWord(s string) string {
	isPlain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./=,:@%+", r)
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !isPlain(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
