package markdown_test

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/markdown"
)

// site is a site generator that reads the Markdown of a flavor.
type site struct {
	flavor string
	// config are the files that the site needs in addition to its pages.
	config map[string]string
	// build builds the site in dir, and returns the folder of its HTML.
	build func(t *testing.T, dir string) string
	// pages is the folder of the Markdown below dir.
	pages string
	// isContent finds the element with the content of the Markdown.
	isContent func(n *html.Node) bool
	// html returns the HTML page of a Markdown file.
	html func(file string) string
}

func sites() []site {
	return []site{
		{
			flavor: "mdx",
			build: func(t *testing.T, dir string) string {
				script, root := absolute(t, "testdata/mdx.mjs"), absolute(t, "../..")
				run(t, dir, "node", script, root, dir)
				return dir
			},
			isContent: isElement("body", "", ""),
			html:      func(file string) string { return file + ".html" },
		},
		{
			flavor: "vitepress",
			config: map[string]string{
				".vitepress/config.mjs": "export default { title: 'Site', ignoreDeadLinks: true, vite: { build: { chunkSizeWarningLimit: 1e6 } } };\n",
				"index.md":              "# Home\n",
				"package.json":          "{}\n",
			},
			build: func(t *testing.T, dir string) string {
				if err := os.Symlink(absolute(t, "../../node_modules"), filepath.Join(dir, "node_modules")); err != nil {
					t.Fatal(err)
				}
				run(t, dir, filepath.Join(dir, "node_modules", ".bin", "vitepress"), "build", ".")
				return filepath.Join(dir, ".vitepress", "dist")
			},
			isContent: isElement("div", "class", "vp-doc"),
			html:      func(file string) string { return strings.TrimSuffix(file, ".md") + ".html" },
		},
		{
			flavor: "mkdocs",
			pages:  "docs",
			config: map[string]string{
				"mkdocs.yml":    "site_name: Site\nuse_directory_urls: false\nplugins: []\n",
				"docs/index.md": "# Home\n",
			},
			build: func(t *testing.T, dir string) string {
				run(t, dir, "mkdocs", "build", "--quiet")
				return filepath.Join(dir, "site")
			},
			isContent: isElement("div", "role", "main"),
			html:      func(file string) string { return strings.TrimSuffix(file, ".md") + ".html" },
		},
		{
			flavor: "hugo",
			pages:  "content",
			config: map[string]string{
				"config.json":                  `{"baseURL": "https://example.com/", "title": "Site", "disableKinds": ["taxonomy", "term", "RSS", "sitemap"], "markup": {"goldmark": {"extensions": {"typographer": false}}}}`,
				"layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1><main>{{ .Content }}</main>\n",
				"layouts/_default/list.html":   "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1><main>{{ .Content }}</main>\n",
			},
			build: func(t *testing.T, dir string) string {
				run(t, dir, "hugo", "--quiet")
				return filepath.Join(dir, "public")
			},
			isContent: isElement("main", "", ""),
			html: func(file string) string {
				dir, name := path.Split(strings.ToLower(strings.TrimSuffix(file, ".md")))
				if name == "_index" {
					return dir + "index.html"
				}
				return dir + name + "/index.html"
			},
		},
	}
}

// isElement finds an element by its name and by a word of an attribute.
func isElement(name, attribute, word string) func(n *html.Node) bool {
	return func(n *html.Node) bool {
		return n.Data == name && (attribute == "" || slices.Contains(strings.Fields(attributeOf(n, attribute)), word))
	}
}

func attributeOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// install says how to install a tool that is not one of the npm packages.
var install = map[string]string{
	"node":   "install Node.js",
	"mkdocs": "install it with apt-get install mkdocs, or pip install mkdocs",
	"hugo":   "install it with apt-get install hugo, or from https://gohugo.io/installation/",
}

// run runs a tool in a folder.
func run(t *testing.T, dir, tool string, args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: runs site builders")
	}
	bin, err := exec.LookPath(tool)
	if err != nil {
		t.Fatalf("%v; %s", err, install[tool])
	}
	cmd := exec.Command(bin, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%.5000s", err, out)
	}
}

func absolute(t *testing.T, name string) string {
	t.Helper()
	abs, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// TestSites builds a site of each kind from real and hostile catalogs, as one
// page and as pages. Each page shows what GitHub shows of its Markdown, every
// code and alias has its anchor, and every link has a target.
func TestSites(t *testing.T) {
	for _, s := range sites() {
		t.Run(s.flavor, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, content := range s.config {
				file := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				writeFile(t, file, []byte(content))
			}
			all := siteCatalogs(t)
			for name, c := range all {
				writeAll(t, filepath.Join(dir, s.pages, name), s.generate(t, c, false))
				if len(c.Errors) < 100 { // on some sites, each page links to all others
					writeAll(t, filepath.Join(dir, s.pages, name+"-pages"), s.generate(t, c, true))
				}
			}
			built := readSite(t, s, s.build(t, dir))
			for name, c := range all {
				isHostile := c.Name == "hostile"
				for _, f := range s.generate(t, c, false) {
					page := built.page(t, name+"/"+f.Path)
					s.checkText(t, name, page, c)
					checkIDs(t, name, page, c.Errors)
					built.checkLinks(t, name+"/"+f.Path, !isHostile)
				}
				if len(c.Errors) >= 100 {
					continue
				}
				made := s.generate(t, c, true)
				if len(made) != 1+len(c.Errors) {
					t.Errorf("%s has %d pages for %d codes", name, len(made), len(c.Errors))
				}
				for _, f := range made {
					if odd := built.page(t, name+"-pages/"+f.Path).odd; len(odd) > 0 {
						t.Errorf("%s of %s has %.10q", f.Path, name, odd)
					}
					built.checkLinks(t, name+"-pages/"+f.Path, !isHostile)
				}
			}
		})
	}
}

// siteCatalogs are the catalogs of the sites, by the names of their folders.
func siteCatalogs(t *testing.T) map[string]*catalog.Catalog {
	source, err := os.ReadFile("../../catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	source, _, _ = bytes.Cut(source, []byte("\noutputs:"))
	offline := hostileCatalog(randomTexts(7, 32))
	offline.NoHTTP = true
	return map[string]*catalog.Catalog{
		"smileid": loadSource(t, "catalog.yaml", append(source, '\n')),
		"shop":    load(t, "testdata/shop.yaml").ForAudience(catalog.Public),
		"codes":   catalogs()["odd codes"],
		"numbers": catalogs()["integer codes"],
		"markup":  catalogs()["markup"],
		"hostile": hostileCatalog(hostile),
		"random":  offline,
	}
}

func (s site) generate(t *testing.T, c *catalog.Catalog, pages bool) files.Files {
	t.Helper()
	return generate(t, c, markdown.Options{Flavor: s.flavor, Pages: pages})
}

// builtSite are the pages of a site by their paths.
type builtSite struct {
	site  site
	pages map[string]*builtPage
}

// builtPage is the content of a page of a site.
type builtPage struct {
	ids   map[string]int
	links []string
	// text is everything that a reader sees, without spaces.
	text string
	odd  []string // not content
}

func readSite(t *testing.T, s site, dir string) *builtSite {
	t.Helper()
	built := &builtSite{site: s, pages: make(map[string]*builtPage)}
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && e.Name() == "node_modules" {
			return fs.SkipDir
		}
		if filepath.Ext(file) != ".html" {
			return nil
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		built.pages[filepath.ToSlash(rel)] = readPage(root, s.isContent)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return built
}

// page returns the page that was built from a file.
func (b *builtSite) page(t *testing.T, file string) *builtPage {
	t.Helper()
	page := b.pages[b.site.html(file)]
	if page == nil {
		t.Fatalf("the site has no page %s", b.site.html(file))
	}
	return page
}

func readPage(root *html.Node, isContent func(*html.Node) bool) *builtPage {
	page := &builtPage{ids: make(map[string]int)}
	var text strings.Builder
	var walk func(n *html.Node, within bool)
	walk = func(n *html.Node, within bool) {
		if n.Type == html.ElementNode {
			if id := attributeOf(n, "id"); id != "" {
				page.ids[id]++
			}
			if within && isOfTheSite(n) {
				return
			}
			if within {
				page.readElement(n)
			}
			within = within || isContent(n)
		}
		if within && n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, within)
		}
	}
	walk(root, false)
	page.text = jsonEscapes.Replace(withoutSpaces(text.String()))
	return page
}

// jsonEscapes undoes the escapes that some flavors need in examples of JSON.
var jsonEscapes = strings.NewReplacer(`\u007b`, "{", `\u003c`, "<", `\u0025`, "%")

// isOfTheSite reports whether the site has added an element.
func isOfTheSite(n *html.Node) bool {
	class := attributeOf(n, "class")
	return class == "header-anchor" || class == "copy" || class == "lang"
}

var expectedElements = strings.Fields(`h1 h2 h3 h4 h5 h6 p a ul ol li em strong code pre span div table thead tbody tr th td br`)

func (p *builtPage) readElement(n *html.Node) {
	if !slices.Contains(expectedElements, n.Data) {
		p.odd = append(p.odd, "<"+n.Data+">")
	}
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "href" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
			p.odd = append(p.odd, "<"+n.Data+" "+a.Key+">")
		}
	}
	if n.Data == "a" && attributeOf(n, "href") != "" {
		p.links = append(p.links, attributeOf(n, "href"))
	}
}

func withoutSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' {
			return -1
		}
		return r
	}, s)
}

// checkText compares what a reader sees with what GitHub shows.
func (s site) checkText(t *testing.T, name string, page *builtPage, c *catalog.Catalog) {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("<main>")
	source := render(t, c, markdown.Options{})
	if s.flavor == "hugo" { // the title is the theme's, and aliases have headings
		source = source[bytes.Index(source, []byte("\n# ")):]
		source = source[bytes.IndexByte(source[1:], '\n')+1:]
	}
	if err := gfm.Convert(source, &b); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	got, want := page.text, readPage(root, isElement("main", "", "")).text
	if s.flavor == "hugo" {
		for _, e := range c.Errors {
			for _, a := range e.Aliases {
				got = strings.Replace(got, withoutSpaces(a.Code+"Alias of "+e.Code+"."), "", 1)
			}
		}
	}
	if got != want {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		from := max(0, at-60)
		t.Errorf("%s: a reader sees %.200q, on GitHub %.200q", name, got[from:], want[from:])
	}
	if len(page.odd) > 0 {
		t.Errorf("%s: the page has %.10q", name, page.odd)
	}
}

// checkIDs checks the ids of codes and aliases.
func checkIDs(t *testing.T, name string, page *builtPage, errors []*catalog.Error) {
	t.Helper()
	for _, e := range errors {
		for _, id := range append(aliasCodes(e), e.Anchor) {
			if page.ids[id] != 1 {
				t.Errorf("%s: the id %q appears %d times", name, id, page.ids[id])
			}
		}
	}
}

// checkLinks follows the links of the page that was built from a file: those
// within the page and, with all set, those to other pages.
func (b *builtSite) checkLinks(t *testing.T, file string, all bool) {
	t.Helper()
	from := b.site.html(file)
	for _, link := range b.page(t, file).links {
		u, err := url.Parse(link)
		isElsewhere := err != nil || u.IsAbs() || u.Host != "" || strings.Contains(u.Path, "notes")
		if isElsewhere || !all && u.Path != "" {
			continue
		}
		target := from
		if u.Path != "" {
			base := url.URL{Path: "/" + from}
			target = strings.TrimPrefix(base.ResolveReference(u).Path, "/")
			if strings.HasSuffix(target, "/") || target == "" {
				target += "index.html"
			}
		}
		if b.site.flavor == "mdx" && path.Ext(target) == ".mdx" {
			target += ".html"
		}
		to := b.pages[target]
		switch {
		case to == nil:
			t.Errorf("%s: the link to %s leads to no page", file, link)
		case u.Fragment != "" && to.ids[u.Fragment] != 1:
			t.Errorf("%s: the link to %s has %d targets", file, link, to.ids[u.Fragment])
		}
	}
}
