package typescript

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest/load"
)

// A mistake with codes and params gives an error that names it.
func TestCompilerNamesMistakes(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for _, f := range generate(t, testCase{catalog: load.File(t, "testdata/small.yaml")}) {
		writeFile(t, filepath.Join(root, "small", f.Path), f.Data)
	}
	source, err := os.ReadFile("testdata/wrong.ts")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "wrong.ts"), source)
	writeFile(t, filepath.Join(root, "package.json"), []byte(`{"type": "module"}`))
	tsc := filepath.Join(nodeModules(t), "typescript", "bin", "tsc")
	cmd := exec.Command("node", tsc, "--strict", "--noEmit", "--pretty", "false", "--module", "nodenext", "--target", "es2020", "wrong.ts")
	cmd.Dir = root
	out, err := cmd.Output()
	if err == nil {
		t.Fatal("the compiler reports nothing")
	}
	// An error has further lines, which are indented.
	got := make(map[int]string)
	for _, m := range regexp.MustCompile(`(?m)^wrong\.ts\((\d+),\d+\): error .*\n(?: .*\n)*`).FindAllStringSubmatch(string(out), -1) {
		line, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		got[line] += m[0]
	}
	for i, line := range strings.Split(string(source), "\n") {
		want, ok := strings.CutPrefix(line, "// ")
		if !ok || i == 0 {
			continue
		}
		if message := got[i+2]; !strings.Contains(message, want) {
			t.Errorf("line %d: the compiler says %q, want %q", i+2, message, want)
		}
		delete(got, i+2)
	}
	if len(got) > 0 {
		t.Errorf("the compiler also says %v", got)
	}
}
