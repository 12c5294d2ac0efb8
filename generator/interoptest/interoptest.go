// Package interoptest says how much the tests run of other people's tools: one small
// run of each or, with the build tag interop, everything. docs/interop.md says what
// that is. Only tests import it.
package interoptest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Report names what a test has run in full, such as versions of a tool. The section
// of docs/interop.md that is named after the test must exist; with the build tag
// interop, the result is written into it if the test passes.
func Report(t *testing.T, format string, args ...any) {
	t.Helper()
	page, err := findPage()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			return
		}
		if err := update(page, t.Name(), time.Now(), fmt.Sprintf(format, args...)); err != nil {
			t.Error(err)
		}
	})
}

// findPage returns the path of docs/interop.md.
func findPage() (string, error) {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		page := filepath.Join(dir, "docs", "interop.md")
		if _, err := os.Stat(page); err == nil {
			return page, nil
		}
		if dir == filepath.Dir(dir) {
			err = fmt.Errorf("no folder above has docs/interop.md")
		}
	}
	return "", err
}

// pages guards the page against the other tests of a package; make interop tests one
// package after the other.
var pages sync.Mutex

// update looks for the section of a test and, with the build tag, writes its result.
func update(page, test string, now time.Time, result string) error {
	pages.Lock()
	defer pages.Unlock()
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	last := regexp.MustCompile(`\n## ` + regexp.QuoteMeta(test) + `\n(?:[^#\n].*\n|\n)*?(Last result.*\n(?:.+\n)*)`)
	at := last.FindSubmatchIndex(text)
	if at == nil {
		return fmt.Errorf("docs/interop.md has no section %s with a paragraph that begins with Last result", test)
	}
	if !All {
		return nil
	}
	paragraph := wrap("Last result, " + now.UTC().Format(time.DateOnly) + ": " + result)
	return os.WriteFile(page, slices.Concat(text[:at[2]], []byte(paragraph), text[at[3]:]), 0o644)
}

// wrap breaks a text into lines that linters take.
func wrap(text string) string {
	var b strings.Builder
	width := 0
	for _, word := range strings.Fields(text) {
		switch {
		case width == 0:
		case width+1+len(word) > 80:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += len(word)
	}
	return b.String() + "\n"
}
