package main

import (
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/diag"
)

// errcatModule is the Go module of this command.
const errcatModule = "github.com/errcat/errcat"

// selfWords returns the words that run this command again in the working
// directory: its name if the shell finds it, else what makes the go command run
// it, else its path.
func selfWords() []string {
	exe, err := os.Executable()
	if err != nil {
		return []string{"errcat"}
	}
	name := filepath.Base(os.Args[0])
	if found, err := exec.LookPath(name); err == nil && isSameFile(found, exe) {
		return []string{strings.TrimSuffix(name, ".exe")}
	}
	if builtByGo.MatchString(filepath.ToSlash(exe)) {
		return goWords()
	}
	if strings.ContainsRune(os.Args[0], filepath.Separator) {
		return []string{os.Args[0]} // as the user spells it
	}
	return []string{exe}
}

// builtByGo finds the places where go run and go tool put what they have built: a
// temporary folder, and from the second time on the build cache.
var builtByGo = regexp.MustCompile(`/go-build[0-9]+/b001/exe/[^/]+$|/[0-9a-f]{64}-d/[^/]+$`)

func isSameFile(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// goWords returns the words that make the go command run errcat in the working
// directory: as a tool of the module or of the workspace, as one of another module
// file of the module, or by its path.
func goWords() []string {
	const tool = "errcat"
	dir := folderAbove("go.mod")
	if dir == "" {
		return goRun(false)
	}
	main, err := readGoMod(filepath.Join(dir, "go.mod"))
	if err != nil {
		return goRun(false)
	}
	if main.hasTool || workspaceHasTool() {
		return []string{"go", "tool", tool}
	}
	var names []string
	for _, flag := range strings.Fields(os.Getenv("GOFLAGS")) {
		if name, ok := strings.CutPrefix(strings.TrimLeft(flag, "-"), "modfile="); ok {
			names = append(names, name)
		}
	}
	for _, pattern := range []string{"*.mod", "*/go.mod"} {
		// The patterns have no mistakes.
		matches, _ := filepath.Glob(filepath.Join(dir, pattern))
		names = append(names, matches...)
	}
	for _, name := range names {
		if file, err := readGoMod(name); err == nil && file.hasTool {
			return []string{"go", "tool", "-modfile=" + name, tool}
		}
	}
	return goRun(main.hasModule)
}

// workspaceHasTool reports whether a module of the Go workspace of the working
// directory has errcat as a tool.
func workspaceHasTool() bool {
	dir := folderAbove("go.work")
	if dir == "" || os.Getenv("GOWORK") == "off" {
		return false
	}
	data, err := readFile(filepath.Join(dir, "go.work"))
	if err != nil {
		return false
	}
	for directive, argument := range directives(data) {
		if directive == "use" {
			file, err := readGoMod(filepath.Join(dir, filepath.FromSlash(argument), "go.mod"))
			if err == nil && file.hasTool {
				return true
			}
		}
	}
	return false
}

// goRun returns the words that make the go command run the package of errcat, in
// the version of the module or, outside of one that has errcat, in that of this
// command.
func goRun(inModule bool) []string {
	name := errcatCommand
	if version := buildVersion(); !inModule && strings.HasPrefix(version, "v") {
		name += "@" + version
	}
	return []string{"go", "run", name}
}

// folderAbove returns the nearest folder that has a file, from the working
// directory up and relative to it, "" if there is none.
func folderAbove(file string) string {
	wd, err := os.Getwd()
	if err != nil {
		return ""
	}
	for dir, abs := ".", wd; ; dir, abs = filepath.Join(dir, ".."), filepath.Dir(abs) {
		if exists(filepath.Join(dir, file)) {
			return dir
		}
		if abs == filepath.Dir(abs) {
			return ""
		}
	}
}

// goMod is what a module file says about errcat.
type goMod struct {
	// hasModule means that it requires the module, or is that of errcat itself.
	hasModule bool
	// hasTool means that errcat is one of its tools.
	hasTool bool
}

// readGoMod reads a module file.
func readGoMod(name string) (*goMod, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, err
	}
	file := new(goMod)
	for directive, argument := range directives(data) {
		switch directive {
		case "module", "require":
			file.hasModule = file.hasModule || argument == errcatModule
		case "tool":
			file.hasTool = file.hasTool || argument == errcatCommand
		}
	}
	return file, nil
}

// directives returns the directives of a go.mod or go.work, each with its first
// argument. They are lines of words, in a block or after the name of the directive.
func directives(data []byte) iter.Seq2[string, string] {
	return func(yield func(directive, argument string) bool) {
		block := ""
		for line := range strings.Lines(string(data)) {
			line, _, _ = strings.Cut(line, "//")
			words := strings.Fields(line)
			switch {
			case len(words) == 2 && words[1] == "(":
				block = words[0]
				continue
			case len(words) == 1 && words[0] == ")":
				block = ""
				continue
			case block != "":
				words = slices.Insert(words, 0, block)
			}
			if len(words) > 1 && !yield(words[0], strings.Trim(words[1], "\"`")) {
				return
			}
		}
	}
}

// shellCommand returns words as one line for a POSIX shell.
func shellCommand(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = shellWord(word)
	}
	return strings.Join(quoted, " ")
}

// shellWord quotes s as one word of a POSIX shell, if necessary. What cannot be
// printed is escaped in the form that bash, zsh and ksh read.
func shellWord(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:@%+"
	switch {
	case s != "" && strings.Trim(s, plain) == "":
		return s
	case diag.Line(s) == s:
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
