package search_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/search"
)

// found is a query, and the codes that it finds, with what they are found by.
type found struct{ query, want string }

// checkFound checks what queries find, in Go and in JavaScript.
func checkFound(t *testing.T, source string, tests []found) {
	t.Helper()
	s := newSearch(load.Source(t, []byte(source)))
	var queries []string
	for _, test := range tests {
		queries = append(queries, test.query)
		var got []string
		r := s.Find(test.query)
		for _, h := range r.Reserved {
			got = append(got, "reserved "+h.Word)
		}
		for _, h := range r.Hits {
			by := string(h.By) + " "
			if h.By == search.ByKey {
				by = ""
			}
			got = append(got, by+s.entries[h.Index].Code)
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%.80q finds %s, want %s (%s)", test.query, got, test.want, describe(s, r, 9))
		}
	}
	compare(t, s, queries)
}

// TestFind tries what codes, names, identifiers and texts are found by.
func TestFind(t *testing.T) {
	checkFound(t, `
version: 1
catalog: {name: shop, http: false}
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
`, []found{
		// A code, an alias, a name, a former name.
		{"2209", "2209"},
		{" 2209\n", "2209"},
		{"2409", "2209"},
		{"x-9", "2209"},
		{"IST:0101/a", "IST:0101/a"},
		{"WRONG_USER_ID", "2209"},
		{"BAD_USER", "2209"},
		{"bad-user", "2209"},
		{"ALIEN", "2209"},
		{"alien", "2209"},
		{"NewAlien", "2209"},
		{"NOT_FOUND", "404, prefix 2026"},
		{"not_found", "404, prefix 2026"},
		{"not found user", "2026, similar 2209, similar 404"},
		{"e", "E, words 10"},
		{`"2209",`, "2209"},
		{"(2209)", "2209"},
		{"#2409", "2209"},
		// Identifiers.
		{"WrongUserID", "2209"},
		{"wronguserid", "2209"},
		{"WrongUserIDError", "2209"},
		{"NewWrongUserID", "2209"},
		{"BadUser", "2209"},
		{"NewBadUser", "2209"},
		{"shop.WrongUserID", "2209"},
		{"&shop.WrongUserIDError{UserID:\"42\"}", "2209"},
		{"GoneForEver", "10"},
		{"goneForTS", "10"},
		// Titles, messages and parts of them.
		{"Nothing there", "message 404"},
		{"nothing of that name", "words 404"},
		{"wrong", "prefix 2209"},
		{"such user", "words 2026"},
		{"wrong-user", "prefix 2209"},
		{"日本", "words 10"},
		{"エラー", "words 10"},
		{"ist", "prefix IST:0101/a"},
		{"The user {user_id} is not {who}", "message 2209"},
		{"closed now", "message 2210, message IST:0101/a"},
		{"closed", "2210, prefix IST:0101/a"},
		{"clos", "prefix 2210, prefix IST:0101/a"},
		{"user", "words 2209, words 2026"},
		{"22", "prefix 2209, prefix 2210"},
		{"new", ""},
		// Texts.
		{"error 2209", "2209"},
		{"2209: The user 42 is not X", "2209"},
		{"request failed: 2209: The user 2210 is not 2026", "2209, 2026, words 2210"},
		{"2026-10-01 10:10:10.10 error code=2209 took=2210ms", "2209"},
		{"2026-10-01T10:10:10.10Z failed with 2210", "2210"},
		{`{"code":"2209","status":404}`, "2209, words 404"},
		{`{\"errorCode\": \"2209\", \"n\": 10}`, "2209, words 10"},
		{"err.code=IST:0101/a n=10", "IST:0101/a, words 10"},
		{"https://example.com/10/errors#2209", "2209, 10"},
		{"https://example.com/errors#IST~3A0101~2Fa", "IST:0101/a"},
		{"https://example.com/errors?code=IST%3A0101%2Fa", "IST:0101/a"},
		{"https://example.com/errors/WRONG_USER_ID/", "2209"},
		{"failed: NOT_FOUND.USER", "2026"},
		{"failed: NOT_FOUND.", "404"},
		{"failed: not_found.user", "2026"},
		{"2209 and 2210", "2209, 2210"},
		{"oops, the user 42 is not the owner, sorry", "message 2209"},
		{"there is no such user: 42", "message 2026"},
		{"oops, it is closed now, sorry", "message 2210, message IST:0101/a"},
		{"価格2209円", "2209"},
		{"12209 and 22091", ""},
		// Reserved codes and names.
		{"2211", "reserved 2211"},
		{"Old", "reserved Old"},
		{"9042", "reserved 9042"},
		{"code=9042", "reserved 9042"},
		{"port 9042", ""},
		// Similar words and codes.
		{"2219", "similar 2209, similar 2210"},
		{"WRONG_USER_TI", "similar 2209"},
		{"wrnog user id", "similar 2209"},
		{"code=2200 y", "similar 2209, similar 2210"},
		{"", ""},
		{"...", ""},
		{"\x1b[31m", ""},
		{strings.Repeat("x", 100_000), ""},
	})
}

// TestFindIntegers finds codes that are integers, whose sign counts.
func TestFindIntegers(t *testing.T) {
	const source = `
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
`
	checkFound(t, source, []found{
		{"-32700", "-32700"},
		{" -32700 ", "-32700"},
		{"32700", "-32700"},
		{"-32701", "-32700"},
		{"-3270", "prefix -32700"},
		{"1", "1"},
		{"-1", "-1"},
		{"0", "0"},
		{"-15", "reserved -15"},
		{"15", "reserved 15"},
		{"-20", "reserved -20"},
		{"code=-1", "-1"},
		{"code=1", "1"},
		{"failed with -1", "-1"},
		{"failed with 1", "1"},
		{"failed with (-1)", "-1"},
		{`{"code":-32700,"message":"x"}`, "-32700"},
		{`{"error":{"code": -1}}`, "-1"},
		{"-32700: no things", "-32700"},
		{"failed: -32700: no things", "-32700"},
		{"https://example.com/errors#-1", "-1"},
		{"https://example.com/errors/-32700.md", "-32700"},
		{"a-1 failed", "1"}, // a hyphen
		{"fails with --1", "1"},
		{"failed with -1.5", ""},  // another number
		{"failed with -1,5", ""},  // another number
		{"2026-10-01 failed", ""}, // a date
		{"code=-5 failed", ""},    // not 5
		{"code=-15 failed", "reserved -15"},
		{"code=15 failed", "reserved 15"},
		{"é-1 failed", "1"},
		{"- 1 failed", "1"},
		{"failed -", ""},
		{"code=-32709 failed", "similar -32700"},
	})
	// The sign counts if any code is negative, also an alias or a reserved one.
	for _, rest := range []string{"aliases: [-7]}}", "}}\nreserved: [{code: -7}]", "}}\nreserved: [{codes: -8..-7}]"} {
		checkFound(t, "version: 1\ncatalog: {name: x, code_type: integer}\nerrors: {ONE: {code: 1, http_status: 500, title: Some things, "+rest, []found{{"read returned -1", ""}})
	}
	// Without negative codes, a sign says nothing.
	checkFound(t, "version: 1\ncatalog: {name: errno, code_type: integer}\nerrors: {EIO: {code: 5, http_status: 500}}\n", []found{{"read returned -5", "5"}, {"E5", "5"}})
}

// TestFindInText finds codes, names and messages within texts, up to the limits of
// what counts.
func TestFindInText(t *testing.T) {
	checkFound(t, `
version: 1
catalog: {name: limits, http: false}
errors:
  SHORT: {code: "10", title: First things, message: First things}
  LONGER: {code: "101", title: Second things, message: Second things}
  SEVEN: {code: A-7, title: Third things, message: Third things}
  ENDS: {code: "K/", title: Fourth things, message: Fourth things}
  PAY.FAILED: {code: H7, title: Fifth things, message: Fifth things}
  LETTERS: {code: B-C, title: Sixth things, message: Sixth things}
  UNDER_SCORE: {code: u, title: Seventh things, message: "Seventh {thing}", params: {thing: string}}
  HTTP_FAIL: {code: r, title: Tenth things, message: Tenth things}
  XY: {code: httpfail, title: Eleventh things, message: Eleventh things}
  NOT_NOW: {code: s, title: Try later, message: Twelfth things}
  NOT_NOW_2: {code: t, title: Try later today, message: Thirteenth things}
  EIGHT: {code: v, title: Too slow, message: Too slow}
  NO_BEER: {code: w, title: No beer, message: No beer}
  REPEATED: {code: "34", title: Fourteenth things, message: "{a} comes before {b} comes before {c}", params: {a: string, b: string, c: string}}
  ALIASED: {code: "Z:1", aliases: ["Z/1"], title: Sixteenth things, message: Sixteenth things}
  WEB: {code: "http://x.y", title: Twentieth things, message: Twentieth things}
  TIMEOUT: {code: "77", title: Nineteenth things, message: Nineteenth things}
reserved:
  - {code: R.1}
  - {codes: "IST0100-IST0199"}
`, []found{
		// Digits that are part of a number, a date or a time are not a code.
		{"lost with 10", "10"},
		{"(10 lost", "10"},
		{"1.10 lost", ""},
		{"lost 10.5", ""},
		{"lost 1,10", ""},
		{"lost 10,500", ""},
		{"lost 1:10", ""},
		{"lost 10-11", ""},
		{"1-0", "words 10"},
		// Nor is what is between letters, in a hash or an amount.
		{"3f10ab lost", ""},
		{"lost a1b2c3d4-10-f00d", ""},
		{"lost after 10 ms", "words 10"},
		{"lost in=10", "words 10"},
		{"sshd[10]: lost", "10"},
		// A code is expected here.
		{"lost [10]", "10"},
		{"lost (10)", "10"},
		{"Err10 lost", "10"},
		{"lost code: 10", "10"},
		{"lost, errorCode=10", "10"},
		{"lost, sqlstate=10", "10"},
		{"lost: https://example.com/errors/10?from=101", "10, words 101"},
		{"lost: 10: first", "10"},
		{"lost in line 10: nothing", "words 10"},
		{"lost A-7.", "A-7"},
		{"lost a_7", "A-7"},
		{"http://x.y", "http://x.y"},
		{"lost with code=http://x.y, see the log", "http://x.y"},
		{"xyzzy <b>", ""},
		{"lost Z/1 and Z:1", "Z:1"},
		{"MYAPP_PAY_FAILED lost", "H7"},
		{"app.payFailedHandler lost", "H7"},
		// A word that is a key is one only if it is spelled like it.
		{"a timeout, sorry", "similar 77"},
		{"a TIMEOUT, sorry", "77"},
		{"code=timeout, sorry", "77"},
		// Of messages the longest one.
		{"try later, please", "message s"},
		{"try later today, I say", "message t"},
		{"is it too slow?", "words v"},
		{"x comes before y comes before z", "message 34"},
		{"x comes before z", "words 34"},
		// Reserved codes.
		{"lost, code=R.1.", "reserved R.1"},
		{"IST0150", "reserved IST0150"},
		{"code=ist0150", "reserved ist0150"},
		{"IST0200", ""},
		{"IST00150", ""},
	})
}

// TestFindInitials finds texts by the initials of their words, and errors by their
// status alone.
func TestFindInitials(t *testing.T) {
	checkFound(t, `
version: 1
catalog: {name: system, fallback: EIO}
errors:
  EIO: {code: "5", http_status: 500, title: Input/output error}
  ENOMEM: {code: "12", http_status: 500, title: No memory, message: "The process {pid} is out of memory", params: {pid: string}}
  EAUTH: {code: "13", http_status: 401, title: 2-factor authentication required}
  EREMOTEIO: {code: "121", http_status: 502, title: Remote I/O error}
  ELOOP: {code: "40", http_status: 508, title: Too many levels of links}
  EVIDEO: {code: "71", http_status: 415, title: Only MP4/H-264 can be read}
`, []found{
		{"IO error", "words 5, words 121"},
		{"i/o errors", "words 5, words 121"},
		{"write failed: I/O error", "similar 5, similar 121"},
		{"remote io", "words 121"},
		{"OOM", "similar 12"},
		{"oom killer", "similar 12"},
		{"2FA", "words 13"},
		{"far", "similar 13"},
		{"tmlol", "similar 40"},
		{"tmloll", ""},
		{"mh2", "similar 71"},
		{"ml", ""}, // too short, and no compound
		{"401", "words 13"},
		{"HTTP 401", "words 13"},
		{"got status 401", "words 13"},
	})
}

// TestFindEvery finds every error of a large catalog by each of its codes and names,
// alone and within a text.
func TestFindEvery(t *testing.T) {
	c := load.Source(t, large())
	s := newSearch(c)
	for i, e := range c.Errors {
		words := []string{e.Code, e.Name, e.GoName, e.TypeScriptName, e.GoStruct(), e.GoConstructor()}
		for _, a := range e.Aliases {
			words = append(words, a.Code)
		}
		for _, n := range e.FormerNames {
			words = append(words, n.Name)
		}
		for _, w := range words {
			for _, query := range []string{w, strings.ToLower(w), "time=2026-10-01T12:00:00Z code=" + w + " status=409", "see https://example.com/errors#" + w} {
				if r := s.Find(query); len(r.Hits) == 0 || r.Hits[0].Index != i {
					t.Fatalf("%q finds %s, want %s", query, describe(s, r, 5), e.Name)
				}
			}
		}
	}
}

// TestRanges compares ranges with those of catalogs.
func TestRanges(t *testing.T) {
	for _, test := range []struct{ codeType, codes string }{
		{"string", "2200-2299"}, {"string", "IST0100-IST0199"}, {"string", "A-1-A-12"}, {"string", "098-102"},
		{"integer", "-32099..-32000"}, {"integer", "0..9"},
	} {
		c := load.Source(t, fmt.Appendf(nil, "version: 1\ncatalog: {name: x, http: false, code_type: %s}\nerrors: {ONE: {code: \"77777\"}}\nreserved: [{codes: %q}]\n", test.codeType, test.codes))
		s := newSearch(c)
		codes := c.Reserved[0].Codes[0]
		words := []string{codes.First, codes.Last, codes.First + "0", "0" + codes.First, codes.First + "a", "", "-", "x", strings.TrimLeft(codes.First, "0")}
		for n := range 3500 {
			words = append(words, fmt.Sprint(n), fmt.Sprintf("IST%04d", n), fmt.Sprintf("A-%d", n), fmt.Sprint(-30000-n), fmt.Sprintf("%03d", n))
		}
		for _, w := range words {
			if got := len(s.Find(w).Reserved) > 0; got != codes.Contains(w) {
				t.Errorf("%s has %q: %v, want %v", codes, w, got, codes.Contains(w))
			}
		}
	}
}

// large returns the source of a catalog of 200 errors.
func large() []byte { return catalogtest.YAML(200) }
