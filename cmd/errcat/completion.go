package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// completionCommand is errcat completion.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"The shell: bash, zsh or fish."`
}

// Help returns what errcat completion --help says beside the flags.
func (completionCommand) Help() string {
	return `Examples:

  source <(errcat completion bash)
  source <(errcat completion zsh)
  errcat completion fish | source`
}

// Run prints the script that completes errcat's command line in a shell.
func (cmd *completionCommand) Run(env *environment, k *kong.Kong) error {
	script := bashCompletion
	switch cmd.Shell {
	case "zsh":
		script = zshCompletion
	case "fish":
		script = fishCompletion
	}
	_, err := fmt.Fprint(env.stdout, script(k.Model))
	return err
}

// flagWords returns the flags of a command as they are typed.
func flagWords(command *kong.Node) []string {
	words := []string{"--help"}
	for _, f := range command.Flags {
		words = append(words, "--"+f.Name)
		if f.Short != 0 {
			words = append(words, "-"+string(f.Short))
		}
	}
	return words
}

// bashCompletion completes commands, flags and the values that flags and
// arguments choose from; everything else is a file.
func bashCompletion(app *kong.Application) string {
	var names []string
	var cases, values strings.Builder
	seen := make(map[string]bool)
	for _, c := range app.Children {
		names = append(names, c.Name)
		words := flagWords(c)
		for _, p := range c.Positional {
			words = append(words, p.EnumSlice()...)
		}
		fmt.Fprintf(&cases, "\t%s) words=\"%s\" ;;\n", c.Name, strings.Join(words, " "))
		for _, f := range c.Flags {
			if f.Enum != "" && !seen[f.Name] {
				seen[f.Name] = true
				fmt.Fprintf(&values, "\t--%s) words=\"%s\"; cur=${cur#=} ;;\n", f.Name, strings.Join(f.EnumSlice(), " "))
			}
		}
	}
	return `_errcat() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} words=
	if ((COMP_CWORD == 1)); then
		COMPREPLY=($(compgen -W "` + strings.Join(names, " ") + ` --help" -- "$cur"))
		return
	fi
	case ${COMP_WORDS[1]} in
` + cases.String() + `	esac
	case $prev in
` + values.String() + `	-c | --catalog | -o | --output) words= ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _errcat errcat
`
}

// zshCompletion lets zsh run the completion of bash.
func zshCompletion(app *kong.Application) string {
	return "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + bashCompletion(app)
}

// fishCompletion has a line for each command and flag.
func fishCompletion(app *kong.Application) string {
	var b strings.Builder
	quote := func(s string) string { return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'" }
	for _, c := range app.Children {
		fmt.Fprintf(&b, "complete -c errcat -n __fish_use_subcommand -f -a %s -d %s\n", c.Name, quote(c.Help))
		for _, f := range c.Flags {
			fmt.Fprintf(&b, "complete -c errcat -n '__fish_seen_subcommand_from %s' -l %s", c.Name, f.Name)
			if f.Short != 0 {
				fmt.Fprintf(&b, " -s %c", f.Short)
			}
			switch {
			case f.Enum != "":
				fmt.Fprintf(&b, " -x -a %s", quote(strings.Join(f.EnumSlice(), " ")))
			case !f.IsBool():
				b.WriteString(" -r")
			}
			fmt.Fprintf(&b, " -d %s\n", quote(f.Help))
		}
		for _, p := range c.Positional {
			fmt.Fprintf(&b, "complete -c errcat -n '__fish_seen_subcommand_from %s' -f -a %s\n", c.Name, quote(strings.Join(p.EnumSlice(), " ")))
		}
	}
	return b.String()
}
