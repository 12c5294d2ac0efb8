package typescript

import (
	"cmp"
	"errors"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/option"
)

// Options are what a user may choose.
type Options struct {
	// Audience is who the package is for; empty is catalog.Public.
	Audience catalog.Audience
	// Emit is what the modules are written in: "ts", or "js", which is
	// JavaScript with declarations beside it that nobody has to compile. Empty
	// is "ts", and "js" where there is a Package.
	Emit string
	// ImportExtension ends the names of modules in imports: ".js", which Node,
	// bundlers and every moduleResolution of the compiler understand, ".ts" or
	// "none". Empty is ".js".
	ImportExtension string
	// SingleFile puts everything into one module, index.
	SingleFile bool
	// Package is the name of the npm package, with "@" and a version behind it
	// where it has one. Where it is not empty, a package.json is made too.
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
