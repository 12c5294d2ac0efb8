package markdown_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/markdown"
)

// inject writes a catalog into a document.
func inject(t testing.TB, c *catalog.Catalog, document string, options markdown.Options) (string, error) {
	t.Helper()
	options.Inject = true
	made := generate(t, c, options)
	if len(made) != 1 || made[0].Inject == nil || made[0].Data != nil {
		t.Fatalf("%d files, the first with %q", len(made), made[0].Data)
	}
	out, err := made[0].Inject("README.md", []byte(document))
	return string(out), err
}

func mustInject(t testing.TB, c *catalog.Catalog, document string, options markdown.Options) string {
	t.Helper()
	out, err := inject(t, c, document, options)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// small is a catalog with a table of two rows.
func small() *catalog.Catalog {
	c := withTitles("One", "Two")
	c.Errors[1].Aliases = []catalog.Alias{{Code: "T2"}}
	return c
}

const (
	smallTable = "\n<!-- prettier-ignore-start -->\n\n| Code | Status | Title | Category |\n| --- | --- | --- | --- |\n" +
		"| H000 | 500 | One (internal) | One |\n| H001, T2 | 500 | Two (internal) | Two |\n\n<!-- prettier-ignore-end -->\n\n"
	begin, end = "<!-- errcat:begin table -->\n", "<!-- errcat:end -->"
)

func TestInjectKeepsEverythingElse(t *testing.T) {
	crlf := strings.NewReplacer("\n", "\r\n")
	for name, test := range map[string]struct{ document, want string }{
		"empty region":     {"a\n" + begin + end + "\nb\n", "a\n" + begin + smallTable + end + "\nb\n"},
		"old content":      {begin + "x\n\ny\n" + end, begin + smallTable + end},
		"no final newline": {"a" + "\n\n" + begin + end, "a\n\n" + begin + smallTable + end},
		"CRLF":             {crlf.Replace("a  \n" + begin + "x\n" + end + "\n\tb"), crlf.Replace("a  \n" + begin + smallTable + end + "\n\tb")},
		"CRLF elsewhere":   {"a\r\n" + begin + end + "\r\nb\r", "a\r\n" + begin + smallTable + end + "\r\nb\r"},
		"BOM":              {"\ufeff" + begin + end, "\ufeff" + begin + smallTable + end},
		"not UTF-8":        {"\xff\x00\n" + begin + "\xfe\n" + end + "\xff", "\xff\x00\n" + begin + "\xfe\n" + end + "\xff"},
		"indented":         {"  " + begin + "   " + end + "  \n", "  " + begin + smallTable + "   " + end + "  \n"},
		"spaces":           {"<!--errcat:begin\ttable  -->\n<!--  errcat:end-->", "<!--errcat:begin\ttable  -->\n" + smallTable + "<!--  errcat:end-->"},
		"MDX":              {"{/* errcat:begin table */}\n{/* errcat:end */}\n", "{/* errcat:begin table */}\n" + smallTable + "{/* errcat:end */}\n"},
		"other catalog":    {begin + end + "\n<!-- errcat:begin other table -->\nx\n" + end, begin + smallTable + end + "\n<!-- errcat:begin other table -->\nx\n" + end},
		"own name":         {"<!-- errcat:begin catalog table -->\n" + end, "<!-- errcat:begin catalog table -->\n" + smallTable + end},
		"details":          {"<details>\n" + begin + end + "\n</details>", "<details>\n" + begin + smallTable + end + "\n</details>"},
		"front matter":     {"---\nx: |\n  " + begin + "---\n" + begin + end, "---\nx: |\n  " + begin + "---\n" + begin + smallTable + end},
		"an example once the region is written": {
			begin + "<x>\n" + end + "\n<pre>\n<!-- errcat:begin sections -->\n" + end + "\n</pre>\n",
			begin + smallTable + end + "\n<pre>\n<!-- errcat:begin sections -->\n" + end + "\n</pre>\n",
		},
		"examples": {
			"```md\n" + begin + "```\n~~~\n" + end + "\n~~~\n\n    " + begin + "\n- ```md\n  " + begin + "  ```\n\n> " + begin + "\n`" + end + "`\n\n<pre>\n" + begin + "</pre>\n\n<!--\n" + begin + "-->\n" + begin + end,
			"```md\n" + begin + "```\n~~~\n" + end + "\n~~~\n\n    " + begin + "\n- ```md\n  " + begin + "  ```\n\n> " + begin + "\n`" + end + "`\n\n<pre>\n" + begin + "</pre>\n\n<!--\n" + begin + "-->\n" + begin + smallTable + end,
		},
	} {
		if name == "not UTF-8" {
			test.want = strings.Replace(test.document, "\xfe\n", smallTable, 1)
			test.document = strings.Replace(test.document, "\xfe\n"+end+"\xff", "\xfe\n"+end+"\n\xff", 1)
			test.want = strings.Replace(test.want, end+"\xff", end+"\n\xff", 1)
		}
		got := mustInject(t, small(), test.document, markdown.Options{Audience: catalog.Internal})
		if got != test.want {
			t.Errorf("%s: got\n%q, want\n%q", name, got, test.want)
		}
		if again := mustInject(t, small(), got, markdown.Options{Audience: catalog.Internal}); again != got {
			t.Errorf("%s: a second run makes\n%q of\n%q", name, again, got)
		}
	}
}

// TestInjectParts checks the headings, anchors and links of the parts.
func TestInjectParts(t *testing.T) {
	sections := "<!-- errcat:begin sections -->\n" + end + "\n"
	one := "<!-- errcat:begin code:H000 -->\n" + end + "\n"
	for name, test := range map[string]struct {
		document string
		options  markdown.Options
		has      []string
		hasNot   []string
	}{
		"sections below no heading":   {document: sections, has: []string{"\n## One\n", "\n### H000: One\n", `<a id="H001"></a><a id="T2"></a>`}},
		"sections below a heading":    {document: "# A\n\n## B\n\n" + sections, has: []string{"\n### One\n", "\n#### H000: One\n"}},
		"sections below an underline": {document: "A\n=\n\n" + sections, has: []string{"\n## One\n"}},
		"sections deep down":          {document: "###### A\n\n" + sections, has: []string{"\n###### One\n", "\n###### H000: One\n"}},
		"headings in code":            {document: "# A\n\n```sh\n## B\n```\n\n" + sections, has: []string{"\n## One\n"}},
		"headings of regions":         {document: "## A\n\n" + one + "\n<!-- errcat:begin code:H001 -->\n#### old\n" + end + "\n", has: []string{"\n### H000: One\n", "\n### H001: Two\n"}},
		"a heading that is there":     {document: "# One\n\n" + sections, has: []string{"\n## One (`group_0`)\n"}},
		"table alone":                 {document: begin + end, has: []string{"| H000 |"}},
		"table and sections":          {document: begin + end + "\n" + sections, has: []string{"| [H000](#H000) |", "| [H001](#H001), [T2](#T2) |"}},
		"table and a code":            {document: begin + end + "\n" + one, has: []string{"| [H000](#H000) |", "| H001, T2 |"}},
		"table and a page":            {document: begin + end, options: markdown.Options{Docs: "docs/errors.md"}, has: []string{"| [H000](docs/errors.md#H000) |"}},
		"table and pages":             {document: begin + end, options: markdown.Options{Docs: "https://x.example/{code}/"}, has: []string{"| [H001](https://x.example/H001/), [T2](https://x.example/H001/) |"}},
		"a code by an alias":          {document: "<!-- errcat:begin code:T2 -->\n" + end, has: []string{"## H001: Two"}, hasNot: []string{"H000"}},
		"MDX":                         {document: "{/* errcat:begin sections */}\n{/* errcat:end */}", options: markdown.Options{File: "errors.mdx"}, has: []string{`<a id="H000" />`}, hasNot: []string{"<!--"}},
		"Hugo":                        {document: sections, options: markdown.Options{Flavor: "hugo"}, has: []string{"### H000: One {#H000}", "#### T2 {#T2}"}},
		"public":                      {document: begin + end, options: markdown.Options{Audience: catalog.Public}, hasNot: []string{"H000", "prettier"}},
	} {
		if test.options.Audience == "" {
			test.options.Audience = catalog.Internal
		}
		got := mustInject(t, small(), test.document, test.options)
		for _, text := range test.has {
			if !strings.Contains(got, text) {
				t.Errorf("%s: there is no %q in\n%s", name, text, got)
			}
		}
		for _, text := range test.hasNot {
			if strings.Contains(got, text) {
				t.Errorf("%s: there is %q in\n%s", name, text, got)
			}
		}
	}
}

// TestInjectFindings checks the findings about markers and their locations.
func TestInjectFindings(t *testing.T) {
	for _, test := range []struct{ document, want string }{
		{"", "README.md marker-missing"},
		{"# x\n\n    " + begin, "README.md marker-missing"},
		{"<!-- errcat:begin other table -->\n" + end, "README.md marker-missing"},
		{begin, "README.md:1:1 marker-unclosed"},
		{"x\n" + end, "README.md:2:1 marker-unopened"},
		{end + "\n" + begin, "README.md:1:1 marker-unopened; README.md:2:1 marker-unclosed"},
		{begin + begin + end, "README.md:1:1 marker-unclosed; README.md:2:1 marker-nested"},
		{begin + end + "\n" + end, "README.md:3:1 marker-unopened"},
		{begin + "<!-- errcat:begin other table -->\n" + end + "\n" + end, "README.md:2:1 marker-nested"},
		{begin + end + "\n  " + begin + end, "README.md:3:3 marker-doubled"},
		{"<!-- errcat:begin sections -->\n" + end + "\n<!-- errcat:begin code:H000 -->\n" + end, "README.md:3:1 marker-doubled"},
		{"<!-- errcat:begin code:H000 -->\n" + end + "\n<!-- errcat:begin sections -->\n" + end, "README.md:3:1 marker-doubled"},
		{"<!-- errcat:begin code:T2 -->\n" + end + "\n<!-- errcat:begin code:H001 -->\n" + end, "README.md:3:1 marker-doubled"},
		{"<!-- errcat:begin tables -->\n" + end, "README.md:1:1 marker-unknown-part"},
		{"<!-- errcat:begin code:H007 -->\n" + end, "README.md:1:1 marker-unknown-code"},
		{"<!-- errcat:begin code: -->\n" + end, "README.md:1:1 marker-unknown-code"},
		{"<!-- errcat:begin -->\n" + end, "README.md:1:1 marker-invalid"},
		{"<!-- errcat:begin a b c -->\n" + end, "README.md:1:1 marker-invalid"},
		{"\ufeff<!-- errcat:start table -->\r\n", "README.md:1:1 marker-unknown"},
		{begin + "<!-- errcat:end table -->", "README.md:2:1 marker-invalid"},
	} {
		_, err := inject(t, small(), test.document, markdown.Options{Audience: catalog.Internal})
		var file *diag.FileError
		if !errors.As(err, &file) || file.File != "README.md" || string(file.Source) != test.document {
			t.Errorf("%q: %v", test.document, err)
			continue
		}
		var got []string
		for _, d := range file.Found {
			got = append(got, d.Pos.String()+" "+d.Rule.ID())
			if d.Help == "" || d.Severity != diag.Error {
				t.Errorf("%q: the finding %s has no help", test.document, d.Rule)
			}
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%q: %s, want %s", test.document, strings.Join(got, "; "), test.want)
		}
	}
	if _, err := inject(t, small().ForAudience(catalog.Public), "<!-- errcat:begin code:H000 -->\n"+end, markdown.Options{}); err == nil || strings.Contains(err.Error(), "One") {
		t.Errorf("an internal error: %v", err)
	}
}

func TestDocsOption(t *testing.T) {
	for value, ok := range map[string]bool{
		"docs/errors.md": true, "../x.md": true, "https://example.com/errors": true, "errors/{code}.md": true, "./": true,
		"": false, "javascript:x": false, "a b": false, "x#y": false, "ftp://x": false, `a\b`: false,
	} {
		option, _ := new(markdown.Options).Describe().Lookup("docs")
		if err := option.Set(value); (err == nil) != ok {
			t.Errorf("%q: %v", value, err)
		}
	}
}

// markers are pieces of documents with markers.
var markers = []string{
	begin, end + "\n", "<!-- errcat:begin sections -->\n", "<!-- errcat:begin code:H001 -->\n", "{/* errcat:begin hostile table */}\n", "{/* errcat:end */}\n",
	"```\n", "~~~md\n", "    ", "  ", "- ", "1. ", "> ", "# x\n", "x\n===\n", "---\n", "<pre>\n", "</pre>\n", "<!--\n", "-->\n", "<details>\n", "\n", "\r\n", "\r", "\ufeff", "text\n", "\t", "<!-- errcat:", "-->",
}

// hostileRegions is a catalog whose texts look like markers and their
// surroundings.
func hostileRegions() *catalog.Catalog {
	texts := []string{end, "\n" + end + "\n", "```\n" + end + "\n```", "\n\n" + begin, "-->\n" + end, "<pre>\n" + end, "````\n" + end}
	return hostileCatalog(texts)
}

// TestInjectHostile repeatedly injects texts that look like markers.
func TestInjectHostile(t *testing.T) {
	document := "# A\n\n" + begin + end + "\nmiddle\n<!-- errcat:begin sections -->\n" + end + "\nlast"
	for _, flavor := range markdown.Flavors() {
		for name, c := range map[string]*catalog.Catalog{"markers": hostileRegions(), "hostile": hostileCatalog(hostile)} {
			once := mustInject(t, c, document, markdown.Options{Flavor: flavor})
			if again := mustInject(t, c, once, markdown.Options{Flavor: flavor}); again != once {
				t.Errorf("%s, %s: a second run makes a different document", flavor, name)
			}
			if !strings.HasPrefix(once, "# A\n\n"+begin) || !strings.Contains(once, end+"\nmiddle\n<!--") || !strings.HasSuffix(once, end+"\nlast") {
				t.Errorf("%s, %s: more than the regions changed", flavor, name)
			}
			// Removing the output restores the document.
			empty := mustInject(t, &catalog.Catalog{Name: "hostile"}, once, markdown.Options{Flavor: flavor})
			if empty != document {
				t.Errorf("%s, %s: without errors, the document is\n%.500q", flavor, name, empty)
			}
		}
	}
}

func FuzzInject(f *testing.F) {
	for i := range markers {
		f.Add(markers[i]+begin+markers[(i*7+1)%len(markers)]+end+"\n"+markers[(i*5+2)%len(markers)], uint8(i))
		f.Add(begin+markers[i]+end+"\n"+markers[i]+"<!-- errcat:begin sections -->\n"+end, uint8(i))
	}
	f.Add("<!--errcat:begin table-->\n<n>\n<!--errcat:end-->\n<pre\n<!--errcat:begin sections-->\n<!--errcat:end-->", uint8(16))
	for i, s := range catalogtest.Seeds(20) {
		f.Add(s+"\n"+begin+s+"\n"+end+s+"\n<!-- errcat:begin sections -->\n"+end+s, uint8(i))
	}
	flavors := markdown.Flavors()
	c := hostileRegions()
	f.Fuzz(func(t *testing.T, document string, flavor uint8) {
		document = catalogtest.Pieces(document)
		options := markdown.Options{Flavor: flavors[int(flavor)%len(flavors)]}
		once, err := inject(t, c, document, options)
		if err != nil {
			var file *diag.FileError
			if !errors.As(err, &file) || len(file.Found) == 0 {
				t.Errorf("%v", err)
			}
			return
		}
		if again := mustInject(t, c, once, options); again != once {
			t.Errorf("a second run changes what %q became: %s", document, catalogtest.Difference(again, once))
		}
		// Nothing else is lost: without the regions, both are the same.
		empty := &catalog.Catalog{Name: c.Name}
		want, err := inject(t, empty, document, options)
		if err != nil {
			return // a region is for a code
		}
		if got := mustInject(t, empty, once, options); got != want {
			t.Errorf("outside of the regions of %q: %s", document, catalogtest.Difference(got, want))
		}
	})
}

// TestInjectTools runs the tools over a document with all parts.
func TestInjectTools(t *testing.T) {
	dir := t.TempDir()
	c := load.File(t, "testdata/shop.yaml")
	for _, flavor := range markdown.Flavors() {
		document, file := "# Shop\n\n"+begin+end+"\n\n## Codes\n\n<!-- errcat:begin sections -->\n"+end+"\n", flavor+".md"
		if flavor == "mdx" {
			document = strings.NewReplacer("<!--", "{/*", "-->", "*/}").Replace(document)
			file = "mdx.mdx"
		}
		writeFile(t, filepath.Join(dir, file), []byte(mustInject(t, c, document, markdown.Options{Flavor: flavor})))
	}
	if out, err := runTool(t, dir, "markdownlint-cli2", "*.md"); err != nil {
		t.Errorf("%v\n%.5000s", err, out)
	}
	if out, err := runTool(t, dir, "prettier", "--no-config", "--no-editorconfig", "--check", "."); err != nil {
		t.Errorf("%v\n%.5000s", err, out)
	}
}
