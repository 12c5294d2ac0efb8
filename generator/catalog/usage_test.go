package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
)

// usageReport is a report about the catalog of TestUsage by two programs.
const usageReport = `{"version": 1, "packages": [
	{"path": "example.com/shop", "catalog": "shop", "own": true, "dynamic": [{"file": "any.go"}], "errors": [
		{"code": "1", "state": "raised", "raised": [{"file": "b.go", "line": 9}, {"file": "a.go"}, {"file": "b.go", "line": 1}], "handled": [{"file": "c.go"}], "maybe_raised": [{"file": "d.go"}]},
		{"code": "20", "state": "maybe-raised"},
		{"code": "9", "state": "raised"}]},
	{"path": "web/src/errors", "catalog": "shop", "errors": [{"code": "1", "state": "never-raised", "handled": [{"file": "web/a.ts"}, {"file": ""}]}, {"code": "9", "state": "raised"}]},
	{"path": "example.com/bank", "catalog": "bank", "own": true, "errors": [{"code": "1", "state": "raised", "raised": [{"file": "bank.go"}]}]},
	{"path": "example.com/other", "catalog": "other", "own": true, "errors": [{"code": "1", "state": "never-raised"}, {"code": "2", "state": "raised"}]},
	{"path": "web/other", "catalog": "other", "errors": [{"code": "1", "state": "never-raised"}, {"code": "2", "state": "never-raised"}]}
]}`

// TestUsage checks what documents know about the usage of errors: of all programs,
// by codes and aliases, and only for the audience internal.
func TestUsage(t *testing.T) {
	u, err := catalog.ParseUsage([]byte(usageReport))
	if err != nil {
		t.Fatal(err)
	}
	load := func(source string) *catalog.Catalog {
		c, ds := catalog.Load("catalog.yaml", []byte(`{"version": 1, `+source))
		if ds.HasErrors() {
			t.Fatal(ds)
		}
		return c
	}
	shop := load(`"catalog": {"name": "shop"}, "errors": {"A": {"code": "1", "http_status": 409}, "B": {"code": "2", "aliases": ["20"], "http_status": 409, "deprecated": {"replaced_by": "A"}}, "C": {"code": "3", "http_status": 409}}}`)
	used, err := shop.WithUsage(u)
	if err != nil {
		t.Fatal(err)
	}
	want := []*catalog.ErrorUsage{
		{Raised: []string{"a.go", "b.go"}, MaybeRaised: []string{}, Handled: []string{"c.go", "web/a.ts"}},
		{Raised: []string{}, MaybeRaised: []string{"any.go"}, Handled: []string{}},
		nil,
	}
	var got []*catalog.ErrorUsage
	for _, e := range used.Errors {
		got = append(got, e.Usage)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if b := used.Errors[1]; b.Deprecated.ReplacedBy != used.Errors[0] || shop.Errors[0].Usage != nil {
		t.Error("the catalog was not copied as a whole")
	}
	for _, e := range used.ForAudience(catalog.Public).Errors {
		if e.Usage != nil {
			t.Errorf("the public knows where %s is used", e.Name)
		}
	}
	if gone, added := u.Unknown(shop); !cmp.Equal(gone, []string{"9"}) || !cmp.Equal(added, []string{"3"}) {
		t.Errorf("unknown are %q and %q", gone, added)
	}

	other, err := load(`"catalog": {"name": "other"}, "errors": {"A": {"code": "1", "http_status": 409}, "B": {"code": "2", "http_status": 409}}}`).WithUsage(u)
	if err != nil || !other.Errors[0].Usage.IsNeverRaised || other.Errors[1].Usage.IsNeverRaised {
		t.Errorf("only the first error is never raised: %v", err)
	}
	for report, want := range map[string]string{
		"":                               "it is no usage report: unexpected end of JSON input; write it again: errcat usage --format json",
		"[]":                             "it is no usage report: json: cannot unmarshal array into Go value of type catalog.Usage; write it again: errcat usage --format json",
		`{"packages": []}`:               "it is no usage report: it has no version; write it again: errcat usage --format json",
		`{"version": 2, "packages": {}}`: "it is a usage report of version 2, and this errcat reads version 1; write it again: errcat usage --format json",
		`{"version": 1}`:                 "it is a usage report without packages, and says nothing about the catalog shop",
		strings.ReplaceAll(usageReport, `"shop"`, `"a"`): "it is a usage report about a, bank, other, and says nothing about the catalog shop",
	} {
		u, err := catalog.ParseUsage([]byte(report))
		if err == nil {
			err = u.Check(shop)
		}
		if err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", report, err, want)
		}
	}
}

// FuzzUsage reads reports that anybody may have written.
func FuzzUsage(f *testing.F) {
	f.Add([]byte(usageReport))
	f.Add([]byte(`{"version": 1, "packages": [{"catalog": "shop", "errors": [{"code": "1", "raised": [{"file": "\u001b[2J"}, null]}, null]}, null]}`))
	c, ds := catalog.Load("catalog.yaml", []byte(`{"version": 1, "catalog": {"name": "shop"}, "errors": {"A": {"code": "1", "aliases": ["20"], "http_status": 409}, "B": {"code": "2", "http_status": 409}}}`))
	if ds.HasErrors() {
		f.Fatal(ds)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		u, err := catalog.ParseUsage(data)
		if err != nil {
			return
		}
		used, err := c.WithUsage(u)
		if (err == nil) != (u.Check(c) == nil) {
			t.Fatalf("error %v", err)
		}
		if err != nil {
			return
		}
		_, added := u.Unknown(c)
		for _, e := range used.Errors {
			if (e.Usage == nil) != slices.Contains(added, e.Code) {
				t.Errorf("%s: %+v, not in the report are %q", e.Code, e.Usage, added)
			}
			if e.Usage != nil && (slices.Contains(e.Usage.Raised, "") || !slices.IsSorted(e.Usage.Raised)) {
				t.Errorf("the files are %q", e.Usage.Raised)
			}
		}
	})
}
