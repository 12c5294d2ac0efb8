package main

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// published is the version under which publish serves this module.
const published = "v0.1.0"

// publish puts the working tree into a module proxy, as the version that a user
// would get, and returns the environment in which the go command takes errcat from
// there and other modules from the module cache.
func publish(t *testing.T, root string) []string {
	t.Helper()
	const module = "github.com/errcat/errcat"
	dir := t.TempDir()
	versions := filepath.Join(dir, "proxy", filepath.FromSlash(module), "@v")
	if err := os.MkdirAll(versions, 0o755); err != nil {
		t.Fatal(err)
	}
	gomod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"list":              []byte(published + "\n"),
		published + ".info": []byte(`{"Version":"` + published + `","Time":"2026-01-01T00:00:00Z"}`),
		published + ".mod":  gomod,
		published + ".zip":  moduleZip(t, root, module+"@"+published+"/"),
	} {
		if err := os.WriteFile(filepath.Join(versions, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cache := filepath.ToSlash(goEnv(t, "GOMODCACHE")) + "/cache/download"
	proxies := []string{"file://" + filepath.ToSlash(dir) + "/proxy", "file://" + cache, goEnv(t, "GOPROXY")}
	return []string{
		"GOMODCACHE=" + filepath.Join(dir, "modules"),
		"GOCACHE=" + goEnv(t, "GOCACHE"),
		"GOPROXY=" + strings.Join(proxies, ","),
		"GONOSUMDB=" + module,
		// Then the build cache also serves the next run, in another folder, and
		// the folder can be removed.
		"GOFLAGS=-trimpath -modcacherw",
		"GOWORK=off",
	}
}

// moduleZip returns a zip of the files of the module that git tracks or would add.
func moduleZip(t *testing.T, root, prefix string) []byte {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root
	list, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name := range strings.SplitSeq(strings.TrimSuffix(string(list), "\x00"), "\x00") {
		// Users do not get CI and test data, which also has modules of its own.
		if strings.HasPrefix(name, ".ci/") || strings.Contains(name, "/testdata/") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) { // removed, but still in the index
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(prefix + name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// goEnv returns a variable of the go command.
func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
