package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/workspace"
)

// drift is what check has found: the files that are out of date with a catalog.
type drift struct {
	catalog string
	changes []files.Change
	// repair is the command that updates the files.
	repair []string
	// fromStdin means that the command reads the catalog from standard input.
	fromStdin bool
	// lost says for each file that errcat did not generate what is lost if it is
	// overwritten.
	lost map[string]string
}

// newDrift returns the drift between the files and a catalog.
func newDrift(p *workspace.Set, changes []files.Change, from catalogsFlag, to outputFlag) *drift {
	d := &drift{catalog: p.Name, changes: changes, fromStdin: slices.Contains(from.Catalog, "-"), lost: make(map[string]string)}
	if len(changes) == 0 {
		return d
	}
	d.repair = append(selfWords(), "generate")
	for _, name := range from.Catalog {
		d.repair = append(d.repair, "-c", diag.FileWord(name))
	}
	for _, o := range to.Output {
		d.repair = append(d.repair, "-o", o)
	}
	for _, c := range changes {
		if c.Blocked != "" {
			d.lost[c.Path] = contentOf(c.Path)
		}
	}
	return d
}

// contentOf says what a file has that errcat did not generate.
func contentOf(path string) string {
	if target, err := os.Readlink(path); err == nil {
		return "the symbolic link to " + target
	}
	data, err := workspace.ReadFile(path)
	if err != nil {
		return "its content"
	}
	if len(data) == 0 {
		return "nothing"
	}
	lines := bytes.Count(data, []byte("\n"))
	if data[len(data)-1] != '\n' {
		lines++
	}
	return "its " + counted(lines, "line")
}

// counted returns a number with a noun: 1 file, 2 files.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// maxFiles is how many files are listed, unless all differences are printed, in
// addition to those that errcat did not generate.
const maxFiles = 100

// writeSummary writes what to do about the drift, and the files.
func (d *drift) writeSummary(w io.Writer, limit diffLimit) error {
	if len(d.changes) == 0 {
		return nil
	}
	out := bufio.NewWriter(w)
	verb, pronoun := "are", "them"
	if len(d.changes) == 1 {
		verb, pronoun = "is", "it"
	}
	fmt.Fprintf(out, "%s %s out of date with %s. To update %s, ", counted(len(d.changes), "file"), verb, diag.Line(d.catalog), pronoun)
	if len(d.lost) > 0 {
		fmt.Fprint(out, "move what errcat did not generate, and ")
	}
	fmt.Fprint(out, "run")
	if d.fromStdin {
		fmt.Fprint(out, " with the same input")
	}
	fmt.Fprintf(out, ":\n\n    %s\n\n", diag.ShellCommand(d.repair...))
	shown := 0
	for _, c := range d.changes {
		if shown == maxFiles && c.Blocked == "" && limit != allLines {
			continue
		}
		fmt.Fprintf(out, "%-8s %s", c.Kind, diag.Line(c.Path))
		if c.Blocked == "" {
			shown++
		} else {
			fmt.Fprintf(out, " (%s; with --force, %s would be lost)", c.Blocked, diag.Line(d.lost[c.Path]))
		}
		fmt.Fprintln(out)
	}
	if left := len(d.changes) - len(d.lost) - shown; left > 0 {
		fmt.Fprintf(out, "\n%s; --diff=all shows all.\n", counted(left, "more file"))
	}
	return out.Flush()
}

// maxDiffLine is how many bytes of a line are printed, unless all lines are.
const maxDiffLine = 500

// writeDiffs writes how changed files differ from what they should be, up to a
// number of lines.
func writeDiffs(w io.Writer, changes []files.Change, limit diffLimit) error {
	if limit == 0 {
		return nil
	}
	out := bufio.NewWriter(w)
	for _, c := range changes {
		if c.Kind != files.Changed || c.Blocked != "" {
			continue
		}
		if limit == 0 {
			fmt.Fprint(out, "\nThese are not all differences; --diff=all shows them.\n")
			break
		}
		fmt.Fprintln(out)
		for line := range strings.Lines(udiff.Unified(c.Path, c.Path, string(c.Old), string(c.New))) {
			if limit == 0 {
				fmt.Fprint(out, "\nThese are not all differences; --diff=all shows them.\n")
				return out.Flush()
			}
			line = strings.TrimSuffix(line, "\n")
			if limit != allLines {
				limit--
				line = cut(line)
			}
			writeDiffLine(out, line)
		}
	}
	return out.Flush()
}

// cut returns a line that is not too long.
func cut(line string) string {
	if len(line) <= maxDiffLine {
		return line
	}
	end := maxDiffLine
	for end > 0 && !utf8.RuneStart(line[end]) {
		end--
	}
	return line[:end] + "..."
}

// writeDiffLine writes a line of a difference. Only printable characters may reach
// a terminal, and the tabs that indent Go.
func writeDiffLine(out *bufio.Writer, line string) {
	for i, part := range strings.Split(line, "\t") {
		if i > 0 {
			out.WriteByte('\t')
		}
		out.WriteString(diag.Line(part))
	}
	out.WriteByte('\n')
}

// findings returns the drift as findings, for tools.
func (d *drift) findings() diag.Diagnostics {
	if len(d.changes) == 0 {
		return nil
	}
	help := "run " + diag.ShellCommand(d.repair...)
	if d.fromStdin {
		help += " with the same input"
	}
	if len(d.lost) > 0 {
		help = "move what errcat did not generate, and " + help
	}
	var ds diag.Diagnostics
	for _, c := range d.changes {
		rule, message := ruleOf(c.Kind)
		pos, help := diag.Position{File: c.Path}, help
		if c.Blocked != "" {
			message = c.Blocked
			help += "; with --force, " + d.lost[c.Path] + " would be lost"
		} else if c.Kind == files.Changed {
			pos.Line = firstDifference(c.Old, c.New)
		}
		ds = append(ds, diag.New(rule, pos, help, "%s", message))
	}
	return ds
}

// ruleOf returns the rule about a kind of change, and the message.
func ruleOf(k files.Kind) (diag.Rule, string) {
	switch k {
	case files.Missing:
		return diag.RuleMissingFile, "the file is missing"
	case files.Stale:
		return diag.RuleStaleFile, "the file is no longer generated"
	}
	return diag.RuleChangedFile, "the file is out of date with the catalog"
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
