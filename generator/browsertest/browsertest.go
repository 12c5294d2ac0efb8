// Package browsertest finds the browser that the tests run pages in. Only tests
// import it.
package browsertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// Path returns the path of an installed Chromium or Chrome: $CHROME if it is
// set, else one from $PATH or from the places where installers put it. If there
// is none, the test fails and says what to install. With -short, the test is
// skipped.
func Path(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: runs a browser")
	}
	if path := os.Getenv("CHROME"); path != "" {
		if _, err := exec.LookPath(path); err != nil {
			t.Fatalf("$CHROME is not a browser: %v", err)
		}
		return path
	}
	for _, name := range candidates() {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no browser found: install Chromium or Chrome (apt-get install chromium; brew install --cask chromium), or set $CHROME to the path of one")
	return ""
}

// candidates are the names and places of the browsers.
func candidates() []string {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}
	switch runtime.GOOS {
	case "darwin":
		home, _ := os.UserHomeDir()
		for _, dir := range []string{"/Applications", filepath.Join(home, "Applications")} {
			for _, app := range []string{"Chromium", "Google Chrome"} {
				names = append(names, filepath.Join(dir, app+".app", "Contents", "MacOS", app))
			}
		}
	case "windows":
		for _, dir := range []string{os.Getenv("ProgramFiles"), os.Getenv("ProgramFiles(x86)"), os.Getenv("LocalAppData")} {
			if dir != "" {
				names = append(names, filepath.Join(dir, "Google", "Chrome", "Application", "chrome.exe"),
					filepath.Join(dir, "Chromium", "Application", "chrome.exe"))
			}
		}
	}
	return names
}
