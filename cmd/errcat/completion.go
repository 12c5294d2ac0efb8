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

// Help returns the text of errcat completion --help.
func (completionCommand) Help() string {
	return `Examples:

  source <(errcat completion bash)
  source <(errcat completion zsh)
  errcat completion fish | source`
}

// Run prints the completion script for a shell.
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
		if f.Hidden {
			continue
		}
		words = append(words, "--"+f.Name)
		if f.Short != 0 {
			words = append(words, "-"+string(f.Short))
		}
	}
	return words
}

// lookUp returns the shell command that prints the words of a catalog that
// complete a value, or "" if there are none. The arguments name the catalog. The
// command prints only columns of the table of errors whose words a shell does not
// interpret, and nothing if a report is printed in place of the table.
func lookUp(v *kong.Value, arguments string) string {
	columns := ""
	switch v.Tag.Get("complete") {
	case "metadata":
		return "errcat list --metadata-words" + arguments + " 2>/dev/null | awk 'NR == 1 && $0 != \"METADATA\" { exit } NR > 1'"
	case "codes":
		columns = "print $1; print $3"
	case "categories":
		columns = "print $4"
	default:
		return ""
	}
	return "errcat list" + arguments + " 2>/dev/null | awk 'NR == 1 && $1 != \"CODE\" { exit } NR > 1 { " + columns + " }' | sort -u"
}

// bashCompletion completes commands, flags, the values of flags and arguments,
// and the codes, categories and metadata of the catalog. Everything else is a file.
func bashCompletion(app *kong.Application) string {
	var names []string
	var cases, values strings.Builder
	const catalog = ` "${catalog[@]}"`
	for _, c := range app.Children {
		names = append(names, c.Name)
		words := flagWords(c)
		for _, p := range c.Positional {
			if command := lookUp(p, catalog); command != "" {
				words = append(words, "$("+command+")")
			} else {
				words = append(words, p.EnumSlice()...)
			}
		}
		fmt.Fprintf(&cases, "\t%s) words=\"%s\" ;;\n", c.Name, strings.Join(words, " "))
		for _, f := range c.Flags {
			if f.Hidden {
				continue
			}
			words := strings.Join(f.EnumSlice(), " ")
			if command := lookUp(f.Value, catalog); command != "" {
				words = "$(" + command + ")"
			}
			if words != "" {
				fmt.Fprintf(&values, "\t%s\\ --%s) words=\"%s\" ;;\n", c.Name, f.Name, words)
			}
		}
	}
	return `_errcat() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} words= i word key= n=$COMP_CWORD
	local catalog=(-c catalog.yaml)
	if ((COMP_CWORD == 1)); then
		COMPREPLY=($(compgen -W "` + strings.Join(names, " ") + ` --help" -- "$cur"))
		return
	fi
	# In bash, = is a word of its own: --flag=value and --flag key=value.
	[[ $cur == = ]] && cur= && ((n++))
	if ((n > 3)) && [[ ${COMP_WORDS[n - 1]} == = ]]; then
		prev=${COMP_WORDS[n - 2]}
		if [[ $prev != -* ]]; then
			key=$prev prev=${COMP_WORDS[n - 3]}
			[[ $prev == = ]] && prev=${COMP_WORDS[n - 4]}
		fi
	fi
	for ((i = 2; i < COMP_CWORD - 1; i++)); do
		case ${COMP_WORDS[i]} in
		-c | --catalog) catalog=(-c "${COMP_WORDS[i + 1]}") ;;
		esac
	done
	case ${COMP_WORDS[1]} in
` + cases.String() + `	esac
	case "${COMP_WORDS[1]} $prev" in
` + values.String() + `	*\ -c | *\ --catalog | *\ -o | *\ --output) words= ;;
	esac
	if [[ $key ]]; then
		i=$words words=
		for word in $i; do
			[[ $word == "$key="* ]] && words+=" ${word#*=}"
		done
	fi
	COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _errcat errcat
`
}

// zshCompletion runs the completion of bash in zsh.
func zshCompletion(app *kong.Application) string {
	return "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + bashCompletion(app)
}

// fishCompletion returns one line per command, flag and argument.
func fishCompletion(app *kong.Application) string {
	var b strings.Builder
	quote := func(s string) string { return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'" }
	for _, c := range app.Children {
		fmt.Fprintf(&b, "complete -c errcat -n __fish_use_subcommand -f -a %s -d %s\n", c.Name, quote(c.Help))
		for _, f := range c.Flags {
			if f.Hidden {
				continue
			}
			fmt.Fprintf(&b, "complete -c errcat -n '__fish_seen_subcommand_from %s' -l %s", c.Name, f.Name)
			if f.Short != 0 {
				fmt.Fprintf(&b, " -s %c", f.Short)
			}
			command := lookUp(f.Value, "")
			switch {
			case command != "":
				fmt.Fprintf(&b, " -x -a %s", quote("("+command+")"))
			case f.Enum != "":
				fmt.Fprintf(&b, " -x -a %s", quote(strings.Join(f.EnumSlice(), " ")))
			case !f.IsBool():
				b.WriteString(" -r")
			}
			fmt.Fprintf(&b, " -d %s\n", quote(f.Help))
		}
		for _, p := range c.Positional {
			words := strings.Join(p.EnumSlice(), " ")
			if command := lookUp(p, ""); command != "" {
				words = "(" + command + ")"
			}
			if words == "" {
				continue // files
			}
			fmt.Fprintf(&b, "complete -c errcat -n '__fish_seen_subcommand_from %s' -f -a %s\n", c.Name, quote(words))
		}
	}
	return b.String()
}
