package terminal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// Answer is the result of a query. At most one of Error, Reserved, Candidates
// and Suggestions is set.
type Answer struct {
	Query string
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
	// Candidates are several errors that the query may mean.
	Candidates []*catalog.Error
	// Suggestions are errors with a code or a name similar to the query.
	Suggestions []*catalog.Error
	// Hint says what the query means if it is not an error. Filter is the flag
	// of errcat list that lists what was meant, if there is one.
	Hint, Filter string
}

// Found reports whether the query has a single answer.
func (a Answer) Found() bool { return a.Error != nil || a.Reserved != nil }

// Finder finds errors of a catalog. It is not safe for concurrent use.
type Finder struct {
	c           *catalog.Catalog
	hasNegative bool // codes that are negative
	// Created on first use.
	loose           []looseWords
	keys, lowerKeys map[string][]*catalog.Error
	// longest is the length of the longest of keys.
	longest int
}

// looseWords are the strings that an error is known by, as returned by loose:
// words, equally good texts, and strings of which a part is enough.
type looseWords struct {
	words, texts, parts []string
}

// NewFinder returns a Finder for a catalog.
func NewFinder(c *catalog.Catalog) *Finder { return &Finder{c: c, hasNegative: hasNegative(c)} }

// hasNegative reports whether a catalog has negative codes, in use or reserved.
func hasNegative(c *catalog.Catalog) bool {
	isNegative := func(code string) bool { return strings.HasPrefix(code, "-") }
	return c.IntegerCodes && (slices.ContainsFunc(c.Errors, func(e *catalog.Error) bool {
		return isNegative(e.Code) || slices.ContainsFunc(e.Aliases, func(a catalog.Alias) bool { return isNegative(a.Code) })
	}) || slices.ContainsFunc(c.Reserved, func(r catalog.Reserved) bool {
		return isNegative(r.Code) || slices.ContainsFunc(r.Codes, func(codes catalog.Range) bool { return isNegative(codes.First) })
	}))
}

// Find returns the error that a query means: by its code, an alias, its name or
// a former one, or its identifier in Go or TypeScript, in any case; by a part
// of one of these, of its title or of its message that is unique; or by a text
// that contains one of these or the message: a log line, the URL of its
// documentation, a response.
func (f *Finder) Find(query string) Answer {
	query = strings.TrimSpace(query)
	a := Answer{Query: query}
	for _, e := range f.c.Errors {
		if isOneOf(query, codesAndNames(e)) {
			return a.with(e)
		}
	}
	if a.Reserved, a.Word = f.reserved(query); a.Reserved != nil {
		return a
	}
	for _, look := range []func(string) []*catalog.Error{f.byIdentifier, f.byWord, f.byText, f.byPart, f.byPartOfMessage, f.inText} {
		switch found := look(query); len(found) {
		case 0:
		case 1:
			return a.with(found[0])
		default:
			a.Candidates = found
			return a
		}
	}
	if a.Reserved, a.Word = f.reserved(f.wordsInCodePlace(decoded(query))...); a.Reserved == nil {
		a.Suggestions = f.suggest(query)
		a.Hint, a.Filter = f.hint(query)
	}
	return a
}

// with returns the answer with an error.
func (a Answer) with(e *catalog.Error) Answer {
	a.Error = e
	q := loose(a.Query)
	if q == loose(e.Code) || q == loose(e.Name) {
		return a
	}
	for _, alias := range e.Aliases {
		if loose(alias.Code) == q {
			a.Alias = alias.Code
		}
	}
	for _, s := range e.Synonyms {
		if loose(s.Name) == q {
			a.Synonym = s.Name
		}
	}
	for _, former := range e.FormerNames {
		if loose(former.Name) == q {
			a.FormerName = former.Name
		}
	}
	return a
}

// codesAndNames returns the codes and names of an error, which are unique in a
// catalog.
func codesAndNames(e *catalog.Error) []string {
	words := make([]string, 0, 8)
	words = append(words, e.Code, e.Name)
	for _, a := range e.Aliases {
		words = append(words, a.Code)
	}
	for _, s := range e.Synonyms {
		words = append(words, s.Name)
	}
	for _, n := range e.FormerNames {
		words = append(words, n.Name)
	}
	return words
}

// identifiers returns the names of an error in generated code.
func identifiers(e *catalog.Error) []string {
	ids := []string{e.GoName, e.TypeScriptName}
	if e.HasStruct() {
		ids = append(ids, e.GoStruct())
	}
	if e.HasConstructor() {
		ids = append(ids, e.GoConstructor())
	}
	add := func(n catalog.FormerName) {
		ids = append(ids, n.GoName, n.TypeScriptName)
		if e.HasStruct() && n.GoName != "" {
			ids = append(ids, n.GoStruct())
		}
		if e.HasConstructor() && n.GoName != "" {
			ids = append(ids, n.GoConstructor())
		}
	}
	for _, s := range e.Synonyms {
		add(catalog.FormerName(s))
	}
	for _, n := range e.FormerNames {
		add(n)
	}
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}

func isOneOf(word string, words []string) bool { return slices.Contains(words, word) }

// reserved returns the reservation of the first reserved word.
func (f *Finder) reserved(words ...string) (r *catalog.Reserved, word string) {
	for _, word := range words {
		for i, r := range f.c.Reserved {
			if word != "" && (word == r.Name || word == r.Code) || slices.ContainsFunc(r.Codes, func(codes catalog.Range) bool { return codes.Contains(word) }) {
				return &f.c.Reserved[i], word
			}
		}
	}
	return nil, ""
}

func (f *Finder) byIdentifier(query string) []*catalog.Error {
	return f.where(func(e *catalog.Error) bool { return isOneOf(query, identifiers(e)) })
}

// where returns the errors for which is returns true.
func (f *Finder) where(is func(*catalog.Error) bool) []*catalog.Error {
	var found []*catalog.Error
	for _, e := range f.c.Errors {
		if is(e) {
			found = append(found, e)
		}
	}
	return found
}

// byWord finds errors by a code, a name or an identifier in any spelling.
func (f *Finder) byWord(query string) []*catalog.Error {
	return f.byLoose(query, func(w looseWords, q string) bool { return isOneOf(q, w.words) })
}

// byText finds errors by their whole title or message.
func (f *Finder) byText(query string) []*catalog.Error {
	return f.byLoose(query, func(w looseWords, q string) bool { return isOneOf(q, w.texts) })
}

// byPart finds errors by a part of a code, a name or the title. The prefixes
// and suffixes of structs and constructors do not count.
func (f *Finder) byPart(query string) []*catalog.Error {
	return f.byLoose(query, func(w looseWords, q string) bool {
		return slices.ContainsFunc(w.parts, func(s string) bool { return strings.Contains(s, q) })
	})
}

func (f *Finder) byPartOfMessage(query string) []*catalog.Error {
	return f.byLoose(query, func(w looseWords, q string) bool { return strings.Contains(w.texts[1], q) })
}

func (f *Finder) byLoose(query string, is func(w looseWords, query string) bool) []*catalog.Error {
	q := loose(query)
	if q == "" {
		return nil
	}
	if f.loose == nil {
		f.loose = make([]looseWords, len(f.c.Errors))
		for i, e := range f.c.Errors {
			f.loose[i] = looseWords{
				words: looseAll(append(codesAndNames(e), identifiers(e)...)),
				texts: looseAll([]string{e.Title, e.Message.Text()}),
				parts: looseAll(append(codesAndNames(e), e.GoName, e.Title)),
			}
		}
	}
	var found []*catalog.Error
	for i, e := range f.c.Errors {
		if is(f.loose[i], q) {
			found = append(found, e)
		}
	}
	return found
}

func looseAll(texts []string) []string {
	for i, s := range texts {
		texts[i] = loose(s)
	}
	return texts
}

// loose returns a text without the differences that people ignore: in
// lowercase, with one space for everything between words.
func loose(s string) string {
	out := make([]byte, 0, len(s))
	space := false
	for _, r := range s {
		if !isWord(r) || r == '_' {
			space = len(out) > 0
			continue
		}
		if space {
			out = append(out, ' ')
			space = false
		}
		out = utf8.AppendRune(out, unicode.ToLower(r))
	}
	return string(out)
}

// most is the maximum number of suggestions.
const most = 5

// suggest returns errors whose code or name is similar to the query.
func (f *Finder) suggest(query string) []*catalog.Error {
	owners := make(map[string]*catalog.Error, 2*len(f.c.Errors))
	var words []string
	for _, e := range f.c.Errors {
		for _, w := range codesAndNames(e) {
			owners[w] = e
			words = append(words, w)
		}
	}
	tries := []string{query, strings.ReplaceAll(loose(query), " ", "_")}
	tries = append(tries, f.wordsInCodePlace(query)...)
	var found []*catalog.Error
	for _, s := range tries {
		for _, w := range diag.Suggest(s, words, most) {
			if e := owners[w]; !slices.Contains(found, e) && len(found) < most {
				found = append(found, e)
			}
		}
	}
	return found
}

// hint explains a query that is not an error: the name of a category, a code in
// the range of a category, or an HTTP status.
func (f *Finder) hint(query string) (text, filter string) {
	for _, c := range f.c.Categories {
		if strings.EqualFold(c.Name, query) {
			return "It is a category:", "--category " + c.Name
		}
	}
	for _, c := range f.c.Categories {
		for _, r := range c.Codes {
			if r.Contains(query) {
				return "It is in the code range of the category " + c.Name + " (" + r.String() + ").", ""
			}
		}
	}
	if status, err := parseStatus(query); err == nil {
		if slices.ContainsFunc(f.c.Errors, func(e *catalog.Error) bool { return status.has(e.HTTPStatus) }) {
			return "It is an HTTP status:", "--status " + query
		}
	}
	return "", ""
}
