package main

import (
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
		Source: func(string) []byte { return src.data },
		Color:  isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
	})
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
// memory.
func render(env *environment, from catalogFlag, to outputFlag, format formatFlag) ([]files.Output, *source, diag.Diagnostics, error) {
	c, src, warnings, err := load(env, from, format)
	if err != nil {
		return nil, nil, nil, err
	}
	outputs, err := to.outputs(c, src)
	if err != nil {
		return nil, nil, nil, err
	}
	plan, err := generator.Plan(c, outputs)
	return plan, src, warnings, err
}
