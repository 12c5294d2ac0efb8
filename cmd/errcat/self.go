package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/errcat/errcat/generator/gomod"
)

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
	dir := gomod.FolderAbove(".", "go.mod")
	if dir == "" {
		return goRun(false)
	}
	main, err := gomod.ReadModFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return goRun(false)
	}
	if main.HasTool || gomod.WorkspaceHasTool() {
		return []string{"go", "tool", tool}
	}
	var names []string
	if name := gomod.Flag(os.Getenv("GOFLAGS"), "modfile"); name != "" {
		names = append(names, name)
	}
	if name := gomod.FileWithTool(dir, names...); name != "" {
		return []string{"go", "tool", "-modfile=" + name, tool}
	}
	return goRun(main.HasModule)
}

// goRun returns the words that make the go command run the package of errcat, in
// the version of the module or, outside of one that has errcat, in that of this
// command.
func goRun(inModule bool) []string {
	name := gomod.ErrcatCommand
	if version := buildVersion(); !inModule && strings.HasPrefix(version, "v") {
		name += "@" + version
	}
	return []string{"go", "run", name}
}
