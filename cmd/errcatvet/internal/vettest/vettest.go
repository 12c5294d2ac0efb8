// Package vettest makes the generated packages with which the analyzers are tested.
package vettest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/golang"
)

// Write writes the generated package of each catalog in a folder into a module: into
// the folder with the name of the catalog, or into the one that elsewhere names. It
// fails if a catalog is invalid, or if a file cannot be read or written.
func Write(catalogs, module string, elsewhere map[string]string) error {
	files, err := filepath.Glob(filepath.Join(catalogs, "*.yaml"))
	if err != nil {
		return err
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		folder := strings.TrimSuffix(filepath.Base(file), ".yaml")
		if other, ok := elsewhere[folder]; ok {
			folder = other
		}
		if err := Generate(source, filepath.Join(module, folder)); err != nil {
			return err
		}
	}
	return nil
}

// Generate writes the generated package of a catalog into a folder. It fails if the
// catalog is invalid, or if a file cannot be written.
func Generate(source []byte, dir string) error {
	c, found := generator.Load("catalog.yaml", source)
	if found.HasErrors() {
		return fmt.Errorf("the catalog has findings: %v", found)
	}
	files, err := golang.Generate(c, golang.Options{})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Path), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
