package edit

import (
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// Other is a catalog of another place, such as the same one on another branch, whose
// codes and names are not free.
type Other struct {
	// Where is what messages call the place.
	Where   string
	Catalog *catalog.Catalog
}

// words are the codes and names of catalogs, each with what it is, such as "the code
// of NOT_FOUND". They share one namespace.
type words struct {
	use map[string]string
	// codes are the codes of errors, without aliases.
	codes []string
	// reserved are the reserved ranges, reasons what each is.
	reserved []catalog.Range
	reasons  []string
}

// wordsOf returns the words of a catalog, and of others.
func wordsOf(c *catalog.Catalog, others []Other) *words {
	w := &words{use: make(map[string]string)}
	w.add(c, "")
	for _, o := range others {
		w.add(o.Catalog, " in "+o.Where)
	}
	return w
}

// add adds the words of a catalog. What is said about a word first stays.
func (w *words) add(c *catalog.Catalog, where string) {
	take := func(word, use string) {
		if word != "" && w.use[word] == "" {
			w.use[word] = use + where
		}
	}
	for _, e := range c.Errors {
		state := ""
		if e.Retired != nil {
			state = ", which is retired"
		}
		take(e.Name, "the name of an error"+state)
		take(e.Code, "the code of "+e.Name+state)
		w.codes = append(w.codes, e.Code)
		for _, a := range e.Aliases {
			take(a.Code, "an alias of "+e.Name)
		}
		for _, s := range e.Synonyms {
			take(s.Name, "a synonym of "+e.Name)
		}
		for _, f := range e.FormerNames {
			take(f.Name, "a former name of "+e.Name)
		}
	}
	for _, r := range c.Reserved {
		reason := ""
		if text := strings.Join(strings.Fields(r.Reason.Source()), " "); text != "" {
			reason = " (" + text + ")"
		}
		for _, word := range r.Words() {
			take(word, "reserved"+reason)
		}
		for _, codes := range r.Codes {
			w.reserved = append(w.reserved, codes)
			w.reasons = append(w.reasons, fmt.Sprintf("in the reserved range %s%s%s", codes, reason, where))
		}
	}
}

// useOf says what a word is, an empty string if it is free.
func (w *words) useOf(word string) string {
	if use := w.use[word]; use != "" {
		return use
	}
	for i, r := range w.reserved {
		if r.Contains(word) {
			return w.reasons[i]
		}
	}
	return ""
}

// Find returns the error that a word names: by its NAME, its code or an alias.
func Find(c *catalog.Catalog, word string) (*catalog.Error, error) {
	word = strings.TrimSpace(word)
	var names []string
	for _, e := range c.Errors {
		if e.Name == word {
			return e, nil
		}
		names = append(names, e.Name)
	}
	for _, e := range c.Errors {
		if e.Code == word {
			return e, nil
		}
		for _, a := range e.Aliases {
			if a.Code == word {
				return e, nil
			}
		}
	}
	shown := diag.Quote(word)
	if use := wordsOf(c, nil).useOf(word); use != "" {
		return nil, fmt.Errorf("%s is %s; name an error by its NAME, its code or an alias", shown, use)
	}
	if near := diag.Nearest(word, names); near != "" {
		return nil, fmt.Errorf("no error %s; did you mean %s?", shown, near)
	}
	return nil, fmt.Errorf("no error %s in the catalog", shown)
}

// IsKnown reports whether a catalog of another place has an error, by its code, an
// alias or a name, or reserves one of these.
func IsKnown(e *catalog.Error, others []Other) bool {
	known := wordsOf(new(catalog.Catalog), others)
	row := rowOf(e, "")
	for _, word := range append(append([]string{row.Code, row.Name}, row.Aliases...), row.FormerNames...) {
		if known.useOf(word) != "" {
			return true
		}
	}
	return false
}
