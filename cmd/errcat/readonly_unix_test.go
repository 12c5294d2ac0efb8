//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readOnly is a folder that cannot be written to, with a catalog that has outputs.
type readOnly struct {
	t           *testing.T
	dir, binary string
	// writable is another folder, which can.
	writable string
}

// newReadOnly makes the folder, with these files.
func newReadOnly(t *testing.T, files map[string]string) *readOnly {
	t.Helper()
	base := t.TempDir()
	r := &readOnly{t: t, dir: filepath.Join(base, "source"), binary: filepath.Join(base, "errcat"), writable: filepath.Join(base, "out")}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(r.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// The tests run as errcat by that name. The user of the command may have to
	// enter the folders of the tests, and to own the one that it writes to, whatever
	// the umask is.
	for _, err := range []error{
		os.Mkdir(r.writable, 0o777),
		os.Chmod(r.writable, 0o777),
		os.WriteFile(r.binary, read(t, exe), 0o755),
		os.Chmod(r.binary, 0o755),
		os.Chmod(base, 0o755),
		os.Chmod(filepath.Dir(base), 0o755),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { r.chmod(0o755) })
	return r
}

// chmod changes the mode of the folders, and makes the files readable.
func (r *readOnly) chmod(mode fs.FileMode) {
	err := filepath.WalkDir(r.dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return os.Chmod(path, mode)
		}
		return os.Chmod(path, 0o644)
	})
	if err != nil {
		r.t.Error(err)
	}
}

// run runs a program in the folder, without any environment and without the rights
// of root, and returns its exit status and what it prints.
func (r *readOnly) run(name string, args ...string) (int, string) {
	r.t.Helper()
	r.chmod(0o555)
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = r.dir, []string{}
	if os.Geteuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		r.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// state returns what there is in the folder, with the times of files and folders:
// also a file that was made and removed again changes that.
func (r *readOnly) state() string {
	r.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(r.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintln(&b, path, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return b.String()
}

// TestReadOnly runs errcat as a hermetic build does: in a source tree that cannot
// be written to, without a home folder, a PATH and other variables.
func TestReadOnly(t *testing.T) {
	r := newReadOnly(t, map[string]string{"catalog.yaml": smallCatalog, "errcat.yaml": "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n"})
	generate := exec.Command("errcat", "generate", "-q")
	generate.Dir = r.dir
	if out, err := generate.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before := r.state()
	step := func(want int, output string, args ...string) {
		t.Helper()
		if status, out := r.run(r.binary, args...); status != want || !strings.Contains(out, output) || output == "" && out != "" {
			t.Errorf("errcat %q: exit status %d, want %d and %q\n%s", args, status, want, output, out)
		}
		if diff := cmp.Diff(before, r.state()); diff != "" {
			t.Errorf("errcat %q has changed the tree (-before +after):\n%s", args, diff)
		}
	}
	step(0, "", "lint")
	step(0, "", "lint", "--strict", "--format", "github")
	step(0, "", "check")
	step(0, "", "fmt", "--check")
	step(0, "is out of stock", "explain", "1001")
	step(0, "OUT_OF_STOCK", "list")
	step(0, "unchanged errors.json", "generate")
	step(0, "errcat ", "--version")
	out := filepath.Join(r.writable, "gen")
	for _, target := range []string{"go=shop", "typescript=web", "markdown=errors.md", "html=errors.html", "json=errors.json"} {
		target, path, _ := strings.Cut(target, "=")
		output := target + "=" + filepath.Join(out, path)
		step(0, "", "generate", "-q", "-c", "catalog.yaml", "-o", output)
		step(0, "", "check", "-c", "catalog.yaml", "-o", output)
	}
	step(0, "\"OUT_OF_STOCK\"", "generate", "-c", "catalog.yaml", "-o", "json=-")

	r.chmod(0o755)
	changed := strings.Replace(smallCatalog, "{ name: shop }", "{name: shop, title: Sales}", 1)
	if err := os.WriteFile(filepath.Join(r.dir, "catalog.yaml"), []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	r.chmod(0o555)
	before = r.state()
	step(1, "docs/errors.md", "check")
	step(1, "+catalog: { name: shop, title: Sales }", "fmt", "--check")
	step(2, "permission denied", "fmt")
	step(2, "permission denied", "generate")
}

// TestBazel runs the command of the rule in docs/ci.md as Bazel does: in a source
// tree that cannot be written to, without variables.
func TestBazel(t *testing.T) {
	rule := blocks(t, "docs/ci.md", "BUILD.bazel")[0]
	r := newReadOnly(t, map[string]string{"catalog.yaml": smallCatalog})
	_, rest, _ := strings.Cut(rule, "cmd = ")
	var command strings.Builder
	for _, m := range regexp.MustCompile(`"([^"]*)"( \+)?\n?`).FindAllStringSubmatch(rest, -1) {
		command.WriteString(m[1])
		if m[2] == "" {
			break
		}
	}
	places := regexp.MustCompile(`\$\(execpath ([^)]+)\)`)
	got := places.ReplaceAllStringFunc(command.String(), func(s string) string {
		switch name := places.FindStringSubmatch(s)[1]; {
		case name == "catalog.yaml":
			return name
		case strings.Contains(rule, "tools = [\""+name+"\"]"):
			return r.binary
		case strings.Contains(rule, "\""+name+"\",\n"):
			return filepath.Join(r.writable, name)
		}
		t.Errorf("the rule does not declare %s", s)
		return s
	})
	before := r.state()
	if status, out := r.run("bash", "-c", got); status != 0 || out != "" {
		t.Fatalf("%s: exit status %d\n%s", got, status, out)
	}
	if diff := cmp.Diff(before, r.state()); diff != "" {
		t.Errorf("the rule has changed the tree (-before +after):\n%s", diff)
	}
	for _, name := range []string{"errors.html", "errors.json"} {
		if !strings.Contains(string(read(t, filepath.Join(r.writable, name))), "OUT_OF_STOCK") {
			t.Errorf("%s has no error", name)
		}
	}
	if testing.Short() {
		return
	}
	cmd := exec.Command("go", "tool", "-modfile=.ci/tools/go.mod", "buildifier", "-mode=check", "-type=build", "-lint=warn")
	cmd.Dir, cmd.Stdin = "../..", strings.NewReader(rule)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("buildifier: %v\n%s", err, out)
	}
}
