package main

import (
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
)

// TestFormattedBeforeWriting shows that a catalog is not formatted while files are
// written, when a signal would have to wait.
func TestFormattedBeforeWriting(t *testing.T) {
	data := catalogtest.YAML(3)
	inject := formatted("catalog.yaml", data).Files[0].Inject
	first, err := inject("catalog.yaml", data)
	mustDo(t, err)
	second, err := inject("catalog.yaml", data)
	mustDo(t, err)
	if &first[0] != &second[0] {
		t.Error("the catalog is formatted again")
	}
	changed, err := inject("catalog.yaml", append([]byte("# More.  \n"), data...))
	mustDo(t, err)
	if string(changed) != "# More.\n"+string(first) {
		t.Error("a catalog that has changed meanwhile is not formatted again")
	}
}
