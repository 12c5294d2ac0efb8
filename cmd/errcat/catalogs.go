package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/gomod"
	"github.com/errcat/errcat/generator/workspace"
)

// catalogsFlag names the catalogs of a command.
type catalogsFlag struct {
	Catalog []string `short:"c" sep:"none" placeholder:"FILE" help:"A catalog: a file, - for standard input, or mod:MODULE[@VERSION]/PATH for a file of a Go module. Repeatable. Default: those that errcat.yaml names, or catalog.yaml."`
}

// find returns the catalogs that the flag names, or else those of the working
// directory, with their texts read. It returns the findings in errcat.yaml, and fails
// if that neither names a catalog nor accepts that one was removed.
func (f catalogsFlag) find(env *environment) (*workspace.Set, diag.Diagnostics, error) {
	p, found, err := workspace.Open(env.ctx, env.reader(), f.Catalog)
	if err == nil && !found.HasErrors() && len(p.Members)+len(p.Accept) == 0 {
		err = fmt.Errorf("%s names no catalog; add one: catalogs: [{catalog: catalog.yaml}]", p.Name)
	}
	return p, found, err
}

// reader returns what reads catalogs.
func (env *environment) reader() workspace.Reader {
	note := func(text string) { fmt.Fprintf(env.stderr, "errcat: %s\n", diag.Line(text)) }
	return workspace.Reader{Stdin: env.stdin, Modules: gomod.Finder{Temporary: &env.writing, Note: note}, Note: note}
}

// loadAll loads the catalogs of a command. If there are errors, it prints the
// findings and returns errFindings. Otherwise the findings are warnings, for the
// caller to print.
func loadAll(env *environment, from catalogsFlag, format formatFlag) (*workspace.Set, diag.Diagnostics, error) {
	p, found, err := from.find(env)
	if err != nil {
		return nil, nil, err
	}
	return load(env, p, found, format)
}

// loadCompared does what loadAll does. The set may be empty: all its catalogs may be
// gone.
func loadCompared(env *environment, from catalogsFlag, format formatFlag) (*workspace.Set, error) {
	p, found, err := workspace.Open(env.ctx, env.reader(), from.Catalog)
	if err == nil {
		p, _, err = load(env, p, found, format)
	}
	return p, err
}

// load loads the catalogs of a set, with what was found in errcat.yaml.
func load(env *environment, p *workspace.Set, found diag.Diagnostics, format formatFlag) (*workspace.Set, diag.Diagnostics, error) {
	if !found.HasErrors() {
		found = append(found, p.Load()...)
	}
	if !found.HasErrors() {
		found = append(found, p.Check()...)
	}
	if found.HasErrors() {
		if err := format.report(env.stdout, p, found); err != nil {
			return nil, nil, err
		}
		return nil, nil, errFindings
	}
	return p, found, nil
}

// outputs returns the outputs of the command line or, if it names none, those of
// the workspace and of the catalogs: one list per catalog.
func outputsOf(p *workspace.Set, flag outputFlag) ([][]generator.Output, error) {
	if len(flag.Output) > 0 {
		if len(p.Members) > 1 {
			return nil, fmt.Errorf("-o needs one catalog, and there are %d: %s; name one with -c FILE", len(p.Members), p.Files())
		}
		outputs, err := flag.parse()
		return [][]generator.Output{outputs}, err
	}
	lists := make([][]generator.Output, len(p.Members))
	none := true
	for i, m := range p.Members {
		switch {
		case m.Row.HasOutputs:
			lists[i] = generator.OutputsIn(m.Row.Outputs, filepath.Dir(p.Name))
		case m.Local != "":
			return nil, fmt.Errorf("%s is a file of a module that is here; name it by its path, so that its outputs are used: %s", m.Name, m.Local)
		case m.IsForeign && !p.IsWorkspace:
			return nil, fmt.Errorf("%s belongs to another module, so its outputs are not used; name your own with -o target=path", m.Name)
		case m.IsForeign:
			return nil, fmt.Errorf("%s:%d: %s belongs to another module, so its outputs are not used; add outputs: here", m.Row.Pos.File, m.Row.Pos.Line, m.Name)
		default:
			lists[i] = generator.Outputs(m.Catalog, m.Dir)
		}
		none = none && len(lists[i]) == 0
	}
	if none {
		return nil, fmt.Errorf("%s has no outputs; add them under outputs:, or name them with -o target=path", p.Name)
	}
	return lists, nil
}

// renderAll loads the catalogs of a command as loadAll does, and renders their
// outputs in memory. Mistakes in a template are reported like mistakes in a
// catalog.
func renderAll(env *environment, from catalogsFlag, to outputFlag, format formatFlag) ([]files.Output, *workspace.Set, diag.Diagnostics, error) {
	p, warnings, err := loadAll(env, from, format)
	if err != nil {
		return nil, nil, nil, err
	}
	lists, err := outputsOf(p, to)
	if err != nil {
		return nil, nil, nil, err
	}
	var plan []files.Output
	var errs []error
	for i, m := range p.Members {
		if err := readInputs(env, p, lists[i], m); err != nil {
			return nil, nil, nil, err
		}
		warnings = append(warnings, staleReports(m.Catalog, lists[i])...)
		made, err := generator.Plan(m.Catalog, lists[i])
		if err != nil {
			errs = append(errs, err)
		}
		plan = append(plan, made...)
	}
	if len(to.Output) > 0 {
		kept, err := keptOutputs(env, p, plan)
		if err != nil {
			return nil, nil, nil, err
		}
		plan = append(plan, kept...)
	}
	if p.IsWorkspace {
		for i := range plan {
			plan[i].Workspace = p.Names()
		}
	}
	found, err := splitFindings(errors.Join(errs...))
	if err != nil || len(found) == 0 {
		return plan, p, warnings, err
	}
	if err := format.report(env.stdout, p, append(warnings, found...)); err != nil {
		return nil, nil, nil, err
	}
	return nil, nil, nil, errFindings
}

// kept returns what the catalogs themselves make in the folders of a plan: the
// outputs of the command line take their place in this run, but their files are
// not stale.
func keptOutputs(env *environment, p *workspace.Set, plan []files.Output) ([]files.Output, error) {
	var kept []files.Output
	for _, m := range p.Members {
		if m.IsForeign {
			continue
		}
		own := slices.DeleteFunc(generator.Outputs(m.Catalog, m.Dir), func(o generator.Output) bool {
			return !slices.ContainsFunc(plan, func(given files.Output) bool { return given.IsFolder && workspace.SameFile(given.Dir, o.Path) })
		})
		if err := readInputs(env, p, own, m); err != nil {
			return nil, err
		}
		made, err := generator.Plan(m.Catalog, own)
		if err != nil {
			return nil, err
		}
		for _, o := range made {
			o.IsKept = true
			kept = append(kept, o)
		}
	}
	return kept, nil
}
