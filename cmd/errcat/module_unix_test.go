//go:build unix

package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/errcat/errcat/generator/gittest"
)

// TestInterruptedComparison ends errcat while the go command looks for the module of an
// earlier go.mod: it ends with status 2, and leaves no temporary folder.
func TestInterruptedComparison(t *testing.T) {
	repo := gittest.New(t)
	const modFile = "module example.com/shop\n\ngo 1.26\n\nrequire example.com/platform v1.0.0\n\nreplace example.com/platform => ./platform\n"
	repo.Commit("go.mod", modFile, "platform/go.mod", "module example.com/platform\n\ngo 1.26\n", "platform/catalog.yaml", smallCatalog,
		"errcat.yaml", "version: 1\ncatalogs: [{catalog: mod:example.com/platform/catalog.yaml}]\n")
	repo.Write("go.mod", modFile+"\n// Newer.\n")
	temp, err := filepath.EvalSymlinks(t.TempDir())
	mustDo(t, err)
	goCommand, err := exec.LookPath("go")
	mustDo(t, err)
	bin := t.TempDir()
	asked := filepath.Join(bin, "asked")
	mustDo(t, syscall.Mkfifo(asked, 0o600))
	mustWrite(t, filepath.Join(bin, "go"), "#!/bin/sh\ncase $(pwd -P) in '"+temp+"'/*) echo >'"+asked+"' && exec sleep 9999 ;; esac\nexec '"+goCommand+"' \"$@\"\n")
	mustDo(t, os.Chmod(filepath.Join(bin, "go"), 0o700))
	cmd := exec.Command("errcat", "breaking", "--against", "HEAD")
	cmd.Dir = repo.Dir
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "TMPDIR="+temp)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	mustDo(t, cmd.Start())
	_, err = os.ReadFile(asked) // waits
	mustDo(t, err)
	mustDo(t, cmd.Process.Signal(os.Interrupt))
	wantInterrupted(t, cmd, &stderr)
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("in the folder of temporary files are left %v, %v", left, err)
	}
}

// TestInterruptedDownload ends errcat while the go command waits for a module proxy:
// it ends with status 2, and leaves no temporary folder.
func TestInterruptedDownload(t *testing.T) {
	asked := make(chan struct{}, 9)
	proxy := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	defer proxy.Close()
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		temp := t.TempDir()
		cmd := exec.Command("errcat", "lint", "-c", "mod:example.com/platform@latest/catalog.yaml")
		cmd.Dir = t.TempDir()
		cmd.Env = append(os.Environ(), "GOPROXY="+proxy.URL, "GONOSUMDB=*", "GOMODCACHE="+t.TempDir(), "GOFLAGS=-modcacherw", "TMPDIR="+temp)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		mustDo(t, cmd.Start())
		<-asked
		mustDo(t, cmd.Process.Signal(signal))
		_ = cmd.Wait() // it says what ProcessState does
		if status := cmd.ProcessState.ExitCode(); status != statusFailure || !strings.HasSuffix(stderr.String(), " signal received\n") {
			t.Errorf("%v: exit status %d\n%s", signal, status, stderr.Bytes())
		}
		left, err := os.ReadDir(temp)
		mustDo(t, err)
		for _, entry := range left {
			t.Errorf("%v: %s is left in the folder of temporary files", signal, entry.Name())
		}
	}
}
