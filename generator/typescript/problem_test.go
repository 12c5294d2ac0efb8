package typescript

import (
	"path/filepath"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest/load"
)

// The functions of problem.ts do what they promise, whatever they are given; see
// testdata/problem.mjs.
func TestProblems(t *testing.T) {
	root := t.TempDir()
	c := load.File(t, "testdata/problem.yaml")
	// Two copies of the same package, as a program may have because of its
	// dependencies.
	for _, name := range []string{"one", "two"} {
		for _, f := range generate(t, testCase{catalog: c, options: Options{Emit: "js", SingleFile: name == "two", Integers: "exact"}}) {
			writeFile(t, filepath.Join(root, name, f.Path), f.Data)
		}
	}
	for name, file := range map[string]string{"number": "problem", "other": "small", "names": "names", "rpc": "rpc"} {
		for _, f := range generate(t, testCase{catalog: load.File(t, "testdata/"+file+".yaml"), options: Options{Emit: "js"}}) {
			writeFile(t, filepath.Join(root, name, f.Path), f.Data)
		}
	}
	writeFile(t, filepath.Join(root, "package.json"), []byte(`{"type": "module"}`))
	for _, name := range []string{"problem.mjs", "rpc.mjs"} {
		script, err := filepath.Abs("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		run(t, root, "node", "--experimental-vm-modules", "--no-warnings", script, root)
	}
}
