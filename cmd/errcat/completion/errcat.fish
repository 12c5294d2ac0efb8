# Completes errcat, and go tool errcat, in fish:
#
#     errcat completion fish | source

# __errcat_complete prints what completes the words before the cursor, with their
# descriptions.
function __errcat_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l command $words[1]
    set -e words[1]
    if test "$command" = go
        while test "$command[-1]" != errcat
            set -a command $words[1]
            set -e words[1]
        end
    end
    set -l lines (command $command __complete $words 2>/dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline -ct)
        return
    end
    printf '%s\n' $lines[2..-1]
end

function __errcat_is_go_tool
    set -l words (commandline -opc)
    test (count $words) -ge 3; and contains -- tool $words[2..-1]; and contains -- errcat $words[3..-1]
end

complete -c errcat -f -a '(__errcat_complete)'
complete -c go -n __errcat_is_go_tool -f -a '(__errcat_complete)'
