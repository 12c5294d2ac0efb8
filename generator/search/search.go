// Package search finds errors by whatever somebody has of them: a code, a name in
// any spelling, a log line, a part of a message, with typing errors.
//
// The page of the target html has the same search in JavaScript,
// templates/html/search.js. Both have the rules of templates/html/search.json, and
// for each query the same errors in the same order with the same scores. All
// arithmetic is on integers.
package search

import (
	"cmp"
	"iter"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
)

// Search is a search over errors. It is not safe for concurrent use.
type Search struct {
	entries      []Entry
	reservations []Reservation
	// textOf yields the parts of the Text of an entry.
	textOf func(i int) iter.Seq[string]

	// signed are the catalogs in which the sign of a number counts.
	signed map[string]bool
	// The keys, and by what their spellings have in common the first and the last one.
	keys       []key
	spellings  map[string]chain
	longestKey int
	// Made when a query needs them.
	messages map[string][]message
	words    []vocabulary
	// The initials of the words of titles and of messages.
	initials [][2]string
	// found is reused by each query.
	found *scores
}

// New returns a search over errors and reserved rows.
func New(entries []Entry, reservations []Reservation) *Search {
	return newSearch(entries, reservations, func(i int) iter.Seq[string] {
		return func(yield func(string) bool) { yield(entries[i].Text) }
	})
}

// Over returns a search over the errors and the reserved rows of catalogs, in their
// order.
func Over(catalogs ...*catalog.Catalog) *Search {
	n := 0
	for _, c := range catalogs {
		n += len(c.Errors)
	}
	errors, entries := make([]*catalog.Error, 0, n), make([]Entry, 0, n)
	var reservations []Reservation
	for _, c := range catalogs {
		errors = append(errors, c.Errors...)
		for _, e := range c.Errors {
			entries = append(entries, newEntry(c, e))
		}
		reservations = append(reservations, Reservations(c)...)
	}
	// Most queries need no texts.
	return newSearch(entries, reservations, func(i int) iter.Seq[string] { return textOf(errors[i]) })
}

func newSearch(entries []Entry, reservations []Reservation, textOf func(i int) iter.Seq[string]) *Search {
	loadRules()
	s := &Search{
		textOf:       textOf,
		entries:      entries,
		reservations: reservations,
		signed:       make(map[string]bool),
		keys:         make([]key, 0, 3*len(entries)),
		spellings:    make(map[string]chain, 3*len(entries)),
	}
	s.findSigned()
	for row, r := range reservations {
		for _, word := range r.Words {
			s.addKey(key{index: -1, row: row, kind: rules.Kinds.Reserved}, word, r.Catalog)
		}
	}
	for i := range entries {
		s.addKeys(i)
	}
	return s
}

// Result is what a query finds, each the best first.
type Result struct {
	Hits     []Hit
	Reserved []ReservedHit
}

// Hit is an entry that a query finds.
type Hit struct {
	// Index is the position of the entry.
	Index int
	Score int
	By    By
}

// ReservedHit is a reservation that a query finds, by a word in it or in its range.
type ReservedHit struct {
	Row   int
	Word  string
	Score int
}

// By says what an entry was found by.
type By string

// What an entry is found by: a code, a name or an identifier in the query; the
// beginning of one that is the query; its message; all words of the query; some of
// them, or words or a code like them.
const (
	ByKey     By = "key"
	ByPrefix  By = "prefix"
	ByMessage By = "message"
	ByWords   By = "words"
	BySimilar By = "similar"
)

// Find returns what a query finds.
func (s *Search) Find(query string) Result {
	text := clean(query)
	atoms := atomsOf(text, rules.Limits.Atoms)
	found := s.newScores()
	s.findKeys(text, atoms, found)
	s.findPrefixes(text, atoms, found)
	strongest := found.strongest()
	// A key says more than a message, and both say more than words.
	if strongest < rules.Keys.Free || found.isProse {
		words := wordsOf(atoms)
		s.indexMessages()
		s.findMessages(words, found)
		isCertain := strongest >= rules.Keys.Strong || len(found.message.touched) > 0
		if !isCertain || found.isProse {
			s.indexWords()
			s.findWords(words, found)
		}
		if strongest == 0 && len(found.prefix.touched)+len(found.message.touched)+len(found.words.touched) == 0 {
			s.findSimilarCodes(text, atoms, found)
		}
	}
	return Result{Hits: found.hits(), Reserved: found.sortedReserved()}
}

// Mentions returns the entries that a line of a log mentions for certain: by a code
// where one is expected, a name, an identifier or the message. It takes no bare number
// for a code.
func (s *Search) Mentions(line string) []Hit {
	text := clean(line)
	atoms := atomsOf(text, rules.Limits.Atoms)
	found := s.newScores()
	s.findKeys(text, atoms, found)
	if found.strongest() < rules.Keys.Free {
		s.indexMessages()
		s.findMessages(wordsOf(atoms), found)
	}
	return slices.DeleteFunc(found.hits(), func(h Hit) bool {
		return found.key.values[h.Index] < rules.Keys.Within && found.message.values[h.Index] == 0
	})
}

// numbers is a list of numbers by entry, of which most are 0.
type numbers struct {
	values  []int
	touched []int
}

func (s *Search) newNumbers() *numbers { return &numbers{values: make([]int, len(s.entries))} }

func (n *numbers) set(i, value int) {
	if n.values[i] == 0 && value != 0 {
		n.touched = append(n.touched, i)
	}
	n.values[i] = value
}

func (n *numbers) raise(i, value int) {
	if value > n.values[i] {
		n.set(i, value)
	}
}

func (n *numbers) clear() {
	for _, i := range n.touched {
		n.values[i] = 0
	}
	n.touched = n.touched[:0]
}

// scores is what a query has found so far: of an entry its keys, the beginnings of
// keys, its message and its words.
type scores struct {
	key, prefix, message, words *numbers
	similar                     map[int]bool
	reserved                    map[int]ReservedHit
	// isProse means that the query has the words of a key and may be about others as
	// well.
	isProse bool
}

// newScores returns empty scores, which the next call empties.
func (s *Search) newScores() *scores {
	if s.found == nil {
		s.found = &scores{
			key: s.newNumbers(), prefix: s.newNumbers(), message: s.newNumbers(), words: s.newNumbers(),
			similar: make(map[int]bool), reserved: make(map[int]ReservedHit),
		}
		return s.found
	}
	for _, n := range []*numbers{s.found.key, s.found.prefix, s.found.message, s.found.words} {
		n.clear()
	}
	clear(s.found.similar)
	clear(s.found.reserved)
	s.found.isProse = false
	return s.found
}

func (s *scores) raiseReserved(row int, word string, score int) {
	if score > s.reserved[row].Score {
		s.reserved[row] = ReservedHit{row, word, score}
	}
}

// strongest returns the score of the best key.
func (s *scores) strongest() int {
	best := 0
	for _, r := range s.reserved {
		best = max(best, r.Score)
	}
	for _, i := range s.key.touched {
		best = max(best, s.key.values[i])
	}
	return best
}

func (s *scores) hits() []Hit {
	var hits []Hit
	seen := make(map[int]bool)
	for _, n := range []*numbers{s.key, s.prefix, s.message, s.words} {
		for _, i := range n.touched {
			if seen[i] {
				continue
			}
			seen[i] = true
			h := Hit{i, s.key.values[i] + s.prefix.values[i] + s.message.values[i] + s.words.values[i], ByWords}
			switch {
			case s.key.values[i] >= rules.Keys.Strong:
				h.By = ByKey
			case s.message.values[i] > 0:
				h.By = ByMessage
			case s.prefix.values[i] > 0:
				h.By = ByPrefix
			case s.similar[i]:
				h.By = BySimilar
			}
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Or(b.Score-a.Score, a.Index-b.Index) })
	return hits
}

func (s *scores) sortedReserved() []ReservedHit {
	var hits []ReservedHit
	for _, r := range s.reserved {
		hits = append(hits, r)
	}
	slices.SortFunc(hits, func(a, b ReservedHit) int { return cmp.Or(b.Score-a.Score, a.Row-b.Row) })
	return hits
}
