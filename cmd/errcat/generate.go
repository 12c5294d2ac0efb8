package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/workspace"
)

// generateCommand is errcat generate.
type generateCommand struct {
	catalogsFlag
	outputFlag
	formatFlag
	Quiet bool `short:"q" help:"Print only errors."`
	Force bool `help:"Overwrite files that errcat did not generate."`
	Watch bool `short:"w" help:"Write the outputs again whenever a catalog or a template changes, until Ctrl-C."`
	Prune bool `help:"Delete generated files that no output makes, as errcat check finds them. Not with -c and -o."`
}

// Help returns the text of errcat generate --help.
func (generateCommand) Help() string {
	return `Files that are up to date are left unchanged. A file in the folder of an output
is removed if its header says that an earlier run made it there, and this run
does not. A file that errcat did not generate, or that belongs to another catalog,
is neither overwritten nor removed. If the catalog is invalid, nothing is written.
With --watch, mistakes are reported, and the files still watched.
With --prune, files of outputs that were moved, renamed or dropped are removed, too.

Examples:

  errcat generate
  errcat generate -c errors.yaml -o go=internal/apierrors,package=apierrors
  errcat generate -o json=- > errors.json
  errcat generate --watch
  errcat generate -c mod:example.com/platform/catalog.yaml -o typescript=web/src/errors`
}

// Run writes the outputs once, or with --watch whenever they are out of date.
func (cmd *generateCommand) Run(env *environment) error {
	if cmd.Watch {
		return cmd.watch(env)
	}
	return cmd.once(env)
}

// once writes the outputs, and prints one line per file; with --watch, only those
// that have changed.
func (cmd *generateCommand) once(env *environment) error {
	stdout := env.stdout
	printed, err := cmd.printed()
	if err != nil {
		return err
	}
	if printed >= 0 {
		env.stdout = env.stderr // for everything else
	}
	if cmd.Prune && len(cmd.Catalog)+len(cmd.Output) > 0 {
		return errors.New("--prune needs all outputs: it does not go with -c and -o")
	}
	plan, p, warnings, err := renderAll(env, cmd.catalogsFlag, cmd.outputFlag, cmd.formatFlag)
	if err != nil {
		return err
	}
	var text []byte
	if printed >= 0 {
		if text, err = singleFile(plan[printed]); err != nil {
			return err
		}
		plan = slices.Delete(plan, printed, printed+1)
	}
	var changes []files.Change
	err = env.write(func() (err error) {
		changes, err = files.Write(env.ctx, plan, files.WriteOptions{Force: cmd.Force})
		if err != nil || !cmd.Prune {
			return err
		}
		removed, err := prune(env, p, plan)
		changes = append(changes, removed...)
		return err
	})
	if err != nil {
		return cmd.reportFiles(env, p, warnings, err)
	}
	if cmd.Watch {
		changes = slices.DeleteFunc(changes, func(c files.Change) bool { return c.Kind == files.Unchanged })
	}
	if !cmd.Quiet {
		if err := cmd.print(env, p, warnings, changes); err != nil {
			return err
		}
	}
	_, err = stdout.Write(text)
	return err
}

// print shows what was written, and the warnings.
func (cmd *generateCommand) print(env *environment, p *workspace.Set, warnings diag.Diagnostics, changes []files.Change) error {
	if cmd.Format == "text" {
		for _, change := range changes {
			if _, err := fmt.Fprintf(env.stdout, "%-9s %s\n", change.Kind, diag.Line(change.Path)); err != nil {
				return err
			}
		}
		if len(warnings) > 0 && len(changes) > 0 {
			fmt.Fprintln(env.stdout)
		}
	}
	return cmd.report(env.stdout, p, warnings)
}

// singleFile returns the content of an output that is one generated file.
func singleFile(o files.Output) ([]byte, error) {
	if o.IsFolder || len(o.Files) != 1 || o.Files[0].Inject != nil {
		return nil, fmt.Errorf("-o %s=-: only an output that is one generated file can go to standard output", o.Target)
	}
	return o.Files[0].Data, nil
}
