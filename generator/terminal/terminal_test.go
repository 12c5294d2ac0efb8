package terminal_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/prose"
	"github.com/errcat/errcat/generator/terminal"
)

// page returns the page of the first error of a catalog.
func page(t *testing.T, source string, style terminal.Style) string {
	t.Helper()
	c := load.Source(t, []byte(source))
	var b bytes.Buffer
	if err := terminal.WriteAnswer(&b, terminal.NewFinder(c).Find(c.Errors[0].Code)[0], style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestWrap wraps texts by their width on a terminal.
func TestWrap(t *testing.T) {
	for _, test := range []struct {
		name, text string
		columns    int
		want       []string
	}{
		{"words", "one two three four", 24, []string{"one two three four"}},
		{"words", "one two three four five", 24, []string{"one two three four", "five"}},
		{"an address", "see https://example.com/a/very/long/path now", 24, []string{"see", "https://example.com/a/very/long/path", "now"}},
		{"wide characters", "日本語のエラーです。とても長い", 22, []string{"日本語のエラーで", "す。とても長い"}},
		{"what closes and opens", "あいうえおかきく。けこ「さしすせ」そ", 20, []string{"あいうえおかき", "く。けこ「さしす", "せ」そ"}},
		{"wide and narrow", "ID は abc です。user_id", 20, []string{"ID は abc です。", "user_id"}},
		{"combining marks", strings.Repeat("e\u0301", 20) + " x", 26, []string{strings.Repeat("e\u0301", 20) + " x"}},
		{"syllables keep together", "한국어 오류 메시지입니다 다", 24, []string{"한국어 오류", "메시지입니다 다"}},
		{"emoji keep together", "🔥🔥🔥🔥🔥🔥 👨‍👩‍👧", 20, []string{"🔥🔥🔥🔥🔥🔥", "👨‍👩‍👧"}},
	} {
		source := "version: 1\ncatalog: {name: shop}\nerrors:\n  A: {http_status: 409, description: \"" + test.text + "\"}\n"
		_, rest, _ := strings.Cut(page(t, source, terminal.Style{Columns: test.columns}), "WHEN IT HAPPENS\n")
		text, _, _ := strings.Cut(rest, "\n\n")
		var got []string
		for line := range strings.SplitSeq(text, "\n") {
			got = append(got, strings.TrimPrefix(line, "    "))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}

// TestProseTable checks that the columns of a table in a text have the width of the terminal,
// in a list, too.
func TestProseTable(t *testing.T) {
	const source = `version: 1
catalog: {name: shop}
errors:
  A:
    http_status: 409
    description: |
      1. See https://example.com.

         | State | Meaning of the state |
         | ----: | -------------------- |
         | \x1b  | It \|was\| *paid*.    |
`
	for columns, want := range map[int]string{
		60: `
    1. See https://example.com.

       State  Meaning of the state
       -----  --------------------
        \x1b  It |was| paid.
`,
		28: `
    1. See
       https://example.com.

       State  Meaning of the
              state
       -----  --------------
        \x1b  It |was| paid.
`,
		20: `
    1. See
       https://example.com.

       State: \x1b
       Meaning of the
         state: It
         |was| paid.
`,
	} {
		_, rest, _ := strings.Cut(page(t, source, terminal.Style{Columns: columns}), "WHEN IT HAPPENS")
		got, _, _ := strings.Cut(rest, "\nEXAMPLE BODY")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d columns: -want +got:\n%s", columns, diff)
		}
	}
}

// TestPageWidth checks that lines of pages are not wider than the terminal,
// except for single long words.
func TestPageWidth(t *testing.T) {
	c := load.Source(t, catalogtest.YAML(200))
	for _, columns := range []int{40, 60, 80, 132} {
		for _, e := range c.Errors {
			var b bytes.Buffer
			if err := terminal.WriteAnswer(&b, terminal.Answer{Catalog: c, Error: e, Query: e.Code}, terminal.Style{Columns: columns}); err != nil {
				t.Fatal(err)
			}
			before, body, _ := strings.Cut(b.String(), "EXAMPLE BODY\n")
			_, after, _ := strings.Cut(body, "\n\n")
			for line := range strings.Lines(before + after) {
				line = strings.TrimSuffix(line, "\n")
				words := strings.Fields(line)
				if prose.Width(line) > columns && !slices.ContainsFunc(words, func(w string) bool { return len(w) > columns-20 }) {
					t.Errorf("%s: a line has more than %d columns:\n%s", e.Code, columns, line)
				}
				if strings.TrimRight(line, " ") != line {
					t.Errorf("%s: a line ends with spaces: %q", e.Code, line)
				}
			}
		}
	}
}

// TestMultiLineMessage checks that a message keeps its lines.
func TestMultiLineMessage(t *testing.T) {
	got := page(t, `
version: 1
catalog: {name: shop}
errors:
  A:
    http_status: 409
    title: A
    message: "first {x}\n  - second line, which is long\n\n\tthird {{brace}}\n"
    params: {x: string}
`, terminal.Style{Columns: 28})
	_, got, _ = strings.Cut(got, "MESSAGE\n")
	got, _, _ = strings.Cut(got, "\nPARAMS\n")
	want := `    first {x}
      - second line, which
      is long

        third {brace}
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestBold checks that headings are bold, and that nothing else changes.
func TestBold(t *testing.T) {
	c := load.Source(t, catalogtest.YAML(60))
	unmark := strings.NewReplacer("\x1b[0m", "", "\x1b[1m", "", "\x1b[4m", "")
	for _, e := range c.Errors {
		var plain, bold bytes.Buffer
		for b, style := range map[*bytes.Buffer]terminal.Style{&plain: {}, &bold: {Bold: true}} {
			if err := terminal.WriteAnswer(b, terminal.Answer{Catalog: c, Error: e}, style); err != nil {
				t.Fatal(err)
			}
			if err := terminal.WriteTable(b, only(c), entriesOf(c), style); err != nil {
				t.Fatal(err)
			}
		}
		if !strings.Contains(bold.String(), "\x1b[1m"+e.Code+": "+e.Title+"\x1b[0m\n") || !strings.Contains(bold.String(), "\x1b[1mMESSAGE\x1b[0m\n") {
			t.Errorf("headings are not bold:\n%q", bold.String())
		}
		if got := unmark.Replace(bold.String()); got != plain.String() {
			t.Errorf("-plain +bold:\n%s", cmp.Diff(plain.String(), got))
		}
	}
}

// TestTable checks that columns are aligned by their width on a terminal, and
// cut.
func TestTable(t *testing.T) {
	c := load.Source(t, []byte(`
version: 1
catalog: {name: shop}
categories: {orders_of_partners: {http_status: 409}}
errors:
  A_LONG_NAME_OF_AN_ERROR: {code: "1", category: orders_of_partners, title: 日本語のエラーです}
  B: {code: "22", category: orders_of_partners, title: "e\u0301te\u0301 is a summer\nof two lines"}
  C: {code: "333", category: orders_of_partners, audience: internal}
`))
	for _, test := range []struct {
		style terminal.Style
		want  string
	}{
		{terminal.Style{Columns: 40}, `CODE  STATUS  NAME                     CATEGORY            STATE     TITLE
1     409     A_LONG_NAME_OF_AN_ERROR  orders_of_partners            日本語のエラーです
22    409     B                        orders_of_partners            été is a summer of two lines
333   409     C                        orders_of_partners  internal  C
`},
		{terminal.Style{Columns: 82, Cut: true}, `CODE  STATUS  NAME                     CATEGORY            STATE     TITLE
1     409     A_LONG_NAME_OF_AN_ERROR  orders_of_partners            日本語のエラ…
22    409     B                        orders_of_partners            été is a sum…
333   409     C                        orders_of_partners  internal  C
`},
		{terminal.Style{Columns: 68, Cut: true}, `CODE  STATUS  NAME              CATEGORY      STATE     TITLE
1     409     A_LONG_NAME_OF_…  orders_of_p…            日本語のエ…
22    409     B                 orders_of_p…            été is a su…
333   409     C                 orders_of_p…  internal  C
`},
		{terminal.Style{Columns: 54, Cut: true}, `CODE  STATUS  NAME              STATE     TITLE
1     409     A_LONG_NAME_OF_…            日本語のエ…
22    409     B                           été is a su…
333   409     C                 internal  C
`},
		{terminal.Style{Columns: 40, Cut: true}, `CODE  STATUS  STATE     TITLE
1     409               日本語のエラー…
22    409               été is a summer…
333   409     internal  C
`},
	} {
		var b bytes.Buffer
		if err := terminal.WriteTable(&b, only(c), entriesOf(c), test.style); err != nil {
			t.Fatal(err)
		}
		want := strings.ReplaceAll(test.want, "é", "e\u0301")
		if diff := cmp.Diff(want, b.String()); diff != "" {
			t.Errorf("%+v: -want +got:\n%s", test.style, diff)
		}
		for line := range strings.SplitSeq(b.String(), "\n") {
			if w := prose.Width(line); test.style.Cut && w > test.style.Columns {
				t.Errorf("%+v: a row takes %d columns: %s", test.style, w, line)
			}
		}
	}
}

// TestFilter selects errors by each filter, and by several.
func TestFilter(t *testing.T) {
	c := load.Source(t, catalogtest.YAML(500))
	category, tag, owner := c.Categories[1].Name, "", ""
	for _, e := range c.Errors {
		if len(e.Tags) > 0 {
			tag, owner = e.Tags[0], e.Owner
		}
	}
	is := func(ok func(e *catalog.Error) bool) func(e *catalog.Error) bool { return ok }
	for _, test := range []struct {
		filter terminal.Filter
		want   func(e *catalog.Error) bool
	}{
		{terminal.Filter{}, is(func(*catalog.Error) bool { return true })},
		{terminal.Filter{Categories: []string{category}}, is(func(e *catalog.Error) bool { return e.Category.Name == category })},
		{terminal.Filter{Categories: []string{strings.ToUpper(category), c.Categories[0].Name}}, is(func(e *catalog.Error) bool { return e.Category == c.Categories[0] || e.Category == c.Categories[1] })},
		{terminal.Filter{Statuses: []string{"404"}}, is(func(e *catalog.Error) bool { return e.HTTPStatus == 404 })},
		{terminal.Filter{Statuses: []string{"404", "5XX"}}, is(func(e *catalog.Error) bool { return e.HTTPStatus == 404 || e.HTTPStatus >= 500 })},
		{terminal.Filter{Statuses: []string{"404-410"}}, is(func(e *catalog.Error) bool { return e.HTTPStatus >= 404 && e.HTTPStatus <= 410 })},
		{terminal.Filter{Tags: []string{tag}}, is(func(e *catalog.Error) bool { return slices.Contains(e.Tags, tag) })},
		{terminal.Filter{Owners: []string{owner}}, is(func(e *catalog.Error) bool { return e.Owner == owner })},
		{terminal.Filter{Audiences: []string{"internal"}}, is(func(e *catalog.Error) bool { return e.Audience == catalog.Internal })},
		{terminal.Filter{Lifecycles: []string{"active"}}, is(func(e *catalog.Error) bool { return e.Deprecated == nil && e.Retired == nil })},
		{terminal.Filter{Lifecycles: []string{"deprecated", "retired"}}, is(func(e *catalog.Error) bool { return e.Deprecated != nil || e.Retired != nil })},
		{terminal.Filter{Retries: []string{"safe"}, Severities: []string{"error"}}, is(func(e *catalog.Error) bool {
			return e.Retry == catalog.RetrySafe && e.Severity == catalog.SeverityError
		})},
	} {
		got, err := test.filter.Errors(c)
		if err != nil {
			t.Errorf("%+v: %v", test.filter, err)
			continue
		}
		var want []*catalog.Error
		for _, e := range c.Errors {
			if test.want(e) {
				want = append(want, e)
			}
		}
		if len(want) == 0 || !slices.Equal(errorsOf(got), want) {
			t.Errorf("%+v chooses %d errors, want %d", test.filter, len(got), len(want))
		}
	}
}

// TestFilterSearch checks all texts that are searched, and the limits of statuses.
func TestFilterSearch(t *testing.T) {
	c := load.Source(t, []byte(`
version: 1
catalog: {name: shop}
errors:
  NAME_1: {code: Code-2, aliases: [Alias-3], synonyms: [Synonym_4], former_names: [Former_4], http_status: 100, title: Title 5, message: Message 6, description: About *seven*, resolution: Do **eight**}
  OTHER: {http_status: 599}
`))
	for _, filter := range []terminal.Filter{
		{Searches: []string{"name_1"}}, {Searches: []string{"CODE-2"}}, {Searches: []string{"alias-3"}}, {Searches: []string{"former_4"}}, {Searches: []string{"synonym_4"}}, {Searches: []string{"title 5"}},
		{Searches: []string{"MESSAGE 6"}}, {Searches: []string{"Seven"}}, {Searches: []string{"eight"}}, {Searches: []string{"nothing", "name_1"}, Statuses: []string{"100"}},
		{Statuses: []string{"100"}}, {Statuses: []string{"1xx"}}, {Statuses: []string{"100-598"}},
	} {
		got, err := filter.Errors(c)
		if err != nil || len(got) != 1 || got[0].Name != "NAME_1" {
			t.Errorf("%+v chooses %v, %v", filter, got, err)
		}
	}
}

// TestFilterSearchOrder lists the best first, of several searches and catalogs.
func TestFilterSearchOrder(t *testing.T) {
	shop := load.Source(t, []byte("version: 1\ncatalog: {name: shop}\nerrors:\n  A: {http_status: 409, title: Order closed, description: There is a card.}\n  B: {http_status: 409, title: Card lost}\n  C: {http_status: 500, title: Other}\n"))
	bank := load.Source(t, []byte("version: 1\ncatalog: {name: bank, http: false}\nerrors:\n  D: {title: Card}\n  E: {title: Lost}\n"))
	for _, test := range []struct {
		filter terminal.Filter
		want   string
	}{
		{terminal.Filter{Searches: []string{"card"}}, "D B A"},
		{terminal.Filter{Searches: []string{"card"}, Statuses: []string{"409"}}, "B A"},
		{terminal.Filter{Searches: []string{"card", "C"}}, "C D B A"},
		{terminal.Filter{Searches: []string{"code=E"}}, "E"},
		{terminal.Filter{Searches: []string{"xyzzy"}}, ""},
	} {
		found, err := test.filter.Errors(shop, bank)
		var names []string
		for _, e := range found {
			names = append(names, e.Name)
		}
		if got := strings.Join(names, " "); err != nil || got != test.want {
			t.Errorf("%+v chooses %s, want %s, %v", test.filter, got, test.want, err)
		}
	}
}

// TestFilterUnknown checks the suggestions for unknown values.
func TestFilterUnknown(t *testing.T) {
	c := load.Source(t, []byte(`
version: 1
catalog: {name: shop}
categories: {order: {http_status: 409}, Order_2: {http_status: 409}}
errors:
  A: {category: order, tags: [cards, "a, b"], owner: "Team \u202eA"}
  B: {category: Order_2}
`))
	for _, test := range []struct {
		filter terminal.Filter
		want   string
	}{
		{terminal.Filter{Categories: []string{"oder"}}, "--category oder: the catalog has no such category; did you mean order?"},
		{terminal.Filter{Categories: []string{""}}, "--category : the catalog has no such category; it has Order_2, order"},
		{terminal.Filter{Tags: []string{"card"}}, "--tag card: the catalog has no such tag; did you mean cards?"},
		{terminal.Filter{Tags: []string{"a, b"}}, ""},
		{terminal.Filter{Owners: []string{"nobody"}}, "--owner nobody: the catalog has no such owner; it has Team \u202eA"},
		{terminal.Filter{Statuses: []string{"40"}}, "--status 40: must be a status such as 404, a class such as 4xx or a range such as 400-499"},
		{terminal.Filter{Statuses: []string{"xx"}}, "--status xx: must be a status such as 404, a class such as 4xx or a range such as 400-499"},
		{terminal.Filter{Statuses: []string{"+40"}}, "--status +40: must be a status such as 404, a class such as 4xx or a range such as 400-499"},
		{terminal.Filter{Statuses: []string{"600"}}, "--status 600: must be a status such as 404, a class such as 4xx or a range such as 400-499"},
		{terminal.Filter{Statuses: []string{"0404"}}, "--status 0404: must be a status such as 404, a class such as 4xx or a range such as 400-499"},
		{terminal.Filter{Statuses: []string{"410-404"}}, "--status 410-404: the range is reversed; did you mean 404-410?"},
	} {
		_, err := test.filter.Errors(c)
		if got := fmt.Sprint(err); got != test.want && (test.want != "" || err != nil) {
			t.Errorf("%+v: %q, want %q", test.filter, got, test.want)
		}
	}
}

// TestFilterUnknownOfMany checks that at most ten values are listed.
func TestFilterUnknownOfMany(t *testing.T) {
	for owners, want := range map[string]string{
		"abcdefghij":  "it has a, b, c, d, e, f, g, h, i, j",
		"abcdefghijk": "it has a, b, c, d, e, f, g, h, i, j and others",
		"":            "it has none",
	} {
		c := &catalog.Catalog{}
		for _, owner := range owners {
			c.Errors = append(c.Errors, &catalog.Error{Owner: string(owner)})
		}
		_, err := terminal.Filter{Owners: []string{"nobody"}}.Errors(c)
		if want := "--owner nobody: the catalog has no such owner; " + want; fmt.Sprint(err) != want {
			t.Errorf("%q: %v, want %s", owners, err, want)
		}
	}
}

// The output about a catalog without HTTP has nothing about HTTP.
func TestNoHTTP(t *testing.T) {
	const source = `
version: 1
catalog: {name: db, http: false}
categories: {lock: {}}
errors:
  LOCKED: {code: "404", category: lock, message: The table is locked}
  BROKEN: {code: "11", category: lock, audience: internal}
`
	c := load.Source(t, []byte(source))
	wantPage := `404: The table is locked
LOCKED, Lock

DETAILS
    Retry          no, the same request would fail again
    Name           LOCKED
    Severity       error
    Audience       public
    Category       Lock (lock)
    In Go          db.Locked
    In TypeScript  LOCKED
    Declared in    catalog.yaml:6

RELATED
    11: Broken
`
	if diff := cmp.Diff(wantPage, page(t, source, terminal.Style{Columns: 80})); diff != "" {
		t.Errorf("the page: -want +got:\n%s", diff)
	}
	var table, csv bytes.Buffer
	if err := terminal.WriteTable(&table, only(c), entriesOf(c), terminal.Style{Columns: 80}); err != nil {
		t.Fatal(err)
	}
	wantTable := `CODE  NAME    CATEGORY  STATE     TITLE
404   LOCKED  lock                The table is locked
11    BROKEN  lock      internal  Broken
`
	if diff := cmp.Diff(wantTable, table.String()); diff != "" {
		t.Errorf("the table: -want +got:\n%s", diff)
	}
	if err := terminal.WriteCSV(&csv, only(c), entriesOf(c)); err != nil {
		t.Fatal(err)
	}
	wantCSV := `code,name,category,title,message,aliases,synonyms,former_names,retry,retry_after,severity,audience,lifecycle,replaced_by,tags,owner,since,description,resolution
404,LOCKED,lock,The table is locked,The table is locked,,,,never,,error,public,active,,,,,,
11,BROKEN,lock,Broken,Broken,,,,never,,error,internal,active,,,,,,
`
	if diff := cmp.Diff(wantCSV, csv.String()); diff != "" {
		t.Errorf("the CSV: -want +got:\n%s", diff)
	}

	if errors, err := (terminal.Filter{Searches: []string{"broken"}}).Errors(c); err != nil || len(errors) != 1 {
		t.Errorf("the filter gives %v, %v", errors, err)
	}
	for _, status := range []string{"404", "4xx", "none"} {
		_, err := terminal.Filter{Statuses: []string{status}}.Errors(c)
		if want := "--status " + status + ": the catalog has no HTTP statuses, because it has http: false"; err == nil || err.Error() != want {
			t.Errorf("the filter fails with %v, want %s", err, want)
		}
	}
	// What looks like a status is not taken for one.
	if a := terminal.NewFinder(c).Find("409")[0]; a.Found() || strings.Contains(a.Hint, "HTTP") {
		t.Errorf("409 is explained as %+v", a)
	}
}
