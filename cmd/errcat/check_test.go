package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/catalogtest"
)

// check writes nothing, whatever it finds: no file, no temporary file, no
// modification time.
func TestCheckLeavesTheDiskAlone(t *testing.T) {
	t.Chdir(t.TempDir())
	source := append(catalogtest.YAML(50), `
outputs:
  - {target: go, path: gen/platform}
  - {target: typescript, path: gen/web}
  - {target: markdown, path: gen/docs, pages: true}
  - {target: markdown, path: notes.md, inject: true}
  - {target: html, path: gen/errors.html}
  - {target: json, path: gen/errors.json}
  - {target: schema, path: gen/schema}
`...)
	write := func(path string, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("catalog.yaml", source)
	write("notes.md", []byte("# Notes\n\n<!-- errcat:begin table -->\n<!-- errcat:end -->\n"))
	errcat := func(want int, args ...string) {
		t.Helper()
		var out bytes.Buffer
		if got := run(t.Context(), args, nil, &out, &out); got != want {
			t.Fatalf("errcat %v: exit status %d, want %d\n%s", args, got, want, &out)
		}
	}
	errcat(statusOK, "generate", "-q")

	then := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	walk := func(visit func(path string, info fs.FileInfo) error) {
		err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := e.Info()
			if err != nil {
				return err
			}
			return visit(path, info)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	disk := func() (state []string) {
		walk(func(path string, info fs.FileInfo) error {
			state = append(state, fmt.Sprint(path, info.Size(), info.Mode(), info.ModTime().UTC()))
			return nil
		})
		return state
	}
	for _, test := range []struct {
		name   string
		change func()
		status int
	}{
		{"in sync", func() {}, statusOK},
		{"a stale file", func() {
			write("gen/platform/old.go", bytes.Replace(read(t, "gen/platform/codes.go"), []byte("page codes.go"), []byte("page old.go"), 1))
		}, statusFindings},
		{"a changed file", func() { write("gen/web/codes.ts", append(read(t, "gen/web/codes.ts"), '\n')) }, statusFindings},
		{"missing files", func() { os.RemoveAll("gen/docs") }, statusFindings},
		{"a file that errcat did not generate", func() { write("gen/errors.json", []byte("{}\n")) }, statusFindings},
		{"an invalid catalog", func() { write("catalog.yaml", source[:len(source)/2]) }, statusFindings},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.change()
			walk(func(path string, _ fs.FileInfo) error { return os.Chtimes(path, then, then) })
			before := disk()
			errcat(test.status, "check")
			if after := disk(); !reflect.DeepEqual(before, after) {
				t.Errorf("before\n%q\nafter\n%q", before, after)
			}
		})
	}
}

// read returns the content of a file.
func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
