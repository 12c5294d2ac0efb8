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
	Quiet bool `short:"q" help:"Print nothing but errors; the exit status tells."`
}

// Help returns what errcat check --help says beside the flags.
func (checkCommand) Help() string {
	return `Nothing is written. The outputs are made again in memory and compared with the
files: the exit status is 1 where a file is missing, differs or is stale, and
the command that repairs it is printed.

Examples:

  errcat check
  errcat check --format json
  errcat check -c errors.yaml -o go=internal/apierrors`
}

// Run reports the files that are out of date.
func (cmd *checkCommand) Run(env *environment) error {
	plan, src, warnings, err := render(env, cmd.catalogFlag, cmd.outputFlag, cmd.formatFlag)
	if err != nil {
		return err
	}
	drift, err := files.Check(plan)
	switch {
	case err != nil:
		return cmd.reportFiles(env, src, warnings, err)
	case cmd.Quiet:
	case cmd.Format == "json":
		err = cmd.report(env.stdout, src, append(warnings, cmd.findings(drift)...))
	default:
		if err = cmd.report(env.stdout, src, warnings); err == nil {
			err = cmd.print(env, src, drift)
		}
	}
	if err == nil && len(drift) > 0 {
		return errFindings
	}
	return err
}

// print shows what drifted: the files, the differences, and the repair.
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
	fmt.Fprintf(out, "\nThe generated files are not what %s makes. To bring them up to date, run:\n\n    %s\n", src.name, cmd.repair(drift))
	return out.Flush()
}

// printDiff shows how a file differs from what the catalog makes.
func printDiff(out *bufio.Writer, d files.Change) {
	diff := udiff.Unified(d.Path, d.Path, string(d.Old), string(d.New))
	for line := range strings.Lines(diff) {
		// Tabs are what Go is indented with; nothing else may reach a terminal
		// that is not printable.
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
			files.Changed: "the file is not what the catalog makes",
			files.Stale:   "the catalog does not make the file any more",
		}[d.Kind]
		pos := diag.Position{File: d.Path}
		if d.Blocked != "" {
			message = d.Blocked
		} else if d.Kind == files.Changed {
			pos.Line = firstDifference(d.Old, d.New)
		}
		ds = append(ds, diag.Diagnostic{
			Severity: diag.Error, Rule: d.Kind.String() + "-file", Pos: pos, Message: message,
			Help: "run " + cmd.repair(drift),
		})
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
		// A dependent that runs errcat through its go.mod has it nowhere else.
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

// shellWord returns s as a POSIX shell reads it as one word.
func shellWord(s string) string {
	isPlain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./=,:@%+", r)
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !isPlain(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
