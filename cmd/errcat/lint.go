package main

// lintCommand is errcat lint.
type lintCommand struct {
	catalogFlag
	formatFlag
}

// Help returns what errcat lint --help says beside the flags.
func (lintCommand) Help() string {
	return `Nothing is written. The exit status is 1 where the catalog has errors; warnings
do not change it.

Examples:

  errcat lint
  errcat lint -c errors.yaml --format json
  git show HEAD:catalog.yaml | errcat lint -c -`
}

// Run prints what is wrong with the catalog.
func (cmd *lintCommand) Run(env *environment) error {
	_, src, warnings, err := load(env, cmd.catalogFlag, cmd.formatFlag)
	if err != nil {
		return err
	}
	return cmd.report(env.stdout, src, warnings)
}
