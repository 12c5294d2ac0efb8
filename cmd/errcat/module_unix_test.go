//go:build unix

package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

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
