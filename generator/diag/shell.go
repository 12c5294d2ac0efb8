package diag

import "strings"

// ShellCommand returns words as one line for a POSIX shell.
func ShellCommand(words ...string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = shellWord(word)
	}
	return strings.Join(quoted, " ")
}

// FileWord returns the name of a file as a command takes it: not as a flag.
func FileWord(name string) string {
	if len(name) > 1 && name[0] == '-' {
		return "./" + name
	}
	return name
}

// shellWord quotes s as one word of a POSIX shell, if necessary. What cannot be
// printed is escaped in the form that bash, zsh and ksh read.
func shellWord(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:@%+"
	switch {
	case s != "" && strings.Trim(s, plain) == "":
		return s
	case Line(s) == s:
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	var b strings.Builder
	b.WriteString("$'")
	for i := range len(s) {
		if c := s[i]; strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			const digits = "0123456789abcdef"
			b.Write([]byte{'\\', 'x', digits[c>>4], digits[c&15]})
		}
	}
	return b.String() + "'"
}
