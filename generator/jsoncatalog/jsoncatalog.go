// Package jsoncatalog renders a catalog as JSON for other tools: the data of
// package model, with every default resolved.
package jsoncatalog

import (
	"bytes"
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
	c = c.ForAudience(opt.Audience)
	empty := *c
	empty.Errors = nil // they are written one by one, which needs less memory
	rest, err := model.Marshal(document{Comment: files.Header(c.Name, "json"), Catalog: model.New(&empty)}, "  ")
	if err != nil {
		return nil, err
	}
	const list = `"errors": [`
	before, after, _ := bytes.Cut(rest, []byte(list))
	var b bytes.Buffer
	b.Grow(len(rest) + bytesPerError*len(c.Errors))
	b.Write(before)
	b.WriteString(list)
	enc := model.NewEncoder(&b, "    ", "  ")
	for i, e := range c.Errors {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n    ")
		if err := enc.Encode(model.NewError(c, e)); err != nil {
			return nil, err
		}
	}
	if len(c.Errors) > 0 {
		b.WriteString("\n  ")
	}
	b.Write(after)
	b.WriteByte('\n')
	return files.Files{{Path: cmp.Or(opt.File, "errors.json"), Data: b.Bytes()}}, nil
}

// bytesPerError estimates by how many bytes the file grows with each error.
const bytesPerError = 1400

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
