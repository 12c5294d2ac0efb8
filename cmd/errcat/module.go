package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// readModuleFile returns the content of a file of a Go module in the build list.
// The name of the file is MODULE/PATH. It asks the go command for the folder of
// the module, and downloads nothing. No symbolic link leads out of that folder.
func readModuleFile(ctx context.Context, dir, name string) ([]byte, error) {
	m, err := findModule(ctx, dir, name)
	if err != nil {
		return nil, fmt.Errorf("mod:%s: %w", name, err)
	}
	root, err := os.OpenRoot(m.Dir)
	if err != nil {
		return nil, fmt.Errorf("mod:%s: %w", name, err)
	}
	defer root.Close()
	file, err := root.Open(filepath.FromSlash(strings.TrimPrefix(name, m.Path+"/")))
	if err != nil {
		return nil, fmt.Errorf("mod:%s: in the folder %s: %w", name, m.Dir, err)
	}
	defer file.Close()
	return readAll(file, "mod:"+name)
}

// findModule returns the module with the longest path that is a folder of the
// name.
func findModule(ctx context.Context, dir, name string) (module, error) {
	var candidates []string
	if filepath.IsLocal(filepath.FromSlash(name)) && name == path.Clean(name) {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if isModulePath(dir) {
				candidates = append(candidates, dir)
			}
		}
	}
	if len(candidates) == 0 {
		return module{}, errors.New("write mod:MODULE/PATH, such as mod:example.com/errors/catalog.yaml")
	}
	modules, err := listModules(ctx, dir, candidates)
	if err != nil {
		return module{}, err
	}
	for _, m := range modules {
		switch {
		case m.Error != nil || !slices.Contains(candidates, m.Path):
		case m.Dir == "":
			return module{}, fmt.Errorf("the module %s is not on this machine; run: go mod download %s", m.Path, m.Path)
		default:
			return m, nil
		}
	}
	return module{}, errors.New("no module in the build list has this file; add one with go get")
}

// isModulePath reports whether the path can be that of a module. To the go
// command, other words are flags, patterns and queries.
func isModulePath(path string) bool {
	switch path {
	case "all", "cmd", "main", "std", "tool", "work":
		return false
	}
	isPart := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~/+", r)
	}
	return path[0] != '-' && !strings.Contains(path, "...") && !strings.ContainsFunc(path, func(r rune) bool { return !isPart(r) })
}

// module is the answer of the go command about a module.
type module struct {
	Path, Dir string
	Error     *struct{ Err string }
}

// listModules asks the go command for the modules with the given paths.
func listModules(ctx context.Context, dir string, paths []string) ([]module, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-m", "-e", "-json=Path,Dir,Error", "-mod=readonly", "--"}, paths...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		errs := []error{fmt.Errorf("go list: %w", err)}
		for line := range strings.Lines(stderr.String()) {
			errs = append(errs, errors.New(strings.TrimRight(line, "\r\n")))
		}
		return nil, errors.Join(errs...)
	}
	var modules []module
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var m module
		if err := dec.Decode(&m); errors.Is(err, io.EOF) {
			return modules, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		modules = append(modules, m)
	}
}
