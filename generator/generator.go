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
	// Example is the path of an output.
	Example string
	// Options are the options that an output of the target takes.
	Options map[string]Option
	// Conflict returns what is wrong with options that are right one by one,
	// and which of them is to be changed. It may be nil.
	Conflict func(options map[string]string) (option string, err error)
	// IsFile reports whether the path of an output with such options is that
	// of its one file; else it is the folder of its files. It may be nil, for
	// a target that makes folders alone.
	IsFile func(options map[string]string) bool

	// generate makes the files of an output; name is that of its one file.
	generate func(c *catalog.Catalog, o Output, name string) (files.Files, error)
}

// Option is an option of the outputs of a target.
type Option struct {
	// Summary says what the option is for.
	Summary string
	// Default is what holds without the option; it may be empty.
	Default string
	// Values are all that it takes; nil where they cannot be listed. Then there
	// is an Example.
	Values  []string
	Example string
	// Required means that every output of the target has the option.
	Required bool
	// Check returns what is wrong with a value.
	Check func(value string) error
}

// Targets returns the targets, in the order of the documentation.
func Targets() []Target {
	return []Target{
		{
			Name:    "go",
			Summary: "a Go package",
			Example: "internal/apierrors",
			Options: map[string]Option{
				"package": {
					Summary: "The name of the package; by default it derives from the name of the catalog.",
					Example: "apierrors",
					Check:   golang.CheckPackageName,
				},
			},
			generate: func(c *catalog.Catalog, o Output, _ string) (files.Files, error) {
				return golang.Generate(c, golang.Options{Package: o.Options["package"]})
			},
		},
		{
			Name:    "typescript",
			Summary: "TypeScript modules",
			Example: "web/src/errors",
			Options: map[string]Option{
				"audience": audienceOption(),
				"emit": {
					Summary: "What the modules are written in: TypeScript, or JavaScript with declarations; js where there is a package.",
					Default: "ts",
					Values:  []string{"ts", "js"},
					Check:   typescript.CheckEmit,
				},
				"import_extension": {
					Summary: "How the modules import each other.",
					Default: ".js",
					Values:  []string{".js", ".ts", "none"},
					Check:   typescript.CheckImportExtension,
				},
				"package": {
					Summary: "The name of an npm package, and its version, for which a package.json is written.",
					Example: "@acme/errors@1.4.0",
					Check:   typescript.CheckPackage,
				},
				"single_file": {
					Summary: "Puts everything into one module.",
					Default: "false",
					Values:  []string{"false", "true"},
					Check:   checkBool,
				},
			},
			Conflict: func(options map[string]string) (string, error) {
				return "import_extension", typescriptOptions(options).Conflict()
			},
			generate: func(c *catalog.Catalog, o Output, _ string) (files.Files, error) {
				return typescript.Generate(c, typescriptOptions(o.Options))
			},
		},
		{
			Name:    "markdown",
			Summary: "a Markdown page",
			Example: "docs/errors.md",
			IsFile:  oneFile,
			Options: map[string]Option{"audience": audienceOption()},
			generate: func(c *catalog.Catalog, o Output, name string) (files.Files, error) {
				return markdown.Generate(c, markdown.Options{
					Audience: catalog.Audience(o.Options["audience"]),
					File:     name,
				})
			},
		},
	}
}

func typescriptOptions(options map[string]string) typescript.Options {
	return typescript.Options{
		Audience:        catalog.Audience(options["audience"]),
		Emit:            options["emit"],
		ImportExtension: options["import_extension"],
		SingleFile:      options["single_file"] == "true",
		Package:         options["package"],
	}
}

// checkBool reports a value that is neither true nor false.
func checkBool(value string) error {
	if value != "true" && value != "false" {
		return errors.New("it is true or false")
	}
	return nil
}

// oneFile is the IsFile of a target whose outputs are one file each.
func oneFile(map[string]string) bool { return true }

// audienceOption is the option of what is for people outside or inside.
func audienceOption() Option {
	return Option{
		Summary: "For whom the output is: public leaves internal errors out, internal has all errors.",
		Default: string(catalog.Public),
		Values:  []string{string(catalog.Public), string(catalog.Internal)},
		Check: func(value string) error {
			switch catalog.Audience(value) {
			case catalog.Public, catalog.Internal:
				return nil
			}
			return errors.New("it is public or internal")
		},
	}
}

// Load reads a catalog, and checks its outputs against the targets, as
// catalog.Load does.
func Load(file string, source []byte) (*catalog.Catalog, diag.Diagnostics) {
	var specs []catalog.TargetSpec
	for _, t := range Targets() {
		spec := catalog.TargetSpec{Name: t.Name, Options: make(map[string]func(string) error, len(t.Options)), Conflict: t.Conflict}
		for _, name := range slices.Sorted(maps.Keys(t.Options)) {
			option := t.Options[name]
			spec.Options[name] = option.Check
			if option.Required {
				spec.Required = append(spec.Required, name)
			}
		}
		specs = append(specs, spec)
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
		option, ok := t.Options[key]
		if !ok {
			return fmt.Errorf("the target %s has no option %q; its options are %s", t.Name, key, strings.Join(known, ", "))
		}
		if err := option.Check(o.Options[key]); err != nil {
			return fmt.Errorf("option %s of the target %s: %q: %w", key, t.Name, o.Options[key], err)
		}
	}
	for _, key := range known {
		if _, ok := o.Options[key]; !ok && t.Options[key].Required {
			return fmt.Errorf("the target %s needs the option %s", t.Name, key)
		}
	}
	if t.Conflict != nil {
		if key, err := t.Conflict(o.Options); err != nil {
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
		if t.IsFile != nil && t.IsFile(o.Options) {
			dir, name = filepath.Dir(o.Path), filepath.Base(o.Path)
		}
		g.Go(func() error {
			made, err := t.generate(c, o, name)
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
