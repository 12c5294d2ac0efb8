package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/gittest"
)

// branchCatalog is the catalog of the tests with branches.
const branchCatalog = `version: 1
catalog: { name: shop, http: false }
categories: { order: { codes: "1000-1999" }, stock: { codes: "2000-2999" } }

errors:
  CLOSED:
    code: "1001"
    category: order

  LOST:
    code: "2001"
    category: stock
`

// here is errcat in a repository.
type here struct {
	*gittest.Repo
	t *testing.T
}

// newHere makes a repository with files, and enters it.
func newHere(t *testing.T, files ...string) here {
	t.Helper()
	h := here{gittest.New(t), t}
	h.Commit(files...)
	t.Chdir(h.Dir)
	return h
}

// errcat runs the command, and returns all that it prints. It must end with a status.
func (h here) errcat(status int, args ...string) string {
	h.t.Helper()
	var out bytes.Buffer
	if got := run(context.Background(), args, strings.NewReader(""), &out, &out); got != status {
		h.t.Fatalf("errcat %s: status %d, want %d\n%s", strings.Join(args, " "), got, status, out.String())
	}
	return out.String()
}

// prints runs the command and checks what it prints.
func (h here) prints(want string, status int, args ...string) {
	h.t.Helper()
	if got := h.errcat(status, args...); !strings.Contains(got, want) {
		h.t.Errorf("errcat %s prints\n%s\nwhich does not have %q", strings.Join(args, " "), got, want)
	}
}

// read returns a file.
func (h here) read(name string) string {
	h.t.Helper()
	data, err := os.ReadFile(filepath.Join(h.Dir, name))
	if err != nil {
		h.t.Fatal(err)
	}
	return string(data)
}

// TestTwoBranchesAdd adds an error on each of two branches: the codes are distinct if
// one knows of the other, and a finding with both places if not.
func TestTwoBranchesAdd(t *testing.T) {
	h := newHere(t, "catalog.yaml", branchCatalog)
	h.Git("checkout", "-q", "-b", "one")
	h.prints(`+    code: "1002"`, 0, "add", "ONE", "--category", "order")
	h.Commit()

	// Another branch of the same commit does not know of it.
	h.Git("checkout", "-q", "-b", "two", "main")
	h.prints(`+    code: "1002"`, 0, "add", "TWO", "--category", "order", "--dry-run")
	h.prints(`+    code: "1002"`, 0, "add", "TWO", "--category", "order", "--against", "main", "--dry-run")
	// It does if it is told, or after it is rebased.
	h.prints(`+    code: "1003"`, 0, "add", "TWO", "--category", "order", "--against", "one", "--dry-run")
	h.prints(`errcat: "ONE" is the name of an error in one; choose another name`, 2, "add", "ONE", "--category", "order", "--against", "one")
	h.prints(`the code "1002" is the code of ONE in one`, 2, "add", "TWO", "--category", "order", "--against", "one", "--code", "1002")
	h.prints(`"ONE" is the name of an error in one; choose another name`, 2, "rename", "CLOSED", "ONE", "--against", "one")
	h.Git("rebase", "-q", "one")
	h.prints(`+    code: "1003"`, 0, "add", "TWO", "--category", "order", "--dry-run")

	// Both were added without knowledge of each other, in categories of their own, and
	// with the same code by hand: git merges them, and errcat reports both places.
	h.Git("checkout", "-q", "-b", "three", "main")
	h.errcat(0, "add", "THREE", "--category", "stock", "--code", "1002")
	h.Commit()
	h.Git("merge", "-q", "one")
	h.prints("catalog.yaml:19:11: error[duplicate-code]: duplicate code \"1002\"", 1, "lint")
	if out := h.errcat(1, "lint"); !strings.Contains(out, "note: catalog.yaml:11:11: already the code of ONE") {
		t.Errorf("the finding does not have both places:\n%s", out)
	}

	// In one category git itself asks who comes first.
	h.Git("checkout", "-q", "-b", "four", "main")
	h.errcat(0, "add", "FOUR", "--category", "order")
	h.Commit()
	text := h.read("catalog.yaml")
	merged := strings.Replace(text, "\n  FOUR:", "\n  ONE:\n    code: \"1002\"\n    category: order\n\n  FOUR:", 1)
	h.Write("catalog.yaml", merged)
	h.prints("duplicate code \"1002\"", 1, "lint")
}

// TestAgainst reads codes that are used elsewhere.
func TestAgainst(t *testing.T) {
	withAgainst := strings.Replace(branchCatalog, "errors:", "compatibility: { against: main }\n\nerrors:", 1)
	h := newHere(t, "catalog.yaml", withAgainst, "other/x.txt", "x")
	h.Git("checkout", "-q", "-b", "topic")
	// Somebody removed an error here that main still has, without a reservation.
	h.Write("catalog.yaml", strings.Replace(withAgainst, "  CLOSED:\n    code: \"1001\"\n    category: order\n\n", "", 1))
	h.prints(`+    code: "1002"`, 0, "add", "NEW", "--category", "order", "--dry-run")
	h.prints(`"CLOSED" is the name of an error in main`, 2, "add", "CLOSED", "--category", "order")
	// The tip of the branch counts, not only where this one began.
	h.Git("stash", "-q")
	h.Git("checkout", "-q", "main")
	h.errcat(0, "add", "LATER", "--category", "order")
	h.Commit()
	h.Git("tag", "v1.0.0")
	h.Git("checkout", "-q", "topic")
	h.prints(`+    code: "1003"`, 0, "add", "NEW", "--category", "order", "--dry-run")
	h.prints(`+    code: "1003"`, 0, "add", "NEW", "--category", "order", "--dry-run", "--against", "v1.0.0")
	h.prints(`+    code: "1003"`, 0, "add", "NEW", "--category", "order", "--dry-run", "--against", "main:catalog.yaml", "--against", "HEAD")
	// So do files, and catalogs that were moved.
	h.Write("other.yaml", strings.Replace(branchCatalog, "1001", "1234", 1))
	h.prints(`+    code: "1235"`, 0, "add", "NEW", "--category", "order", "--dry-run", "--against", "other.yaml")
	h.prints(`+    code: "1235"`, 0, "add", "NEW", "--category", "order", "--dry-run", "--against", "./other.yaml")
	h.Git("mv", "catalog.yaml", "other/errors.yaml")
	h.prints(`+    code: "1003"`, 0, "add", "NEW", "--category", "order", "--dry-run", "-c", "other/errors.yaml")

	// What cannot be read never counts as free.
	for _, test := range [][]string{
		{"nowhere", `there is no revision "nowhere" here`}, {"main:missing.yaml", "missing.yaml"}, {"other/x.txt", "cannot be compared with: other/x.txt:1:1"}, {"-x", "-x"}, {"main:other/x.txt", "cannot be compared with"},
	} {
		h.prints(test[1], 2, "add", "NEW", "--category", "order", "-c", "other/errors.yaml", "--against="+test[0])
	}
	// A revision without the catalog has no codes.
	if err := os.Remove("other.yaml"); err != nil {
		t.Fatal(err)
	}
	h.Git("checkout", "-q", "-f", "--orphan", "empty")
	h.Git("rm", "-q", "-rf", ".")
	h.Commit("README", "x")
	h.Git("checkout", "-q", "topic")
	h.prints(`+    code: "1002"`, 0, "add", "NEW", "--category", "order", "--dry-run", "--against", "empty")
	t.Chdir(t.TempDir())
	if err := os.WriteFile("catalog.yaml", []byte(withAgainst), 0o666); err != nil {
		t.Fatal(err)
	}
	h.prints("no git repository", 2, "add", "NEW", "--category", "order")
}

// TestRemoveUnreleased removes errors that no release has.
func TestRemoveUnreleased(t *testing.T) {
	released := strings.Replace(branchCatalog, "errors:", "compatibility: { released: 'v*', against: main }\n\nerrors:", 1)
	h := newHere(t, "catalog.yaml", released)
	h.Git("tag", "v1.0.0")
	h.errcat(0, "add", "NEW", "--category", "order")
	h.Commit()
	before := h.read("catalog.yaml")
	h.prints("LOST is not retired", 2, "remove", "LOST")
	h.prints("errcat: NEW was never released, so nothing is reserved", 0, "remove", "NEW")
	if got := h.read("catalog.yaml"); got != released {
		t.Errorf("removing an error that was just added leaves\n%s", got)
	}
	// On an older branch, a later release counts, too.
	h.Write("catalog.yaml", before)
	h.Commit()
	h.Git("tag", "v1.1.0")
	h.prints("NEW is not retired", 2, "remove", "NEW")
	h.prints(`+  - { code: "1002", name: NEW, reason: A mistake. }`, 0, "remove", "NEW", "--force", "--reason", "A mistake.")

	// Without tags of releases, the baseline counts, and without both nothing does.
	h = newHere(t, "catalog.yaml", branchCatalog)
	h.errcat(0, "add", "NEW", "--category", "order")
	h.prints("NEW is not retired", 2, "remove", "NEW")
	h.prints("LOST is not retired", 2, "remove", "LOST", "--against", "main")
	h.prints("it is not known whether it was released: --against nowhere:", 2, "remove", "NEW", "--against", "nowhere")
	h.prints("never released", 0, "remove", "NEW", "--against", "main")
	if got := h.read("catalog.yaml"); got != branchCatalog {
		t.Errorf("removing an error that was just added leaves\n%s", got)
	}
}
