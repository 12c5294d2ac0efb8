package main

import (
	"errors"
	"io"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
)

// formatFlag chooses the format of findings.
type formatFlag struct {
	Format string `enum:"text,json" default:"text" placeholder:"FORMAT" help:"The format of findings: text or json."`
}

// strictFlag makes warnings findings.
type strictFlag struct {
	Strict bool `help:"Also exit with status 1 if there are only warnings."`
}

// result returns errFindings if the warnings are findings.
func (f strictFlag) result(warnings diag.Diagnostics) error {
	if f.Strict && len(warnings) > 0 {
		return errFindings
	}
	return nil
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

// load reads the catalog of a command. If it is invalid, load prints the
// findings and returns errFindings. Otherwise the findings are warnings, for the
// caller to print.
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

// render loads the catalog of a command as load does, and renders its outputs in
// memory. Mistakes in a template are reported like mistakes in the catalog.
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

// readInputs reads the files that outputs need, and keeps them for reports.
func readInputs(outputs []generator.Output, src *source) error {
	for i := range outputs {
		err := outputs[i].ReadInputs(func(path string) ([]byte, error) {
			data, err := readFile(path)
			src.inputs[path] = data
			return data, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// splitFindings separates the findings among joined errors from the other errors.
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

// reportFiles reports the findings in files that people maintain, and returns
// errFindings. It returns any other error of files.Write and files.Check as is.
func (f formatFlag) reportFiles(env *environment, src *source, warnings diag.Diagnostics, err error) error {
	found, other := splitFindings(err)
	if other != nil || len(found) == 0 {
		return err
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
