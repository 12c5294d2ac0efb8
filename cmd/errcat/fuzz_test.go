package main

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
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/files"
)

// FuzzOutput reads values of -o: each is refused on one line, or says all of its
// target, path and options, and no file of it is outside of the path.
func FuzzOutput(f *testing.F) {
	for _, s := range []string{
		"go=internal/apierrors,package=apierrors", "go=x,http=false", "typescript=web,emit=js,single_file=true", "markdown=docs/errors.md,flavor=mdx", "markdown=README.md,inject=true,docs=x#{code}",
		"markdown=docs,pages=true", "html=a.html,audience=internal", "json=-", "schema=s.json", "template=x,template=t.tmpl,per=code,file={{.Code}}", "template=x,template=../a\n.tmpl",
		"", "=", "go", "go=", "=x", "go=,a=b", "go=x,,", "go=x,=", "go=x,package=a,package=b", "nope=x", "go=x,nope=1", "markdown=docs/", "markdown=..", "markdown=a/.", "html=/", "json=a:b", "json=\x00", "json=a\nb", "html=-c", "go=\xff", "markdown=CON", "html=a/../../b.html", "html= ", "go=" + strings.Repeat("a", 300),
	} {
		f.Add(s)
	}
	c, _ := generator.Load("catalog.yaml", []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 409}}\n"))
	var targets []string
	for _, target := range generator.Targets() {
		targets = append(targets, target.Name)
	}
	f.Fuzz(func(t *testing.T, s string) {
		flag := outputFlag{Output: []string{s}}
		_, _ = flag.printed()
		outputs, err := flag.parse()
		if err != nil {
			if text := printable(err); text == "" || strings.Contains(text, "\n") {
				t.Errorf("-o %q fails with %q", s, text)
			}
			return
		}
		o := outputs[0]
		size := len(o.Target) + len("=") + len(o.Path)
		for key, value := range o.Options {
			size += len(",=") + len(key) + len(value)
			if !strings.Contains(s, ","+key+"="+value) {
				t.Errorf("-o %q has the option %q with %q", s, key, value)
			}
		}
		if !slices.Contains(targets, o.Target) || !strings.HasPrefix(s, o.Target+"="+o.Path) || size != len(s) {
			t.Errorf("-o %q is read as %+v", s, o)
		}
		if o.Target == "template" {
			o.Inputs = map[string][]byte{"template": []byte("{{header \"#\"}}\n")}
		}
		plan, err := generator.Plan(c, []generator.Output{o})
		if err != nil || !filepath.IsAbs(o.Path) && !filepath.IsLocal(o.Path) {
			return
		}
		if _, err := files.Check(plan); err != nil {
			return // this is where paths of files are refused
		}
		for _, file := range plan[0].Files {
			made := filepath.Join(plan[0].Dir, filepath.FromSlash(file.Path))
			if rel, err := filepath.Rel(o.Path, made); err != nil || !filepath.IsLocal(rel) || files.CheckPath(file.Path) != nil {
				t.Errorf("-o %q writes %q", s, made)
			}
		}
	})
}

// FuzzModule reads names after mod: with a go command that has every module. No word
// of a name is a flag or a pattern for that command, and no content comes from
// outside of the module.
func FuzzModule(f *testing.F) {
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
		src, err := readModuleFile(&environment{ctx: t.Context(), stderr: io.Discard}, ".", name)
		if err == nil {
			data = src.data
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
		if err != nil && strings.Contains(printable(err), "secret\n") {
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
