// Package openapi renders a catalog as an OpenAPI document that has only components,
// for API descriptions to refer to: schemas of problems, codes and params, responses
// by status and by category, and an example of each error.
package openapi

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"regexp"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/option"
)

// Target is the name of the target.
const Target = "openapi"

// Version is a version of OpenAPI.
type Version string

// The versions of OpenAPI.
const (
	V31 Version = "3.1"
	V30 Version = "3.0"
)

// Options are the choices of an output.
type Options struct {
	// Audience is who the file is for: catalog.Public, the default, does not mention
	// internal errors; catalog.Internal lists them with what clients see instead.
	Audience catalog.Audience
	// Narrow gives each error a schema, and makes the problem one of these.
	Narrow bool
	// Prefix begins the name of each component.
	Prefix string
	// Version is the version of OpenAPI, V31 if it is empty.
	Version Version
	// File is the name of the file, "errors.openapi.yaml" by default. It is JSON if the
	// name ends with .json, else YAML.
	File string
}

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set {
	return option.Set{
		option.Audience(&o.Audience),
		option.Bool(&o.Narrow, "narrow", "Gives each error a schema, and makes each problem oneOf these, by its code: generated types then have the params of a code. Clients that check what they receive lose errors with a code that they do not know, and each new code is a breaking change."),
		option.String(&o.Prefix, "prefix", "What the name of each component begins with, for an API description that refers to several catalogs. By default, nothing.", "Shop", checkPrefix),
		option.Enum(&o.Version, "version", "The version of OpenAPI.", V31, V30),
	}
}

var prefixes = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]*$`)

func checkPrefix(prefix string) error {
	if !prefixes.MatchString(prefix) {
		return errors.New("must begin with a letter and contain only ASCII letters, digits, dots, underscores and hyphens")
	}
	return nil
}

// ErrNoHTTP is the error of Generate for a catalog without HTTP.
var ErrNoHTTP = errors.New("OpenAPI describes HTTP, and the catalog has http: false")

// Generate renders the file. The options must be ones that Describe accepts.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	if c.NoHTTP {
		return nil, ErrNoHTTP
	}
	name := cmp.Or(opt.File, "errors.openapi.yaml")
	header := files.Header(c.Name, Target)
	document := newDescription(c.ForAudience(opt.Audience), opt).document()
	if strings.EqualFold(path.Ext(name), ".json") {
		data, err := model.Marshal(append(object{{"x-comment", header}}, document...), "  ")
		return files.Files{{Path: name, Data: append(data, '\n')}}, err
	}
	var b bytes.Buffer
	b.WriteString("# " + header + "\n")
	writeYAML(&b, document)
	return files.Files{{Path: name, Data: b.Bytes()}}, nil
}
