package interoptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestUpdate finds the section of a test and, with the build tag, writes a result of
// several lines over an earlier one.
func TestUpdate(t *testing.T) {
	const before = "# Page\n\n## TestOther\n\nText.\n\nLast result: none yet.\n\n## TestOne\n\nText,\nmore text.\n\n- item\n\nLast result: of\ntwo lines.\n\n## TestLast\n\nLast result: none yet.\n"
	page, now := filepath.Join(t.TempDir(), "interop.md"), time.Date(2026, 2, 28, 23, 59, 59, 0, time.UTC)
	if err := os.WriteFile(page, []byte(before), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, missing := range []string{"Test", "TestOn", "TestNone", "TestOne/sub"} {
		if err := update(page, missing, now, "x"); err == nil {
			t.Errorf("there is no section %s", missing)
		}
	}
	for _, test := range []string{"TestOne", "TestLast"} {
		if err := update(page, test, now, strings.Repeat("word ", 20)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	want := before
	if All {
		result := "Last result, " + now.Format(time.DateOnly) + ":" + strings.Repeat(" word", 11) + "\n" + strings.Repeat("word ", 8) + "word\n"
		want = strings.Replace(want, "Last result: of\ntwo lines.\n", result, 1)
		want = strings.TrimSuffix(want, "Last result: none yet.\n") + result
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
