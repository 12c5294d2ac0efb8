package workspace_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/workspace"
)

// TestTooLarge checks that a catalog of one byte too many, or of a lot more, is
// reported as too large and not cut off: the rest of this one is a comment.
func TestTooLarge(t *testing.T) {
	valid := []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 409}}\n#")
	for _, size := range []int{catalog.MaxSize + 1, catalog.MaxSize + 1<<20} {
		text := append(bytes.Clone(valid), bytes.Repeat([]byte("x"), size-len(valid))...)
		file := filepath.Join(t.TempDir(), "catalog.yaml")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"-", file} {
			src, err := workspace.Reader{Stdin: bytes.NewReader(text)}.Read(t.Context(), name, ".")
			if err != nil {
				t.Fatal(err)
			}
			if len(src.Data) != catalog.MaxSize+1 {
				t.Errorf("%d bytes are read of %s with %d", len(src.Data), src.Name, size)
			}
			_, ds := generator.Load(src.Name, src.Data)
			if len(ds) != 1 || ds[0].Rule != diag.RuleFileTooLarge {
				t.Errorf("%s with %d bytes has the findings %v", src.Name, size, ds)
			}
		}
	}
}
