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
	"strings"
)

// moduleFile returns the path on disk of a file of a Go module in the build
// list. The name of the file is MODULE/PATH. moduleFile asks the go command for
// the folder of the module, and downloads nothing.
func moduleFile(ctx context.Context, name string) (string, error) {
	// The path of the module is a folder of the name; the longest one wins.
	var candidates []string
	if name == path.Clean(name) && !path.IsAbs(name) && !strings.HasPrefix(name, "..") {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			candidates = append(candidates, dir)
		}
	}
	if len(candidates) == 0 {
		return "", fmt.Errorf("mod:%s: write mod:MODULE/PATH, such as mod:example.com/errors/catalog.yaml", name)
	}
	modules, err := listModules(ctx, candidates)
	if err != nil {
		return "", fmt.Errorf("mod:%s: %w", name, err)
	}
	for _, m := range modules {
		if m.Error != nil {
			continue
		}
		if m.Dir == "" {
			return "", fmt.Errorf("mod:%s: the module %s is not on this machine; run: go mod download %s", name, m.Path, m.Path)
		}
		return filepath.Join(m.Dir, filepath.FromSlash(strings.TrimPrefix(name, m.Path+"/"))), nil
	}
	return "", fmt.Errorf("mod:%s: no module in the build list has this file; add one with go get", name)
}

// module is the answer of the go command about a module.
type module struct {
	Path, Dir string
	Error     *struct{ Err string }
}

// listModules asks the go command for the modules with the given paths.
func listModules(ctx context.Context, paths []string) ([]module, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-m", "-e", "-json=Path,Dir,Error", "-mod=readonly"}, paths...)...)
	cmd.Env = append(os.Environ(), "GOPROXY=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, bytes.TrimSpace(stderr.Bytes()))
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
