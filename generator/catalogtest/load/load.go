// Package load reads catalogs for tests, which must be valid. Only tests import it.
package load

import (
	"os"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
)

// File returns the catalog in a file.
func File(t testing.TB, path string) *catalog.Catalog {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return Source(t, source)
}

// Source returns a catalog, which may have warnings.
func Source(t testing.TB, source []byte) *catalog.Catalog {
	t.Helper()
	c, ds := catalog.Load("catalog.yaml", source)
	if c == nil {
		t.Fatal(ds)
	}
	return c
}
