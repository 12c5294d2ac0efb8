package browsertest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/errcat/errcat/generator/browsertest"
)

func TestPath(t *testing.T) {
	if path := browsertest.Path(t); path == "" {
		t.Error("the path is empty")
	}
	own := filepath.Join(t.TempDir(), "browser.exe")
	if err := os.WriteFile(own, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CHROME", own)
	if path := browsertest.Path(t); path != own {
		t.Errorf("the path is %q, not that of $CHROME", path)
	}
}
