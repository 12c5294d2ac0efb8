package search

import (
	"encoding/json"
	"fmt"
	"sync"

	"github.com/errcat/errcat/templates"
)

// rules are those of templates/html/search.json. New reads them.
var rules *ruleSet

var loadRules = sync.OnceFunc(func() { rules = readRules() })

// ruleSet is the content of search.json.
type ruleSet struct {
	Limits struct {
		// Query is the number of characters of a query that are looked at, Atoms that of
		// its atoms, Words that of its different words.
		Query, Atoms, Words int
		// Window is the number of atoms of a key.
		Window int
		// ShortMessage is the number of letters from which a message is recognized.
		ShortMessage int
		// VocabularyWord is the number of characters of a word.
		VocabularyWord int
	}
	// Keys are the weights of keys by their place and spelling. Strong is the one from
	// which words do not count, Free the one from which messages do not count either.
	Keys struct {
		Whole, Label, Free, Number, Within, Phrase, Prefix, NamePrefix, Word, Value, Similar, Exact, AnyCase, Strong int
	}
	Kinds     struct{ Code, Alias, Name, Synonym, FormerName, Identifier, Reserved int }
	Message   struct{ Base, Letter, Most int }
	Places    struct{ Code, Name, Synonym, FormerName, Identifier, Title, Brief, Message, Tag, Category, Status, Text int }
	Qualities struct{ Exact, Stem, Joined, Prefix, Initials, OneEdit, TwoEdits int }
	// Edits are the numbers of characters from which a word may have one typing error
	// or two.
	Edits struct{ One, Two int }
	// Initials are the numbers of letters of a word that may be the initials of words,
	// as OOM is of "out of memory".
	Initials struct{ Least, Most int }
	// Coverage is how much of what the words say an entry must have, in percent of the
	// best one.
	Coverage int

	// Labels are words before a code, Affixes those that code generators add to names,
	// NotCodesAfter and NotCodesBefore those around numbers that are no codes.
	Labels, Affixes, NotCodesAfter, NotCodesBefore, StopWords []string
	Suffixes                                                  [][][2]string
	Letters                                                   map[string]string
	// Ignored characters are dropped, Separators are between words, and the scripts of
	// Unspaced have no spaces between words.
	Ignored, Separators, Unspaced [][2]rune

	affixes, notCodesAfter, notCodesBefore, stopWords map[string]bool
	letters                                           map[rune]string
}

func readRules() *ruleSet {
	data, err := templates.FS.ReadFile("html/search.json")
	r := new(ruleSet)
	if err == nil {
		err = json.Unmarshal(data, r)
	}
	if err != nil {
		panic(fmt.Sprintf("search: %v", err)) // it is embedded, and tested
	}
	set := func(words []string) map[string]bool {
		set := make(map[string]bool, len(words))
		for _, w := range words {
			set[w] = true
		}
		return set
	}
	r.affixes, r.stopWords = set(r.Affixes), set(r.StopWords)
	r.notCodesAfter, r.notCodesBefore = set(r.NotCodesAfter), set(r.NotCodesBefore)
	r.letters = make(map[rune]string)
	for from, to := range r.Letters {
		for _, c := range from {
			r.letters[c] = to
		}
	}
	return r
}
