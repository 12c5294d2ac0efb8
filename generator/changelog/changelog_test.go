package changelog_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/changelog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/prose"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// entry compares two versions of a catalog.
func entry(t *testing.T, old, current []byte) changelog.Entry {
	t.Helper()
	var versions []*catalog.Catalog
	for _, source := range [][]byte{old, current} {
		c, ds := generator.Load("catalog.yaml", source)
		if c == nil {
			t.Fatal(ds)
		}
		versions = append(versions, c)
	}
	changes := compat.Accept(compat.Compare(versions[0], versions[1]), versions[0], versions[1])
	return changelog.Entry{Catalog: versions[1], Changes: changes}
}

// TestGolden writes the changelogs of testdata/shop.txtar.
func TestGolden(t *testing.T) {
	const file = "testdata/shop.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data := make(map[string][]byte)
	for _, f := range archive.Files {
		data[f.Name] = f.Data
	}
	e := entry(t, data["old.yaml"], data["new.yaml"])
	e.Docs = "https://example.com/errors"
	public := e
	public.Changes = changelog.ForAudience(e.Changes, catalog.Public)
	var markdown, both, out bytes.Buffer
	for _, err := range []error{
		changelog.WriteMarkdown(&markdown, "1.5.0", []changelog.Entry{public}),
		changelog.WriteMarkdown(&both, "1.5.0", []changelog.Entry{e, entry(t, data["old.yaml"], data["old.yaml"]), entry(t, data["new.yaml"], data["old.yaml"])}),
		changelog.WriteJSON(&out, []changelog.Entry{e}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !json.Valid(out.Bytes()) {
		t.Error("this is not JSON")
	}
	want := map[string][]byte{"public.md": markdown.Bytes(), "several.md": both.Bytes(), "all.json": out.Bytes()}
	for i, f := range archive.Files {
		got, ok := want[f.Name]
		if !ok {
			continue
		}
		if !bytes.Equal(f.Data, got) && !*update {
			t.Errorf("%s:\n%s\nwant:\n%s", f.Name, got, f.Data)
		}
		archive.Files[i].Data = got
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHostile checks that texts of a catalog stay texts: each change is one element
// of a list, and nothing else.
func TestHostile(t *testing.T) {
	const before = "version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 409, message: x}}\n"
	for _, text := range []string{"# heading", "a\n\n# b", "- [ ] x", "</li><script>alert(1)</script>", "[a](javascript:alert(1))", "`code", "| a | b |", "![x](y)", "&lt;", "\u202eabc", "<!-- x"} {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		after := "version: 1\ncatalog: {name: shop}\nerrors:\n  A: {http_status: 409, title: " + string(quoted) + ", deprecated: {reason: " + string(quoted) + "}}\n  B: {http_status: 409, title: " + string(quoted) + "}\n"
		e := entry(t, []byte(before), []byte(after))
		e.Docs = "docs/a b)](x.html"
		var b bytes.Buffer
		if err := changelog.WriteMarkdown(&b, text, []changelog.Entry{e}); err != nil {
			t.Fatal(err)
		}
		outline := prose.ParseOutline(b.Bytes())
		var headings []string
		for _, h := range outline.Headings {
			headings = append(headings, h.Text)
		}
		if len(headings) != 4 {
			t.Errorf("%q: the headings are %q in\n%s", text, headings, b.String())
		}
		var page bytes.Buffer
		if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())).Convert(b.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		for _, markup := range []string{"<script", "<img", "<table", "<input", "<!--", `"javascript:`, "\u202e"} {
			if strings.Contains(page.String(), markup) {
				t.Errorf("%q becomes markup in\n%s", text, page.String())
			}
		}
	}
}

// TestInternalNames checks that a changelog for everybody has no names of categories and
// metadata keys that only internal readers know, added, changed and removed.
func TestInternalNames(t *testing.T) {
	const without = `version: 1
catalog: {name: shop}
categories:
  orders: {http_status: 409}
errors:
  SOLD_OUT: {code: "1001", category: orders}
`
	with := strings.NewReplacer(
		"categories:\n", "metadata: {secretkey: {type: string, audience: internal}, sla: string}\ncategories:\n  secretcategory: {http_status: 500}\n",
		"errors:\n", "errors:\n  DB_DOWN: {code: \"9001\", category: secretcategory, audience: internal, metadata: {secretkey: x, sla: \"4\"}}\n",
	).Replace(without)
	changed := strings.NewReplacer("secretkey: {", "secretkey: {title: Key, ", "secretcategory: {", "secretcategory: {title: Secret, ").Replace(with)
	for _, pair := range [][2]string{{without, with}, {with, changed}, {with, without}} {
		e := entry(t, []byte(pair[0]), []byte(pair[1]))
		for audience, want := range map[catalog.Audience]bool{catalog.Public: false, catalog.Internal: true} {
			shown := e
			shown.Changes = changelog.ForAudience(e.Changes, audience)
			var out bytes.Buffer
			if err := changelog.WriteJSON(&out, []changelog.Entry{shown}); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"secretkey", "secretcategory"} {
				if got := strings.Contains(out.String(), name); got != want {
					t.Errorf("%s, %s is there: %t\n%s", audience, name, got, out.String())
				}
			}
			if pair != [2]string{with, changed} && !strings.Contains(out.String(), "sla") {
				t.Errorf("%s: a public key is not there\n%s", audience, out.String())
			}
		}
	}
}
