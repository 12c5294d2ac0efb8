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

const historyHead = `version: 1
catalog:
  name: shop
  version: 1.0.0
categories:
  order: {}
`

// version returns a catalog of entries: a name and the keys of each.
func version(entries ...string) string {
	var b strings.Builder
	b.WriteString(historyHead + "errors:\n")
	for _, entry := range entries {
		name, keys, _ := strings.Cut(entry, " ")
		b.WriteString("  " + name + ":\n    category: order\n    http_status: 400\n")
		for _, key := range strings.Split(keys, "; ") {
			b.WriteString("    " + key + "\n")
		}
	}
	return b.String()
}

func mustLoad(t *testing.T, text string) *catalog.Catalog {
	t.Helper()
	c, found := catalog.Load("catalog.yaml", []byte(text))
	if found.HasErrors() {
		t.Fatal(found, text)
	}
	return c
}

// historyOf returns a history of versions with the labels v1, v2 and so on.
func historyOf(t *testing.T, versions ...string) *compat.History {
	t.Helper()
	h := compat.NewHistory()
	for i, text := range versions {
		var data []byte
		if text != "" {
			data = []byte(text)
		}
		if !h.Add(fmt.Sprintf("v%d", i+1), data) {
			t.Fatalf("version %d cannot be read:\n%s", i+1, text)
		}
	}
	return h
}

func TestHistory(t *testing.T) {
	const (
		a       = `A_LOST code: "1001"; title: The first thing`
		b       = `STOCK_EMPTY code: "1002"; title: Another matter`
		c       = `PAYMENT_LATE code: "1003"; title: Something third`
		reserve = "reserved:\n  - "
	)
	breaks := map[string]string{"error-removed": "[wire go typescript links]", "code-changed": "[wire links]", "code-reused": "[wire links]", "alias-removed": "[wire links]", "name-reused": "[go typescript]", "message-or-title": "[]"}
	for _, test := range []struct {
		name     string
		versions []string
		// want are the changes, fix the reservations.
		want, fix []string
	}{
		{"no change", []string{version(a, b), version(a, b)}, nil, nil},
		{"moved in the file, added", []string{version(a, b), version(b, a), version(b, c, a)}, nil, nil},
		{"removed", []string{version(a, b), version(b)},
			[]string{"error-removed: the error A_LOST (1001) was removed in v2, and its code is not reserved"},
			[]string{"1001 [] A_LOST [] of A_LOST until v2"}},
		{"removed and reserved", []string{version(a, b), version(b) + reserve + `{ code: "1001", name: A_LOST }` + "\n"}, nil, nil},
		{"removed, and reserved later", []string{version(a, b), version(b), version(b) + reserve + `{ code: "1001", name: A_LOST }` + "\n"}, nil, nil},
		{"only the code is reserved", []string{version(a, b), version(b) + reserve + `{ codes: "1000-1001" }` + "\n"}, nil, []string{" [] A_LOST [] of A_LOST until v2"}},
		{"removed and back", []string{version(a, b), version(b), version(a, b)}, nil, nil},
		{"the file was removed and is back", []string{version(a, b), "", version(a, b)}, nil, nil},
		{"removed with the file", []string{version(a, b), "", version(b)},
			[]string{"error-removed: the error A_LOST (1001) was removed in v2, and its code is not reserved"},
			[]string{"1001 [] A_LOST [] of A_LOST until v2"}},
		{"reused", []string{version(a, b), version(b), version(b), version(b, `PAYMENT_LATE code: "1001"; title: Something third`)},
			[]string{"code-reused: the code 1001 meant A_LOST from v1 until v2, and means PAYMENT_LATE since v4"},
			[]string{" [] A_LOST [] of A_LOST until v2"}},
		{"reused as an alias", []string{version(a, b), version(b + `; aliases: ["1001"]`)},
			[]string{"code-reused: the code 1001 meant A_LOST from v1 until v2, and means STOCK_EMPTY since v2"},
			[]string{" [] A_LOST [] of A_LOST until v2"}},
		{"removed now", []string{version(a, b), "current: " + version(b)},
			[]string{"error-removed: the error A_LOST (1001) was removed in the current version, and its code is not reserved"},
			[]string{"1001 [] A_LOST [] of A_LOST until "}},
		{"merged", []string{version(a, b), version(b + `; aliases: ["1001"]; former_names: [A_LOST]`)}, nil, nil},
		{"an alias is reused", []string{version(a+`; aliases: ["1009"]`, b), version(a, b), version(a, b, `PAYMENT_LATE code: "1009"; title: Something third`)},
			[]string{"code-reused: the code 1009 meant A_LOST from v1 until v2, and means PAYMENT_LATE since v3"}, nil},
		{"the name is reused", []string{version(a+`; former_names: [OLD]`, b), version(a, b), version(a, b, `OLD code: "1003"; title: Something third`)},
			[]string{"name-reused: the name OLD meant A_LOST (1001) from v1 until v2, and means OLD (1003) since v3"}, nil},
		{"swapped, and swapped back", []string{version(a, b), version(strings.Replace(a, "1001", "1002", 1), strings.Replace(b, "1002", "1001", 1)), version(a, b)},
			[]string{
				"code-reused: the code 1001 meant STOCK_EMPTY from v2 until v3, and means A_LOST since v1",
				"code-reused: the code 1002 meant A_LOST from v2 until v3, and means STOCK_EMPTY since v1",
			}, nil},
		{"renamed without a former name", []string{version(a), version(strings.Replace(a, "A_LOST", "ITEM_MISSING", 1))}, nil,
			[]string{" [] A_LOST [] of ITEM_MISSING until v2, which stays"}},
		{"renumbered", []string{version(a, b), version(strings.Replace(a, "1001", "1004", 1), b)},
			[]string{"code-changed: the code 1001 meant A_LOST from v1 until v2, and is not reserved"},
			[]string{"1001 []  [] of A_LOST until v2, which stays"}},
		{"renumbered with an alias", []string{version(a, b), version(strings.Replace(a, "1001", "1004", 1)+`; aliases: ["1001"]`, b)}, nil, nil},
		{"removed with its alias and former name", []string{version(a+`; aliases: ["1008", "1009"]; former_names: [OLD]`, b), version(b)},
			[]string{
				"error-removed: the error A_LOST (1001) was removed in v2, and its code is not reserved",
				"alias-removed: the code 1008 meant the removed error A_LOST (1001) from v1 until v2, and is not reserved",
				"alias-removed: the code 1009 meant the removed error A_LOST (1001) from v1 until v2, and is not reserved",
			},
			[]string{"1001 [1008 1009] A_LOST [OLD] of A_LOST until v2"}},
		{"the code is the name", []string{version("A_LOST title: The first thing", b), version(b)},
			[]string{"error-removed: the error A_LOST was removed in v2, and its code is not reserved"},
			[]string{" [] A_LOST [] of A_LOST until v2"}},
		{"another text", []string{version(a, b), version(`A_LOST code: "1001"; title: Payment came back unpaid`, b)},
			[]string{`message-or-title: the code 1001 may mean something else since v2: the title of A_LOST was "The first thing", and became "Payment came back unpaid"`}, nil},
		{"renamed and renumbered twice", []string{version(a), version(strings.Replace(a, "A_LOST", "ITEM_GONE", 1)), version(strings.NewReplacer("A_LOST", "ITEM_GONE", "1001", "1004").Replace(a)),
			version(strings.NewReplacer("A_LOST", "THING_GONE", "1001", "1004").Replace(a)), version(strings.NewReplacer("A_LOST", "THING_GONE", "1001", "1005").Replace(a))},
			[]string{
				"code-changed: the code 1001 meant THING_GONE from v1 until v3, and is not reserved",
				"code-changed: the code 1004 meant THING_GONE from v3 until v5, and is not reserved",
			},
			[]string{"1001 [1004] A_LOST [ITEM_GONE] of THING_GONE until v5, which stays"}},
		{"renamed and renumbered, and removed", []string{version(a, b), version(strings.NewReplacer("A_LOST", "ITEM_GONE").Replace(a), b), version(strings.NewReplacer("A_LOST", "ITEM_GONE", "1001", "1004").Replace(a), b), version(b)},
			[]string{
				"alias-removed: the code 1001 meant the removed error ITEM_GONE (1004) from v1 until v3, and is not reserved",
				"error-removed: the error ITEM_GONE (1004) was removed in v4, and its code is not reserved",
			},
			[]string{"1004 [1001] ITEM_GONE [A_LOST] of ITEM_GONE until v4"}},
		{"its code and its name are another error's", []string{version(a+`; aliases: ["1008", "1009"]; former_names: [OLD, OLDER]`, b), version(b+`; aliases: ["1001"]; former_names: [A_LOST]`, c), version(b, c+`; aliases: ["1001"]; former_names: [A_LOST]`)},
			[]string{
				"code-reused: the code 1001 meant A_LOST from v1 until v2, and means PAYMENT_LATE since v3",
				"code-reused: the code 1001 meant STOCK_EMPTY from v2 until v3, and means PAYMENT_LATE since v3",
				"name-reused: the name A_LOST meant A_LOST (1001) from v1 until v2, and means PAYMENT_LATE (1003) since v3",
				"name-reused: the name A_LOST meant STOCK_EMPTY (1002) from v2 until v3, and means PAYMENT_LATE (1003) since v3",
				"code-changed: the code 1008 meant STOCK_EMPTY from v1 until v2, and is not reserved",
				"code-changed: the code 1009 meant STOCK_EMPTY from v1 until v2, and is not reserved",
			},
			[]string{"1008 [1009] OLD [OLDER] of STOCK_EMPTY until v2, which stays"}},
		{"its code is another error's, and its name another one's", []string{version(a+`; aliases: ["1008", "1009"]; former_names: [OLD, OLDER]`, b), version(b), version(b+"; former_names: [A_LOST]", `PAYMENT_LATE code: "1001"; title: Something third`)},
			[]string{
				"name-reused: the name A_LOST meant A_LOST (1001) from v1 until v2, and means STOCK_EMPTY (1002) since v3",
				"code-reused: the code 1001 meant A_LOST from v1 until v2, and means PAYMENT_LATE since v3",
				"alias-removed: the code 1008 meant the removed error A_LOST (1001) from v1 until v2, and is not reserved",
				"alias-removed: the code 1009 meant the removed error A_LOST (1001) from v1 until v2, and is not reserved",
			},
			[]string{"1008 [1009] OLD [OLDER] of A_LOST until v2"}},
		{"another message", []string{version(`A_LOST code: "1001"; message: The first thing is lost`, b), version(`A_LOST code: "1001"; message: Payment came back unpaid`, b)},
			[]string{`message-or-title: the code 1001 may mean something else since v2: the message of A_LOST was "The first thing is lost", and became "Payment came back unpaid"`}, nil},
		{"another title beside the same message", []string{version(a+"; message: No", b), version(`A_LOST code: "1001"; title: Payment came back unpaid; message: No`, b)},
			[]string{`message-or-title: the code 1001 may mean something else since v2: the title of A_LOST was "The first thing", and became "Payment came back unpaid"`}, nil},
		{"a message in place of a title", []string{version(a, b), version(`A_LOST code: "1001"; message: Payment came back unpaid`, b)}, nil, nil},
		{"a short text", []string{version(`A_LOST code: "1001"; title: The first one`, b), version(`A_LOST code: "1001"; title: Payment came back unpaid`, b)}, nil, nil},
		{"another text, taken back", []string{version(a, b), version(`A_LOST code: "1001"; title: Payment came back unpaid`, b), version(a, b)}, nil, nil},
		{"a better text", []string{version(a, b), version(`A_LOST code: "1001"; title: The first thing is lost`, b), version(`A_LOST code: "1001"; title: It is lost, the item`, b)}, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, isCurrent := strings.CutPrefix(test.versions[len(test.versions)-1], "current: ")
			if isCurrent {
				test.versions = test.versions[:len(test.versions)-1]
			}
			last := mustLoad(t, text)
			var got []string
			for _, c := range historyOf(t, test.versions...).Changes(last) {
				rule := c.Rule.ID()
				if c.Severity == diag.Warning {
					rule = "message-or-title"
				}
				got = append(got, rule+": "+c.Message)
				if names := fmt.Sprint(c.Breaks.Names()); names != breaks[rule] {
					t.Errorf("%s breaks %s, want %s", c.Message, names, breaks[rule])
				}
				if c.Pos.File != "catalog.yaml" {
					t.Errorf("%s is at %v", c.Message, c.Pos)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("the changes are\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
			var fix []string
			for _, f := range historyOf(t, test.versions...).Unreserved(last) {
				stays := ""
				if !f.IsRemoved {
					stays = ", which stays"
				}
				fix = append(fix, fmt.Sprintf("%s %v %s %v of %s until %s%s", f.Code, f.Aliases, f.Name, f.FormerNames, f.Error, f.Until, stays))
			}
			if !slices.Equal(fix, test.fix) {
				t.Errorf("the reservations are\n%s\nand not\n%s", strings.Join(fix, "\n"), strings.Join(test.fix, "\n"))
			}
		})
	}
}

// TestHistoryBreaks has errors that only servers know, and names that are sent.
func TestHistoryBreaks(t *testing.T) {
	const head = "version: 1\ncatalog: {name: shop, domain: shop.example, type_uri: \"https://shop.example/{name}\"}\n"
	h := historyOf(t, head+`errors:
  A: {http_status: 400, code: "1", aliases: ["2"], former_names: [OLD]}
  B: {http_status: 500, code: "3", aliases: ["4"], audience: internal}
  C: {http_status: 500, code: "5", audience: internal}
`)
	now := mustLoad(t, head+`errors:
  A: {http_status: 400, code: "1", aliases: ["2"]}
  C: {http_status: 500, code: "6", audience: internal}
  OLD: {http_status: 400, code: "7"}
`)
	var got []string
	for _, c := range h.Changes(now) {
		got = append(got, fmt.Sprintf("%s %s %v", c.Rule, c.From, c.Breaks.Names()))
	}
	want := []string{"name-reused OLD [wire go typescript]", "error-removed 3 [go links]", "alias-removed 4 [links]", "code-changed 5 [links]"}
	if !slices.Equal(got, want) {
		t.Errorf("the changes are %q, want %q", got, want)
	}
}

// TestHistoryOfAnchors changes an entry that another one includes: that has changed, too,
// although its own lines are the same.
func TestHistoryOfAnchors(t *testing.T) {
	text := func(title string) string {
		return historyHead + "errors:\n  A: &a { code: \"1\", category: order, http_status: 400, title: " + title + " }\n  B: { <<: *a, code: \"2\" }\n"
	}
	first, second := text("The first thing"), text("Payment came back unpaid")
	var got []string
	for _, c := range historyOf(t, first, second, second).Changes(mustLoad(t, second)) {
		got = append(got, c.Message)
	}
	want := []string{
		`the code 1 may mean something else since v2: the title of A was "The first thing", and became "Payment came back unpaid"`,
		`the code 2 may mean something else since v2: the title of B was "The first thing", and became "Payment came back unpaid"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("the changes are\n%s", strings.Join(got, "\n"))
	}
}

// TestHistoryReadsEntriesOnce counts the entries that are read.
func TestHistoryReadsEntriesOnce(t *testing.T) {
	for _, test := range []struct {
		name     string
		versions []string
		want     int
	}{
		{"the same", []string{version("A code: A1", "B code: B1"), version("A code: A1", "B code: B1")}, 2},
		{"one changed", []string{version("A code: A1", "B code: B1"), version("A code: A1", "B code: B2"), version("A code: A1", "B code: B1")}, 3},
		{"other order", []string{version("A code: A1", "B code: B1"), version("B code: B1", "A code: A1")}, 2},
		{"line breaks", []string{version("A code: A1", "B code: B1"), strings.ReplaceAll(version("A code: A1", "B code: B1"), "\n", "\r\n")}, 2},
		{"released", []string{version("A code: A1"), strings.Replace(version("A code: A1"), "1.0.0", "1.1.0", 1)}, 1},
		{"reserved", []string{version("A code: A1"), version("A code: A1") + "reserved:\n- { code: X1 }\n", "reserved:\n  - { code: X1 }\n" + version("A code: A1")}, 1},
		{"a category", []string{version("A code: A1"), strings.Replace(version("A code: A1"), "order: {}", "order: { retry: safe }", 1)}, 2},
		{"anchors", []string{
			historyHead + "errors:\n  A: &a\n    category: order\n    http_status: 400\n    code: A1\n  B:\n    <<: *a\n    code: B1\n",
			historyHead + "errors:\n  A: &a\n    category: order\n    http_status: 400\n    code: A1\n  B:\n    <<: *a\n    code: B1\n  C:\n    category: order\n    http_status: 400\n    code: C1\n",
		}, 3},
		{"in braces, which cannot be cut", []string{
			historyHead + "errors: { A: { code: A1, category: order, http_status: 400 } }\n",
			historyHead + "errors: { A: { code: A1, category: order, http_status: 400 } }\n",
			historyHead + "errors: { A: { code: A1, category: order, http_status: 400 } } # all\n",
		}, 2},
	} {
		h := historyOf(t, test.versions...)
		if got := h.Parsed(); got != test.want {
			t.Errorf("%s: read %d entries, not %d", test.name, got, test.want)
		}
	}
}

// TestHistoryOfPieces compares what is read in pieces with what is read at once.
func TestHistoryOfPieces(t *testing.T) {
	for _, entries := range []string{
		"  A:\n    category: order\n    http_status: 400\n    description: |\n      B:\n        text\n\n     \n  # about B\n  B:\n    code: \"7\"\n    category: order\n    http_status: 404\n",
		"  A: { category: order, http_status: 400, title: 'x\n\n  B: no key' }\n",
		"  A: { category: order, http_status: 400,\n  title: T }\n  B: { category: order, http_status: 400 }\n",
		"  \"A\": { category: order, http_status: 400 }\n  B: { category: order, http_status: 400 }\n  'C': { category: order, http_status: 400 }\n",
		"  A: &a { category: order, http_status: 400 }\n  B: { <<: *a, code: B1 }\n  C: *a\n",
		"  A: &a { category: order, http_status: 400 }\n  B: &a { category: order, http_status: 404 }\n  C: { <<: *a, code: C1 }\n",
	} {
		text := historyHead + "errors:\n" + entries
		whole, _ := catalog.ReadBaseline("", []byte(text))
		if whole == nil {
			t.Fatalf("cannot be read:\n%s", text)
		}
		// What the pieces say is what the whole says, if nothing was reused or gone.
		if changes := historyOf(t, text).Changes(whole); len(changes) > 0 {
			t.Errorf("the pieces of\n%s\ndiffer: %v", entries, compat.Findings(changes))
		}
		h := historyOf(t, text)
		if got := h.Parsed(); got < len(whole.Errors) || h.Unreserved(whole) != nil {
			t.Errorf("read %d entries of\n%s", got, entries)
		}
	}
	h := compat.NewHistory()
	for _, text := range []string{"x", "errors:\n  A: [\n", "version: 2\nerrors:\n  A: {}\n", historyHead + "errors:\n  A: {}\n  B: {\n"} {
		if h.Add("v", []byte(text)) {
			t.Errorf("could read %q", text)
		}
	}
	if h.Versions() != 0 {
		t.Errorf("there are %d versions", h.Versions())
	}
}

func BenchmarkHistory(b *testing.B) {
	entries := make([]string, 300)
	for i := range entries {
		entries[i] = fmt.Sprintf(`ERROR_%d code: "%d"; title: The title of %d; message: Something went wrong`, i, 1000+i, i)
	}
	versions := make([][]byte, 1000)
	for i := range versions {
		entries[i*7%300] = fmt.Sprintf(`ERROR_%d code: "%d"; title: The title of %d in %d; message: Something went wrong`, i*7%300, 1000+i*7%300, i, i)
		versions[i] = []byte(version(entries...))
	}
	b.ResetTimer()
	for range b.N {
		h := compat.NewHistory()
		for _, data := range versions {
			if !h.Add("v", data) {
				b.Fatal("a version cannot be read")
			}
		}
		b.ReportMetric(float64(h.Parsed()), "entries")
	}
}
