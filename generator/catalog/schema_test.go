package catalog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/diag"
)

// TestSchemaAgrees compares the schema with Load, on every case of
// testdata/rules and on other catalogs: it accepts what Load accepts, and
// refuses what Load refuses but for the rules that docs/schema.md lists: those
// that are about the text of the file, those that the schema does not know, and
// those of which it knows a part. That they are listed right is checked, too.
func TestSchemaAgrees(t *testing.T) {
	schema := compileSchema(t)
	page := readSchemaPage(t)
	cases := schemaCases(t)
	for i, f := range fragments {
		cases[fmt.Sprintf("the fragment %d, %q", i, f.source)] = []byte(complete(f.source))
	}
	// Shown by catalogs that break a single rule.
	accepted, refused := make(map[string]bool), make(map[string]bool)
	for name, source := range cases {
		c, ds := generator.Load("catalog.yaml", source)
		rules := brokenRules(ds)
		if slices.ContainsFunc(rules, page.isText) {
			continue
		}
		document, ok := jsonOf(source)
		if !ok {
			if c != nil {
				t.Errorf("%s has no values, but is accepted by Load", name)
			}
			continue
		}
		err := schema.Validate(document)
		isKnown := func(rule string) bool { return page.rules[rule] == "" }
		switch {
		case len(rules) == 0 && err != nil:
			t.Errorf("%s is accepted by Load, but the schema says %v", name, err)
		case slices.ContainsFunc(rules, isKnown) && err == nil:
			t.Errorf("%s breaks the rules %s, but the schema accepts it", name, rules)
		}
		if len(rules) == 1 {
			accepted[rules[0]] = accepted[rules[0]] || err == nil
			refused[rules[0]] = refused[rules[0]] || err != nil
		}
	}
	for rule, list := range page.rules {
		switch {
		case list == textRules:
		case list == unknownRules && accepted[rule] && !refused[rule]:
		case list == partlyKnownRules && accepted[rule] && refused[rule]:
		default:
			t.Errorf("docs/schema.md lists %s under %q; of the cases the schema accepts one: %t, refuses one: %t", rule, list, accepted[rule], refused[rule])
		}
	}
}

// TestSchemaKnows checks the schema on catalogs with one mistake each.
func TestSchemaKnows(t *testing.T) {
	schema := compileSchema(t)
	for _, f := range fragments {
		source := []byte(complete(f.source))
		_, ds := generator.Load("catalog.yaml", source)
		if got := strings.Join(brokenRules(ds), " "); got != f.rule {
			t.Errorf("%q breaks the rules %q, want %q", f.source, got, f.rule)
		}
		document, ok := jsonOf(source)
		if !ok {
			t.Fatalf("%q is no YAML", f.source)
		}
		err := schema.Validate(document)
		if want := f.rule == "" || f.unknown; (err == nil) != want {
			t.Errorf("%q: the schema accepts it: %t, want %t: %v", f.source, err == nil, want, err)
		}
	}
}

// fragment is a part of a catalog that breaks a rule; the schema may not know
// that. Without a rule, it is right.
type fragment struct {
	source, rule string
	unknown      bool
}

// valid is the rule of fragments that break none.
var valid diag.Rule

// in returns fragments that have each value in the place of VALUE.
func in(source string, rule diag.Rule, values ...string) (list []fragment) {
	for _, value := range values {
		var f fragment
		if rule != valid {
			f.rule = rule.ID()
		}
		value, f.unknown = strings.CutPrefix(value, "unknown: ")
		f.source = strings.Replace(source, "VALUE", value, 1)
		list = append(list, f)
	}
	return list
}

const (
	anError    = "errors: {A: {http_status: 409, VALUE}}\n"
	aParam     = "errors: {A: {http_status: 409, params: {p: {VALUE}}}}\n"
	aCategory  = "categories: {c: {http_status: 409, VALUE}}\nerrors: {A: {category: c}}\n"
	theCatalog = "catalog: {name: shop, VALUE}\n"
	aMetadata  = "metadata: {VALUE}\n"
	values     = "metadata: {s: {type: string, pattern: a+}, u: url, n: integer, b: boolean, l: 'string[]', e: {type: enum, values: [x]}}\nerrors: {A: {http_status: 409, metadata: {VALUE}}}\n"
	anOutput   = "outputs: [{VALUE}]\n"

	// In catalogs with integers as codes.
	anIntegerError    = "catalog: {name: shop, code_type: integer}\nerrors: {A: {http_status: 409, VALUE}}\n"
	anIntegerCategory = "catalog: {name: shop, code_type: integer}\ncategories: {c: {http_status: 409, VALUE}}\nerrors: {A: {category: c, code: 1}}\n"
	anIntegerRow      = "catalog: {name: shop, code_type: integer}\nerrors: {A: {http_status: 409, code: 1}}\nreserved: [{VALUE}]\n"
)

var fragments = slices.Concat(
	in("version: VALUE\n", valid, "1"),
	in("version: VALUE\n", diag.RuleUnsupportedVersion, "2", "~", "0", `"1"`, "true", "unknown: 1.0", "unknown: 0x1", "unknown: 01"),
	in("version: VALUE\n", diag.RuleEmptyValue, ""),
	in("version: VALUE\n", diag.RuleWrongType, "[]", "{}"),
	in("catalog: VALUE\n", diag.RuleMissingKey, "{}", "{title: T}"),
	in("catalog: VALUE\n", diag.RuleEmptyValue, ""),
	in("catalog: VALUE\n", diag.RuleWrongType, "shop", "[shop]"),
	in("catalog: {name: VALUE}\n", valid, "a", "a_1", strings.Repeat("a", 64)),
	in("catalog: {name: VALUE}\n", diag.RuleInvalidCatalogName, "A", "a-b", `"1"`, `""`, "_a", "ä", strings.Repeat("a", 65)),
	in("catalog: {name: VALUE}\n", diag.RuleUnquotedString, "1", "1.5", "true", "unknown: y", "unknown: on"),
	in("catalog: {name: shop, VALUE}\nerrors: {A: {}}\n", valid, "http: false", "http: False", "http: false, fallback: A, domain: a.b"),
	in("catalog: {name: shop, VALUE}\nerrors: {A: {}}\n", diag.RuleMissingHTTPStatus, "http: true", "title: T"),
	in("catalog: {name: shop, http: false}\nerrors: {A: {params: {VALUE: string}}}\n", valid, "type", "title", "status", "detail", "instance", "code", "errors"),
	in(theCatalog, valid, "http: true", `http: true, type_uri: "urn:x:{code}"`),
	in(theCatalog, diag.RuleWrongType, "http: no", `http: "false"`, "http: 0", "http: []", "http: {}"),
	in(theCatalog, diag.RuleEmptyValue, "http: "),
	in("catalog: {name: shop, http: false}\ncategories: {c: {}}\nerrors: {A: {category: c, VALUE}}\n", valid, "retry: never"),
	in("catalog: {name: shop, http: false}\ncategories: {c: {}}\nerrors: {A: {category: c, VALUE}}\n", diag.RuleHTTPNotUsed, "http_status: 409", "http_status: x"),
	in("catalog: {name: shop, http: false}\ncategories: {c: {VALUE}}\nerrors: {A: {category: c}}\n", diag.RuleHTTPNotUsed, "http_status: 409", "http_status: ~"),
	in("catalog: {name: shop, http: false, VALUE}\nerrors: {A: {}}\n", diag.RuleHTTPNotUsed, `type_uri: "urn:x:{code}"`, "type_uri: 1", "accepted_type_uris: []", `accepted_type_uris: "{x}"`),
	in(theCatalog, valid, "title: T", `description: ""`, "domain: a.b-c.d1", "domain: localhost", `type_uri: "https://e.x/{code}/{name}?a=%20#b"`, `type_uri: "urn:x:{code}"`),
	in(theCatalog, diag.RuleEmptyValue, `title: ""`, `title: " \t"`, `title: "\u3000\u0085"`, "description: ", "domain: ", `type_uri: " "`),
	in(theCatalog, diag.RuleUnquotedString, "title: ~", "title: 5"),
	in(theCatalog, diag.RuleInvalidVersion, "version: v1.0.0", "version: 1.0.0.0", "version: 01.0.0", "version: 1.0.0-"),
	in(theCatalog, valid, "version: 0.1.0", "version: 1.2.3-rc.1+build.5"),
	in(theCatalog, diag.RuleInvalidDomain, "domain: a..b", "domain: -a", "domain: a-", "domain: a_b", "domain: a.b/", "domain: "+strings.Repeat("a", 64), "domain: "+strings.Repeat("a.", 127)+"a"),
	in(theCatalog, diag.RuleInvalidTypeURI, `type_uri: "{codes}"`, `type_uri: "a{"`, `type_uri: "}"`, `type_uri: "a b"`, `type_uri: "<a>"`, `type_uri: "a\u00a0b"`, `unknown: type_uri: "%zz"`, `type_uri: "{code}"`, `type_uri: "{code}/{name}"`, `type_uri: "urn:{code}{name}"`, `type_uri: "urn:{code}:{code}"`, `type_uri: "urn:{name}:{code}:{name}"`, `type_uri: about:blank`, `type_uri: About:Blank`, `unknown: type_uri: "%zz"`, `unknown: type_uri: "http://[a"`),
	in(theCatalog, valid, `type_uri: "about:blank#{code}"`, `type_uri: "urn:{name}.{code}/x"`, "accepted_type_uris: []", `accepted_type_uris: ["urn:x:{code}"]`, `accepted_type_uris: ["urn:x:{code}", "urn:x:{name}", "urn:y", "/errors/{code}"], type_uri: "urn:x:{code}:{name}"`),
	in(theCatalog, diag.RuleInvalidTypeURI, `accepted_type_uris: ["{codes}"]`, `accepted_type_uris: ["urn:{code}", "a b"]`, `accepted_type_uris: ["about:blank"]`),
	in(theCatalog, diag.RuleDuplicateValue, `accepted_type_uris: ["urn:{code}", "urn:{name}", "urn:{code}"]`, `unknown: type_uri: "urn:{code}", accepted_type_uris: ["urn:{code}"]`, `unknown: accepted_type_uris: ["urn:{code}"], type_uri: "urn:{code}"`),
	in(theCatalog, diag.RuleEmptyValue, "accepted_type_uris: ", `accepted_type_uris: [""]`, `accepted_type_uris: [" "]`),
	in(theCatalog, diag.RuleUnquotedString, "accepted_type_uris: [~]", "accepted_type_uris: [1]"),
	in(theCatalog, diag.RuleWrongType, `accepted_type_uris: "urn:{code}"`, "accepted_type_uris: {a: b}", "accepted_type_uris: [[a]]"),
	in(theCatalog, diag.RuleUnknownKey, "nme: x", "titel: x"),
	in(theCatalog, diag.RuleInvalidFallback, "unknown: fallback: B", `unknown: fallback: "1"`),
	in("catalogue: VALUE\n", diag.RuleUnknownKey, "{name: x}"),
	in("categories: VALUE\n", valid, "{}"),
	in("categories: VALUE\n", diag.RuleEmptyValue, ""),
	in("categories: VALUE\n", diag.RuleWrongType, "[a]"),
	in("categories: {VALUE: {http_status: 409}}\nerrors: {}\n", diag.RuleEmptyValue, "a", "A-1_b", strings.Repeat("a", 64)),
	in("categories: {VALUE: {}}\n", diag.RuleMissingKey, "a"),
	in("categories: {c: {http_status: 409}, VALUE: {}}\nerrors: {A: {category: c}}\n", diag.RuleInvalidCategory, `"1a"`, "_a", "a.b", `""`, "a b", strings.Repeat("a", 65)),
	in("categories: {c: {http_status: 409}, VALUE: {}}\nerrors: {A: {category: c}}\n", diag.RuleUnquotedString, "unknown: true", "unknown: no"),
	in(aCategory, valid, "title: T", "retry: after", "retry: after, retry_after: 30s", "severity: debug", "audience: internal", `codes: "1-2"`, `codes: "A1-A2 , 007 - 010"`, "codes: 1-1"),
	in(aCategory, diag.RuleRetryAfterUnused, "retry_after: 30s", "retry_after: 30s, retry: never", "retry_after: 30s, retry: safe"),
	in(aCategory, diag.RuleInvalidRange, "codes: a-b", "codes: 1-", `codes: "1-2,"`, `codes: "1-2 3-4"`, "codes: x1", "codes: 1..2", "unknown: codes: 2-1", "unknown: codes: A1-B2", "unknown: codes: 001-02"),
	in(aCategory, diag.RuleEmptyValue, `codes: ""`, `codes: " "`, "title: ", "retry: "),
	in(aCategory, diag.RuleUnquotedString, "codes: 12", "codes: 2020", "unknown: codes: 2020-01-02", "title: 5", "title: false", "description: 1.5"),
	in(aCategory, diag.RuleUnknownValue, "retry: always", "retry: 1", "severity: fatal", "severity: Error", "audience: all"),
	in(aCategory, diag.RuleUnknownKey, "http: 409", "owner: A"),
	in("categories: {c: {http_status: VALUE}}\nerrors: {A: {category: c}}\n", diag.RuleInvalidHTTPStatus, "99", "600", "-1", `"404"`, "404.5", "x", "true", "unknown: 0404", "unknown: 4.04e2", "unknown: 0x194", "unknown: 4_0_4"),
	in("categories: {c: {http_status: VALUE}}\nerrors: {A: {category: c}}\n", diag.RuleWrongType, "[404]", "{a: b}"),
	in("errors: {VALUE: {http_status: 409}}\n", valid, "A", "_a.b-C", strings.Repeat("A", 300), "A1"),
	in("errors: {VALUE: {http_status: 409}}\n", diag.RuleInvalidName, `"1A"`, ".a", "-a", "a b", "ä", `""`, "5", strings.Repeat("A", 301)),
	in("errors: {VALUE: {http_status: 409}}\n", diag.RuleUnquotedString, "unknown: NO", "unknown: true", "unknown: null"),
	in("errors: {VALUE: {http_status: 409}}\n", diag.RuleMissingIdentifier, "unknown: __"),
	in("errors: VALUE\n", diag.RuleEmptyValue, "", "{}"),
	in("errors: VALUE\n", diag.RuleWrongType, "[]", "A"),
	in("errors: {A: VALUE}\n", diag.RuleWrongType, "[]", "text", "409"),
	in("errors: {A: VALUE}\n", diag.RuleEmptyValue, ""),
	in("errors: {A: VALUE}\n", diag.RuleMissingHTTPStatus, "{}", "{title: T}"),
	in("categories: {c: {}}\nerrors: {A: VALUE}\n", diag.RuleMissingHTTPStatus, "unknown: {category: c}"),
	in("categories: {c: {}}\nerrors: {A: VALUE}\n", diag.RuleMissingKey, "{http_status: 409}"),
	in("categories: {c: {}}\nerrors: {A: {http_status: 409, category: VALUE}}\n", diag.RuleUnknownCategory, "unknown: d", `unknown: ""`),
	in("categories: {c: {}}\nerrors: {A: {http_status: 409, category: VALUE}}\n", diag.RuleUnquotedString, "5", "true", "unknown: off"),
	in(anError, valid, `code: "0001"`, "code: a.b:c/d-e", `aliases: ["1", "2"]`, "aliases: []", "former_names: [B, c-d]", "synonyms: [B, c-d]", "synonyms: []", "title: T", `title: "{x}"`, `description: ""`, "links: []", "params: {}", "tags: []", "tags: [a, b]",
		"retry: after", "retry: after, retry_after: 1h30m0.5s", "retry: after, retry_after: +.5h", "retry: after, retry_after: 1µs", `since: "1.0"`, "deprecated: {}", "retired: {since: a, reason: b}", "identifiers: {}", "identifiers: {go: A_b1}", "identifiers: {typescript: $a_1}", "metadata: {}", `metadata: {"": ""}`),
	in(anError, diag.RuleInvalidCode, `code: ""`, "code: .a", "code: -a", "code: a b", "code: ä", `code: "a#b"`, "code: "+strings.Repeat("1a", 151), `aliases: [a b]`, `aliases: [""]`),
	in(anError, diag.RuleUnquotedString, "code: 1", "code: 0x1F", "code: 1e3", "code: true", "code: null", "unknown: code: yes", "unknown: code: 1:30", "code: 0o17", "unknown: code: 2020-01-02", "aliases: [1]", "title: 404", "message: true", "since: 1.4", "unknown: since: 2020-01-02", "owner: 1", "tags: [1]", "tags: [~]", "metadata: {a: 1}", "metadata: {a: true}", "unknown: metadata: {1: a}", "description: 1", "resolution: .5"),
	in(anError, diag.RuleInvalidName, "former_names: [a b]", "former_names: [1a]", `former_names: [""]`),
	in(anError, diag.RuleWrongType, "code: [a]", "aliases: a", "aliases: {a: b}", "former_names: B", "synonyms: B", "synonyms: {a: b}", "title: {a: b}", "message: [a]", "links: a", "links: {url: a}", "links: [a]", "params: [a]", "params: a", "tags: a", "deprecated: true", `retired: "3.0"`, "identifiers: A", "metadata: [a]", "metadata: {a: [b]}", "retry: [never]", "tags: [[a]]", "owner: {a: b}"),
	in(anError, diag.RuleEmptyValue, "code: ", "title: ", `title: ""`, `message: ""`, `message: "\n "`, "owner: ", `owner: ""`, `since: ""`, "tags: ", `tags: [" "]`, "links: ", "params: ", "deprecated: ", "retired: ", "identifiers: ", "metadata: ", "retry: ", "resolution: ", "params: {p: }", "metadata: {a: }", `links: [{url: ""}]`, `links: [{url: a, title: ""}]`),
	in(anError, diag.RuleDuplicateTag, "tags: [a, b, a]"),
	in(anError, diag.RuleInvalidPlaceholder, `message: "{"`, `message: "}"`, `message: "{}"`, `message: "{ a }"`, `message: "{_}"`, `message: "{{a}"`, `message: "{{}"`, `message: "{ {"`, `message: "{1}"`),
	in(anError, valid, `message: "{{a}}"`, `message: "}}{{"`, `message: "{{{{a"`, `message: "{a} {{{a}}}", params: {a: string}`, `message: "{A} {_b} {_1}", params: {A: string, _b: string, _1: string}`, "message: \"a\\nb\""),
	in(anError, diag.RuleUndeclaredParam, `unknown: message: "{a}"`),
	in(anError, diag.RuleSensitivePlaceholder, `unknown: message: "{a}", params: {a: {sensitive: true}}`),
	in(anError, diag.RuleTitlePlaceholder, `unknown: title: "{a}", params: {a: string}`),
	in(anError, diag.RuleInvalidURL, `links: [{url: "a b"}]`, `links: [{url: "javascript:x"}]`, `links: [{url: "JavaScript:x"}]`, `links: [{url: "ftp://a"}]`, `links: [{url: "http:a"}]`, `links: [{url: "https:///a"}]`, `links: [{url: "<a>"}]`, `links: [{url: "a:b"}]`, `unknown: links: [{url: "%zz"}]`, `unknown: links: [{url: "http://a:b"}]`),
	in(anError, valid, `links: [{url: "HTTP://a"}]`, `links: [{url: "mailto:a@b"}]`, `links: [{url: "../a:b"}]`, `links: [{url: "#a:b"}]`, `links: [{url: "?a=b:c"}]`, `links: [{url: "//a/b"}]`, `links: [{url: "ä"}]`),
	in(anError, diag.RuleMissingKey, "links: [{}]", "links: [{title: T}]"),
	in(anError, diag.RuleUnknownKey, "links: [{url: a, name: b}]", "deprecated: {by: a}", "identifiers: {python: a}", "kode: a", "Code: A"),
	in(anError, diag.RuleUnknownValue, "retry: maybe", "severity: 1", "audience: PUBLIC", "params: {p: text}", "params: {p: String}", "params: {p: 1}"),
	in(anError, diag.RuleInvalidDuration, "retry: after, retry_after: 30", "retry: after, retry_after: 30 s", "retry: after, retry_after: 0s", "retry: after, retry_after: -1s", "retry: after, retry_after: 1d", "retry: after, retry_after: s", `retry: after, retry_after: ""`, "retry: after, retry_after: .s", "unknown: retry: after, retry_after: 0.1ns", "unknown: retry: after, retry_after: 9999999h"),
	in(anError, diag.RuleRetryAfterUnused, "retry: never, retry_after: 30s", "retry: safe, retry_after: 30s", "unknown: retry_after: 30s"),
	in(anError, diag.RuleInvalidIdentifier, "identifiers: {go: a}", "identifiers: {go: _A}", "identifiers: {go: A-b}", `identifiers: {go: ""}`, "identifiers: {go: Ä}", "identifiers: {typescript: 1a}", "identifiers: {typescript: a-b}", "unknown: identifiers: {go: Code}", "unknown: identifiers: {typescript: class}"),
	in(anError, diag.RuleUnknownReplacement, "unknown: deprecated: {replaced_by: B}"),
	in(anError, diag.RuleInvalidReplacement, "unknown: retired: {replaced_by: A}"),
	in(anError, diag.RuleUnknownCategory, "unknown: category: c"),
	in(anError, diag.RuleInvalidParamName, "params: {1a: string}", "params: {a-b: string}", "params: {_: string}", "params: {__: string}", "params: {a$: string}", `params: {"": string}`, "params: {"+strings.Repeat("a", 65)+": string}"),
	in(anError, diag.RuleReservedParamName, "params: {type: string}", "params: {title: string}", "params: {status: integer}", "params: {detail: string}", "params: {instance: string}", "params: {code: string}", "params: {errors: string}"),
	in(anError, diag.RuleIdentifierClash, "unknown: params: {a_b: string, aB: string}", "unknown: params: {a: string, A: string}"),
	in(anError, diag.RuleUnquotedString, "unknown: params: {true: string}"),
	in(aParam, valid, "", "type: integer", "description: a", `description: ""`, "sensitive: true", "sensitive: False", "example: a", `example: ""`, `example: "1"`, "type: integer, example: -5", "type: integer, example: 9223372036854775807", "type: number, example: 5", "type: number, example: -1.5e-3", "type: boolean, example: TRUE",
		"type: datetime, example: 2026-01-31T12:00:00Z", `type: datetime, example: "2026-01-31T12:00:00.123456789-05:30"`, `type: datetime, example: "2026-01-31T12:00:00,5Z"`, "type: duration, example: 1m30s", `type: duration, example: "0"`, "type: duration, example: -5ms", `type: "string[]", example: [a, "1", ""]`, `type: "integer[]", example: [1, -2]`),
	in(aParam, diag.RuleSensitiveExample, "sensitive: true, example: a", "sensitive: TRUE, type: integer, example: 1", `type: "string[]", example: [], sensitive: true`),
	in(aParam, diag.RuleUnquotedString, "example: 1", "example: true", "unknown: example: 2020-01-02", `type: "string[]", example: [1]`),
	in(aParam, diag.RuleInvalidExample, `type: integer, example: "5"`, "type: integer, example: 1.5", "type: integer, example: true", "type: number, example: a", "type: number, example: true", `type: number, example: "1"`, "type: boolean, example: 1", "type: boolean, example: a", "type: datetime, example: a", `type: datetime, example: "2026-01-31"`, `type: datetime, example: "2026-01-31T12:00:00"`, "type: datetime, example: 5", "type: duration, example: 5", "type: duration, example: a", `type: duration, example: "5"`, `type: "integer[]", example: [a]`, `type: "integer[]", example: [1.5]`,
		"unknown: type: integer, example: 1e3", "unknown: type: integer, example: 0x1F", "unknown: type: number, example: 0x1F", `unknown: type: datetime, example: "2026-02-30T12:00:00Z"`, "unknown: type: duration, example: 9999999h"),
	in(aParam, diag.RuleWrongType, "example: [a]", "example: {a: b}", "type: integer, example: [1]", `type: "string[]", example: a`, `type: "integer[]", example: 1`, "sensitive: 1", "sensitive: a", "description: [a]", "type: [string]"),
	in(aParam, valid, "values: [a, B c]", `type: "string[]", values: [a, "1"], example: ["1"]`, "values: [a], example: a", "values: [a], sensitive: true"),
	in(aParam, diag.RuleInvalidExample, "unknown: values: [a], example: b", `unknown: type: "string[]", values: [a], example: [a, b]`),
	in(aParam, diag.RuleWrongType, "values: a", "values: {a: b}", "unknown: type: integer, values: [a]", "values: [[a]]"),
	in(aParam, diag.RuleEmptyValue, "values: ", "values: []", `values: [" "]`, `values: [""]`),
	in(aParam, diag.RuleUnquotedString, "values: [1]", "unknown: values: [no]", "values: [true]"),
	in(aParam, diag.RuleDuplicateValue, "values: [a, b, a]"),
	in(aParam, diag.RuleWrongType, "sensitive: yes", `sensitive: "true"`),
	in(aParam, diag.RuleEmptyValue, "type: ", "description: ", "example: ", "sensitive: ", "type: integer, example: "),
	in(aParam, diag.RuleUnknownKey, "default: a", "exampel: a"),
	in(aParam, diag.RuleUnknownValue, "type: text", "type: int"),
	in(aMetadata, valid, "k: string", "k: {type: string}", `k: {type: url, title: T, description: "", pattern: a+, required: false, audience: internal}`, "k: {type: enum, values: [a, B]}", `k: "string[]"`),
	in(aMetadata, diag.RuleInvalidMetadata, "k: enum", "k: {type: enum}", "k: {type: string, values: [a]}", "k: {type: integer, pattern: a}", "k: {type: enum, values: [a], pattern: a}"),
	in(aMetadata, diag.RuleInvalidMetadataName, "1k: string", "k-1: string", "__: string", "constructor: string", "__proto__: string", "valueOf: string", `"": string`, strings.Repeat("k", 65)+": string"),
	in(aMetadata, diag.RuleUnknownValue, "k: text", "k: 5", "k: {type: String}", "k: {type: string, audience: all}"),
	in(aMetadata, diag.RuleMissingKey, "k: {}", "k: {title: T}"),
	in(aMetadata, diag.RuleWrongType, "k: [string]", "k: {type: string, required: yes}", "k: {type: enum, values: a}", "k: {type: string, pattern: [a]}"),
	in(aMetadata, diag.RuleEmptyValue, "k: ", "k: {type: }", `k: {type: string, title: ""}`, `k: {type: string, pattern: " "}`, "k: {type: enum, values: []}", `k: {type: enum, values: [""]}`),
	in(aMetadata, diag.RuleUnknownKey, "k: {type: string, default: a}"),
	in(aMetadata, diag.RuleUnquotedString, "k: {type: enum, values: [1]}", "unknown: k: {type: enum, values: [no]}", "k: {type: string, title: 5}", "unknown: true: string"),
	in(aMetadata, diag.RuleDuplicateValue, "k: {type: enum, values: [a, b, a]}"),
	in(aMetadata, diag.RuleInvalidPattern, `unknown: k: {type: string, pattern: "["}`),
	in(aMetadata, diag.RuleIdentifierClash, "unknown: a_b: string, aB: string"),
	in(aMetadata, diag.RuleMissingMetadata, "unknown: k: {type: string, required: true}"),
	in("metadata: VALUE\n", diag.RuleWrongType, "[k]", "k"),
	in("metadata: VALUE\n", diag.RuleEmptyValue, ""),
	in("metadata: VALUE\n", valid, "{}"),
	in(values, valid, "s: a", "u: ../a", "n: -5", "b: true", `l: [a, "1"]`, "e: x"),
	in(values, diag.RuleUndeclaredMetadata, "unknown: t: a"),
	in(values, diag.RuleMetadataPattern, "unknown: s: b"),
	in(values, diag.RuleUnknownValue, "unknown: e: z"),
	in(values, diag.RuleInvalidURL, "unknown: u: a b"),
	in(values, diag.RuleWrongType, "s: {}", "unknown: s: [a]", `unknown: n: "5"`, "n: 1.5", "n: 9007199254740992", "n: {}", "unknown: b: 1", "unknown: l: a", "l: [[a]]"),
	in(values, diag.RuleUnquotedString, "unknown: s: 5", "unknown: s: true", "s: 1.5", "s: ~", "l: [1]", "unknown: e: no"),
	in(values, diag.RuleEmptyValue, "s: ", `s: ""`, `u: " "`, "l: []", `l: [""]`, "n: "),
	in(aCategory, valid, "metadata: {a: b}", `metadata: {a: ""}`),
	in(aCategory, diag.RuleUnquotedString, "metadata: {a: 5}"),
	in(aCategory, diag.RuleEmptyValue, "metadata: {a: }"),
	in("lint: VALUE\n", valid, "{}", "{mixed-name-styles: off}", `{unused-category: "error", unusual-http-status: warning}`),
	in("lint: VALUE\n", diag.RuleUnknownKey, "{mixed-names: off}", "{duplicate-code: off}", "{Unused-category: off}"),
	in("lint: VALUE\n", diag.RuleUnknownValue, "{mixed-name-styles: none}", "{mixed-name-styles: false}", "{mixed-name-styles: 0}", "{mixed-name-styles: OFF}"),
	in("lint: VALUE\n", diag.RuleWrongType, "[a]", "off", "{mixed-name-styles: [off]}"),
	in("lint: VALUE\n", diag.RuleEmptyValue, "", "{mixed-name-styles: }"),
	in("reserved: VALUE\n", valid, "[]", "[{name: B}]", `[{code: "1", reason: ""}]`, `[{codes: "1-2, A1-A3"}]`),
	in("reserved: VALUE\n", diag.RuleInvalidReservation, "[{}]", "[{reason: a}]", `[{code: "1", codes: "1-2"}]`, `[{name: B, codes: "1-2"}]`, `[{name: B, aliases: ["1"]}]`, `[{code: "1", former_names: [B]}]`),
	in("reserved: VALUE\n", valid, `[{name: B, former_names: [C], code: "1", aliases: ["2"], reason: a}]`),
	in("compatibility: VALUE\n", valid, "{}", "{released: 'v*', against: origin/main, accept: [{rule: category-removed, to: a, reason: b}]}"),
	in("compatibility: VALUE\n", diag.RuleInvalidRevision, "{against: -a}", "{released: a b}"),
	in("compatibility: {accept: VALUE}\n", diag.RuleMissingKey, "[{rule: category-removed}]", "[{reason: a}]"),
	in("compatibility: {accept: [{rule: category-removed, to: a, reason: VALUE}]}\n", diag.RuleEmptyValue, "''", "' '"),
	in("compatibility: {accept: VALUE}\n", diag.RuleUnknownValue, "[{rule: error-added, reason: a}]", "[{rule: duplicate-code, reason: a}]", "[{rule: catalog-removed, to: a, reason: a}]", "[{rule: version-too-low, to: 1.0.0, reason: a}]", "[{rule: unused-acceptance, reason: a}]"),
	in("errors: {A: {http_status: 409, accept: VALUE}}\n", valid, "[{rule: http-status-changed, to: 410, reason: a}, {rule: error-made-internal, to: true, reason: a}]"),
	in("errors: {A: {http_status: 409, accept: VALUE}}\n", diag.RuleWrongType, "{rule: error-removed}", "[{rule: error-removed, reason: a, to: [1]}]"),
	in("reserved: VALUE\n", diag.RuleWrongType, "[B]", "[~]", "B", "{name: B}"),
	in("reserved: VALUE\n", diag.RuleEmptyValue, "", "[{name: }]"),
	in("reserved: VALUE\n", diag.RuleInvalidName, "[{name: a b}]"),
	in("reserved: VALUE\n", diag.RuleInvalidCode, "[{code: a b}]"),
	in("reserved: VALUE\n", diag.RuleUnquotedString, "[{code: 5}]", "unknown: [{name: no}]"),
	in("reserved: VALUE\n", diag.RuleInvalidRange, "[{codes: a}]"),
	in("reserved: VALUE\n", diag.RuleUnknownKey, "[{name: B, why: a}]"),
	in("reserved: VALUE\n", diag.RuleReservedName, "unknown: [{name: OUT_OF_STOCK}]"),
	in("reserved: VALUE\n", diag.RuleReservedCode, "unknown: [{code: A}]\nerrors: {B: {http_status: 409, code: A}}"),
	in("outputs: VALUE\n", valid, "[]"),
	in("outputs: VALUE\n", diag.RuleEmptyValue, ""),
	in("outputs: VALUE\n", diag.RuleWrongType, "{target: go, path: a}", "[go]", "[~]", "go"),
	in(anOutput, valid, "target: go, path: a", "target: go, path: ../a/b.c", "target: go, path: a, package: b", "target: markdown, path: a, pages: true", `target: markdown, path: a, pages: "false"`, "target: typescript, path: ., audience: internal"),
	in(anOutput, diag.RuleMissingKey, "target: go", "path: a", ""),
	in(anOutput, diag.RuleUnknownTarget, "target: golang, path: a", "target: Go, path: a"),
	in(anOutput, diag.RuleInvalidOutputPath, "target: go, path: /a", `target: go, path: "a\\b"`, `target: go, path: "C:a"`, `target: go, path: "C:"`, `unknown: target: go, path: "a\u202eb"`, "unknown: target: go, path: a/con.d", `unknown: target: go, path: "a*"`, `unknown: target: go, path: "a."`),
	in(anOutput, diag.RuleEmptyValue, "target: go, path: ", "target: , path: a", `target: go, path: ""`, `target: go, path: " "`, "target: go, path: a, package: "),
	in(anOutput, diag.RuleUnknownKey, "target: go, path: a, audience: public", "target: go, path: a, pakage: b"),
	in(anOutput, diag.RuleInvalidOutputOption, "target: typescript, path: a, audience: all", "target: markdown, path: a, pages: maybe", "unknown: target: go, path: a, package: func"),
	in(anOutput, diag.RuleWrongType, "target: go, path: [a]", "target: go, path: a, package: [b]"),
	in(anOutput, diag.RuleUnquotedString, "target: go, path: 5", "target: go, path: a, package: 5"),
	in("outputs: [{target: go, path: a}, VALUE]\n", diag.RuleDuplicateOutput, "unknown: {target: go, path: ./a}", "unknown: {target: json, path: A}"),
	in("outputs: [{target: go, path: a}, VALUE]\n", valid, "{target: typescript, path: a}", "{target: json, path: a.json}"),
	in("errors: {A: {http_status: 409}, VALUE}\n", diag.RuleDuplicateName, "unknown: B: {http_status: 409, former_names: [A]}"),
	in("errors: {A: {http_status: 409}, VALUE}\n", diag.RuleDuplicateName, "unknown: B: {http_status: 409, synonyms: [A]}", "unknown: B: {http_status: 409, synonyms: [C, C]}", "unknown: B: {http_status: 409, synonyms: [C], former_names: [C]}"),
	in(anError, diag.RuleInvalidName, "synonyms: [a b]", `synonyms: ["1a"]`),
	in("errors: {A: {http_status: 409}, VALUE}\n", diag.RuleDuplicateCode, `unknown: B: {http_status: 409, code: "1", aliases: ["1"]}`),
	in("errors: {A: {http_status: 409, code: a}, VALUE}\n", diag.RuleAmbiguousCode, "unknown: B: {http_status: 409, code: A}"),
	in("categories: {x: {http_status: 409}}\nerrors: {A: {category: x}, VALUE}\n", diag.RuleAnchorClash, "unknown: B: {category: x, code: category-x}"),
	in(theCatalog, valid, "code_type: string", `code_type: "string"`),
	in(theCatalog, diag.RuleMissingKey, "code_type: integer"),
	in(theCatalog, diag.RuleUnknownValue, "code_type: int", "code_type: Integer", "code_type: number", `code_type: ""`, "code_type: 1", "code_type: true"),
	in(theCatalog, diag.RuleWrongType, "code_type: [integer]", "code_type: {integer: true}"),
	in(theCatalog, diag.RuleEmptyValue, "code_type: "),
	in("catalog: {name: shop, code_type: VALUE}\nerrors: {A: {http_status: 409, code: \"1\"}}\n", valid, "string", "integer"),
	in(anIntegerError, valid, "code: 0", `code: "0"`, "code: -32700", "code: '-1'", "code: 9007199254740991", `code: "-9007199254740991"`, `code: 1, aliases: [2, "-3"]`, "code: !!str 5", "code: !!float 5"),
	in(anIntegerError, diag.RuleInvalidCode, "unknown: code: 007", "unknown: code: +5", "unknown: code: 1.0", "unknown: code: 0x10", "unknown: code: 1e3", "unknown: code: -0", "unknown: code: 0b11",
		`code: "007"`, `code: "+5"`, `code: "1.0"`, `code: "0x10"`, `code: "1e3"`, `code: "1_000"`, `code: " 5"`, `code: "5\n"`, `code: "-0"`, "code: 1.5", "code: .5", "code: true", "code: ~", "code: E42", `code: "-"`,
		"code: 9007199254740992", "code: -9007199254740992", "unknown: code: '9007199254740992'", "code: 99999999999999999999", "code: 1e300", "code: .inf", `code: "10000000000000000000000"`, "code: 1, aliases: [A]", "unknown: code: 1, aliases: [0x2]"),
	in(anIntegerError, diag.RuleEmptyValue, "code: ", `code: ""`, `code: " "`, "code: 1, aliases: ['']"),
	in(anIntegerError, diag.RuleWrongType, "code: [1]", "code: {a: 1}", "code: 1, aliases: 2", "code: !!bool 5", "code: !!null 5"),
	in(anIntegerError, diag.RuleMissingKey, "title: T"),
	in(anIntegerCategory, valid, "codes: 1..9", `codes: "-9..-1, 0..5"`, "codes: -5 .. 5"),
	in(anIntegerCategory, diag.RuleInvalidRange, "codes: 1-9", "codes: 5", "codes: a..b", "codes: 1..", "codes: 01..9", "unknown: codes: 9..1", "unknown: codes: 1..9007199254740992", `codes: "1..2,"`),
	in(anIntegerCategory, diag.RuleEmptyValue, `codes: ""`),
	in(anIntegerRow, valid, "code: 8", `code: "-8"`, "codes: -9..-1"),
	in(anIntegerRow, diag.RuleInvalidCode, "code: A", "unknown: code: 0x8"),
	in(anIntegerRow, diag.RuleInvalidRange, "codes: 8-9"),
	in(anIntegerRow, diag.RuleReservedCode, "unknown: code: 1", "unknown: codes: -1..1"),
	in(anIntegerRow, diag.RuleDuplicateCode, "unknown: code: 2}, {code: '2'"),
	in(anError, diag.RuleDuplicateKey, "unknown: title: a, title: a"),
	in(anError, diag.RuleControlCharacter, `unknown: title: "a\0"`),
	in(anError, diag.RuleUnsupportedTag, "unknown: title: !text a"),
)

// schemaCases returns the sources that Load and the schema must agree on.
func schemaCases(t *testing.T) map[string][]byte {
	t.Helper()
	cases := map[string][]byte{
		"full":       []byte(full),
		"one code":   catalogtest.YAML(1),
		"many codes": catalogtest.YAML(500),
	}
	for _, example := range []string{"../../catalog.yaml", "../../docs/format.md"} {
		source, err := os.ReadFile(example)
		if err != nil {
			t.Fatal(err)
		}
		if block := regexp.MustCompile("(?s)```yaml\n# full.yaml\n(.*?)```").FindSubmatch(source); block != nil {
			source = block[1]
		}
		cases[example] = source
	}
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".yaml") && !bytes.Contains(f.Data, []byte("%go ")) || isSmall(f) {
				cases[filepath.Base(file)+" "+f.Name] = expand(f.Data)
			}
		}
	}
	for _, rule := range describedRules(t) {
		for i, m := range example.FindAllStringSubmatch(describe(rule), -1) {
			if m[1] == "yaml" {
				cases[fmt.Sprintf("the example %d of %s", i, rule.Code)] = []byte(complete(m[2]))
			}
		}
	}
	return cases
}

// isSmall reports whether a case does not take long to be read twice.
func isSmall(f txtar.File) bool {
	return strings.HasSuffix(f.Name, ".yaml") && len(expand(f.Data)) < 1<<16
}

// The lists of docs/schema.md, by how they begin.
const (
	textRules        = "These are about the text of the file"
	unknownRules     = "The schema does not know these"
	partlyKnownRules = "The schema knows a part of these"
)

// schemaPage is docs/schema.md.
type schemaPage struct{ rules map[string]string } // the list that a rule is in

func (p schemaPage) isText(rule string) bool { return p.rules[rule] == textRules }

func readSchemaPage(t *testing.T) schemaPage {
	t.Helper()
	text, err := os.ReadFile("../../docs/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	page := schemaPage{make(map[string]string)}
	link := regexp.MustCompile(`^- \[([a-z0-9-]+)\]\(rules\.md#([a-z0-9-]+)\)`)
	list := ""
	for line := range strings.Lines(string(text)) {
		for _, start := range []string{textRules, unknownRules, partlyKnownRules} {
			if strings.HasPrefix(line, start) {
				list = start
			}
		}
		m := link.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		isRule := func(r diag.Rule) bool { return r.ID() == m[1] && r.Severity() == diag.Error }
		if m[1] != m[2] || !slices.ContainsFunc(diag.Rules(), isRule) || page.rules[m[1]] != "" {
			t.Errorf("docs/schema.md lists %s, which is not a rule, is a warning, or is a duplicate", m[1])
		}
		page.rules[m[1]] = list
	}
	return page
}

// brokenRules returns the rules that make a catalog invalid.
func brokenRules(ds diag.Diagnostics) []string {
	var rules []string
	for _, d := range ds {
		if d.Severity == diag.Error {
			rules = append(rules, d.Rule.ID())
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// TestSchemaExplains checks that the source of the schema says of each key what
// it is for, how a value looks, and what holds without it; and that it accepts
// its own examples and defaults.
func TestSchemaExplains(t *testing.T) {
	source := schemaSource(t)
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("file:///schema.json", source); err != nil {
		t.Fatal(err)
	}
	keys := 0
	property := func(pointer string, node map[string]any, required bool) {
		keys++
		schema, err := compiler.Compile("file:///schema.json#" + pointer)
		if err != nil {
			t.Fatal(err)
		}
		description, _ := node["description"].(string)
		value, hasDefault := node["default"]
		if title, _ := node["title"].(string); title == "" || !strings.HasSuffix(description, ".") {
			t.Errorf("%s has the title %q and the description %q", pointer, node["title"], description)
		}
		if !required && !hasDefault && !regexp.MustCompile(`Without (it|any)\b|[Bb]y default|is required\.`).MatchString(description) {
			t.Errorf("%s does not say what holds without it", pointer)
		}
		if hasDefault {
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s has the default %v: %v", pointer, value, err)
			}
		}
		examples, _ := node["examples"].([]any)
		if len(examples) == 0 && node["enum"] == nil && node["defaultSnippets"] == nil {
			t.Errorf("%s has no examples", pointer)
		}
		for _, example := range examples {
			if err := schema.Validate(example); err != nil {
				t.Errorf("%s has the example %v: %v", pointer, example, err)
			}
		}
	}
	var walk func(pointer string, node any, inCondition bool)
	walk = func(pointer string, node any, inCondition bool) {
		schema, ok := node.(map[string]any)
		if !ok {
			return
		}
		if values, _ := schema["enum"].([]any); !inCondition && schema["errorMessage"] == nil || schema["enumDescriptions"] != nil {
			if words, _ := schema["enumDescriptions"].([]any); len(words) != len(values) && !strings.Contains(pointer, "/definitions/output/") {
				t.Errorf("%s describes %d of %d values", pointer, len(words), len(values))
			}
		}
		if schema["pattern"] != nil && schema["patternErrorMessage"] == nil && !inCondition {
			t.Errorf("%s has no message", pointer)
		}
		required, _ := schema["required"].([]any)
		properties, _ := schema["properties"].(map[string]any)
		for name, node := range properties {
			pointer := pointer + "/properties/" + name
			if p, ok := node.(map[string]any); ok && p["description"] != nil {
				property(pointer, p, slices.Contains(required, any(name)))
			}
			walk(pointer, node, inCondition)
		}
		if properties != nil && schema["description"] != nil && schema["additionalProperties"] != false && schema["title"] != "Output" {
			t.Errorf("%s allows other keys", pointer)
		}
		for _, key := range []string{"items", "additionalProperties", "propertyNames", "then", "else", "if", "not"} {
			walk(pointer+"/"+key, schema[key], inCondition || key == "if" || key == "not")
		}
		for _, key := range []string{"anyOf", "allOf", "oneOf"} {
			branches, _ := schema[key].([]any)
			for i, branch := range branches {
				walk(fmt.Sprintf("%s/%s/%d", pointer, key, i), branch, inCondition)
			}
		}
		definitions, _ := schema["definitions"].(map[string]any)
		for name, node := range definitions {
			walk(pointer+"/definitions/"+name, node, inCondition)
		}
	}
	walk("", source, false)
	if keys < 80 {
		t.Errorf("the schema has %d keys", keys)
	}
}

// schemaSource returns the schema before it is prepared for editors.
func schemaSource(t *testing.T) map[string]any {
	t.Helper()
	text, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	outputs, err := generator.OutputSchema()
	if err != nil {
		t.Fatal(err)
	}
	var documents [2]map[string]any
	for i, data := range [][]byte{text, outputs} {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		documents[i] = v.(map[string]any)
	}
	maps.Copy(documents[0]["definitions"].(map[string]any), documents[1])
	return documents[0]
}

// TestSchemaPatterns checks that the patterns mean in JavaScript, which is what
// editors run, what they mean here.
func TestSchemaPatterns(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs Node")
	}
	var patterns, texts []string
	var walk func(node any)
	walk = func(node any) {
		switch node := node.(type) {
		case map[string]any:
			if p, ok := node["pattern"].(string); ok {
				patterns = append(patterns, p)
			}
			for _, v := range node {
				walk(v)
			}
		case []any:
			for _, v := range node {
				walk(v)
			}
		}
	}
	walk(schemaDocument(t, ""))
	var collect func(v any)
	collect = func(v any) {
		switch v := v.(type) {
		case string:
			texts = append(texts, v)
		case map[string]any:
			for key, v := range v {
				texts = append(texts, key)
				collect(v)
			}
		case []any:
			for _, v := range v {
				collect(v)
			}
		}
	}
	for _, f := range fragments {
		v, _ := jsonOf([]byte(f.source))
		collect(v)
	}
	for _, list := range []*[]string{&patterns, &texts} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	input, err := json.Marshal([][]string{patterns, texts})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "-e", `
		const [patterns, texts] = JSON.parse(require("fs").readFileSync(0, "utf8"));
		console.log(JSON.stringify(patterns.map((p) => texts.map((s) => new RegExp(p, "u").test(s)))));`)
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stderr = os.Stderr
	output, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got [][]bool
	if err := json.Unmarshal(output, &got); err != nil {
		t.Fatal(err)
	}
	for i, p := range patterns {
		for j, text := range texts {
			if want := regexp.MustCompile(p).MatchString(text); got[i][j] != want {
				t.Errorf("the pattern %s matches %q: %t in JavaScript, %t here", p, text, got[i][j], want)
			}
		}
	}
	if len(patterns) < 15 || len(texts) < 200 {
		t.Errorf("%d patterns, %d texts", len(patterns), len(texts))
	}
}

func TestSchemaComment(t *testing.T) {
	if document := schemaDocument(t, "a <comment>").(map[string]any); document["$comment"] != "a <comment>" || document["title"] == nil {
		t.Errorf("the comment is %v", document["$comment"])
	}
}

func schemaDocument(t *testing.T, comment string) any {
	t.Helper()
	text, err := generator.Schema(comment)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func schemaCompiler(t *testing.T) *jsonschema.Compiler {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("file:///schema.json", schemaDocument(t, "")); err != nil {
		t.Fatal(err)
	}
	return compiler
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := schemaCompiler(t).Compile("file:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// jsonOf returns a YAML document as an editor hands it to a schema: texts,
// numbers, booleans, lists and objects. It reports false for what is no YAML.
func jsonOf(source []byte) (any, bool) {
	var value any
	if json.Unmarshal(source, &value) == nil {
		return value, true // It can have escapes that the YAML parser refuses.
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(source, &doc); err != nil || doc.Kind != yaml.DocumentNode {
		return nil, err == nil
	}
	return valueOf(doc.Content[0], 0)
}

func valueOf(n *yaml.Node, depth int) (any, bool) {
	if depth > 100 {
		return nil, false
	}
	switch n.Kind {
	case yaml.AliasNode:
		return valueOf(n.Alias, depth+1)
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			v, ok := valueOf(c, depth+1)
			if !ok {
				return nil, false
			}
			list = append(list, v)
		}
		return list, true
	case yaml.MappingNode:
		return objectOf(n, depth)
	}
	return scalarOf(n), true
}

func objectOf(n *yaml.Node, depth int) (any, bool) {
	object := make(map[string]any)
	merged := make(map[string]any)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		for key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		v, ok := valueOf(n.Content[i+1], depth+1)
		if !ok || key.Kind != yaml.ScalarNode {
			return nil, false
		}
		if key.ShortTag() != "!!merge" {
			object[key.Value] = v
			continue
		}
		sources, ok := v.([]any)
		if !ok {
			sources = []any{v}
		}
		for _, source := range sources {
			pairs, ok := source.(map[string]any)
			if !ok {
				return nil, false
			}
			for k, v := range pairs {
				if _, ok := merged[k]; !ok {
					merged[k] = v
				}
			}
		}
	}
	for k, v := range merged {
		if _, ok := object[k]; !ok {
			object[k] = v
		}
	}
	return object, true
}

func scalarOf(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		var f float64
		if n.Decode(&f) != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return n.Value
		}
		if i, err := strconv.ParseInt(n.Value, 10, 64); err == nil {
			return json.Number(strconv.FormatInt(i, 10))
		}
		return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
	}
	return n.Value
}
