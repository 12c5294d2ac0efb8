package terminal

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errcat/errcat/generator/catalog"
)

// Completion is a word that completes a command line, and what it is about.
type Completion struct{ Word, About string }

// CompletionKind says which words of catalogs complete a value.
type CompletionKind string

// The words of catalogs that complete values: codes and names of errors, with their
// titles; names of categories; tags; owners; HTTP statuses; and KEY=VALUE of metadata.
const (
	CompleteCodes      CompletionKind = "codes"
	CompleteCategories CompletionKind = "categories"
	CompleteTags       CompletionKind = "tags"
	CompleteOwners     CompletionKind = "owners"
	CompleteStatuses   CompletionKind = "statuses"
	CompleteMetadata   CompletionKind = "metadata"
)

// Completions returns the words of catalogs that complete a value, in an order for
// people. IsShellWord says which ones a shell takes as they are.
func Completions(kind CompletionKind, catalogs ...*catalog.Catalog) []Completion {
	var found []Completion
	add := func(word, about string) { found = append(found, Completion{word, about}) }
	sorted := make(map[string]string)
	for _, c := range catalogs {
		switch kind {
		case CompleteCodes:
			for _, e := range c.Errors {
				add(e.Code, e.Title)
			}
			for _, e := range c.Errors {
				add(e.Name, e.Title)
			}
		case CompleteCategories:
			for _, category := range c.Categories {
				add(category.Name, category.Title)
			}
		}
		for _, e := range c.Errors {
			switch {
			case kind == CompleteTags:
				for _, tag := range e.Tags {
					sorted[tag] = ""
				}
			case kind == CompleteOwners && e.Owner != "":
				sorted[e.Owner] = ""
			case kind == CompleteStatuses && !c.NoHTTP:
				sorted[strconv.Itoa(e.HTTPStatus)] = catalog.StatusText(e.HTTPStatus)[len("404"):]
				sorted[strconv.Itoa(e.HTTPStatus/100)+"xx"] = ""
			}
		}
	}
	if kind == CompleteMetadata {
		found = metadataCompletions(catalogs)
	}
	for _, word := range slices.Sorted(maps.Keys(sorted)) {
		add(word, strings.TrimSpace(sorted[word]))
	}
	return found
}

// metadataCompletions returns KEY=VALUE. A key with many values, or with none that a
// shell takes as it is, has only KEY=.
func metadataCompletions(catalogs []*catalog.Catalog) []Completion {
	const most = 50
	var found []Completion
	for _, f := range metadataOf(catalogs) {
		if len(f.values) > most || !slices.ContainsFunc(f.values, IsShellWord) {
			found = append(found, Completion{Word: f.key + "="})
			continue
		}
		for _, v := range f.values {
			found = append(found, Completion{Word: f.key + "=" + v})
		}
	}
	return found
}

// IsShellWord reports whether a string is one word in every shell, and nothing else.
func IsShellWord(s string) bool {
	return s != "" && s[0] != '=' && strings.IndexFunc(s, func(r rune) bool {
		return !(unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-./:@%+=,", r))
	}) < 0
}
