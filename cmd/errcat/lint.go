package main

// lintCommand is errcat lint.
type lintCommand struct {
	catalogFlag
	formatFlag
}

// Help returns the text of errcat lint --help.
func (lintCommand) Help() string {
	return `Writes nothing. The exit status is 1 if the catalog has errors. Warnings do not
change it.

Examples:

  errcat lint
  errcat lint -c errors.yaml --format json
  git show HEAD:catalog.yaml | errcat lint -c -`
}

// Run prints the problems of the catalog.
func (cmd *lintCommand) Run(env *environment) error {
	_, src, warnings, err := load(env, cmd.catalogFlag, cmd.formatFlag)
	if err != nil {
		return err
	}
	return cmd.report(env.stdout, src, warnings)
}
