//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/catalogtest"
)

// version is a catalog, the name of its Go package, and the files that are made
// from them.
type version struct {
	source []byte
	pkg    string
	files  map[string][]byte
}

// versions returns two versions of a catalog, which differ in every file.
func versions(t *testing.T) [2]version {
	t.Helper()
	old := catalogtest.YAML(500)
	made := [2]version{
		{source: old, pkg: "former"},
		{source: bytes.ReplaceAll(old, []byte("title: "), []byte("title: New ")), pkg: "latter"},
	}
	for i := range made {
		v := &made[i]
		dir := t.TempDir()
		cmd, stderr := v.start(t, dir)
		if err := cmd.Wait(); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		v.files = make(map[string][]byte)
		for _, pattern := range []string{"*.md", "go/*"} {
			names, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				path, err := filepath.Rel(dir, name)
				if err != nil {
					t.Fatal(err)
				}
				v.files[path] = read(t, name)
			}
		}
	}
	for name, data := range made[0].files {
		if bytes.Equal(data, made[1].files[name]) {
			t.Fatalf("%s is the same in both versions", name)
		}
	}
	return made
}

// start starts errcat generate for a version in a folder.
func (v version) start(t *testing.T, dir string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command("errcat", "generate", "-c", "-", "-o", "go=go,package="+v.pkg, "-o", "markdown=errors.md")
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

// TestInterrupted interrupts the command sooner or later: each file is that of
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
			time.Sleep(time.Duration(i) * 15 * time.Millisecond)
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
