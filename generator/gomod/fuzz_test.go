package gomod

import (
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// FuzzOpen reads names after mod: with a go command that has every module. No word
// of a name is a flag or a pattern for that command, and no content comes from
// outside of the module.
func FuzzOpen(f *testing.F) {
	for _, name := range []string{
		"example.com/m/catalog.yaml", "example.com/m/sub/catalog.yaml", "example.com/m/v2/catalog.yaml", "example.com/m/link.yaml", "example.com/m/linked/secret.yaml", "example.com/m/../secret.yaml", "example.com/m/sub/../../secret.yaml",
		"-mod=mod/catalog.yaml", "-modfile=/tmp/x/catalog.yaml", "--/catalog.yaml", "-C/tmp/catalog.yaml", "all/catalog.yaml", "std/catalog.yaml", "cmd/catalog.yaml", "main/catalog.yaml", "example.com/.../catalog.yaml", "example.com/m@latest/catalog.yaml", "example.com/m@v1.0.0/catalog.yaml",
		"", "/", ".", "..", "catalog.yaml", "/etc/passwd", "./m/catalog.yaml", "../m/catalog.yaml", "m//catalog.yaml", "m/", "a b/catalog.yaml", "a\nb/catalog.yaml", "a\x00b/catalog.yaml", "a=b/catalog.yaml", "$(id)/catalog.yaml", "example.com/m", "example.com/m/secret.yaml", "a/-x/c.yaml", "é.example/m/catalog.yaml", `a\b/catalog.yaml`,
	} {
		f.Add(name)
	}
	root := f.TempDir()
	write := func(name, text string, mode fs.FileMode) {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			f.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			f.Fatal(err)
		}
	}
	write("secret.yaml", "secret", 0o644)
	write("module/catalog.yaml", "public", 0o644)
	write("module/sub/catalog.yaml", "public", 0o644)
	for link, to := range map[string]string{"link.yaml": "../secret.yaml", "linked": ".."} {
		if err := os.Symlink(to, filepath.Join(root, "module", link)); err != nil {
			f.Skip("no symbolic links here")
		}
	}
	arguments, answer := filepath.Join(root, "arguments"), filepath.Join(root, "answer")
	write("bin/go", "#!/bin/sh\nprintf '%s\\0' \"$@\" >>'"+arguments+"'\ncase $1 in env) echo '{}' ;; *) /bin/cat '"+answer+"' ;; esac\n", 0o755)
	f.Setenv("PATH", filepath.Join(root, "bin"))
	// run returns the content, and what the go command was asked.
	run := func(t testing.TB, name string) (data []byte, asked []string, err error) {
		var modules []byte
		// Of a name with a version, it is asked for one module.
		module, _, hasVersion := strings.Cut(name, "@")
		for dir := path.Clean(module); dir != "." && dir != "/" && (!hasVersion || modules == nil); dir = path.Dir(dir) {
			module, err := json.Marshal(map[string]string{"Path": dir, "Version": "v1.0.0", "Dir": filepath.Join(root, "module")})
			if err != nil {
				t.Fatal(err)
			}
			modules = append(modules, module...)
		}
		if err := os.WriteFile(answer, modules, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(arguments); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		finder := Finder{Temporary: new(sync.Mutex), Note: func(string) {}}
		file, err := finder.Open(t.Context(), ".", name)
		if err == nil {
			defer file.Close()
			if data, err = io.ReadAll(file); err != nil {
				t.Fatal(err)
			}
		}
		text, _ := os.ReadFile(arguments) // there is none if the command was not run
		if len(text) > 0 {
			asked = strings.Split(strings.TrimSuffix(string(text), "\x00"), "\x00")
		}
		return data, asked, err
	}
	data, plain, err := run(f, "example.com/m/catalog.yaml")
	if err != nil || string(data) != "public" || !slices.Contains(plain, "example.com/m") {
		f.Fatalf("the catalog is %q, %v; the go command was asked %q", data, err, plain)
	}
	data, download, err := run(f, "example.com/m@v1.0.0/catalog.yaml")
	if err != nil || string(data) != "public" || !slices.Contains(download, "example.com/m@v1.0.0") {
		f.Fatalf("the catalog is %q, %v; the go command was asked %q", data, err, download)
	}
	plain = append(plain, download...)
	version := regexp.MustCompile(`^[^@]+@[0-9A-Za-z][0-9A-Za-z.+_-]*$`)
	f.Fuzz(func(t *testing.T, name string) {
		data, asked, err := run(t, name)
		if err == nil && string(data) != "public" {
			t.Errorf("mod:%q is read as %q", name, data)
		}
		if err != nil && strings.Contains(err.Error(), "secret\n") {
			t.Errorf("mod:%q fails with %q", name, err)
		}
		for _, word := range asked {
			switch {
			case slices.Contains(plain, word):
			case strings.HasPrefix(word, "-"), strings.Contains(word, "..."), strings.ContainsAny(word, "= \x00\n"), strings.Contains(word, "@") && !version.MatchString(word), slices.Contains([]string{"all", "std", "cmd", "main", "work", "tool"}, word):
				t.Errorf("mod:%q asks the go command for %q", name, asked)
			case !strings.HasPrefix(name, word+"/"):
				t.Errorf("mod:%q asks the go command for %q, which is no module of it", name, word)
			}
		}
	})
}
