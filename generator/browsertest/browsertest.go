// Package browsertest finds the browser that the tests run pages in. It is
// imported by tests alone.
package browsertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// Path returns the path of an installed Chromium or Chrome: that of $CHROME
// where it is set, else one of $PATH or of the places where installers put it.
// Where there is none, the test fails and says what to install.
func Path(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("CHROME"); path != "" {
		if _, err := exec.LookPath(path); err != nil {
			t.Fatalf("$CHROME is no browser: %v", err)
		}
		return path
	}
	for _, name := range candidates() {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("there is no browser to test with: install Chromium or Chrome (apt-get install chromium; brew install --cask chromium), or set $CHROME to the path of one")
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
