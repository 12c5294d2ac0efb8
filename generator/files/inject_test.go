package files_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/files"
)

// replacing is an Output of a catalog that replaces the text between two tags of
// its own, such as "<a>" and "</a>", with by.
func replacing(catalog, dir, name, by string) files.Output {
	inject := func(name string, old []byte) ([]byte, error) {
		before, rest, ok := bytes.Cut(old, []byte("<"+catalog+">"))
		_, after, ends := bytes.Cut(rest, []byte("</"+catalog+">"))
		if !ok || !ends {
			return nil, errors.New(name + " has no place for " + catalog)
		}
		return bytes.Join([][]byte{before, []byte("<" + catalog + ">" + by + "</" + catalog + ">"), after}, nil), nil
	}
	return files.Output{Catalog: catalog, Target: "markdown", Dir: dir, Files: files.Files{{Path: name, Inject: inject}}}
}

func TestInject(t *testing.T) {
	inDir(t, map[string]string{"docs/a.md": "one\r\n<a>old</a>\r\n\xfflast", "docs/stale.md": "<!-- " + files.Header("a", "markdown") + " -->\n"})
	must(t, os.Chmod("docs/a.md", 0o600))
	out := []files.Output{replacing("a", "docs", "a.md", "new\r\nline")}

	drift, err := files.Check(out)
	must(t, err)
	if len(drift) != 1 || drift[0].Kind != files.Changed || drift[0].Blocked != "" ||
		string(drift[0].Old) != "one\n<a>old</a>\n\xfflast" || string(drift[0].New) != "one\n<a>new\nline</a>\n\xfflast" {
		t.Errorf("drift %+v", drift)
	}
	changes, err := files.Write(t.Context(), out, files.WriteOptions{})
	must(t, err)
	if len(changes) != 1 || changes[0].Kind != files.Wrote {
		t.Errorf("changes %+v", changes)
	}
	const want = "one\r\n<a>new\r\nline</a>\r\n\xfflast"
	if got := readFile(t, "docs/a.md"); got != want {
		t.Errorf("the file has %q, want %q", got, want)
	}
	info, err := os.Stat("docs/a.md")
	must(t, err)
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the file has the mode %v", info.Mode())
	}

	// A file that is up to date is not touched, and line endings count.
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	must(t, os.Chtimes("docs/a.md", old, old))
	changes, err = files.Write(t.Context(), out, files.WriteOptions{})
	must(t, err)
	info, err = os.Stat("docs/a.md")
	must(t, err)
	if changes[0].Kind != files.Unchanged || !info.ModTime().Equal(old) {
		t.Errorf("%+v, modified %v", changes, info.ModTime())
	}
	put(t, "docs/a.md", strings.Replace(want, "new\r\nline", "new\nline", 1))
	if drift, err := files.Check(out); err != nil || len(drift) != 1 {
		t.Errorf("other line endings between the markers: %+v, %v", drift, err)
	}
}

// TestInjectTogether injects two outputs into one file.
func TestInjectTogether(t *testing.T) {
	inDir(t, map[string]string{"a.md": "<b></b> and <a></a>"})
	out := []files.Output{replacing("a", ".", "a.md", "1"), replacing("b", "../"+base(t), "a.md", "2")}
	changes, err := files.Write(t.Context(), out, files.WriteOptions{})
	must(t, err)
	if got := readFile(t, "a.md"); len(changes) != 1 || got != "<b>2</b> and <a>1</a>" {
		t.Errorf("%+v, the file has %q", changes, got)
	}
	if drift, err := files.Check(out); err != nil || len(drift) > 0 {
		t.Errorf("drift %+v, %v", drift, err)
	}
}

// TestInjectRefuses has files that are not written, even if forced.
func TestInjectRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		content map[string]string
		outputs []files.Output
		want    string
	}{
		"no file":     {map[string]string{}, []files.Output{replacing("a", "docs", "a.md", "")}, "a.md does not exist: the output markdown writes between the markers of an existing file"},
		"a link":      {map[string]string{"real.md": "<a></a>", "a.md": "-> real.md"}, []files.Output{replacing("a", ".", "a.md", "x")}, "a.md is a symbolic link: use the path of the file that it points to"},
		"a folder":    {map[string]string{"a.md/": ""}, []files.Output{replacing("a", ".", "a.md", "")}, "a.md is a folder, not a file"},
		"no place":    {map[string]string{"a.md": "x", "b.md": "<a>"}, []files.Output{replacing("a", ".", "a.md", ""), replacing("a", ".", "b.md", "")}, "a.md has no place for a\nb.md has no place for a"},
		"two kinds":   {map[string]string{"a.go": "<a></a>"}, []files.Output{replacing("a", ".", "a.go", ""), output(".", "a.go", text("x"))}, "are the same file"},
		"out of root": {map[string]string{"in/": "", "out/a.md": "<a></a>", "in/to": "-> ../out"}, []files.Output{rooted("in", replacing("a", "in/to", "a.md", "x"))}, "outside of"},
		"a device":    {map[string]string{}, []files.Output{replacing("a", ".", "con.md", "")}, "the name of a Windows device"},
	} {
		t.Run(name, func(t *testing.T) {
			inDir(t, test.content)
			other := output("other", "a.go", text("a"))
			for _, force := range []bool{false, true} {
				_, err := files.Write(t.Context(), append([]files.Output{other}, test.outputs...), files.WriteOptions{Force: force})
				if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), `\`, "/"), test.want) {
					t.Errorf("force %v: error %v, want %s", force, err, test.want)
				}
			}
			if _, err := files.Check(test.outputs); err == nil {
				t.Error("Check does not fail")
			}
			if _, err := os.Lstat("other"); err == nil {
				t.Error("another file was written")
			}
			for path, data := range test.content {
				if !strings.HasSuffix(path, "/") && !strings.HasPrefix(data, "-> ") && readFile(t, path) != data {
					t.Errorf("%s was written", path)
				}
			}
		})
	}
}

func rooted(root string, o files.Output) files.Output {
	o.Root = root
	return o
}

// TestInjectIntoGenerated shows that a file with a header is not stale while an
// output is injected into it.
func TestInjectIntoGenerated(t *testing.T) {
	inDir(t, map[string]string{"a.go": text("<a></a>")})
	out := []files.Output{output(".", "b.go", text("b")), replacing("a", ".", "a.go", "x")}
	changes, err := files.Write(t.Context(), out, files.WriteOptions{})
	must(t, err)
	if len(changes) != 2 || changes[0].Kind != files.Wrote || unstamped(readFile(t, "a.go")) != text("<a>x</a>") {
		t.Errorf("changes %+v", changes)
	}
}

func TestCheckPath(t *testing.T) {
	for path, ok := range map[string]bool{"a.md": true, "b/2205.md": true, "../a": false, "CON.md": false, "a:b": false, "a.": false, strings.Repeat("a", 256): false} {
		if err := files.CheckPath(path); (err == nil) != ok {
			t.Errorf("%.20q: %v", path, err)
		}
	}
}

func TestCheckNames(t *testing.T) {
	for path, ok := range map[string]bool{"../a/./b": true, "/a": true, "docs/": true, "": true, "aux/b": false, "a/b?/c": false, "../con.md": false, "a /b": false} {
		if err := files.CheckNames(path); (err == nil) != ok {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return string(data)
}

// base returns the name of the working directory.
func base(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	must(t, err)
	return dir[strings.LastIndexByte(dir, os.PathSeparator)+1:]
}
