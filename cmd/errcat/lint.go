package main

import "slices"

// lintCommand is errcat lint.
type lintCommand struct {
	catalogsFlag
	Files []string `arg:"" optional:"" name:"file" help:"Catalogs, like those of -c."`
	formatFlag
	strictFlag
}

// Help returns the text of errcat lint --help.
func (lintCommand) Help() string {
	return `Writes nothing. The exit status is 1 if the catalog has errors and, with
--strict, if it has warnings. The key lint of a catalog turns a warning off, or
into an error.

Examples:

  errcat lint
  errcat lint --strict
  errcat lint orders.yaml billing.yaml
  errcat lint -c errors.yaml --format json
  git show HEAD:catalog.yaml | errcat lint -c -`
}

// Run prints the problems of the catalog.
func (cmd *lintCommand) Run(env *environment) error {
	cmd.strict = cmd.Strict
	p, warnings, err := loadAll(env, catalogsFlag{slices.Concat(cmd.Catalog, cmd.Files)}, cmd.formatFlag)
	if err != nil {
		return err
	}
	if err := cmd.report(env.stdout, p, warnings); err != nil {
		return err
	}
	return cmd.result(warnings)
}
