package files_test

import (
	"testing"

	"github.com/errcat/errcat/generator/files"
)

// TestNameThatChangedItsCase is for file systems that distinguish Errors.go from
// errors.go.
func TestNameThatChangedItsCase(t *testing.T) {
	a := text("package a")
	inDir(t, map[string]string{"gen/Errors.go": a})
	o := output("gen", "errors.go", a)
	drift, err := files.Check([]files.Output{o})
	must(t, err)
	wantEqual(t, "Check", kinds(drift), []string{"stale gen/Errors.go", "missing gen/errors.go"})
	wantEqual(t, "Write", kinds(write(t, o)), []string{"removed gen/Errors.go", "wrote gen/errors.go"})
	wantEqual(t, "disk", tree(t, "."), map[string]string{"gen/errors.go": a})
}
