package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// outputs are what errcat makes of a catalog, each by its target.
var outputs = []struct{ target, path string }{
	{"go", "go"},
	{"typescript", "typescript"},
	{"markdown", "errors.md"},
	{"html", "errors.html"},
	{"json", "errors.json"},
	{"schema", "schema.json"},
}

// mainTargets are the first of the outputs: Go, TypeScript and Markdown.
const mainTargets = 3

// What is measured at each size, by its name in the results.
const (
	runEmpty      = "empty"
	runParse      = "parse"
	runMainCold   = "generate-main-cold"
	runMainWarm   = "generate-main-warm"
	runMainCheck  = "check-main"
	runAllCold    = "generate-all-cold"
	runAllWarm    = "generate-all-warm"
	runAllCheck   = "check-all"
	runTargetCold = "generate-%s-cold"
)

// manyCodes is the size that the budget is about. Of larger catalogs, only the
// growth is measured.
const manyCodes = 10_000

// ends returns the least and the most codes of what is not above manyCodes: enough
// for what hardly depends on the size, or grows evenly.
func ends(sizes []int) []int {
	s := slices.DeleteFunc(slices.Sorted(slices.Values(sizes)), func(codes int) bool { return codes > manyCodes })
	if len(s) > 2 {
		s = []int{s[0], s[len(s)-1]}
	}
	return s
}

// runName is the name of a benchmark of a whole process.
func runName(codes int, run string) string {
	return fmt.Sprintf("Run/codes=%d/run=%s", codes, run)
}

// measureGenerate measures errcat beside an empty program and the parse alone.
// Of the largest catalogs there are fewer runs, and only of what shows how the
// cost grows.
func (l *lab) measureGenerate(sizes []int, largeRuns int) error {
	dir := l.path("yardsticks")
	if err := l.unpack("yardsticks", dir, 0, ""); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(l.root, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	if _, err := l.output(command{dir: dir, args: []string{"go", "build", "-o", l.path("bin"), "./empty", "./parse"}}); err != nil {
		return err
	}
	for _, codes := range sizes {
		if err := l.measureGenerateAt(codes, largeRuns); err != nil {
			return err
		}
	}
	return nil
}

func (l *lab) measureGenerateAt(codes, largeRuns int) error {
	catalog, err := l.catalog(codes)
	if err != nil {
		return err
	}
	dir := filepath.Dir(catalog)
	errcat := func(run, verb, folder string, first, last int) command {
		args := []string{l.errcat(), verb, "-c", "catalog.yaml"}
		for _, o := range outputs[first:last] {
			args = append(args, "-o", o.target+"="+folder+"/"+o.path)
		}
		return command{name: runName(codes, run), dir: dir, args: args}
	}
	// A cold run finds no files, whatever the one before left.
	cold := func(run, folder string, first, last int) command {
		c := errcat(run, "generate", folder, first, last)
		c.prepare = func() error { return os.RemoveAll(filepath.Join(dir, folder)) }
		return c
	}
	n := len(outputs)
	commands := []command{
		{name: runName(codes, runParse), dir: dir, args: []string{l.path("bin", "parse"), "catalog.yaml"}},
		cold(runMainCold, "main", 0, mainTargets),
		cold(runAllCold, "all", 0, n),
	}
	if codes > manyCodes {
		return l.compare(min(l.runs, largeRuns), commands...)
	}
	// The runs behind the cold ones find what these made.
	commands = append(commands,
		command{name: runName(codes, runEmpty), dir: dir, args: []string{l.path("bin", "empty")}},
		errcat(runMainWarm, "generate", "main", 0, mainTargets),
		errcat(runMainCheck, "check", "main", 0, mainTargets),
		errcat(runAllWarm, "generate", "all", 0, n),
		errcat(runAllCheck, "check", "all", 0, n),
	)
	for i, o := range outputs {
		commands = append(commands, cold(fmt.Sprintf(runTargetCold, o.target), "one-"+o.target, i, i+1))
	}
	if codes < manyCodes {
		return l.compare(shortRuns*l.runs, commands...)
	}
	return l.compare(l.runs, commands...)
}
