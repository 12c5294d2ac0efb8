package git_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/gittest"
)

// text returns a file of many lines, so that git finds where it was moved.
func text(last string) string {
	return strings.Repeat("a line that stays\n", 20) + last + "\n"
}

// history returns the versions of a file: the path and the last line, with a star
// for the main line.
func history(t *testing.T, repo *gittest.Repo, path string) string {
	t.Helper()
	r := open(t, repo.Dir)
	var got []string
	for v, err := range r.History(resolve(t, r, "HEAD"), path, 10_000) {
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(v.Data)), "\n")
		star := ""
		if v.IsMainline {
			star = "*"
		}
		got = append(got, star+v.Path+"="+lines[len(lines)-1])
		if (v.Path == "") != (v.Data == nil) || (v.Path == "") != (v.Blob == "") || v.Time.IsZero() || len(v.Commit) != 40 {
			t.Errorf("the version is %+v", v)
		}
	}
	return strings.Join(got, " ")
}

func TestHistory(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("other", "1", "a/x.yaml", "another file, which is removed")
	repo.Git("rm", "-q", "a/x.yaml")
	repo.Commit("x.yaml", text("1"))
	repo.Commit("other", "2")
	repo.Commit("x.yaml", text("2"))
	same(t, "the history", history(t, repo, "x.yaml"), "*x.yaml=1 *x.yaml=2")

	// Moved, and moved and changed.
	repo.Write("a/y", "1")
	repo.Git("mv", "x.yaml", "a/x.yaml")
	repo.Commit("a/x.yaml", text("3"))
	same(t, "the history after a move", history(t, repo, "a/x.yaml"), "*x.yaml=1 *x.yaml=2 *a/x.yaml=3")
	repo.Git("mv", "a", "ü b")
	repo.Commit()
	same(t, "the history after a move of the folder", history(t, repo, "ü b/x.yaml"), "*x.yaml=1 *x.yaml=2 *a/x.yaml=3 *ü b/x.yaml=3")

	// A new file at a former path does not count.
	repo.Commit("x.yaml", "new 1\n")
	repo.Commit("x.yaml", "new 2\n", "ü b/x.yaml", text("4"))
	want := "*x.yaml=1 *x.yaml=2 *a/x.yaml=3 *ü b/x.yaml=3 *ü b/x.yaml=3 *ü b/x.yaml=4"
	same(t, "the history beside a new file", history(t, repo, "ü b/x.yaml"), want)

	// Removed, restored, and moved back.
	repo.Git("rm", "-q", "ü b/x.yaml", "x.yaml")
	repo.Commit()
	repo.Commit("ü b/x.yaml", text("5"))
	want += " *= *ü b/x.yaml=5"
	same(t, "the history after a restoration", history(t, repo, "ü b/x.yaml"), want)
	repo.Git("mv", "ü b/x.yaml", "x.yaml")
	repo.Commit()
	same(t, "the history after a move back", history(t, repo, "x.yaml"), want+" *x.yaml=5")
	same(t, "that of a file that never was", history(t, repo, "nope"), "")
}

func TestHistoryOfMerges(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("x.yaml", text("1"), "g", "1")
	repo.Git("checkout", "-q", "-b", "feature")
	repo.Commit("x.yaml", text("feature 1"))
	repo.Commit("x.yaml", text("feature 2"))
	repo.Git("checkout", "-q", "main")
	repo.Git("mv", "x.yaml", "y.yaml")
	repo.Commit("y.yaml", text("1"))
	repo.Git("merge", "-q", "--no-edit", "feature")
	repo.Commit("y.yaml", text("2"))
	got := history(t, repo, "y.yaml")
	for _, want := range []string{"*x.yaml=1", " x.yaml=feature 1", " x.yaml=feature 2", "*y.yaml=1", "*y.yaml=feature 2", "*y.yaml=2"} {
		if !strings.Contains(" "+got+" ", want+" ") {
			t.Errorf("the history is %s, without %s", got, want)
		}
	}
	// A branch whose changes a merge has dropped.
	repo.Git("checkout", "-q", "-b", "dropped")
	repo.Commit("y.yaml", text("dropped"))
	repo.Git("checkout", "-q", "main")
	repo.Git("merge", "-q", "--no-edit", "--no-ff", "-s", "ours", "dropped")
	if got := history(t, repo, "y.yaml"); !strings.Contains(got, " y.yaml=dropped") {
		t.Errorf("the history is %s", got)
	}
}

func TestHistoryOfLinks(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("x.yaml", text("1"))
	repo.Git("rm", "-q", "x.yaml")
	repo.Write("a/y.yaml", text("2"))
	for link, target := range map[string]string{"x.yaml": "z.yaml", "z.yaml": "a/y.yaml", "loop.yaml": "loop.yaml", "out.yaml": "../out.yaml"} {
		if err := os.Symlink(target, filepath.Join(repo.Dir, link)); err != nil {
			t.Skip(err)
		}
	}
	repo.Commit()
	repo.Commit("a/y.yaml", text("3"), "other", "1")
	repo.Commit("other", "2")
	same(t, "the history of a link", history(t, repo, "x.yaml"), "*x.yaml=1 *x.yaml=2 *x.yaml=3")
	same(t, "that of what it leads to", history(t, repo, "a/y.yaml"), "*a/y.yaml=2 *a/y.yaml=3")
	same(t, "that of a link to itself", history(t, repo, "loop.yaml"), "")
	same(t, "that of a link out of the repository", history(t, repo, "out.yaml"), "")
}

func TestHistoryOfLFS(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("x.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n")
	r := open(t, repo.Dir)
	for _, err := range r.History(resolve(t, r, "HEAD"), "x.yaml", 100) {
		fails(t, err, "at "+repo.Git("rev-parse", "HEAD")[:10]+" it is in Git LFS")
	}
}

// TestHistoryIsLinear reads more versions than a pipe holds.
func TestHistoryIsLinear(t *testing.T) {
	repo := gittest.ManyVersions(t, 300, 100)
	r := open(t, repo.Dir)
	n, size := 0, 0
	for v, err := range r.History(resolve(t, r, "main"), "catalog.yaml", 1<<20) {
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(v.Data), fmt.Sprintf("The order %d can no longer be changed\n", n)) {
			t.Fatalf("version %d is another one", n)
		}
		n++
		size += len(v.Data)
	}
	same(t, "the number of versions", n, 300)
	// A reader that has enough ends git.
	for v, err := range r.History(resolve(t, r, "main"), "catalog.yaml", 1<<20) {
		if err != nil || len(v.Data) == 0 {
			t.Fatal(err)
		}
		break
	}
}

// BenchmarkHistory reads 10,000 versions of a catalog of 300 errors.
func BenchmarkHistory(b *testing.B) {
	repo := gittest.ManyVersions(b, 10_000, 300)
	r, err := git.Open(b.Context(), repo.Dir)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	rev, err := r.Resolve("main")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		n := 0
		for v, err := range r.History(rev, "catalog.yaml", 1<<20) {
			if err != nil {
				b.Fatal(err)
			}
			n += len(v.Data)
		}
		b.SetBytes(int64(n))
	}
}
