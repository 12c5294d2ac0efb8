package generator

import (
	"path"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/custom"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/golang"
	"github.com/errcat/errcat/generator/golang/rpc"
	"github.com/errcat/errcat/generator/html"
	"github.com/errcat/errcat/generator/jsoncatalog"
	"github.com/errcat/errcat/generator/markdown"
	"github.com/errcat/errcat/generator/openapi"
	"github.com/errcat/errcat/generator/option"
	"github.com/errcat/errcat/generator/typescript"
)

// Target is a kind of output.
type Target struct {
	Name string
	// Summary says what the target makes.
	Summary string
	// Example is the path of an output.
	Example string

	// start begins an output, with options that are not set yet.
	start func() job
}

// Options describes the options that an output of the target takes.
func (t Target) Options() option.Set { return t.start().options }

// job is an output that is being made.
type job struct {
	// options are bound to what generate uses.
	options option.Set
	// conflict returns the name of an option that does not go with the others, and
	// why. It is nil if all go together.
	conflict func() (name string, err error)
	// needsHTTP returns the name of an option that asks for HTTP, which the catalog
	// does not have, and why that fails. It is nil if no option does.
	needsHTTP func() (name string, err error)
	// onlyHTTP means that the target makes nothing of a catalog without HTTP.
	onlyHTTP bool
	// audience is who the output is for. It is nil if the output has all errors,
	// whoever it is for.
	audience *catalog.Audience
	// place says what the path of the output is; nil means a folder.
	place func() place
	// extension returns what the name of the file needs if it has no extension, "" if
	// it needs none. It is nil if no file needs one.
	extension func() string
	// file takes the name of the file, if the path of the output is one.
	file *string
	// mark returns how the headers of the files name the target. It is nil if that
	// is its name.
	mark func() string
	// generate makes the files of a catalog.
	generate func(c *catalog.Catalog) (files.Files, error)
}

// place says what the path of an output is, and with that, which files that are
// no longer generated belong to the output and are removed.
type place int

const (
	// folder: the path is a folder. The files in it that the output has made belong
	// to the output.
	folder place = iota
	// file: the path is a file. No other file belongs to the output.
	file
	// region: the path is a file that somebody maintains, and the output is a part
	// of it. No file belongs to the output.
	region
)

func always(p place) func() place { return func() place { return p } }

// targets are all targets, in the order of the documentation.
var targets []Target

// This is not an initializer because one target is the schema, which describes
// all of them.
func init() {
	targets = []Target{
		{
			Name:    "go",
			Summary: "a Go package",
			Example: "internal/apierrors",
			start: func() job {
				o := new(golang.Options)
				return job{
					options:   o.Describe(),
					needsHTTP: o.NeedsHTTP,
					generate:  func(c *catalog.Catalog) (files.Files, error) { return golang.Generate(c, *o) },
				}
			},
		},
		rpcTarget(rpc.GRPC, "a Go package that carries the errors over gRPC", "internal/apierrors/apierrorsgrpc"),
		rpcTarget(rpc.Connect, "a Go package that carries the errors over Connect, gRPC and gRPC-Web, with connect-go", "internal/apierrors/apierrorsconnect"),
		{
			Name:    typescript.Target,
			Summary: "TypeScript modules",
			Example: "web/src/errors",
			start: func() job {
				o := new(typescript.Options)
				return job{
					options:  o.Describe(),
					conflict: o.Conflict,
					audience: &o.Audience,
					generate: func(c *catalog.Catalog) (files.Files, error) { return typescript.Generate(c, *o) },
				}
			},
		},
		{
			Name:    "markdown",
			Summary: "Markdown: a single page, one page per code, or parts of a file that you maintain",
			Example: "docs/errors.md",
			start: func() job {
				o := new(markdown.Options)
				return job{
					options:  o.Describe(),
					conflict: o.Conflict,
					audience: &o.Audience,
					place: func() place {
						switch {
						case o.Pages:
							return folder
						case o.Inject:
							return region
						}
						return file
					},
					extension: o.Extension,
					file:      &o.File,
					generate:  func(c *catalog.Catalog) (files.Files, error) { return markdown.Generate(c, *o) },
				}
			},
		},
		{
			Name:    html.Target,
			Summary: "an HTML page to look up codes, or a site",
			Example: "docs/errors.html",
			start: func() job {
				o := new(html.Options)
				return job{
					options:  o.Describe(),
					conflict: o.Conflict,
					audience: &o.Audience,
					place: func() place {
						if o.Pages {
							return folder
						}
						return file
					},
					file:     &o.File,
					generate: func(c *catalog.Catalog) (files.Files, error) { return html.Generate(c, *o) },
				}
			},
		},
		{
			Name:    "json",
			Summary: "the catalog as JSON, for other tools",
			Example: "docs/errors.json",
			start: func() job {
				o := new(jsoncatalog.Options)
				return job{
					options:  o.Describe(),
					audience: &o.Audience,
					place:    always(file),
					file:     &o.File,
					generate: func(c *catalog.Catalog) (files.Files, error) { return jsoncatalog.Generate(c, *o) },
				}
			},
		},
		{
			Name:    openapi.Target,
			Summary: "components of OpenAPI, for API descriptions to refer to",
			Example: "api/errors.openapi.yaml",
			start: func() job {
				o := new(openapi.Options)
				return job{
					options:  o.Describe(),
					onlyHTTP: true,
					audience: &o.Audience,
					place:    always(file),
					file:     &o.File,
					generate: func(c *catalog.Catalog) (files.Files, error) { return openapi.Generate(c, *o) },
				}
			},
		},
		{
			Name:    "schema",
			Summary: "the JSON Schema of catalogs, for editors",
			Example: "generated/schema/catalog.schema.json",
			start: func() job {
				name := new(string)
				return job{
					place: always(file),
					file:  name,
					generate: func(c *catalog.Catalog) (files.Files, error) {
						schema, err := Schema(files.Header(c.Name, "schema"))
						return files.Files{{Path: *name, Data: schema}}, err
					},
				}
			},
		},
		{
			Name:    "template",
			Summary: "what a template of your own makes of the catalog",
			Example: "errors.py",
			start: func() job {
				o := new(custom.Options)
				return job{
					options:  o.Describe(),
					conflict: o.Conflict,
					audience: &o.Audience,
					place: func() place {
						if o.PerCode {
							return folder
						}
						return file
					},
					file:     &o.File,
					mark:     func() string { return custom.Target(o.TemplateFile) },
					generate: func(c *catalog.Catalog) (files.Files, error) { return custom.Generate(c, *o) },
				}
			},
		},
	}
}

// rpcTarget returns the target of a package beside that of the target go.
func rpcTarget(w rpc.Wire, summary, example string) Target {
	return Target{
		Name:    w.Target(),
		Summary: summary,
		Example: example,
		start: func() job {
			o := &rpc.Options{Wire: w}
			return job{
				options:  o.Describe(),
				generate: func(c *catalog.Catalog) (files.Files, error) { return rpc.Generate(c, *o) },
			}
		},
	}
}

// MayMake reports whether a target may make a file with a name, without its path,
// that is not made by a template.
func MayMake(name string) bool {
	if slices.Contains(markdown.SidebarNames(), name) {
		return true
	}
	stem, ext, _ := strings.Cut(name, ".")
	switch ext {
	case "go":
		return slices.Contains(golang.FileNames(), name) || slices.Contains(rpc.FileNames(), name)
	case "ts", "mts", "cts", "js", "mjs", "cjs", "d.ts", "d.mts", "d.cts":
		return slices.Contains(typescript.FileNames(), stem)
	}
	return slices.Contains(documents, path.Ext(name)) // also of a.b.md
}

// documents are the extensions that documents have, or data. Outputs can have any
// other one, but to look for them in all files would take long.
var documents = []string{"", ".htm", ".html", ".json", ".json5", ".jsonc", ".markdown", ".md", ".mdown", ".mdx", ".mkd", ".text", ".txt", ".xhtml", ".yaml", ".yml"}
