package typescript

import (
	"cmp"
	"errors"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/option"
)

// Options are the choices of an output.
type Options struct {
	// Audience is who the package is for: catalog.Public, the default, leaves
	// internal errors out; catalog.Internal includes all errors.
	Audience catalog.Audience
	// Emit is the language of the modules: "ts", or "js" for JavaScript with
	// declarations, which nobody has to compile. The default is "js" if there is a
	// Package, else "ts".
	Emit string
	// ImportExtension is the extension of modules in imports: ".js", the default,
	// which Node, bundlers and every moduleResolution of the compiler understand,
	// ".ts" or "none".
	ImportExtension string
	// SingleFile makes a single module, index.
	SingleFile bool
	// Package is the name of the npm package, optionally followed by "@" and a
	// version. If it is not empty, a package.json is made too.
	Package string
}

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set {
	return option.Set{
		option.Audience(&o.Audience),
		option.Enum(&o.Emit, "emit", "The language of the modules: TypeScript, or JavaScript with declarations. The default is js if there is a package.", "ts", "js"),
		option.Enum(&o.ImportExtension, "import_extension", "The extension in the imports between modules.", ".js", ".ts", "none"),
		option.String(&o.Package, "package", "The name of the npm package, and its version, for a package.json. Without it, no package.json is written.", "@acme/errors@1.4.0", checkPackage),
		option.Bool(&o.SingleFile, "single_file", "Writes a single module."),
	}
}

// Conflict returns the name of an option that does not go with the others, and
// why.
func (o *Options) Conflict() (name string, err error) {
	if o.ImportExtension == ".ts" && o.emit() == "js" {
		return "import_extension", errors.New("JavaScript modules are not in .ts files")
	}
	return "", nil
}

// emit returns the language of the modules, with its default resolved.
func (o *Options) emit() string {
	if o.Emit == "" && o.Package != "" {
		return "js"
	}
	return cmp.Or(o.Emit, "ts")
}
