package model_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
)

// Samples are shown for the languages of the outputs, with the names of these. That
// they compile is tested with the systems of package generator.
func TestSamples(t *testing.T) {
	const source = `version: 1
catalog: {name: shop, KEYS}
errors:
  PLAIN: {http_status: 409}
  MADE: {http_status: 409, params: {shop: string, class: integer, token: {type: boolean, sensitive: true}}}
  LITERAL: {http_status: 409, params: {a: string, b: {type: string, sensitive: true}}}
  GONE: {http_status: 409, retired: {since: "1"}, params: {a: string}}
  HIDDEN: {http_status: 409, audience: internal}
outputs: [OUTPUTS]
`
	both := "{target: go, path: a}, {target: typescript, path: b}"
	for _, test := range []struct{ keys, outputs, code, want string }{
		{"", "", "PLAIN", ""},
		{"samples: false", both, "PLAIN", ""},
		{"samples: true", "{target: go, path: a}", "PLAIN", "return shop.Plain\n\nif errors.Is(err, shop.Plain) {\n\t// ...\n}"},
		{"", "{target: go, path: a, package: log}", "PLAIN", "return apilog.Plain\n\nif errors.Is(err, apilog.Plain) {\n\t// ...\n}"},
		{"", both, "MADE", "return shop.NewMade(shopValue, class, token)\n\nvar e *shop.MadeError\nif errors.As(err, &e) {\n\tlog.Println(e.Shop, e.Class)\n}\n---\n" +
			"return toResponse(problemOf(MADE, { shop, class: classValue }));\n\nif (problem.code === MADE) {\n  console.log(problem.shop, problem.class);\n}"},
		{"", "{target: go, path: a}", "LITERAL", "return &shop.LiteralError{A: a, B: shop.Hide(b)}\n\nvar e *shop.LiteralError\nif errors.As(err, &e) {\n\tlog.Println(e.A)\n}"},
		{"", both, "GONE", "var e *shop.GoneError\nif errors.As(err, &e) {\n\tlog.Println(e.A)\n}\n---\nif (problem.code === GONE) {\n  console.log(problem.a);\n}"},
		{"", both, "HIDDEN", "return shop.Hidden\n\nif errors.Is(err, shop.Hidden) {\n\t// ...\n}"},
	} {
		text := strings.NewReplacer("KEYS", test.keys, "OUTPUTS", test.outputs).Replace(source)
		c, ds := catalog.Load("catalog.yaml", []byte(text))
		if c == nil {
			t.Fatal(ds)
		}
		var got []string
		for _, e := range c.Errors {
			if e.Code == test.code {
				for _, s := range model.Samples(c, e) {
					got = append(got, s.Code())
				}
			}
		}
		if got := strings.Join(got, "\n---\n"); got != test.want {
			t.Errorf("%s, %s, %s:\n%s\nwant\n%s", test.keys, test.outputs, test.code, got, test.want)
		}
	}
}

func TestRelations(t *testing.T) {
	c, ds := catalog.Load("catalog.yaml", []byte(`version: 1
catalog: {name: shop}
categories: {a: {title: A, http_status: 400}, b: {title: B, http_status: 400}}
errors:
  A1: {category: a}
  A2: {category: a, aliases: [OLD]}
  A3: {category: a, description: "See [it](#B1), [itself](#A3) and [nothing](#nothing)."}
  B1: {category: b, resolution: "See [it](#OLD)."}
`))
	if c == nil {
		t.Fatal(ds)
	}
	r := model.NewRelations(c)
	name := func(e *catalog.Error) string {
		if e == nil {
			return "none"
		}
		return e.Code
	}
	names := func(pieces []model.Piece) string {
		var all []string
		for _, piece := range pieces {
			all = append(all, name(piece.Of))
		}
		return strings.Join(all, " ")
	}
	for i, want := range []string{"| A2 A3 | none A2", "B1 | B1 A3 A1 | A1 A3", "B1 | B1 A2 A1 | A2 B1", "A3 A2 | A3 A2 | A3 none"} {
		e := c.Errors[i]
		previous, next := r.Around(e)
		got := strings.TrimSpace(names(r.Linked(e)) + " | " + names(r.Of(e)) + " | " + name(previous) + " " + name(next))
		if got != want {
			t.Errorf("%s: %s, want %s", e.Code, got, want)
		}
	}
}

// An error that many others link to names some of them, and how many more there are.
func TestManyRelations(t *testing.T) {
	source := "version: 1\ncatalog: {name: shop, http: false}\nerrors:\n  LAST: {title: It}\n"
	for i := range 30 {
		source += fmt.Sprintf("  E%d: {description: 'See [it](#LAST) and [it again](#LAST).'}\n", i)
	}
	c, ds := catalog.Load("catalog.yaml", []byte(source))
	if c == nil {
		t.Fatal(ds)
	}
	linked := model.NewRelations(c).Linked(c.Errors[0])
	if last := linked[len(linked)-1]; len(linked) != 21 || last.Text != "and 10 more" || linked[19].Of.Name != "E19" {
		t.Errorf("%d pieces, the last is %+v", len(linked), last)
	}
}
