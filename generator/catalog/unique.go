package catalog

import (
	"strings"

	"github.com/errcat/errcat/generator/diag"
)

// This file checks that codes and names are unique, and that names have one style.

// use is the purpose that a code or a name serves.
type use string

// The uses.
const (
	useCode       use = "the code"
	useAlias      use = "an alias"
	useName       use = "the name"
	useSynonym    use = "a synonym"
	useFormerName use = "a former name"
)

func (u use) isCode() bool { return u == useCode || u == useAlias }

// claim is the use of a code or a name by an error.
type claim struct {
	use
	owner *Error // nil for a reservation
	pos   diag.Position
}

// String describes the claim, for a note.
func (c claim) String() string {
	if c.owner == nil {
		return "reserved here"
	}
	return "already " + string(c.use) + " of " + c.owner.Name
}

// claims are the uses of each word. There is a second one if an error has the same
// word as a name and as a code.
type claims struct {
	first  map[string]claim
	second map[string]claim
}

// checkUnique reports duplicate and reserved codes and names. They share one
// namespace, so that whatever people look up is a single error.
func (l *loader) checkUnique() {
	taken := claims{make(map[string]claim, 2*len(l.drafts)), make(map[string]claim)}
	for _, r := range l.cat.Reserved {
		if r.Name != "" {
			l.claim(taken, r.Name, claim{useName, nil, r.Pos})
		}
		for _, n := range r.FormerNames {
			l.claim(taken, n.Text, claim{useFormerName, nil, n.Pos})
		}
		if r.Code != "" {
			l.claim(taken, r.Code, claim{useCode, nil, r.Pos})
		}
		for _, a := range r.Aliases {
			l.claim(taken, a.Code, claim{useAlias, nil, a.Pos})
		}
	}
	reserved := newRangeSet(l.reservedRanges)
	for _, d := range l.drafts {
		e := d.Error
		l.checkReservedRanges(reserved, e.Code, e.CodePos)
		l.claim(taken, e.Name, claim{useName, e, e.Pos})
		// If the code is the name, the name has been claimed.
		if d.code != nil {
			l.claim(taken, e.Code, claim{useCode, e, e.CodePos})
		}
		for _, a := range e.Aliases {
			l.checkReservedRanges(reserved, a.Code, a.Pos)
			l.claim(taken, a.Code, claim{useAlias, e, a.Pos})
		}
		for _, s := range e.Synonyms {
			l.claim(taken, s.Name, claim{useSynonym, e, s.Pos})
		}
		for _, f := range e.FormerNames {
			l.claim(taken, f.Name, claim{useFormerName, e, f.Pos})
		}
	}
}

// claim takes a word for a use. A word may be both a name and a code of the same
// error; everything else is a clash.
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
	kind, twice, reserved := "name", diag.RuleDuplicateName, diag.RuleReservedName
	if c.isCode() {
		kind, twice, reserved = "code", diag.RuleDuplicateCode, diag.RuleReservedCode
	}
	var f diag.Finding
	switch {
	case c.owner == nil:
		f = l.Report(twice, c.pos, "remove one of the two", "duplicate reservation of the %s %s", kind, diag.Quote(word))
	case before.owner == nil:
		f = l.Report(reserved, c.pos, "choose another "+kind, "the %s %s is reserved", kind, diag.Quote(word))
	case before.owner == c.owner:
		f = l.Report(twice, c.pos, "remove one of the two", "duplicate %s %s in %s", kind, diag.Quote(word), c.owner.Name)
	case before.isCode() != c.isCode():
		f = l.Report(diag.RuleAmbiguousCode, c.pos, "choose another "+kind, "%s is %s of %s, and also %s of %s", diag.Quote(word), c.use, c.owner.Name, before.use, before.owner.Name)
	default:
		f = l.Report(twice, c.pos, "choose another "+kind, "duplicate %s %s", kind, diag.Quote(word))
	}
	f.Note(before.pos, "%s", before)
}

// checkReservedRanges reports a code in a reserved range.
func (l *loader) checkReservedRanges(reserved rangeSet, code string, pos diag.Position) {
	if len(reserved) == 0 {
		return
	}
	if i, ok := reserved.find(code); ok {
		l.Report(diag.RuleReservedCode, pos, "choose another code", "the code %s is reserved", diag.Quote(code)).
			Note(l.reservedPos[i], "the range %s is reserved here", l.reservedRanges[i])
	}
}

// checkNameStyles warns if names are written in more than one style.
func (l *loader) checkNameStyles() {
	common := ^nameStyle(0)
	for _, d := range l.drafts {
		style := styleOf(d.Name)
		if style == 0 || !isName(d.Name) {
			continue
		}
		if common&style == 0 {
			l.Report(diag.RuleMixedNameStyles, d.Pos, "write all names in one style; former_names: keeps the old name usable", "the name %s is in a different style from those before it", diag.Quote(d.Name)).
				Note(l.drafts[0].Pos, "the first name is here")
			return
		}
		common &= style
	}
}

// nameStyle is a set of styles that a name may be written in.
type nameStyle uint

// The styles. A name of one word fits several.
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
