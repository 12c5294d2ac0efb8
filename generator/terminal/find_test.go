package terminal_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/terminal"
)

// TestFind tries what is one error, several, or none. The tests of package search
// have what is found.
func TestFind(t *testing.T) {
	shop := load.Source(t, []byte(`
version: 1
catalog: {name: shop}
categories:
  stock: {http_status: 409, codes: "2000-2299"}
errors:
  WRONG_USER_ID:
    code: "2209"
    aliases: ["2249", X-9]
    synonyms: [ALIEN]
    former_names: [BAD_USER]
    category: stock
    title: Wrong user id
    message: The user {user_id} is not {who}
    params: {user_id: string, who: "string[]"}
  NOT_FOUND: {code: "2004", category: stock, title: Nothing there, message: There is nothing of that name}
  NOT_FOUND.USER: {code: "2026", category: stock, title: There is no such user}
  Closed: {code: "2210", category: stock, title: Closed now, description: The user closed it.}
  Closed_Again: {code: "2299", category: stock, title: Closed now}
reserved:
  - {code: "2211"}
  - {name: Old}
  - {codes: "9000-9999"}
`))
	bank := load.Source(t, []byte(`
version: 1
catalog: {name: bank, http: false}
errors:
  LIMIT: {code: "7", title: Over the limit}
  NOT_FOUND: {code: "22", title: No such account}
reserved:
  - {name: Old}
`))
	one, both := terminal.NewFinder(shop), terminal.NewFinder(shop, bank)
	for _, test := range []struct {
		finder      *terminal.Finder
		query, want string
	}{
		// One error.
		{one, " 2209\n", "WRONG_USER_ID"},
		{one, "2249", "WRONG_USER_ID as 2249"},
		{one, "(#x-9)", "WRONG_USER_ID as X-9"},
		{one, "bad-user", "WRONG_USER_ID as BAD_USER"},
		{one, "alien", "WRONG_USER_ID as ALIEN"},
		{one, "2209: The user 2210 is not 2026", "WRONG_USER_ID"},
		{one, "oops, the user 42 is not the owner, sorry", "WRONG_USER_ID"},
		{one, "nothing of that name", "NOT_FOUND"},
		{one, "wrong user", "WRONG_USER_ID"},
		{one, "closed", "Closed"},
		// Several.
		{one, "2209 and 2210", "one of WRONG_USER_ID Closed"},
		{one, "closed now", "one of Closed Closed_Again"},
		{one, "clos", "one of Closed Closed_Again"},
		{one, "221", "Closed"},
		{one, "22", "one of WRONG_USER_ID Closed Closed_Again"},
		// Reserved.
		{one, "2211", "reserved 2211"},
		{one, "old", "reserved Old"},
		{one, "code=9042", "reserved 9042"},
		// None, with similar ones and with hints.
		{one, "2218", "like Closed, It is in the code range of the category stock (2000-2299). "},
		{one, "WRONG_USER_DI", "like WRONG_USER_ID"},
		{one, "wrnog id of user", "like WRONG_USER_ID"},
		{one, "STOCK", "one of WRONG_USER_ID NOT_FOUND NOT_FOUND.USER Closed Closed_Again, It is a category: --category stock"},
		{one, "409", "one of WRONG_USER_ID NOT_FOUND NOT_FOUND.USER Closed Closed_Again, It is an HTTP status: --status 409"},
		{one, "4xx", "none, It is an HTTP status: --status 4xx"},
		{one, "5xx", "none"},
		{one, "2100", "none, It is in the code range of the category stock (2000-2299). "},
		{one, "xyzzy", "none"},
		{one, "", "none"},
		{one, "\xff\xfe\x1b[31m", "none"},
		// Of several catalogs.
		{both, "2209", "WRONG_USER_ID"},
		{both, "NOT_FOUND", "NOT_FOUND, NOT_FOUND"},
		{both, "22", "NOT_FOUND"},
		{both, "7", "LIMIT"},
		{both, "old", "reserved Old, reserved Old"},
		{both, "code=2209 code=22", "WRONG_USER_ID, NOT_FOUND"},
	} {
		answers := test.finder.Find(test.query)
		var got []string
		for _, a := range answers {
			got = append(got, shown(a, test.finder == both))
			if a.Catalog == nil || a.Query != strings.TrimSpace(test.query) {
				t.Errorf("%q: the query is %q of %v", test.query, a.Query, a.Catalog)
			}
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%q is %q, want %q", test.query, got, test.want)
		}
	}
}

// shown returns an answer as a string.
func shown(a terminal.Answer, several bool) string {
	names := func(entries []terminal.Entry) string {
		var names []string
		for _, e := range entries {
			name := e.Name
			if several {
				name = e.Catalog.Name + "/" + name
			}
			names = append(names, name)
		}
		return strings.Join(names, " ")
	}
	text := "none"
	switch {
	case a.Error != nil && a.Alias+a.Synonym+a.FormerName != "":
		return a.Error.Name + " as " + a.Alias + a.Synonym + a.FormerName
	case a.Error != nil:
		return a.Error.Name
	case a.Reserved != nil:
		return "reserved " + a.Word
	case a.Candidates != nil:
		text = "one of " + names(a.Candidates)
	case a.Suggestions != nil:
		text = "like " + names(a.Suggestions)
	}
	if a.Hint != "" {
		text += ", " + a.Hint + " " + a.Filter
	}
	return text
}

func BenchmarkFind(b *testing.B) {
	c := load.Source(b, catalogtest.YAML(10_000))
	for _, bench := range []struct{ name, query string }{
		{"code", c.Errors[9_000].Code},
		{"part", "nothing of that kind"},
		{"text", "time=2026-10-01T12:00:00Z level=ERROR msg=failed err.code=" + c.Errors[9_000].Code},
		{"mistyped", c.Errors[9_000].Name + "X"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				terminal.NewFinder(c).Find(bench.query)
			}
		})
	}
}
