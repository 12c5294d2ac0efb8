package catalog_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/prose"
)

// TestInheritance checks what an error inherits from its category, and what
// it is without one.
func TestInheritance(t *testing.T) {
	const all = "http_status: 409, retry: after, retry_after: 30s, severity: info, audience: internal"
	for _, test := range []struct{ category, entry, want string }{
		{"", "http_status: 410", "410 never 0s error public"},
		{"http_status: 409", "", "409 never 0s error public"},
		{"http_status: 409", "http_status: 499", "499 never 0s error public"},
		{"title: Orders", "http_status: 500", "500 never 0s error public"},
		{all, "", "409 after 30s info internal"},
		{all, "http_status: 599", "599 after 30s info internal"},
		{all, "severity: critical", "409 after 30s critical internal"},
		{all, "severity: error", "409 after 30s error internal"},
		{all, "audience: public", "409 after 30s info public"},
		{all, "retry: after", "409 after 30s info internal"},
		{all, "retry_after: 5m", "409 after 5m0s info internal"},
		{all, "retry: after, retry_after: 1h30m", "409 after 1h30m0s info internal"},
		{all, "retry: never", "409 never 0s info internal"},
		{all, "retry: safe", "409 safe 0s info internal"},
		{all, "http_status: 400, retry: safe, severity: debug, audience: public", "400 safe 0s debug public"},
		{"http_status: 409, retry: after", "", "409 after 0s error public"},
		{"http_status: 409, retry: after", "retry_after: 1.5s", "409 after 1.5s error public"},
		{"http_status: 409, retry: safe", "", "409 safe 0s error public"},
		{"http_status: 409, retry: safe", "retry: after", "409 after 0s error public"},
		{"http_status: 409, retry: safe", "retry: after, retry_after: 250ms", "409 after 250ms error public"},
		{"http_status: 409, severity: critical", "severity: warning", "409 never 0s warning public"},
		{"http_status: 409, audience: public", "audience: internal", "409 never 0s error internal"},
	} {
		c := load(t, "version: 1\ncatalog: {name: shop}\ncategories: {order: {"+test.category+"}}\nerrors: {A: {category: order, "+test.entry+"}}\n")
		e := c.Errors[0]
		if got := fmt.Sprint(e.HTTPStatus, " ", e.Retry, " ", e.RetryAfter, " ", e.Severity, " ", e.Audience); got != test.want {
			t.Errorf("{%s} in {%s}: %s, want %s", test.entry, test.category, got, test.want)
		}
	}
}

// TestGRPCCodes checks what code an error has on gRPC.
func TestGRPCCodes(t *testing.T) {
	for _, test := range []struct{ category, entry, want string }{
		{"", "http_status: 400", "INVALID_ARGUMENT"}, {"", "http_status: 406", "INVALID_ARGUMENT"},
		{"", "http_status: 415", "INVALID_ARGUMENT"}, {"", "http_status: 422", "INVALID_ARGUMENT"},
		{"", "http_status: 401", "UNAUTHENTICATED"}, {"", "http_status: 403", "PERMISSION_DENIED"}, {"", "http_status: 451", "PERMISSION_DENIED"},
		{"", "http_status: 404", "NOT_FOUND"}, {"", "http_status: 410", "NOT_FOUND"},
		{"", "http_status: 405", "UNIMPLEMENTED"}, {"", "http_status: 501", "UNIMPLEMENTED"},
		{"", "http_status: 408", "DEADLINE_EXCEEDED"}, {"", "http_status: 504", "DEADLINE_EXCEEDED"},
		{"", "http_status: 409", "FAILED_PRECONDITION"}, {"", "http_status: 409, retry: never", "FAILED_PRECONDITION"},
		{"", "http_status: 409, retry: safe", "ABORTED"}, {"", "http_status: 409, retry: after", "ABORTED"},
		{"http_status: 409, retry: safe", "", "ABORTED"}, {"http_status: 409, retry: safe", "retry: never", "FAILED_PRECONDITION"},
		{"", "http_status: 412", "FAILED_PRECONDITION"}, {"", "http_status: 402", "FAILED_PRECONDITION"}, {"", "http_status: 418", "FAILED_PRECONDITION"},
		{"", "http_status: 413", "RESOURCE_EXHAUSTED"}, {"", "http_status: 429", "RESOURCE_EXHAUSTED"}, {"", "http_status: 507", "RESOURCE_EXHAUSTED"},
		{"", "http_status: 416", "OUT_OF_RANGE"}, {"", "http_status: 499", "CANCELLED"},
		{"", "http_status: 502", "UNAVAILABLE"}, {"", "http_status: 503", "UNAVAILABLE"},
		{"", "http_status: 500", "INTERNAL"}, {"", "http_status: 599", "INTERNAL"}, {"", "http_status: 302", "INTERNAL"}, {"", "http_status: 200", "INTERNAL"},
		{"http_status: 404", "grpc_code: ALREADY_EXISTS", "ALREADY_EXISTS"},
		{"http_status: 404, grpc_code: ABORTED", "", "ABORTED"},
		{"http_status: 404, grpc_code: ABORTED", "http_status: 500", "ABORTED"},
		{"http_status: 404, grpc_code: ABORTED", "grpc_code: DATA_LOSS", "DATA_LOSS"},
	} {
		c := load(t, "version: 1\ncatalog: {name: shop}\nlint: {unusual-http-status: \"off\"}\ncategories: {order: {"+test.category+"}}\nerrors: {A: {category: order, "+test.entry+"}}\n")
		if got := string(c.Errors[0].GRPCCode); got != test.want {
			t.Errorf("{%s} in {%s}: %s, want %s", test.entry, test.category, got, test.want)
		}
		if has := strings.Contains(test.category+test.entry, "grpc_code"); c.GRPC != has {
			t.Errorf("{%s} in {%s}: %t", test.entry, test.category, c.GRPC)
		}
	}
	for _, code := range catalog.GRPCCodes() {
		c := load(t, "version: 1\ncatalog: {name: shop, http: false}\nerrors: {A: {grpc_code: "+string(code)+"}}\n")
		if c.Errors[0].GRPCCode != code || !c.GRPC {
			t.Errorf("%s is %s", code, c.Errors[0].GRPCCode)
		}
	}
}

// TestExamples checks that an example is the value that is written.
func TestExamples(t *testing.T) {
	berlin := time.FixedZone("", 2*60*60)
	for _, test := range []struct {
		paramType, example string
		want               any
	}{
		{"string", "x", "x"},
		{"string", `""`, ""},
		{"string", `"007"`, "007"},
		{"string", `" a\n\t{b}\u2028\e[0m "`, " a\n\t{b}\u2028\x1b[0m "},
		{"integer", "0", int64(0)},
		{"integer", "-9223372036854775808", int64(math.MinInt64)},
		{"integer", "9223372036854775807", int64(math.MaxInt64)},
		{"number", "7", 7.0},
		{"number", "-0.5", -0.5},
		{"number", "1e21", 1e21},
		{"number", "1.5E-7", 1.5e-7},
		{"number", "123456789012345678901234567890", 123456789012345678901234567890.0},
		{"boolean", "true", true},
		{"boolean", "FALSE", false},
		{"datetime", "2026-01-31T12:00:00Z", time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)},
		{"datetime", `"2026-01-31T12:00:00.123456789Z"`, time.Date(2026, 1, 31, 12, 0, 0, 123456789, time.UTC)},
		{"datetime", "2026-06-30T23:59:59+02:00", time.Date(2026, 6, 30, 23, 59, 59, 0, berlin)},
		{"duration", "1h2m3.5s", time.Hour + 2*time.Minute + 3500*time.Millisecond},
		{"duration", "-5ms", -5 * time.Millisecond},
		{"duration", `"0s"`, time.Duration(0)},
		{"string[]", "[]", []string{}},
		{"string[]", `["1", x, "", "a, b"]`, []string{"1", "x", "", "a, b"}},
		{"integer[]", "[]", []int64{}},
		{"integer[]", "[3, -1, 9223372036854775807]", []int64{3, -1, math.MaxInt64}},
	} {
		c := load(t, head+"  A: {http_status: 409, params: {p: {type: "+strconv.Quote(test.paramType)+", example: "+test.example+"}}}\n")
		p := c.Errors[0].Params[0]
		if diff := cmp.Diff(test.want, p.Example); diff != "" || p.Type != catalog.ParamType(test.paramType) {
			t.Errorf("the example %s of a %s, want -, got +\n%s", test.example, test.paramType, diff)
		}
		if at, ok := p.Example.(time.Time); ok && !strings.Contains(test.example, at.Format(time.RFC3339Nano)) {
			t.Errorf("the example %s is written as %s", test.example, at.Format(time.RFC3339Nano))
		}
	}
}

// TestDefaultTexts checks the title and the message of an error that lacks one of
// them, or both.
func TestDefaultTexts(t *testing.T) {
	line := strings.Repeat("ä", 80)
	for _, test := range []struct{ entry, title, message, defaults string }{
		{`title: T, message: M`, "T", "M", ""},
		{`message: Order closed`, "Order closed", "Order closed", "title"},
		{`message: " Order  closed\t\n"`, "Order  closed", " Order  closed\t\n", "title"},
		{`message: "{{id}} is closed"`, "{id} is closed", "{id} is closed", "title"},
		{`message: ` + line, line, line, "title"},
		{`message: ` + line + `.`, "Wrong user ID", line + ".", "title"},
		{`message: "a\nb"`, "Wrong user ID", "a\nb", "title"},
		{`message: "a\rb"`, "Wrong user ID", "a\rb", "title"},
		{`message: "a\Lb"`, "Wrong user ID", "a\u2028b", "title"},
		{`message: "a\Nb"`, "Wrong user ID", "a\u0085b", "title"},
		{`message: "User {id}", params: {id: string}`, "Wrong user ID", "User {id}", "title"},
		{`message: "{id}", params: {id: string}`, "Wrong user ID", "{id}", "title"},
		{`title: T`, "T", "T", "message"},
		{`code: "1"`, "Wrong user ID", "Wrong user ID", "title message"},
	} {
		e := load(t, head+"  WRONG_USER_ID: {http_status: 409, "+test.entry+"}\n").Errors[0]
		var defaults []string
		if e.DefaultTitle {
			defaults = append(defaults, "title")
		}
		if e.DefaultMessage {
			defaults = append(defaults, "message")
		}
		if got := strings.Join(defaults, " "); e.Title != test.title || e.Message.Text() != test.message || got != test.defaults {
			t.Errorf("{%s} has the title %q and the message %q, defaults %q", test.entry, e.Title, e.Message.Text(), got)
		}
	}
}

// TestFormerNames checks that an earlier name keeps the identifiers that it
// had, but for those that something in the same error has already.
func TestFormerNames(t *testing.T) {
	for _, test := range []struct{ name, entry, want string }{
		{"WRONG_USER", "former_names: [BAD_USER]", "BAD_USER BadUser BAD_USER"},
		{"WRONG_USER", "former_names: [BAD_USER, OLDEST, INVALID_USER]", "BAD_USER BadUser BAD_USER, OLDEST Oldest OLDEST, INVALID_USER InvalidUser INVALID_USER"},
		{"WRONG_USER", "former_names: [WrongUser]", "WrongUser - -"},
		{"WRONG_USER", "former_names: [Wrong.User, wrong-user]", "Wrong.User - -, wrong-user - -"},
		{"WRONG_USER", "former_names: [BAD_USER, badUser]", "BAD_USER BadUser BAD_USER, badUser - -"},
		{"WRONG_USER_ID", "former_names: [WRONG_USERID, wrongUserID]", "WRONG_USERID WrongUserid WRONG_USERID, wrongUserID - -"},
		{"WRONG_USER", "former_names: [WRONGUSER]", "WRONGUSER Wronguser WRONGUSER"},
		{"WRONG_USER", "identifiers: {go: BadUser}, former_names: [BAD_USER]", "BAD_USER - BAD_USER"},
		{"WRONG_USER", "identifiers: {typescript: BAD_USER}, former_names: [BAD_USER]", "BAD_USER BadUser -"},
		{"WRONG_USER", "identifiers: {go: Other, typescript: OTHER}, former_names: [WrongUser]", "WrongUser WrongUser WRONG_USER"},
		{"WRONG_USER", "former_names: [CODE, _404]", "CODE CodeCode CODE, _404 E404 _404"},
		{"WRONG_USER", "params: {user: string}, former_names: [BAD_USER]", "BAD_USER BadUser BAD_USER"},
		{"WRONG_USER", "code: BAD_USER, former_names: [BAD_USER]", "BAD_USER BadUser BAD_USER"},
	} {
		c := load(t, head+"  "+test.name+": {http_status: 409, "+test.entry+"}\n")
		var got []string
		for _, f := range c.Errors[0].FormerNames {
			got = append(got, fmt.Sprint(f.Name, " ", orDash(f.GoName), " ", orDash(f.TypeScriptName)))
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s {%s}: %s, want %s", test.name, test.entry, got, test.want)
		}
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// TestNamesThatDifferInCase checks that such names can live in one catalog,
// where identifiers tell them apart.
func TestNamesThatDifferInCase(t *testing.T) {
	c := load(t, head+`  NotFound: {http_status: 404}
  NOTFOUND: {http_status: 404, code: notfound}
  Notfound: {http_status: 404, code: "404", identifiers: {go: NotFoundOnDisk, typescript: notFoundOnDisk}}
  notFound: {http_status: 404, aliases: ["4O4", "4o4"], identifiers: {go: NotFoundAtAll, typescript: NOT_FOUND_AT_ALL}}
`)
	var got []string
	for _, e := range c.Errors {
		got = append(got, strings.Join([]string{e.Name, e.Code, e.Anchor, e.GoName, e.TypeScriptName}, " "))
	}
	want := []string{
		"NotFound NotFound NotFound NotFound NOT_FOUND",
		"NOTFOUND notfound notfound Notfound NOTFOUND",
		"Notfound 404 404 NotFoundOnDisk notFoundOnDisk",
		"notFound notFound notFound NotFoundAtAll NOT_FOUND_AT_ALL",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

// TestMessageStyles checks that a message is the same text, with the same
// params, however YAML writes it.
func TestMessageStyles(t *testing.T) {
	for _, test := range []struct{ yaml, want string }{
		{"User {user} has {left} left", "User <user> has <left> left"},
		{"'It''s {user}''s {{turn}}: {left}'", "It's <user>'s {turn}: <left>"},
		{`"\x55ser \u007Buser}\n\t{left\x7d"`, "User <user>\n\t<left>"},
		{`"one {user} \` + "\n      two\n\n      three {left}\"", "one <user> two\nthree <left>"},
		{"plain {user}\n      goes {left}\n\n      on", "plain <user> goes <left>\non"},
		{"|\n      First {user}.\n\n        Then {left}.\n", "First <user>.\n\n  Then <left>.\n"},
		{"|-\n      First {user}.\n      Then {left}.\n", "First <user>.\nThen <left>."},
		{"|+\n      First {user}.\n", "First <user>.\n\n"},
		{"|1-\n       {user}\n", "  <user>"},
		{">\n      First {user}\n      goes on.\n\n      Then {left}.\n", "First <user> goes on.\nThen <left>.\n"},
		{">-\n      {user}\n        {left}\n      {user}\n", "<user>\n  <left>\n<user>"},
		{"!!str '{user}'", "<user>"},
	} {
		c := load(t, head+"  A:\n    http_status: 409\n    params: {user: string, left: integer}\n    message: "+test.yaml+"\n")
		e := c.Errors[0]
		var got strings.Builder
		for _, s := range e.Message.Segments {
			switch s.Param {
			case nil:
				got.WriteString(s.Text)
			case e.Params[0], e.Params[1]:
				got.WriteString("<" + s.Param.Name + ">")
			default:
				t.Errorf("%s: the param %+v is none of the error", test.yaml, s.Param)
			}
		}
		if got.String() != test.want {
			t.Errorf("%s: message %q, want %q", test.yaml, got.String(), test.want)
		}
		if e.Title != "A" {
			t.Errorf("%s: the title is %q", test.yaml, e.Title)
		}
	}
}

// TestAwkwardTextsEverywhere checks that no field loses a character of a string.
func TestAwkwardTextsEverywhere(t *testing.T) {
	for _, text := range []string{
		`"`, `'`, "`", `\`, `\n`, "*/", "/*", "//", "%s", "%!", "{", "}", "{{", "}}", "{}", "${x}", "#", " # x", "x: y", "- a", "|", "a | b", "<script>", "<x>",
		"<!-- -->", "](x)", "[a](javascript:b)", "a\nb", "a\n\n  b\n", "a\r\nb", "a\rb", "a\tb", "a\u2028b", "a\u2029b", "a\u0085b", "\u200f", "\u202e", "\ufeff", "😀", "e\u0301",
		"\x1b[31m", "\a", "\x7f", "//go:build ignore", "//go:embed x", "true", "null", "~", "0E000", "2024-01-01", "---", "...", "__proto__", "\U0010ffff", "\ufffd",
		strings.Repeat("日", 1_000), // A YAML key has at most 1024 characters.
	} {
		c := load(t, strings.NewReplacer("TEMPLATE", strconv.Quote(strings.NewReplacer("{", "{{", "}", "}}").Replace(text)), "TEXT", strconv.Quote(text)).Replace(`
version: 1
catalog: {name: shop, title: TEXT, description: TEXT}
lint: {unsupported-markdown: off, printf-verb: off, relative-link: off}
categories:
  order: {title: TEXT, description: TEXT, http_status: 409}
errors:
  A:
    category: order
    title: TEXT
    message: TEMPLATE
    description: TEXT
    resolution: TEXT
    links: [{title: TEXT, url: a}]
    params: {p: {type: string, description: TEXT, example: TEXT}, s: {type: "string[]", example: [TEXT, TEXT]}}
    tags: [TEXT]
    owner: TEXT
    since: TEXT
    deprecated: {since: TEXT, reason: TEXT}
    retired: {since: TEXT, reason: TEXT}
    metadata: {TEXT: TEXT}
  B: {category: order, message: TEMPLATE}
reserved: [{code: X, reason: TEXT}]
`))
		e, markdown := c.Errors[0], prose.Parse(text)
		for _, field := range []struct {
			name      string
			got, want any
		}{
			{"catalog.title", c.Title, text},
			{"catalog.description", c.Description, markdown},
			{"category.title", c.Categories[0].Title, text},
			{"category.description", c.Categories[0].Description, markdown},
			{"title", e.Title, text},
			{"message", e.Message, catalog.Message{Segments: []catalog.Segment{{Text: text}}}},
			{"the message without a title", c.Errors[1].Message.Text(), text},
			{"description", e.Description, markdown},
			{"resolution", e.Resolution, markdown},
			{"links", e.Links, []catalog.Link{{Title: text, URL: "a"}}},
			{"param.description", e.Params[0].Description, markdown},
			{"param.example", e.Params[0].Example, text},
			{"param.example of a list", e.Params[1].Example, []string{text, text}},
			{"tags", e.Tags, []string{text}},
			{"owner", e.Owner, text},
			{"since", e.Since, text},
			{"deprecated", *e.Deprecated, catalog.Lifecycle{Since: text, Reason: markdown}},
			{"retired", *e.Retired, catalog.Lifecycle{Since: text, Reason: markdown}},
			{"metadata", e.Metadata, []catalog.Metadatum{{Key: text, Value: text}}},
			{"reserved.reason", c.Reserved[0].Reason, markdown},
		} {
			if diff := cmp.Diff(field.want, field.got); diff != "" {
				t.Errorf("%s of %.50q, want -, got +\n%.500s", field.name, text, diff)
			}
		}
	}
}

// TestMergeEverywhere checks anchors and merge keys in the sections beside the
// errors.
func TestMergeEverywhere(t *testing.T) {
	c := load(t, `
version: 1
catalog:
  <<: {title: Shop errors, domain: example.com}
  name: shop
  domain: &domain shop.example.com
categories:
  order: {http_status: 409}
errors:
  A:
    category: order
    params:
      a: &param {type: integer, description: &why The *size*., example: 3}
      b: {<<: *param, example: 4}
      c: &sensitive {type: integer, sensitive: true}
      d: {<<: *sensitive, description: *why}
    links: [&link {title: One, url: "#one"}, {<<: *link, url: "#two"}, *link]
    deprecated: &life {since: "1", reason: *why, replaced_by: B}
    metadata: &metadata {z: *domain, a: b}
  B:
    category: order
    metadata: {m: n, <<: *metadata, a: c}
  C: {category: order, deprecated: {<<: *life, since: "2"}, metadata: *metadata}
reserved: [&row {code: X1, reason: *why}, {<<: *row, code: X2}]
outputs:
- &output {target: go, path: one, package: shop}
- {<<: *output, path: two}
- <<: *output
  path: three
  package: other
`)
	got := struct {
		title, domain, params, links, deprecated, metadata, reserved, outputs string
	}{title: c.Title, domain: c.Domain}
	for _, p := range c.Errors[0].Params {
		got.params += fmt.Sprintf("%s %s %s %v %t; ", p.Name, p.Type, p.Description.Source(), p.Example, p.Sensitive)
	}
	for _, link := range c.Errors[0].Links {
		got.links += link.Title + link.URL + " "
	}
	for _, e := range c.Errors {
		if e.Deprecated != nil {
			got.deprecated += e.Name + e.Deprecated.Since + e.Deprecated.ReplacedBy.Name + " "
		}
		for _, pair := range e.Metadata {
			got.metadata += pair.Key + "=" + pair.Value.(string) + " "
		}
	}
	for _, r := range c.Reserved {
		got.reserved += r.Code + r.Reason.Source() + " "
	}
	for _, o := range c.Outputs {
		got.outputs += o.Target + " " + o.Path
		for _, option := range o.Options {
			got.outputs += " " + option.Key + "=" + option.Value
		}
		got.outputs += "; "
	}
	want := got
	want.title, want.domain = "Shop errors", "shop.example.com"
	want.params = "a integer The *size*. 3 false; b integer The *size*. 4 false; c integer  <nil> true; d integer The *size*. <nil> true; "
	want.links = "One#one One#two One#one "
	want.deprecated = "A1B C2B "
	want.metadata = "z=shop.example.com a=b m=n z=shop.example.com a=c z=shop.example.com a=b "
	want.reserved = "X1The *size*. X2The *size*. "
	want.outputs = "go one package=shop; go two package=shop; go three package=other; "
	if got != want {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// TestOrder checks that nothing is sorted on the way: the order of a catalog
// is the one that people want to read it in.
func TestOrder(t *testing.T) {
	const categories, errors, params = 20, 1_000, 10
	scrambled := func(i int) int { return i * 7919 % 10_007 }
	var b strings.Builder
	b.WriteString("version: 1\ncatalog: {name: shop}\ncategories:\n")
	for i := range categories {
		fmt.Fprintf(&b, "  c%d: {http_status: 409}\n", scrambled(i))
	}
	b.WriteString("errors:\n")
	for i := range errors {
		fmt.Fprintf(&b, "  E%d: {category: c%d, aliases: [%s], params: {%s}, metadata: {%s}}\n", scrambled(i), scrambled(i%categories),
			list(params, func(j int) string { return fmt.Sprintf("A%dx%d", i, scrambled(j)) }),
			list(params, func(j int) string { return fmt.Sprintf("p%d: string", scrambled(j)) }),
			list(params, func(j int) string { return fmt.Sprintf("m%d: x", scrambled(j)) }))
	}
	c := load(t, b.String())
	if len(c.Categories) != categories || len(c.Errors) != errors {
		t.Fatalf("%d categories and %d errors", len(c.Categories), len(c.Errors))
	}
	for i, category := range c.Categories {
		if want := fmt.Sprintf("c%d", scrambled(i)); category.Name != want || len(category.Errors) != errors/categories {
			t.Errorf("category %d is %s with %d errors, want %s", i, category.Name, len(category.Errors), want)
			continue
		}
		for j, e := range category.Errors {
			if e != c.Errors[j*categories+i] {
				t.Errorf("error %d of %s is %s", j, category.Name, e.Name)
			}
		}
	}
	for i, e := range c.Errors {
		if want := fmt.Sprintf("E%d", scrambled(i)); e.Name != want || len(e.Params) != params || len(e.Aliases) != params || len(e.Metadata) != params {
			t.Fatalf("error %d is %+v, want %s", i, e, want)
		}
		for j := range params {
			n := scrambled(j)
			if e.Params[j].Name != fmt.Sprintf("p%d", n) || e.Aliases[j].Code != fmt.Sprintf("A%dx%d", i, n) || e.Metadata[j].Key != fmt.Sprintf("m%d", n) {
				t.Errorf("%s has at %d the param %s, the alias %s and the key %s", e.Name, j, e.Params[j].Name, e.Aliases[j].Code, e.Metadata[j].Key)
			}
		}
	}
}

// list joins n words with commas.
func list(n int, word func(i int) string) string {
	return strings.TrimSuffix(repeat(n, func(i int) string { return word(i) + ", " }), ", ")
}

// TestPublicForm checks what an audience sees if it is the category that
// says who may see its errors.
func TestPublicForm(t *testing.T) {
	source := `
version: 1
catalog: {name: shop, title: Shop, fallback: OPEN}
categories:
  hidden: {http_status: 500, audience: internal, description: Secret.}
  unused: {http_status: 409}
  order: {http_status: 409, codes: "1-9"}
errors:
  DEEP: {category: hidden}
  OPEN: {category: hidden, audience: public, former_names: [OPENED], aliases: [O1]}
  SECRET: {category: order, code: "1", audience: internal, retired: {since: "1", replaced_by: OPEN}}
  OLD: {category: order, code: "2", params: {p: string}, message: "{p}", retired: {since: "2", replaced_by: SHOWN}}
  SHOWN: {category: order, code: "3", deprecated: {since: "3", reason: why, replaced_by: OPEN}}
  LEFT: {category: order, code: "4", deprecated: {since: "4", reason: why, replaced_by: DEEP}}
`
	c, ds := catalog.Load("catalog.yaml", []byte(source))
	if c == nil || len(ds) != 1 || ds[0].Rule != diag.RuleUnusedCategory {
		t.Fatal(report(t, "catalog.yaml", []byte(source), ds))
	}
	before, _ := catalog.Load("catalog.yaml", []byte(source))
	public := c.ForAudience(catalog.Public)
	var got []string
	for _, category := range public.Categories {
		line := category.Name + ":"
		for _, e := range category.Errors {
			line += " " + e.Name
			for _, life := range []*catalog.Lifecycle{e.Deprecated, e.Retired} {
				if life != nil {
					line += "(" + life.Since + life.Reason.Source()
					if life.ReplacedBy != nil {
						line += "->" + life.ReplacedBy.Name
					}
					line += ")"
				}
			}
			if e.Category != category {
				t.Errorf("%s is of another category", e.Name)
			}
		}
		got = append(got, line)
	}
	want := []string{"hidden: OPEN", "unused:", "order: OLD(2->SHOWN) SHOWN(3why->OPEN) LEFT(4why)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	errors := public.Errors
	if len(errors) != 4 || errors[0].Name != "OPEN" || errors[1].Retired.ReplacedBy != errors[2] || errors[2].Deprecated.ReplacedBy != errors[0] || public.Fallback != errors[0] {
		t.Errorf("what the public errors refer to is none of them: %+v", errors)
	}
	if e := errors[0]; e.FormerNames[0].GoName != "Opened" || e.Aliases[0].Code != "O1" || public.Title != "Shop" || public.Categories[2].Codes[0].String() != "1-9" {
		t.Errorf("OPEN has lost something: %+v", e)
	}
	if again := public.ForAudience(catalog.Public); again != public {
		t.Error("the public form of a public catalog is a copy")
	}
	if diff := cmp.Diff(before, c, ignore); diff != "" {
		t.Errorf("the catalog itself has changed: want -, got +\n%s", diff)
	}
}
