package catalog

import (
	"strings"

	"github.com/errcat/errcat/generator/diag"
)

// This file checks what must be unique in a catalog: codes and names, the
// identifiers and anchors made of them, and that names are of one style.

// use is what a code or a name is used for.
type use string

// The uses.
const (
	useCode       use = "the code"
	useAlias      use = "an alias"
	useName       use = "the name"
	useFormerName use = "a former name"
)

func (u use) isCode() bool { return u == useCode || u == useAlias }

// claim is the use of a code or a name.
type claim struct {
	use
	owner *Error // nil for a reservation
	pos   diag.Position
}

// String says what the claim is, for a note.
func (c claim) String() string {
	if c.owner == nil {
		return "it is reserved here"
	}
	return "it is " + string(c.use) + " of " + c.owner.Name + " here"
}

// claims are the uses of each word: one of them, and a second where an error
// has a word both as a name and as a code.
type claims struct {
	first  map[string]claim
	second map[string]claim
}

// checkUnique reports codes and names that stand twice, or are reserved. Codes
// and names share one space, so that whatever a person looks up is one error.
func (l *loader) checkUnique() {
	taken := claims{make(map[string]claim, 2*len(l.drafts)), make(map[string]claim)}
	for _, r := range l.cat.Reserved {
		switch {
		case r.Name != "":
			l.claim(taken, r.Name, claim{useName, nil, r.Pos})
		case r.Code != "":
			l.claim(taken, r.Code, claim{useCode, nil, r.Pos})
		}
	}
	reserved := newRangeSet(l.reservedRanges)
	for _, d := range l.drafts {
		e := d.Error
		l.checkReservedRanges(reserved, e.Code, e.CodePos)
		l.claim(taken, e.Name, claim{useName, e, e.Pos})
		// A code that is the name by default is claimed as the name.
		if d.code != nil {
			l.claim(taken, e.Code, claim{useCode, e, e.CodePos})
		}
		for _, a := range e.Aliases {
			l.checkReservedRanges(reserved, a.Code, a.Pos)
			l.claim(taken, a.Code, claim{useAlias, e, a.Pos})
		}
		for _, f := range e.FormerNames {
			l.claim(taken, f.Name, claim{useFormerName, e, f.Pos})
		}
	}
}

// claim takes a word for a use. Within one error a word may be both a name and
// a code; everything else is a clash.
func (l *loader) claim(taken claims, word string, c claim) {
	before, ok := taken.first[word]
	if !ok {
		taken.first[word] = c
		return
	}
	if before.owner == c.owner && before.isCode() != c.isCode() {
		second, ok := taken.second[word]
		if !ok {
			taken.second[word] = c
			return
		}
		before = second
	}
	l.clash(word, c, before)
}

// clash reports a word that is used twice.
func (l *loader) clash(word string, c, before claim) {
	kind, twice, reserved := "name", RuleDuplicateName, RuleReservedName
	if c.isCode() {
		kind, twice, reserved = "code", RuleDuplicateCode, RuleReservedCode
	}
	var f finding
	switch {
	case c.owner == nil:
		f = l.report(twice, c.pos, "remove one of the two", "the %s %s is reserved twice", kind, quoted(word))
	case before.owner == nil:
		f = l.report(reserved, c.pos, "choose another "+kind, "the %s %s is reserved", kind, quoted(word))
	case before.owner == c.owner:
		f = l.report(twice, c.pos, "remove one of the two", "the %s %s stands twice in %s", kind, quoted(word), c.owner.Name)
	case before.isCode() != c.isCode():
		f = l.report(RuleAmbiguousCode, c.pos, "choose another "+kind, "%s is %s of %s and %s of %s", quoted(word), c.use, c.owner.Name, before.use, before.owner.Name)
	default:
		f = l.report(twice, c.pos, "choose another "+kind, "the %s %s is used twice", kind, quoted(word))
	}
	f.note(before.pos, "%s", before)
}

// checkReservedRanges reports a code that is in a reserved range.
func (l *loader) checkReservedRanges(reserved rangeSet, code string, pos diag.Position) {
	if len(reserved) == 0 {
		return
	}
	if i, ok := reserved.find(code); ok {
		l.report(RuleReservedCode, pos, "choose another code", "the code %s is reserved", quoted(code)).
			note(l.reservedPos[i], "the range %s is reserved here", l.reservedRanges[i])
	}
}

// checkNameStyles warns where names are written in more than one style.
func (l *loader) checkNameStyles() {
	common := ^nameStyle(0)
	for _, d := range l.drafts {
		style := styleOf(d.Name)
		if style == 0 || !isName(d.Name) {
			continue
		}
		if common&style == 0 {
			l.report(RuleMixedNameStyles, d.Pos, "write all names in one style; former_names: keeps the old name usable", "the name %s is written in another style than those before it", quoted(d.Name)).
				note(l.drafts[0].Pos, "the first name is here")
			return
		}
		common &= style
	}
}

// nameStyle is a set of styles that a name may be written in.
type nameStyle uint

// The styles. A name without a second word may be of several.
const (
	upperSnake  nameStyle = 1 << iota // NOT_FOUND
	lowerSnake                        // not_found
	joined                            // Not_found, _0_not_found
	kebab                             // not-found
	camel                             // notFound, NotFound
	upperDotted                       // STORE_ERROR.NOT_FOUND
	lowerDotted                       // store_error.not_found
	camelDotted                       // Store.NotFound
)

func styleOf(name string) nameStyle {
	upper, lower := strings.ContainsFunc(name, isUpperRune), strings.ContainsFunc(name, isLowerRune)
	underscore, dash, dot := strings.Contains(name, "_"), strings.Contains(name, "-"), strings.Contains(name, ".")
	var style nameStyle
	for _, s := range []struct {
		style nameStyle
		fits  bool
	}{
		{upperSnake, !lower && !dash && !dot},
		{lowerSnake, !upper && !dash && !dot},
		{joined, underscore && (upper || name[0] == '_') && !dash && !dot},
		{kebab, !(upper && lower) && !underscore && !dot},
		{camel, !underscore && !dash && !dot},
		{upperDotted, !lower && !dash},
		{lowerDotted, !upper && !dash},
		{camelDotted, !underscore && !dash},
	} {
		if s.fits {
			style |= s.style
		}
	}
	return style
}

func isUpperRune(r rune) bool { return 'A' <= r && r <= 'Z' }
func isLowerRune(r rune) bool { return 'a' <= r && r <= 'z' }

// identifierClaim is the use of an identifier in generated code, or of an
// anchor.
type identifierClaim struct {
	what  string // "the error"
	name  string // "NOT_FOUND"
	owner any    // a *Category or an *Error
	pos   diag.Position
}

func (c identifierClaim) String() string { return c.what + " " + c.name }

// checkIdentifiers reports identifiers and anchors that would be made twice.
func (l *loader) checkIdentifiers() {
	goNames := make(map[string]identifierClaim, 2*len(l.drafts))
	tsNames := make(map[string]identifierClaim, len(l.drafts))
	anchors := make(map[string]identifierClaim)
	for _, c := range l.cat.Categories {
		claim := identifierClaim{"the category", c.Name, c, c.Pos}
		l.identifier(goNames, c.GoName, claim, "Go identifier", "rename the category")
		anchors[c.Anchor] = claim
	}
	for _, d := range l.drafts {
		e := d.Error
		if isName(e.Name) && (e.GoName == "" && d.goNode == nil || e.TypeScriptName == "" && d.tsNode == nil) {
			l.report(RuleMissingIdentifier, e.Pos, "add identifiers: {go: Underscore, typescript: UNDERSCORE}", "no identifier can be made of the name %s", quoted(e.Name))
		}
		c := identifierClaim{"the error", e.Name, e, e.Pos}
		inGo, inTS := c, c
		if d.goNode != nil {
			inGo.pos = l.own(d, d.goNode)
		}
		if d.tsNode != nil {
			inTS.pos = l.own(d, d.tsNode)
		}
		l.goIdentifiers(goNames, e, e.GoName, inGo, "add identifiers: {go: ...} to one of the two")
		l.identifier(tsNames, e.TypeScriptName, inTS, "TypeScript identifier", "add identifiers: {typescript: ...} to one of the two")
		l.anchor(anchors, e.Code, identifierClaim{"the code", e.Code, e, e.CodePos})
		for _, a := range e.Aliases {
			l.anchor(anchors, a.Code, identifierClaim{"the alias", a.Code, e, a.Pos})
		}
		for i := range e.FormerNames {
			l.formerName(goNames, tsNames, e, i)
		}
	}
}

// goIdentifiers takes the Go identifiers of an error: the constant, and the
// struct with its constructor where it has them.
func (l *loader) goIdentifiers(taken map[string]identifierClaim, e *Error, constant string, c identifierClaim, help string) {
	if !l.identifier(taken, constant, c, "Go identifier", help) || constant == "" || !e.HasStruct() {
		return
	}
	f := FormerName{GoName: constant}
	for _, id := range []string{f.GoStruct(), f.GoConstructor()} {
		if goReserved[id] {
			l.report(RuleIdentifierClash, c.pos, "choose another Go identifier: identifiers: {go: ...}", "%s would declare %s, which the generated code declares itself", c, id)
			return
		}
		if !l.identifier(taken, id, c, "Go identifier", help) {
			return
		}
	}
}

// formerName takes the identifiers of a former name. Where they are those of
// the error itself or of a former name before it, as for a name that changed
// its style alone, there is nothing to keep.
func (l *loader) formerName(goNames, tsNames map[string]identifierClaim, e *Error, i int) {
	f := &e.FormerNames[i]
	c := identifierClaim{"the former name", f.Name, e, f.Pos}
	const help = "remove the former name, or add identifiers: to the error that is in its way"
	keepGo, keepTS := f.GoName != e.GoName, f.TypeScriptName != e.TypeScriptName
	for _, before := range e.FormerNames[:i] {
		keepGo = keepGo && f.GoName != before.GoName
		keepTS = keepTS && f.TypeScriptName != before.TypeScriptName
	}
	if keepGo {
		l.goIdentifiers(goNames, e, f.GoName, c, help)
	} else {
		f.GoName = ""
	}
	if keepTS {
		l.identifier(tsNames, f.TypeScriptName, c, "TypeScript identifier", help)
	} else {
		f.TypeScriptName = ""
	}
}

// identifier takes an identifier, or reports who has it.
func (l *loader) identifier(taken map[string]identifierClaim, id string, c identifierClaim, kind, help string) bool {
	if id == "" {
		return true
	}
	if before, ok := taken[id]; ok {
		if before.name == c.name && before.what != "the category" {
			return false // That the name itself is there twice is reported already.
		}
		l.report(RuleIdentifierClash, c.pos, help, "the %s %s would be declared twice, by %s and by %s", kind, id, before, c).note(before.pos, "%s is here", before)
		return false
	}
	taken[id] = c
	return true
}

// anchor reports a code whose anchor is that of a category. Two codes that are
// the same are reported as that.
func (l *loader) anchor(ofCategories map[string]identifierClaim, id string, c identifierClaim) {
	if before, ok := ofCategories[id]; ok {
		l.report(RuleAnchorClash, c.pos, "rename the category, or choose another code", "the anchor #%s of the documentation would stand twice, for %s and for %s", id, before, c).
			note(before.pos, "%s is here", before)
	}
}
