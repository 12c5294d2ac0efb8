// Package generator knows the targets, and which of them make what of a
// catalog.
package generator

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/golang"
	"github.com/errcat/errcat/generator/markdown"
	"github.com/errcat/errcat/generator/typescript"
)

// Target is a kind of output.
type Target struct {
	Name string
	// Summary says what the target makes.
	Summary string
	// Options are the options that an output of the target takes, each with
	// the check of its values.
	Options map[string]func(value string) error
	// IsFile means that the path of an output is that of its one file; else it
	// is the folder of its files.
	IsFile bool

	generate func(c *catalog.Catalog, name string, options map[string]string) (files.Files, error)
}

// Targets returns the targets, in the order of the documentation.
func Targets() []Target {
	return []Target{
		{
			Name:    "go",
			Summary: "a Go package",
			Options: map[string]func(string) error{"package": golang.CheckPackageName},
			generate: func(c *catalog.Catalog, _ string, options map[string]string) (files.Files, error) {
				return golang.Generate(c, golang.Options{Package: options["package"]})
			},
		},
		{
			Name:    "typescript",
			Summary: "TypeScript modules",
			Options: map[string]func(string) error{
				"audience":         checkAudience,
				"import_extension": typescript.CheckImportExtension,
			},
			generate: func(c *catalog.Catalog, _ string, options map[string]string) (files.Files, error) {
				return typescript.Generate(c, typescript.Options{
					Audience:        catalog.Audience(options["audience"]),
					ImportExtension: options["import_extension"],
				})
			},
		},
		{
			Name:    "markdown",
			Summary: "a Markdown page",
			IsFile:  true,
			Options: map[string]func(string) error{"audience": checkAudience},
			generate: func(c *catalog.Catalog, name string, options map[string]string) (files.Files, error) {
				return markdown.Generate(c, markdown.Options{
					Audience: catalog.Audience(options["audience"]),
					File:     name,
				})
			},
		},
	}
}

// checkAudience reports a value that is no audience.
func checkAudience(value string) error {
	switch catalog.Audience(value) {
	case catalog.Public, catalog.Internal:
		return nil
	}
	return errors.New("it is public or internal")
}

// Load reads a catalog, and checks its outputs against the targets, as
// catalog.Load does.
func Load(file string, source []byte) (*catalog.Catalog, diag.Diagnostics) {
	var specs []catalog.TargetSpec
	for _, t := range Targets() {
		specs = append(specs, catalog.TargetSpec{Name: t.Name, Options: t.Options})
	}
	return catalog.Load(file, source, specs)
}

// Output asks for one target at one place.
type Output struct {
	Target string
	// Path is the folder, or for a target with one file the file, as the
	// operating system writes it.
	Path    string
	Options map[string]string
	// Root, where it is not empty, is the folder that the output must not
	// leave through a symbolic link.
	Root string
}

// Check reports what is wrong with an output.
func (o Output) Check() error {
	_, err := o.target()
	return err
}

// target finds the target of the output and checks the options.
func (o Output) target() (Target, error) {
	var names []string
	for _, t := range Targets() {
		if t.Name == o.Target {
			return t, o.checkOptions(t)
		}
		names = append(names, t.Name)
	}
	return Target{}, fmt.Errorf("there is no target %q; the targets are %s", o.Target, strings.Join(names, ", "))
}

func (o Output) checkOptions(t Target) error {
	known := slices.Sorted(maps.Keys(t.Options))
	for _, key := range slices.Sorted(maps.Keys(o.Options)) {
		check, ok := t.Options[key]
		if !ok {
			return fmt.Errorf("the target %s has no option %q; its options are %s", t.Name, key, strings.Join(known, ", "))
		}
		if err := check(o.Options[key]); err != nil {
			return fmt.Errorf("option %s of the target %s: %q: %w", key, t.Name, o.Options[key], err)
		}
	}
	return nil
}

// Outputs returns the outputs that a catalog asks for itself; dir is its
// folder. They stay in that folder, or in one above it that their path names:
// a symbolic link does not lead them elsewhere.
func Outputs(c *catalog.Catalog, dir string) []Output {
	var outputs []Output
	for _, o := range c.Outputs {
		options := make(map[string]string, len(o.Options))
		for _, option := range o.Options {
			options[option.Key] = option.Value
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

// Plan renders the outputs, side by side, and returns their files. It touches
// no disk. It fails where an output asks for what its target does not have.
func Plan(c *catalog.Catalog, outputs []Output) ([]files.Output, error) {
	plan := make([]files.Output, len(outputs))
	var g errgroup.Group
	for i, o := range outputs {
		t, err := o.target()
		if err != nil {
			return nil, err
		}
		dir, name := o.Path, ""
		if t.IsFile {
			dir, name = filepath.Dir(o.Path), filepath.Base(o.Path)
		}
		g.Go(func() error {
			made, err := t.generate(c, name, o.Options)
			if err != nil {
				return fmt.Errorf("target %s, %s: %w", t.Name, o.Path, err)
			}
			plan[i] = files.Output{Catalog: c.Name, Target: t.Name, Dir: dir, Files: made, OwnsDir: true, Flat: true, Root: o.Root}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return plan, nil
}
