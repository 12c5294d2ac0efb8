package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/diag"
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
	text(file string) []byte
}

// report prints findings.
func (f formatFlag) report(w io.Writer, src quoted, ds diag.Diagnostics) error {
	return diag.Write(w, f.Format, ds, diag.Options{
		Text:    diag.TextOptions{Source: src.text, Color: hasColor(w)},
		Version: buildVersion(),
		Path:    pathInRepository(),
		About:   aboutRule,
		Strict:  f.strict,
	})
}

// pathInRepository returns a function for the path of a file relative to the root
// of the repository, with slashes. The path is "" for what is no file there.
func pathInRepository() func(file string) string {
	root, err := repository()
	return func(file string) string {
		if file == "" || file == stdin || strings.HasPrefix(file, "mod:") || err != nil {
			return ""
		}
		abs, err := filepath.Abs(file)
		if err != nil {
			return ""
		}
		path := pathIn(root, abs)
		if path == "" {
			// The working directory may have been entered through a symbolic link.
			realRoot, errRoot := filepath.EvalSymlinks(root)
			dir, errDir := filepath.EvalSymlinks(filepath.Dir(abs))
			if errRoot == nil && errDir == nil {
				path = pathIn(realRoot, filepath.Join(dir, filepath.Base(abs)))
			}
		}
		return path
	}
}

// pathIn returns the path of a file relative to a folder, with slashes, "" if it is
// elsewhere.
func pathIn(root, file string) string {
	path, err := filepath.Rel(root, file)
	if err != nil || !filepath.IsLocal(path) {
		return ""
	}
	return filepath.ToSlash(path)
}

// repository returns the root of the repository: the nearest folder from the
// working directory up that git or, if there is none, a CI system knows as such.
// Without one, it is the working directory.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	// A runner without git downloads an archive.
	known := []string{os.Getenv("GITHUB_WORKSPACE"), os.Getenv("CI_PROJECT_DIR")}
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil || slices.Contains(known, up) {
			return up, nil
		}
		if up == filepath.Dir(up) {
			return dir, nil
		}
	}
}

// readInputs reads the files that outputs need, and keeps them for reports.
func readInputs(outputs []generator.Output, src *source) error {
	for i := range outputs {
		err := outputs[i].ReadInputs(func(path string) ([]byte, error) {
			data, err := readFile(path)
			src.inputs[path] = data
			return data, err
		}, func(string) ([]byte, error) { return nil, nil })
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
func (f formatFlag) reportFiles(env *environment, p *catalogSet, warnings diag.Diagnostics, err error) error {
	found, other := splitFindings(err)
	if other != nil || len(found) == 0 {
		return err
	}
	for _, err := range err.(interface{ Unwrap() []error }).Unwrap() {
		if file := (*diag.FileError)(nil); errors.As(err, &file) {
			p.texts[file.File] = file.Source
		}
	}
	if err := f.report(env.stdout, p, append(warnings, found...)); err != nil {
		return err
	}
	return errFindings
}
