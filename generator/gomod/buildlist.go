package gomod

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/diag"
)

// module is the answer of the go command about a module.
type module struct {
	Path, Version, Query string
	// Main means that the module is in this repository.
	Main bool
	// Dir is empty if the module was not downloaded.
	Dir string
	// Sum is the checksum in go.sum, GoMod the go.mod in the module cache.
	Sum, GoMod string
	Replace    *module
	Error      *struct{ Err string }

	// isVendored means that Dir is in a vendor folder, with a part of the module.
	isVendored bool
}

// buildList is what chooses the versions of modules: the module file of a folder, or
// the workspace.
type buildList struct {
	// dir is the folder in which the go command runs.
	dir string
	// modFile is the absolute path of a module file in place of go.mod, "" for
	// go.mod.
	modFile string
	env     struct{ GOMOD, GOWORK, GOFLAGS, GO111MODULE, GOMODCACHE string }
}

// findModule returns the module of the build list that has a file. The place is a
// folder, or a module file such as tools.mod. If the go.mod of a folder has no such
// module, the module file counts that has errcat as a tool.
func findModule(ctx context.Context, place string, file moduleFile) (*module, error) {
	list := &buildList{dir: moduleFolder(place)}
	if list.dir != place && filepath.Base(place) != "go.mod" {
		abs, err := filepath.Abs(place)
		if err != nil {
			return nil, err
		}
		list.modFile = abs
	}
	if err := list.load(ctx); err != nil {
		return nil, err
	}
	m, notes, err := list.find(ctx, file)
	if tools := list.toolFile(); tools != "" && m == nil {
		list.modFile = tools
		other, otherNotes, otherErr := list.find(ctx, file)
		if err == nil || other != nil {
			m, notes, err = other, otherNotes, otherErr
		}
	}
	if m != nil || err != nil {
		return m, err
	}
	if all, _, err := list.find(ctx, moduleFile{modules: []string{file.path}}); all != nil && err == nil {
		return nil, fmt.Errorf("this is %s itself; add the path of its catalog, such as mod:%s/catalog.yaml", all, file.path)
	}
	return nil, errors.Join(fmt.Errorf("no module in the build list has this file; go mod tidy removes modules that no package imports; to keep one, make one of its packages a tool, for example: %s",
		list.command("get", "-tool", file.modules[0])), notes)
}

// moduleFolder returns the folder of a place, which may be a module file.
func moduleFolder(place string) string {
	if info, err := os.Stat(place); strings.HasSuffix(place, ".mod") && (err != nil || !info.IsDir()) {
		return filepath.Dir(place)
	}
	return place
}

// load asks the go command for its settings.
func (l *buildList) load(ctx context.Context) error {
	// Even this may want to download another release of Go.
	out, _, err := l.run(ctx, []string{offline}, "env", "-json", "GOMOD", "GOWORK", "GOFLAGS", "GO111MODULE", "GOMODCACHE")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(out, &l.env); err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	switch {
	case l.env.GO111MODULE == "off":
		return errors.New("GO111MODULE=off turns the modules of Go off; unset it")
	case l.env.GOMOD == os.DevNull && !l.inWorkspace():
		return errors.New("there is no go.mod in this folder or above it that requires a version; run errcat in a Go module, or name the version: mod:MODULE@VERSION/PATH")
	}
	return nil
}

// inWorkspace reports whether a go.work counts.
func (l *buildList) inWorkspace() bool { return l.env.GOWORK != "" && l.env.GOWORK != "off" }

// find returns the module that has a file, with its folder or an error that says why
// it has none; nil if the build list has no such module or cannot be loaded; and what
// the go command has to say.
func (l *buildList) find(ctx context.Context, file moduleFile) (_ *module, notes, err error) {
	args := []string{"list", "-m", "-e", "-json=Path,Version,Main,Dir,Sum,GoMod,Replace,Error"}
	mode := Flag(l.env.GOFLAGS, "mod")
	if mode == "mod" || l.modFile != "" {
		// The go command must not change go.mod, and has no vendor folder for
		// other module files.
		mode = "readonly"
	}
	if mode != "" {
		args = append(args, "-mod="+mode)
	}
	if l.modFile != "" {
		args = append(args, "-modfile="+l.modFile)
	}
	args = append(append(args, "--"), file.modules...)
	out, notes, err := l.run(ctx, []string{offline}, args...)
	if err != nil {
		return nil, nil, err
	}
	var modules []*module
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		m := new(module)
		if err := dec.Decode(m); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, nil, fmt.Errorf("go list: %w", err)
		}
		modules = append(modules, m)
	}
	isKnown := true
	for _, name := range file.modules {
		i := slices.IndexFunc(modules, func(m *module) bool { return m.Path == name })
		if i < 0 {
			isKnown = false
		} else if m := modules[i]; m.Main || m.Version != "" {
			return m, notes, l.locate(m, mode)
		}
	}
	if isKnown {
		return nil, notes, nil
	}
	// Without -e, the go command says why it has no build list.
	args = slices.DeleteFunc(args, func(arg string) bool { return arg == "-e" })
	if _, _, err := l.run(ctx, []string{offline}, args...); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("the build list cannot be loaded; if modules are not on this machine, run: %s", l.command("mod", "download")), err)
	}
	return nil, notes, nil
}

// locate completes the folder of a module, or says why it has none.
func (l *buildList) locate(m *module, mode string) error {
	if m.Dir != "" {
		return nil
	}
	if l.modFile == "" && (mode == "vendor" || mode == "" && Flag(l.env.GOFLAGS, "modfile") == "") {
		root := filepath.Dir(l.env.GOMOD)
		if l.inWorkspace() {
			root = filepath.Dir(l.env.GOWORK)
		}
		if exists(filepath.Join(root, "vendor", "modules.txt")) {
			m.Dir, m.isVendored = filepath.Join(root, "vendor", filepath.FromSlash(m.Path)), true
			return nil
		}
	}
	used := m
	if m.Replace != nil {
		used = m.Replace
	}
	fix := l.command("mod", "download", m.Path)
	for _, m := range []*module{m, used} {
		if m.Error != nil && !strings.Contains(m.Error.Err, proxyOff) {
			return errors.Join(fmt.Errorf("%s cannot be used", m), reason(m.Error.Err))
		}
	}
	switch {
	case l.env.GOMODCACHE == "":
		return errors.New("the go command has no module cache: set HOME, GOPATH or GOMODCACHE")
	case used.Sum == "" && used.Error == nil:
		return fmt.Errorf("go.sum has no checksum of %s; run: %s", m, fix)
	}
	return fmt.Errorf("%s is not on this machine; run: %s", m, fix)
}

// toolFile returns another module file that has errcat as a tool, if the go command
// would take one.
func (l *buildList) toolFile() string {
	if l.modFile != "" || l.inWorkspace() || Flag(l.env.GOFLAGS, "modfile") != "" {
		return ""
	}
	return FileWithTool(filepath.Dir(l.env.GOMOD))
}

// command returns a command line that runs the go command for this build list.
func (l *buildList) command(args ...string) string {
	words := []string{"go"}
	if dir := filepath.Clean(l.dir); dir != "." {
		words = append(words, "-C", dir)
	}
	at := 1 // after the name of the subcommand
	if args[0] == "mod" {
		at = 2
	}
	words = append(words, args[:at]...)
	if l.modFile != "" {
		name := l.modFile
		if dir, err := filepath.Abs(l.dir); err == nil {
			if rel, err := filepath.Rel(dir, name); err == nil {
				name = rel
			}
		}
		words = append(words, "-modfile="+name)
	}
	return diag.ShellCommand(append(words, args[at:]...)...)
}

// download returns a version of a module, which the go command downloads if it
// is not on this machine. It runs in a folder of its own, so that the files of the
// main module stay as they are and its replacements do not count. Only the checksums
// in the go.sum of the main module do.
func (f Finder) download(ctx context.Context, place string, file moduleFile) (_ *module, err error) {
	f.Temporary.Lock()
	defer f.Temporary.Unlock()
	dir, err := os.MkdirTemp("", "errcat-module-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module errcat\n"), 0o600); err != nil {
		return nil, err
	}
	if above := FolderAbove(moduleFolder(place), "go.mod"); above != "" {
		sums, err := os.ReadFile(filepath.Join(above, "go.sum"))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o600)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	list := &buildList{dir: dir}
	out, _, err := list.run(ctx, []string{"GOWORK=off", "GO111MODULE=on"}, "mod", "download", "-json", "-modfile=", "--", file.modules[0]+"@"+file.version)
	var m struct {
		module
		Error string
	}
	if jsonErr := json.Unmarshal(out, &m); jsonErr != nil {
		return nil, cmp.Or(err, fmt.Errorf("go mod download: %w", jsonErr))
	}
	switch {
	case m.Error != "":
		return nil, reason(m.Error)
	case err != nil:
		return nil, err
	}
	return &m.module, nil
}

// run runs the go command with further variables of the environment. It returns what
// that prints to standard output, and its other lines as an error; that is also the
// failure, if it fails.
func (l *buildList) run(ctx context.Context, env []string, args ...string) (out []byte, notes, err error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = l.dir
	cmd.Env = append(os.Environ(), env...)
	cmd.WaitDelay = time.Second // for programs that it has started, such as git
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err = cmd.Output()
	said := stderr.String()
	if slices.Contains(env, offline) {
		said = strings.ReplaceAll(said, proxyOff, "it is not on this machine")
		if strings.Contains(said, "toolchain not available") {
			said += "errcat lets the go command download nothing; to download this release of Go, run: " + l.command("version")
		}
	}
	notes = reason(said)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, nil, errors.New("the go command, which knows where modules are, is not on the PATH")
	case err != nil && notes != nil:
		return out, notes, notes
	case err != nil:
		return out, nil, fmt.Errorf("go %s: %w", args[0], err)
	}
	return out, notes, nil
}

// offline keeps the go command from downloading anything, and proxyOff is what it
// says when it would have to.
const (
	offline  = "GOPROXY=off"
	proxyOff = "module lookup disabled by GOPROXY=off"
)

// reason returns the lines of the go command as an error, nil without any.
func reason(text string) error {
	var lines []error
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			lines = append(lines, errors.New(strings.ReplaceAll(line, "\t", "    ")))
		}
	}
	return errors.Join(lines...)
}
