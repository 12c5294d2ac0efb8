package main

import (
	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/workspace"
)

// schemaCommand is errcat schema.
type schemaCommand struct {
	Of string `arg:"" optional:"" enum:"catalog,workspace,json" default:"catalog" placeholder:"OF" help:"What the schema describes: catalog, the format of catalogs; workspace, the format of errcat.yaml; or json, the output of the target json."`
}

// Help returns the text of errcat schema --help.
func (schemaCommand) Help() string {
	return `With the schema of catalogs, an editor completes and explains keys, and marks
mistakes. To keep the schema in a file, add an output with the target schema, and
name the file on the first line of the catalog:

  # yaml-language-server: $schema=generated/schema/catalog.schema.json

Examples:

  errcat schema
  errcat schema workspace > errcat.schema.json
  errcat schema json > errors.schema.json`
}

// Run prints the schema.
func (cmd *schemaCommand) Run(env *environment) error {
	schema, err := cmd.schema()
	if err != nil {
		return err
	}
	_, err = env.stdout.Write(schema)
	return err
}

// schema returns the schema that the command prints.
func (cmd *schemaCommand) schema() ([]byte, error) {
	switch cmd.Of {
	case "catalog":
		return generator.Schema("")
	case "workspace":
		return workspace.Schema()
	}
	return generator.JSONSchema(), nil
}
