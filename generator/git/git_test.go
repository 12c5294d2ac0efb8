package git_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/gittest"
)

// open opens the repository of a folder, which becomes the working directory.
func open(t *testing.T, dir string) *git.Repository {
	t.Helper()
	t.Chdir(dir)
	r, err := git.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func resolve(t *testing.T, r *git.Repository, name string) git.Revision {
	t.Helper()
	rev, err := r.Resolve(name)
	if err != nil {
		t.Fatal(err)
	}
	return rev
}

// same fails if two values differ.
func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// fails fails if an error is missing or does not have the words.
func fails(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("no error, want one with %q", words)
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error is %q, want one with %q", err, word)
		}
	}
	if strings.ContainsAny(err.Error(), "\n\x1b") {
		t.Errorf("the error %q has control characters", err)
	}
}

func TestResolve(t *testing.T) {
	repo := gittest.New(t)
	first := repo.CommitID("f", "1")
	second := repo.CommitID("f", "2")
	repo.Git("tag", "light")
	repo.Git("tag", "-a", "-m", "a tag", "annotated", first)
	repo.Git("tag", "-a", "-m", "a tag of a tag", "nested", "annotated")
	repo.Git("branch", "feature/ü", first)
	repo.Git("update-ref", "refs/remotes/origin/main", first)
	repo.Git("update-ref", "refs/remotes/origin/v1", first)
	repo.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
	repo.Git("branch", "$(touch${IFS}ran);x", first)
	repo.Git("update-ref", "refs/pull/1/merge", first)
	r := open(t, repo.Dir)
	for name, want := range map[string]git.Revision{
		"main":                  {Kind: git.Branch, Commit: git.ID(second)},
		"refs/heads/main":       {Kind: git.Branch, Commit: git.ID(second)},
		"heads/main":            {Kind: git.Branch, Commit: git.ID(second)},
		"feature/ü":             {Kind: git.Branch, Commit: git.ID(first)},
		"origin/main":           {Kind: git.Branch, Commit: git.ID(first)},
		"origin":                {Kind: git.Branch, Commit: git.ID(first)},
		"$(touch${IFS}ran);x":   {Kind: git.Branch, Commit: git.ID(first)},
		"light":                 {Kind: git.Tag, Commit: git.ID(second)},
		"annotated":             {Kind: git.Tag, Commit: git.ID(first)},
		"nested":                {Kind: git.Tag, Commit: git.ID(first)},
		"refs/tags/nested":      {Kind: git.Tag, Commit: git.ID(first)},
		"annotated^{}":          {Kind: git.Commit, Commit: git.ID(first)},
		"HEAD":                  {Kind: git.Commit, Commit: git.ID(second)},
		"@":                     {Kind: git.Commit, Commit: git.ID(second)},
		"HEAD^":                 {Kind: git.Commit, Commit: git.ID(first)},
		"main~1":                {Kind: git.Commit, Commit: git.ID(first)},
		first:                   {Kind: git.Commit, Commit: git.ID(first)},
		first[:8]:               {Kind: git.Commit, Commit: git.ID(first)},
		strings.ToUpper(first):  {Kind: git.Commit, Commit: git.ID(first)},
		"refs/pull/1/merge":     {Kind: git.Commit, Commit: git.ID(first)},
		"light-1-g" + first[:8]: {Kind: git.Commit, Commit: git.ID(first)}, // as of git describe
	} {
		want.Name = name
		same(t, name, resolve(t, r, name), want)
	}
}

func TestResolveFails(t *testing.T) {
	upstream := gittest.New(t)
	upstream.Commit("f", "1")
	upstream.Git("branch", "develop")
	repo := upstream.Clone()
	repo.Commit("f", "2")
	repo.Git("tag", "both")
	repo.Git("branch", "both")
	repo.Git("tag", "blob", "HEAD:f")
	repo.Git("branch", "origin/develop")
	r := open(t, repo.Dir)
	for name, want := range map[string][]string{
		"":                       {"empty"},
		"nope":                   {`no revision "nope" here`, "git fetch origin +refs/heads/nope:refs/remotes/origin/nope", "write origin/nope", "git fetch origin tag nope"},
		"origin/nope":            {"; run: git fetch origin +refs/heads/nope:refs/remotes/origin/nope"},
		"develop":                {"; write origin/develop"},
		"v1.2.3":                 {"; run: git fetch origin tag v1.2.3"},
		"refs/tags/x":            {"; run: git fetch origin tag x"},
		"refs/heads/x":           {"here; run: git fetch origin +refs/heads/x:refs/remotes/origin/x, and write origin/x"},
		"origin/$(id)":           {"run: git fetch origin '+refs/heads/$(id):refs/remotes/origin/$(id)'"},
		strings.Repeat("0a", 20): {"run: git fetch origin 0a0a"},
		"both":                   {"ambiguous", "refs/heads/both", "refs/tags/both"},
		"origin/develop":         {"ambiguous", "refs/heads/origin/develop", "refs/remotes/origin/develop"},
		"blob":                   {`"blob" is not a commit`},
		"HEAD~7":                 {"the history of \"HEAD\" is shorter"},
		"nope~1":                 {`no revision "nope" here`},
		"main..HEAD":             {"not one revision"},
		"both...HEAD":            {"not one revision"},
		"--upload-pack=touch x":  {"not the name of a revision"},
		"-":                      {"not the name of a revision"},
		"^main":                  {"not the name of a revision"},
		":/change":               {"not the name of a revision"},
		"a\nb":                   {`"a\nb"`},
		"a\x1b[31mb":             {`"a\x1b[31mb"`},
		"two words":              {`no revision "two words" here`},
		"main@{upstream":         {`no revision "main@{upstream"`},
		"both@{upstream}":        {`no revision "both@{upstream}"`},
	} {
		_, err := r.Resolve(name)
		fails(t, err, want...)
	}
}

func TestResolveAmbiguousID(t *testing.T) {
	repo := gittest.New(t)
	var stream strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter A <a@example.com> %d +0000\ndata 0\n", i)
	}
	repo.FastImport([]byte(stream.String()))
	seen := make(map[string]string)
	for id := range strings.FieldsSeq(repo.Git("rev-list", "main")) {
		if other := seen[id[:4]]; other != "" {
			_, err := open(t, repo.Dir).Resolve(id[:4])
			fails(t, err, "is ambiguous", "write more digits")
			same(t, "the whole id", resolve(t, open(t, repo.Dir), id).Commit, git.ID(id))
			return
		}
		seen[id[:4]] = id
	}
	t.Fatal("all ids begin differently")
}

func TestResolveWithoutCommits(t *testing.T) {
	repo := gittest.New(t)
	_, err := open(t, repo.Dir).Resolve("main")
	fails(t, err, "the repository has no commit yet")
	repo.Commit("f", "1")
	_, err = open(t, repo.Dir).Resolve("origin/main")
	fails(t, err, "no remote")
	if !errors.Is(err, git.ErrNoRevision) {
		t.Errorf("%v is not ErrNoRevision", err)
	}
}

func TestOpen(t *testing.T) {
	repo := gittest.New(t)
	commit := repo.CommitID("a/b/f", "1")
	real, err := filepath.EvalSymlinks(repo.Dir)
	if err != nil {
		t.Fatal(err)
	}
	r := open(t, filepath.Join(repo.Dir, "a", "b"))
	same(t, "the root", r.Root(), real)
	path, err := r.Path(filepath.Join(repo.Dir, "a", "new", "g"))
	if err != nil || path != "a/new/g" {
		t.Errorf("the path is %q, %v", path, err)
	}
	_, err = r.Path(filepath.Join(repo.Dir, "..", "f"))
	fails(t, err, "is outside of the repository")

	// A linked work tree, with a detached HEAD.
	tree := filepath.Join(t.TempDir(), "tree")
	repo.Git("worktree", "add", "-q", "--detach", tree)
	head, err := open(t, filepath.Join(tree, "a")).Head()
	if err != nil || head != git.ID(commit) {
		t.Errorf("HEAD is %s, %v", head, err)
	}

	// A bare repository.
	bare := repo.Clone("--bare")
	r = open(t, bare.Dir)
	same(t, "the root", r.Root(), "")
	data, err := r.ReadFile(resolve(t, r, "main"), "a/b/f", 100)
	if err != nil || string(data) != "1" {
		t.Errorf("the file is %q, %v", data, err)
	}
	_, err = r.Path("f")
	fails(t, err, "no work tree")

	_, err = git.Open(context.Background(), t.TempDir())
	fails(t, err, "belongs to no git repository")
	if !errors.Is(err, git.ErrNoRepository) {
		t.Errorf("%v is not ErrNoRepository", err)
	}
	_, err = git.Open(context.Background(), filepath.Join(repo.Dir, "nope"))
	fails(t, err, "nope")
	t.Setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
	_, err = git.Open(context.Background(), repo.Dir)
	fails(t, err, "belongs to another user", "; if you trust it, run: git config --global --add safe.directory ")
	t.Setenv("PATH", t.TempDir())
	_, err = git.Open(context.Background(), repo.Dir)
	fails(t, err, "git is not installed")
}

// TestHookEnvironment sets what git sets for hooks, of this repository and of
// another one, and what changes how git works.
func TestHookEnvironment(t *testing.T) {
	other := gittest.New(t)
	other.Commit("f", "other")
	repo := gittest.New(t)
	want := repo.CommitID("f", "1", ".gitattributes", "* diff=evil filter=evil\n")
	for _, name := range []string{"diff.evil.textconv", "diff.evil.command", "diff.external", "filter.evil.smudge", "core.fsmonitor", "core.pager", "gpg.program", "core.hooksPath"} {
		repo.Git("config", name, "touch ran; false")
	}
	repo.Git("config", "log.showSignature", "true")
	repo.Git("config", "diff.renames", "false")
	for name, value := range map[string]string{
		"GIT_DIR": filepath.Join(other.Dir, ".git"), "GIT_WORK_TREE": other.Dir, "GIT_INDEX_FILE": ".git/index.lock", "GIT_PREFIX": "a/",
		"GIT_OBJECT_DIRECTORY": filepath.Join(other.Dir, ".git", "objects"), "GIT_COMMON_DIR": filepath.Join(other.Dir, ".git"),
		"GIT_EXTERNAL_DIFF": "touch ran", "GIT_PAGER": "touch ran", "GIT_GLOB_PATHSPECS": "1", "GIT_TRACE": "1", "GIT_NAMESPACE": "x", "LC_ALL": "de_DE.UTF-8",
	} {
		t.Setenv(name, value)
	}
	r := open(t, repo.Dir)
	rev := resolve(t, r, "main")
	same(t, "main", rev.Commit, git.ID(want))
	data, err := r.ReadFile(rev, "f", 100)
	if err != nil || string(data) != "1" {
		t.Errorf("the file is %q, %v", data, err)
	}
	for v, err := range r.History(rev, "f", 100) {
		if err != nil || string(v.Data) != "1" {
			t.Errorf("the file is %q, %v", v.Data, err)
		}
	}
	_, err = r.Resolve("nope")
	fails(t, err, `there is no revision "nope"`)
	if _, err := os.Stat(filepath.Join(repo.Dir, "ran")); err == nil {
		t.Error("git has run a program")
	}

	// A work tree without a repository of its own uses the one that is named.
	tree := t.TempDir()
	t.Setenv("GIT_WORK_TREE", tree)
	for _, name := range []string{"GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	data, err = open(t, tree).ReadFile(resolve(t, open(t, tree), "main"), "f", 100)
	if err != nil || string(data) != "other" {
		t.Errorf("the file is %q, %v", data, err)
	}
}

func TestMergeBases(t *testing.T) {
	repo := gittest.New(t)
	base := repo.CommitID("f", "1")
	repo.Git("checkout", "-q", "-b", "feature")
	repo.Commit("g", "1")
	repo.Git("checkout", "-q", "main")
	onMain := repo.CommitID("h", "1")
	repo.Git("checkout", "-q", "feature")
	bases := func(name string) []git.ID {
		t.Helper()
		r := open(t, repo.Dir)
		ids, err := r.MergeBases(resolve(t, r, name))
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	if got := bases("main"); len(got) != 1 || got[0] != git.ID(base) {
		t.Errorf("the merge bases are %v", got)
	}
	// Merged into each other, there are two.
	onFeature := repo.Git("rev-parse", "HEAD")
	repo.Git("merge", "-q", "--no-edit", onMain)
	repo.Git("checkout", "-q", "main")
	repo.Git("merge", "-q", "--no-edit", onFeature)
	if got := bases("feature"); len(got) != 2 {
		t.Errorf("the merge bases are %v", got)
	}
	repo.Git("checkout", "-q", "--orphan", "unrelated")
	repo.Commit("f", "2")
	r := open(t, repo.Dir)
	_, err := r.MergeBases(resolve(t, r, "main"))
	fails(t, err, `"main" and HEAD have no common commit`, "unrelated")
}

func TestShallow(t *testing.T) {
	upstream := gittest.New(t)
	first := upstream.CommitID("f", "1")
	upstream.Git("tag", "v1.0.0")
	second := upstream.CommitID("f", "2")
	upstream.Git("checkout", "-q", "-b", "feature")
	third := upstream.CommitID("f", "3")
	upstream.Git("config", "uploadpack.allowAnySHA1InWant", "true")

	repo := upstream.Clone("--depth=1", "--branch=feature")
	r := open(t, repo.Dir)
	_, err := r.Resolve("HEAD^")
	fails(t, err, `no revision "HEAD^" here`, "the clone is shallow; run: git fetch --unshallow origin")
	_, err = r.Resolve(first)
	fails(t, err, "run: git fetch origin "+first)
	_, err = r.Resolve(first[:9])
	fails(t, err, "run: git fetch --unshallow origin")
	_, err = r.Resolve("origin/main")
	fails(t, err, "run: git fetch origin +refs/heads/main:refs/remotes/origin/main")
	_, err = r.Tags("v*")
	fails(t, err, "the clone is shallow", "git fetch --unshallow --tags origin")
	for _, err := range r.History(resolve(t, r, "HEAD"), "f", 100) {
		fails(t, err, "is cut off", "git fetch --unshallow origin")
	}
	t.Setenv("GITHUB_ACTIONS", "true")
	_, err = r.Resolve("HEAD^")
	fails(t, err, "fetch-depth: 0")
	t.Setenv("GITHUB_ACTIONS", "")
	t.Setenv("GITLAB_CI", "true")
	_, err = r.Resolve("HEAD^")
	fails(t, err, `GIT_DEPTH: "0"`)

	// The commands of the messages help, one after the other.
	repo.Git("fetch", "-q", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main")
	r = open(t, repo.Dir)
	_, err = r.MergeBases(resolve(t, r, "origin/main"))
	fails(t, err, "no common commit here", "git fetch --unshallow origin")
	repo.Git("fetch", "-q", "origin", "tag", "v1.0.0", "--depth=1")
	r = open(t, repo.Dir)
	same(t, "v1.0.0", resolve(t, r, "v1.0.0").Commit, git.ID(first))
	repo.Git("fetch", "-q", "--unshallow", "origin")
	r = open(t, repo.Dir)
	bases, err := r.MergeBases(resolve(t, r, "origin/main"))
	if err != nil || len(bases) != 1 || bases[0] != git.ID(second) {
		t.Errorf("the merge bases are %v, %v", bases, err)
	}
	head, err := r.Head()
	if err != nil || head != git.ID(third) {
		t.Errorf("HEAD is %v, %v", head, err)
	}
}

// TestShallowMergeBase cuts histories off where the merge base that is left is not
// the best one.
func TestShallowMergeBase(t *testing.T) {
	upstream := gittest.New(t)
	upstream.Commit("f", "1")
	base := upstream.CommitID("f", "2")
	upstream.Git("branch", "feature")
	for range 3 {
		upstream.Commit("f", "x")
	}
	upstream.Git("checkout", "-q", "feature")
	for range 3 {
		upstream.Commit("g", "y")
	}
	for depth, want := range map[string]string{"2": "no common commit", "3": "no common commit", "4": "", "5": ""} {
		repo := upstream.Clone("--depth="+depth, "--no-single-branch", "--branch=feature")
		r := open(t, repo.Dir)
		bases, err := r.MergeBases(resolve(t, r, "origin/main"))
		switch {
		case want != "":
			fails(t, err, want)
		case err != nil || len(bases) != 1 || bases[0] != git.ID(base):
			t.Errorf("depth %s: the merge bases are %v, %v", depth, bases, err)
		}
	}
	// An old commit reached by two ways: the shorter one is there, but the better
	// merge base is on the longer one.
	upstream.Git("checkout", "-q", "main")
	upstream.Git("merge", "-q", "--no-edit", "feature")
	upstream.Git("checkout", "-q", "-b", "late", "feature~1")
	upstream.Git("merge", "-q", "--no-edit", "main~2")
	upstream.Commit("h", "z")
	repo := upstream.Clone("--depth=3", "--no-single-branch", "--branch=late")
	r := open(t, repo.Dir)
	if bases, err := r.MergeBases(resolve(t, r, "origin/main")); err == nil {
		full := open(t, upstream.Dir)
		want, err := full.MergeBases(resolve(t, full, "main"))
		if err != nil || len(want) != len(bases) {
			t.Errorf("the merge bases are %v, want %v, %v", bases, want, err)
		}
	}
}

func TestPartial(t *testing.T) {
	upstream := gittest.New(t)
	upstream.Git("config", "uploadpack.allowFilter", "true")
	upstream.Git("config", "uploadpack.allowAnySHA1InWant", "true")
	upstream.Commit("f", "1")
	upstream.Commit("f", "2")
	upstream.Commit("f", "3")
	for _, filter := range []string{"blob:none", "tree:0"} {
		repo := upstream.Clone("--filter=" + filter)
		r := open(t, repo.Dir)
		old := resolve(t, r, "HEAD~1")
		_, err := r.ReadFile(old, "f", 100)
		fails(t, err, "partial clone; run: git ")
		if filter == "tree:0" {
			_, err = r.Files(old, func(string) bool { return true })
			fails(t, err, "partial clone; run: git fetch --refetch --no-filter origin")
		}
		ended := false
		for _, err := range r.History(resolve(t, r, "HEAD"), "f", 100) {
			ended = err != nil
		}
		same(t, "the end by an error", ended, true)
		repo.Git("fetch", "-q", "--refetch", "--no-filter", "origin")
		data, err := open(t, repo.Dir).ReadFile(old, "f", 100)
		if err != nil || string(data) != "2" {
			t.Errorf("the file is %q, %v", data, err)
		}
	}
}

func TestTags(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("f", "1")
	for _, name := range []string{"v1.9.0", "v1.10.0", "v1.10.0-rc.1", "v1.10.0-rc.2", "v1.10.0-rc.10", "v2.0.0-beta", "v0.1", "vendor/v9.0.0", "billing/v3.1.4", "release-2-1.0", "release-2-0.9", "2026.01.31", "2026.11.2", "nightly", "stable"} {
		repo.Git("tag", name)
		repo.Commit()
	}
	repo.Git("tag", "v7.0.0", "HEAD:f") // no commit
	r := open(t, repo.Dir)
	for pattern, want := range map[string]string{
		"v*":          "v2.0.0-beta v1.10.0 v1.10.0-rc.10 v1.10.0-rc.2 v1.10.0-rc.1 v1.9.0 v0.1",
		"v1.*":        "v1.10.0 v1.10.0-rc.10 v1.10.0-rc.2 v1.10.0-rc.1 v1.9.0",
		"billing/v*":  "billing/v3.1.4",
		"*/v*":        "vendor/v9.0.0 billing/v3.1.4",
		"release-2-*": "release-2-1.0 release-2-0.9",
		"release-*":   "release-2-1.0 release-2-0.9",
		"2*":          "2026.11.2 2026.01.31",
		"[ns]*":       "stable nightly",
		"v1.9.0":      "v1.9.0",
		"x*":          "",
	} {
		tags, err := r.Tags(pattern)
		if err != nil {
			t.Error(err)
		}
		var names []string
		for _, tag := range tags {
			names = append(names, tag.Name)
		}
		same(t, pattern, strings.Join(names, " "), want)
	}
	_, err := r.Tags("[")
	fails(t, err, `"[" is no pattern of tags`)
	_, err = r.Tags("")
	fails(t, err, "no pattern of tags")
	_, err = open(t, repo.Clone("--no-tags").Dir).Tags("v*")
	fails(t, err, "git fetch --tags origin")
}

// TestClonesWithoutTags looks for tags in clones of many kinds: the ones that may lack
// some say so, and the commands that they name help at once.
func TestClonesWithoutTags(t *testing.T) {
	upstream := gittest.New(t)
	upstream.Git("config", "uploadpack.allowFilter", "true")
	upstream.Git("config", "uploadpack.allowAnySHA1InWant", "true")
	upstream.Commit("f", "1")
	upstream.Git("tag", "v1.0.0")
	upstream.Git("checkout", "-q", "-b", "release/1")
	upstream.Commit("f", "2")
	upstream.Git("tag", "-a", "-m", "a hotfix", "v1.0.1")
	upstream.Git("checkout", "-q", "main")
	upstream.Commit("f", "3")
	upstream.Git("tag", "v1.1.0")
	upstream.Commit("f", "4")
	const all = "v1.1.0 v1.0.1 v1.0.0"
	// checkout does what actions/checkout does, with further flags of git fetch, and
	// what else to fetch.
	checkout := func(flags []string, specs ...string) *gittest.Repo {
		repo := gittest.At(t, t.TempDir())
		repo.Git("init", "-q")
		repo.Git("remote", "add", "origin", "file://"+filepath.ToSlash(upstream.Dir))
		repo.Git(slices.Concat([]string{"-c", "protocol.version=2", "fetch", "-q", "--prune", "--no-recurse-submodules"}, flags, []string{"origin", "+refs/heads/main:refs/remotes/origin/main"}, specs)...)
		repo.Git("checkout", "-q", "-B", "main", "refs/remotes/origin/main")
		return repo
	}
	for _, test := range []struct {
		name string
		make func() *gittest.Repo
		want string // why tags may be missing, "" if none are
	}{
		{"no clone", func() *gittest.Repo { return upstream }, ""},
		{"a whole clone", func() *gittest.Repo { return upstream.Clone() }, ""},
		{"a clone without blobs", func() *gittest.Repo { return upstream.Clone("--filter=blob:none") }, ""},
		{"a clone without trees", func() *gittest.Repo { return upstream.Clone("--filter=tree:0") }, ""},
		{"a mirror", func() *gittest.Repo { return upstream.Clone("--mirror") }, ""},
		{"a shallow one", func() *gittest.Repo { return upstream.Clone("--depth=1") }, "shallow"},
		{"a shallow one with a tag", func() *gittest.Repo { return upstream.Clone("--depth=2") }, "shallow"},
		{"a shallow one of all branches", func() *gittest.Repo { return upstream.Clone("--depth=1", "--no-single-branch") }, "shallow"},
		{"one of a date", func() *gittest.Repo { return upstream.Clone("--shallow-exclude=v1.0.0") }, "shallow"},
		{"one branch", func() *gittest.Repo { return upstream.Clone("--single-branch") }, "only some branches"},
		{"one tag", func() *gittest.Repo { return upstream.Clone("--single-branch", "--branch=v1.1.0") }, "only some branches"},
		{"no tags", func() *gittest.Repo { return upstream.Clone("--no-tags") }, "--no-tags"},
		{"no tags but one", func() *gittest.Repo {
			repo := upstream.Clone("--no-tags", "--single-branch")
			repo.Git("fetch", "-q", "origin", "tag", "v1.0.0")
			return repo
		}, "--no-tags"},
		{"a worktree of a shallow clone", func() *gittest.Repo {
			repo, dir := upstream.Clone("--depth=2"), filepath.Join(t.TempDir(), "tree")
			repo.Git("worktree", "add", "-q", "--detach", dir)
			return gittest.At(t, dir)
		}, "shallow"},
		{"a worktree", func() *gittest.Repo {
			dir := filepath.Join(t.TempDir(), "tree")
			upstream.Clone().Git("worktree", "add", "-q", "--detach", dir)
			return gittest.At(t, dir)
		}, ""},
		{"actions/checkout, fetch-depth: 1", func() *gittest.Repo { return checkout([]string{"--no-tags", "--depth=1"}) }, "shallow"},
		{"actions/checkout, fetch-depth: 1 and fetch-tags", func() *gittest.Repo { return checkout([]string{"--tags", "--depth=1"}) }, "shallow"},
		{"actions/checkout, fetch-depth: 0", func() *gittest.Repo {
			return checkout([]string{"--no-tags"}, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
		}, ""},
		{"actions/checkout with a filter", func() *gittest.Repo {
			return checkout([]string{"--no-tags", "--filter=blob:none"}, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
		}, ""},
		{"a graft that cuts the history off", func() *gittest.Repo {
			repo := upstream.Clone()
			repo.Git("replace", "--graft", "HEAD")
			return repo
		}, ""},
	} {
		repo := test.make()
		tags, err := open(t, repo.Dir).Tags("v*")
		if test.want != "" {
			fails(t, err, test.want, "; run: git ")
			if err == nil {
				continue
			}
			_, command, _ := strings.Cut(err.Error(), "; run: ")
			run := exec.Command("sh", "-e", "-c", command)
			run.Dir = repo.Dir
			if out, err := run.CombinedOutput(); err != nil {
				t.Errorf("%s: %s: %v\n%s", test.name, command, err, out)
			}
			tags, err = open(t, repo.Dir).Tags("v*")
		}
		var names []string
		for _, tag := range tags {
			names = append(names, tag.Name)
		}
		if got := strings.Join(names, " "); err != nil || got != all {
			t.Errorf("%s: the tags are %s, %v, want %s", test.name, got, err, all)
		}
	}
	repo := upstream.Clone("--depth=2")
	repo.Git("remote", "remove", "origin")
	_, err := open(t, repo.Dir).Tags("v*")
	fails(t, err, "the clone is shallow, and has no remote")
}

// TestCommandElsewhere names the folder of a repository in a command if the working
// directory does not belong to it.
func TestCommandElsewhere(t *testing.T) {
	module := gittest.New(t)
	module.Commit("f", "1")
	module.Commit("f", "2")
	outer := gittest.New(t)
	outer.Git("submodule", "add", "-q", "--depth=1", "file://"+filepath.ToSlash(module.Dir), "lib/errors")
	outer.Commit()
	sub := filepath.Join(outer.Dir, "lib/errors")
	for dir, want := range map[string]string{
		sub:                             "; run: git remote set-branches origin '*' && git fetch --unshallow --tags origin",
		outer.Dir:                       "; run: git -C lib/errors remote set-branches origin '*' && git -C lib/errors fetch --unshallow --tags origin",
		filepath.Join(outer.Dir, "lib"): "; run: git -C errors remote set-branches",
		t.TempDir():                     "errors fetch --unshallow --tags origin",
	} {
		r := open(t, sub)
		t.Chdir(dir)
		_, err := r.Tags("v*")
		fails(t, err, want)
	}
}

func TestReleases(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("f", "1")
	repo.Git("tag", "v1.0.0")
	repo.Git("branch", "release/1")
	repo.Commit("f", "2")
	repo.Git("tag", "v2.0.0")
	repo.Commit("f", "3")
	repo.Git("tag", "v3.0.0-rc.1")
	releases := func(name string) string {
		t.Helper()
		r := open(t, repo.Dir)
		base, err := r.Resolve(name)
		if err != nil {
			t.Fatal(err)
		}
		tags, err := r.Releases("v*", base.Commit)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, tag := range tags {
			names = append(names, tag.Name)
		}
		return strings.Join(names, " ")
	}
	same(t, "on main", releases("HEAD"), "v2.0.0")
	repo.Git("checkout", "-q", "release/1")
	same(t, "on release/1", releases("HEAD"), "v2.0.0 v1.0.0")
	repo.Commit("f", "4")
	repo.Git("tag", "v1.0.1")
	same(t, "with a hotfix", releases("HEAD"), "v2.0.0 v1.0.1")
	same(t, "before the hotfix", releases("HEAD^"), "v2.0.0 v1.0.0")
	repo.Git("checkout", "-q", "main")
	same(t, "before a release", releases("v1.0.0"), "v1.0.1 v1.0.0")
	repo.Git("tag", "-d", "v1.0.0", "v1.0.1", "v2.0.0")
	same(t, "with a pre-release only", releases("HEAD"), "v3.0.0-rc.1")
	same(t, "before the only tag", releases("HEAD^"), "")
	repo.Git("tag", "-d", "v3.0.0-rc.1")
	same(t, "without tags", releases("HEAD"), "")
}

func TestReadFile(t *testing.T) {
	repo := gittest.New(t)
	repo.Git("config", "core.autocrlf", "true")
	names := []string{"plain", "a b", "ü", "-x", "--help", ":(glob)*", "a:b", `q"q`, "tab\there"}
	if runtime.GOOS != "windows" {
		names = append(names, "new\nline", "\x1b[31m")
	}
	for _, name := range names {
		repo.Write(name, "of "+name+"\r\n")
	}
	repo.Write("dir/crlf.yaml", "a\r\nb\n")
	repo.Write("lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n")
	for link, target := range map[string]string{"link": "plain", "dirlink": "dir", "out": "/etc/passwd", "up": "../x", "dangling": "nope", "loop": "loop"} {
		if err := os.Symlink(target, filepath.Join(repo.Dir, link)); err != nil {
			t.Skip(err)
		}
	}
	repo.Git("config", "core.autocrlf", "false") // stored as they are
	repo.Commit()
	repo.Git("config", "core.autocrlf", "true")
	repo.Git("config", "core.eol", "crlf")
	r := open(t, repo.Dir)
	rev := resolve(t, r, "HEAD")
	for _, name := range names {
		data, err := r.ReadFile(rev, name, 100)
		if err != nil || string(data) != "of "+name+"\r\n" {
			t.Errorf("%q is %q, %v", name, data, err)
		}
	}
	for name, want := range map[string]string{"dir/crlf.yaml": "a\r\nb\n", "link": "of plain\r\n", "dirlink/crlf.yaml": "a\r\nb\n"} {
		data, err := r.ReadFile(rev, name, 100)
		if err != nil || string(data) != want {
			t.Errorf("%s is %q, %v", name, data, err)
		}
	}
	data, err := r.ReadFile(rev, "plain", 2)
	if err != nil || string(data) != "of" {
		t.Errorf("two bytes are %q, %v", data, err)
	}
	for name, want := range map[string]string{
		"nope": "there is no file", "plain/x": "there is no file", "dirlink/nope": "leads to no file", "dangling": "leads to no file",
		"dir": "is not a file", "out": `leads out of the repository, to "/etc/passwd"`, "up": "leads out of the repository", "loop": "leads to itself",
		"lfs": "is in Git LFS", "../x": "no path", "/etc/passwd": "no path", "a//b": "no path", "": "no path", "a\x00b": "no path",
	} {
		_, err := r.ReadFile(rev, name, 100)
		fails(t, err, want)
		if isAbsent := strings.Contains(want, "no file"); errors.Is(err, git.ErrNoFile) != isAbsent {
			t.Errorf("%q: %v is ErrNoFile: %v", name, err, !isAbsent)
		}
	}
	// A file without its object is not one that is absent.
	id := repo.Git("rev-parse", "HEAD:dir/crlf.yaml")
	if err := os.Remove(filepath.Join(repo.Dir, ".git", "objects", id[:2], id[2:])); err != nil {
		t.Fatal(err)
	}
	_, err = open(t, repo.Dir).ReadFile(rev, "dir/crlf.yaml", 100)
	fails(t, err, "is missing; run: git fsck")
	if errors.Is(err, git.ErrNoFile) {
		t.Errorf("%v is ErrNoFile", err)
	}
	tree := repo.Git("rev-parse", "HEAD:dir")
	if err := os.Remove(filepath.Join(repo.Dir, ".git", "objects", tree[:2], tree[2:])); err != nil {
		t.Fatal(err)
	}
	_, err = open(t, repo.Dir).ReadFile(rev, "dir/crlf.yaml", 100)
	if err == nil || errors.Is(err, git.ErrNoFile) {
		t.Errorf("without the tree: %v", err)
	}
}

func TestSubmodule(t *testing.T) {
	inner := gittest.New(t)
	inner.Commit("catalog.yaml", "inner 1")
	repo := gittest.New(t)
	repo.Git("submodule", "--quiet", "add", "file://"+filepath.ToSlash(inner.Dir), "sub/module")
	repo.Commit("f", "1")
	module := gittest.At(t, filepath.Join(repo.Dir, "sub", "module"))
	module.Commit("catalog.yaml", "inner 2")
	repo.Commit()

	r := open(t, repo.Dir)
	data, err := r.ReadFile(resolve(t, r, "HEAD^"), "sub/module/catalog.yaml", 100)
	if err != nil || string(data) != "inner 1" {
		t.Errorf("the file is %q, %v", data, err)
	}
	_, err = r.ReadFile(resolve(t, r, "HEAD"), "sub/module/nope", 100)
	if !errors.Is(err, git.ErrNoFile) {
		t.Errorf("%v is not ErrNoFile", err)
	}
	_, err = r.ReadFile(resolve(t, r, "HEAD"), "sub/module", 100)
	fails(t, err, "is a submodule")
	// Inside of it, its own repository counts.
	r = open(t, module.Dir)
	data, err = r.ReadFile(resolve(t, r, "HEAD"), "catalog.yaml", 100)
	if err != nil || string(data) != "inner 2" {
		t.Errorf("the file is %q, %v", data, err)
	}
	// A clone without its submodules.
	r = open(t, repo.Clone().Dir)
	_, err = r.ReadFile(resolve(t, r, "HEAD"), "sub/module/catalog.yaml", 100)
	fails(t, err, `the submodule "sub/module" lacks its commit`, "git submodule update --init -- sub/module")
}

func TestSHA256(t *testing.T) {
	repo := gittest.New(t, "--object-format=sha256")
	repo.Commit("f", "1")
	repo.Commit("f", "2")
	r := open(t, repo.Dir)
	rev := resolve(t, r, "HEAD^")
	same(t, "the length of the id", len(rev.Commit), 64)
	data, err := r.ReadFile(rev, "f", 100)
	if err != nil || string(data) != "1" {
		t.Errorf("the file is %q, %v", data, err)
	}
	n := 0
	for _, err := range r.History(resolve(t, r, "HEAD"), "f", 100) {
		if err != nil {
			t.Error(err)
		}
		n++
	}
	same(t, "the number of versions", n, 2)
}

func TestFiles(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("a/x.yaml", "1", "b c/ü.yaml", "2", "other", "3", "large.yaml", strings.Repeat("x", 1000))
	if err := os.Symlink("a/x.yaml", filepath.Join(repo.Dir, "link.yaml")); err == nil {
		repo.Commit()
	}
	r := open(t, filepath.Join(repo.Dir, "a"))
	files, err := r.Files(resolve(t, r, "HEAD"), func(path string) bool { return strings.HasSuffix(path, ".yaml") })
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	err = r.Contents(files, 3, func(file git.Entry, data []byte) bool {
		got += file.Path + "=" + string(data) + " "
		return file.Path != "large.yaml"
	})
	if err != nil || got != "a/x.yaml=1 b c/ü.yaml=2 large.yaml=xxx " {
		t.Errorf("the files are %q, %v", got, err)
	}
}

func TestCanceled(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("f", "1")
	ctx, cancel := context.WithCancelCause(context.Background())
	r, err := git.Open(ctx, repo.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	rev := resolve(t, r, "HEAD")
	if _, err := r.ReadFile(rev, "f", 10); err != nil {
		t.Fatal(err)
	}
	files, err := r.Files(rev, func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	cause := errors.New("interrupted")
	cancel(cause)
	for name, use := range map[string]func() error{
		"Open":       func() error { _, err := git.Open(ctx, repo.Dir); return err },
		"Head":       func() error { _, err := r.Head(); return err },
		"Resolve":    func() error { _, err := r.Resolve("HEAD"); return err },
		"no name":    func() error { _, err := r.Resolve("no..name"); return err },
		"ReadFile":   func() error { _, err := r.ReadFile(rev, "f", 10); return err },
		"no file":    func() error { _, err := r.ReadFile(rev, "other", 10); return err },
		"Files":      func() error { _, err := r.Files(rev, func(string) bool { return true }); return err },
		"Contents":   func() error { return r.Contents(files, 10, func(git.Entry, []byte) bool { return true }) },
		"MergeBases": func() error { _, err := r.MergeBases(rev); return err },
		"Tags":       func() error { _, err := r.Tags("*"); return err },
		"History": func() error {
			for _, err := range r.History(rev, "f", 10) {
				return err
			}
			return nil
		},
	} {
		if err := use(); !errors.Is(err, cause) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
