package main

import (
	"github.com/errcat/errcat/generator"
)

// schemaCommand is errcat schema.
type schemaCommand struct {
	Of string `arg:"" optional:"" enum:"catalog,json" default:"catalog" placeholder:"OF" help:"What to print the schema of: catalog, the catalogs that errcat reads, or json, what the target json makes of one."`
}

// Help returns what errcat schema --help says beside the flags.
func (schemaCommand) Help() string {
	return `An editor that has the schema of the catalog completes its keys, explains them
and marks mistakes. Let generate keep it in a file, with an output of the
target schema, and name the file on the first line of the catalog:

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
