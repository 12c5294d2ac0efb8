package main

import (
	"os"
	"os/exec"
	"testing"
)

// TestCustom compiles and tests the module with the examples of docs/errcatvet.md: a
// multichecker and a plugin of golangci-lint.
func TestCustom(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles the examples")
	}
	for _, args := range [][]string{{"build", "-o", os.DevNull, "./linter"}, {"test", "./..."}, {"mod", "tidy", "-diff"}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = "testdata/custom"
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %v: %v\n%s", args, err, out)
		}
	}
}
