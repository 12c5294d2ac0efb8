package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/files"
)

// TestRemoval runs the command in a tree in which every folder has a page of every
// target, of this catalog and of another one, copies of pages, and files that
// people wrote. Those that the command removes are listed; every other file
// keeps its content and its modification time.
func TestRemoval(t *testing.T) {
	const (
		a = ",template=a.tmpl"
		b = ",template=b.tmpl"
	)
	for _, test := range []struct {
		outputs []string
		removed []string
	}{
		{[]string{"go=docs"}, []string{"docs/go"}},
		{[]string{"go=."}, []string{"go"}},
		{[]string{"go=docs/sub"}, []string{"docs/sub/go"}},
		{[]string{"go=new"}, nil},
		{[]string{"typescript=docs"}, []string{"docs/typescript"}},
		{[]string{"typescript=docs,single_file=true"}, []string{"docs/typescript"}},
		{[]string{"markdown=docs/errors.md"}, nil},
		{[]string{"markdown=errors.md"}, nil},
		{[]string{"markdown=new/errors.md"}, nil},
		{[]string{"markdown=docs,pages=true"}, []string{"docs/markdown"}},
		{[]string{"markdown=docs/sub,pages=true"}, []string{"docs/sub/markdown"}},
		{[]string{"markdown=docs/GUIDE.md,inject=true"}, nil},
		{[]string{"markdown=GUIDE.md,inject=true"}, nil},
		{[]string{"html=docs/errors.html"}, nil},
		{[]string{"json=docs/errors.json"}, nil},
		{[]string{"schema=docs/schema.json"}, nil},
		{[]string{"template=docs/a.txt" + a}, nil},
		{[]string{"template=docs" + a + ",per=code,file={{.Code}}.txt"}, []string{"docs/template a.tmpl"}},
		{[]string{"template=docs/a.txt" + a, "template=docs/b.txt" + b}, nil},
		{[]string{"template=." + a + ",per=code,file=docs/{{.Code}}.txt"}, []string{"template a.tmpl"}},
		{[]string{"go=docs", "typescript=docs"}, []string{"docs/go", "docs/typescript"}},
		{[]string{"go=docs", "markdown=docs/GUIDE.md,inject=true"}, []string{"docs/go"}},
		{[]string{"markdown=docs/one.md", "markdown=docs/two.md"}, nil},
		{[]string{"markdown=docs/one.md", "markdown=docs/GUIDE.md,inject=true"}, nil},
		{[]string{"markdown=docs/sub/one.md", "markdown=docs/GUIDE.md,inject=true"}, nil},
		{[]string{"markdown=docs,pages=true", "html=docs/sub/errors.html", "json=errors.json"}, []string{"docs/markdown"}},
	} {
		t.Run(strings.Join(test.outputs, " "), func(t *testing.T) {
			t.Chdir(t.TempDir())
			writeMarked(t)
			flags := []string{"-q"}
			for _, o := range test.outputs {
				flags = append(flags, "-o", o)
			}
			before := contents(t)
			var want []string
			for _, mark := range test.removed {
				want = append(want, markedFile(filepath.Dir(mark), "shop", filepath.Base(mark)))
			}
			slices.Sort(want)

			// What is new makes check report something in any case.
			if got := runErrcat(t, append([]string{"check"}, flags...)...); got == statusFailure {
				t.Fatalf("check has exit status %d", got)
			}
			if diff := cmp.Diff(before, contents(t)); diff != "" {
				t.Errorf("check changes files:\n%s", diff)
			}

			for _, run := range []string{"first", "second"} {
				if got := runErrcat(t, append([]string{"generate"}, flags...)...); got != statusOK {
					t.Fatalf("generate has exit status %d", got)
				}
				after := contents(t)
				var removed []string
				for path, old := range before {
					switch now, ok := after[path]; {
					case !ok:
						removed = append(removed, path)
					case filepath.Base(path) == "GUIDE.md": // the files to inject into
					case now != old:
						t.Errorf("the %s run changes %s", run, path)
					}
				}
				slices.Sort(removed)
				if diff := cmp.Diff(want, removed); diff != "" {
					t.Errorf("the %s run removes (want -, got +)\n%s", run, diff)
				}
			}
			if got := runErrcat(t, append([]string{"check"}, flags...)...); got != statusOK {
				t.Errorf("check has exit status %d after generate", got)
			}
		})
	}
}

// TestRemovalOfFormerFiles changes the catalog and the options of outputs: the
// files that are no longer made go, and nothing else does.
func TestRemovalOfFormerFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	writeMarked(t)
	marked := contents(t)
	source := string(read(t, "catalog.yaml"))
	outputs := []string{
		"-q", "-o", "go=new/go", "-o", "typescript=new/web", "-o", "markdown=new/pages,pages=true",
		"-o", "template=new/codes,template=a.tmpl,per=code,file={{.Code}}.txt",
	}
	generate := func(args ...string) {
		t.Helper()
		if got := runErrcat(t, append([]string{"generate"}, args...)...); got != statusOK {
			t.Fatalf("exit status %d", got)
		}
	}
	generate(outputs...)
	full := contents(t)

	// A catalog without B, whose error is the only one with a struct.
	withoutB, _, _ := strings.Cut(source, "  B:")
	mustWrite(t, "catalog.yaml", withoutB)
	generate(outputs...)
	wantRemoved(t, full, "new/codes/B.txt", "new/go/errors.go", "new/pages/B.md")

	// Other options.
	before := contents(t)
	generate("-q", "-o", "go=new/go,http=false", "-o", "typescript=new/web,single_file=true", "-o", "markdown=new/pages,pages=true,flavor=mdx")
	wantRemoved(t, before, "new/go/http.go", "new/web/catalog.ts", "new/web/codes.ts", "new/web/column.ts", "new/web/details.ts", "new/web/make.ts", "new/web/messages.ts",
		"new/web/problem.ts", "new/web/types.ts", "new/pages/A.md", "new/pages/README.md")

	mustWrite(t, "catalog.yaml", source)
	after := contents(t)
	for path, old := range marked {
		if path != "catalog.yaml" && after[path] != old {
			t.Errorf("%s is %q, was %q", path, after[path], old)
		}
	}
}

// wantRemoved checks that of the files before, exactly these are gone.
func wantRemoved(t *testing.T, before map[string]string, want ...string) {
	t.Helper()
	after := contents(t)
	var removed []string
	for path := range before {
		if _, ok := after[path]; !ok {
			removed = append(removed, filepath.ToSlash(path))
		}
	}
	slices.Sort(removed)
	slices.Sort(want)
	if diff := cmp.Diff(want, removed); diff != "" {
		t.Errorf("removed files (want -, got +)\n%s", diff)
	}
}

// markedFile is the path of the file in a folder that has a mark.
func markedFile(dir, catalog, target string) string {
	return filepath.Join(dir, fmt.Sprintf("old %s of %s.txt", target, catalog))
}

// pageOf is a page of an output.
func pageOf(catalog, target, name string) string {
	return "# " + strings.Replace(files.Header(catalog, target), ").", ", page "+name+").", 1) + "\n"
}

// writeMarked fills the working directory: a catalog, templates, and in each
// folder the files with marks and those that people wrote.
func writeMarked(t *testing.T) {
	t.Helper()
	mustWrite(t, "catalog.yaml", "version: 1\ncatalog: {name: shop}\nerrors:\n  A: {http_status: 409}\n  B: {http_status: 409, params: {p: string}}\n")
	for _, name := range []string{"a.tmpl", "b.tmpl"} {
		mustWrite(t, name, "{{header \"#\"}}\n")
	}
	for _, dir := range []string{".", "docs", "docs/sub"} {
		for _, catalog := range []string{"shop", "other"} {
			for _, target := range []string{"go", "typescript", "markdown", "html", "json", "schema", "template a.tmpl", "template b.tmpl"} {
				page := markedFile(dir, catalog, target)
				mustWrite(t, page, pageOf(catalog, target, filepath.Base(page)))
				mustWrite(t, page+".copy", pageOf(catalog, target, filepath.Base(page)))
				mustWrite(t, page+".sub", pageOf(catalog, target, "sub/"+filepath.Base(page)))
				mustWrite(t, page+".file", strings.Replace(pageOf(catalog, target, filepath.Base(page)+".file"), ", page", ", file", 1))
				mustWrite(t, page+".unnamed", "# "+files.Header(catalog, target)+"\n")
			}
		}
		mustWrite(t, filepath.Join(dir, "GUIDE.md"), "# Guide\n\n<!-- errcat:begin table -->\n<!-- errcat:end -->\n")
		mustWrite(t, filepath.Join(dir, "mine.go"), "package mine\n")
		mustWrite(t, filepath.Join(dir, "quoted.md"), "# Quoted\n\n"+files.Header("shop", "markdown")+"\n")
	}
	then := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(path, then, then)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func mustWrite(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// contents returns the content and the modification time of every file below
// the working directory.
func contents(t *testing.T) map[string]string {
	t.Helper()
	state := make(map[string]string)
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		state[path] = info.ModTime().UTC().String() + "\n" + string(read(t, path))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// runErrcat runs the command, and returns its exit status.
func runErrcat(t *testing.T, args ...string) int {
	t.Helper()
	var out bytes.Buffer
	status := run(t.Context(), args, nil, &out, &out)
	if status == statusFailure {
		t.Logf("errcat %s\n%s", strings.Join(args, " "), &out)
	}
	return status
}
