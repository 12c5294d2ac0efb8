package model_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/model"
)

// TestFactsOfDurations checks the waiting time in words.
func TestFactsOfDurations(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                       "later",
		time.Second:             "after 1 second",
		59 * time.Second:        "after 59 seconds",
		time.Minute:             "after 1 minute",
		90 * time.Second:        "after 1 minute 30 seconds",
		2 * time.Hour:           "after 2 hours",
		25*time.Hour + 1:        "after 25 hours 1ns",
		250 * time.Millisecond:  "after 250ms",
		1500 * time.Millisecond: "after 1 second 500ms",
	} {
		e := &catalog.Error{HTTPStatus: 503, Retry: catalog.RetryAfter, RetryAfter: d}
		var got string
		for f := range model.Facts(&catalog.Catalog{}, e) {
			if f.Kind == model.FactRetry {
				got = f.Values[0].Text
				break
			}
		}
		if want := "yes, the same request can be sent again " + want; got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// TestExpectedFacts checks which facts reference documentation leaves out.
func TestExpectedFacts(t *testing.T) {
	c := load.Source(t, []byte(`
version: 1
catalog: {name: shop, fallback: A}
categories: {a: {http_status: 409}, b: {http_status: 409, title: B's title}}
errors:
  A: {category: a, metadata: {url: "http://example.com", "not a url": "ftp://example.com", "neither": "http:example.com", "URL": "HTTPS://example.com"}}
  B: {code: "2", category: b, severity: critical, audience: internal}
`))
	for i, want := range [][]string{
		{"HTTP status", "Retry", "(Name)", "Fallback", "(Severity)", "(Audience)", "(Category)", "url", "not a url", "neither", "URL"},
		{"HTTP status", "Retry", "Name", "Severity", "(Audience)", "(Category)"},
	} {
		var got []string
		for f := range model.Facts(c, c.Errors[i]) {
			label := f.Label.Text
			if f.Expected {
				label = "(" + label + ")"
			}
			got = append(got, label)
			isKey := f.Kind == model.FactMetadata
			if (f.Label.Kind == model.Code) != isKey {
				t.Errorf("the label %s is of kind %d", label, f.Label.Kind)
			}
			if f.Label.Text == "Category" && f.Values[0].Text != []string{"A (a)", "B's title (b)"}[i] {
				t.Errorf("the category is %q", f.Values[0].Text)
			}
			if isLink := f.Values[0].Kind == model.Hyperlink; isLink != (strings.ToLower(f.Label.Text) == "url") {
				t.Errorf("%s is a link: %t", label, isLink)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.Errors[i].Name, diff)
		}
	}
}

// TestMetadataFacts checks that declared metadata are shown under their titles, and
// that only URLs are links.
func TestMetadataFacts(t *testing.T) {
	c := load.Source(t, []byte(`
version: 1
catalog: {name: shop}
metadata: {page: {type: url, title: "The\n page"}, text: string, list: "string[]", n: integer, flag: boolean, kind: {type: enum, values: ["https://example.com"]}}
errors:
  A: {http_status: 409, metadata: {page: "../a.md", text: "https://example.com", list: ["https://a", b], n: -5, flag: false, kind: "https://example.com"}}
`))
	var got []string
	for f := range model.Facts(c, c.Errors[0]) {
		if f.Kind != model.FactMetadata {
			continue
		}
		text := f.Label.Text + ":"
		for _, v := range f.Values {
			text += fmt.Sprintf(" %d %s%s", v.Kind, v.Text, v.URL)
		}
		got = append(got, text)
		if f.Label.Kind != model.Words || f.Expected {
			t.Errorf("the fact is %+v", f)
		}
	}
	want := []string{"The page: 2 ../a.md", "Text: 0 https://example.com", "List: 0 https://a 0 b", "N: 0 -5", "Flag: 0 false", "Kind: 0 https://example.com"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestStates checks the states that lists show.
func TestStates(t *testing.T) {
	old := &catalog.Lifecycle{}
	for _, test := range []struct {
		e         catalog.Error
		lifecycle string
		states    []string
	}{
		{catalog.Error{Audience: catalog.Public}, "active", nil},
		{catalog.Error{Deprecated: old}, "deprecated", []string{"deprecated"}},
		{catalog.Error{Deprecated: old, Retired: old}, "retired", []string{"retired"}},
		{catalog.Error{Retired: old, Audience: catalog.Internal}, "retired", []string{"retired", "internal"}},
		{catalog.Error{Audience: catalog.Internal}, "active", []string{"internal"}},
	} {
		if got := model.LifecycleState(&test.e); got != test.lifecycle {
			t.Errorf("the lifecycle is %s, want %s", got, test.lifecycle)
		}
		if diff := cmp.Diff(test.states, model.States(&test.e)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

// TestVisibleJSON checks the escapes of invisible characters.
func TestVisibleJSON(t *testing.T) {
	const source = "{\n  \"é\": \"日本\u202e\u2800\U000e0041\u00a0\x7f\U0001f525\"\n}"
	want := "{\n  \"é\": \"日本\\u202e\\u2800\\udb40\\udc41\u00a0\\u007f\U0001f525\"\n}"
	if got := string(model.VisibleJSON([]byte(source))); got != want {
		t.Errorf("VisibleJSON returns %s, want %s", got, want)
	}
	want = "{\n  \"\\u00e9\": \"\\u65e5\\u672c\\u202e\\u2800\\udb40\\udc41\\u00a0\\u007f\\ud83d\\udd25\"\n}"
	if got := string(model.ASCIIJSON([]byte(source))); got != want {
		t.Errorf("ASCIIJSON returns %s, want %s", got, want)
	}
}

// TestNotices checks what readers have to know about an error first.
func TestNotices(t *testing.T) {
	const source = `
version: 1
catalog: {name: shop}
errors:
  NEW: {code: "1", http_status: 409, title: New}
  OLD: {code: "2", http_status: 409, deprecated: {since: "2.0", reason: Renamed., replaced_by: NEW}, retired: {}}
  SECRET: {code: "3", http_status: 500, audience: internal}
`
	for _, test := range []struct {
		source string
		index  int
		want   []string
	}{
		{source, 0, nil},
		{source, 1, []string{
			"retired: Retired. This error is no longer sent.",
			"deprecated: Deprecated since 2.0. Use 1 instead. Renamed.",
		}},
		{source, 2, []string{"internal: Internal. Clients never see this error; they see one without a code instead."}},
		{strings.Replace(source, "name: shop", "name: shop, fallback: NEW", 1), 2, []string{"internal: Internal. Clients never see this error; they see 1 instead."}},
	} {
		c := load.Source(t, []byte(test.source))
		var got []string
		for _, n := range model.Notices(c, c.Errors[test.index]) {
			words := []string{n.State + ": " + n.Lead + "."}
			for _, p := range n.Text {
				if p.Kind == model.Reference {
					p.Text = p.Of.Code
				}
				words = append(words, p.Text)
			}
			got = append(got, strings.TrimSpace(strings.Join(words, " ")+" "+n.Reason.Source()))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("error %d: -want +got:\n%s", test.index, diff)
		}
	}
}

// TestFactsOfLists checks facts with several values, and that a reader may stop.
func TestFactsOfLists(t *testing.T) {
	e := &catalog.Error{
		HTTPStatus: 409, Name: "A", Code: "1", Retry: catalog.RetrySafe, Aliases: []catalog.Alias{{Code: "2"}, {Code: "3"}}, FormerNames: []catalog.FormerName{{Name: "B"}},
		Tags: []string{"x", "y"}, Links: []catalog.Link{{Title: "T", URL: "https://example.com"}}, Category: &catalog.Category{Name: "c", Title: "c"},
	}
	want := map[model.FactKind][]model.Piece{
		model.FactStatus:      {{Text: "409 Conflict"}},
		model.FactRetry:       {{Text: "yes, the same request can be sent again"}},
		model.FactName:        {{Kind: model.Code, Text: "A"}},
		model.FactAliases:     {{Kind: model.Code, Text: "2"}, {Kind: model.Code, Text: "3"}},
		model.FactFormerNames: {{Kind: model.Code, Text: "B"}},
		model.FactCategory:    {{Text: "c"}},
		model.FactTags:        {{Text: "x"}, {Text: "y"}},
		model.FactLinks:       {{Kind: model.Hyperlink, Text: "T", URL: "https://example.com"}},
	}
	got := make(map[model.FactKind][]model.Piece)
	for f := range model.Facts(&catalog.Catalog{}, e) {
		if got[f.Kind] = f.Values; f.Kind == model.FactLinks {
			break
		}
	}
	// Severity and audience are not set.
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for f := range model.Facts(&catalog.Catalog{NoHTTP: true}, e) {
		if f.Kind == model.FactStatus {
			t.Error("a catalog without HTTP has a status")
		}
		if f.Kind == model.FactName {
			break
		}
	}
}

// TestMarshal checks that JSON is indented, without escapes for HTML, and that a
// value without a JSON form is an error.
func TestMarshal(t *testing.T) {
	for indent, want := range map[string]string{"": `{"a":"<&>\u200b"}`, " ": "{\n \"a\": \"<&>\\u200b\"\n}"} {
		if got, err := model.Marshal(map[string]string{"a": "<&>\u200b"}, indent); err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
	if _, err := model.Marshal(func() {}, ""); err == nil {
		t.Error("a function has a JSON form")
	}
	var b bytes.Buffer
	enc := model.NewEncoder(&b, "  ", " ")
	for _, v := range []any{1, []string{"<\u200b>"}, func() {}, "é"} {
		b.WriteByte(' ')
		if err := enc.Encode(v); (err != nil) != (reflect.ValueOf(v).Kind() == reflect.Func) {
			t.Errorf("%v: %v", v, err)
		}
	}
	if got, want := b.String(), " 1 [\n   \"<\\u200b>\"\n  ]  \"é\""; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := string(model.VisibleJSON([]byte(`"a"`))); got != `"a"` {
		t.Errorf("got %s", got)
	}
}
