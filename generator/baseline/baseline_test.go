package baseline_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/errcat/errcat/generator/baseline"
	"github.com/errcat/errcat/generator/gittest"
	"github.com/errcat/errcat/generator/gomod"
	"github.com/errcat/errcat/generator/workspace"
)

// shop returns a catalog with the status of an error.
func shop(name string, status int) string {
	return fmt.Sprintf("version: 1\ncatalog: {name: %s}\nerrors:\n  CLOSED: {code: \"1\", http_status: %d}\n  GONE: {code: \"2\", http_status: 410}\n", name, status)
}

// open returns a finder for the catalogs of a repository, and what is noted.
func open(t *testing.T, repo *gittest.Repo, names ...string) (*baseline.Finder, *workspace.Set, *[]string) {
	t.Helper()
	t.Chdir(repo.Dir)
	var notes []string
	note := func(text string) { notes = append(notes, text) }
	reader := workspace.Reader{
		Stdin:   strings.NewReader(shop("shop", 404)),
		Modules: gomod.Finder{Temporary: new(sync.Mutex), Note: note},
		Note:    note,
	}
	set, found, err := workspace.Open(t.Context(), reader, names)
	if err != nil || found.HasErrors() {
		t.Fatal(err, found)
	}
	if found := append(set.Load(), set.Check()...); found.HasErrors() {
		t.Fatal(found)
	}
	finder := baseline.New(t.Context(), reader, set, len(names) > 0)
	t.Cleanup(finder.Close)
	return finder, set, &notes
}

// report returns the comparisons with a baseline: the catalog, what it is compared
// with, and the rules of the changes.
func report(finder *baseline.Finder, against string) (string, error) {
	comparisons, err := finder.Compare(against)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, c := range comparisons {
		name := "gone"
		if c.Member != nil {
			name = c.Member.Name
		}
		fmt.Fprint(&b, name, ":")
		for _, base := range c.Bases {
			fmt.Fprint(&b, " ", base.Name, " of ", base.About)
		}
		changes, err := finder.Changes(c, "")
		if err != nil {
			return "", err
		}
		for _, change := range changes {
			fmt.Fprint(&b, " ", change.Rule)
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}

func TestCompare(t *testing.T) {
	repo := gittest.New(t)
	first := repo.CommitID("catalog.yaml", shop("shop", 409))[:10]
	repo.Git("tag", "v1")
	repo.Git("checkout", "-q", "-b", "topic")
	second := repo.CommitID("errors/catalog.yaml", shop("shop", 404))[:10]
	repo.Git("rm", "-q", "catalog.yaml")
	repo.Commit("errors/catalog.yaml", shop("shop", 422), "old.yaml", shop("shop", 400))
	finder, _, _ := open(t, repo, "errors/catalog.yaml")
	for _, test := range []struct{ against, want string }{
		{"main", "errors/catalog.yaml: " + first + ":catalog.yaml of main (merge base " + first + ") http-status-changed\n"},
		{"v1", "errors/catalog.yaml: v1:catalog.yaml of v1 http-status-changed\n"},
		{second, "errors/catalog.yaml: " + second + ":errors/catalog.yaml of " + second + " http-status-changed\n"},
		{"v1:catalog.yaml", "errors/catalog.yaml: v1:catalog.yaml of v1 http-status-changed\n"},
		{"old.yaml", "errors/catalog.yaml: old.yaml of old.yaml http-status-changed\n"},
		{"-", "errors/catalog.yaml: <stdin> of standard input http-status-changed\n"},
	} {
		if got, err := report(finder, test.against); err != nil || got != test.want {
			t.Errorf("compared with %s: %v\n%s\nwant\n%s", test.against, err, got, test.want)
		}
	}
	for against, want := range map[string]string{
		"":                    "name what to compare it with",
		"v2":                  "v2",
		"none.yaml":           "none.yaml",
		"v1:none.yaml":        "none.yaml",
		"errors/catalog.yaml": "the catalog itself",
		"HEAD":                "HEAD itself",
		"mod:x":               "mod:x",
	} {
		if got, err := report(finder, against); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("compared with %q: %v, want an error with %q\n%s", against, err, want, got)
		}
	}
}

// TestWorkspace compares all catalogs of a repository: one that moved, a new one, and
// one that is gone.
func TestWorkspace(t *testing.T) {
	other := strings.NewReplacer(`"1"`, `"b1"`, `"2"`, `"b2"`)
	list := func(names ...string) string {
		return "version: 1\ncatalogs:\n  - catalog: " + strings.Join(names, "\n  - catalog: ") + "\n"
	}
	repo := gittest.New(t)
	repo.Commit("errcat.yaml", list("shop.yaml", "mail.yaml"), "shop.yaml", shop("shop", 409), "mail.yaml", other.Replace(shop("mail", 409)))
	repo.Git("tag", "v1")
	repo.Git("mv", "shop.yaml", "store.yaml")
	repo.Git("rm", "-q", "mail.yaml")
	repo.Commit("errcat.yaml", list("store.yaml", "new.yaml"), "new.yaml", strings.NewReplacer("CLOSED", "LATE", "GONE", "LOST", `"1"`, `"c1"`, `"2"`, `"c2"`).Replace(shop("new", 409)))
	finder, _, _ := open(t, repo)
	const want = "store.yaml: v1:shop.yaml of v1\nnew.yaml: catalog-added\ngone: v1:mail.yaml of v1 catalog-removed\n"
	if got, err := report(finder, "v1"); err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// TestVersions reads all versions of a catalog, and says which one it cannot read.
func TestVersions(t *testing.T) {
	repo := gittest.New(t)
	repo.Commit("catalog.yaml", shop("shop", 409))
	repo.Git("tag", "v1")
	repo.Commit("catalog.yaml", "version: 0\n")
	repo.Commit("catalog.yaml", shop("shop", 404))
	repo.Git("tag", "v2")
	repo.Commit("catalog.yaml", strings.Replace(shop("shop", 404), "GONE: {code", "LOST: {code", 1))
	finder, set, notes := open(t, repo)
	member := set.Members[0]
	tagged, err := finder.AtTags(member, "v*")
	var names []string
	for _, base := range tagged {
		names = append(names, base.About)
	}
	if got := strings.Join(names, " "); err != nil || got != "v2 v1" {
		t.Errorf("the tags with the catalog are %q, %v", got, err)
	}
	if found, err := finder.Versions(member, "v1"); err != nil || len(found) != 1 || found[0].Catalog.Errors[0].HTTPStatus != 409 {
		t.Errorf("the versions at v1 are %v, %v", found, err)
	}
	past, about, err := finder.Past(member)
	if err != nil || !strings.HasPrefix(about, "3 versions since ") || len(past.Changes(member.Catalog)) == 0 {
		t.Errorf("the history is %q, %v", about, err)
	}
	if got := strings.Join(*notes, "\n"); !strings.Contains(got, "passed over 1 version that cannot be read") {
		t.Errorf("noted: %s", got)
	}
	if _, err := finder.History(member, "HEAD"); err == nil || !strings.Contains(err.Error(), "released") {
		t.Errorf("a history without releases: %v", err)
	}
}
