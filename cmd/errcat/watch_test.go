//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestWatch changes a catalog and a template while errcat generate --watch runs:
// it writes what changes, reports mistakes, goes on, and ends at Ctrl-C.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		// Editors write another file and rename it.
		mustDo(t, os.WriteFile(filepath.Join(dir, "new"), []byte(text), 0o644))
		mustDo(t, os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, name)))
	}
	catalog := func(title string) string {
		return "version: 1\ncatalog: {name: shop}\nerrors: {CLOSED: {http_status: 409, title: " + title + "}}\n" +
			"outputs:\n  - {target: json, path: errors.json}\n  - {target: template, path: out.txt, template: t.tmpl}\n"
	}
	write("catalog.yaml", catalog("One"))
	write("t.tmpl", "{{header \"#\"}}\nfirst\n")

	cmd := exec.Command("errcat", "generate", "--watch")
	cmd.Dir = dir
	stdout, err := cmd.StdoutPipe()
	mustDo(t, err)
	cmd.Stderr = os.Stderr
	mustDo(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill() }) // if the test has failed
	lines := bufio.NewScanner(stdout)
	wait := func(want ...string) {
		t.Helper()
		for _, w := range want {
			more := lines.Scan()
			for more && lines.Text() == "" {
				more = lines.Scan()
			}
			if !more || lines.Text() != w {
				t.Fatalf("it prints %q, want %q", lines.Text(), w)
			}
		}
	}
	holds := func(name, text string) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !strings.Contains(string(data), text) {
			t.Errorf("%s has no %q: %v\n%s", name, text, err, data)
		}
	}

	wait("wrote     errors.json", "wrote     out.txt", "watching  catalog.yaml, t.tmpl")
	write("t.tmpl", "{{header \"#\"}}\nsecond one\n")
	wait("changed   t.tmpl", "wrote     out.txt")
	holds("out.txt", "second")
	write("catalog.yaml", strings.Replace(catalog("Two or more"), "409", "oops", 1))
	wait("changed   catalog.yaml", "catalog.yaml:3:32: error[invalid-http-status]: http_status: expected a number, found the string \"oops\"")
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "help:") {
	}
	holds("errors.json", "One")
	write("catalog.yaml", catalog("Two"))
	wait("changed   catalog.yaml", "wrote     errors.json")
	holds("errors.json", "Two")

	mustDo(t, cmd.Process.Signal(syscall.SIGINT))
	for lines.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("Ctrl-C ends it with %v", err)
	}
}
