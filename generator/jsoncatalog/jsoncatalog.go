// Package jsoncatalog renders a catalog as JSON for other tools: the data of
// package model, with every default resolved.
package jsoncatalog

import (
	"cmp"
	_ "embed"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/option"
)

// Options are the choices of an output.
type Options struct {
	// Audience is who the file is for: catalog.Public, the default, leaves internal
	// errors out; catalog.Internal includes all errors.
	Audience catalog.Audience
	// File is the name of the file, "errors.json" by default.
	File string
}

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set { return option.Set{option.Audience(&o.Audience)} }

// Generate renders the file. The options must be ones that Describe accepts.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	data, err := model.Marshal(document{
		Comment: files.Header(c.Name, "json"),
		Catalog: model.New(c.ForAudience(opt.Audience)),
	}, "  ")
	return files.Files{{Path: cmp.Or(opt.File, "errors.json"), Data: append(data, '\n')}}, err
}

// document is the content of the file.
type document struct {
	Comment string `json:"$comment"`
	*model.Catalog
}

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the files that Generate
// makes.
func Schema() []byte { return slices.Clone(schema) }
