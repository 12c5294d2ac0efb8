package main

import (
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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
	dir := folderAbove(".", "go.mod")
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
	if name := goFlag(os.Getenv("GOFLAGS"), "modfile"); name != "" {
		names = append(names, name)
	}
	if name := fileWithTool(append(names, modFiles(dir)...)); name != "" {
		return []string{"go", "tool", "-modfile=" + name, tool}
	}
	return goRun(main.hasModule)
}

// modFiles returns the module files in a folder that the go command uses only if
// they are named.
func modFiles(dir string) []string {
	var names []string
	for _, pattern := range []string{"*.mod", "*/go.mod"} {
		// The patterns have no mistakes.
		matches, _ := filepath.Glob(filepath.Join(dir, pattern))
		names = append(names, matches...)
	}
	return names
}

// fileWithTool returns the first of some module files that has errcat as a tool, ""
// if none has.
func fileWithTool(names []string) string {
	for _, name := range names {
		if file, err := readGoMod(name); err == nil && file.hasTool {
			return name
		}
	}
	return ""
}

// workspaceHasTool reports whether a module of the Go workspace of the working
// directory has errcat as a tool.
func workspaceHasTool() bool {
	dir := folderAbove(".", "go.work")
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

// folderAbove returns the nearest folder that has a file, from a folder up and
// relative like it, "" if there is none.
func folderAbove(dir, file string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	for {
		if exists(filepath.Join(dir, file)) {
			return dir
		}
		up := filepath.Dir(abs)
		if abs == up {
			return ""
		}
		dir, abs = filepath.Join(dir, ".."), up
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
