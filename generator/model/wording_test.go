package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
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
	c := load(t, []byte(`
version: 1
catalog: {name: shop, fallback: A}
categories: {a: {http_status: 409}, b: {http_status: 409, title: B's title}}
errors:
  A: {category: a, metadata: {url: "http://example.com", "not a url": "ftp://example.com"}}
  B: {code: "2", category: b, severity: critical, audience: internal}
`))
	for i, want := range [][]string{
		{"HTTP status", "Retry", "(Name)", "Fallback", "(Severity)", "(Audience)", "(Category)", "url", "not a url"},
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
			if isLink := f.Values[0].Kind == model.Hyperlink; isLink != (f.Label.Text == "url") {
				t.Errorf("%s is a link: %t", label, isLink)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.Errors[i].Name, diff)
		}
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
