package search

import (
	"iter"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// Entry is what is searched of an error. Its JSON form is an entry of the search in
// JavaScript. Everything but the code may be empty.
type Entry struct {
	Code        string   `json:"code"`
	Aliases     []string `json:"aliases,omitempty"`
	Name        string   `json:"name,omitempty"`
	Synonyms    []string `json:"synonyms,omitempty"`
	FormerNames []string `json:"formerNames,omitempty"`
	// Identifiers are names in generated code that are not spellings of the Name.
	Identifiers []string `json:"identifiers,omitempty"`
	Title       string   `json:"title,omitempty"`
	// Message has its params in braces.
	Message  string   `json:"message,omitempty"`
	Category string   `json:"category,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	// Status is the HTTP status with its phrase.
	Status string `json:"status,omitempty"`
	// Text is what else is searched.
	Text string `json:"text,omitempty"`
	// Catalog tells entries of several catalogs apart.
	Catalog string `json:"catalog,omitempty"`
}

// Reservation is what is searched of a reserved row.
type Reservation struct {
	Words   []string `json:"words,omitempty"`
	Ranges  []Range  `json:"ranges,omitempty"`
	Catalog string   `json:"catalog,omitempty"`
}

// Range is a range of codes; both ends belong to it. Codes that are strings share
// what is before their last digits.
type Range struct {
	First   string `json:"first"`
	Last    string `json:"last"`
	Integer bool   `json:"integer,omitempty"`
}

// Entries returns what is searched of the errors of a catalog, in their order.
func Entries(c *catalog.Catalog) []Entry {
	entries := make([]Entry, len(c.Errors))
	for i, e := range c.Errors {
		entries[i] = newEntry(c, e)
		entries[i].Text = strings.Join(slices.Collect(textOf(e)), " ")
	}
	return entries
}

// newEntry returns what is searched of an error, but for its Text.
func newEntry(c *catalog.Catalog, e *catalog.Error) Entry {
	entry := Entry{
		Code:        e.Code,
		Aliases:     texts(e.Aliases, func(a catalog.Alias) string { return a.Code }),
		Synonyms:    texts(e.Synonyms, func(s catalog.Synonym) string { return s.Name }),
		FormerNames: texts(e.FormerNames, func(n catalog.FormerName) string { return n.Name }),
		Identifiers: Identifiers(e),
		Title:       prose.Line(e.Title),
		Category:    strings.TrimSpace(e.Category.Name + " " + prose.Line(e.Category.Title)),
		Tags:        e.Tags,
		Catalog:     c.Name,
	}
	if e.Name != e.Code {
		entry.Name = e.Name
	}
	if message := prose.Line(e.Message.Text()); message != entry.Title {
		entry.Message = message
	}
	if !c.NoHTTP {
		entry.Status = catalog.StatusText(e.HTTPStatus)
	}
	return entry
}

// textOf yields the parts of the description and the resolution of an error.
func textOf(e *catalog.Error) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, t := range []prose.Text{e.Description, e.Resolution} {
			for _, block := range t.Plain() {
				if !yield(prose.Line(block.Text)) {
					return
				}
			}
		}
	}
}

// Reservations returns what is searched of the reserved rows of a catalog, in their
// order.
func Reservations(c *catalog.Catalog) []Reservation {
	rows := make([]Reservation, len(c.Reserved))
	for i, r := range c.Reserved {
		rows[i] = Reservation{Words: r.Words(), Catalog: c.Name}
		for _, codes := range r.Codes {
			rows[i].Ranges = append(rows[i].Ranges, Range{codes.First, codes.Last, c.IntegerCodes})
		}
	}
	return rows
}

func texts[T any](items []T, text func(T) string) []string {
	var texts []string
	for _, item := range items {
		texts = append(texts, text(item))
	}
	return texts
}

// Identifiers returns the names of an error in generated code that are not spellings
// of its names.
func Identifiers(e *catalog.Error) []string {
	var ids []string
	add := func(name string, all ...string) {
		for _, id := range all {
			if id != "" && !IsSpelling(id, name) && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	add(e.Name, e.GoName, e.TypeScriptName)
	for _, s := range e.Synonyms {
		add(s.Name, s.GoName, s.TypeScriptName)
	}
	for _, n := range e.FormerNames {
		add(n.Name, n.GoName, n.TypeScriptName)
	}
	return ids
}

// IsSpelling reports whether two codes or names have the same letters and digits.
func IsSpelling(a, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && !isAlphanumeric(a[i]) {
			i++
		}
		for j < len(b) && !isAlphanumeric(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if a[i]|' ' != b[j]|' ' {
			return false
		}
		i++
		j++
	}
}
