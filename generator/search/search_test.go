package search_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/search"
)

var update = flag.Bool("update", false, "write the golden file")

// TestQueries asks what people ask, and expects the right answer first. The golden
// file has the first five answers and their scores; the search in JavaScript gives
// the same.
func TestQueries(t *testing.T) {
	c := load.File(t, filepath.Join("testdata", "catalog.yaml"))
	s := newSearch(c)
	source, err := os.ReadFile(filepath.Join("testdata", "queries.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var queries []string
	var golden bytes.Buffer
	for line := range strings.Lines(string(source)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		want, query, _ := strings.Cut(line, " ")
		query = unescaped.Replace(query)
		queries = append(queries, query)
		result := s.Find(query)
		if got := first(s, result); got != want {
			t.Errorf("%q finds %s, want %s", query, got, want)
		}
		fmt.Fprintf(&golden, "%s\n\t%s\n", strings.ReplaceAll(line, "\t", " "), describe(s, result, 5))
	}
	if len(queries) < 100 {
		t.Errorf("there are only %d queries", len(queries))
	}
	path := filepath.Join("testdata", "queries.golden")
	if *update {
		if err := os.WriteFile(path, golden.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), golden.String()); diff != "" {
		t.Errorf("%s differs; run the test with -update if that is right (-want +got):\n%s", path, diff)
	}
	t.Run("JavaScript", func(t *testing.T) { compare(t, s, queries) })
}

var unescaped = strings.NewReplacer(`\e`, "\x1b", `\u200b`, "\u200b")

// searched is a search and what it is over.
type searched struct {
	*search.Search
	entries      []search.Entry
	reservations []search.Reservation
}

func newSearch(catalogs ...*catalog.Catalog) searched {
	var s searched
	for _, c := range catalogs {
		s.entries = append(s.entries, search.Entries(c)...)
		s.reservations = append(s.reservations, search.Reservations(c)...)
	}
	s.Search = search.Over(catalogs...)
	return s
}

// first returns the code of the best entry, or the word that is reserved.
func first(s searched, r search.Result) string {
	switch {
	case len(r.Reserved) > 0 && (len(r.Hits) == 0 || r.Reserved[0].Score > r.Hits[0].Score):
		return r.Reserved[0].Word
	case len(r.Hits) > 0:
		return s.entries[r.Hits[0].Index].Code
	}
	return "nothing"
}

// describe returns the first n answers with their scores.
func describe(s searched, r search.Result, n int) string {
	var all []string
	for _, h := range r.Reserved {
		all = append(all, fmt.Sprintf("reserved %s %d", h.Word, h.Score))
	}
	for i, h := range r.Hits {
		if i == n {
			all = append(all, fmt.Sprintf("%d more", len(r.Hits)-n))
			break
		}
		all = append(all, fmt.Sprintf("%s %s %d", s.entries[h.Index].Code, h.By, h.Score))
	}
	if all == nil {
		return "nothing"
	}
	return strings.Join(all, ", ")
}

// compare asks the search in JavaScript the same queries, with its words indexed in
// slices, and expects the same results.
func compare(t *testing.T, s searched, queries []string) {
	t.Helper()
	compareAll(t, []searched{s}, [][]string{queries})
}

func compareAll(t *testing.T, searches []searched, queries [][]string) {
	t.Helper()
	rules, err := os.ReadFile(filepath.Join("..", "..", "templates", "html", "search.json"))
	if err != nil {
		t.Fatal(err)
	}
	type one struct {
		Entries      []search.Entry       `json:"entries"`
		Reservations []search.Reservation `json:"reservations"`
		Queries      []string             `json:"queries"`
		Slice        int                  `json:"slice"`
	}
	var all []one
	for i, s := range searches {
		all = append(all, one{s.entries, s.reservations, queries[i], i % 8})
	}
	var input bytes.Buffer
	if err := json.NewEncoder(&input).Encode(map[string]any{"rules": json.RawMessage(rules), "searches": all}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join("testdata", "search.mjs"), filepath.Join("..", "..", "templates", "html", "search.js"))
	cmd.Stdin = &input
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, problems.String())
	}
	var results [][]struct{ Hits, Reserved [][3]any }
	if err := json.Unmarshal(out, &results); err != nil {
		t.Fatal(err)
	}
	failed := 0
	for i, s := range searches {
		for j, query := range queries[i] {
			var got search.Result
			for _, h := range results[i][j].Hits {
				got.Hits = append(got.Hits, search.Hit{Index: int(h[0].(float64)), Score: int(h[1].(float64)), By: search.By(h[2].(string))})
			}
			for _, h := range results[i][j].Reserved {
				got.Reserved = append(got.Reserved, search.ReservedHit{Row: int(h[0].(float64)), Word: h[1].(string), Score: int(h[2].(float64))})
			}
			if want := s.Find(query); !cmp.Equal(want, got) {
				t.Errorf("%.300q: in Go %s\nin JavaScript %s", query, describe(s, want, 5), describe(s, got, 5))
				if failed++; failed > 10 {
					t.FailNow()
				}
			}
		}
	}
}
