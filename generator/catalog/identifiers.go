package catalog

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/yamldoc"
)

// This file reads the identifiers that a catalog chooses, and checks that those of
// the generated code and the anchors of the documentation are unique.

// language is a language in which errors are constants.
type language struct {
	naming.Language
	withoutHTTP naming.Language // for a catalog without HTTP
	// constant and former are the fields that hold the constants.
	constant func(*Error) *string
	former   func(*FormerName) *string
	// companions returns what an error with params declares beside a constant.
	companions func(e *Error, constant string) []string
	// category returns the constant of a category; it is nil if there is none.
	category func(*Category) string
	// metadata is the type of declared metadata, domain the constant of the domain,
	// sensitive what is declared for sensitive params.
	metadata  string
	domain    string
	sensitive []string
}

var languages = [...]language{
	{
		naming.Go,
		naming.GoWithoutHTTP,
		func(e *Error) *string { return &e.GoName },
		func(f *FormerName) *string { return &f.GoName },
		goCompanions,
		func(c *Category) string { return c.GoName },
		"Metadata",
		"Domain",
		[]string{"Hide", "Sensitive"},
	},
	{
		naming.TypeScript,
		naming.TypeScriptWithoutHTTP,
		func(e *Error) *string { return &e.TypeScriptName },
		func(f *FormerName) *string { return &f.TypeScriptName },
		func(*Error, string) []string { return nil },
		nil,
		"ErrorMetadata",
		"",
		nil,
	},
}

// goCompanions returns the struct of an error with params, and its constructor.
func goCompanions(e *Error, constant string) []string {
	var ids []string
	if e.HasStruct() {
		ids = append(ids, naming.GoStruct(constant))
	}
	if e.HasConstructor() {
		ids = append(ids, naming.GoConstructor(constant))
	}
	return ids
}

// named returns the language as the packages of the catalog have it.
func (l *loader) named(lang language) naming.Language {
	if l.cat.NoHTTP {
		return lang.withoutHTTP
	}
	return lang.Language
}

// identifiers reads the chosen identifiers of an error.
func (l *loader) identifiers(d *draft, n *yamldoc.Node) {
	var keys []string
	for _, lang := range languages {
		keys = append(keys, lang.Key)
	}
	fields, _ := l.Fields(n, "identifiers", keys...)
	for _, f := range fields {
		s, ok := l.StrictText(f.Value, "identifier")
		if !ok {
			continue
		}
		i := slices.Index(keys, f.Name)
		lang := languages[i]
		d.chosen[i] = f.Value
		if l.checkIdentifier(f.Value, l.named(lang)) {
			*lang.constant(d.Error) = s
		} else {
			*lang.constant(d.Error) = "" // It is not compared to others.
		}
	}
}

// checkIdentifier reports an identifier that is invalid or reserved.
func (l *loader) checkIdentifier(n *yamldoc.Node, lang naming.Language) bool {
	switch {
	case !lang.Valid(n.Value) || len(n.Value) > maxName:
		l.Report(diag.RuleInvalidIdentifier, l.At(n), lang.Help, "%s is not %s", diag.Quote(n.Value), lang.Form)
		return false
	case lang.Reserved(n.Value):
		l.Report(diag.RuleInvalidIdentifier, l.At(n), "choose another identifier", "%s is reserved by %s or the generated code", diag.Quote(n.Value), lang.Title)
		return false
	}
	return true
}

// identifierClaim is the use of an identifier in generated code, or of an anchor.
type identifierClaim struct {
	what string // "the error"
	name string // "NOT_FOUND"
	pos  diag.Position
}

func (c identifierClaim) String() string { return c.what + " " + c.name }

// isGiven reports whether no other identifier can be chosen.
func (c identifierClaim) isGiven() bool {
	return c.what == "the section" || c.what == "the key" || c.what == "the sensitive param"
}

// checkIdentifiers reports identifiers and anchors that would be declared twice.
func (l *loader) checkIdentifiers() {
	var taken [len(languages)]map[string]identifierClaim
	var help [len(languages)]string
	sensitive := l.firstSensitive()
	for i, lang := range languages {
		taken[i] = make(map[string]identifierClaim, 2*len(l.drafts))
		help[i] = "add identifiers: {" + lang.Key + ": ...} to one of the two"
		if len(l.metadataFields) > 0 {
			taken[i][lang.metadata] = identifierClaim{"the section", "metadata:", l.metadataPos}
		}
		if l.cat.Domain != "" {
			taken[i][lang.domain] = identifierClaim{"the key", "domain:", l.domainPos}
		}
		if sensitive != nil {
			for _, id := range lang.sensitive {
				taken[i][id] = identifierClaim{"the sensitive param", sensitive.Name + ":", sensitive.Pos}
			}
		}
	}
	anchors := make(map[string]identifierClaim)
	for _, c := range l.cat.Categories {
		claim := identifierClaim{"the category", c.Name, c.Pos}
		for i, lang := range languages {
			if lang.category != nil {
				l.identifier(taken[i], lang, lang.category(c), claim, "rename the category")
			}
		}
		anchors[c.Anchor] = claim
	}
	for _, d := range l.drafts {
		e := d.Error
		l.checkMissingIdentifiers(d)
		for i, lang := range languages {
			claim := identifierClaim{"the error", e.Name, e.Pos}
			if d.chosen[i] != nil {
				claim.pos = l.own(d, d.chosen[i])
			}
			l.identifiersOf(taken[i], lang, e, *lang.constant(e), claim, help[i])
		}
		l.anchor(anchors, e.Code, identifierClaim{"the code", e.Code, e.CodePos})
		for _, a := range e.Aliases {
			l.anchor(anchors, a.Code, identifierClaim{"the alias", a.Code, a.Pos})
		}
		for j, lang := range languages {
			l.otherNames(taken[j], lang, e)
		}
	}
}

// firstSensitive returns the first sensitive param, or nil if there is none.
func (l *loader) firstSensitive() *Param {
	for _, d := range l.drafts {
		for _, p := range d.Params {
			if p.Sensitive {
				return p
			}
		}
	}
	return nil
}

// checkMissingIdentifiers reports an error whose name has no letters or digits for
// an identifier.
func (l *loader) checkMissingIdentifiers(d *draft) {
	if !isName(d.Name) {
		return
	}
	var missing []string
	for i, lang := range languages {
		if *lang.constant(d.Error) == "" && d.chosen[i] == nil {
			missing = append(missing, lang.Key+": "+lang.Constant("underscore"))
		}
	}
	if missing != nil {
		l.Report(diag.RuleMissingIdentifier, d.Pos, "add identifiers: {"+strings.Join(missing, ", ")+"}", "no identifier can be derived from the name %s", diag.Quote(d.Name))
	}
}

// identifiersOf takes what an error declares in a language under its constant.
func (l *loader) identifiersOf(taken map[string]identifierClaim, lang language, e *Error, constant string, c identifierClaim, help string) {
	if !l.identifier(taken, lang, constant, c, help) || constant == "" {
		return
	}
	for _, id := range lang.companions(e, constant) {
		if lang.Reserved(id) {
			l.Report(diag.RuleIdentifierClash, c.pos, "choose another identifier: identifiers: {"+lang.Key+": ...}", "%s would declare %s, which the generated code declares itself", c, id)
			return
		}
		if !l.identifier(taken, lang, id, c, help) {
			return
		}
	}
}

// otherNames takes the identifiers of the synonyms and the former names of an error.
// A name whose identifier is that of the error itself or of an earlier one of these
// names, because the names differ only in style, gets none.
func (l *loader) otherNames(taken map[string]identifierClaim, lang language, e *Error) {
	own := []string{*lang.constant(e)}
	take := func(what string, f *FormerName) {
		constant := lang.former(f)
		if slices.Contains(own, *constant) {
			*constant = ""
			return
		}
		own = append(own, *constant)
		l.identifiersOf(taken, lang, e, *constant, identifierClaim{"the " + what, f.Name, f.Pos}, "remove the "+what+", or add identifiers: to the error that is in its way")
	}
	for i := range e.Synonyms {
		take("synonym", (*FormerName)(&e.Synonyms[i]))
	}
	for i := range e.FormerNames {
		take("former name", &e.FormerNames[i])
	}
}

// identifier takes an identifier, or reports who has it.
func (l *loader) identifier(taken map[string]identifierClaim, lang language, id string, c identifierClaim, help string) bool {
	if id == "" {
		return true
	}
	if before, ok := taken[id]; ok {
		if before.name == c.name && before.what != "the category" {
			return false // The name itself is a duplicate, which has been reported.
		}
		if before.isGiven() {
			switch c.what {
			case "the error":
				help = "choose another identifier: identifiers: {" + lang.Key + ": ...}"
			case "the synonym", "the former name":
				help = "remove " + c.what
			}
		}
		l.Report(diag.RuleIdentifierClash, c.pos, help, "the %s identifier %s would be declared twice, by %s and by %s", lang.Title, id, before, c).Note(before.pos, "%s is here", before)
		return false
	}
	taken[id] = c
	return true
}

// anchor reports a code whose anchor is that of a category. Two codes that are the
// same have been reported already.
func (l *loader) anchor(ofCategories map[string]identifierClaim, id string, c identifierClaim) {
	if before, ok := ofCategories[id]; ok {
		l.Report(diag.RuleAnchorClash, c.pos, "rename the category, or choose another code", "the anchor #%s of the documentation would be defined twice, by %s and by %s", id, before, c).
			Note(before.pos, "%s is here", before)
	}
}
