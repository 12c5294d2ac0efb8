# Completes errcat, and go tool errcat, in bash:
#
#     source <(errcat completion bash)

# _errcat_words prints what completes the words before the cursor: the words of the
# command, then what to complete with, one per line.
_errcat_words() {
	local line=${COMP_LINE:0:COMP_POINT}
	local -a words
	read -ra words <<<"$line"
	[[ $line == *[[:space:]] ]] && words+=("")
	local -i n=1
	if [[ ${words[0]} == go ]]; then
		while [[ ${words[n - 1]} != errcat ]]; do
			((++n < ${#words[@]})) || return
		done
	fi
	printf '%s\n' "${words[${#words[@]} - 1]}"
	"${words[@]:0:n}" __complete "${words[@]:n}" 2>/dev/null
}

_errcat() {
	local line cur= kind= word
	local -a lines=()
	while IFS= read -r line; do
		lines+=("$line")
	done < <(_errcat_words)
	COMPREPLY=()
	cur=${lines[0]} kind=${lines[1]}
	# For bash, = and : separate words: what is before the last one stays.
	word=${COMP_WORDS[COMP_CWORD]}
	[[ $word == [=:]* ]] && word=
	cur=${cur%"$word"}
	for line in "${lines[@]:2}"; do
		COMPREPLY+=("${line%%$'\t'*}")
	done
	COMPREPLY=("${COMPREPLY[@]#"$cur"}")
	case $kind in
	part) compopt -o nospace ;;
	files) compopt -o default ;;
	esac
}

# _errcat_go completes go tool errcat, and everything else as before.
_errcat_go() {
	if [[ ${COMP_LINE:0:COMP_POINT} =~ ^go\ +(-C\ +[^\ ]+\ +)?tool\ +(-[^\ ]+\ +)*errcat\  ]]; then
		_errcat
	elif [[ $_errcat_go_before ]]; then
		"$_errcat_go_before" "$@"
	else
		compopt -o default
	fi
}

complete -F _errcat errcat
if [[ $(complete -p go 2>/dev/null) =~ -F\ ([^\ ]+) && ${BASH_REMATCH[1]} != _errcat_go ]]; then
	_errcat_go_before=${BASH_REMATCH[1]}
fi
complete -F _errcat_go go
