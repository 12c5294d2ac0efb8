package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/workspace"
)

func TestLoad(t *testing.T) {
	w, ds := workspace.Load("errcat.yaml", []byte(`version: 1
catalogs:
  - catalog: billing/catalog.yaml
  - catalog: mod:example.com/platform/catalog.yaml
    module: services/api
    only: {categories: [auth], tags: [a, b]}
    outputs:
      - {target: typescript, path: web/src/platform, single_file: true}
  - catalog: ../other/catalog.yaml
    outputs: []
`))
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	word := func(text string) workspace.Word { return workspace.Word{Text: text} }
	want := []workspace.Catalog{
		{Source: "billing/catalog.yaml"},
		{
			Source: "mod:example.com/platform/catalog.yaml", Module: "services/api", HasOutputs: true,
			Only:    workspace.Selection{Categories: []workspace.Word{word("auth")}, Tags: []workspace.Word{word("a"), word("b")}},
			Outputs: []catalog.Output{{Target: "typescript", Path: "web/src/platform", Options: []catalog.Option{{Key: "single_file", Value: "true"}}}},
		},
		{Source: "../other/catalog.yaml", HasOutputs: true},
	}
	if diff := cmp.Diff(want, w.Catalogs, cmpopts.IgnoreTypes(diag.Position{})); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if w.Catalogs[0].IsForeign() || !w.Catalogs[1].IsForeign() {
		t.Error("only the second catalog is foreign")
	}
}

// Every mistake is reported at once, at its place.
func TestMistakes(t *testing.T) {
	for source, want := range map[string]string{
		"":           "1:1 missing-key",
		"# nothing":  "1:1 missing-key",
		"version: 1": "1:1 missing-key",
		"version: 1\ncatalog: {name: a}\nerrors: {A: {http_status: 409}}": "1:1 missing-key",
		"[]":                          "1:1 wrong-type",
		"version: 2\ncatalogs: []":    "1:10 unsupported-version",
		"version: 1\ncatalogs: x":     "2:11 wrong-type",
		"version: 1\ncatalogs: [x]":   "2:12 wrong-type",
		"version: 1\ncatalogs: [{}]":  "2:12 missing-key",
		"version: 1\ncatalogs: {a: b": "2:15 yaml-syntax",
		"version: 1\ncatalogs: [{catalog: 5}, {catalog: a, only: {category: [x]}}]":                                                                                          "2:22 unquoted-string, 2:46 unknown-key",
		"version: 1\ncatalogs: [{catalog: a, outputs: [{target: go}, {target: x, path: y}]}]":                                                                                "2:35 missing-key, 2:58 unknown-target",
		"version: 1\ncatalogs: [{catalog: /a}, {catalog: 'C:/a'}, {catalog: 'a\\b'}, {catalog: a, module: /b}]":                                                              "2:22 invalid-catalog-path, 2:37 invalid-catalog-path, 2:56 invalid-catalog-path, 2:85 invalid-catalog-path",
		"version: 1\ncatalogs: [{catalog: 'mod:'}, {catalog: mod:a}, {catalog: mod:-a/b}, {catalog: mod:../a/b}, {catalog: mod:a/../b/c}]":                                   "2:22 invalid-catalog-path, 2:41 invalid-catalog-path, 2:59 invalid-catalog-path, 2:80 invalid-catalog-path, 2:103 invalid-catalog-path",
		"version: 1\ncatalogs: [{catalog: 'mod:a.b/c@latest/d'}, {catalog: 'mod:a.b/c@v1.2/d'}, {catalog: 'mod:a.b/c@v1.2.0'}]":                                              "2:22 invalid-catalog-path, 2:55 invalid-catalog-path, 2:86 invalid-catalog-path",
		"version: 1\ncatalogs: [{catalog: a/b}, {catalog: ./a//b}]":                                                                                                          "2:38 duplicate-catalog",
		"version: 1\ncatalogs: []\naccept: [{rule: http-status-changed, to: 410, reason: x}, {rule: catalog-remved, to: a, reason: x}, {rule: catalog-removed, reason: ''}]": "3:17 unknown-value, 3:66 unknown-value, 3:101 missing-key, 3:133 empty-value",
	} {
		w, ds := workspace.Load("errcat.yaml", []byte(source))
		var got []string
		for _, d := range ds {
			got = append(got, strings.TrimPrefix(d.Pos.String(), "errcat.yaml:")+" "+d.Rule.ID())
		}
		if strings.Join(got, ", ") != want || w != nil {
			t.Errorf("%q: got %q, want %q", source, strings.Join(got, ", "), want)
		}
	}
}

// FuzzLoad reads any file without a panic, and gives either a workspace or errors.
func FuzzLoad(f *testing.F) {
	f.Add([]byte("version: 1\ncatalogs:\n  - catalog: a.yaml\n    only: {tags: [x]}\n    outputs: [{target: go, path: b}]\n"))
	f.Add([]byte("catalogs: &a [*a]"))
	f.Add([]byte("\xff"))
	f.Fuzz(func(t *testing.T, source []byte) {
		w, ds := workspace.Load("errcat.yaml", source)
		if (w == nil) != ds.HasErrors() {
			t.Errorf("%q gives %v and %v", source, w, ds)
		}
		for _, d := range ds {
			if d.Pos.Line < 1 {
				t.Errorf("%q has a finding without a place: %v", source, d)
			}
		}
	})
}

func TestFind(t *testing.T) {
	const ours, others = "version: 1\ncatalog: {name: a}\n", "apiVersion: v1\nkind: Component\n"
	for _, test := range []struct {
		name string
		disk map[string]string
		want workspace.Found
	}{
		{"nothing", nil, workspace.Found{}},
		{"catalog", map[string]string{"repo/a/b/catalog.yaml": ours}, workspace.Found{Path: "catalog.yaml"}},
		{"workspace", map[string]string{"repo/a/b/errcat.yaml": "", "repo/a/b/catalog.yaml": ours}, workspace.Found{Path: "errcat.yaml", IsWorkspace: true}},
		{"above", map[string]string{"repo/.git": "gitdir: x", "repo/a/catalog.yaml": ours}, workspace.Found{Path: "../catalog.yaml"}},
		{"the nearest", map[string]string{"repo/.git/x": "", "repo/errcat.yaml": "", "repo/a/errcat.yaml": ""}, workspace.Found{Path: "../errcat.yaml", IsWorkspace: true}},
		{"a workspace above a catalog", map[string]string{"repo/.git/x": "", "repo/errcat.yaml": "", "repo/a/catalog.yaml": ours, "repo/catalog.yaml": ours}, workspace.Found{Path: "../catalog.yaml", Above: "../../errcat.yaml"}},
		{"of another tool", map[string]string{"repo/.git/x": "", "repo/a/b/catalog.yaml": others, "repo/catalog.yaml": ours}, workspace.Found{Path: "../../catalog.yaml"}},
		{"outside of the repository", map[string]string{"repo/a/.git/x": "", "repo/catalog.yaml": ours, "repo/errcat.yaml": ""}, workspace.Found{}},
		{"without a repository", map[string]string{"repo/a/catalog.yaml": ours}, workspace.Found{}},
		{"a folder", map[string]string{"repo/a/b/errcat.yaml/x": "", "repo/a/b/catalog.yaml/x": ""}, workspace.Found{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for path, data := range test.disk {
				path = filepath.Join(dir, path)
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			here := filepath.Join(dir, "repo/a/b")
			if err := os.MkdirAll(here, 0o755); err != nil {
				t.Fatal(err)
			}
			t.Chdir(here)
			got, err := workspace.Find(".")
			got.Path, got.Above = filepath.ToSlash(got.Path), filepath.ToSlash(got.Above)
			if err != nil || got != test.want {
				t.Errorf("got %+v, %v, want %+v", got, err, test.want)
			}
		})
	}
}

// A link that leads nowhere is not passed over.
func TestFindBrokenLink(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Symlink("nowhere.yaml", "errcat.yaml"); err != nil {
		t.Skip(err)
	}
	const want = "errcat.yaml is a symbolic link to nowhere.yaml, which does not exist"
	if _, err := workspace.Find("."); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestCheck(t *testing.T) {
	load := func(name, uri, rest string) workspace.Use {
		t.Helper()
		source := "version: 1\ncatalog: {name: " + name + uri + "}\nerrors:\n" + rest
		c, ds := catalog.Load(name+".yaml", []byte(source))
		if c == nil {
			t.Fatal(ds)
		}
		return workspace.Use{Catalog: c, Pos: diag.Position{File: name + ".yaml", Line: 2, Col: 17}}
	}
	const (
		byCode = `, type_uri: "https://e.x/{code}"`
		byName = `, type_uri: "https://e.x/{name}"`
		a      = "  A: {code: \"1\", http_status: 400}\n"
		b      = "  B: {code: \"1\", http_status: 400}\n"
		alias  = "  B: {code: \"2\", aliases: [\"1\"], http_status: 400}\n"
		inside = "  B: {code: \"1\", http_status: 400, audience: internal}\n"
	)
	for _, test := range []struct {
		name string
		a, b workspace.Use
		want string
	}{
		{"different codes", load("a", byCode, a), load("b", byCode, strings.Replace(b, "1", "2", 1)), ""},
		{"the same code and type", load("a", byCode, a), load("b", byCode, b), "shared-type-uri"},
		{"types by name", load("a", byName, a), load("b", byName, b), "shared-type-uri"}, // of an unknown name, the code decides
		{"other codes and types by name", load("a", byName, a), load("b", byName, strings.Replace(b, "1", "2", 1)), ""},
		{"different types", load("a", byCode, a), load("b", `, type_uri: "https://f.x/{code}"`, b), ""},
		{"no types", load("a", "", a), load("b", "", b), "shared-type-uri"},
		{"one type", load("a", byCode, a), load("b", "", b), ""},
		{"no HTTP", load("a", ", http: false", "  A: {code: \"1\"}\n"), load("b", ", http: false", "  B: {code: \"1\"}\n"), ""},
		{"an internal error", load("a", byCode, a), load("b", byCode, inside), ""},
		{"an alias without types", load("a", "", a), load("b", "", alias), "shared-type-uri"},
		{"one name", load("a", byCode, a), load("a", byCode, b), "shared-catalog-name"},
	} {
		var got []string
		for _, d := range workspace.Check([]workspace.Use{test.a, test.b}) {
			got = append(got, d.Rule.ID())
			if len(d.Notes) != 1 || d.Notes[0].Pos.File != "a.yaml" {
				t.Errorf("%s: the notes are %v", test.name, d.Notes)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
