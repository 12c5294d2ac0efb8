// Package jsoncatalog renders a catalog as JSON, for tools of any kind: what
// package model holds, with every default resolved.
package jsoncatalog

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
)

// Options are the choices of an output.
type Options struct {
	// Audience is for whom the file is: catalog.Public, the default, leaves
	// internal errors out; catalog.Internal has all of them.
	Audience catalog.Audience
	// File is the name of the file, "errors.json" by default.
	File string
}

// Generate renders the file. It fails for an audience that is not known.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	audience := cmp.Or(opt.Audience, catalog.Public)
	if audience != catalog.Public && audience != catalog.Internal {
		return nil, fmt.Errorf("the audience %q is neither %s nor %s", audience, catalog.Public, catalog.Internal)
	}
	data, err := model.Marshal(document{
		Comment: files.Header(c.Name, "json"),
		Catalog: model.New(c.ForAudience(audience)),
	}, "  ")
	if err != nil {
		return nil, err
	}
	return files.Files{{Path: cmp.Or(opt.File, "errors.json"), Data: append(data, '\n')}}, nil
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
