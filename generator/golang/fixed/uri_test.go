package fixed

import (
	"errors"
	"strings"
	"testing"
)

func TestTypeURI(t *testing.T) {
	for code, want := range map[Code]string{
		OrderClosed:  "https://example.com/errors/ORDER_CLOSED#200",
		DatabaseDown: "https://example.com/errors/DATABASE_DOWN#110",
		"9999":       "about:blank",
		"":           "about:blank",
	} {
		if got := code.TypeURI(); got != want {
			t.Errorf("Code(%q).TypeURI() = %q, want %q", string(code), got, want)
		}
	}
}

// The type says of which catalog a problem is, and then what it is.
func TestIdentify(t *testing.T) {
	const ours = "https://example.com/errors/"
	for _, test := range []struct {
		name, uri, code string
		want            Code
		isOurs          bool
	}{
		{"no type", "about:blank", "200", OrderClosed, true},
		{"no type, alias", "about:blank", "099", ServerFailed, true},
		{"no type, unknown code", "about:blank", "9999", "9999", true},
		{"no type, no code", "about:blank", "", "", true},
		{"accepted type without a code", "https://example.com/errors", "", "", true},
		{"alias in an accepted type", "https://old.example.com/errors/099", "", ServerFailed, true},
		{"former name in an accepted type", "urn:fixed:ORDER_SHUT", "", OrderClosed, true},
		{"unknown name in an accepted type", "urn:fixed:NEW", "200", OrderClosed, true},
		{"accepted type with an unknown code", "https://old.example.com/errors/9999", "9999", "9999", true},
		{"accepted type that another one fits", "https://old.example.com/errors/users-200", "200", "", false},
		{"type and code", ours + "ORDER_CLOSED#200", "200", OrderClosed, true},
		{"type only", ours + "ORDER_CLOSED#200", "", OrderClosed, true},
		{"type and another code", ours + "ORDER_CLOSED#200", "301", OrderClosed, true},
		{"alias in the type", ours + "SERVER_FAILED#099", "", ServerFailed, true},
		{"another name in the type", ours + "ANOTHER#200", "", OrderClosed, true},
		{"unknown code in the type, known name", ours + "ORDER_CLOSED#9999", "", OrderClosed, true},
		{"unknown code and name in the type", ours + "NEW#9999", "", "9999", true},
		{"unknown code and name in the type, known code", ours + "NEW#9999", "200", "", false},
		{"unknown code and name in the type, unknown code", ours + "NEW#9999", "8888", "", false},
		{"code with slashes", ours + "NEW#a/b", "a/b", "a/b", true},
		{"path without a code", ours + "NEW#a/b", "", "", false},
		{"path that is not the code", ours + "NEW#a/b", "b", "", false},
		{"other host", "https://other.example/errors/ORDER_CLOSED#200", "200", "", false},
		{"other scheme", "http://example.com/errors/ORDER_CLOSED#200", "200", "", false},
		{"other case", "https://EXAMPLE.com/errors/ORDER_CLOSED#200", "200", "", false},
		{"prefix", "https://example.com/errors/", "200", "", false},
		{"no name", ours + "#200", "200", "", false},
		{"no code", ours + "ORDER_CLOSED#", "200", "", false},
		{"no fragment", ours + "ORDER_CLOSED", "200", "", false},
		{"longer path", ours + "v2/ORDER_CLOSED#200", "200", "", false},
		{"two fragments", ours + "ORDER_CLOSED#200#200", "200", "", false},
		{"no text of a code", ours + "ORDER_CLOSED#%20", "200", "", false},
		{"urn", "urn:example:200", "200", "", false},
		{"nothing", "", "200", "", false},
	} {
		if got, isOurs := identify(test.uri, test.code); got != test.want || isOurs != test.isOurs {
			t.Errorf("%s: got %q, %t, want %q, %t", test.name, string(got), isOurs, string(test.want), test.isOurs)
		}
		got, ok := Code("").CatalogMatch(test.uri, test.code, "")
		if want := test.want != "" && test.uri != noType; ok != want || ok && got != string(test.want) {
			t.Errorf("%s: another package gets %q, %t, want %q, %t", test.name, got, ok, string(test.want), want)
		}
	}
	if got, ok := Code("").CatalogMatch(ours+"ORDER_CLOSED#200", "200", "099"); got != string(ServerFailed) || !ok {
		t.Errorf("an element is %q, %t", got, ok)
	}
	if got, ok := Code("").CatalogMatch("https://other.example/#200", "200", "099"); ok {
		t.Errorf("an element of another catalog is %q", got)
	}
}

func TestSplitURI(t *testing.T) {
	for _, test := range []struct {
		template, uri, code, name string
		ok                        bool
	}{
		{"https://e.x/{code}", "https://e.x/a.b:c-d_1", "a.b:c-d_1", "", true},
		{"https://e.x/{code}", "https://e.x/", "", "", false},
		{"https://e.x/{code}", "https://e.x/.a", "", "", false},
		{"https://e.x/{code}", "https://e.x/a?b", "", "", false},
		{"{code}", "a", "a", "", true},
		{"{code}.html", "a.html", "a", "", true},
		{"{code}.html", ".html", "", "", false},
		{"{code}.html", "a.htm", "", "", false},
		{"/{name}?c={code}", "/A.B-c?c=1", "1", "A.B-c", true},
		{"/{name}?c={code}", "/A/B?c=1", "", "", false},
		{"/{name}", "/_1", "", "_1", true},
		{"/{name}", "/1001", "", "", false},
		{"/{name}", "/-A", "", "", false},
		{"/{name}?c={code}", "/A?d=1", "", "", false},
		{"/{code}#{name}!", "/a/b#A!", "a/b", "A", true},
		{"https://e.x/fixed", "https://e.x/fixed", "", "", true},
		{"https://e.x/fixed", "https://e.x/fixed#1", "", "", false},
		{"https://e.x/fixed", "https://e.x/", "", "", false},
		{"", "", "", "", true},
	} {
		if code, name, ok := splitURI(test.template, test.uri); ok != test.ok || ok && (code != test.code || name != test.name) {
			t.Errorf("%s of %s: %q, %q, %t, want %q, %q, %t", test.uri, test.template, code, name, ok, test.code, test.name, test.ok)
		}
	}
}

// FuzzSplitURI expands the template again.
func FuzzSplitURI(f *testing.F) {
	f.Add("https://e.x/{name}#{code}", "https://e.x/A#1")
	f.Add("{code}", "a")
	f.Add("{", "{")
	f.Fuzz(func(t *testing.T, template, uri string) {
		if strings.Count(template, "{code}") > 1 || strings.Count(template, "{name}") > 1 || strings.Count(template, "{") != strings.Count(template, "{code}")+strings.Count(template, "{name}") {
			return // the reader of catalogs refuses it
		}
		code, name, ok := splitURI(template, uri)
		if got := strings.NewReplacer("{code}", code, "{name}", name).Replace(template); ok && got != uri {
			t.Errorf("%q of %q is %q, %q, which gives %q", uri, template, code, name, got)
		}
	})
}

func TestProblemOfAnotherCatalog(t *testing.T) {
	err := ParseProblem([]byte(`{"type":"https://example.org/7","title":"T","status":400,"detail":"D","code":"200","bank":"Bank"}`))
	var p *Problem
	if !errors.As(err, &p) || p.Code != "" || string(p.Extensions["code"]) != `"200"` || string(p.Extensions["bank"]) != `"Bank"` {
		t.Errorf("got %+v", p)
	}
	if p, _ := ParseProblem([]byte(`{"type":"https://example.org/7"}`)).(*Problem); p.Extensions != nil {
		t.Errorf("without a code, there is %q", p.Extensions)
	}
	var card *CardRefusedError
	if errors.Is(err, OrderClosed) || errors.As(err, new(Code)) || errors.As(err, &card) {
		t.Error("it is taken for an error of this catalog")
	}
	if kept := OrderClosed; p.As(&kept) || kept != OrderClosed {
		t.Errorf("As changes its target to %q", string(kept))
	}
	var other otherCode
	if !errors.Is(err, otherCode("7")) || !errors.As(err, &other) || other != "7" || errors.Is(err, otherCode("200")) {
		t.Errorf("it is not found as an error of its catalog: %q", other)
	}
	if code, ok := CodeOf(err); ok || HTTPStatus(err) != 500 || ProblemOf(err).Code != ServerFailed {
		t.Errorf("it has the code %q and the status %d", string(code), HTTPStatus(err))
	}
	if err.Error() != "200: D" {
		t.Errorf("it reads %q", err)
	}
}

// ProblemOf keeps the identity of an error of another package.
func TestProblemOfOtherPackage(t *testing.T) {
	p := ProblemOf(otherCode("200"))
	if p.Code != "" || p.Type != "https://example.org/200" || string(p.Extensions["code"]) != `"200"` {
		t.Errorf("got %+v", p)
	}
	if errors.Is(p, OrderClosed) || !errors.Is(p, otherCode("200")) {
		t.Error("it is taken for an error of this catalog")
	}
	if again, ok := CodeOf(ParseProblem([]byte(body(t, otherCode("200"))))); ok {
		t.Errorf("on the client, it has the code %q", string(again))
	}
	for code, want := range map[typelessCode]string{"200": ``, "9999": `"9999"`} {
		if got := ProblemOf(code); got.Code != "" || string(got.Extensions["code"]) != want {
			t.Errorf("the code %s of a catalog without types is sent as %s", string(code), got.Extensions["code"])
		}
	}
}

// typelessCode is a Code of another package whose catalog has no type URIs.
type typelessCode string

func (c typelessCode) Error() string                        { return string(c) + ": Typeless" }
func (c typelessCode) CatalogCode() (code, category string) { return string(c), "" }
func (c typelessCode) ProblemStatus() int                   { return 400 }
func (c typelessCode) ProblemFields() (uri, title string, retryAfter int) {
	return "about:blank", "Typeless", 0
}
