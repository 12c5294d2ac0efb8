package main

import (
	_ "embed"
	"fmt"
)

// The completion scripts. They ask errcat __complete, so that they know nothing of
// its commands.
var (
	//go:embed completion/errcat.bash
	bashCompletion string
	//go:embed completion/errcat.zsh
	zshCompletion string
	//go:embed completion/errcat.fish
	fishCompletion string
)

// completionCommand is errcat completion.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"The shell: bash, zsh or fish."`
}

// Help returns the text of errcat completion --help.
func (completionCommand) Help() string {
	return `The script completes commands, flags and their values, outputs with their options,
and the codes, names, categories, tags, owners, statuses and metadata of the
catalog. It also completes go tool errcat.

Examples:

  source <(errcat completion bash)
  source <(errcat completion zsh)
  errcat completion zsh > "${fpath[1]}/_errcat"
  errcat completion fish | source`
}

// Run prints the completion script for a shell.
func (cmd *completionCommand) Run(env *environment) error {
	script := bashCompletion
	switch cmd.Shell {
	case "zsh":
		script = zshCompletion
	case "fish":
		script = fishCompletion
	}
	_, err := fmt.Fprint(env.stdout, script)
	return err
}
