package gomod

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestDirectives(t *testing.T) {
	const file = "module example.com/m // ours\n\ngo 1.26\n\nrequire (\n\texample.com/a v1.0.0 // indirect\n\t\"example.com/b\" v2.0.0\n)\r\nrequire example.com/c v0.1.0\ntool (\n)\nreplace example.com/a => ../a\n// require example.com/d v1\ntool `example.com/t`\n"
	var got []string
	for directive, argument := range Directives([]byte(file)) {
		got = append(got, directive+" "+argument)
	}
	want := []string{"module example.com/m", "go 1.26", "require example.com/a", "require example.com/b", "require example.com/c", "replace example.com/a", "tool example.com/t"}
	if !slices.Equal(got, want) {
		t.Errorf("the directives are %q, want %q", got, want)
	}
	for range Directives([]byte(file)) {
		break // is allowed
	}
}

// TestModFiles looks for errcat in the module files of folders.
func TestModFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	main := write("go.mod", "module example.com/m\nrequire "+Errcat+" v1.0.0\n")
	if got, err := ReadModFile(main); err != nil || *got != (ModFile{Module: "example.com/m", HasModule: true}) {
		t.Errorf("go.mod says %+v, %v", got, err)
	}
	if _, err := ReadModFile(filepath.Join(dir, "none.mod")); err == nil {
		t.Error("a file that does not exist is read")
	}
	if got := FileWithTool(dir); got != "" {
		t.Errorf("%s has no tool", got)
	}
	tools := write("tools/go.mod", "module tools\ntool "+ErrcatCommand+"\n")
	if got := FileWithTool(dir); got != tools {
		t.Errorf("the file with the tool is %q", got)
	}
	named := write("elsewhere/x.mod", "module x\ntool (\n\t"+ErrcatCommand+"\n)\n")
	if got := FileWithTool(dir, named); got != named {
		t.Errorf("the named file with the tool is %q", got)
	}
	write("sub/deep/a.txt", "")
	t.Chdir(filepath.Join(dir, "sub", "deep"))
	if got := FolderAbove(".", "go.mod"); got != filepath.Join("..", "..") {
		t.Errorf("the folder above is %q", got)
	}
	if got := FolderAbove(".", "none.mod"); got != "" {
		t.Errorf("no folder has the file, not %q", got)
	}
	t.Setenv("GOWORK", "")
	if WorkspaceHasTool() {
		t.Error("there is no workspace")
	}
	write("go.work", "go 1.26\nuse (\n\t./sub\n\t./tools\n)\n")
	if !WorkspaceHasTool() {
		t.Error("a module of the workspace has the tool")
	}
	t.Setenv("GOWORK", "off")
	if WorkspaceHasTool() {
		t.Error("GOWORK=off turns the workspace off")
	}
}

func TestFlag(t *testing.T) {
	for flags, want := range map[string]string{"": "", "-mod=vendor": "vendor", "--mod=mod -trimpath": "mod", "-modfile=x": "", "-mod=a -mod=b": "b"} {
		if got := Flag(flags, "mod"); got != want {
			t.Errorf("GOFLAGS=%q: -mod is %q, want %q", flags, got, want)
		}
	}
}

// FuzzDirectives reads any module file: each argument is a word of it.
func FuzzDirectives(f *testing.F) {
	for _, s := range []string{"module m\n", "require (\n\ta v1\n)\n", "(", ")\n(", "a (\nb (\nc d", "tool \"a\" // b\n", "x `"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for directive, argument := range Directives([]byte(s)) {
			if directive == "" || len(argument) > len(s) {
				t.Errorf("%q has the directive %q %q", s, directive, argument)
			}
		}
	})
}
