package compat_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
)

// shop returns a catalog of one error with a status and acceptances, each "status
// reason".
func shop(t *testing.T, status int, accepted ...string) *catalog.Catalog {
	t.Helper()
	source := fmt.Sprintf("version: 1\ncatalog: {name: shop}\nerrors:\n  SOLD_OUT:\n    code: \"1001\"\n    http_status: %d\n", status)
	for i, a := range accepted {
		if i == 0 {
			source += "    accept:\n"
		}
		to, reason, _ := strings.Cut(a, " ")
		source += fmt.Sprintf("      - {rule: http-status-changed, to: %s, reason: %s}\n", to, reason)
	}
	return load(t, "catalog.yaml", []byte(source))
}

// TestAccept accepts changes of one status. The old version is the release, the base
// that which the authors of the change started from.
func TestAccept(t *testing.T) {
	for _, test := range []struct {
		name               string
		release, base, now *catalog.Catalog
		want               string
	}{
		{"nothing accepted", shop(t, 409), shop(t, 409), shop(t, 410), "http-status-changed 410"},
		{"accepted", shop(t, 409), shop(t, 409), shop(t, 410, "410 nobody"), "http-status-changed 410 accepted"},
		{"another value", shop(t, 409), shop(t, 409), shop(t, 410, "404 nobody"), "http-status-changed 410, unused-acceptance 404"},
		{"an old acceptance of the same value", shop(t, 409), shop(t, 409, "410 once"), shop(t, 410, "410 once"), "http-status-changed 410"},
		{"a second one", shop(t, 409), shop(t, 409, "410 once"), shop(t, 410, "410 once", "410 again"), "http-status-changed 410 accepted"},
		{"another reason for an old one", shop(t, 409), shop(t, 409, "410 once"), shop(t, 410, "410 Once more explained"), "http-status-changed 410"},
		{"accepted on the base", shop(t, 409), shop(t, 410, "410 nobody"), shop(t, 410, "410 nobody"), ""},
		{"another change of it", shop(t, 409), shop(t, 410, "410 nobody"), shop(t, 411, "410 nobody"), "http-status-changed 411"},
		{"two of one entry", shop(t, 409), shop(t, 410, "410 nobody"), shop(t, 411, "410 nobody", "411 nobody"), "http-status-changed 411 accepted"},
		{"taken back", shop(t, 409), shop(t, 410, "410 nobody"), shop(t, 409), ""},
		{"taken back, with the acceptance left", shop(t, 409), shop(t, 410, "410 nobody"), shop(t, 409, "410 nobody"), ""},
		{"not released", shop(t, 409), shop(t, 422), shop(t, 409), ""},
		{"nothing to accept", shop(t, 409), shop(t, 409), shop(t, 409, "410 nobody"), "unused-acceptance 410"},
		{"nothing to accept twice", shop(t, 409), shop(t, 409), shop(t, 409, "410 nobody", "410 again"), "unused-acceptance 410, unused-acceptance 410"},
	} {
		found := compat.Since(compat.Compare(test.release, test.now), compat.Compare(test.release, test.base))
		var got []string
		for _, c := range compat.Accept(found, test.base, test.now) {
			s := c.Rule.ID() + " " + c.To
			if c.Accepted != nil {
				s += " accepted"
			}
			if c.IsBreaking() != (c.Rule.ID() == "http-status-changed" && c.Accepted == nil) {
				t.Errorf("%s: %s is breaking: %t", test.name, s, c.IsBreaking())
			}
			got = append(got, s)
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s: %s, want %s", test.name, strings.Join(got, ", "), test.want)
		}
	}
}

// TestAcceptWithoutEntry accepts in the catalog what has no entry, and nothing that has
// one.
func TestAcceptWithoutEntry(t *testing.T) {
	const header = "version: 1\ncatalog: {name: shop}\ncategories: {orders: {http_status: 409}CARTS}\nerrors: {A: {category: orders}MORE}\n"
	before := load(t, "old.yaml", []byte(strings.NewReplacer("CARTS", ", carts: {http_status: 409}", "MORE", ", B: {category: carts}").Replace(header)))
	now := load(t, "new.yaml", []byte(strings.NewReplacer("CARTS", "", "MORE", ", B: {category: orders}").Replace(header)+
		"compatibility:\n  accept:\n    - {rule: category-removed, to: carts, reason: Nobody has it.}\n    - {rule: category-changed, to: orders, reason: It fits.}\n"))
	var got []string
	for _, c := range compat.Accept(compat.Compare(before, now), before, now) {
		got = append(got, fmt.Sprintf("%s %s %t", c.Rule, c.To, c.Accepted != nil))
	}
	want := []string{"category-removed carts true", "category-changed orders false", "unused-acceptance orders false"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAcceptRemovals(t *testing.T) {
	removed := func(name string) compat.Change {
		return compat.CatalogRemoved(load(t, "old.yaml", []byte("version: 1\ncatalog: {name: "+name+", http: false}\nerrors: {A: {}}\n")), "errcat.yaml", true)
	}
	rows := func(names ...string) (list []catalog.Acceptance) {
		for _, name := range names {
			list = append(list, catalog.Acceptance{Rule: diag.RuleCatalogRemoved, To: name})
		}
		return list
	}
	for _, test := range []struct {
		removed []compat.Change
		bases   [][]catalog.Acceptance
		now     []catalog.Acceptance
		want    string
	}{
		{[]compat.Change{removed("a"), removed("b")}, nil, rows("b"), "catalog-removed a false, catalog-removed b true"},
		{[]compat.Change{removed("a")}, [][]catalog.Acceptance{rows("a")}, rows("a"), "catalog-removed a false"},
		{[]compat.Change{removed("a")}, [][]catalog.Acceptance{rows("a"), rows("a", "b"), nil}, rows("a", "a", "b"), "catalog-removed a true"},
		{[]compat.Change{removed("a")}, [][]catalog.Acceptance{rows("a"), rows("a", "a")}, rows("a", "a"), "catalog-removed a false"},
		{nil, [][]catalog.Acceptance{rows("a")}, rows("a", "b"), "unused-acceptance b false"},
		{nil, [][]catalog.Acceptance{rows("a")}, nil, ""},
	} {
		var got []string
		for _, c := range compat.AcceptRemovals(test.removed, test.bases, test.now) {
			got = append(got, fmt.Sprintf("%s %s %t", c.Rule, c.To, c.Accepted != nil))
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("got %q, want %q", strings.Join(got, ", "), test.want)
		}
	}
}

func TestBump(t *testing.T) {
	base := shop(t, 409)
	for _, test := range []struct {
		now  *catalog.Catalog
		want compat.Bump
	}{
		{base, compat.None},
		{shop(t, 410), compat.Major},
		{shop(t, 410, "410 nobody"), compat.Major},
		{shop(t, 409, "410 nobody"), compat.None},
		{load(t, "catalog.yaml", []byte("version: 1\ncatalog: {name: shop}\nerrors: {SOLD_OUT: {code: \"1001\", http_status: 409, title: Gone}}\n")), compat.Patch},
		{load(t, "catalog.yaml", []byte("version: 1\ncatalog: {name: shop}\nerrors: {SOLD_OUT: {code: \"1001\", http_status: 409, retry: safe}}\n")), compat.Minor},
	} {
		if got := compat.BumpOf(compat.Accept(compat.Compare(base, test.now), base, test.now)); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
	for _, test := range []struct {
		bump       compat.Bump
		from, want string
	}{
		{compat.None, "1.2.3", "1.2.3"}, {compat.Patch, "1.2.3", "1.2.4"}, {compat.Minor, "1.2.3", "1.3.0"}, {compat.Major, "1.2.3", "2.0.0"},
		{compat.Major, "0.2.3", "0.3.0"}, {compat.Minor, "0.2.3", "0.2.4"}, {compat.Patch, "0.2.3", "0.2.4"}, {compat.None, "0.2.3", "0.2.3"},
		{compat.Major, "2.0.0-rc.1", "2.0.0"}, {compat.Patch, "2.0.0-rc.1", "2.0.0"}, {compat.Minor, "1.2.3-rc.1", "1.3.0"}, {compat.Patch, "1.2.3-rc.1", "1.2.3"},
		{compat.None, "2.0.0-rc.1", "2.0.0-rc.1"}, {compat.Minor, "1.2.3+build.7", "1.3.0"},
	} {
		if got := test.bump.Next(test.from); got != test.want {
			t.Errorf("%s after %s is %s, want %s", test.bump, test.from, got, test.want)
		}
	}
}

// TestUnused names what was accepted, with its value if there is one.
func TestUnused(t *testing.T) {
	shop := func(accept string) *catalog.Catalog {
		return load(t, "catalog.yaml", []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {http_status: 400}}\n"+accept))
	}
	now := shop("compatibility: {accept: [{rule: domain-changed, reason: x}, {rule: category-removed, to: carts, reason: x}]}\n")
	var got []string
	for _, c := range compat.Accept(nil, shop(""), now) {
		got = append(got, c.Message)
	}
	want := []string{"the change that is accepted here was not made: domain-changed", `the change that is accepted here was not made: category-removed to "carts"`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSince takes away what was changed before, of each error alone.
func TestSince(t *testing.T) {
	shop := func(a, b int, more string) *catalog.Catalog {
		return load(t, "catalog.yaml", fmt.Appendf(nil, "version: 1\ncatalog: {name: shop}\nerrors:\n  A: {http_status: %d}\n  B: {http_status: %d}\n%s", a, b, more))
	}
	release := shop(409, 409, "")
	for _, test := range []struct {
		base, now *catalog.Catalog
		want      []string
	}{
		{shop(410, 409, ""), shop(410, 410, ""), []string{"http-status-changed B"}},
		{shop(409, 410, ""), shop(410, 410, ""), []string{"http-status-changed A"}},
		{shop(409, 409, "  C: {http_status: 400}\n"), shop(409, 409, "  C: {http_status: 400}\n  D: {http_status: 400}\n"), []string{"error-added D"}},
	} {
		var got []string
		for _, c := range compat.Since(compat.Compare(release, test.now), compat.Compare(release, test.base)) {
			got = append(got, c.Rule.ID()+" "+c.Name())
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestCheckVersion(t *testing.T) {
	shop := func(status int, version string) *catalog.Catalog {
		return load(t, "catalog.yaml", fmt.Appendf(nil, "version: 1\ncatalog: {name: shop%s}\nerrors:\n  A: {http_status: %d}\n", version, status))
	}
	for _, test := range []struct {
		old, now *catalog.Catalog
		want     string
	}{
		{shop(409, ""), shop(410, ", version: 0.0.1"), ""},
		{shop(409, ", version: 1.2.0"), shop(410, ""), ""},
		{shop(409, ", version: 1.2.0"), shop(410, ", version: 1.2.0"), ""},
		{shop(409, ", version: 1.2.0"), shop(410, ", version: 1.3.0"), "2.0.0"},
		{shop(409, ", version: 1.2.1"), shop(409, ", version: 1.2.2-rc.1"), ""},
		{shop(409, ", version: 1.2.1"), shop(409, ", version: 1.2.0"), "1.2.1"},
	} {
		var got string
		for _, c := range compat.CheckVersion(compat.Compare(test.old, test.now), test.old, test.now) {
			got = strings.TrimPrefix(c.Help, "write version: ")
		}
		if got != test.want {
			t.Errorf("%q after %q: %q, want %q", test.now.Version, test.old.Version, got, test.want)
		}
	}
}
