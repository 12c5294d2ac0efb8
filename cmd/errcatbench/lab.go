package main

import (
	"bufio"
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/txtar"
)

// programs are the programs that are compiled to be measured: an archive for
// each module, in which errcat renders the templates by the catalog.
//
//go:embed programs
var programs embed.FS

// lab is where things are measured: a temporary folder with the commands of
// this module in bin, and the catalogs.
type lab struct {
	ctx     context.Context
	dir     string
	root    string        // of the module
	runs    int           // that count of each command
	limit   time.Duration // of a run of a command
	log     io.Writer     // what is going on
	results *results
	fresh   int // how many comments freshen wrote
}

// newLab makes a lab below a folder, from the module that the working directory
// is in.
func newLab(ctx context.Context, dir string, runs int, limit time.Duration, log io.Writer) (*lab, error) {
	l := &lab{ctx: ctx, dir: dir, runs: runs, limit: limit, log: log, results: newResults()}
	root, err := l.output(command{args: []string{"go", "list", "-m", "-f", "{{.Dir}}"}})
	if err != nil {
		return nil, err
	}
	l.root = strings.TrimSpace(string(root))
	if err := os.MkdirAll(l.path("bin"), 0o777); err != nil {
		return nil, err
	}
	l.progress("build errcat")
	_, err = l.output(command{dir: l.root, args: []string{"go", "build", "-o", l.path("bin"), "./cmd/errcat", "./cmd/errcatbench"}})
	if err != nil {
		return nil, err
	}
	return l, l.describe()
}

// path returns a path in the lab.
func (l *lab) path(elements ...string) string {
	return filepath.Join(append([]string{l.dir}, elements...)...)
}

// errcat is the path of the command.
func (l *lab) errcat() string { return l.path("bin", "errcat") }

func (l *lab) progress(format string, args ...any) {
	fmt.Fprintf(l.log, format+"\n", args...)
}

// catalog returns the path of a catalog of so many codes. Another process makes
// it: what a process has needed at most counts, on Linux, as needed by each
// process that it starts afterwards.
func (l *lab) catalog(codes int) (string, error) {
	file := l.path(strconv.Itoa(codes), "catalog.yaml")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return "", err
	}
	_, err := l.output(command{args: []string{l.path("bin", "errcatbench"), "catalog", strconv.Itoa(codes), "-o", file}})
	return file, err
}

// unpack writes one of the programs into a new folder, with its templates
// rendered by the catalog of so many codes; audience says whose codes.
func (l *lab) unpack(program, dir string, codes int, audience string) error {
	data, err := programs.ReadFile("programs/" + program + ".txtar")
	if err != nil {
		return err
	}
	var templates []string
	for _, f := range txtar.Parse(data).Files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, f.Data, 0o666); err != nil {
			return err
		}
		if rendered, ok := strings.CutSuffix(f.Name, ".tmpl"); ok {
			templates = append(templates, "-o", fmt.Sprintf("template=%s,template=%s,audience=%s", rendered, f.Name, audience))
		}
	}
	if len(templates) == 0 {
		return nil
	}
	catalog, err := l.catalog(codes)
	if err != nil {
		return err
	}
	_, err = l.output(command{dir: dir, args: append([]string{l.errcat(), "generate", "-q", "-c", catalog}, templates...)})
	return err
}

// freshFile is the file that freshen writes.
const freshFile = "fresh.go"

// freshen writes a new comment into each Go package below a folder, so that
// the next build compiles it again.
func (l *lab) freshen(dir string) error {
	packages := make(map[string]string) // by folder
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".go" || packages[filepath.Dir(file)] != "" {
			return err
		}
		packages[filepath.Dir(file)], err = packageName(file)
		return err
	})
	if err != nil {
		return err
	}
	l.fresh++
	for folder, name := range packages {
		source := fmt.Sprintf("// Run %d at %d.\n\npackage %s\n", l.fresh, time.Now().UnixNano(), name)
		if err := os.WriteFile(filepath.Join(folder, freshFile), []byte(source), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// packageName returns the name of the package that a file is of. It reads no more
// than the beginning: see catalog.
func packageName(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "package "); ok {
			return name, nil
		}
	}
	return "", errors.Join(fmt.Errorf("%s has no package", file), lines.Err())
}

// textSize counts the lines and bytes of what is written to it.
type textSize struct{ lines, bytes int }

// Write counts. It does not fail.
func (s *textSize) Write(p []byte) (int, error) {
	s.lines += bytes.Count(p, []byte("\n"))
	s.bytes += len(p)
	return len(p), nil
}

// sourceSize returns the size of a file, or of all files of a folder.
func sourceSize(path string) (textSize, error) {
	var size textSize
	err := filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == freshFile {
			return err
		}
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(&size, f)
		return err
	})
	return size, err
}

// fileSize returns the bytes of a file.
func fileSize(path string) (float64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()), nil
}
