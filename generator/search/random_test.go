package search_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/search"
)

// hostile are queries that programs find difficult.
var hostile = []string{
	"", " ", ".", "-", "--1", "-0", "_", "#", "[", "]", "(", "%", "%4", "%zz", "~2F", "a~2F", "%00", "%7f", "[31m", "\x1b[31m", "\x1b[", "[1;2;3m", `\n1001\t`, "{", "}", "{a}", "{{", "${x}",
	"constructor", "__proto__", "toString", "hasOwnProperty", "(a+)+$", ".*", "[^]", "\\", "\x00", "\x7f", "\ufffd", "\ufeff", "\u202e1001", "\u200d", "\u2028",
	"é", "e\u0301", "É", "ß", "ẞ", "İ", "ı", "ΑΣ", "ας", "ﬁle", "Å", "½", "①", "２００１", "𝟙𝟘𝟘𝟙", "𝒜", "Ǆ", "가", "가나 다", "ガ", "ガ", "カ\u3099", "日", "日本", "日本語のエラー2001です", "𠮷野家", "ไม่พบ", "ខ្មែរ",
	"שָׁלוֹם", "مَرْحَبًا", "١٢٣", "नहीं मिला", "😀", "👨‍👩‍👧", "1️⃣", "€5", "10€", "™", "Ω", "K", "Z\u0351\u0352a\u0353\u0354lgo",
	"<script>", "' OR 1=1 --", "$(touch x)", "2001\n2002\n2003", "2001\u00a02002", "2001—2002", "a.b.c.d.e.f.g.h.i.j.k.l.m.n", "1.1.1.1", "10:01", "1001-1002", "0x1001", "1e3", "1001e", "+1001", "1,001",
	"-9007199254740993", "9007199254740993", "99999999999999999999", "code=-15", "code=9042 code=TEST150",
}

// randomQueries returns queries about entries: their texts and parts of them, joined,
// changed, and mixed with difficult ones.
func randomQueries(r *rand.Rand, entries []search.Entry, n int) []string {
	pick := func(words []string) string { return words[r.IntN(len(words))] }
	var texts []string
	for _, e := range entries {
		texts = append(texts, e.Code, e.Name, e.Title, e.Message, e.Text, e.Category, e.Status)
		texts = append(texts, slices.Concat(e.Aliases, e.Synonyms, e.FormerNames, e.Identifiers, e.Tags)...)
	}
	texts = slices.DeleteFunc(texts, func(s string) bool { return s == "" })
	joints := []string{" ", "", "_", "-", ".", ":", "/", ": ", "=", `":"`, " (", "[", "] ", "\n", ", ", "#", "error ", " code=", "took=", "E", "Err", "Error", " ms"}
	queries := slices.Clone(hostile)
	for len(queries) < n {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			s := pick(texts)
			if r.IntN(3) == 0 {
				s = pick(strings.Fields(s + " x"))
			}
			switch r.IntN(12) {
			case 0:
				s = strings.ToUpper(s)
			case 1:
				s = strings.ToLower(s)
			case 2:
				s = pascal(s)
			case 3:
				s = pick(hostile)
			case 4, 5, 6: // a typing error
				all := []rune(s)
				i := r.IntN(len(all))
				switch r.IntN(4) {
				case 0:
					all = slices.Delete(all, i, i+1)
				case 1:
					all = slices.Insert(all, i, rune('a'+r.IntN(26)))
				case 2:
					all[i] = rune(0x20 + r.IntN(0x2000))
				default:
					if i > 0 {
						all[i-1], all[i] = all[i], all[i-1]
					}
				}
				s = string(all)
			case 7:
				all := []rune(s)
				s = string(all[:r.IntN(len(all)+1)])
			}
			b.WriteString(s + pick(joints))
		}
		query := b.String()
		if r.IntN(2) == 0 {
			query = strings.TrimSpace(query)
		}
		queries = append(queries, query)
	}
	return queries
}

// pascal returns the words of a text as one identifier.
func pascal(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return c == ' ' || c == '_' })
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

// TestRandomQueries compares the searches in Go and in JavaScript.
func TestRandomQueries(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	searches := []searched{
		newSearch(load.File(t, filepath.Join("testdata", "catalog.yaml"))),
		newSearch(load.File(t, filepath.Join("..", "..", "catalog.yaml"))),
		newSearch(load.Source(t, catalogtest.YAML(500))),
		newSearch(),
	}
	var systems []searched
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "systems", "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		systems = append(systems, newSearch(load.File(t, path)))
	}
	all := newSearch(load.File(t, paths[0]), load.File(t, filepath.Join("..", "testdata", "systems", "json_rpc.yaml")), load.File(t, filepath.Join("..", "testdata", "systems", "errno.yaml")))
	searches = append(append(searches, systems...), all)
	for range 20 {
		choices := make([]byte, 200)
		for i := range choices {
			choices[i] = byte(r.IntN(256))
		}
		searches = append(searches, newSearch(load.Source(t, catalogtest.Random(choices))))
	}
	var queries [][]string
	for _, s := range searches {
		entries := s.entries
		if len(entries) == 0 {
			entries = systems[0].entries
		}
		queries = append(queries, randomQueries(r, entries, len(hostile)+150))
	}
	compareAll(t, searches, queries)
}

// FuzzFind searches a random catalog for anything, and for what the catalog has.
func FuzzFind(f *testing.F) {
	for i, s := range hostile {
		f.Add([]byte(s+strings.Repeat("\x01\x02\x05\x07", i)), s)
	}
	f.Fuzz(func(t *testing.T, choices []byte, query string) {
		query = catalogtest.Pieces(query)
		c := load.Source(t, catalogtest.Random(choices))
		s := newSearch(c)
		checkResult(t, s, query)
		for i, e := range s.entries[:min(len(s.entries), 5)] {
			for _, code := range append([]string{e.Code}, e.Aliases...) {
				// The last one has no name of another error: "Code: failed" is the error FAILED.
				for _, q := range []string{code, "failed with code=" + code + ", sorry", code + ": went wrong"} {
					if r := checkResult(t, s, q); len(r.Hits) == 0 || r.Hits[0].Index != i {
						t.Errorf("%q finds %s, not %s", q, describe(s, r, 5), e.Code)
					}
				}
			}
			if r := checkResult(t, s, e.Name); e.Name != "" && (len(r.Hits) == 0 || r.Hits[0].Index != i) {
				t.Errorf("%q finds %s, not %s", e.Name, describe(s, r, 5), e.Code)
			}
		}
	})
}

// checkResult searches twice, once with another search, and checks that the results
// are in order.
func checkResult(t *testing.T, s searched, query string) search.Result {
	t.Helper()
	r := s.Find(query)
	again := search.New(s.entries, s.reservations).Find(query)
	if fmt.Sprint(r) != fmt.Sprint(again) {
		t.Errorf("%q finds %s and then %s", query, describe(s, r, 5), describe(s, again, 5))
	}
	seen := make(map[int]bool)
	for i, h := range r.Hits {
		if h.Index < 0 || h.Index >= len(s.entries) || seen[h.Index] || h.Score <= 0 {
			t.Errorf("%q: the hit %d is %v", query, i, h)
		}
		seen[h.Index] = true
		if i > 0 && (h.Score > r.Hits[i-1].Score || h.Score == r.Hits[i-1].Score && h.Index < r.Hits[i-1].Index) {
			t.Errorf("%q: the hit %d is out of order", query, i)
		}
	}
	for _, h := range r.Reserved {
		if h.Row < 0 || h.Row >= len(s.reservations) || h.Score <= 0 || h.Word == "" {
			t.Errorf("%q: the reservation is %v", query, h)
		}
	}
	return r
}
