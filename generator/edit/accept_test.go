package edit_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/edit"
)

// TestAcceptRemovals adds to errcat.yaml in many layouts which catalogs may be gone, and
// leaves every other byte.
func TestAcceptRemovals(t *testing.T) {
	none := func(string, []byte) diag.Diagnostics { return nil }
	const row = "  - { rule: catalog-removed, to: old, reason: Meant. }\n"
	for source, want := range map[string]string{
		"version: 1\ncatalogs: []\n":                               "version: 1\ncatalogs: []\naccept:\n" + row,
		"version: 1\n\ncatalogs:\n  - catalog: a # first\n\n# end": "version: 1\n\ncatalogs:\n  - catalog: a # first\n\naccept:\n" + row + "\n# end",
		"catalogs: []\naccept:\n" + row + "version: 1\n":           "catalogs: []\naccept:\n" + row + row + "version: 1\n",
		"accept: [] # none\nversion: 1\ncatalogs: []\n":            "accept: [{ rule: catalog-removed, to: old, reason: Meant. }] # none\nversion: 1\ncatalogs: []\n",
		"accept:\nversion: 1\ncatalogs: []\n":                      "accept:\n" + row + "version: 1\ncatalogs: []\n",
		"version: 1\r\ncatalogs: []\r\n":                           "version: 1\r\ncatalogs: []\r\naccept:\r\n" + strings.ReplaceAll(row, "\n", "\r\n"),
		"version: 1\ncatalogs: []":                                 "version: 1\ncatalogs: []\naccept:\n" + strings.TrimSuffix(row, "\n"),
		"{\"version\": 1, \"catalogs\": []}":                       "{\"version\": 1, \"catalogs\": [], \"accept\": [{\"rule\": \"catalog-removed\", \"to\": \"old\", \"reason\": \"Meant.\"}]}",
	} {
		r, err := edit.AcceptRemovals("errcat.yaml", []byte(source), []string{"old"}, " Meant. ", none)
		if err != nil || string(r.Text) != want {
			t.Errorf("%q became %v, %v, want %q", source, r, err, want)
		}
	}
	manual, invalid := (*edit.Manual)(nil), (*diag.FileError)(nil)
	_, err := edit.AcceptRemovals("errcat.yaml", []byte("x: &a []\naccept: *a\n"), []string{"old"}, "Meant.", none)
	if !errors.As(err, &manual) || manual.Text != "accept:\n"+row {
		t.Errorf("an alias: %v", err)
	}
	for _, source := range []string{"", "a: [", "\xff"} {
		if _, err := edit.AcceptRemovals("errcat.yaml", []byte(source), []string{"old"}, "Meant.", none); !errors.As(err, &invalid) {
			t.Errorf("%q: %v", source, err)
		}
	}
	if _, err := edit.AcceptRemovals("errcat.yaml", []byte("version: 1\n"), []string{"old"}, "\n", none); err == nil {
		t.Error("an empty reason is accepted")
	}
}
