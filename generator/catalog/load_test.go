package catalog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/prose"
)

// load loads a catalog that has no findings.
func load(t *testing.T, source string) *catalog.Catalog {
	t.Helper()
	c, ds := catalog.Load("catalog.yaml", []byte(source))
	if len(ds) > 0 {
		t.Fatal(report(t, "catalog.yaml", []byte(source), ds))
	}
	return c
}

// ignore excludes positions and errors of categories from comparisons.
var ignore = cmp.Options{
	cmpopts.IgnoreTypes(diag.Position{}),
	cmpopts.IgnoreFields(catalog.Category{}, "Errors"),
	cmpopts.IgnoreUnexported(catalog.Range{}),
}

const full = `
version: 1
catalog:
  name: shop
  title: Shop errors
  description: |
    What the *shop* answers.
  domain: example.com
  type_uri: https://example.com/errors#{code}
  fallback: INTERNAL

categories:
  order:
    title: Orders
    description: About orders.
    http_status: 409
    retry: after
    retry_after: 30s
    severity: warning
    audience: internal
    codes: "1000-1999, IST0100-IST0199"
  system: {http_status: 500}

errors:
  OUT_OF_STOCK:
    code: "1001"
    aliases: ["1901", E1]
    synonyms: [NONE_LEFT, soldOutNow]
    former_names: [SOLD_OUT, OutOfStock]
    category: order
    http_status: 410
    title: Out of stock
    message: "{left} of {product} {{of}}, {left}"
    description: |-
      The warehouse has *fewer*.

      Really.
    resolution: Order fewer.
    links:
    - {title: Stock, url: "https://example.com/stock"}
    - url: "#stock"
    params:
      product: &product
        type: string
        description: The article.
        example: P-17
      left: {type: integer, example: -3}
      num: {type: number, example: 1.5e3}
      b: {type: boolean, example: false}
      t: {type: datetime, example: 2026-01-31T12:00:00.5Z}
      d: {type: duration, example: 1m30s}
      s: {type: "string[]", example: [a, "1", ""]}
      i: {type: "integer[]", example: []}
      secret: {type: string, sensitive: true}
      id: string
      go: integer[]
      type_: boolean
    retry: safe
    severity: critical
    audience: public
    tags: [stock, order]
    owner: team-stock
    since: "1.4"
    deprecated: {since: "2.0", reason: Use the *other*., replaced_by: INTERNAL}
    retired: {since: "3.0"}
    identifiers: {go: SoldOutNow, typescript: soldOutNow}
    metadata: {runbook: "https://example.com/runbook", b: "", a: x}

  INTERNAL:
    category: system
    params: {}
    links: []

  ORDER_CLOSED:
    code: IST0101
    category: order
    message: The {order} is closed
    params: {order: string}

  ORDER_LATE:
    code: "1002"
    category: order
    message: "Nothing to see"
    retry: after
    retry_after: 500ms

  ORDER_GONE:
    code: "1003"
    category: order
    retry: after
    title: Gone!

  ORDER_NEVER: {code: "1004", category: order, retry: never, params: {product: *product}}

reserved:
- {code: "1006", reason: withdrawn}
- {name: OLD_NAME}
- {codes: "9000-9999, A1-A9", reason: "**kept**"}

outputs:
- {target: go, path: gen/shop, package: shop}
- {target: typescript, path: web, audience: internal, import_extension: ".js"}
- {target: markdown, path: docs/errors.md, pages: TRUE}
`

func TestLoad(t *testing.T) {
	system := &catalog.Category{Name: "system", Title: "System", DefaultTitle: true, GoName: "CategorySystem", Anchor: "category-system"}
	order := &catalog.Category{
		Name: "order", Title: "Orders", Description: prose.Parse("About orders."), GoName: "CategoryOrder", Anchor: "category-order",
		Codes: []catalog.Range{{First: "1000", Last: "1999"}, {First: "IST0100", Last: "IST0199"}},
	}
	text := func(s string) catalog.Message { return catalog.Message{Segments: []catalog.Segment{{Text: s}}} }
	product := &catalog.Param{Name: "product", Type: catalog.String, Description: prose.Parse("The article."), Example: "P-17", GoField: "Product", GoArg: "product"}
	left := &catalog.Param{Name: "left", Type: catalog.Integer, Example: int64(-3), GoField: "Left", GoArg: "left"}
	orderParam := &catalog.Param{Name: "order", Type: catalog.String, GoField: "Order", GoArg: "order"}

	internal := &catalog.Error{
		Name: "INTERNAL", Code: "INTERNAL", Category: system, HTTPStatus: 500, GRPCCode: catalog.GRPCInternal, Title: "Internal", Message: text("Internal"), DefaultTitle: true, DefaultMessage: true,
		Retry: catalog.RetryNever, Severity: catalog.SeverityError, Audience: catalog.Public,
		GoName: "Internal", TypeScriptName: "INTERNAL", Anchor: "INTERNAL",
	}
	outOfStock := &catalog.Error{
		Name: "OUT_OF_STOCK", Code: "1001", Aliases: []catalog.Alias{{Code: "1901"}, {Code: "E1"}},
		Synonyms: []catalog.Synonym{{Name: "NONE_LEFT", GoName: "NoneLeft", TypeScriptName: "NONE_LEFT"}, {Name: "soldOutNow", TypeScriptName: "SOLD_OUT_NOW"}},
		FormerNames: []catalog.FormerName{
			{Name: "SOLD_OUT", GoName: "SoldOut", TypeScriptName: "SOLD_OUT"},
			{Name: "OutOfStock", GoName: "OutOfStock", TypeScriptName: "OUT_OF_STOCK"},
		},
		Category: order, HTTPStatus: 410, GRPCCode: catalog.GRPCNotFound, Title: "Out of stock",
		Message: catalog.Message{Segments: []catalog.Segment{
			{Param: left}, {Text: " of "}, {Param: product}, {Text: " {of}, "}, {Param: left},
		}},
		Description: prose.Parse("The warehouse has *fewer*.\n\nReally."), Resolution: prose.Parse("Order fewer."),
		Links: []catalog.Link{{Title: "Stock", URL: "https://example.com/stock"}, {Title: "#stock", URL: "#stock"}},
		Params: []*catalog.Param{
			product, left,
			{Name: "num", Type: catalog.Number, Example: 1500.0, GoField: "Num", GoArg: "num"},
			{Name: "b", Type: catalog.Boolean, Example: false, GoField: "B", GoArg: "b"},
			{Name: "t", Type: catalog.Datetime, Example: time.Date(2026, 1, 31, 12, 0, 0, 5e8, time.UTC), GoField: "T", GoArg: "t"},
			{Name: "d", Type: catalog.Duration, Example: 90 * time.Second, GoField: "D", GoArg: "d"},
			{Name: "s", Type: catalog.StringList, Example: []string{"a", "1", ""}, GoField: "S", GoArg: "s"},
			{Name: "i", Type: catalog.IntegerList, Example: []int64{}, GoField: "I", GoArg: "i"},
			{Name: "secret", Type: catalog.String, Sensitive: true, GoField: "Secret", GoArg: "secret"},
			{Name: "id", Type: catalog.String, GoField: "ID", GoArg: "id"},
			{Name: "go", Type: catalog.IntegerList, GoField: "Go", GoArg: "goValue"},
			{Name: "type_", Type: catalog.Boolean, GoField: "Type", GoArg: "typeValue"},
		},
		Retry: catalog.RetrySafe, Severity: catalog.SeverityCritical, Audience: catalog.Public,
		Tags: []string{"stock", "order"}, Owner: "team-stock", Since: "1.4",
		Deprecated: &catalog.Lifecycle{Since: "2.0", Reason: prose.Parse("Use the *other*."), ReplacedBy: internal},
		Retired:    &catalog.Lifecycle{Since: "3.0"},
		Metadata:   []catalog.Metadatum{{Key: "runbook", Value: "https://example.com/runbook"}, {Key: "b", Value: ""}, {Key: "a", Value: "x"}},
		GoName:     "SoldOutNow", TypeScriptName: "soldOutNow", Anchor: "1001",
	}
	want := &catalog.Catalog{
		Name: "shop", GoPackage: "shop", Title: "Shop errors", Description: prose.Parse("What the *shop* answers.\n"),
		Domain: "example.com", TypeURI: "https://example.com/errors#{code}", Fallback: internal,
		Categories: []*catalog.Category{order, system},
		Errors: []*catalog.Error{
			outOfStock, internal,
			{
				Name: "ORDER_CLOSED", Code: "IST0101", Category: order, HTTPStatus: 409, GRPCCode: catalog.GRPCAborted, Title: "Order closed", DefaultTitle: true,
				Message: catalog.Message{Segments: []catalog.Segment{{Text: "The "}, {Param: orderParam}, {Text: " is closed"}}},
				Params:  []*catalog.Param{orderParam},
				Retry:   catalog.RetryAfter, RetryAfter: 30 * time.Second, Severity: catalog.SeverityWarning, Audience: catalog.Internal,
				GoName: "OrderClosed", TypeScriptName: "ORDER_CLOSED", Anchor: "IST0101",
			},
			{
				Name: "ORDER_LATE", Code: "1002", Category: order, HTTPStatus: 409, GRPCCode: catalog.GRPCAborted, Title: "Nothing to see", Message: text("Nothing to see"), DefaultTitle: true,
				Retry: catalog.RetryAfter, RetryAfter: 500 * time.Millisecond, Severity: catalog.SeverityWarning, Audience: catalog.Internal,
				GoName: "OrderLate", TypeScriptName: "ORDER_LATE", Anchor: "1002",
			},
			{
				Name: "ORDER_GONE", Code: "1003", Category: order, HTTPStatus: 409, GRPCCode: catalog.GRPCAborted, Title: "Gone!", Message: text("Gone!"), DefaultMessage: true,
				Retry: catalog.RetryAfter, RetryAfter: 30 * time.Second, Severity: catalog.SeverityWarning, Audience: catalog.Internal,
				GoName: "OrderGone", TypeScriptName: "ORDER_GONE", Anchor: "1003",
			},
			{
				Name: "ORDER_NEVER", Code: "1004", Category: order, HTTPStatus: 409, GRPCCode: catalog.GRPCFailedPrecondition, Title: "Order never", Message: text("Order never"), DefaultTitle: true, DefaultMessage: true,
				Params: []*catalog.Param{product},
				Retry:  catalog.RetryNever, Severity: catalog.SeverityWarning, Audience: catalog.Internal,
				GoName: "OrderNever", TypeScriptName: "ORDER_NEVER", Anchor: "1004",
			},
		},
		Reserved: []catalog.Reserved{
			{Code: "1006", Reason: prose.Parse("withdrawn")},
			{Name: "OLD_NAME"},
			{Codes: []catalog.Range{{First: "9000", Last: "9999"}, {First: "A1", Last: "A9"}}, Reason: prose.Parse("**kept**")},
		},
		Outputs: []catalog.Output{
			{Target: "go", Path: "gen/shop", Options: []catalog.Option{{Key: "package", Value: "shop"}}},
			{Target: "typescript", Path: "web", Options: []catalog.Option{{Key: "audience", Value: "internal"}, {Key: "import_extension", Value: ".js"}}},
			{Target: "markdown", Path: "docs/errors.md", Options: []catalog.Option{{Key: "pages", Value: "true"}}},
		},
	}
	got := load(t, full)
	if diff := cmp.Diff(want, got, ignore); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}

	// The errors of the categories, and what things are the same.
	for _, category := range got.Categories {
		var names []string
		for _, e := range category.Errors {
			if e.Category != category {
				t.Errorf("%s is of the category %s", e.Name, e.Category.Name)
			}
			names = append(names, e.Name)
		}
		want := map[string]string{"order": "OUT_OF_STOCK ORDER_CLOSED ORDER_LATE ORDER_GONE ORDER_NEVER", "system": "INTERNAL"}
		if strings.Join(names, " ") != want[category.Name] {
			t.Errorf("the category %s has the errors %v", category.Name, names)
		}
	}
	e := got.Errors[0]
	if e.Message.Segments[0].Param != e.Params[1] || e.Deprecated.ReplacedBy != got.Errors[1] || got.Fallback != got.Errors[1] {
		t.Error("references are copies")
	}
	if !e.HasStruct() || !got.Errors[2].HasStruct() || got.Errors[1].HasStruct() {
		t.Error("the errors with params have a struct, and no others")
	}
	if e.HasConstructor() || !got.Errors[2].HasConstructor() || got.Errors[1].HasConstructor() {
		t.Error("the errors with params of different types that can be raised have a constructor, and no others")
	}
	if got.Errors[2].GoStruct() != "OrderClosedError" || got.Errors[2].GoConstructor() != "NewOrderClosed" {
		t.Errorf("struct %s with constructor %s", got.Errors[2].GoStruct(), got.Errors[2].GoConstructor())
	}
}

func TestPositions(t *testing.T) {
	c := load(t, `version: 1
catalog: {name: shop}
categories:
  order: {http_status: 409}
errors:
  OUT_OF_STOCK:
    code: &code "1001"
    aliases: ["1901"]
    former_names: [SOLD_OUT]
    category: order
    params: {product: string}
  GONE: {category: order}
reserved: [{code: "1"}, {codes: "2-3"}]
outputs:
- path: gen
  target: go
  package: shop
`)
	e := c.Errors[0]
	for _, test := range []struct {
		what string
		got  diag.Position
		want string
	}{
		{"category", c.Categories[0].Pos, "4:3 5"},
		{"error", e.Pos, "6:3 12"},
		{"code", e.CodePos, "7:17 6"},
		{"alias", e.Aliases[0].Pos, "8:15 6"},
		{"former name", e.FormerNames[0].Pos, "9:20 8"},
		{"param", e.Params[0].Pos, "11:14 7"},
		{"code by default", c.Errors[1].CodePos, "12:3 4"},
		{"reserved code", c.Reserved[0].Pos, "13:19 3"},
		{"reserved codes", c.Reserved[1].Pos, "13:33 5"},
		{"output", c.Outputs[0].Pos, "16:11 2"},
		{"option", c.Outputs[0].Options[0].Pos, "17:12 4"},
	} {
		if got := fmt.Sprintf("%d:%d %d", test.got.Line, test.got.Col, test.got.Width); got != test.want || test.got.File != "catalog.yaml" {
			t.Errorf("%s: %s, want %s", test.what, got, test.want)
		}
	}
}

// TestDefaults checks the defaults of errors.
func TestDefaults(t *testing.T) {
	for _, test := range []struct {
		name, source string
		get          func(e *catalog.Error) any
		want         any
	}{
		{"the title is the message", "message: Gone for good.", func(e *catalog.Error) any { return e.Title }, "Gone for good."},
		{"the title is the message, braces as they are", "message: 'Gone {{x}}'", func(e *catalog.Error) any { return e.Title }, "Gone {x}"},
		{"the title is the name if the message has params", "message: '{a} is gone', params: {a: string}", func(e *catalog.Error) any { return e.Title }, "Wrong user ID"},
		{"the message is the title", "title: '{Gone}'", func(e *catalog.Error) any { return e.Message.Text() }, "{Gone}"},
		{"the message is the name", "owner: me", func(e *catalog.Error) any { return e.Message.Text() }, "Wrong user ID"},
		{"the code is the name", "owner: me", func(e *catalog.Error) any { return e.Code }, "WRONG_USER_ID"},
		{"retry_after of the category", "retry: after", func(e *catalog.Error) any { return e.RetryAfter }, time.Minute},
		{"no retry_after without retry: after", "retry: safe", func(e *catalog.Error) any { return e.RetryAfter }, time.Duration(0)},
		{"the title of a link is its URL", "links: [{url: '#a'}]", func(e *catalog.Error) any { return e.Links[0].Title }, "#a"},
		{"a param is required to have a type only", "params: {a: {}}", func(e *catalog.Error) any { return e.Params[0].Type }, catalog.String},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := load(t, "version: 1\ncatalog: {name: my_shop}\ncategories: {all: {http_status: 409, retry: after, retry_after: 1m}}\nerrors: {WRONG_USER_ID: {category: all, "+test.source+"}}\n")
			if got := test.get(c.Errors[0]); got != test.want {
				t.Errorf("%v, want %v", got, test.want)
			}
			if c.Title != "My shop" {
				t.Errorf("the catalog has the title %q", c.Title)
			}
		})
	}
}

// A catalog without HTTP needs no statuses, wherever it says so.
func TestNoHTTP(t *testing.T) {
	c := load(t, "errors:\n  LOCKED: {category: disk}\ncategories: {disk: {retry: safe}}\ncatalog: {name: db, http: false, fallback: LOCKED}\nversion: 1\n")
	if !c.NoHTTP || c.TypeURI != "" || c.Errors[0].HTTPStatus != 0 || c.Fallback != c.Errors[0] || c.Errors[0].Retry != catalog.RetrySafe {
		t.Errorf("the catalog is %+v", c)
	}
	if public := c.ForAudience(catalog.Public); !public.NoHTTP {
		t.Error("the public form of the catalog has HTTP")
	}
	if c := load(t, "version: 1\ncatalog: {name: db, http: true}\nerrors:\n  LOCKED: {http_status: 409}\n"); c.NoHTTP {
		t.Error("a catalog with http: true has no HTTP")
	}
	// Only what packages without HTTP declare is reserved.
	e := load(t, "version: 1\ncatalog: {name: db, http: false}\nerrors:\n  PROBLEM: {}\n  CODES: {identifiers: {typescript: parseProblem}}\n").Errors
	if e[0].GoName != "Problem" || e[1].GoName != "CodesCode" || e[1].TypeScriptName != "parseProblem" {
		t.Errorf("identifiers %s, %s and %s", e[0].GoName, e[1].GoName, e[1].TypeScriptName)
	}
}

// TestUncategorized checks a catalog without categories.
func TestUncategorized(t *testing.T) {
	c := load(t, "version: 1\ncatalog: {name: shop}\nerrors:\n  A: {http_status: 409}\n  B: {http_status: 410}\n")
	if len(c.Categories) != 1 || c.Categories[0].Name != "uncategorized" || c.Categories[0].Title != "Uncategorized" || len(c.Categories[0].Errors) != 2 {
		t.Errorf("categories %+v", c.Categories)
	}
	// A category of that name is one like any other.
	_, ds := catalog.Load("catalog.yaml", []byte("version: 1\ncatalog: {name: shop}\ncategories: {uncategorized: {http_status: 409}}\nerrors: {A: {}}\n"))
	if len(ds) != 1 || ds[0].Rule != diag.RuleMissingKey {
		t.Errorf("findings %v", ds)
	}
}

// TestMerge checks anchors, aliases and merge keys.
func TestMerge(t *testing.T) {
	c := load(t, `
version: 1
catalog: {name: shop}
categories:
  order: &order {http_status: 409, severity: info, retry: safe}
  stock: {<<: *order, title: Stock, severity: debug}
errors:
  A: &a
    category: order
    owner: team-a
    tags: &tags [x, y]
    message: &message "Gone: {product}"
    params: &params
      product: &product {type: string, example: P}
    metadata: {z: "1", a: "2"}
  B: &b
    <<: *a
    category: stock
    owner: team-b
  C:
    title: C
    <<: [*b, {owner: nobody, since: "3"}, *a]
    params:
      left: integer
      <<: *params
  D: {category: order, message: *message, params: {product: *product}, tags: *tags}
`)
	for i, want := range []struct {
		category, owner, since, message, params string
		severity                                catalog.Severity
	}{
		{"order", "team-a", "", "Gone: {product}", "product", "info"},
		{"stock", "team-b", "", "Gone: {product}", "product", "debug"},
		{"stock", "team-b", "3", "Gone: {product}", "left product", "debug"},
		{"order", "", "", "Gone: {product}", "product", "info"},
	} {
		e := c.Errors[i]
		var params []string
		for _, p := range e.Params {
			params = append(params, p.Name)
		}
		if e.Category.Name != want.category || e.Owner != want.owner || e.Since != want.since || e.Message.Text() != want.message ||
			strings.Join(params, " ") != want.params || e.Severity != want.severity || e.HTTPStatus != 409 || e.Retry != catalog.RetrySafe || len(e.Tags) != 2 {
			t.Errorf("%s: %+v", e.Name, e)
		}
	}
	if c.Errors[2].Metadata[0].Key != "z" {
		t.Errorf("the order of the metadata is %v", c.Errors[2].Metadata)
	}
}

// TestAnyTarget checks that an output may ask for anything: what the targets
// have is for package generator to say.
func TestAnyTarget(t *testing.T) {
	c, ds := catalog.Load("catalog.yaml", []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 409}}\noutputs: [{target: cobol, path: a, column: x, free: True}]\n"))
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	want := []catalog.Output{{Target: "cobol", Path: "a", Options: []catalog.Option{{Key: "column", Value: "x"}, {Key: "free", Value: "true"}}}}
	if diff := cmp.Diff(want, c.Outputs, ignore); diff != "" {
		t.Error(diff)
	}
}

// TestLineEnds checks that other line ends and a byte order mark make no
// difference.
func TestLineEnds(t *testing.T) {
	want := load(t, full)
	for _, test := range []struct{ name, source string }{
		{"CRLF", strings.ReplaceAll(full, "\n", "\r\n")},
		{"CR", strings.ReplaceAll(full, "\n", "\r")},
		{"byte order mark", "\uFEFF" + full},
		{"no line end", strings.TrimRight(full, "\n")},
	} {
		if diff := cmp.Diff(want, load(t, test.source), ignore); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// TestFollowUp checks that only the mistake is reported, and not what cannot be
// known because of it.
func TestFollowUp(t *testing.T) {
	const ok = "version: 1\ncatalog: {name: shop}\n"
	for _, test := range []struct{ name, source, want string }{
		{"categories that are a list", ok + "categories: [order]\nerrors: {A: {category: order}, B: {}}\n", "3:13 wrong-type"},
		{"categories without a value", ok + "categories:\nerrors: {A: {category: order}}\n", "3:12 empty-value"},
		{"misspelled categories", ok + "categoris: {order: {http_status: 409}}\nerrors: {A: {category: order}}\n", "3:1 unknown-key"},
		{"a category by a bad name", ok + "categories: {7: {http_status: 409}}\nerrors: {A: {category: '7'}}\n", "3:14 unquoted-string"},
		{"a category that is a string", ok + "categories: {order: Orders}\nerrors: {A: {category: order}}\n", "3:21 wrong-type"},
		{"the status of a category", ok + "categories: {order: {http_status: 4O9}}\nerrors: {A: {category: order}}\n", "3:35 invalid-http-status"},
		{"the retry of a category", ok + "categories: {order: {http_status: 409, retry: later, retry_after: 5s}}\nerrors: {A: {category: order}}\n", "3:47 unknown-value"},
		{"an unknown category", ok + "categories: {order: {http_status: 409}}\nerrors: {A: {category: ordre}}\n", "4:24 unknown-category"},
		{"an unquoted category", ok + "categories: {order: {http_status: 409}}\nerrors: {A: {category: on}}\n", "4:24 unquoted-string"},
		{"errors that are a list", "version: 1\ncatalog: {name: shop, fallback: A}\ncategories: {order: {}}\nerrors: [A]\n", "4:9 wrong-type"},
		{"errors without a value", "version: 1\ncatalog: {name: shop, fallback: A}\ncategories: {order: {}}\nerrors:\n", "4:8 empty-value"},
		{"no errors", "version: 1\ncatalog: {name: shop, fallback: A}\n", "1:1 missing-key"},
		{"an error that is a string", ok + "categories: {order: {http_status: 409}}\nerrors: {B: {category: order}, A: gone}\n", "4:35 wrong-type"},
		{"an unreadable code", ok + "categories: {order: {http_status: 409, codes: 1-5}}\nerrors: {A: {category: order, code: 1}}\n", "4:37 unquoted-string"},
		{"an invalid code", ok + "categories: {order: {http_status: 409, codes: 1-5}}\nerrors: {A: {category: order, code: 'a b'}}\n", "4:37 invalid-code"},
		{"an unquoted name", ok + "errors: {NO: {http_status: 409, params: {a: string}, message: '{a}'}}\n", "3:10 unquoted-string"},
		{"an unreadable status", ok + "errors: {A: {http_status: 0404}}\n", "3:27 invalid-http-status"},
		{"an unknown type", ok + "errors: {A: {http_status: 409, message: '{a}', params: {a: {type: strin, example: 5}}}}\n", "3:67 unknown-value"},
		{"a reserved param", ok + "errors: {A: {http_status: 409, message: '{status}', params: {status: string}}}\n", "3:62 reserved-param-name"},
		{"a param with a bad name", ok + "errors: {A: {http_status: 409, message: '{true}', params: {true: string}}}\n", "3:60 unquoted-string"},
		{"params that are a list", ok + "errors: {A: {http_status: 409, message: '{a} {b}', params: [a, b]}}\n", "3:60 wrong-type"},
		{"misspelled params", ok + "errors: {A: {http_status: 409, message: '{a} {b}', parms: {a: string, b: string}}}\n", "3:52 unknown-key"},
		{"a bad retry", ok + "errors: {A: {http_status: 503, retry: later, retry_after: 5s}}\n", "3:39 unknown-value"},
		{"a blank title", ok + "errors: {A: {http_status: 409, title: ' ', message: ''}}\n", "3:39 empty-value, 3:53 empty-value"},
		{"two errors of one name and code", ok + "errors: {A: {http_status: 409, former_names: [B]}, B: {http_status: 409}}\n", "3:52 duplicate-name"},
		{"no target", ok + "errors: {A: {http_status: 409}}\noutputs: [{path: a, pages: x}]\n", "4:11 missing-key"},
		{"an invalid range", ok + "categories: {order: {http_status: 409, codes: '1..5, 7-8'}}\nerrors: {A: {category: order, code: '9'}}\n", "3:48 invalid-range"},
		{"one of two reservations", ok + "errors: {A: {http_status: 409, code: '1'}}\nreserved: [{code: 1}, {cod: '1'}]\n", "3:38 reserved-code, 4:19 unquoted-string, 4:24 unknown-key"},
		{"an invalid identifier", ok + "errors: {A: {http_status: 409, identifiers: {go: a, typescript: 'b c'}}}\n", "3:50 invalid-identifier, 3:65 invalid-identifier"},
		{"a mistake that aliases repeat", ok + "errors:\n  A: &a {http_status: 0409, titel: x, tags: &t [y, y]}\n  B: *a\n  C: {<<: *a}\n  D: {http_status: 409, tags: *t}\n", "4:23 invalid-http-status, 4:29 unknown-key, 4:52 duplicate-tag"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, ds := catalog.Load("catalog.yaml", []byte(test.source))
			var got []string
			for _, d := range ds {
				got = append(got, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Col, d.Rule))
			}
			if got := strings.Join(got, ", "); got != test.want {
				t.Errorf("findings %q, want %q\n%s", got, test.want, report(t, "catalog.yaml", []byte(test.source), ds))
			}
		})
	}
}
