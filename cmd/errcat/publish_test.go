package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/errcat/errcat/generator/gomod"
)

// published is the version under which publish serves this module.
const published = "v0.1.0"

// publish puts the working tree into a module proxy, as the version that a user
// would get, and returns the environment in which the go command takes errcat from
// there and other modules from the module cache. All tests have the same one, since
// errcat is compiled again for each module cache.
func publish(t *testing.T) []string {
	t.Helper()
	env, err := publishOnce()
	if err != nil {
		t.Fatal(err)
	}
	return env
}

// publishedDir is the folder of the proxy and of the module cache, which TestMain
// removes, "" if no test needs it.
var publishedDir string

// publishOnce makes publishedDir, and returns the environment.
var publishOnce = sync.OnceValues(func() ([]string, error) {
	var err error
	if publishedDir, err = os.MkdirTemp("", "errcat-published-"); err != nil {
		return nil, err
	}
	const root = "../.."
	modFile, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, err
	}
	zipped, err := moduleZip(root, gomod.Errcat+"@"+published+"/")
	if err != nil {
		return nil, err
	}
	proxy := filepath.Join(publishedDir, "proxy")
	if err := addToProxy(proxy, gomod.Errcat, published, modFile, zipped); err != nil {
		return nil, err
	}
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPROXY").Output()
	if err != nil {
		return nil, err
	}
	machine := strings.Split(string(out), "\n")
	return []string{
		"GOMODCACHE=" + filepath.Join(publishedDir, "modules"),
		"GOCACHE=" + machine[0],
		"GOPROXY=" + strings.Join([]string{fileURL(proxy), fileURL(machine[1]) + "/cache/download", machine[2]}, ","),
		"GONOSUMDB=" + gomod.Errcat,
		"GOVCS=*:off",         // no git looks elsewhere for modules that no proxy has
		"GOFLAGS=-modcacherw", // so that the folder can be removed
		"GOWORK=off",
	}, nil
})

// fileURL returns the URL of a folder.
func fileURL(dir string) string { return "file://" + filepath.ToSlash(dir) }

// addToProxy adds a version of a module to a folder that is a module proxy.
func addToProxy(proxy, module, version string, gomod, zipped []byte) error {
	escaped := regexp.MustCompile("[A-Z]").ReplaceAllStringFunc(module, func(s string) string { return "!" + strings.ToLower(s) })
	versions := filepath.Join(proxy, filepath.FromSlash(escaped), "@v")
	if err := os.MkdirAll(versions, 0o755); err != nil {
		return err
	}
	list, err := os.ReadFile(filepath.Join(versions, "list"))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	for name, data := range map[string][]byte{
		"list":            append(list, version+"\n"...),
		version + ".info": []byte(`{"Version":"` + version + `","Time":"2026-01-01T00:00:00Z"}`),
		version + ".mod":  gomod,
		version + ".zip":  zipped,
	} {
		if err := os.WriteFile(filepath.Join(versions, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// addFolderToProxy adds the files of a folder as a version of a module.
func addFolderToProxy(proxy, module, version, dir string) error {
	gomod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	err = filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		w, err := z.Create(module + "@" + version + filepath.ToSlash(strings.TrimPrefix(file, dir)))
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	})
	if err := errors.Join(err, z.Close()); err != nil {
		return err
	}
	return addToProxy(proxy, module, version, gomod, b.Bytes())
}

// proxy makes a module proxy of folders, which have names such as
// modules/example.com/platform@v1.0.0: proxy modules proxy.
func proxy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: proxy folder proxy")
	}
	from, to := ts.MkAbs(args[0]), ts.MkAbs(args[1])
	ts.Check(os.RemoveAll(to))
	ts.Check(filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		module, version, ok := strings.Cut(filepath.ToSlash(strings.TrimPrefix(name, from+string(filepath.Separator))), "@")
		if err != nil || !ok {
			return err
		}
		if err := addFolderToProxy(to, module, version, name); err != nil {
			return err
		}
		return filepath.SkipDir
	}))
}

// moduleZip returns a zip of the files of the module that git tracks or would add.
func moduleZip(root, prefix string) ([]byte, error) {
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root
	list, err := cmd.Output()
	if err != nil {
		return nil, err
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
			return nil, err
		}
		w, err := z.Create(prefix + name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
