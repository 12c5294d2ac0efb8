//go:build unix

package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalogtest"
)

// version is a catalog and the files that it generates.
type version struct {
	source []byte
	files  map[string][]byte
}

// versions returns two versions of a catalog, which differ in every file.
func versions(t *testing.T) [2]version {
	t.Helper()
	old := string(catalogtest.YAML(500))
	var made [2]version
	for i, source := range []string{old, strings.Replace(old, "name: ", "name: new_", 1)} {
		c, ds := generator.Load("catalog.yaml", []byte(source))
		if c == nil {
			t.Fatal(ds)
		}
		plan, err := generator.Plan(c, []generator.Output{{Target: "go", Path: "go"}, {Target: "markdown", Path: "errors.md"}})
		if err != nil {
			t.Fatal(err)
		}
		v := version{source: []byte(source), files: make(map[string][]byte)}
		for _, o := range plan {
			for _, f := range o.Files {
				v.files[filepath.Join(o.Dir, f.Path)] = f.Data
			}
		}
		made[i] = v
	}
	return made
}

// start starts errcat generate for a version in a folder.
func (v version) start(t *testing.T, dir string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command("errcat", "generate", "-c", "-", "-o", "go=go", "-o", "markdown=errors.md")
	cmd.Dir = dir
	cmd.Stdin = bytes.NewReader(v.source)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, &stderr
}

// is reports whether the folder has all files of the version, each complete.
func (v version) is(dir string) bool {
	for name, data := range v.files {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Equal(got, data) {
			return false
		}
	}
	return true
}

// TestInterrupted interrupts the command at random times: each file is that of
// one version or the other, and the command fails.
func TestInterrupted(t *testing.T) {
	made := versions(t)
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGKILL} {
		dir := t.TempDir()
		cmd, stderr := made[0].start(t, dir)
		if err := cmd.Wait(); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		for i := range 8 {
			cmd, stderr := made[(i+1)%2].start(t, dir)
			time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
			if err := cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
			err := cmd.Wait()
			if err != nil && signal == syscall.SIGINT && cmd.ProcessState.ExitCode() != statusFailure && !cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
				t.Errorf("%v: exit status %d\n%s", signal, cmd.ProcessState.ExitCode(), stderr)
			}
			for name := range made[0].files {
				got, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, made[0].files[name]) && !bytes.Equal(got, made[1].files[name]) {
					t.Fatalf("%v: %s is neither old nor new", signal, name)
				}
			}
		}
	}
}

// TestTwoAtOnce runs the command twice at the same time: the result is the
// complete output of one of the two.
func TestTwoAtOnce(t *testing.T) {
	made := versions(t)
	for range 5 {
		dir := t.TempDir()
		var runs sync.WaitGroup
		for _, v := range made {
			cmd, stderr := v.start(t, dir)
			runs.Go(func() {
				if err := cmd.Wait(); err != nil {
					t.Errorf("%v\n%s", err, stderr)
				}
			})
		}
		runs.Wait()
		if !made[0].is(dir) && !made[1].is(dir) {
			t.Fatal("the files are a mixture of both versions")
		}
	}
}
