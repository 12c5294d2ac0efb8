package terminal_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/terminal"
)

// load returns the catalog of a source that is valid.
func load(t testing.TB, source string) *catalog.Catalog {
	t.Helper()
	c, ds := catalog.Load("catalog.yaml", []byte(source))
	if c == nil {
		t.Fatal(ds)
	}
	return c
}

const lookedUp = `
version: 1
catalog: {name: shop}
categories:
  stock: {http_status: 409, codes: "2000-2299"}
errors:
  WRONG_USER_ID:
    code: "2209"
    aliases: ["2409", X-9]
    former_names: [BAD_USER]
    title: Wrong user id
    message: The user {user_id} is not {who}
    params: {user_id: string, who: string}
  NOT_FOUND: {code: "404", title: Nothing there, message: There is nothing of that name}
  NOT_FOUND.USER: {code: "2026", title: There is no such user}
  Closed: {code: "2210", title: Closed now}
  Closed_Again: {code: IST:0101/a, title: Closed now}
  Deleted: {code: "10", title: 日本語のエラー, identifiers: {go: GoneForEver, typescript: goneForTS}}
  Error: {code: E, title: It is an error, message: An error}
reserved:
  - {code: "2211"}
  - {name: Old}
  - {codes: "9000-9999"}
`

// TestFind asks for errors as people do.
func TestFind(t *testing.T) {
	source := strings.ReplaceAll(lookedUp, "{code:", "{category: stock, code:")
	source = strings.ReplaceAll(source, "    code:", "    category: stock\n    code:")
	source = strings.ReplaceAll(source, "- {category: stock, code:", "- {code:")
	f := terminal.NewFinder(load(t, source))
	for _, test := range []struct{ query, want string }{
		// A code, an alias, a name, a former name.
		{"2209", "WRONG_USER_ID"},
		{" 2209\n", "WRONG_USER_ID"},
		{"2409", "WRONG_USER_ID as 2409"},
		{"x-9", "WRONG_USER_ID as X-9"},
		{"IST:0101/a", "Closed_Again"},
		{"WRONG_USER_ID", "WRONG_USER_ID"},
		{"BAD_USER", "WRONG_USER_ID as BAD_USER"},
		{"bad-user", "WRONG_USER_ID as BAD_USER"},
		{"NOT_FOUND", "NOT_FOUND"},
		{"not_found", "NOT_FOUND"},
		{"not found user", "NOT_FOUND.USER"},
		{"e", "Error"},
		{`"2209",`, "WRONG_USER_ID"},
		{"(2209)", "WRONG_USER_ID"},
		{"#2409", "WRONG_USER_ID as 2409"},
		// Identifiers.
		{"WrongUserID", "WRONG_USER_ID"},
		{"wronguserid", "WRONG_USER_ID"},
		{"WrongUserIDError", "WRONG_USER_ID"},
		{"NewWrongUserID", "WRONG_USER_ID"},
		{"BadUser", "WRONG_USER_ID"},
		{"NewBadUser", "WRONG_USER_ID"},
		{"shop.WrongUserID", "WRONG_USER_ID"},
		{"&shop.WrongUserIDError{UserID:\"42\"}", "WRONG_USER_ID"},
		{"GoneForEver", "Deleted"},
		{"goneForTS", "Deleted"},
		// Titles, messages and parts.
		{"Nothing there", "NOT_FOUND"},
		{"nothing of that name", "NOT_FOUND"},
		{"wrong", "WRONG_USER_ID"},
		{"such user", "NOT_FOUND.USER"},
		{"wrong-user", "WRONG_USER_ID"},
		{"日本", "Deleted"},
		{"ist", "Closed_Again"},
		{"The user {user_id} is not {who}", "WRONG_USER_ID"},
		{"closed now", "one of Closed Closed_Again"},
		{"closed", "Closed"},
		{"clos", "one of Closed Closed_Again"},
		{"user", "one of WRONG_USER_ID NOT_FOUND.USER"},
		{"22", "one of WRONG_USER_ID Closed"},
		{"new", ""},
		// Texts.
		{"error 2209", "WRONG_USER_ID"},
		{"2209: The user 42 is not X", "WRONG_USER_ID"},
		{"request failed: 2209: The user 2210 is not 2026", "WRONG_USER_ID"},
		{"2026-10-01 10:10:10.10 error code=2209 took=2210ms", "WRONG_USER_ID"},
		{"2026-10-01T10:10:10.10Z failed with 2210", "Closed"},
		{`{"code":"2209","status":404}`, "WRONG_USER_ID"},
		{`{\"errorCode\": \"2209\", \"n\": 10}`, "WRONG_USER_ID"},
		{"err.code=IST:0101/a n=10", "Closed_Again"},
		{"https://example.com/10/errors#2209", "WRONG_USER_ID"},
		{"https://example.com/errors#IST~3A0101~2Fa", "Closed_Again"},
		{"https://example.com/errors?code=IST%3A0101%2Fa", "Closed_Again"},
		{"https://example.com/errors/WRONG_USER_ID/", "WRONG_USER_ID"},
		{"failed: NOT_FOUND.USER", "NOT_FOUND.USER"},
		{"failed: NOT_FOUND.", "NOT_FOUND"},
		{"failed: not_found.user", "NOT_FOUND.USER"},
		{"2209 and 2210", "one of WRONG_USER_ID Closed"},
		{"oops, the user 42 is not the owner, sorry", "WRONG_USER_ID"},
		{"there is no such user: 42", "NOT_FOUND.USER"},
		{"価格2209円", ""},
		{"12209 and 22091", ""},
		// Reserved.
		{"2211", "reserved 2211"},
		{"Old", "reserved Old"},
		{"9042", "reserved 9042"},
		{"code=9042", "reserved 9042"},
		{"port 9042", ""},
		// What is written like it.
		{"2219", "like WRONG_USER_ID Closed"},
		{"WRONG_USER_IT", "like WRONG_USER_ID"},
		{"wrnog user id", "like WRONG_USER_ID"},
		{"code=2200 x", "like WRONG_USER_ID Closed"},
		{"stock", "hint"},
		{"4xx", "hint"},
		{"2000", "hint"},
		{"", ""},
		{"...", ""},
		{"\x1b[31m", ""},
		{"\xff\xfe", ""},
		{strings.Repeat("x", 100_000), ""},
	} {
		if got := shown(f.Find(test.query)); got != test.want {
			t.Errorf("%.80q is %q, want %q", test.query, got, test.want)
		}
	}
}

// shown returns an answer in words.
func shown(a terminal.Answer) string {
	names := func(errors []*catalog.Error) string {
		var names []string
		for _, e := range errors {
			names = append(names, e.Name)
		}
		return strings.Join(names, " ")
	}
	switch {
	case a.Error != nil && a.Alias+a.FormerName != "":
		return a.Error.Name + " as " + a.Alias + a.FormerName
	case a.Error != nil:
		return a.Error.Name
	case a.Reserved != nil:
		return "reserved " + a.Word
	case a.Candidates != nil:
		return "one of " + names(a.Candidates)
	case a.Suggestions != nil:
		return "like " + names(a.Suggestions)
	case a.Hint != "":
		return "hint"
	}
	return ""
}

// TestFindEvery finds every error of a large catalog by all that it is known
// by, alone and within a text.
func TestFindEvery(t *testing.T) {
	c := load(t, string(catalogtest.YAML(200)))
	f := terminal.NewFinder(c)
	for _, e := range c.Errors {
		words := []string{e.Code, e.Name, e.GoName, e.TypeScriptName}
		for _, a := range e.Aliases {
			words = append(words, a.Code)
		}
		for _, n := range e.FormerNames {
			words = append(words, n.Name)
		}
		for _, w := range words {
			for _, query := range []string{w, strings.ToLower(w), "time=2026-10-01T12:00:00Z code=" + w + " status=409", "see https://example.com/errors#" + w} {
				if a := f.Find(query); a.Error != e {
					t.Fatalf("%q is %q, want %s", query, shown(a), e.Name)
				}
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	c := load(b, string(catalogtest.YAML(10_000)))
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
