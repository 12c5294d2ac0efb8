package generator_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errcat/errcat/generator/catalog"
	htmlpage "github.com/errcat/errcat/generator/html"
	"github.com/errcat/errcat/generator/markdown"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/terminal"
)

// wordy has all that documents say about errors in words of their own.
const wordy = `
version: 1
catalog: {name: shop, fallback: FALLBACK}
categories:
  stock: {http_status: 409, title: The stock}
errors:
  FULL:
    code: "4090"
    aliases: ["4190", "4191"]
    former_names: [SOLD_OUT, GONE]
    category: stock
    title: Out of stock
    message: Only {left} left
    description: Somebody else was faster
    resolution: Order less
    params:
      left: {type: integer, description: How many there are, example: 3}
      token: {type: string, sensitive: true}
    links: [{title: Background, url: "https://example.com/stock"}]
    retry: after
    retry_after: 1h1m30s500ms
    severity: warning
    tags: [orders, stock]
    owner: team-shop
    since: "1.4"
    metadata: {runbook: "https://example.com/run", pager: storage}
  LATER: {code: "4091", category: stock, retry: after, deprecated: {since: "2.0", reason: It was renamed, replaced_by: FULL}}
  SAFE: {code: "4092", category: stock, retry: safe, deprecated: {}}
  OLD: {code: "4093", category: stock, retired: {since: "3.0", replaced_by: FULL}}
  OLDER: {code: "4094", category: stock, deprecated: {replaced_by: FULL}, retired: {}}
  SECRET: {code: "5001", category: stock, audience: internal}
  FALLBACK: {category: stock, http_status: 500, severity: critical}
reserved: [{code: "4099", reason: It was withdrawn}]
`

// TestWording compares what Markdown, the page and explain say about errors.
// They lay it out in their own ways, in the same words.
func TestWording(t *testing.T) {
	c := load(t, []byte(wordy))
	used := withUsage(t, c)
	withoutFallback := load(t, []byte(strings.Replace(wordy, ", fallback: FALLBACK", "", 1)))
	for _, test := range []struct {
		c              *catalog.Catalog
		code           string
		notices, facts []string
	}{
		{c, "4090", nil, []string{
			"HTTP status: 409 Conflict",
			"Retry: yes, the same request can be sent again after 1 hour 1 minute 30 seconds 500ms",
			"Name: FULL", "Aliases: 4190, 4191", "Former names: SOLD_OUT, GONE", "Severity: warning", "Owner: team-shop", "Tags: orders, stock",
			"Since: 1.4", "runbook: https://example.com/run", "pager: storage", "See also: Background",
		}},
		{c, "4091", []string{"Deprecated since 2.0. Use 4090 (Out of stock) instead. It was renamed"}, []string{
			"HTTP status: 409 Conflict", "Retry: yes, the same request can be sent again later", "Name: LATER",
		}},
		{c, "4092", []string{"Deprecated."}, []string{
			"HTTP status: 409 Conflict", "Retry: yes, the same request can be sent again", "Name: SAFE",
		}},
		{c, "4093", []string{"Retired since 3.0. This error is no longer sent. Use 4090 (Out of stock) instead."}, []string{
			"HTTP status: 409 Conflict", "Retry: no, the same request would fail again", "Name: OLD",
		}},
		{c, "4094", []string{"Retired. This error is no longer sent.", "Deprecated. Use 4090 (Out of stock) instead."}, []string{
			"HTTP status: 409 Conflict", "Retry: no, the same request would fail again", "Name: OLDER",
		}},
		{c, "5001", []string{"Internal. Clients never see this error; they see FALLBACK (Fallback) instead."}, []string{
			"HTTP status: 409 Conflict", "Retry: no, the same request would fail again", "Name: SECRET",
		}},
		{withoutFallback, "5001", []string{"Internal. Clients never see this error; they see one without a code instead."}, []string{
			"HTTP status: 409 Conflict", "Retry: no, the same request would fail again", "Name: SECRET",
		}},
		{used, "4090", nil, []string{
			"HTTP status: 409 Conflict",
			"Retry: yes, the same request can be sent again after 1 hour 1 minute 30 seconds 500ms",
			"Name: FULL", "Aliases: 4190, 4191", "Former names: SOLD_OUT, GONE", "Severity: warning", "Owner: team-shop", "Tags: orders, stock",
			"Since: 1.4", "runbook: https://example.com/run", "pager: storage", "See also: Background",
			"Raised in: orders/0.go, orders/1.go, orders/2.go, orders/3.go, orders/4.go, orders/5.go, orders/6.go, orders/7.go, orders/8.go, orders/9.go, and 2 more files",
			"Handled in: web/cart.ts",
		}},
		{used, "4092", []string{"Deprecated."}, []string{
			"HTTP status: 409 Conflict", "Retry: yes, the same request can be sent again", "Name: SAFE", "Raised in: nowhere",
		}},
		{used, "4093", []string{"Retired since 3.0. This error is no longer sent. Use 4090 (Out of stock) instead."}, []string{
			"HTTP status: 409 Conflict", "Retry: no, the same request would fail again", "Name: OLD",
		}},
		{used, "4091", []string{"Deprecated since 2.0. Use 4090 (Out of stock) instead. It was renamed"}, []string{
			"HTTP status: 409 Conflict", "Retry: yes, the same request can be sent again later", "Name: LATER", "May be raised: orders/any.go",
		}},
		{c, "FALLBACK", nil, []string{
			"HTTP status: 500 Internal Server Error", "Retry: no, the same request would fail again",
			"Fallback: sent for every error that is not in this catalog", "Severity: critical",
		}},
	} {
		section := markdownSection(t, test.c, test.code)
		if diff := cmp.Diff(test.notices, markdownNotices(section), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s, notices in Markdown (-want +got):\n%s", test.code, diff)
		}
		if diff := cmp.Diff(test.facts, markdownFacts(section)); diff != "" {
			t.Errorf("%s, facts in Markdown (-want +got):\n%s", test.code, diff)
		}
		entry := htmlEntry(t, test.c, test.code)
		if diff := cmp.Diff(test.notices, htmlNotices(entry), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s, notices of the page (-want +got):\n%s", test.code, diff)
		}
		// The status is in the row of the entry.
		if diff := cmp.Diff(test.facts[1:], htmlFacts(entry)); diff != "" {
			t.Errorf("%s, facts of the page (-want +got):\n%s", test.code, diff)
		}
		explained := explain(t, test.c, test.code)
		if diff := cmp.Diff(test.notices, explainedNotices(explained), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s, notices of explain (-want +got):\n%s", test.code, diff)
		}
		// It also shows the facts that the documents leave out, or have elsewhere.
		got := slices.DeleteFunc(explainedFacts(explained), func(fact string) bool { return !slices.Contains(test.facts, fact) })
		if diff := cmp.Diff(slices.DeleteFunc(test.facts, func(fact string) bool { return strings.HasPrefix(fact, "See also") }), got); diff != "" {
			t.Errorf("%s, facts of explain (-want +got):\n%s", test.code, diff)
		}
	}
}

// withUsage returns the catalog wordy with where programs use its errors.
func withUsage(t *testing.T, c *catalog.Catalog) *catalog.Catalog {
	places := func(files ...string) []catalog.UsagePlace {
		var places []catalog.UsagePlace
		for _, file := range files {
			places = append(places, catalog.UsagePlace{File: file, Line: 7, Function: "Create"})
		}
		return places
	}
	var many []string
	for i := range 12 {
		many = append(many, fmt.Sprintf("orders/%c.go", '0'+i))
	}
	c, err := c.WithUsage(&catalog.Usage{Version: catalog.UsageVersion, Packages: []catalog.UsagePackage{{Catalog: "shop", IsOwn: true, Errors: []catalog.UsageError{
		{Code: "4090", State: catalog.UsageRaised, Raised: places(many...), Handled: places("web/cart.ts")},
		{Code: "4091", State: catalog.UsageMaybe, MaybeRaised: places("orders/any.go")},
		{Code: "4092", State: catalog.UsageNever},
		{Code: "4093", State: catalog.UsageNever},
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestMessageThatRepeatsTheTitle checks that documents show a message only if it
// says more than the title.
func TestMessageThatRepeatsTheTitle(t *testing.T) {
	const source = "version: 1\ncatalog: {name: shop}\ncategories: {all: {http_status: 409}}\nerrors:\n"
	for _, test := range []struct {
		entry    string
		repeated bool
	}{
		{"", true},
		{"title: Sold out", true},
		{"message: Sold out", true},
		{"title: Sold out, message: sold out", true},
		{"title: Sold out, message: \"Sold\\nout \"", true},
		{"title: Sold out, message: It is sold out", false},
		{"message: \"Sold out:\\n- apples\"", false},
		{"message: \"{what} is sold out\", params: {what: string}", false},
	} {
		c := load(t, []byte(source+"  SOLD_OUT: {category: all, "+test.entry+"}\n"))
		for document, shown := range map[string]bool{
			"Markdown": strings.Contains(markdownSection(t, c, "SOLD_OUT"), "```text"),
			"the page": strings.Contains(htmlEntry(t, c, "SOLD_OUT"), `class="message"`),
			"explain":  strings.Contains(explain(t, c, "SOLD_OUT"), "\nMESSAGE\n"),
		} {
			if shown == test.repeated {
				t.Errorf("{%s}: %s shows the message: %t", test.entry, document, shown)
			}
		}
	}
}

// TestWordingOfParts looks for the headings and labels around the texts of the
// catalog.
func TestWordingOfParts(t *testing.T) {
	c := load(t, []byte(wordy))
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"Markdown": {plainMarkdown(markdownSection(t, c, "4090")), []string{
			"What to do: Order less", "| Param | Type | Description | Example | Sensitive |", "| token | string | | | never sent or logged |", "Example body:",
		}},
		"the page": {plainHTML(htmlEntry(t, c, "4090")), []string{
			"What to do Order less", "Param Description", "Example: 3", "Sensitive: never sent or logged", "Example body",
		}},
		"explain": {explain(t, c, "4090"), []string{
			"MESSAGE Only {left} left", "WHEN IT HAPPENS Somebody", "WHAT TO DO Order less", "PARAMS left (integer) How many there are Example: 3",
			"token (string) Sensitive: never sent or logged", "EXAMPLE BODY {", "DETAILS HTTP status", "SEE ALSO Background: https://example.com/stock",
		}},
		"the aliases in explain":  {explain(t, c, "4191"), []string{"4191 is an alias of this error; the code that is sent is 4090."}},
		"the former names":        {explain(t, c, "GONE"), []string{"GONE is a former name of this error."}},
		"reserved codes, written": {plainMarkdown(render(t, c, "markdown")), []string{"Reserved codes No error may use a reserved code or name.", "| Code or name | Reason |", "| 4099 | It was withdrawn |"}},
		"reserved codes, a page":  {plainHTML(render(t, c, "html")), []string{"Reserved codes No error may use a reserved code or name. Code or name Reason 4099 It was withdrawn"}},
		"reserved, explained":     {explain(t, c, "4099"), []string{"4099 is reserved No error may use a reserved code or name. REASON It was withdrawn DETAILS Declared in"}},
	} {
		text := strings.Join(strings.Fields(test.text), " ")
		for _, want := range test.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not have %q:\n%s", name, want, text)
			}
		}
	}
}

// render returns the Markdown or the page of a catalog for its own people.
func render(t *testing.T, c *catalog.Catalog, target string) string {
	t.Helper()
	made, err := markdown.Generate(c, markdown.Options{Audience: catalog.Internal})
	if target == "html" {
		made, err = htmlpage.Generate(c, htmlpage.Options{Audience: catalog.Internal})
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(made[0].Data)
}

func markdownSection(t *testing.T, c *catalog.Catalog, code string) string {
	t.Helper()
	_, section, ok := strings.Cut(render(t, c, "markdown"), "\n### "+code+": ")
	if !ok {
		t.Fatalf("Markdown has no section of %s", code)
	}
	section, _, _ = strings.Cut(section, "\n<a id")
	return section
}

// markdownNotices returns what is between the heading and the message or the
// example.
func markdownNotices(section string) []string {
	before, _, _ := strings.Cut(section, "```")
	before, _, _ = strings.Cut(before, model.HeadingExample)
	return paragraphs(plainMarkdown(before))[1:]
}

func markdownFacts(section string) []string {
	var facts []string
	for line := range strings.Lines(section) {
		if fact, ok := strings.CutPrefix(line, "- "); ok {
			facts = append(facts, strings.TrimSpace(plainMarkdown(fact)))
		}
	}
	return facts
}

var (
	markdownLink  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	markdownMarks = regexp.MustCompile("[*`<>]|(?m:^#+ )")
	htmlTag       = regexp.MustCompile(`<[^>]*>`)
)

// plainMarkdown returns Markdown without links, emphasis and code.
func plainMarkdown(s string) string {
	return markdownMarks.ReplaceAllString(markdownLink.ReplaceAllString(s, "$1"), "")
}

func htmlEntry(t *testing.T, c *catalog.Catalog, code string) string {
	t.Helper()
	_, entry, ok := strings.Cut(render(t, c, "html"), ` id="`+code+`"`)
	if !ok {
		t.Fatalf("the page has no entry of %s", code)
	}
	entry, _, _ = strings.Cut(entry, "</article>")
	return entry
}

func htmlNotices(entry string) []string { return matches(entry, `<div class="notice[^>]*>(.*?)</div>`) }

func htmlFacts(entry string) []string {
	_, facts, _ := strings.Cut(entry, `<dl class="facts">`)
	facts, _, _ = strings.Cut(facts, "</dl>")
	return matches(strings.ReplaceAll(facts, "</dt>", ":</dt>"), `<div>(.*?)</div>`)
}

// matches returns what a pattern captures, without markup.
func matches(s, pattern string) []string {
	var found []string
	for _, m := range regexp.MustCompile(`(?s)`+pattern).FindAllStringSubmatch(s, -1) {
		found = append(found, plainHTML(m[1]))
	}
	return found
}

// plainHTML returns HTML without its elements; those of blocks part words.
func plainHTML(s string) string {
	s = strings.NewReplacer("</dt>", " ", "</p>", " ", "</th>", " ", "</td>", " ", "</h2>", " ", "</h4>", " ").Replace(s)
	return strings.Join(strings.Fields(html.UnescapeString(htmlTag.ReplaceAllString(s, ""))), " ")
}

// explain returns the page of a code, in lines that are long enough for
// everything.
func explain(t *testing.T, c *catalog.Catalog, query string) string {
	t.Helper()
	var b bytes.Buffer
	if err := terminal.WriteAnswer(&b, terminal.NewFinder(c).Find(query)[0], terminal.Style{Columns: 1000}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// explainedNotices returns what is between the names and the first section.
// Reasons are indented.
func explainedNotices(text string) []string {
	before, _, _ := strings.Cut(text, "\nMESSAGE\n")
	before, _, _ = strings.Cut(before, "\nEXAMPLE BODY\n")
	return paragraphs(strings.ReplaceAll(before, "\n\n    ", " "))[1:]
}

func explainedFacts(text string) []string {
	_, details, _ := strings.Cut(text, "\nDETAILS\n")
	details, _, _ = strings.Cut(details, "\n\n")
	var facts []string
	for line := range strings.Lines(details) {
		label, value, _ := strings.Cut(strings.TrimSpace(line), "  ")
		facts = append(facts, fmt.Sprintf("%s: %s", label, strings.TrimSpace(value)))
	}
	return facts
}

// paragraphs returns the paragraphs of a text.
func paragraphs(text string) []string {
	return strings.Split(strings.TrimSpace(text), "\n\n")
}
