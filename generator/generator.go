// Package generator knows the targets, and which of them make what of a
// catalog.
package generator

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/custom"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/golang"
	"github.com/errcat/errcat/generator/html"
	"github.com/errcat/errcat/generator/jsoncatalog"
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

	// mark returns how the headers of the files of an output name the target; it
	// may be nil, where they have its name.
	mark func(o Output) string
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
	// IsInput means that the value is the path of a file that the target needs
	// the content of. In a catalog it is relative to the folder of the catalog.
	IsInput bool
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
				"http": {
					Summary: "With what needs net/http: WriteProblem, Handler and ReadProblem. A program without a server or a client is smaller without it.",
					Default: "true",
					Values:  []string{"true", "false"},
					Check:   checkBool,
				},
				"package": {
					Summary: "The name of the package; by default it derives from the name of the catalog.",
					Example: "apierrors",
					Check:   golang.CheckPackageName,
				},
			},
			generate: func(c *catalog.Catalog, o Output, _ string) (files.Files, error) {
				return golang.Generate(c, golang.Options{
					Package: o.Options["package"],
					NoHTTP:  o.Options["http"] == "false",
				})
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
					Summary: "The name of an npm package, and its version, for which a package.json is written. Without it, there is none.",
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
			Summary: "Markdown: a page, a page a code, or parts of a file that you write",
			Example: "docs/errors.md",
			IsFile:  func(options map[string]string) bool { return options["pages"] != "true" },
			Options: map[string]Option{
				"audience": audienceOption(),
				"docs": {
					Summary: "For inject: the page, relative to the file or a web address, to which codes without a section in the file link; {code} stands for the name of a code's page. Without it they are no links.",
					Example: "docs/errors.md",
					Check:   markdown.CheckDocs,
				},
				"flavor": {
					Summary: "The kind of Markdown; mdx by default for a file that ends with .mdx.",
					Default: markdown.Flavors()[0],
					Values:  markdown.Flavors(),
					Check:   markdown.CheckFlavor,
				},
				"inject": {
					Summary: "Writes between the markers of a file that you write.",
					Default: "false",
					Values:  []string{"false", "true"},
					Check:   checkBool,
				},
				"pages": {
					Summary: "Makes a folder with an index and a page a code.",
					Default: "false",
					Values:  []string{"false", "true"},
					Check:   checkBool,
				},
			},
			Conflict: func(options map[string]string) (string, error) {
				return markdownOptions(options).Conflict()
			},
			generate: func(c *catalog.Catalog, o Output, name string) (files.Files, error) {
				options := markdownOptions(o.Options)
				options.File = name
				return markdown.Generate(c, options)
			},
		},
		{
			Name:    "html",
			Summary: "an HTML page to look codes up in",
			Example: "docs/errors.html",
			IsFile:  oneFile,
			Options: map[string]Option{"audience": audienceOption()},
			generate: func(c *catalog.Catalog, o Output, name string) (files.Files, error) {
				return html.Generate(c, html.Options{
					Audience: catalog.Audience(o.Options["audience"]),
					File:     name,
				})
			},
		},
		{
			Name:    "json",
			Summary: "the catalog as JSON, for other tools",
			Example: "docs/errors.json",
			IsFile:  oneFile,
			Options: map[string]Option{"audience": audienceOption()},
			generate: func(c *catalog.Catalog, o Output, name string) (files.Files, error) {
				return jsoncatalog.Generate(c, jsoncatalog.Options{
					Audience: catalog.Audience(o.Options["audience"]),
					File:     name,
				})
			},
		},
		{
			Name:    "schema",
			Summary: "the JSON Schema of catalogs, for editors",
			Example: "generated/schema/catalog.schema.json",
			IsFile:  oneFile,
			generate: func(c *catalog.Catalog, _ Output, name string) (files.Files, error) {
				schema, err := Schema(files.Header(c.Name, "schema"))
				return files.Files{{Path: name, Data: schema}}, err
			},
		},
		{
			Name:    "template",
			Summary: "what a template of your own makes of the catalog",
			Example: "errors.py",
			IsFile:  func(options map[string]string) bool { return options["per"] == "" },
			Options: map[string]Option{
				"audience": audienceOption(),
				"file": {
					Summary: "The name of the file of each code, which is a template itself. Without it, the path is that of the one file.",
					Example: "{{.Code}}.md",
					Check:   custom.CheckName,
				},
				"per": {
					Summary: "What there is a file of: each code. Without it, there is one file of the whole catalog.",
					Values:  []string{"code"},
					Check:   custom.CheckPer,
				},
				"template": {
					Summary:  "The path of the template.",
					Example:  "errors.py.tmpl",
					Required: true,
					IsInput:  true,
					Check:    custom.CheckTemplateFile,
				},
			},
			Conflict: func(options map[string]string) (string, error) {
				switch {
				case options["per"] != "" && options["file"] == "":
					return "per", errors.New("it needs the option file, for the names of the files")
				case options["per"] == "" && options["file"] != "":
					return "file", errors.New("it needs the option per")
				}
				return "", nil
			},
			mark: func(o Output) string { return custom.Target(o.Options["template"]) },
			generate: func(c *catalog.Catalog, o Output, name string) (files.Files, error) {
				return custom.Generate(c, custom.Options{
					Template:     o.Inputs["template"],
					TemplateFile: o.Options["template"],
					Audience:     catalog.Audience(o.Options["audience"]),
					File:         cmp.Or(o.Options["file"], name),
					PerCode:      o.Options["per"] == "code",
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

func markdownOptions(options map[string]string) markdown.Options {
	return markdown.Options{
		Audience: catalog.Audience(options["audience"]),
		Flavor:   options["flavor"],
		Pages:    options["pages"] == "true",
		Inject:   options["inject"] == "true",
		Docs:     options["docs"],
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
	// Inputs are the contents of the files that options name, by option; see
	// ReadInputs.
	Inputs map[string][]byte
	// Root, where it is not empty, is the folder that the output must not
	// leave through a symbolic link.
	Root string
}

// Check reports what is wrong with an output.
func (o Output) Check() error {
	_, err := o.target()
	return err
}

// ReadInputs reads the files that the options of the output name, by read. It
// fails where read does.
func (o *Output) ReadInputs(read func(path string) ([]byte, error)) error {
	t, err := o.target()
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(o.Options)) {
		if !t.Options[key].IsInput {
			continue
		}
		data, err := read(o.Options[key])
		if err != nil {
			return fmt.Errorf("target %s, %s: option %s: %w", t.Name, o.Path, key, err)
		}
		if o.Inputs == nil {
			o.Inputs = make(map[string][]byte)
		}
		o.Inputs[key] = data
	}
	return nil
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
	isInput := make(map[[2]string]bool) // by target and option
	for _, t := range Targets() {
		for key, option := range t.Options {
			isInput[[2]string{t.Name, key}] = option.IsInput
		}
	}
	var outputs []Output
	for _, o := range c.Outputs {
		options := make(map[string]string, len(o.Options))
		for _, option := range o.Options {
			options[option.Key] = option.Value
			if isInput[[2]string{o.Target, option.Key}] && !filepath.IsAbs(option.Value) {
				options[option.Key] = filepath.Join(dir, filepath.FromSlash(option.Value))
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

// Plan renders the outputs, side by side, and returns their files. It touches
// no disk. It fails where an output asks for what its target does not have, and
// with the errors of all outputs that cannot be rendered.
func Plan(c *catalog.Catalog, outputs []Output) ([]files.Output, error) {
	plan := make([]files.Output, len(outputs))
	errs := make([]error, len(outputs))
	// What the public may see is copied once for all outputs.
	public := sync.OnceValue(func() *catalog.Catalog { return c.ForAudience(catalog.Public) })
	var wait sync.WaitGroup
	for i, o := range outputs {
		t, err := o.target()
		if err != nil {
			return nil, err
		}
		dir, name := o.Path, ""
		if t.IsFile != nil && t.IsFile(o.Options) {
			dir, name = filepath.Dir(o.Path), filepath.Base(o.Path)
		}
		mark := t.Name
		if t.mark != nil {
			mark = t.mark(o)
		}
		wait.Go(func() {
			seen := c
			if _, ok := t.Options["audience"]; ok && o.Options["audience"] != string(catalog.Internal) {
				seen = public()
			}
			made, err := t.generate(seen, o, name)
			if err != nil {
				errs[i] = fmt.Errorf("target %s, %s: %w", t.Name, o.Path, err)
				return
			}
			// What is injected belongs to a file of somebody's folder.
			ownsDir := !slices.ContainsFunc(made, func(f files.File) bool { return f.Inject != nil })
			plan[i] = files.Output{Catalog: c.Name, Target: mark, Dir: dir, Files: made, OwnsDir: ownsDir, Flat: true, Root: o.Root}
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return plan, nil
}
