package markdown_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/interoptest"
	"github.com/errcat/errcat/generator/markdown"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/npmtest"
	"github.com/errcat/errcat/generator/prose"
)

// site is a builder of sites that reads the Markdown of a flavor.
type site struct {
	flavor string
	// name is that of the builder.
	name string
	// packages is the folder that locks the npm packages of the builder. The site is
	// built in a folder below them.
	packages string
	// modules are the node_modules that the folder of the site links to.
	modules string
	// config are the files that the site needs in addition to its pages.
	config map[string]string
	// command builds the site in its folder. The program is one in the path, or a file
	// with a path relative to the folder.
	command []string
	// pages and output are the folders of the Markdown and of the HTML.
	pages, output string
	// isContent finds the element with the content of the Markdown.
	isContent func(n *html.Node) bool
	// html returns the HTML page of a Markdown file.
	html func(file string) string
}

func sites(t *testing.T) []site {
	docusaurus := func(future string) site {
		return site{
			flavor:   "docusaurus",
			name:     "docusaurus",
			packages: "../../.ci/sites/docusaurus",
			pages:    "docs", output: "build",
			config: map[string]string{
				"docusaurus.config.js": `module.exports = {
  title: "Site", url: "https://example.com", baseUrl: "/",
  onBrokenLinks: "throw", onBrokenAnchors: "throw", onDuplicateRoutes: "throw",
  markdown: { hooks: { onBrokenMarkdownLinks: "throw", onBrokenMarkdownImages: "throw" } },
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/" }]],
  themes: ["@docusaurus/theme-classic"],
  future: ` + future + `,
};
`,
				"docs/index.md": "# Home\n",
			},
			command:   []string{"node", "../node_modules/@docusaurus/core/bin/docusaurus.mjs", "build"},
			isContent: isElement("div", "class", "theme-doc-markdown"),
			html:      folderOf("index"),
		}
	}
	all := []site{
		// With what Docusaurus writes into a new configuration.
		docusaurus("{ faster: true, v4: true }"),
		{
			flavor:    "mdx",
			name:      "mdx",
			command:   []string{"node", absolute(t, "testdata/mdx.mjs"), absolute(t, "../.."), "."},
			isContent: isElement("body", "", ""),
			html:      func(file string) string { return file + ".html" },
		},
		{
			flavor:   "starlight",
			name:     "starlight",
			packages: "../../.ci/sites/starlight",
			pages:    "src/content/docs", output: "dist",
			config: map[string]string{
				// Starlight has warnings about sites without translations or a page 404.
				"astro.config.mjs": `import { defineConfig } from "astro/config";
import starlight from "@astrojs/starlight";
export default defineConfig({ site: "https://example.com", integrations: [starlight({ title: "Site", disable404Route: true })] });
`,
				"src/content.config.ts": `import { defineCollection } from "astro:content";
import { docsLoader, i18nLoader } from "@astrojs/starlight/loaders";
import { docsSchema, i18nSchema } from "@astrojs/starlight/schema";
export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
`,
				"src/content/i18n/en.json":  "{}\n",
				"src/content/docs/index.md": "---\ntitle: Home\n---\n",
			},
			// Astro needs a later Node.js than the other tools.
			command:   []string{"../node_modules/node/bin/node", "../node_modules/astro/bin/astro.mjs", "build"},
			isContent: isElement("div", "class", "sl-markdown-content"),
			html:      lowerFolderOf("index"),
		},
		{
			flavor:  "vitepress",
			name:    "vitepress",
			modules: "../../node_modules",
			output:  ".vitepress/dist",
			config: map[string]string{
				".vitepress/config.mjs": "import items from '../hostile-pages/sidebar.mjs';\nexport default { title: 'Site', vite: { build: { chunkSizeWarningLimit: 1e6 } }, themeConfig: { sidebar: { '/hostile-pages/': { base: '/hostile-pages/', items } } } };\n",
				"index.md":              "# Home\n",
				"package.json":          "{}\n",
			},
			command:   []string{"node_modules/.bin/vitepress", "build", "."},
			isContent: isElement("div", "class", "vp-doc"),
			html:      func(file string) string { return strings.TrimSuffix(file, ".md") + ".html" },
		},
		{
			flavor: "mkdocs",
			name:   "mkdocs",
			pages:  "docs", output: "site",
			config: map[string]string{
				"mkdocs.yml":    "site_name: Site\ntheme: material\n",
				"docs/index.md": "# Home\n",
			},
			command:   []string{"mkdocs", "build", "--quiet", "--strict"},
			isContent: isElement("article", "class", "md-content__inner"),
			html:      folderOf("index"),
		},
		{
			flavor: "hugo",
			name:   "hugo",
			pages:  "content", output: "public",
			config: map[string]string{
				"config.json":                  `{"baseURL": "https://example.com/", "title": "Site", "languageCode": "en"}`,
				"layouts/_default/single.html": hugoLayout,
				"layouts/_default/list.html":   hugoLayout,
			},
			command:   []string{"hugo"},
			isContent: isElement("main", "", ""),
			html:      lowerFolderOf("_index"),
		},
	}
	if interoptest.All {
		old := docusaurus("{}")
		old.name = "docusaurus with webpack"
		all = append(all, old)
	}
	return all
}

// hugoLayout is a minimal theme: Hugo has none.
const hugoLayout = `<!doctype html><title>{{ .Title }}</title><meta name="description" content="{{ .Description }}"><h1>{{ .Title }}</h1><main>{{ .Content }}</main>
`

// folderOf returns the pages of a site that serves them as folders, other than the
// index.
func folderOf(index string) func(file string) string {
	return func(file string) string {
		dir, name := path.Split(strings.TrimSuffix(file, ".md"))
		if name == index {
			return dir + "index.html"
		}
		return dir + name + "/index.html"
	}
}

// lowerFolderOf is folderOf for sites with addresses in lowercase.
func lowerFolderOf(index string) func(file string) string {
	return func(file string) string { return folderOf(index)(strings.ToLower(file)) }
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
	"mkdocs": "install it with apt-get install mkdocs mkdocs-material, or pip install mkdocs-material",
	"hugo":   "install it with apt-get install hugo, or from https://gohugo.io/installation/",
}

// run builds a site in a folder, without a warning, and returns the time of the
// processor that it took.
func (s site) run(t *testing.T, dir string) time.Duration {
	t.Helper()
	program := s.command[0]
	if strings.Contains(program, "/") {
		program = filepath.Join(dir, filepath.FromSlash(program))
	}
	bin, err := exec.LookPath(program)
	if err != nil {
		t.Fatalf("%v; %s", err, install[program])
	}
	cmd := exec.Command(bin, s.command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "ASTRO_TELEMETRY_DISABLED=1", "NO_COLOR=1", "NO_UPDATE_NOTIFIER=1")
	cmd.Env = slices.DeleteFunc(cmd.Env, func(v string) bool { return strings.HasPrefix(v, "FORCE_COLOR=") }) // Node warns if both are set
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%.5000s", err, out)
	}
	if warnings := warning.FindAll(out, 5); warnings != nil {
		t.Errorf("%s has warnings:\n%s", s.name, bytes.Join(warnings, []byte("\n")))
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

var warning = regexp.MustCompile(`(?im)^.*(WARN|\(!\)).*$`)

func absolute(t *testing.T, name string) string {
	t.Helper()
	abs, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// folder returns a folder with the files of a site that are not its pages.
func (s site) folder(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: runs site builders")
	}
	dir := t.TempDir()
	if s.modules != "" {
		if err := os.Symlink(absolute(t, s.modules), filepath.Join(dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
	}
	if s.packages != "" {
		// A link to the packages would not do: Astro follows it.
		var err error
		if dir, err = os.MkdirTemp(npmtest.Install(t, s.packages), "site-"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
		})
		// Astro bundles the packages that it names.
		packages, err := os.ReadFile(filepath.Join(s.packages, "package.json"))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, "package.json"), packages)
	}
	for name, content := range s.config {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		writeFile(t, file, []byte(content))
	}
	return dir
}

// TestSites builds a site of each kind from real and hostile catalogs, as one
// page and as pages. Each page shows what GitHub shows of its Markdown, every
// code and alias has its anchor, and every link has a target.
func TestSites(t *testing.T) {
	builders := sites(t)
	interoptest.Report(t, "%d builders make sites of all %d hostile texts", len(builders), len(hostile))
	for _, s := range builders {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			dir := s.folder(t)
			all := siteCatalogs(t, s.flavor)
			all[everything] = withoutRelativeLinks(hostileCatalog(hostile))
			for name, c := range all {
				writeAll(t, filepath.Join(dir, s.pages, name), s.generate(t, c, false))
				if hasPages(name) {
					writeAll(t, filepath.Join(dir, s.pages, name+"-pages"), s.generate(t, c, true))
				}
			}
			for _, folder := range []string{"shop", "shop-pages"} { // a text links to it
				writeFile(t, filepath.Join(dir, s.pages, folder, "notes.md"), []byte("---\ntitle: Notes\nmdx:\n  format: md\n---\n\nNotes\n"))
			}
			s.run(t, dir)
			built := readSite(t, s, filepath.Join(dir, s.output))
			for name, c := range all {
				for _, f := range s.generate(t, c, false) {
					page := built.page(t, name+"/"+f.Path)
					s.checkText(t, name, page, c)
					checkIDs(t, name, page, c.Errors)
					built.checkLinks(t, name+"/"+f.Path)
				}
				if !hasPages(name) {
					continue
				}
				var pages []*builtPage
				for _, f := range s.generate(t, c, true) {
					if ext := path.Ext(f.Path); ext != ".md" && ext != ".mdx" {
						continue // the sidebar
					}
					page := built.page(t, name+"-pages/"+f.Path)
					if len(page.odd) > 0 {
						t.Errorf("%s of %s has %.10q", f.Path, name, page.odd)
					}
					built.checkLinks(t, name+"-pages/"+f.Path)
					pages = append(pages, page)
				}
				if len(pages) != 1+len(c.Errors) {
					t.Errorf("%s has %d pages for %d codes", name, len(pages), len(c.Errors))
				}
				s.checkHeads(t, name, pages, c)
			}
			if s.flavor == "vitepress" {
				sidebar := built.page(t, "hostile-pages/"+hostileCode(0)+".md").sidebar
				for _, e := range all["hostile"].Errors {
					if want := "/hostile-pages/" + e.Code + ".html"; sidebar[want] != withoutSpaces(prose.Line(e.Code+": "+prose.Clip(e.Title, 72))) {
						t.Errorf("the sidebar shows %q for %s, %q", sidebar[want], want, e.Title)
					}
				}
			}
		})
	}
}

// siteCatalogs are the catalogs of the site of a flavor, by the names of their
// folders. Each flavor has some of the hostile texts as pages, all flavors together
// have all.
func siteCatalogs(t *testing.T, flavor string) map[string]*catalog.Catalog {
	t.Helper()
	all := markdown.Flavors()
	texts := slices.Clone(hostileTitles)
	for i, s := range hostile {
		if i%len(all) == slices.Index(all, flavor) {
			texts = append(texts, s)
		}
	}
	if len(texts) < 30 {
		t.Errorf("only %d hostile pages", len(texts))
	}
	source, err := os.ReadFile("../../catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	source, _, _ = bytes.Cut(source, []byte("\noutputs:"))
	offline := withoutRelativeLinks(hostileCatalog(randomTexts(8, 16)))
	offline.NoHTTP = true
	return map[string]*catalog.Catalog{
		"smileid": load.Source(t, append(source, '\n')),
		"shop":    load.File(t, "testdata/shop.yaml").ForAudience(catalog.Public),
		"codes":   catalogs()["odd codes"],
		"numbers": catalogs()["integer codes"],
		"hostile": withoutRelativeLinks(hostileCatalog(texts)),
		"random":  offline,
	}
}

// hostileTitles are texts that sites would change in titles of pages, or that would
// end them.
var hostileTitles = []string{`</title><script>alert(1)</script>`, `"><script>alert(1)</script>`, `disk--full, "--force" ...`, `R&D &amp; AT&T &copy 'x'`, `{{.X}} {x} {% x %}`, `\\'}; throw 1; /' C:\x\`, `**a** _b_ <b>`}

// everything is the name of the catalog with all hostile texts.
const everything = "everything"

// hasPages reports whether the sites have a catalog also as pages: only make interop has
// those that are like others.
func hasPages(name string) bool {
	return interoptest.All || name != everything && name != "random" && name != "smileid"
}

// hostileCode is the code of an error of hostileCatalog.
func hostileCode(i int) string { return fmt.Sprintf("H%03d", i) }

// withoutRelativeLinks removes the links of a hostile catalog to pages that the site
// does not have.
func withoutRelativeLinks(c *catalog.Catalog) *catalog.Catalog {
	for _, e := range c.Errors {
		e.Links = e.Links[:1]
	}
	return c
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
	// title and description are what search engines show.
	title, description string
	// sidebar is what the links in the sidebar say, by their targets.
	sidebar map[string]string
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
		if e.IsDir() || filepath.Ext(file) != ".html" {
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
	page := &builtPage{ids: make(map[string]int), sidebar: make(map[string]string)}
	var text strings.Builder
	var walk func(n *html.Node, within bool)
	walk = func(n *html.Node, within bool) {
		if n.Type == html.ElementNode {
			if isElement("a", "class", "link")(n) {
				if href := attributeOf(n, "href"); page.sidebar[href] == "" {
					page.sidebar[href] = withoutSpaces(textOf(n))
				}
			}
			if id := attributeOf(n, "id"); id != "" {
				page.ids[id]++
			}
			switch {
			case n.Data == "title" && n.Parent.Data == "head":
				page.title = textOf(n)
			case n.Data == "meta" && attributeOf(n, "name") == "description":
				page.description = attributeOf(n, "content")
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

// textOf returns the text in an element.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	text := ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		text += textOf(c)
	}
	return text
}

// jsonEscapes undoes the escapes that some flavors need in examples of JSON.
var jsonEscapes = strings.NewReplacer(`\u007b`, "{", `\u003c`, "<", `\u0025`, "%")

// isOfTheSite reports whether the site has added an element.
func isOfTheSite(n *html.Node) bool {
	switch n.Data {
	case "header", "figcaption", "button", "svg", "link", "style", "script": // around titles and code
		return true
	}
	for _, class := range strings.Fields(attributeOf(n, "class")) {
		switch class {
		case "header-anchor", "headerlink", "hash-link", "sl-anchor-link", "copy", "lang":
			return true
		}
	}
	return false
}

var expectedElements = strings.Fields(`h1 h2 h3 h4 h5 h6 p a ul ol li em strong code pre span div figure table thead tbody tr th td br`)

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
	if isUntitled(s.flavor) { // the title is the theme's
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
	if s.flavor == "hugo" { // aliases have headings
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

// checkHeads compares what search engines show of the pages of codes with the catalog.
func (s site) checkHeads(t *testing.T, name string, pages []*builtPage, c *catalog.Catalog) {
	t.Helper()
	if s.flavor == "mdx" {
		return // has no front matter
	}
	shown := func(text string) string {
		if s.flavor == "starlight" {
			text = html.UnescapeString(text) // in titles; see enclosed
		}
		return withoutSpaces(sameMarks.Replace(text))
	}
	got := make(map[string]string)
	for _, page := range pages {
		got[shown(strings.TrimSuffix(strings.TrimSuffix(page.title, " | Site"), " - Site"))] = shown(page.description)
	}
	for _, e := range c.Errors {
		title := e.Code
		if words := prose.Line(e.Title); words != "" {
			title += ": " + words
		}
		description, ok := got[shown(title)]
		if want := shown(model.SummaryOfError(e)); !ok {
			t.Errorf("%s: no page has the title %q", name, title)
		} else if description != want {
			t.Errorf("%s: the description of %q is %q, want %q", name, title, description, want)
		}
	}
}

// sameMarks maps characters to the ones that some flavors have in titles and
// descriptions in their place.
var sameMarks = strings.NewReplacer("‹", "<", "›", ">", "(", "{", ")", "}", `"`, "'", "＆", "&", "＼", `\`)

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

// checkLinks follows the links of the page that was built from a file.
func (b *builtSite) checkLinks(t *testing.T, file string) {
	t.Helper()
	from := b.site.html(file)
	for _, link := range b.page(t, file).links {
		u, err := url.Parse(link)
		if err != nil || u.IsAbs() || u.Host != "" || strings.Contains(u.Path, "notes") {
			continue // elsewhere
		}
		target := from
		if u.Path != "" {
			base := url.URL{Path: "/" + from}
			target = strings.TrimPrefix(base.ResolveReference(u).Path, "/")
			if strings.HasSuffix(target, "/") || target == "" {
				target += "index.html"
			} else if b.pages[target] == nil && b.pages[target+"/index.html"] != nil {
				target += "/index.html"
			}
		}
		if ext := path.Ext(target); b.pages[target+".html"] != nil && (ext == ".mdx" || ext == ".md") {
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
