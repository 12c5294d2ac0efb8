// Package generator lists the targets, checks what a catalog asks of them, and
// plans their outputs.
package generator

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/golang/rpc"
	"github.com/errcat/errcat/generator/option"
)

// Targets returns the targets, in the order of the documentation.
func Targets() []Target { return slices.Clone(targets) }

// lookup returns the target with a name, and the names of all targets.
func lookup(name string) (t Target, names []string, ok bool) {
	for _, target := range targets {
		if target.Name == name {
			t, ok = target, true
		}
		names = append(names, target.Name)
	}
	return t, names, ok
}

// Load reads a catalog as catalog.Load does, and checks its outputs against the
// targets: the findings of both come together, sorted by position.
func Load(file string, source []byte) (*catalog.Catalog, diag.Diagnostics) {
	r := catalog.Read(file, source)
	CheckRows(r, r.NoHTTP(), r.Outputs())
	return r.Result()
}

// Reporter takes findings; the help says how to fix them.
type Reporter interface {
	Report(rule diag.Rule, pos diag.Position, help, format string, args ...any) diag.Finding
}

// CheckRows reports what is wrong with the targets and the options of the rows of
// outputs, and rows of different targets with the path of one file. What is wrong
// without them has been reported.
func CheckRows(r Reporter, noHTTP bool, rows []catalog.Output) {
	byPath := make(map[string]catalog.Output)
	for _, o := range rows {
		checkRow(r, noHTTP, o)
		if o.Path == "" {
			continue
		}
		key := strings.ToLower(path.Clean(o.Path)) // some file systems ignore case
		other, ok := byPath[key]
		switch {
		case !ok:
			byPath[key] = o
		case o.Target != other.Target && (IsFile(o) || IsFile(other)):
			r.Report(diag.RuleDuplicateOutput, o.PathPos, "give it another path", "outputs of the targets %s and %s have the path %s", diag.Quote(other.Target), diag.Quote(o.Target), diag.Quote(o.Path)).
				Note(other.PathPos, "first used here")
		}
	}
}

// checkRow reports what is wrong with the target and the options of a row of
// outputs. A row without a target has been reported.
func checkRow(r Reporter, noHTTP bool, o catalog.Output) {
	if o.Target == "" {
		return
	}
	t, names, ok := lookup(o.Target)
	if !ok {
		help := "the targets are " + strings.Join(names, ", ")
		if near := diag.Suggest(o.Target, names, 1); len(near) > 0 {
			help = "did you mean " + near[0] + "? The targets are " + strings.Join(names, ", ")
		}
		r.Report(diag.RuleUnknownTarget, o.Pos, help, "unknown target %s", diag.Quote(o.Target))
		return
	}
	j := t.start()
	given := make(map[string]catalog.Option, len(o.Options))
	values := make([]option.Value, len(o.Options))
	for i, v := range o.Options {
		given[v.Key] = v
		values[i] = option.Value{Name: v.Key, Value: v.Value, IsMapping: v.IsMapping, Unreadable: v.Unreadable}
	}
	conflict := j.conflict
	if noHTTP && j.needsHTTP != nil {
		conflict = j.needsHTTP
	}
	if noHTTP && j.onlyHTTP {
		r.Report(diag.RuleHTTPNotUsed, o.Pos, "remove the output, or remove http: false from the catalog", "the target %s has no meaning in a catalog without HTTP", t.Name)
	}
	keys := append([]string{"target", "path"}, j.options.Names()...)
	problems := j.options.Bind(values, conflict)
	if len(problems) == 0 && o.Path != "" {
		if is, help := t.noFile(j, o.Path, "pages: true"); is != "" {
			r.Report(diag.RuleInvalidOutputPath, o.PathPos, help, "path cannot be %s: the target %s writes one file, and this is %s", diag.Quote(o.Path), t.Name, is)
		}
	}
	for _, p := range problems {
		v := given[p.Name]
		switch p.Kind {
		case option.Unknown:
			help := "the keys are " + strings.Join(keys, ", ")
			if near := diag.Suggest(p.Name, keys, 1); len(near) > 0 {
				help = "did you mean " + near[0] + "?"
			}
			r.Report(diag.RuleUnknownKey, v.KeyPos, help, "unknown key %s in an output of the target %s", diag.Quote(p.Name), t.Name)
		case option.Missing:
			missing, _ := j.options.Lookup(p.Name)
			r.Report(diag.RuleMissingKey, o.RowPos, fmt.Sprintf("add it, such as %s: %s", p.Name, missing.Example), "the output of the target %s has no %s", t.Name, p.Name)
		case option.Invalid:
			r.Report(diag.RuleInvalidOutputOption, v.Pos, "change the value, or remove the option", "%s cannot be %s: %v", p.Name, diag.Quote(v.Value), p.Err)
		}
	}
}

// Output asks for one target at one place.
type Output struct {
	Target string
	// Path is a folder or a file, depending on the target and its options, as the
	// operating system writes it.
	Path    string
	Options map[string]string
	// Inputs are the contents of the files that options name, and the histories that
	// they ask for, by option; see ReadInputs.
	Inputs map[string][]byte
	// Root, if it is not empty, is the folder that the output must not leave
	// through a symbolic link.
	Root string
}

// Check returns an error if there is no such target, or if it does not take the
// options.
func (o Output) Check() error {
	_, _, err := o.start()
	return err
}

// ReadInputs reads what the options of the output need: files by read, and
// histories by history, which takes a revision. It fails if one of these does.
func (o *Output) ReadInputs(read, history func(value string) ([]byte, error)) error {
	t, j, err := o.start()
	if err != nil {
		return err
	}
	for _, option := range j.options {
		value, ok := o.Options[option.Name]
		load := read
		switch {
		case !ok, !option.IsInput && !option.IsHistory:
			continue
		case option.IsHistory:
			load = history
		}
		data, err := load(value)
		if err != nil {
			return fmt.Errorf("target %s, %s: option %s: %w", t.Name, o.Path, option.Name, err)
		}
		if o.Inputs == nil {
			o.Inputs = make(map[string][]byte)
		}
		o.Inputs[option.Name] = data
	}
	return nil
}

// start returns the target of the output and the job that makes it, with its
// options set.
func (o Output) start() (Target, job, error) {
	t, names, ok := lookup(o.Target)
	if !ok {
		return Target{}, job{}, fmt.Errorf("unknown target %q; the targets are %s", o.Target, strings.Join(names, ", "))
	}
	j := t.start()
	var values []option.Value
	for _, name := range slices.Sorted(maps.Keys(o.Options)) {
		values = append(values, option.Value{Name: name, Value: o.Options[name]})
	}
	if problems := j.options.Bind(values, j.conflict); len(problems) > 0 {
		return Target{}, job{}, o.refusal(t, j.options, problems)
	}
	if is, help := t.noFile(j, filepath.ToSlash(o.Path), "pages=true"); is != "" {
		return Target{}, job{}, fmt.Errorf("the target %s writes one file, and %s is %s; %s", t.Name, o.Path, is, help)
	}
	if err := files.CheckNames(filepath.Base(o.Path)); err != nil {
		return Target{}, job{}, fmt.Errorf("the path %s %w", o.Path, err)
	}
	for _, option := range j.options {
		if content := o.Inputs[option.Name]; option.IsInput || content != nil {
			option.Load(o.Inputs[option.Name])
		}
	}
	return t, j, nil
}

// IsFile reports whether the path of a row of outputs is that of a file. It is that of
// a folder otherwise, and if there is no such target or option.
func IsFile(o catalog.Output) bool {
	t, _, ok := lookup(o.Target)
	if !ok {
		return false
	}
	j := t.start()
	var values []option.Value
	for _, v := range o.Options {
		values = append(values, option.Value{Name: v.Key, Value: v.Value})
	}
	return len(j.options.Bind(values, j.conflict)) == 0 && j.place != nil && j.place() != folder
}

// noFile says what the path of an output, with slashes, is if it has to be that of a
// file and is not, and how to fix that. pages is the option that makes a folder of
// pages, as it is written there.
func (t Target) noFile(j job, output, pages string) (is, help string) {
	if j.place == nil || j.place() == folder {
		return "", ""
	}
	orPages := ""
	if j.place() == file && slices.Contains(j.options.Names(), "pages") {
		orPages = ", or " + pages + " for a folder with one page per code"
	}
	name := output[strings.LastIndex(output, "/")+1:]
	switch {
	case name == "" || name == "." || name == "..":
		return "a folder", "add the name of the file, such as " + path.Base(t.Example) + orPages
	case j.place() == file && j.extension != nil && output != "-" && !strings.Contains(name, "."):
		if extension := j.extension(); extension != "" {
			return "a name without an extension, which a site does not read", "add " + extension + orPages
		}
	}
	return "", ""
}

// refusal returns everything that is wrong with the options of the output as one
// error of one line.
func (o Output) refusal(t Target, options option.Set, problems []option.Problem) error {
	var texts []string
	for _, p := range problems {
		var text string
		switch {
		case p.Kind == option.Missing:
			missing, _ := options.Lookup(p.Name)
			text = fmt.Sprintf("the target %s needs the option %s, such as %s=%s", t.Name, p.Name, p.Name, missing.Example)
		case p.Kind == option.Invalid:
			text = fmt.Sprintf("option %s of the target %s cannot be %q: %v", p.Name, t.Name, o.Options[p.Name], p.Err)
		case len(options) == 0:
			text = fmt.Sprintf("the target %s has no options", t.Name)
		default:
			text = fmt.Sprintf("the target %s has no option %q; its options are %s", t.Name, p.Name, strings.Join(options.Names(), ", "))
		}
		texts = append(texts, text)
	}
	return errors.New(strings.Join(texts, "; "))
}

// Outputs returns the outputs that a catalog asks for itself; dir is its
// folder. They stay in that folder, or in one above it that their path names:
// no symbolic link leads them elsewhere.
func Outputs(c *catalog.Catalog, dir string) []Output { return OutputsIn(c.Outputs, dir) }

// OutputsIn returns outputs as Outputs does; dir is the folder of the file that
// asks for them.
func OutputsIn(rows []catalog.Output, dir string) []Output {
	var outputs []Output
	for _, o := range rows {
		var known option.Set
		if t, _, ok := lookup(o.Target); ok {
			known = t.Options()
		}
		options := make(map[string]string, len(o.Options))
		for _, v := range o.Options {
			options[v.Key] = v.Value
			if option, _ := known.Lookup(v.Key); option.IsInput && !filepath.IsAbs(v.Value) {
				options[v.Key] = filepath.Join(dir, filepath.FromSlash(v.Value))
			}
		}
		below := path.Clean(o.Path)
		for strings.HasPrefix(below, "../") {
			below = below[len("../"):]
		}
		above := strings.TrimSuffix(path.Clean(o.Path), below)
		outputs = append(outputs, Output{
			Target:  o.Target,
			Path:    filepath.Join(dir, filepath.FromSlash(o.Path)),
			Options: options,
			Root:    filepath.Join(dir, filepath.FromSlash(above)),
		})
	}
	return outputs
}

// Plan renders the outputs concurrently and returns their files. It touches no
// disk. It fails if an output asks for something that its target does not have,
// and with the errors of all outputs that cannot be rendered.
func Plan(c *catalog.Catalog, outputs []Output) ([]files.Output, error) {
	c = overGRPC(c, outputs)
	plan := make([]files.Output, len(outputs))
	errs := make([]error, len(outputs))
	// The catalog without internal errors is copied once for all outputs.
	public := sync.OnceValue(func() *catalog.Catalog { return c.ForAudience(catalog.Public) })
	var wait sync.WaitGroup
	for i, o := range outputs {
		t, j, err := o.start()
		if err != nil {
			return nil, err
		}
		plan[i] = files.Output{Catalog: c.Name, Target: t.Name, Dir: o.Path, IsFolder: true, Root: o.Root}
		if j.mark != nil {
			plan[i].Target = j.mark()
		}
		if j.place != nil {
			switch j.place() {
			case file, region:
				plan[i].Dir, *j.file = filepath.Dir(o.Path), filepath.Base(o.Path)
				plan[i].IsFolder = false
			}
		}
		wait.Go(func() {
			seen := c
			if j.audience != nil && *j.audience != catalog.Internal {
				seen = public()
			}
			made, err := j.generate(seen)
			if err != nil {
				errs[i] = fmt.Errorf("target %s, %s: %w", t.Name, o.Path, err)
				return
			}
			plan[i].Files = made
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return plan, nil
}

// overGRPC returns the catalog as one whose errors travel over gRPC, if one of the
// outputs says so. Those of the command line are not in the catalog.
func overGRPC(c *catalog.Catalog, outputs []Output) *catalog.Catalog {
	isRPC := func(o Output) bool { return o.Target == rpc.GRPC.Target() || o.Target == rpc.Connect.Target() }
	if c.GRPC || !slices.ContainsFunc(outputs, isRPC) {
		return c
	}
	over := *c
	over.GRPC = true
	return &over
}
