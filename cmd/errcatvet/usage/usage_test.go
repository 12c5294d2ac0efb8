package usage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/cmd/errcatvet/internal/vettest"
)

// catalogs are those of the tests of the analyzers.
const catalogs = "../analyzers/testdata/catalogs"

// module returns a copy of the module in testdata with the packages of the catalogs.
func module(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS("testdata/module")); err != nil {
		t.Fatal(err)
	}
	if err := vettest.Write(catalogs, dir, nil); err != nil {
		t.Fatal(err)
	}
	return dir
}

var expected = regexp.MustCompile(`// (raised|handled|maybe|any) (\w+)`)

// TestPlaces compares the places in the module of testdata with its comments, such as
// // raised NotFound.
func TestPlaces(t *testing.T) {
	dir := module(t)
	files, err := filepath.Glob(filepath.Join("testdata/module/*/*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			for _, m := range expected.FindAllStringSubmatch(line, -1) {
				want = append(want, fmt.Sprintf("%s:%d: %s %s", filepath.Base(name), i+1, m[1], m[2]))
			}
		}
	}
	report, err := Find(context.Background(), Options{Dir: dir}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	add := func(kind, name string, places []Place) {
		for _, at := range places {
			got = append(got, fmt.Sprintf("%s:%d: %s %s", filepath.Base(at.Filename), at.Line, kind, name))
		}
	}
	for _, p := range report.Packages {
		if p.Catalog != filepath.Base(p.Path) || !p.IsOwn {
			t.Errorf("%s: the catalog is %q, own %v", p.Path, p.Catalog, p.IsOwn)
		}
		add("any", p.Catalog, p.Dynamic)
		for _, e := range p.Errors {
			add("raised", e.Const, e.Raised)
			add("handled", e.Const, e.Handled)
			add("maybe", e.Const, e.MaybeRaised)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
