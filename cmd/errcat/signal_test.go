//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
)

// TestSignals interrupts each command that reads a catalog, while it is waiting
// for the rest of the catalog, and while it is working.
func TestSignals(t *testing.T) {
	large := catalogtest.YAML(20_000)
	commands := [][]string{
		{"lint"},
		{"list"},
		{"list", "--format", "csv"},
		{"explain", "E1"},
		{"check", "-o", "go=shop"},
		{"generate", "-o", "go=shop"},
	}
	for _, args := range commands {
		for _, test := range []struct {
			name string
			// whole means that the catalog is complete.
			whole  bool
			signal syscall.Signal
		}{
			{"waiting, Ctrl-C", false, syscall.SIGINT},
			{"waiting, SIGTERM", false, syscall.SIGTERM},
			{"working, Ctrl-C", true, syscall.SIGINT},
			{"working, SIGTERM", true, syscall.SIGTERM},
		} {
			t.Run(strings.Join(args, " ")+": "+test.name, func(t *testing.T) {
				cmd := exec.Command("errcat", append(args, "-c", "-")...)
				cmd.Dir = t.TempDir()
				stdin, err := cmd.StdinPipe()
				mustDo(t, err)
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				mustDo(t, cmd.Start())
				// The catalog is larger than a pipe, so the command is reading it when
				// this returns.
				_, err = stdin.Write(large)
				mustDo(t, err)
				// It stands still until the signal is there, so that it is not faster.
				mustDo(t, cmd.Process.Signal(syscall.SIGSTOP))
				if test.whole {
					mustDo(t, stdin.Close())
				}
				mustDo(t, cmd.Process.Signal(test.signal))
				mustDo(t, cmd.Process.Signal(syscall.SIGCONT))
				wantInterrupted(t, cmd, &stderr)
				if entries, err := os.ReadDir(cmd.Dir); err != nil || len(entries) > 0 {
					t.Errorf("the command leaves %v, %v", entries, err)
				}
			})
		}
	}
}

// TestSignalAtPipe interrupts a command that waits for somebody to write into a
// named pipe.
func TestSignalAtPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "catalog.yaml")
	mustDo(t, syscall.Mkfifo(pipe, 0o600))
	cmd := exec.Command("errcat", "lint", "-c", pipe)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	mustDo(t, cmd.Start())
	// This waits until the command has opened the pipe, too.
	w, err := os.OpenFile(pipe, os.O_WRONLY, 0)
	mustDo(t, err)
	defer w.Close()
	mustDo(t, cmd.Process.Signal(syscall.SIGINT))
	wantInterrupted(t, cmd, &stderr)
}

// TestSignalWhilePrinting interrupts a command whose output nobody reads.
func TestSignalWhilePrinting(t *testing.T) {
	cmd := exec.Command("errcat", "list", "-c", "-")
	cmd.Stdin = bytes.NewReader(catalogtest.YAML(5_000))
	stdout, err := cmd.StdoutPipe()
	mustDo(t, err)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	mustDo(t, cmd.Start())
	_, err = io.ReadFull(stdout, make([]byte, 1))
	mustDo(t, err)
	mustDo(t, cmd.Process.Signal(syscall.SIGTERM))
	wantInterrupted(t, cmd, &stderr)
}

// TestSignalWhileWriting interrupts a command that waits for another one to
// finish writing into the same folder.
func TestSignalWhileWriting(t *testing.T) {
	dir := t.TempDir()
	mustDo(t, os.Mkdir(filepath.Join(dir, "shop"), 0o700))
	folder, err := os.Open(filepath.Join(dir, "shop"))
	mustDo(t, err)
	defer folder.Close()
	mustDo(t, syscall.Flock(int(folder.Fd()), syscall.LOCK_EX))
	pipe := filepath.Join(dir, "catalog.yaml")
	mustDo(t, syscall.Mkfifo(pipe, 0o600))
	cmd := exec.Command("errcat", "generate", "-c", pipe, "-o", "go="+filepath.Join(dir, "shop"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	mustDo(t, cmd.Start())
	mustDo(t, os.WriteFile(pipe, catalogtest.YAML(5), 0o600))
	mustDo(t, cmd.Process.Signal(syscall.SIGINT))
	wantInterrupted(t, cmd, &stderr)
	if entries, err := os.ReadDir(folder.Name()); err != nil || len(entries) > 0 {
		t.Errorf("the command leaves %v, %v", entries, err)
	}
}

// wantInterrupted waits for a command, which must say that it was interrupted.
func wantInterrupted(t *testing.T, cmd *exec.Cmd, stderr *bytes.Buffer) {
	t.Helper()
	err := cmd.Wait()
	if cmd.ProcessState.ExitCode() != statusFailure || !strings.Contains(stderr.String(), "signal received") {
		t.Errorf("%v, want exit status %d\n%s", err, statusFailure, stderr)
	}
}
