package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/gittest"
)

// shop is a repository with a released catalog, in which people work.
type shop struct {
	*gittest.Repo
	t *testing.T
}

const firstCatalog = `version: 1
catalog: {name: shop}
compatibility: {released: "v*", against: main}

errors:
  OUT_OF_STOCK:
    code: "1001"
    http_status: 409
    # The end of OUT_OF_STOCK.

  BETWEEN:
    code: "1500"
    http_status: 400

  CLOSED:
    code: "1002"
    http_status: 404
    # The end of CLOSED.

  LAST:
    code: "1999"
    http_status: 500
`

// newShop returns a repository whose branch main has the catalog, released as v1.0.0.
// It is the working directory.
func newShop(t *testing.T) shop {
	t.Helper()
	s := shop{gittest.New(t), t}
	t.Chdir(s.Dir)
	s.Commit("catalog.yaml", firstCatalog, "other.txt", "1\n")
	s.Git("tag", "v1.0.0")
	return s
}

// edit replaces texts of the catalog, given as pairs.
func (s shop) edit(pairs ...string) {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.Dir, "catalog.yaml"))
	mustDo(s.t, err)
	text := string(data)
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			s.t.Fatalf("%q is not once in\n%s", pairs[i], text)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	s.Write("catalog.yaml", text)
}

// commit edits the catalog, and commits it.
func (s shop) commit(pairs ...string) {
	s.t.Helper()
	s.edit(pairs...)
	s.Commit()
}

// branch makes a branch from another one.
func (s shop) branch(name, from string) { s.Git("checkout", "-q", "-b", name, from) }

// squash merges a branch into main as a single commit.
func (s shop) squash(name string) {
	s.Git("checkout", "-q", "main")
	s.Git("merge", "-q", "--squash", name)
	s.Commit()
}

// command runs a command of errcat, and returns its exit status and its output.
func command(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(context.Background(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// reports checks what errcat breaking reports: the rules of errors and warnings with
// the names of the entries, and the reasons of what is accepted.
func (s shop) reports(what string, args []string, want ...string) {
	s.t.Helper()
	status, stdout, stderr := command(append([]string{"breaking", "--format", "json"}, args...)...)
	var found []struct{ Severity, Rule, Message string }
	if err := json.Unmarshal([]byte(stdout), &found); err != nil {
		s.t.Fatalf("%s: exit status %d: %v\n%s%s", what, status, err, stdout, stderr)
	}
	var got []string
	wantStatus := statusOK
	for _, f := range found {
		line := f.Severity + " " + f.Rule
		if f.Severity == "error" {
			wantStatus = statusFindings
		}
		if _, reason, ok := strings.Cut(f.Message, "; accepted: "); ok {
			line = "accepted " + f.Rule + ": " + reason
		}
		got = append(got, line)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		_, text, _ := command(append([]string{"breaking"}, args...)...)
		s.t.Errorf("%s: got %q, want %q\n%s", what, got, want, text)
	}
	if status != wantStatus {
		s.t.Errorf("%s: exit status %d, want %d", what, status, wantStatus)
	}
}

// fails checks that errcat breaking cannot do its work, and prints no report.
func (s shop) fails(what string, args []string, want ...string) {
	s.t.Helper()
	status, stdout, stderr := command(append([]string{"breaking"}, args...)...)
	if status != statusFailure || stdout != "" {
		s.t.Errorf("%s: exit status %d, want %d; stdout:\n%s", what, status, statusFailure, stdout)
	}
	for _, text := range want {
		if !strings.Contains(stderr, text) {
			s.t.Errorf("%s: got\n%s\nwithout\n%s", what, stderr, text)
		}
	}
}

// Parts of the catalog, and changes of them.
const (
	stock409    = "    http_status: 409\n"
	stock410    = "    http_status: 410\n"
	stockEnd    = "    # The end of OUT_OF_STOCK.\n"
	closed404   = "    http_status: 404\n"
	closed422   = "    http_status: 422\n"
	closedEnd   = "    # The end of CLOSED.\n"
	acceptStock = "    accept:\n      - { rule: http-status-changed, to: 410, reason: Caches keep it. }\n"
	acceptClose = "    accept:\n      - { rule: http-status-changed, to: 422, reason: It is there. }\n"
	lateEntry   = "\n  LATE:\n    code: \"1009\"\n    http_status: 400\n"
)

// TestBreakingInRepositories plays what people do with branches, tags and commits.
func TestBreakingInRepositories(t *testing.T) {
	statusChanged, codeReused := "error http-status-changed", "error code-reused"
	cached, there := "accepted http-status-changed: Caches keep it.", "accepted http-status-changed: It is there."
	head := []string{"--against", "HEAD^"}

	t.Run("squash merge", func(t *testing.T) {
		s := newShop(t)
		s.branch("a", "main")
		s.commit(stock409, stock410)
		s.reports("a break", nil, statusChanged)
		s.commit(stockEnd, stockEnd+acceptStock)
		s.reports("an accepted break", nil, cached)
		s.squash("a")
		s.reports("the push", head, cached)
		s.branch("b", "main")
		s.Commit("other.txt", "2\n")
		s.reports("the next pull request", nil)
		s.Git("checkout", "-q", "a")
		s.reports("the branch after its merge", nil, cached)
	})

	t.Run("stacked pull requests", func(t *testing.T) {
		s := newShop(t)
		s.branch("a", "main")
		s.commit(stock409, stock410, stockEnd, stockEnd+acceptStock)
		s.branch("b", "a")
		s.commit(closed404, closed422)
		s.reports("before the first is merged", nil, cached, statusChanged)
		s.reports("against the first", []string{"--against", "a"}, statusChanged)
		s.commit(closedEnd, closedEnd+acceptClose)
		s.reports("accepted", nil, cached, there)
		s.squash("a")
		s.Git("checkout", "-q", "b")
		s.reports("not rebased", nil, cached, there)
		s.Git("rebase", "-q", "--onto", "main", "a", "b")
		s.reports("rebased", nil, there)
	})

	t.Run("behind main", func(t *testing.T) {
		s := newShop(t)
		s.branch("feature", "main")
		s.Commit("other.txt", "2\n")
		s.Git("checkout", "-q", "main")
		s.commit(closed404, closed422, closedEnd, closedEnd+acceptClose+lateEntry)
		s.Git("tag", "v1.1.0")
		s.Git("checkout", "-q", "feature")
		s.reports("no break", nil)
		s.commit(stock409, stock410)
		s.reports("a break", nil, statusChanged)
		s.commit(stockEnd, stockEnd+acceptStock)
		s.reports("accepted", nil, cached)
		s.Git("rebase", "-q", "main")
		s.reports("rebased", nil, cached)
		s.branch("merged", "v1.0.0")
		s.commit(stock409, stock410, stockEnd, stockEnd+acceptStock)
		s.Git("merge", "-q", "main", "-m", "merge")
		s.reports("main merged into it", nil, cached)
	})

	// Two branches that were merged into each other have two merge bases, and each
	// lacks what the other one has.
	criss := func(s shop) {
		s.branch("a", "main")
		s.commit(stock409, stock410, stockEnd, stockEnd+acceptStock)
		s.Git("checkout", "-q", "main")
		s.commit(closed404, closed422, closedEnd, closedEnd+acceptClose)
		s.Git("branch", "old-main")
		s.Git("merge", "-q", "a", "-m", "merge a")
		s.Git("checkout", "-q", "a")
		s.Git("merge", "-q", "old-main", "-m", "merge main")
		if n := len(strings.Fields(s.Git("merge-base", "--all", "main", "HEAD"))); n != 2 {
			s.t.Fatalf("%d merge bases", n)
		}
	}
	for _, released := range []bool{true, false} {
		t.Run(fmt.Sprintf("merged into each other, released %t", released), func(t *testing.T) {
			s := newShop(t)
			if !released {
				s.commit(`{released: "v*", against: main}`, "{against: main}")
			}
			criss(s)
			s.reports("what both have", nil)
			if _, text, _ := command("breaking"); !strings.Contains(text, "compared with main (merge bases ") || strings.Count(text, "main") != 1 {
				t.Errorf("the merge bases in\n%s", text)
			}
			s.Git("checkout", "-q", "-b", "new", "a")
			s.commit("http_status: 500", "http_status: 503")
			s.reports("what is new", nil, statusChanged)
			if status, text, _ := command("changelog"); status != statusOK || strings.Count(text, "\n- ") != 1 || !strings.Contains(text, "from 500 to 503") {
				t.Errorf("errcat changelog: exit status %d\n%s", status, text)
			}
			s.Git("checkout", "-q", "-b", "other", "a")
			s.commit(stock410, "    http_status: 418\n")
			s.reports("another value", nil, statusChanged)
			s.Git("checkout", "-q", "-b", "back", "a")
			s.commit(stock410, stock409, acceptStock, "")
			if released {
				s.reports("before a release", nil)
				s.Git("tag", "v2.0.0", "main~1")
				s.Git("tag", "v2.0.1", "a~1")
			}
			s.reports("what one of them had is taken back", nil, statusChanged)
			if status, text, _ := command("breaking", "--bump"); status != statusOK || text != "major\n" {
				t.Errorf("errcat breaking --bump: exit status %d\n%s", status, text)
			}
		})
	}

	t.Run("catalog gone, merged into each other", func(t *testing.T) {
		s := newShop(t)
		const one, both = "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n", "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n  - catalog: new.yaml\n"
		s.Commit("errcat.yaml", both, "new.yaml", strings.NewReplacer("name: shop", "name: new", "OUT_OF_STOCK", "SOLD_OUT", `released: "v*", `, "").Replace(firstCatalog))
		s.branch("a", "main")
		s.Commit("other.txt", "2\n")
		s.Git("checkout", "-q", "main")
		s.Commit("errcat.yaml", one)
		s.Git("branch", "old-main")
		s.Git("merge", "-q", "a", "-m", "merge a")
		s.Git("checkout", "-q", "a")
		s.Git("merge", "-q", "old-main", "-m", "merge main")
		s.reports("gone on one of them", nil)
	})

	t.Run("hotfixes", func(t *testing.T) {
		s := newShop(t)
		s.branch("release/1", "main")
		s.commit("  LAST:\n", "  HOTFIX:\n    code: \"1005\"\n    http_status: 400\n\n  LAST:\n")
		hotfix := s.Git("rev-parse", "HEAD")
		s.Git("tag", "v1.0.1")
		s.Git("checkout", "-q", "main")
		s.Commit("other.txt", "2\n")
		s.branch("a", "main")
		s.commit(closedEnd, closedEnd+lateEntry)
		s.reports("main does not have the hotfix yet", nil)
		s.commit(`"1009"`, `"1005"`)
		s.reports("the code of the hotfix", nil, codeReused)
		s.branch("pick", "main")
		s.Git("cherry-pick", hotfix)
		s.reports("cherry-picked", nil)

		s.Git("checkout", "-q", "main")
		s.commit(stock409, stock410, stockEnd, stockEnd+acceptStock)
		accepted := s.Git("rev-parse", "HEAD")
		s.Git("tag", "v2.0.0")
		s.branch("fix", "release/1")
		s.Commit("other.txt", "3\n")
		s.reports("an old release", []string{"--against", "release/1"})
		s.commit(closed404, closed422)
		s.reports("a break of an old release", []string{"--against", "release/1"}, statusChanged)
		s.Git("reset", "-q", "--hard", "release/1")
		s.Git("cherry-pick", accepted)
		s.reports("an accepted break cherry-picked", []string{"--against", "release/1"}, cached)
		s.edit(stock410, "    http_status: 400\n", "to: 410", "to: 400")
		// It changed in two ways, for those who have 1.0 and 2.0.
		s.reports("one acceptance for all releases", []string{"--against", "release/1"}, "accepted http-status-changed: Caches keep it.", "accepted http-status-changed: Caches keep it.")
	})

	t.Run("revert", func(t *testing.T) {
		s := newShop(t)
		s.commit(stock409, stock410, stockEnd, stockEnd+acceptStock)
		s.branch("revert", "main")
		s.Git("revert", "--no-edit", "HEAD")
		s.reports("before a release", nil)
		s.squash("revert")
		s.branch("again", "main")
		s.Git("revert", "--no-edit", "HEAD")
		s.reports("the revert reverted", nil, cached)
		s.squash("again")
		s.Git("tag", "v2.0.0")
		s.Commit("other.txt", "2\n")
		s.branch("late", "main")
		s.commit(stock410, stock409, acceptStock, "")
		s.reports("after a release", nil, statusChanged)
		s.squash("late")
		s.reports("pushed", head, statusChanged)
	})

	t.Run("two breaks of one entry", func(t *testing.T) {
		s := newShop(t)
		s.branch("a", "main")
		s.commit(stock409, stock410, `"1001"`, `"1011"`, stockEnd, stockEnd+acceptStock)
		s.reports("one is accepted", nil, cached, "error code-changed")
		s.commit("keep it. }\n", "keep it. }\n      - { rule: code-changed, to: \"1011\", reason: It clashed. }\n")
		s.reports("both", nil, cached, "accepted code-changed: It clashed.")
		s.commit(`to: "1011"`, `to: "1012"`)
		s.reports("another value", nil, cached, "error code-changed", "warning unused-acceptance")
	})

	t.Run("old acceptances", func(t *testing.T) {
		s := newShop(t)
		s.commit(stock409, stock410, stockEnd, stockEnd+acceptStock)
		s.Git("tag", "v2.0.0")
		s.Commit("other.txt", "2\n")
		s.branch("typo", "main")
		s.commit("Caches keep it.", "Caches kept it.")
		s.reports("another reason", nil)
		s.Git("checkout", "-q", "main")
		s.commit(stock410, stock409, "keep it. }\n", "keep it. }\n      - { rule: http-status-changed, to: 409, reason: They do not. }\n")
		s.Git("tag", "v3.0.0")
		s.Commit("other.txt", "3\n")
		s.branch("again", "main")
		s.commit(stock409, stock410, "Caches keep it.", "Caches do keep it.")
		s.reports("the old one with another reason", nil, statusChanged)
		s.commit("not. }\n", "not. }\n      - { rule: http-status-changed, to: 410, reason: They do. }\n")
		s.reports("a new one", nil, "accepted http-status-changed: They do.")
	})

	t.Run("two branches", func(t *testing.T) {
		s := newShop(t)
		s.branch("a", "main")
		s.commit(stock409, stock410, stockEnd, stockEnd+acceptStock)
		s.branch("b", "main")
		s.commit(closed404, closed422, closedEnd, closedEnd+acceptClose)
		s.squash("a")
		s.squash("b")
		s.reports("the second push", head, there)
		s.reports("both", []string{"--against", "v1.0.0"}, cached, there)
	})

	t.Run("not released yet", func(t *testing.T) {
		s := newShop(t)
		s.commit(closedEnd, closedEnd+lateEntry)
		s.branch("drop", "main")
		s.commit(lateEntry, "")
		s.reports("dropped before a release", nil)
		s.commit(closedEnd, closedEnd+strings.ReplaceAll(lateEntry, "LATE", "OTHER"))
		s.reports("its code for another error", nil)
		s.Git("checkout", "-q", "main")
		s.Git("tag", "v1.1.0")
		s.Git("checkout", "-q", "drop")
		s.reports("released in the meantime", nil, codeReused)
		s.commit(strings.ReplaceAll(lateEntry, "LATE", "OTHER"), "")
		s.reports("dropped", nil, "error error-removed")
		s.squash("drop")
		s.Git("tag", "v2.0.0")
		s.Commit("other.txt", "2\n")
		s.branch("reuse", "main")
		s.commit(closedEnd, closedEnd+strings.ReplaceAll(lateEntry, "LATE", "OTHER"))
		s.reports("a code of an older release", nil, codeReused)
	})

	t.Run("pushes", func(t *testing.T) {
		s := newShop(t)
		s.commit(stock409, stock410)
		s.fails("main", nil, "main is HEAD itself", "--against HEAD^")
		s.reports("a break", head, statusChanged)
		s.Git("tag", "v2.0.0")
		s.reports("a break that the tag at HEAD releases", head, statusChanged)
		s.Commit("other.txt", "2\n")
		s.reports("the next push", head)
		s.reports("several commits", []string{"--against", "HEAD~2"}, statusChanged)
		s.edit(closed404, closed422)
		s.reports("not committed", []string{"--against", "HEAD"}, statusChanged)
	})

	t.Run("named versions", func(t *testing.T) {
		s := newShop(t)
		s.Write("old.yaml", firstCatalog)
		s.commit(stock409, stock410)
		s.Git("tag", "v2.0.0")
		s.Commit("other.txt", "2\n")
		s.branch("a", "main")
		s.commit(closed404, closed422)
		s.reports("main", nil, statusChanged)
		for _, against := range []string{"v1.0.0", "refs/tags/v1.0.0", "v1.0.0:catalog.yaml", "old.yaml", s.Git("rev-parse", "v1.0.0")} {
			s.reports(against, []string{"--against", against}, statusChanged, statusChanged)
		}
		s.reports("the newest release", []string{"--against", "v2.0.0"}, statusChanged)
		_, text, _ := command("breaking")
		if !strings.Contains(text, "; the newest release is v2.0.0.\n") {
			t.Errorf("no release in the report:\n%s", text)
		}
	})

	t.Run("tags", func(t *testing.T) {
		s := newShop(t)
		s.commit(`{released: "v*", against: main}`, "{against: main}", "\n  BETWEEN:\n    code: \"1500\"\n    http_status: 400\n", "")
		s.branch("a", "main")
		s.commit(closedEnd, closedEnd+strings.ReplaceAll(lateEntry, "1009", "1500"))
		s.reports("without tags", nil)
		s.reports("with tags", []string{"--against-tag", "v*"}, codeReused)
		s.commit("http_status: 400\n", "http_status: 400\n    accept: [{ rule: code-reused, to: \"1500\", reason: Nobody had it. }]\n")
		s.reports("accepted", []string{"--against-tag", "v*"}, "accepted code-reused: Nobody had it.")
		s.reports("no such tag", []string{"--against-tag", "w*"}, "warning unused-acceptance")
	})

	t.Run("moved", func(t *testing.T) {
		s := newShop(t)
		s.branch("a", "main")
		mustDo(t, os.Mkdir("errors", 0o777))
		s.Git("mv", "catalog.yaml", "errors/catalog.yaml")
		t.Chdir("errors")
		s.Commit()
		s.reports("moved", nil)
		data, err := os.ReadFile("catalog.yaml")
		mustDo(t, err)
		s.Commit("errors/catalog.yaml", strings.Replace(string(data), "409", "410", 1))
		s.reports("moved and broken", nil, statusChanged)
	})

	t.Run("no release", func(t *testing.T) {
		s := newShop(t)
		s.commit(`"v*"`, `"release-*"`)
		s.branch("a", "main")
		s.commit(stock409, stock410)
		s.reports("free", nil)
		status, text, _ := command("breaking")
		if status != statusOK || !strings.Contains(text, `; no earlier tag that matches "release-*" has the catalog, so nothing is released.`) {
			t.Errorf("exit status %d\n%s", status, text)
		}
	})

	t.Run("catalog gone", func(t *testing.T) {
		s := newShop(t)
		s.Commit("errcat.yaml", "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n  - catalog: new.yaml\n", "new.yaml", strings.NewReplacer("name: shop", "name: new", "OUT_OF_STOCK", "SOLD_OUT").Replace(firstCatalog))
		s.branch("a", "main")
		s.Commit("errcat.yaml", "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n")
		s.reports("before a release", nil)
		s.Git("tag", "v1.1.0", "main")
		s.reports("after a release", nil, "error catalog-removed")
	})

	t.Run("catalog gone that was released before there was an errcat.yaml", func(t *testing.T) {
		both := "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n  - catalog: new/errors.yaml\n"
		for _, place := range []string{"new/errors.yaml", "elsewhere/catalog.yaml"} {
			s := newShop(t)
			s.Commit(place, strings.NewReplacer("name: shop", "name: new", `"1`, `"2`, "OUT_OF_STOCK", "SOLD_OUT").Replace(firstCatalog))
			s.Git("tag", "v1.1.0")
			if place != "new/errors.yaml" {
				mustDo(t, os.Mkdir("new", 0o755))
				s.Git("mv", place, "new/errors.yaml")
			}
			s.Commit("errcat.yaml", both)
			s.branch("a", "main")
			s.Git("rm", "-q", "new/errors.yaml")
			s.Commit("errcat.yaml", "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n")
			s.reports(place, nil, "error catalog-removed")
		}
	})

	t.Run("hooks", func(t *testing.T) {
		s := newShop(t)
		s.branch("a", "main")
		s.commit(stock409, stock410)
		other := gittest.New(t)
		other.Commit("f", "1")
		t.Setenv("GIT_DIR", filepath.Join(other.Dir, ".git"))
		t.Setenv("GIT_INDEX_FILE", filepath.Join(other.Dir, ".git", "index"))
		t.Setenv("GIT_WORK_TREE", other.Dir)
		s.reports("the environment of another repository", nil, statusChanged)
	})

	t.Run("clones", func(t *testing.T) {
		s := newShop(t)
		s.branch("feature", "main")
		s.Commit("other.txt", "2\n")
		s.commit(stock409, stock410)
		origin := []string{"--against", "origin/main"}
		clone := s.Clone("--depth=1", "--branch=feature")
		t.Chdir(clone.Dir)
		s.fails("one branch", origin, `there is no revision "origin/main" here`, "git fetch origin +refs/heads/main:refs/remotes/origin/main")
		s.fails("no tag", []string{"--against", "v1.0.0"}, "git fetch origin tag v1.0.0")
		s.fails("no history", head, "git fetch --unshallow origin")
		clone.Git("fetch", "-q", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main")
		s.fails("no merge base", origin, "git fetch --unshallow origin")
		t.Chdir(s.Clone("--no-tags", "--branch=feature").Dir)
		s.fails("no tags", origin, "compatibility.released: ", "git fetch --tags origin")
		t.Chdir(s.Clone("--branch=feature").Dir)
		s.reports("a whole clone", origin, statusChanged)
		s.fails("no such revision", []string{"--against", "origin/nope"}, "git fetch origin +refs/heads/nope:refs/remotes/origin/nope")
	})
}

// TestBump checks versions, and the flag --bump.
func TestBump(t *testing.T) {
	s := newShop(t)
	bump := func(what, want string, args ...string) {
		t.Helper()
		status, stdout, stderr := command(append([]string{"breaking", "--bump"}, args...)...)
		if status != statusOK || stdout != want || stderr != "" {
			t.Errorf("%s: exit status %d, %q, want %q\n%s", what, status, stdout, want, stderr)
		}
	}
	s.branch("a", "main")
	s.Commit("other.txt", "2\n")
	bump("nothing", "none\n")
	s.commit(closedEnd, closedEnd+lateEntry)
	bump("an addition", "minor\n")
	s.commit(stock409, stock410, stockEnd, stockEnd+acceptStock)
	bump("an accepted break", "major\n")
	s.commit("{name: shop}", "{name: shop, version: 1.0.0}")
	bump("the first version", "major\n")
	s.squash("a")
	s.Git("tag", "v2.0.0")
	s.Commit("other.txt", "3\n")
	s.branch("b", "main")
	s.Commit("other.txt", "4\n")
	bump("the same version", "1.0.0\n")
	s.commit(closed404, closed422, closedEnd, closedEnd+acceptClose)
	bump("a break", "2.0.0\n")
	s.reports("nobody has chosen a version", nil, "accepted http-status-changed: It is there.")
	s.commit("version: 1.0.0", "version: 1.1.0")
	s.reports("too low", nil, "accepted http-status-changed: It is there.", "error version-too-low")
	_, text, _ := command("breaking")
	if !strings.Contains(text, "Needs a higher version:\n\n") || !strings.Contains(text, "No breaking change, 1 version too low, 1 accepted change, ") {
		t.Errorf("got\n%s", text)
	}
	s.squash("b")
	s.Git("checkout", "-q", "-b", "c")
	s.Commit("other.txt", "5\n")
	s.reports("main has it already", nil)
	bump("since the release", "2.0.0\n")
	bump("since a tag", "major\n", "--against", "v1.0.0")
	s.commit("version: 1.1.0", "version: 2.0.0")
	s.reports("high enough", nil)
	s.Commit("errcat.yaml", "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n  - catalog: new.yaml\n", "new.yaml", strings.NewReplacer("name: shop", "name: new", `"1`, `"2`).Replace(firstCatalog))
	bump("several catalogs", "shop 2.0.0\nnew minor\n")
	s.squash("c")
	s.branch("d", "main")
	s.Commit("errcat.yaml", "version: 1\ncatalogs:\n  - catalog: catalog.yaml\n")
	bump("a catalog that was not released is gone", "shop 2.0.0\nnew none\n")
	s.Git("tag", "v2.1.0", "main")
	bump("a catalog is gone", "shop 2.0.0\nnew major\n")
}

// TestBreakingInClones compares in clones that lack a part of the repository: what
// cannot be known is never clean, and the command of the message helps.
func TestBreakingInClones(t *testing.T) {
	s := newShop(t)
	s.Git("config", "uploadpack.allowFilter", "true")
	s.Git("config", "uploadpack.allowAnySHA1InWant", "true")
	// The code 1009 is that of LATE in a hotfix, and of another error on main later.
	s.branch("release/1", "v1.0.0")
	s.commit(closedEnd, closedEnd+lateEntry)
	s.Git("tag", "v1.0.1")
	s.Git("checkout", "-q", "main")
	s.Commit("other.txt", "2\n")
	s.branch("feature", "main")
	s.commit(closedEnd, closedEnd+"\n  EARLY:\n    code: \"1009\"\n    http_status: 400\n")
	for _, test := range []struct {
		name  string
		clone []string
		want  []string
	}{
		{"whole", nil, nil},
		{"shallow", []string{"--depth=1", "--no-single-branch"}, []string{"the clone is shallow", "; run: git fetch --unshallow --tags origin"}},
		{"shallow, with the tag of main", []string{"--depth=3", "--branch=feature"}, []string{"the clone is shallow"}},
		{"one branch", []string{"--single-branch", "--branch=feature"}, []string{"only some branches"}},
		{"no tags", []string{"--no-tags", "--branch=feature"}, []string{"--no-tags"}},
		{"no contents", []string{"--filter=blob:none", "--branch=feature"}, []string{"partial clone; run: git "}},
	} {
		repo := s.Clone(test.clone...)
		t.Chdir(repo.Dir)
		repo.Git("checkout", "-q", "-B", "feature", "origin/feature")
		against := []string{"--against", "HEAD^"}
		if test.want == nil {
			s.reports(test.name, against, "error code-reused")
			continue
		}
		if test.name == "shallow" {
			repo.Git("fetch", "-q", "--depth=2", "origin", "feature", "+refs/tags/v1.0.0:refs/tags/v1.0.0")
		}
		// Whatever is missing first, in the end the finding is there.
		for range 4 {
			status, stdout, stderr := command("breaking", "--against", "HEAD^")
			if status != statusFailure {
				break
			}
			if stdout != "" {
				t.Errorf("%s: a report: %s", test.name, stdout)
			}
			_, help, ok := strings.Cut(stderr, "; run: ")
			if !ok {
				t.Fatalf("%s: no command in %s", test.name, stderr)
			}
			for _, want := range test.want {
				if !strings.Contains(stderr, want) {
					t.Errorf("%s: got\n%s\nwithout\n%s", test.name, stderr, want)
				}
			}
			run := exec.Command("sh", "-e", "-c", help)
			run.Dir = repo.Dir
			if out, err := run.CombinedOutput(); err != nil {
				t.Fatalf("%s: %s: %v\n%s", test.name, help, err, out)
			}
		}
		s.reports(test.name, against, "error code-reused")
		s.reports(test.name+", by flag", append(against, "--against-tag", "v*"), "error code-reused")
	}
}
