package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/baseline"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/workspace"
)

// formatFlag chooses the format of findings.
type formatFlag struct {
	Format string `enum:"${formats}" default:"text" placeholder:"FORMAT" help:"The format of findings: text, json, github, sarif, gitlab or junit."`

	// strict means that warnings are findings.
	strict bool
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

// quoted has the contents of files that reports quote.
type quoted interface {
	Text(file string) []byte
}

// report prints findings.
func (f formatFlag) report(w io.Writer, src quoted, ds diag.Diagnostics) error {
	return diag.Write(w, f.Format, ds, diag.Options{
		Text:    diag.TextOptions{Source: src.Text, Color: hasColor(w)},
		Version: buildVersion(),
		Path:    pathInRepository(src),
		About:   aboutRule,
		Strict:  f.strict,
	})
}

// pathInRepository returns a function for the path of a file relative to the root
// of the repository, with slashes. The path is "" for what is no file there.
func pathInRepository(src quoted) func(file string) string {
	root, err := diag.Repository()
	set, isSet := src.(*workspace.Set)
	return func(file string) string {
		if file == "" || file == workspace.Stdin || strings.HasPrefix(file, "mod:") || isSet && set.IsEarlier(file) || err != nil {
			return ""
		}
		return diag.PathIn(root, file)
	}
}

// readInputs reads the files and the history that the outputs of a catalog need, and
// keeps the files for reports.
func readInputs(env *environment, p *workspace.Set, outputs []generator.Output, m *workspace.Member) error {
	for i := range outputs {
		err := outputs[i].ReadInputs(func(path string) ([]byte, error) {
			data, err := workspace.ReadFile(path)
			m.Inputs[path] = data
			return data, err
		}, historyOf(env, p, m))
		if err != nil {
			return err
		}
	}
	return nil
}

// historyOf returns the function that reads the history of a catalog.
func historyOf(env *environment, p *workspace.Set, m *workspace.Member) func(revision string) ([]byte, error) {
	return func(revision string) ([]byte, error) {
		b := baseline.New(env.ctx, env.reader(), p, true)
		defer b.Close()
		data, err := b.History(m, revision)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		return data, nil
	}
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
		if inner, err := splitFindings(err); len(inner) > 0 {
			found = append(found, inner...)
			others = append(others, err)
			continue
		}
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
func (f formatFlag) reportFiles(env *environment, p *workspace.Set, warnings diag.Diagnostics, err error) error {
	found, other := splitFindings(err)
	if other != nil || len(found) == 0 {
		return err
	}
	for _, err := range err.(interface{ Unwrap() []error }).Unwrap() {
		if file := (*diag.FileError)(nil); errors.As(err, &file) {
			p.Texts[file.File] = file.Source
		}
	}
	if err := f.report(env.stdout, p, append(warnings, found...)); err != nil {
		return err
	}
	return errFindings
}
