package main

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/workspace"
)

// orphans returns the generated files that no output makes, except for those that
// are stale. It looks only if the command line names neither catalogs nor outputs:
// otherwise it does not know all outputs.
func orphansOf(env *environment, p *workspace.Set, from catalogsFlag, to outputFlag, plan []files.Output, changes []files.Change) ([]files.Change, error) {
	if len(from.Catalog)+len(to.Output) > 0 {
		return nil, nil
	}
	var ofTemplates []string
	for _, o := range plan {
		for _, f := range o.Files {
			if name := filepath.Base(f.Path); !generator.MayMake(name) {
				ofTemplates = append(ofTemplates, filepath.Ext(name))
			}
		}
	}
	found, err := files.Orphans(env.ctx, filepath.Dir(p.Name), plan, p.Names(), func(name string) bool {
		return generator.MayMake(name) || slices.Contains(ofTemplates, filepath.Ext(name))
	}, p.IsOthers)
	return slices.DeleteFunc(found, func(o files.Change) bool {
		return slices.ContainsFunc(changes, func(c files.Change) bool { return filepath.Clean(c.Path) == o.Path })
	}), err
}

// orphanFindings returns the orphans as findings, for tools.
func orphanFindings(orphans []files.Change) diag.Diagnostics {
	var ds diag.Diagnostics
	for _, o := range orphans {
		ds = append(ds, diag.New(diag.RuleOrphanFile, diag.Position{File: o.Path}, orphanHelp(), "no output makes this file"))
	}
	return ds
}

// orphanHelp says what can be done about an orphan.
func orphanHelp() string {
	return fmt.Sprintf("to delete it, run %s; if its output is missing, declare it; if it is a copy to keep, remove its header", pruneCommand())
}

// pruneCommand returns the command that deletes orphans.
func pruneCommand() string { return diag.ShellCommand(append(selfWords(), "generate", "--prune")...) }

// writeOrphans writes the orphans, and what can be done about them.
func writeOrphans(w io.Writer, orphans []files.Change) error {
	if len(orphans) == 0 {
		return nil
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "There is no output for %s. To delete what you do not need, run:\n\n    %s\n\n", counted(len(orphans), "generated file"), pruneCommand())
	for _, o := range orphans {
		fmt.Fprintf(out, "%-8s %s\n", o.Kind, diag.Line(o.Path))
	}
	fmt.Fprint(out, "\nIf the output of a file is missing, declare it. If a file is a copy to keep, remove its header.\n")
	return out.Flush()
}

// prune deletes the orphans, and returns what it has removed.
func prune(env *environment, p *workspace.Set, plan []files.Output) ([]files.Change, error) {
	orphans, err := orphansOf(env, p, catalogsFlag{}, outputFlag{}, plan, nil)
	if err != nil {
		return nil, err
	}
	for i := range orphans {
		orphans[i].Kind = files.Removed
	}
	return orphans, files.RemoveOrphans(filepath.Dir(p.Name), orphans)
}
