package npmtest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestInstall installs once for each lock file, leaves nothing of an installation that
// fails, and removes what nobody has used for long.
func TestInstall(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs npm")
	}
	cache, dir := filepath.Join(t.TempDir(), "cache"), filepath.Join(t.TempDir(), "tools")
	write := func(name, content string) {
		t.Helper()
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list := func() []string {
		t.Helper()
		entries, err := os.ReadDir(cache)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}
	write("package.json", `{"name": "tools", "dependencies": {"x": "1.0.0"}}`)
	write("package-lock.json", `{"name": "tools", "lockfileVersion": 3, "packages": {}}`)
	if _, err := install(cache, dir); err == nil {
		t.Error("packages are installed that the lock file does not have")
	}
	if names := list(); len(names) > 0 {
		t.Errorf("a failure leaves %q", names)
	}

	write("package.json", `{"name": "tools", "dependencies": {"local": "file:local"}}`)
	write("package-lock.json", `{"name": "tools", "lockfileVersion": 3, "packages": {"": {"name": "tools", "dependencies": {"local": "file:local"}}, "local": {}, "node_modules/local": {"resolved": "local", "link": true}}}`)
	first, err := install(cache, dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(filepath.Join(first, "node_modules", "local")); err != nil {
		t.Error(err)
	}
	if again, err := install(cache, dir); again != first || err != nil {
		t.Errorf("installed again: %s, %v", again, err)
	}

	old := time.Now().Add(-2 * unused)
	if err := os.Chtimes(first, old, old); err != nil {
		t.Fatal(err)
	}
	write("package-lock.json", `{"name": "tools", "lockfileVersion": 3, "packages": {"": {"name": "tools", "dependencies": {"local": "file:local"}}, "local": {"version": "2.0.0"}, "node_modules/local": {"resolved": "local", "link": true}}}`)
	second, err := install(cache, dir)
	if err != nil {
		t.Fatal(err)
	}
	if names := list(); !slices.Equal(names, []string{filepath.Base(second)}) {
		t.Errorf("the cache has %q", names)
	}
}
