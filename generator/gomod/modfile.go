package gomod

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The Go module of errcat, and the package of its command.
const (
	Errcat        = "github.com/errcat/errcat"
	ErrcatCommand = Errcat + "/cmd/errcat"
)

// ModFile is what a module file says about its module and errcat.
type ModFile struct {
	// Module is the path of the module.
	Module string
	// HasModule means that it requires the module, or is that of errcat itself.
	HasModule bool
	// HasTool means that errcat is one of its tools.
	HasTool bool
}

// ReadModFile reads a module file. It fails if the file cannot be read.
func ReadModFile(name string) (*ModFile, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	file := new(ModFile)
	for directive, argument := range Directives(data) {
		if directive == "module" {
			file.Module = argument
		}
		switch directive {
		case "module", "require":
			file.HasModule = file.HasModule || argument == Errcat
		case "tool":
			file.HasTool = file.HasTool || argument == ErrcatCommand
		}
	}
	return file, nil
}

// FileWithTool returns the first module file that has errcat as a tool, "" if none
// has: of those named, and then of those in a folder that the go command uses only if
// they are named.
func FileWithTool(dir string, names ...string) string {
	for _, pattern := range []string{"*.mod", "*/go.mod"} {
		// The patterns have no mistakes.
		matches, _ := filepath.Glob(filepath.Join(dir, pattern))
		names = append(names, matches...)
	}
	for _, name := range names {
		if file, err := ReadModFile(name); err == nil && file.HasTool {
			return name
		}
	}
	return ""
}

// WorkspaceHasTool reports whether a module of the Go workspace of the working
// directory has errcat as a tool.
func WorkspaceHasTool() bool {
	dir := FolderAbove(".", "go.work")
	if dir == "" || os.Getenv("GOWORK") == "off" {
		return false
	}
	data, err := os.ReadFile(filepath.Join(dir, "go.work"))
	if err != nil {
		return false
	}
	for directive, argument := range Directives(data) {
		if directive == "use" {
			file, err := ReadModFile(filepath.Join(dir, filepath.FromSlash(argument), "go.mod"))
			if err == nil && file.HasTool {
				return true
			}
		}
	}
	return false
}

// FolderAbove returns the nearest folder that has a file, from a folder up and
// relative like it, "" if there is none.
func FolderAbove(dir, file string) string {
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

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// Directives returns the directives of a go.mod or go.work, each with its first
// argument. They are lines of words, in a block or after the name of the directive.
func Directives(data []byte) iter.Seq2[string, string] {
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

// Flag returns the value of a flag in GOFLAGS, "" if it is not there.
func Flag(flags, name string) string {
	value := ""
	for _, flag := range strings.Fields(flags) {
		if v, ok := strings.CutPrefix(strings.TrimLeft(flag, "-"), name+"="); ok {
			value = v
		}
	}
	return value
}
