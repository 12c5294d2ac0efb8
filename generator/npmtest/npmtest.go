// Package npmtest installs npm packages that tests run and that are too large to be
// installed again for each clone: once for each lock file, in the user's cache.
package npmtest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// unused is how long packages are kept that no test uses.
const unused = 30 * 24 * time.Hour

// Install returns a folder whose node_modules are what the package.json and
// package-lock.json of dir name. Tests may add folders of their own to it.
func Install(t *testing.T, dir string) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	cache = filepath.Join(cache, "errcat-tests")
	installed, err := install(cache, dir)
	if err != nil {
		t.Fatal(err)
	}
	return installed
}

func install(cache, dir string) (string, error) {
	const manifest, lock = "package.json", "package-lock.json"
	contents := make(map[string][]byte)
	for _, name := range []string{manifest, lock} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		contents[name] = data
	}
	sum := sha256.Sum256(contents[lock])
	// Some packages have programs.
	installed := filepath.Join(cache, filepath.Base(dir)+"-"+runtime.GOOS+"-"+runtime.GOARCH+"-"+hex.EncodeToString(sum[:8]))
	now := time.Now()
	if err := os.Chtimes(installed, now, now); err == nil {
		return installed, nil
	}
	if err := removeUnused(cache, now); err != nil {
		return "", err
	}
	// A run that is interrupted, or another one at the same time, leaves no half of it.
	partial, err := os.MkdirTemp(cache, "partial-")
	if err != nil {
		return "", err
	}
	for name, data := range contents {
		if err := os.WriteFile(filepath.Join(partial, name), data, 0o644); err != nil {
			return "", err
		}
	}
	cmd := exec.Command("npm", "ci", "--no-audit", "--no-fund")
	cmd.Dir = partial
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", errors.Join(errors.New(string(out)), err, os.RemoveAll(partial))
	}
	if err := os.Rename(partial, installed); err != nil {
		if _, other := os.Stat(installed); other != nil {
			return "", err
		}
		return installed, os.RemoveAll(partial)
	}
	return installed, nil
}

// removeUnused removes what no test has used for a long time.
func removeUnused(cache string, now time.Time) error {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(cache)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > unused {
			if err := os.RemoveAll(filepath.Join(cache, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
