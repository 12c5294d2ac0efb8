package main

import (
	"errors"
	"io"
	"os"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
)

// formatFlag chooses how findings are printed.
type formatFlag struct {
	Format string `enum:"text,json" default:"text" placeholder:"FORMAT" help:"How to print what was found: text or json."`
}

// report prints findings.
func (f formatFlag) report(w io.Writer, src *source, ds diag.Diagnostics) error {
	if f.Format == "json" {
		return diag.WriteJSON(w, ds)
	}
	return diag.WriteText(w, ds, diag.TextOptions{
		Source: src.text,
		Color:  hasColor(w),
	})
}

// hasColor reports whether w is a terminal that shows colours, for a person who
// wants them.
func hasColor(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// load reads the catalog of a command. Where it is invalid, the findings are
// printed and the error is errFindings; else they are warnings, for the caller
// to print.
func load(env *environment, from catalogFlag, format formatFlag) (*catalog.Catalog, *source, diag.Diagnostics, error) {
	src, err := from.read(env)
	if err != nil {
		return nil, nil, nil, err
	}
	c, ds := generator.Load(src.name, src.data)
	if c == nil {
		if err := format.report(env.stdout, src, ds); err != nil {
			return nil, nil, nil, err
		}
		return nil, nil, nil, errFindings
	}
	return c, src, ds, nil
}

// render loads the catalog of a command as load does, and makes its outputs in
// memory. What is wrong with a template is reported as what is wrong with the
// catalog.
func render(env *environment, from catalogFlag, to outputFlag, format formatFlag) ([]files.Output, *source, diag.Diagnostics, error) {
	c, src, warnings, err := load(env, from, format)
	if err != nil {
		return nil, nil, nil, err
	}
	outputs, err := to.outputs(c, src)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := readInputs(outputs, src); err != nil {
		return nil, nil, nil, err
	}
	plan, err := generator.Plan(c, outputs)
	found, err := splitFindings(err)
	if err != nil || len(found) == 0 {
		return plan, src, warnings, err
	}
	if err := format.report(env.stdout, src, append(warnings, found...)); err != nil {
		return nil, nil, nil, err
	}
	return nil, nil, nil, errFindings
}

// readInputs reads the files that outputs need, for the targets and for
// reports.
func readInputs(outputs []generator.Output, src *source) error {
	for i := range outputs {
		err := outputs[i].ReadInputs(func(path string) ([]byte, error) {
			data, err := readFile(path)
			if src.inputs == nil {
				src.inputs = make(map[string][]byte)
			}
			src.inputs[path] = data
			return data, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// splitFindings returns the findings among the errors of a plan, and what else
// went wrong.
func splitFindings(err error) (diag.Diagnostics, error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil, err
	}
	var found diag.Diagnostics
	var others []error
	for _, err := range joined.Unwrap() {
		var findings interface{ Findings() diag.Diagnostics }
		if errors.As(err, &findings) {
			found = append(found, findings.Findings()...)
		} else {
			others = append(others, err)
		}
	}
	return found, errors.Join(others...)
}

// reportFiles reports what was found in files that people write, and returns
// errFindings. Any other error of files.Write and files.Check is returned as it
// is.
func (f formatFlag) reportFiles(env *environment, src *source, warnings diag.Diagnostics, err error) error {
	found, other := splitFindings(err)
	if other != nil || len(found) == 0 {
		return err
	}
	if src.inputs == nil {
		src.inputs = make(map[string][]byte)
	}
	for _, err := range err.(interface{ Unwrap() []error }).Unwrap() {
		if file := (*diag.FileError)(nil); errors.As(err, &file) {
			src.inputs[file.File] = file.Source
		}
	}
	if err := f.report(env.stdout, src, append(warnings, found...)); err != nil {
		return err
	}
	return errFindings
}
