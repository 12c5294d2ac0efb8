package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/workspace"
)

// checkCommand is errcat check.
type checkCommand struct {
	catalogsFlag
	outputFlag
	formatFlag
	strictFlag
	Diff  diffLimit `default:"100" placeholder:"LINES" help:"How many lines of differences to print: all, none or a number. Default: 100."`
	Quiet bool      `short:"q" help:"Print only errors; the exit status has the result."`
}

// diffLimit is how many lines of differences are printed; allLines means all.
type diffLimit int

const allLines diffLimit = -1

// UnmarshalText reads all, none or a number.
func (l *diffLimit) UnmarshalText(text []byte) error {
	switch n, err := strconv.Atoi(string(text)); {
	case string(text) == "all":
		*l = allLines
	case string(text) == "none":
		*l = 0
	case err == nil && n >= 0:
		*l = diffLimit(n)
	default:
		return errors.New("must be all, none or a number of lines")
	}
	return nil
}

// Help returns the text of errcat check --help.
func (checkCommand) Help() string {
	return `Generates the outputs in memory, compares them with the files, and writes
nothing. If a file is missing, differs or is stale, the exit status is 1, and
the command that repairs it is printed, followed by the differences. Warnings
about the catalog are printed, too; with --strict, they make the exit status 1.

Examples:

  errcat check
  errcat check --diff=all
  errcat check --format github
  errcat check -c errors.yaml -o go=internal/apierrors`
}

// Run reports the files that are out of date.
func (cmd *checkCommand) Run(env *environment) error {
	cmd.strict = cmd.Strict
	if printed, err := cmd.printed(); err != nil || printed >= 0 {
		return errors.New("check compares files: the output - is none")
	}
	plan, p, warnings, err := renderAll(env, cmd.catalogsFlag, cmd.outputFlag, cmd.formatFlag)
	if err != nil {
		return err
	}
	changes, err := files.Check(plan)
	if err != nil {
		return cmd.reportFiles(env, p, warnings, err)
	}
	orphans, err := orphansOf(env, p, cmd.catalogsFlag, cmd.outputFlag, plan, changes)
	if err != nil {
		return err
	}
	d := newDrift(p, changes, cmd.catalogsFlag, cmd.outputFlag)
	switch {
	case cmd.Quiet:
	case cmd.Format != "text":
		err = cmd.report(env.stdout, p, slices.Concat(warnings, d.findings(), orphanFindings(orphans)))
	default:
		err = cmd.print(env, p, warnings, d, orphans)
	}
	if err == nil && len(changes)+len(orphans) > 0 {
		return errFindings
	}
	if err == nil {
		return cmd.result(warnings)
	}
	return err
}

// print shows the drift, the orphans, the warnings, and what differs.
func (cmd *checkCommand) print(env *environment, p *workspace.Set, warnings diag.Diagnostics, d *drift, orphans []files.Change) error {
	if err := d.writeSummary(env.stdout, cmd.Diff); err != nil {
		return err
	}
	if len(orphans) > 0 && len(d.changes) > 0 {
		fmt.Fprintln(env.stdout)
	}
	if err := writeOrphans(env.stdout, orphans); err != nil {
		return err
	}
	if len(warnings) > 0 && len(d.changes)+len(orphans) > 0 {
		fmt.Fprintln(env.stdout)
	}
	if err := cmd.report(env.stdout, p, warnings); err != nil {
		return err
	}
	return writeDiffs(env.stdout, d.changes, cmd.Diff)
}
