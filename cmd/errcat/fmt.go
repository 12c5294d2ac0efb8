package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/workspace"
)

// fmtCommand is errcat fmt.
type fmtCommand struct {
	catalogsFlag
	Files []string `arg:"" optional:"" name:"file" help:"Catalogs, like those of -c."`
	formatFlag
	Check bool `help:"Write nothing; show what is not formatted, and exit with status 1."`
}

// Help returns the text of errcat fmt --help.
func (fmtCommand) Help() string {
	return `Formatting changes white space and quotes, and nothing else: two spaces per level,
one space after a colon, a comma and a dash and inside braces, none at the end of
a line, one line break at the end of the file. String codes are in double quotes,
integer codes have no quotes. Comments, the order of keys, blank lines, line
breaks, anchors and the quotes of other values stay as they are. There are no
options.

A catalog that has other mistakes is formatted too, if it is YAML. The formatted
text is parsed again, and written only if it has the same content. Standard input
is written to standard output.

Examples:

  errcat fmt
  errcat fmt orders.yaml billing.yaml
  errcat fmt --check
  errcat fmt --check --format github`
}

// Run formats catalogs, and prints the names of those that change.
func (cmd *fmtCommand) Run(env *environment) error {
	cmd.Files = slices.Concat(cmd.Catalog, cmd.Files)
	if len(cmd.Files) == 0 {
		p, found, err := catalogsFlag{}.find(env)
		switch {
		case err != nil:
			return err
		case found.HasErrors():
			if err := cmd.report(env.stdout, p, found); err != nil {
				return err
			}
			return errFindings
		}
		for _, m := range p.Members {
			if !m.IsForeign {
				cmd.Files = append(cmd.Files, m.Name)
			}
		}
	}
	var outputs []files.Output
	sources := make(map[string][]byte)
	for _, name := range cmd.Files {
		switch {
		case name == "-" && len(cmd.Files) == 1:
			return cmd.standardInput(env)
		case name == "-":
			return errors.New("standard input can only be formatted alone")
		case strings.HasPrefix(name, "mod:"):
			return fmt.Errorf("%s belongs to another module; format it there", name)
		}
		data, err := workspace.ReadFile(name)
		if err != nil {
			return err
		}
		sources[name] = data
		outputs = append(outputs, formatted(name, data))
	}
	changes, err := cmd.apply(env, outputs)
	if err != nil {
		return cmd.reportFiles(env, &workspace.Set{Texts: sources}, nil, err)
	}
	return cmd.print(env, &workspace.Set{Texts: sources}, changes)
}

// standardInput formats a catalog from standard input.
func (cmd *fmtCommand) standardInput(env *environment) error {
	src, err := env.reader().Read(env.ctx, "-", ".")
	if err != nil {
		return err
	}
	text, ds, err := catalog.Format(src.Name, src.Data)
	switch {
	case err != nil:
		return err
	case ds != nil:
		out := env.stdout
		if !cmd.Check { // standard output is for the catalog
			out = env.stderr
		}
		if err := cmd.report(out, src, ds); err != nil {
			return err
		}
		return errFindings
	case cmd.Check:
		var changes []files.Change
		if string(text) != string(src.Data) {
			changes = []files.Change{{Path: "-", Kind: files.Changed, Old: src.Data, New: text}}
		}
		return cmd.print(env, src, changes)
	}
	_, err = env.stdout.Write(text)
	return err
}

// formatted returns a catalog as a file whose content is to be formatted. Its text is
// formatted here already, as a signal would have to wait while files are written.
func formatted(name string, data []byte) files.Output {
	path := realPath(name)
	text, ds, err := catalog.Format(name, data)
	return files.Output{
		Target: "fmt",
		Dir:    filepath.Dir(path),
		Files: files.Files{{
			Path: filepath.Base(path),
			Inject: func(_ string, old []byte) ([]byte, error) {
				text, ds, err := text, ds, err
				if !bytes.Equal(old, data) { // changed since, or the same file again
					text, ds, err = catalog.Format(name, old)
				}
				if ds != nil {
					return nil, &diag.FileError{File: name, Source: old, Found: ds}
				}
				return text, err
			},
		}},
	}
}

// realPath returns what is written if a catalog is a symbolic link: the file that it
// leads to.
func realPath(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return real
	}
	return name
}

// apply formats the files, or finds those that are not formatted.
func (cmd *fmtCommand) apply(env *environment, outputs []files.Output) ([]files.Change, error) {
	if cmd.Check {
		return files.Check(outputs)
	}
	var changes []files.Change
	err := env.write(func() (err error) {
		changes, err = files.Write(env.ctx, outputs, files.WriteOptions{})
		return err
	})
	return changes, err
}

// print shows the files that were formatted or, with --check, have to be.
func (cmd *fmtCommand) print(env *environment, src quoted, changes []files.Change) error {
	changes = slices.DeleteFunc(changes, func(c files.Change) bool { return c.Kind != files.Wrote && c.Kind != files.Changed })
	if cmd.Format != "text" {
		var found diag.Diagnostics
		if cmd.Check {
			found = unformatted(changes)
		}
		if err := cmd.report(env.stdout, src, found); err != nil {
			return err
		}
	} else if err := cmd.printText(env, changes); err != nil {
		return err
	}
	if cmd.Check && len(changes) > 0 {
		return errFindings
	}
	return nil
}

// printText names the files and, with --check, shows the differences and the repair.
func (cmd *fmtCommand) printText(env *environment, changes []files.Change) error {
	out := bufio.NewWriter(env.stdout)
	for _, c := range changes {
		fmt.Fprintf(out, "%-9s %s\n", c.Kind, diag.Line(c.Path))
	}
	if cmd.Check && len(changes) > 0 {
		writeDiffs(out, changes, allLines)
		fmt.Fprintf(out, "\nTo format them, run:\n\n    %s\n", formatting(changes))
	}
	return out.Flush()
}

// formatting returns the command that formats the files.
func formatting(changes []files.Change) string {
	words := append(selfWords(), "fmt")
	for _, c := range changes {
		words = append(words, diag.FileWord(c.Path))
	}
	return diag.ShellCommand(words...)
}

// unformatted returns a finding for each file that is not formatted.
func unformatted(changes []files.Change) diag.Diagnostics {
	var ds diag.Diagnostics
	for _, c := range changes {
		pos := diag.Position{File: c.Path, Line: firstDifference(c.Old, c.New)}
		help := "run " + formatting([]files.Change{c})
		if c.Path == "-" {
			pos.File = workspace.Stdin
		}
		ds = append(ds, diag.New(diag.RuleNotFormatted, pos, help, "the catalog is not formatted"))
	}
	return ds
}
