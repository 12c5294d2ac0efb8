package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/gittest"
)

// TestInit follows what errcat init prints, in a new Go module: the catalog is
// valid, go generate writes the package, check agrees, and a program compiles
// with it.
func TestInit(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: installs errcat into a module")
	}
	env := slices.Concat(os.Environ(), publish(t), gittest.Env())
	dir := t.TempDir()
	run := func(command string) string {
		t.Helper()
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir, cmd.Env = dir, env
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		return string(out)
	}
	run("git init -q && go mod init example.com/shop")
	printed := run("errcat init")
	_, steps, ok := strings.Cut(printed, "Then run:\n")
	if !ok {
		t.Fatal(printed)
	}
	for step := range strings.Lines(steps) {
		run(strings.TrimSpace(step))
	}
	const program = `package main

import (
	"errors"
	"fmt"

	"example.com/shop/shop"
)

func main() {
	err := fmt.Errorf("order: %w", shop.NewNotFound("order 7"))
	fmt.Println(errors.Is(err, shop.NotFound), shop.HTTPStatus(err), err)
}
`
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, want := run("go vet ./... && go run ."), "true 404 order: 1001: order 7 was not found\n"; got != want {
		t.Errorf("the program prints %q, want %q", got, want)
	}
	workflow, err := os.ReadFile(filepath.Join(dir, ".github", "workflows", "errcat.yml"))
	if err != nil {
		t.Fatal(err)
	}
	commands := workflowStep.FindAllStringSubmatch(string(workflow), -1)
	if len(commands) != 3 {
		t.Errorf("the workflow runs %q", commands)
	}
	run("git add -A && git commit -q -m first && git update-ref refs/remotes/origin/main HEAD && git commit -q --allow-empty -m second")
	for _, c := range commands {
		if out := run("GITHUB_BASE_REF=main; " + c[1]); out != "" {
			t.Errorf("%s prints %s", c[1], out)
		}
	}
}
