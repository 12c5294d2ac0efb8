// Package gittest makes git repositories for tests.
package gittest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Env returns the environment of git in tests: without the configuration of the
// machine, and with fixed names and dates, so that ids are the same everywhere. It
// fetches only from repositories in folders. The CI that runs the tests does not show.
func Env() []string {
	return []string{
		"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_SYSTEM=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_AUTHOR_DATE=2026-01-02T03:04:05Z",
		"GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.com", "GIT_COMMITTER_DATE=2026-01-02T03:04:05Z",
		"GIT_CONFIG_COUNT=5",
		"GIT_CONFIG_KEY_0=protocol.file.allow", "GIT_CONFIG_VALUE_0=always", // submodules
		"GIT_CONFIG_KEY_1=gc.auto", "GIT_CONFIG_VALUE_1=0",
		"GIT_CONFIG_KEY_2=init.defaultBranch", "GIT_CONFIG_VALUE_2=main",
		"GIT_CONFIG_KEY_3=maintenance.auto", "GIT_CONFIG_VALUE_3=false",
		"GIT_CONFIG_KEY_4=core.fsync", "GIT_CONFIG_VALUE_4=none",
		"GIT_TERMINAL_PROMPT=0", "LC_ALL=C",
		"GITHUB_ACTIONS=", "GITLAB_CI=", // advice is as on any machine
	}
}

// Setenv gives the test the environment of git.
func Setenv(t testing.TB) {
	t.Helper()
	for _, variable := range Env() {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "GIT_") && !strings.Contains(strings.Join(Env(), "\n"), name+"=") {
			t.Setenv(name, "") // restores it
			os.Unsetenv(name)
		}
	}
}

// Repo is a folder in which git runs.
type Repo struct {
	tb  testing.TB
	Dir string
	// clock counts the commits: each is a minute later than the one before.
	clock int
}

// New makes an empty repository, with options of git init. The branch is main.
func New(t testing.TB, options ...string) *Repo {
	t.Helper()
	Setenv(t)
	r := At(t, t.TempDir())
	r.Git(append([]string{"init", "-q"}, options...)...)
	return r
}

// At returns a repository, or a folder for one, that is already there.
func At(t testing.TB, dir string) *Repo { return &Repo{tb: t, Dir: dir} }

// Git runs git, and returns its standard output without the last line break.
func (r *Repo) Git(args ...string) string {
	r.tb.Helper()
	return r.run(nil, args...)
}

// FastImport feeds git fast-import.
func (r *Repo) FastImport(stream []byte) {
	r.tb.Helper()
	r.run(stream, "fast-import", "--quiet", "--force")
}

func (r *Repo) run(stdin []byte, args ...string) string {
	r.tb.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stdin = r.Dir, bytes.NewReader(stdin)
	date := fmt.Sprintf("2026-01-02T%02d:%02d:00Z", 3+r.clock/60, r.clock%60)
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		r.tb.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimSuffix(string(out), "\n")
}

// Write writes a file of the work tree.
func (r *Repo) Write(name, text string) {
	r.tb.Helper()
	file := filepath.Join(r.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		r.tb.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		r.tb.Fatal(err)
	}
}

// CommitID does what Commit does, and returns the id of the commit.
func (r *Repo) CommitID(files ...string) string {
	r.tb.Helper()
	r.Commit(files...)
	return r.Git("rev-parse", "HEAD")
}

// Commit writes files, given as names and texts, and commits the whole work tree.
func (r *Repo) Commit(files ...string) {
	r.tb.Helper()
	for i := 0; i+1 < len(files); i += 2 {
		r.Write(files[i], files[i+1])
	}
	r.clock++
	r.Git("add", "-A")
	r.Git("commit", "-q", "--allow-empty", "-m", "change")
}

// Clone clones the repository into a new folder, with options of git clone.
func (r *Repo) Clone(options ...string) *Repo {
	r.tb.Helper()
	dir := filepath.Join(r.tb.TempDir(), "clone")
	// With a URL, git makes shallow clones of folders.
	r.Git(append(append([]string{"clone", "-q"}, options...), "file://"+filepath.ToSlash(r.Dir), dir)...)
	return &Repo{tb: r.tb, Dir: dir, clock: r.clock + 1}
}

// ManyVersions makes a repository in which a catalog has many versions. Each changes
// one of its errors, and every hundredth gives the code of one to another error. The
// last version is checked out.
func ManyVersions(t testing.TB, versions, errors int) *Repo {
	t.Helper()
	repo := New(t)
	entry := func(i int, name, text string) string {
		return fmt.Sprintf("  %s_%d:\n    code: \"%d\"\n    http_status: 409\n    message: The order %s\n", name, i, i, text)
	}
	entries := make([]string, errors)
	for i := range entries {
		entries[i] = entry(i, "ERROR", "cannot be changed")
	}
	var stream bytes.Buffer
	for v := range versions {
		name := "ERROR"
		if v%100 == 99 {
			name = fmt.Sprintf("OTHER_%d", v)
		}
		entries[v%errors] = entry(v%errors, name, fmt.Sprintf("%d can no longer be changed", v))
		data := "version: 1\ncatalog: {name: shop}\nerrors:\n" + strings.Join(entries, "")
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter A <a@example.com> %d +0000\ndata 0\nM 100644 inline catalog.yaml\ndata %d\n%s\n", 1_700_000_000+v, len(data), data)
	}
	repo.FastImport(stream.Bytes())
	repo.Git("reset", "-q", "--hard", "main")
	return repo
}
