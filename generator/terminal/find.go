package terminal

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/search"
)

// Answer is the answer to a query. At most one of Error, Reserved, Candidates and
// Suggestions is set.
type Answer struct {
	Query string
	// Catalog has the error or the reservation.
	Catalog *catalog.Catalog
	// Error is the error that the query means. Alias, Synonym or FormerName is set if
	// the query is one instead of the code or the name.
	Error                      *catalog.Error
	Alias, Synonym, FormerName string
	// IsRule means that the error is a rule of errcat itself, which has no file
	// and no identifiers.
	IsRule bool
	// Reserved is the reservation of Word, a code or a name.
	Reserved *catalog.Reserved
	Word     string
	// Candidates are several errors that the query may mean, the best first.
	Candidates []Entry
	// Suggestions are errors that are only similar to the query, the best first.
	Suggestions []Entry
	// Hint says what else the query means. Filter is the flag of errcat list that
	// lists what was meant, if there is one.
	Hint, Filter string

	// several means that there are several catalogs.
	several bool
}

// Found reports whether the query has a single answer.
func (a Answer) Found() bool { return a.Error != nil || a.Reserved != nil }

// Finder finds errors of catalogs. It is not safe for concurrent use.
type Finder struct {
	catalogs []*catalog.Catalog
	search   *search.Search
	entries  []Entry
	reserved []reservation
}

// reservation is a reserved row of a catalog.
type reservation struct {
	*catalog.Reserved
	catalog *catalog.Catalog
}

// NewFinder returns a Finder for catalogs.
func NewFinder(catalogs ...*catalog.Catalog) *Finder {
	f := &Finder{catalogs: catalogs, search: search.Over(catalogs...)}
	for _, c := range catalogs {
		for _, e := range c.Errors {
			f.entries = append(f.entries, Entry{e, c})
		}
		for i := range c.Reserved {
			f.reserved = append(f.reserved, reservation{&c.Reserved[i], c})
		}
	}
	return f
}

// Find returns the answers to a query: one, or several if a code or a name means
// one error in each of several catalogs.
func (f *Finder) Find(query string) []Answer {
	query = strings.TrimSpace(query)
	result := f.search.Find(query)
	answer := Answer{Query: query, several: len(f.catalogs) > 1}
	if found := f.certain(answer, result); len(found) > 0 {
		return found
	}
	answer.Catalog = f.catalogs[0]
	answer.Hint, answer.Filter = f.hint(query)
	answer.Candidates, answer.Suggestions = f.uncertain(result)
	if answer.Hint == "" && len(answer.Candidates) == 1 {
		return []Answer{answer.with(answer.Candidates[0])}
	}
	return []Answer{answer}
}

// certain returns what is found by a code, a name or a message: one answer, several
// of different catalogs, or one with candidates. It returns nothing if there is none.
func (f *Finder) certain(answer Answer, result search.Result) []Answer {
	var best search.Hit
	if len(result.Hits) > 0 && isCertain(result.Hits[0]) {
		best = result.Hits[0]
	}
	if r := result.Reserved; len(r) > 0 && r[0].Score > best.Score {
		var answers []Answer
		for _, hit := range r {
			if hit.Score == r[0].Score {
				a := answer
				row := f.reserved[hit.Row]
				a.Catalog, a.Reserved, a.Word = row.catalog, row.Reserved, hit.Word
				answers = append(answers, a)
			}
		}
		return answers
	}
	var leaders []Entry
	isTie := true
	catalogs := make(map[*catalog.Catalog]bool)
	for _, hit := range result.Hits {
		// With less than two thirds of the score it is a word in the text by accident.
		if best.Score == 0 || !isCertain(hit) || hit.Score*3 < best.Score*2 {
			break
		}
		e := f.entries[hit.Index]
		leaders = append(leaders, e)
		isTie = isTie && hit.Score == best.Score && !catalogs[e.Catalog]
		catalogs[e.Catalog] = true
	}
	if !isTie {
		answer.Catalog, answer.Candidates = leaders[0].Catalog, leaders
		return []Answer{answer}
	}
	var answers []Answer
	for _, e := range leaders {
		answers = append(answers, answer.with(e))
	}
	return answers
}

func isCertain(h search.Hit) bool { return h.By == search.ByKey || h.By == search.ByMessage }

// uncertain returns what is found by the beginning of a code or name or by words, or
// else what is only similar.
func (f *Finder) uncertain(result search.Result) (candidates, suggestions []Entry) {
	best := 0
	for _, hit := range result.Hits {
		if hit.By == search.BySimilar {
			suggestions = append(suggestions, f.entries[hit.Index])
			continue
		}
		best = max(best, hit.Score)
		// One that is much better than all others is what was meant.
		if len(candidates) != 1 || hit.Score*2 >= best {
			candidates = append(candidates, f.entries[hit.Index])
			continue
		}
		break
	}
	if len(candidates) > 0 {
		return candidates, nil
	}
	return nil, suggestions[:min(len(suggestions), maxSuggestions)]
}

// maxSuggestions is the maximum number of suggestions.
const maxSuggestions = 5

// with returns the answer with an error.
func (a Answer) with(e Entry) Answer {
	a.Catalog, a.Error, a.Candidates = e.Catalog, e.Error, nil
	if search.IsSpelling(a.Query, e.Code) || search.IsSpelling(a.Query, e.Name) {
		return a
	}
	for _, alias := range e.Aliases {
		if search.IsSpelling(a.Query, alias.Code) {
			a.Alias = alias.Code
		}
	}
	for _, s := range e.Synonyms {
		if search.IsSpelling(a.Query, s.Name) {
			a.Synonym = s.Name
		}
	}
	for _, former := range e.FormerNames {
		if search.IsSpelling(a.Query, former.Name) {
			a.FormerName = former.Name
		}
	}
	return a
}

// hint explains a query that is the name of a category, a code in the range of a
// category, or an HTTP status.
func (f *Finder) hint(query string) (text, filter string) {
	for _, c := range f.catalogs {
		for _, category := range c.Categories {
			if strings.EqualFold(category.Name, query) {
				return "It is a category:", "--category " + category.Name
			}
		}
	}
	for _, c := range f.catalogs {
		for _, category := range c.Categories {
			for _, r := range category.Codes {
				if r.Contains(query) {
					return "It is in the code range of the category " + category.Name + " (" + r.String() + ").", ""
				}
			}
		}
	}
	if status, err := parseStatus(query); err == nil {
		if slices.ContainsFunc(f.entries, func(e Entry) bool { return status.has(e.HTTPStatus) }) {
			return "It is an HTTP status:", "--status " + query
		}
	}
	return "", ""
}
