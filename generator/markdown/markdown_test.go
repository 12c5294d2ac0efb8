package markdown_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/interoptest"
	"github.com/errcat/errcat/generator/markdown"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		golden  string
		options markdown.Options
	}{
		{"db.md", markdown.Options{}},
		{"errors.md", markdown.Options{}},
		{"internal.md", markdown.Options{Audience: catalog.Internal}},
		{"mdx.mdx", markdown.Options{Flavor: "mdx"}},
		{"vitepress.md", markdown.Options{Flavor: "vitepress"}},
		{"mkdocs.md", markdown.Options{Flavor: "mkdocs"}},
		{"hugo.md", markdown.Options{Flavor: "hugo"}},
		{"docusaurus.md", markdown.Options{Flavor: "docusaurus"}},
		{"starlight.md", markdown.Options{Flavor: "starlight", FrontMatter: `{"template": "doc", "editUrl": null, "banner": {"content": "a\nb"}}`}},
		{"pages/README.md", markdown.Options{Pages: true}},
		{"pages/1000.md", markdown.Options{Pages: true}},
		{"pages/1003.md", markdown.Options{Pages: true}},
		{"hugo-pages/_index.md", markdown.Options{Pages: true, Flavor: "hugo"}},
		{"hugo-pages/1000.md", markdown.Options{Pages: true, Flavor: "hugo"}},
		{"docusaurus-pages/_category_.yml", markdown.Options{Pages: true, Flavor: "docusaurus"}},
		{"docusaurus-pages/1000.md", markdown.Options{Pages: true, Flavor: "docusaurus"}},
		{"starlight-pages/index.md", markdown.Options{Pages: true, Flavor: "starlight"}},
		{"starlight-pages/1000.md", markdown.Options{Pages: true, Flavor: "starlight"}},
		{"vitepress-pages/sidebar.mjs", markdown.Options{Pages: true, Flavor: "vitepress"}},
	} {
		source := "testdata/shop.yaml"
		if test.golden == "db.md" {
			source = "testdata/db.yaml"
		}
		c := load.File(t, source)
		made := generate(t, c, test.options)
		page := made[0].Data
		if test.options.Pages {
			page = dataOf(t, made, filepath.Base(test.golden))
		} else if test.options.Flavor == "" {
			checkPage(t, c.ForAudience(test.options.Audience), page)
		}
		golden := filepath.Join("testdata", filepath.FromSlash(test.golden))
		if *update {
			if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
				t.Fatal(err)
			}
			writeFile(t, golden, page)
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(page)); diff != "" {
			t.Errorf("%s differs; run the test with -update if that is right (-want +got):\n%s", golden, diff)
		}
	}
}

// The documentation of a catalog without HTTP says nothing about HTTP.
func TestNoHTTP(t *testing.T) {
	c := load.File(t, "testdata/db.yaml")
	check := func(what, text string) {
		for _, word := range []string{"HTTP", "Status", "status", model.HeadingExample, "json", "about:blank", "409", "500"} {
			if strings.Contains(text, word) {
				t.Errorf("%s has %q:\n%s", what, word, text)
			}
		}
		if !strings.Contains(text, "| Code | Title |") {
			t.Errorf("%s has no table without statuses:\n%s", what, text)
		}
	}
	for _, flavor := range markdown.Flavors() {
		for _, pages := range []bool{false, true} {
			var text strings.Builder
			for _, f := range generate(t, c, markdown.Options{Flavor: flavor, Pages: pages, Audience: catalog.Internal}) {
				text.Write(f.Data)
			}
			check(fmt.Sprintf("%s, pages %t,", flavor, pages), strings.ReplaceAll(text.String(), "| Category |", "|"))
		}
	}
	document := "<!-- errcat:begin table -->\n<!-- errcat:end -->\n<!-- errcat:begin code:BUSY -->\n<!-- errcat:end -->\n"
	check("the document", strings.ReplaceAll(mustInject(t, c, document, markdown.Options{}), "| Category |", "|"))
}

// TestNoCategories makes documents of a catalog without categories, which do not speak
// of any.
func TestNoCategories(t *testing.T) {
	c := load.File(t, "testdata/db.yaml")
	none := load.Source(t, []byte("version: 1\ncatalog: {name: none}\nerrors: {A: {http_status: 404}, B: {http_status: 409}}\n"))
	mentions := func(c *catalog.Catalog, opt markdown.Options) bool {
		var text strings.Builder
		for _, f := range generate(t, c, opt) {
			text.Write(f.Data)
		}
		return strings.Contains(strings.ToLower(strings.ReplaceAll(text.String(), "category-uncategorized", "")), "categor")
	}
	for _, flavor := range markdown.Flavors() {
		for _, pages := range []bool{false, true} {
			opt := markdown.Options{Flavor: flavor, Pages: pages}
			if !mentions(c, opt) || mentions(none, opt) {
				t.Errorf("%+v: categories are mentioned: %v with some, %v without", opt, mentions(c, opt), mentions(none, opt))
			}
		}
	}
}

// dataOf returns the content of a file.
func dataOf(t *testing.T, all files.Files, name string) []byte {
	t.Helper()
	for _, f := range all {
		if f.Path == name {
			return f.Data
		}
	}
	t.Fatalf("there is no file %s", name)
	return nil
}

// TestInternalErrorsAreNotPublic looks for an internal error in all public
// output.
func TestInternalErrorsAreNotPublic(t *testing.T) {
	c := load.File(t, "testdata/shop.yaml")
	const document = "<!-- errcat:begin table -->\n<!-- errcat:end -->\n<!-- errcat:begin sections -->\n<!-- errcat:end -->\n"
	for _, audience := range []catalog.Audience{"", "nobody", catalog.Public} {
		for _, flavor := range markdown.Flavors() {
			options := markdown.Options{Audience: audience, Flavor: flavor}
			injected := mustInject(t, c, document, options)
			made := generate(t, c, options)
			options.Pages = true
			for _, f := range append(append(made, generate(t, c, options)...), files.File{Data: []byte(injected)}) {
				for _, secret := range []string{"5000", "Database down", "DATABASE_DOWN", "internal"} {
					if bytes.Contains(f.Data, []byte(secret)) || strings.Contains(f.Path, secret) {
						t.Errorf("audience %q, flavor %s: %s contains %s", audience, flavor, f.Path, secret)
					}
				}
			}
		}
	}
}

func TestConflict(t *testing.T) {
	for _, test := range []struct {
		options markdown.Options
		want    string
	}{
		{markdown.Options{Pages: true}, ""},
		{markdown.Options{Inject: true, Docs: "x.md"}, ""},
		{markdown.Options{Pages: true, Inject: true}, "pages"},
		{markdown.Options{Docs: "x.md"}, "docs"},
		{markdown.Options{Usage: "usage.json"}, "usage"},
		{markdown.Options{Usage: "usage.json", Audience: catalog.Internal}, ""},
		{markdown.Options{FrontMatter: `{"a": 1}`}, ""},
		{markdown.Options{FrontMatter: `{"a": 1}`, Inject: true}, "front_matter"},
	} {
		if got, err := test.options.Conflict(); got != test.want || (err == nil) != (got == "") {
			t.Errorf("%+v: %q, %v, want %q", test.options, got, err, test.want)
		}
	}
}

// TestPageNames checks the names of pages: the codes, except for characters and
// names that sites or file systems treat specially.
func TestPageNames(t *testing.T) {
	long := strings.Repeat("LONG_", 54)
	for _, test := range []struct{ flavor, codes, want string }{
		{"gfm", "2205 NOT_FOUND a.b-c", "2205 NOT_FOUND README a.b-c"},
		{"mdx", "x", "index x"},
		{"hugo", "2205 NOT_FOUND a.b", "2205 _index a~2eb not_found"},
		{"docusaurus", "1-A _x a/b", "1-A _category_ a~2Fb index ~5Fx"},
		{"starlight", "NOT_FOUND a.b a/b a-2fb _x con", "-5fx -63on a-2eb a-2fb-4b3dd56b a-2fb index not_found"},
		{"vitepress", "sidebar x", "index sidebar sidebar x"},
		{"gfm", "a/b http://x", "README a~2Fb http~3A~2F~2Fx"},
		{"gfm", "Aa aA AA", "AA-58bb119c Aa README aA-af1c0809"},
		{"gfm", "readme index _index", "README index-1bc04b52 readme-711a6108 ~5Findex"},
		{"gfm", "con NUL com1.x", "README ~4eUL ~63om1.x ~63on"},
		{"gfm", "_x", "README ~5Fx"},
		{"gfm", long, long[:200] + "-639e8629 README"},
	} {
		made := generate(t, withCodesOnly(strings.Fields(test.codes)...), markdown.Options{Flavor: test.flavor, Pages: true})
		var names []string
		for _, f := range made {
			names = append(names, strings.TrimSuffix(f.Path, filepath.Ext(f.Path)))
			if err := files.CheckPath(f.Path); err != nil {
				t.Errorf("%s: %v", f.Path, err)
			}
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s, %.50s: the pages are %s, want %s", test.flavor, test.codes, got, test.want)
		}
	}
}

// withCodesOnly returns a catalog with errors of these codes and no aliases.
func withCodesOnly(codes ...string) *catalog.Catalog {
	c := withTitles(codes...)
	for i, e := range c.Errors {
		e.Code, e.Anchor, e.Audience = codes[i], codes[i], catalog.Public
	}
	return c
}

// TestOneMoreCode adds a code whose cells are longer than all others in the
// middle of a large catalog, and counts the lines that change.
func TestOneMoreCode(t *testing.T) {
	const most = 20
	const document = "# A\n\n<!-- errcat:begin table -->\n<!-- errcat:end -->\n"
	for _, flavor := range markdown.Flavors() {
		codes := 1000
		if flavor == "gfm" {
			codes = 10_000
		}
		before, after := oneMoreCode(t, codes)
		check := func(file string, old, data []byte, allowed int) {
			count := make(map[string]int)
			for line := range bytes.Lines(old) {
				count[string(line)]--
			}
			for line := range bytes.Lines(data) {
				count[string(line)]++
			}
			changed := 0
			for _, n := range count {
				changed += max(n, -n)
			}
			if changed > allowed {
				t.Errorf("flavor %s, %s: %d lines changed, at most %d may", flavor, file, changed, allowed)
			}
		}
		options := markdown.Options{Flavor: flavor}
		// The added section itself has more lines.
		check("errors", render(t, before, options), render(t, after, options), most+25)
		check("README", []byte(mustInject(t, before, document, options)), []byte(mustInject(t, after, document, options)), most)
		options.Pages = true
		old := make(map[string][]byte)
		for _, f := range generate(t, before, options) {
			old[f.Path] = f.Data
		}
		for _, f := range generate(t, after, options) {
			if data := old[f.Path]; data != nil && !bytes.Equal(data, f.Data) {
				check(f.Path, data, f.Data, most)
			}
		}
	}
}

// oneMoreCode returns a catalog of so many codes, and the same with one more in
// the middle.
func oneMoreCode(t *testing.T, codes int) (before, after *catalog.Catalog) {
	t.Helper()
	source := string(catalogtest.YAML(codes))
	before = load.Source(t, []byte(source))
	middle := before.Errors[len(before.Errors)/2]
	at := strings.Index(source, "\n  "+middle.Name+":")
	longest := strings.Repeat("LONG", 60)
	added := "\n  ONE_MORE_CODE:\n    code: " + longest + "\n    aliases: [A" + longest + "]\n    category: " + middle.Category.Name +
		"\n    http_status: 409\n    title: " + longest + "\n    message: One more"
	return before, load.Source(t, []byte(source[:at]+added+source[at:]))
}

func TestFile(t *testing.T) {
	c := load.File(t, "testdata/shop.yaml")
	for file, want := range map[string]string{"": "errors.md", "codes.md": "codes.md"} {
		files, err := markdown.Generate(c, markdown.Options{File: file})
		if err != nil {
			t.Fatal(err)
		}
		if len(files) != 1 || files[0].Path != want {
			t.Errorf("File %q makes %v, want only %s", file, files, want)
		}
		if header := "<!-- Code generated by errcat (catalog shop, target markdown). DO NOT EDIT. -->\n"; !bytes.HasPrefix(files[0].Data, []byte(header)) {
			t.Errorf("the page does not begin with its header")
		}
	}
}

func TestPages(t *testing.T) {
	for name, c := range catalogs() {
		t.Run(name, func(t *testing.T) {
			page := render(t, c, markdown.Options{Audience: catalog.Internal})
			checkPage(t, c, page)
			checkRows(t, page)
			if again := render(t, c, markdown.Options{Audience: catalog.Internal}); !bytes.Equal(again, page) {
				t.Error("a second run makes a different page")
			}
		})
	}
}

// TestTools runs Markdown tools over pages of all flavors: markdownlint has no
// findings with its defaults, and Prettier changes nothing, whatever its settings.
func TestTools(t *testing.T) {
	dir := t.TempDir()
	isSmall := func(name string) bool { return name == "nothing" || name == "empty groups" || name == "same titles" }
	count := 0
	for _, flavor := range markdown.Flavors() {
		all := siteCatalogs(t, flavor)
		for name, c := range catalogs() {
			// The tools need minutes for a title of 1 MiB.
			if isSmall(name) || interoptest.All && name != "a title of 1 MiB" {
				all[name] = c
			}
		}
		if flavor == "gfm" {
			all["hostile"] = hostileCatalog(hostile)
		}
		count = len(all)
		for name, c := range all {
			if (name == "smileid" || name == "random") && flavor != "gfm" && !interoptest.All {
				continue // their texts are like those of the others
			}
			options := markdown.Options{Audience: catalog.Internal, Flavor: flavor}
			below := filepath.Join(dir, flavor, strings.ReplaceAll(name, " ", "-"))
			if name != "hostile" || flavor == "gfm" || interoptest.All { // else only as pages
				writeAll(t, below, generate(t, c, options))
			}
			if name == "shop" {
				document := "# A\n\n<!-- errcat:begin table -->\n<!-- errcat:end -->\n\n## B\n\n<!-- errcat:begin sections -->\n<!-- errcat:end -->\n"
				if flavor == "mdx" {
					document = strings.NewReplacer("<!--", "{/*", "-->", "*/}").Replace(document)
				}
				writeFile(t, filepath.Join(below, "injected"+path.Ext(generate(t, c, options)[0].Path)), []byte(mustInject(t, c, document, options)))
			}
			if interoptest.All && len(c.Errors) < 100 || name == "hostile" && flavor != "gfm" || name == "shop" || name == "codes" || isSmall(name) {
				options.Pages = true
				options.FrontMatter = `{"a": "it's", "b": [1, {"c": "` + strings.Repeat("long ", 30) + `"}]}`
				writeAll(t, filepath.Join(below, "pages"), generate(t, c, options))
			}
		}
	}
	interoptest.Report(t, "markdownlint and Prettier find nothing in the pages of %d catalogs in each flavor", count)
	t.Run("markdownlint", func(t *testing.T) {
		t.Parallel()
		if out, err := runTool(t, dir, "markdownlint-cli2", "**/*.md", "**/*.mdx", "!mdx/shop/injected.mdx"); err != nil {
			t.Errorf("%v\n%.5000s", err, out)
		}
	})
	t.Run("prettier", func(t *testing.T) {
		t.Parallel()
		settings := []string{"--use-tabs", "--tab-width", "4", "--prose-wrap", "always", "--single-quote", "--no-bracket-spacing", "--no-semi"}
		if out, err := runTool(t, dir, "prettier", append(settings, "--no-config", "--no-editorconfig", "--check", ".")...); err != nil {
			t.Errorf("%v\n%.5000s", err, out)
		}
	})
}

// TestLintConfig checks that the page switches off only the rules of
// markdownlint that it has to break.
func TestLintConfig(t *testing.T) {
	page := render(t, load.File(t, "testdata/shop.yaml"), markdown.Options{})
	if config := `<!-- markdownlint-configure-file {"MD013":false,"MD033":{"allowed_elements":["a"]},"MD059":false} -->`; !bytes.Contains(page, []byte(config)) {
		t.Errorf("the page does not contain %s", config)
	}
	plain := load.Source(t, []byte("version: 1\ncatalog: {name: shop}\nerrors:\n  A: {http_status: 409, description: \"See [there](https://example.com), [here] and [in here](a.md).\"}\n"))
	if page := render(t, plain, markdown.Options{}); bytes.Contains(page, []byte("MD059")) {
		t.Error("links that say where they lead are not linted")
	}
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "errors.md"), append(page, "\n## Overview\n\n<b>x</b> https://example.com [x](#nowhere)\n\n* x\n\n\n```\nx\n```\n"...))
	out, err := runTool(t, dir, "markdownlint-cli2", "*.md")
	if err == nil {
		t.Error("markdownlint has no findings")
	}
	for _, rule := range []string{"MD004", "MD012", "MD024", "MD033", "MD034", "MD040", "MD051"} {
		if !strings.Contains(out, rule+"/") {
			t.Errorf("%s is switched off:\n%s", rule, out)
		}
	}
}

func runTool(t *testing.T, dir, tool string, args ...string) (string, error) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: runs npm packages")
	}
	bin, err := filepath.Abs(filepath.Join("..", "..", "node_modules", ".bin", tool))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(bin); err != nil {
		t.Fatalf("%v; npm ci installs what the tests need", err)
	}
	cmd := exec.Command(bin, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func render(t testing.TB, c *catalog.Catalog, options markdown.Options) []byte {
	t.Helper()
	return generate(t, c, options)[0].Data
}

func generate(t testing.TB, c *catalog.Catalog, options markdown.Options) files.Files {
	t.Helper()
	made, err := markdown.Generate(c, options)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// writeAll writes files into a new folder.
func writeAll(t *testing.T, dir string, all files.Files) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		writeFile(t, filepath.Join(dir, f.Path), f.Data)
	}
}

// catalogs are catalogs that are difficult to render.
func catalogs() map[string]*catalog.Catalog {
	long := strings.Repeat("LONG_", 54)[:270]
	all := map[string]*catalog.Catalog{
		"nothing": {Name: "nothing"},
		"hostile": hostileCatalog(hostile),
		"markup":  hostileCatalog(slices.DeleteFunc(slices.Clone(hostile), func(s string) bool { return !strings.ContainsAny(s, "<{") })),
		"odd codes": withCodes("a/b:c.d-e", "a.b", "01000", "0E000", "XX001", "_x", "x_", "a--b", "1.", "1-", "A", "aa", "Aa", "top", "L1", "http://x.y",
			"1-A", "2-A", "1-a", "index", "README", "readme", "con", "x.md", "x.html", "a/../b", "a..b", "a-b.c", "_index", "404", "sidebar.mjs", "tags", "2024-01-01-x", "aux.x", "_category_", "search", "index.md"),
		"long names":   withCodes(long, strings.ToLower(long), "0"),
		"same titles":  withTitles("Same", "Same", "group_3", "", "1: Same", "Overview", "Reserved codes", "H001: Same", "catalog", ""),
		"large":        withTitles("Large"),
		"many params":  withParams(10),
		"empty groups": {Name: "empty", Title: "Overview", Categories: []*catalog.Category{{Name: "a", Title: "Overview", Anchor: "category-a"}, {Name: "b", Title: " ", Anchor: "category-b"}}, Reserved: []catalog.Reserved{{Code: "1"}, {Name: "A"}, {Codes: []catalog.Range{{First: "007", Last: "009"}}, Reason: prose.Parse("*kept* | `a|b`")}}},
	}
	all["large"].Errors[0].Message.Segments[0].Text = strings.Repeat("0123456789abcde\n", 1<<16)
	all["a title of 1 MiB"] = withTitles(strings.Repeat("<b> |*", 1<<20/6))
	all["integer codes"] = withCodes("-32700", "0", "-1", "5", "-9007199254740991", "1", "9007199254740991", "-5")
	all["integer codes"].IntegerCodes = true
	all["no HTTP"] = hostileCatalog(hostile)
	all["no HTTP"].NoHTTP = true
	for i := range 4 {
		all[fmt.Sprintf("random %d", i)] = hostileCatalog(randomTexts(uint64(i), 16))
	}
	return all
}

// The page of a negative code has its name, and so has its anchor.
func TestNegativeCodes(t *testing.T) {
	c := catalogs()["integer codes"]
	for _, test := range []struct {
		flavor, index, file string
		parts               []string // of the index of pages, of the page, and of the single page
	}{
		{"", "README.md", "-32700.md", []string{"(-32700.md)", `<a id="-32700"></a>`, `<a id="-32700"></a>`}},
		{"mdx", "index.mdx", "-32700.mdx", []string{"(-32700.mdx)", `<a id="-32700" />`, `<a id="-32700" />`}},
		{"vitepress", "index.md", "-32700.md", []string{"(-32700.md)", `<a id="-32700"></a>`, `<a id="-32700"></a>`}},
		{"mkdocs", "index.md", "-32700.md", []string{"(-32700.md)", `<a id="-32700"></a>`, `<a id="-32700"></a>`}},
		{"hugo", "_index.md", "-32700.md", []string{"(./-32700/)", "-32700", "{#-32700}"}},
		{"docusaurus", "index.md", "-32700.md", []string{"(-32700.md)", `id: "-32700"`, "{#-32700}"}},
		{"starlight", "index.md", "-32700.md", []string{"(./-32700/)", `<a id="-32700"></a>`, `<a id="-32700"></a>`}},
	} {
		made := generate(t, c, markdown.Options{Flavor: test.flavor, Pages: true})
		single := generate(t, c, markdown.Options{Flavor: test.flavor})[0].Data
		for i, data := range [][]byte{dataOf(t, made, test.index), dataOf(t, made, test.file), single} {
			if !bytes.Contains(data, []byte(test.parts[i])) {
				t.Errorf("%s: no %s in\n%s", test.flavor, test.parts[i], data)
			}
		}
		if !bytes.Contains(single, []byte("(#-32700)")) {
			t.Errorf("%s: no link to #-32700 in\n%s", test.flavor, single)
		}
	}
}

// withCodes returns a catalog with errors of these codes; every third one is an
// alias.
func withCodes(codes ...string) *catalog.Catalog {
	cat := &catalog.Category{Name: "codes", Title: "Codes", Anchor: "category-codes"}
	c := &catalog.Catalog{Name: "codes", Title: "Odd codes", Categories: []*catalog.Category{cat}}
	for i, code := range codes {
		if i%3 == 2 {
			last := c.Errors[len(c.Errors)-1]
			last.Aliases = append(last.Aliases, catalog.Alias{Code: code})
			continue
		}
		e := &catalog.Error{
			Name: "N_" + code, Code: code, Anchor: code, Category: cat, HTTPStatus: 400, Title: "Of code " + code,
			Message:  catalog.Message{Segments: []catalog.Segment{{Text: code}}},
			Severity: catalog.SeverityError, Retry: catalog.RetryNever, Audience: catalog.Public,
			Description: prose.Parse("See [another](#" + codes[0] + ")."),
		}
		if i > 0 {
			e.Deprecated = &catalog.Lifecycle{ReplacedBy: c.Errors[0]}
		}
		c.Errors = append(c.Errors, e)
	}
	cat.Errors = c.Errors
	return c
}

// withTitles returns a catalog with errors and categories of these titles.
func withTitles(titles ...string) *catalog.Catalog {
	c := &catalog.Catalog{Name: "catalog", Title: titles[0]}
	for i, title := range titles {
		cat := &catalog.Category{Name: fmt.Sprintf("group_%d", i), Title: title, Anchor: fmt.Sprintf("category-group_%d", i)}
		code := fmt.Sprintf("H%03d", i)
		e := &catalog.Error{
			Name: code, Code: code, Anchor: code, Category: cat, HTTPStatus: 500, Title: title,
			Message:  catalog.Message{Segments: []catalog.Segment{{Text: "It failed."}}},
			Severity: catalog.SeverityError, Retry: catalog.RetrySafe, Audience: catalog.Internal,
		}
		cat.Errors = []*catalog.Error{e}
		c.Errors = append(c.Errors, e)
		c.Categories = append(c.Categories, cat)
	}
	return c
}

// withParams returns a catalog with an error of so many params.
func withParams(n int) *catalog.Catalog {
	c := withTitles("Params")
	e := c.Errors[0]
	e.Message.Segments = nil
	for i := range n {
		p := &catalog.Param{Name: fmt.Sprintf("param_%d", i), Type: catalog.Integer, Example: int64(i)}
		if i%2 == 0 {
			p.Description = prose.Parse(strings.Repeat("long ", i))
		}
		e.Params = append(e.Params, p)
		e.Message.Segments = append(e.Message.Segments, catalog.Segment{Text: "a "}, catalog.Segment{Param: p})
	}
	return c
}

func FuzzPage(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+13)%len(hostile)])
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = catalogtest.Pieces(a), catalogtest.Pieces(b)
		c := hostileCatalog([]string{a, b, a + b, a + " " + b, "*" + a + "* " + b, "- " + a + "\n- " + b})
		page := render(t, c, markdown.Options{})
		checkPage(t, c, page)
		checkRows(t, page)
	})
}

// TestAllocationsGrowLinearly checks that ten times as many errors take ten
// times the memory.
func TestAllocationsGrowLinearly(t *testing.T) {
	for name, options := range map[string]markdown.Options{"page": {}, "hugo": {Flavor: "hugo"}, "pages": {Pages: true}} {
		t.Run(name, func(t *testing.T) {
			catalogtest.GrowsLinearly(t, func(source []byte) func() {
				c := load.Source(t, source)
				return func() { generate(t, c, options) }
			})
		})
	}
}

func BenchmarkGenerate(b *testing.B) {
	for _, test := range []struct {
		name    string
		options markdown.Options
	}{
		{"page", markdown.Options{}},
		{"mkdocs", markdown.Options{Flavor: "mkdocs"}},
		{"pages", markdown.Options{Pages: true}},
	} {
		for _, codes := range []int{20, 1000, 10_000} {
			source := catalogtest.YAML(codes)
			b.Run(fmt.Sprintf("%s/codes=%d", test.name, codes), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					c := load.Source(b, source) // texts are parsed once per catalog
					b.StartTimer()
					generate(b, c, test.options)
				}
			})
		}
	}
}

func BenchmarkInject(b *testing.B) {
	for _, codes := range []int{20, 1000, 10_000} {
		c := load.Source(b, catalogtest.YAML(codes))
		document := "# A\n\n<!-- errcat:begin table -->\n<!-- errcat:end -->\n\n<!-- errcat:begin sections -->\n<!-- errcat:end -->\n"
		b.Run(fmt.Sprintf("codes=%d", codes), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				document = mustInject(b, c, document, markdown.Options{})
			}
		})
	}
}
