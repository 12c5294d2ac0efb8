package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/workspace"
)

// catalogsFlag names the catalogs of a command.
type catalogsFlag struct {
	Catalog []string `short:"c" sep:"none" placeholder:"FILE" help:"A catalog: a file, - for standard input, or mod:MODULE[@VERSION]/PATH for a file of a Go module. Repeatable. Default: those that errcat.yaml names, or catalog.yaml."`
}

// catalogSet is what a command works on: one catalog or several.
type catalogSet struct {
	// name is what messages call it: the file of the catalog or the workspace.
	name    string
	members []*member
	// isWorkspace means that an errcat.yaml names the catalogs, and accepts the removal
	// of others.
	isWorkspace bool
	accept      []catalog.Acceptance
	// texts are the contents of files that reports quote, by name.
	texts map[string][]byte
	// olds are the names among them that are not those of files of the work tree.
	olds map[string]bool
}

// member is a catalog of a set.
type member struct {
	*source
	// row is what errcat.yaml says about the catalog; it is zero without one.
	row     workspace.Catalog
	catalog *catalog.Catalog
}

// text returns the content of a file that a report quotes.
func (p *catalogSet) text(file string) []byte {
	if data, ok := p.texts[file]; ok {
		return data
	}
	for _, m := range p.members {
		if data, ok := m.inputs[file]; ok {
			return data
		}
	}
	return nil
}

// addBaseline makes reports quote an earlier version of a catalog.
func (p *catalogSet) addBaseline(src *source) {
	p.texts[src.name], p.olds[src.name] = src.data, true
}

// find returns the catalogs that the flag names, or else those of the working
// directory, with their texts read. It returns the findings in errcat.yaml.
func (f catalogsFlag) find(env *environment) (*catalogSet, diag.Diagnostics, error) {
	p := &catalogSet{texts: make(map[string][]byte), olds: make(map[string]bool)}
	var names []string
	var errs []error
	for _, name := range f.Catalog {
		src, err := readCatalog(env, name, ".")
		if err != nil {
			errs = append(errs, err)
			continue
		}
		p.add(src, workspace.Catalog{})
		names = append(names, src.name)
	}
	if len(errs) > 0 {
		return nil, nil, errors.Join(errs...)
	}
	if len(names) > 0 {
		p.name = strings.Join(names, " and ")
		return p, nil, f.checkTwice()
	}
	found, err := workspace.Find(".")
	switch {
	case err != nil:
		return nil, nil, err
	case found.Path == "":
		return nil, nil, errNoCatalog
	}
	p.name = found.Path
	if filepath.Dir(found.Path) != "." {
		fmt.Fprintf(env.stderr, "errcat: using %s\n", diag.Line(found.Path))
	}
	if found.IsWorkspace {
		ds, err := p.readWorkspace(env)
		return p, ds, err
	}
	src, err := readCatalog(env, found.Path, ".")
	if err != nil {
		return nil, nil, err
	}
	p.add(src, workspace.Catalog{})
	if found.Above != "" {
		fmt.Fprintf(env.stderr, "errcat: %s\n", diag.Line(noteAbove(found)))
	}
	return p, nil, nil
}

// checkTwice returns an error if a catalog is named twice.
func (f catalogsFlag) checkTwice() error {
	seen := make(map[string]bool)
	for _, name := range f.Catalog {
		if clean := filepath.Clean(name); seen[clean] {
			return fmt.Errorf("duplicate catalog: -c %s", name)
		}
		seen[filepath.Clean(name)] = true
	}
	return nil
}

// noteAbove says that a workspace above the catalog may not name it.
func noteAbove(found workspace.Found) string {
	data, err := readFile(found.Above)
	if err != nil {
		return err.Error()
	}
	w, _ := workspace.Load(found.Above, data)
	if w != nil && slices.ContainsFunc(w.Catalogs, func(c workspace.Catalog) bool {
		return !c.IsForeign() && sameFile(filepath.Join(filepath.Dir(found.Above), filepath.FromSlash(c.Source)), found.Path)
	}) {
		return fmt.Sprintf("using only %s; %s names it with others", found.Path, found.Above)
	}
	return fmt.Sprintf("%s does not name %s", found.Above, found.Path)
}

// sameFile reports whether two paths are those of one file.
func sameFile(a, b string) bool {
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}

// readWorkspace reads the catalogs that the errcat.yaml of the set names.
func (p *catalogSet) readWorkspace(env *environment) (diag.Diagnostics, error) {
	data, err := readFile(p.name)
	if err != nil {
		return nil, err
	}
	p.isWorkspace, p.texts[p.name] = true, data
	w, ds := workspace.Load(p.name, data)
	if w == nil {
		return ds, nil
	}
	p.accept = w.Accept
	dir := filepath.Dir(p.name)
	var errs []error
	for _, row := range w.Catalogs {
		name := row.Source
		if !row.IsForeign() {
			name = filepath.Join(dir, filepath.FromSlash(name))
		}
		src, err := readCatalog(env, name, filepath.Join(dir, filepath.FromSlash(row.Module)))
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", row.Pos.File, row.Pos.Line, err))
			continue
		}
		p.add(src, row)
	}
	return ds, errors.Join(errs...)
}

// add adds a catalog whose text was read.
func (p *catalogSet) add(src *source, row workspace.Catalog) {
	src.inputs[src.name] = src.data
	p.members = append(p.members, &member{source: src, row: row})
}

// loadAll loads the catalogs of a command. If there are errors, it prints the
// findings and returns errFindings. Otherwise the findings are warnings, for the
// caller to print.
func loadAll(env *environment, from catalogsFlag, format formatFlag) (*catalogSet, diag.Diagnostics, error) {
	p, found, err := from.find(env)
	if err != nil {
		return nil, nil, err
	}
	if !found.HasErrors() {
		found = append(found, p.load()...)
	}
	if !found.HasErrors() {
		found = append(found, p.check()...)
	}
	if found.HasErrors() {
		if err := format.report(env.stdout, p, found); err != nil {
			return nil, nil, err
		}
		return nil, nil, errFindings
	}
	return p, found, nil
}

// load loads the catalogs concurrently, and returns what is wrong with them, in
// their order.
func (p *catalogSet) load() diag.Diagnostics {
	found := make([]diag.Diagnostics, len(p.members))
	var wait sync.WaitGroup
	for i, m := range p.members {
		wait.Go(func() {
			m.catalog, found[i] = generator.Load(m.name, m.data)
			if m.catalog != nil {
				_ = m.catalog.AddOutputs(m.row.Outputs) // check reports what is wrong
			}
		})
	}
	wait.Wait()
	return slices.Concat(found...)
}

// check returns what is wrong with the catalogs together, and with what the
// workspace asks of each. It reduces them to what is selected.
func (p *catalogSet) check() diag.Diagnostics {
	var found diag.Diagnostics
	var all []workspace.Member
	for _, m := range p.members {
		one := workspace.Member{Catalog: m.catalog, Pos: cmp.Or(m.row.Pos, diag.Position{File: m.name, Line: 1, Col: 1})}
		switch {
		case m.row.HasOutputs:
			one.Outputs, one.Dir = m.row.Outputs, filepath.Dir(p.name)
		case !m.foreign:
			one.Outputs, one.Dir = m.catalog.Outputs, m.dir
		}
		all = append(all, one)
		if !m.row.Only.IsEmpty() {
			found = append(found, m.row.CheckSelection(m.catalog)...)
			m.catalog = m.catalog.Select(m.row.Only.Accepts)
		}
		found = append(found, m.catalog.AddOutputs(m.row.Outputs)...)
	}
	return append(found, workspace.Check(all)...)
}

// outputs returns the outputs of the command line or, if it names none, those of
// the workspace and of the catalogs: one list per catalog.
func (p *catalogSet) outputs(flag outputFlag) ([][]generator.Output, error) {
	if len(flag.Output) > 0 {
		if len(p.members) > 1 {
			return nil, fmt.Errorf("-o needs one catalog, and %s has %d; name it with -c FILE", p.name, len(p.members))
		}
		outputs, err := flag.parse()
		return [][]generator.Output{outputs}, err
	}
	lists := make([][]generator.Output, len(p.members))
	none := true
	for i, m := range p.members {
		switch {
		case m.row.HasOutputs:
			lists[i] = generator.OutputsIn(m.row.Outputs, filepath.Dir(p.name))
		case m.local != "":
			return nil, fmt.Errorf("%s is a file of a module that is here; name it by its path, so that its outputs are used: %s", m.name, m.local)
		case m.foreign && !p.isWorkspace:
			return nil, fmt.Errorf("%s belongs to another module, so its outputs are not used; name your own with -o target=path", m.name)
		case m.foreign:
			return nil, fmt.Errorf("%s:%d: %s belongs to another module, so its outputs are not used; add outputs: here", m.row.Pos.File, m.row.Pos.Line, m.name)
		default:
			lists[i] = generator.Outputs(m.catalog, m.dir)
		}
		none = none && len(lists[i]) == 0
	}
	if none {
		return nil, fmt.Errorf("%s has no outputs; add them under outputs:, or name them with -o target=path", p.name)
	}
	return lists, nil
}

// renderAll loads the catalogs of a command as loadAll does, and renders their
// outputs in memory. Mistakes in a template are reported like mistakes in a
// catalog.
func renderAll(env *environment, from catalogsFlag, to outputFlag, format formatFlag) ([]files.Output, *catalogSet, diag.Diagnostics, error) {
	p, warnings, err := loadAll(env, from, format)
	if err != nil {
		return nil, nil, nil, err
	}
	lists, err := p.outputs(to)
	if err != nil {
		return nil, nil, nil, err
	}
	var plan []files.Output
	var errs []error
	for i, m := range p.members {
		if err := p.readInputs(env, lists[i], m); err != nil {
			return nil, nil, nil, err
		}
		warnings = append(warnings, staleReports(m.catalog, lists[i])...)
		made, err := generator.Plan(m.catalog, lists[i])
		if err != nil {
			errs = append(errs, err)
		}
		plan = append(plan, made...)
	}
	if len(to.Output) > 0 {
		kept, err := p.kept(env, plan)
		if err != nil {
			return nil, nil, nil, err
		}
		plan = append(plan, kept...)
	}
	if p.isWorkspace {
		for i := range plan {
			plan[i].Workspace = p.names()
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
func (p *catalogSet) kept(env *environment, plan []files.Output) ([]files.Output, error) {
	var kept []files.Output
	for _, m := range p.members {
		if m.foreign {
			continue
		}
		own := slices.DeleteFunc(generator.Outputs(m.catalog, m.dir), func(o generator.Output) bool {
			return !slices.ContainsFunc(plan, func(given files.Output) bool { return given.IsFolder && sameFile(given.Dir, o.Path) })
		})
		if err := p.readInputs(env, own, m); err != nil {
			return nil, err
		}
		made, err := generator.Plan(m.catalog, own)
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

// names returns the names of the catalogs.
func (p *catalogSet) names() []string {
	names := make([]string, len(p.members))
	for i, m := range p.members {
		names[i] = m.catalog.Name
	}
	return names
}
