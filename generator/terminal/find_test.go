package terminal_test

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/terminal"
)

// load returns the catalog of a valid source.
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
    synonyms: [ALIEN]
    former_names: [BAD_USER]
    title: Wrong user id
    message: The user {user_id} is not {who}
    params: {user_id: string, who: "string[]"}
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

// TestFind tries the queries that people make.
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
		{"ALIEN", "WRONG_USER_ID as ALIEN"},
		{"alien", "WRONG_USER_ID as ALIEN"},
		{"NewAlien", "WRONG_USER_ID"},
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
		// Titles, messages and parts of them.
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
		{"oops, it is closed now, sorry", "one of Closed Closed_Again"},
		{"価格2209円", ""},
		{"12209 and 22091", ""},
		// Reserved codes and names.
		{"2211", "reserved 2211"},
		{"Old", "reserved Old"},
		{"9042", "reserved 9042"},
		{"code=9042", "reserved 9042"},
		{"port 9042", ""},
		// Similar words.
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

// TestFindIntegers finds codes that are integers, whose sign counts.
func TestFindIntegers(t *testing.T) {
	f := terminal.NewFinder(load(t, `
version: 1
catalog: {name: rpc, code_type: integer}
errors:
  PARSE: {code: -32700, aliases: [-32701, 77], http_status: 400, title: First things}
  ONE: {code: 1, http_status: 400, title: Second things}
  MINUS_ONE: {code: -1, http_status: 400, title: Third things}
  FIVE: {code: 5, http_status: 400, title: Fourth things}
  MINUS_SIX: {code: -6, http_status: 400, title: Fifth things}
  ZERO: {code: 0, http_status: 400, title: Sixth things}
reserved:
  - {codes: -19..-10}
  - {code: -20}
  - {codes: 10..19}
`))
	for _, test := range []struct{ query, want string }{
		{"-32700", "PARSE"},
		{" -32700 ", "PARSE"},
		{"32700", "PARSE"},
		{"-32701", "PARSE as -32701"},
		{"1", "ONE"},
		{"-1", "MINUS_ONE"},
		{"0", "ZERO"},
		{"-15", "reserved -15"},
		{"15", "reserved 15"},
		{"-20", "reserved -20"},
		{"code=-1", "MINUS_ONE"},
		{"code=1", "ONE"},
		{"failed with -1", "MINUS_ONE"},
		{"failed with 1", "ONE"},
		{"failed with (-1)", "MINUS_ONE"},
		{`{"code":-32700,"message":"x"}`, "PARSE"},
		{`{"error":{"code": -1}}`, "MINUS_ONE"},
		{"-32700: no things", "PARSE"},
		{"failed: -32700: no things", "PARSE"},
		{"https://example.com/errors#-1", "MINUS_ONE"},
		{"https://example.com/errors/-32700.md", "PARSE"},
		{"a-1 failed", "ONE"}, // a hyphen
		{"fails with --1", "ONE"},
		{"failed with -1.5", ""},  // another number
		{"failed with -1,5", ""},  // another number
		{"2026-10-01 failed", ""}, // a date
		{"code=-5 failed", "like MINUS_ONE FIVE MINUS_SIX"},
		{"code=-15 failed", "reserved -15"},
		{"code=15 failed", "reserved 15"},
		{"é-1 failed", "ONE"},
		{"one is -1, two is 5", "one of MINUS_ONE FIVE"},
		{"- 1 failed", "ONE"},
		{"failed -", ""},
	} {
		if got := shown(f.Find(test.query)); got != test.want {
			t.Errorf("%q is %q, want %q", test.query, got, test.want)
		}
	}

	// The sign counts if any code is negative, also an alias or a reserved one.
	for _, rest := range []string{"aliases: [-7]}}", "}}\nreserved: [{code: -7}]", "}}\nreserved: [{codes: -8..-7}]"} {
		f := terminal.NewFinder(load(t, "version: 1\ncatalog: {name: x, code_type: integer}\nerrors: {ONE: {code: 1, http_status: 500, title: Some things, "+rest))
		if got := shown(f.Find("read returned -1")); got != "" {
			t.Errorf("%s: got %q", rest, got)
		}
	}

	// Without negative codes, a sign says nothing.
	f = terminal.NewFinder(load(t, "version: 1\ncatalog: {name: errno, code_type: integer}\nerrors: {EIO: {code: 5, http_status: 500}}\n"))
	if got := shown(f.Find("read returned -5")); got != "EIO" {
		t.Errorf("got %q", got)
	}
}

// TestFindInText finds codes, names and messages within texts, up to the limits
// of what counts.
func TestFindInText(t *testing.T) {
	f := terminal.NewFinder(load(t, `
version: 1
catalog: {name: limits}
errors:
  SHORT: {code: "10", http_status: 400, title: First things, message: First things}
  LONGER: {code: "101", http_status: 400, title: Second things, message: Second things}
  SEVEN: {code: A-7, http_status: 400, title: Third things, message: Third things}
  ENDS: {code: "K/", http_status: 400, title: Fourth things, message: Fourth things}
  PAY.FAILED: {code: H7, http_status: 400, title: Fifth things, message: Fifth things}
  LETTERS: {code: B-C, http_status: 400, title: Sixth things, message: Sixth things}
  UNDER_SCORE: {code: u, http_status: 400, title: Seventh things, message: "Seventh {thing}", params: {thing: string}, former_names: [Under_Score]}
  Plain: {code: p, http_status: 400, title: Eighth things, message: Eighth things, identifiers: {go: Taken, typescript: taken}}
  Taken: {code: q, http_status: 400, title: Ninth things, message: Ninth things, identifiers: {go: Other, typescript: other}}
  HTTP_FAIL: {code: r, http_status: 400, title: Tenth things, message: Tenth things}
  XY: {code: httpfail, http_status: 400, title: Eleventh things, message: Eleventh things}
  NOT_NOW: {code: s, http_status: 400, title: Try later, message: Twelfth things}
  NOT_NOW_2: {code: t, http_status: 400, title: Try later today, message: Thirteenth things}
  EIGHT: {code: v, http_status: 400, title: Too slow, message: Too slow}
  SEVEN_LETTERS: {code: w, http_status: 400, title: No beer, message: No beer}
  REPEATED: {code: "34", http_status: 400, title: Fourteenth things, message: "{a} comes before {b} comes before {c}", params: {a: string, b: string, c: string}}
  SPACES: {code: "33", http_status: 400, title: Fifteenth things, message: "{a} in {b} of {c} is", params: {a: string, b: string, c: string}}
  ALIASED: {code: "Z:1", aliases: ["Z/1"], http_status: 400, title: Sixteenth things, message: Sixteenth things}
reserved:
  - {code: R.1}
  - {code: "R:2"}
  - {code: R/3}
  - {code: R-4}
`))
	for _, test := range []struct{ query, want string }{
		// Digits that are part of a number, a date or a time are not a code.
		{"failed with 10", "SHORT"},
		{"(10 failed", "SHORT"},
		{"1.10 failed", ""},
		{"failed 10.5", ""},
		{"failed 1,10", ""},
		{"failed 10,500", ""},
		{"failed 1:10", ""},
		{"failed 10-11", ""},
		{"10. failed", "SHORT"},
		{"x.10 failed", "SHORT"},
		{"failed 10.x", "SHORT"},
		{"version 1.A-7 failed", "SEVEN"},
		{"took 10_000 ms", ""},
		{"failed 10\u0301 x", ""},
		{"failed 10² x", ""},
		{"failed x10 x", ""},
		// A code is near the word "code".
		{"code::::::::10 and 101", "SHORT"},
		{"code:::::::::10 and 101", "one of SHORT LONGER"},
		{"10: not 101", "SHORT"},
		{"10:not 101", "one of SHORT LONGER"},
		// URL escapes.
		{"https://example.com/?x=K%2F", "ENDS"},
		{"rate%10 failed", "SHORT"},
		{"https://example.com/?code=R%2F3", "reserved R/3"},
		// In another case, only words with special characters or digits count.
		{"got pay.failed back", "PAY.FAILED"},
		{"got h7 back", "PAY.FAILED"},
		{"got b-c back", "LETTERS"},
		{"got under_score back", "UNDER_SCORE"},
		{"got plain water", ""},
		{"got Plain water", "Plain"},
		// An exact word comes before one in another spelling, and a name before
		// an identifier.
		{"Taken", "Taken"},
		{"failed with Taken today", "Taken"},
		{"failed with Other today", "Taken"},
		{"HTTPFail", "HTTP_FAIL"},
		{"httpFail", "one of HTTP_FAIL XY"},
		{"try later", "NOT_NOW"},
		{"under score", "UNDER_SCORE"},
		{"z 1", "ALIASED"},
		{"New", ""},
		// Messages.
		{"it was too slow, really", "EIGHT"},
		{"we have no beer, sorry", ""},
		{"1 comes before 2, I say", ""},
		{"1 comes before 2 comes before 3, I say", "REPEATED"},
		{"3 in 4 of 5 is bad", ""},
		{"try later today, I say", "NOT_NOW_2"},
		// Reserved codes.
		{"failed, code=R.1.", "reserved R.1"},
		{"failed, code=R:2: no", "reserved R:2"},
		{"failed, code=R/3/", "reserved R/3"},
		{"failed, code=R-4-", "reserved R-4"},
	} {
		if got := shown(f.Find(test.query)); got != test.want {
			t.Errorf("%q is %q, want %q", test.query, got, test.want)
		}
	}
	if got := f.Find(" 10\n").Query; got != "10" {
		t.Errorf("the query is %q", got)
	}
}

// TestFindSuggestions checks that there are at most five suggestions, and the
// hints.
func TestFindSuggestions(t *testing.T) {
	f := terminal.NewFinder(load(t, `
version: 1
catalog: {name: many}
categories: {wide: {http_status: 409, codes: "F000-F999"}}
errors:
  FAIL_A: {code: F001, category: wide}
  FAIL_B: {code: F002, category: wide}
  FAIL_C: {code: F003, category: wide}
  FAIL_D: {code: F004, category: wide}
  FAIL_E: {code: F005, category: wide}
  FAIL_F: {code: F006, category: wide}
`))
	for _, test := range []struct{ query, want string }{
		{"FAIL_X", "like FAIL_A FAIL_B FAIL_C FAIL_D FAIL_E"},
		{"fail x", "like FAIL_A FAIL_B FAIL_C FAIL_D FAIL_E"},
		{"code=F00X", "like FAIL_A FAIL_B FAIL_C FAIL_D FAIL_E"},
		{"code=F00X code=FAIL_X", "like FAIL_A FAIL_B FAIL_C FAIL_D FAIL_E"},
		{"code=FAILXF code=F00X", "like FAIL_F FAIL_A FAIL_B FAIL_C FAIL_D"},
		{"fail / x", "like FAIL_A FAIL_B FAIL_C FAIL_D FAIL_E"},
		{"WIDE", "hint"},
		{"F500", "hint"},
		{"409", "hint"},
		{"5xx", ""},
	} {
		if got := shown(f.Find(test.query)); got != test.want {
			t.Errorf("%q is %q, want %q", test.query, got, test.want)
		}
	}
	for query, want := range map[string]string{
		"Wide": "It is a category: --category wide",
		"4xx":  "It is an HTTP status: --status 4xx",
		"F500": "It is in the code range of the category wide (F000-F999). ",
	} {
		if a := f.Find(query); a.Hint+" "+a.Filter != want {
			t.Errorf("the hint of %s is %q %q, want %q", query, a.Hint, a.Filter, want)
		}
	}
}

// shown returns an answer as a string.
func shown(a terminal.Answer) string {
	names := func(errors []*catalog.Error) string {
		var names []string
		for _, e := range errors {
			names = append(names, e.Name)
		}
		return strings.Join(names, " ")
	}
	switch {
	case a.Error != nil && a.Alias+a.Synonym+a.FormerName != "":
		return a.Error.Name + " as " + a.Alias + a.Synonym + a.FormerName
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

// TestFindEvery finds every error of a large catalog by each of its codes and
// names, alone and within a text.
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
