package html_test

import (
	"encoding/xml"
	stdhtml "html"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/html"
)

// TestSite renders difficult catalogs as sites: every link within them leads to a
// file, and there is no markup but that of the layout.
func TestSite(t *testing.T) {
	for name, c := range catalogs() {
		t.Run(name, func(t *testing.T) {
			checkSite(t, c, renderAll(t, c, html.Options{Audience: catalog.Internal, Pages: true, URL: "https://example.com/errors", Edit: "https://example.com/{code}?{name}#{line}"}))
		})
	}
}

func checkSite(t testing.TB, c *catalog.Catalog, site files.Files) {
	t.Helper()
	at := make(map[string]string)
	folded := make(map[string]bool)
	for _, f := range site {
		at[f.Path] = string(f.Data)
		if folded[strings.ToLower(f.Path)] {
			t.Errorf("two files have the name %s on some systems", f.Path)
		}
		folded[strings.ToLower(f.Path)] = true
		if err := files.CheckPath(f.Path); err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
	codes := 0
	for name, text := range at {
		if path.Ext(name) != ".html" || name == "index.html" {
			continue
		}
		codes++
		checkMarkup(t, name, text[strings.Index(text, "<head>"):])
		for _, m := range hrefs.FindAllStringSubmatch(text, -1) {
			target := stdhtml.UnescapeString(m[1])
			file, id, hasID := strings.Cut(target, "#")
			if file == "" {
				file = name
			}
			if ext := path.Ext(file); strings.Contains(file, ":") || ext != ".html" && ext != ".css" {
				continue // a link of the catalog to elsewhere
			}
			if at[file] == "" {
				t.Errorf("%s has a link to %q, which is not there", name, target)
			}
			if hasID && !strings.Contains(at[file], ` id="`+stdhtml.EscapeString(id)+`"`) {
				t.Errorf("%s has a link to %q, which has no target", name, target)
			}
		}
	}
	want := 0
	for _, e := range c.Errors {
		want += 1 + len(e.Aliases)
	}
	if codes != want {
		t.Errorf("%d pages of codes and aliases, want %d", codes, want)
	}
	var sitemap struct {
		Locations []string `xml:"url>loc"`
	}
	if err := xml.Unmarshal([]byte(at["sitemap.xml"]), &sitemap); err != nil || len(sitemap.Locations) != 1+len(c.Errors) {
		t.Errorf("the sitemap has %d addresses, error %v", len(sitemap.Locations), err)
	}
	for _, location := range sitemap.Locations {
		file, ok := strings.CutPrefix(location, "https://example.com/errors/")
		if file, _ = url.PathUnescape(file); !ok || file != "" && at[file] == "" {
			t.Errorf("the sitemap has %q, which is not there", location)
		}
	}
}

var hrefs = regexp.MustCompile(`(?:href|url)="([^"]*)"|content="0; url=([^"]*)"`)

// A site with more addresses than a sitemap can have gets several.
func TestSitemaps(t *testing.T) {
	made := html.Sitemaps(50_001)
	if len(made) != 3 || strings.Count(string(made[2].Data), "<sitemap>") != 2 || strings.Count(string(made[0].Data), "<url>") != 50_000 || strings.Count(string(made[1].Data), "<url>") != 1 {
		t.Errorf("%d files", len(made))
	}
}

// Names of pages do not clash with each other or with the files of the site. Codes
// come before aliases.
func TestNamesOfPages(t *testing.T) {
	want := map[string]string{
		"index": "index-", "A": "A.html", "aa": "aa-", "Aa": "Aa.html", "a/b": "a~2Fb.html", "_x": "~5Fx.html", "1.": "1..html", "con": "~", "-1": "-1.html", "style.css": "style.css.html",
	}
	c := withCodes("index", "A", "aa", "Aa", "a/b", "_x", "1.", "con", "-1", "style.css")
	titles := make(map[string]string)
	for _, f := range renderAll(t, c, html.Options{Pages: true}) {
		if m := regexp.MustCompile(`<title>([^:<]*):? ?.*</title>`).FindSubmatch(f.Data); m != nil && f.Path != "index.html" {
			titles[f.Path] = string(m[1])
		}
		if strings.HasPrefix(f.Path, "sitemap") || strings.Contains(string(f.Data), "canonical") {
			t.Errorf("%s: there is no address to put into it", f.Path)
		}
	}
	for code, prefix := range want {
		found := false
		for file := range titles {
			found = found || strings.HasPrefix(file, prefix)
		}
		if !found {
			t.Errorf("no page %s for %s among %v", prefix, code, titles)
		}
	}
}
