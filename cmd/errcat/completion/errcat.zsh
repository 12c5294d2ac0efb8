#compdef errcat
# Completes errcat, and go tool errcat, in zsh. Either write it to a file _errcat in
# a folder of fpath, or load it after compinit:
#
#     source <(errcat completion zsh)

_errcat() {
	local -a command lines words_ titles
	local line word title kind
	# With the parts before the cursor only; quotes are removed.
	command=("${(@Q)words[1,CURRENT]}")
	local -i n=1
	if [[ $command[1] == go ]]; then
		n=${command[(ie)errcat]}
	fi
	lines=("${(@f)$("${(@)command[1,n]}" __complete "${(@)command[n+1,CURRENT]}" 2>/dev/null)}")
	kind=$lines[1]
	for line in "${(@)lines[2,-1]}"; do
		word=${line%%$'\t'*} title=${line#*$'\t'}
		words_+=("$word")
		if [[ $line == *$'\t'* ]]; then
			titles+=("$word  -- $title")
		else
			titles+=("$word")
		fi
	done
	case $kind in
	files) _files && return ;;
	part) compadd -U -Q -S '' -l -d titles -a words_ && return ;;
	esac
	(( $#words_ )) || return 1
	if [[ "$titles" == *' -- '* ]]; then
		compadd -l -d titles -a words_
	else
		compadd -a words_
	fi
}

# _errcat_go completes go tool errcat, and everything else as before.
_errcat_go() {
	local -i tool=${words[(ie)tool]} errcat=${words[(ie)errcat]}
	if (( 1 < tool && tool < errcat && errcat < CURRENT )); then
		_errcat
	elif [[ -n $_errcat_go_before ]]; then
		$_errcat_go_before "$@"
	else
		_default
	fi
}

if [[ $funcstack[1] == _errcat ]]; then
	_errcat "$@"
else
	compdef _errcat errcat
	if [[ ${_comps[go]} != _errcat_go ]]; then
		typeset -g _errcat_go_before=${_comps[go]}
	fi
	compdef _errcat_go go
fi
