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
	// declarations, which nobody has to compile: ES modules and CommonJS. The
	// default is "js" if there is a Package, else "ts".
	Emit string
	// ImportExtension is the extension of TypeScript modules in imports: ".js", the
	// default, which Node, bundlers and every moduleResolution of the compiler
	// understand, ".ts" or "none".
	ImportExtension string
	// Integers is the TypeScript type of params that are integers: "number", the
	// default, or "exact", which is number | bigint.
	Integers string
	// Messages is the library for which the messages are written, too: "icu" for
	// FormatJS, "i18next", or "none", the default.
	Messages string
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
		option.Enum(&o.Emit, "emit", "The language of the modules: TypeScript, or JavaScript with declarations, for import and for require. The default is js if there is a package.", "ts", "js"),
		option.Enum(&o.ImportExtension, "import_extension", "The extension in the imports between TypeScript modules.", ".js", ".ts", "none"),
		option.Enum(&o.Integers, "integers", "The type of integer params: numbers, of which those that a number cannot hold count as not received, or exact integers, which may be bigints.", "number", "exact"),
		option.Enum(&o.Messages, "messages", "Writes the messages for translators, too, and the type of translations: in ICU MessageFormat as FormatJS reads it, or for i18next.", "none", "icu", "i18next"),
		option.String(&o.Package, "package", "The name of the npm package, and its version, for a package.json. Without it, no package.json is written.", "@acme/errors@1.4.0", checkPackage),
		option.Bool(&o.SingleFile, "single_file", "Writes a single module."),
	}
}

// Conflict returns the name of an option that does not go with the others, and
// why.
func (o *Options) Conflict() (name string, err error) {
	if o.ImportExtension != "" && o.emit() == "js" {
		return "import_extension", errors.New("JavaScript modules import each other by the names of their files")
	}
	return "", nil
}

// importExtension returns the extension in the imports between TypeScript modules.
func (o *Options) importExtension() string {
	if o.ImportExtension == "none" {
		return ""
	}
	return cmp.Or(o.ImportExtension, ".js")
}

// library returns the library for which the messages are written, or "".
func (o *Options) library() string {
	if o.Messages == "none" {
		return ""
	}
	return o.Messages
}

// emit returns the language of the modules, with its default resolved.
func (o *Options) emit() string {
	if o.Emit == "" && o.Package != "" {
		return "js"
	}
	return cmp.Or(o.Emit, "ts")
}
