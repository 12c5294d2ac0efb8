package markdown_test

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/markdown"
)

var (
	frontMatter  = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	headingID    = regexp.MustCompile(`(?m)^(#+ .*) \{(?:#[^ {}]*|id="[^"]*")\}$`)
	jsxComments  = regexp.MustCompile(`\{/\*.*?\*/\}`)
	asciiEscapes = regexp.MustCompile(`\\u00(?:7b|25|3c)`)
	markup       = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)
)

// isUntitled reports whether pages of a flavor have their title only in the front
// matter.
func isUntitled(flavor string) bool {
	return flavor == "hugo" || flavor == "docusaurus" || flavor == "starlight"
}

// withHTML converts Markdown as sites do: with the HTML in it.
var withHTML = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(goldmarkhtml.WithUnsafe()))

// shownText returns what a reader of a page sees, without white space. Pages of all
// flavors are CommonMark, apart from what is removed here.
func shownText(t *testing.T, flavor string, page []byte) string {
	t.Helper()
	title := ""
	if matter := frontMatter.Find(page); matter != nil {
		var fields struct{ Title string }
		if err := yaml.Unmarshal(matter, &fields); err != nil {
			t.Fatalf("%s: %v\n%s", flavor, err, matter)
		}
		page = page[len(matter):]
		if isUntitled(flavor) {
			title = fields.Title
		}
	}
	switch flavor {
	case "hugo", "docusaurus":
		page = headingID.ReplaceAll(page, []byte("$1"))
	case "mdx":
		page = jsxComments.ReplaceAll(page, nil)
	}
	// In some flavors, braces in JSON would be a macro.
	page = asciiEscapes.ReplaceAllFunc(page, func(escape []byte) []byte {
		var text string
		if json.Unmarshal([]byte(`"`+string(escape)+`"`), &text) != nil {
			return escape
		}
		return []byte(text)
	})
	var b bytes.Buffer
	if err := withHTML.Convert(page, &b); err != nil {
		t.Fatal(err)
	}
	text := html.UnescapeString(markup.ReplaceAllString(b.String(), " "))
	return sameTitle.Replace(strings.Join(strings.Fields(title+text), ""))
}

// sameTitle maps what titles in a front matter have in place of other characters.
var sameTitle = strings.NewReplacer("‹", "<", "＼", `\`)

// FuzzFlavors renders a catalog in every flavor, as one page and as a page per code.
// Readers of all of them see the same text as those of the default one, which
// FuzzPage compares with the catalog.
func FuzzFlavors(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+29)%len(hostile)])
	}
	for i, s := range randomTexts(7, 40) {
		f.Add(s, hostile[i])
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = catalogtest.Pieces(a), catalogtest.Pieces(b)
		c := hostileCatalog([]string{a, b, a + " " + b})
		want := shownText(t, "gfm", render(t, c, markdown.Options{}))
		for _, flavor := range markdown.Flavors()[1:] {
			got := shownText(t, flavor, render(t, c, markdown.Options{Flavor: flavor}))
			if got != want {
				t.Errorf("%s shows another text for %q and %q:\n%s", flavor, a, b, catalogtest.Difference(got, want))
			}
		}
	})
}
