package files_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/files"
)

// isOthers is true for folders called others.
func isOthers(dir string) bool { return filepath.Base(dir) == "others" }

// marked is a file with the header of a target of a catalog, which says its name.
func marked(catalog, target, name string) string {
	return "// " + strings.Replace(files.Header(catalog, target), ").", ", "+name+").", 1) + "\n"
}

func TestOrphans(t *testing.T) {
	disk := map[string]string{
		"old/codes.go":            marked("shop", "go", "page codes.go"),
		"old/from_before.go":      marked("shop", "go", "page from_before.go"),
		"old/codes_test.go":       "package old\n",
		"old/copy.go":             marked("shop", "go", "page codes.go"),
		"docs/a.md":               marked("billing", "markdown", "file a.md"),
		"docs/sub/db/1.md":        marked("shop", "markdown", "page db/1.md"),
		"docs/sub/1.md":           marked("shop", "markdown", "page db/1.md"),
		"docs/other.md":           marked("platform", "markdown", "file other.md"),
		"docs/planned.md":         marked("shop", "markdown", "file planned.md"),
		"docs/quoted.md":          "Text\n\n" + marked("shop", "markdown", "file quoted.md"),
		"docs/a (b)%.md":          marked("shop", "markdown", "file a (b)%25.md"),
		"docs/notes.txt":          marked("shop", "template x", "file notes.txt"),
		".cache/a.md":             marked("shop", "markdown", "file a.md"),
		"node_modules/p/a.md":     marked("shop", "markdown", "file a.md"),
		"vendor/p/a.md":           marked("shop", "markdown", "file a.md"),
		"x/testdata/a.md":         marked("shop", "markdown", "file a.md"),
		"nested/.git":             "gitdir: x",
		"nested/a.md":             marked("shop", "markdown", "file a.md"),
		"others/a.md":             marked("shop", "markdown", "file a.md"),
		"others/docs/a.md":        marked("shop", "markdown", "file a.md"),
		"link":                    "-> old",
		"docs/link.md":            "-> a.md",
		"docs/empty/":             "",
		"else/not_opened.invalid": marked("shop", "go", "page not_opened.invalid"),
	}
	inDir(t, disk)
	must(t, os.WriteFile("docs/unnamed.md", []byte("// "+files.Header("shop", "markdown")+"\n"), 0o644))
	outputs := []files.Output{{Catalog: "shop", Target: "markdown", Dir: "docs", Files: files.Files{{Path: "planned.md", Data: []byte("// " + files.Header("shop", "markdown") + "\n")}}}}
	mayBe := func(name string) bool { return filepath.Ext(name) == ".md" || name == "codes.go" }
	orphans := func() []string {
		t.Helper()
		found, err := files.Orphans(t.Context(), ".", outputs, []string{"shop", "billing"}, mayBe, isOthers)
		must(t, err)
		return kinds(found)
	}
	want := []string{"orphan docs/a (b)%.md", "orphan docs/a.md", "orphan docs/notes.txt", "orphan docs/sub/db/1.md", "orphan old/codes.go", "orphan old/from_before.go"}
	wantEqual(t, "orphans", orphans(), want)

	before := tree(t, ".")
	found, err := files.Orphans(t.Context(), ".", outputs, []string{"shop", "billing"}, mayBe, isOthers)
	must(t, err)
	wantEqual(t, "disk", tree(t, "."), before)
	must(t, files.RemoveOrphans(".", found))
	for _, o := range found {
		delete(before, filepath.ToSlash(o.Path))
	}
	before["docs/link.md"] = "-> a.md"
	wantEqual(t, "disk without orphans", tree(t, "."), before)
	if _, err := os.Lstat("docs/sub/db"); err == nil {
		t.Error("an empty folder is left")
	}
	wantEqual(t, "orphans that are left", orphans(), []string(nil))
}

// TestOrphansThroughLink searches from working directories that were entered through
// a symbolic link.
func TestOrphansThroughLink(t *testing.T) {
	inDir(t, map[string]string{
		"repo/docs/planned.md": marked("shop", "markdown", "file planned.md"),
		"repo/docs/old.md":     marked("shop", "markdown", "file old.md"),
		"link":                 "-> repo",
		"other/deep":           "-> ../repo/docs",
	})
	for _, test := range []struct{ wd, root, docs string }{
		{"link", ".", "docs"},
		{"link/docs", ".", "."},
		{"other/deep", "..", "../docs"},
	} {
		t.Run(test.wd, func(t *testing.T) {
			t.Chdir(test.wd) // sets PWD, as a shell does
			outputs := []files.Output{{Catalog: "shop", Target: "markdown", Dir: test.docs, Files: files.Files{{Path: "planned.md", Data: []byte("// " + files.Header("shop", "markdown") + "\n")}}}}
			found, err := files.Orphans(t.Context(), test.root, outputs, []string{"shop"}, func(string) bool { return true }, isOthers)
			must(t, err)
			wantEqual(t, "orphans", kinds(found), []string{"orphan " + path.Join(test.docs, "old.md")})
		})
	}
}
