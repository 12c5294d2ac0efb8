package main

import (
	"github.com/errcat/errcat/generator"
)

// schemaCommand is errcat schema.
type schemaCommand struct {
	Of string `arg:"" optional:"" enum:"catalog,json" default:"catalog" placeholder:"OF" help:"What the schema describes: catalog, the format of catalogs, or json, the output of the target json."`
}

// Help returns the text of errcat schema --help.
func (schemaCommand) Help() string {
	return `With the schema of catalogs, an editor completes and explains keys, and marks
mistakes. To keep the schema in a file, add an output with the target schema, and
name the file on the first line of the catalog:

  # yaml-language-server: $schema=generated/schema/catalog.schema.json

Examples:

  errcat schema
  errcat schema json > errors.schema.json`
}

// Run prints the schema.
func (cmd *schemaCommand) Run(env *environment) error {
	schema := generator.JSONSchema()
	if cmd.Of == "catalog" {
		var err error
		if schema, err = generator.Schema(""); err != nil {
			return err
		}
	}
	_, err := env.stdout.Write(schema)
	return err
}
