package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/diag"
)

// TestRepairCommand runs errcat check in all the ways in which a module can have
// errcat, from the folder of the module and from one below, and then the command
// that it prints.
func TestRepairCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds errcat")
	}
	root, err := filepath.Abs("../..")
	mustDo(t, err)
	const (
		module  = "module example.com/service\n\ngo 1.26.0\n"
		catalog = "version: 1\ncatalog: {name: shop}\nerrors: {CLOSED: {http_status: 409}}\noutputs: [{target: json, path: errors.json}]\n"
	)
	// Only the module file with errcat as a tool has this catalog.
	const foreign = "version: 1\ncatalogs: [{catalog: mod:github.com/errcat/errcat/catalog.yaml, outputs: [{target: json, path: errors.json}]}]\n"
	// What a module file says so that it needs nothing from the network.
	gomod := readPage(t, root, "go.mod")
	required := "\nrequire github.com/errcat/errcat v0.0.0\n" + strings.Join(regexp.MustCompile(`(?s)\nrequire \(.*?\n\)\n`).FindAllString(gomod, -1), "") +
		"\nreplace github.com/errcat/errcat => " + root + "\n"
	const workspace = "go 1.26.0\n\nuse ./sub\n\nuse (\n\t./tools // for everybody\n)\n"
	tool := required + "\ntool github.com/errcat/errcat/cmd/errcat\n"
	blockOfTools := required + "\ntool (\n\t\"github.com/errcat/errcat/cmd/errcat\" // generates\n)\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		// below is the folder to work in.
		below string
		args  string
		want  string
	}{
		{"a tool", map[string]string{"go.mod": module + tool}, ".", "go tool errcat", "go tool errcat generate"},
		{"a block of tools", map[string]string{"go.mod": module + blockOfTools}, "sub", "go tool errcat", "go tool errcat generate"},
		{"tools.mod", map[string]string{"go.mod": module, "tools.mod": module + tool}, ".", "go tool -modfile=tools.mod errcat", "go tool -modfile=tools.mod errcat generate"},
		{"a catalog by tools.mod", map[string]string{"go.mod": module, "tools.mod": module + tool, "errcat.yaml": foreign}, ".", "go tool -modfile=tools.mod errcat", "go tool -modfile=tools.mod errcat generate"},
		{"tools.mod above", map[string]string{"go.mod": module, "tools.mod": module + tool}, "sub", "go tool -modfile=../tools.mod errcat", "go tool -modfile=../tools.mod errcat generate"},
		{"a folder of tools", map[string]string{"go.mod": module, "tools/go.mod": module + tool}, ".", "go tool -modfile=tools/go.mod errcat", "go tool -modfile=tools/go.mod errcat generate"},
		{"a workspace", map[string]string{"go.work": workspace, "tools/go.mod": strings.Replace(module, "service", "tools", 1) + tool, "sub/go.mod": module}, "sub", "go tool errcat", "go tool errcat generate"},
		{"go run", map[string]string{"go.mod": module + required}, ".", "go run github.com/errcat/errcat/cmd/errcat", "go run github.com/errcat/errcat/cmd/errcat generate"},
		{"the path", map[string]string{"go.mod": module + tool}, ".", "errcat", "errcat generate"},
		{"a file", map[string]string{"go.mod": module + tool}, ".", "./it's/errcat", `'DIR/it'\''s/errcat' generate`},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			sums := readPage(t, root, "go.sum")
			for name, text := range test.files {
				mustWrite(t, filepath.Join(dir, name), text)
				mustWrite(t, filepath.Join(dir, strings.TrimSuffix(name, ".mod")+".sum"), sums)
			}
			dir = filepath.Join(dir, test.below)
			mustWrite(t, filepath.Join(dir, "catalog.yaml"), catalog)
			errcat, err := exec.LookPath("errcat")
			mustDo(t, err)
			mustWrite(t, filepath.Join(dir, "it's/errcat"), string(read(t, errcat)))
			mustDo(t, os.Chmod(filepath.Join(dir, "it's/errcat"), 0o700))
			run := func(args ...string) (string, int) {
				cmd := exec.Command(args[0], args[1:]...)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "GOPROXY=off", "GOWORK=", "PWD="+dir)
				var stderr strings.Builder
				cmd.Stderr = &stderr
				out, err := cmd.Output()
				if cmd.ProcessState == nil {
					t.Fatal(err)
				}
				if text := stderr.String(); text != "" {
					t.Log(text)
				}
				return string(out), cmd.ProcessState.ExitCode()
			}
			out, status := run(append(strings.Fields(test.args), "check")...)
			if status != statusFindings {
				t.Fatalf("exit status %d\n%s", status, out)
			}
			_, repair, _ := strings.Cut(out, ":\n\n    ")
			repair, _, _ = strings.Cut(repair, "\n")
			if want := strings.Replace(test.want, "DIR", dir, 1); repair != want {
				t.Errorf("the command is %s, want %s", repair, want)
			}
			if out, status := run("sh", "-c", repair); status != statusOK {
				t.Errorf("%s has exit status %d\n%s", repair, status, out)
			}
			if out, status := run(append(strings.Fields(test.args), "check")...); status != statusOK {
				t.Errorf("exit status %d after the repair\n%s", status, out)
			}
		})
	}
}

// TestShellWord puts words through shells.
func TestShellWord(t *testing.T) {
	for _, word := range []string{
		"plain", "", "two words", "it's", "$HOME `id` \\n \"", "!x", "~", "#", "a\nb", "\x1b[31m'\\", "caf\u00e9", "\u202e", "##[error]x", "-c", "a=b,c:d",
	} {
		quoted := diag.ShellCommand(word)
		if strings.ContainsAny(quoted, "\n\x1b\u202e") || strings.Contains(quoted, "##[") {
			t.Errorf("%q is quoted as %q", word, quoted)
		}
		out, err := exec.Command("bash", "-c", "printf %s "+quoted).Output()
		if err != nil || string(out) != word {
			t.Errorf("%q is quoted as %s, which is %q: %v", word, quoted, out, err)
		}
	}
}
