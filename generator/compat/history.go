package compat

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// A History follows the errors through the versions of a catalog, and finds what their
// codes and names have ever meant. Entries that do not change from one version to
// another are read once.
type History struct {
	entries entries
	// count is the number of versions, label names the one that is being added.
	count int
	label string
	// alive are the errors of the last version, all are all that ever were.
	alive map[*catalog.Error]*lineage
	order []*catalog.Error
	all   []*lineage
}

// lineage is an error through the versions.
type lineage struct {
	// last is the error in the last version that had it.
	last *catalog.Error
	// into is the error that it was merged into, nil if it was not.
	into *lineage
	uses []*use
	// until is the version that no longer has the error, empty while there is one.
	until string
	texts []text
}

// use is a code or a name of an error.
type use struct {
	word   string
	isName bool
	// since is the first version with it, until the one that no longer has it.
	since, until string
	owner        *lineage
}

// text is what an error said from a version on.
type text struct {
	since          string
	title, message string
	words          []string
}

// root returns the error that a lineage is a part of.
func (l *lineage) root() *lineage {
	for l.into != nil {
		l = l.into
	}
	return l
}

// NewHistory returns a history without versions.
func NewHistory() *History {
	return &History{entries: entries{known: make(map[digest][]*catalog.Error)}}
}

// Add adds the next version of a catalog: its text, which is empty if there was no
// catalog, and the label that findings call it by. It returns false if the text cannot
// be read; then the version is passed over.
func (h *History) Add(label string, data []byte) bool {
	var list []*catalog.Error
	if data != nil {
		var ok bool
		if list, ok = h.entries.read(data); !ok {
			return false
		}
	}
	h.add(label, list)
	return true
}

// Parsed returns how many entries were read so far.
func (h *History) Parsed() int { return h.entries.parsed }

// Versions returns how many versions were added.
func (h *History) Versions() int { return h.count }

// add adds a version.
func (h *History) add(label string, list []*catalog.Error) {
	h.count++
	h.label = label
	now := make(map[*catalog.Error]*lineage, len(list))
	var added []*catalog.Error
	for _, e := range list {
		if l := h.alive[e]; l != nil {
			now[e] = l
		} else {
			added = append(added, e)
		}
	}
	var gone []*catalog.Error
	for _, e := range h.order {
		if now[e] == nil {
			gone = append(gone, e)
		}
	}
	if len(added) > 0 {
		added = h.join(now, added, gone, func(e *catalog.Error) *lineage { return h.alive[e] })
	}
	if len(added) > 0 {
		// One that was gone may have come back.
		before := make(map[*catalog.Error]*lineage)
		var lost []*catalog.Error
		for _, l := range slices.Backward(h.all) {
			if l.until != "" && l.into == nil {
				before[l.last] = l
				lost = append(lost, l.last)
			}
		}
		added = h.join(now, added, lost, func(e *catalog.Error) *lineage { return before[e] })
	}
	for _, e := range added {
		l := new(lineage)
		h.all = append(h.all, l)
		now[e] = l
		h.update(l, e)
	}
	continued := make(map[*lineage]bool, len(now))
	for _, l := range now {
		continued[l] = true
	}
	for _, e := range gone {
		if l := h.alive[e]; !continued[l] {
			h.end(l)
		}
	}
	h.alive, h.order = now, list
}

// join finds the errors that continue earlier ones, and returns the rest.
func (h *History) join(now map[*catalog.Error]*lineage, added, before []*catalog.Error, of func(*catalog.Error) *lineage) []*catalog.Error {
	d := newDiff(&catalog.Catalog{Errors: before}, &catalog.Catalog{Errors: added})
	rest := slices.DeleteFunc(slices.Clone(added), func(e *catalog.Error) bool { return d.taken[e] != nil })
	for _, e := range added {
		if old := d.taken[e]; old != nil {
			now[e] = of(old)
			h.update(now[e], e)
		}
	}
	for _, old := range before {
		if e := d.matches[old]; e != nil && now[e] != nil && now[e] != of(old) {
			of(old).into = now[e]
		}
	}
	return rest
}

// update says what an error is from this version on.
func (h *History) update(l *lineage, e *catalog.Error) {
	l.last, l.until = e, ""
	used := make(map[*use]bool)
	for _, kind := range []struct {
		isName bool
		words  []string
	}{{false, e.Codes()}, {true, e.Names()}} {
		for _, word := range kind.words {
			at := slices.IndexFunc(l.uses, func(u *use) bool { return u.isName == kind.isName && u.word == word })
			if at < 0 {
				at = len(l.uses)
				l.uses = append(l.uses, &use{word: word, isName: kind.isName, since: h.label, owner: l})
			}
			l.uses[at].until = ""
			used[l.uses[at]] = true
		}
	}
	for _, u := range l.uses {
		if !used[u] && u.until == "" {
			u.until = h.label
		}
	}
	t := text{since: h.label}
	if !e.DefaultTitle {
		t.title = e.Title
	}
	if !e.DefaultMessage {
		t.message = e.Message.Template()
	}
	if n := len(l.texts); n == 0 || l.texts[n-1].title != t.title || l.texts[n-1].message != t.message {
		t.words = wordsIn(t.title + " " + t.message)
		l.texts = append(l.texts, t)
	}
}

// end says that this version does not have an error.
func (h *History) end(l *lineage) {
	l.until = h.label
	for _, u := range l.uses {
		if u.until == "" {
			u.until = h.label
		}
	}
}

// wordsIn returns the words of a text by which it can be recognised: the longer ones.
func wordsIn(s string) []string {
	var words []string
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len([]rune(word)) > 3 {
			words = append(words, word)
		}
	}
	return words
}

// isLike reports whether two texts have a word in common.
func isLike(a, b text) bool {
	return slices.ContainsFunc(a.words, func(word string) bool { return slices.Contains(b.words, word) })
}

// currentVersion is the label of the current version.
const currentVersion = "the current version"

// past is a history up to the current version.
type past struct {
	*History
	current *catalog.Catalog
	// now are the errors of the current version.
	now      map[*lineage]*catalog.Error
	reserved map[string]bool
	changes  []Change
}

// until returns the history up to a current version, which is the last one.
func (h *History) until(current *catalog.Catalog) *past {
	h.add(currentVersion, current.Errors)
	p := &past{History: h, current: current, now: make(map[*lineage]*catalog.Error), reserved: reservedWords(current)}
	for _, e := range current.Errors {
		p.now[h.alive[e]] = e
	}
	return p
}

// isReserved reports whether the current version reserves a code or a name.
func (p *past) isReserved(u *use) bool {
	return p.reserved[u.word] || !u.isName && inRange(p.current, u.word)
}

// Changes ends the history with the current version of the catalog, and returns what
// that makes of earlier ones: codes and names that were another error's, in the order
// of the current version, texts of which no word is left, and, in the order of the
// history, codes that are gone and not reserved. Current must have been read in full.
func (h *History) Changes(current *catalog.Catalog) []Change {
	p := h.until(current)
	former := make(map[use][]*use)
	for _, l := range h.all {
		for _, u := range l.uses {
			key := use{word: u.word, isName: u.isName}
			former[key] = append(former[key], u)
		}
	}
	for _, e := range current.Errors {
		own := h.alive[e]
		for _, kind := range []struct {
			isName bool
			words  []string
		}{{false, e.Codes()}, {true, e.Names()}} {
			for _, word := range kind.words {
				var since *use
				var others []*use
				for _, u := range former[use{word: word, isName: kind.isName}] {
					if u.owner.root() == own {
						if since == nil {
							since = u
						}
						continue
					}
					others = append(others, u)
				}
				for _, u := range others {
					p.reused(u, since, e)
				}
			}
		}
		p.texts(own, e)
	}
	used := make(map[string]bool)
	for _, e := range current.Errors {
		for _, code := range e.Codes() {
			used[code] = true
		}
	}
	for _, l := range h.all {
		p.gone(l, used)
	}
	return p.changes
}

// change adds a change that is about an error of the current version.
func (p *past) change(rule diag.Rule, breaks Breaks, from, to string, e, old *catalog.Error, help, format string, args ...any) {
	c := Change{Diagnostic: diag.New(rule, diag.Position{File: fileOf(p.current)}, help, format, args...), Breaks: breaks, From: from, To: to, Error: e, Old: old}
	if e != nil {
		c.Pos = e.Pos
	}
	p.changes = append(p.changes, c)
}

// reused reports a code or a name of an error that was another one's. Since is the
// use by the error itself.
func (p *past) reused(u, since *use, e *catalog.Error) {
	old := u.owner.last
	from := u.since
	if u.until != "" {
		from += " until " + u.until
	}
	if u.isName {
		breaks := Go | TypeScript
		if p.current.IsTypedByName() || p.current.GRPC {
			breaks |= Wire
		}
		p.change(diag.RuleNameReused, breaks, u.word, u.word, e, old,
			"choose another name: code with this name compiles, and means another error",
			"the name %s meant %s from %s, and means %s since %s", u.word, p.nameOf(u), from, label(e.Name, e.Code), since.since)
		return
	}
	p.change(diag.RuleCodeReused, Wire|Links, u.word, u.word, e, old,
		fmt.Sprintf("give %s a code that was never used, and add %s to reserved, so that no error gets it; if it is the same error with another name, add former_names: [%s]", e.Name, u.word, old.Name),
		"the code %s meant %s from %s, and means %s since %s", u.word, p.nameOf(u), from, e.Name, since.since)
}

// nameOf returns what the user of a word is called: of a name, with its code.
func (p *past) nameOf(u *use) string {
	if u.isName {
		return label(u.owner.last.Name, u.owner.last.Code)
	}
	return u.owner.last.Name
}

// label names an error by its name and its code.
func label(name, code string) string {
	if name == code {
		return name
	}
	return name + " (" + code + ")"
}

// texts reports a change after which no word of the text was left. One that was taken
// back is none.
func (p *past) texts(l *lineage, e *catalog.Error) {
	last := l.texts[len(l.texts)-1]
	for i := len(l.texts) - 1; i > 0; i-- {
		before, after := l.texts[i-1], l.texts[i]
		isShort := min(len(before.words), len(after.words)) < 2 // too short to tell
		if isShort || isLike(before, after) || slices.ContainsFunc(l.texts[:i], func(t text) bool { return isLike(t, last) }) {
			continue
		}
		rule, what, from, to := diag.RuleMessageChanged, "message", before.message, after.message
		if from == "" || to == "" || from == to {
			rule, what, from, to = diag.RuleTitleChanged, "title", before.title, after.title
		}
		if from == "" || to == "" {
			continue
		}
		p.change(rule, 0, from, to, e, e, "if it means something else, give it a code and a name that were never used, and retire the old error",
			"the code %s may mean something else since %s: the %s of %s was %s, and became %s", e.Code, after.since, what, e.Name, diag.Quote(from), diag.Quote(to))
		return
	}
}

// gone reports codes that an error had, and that are neither used nor reserved.
func (p *past) gone(l *lineage, used map[string]bool) {
	var left []*use
	for _, u := range l.uses {
		if !u.isName && !used[u.word] && !p.isReserved(u) {
			left = append(left, u)
		}
	}
	e := p.now[l.root()]
	for _, u := range left {
		const help = "errcat reserve --history reserves it, so that no other error gets it"
		old := l.last
		switch breaks := breaksOf(old); {
		case e != nil:
			p.change(diag.RuleCodeChanged, breaks&^(Go|TypeScript), u.word, e.Code, e, old, "add it to aliases of "+e.Name+", so that clients still know it; else "+help,
				"the code %s meant %s from %s until %s, and is not reserved", u.word, e.Name, u.since, u.until)
		case u.word == old.Code:
			p.change(diag.RuleErrorRemoved, breaks, u.word, u.word, nil, old, help,
				"the error %s was removed in %s, and its code is not reserved", label(old.Name, old.Code), l.until)
		default:
			p.change(diag.RuleAliasRemoved, breaks&^(Go|TypeScript), u.word, u.word, nil, old, help,
				"the code %s meant the removed error %s from %s until %s, and is not reserved", u.word, label(old.Name, old.Code), u.since, u.until)
		}
	}
}

// breaksOf returns whom the removal of an error breaks.
func breaksOf(e *catalog.Error) Breaks {
	if e.Audience == catalog.Internal {
		return Go | Links
	}
	return Go | Links | Wire | TypeScript
}

// A Former is what a history used for an error, and what is neither used nor reserved
// in the current version.
type Former struct {
	// Code, Aliases, Name and FormerNames are those of the error; each may be missing.
	Code        string
	Aliases     []string
	Name        string
	FormerNames []string
	// Error is what the error was called last, or is called now.
	Error string
	// Until is the label of the version that no longer had it, empty for the current
	// one; IsRemoved means that no error continues it.
	Until     string
	IsRemoved bool
}

// Unreserved ends the history with the current version of the catalog, and returns
// what should be reserved, in the order of the history.
func (h *History) Unreserved(current *catalog.Catalog) []Former {
	p := h.until(current)
	taken := make(map[string]bool)
	for _, e := range current.Errors {
		for _, word := range slices.Concat(e.Codes(), e.Names()) {
			taken[word] = true
		}
	}
	var list []Former
	for _, l := range h.all {
		e := p.now[l.root()]
		f := Former{Error: l.last.Name, Until: l.until, IsRemoved: e == nil}
		if e != nil {
			f.Error = e.Name
		}
		for _, u := range l.uses {
			// A code that is the name, too, is reserved as the name.
			isBoth := !u.isName && slices.ContainsFunc(l.uses, func(other *use) bool { return other.isName && other.word == u.word })
			if taken[u.word] || isBoth || p.isReserved(u) {
				continue
			}
			taken[u.word] = true
			if e != nil {
				f.Until = u.until
			}
			switch {
			case u.isName && (u.word == l.last.Name || f.Name == "" && e != nil):
				f.Name = u.word
			case u.isName:
				f.FormerNames = append(f.FormerNames, u.word)
			case u.word == l.last.Code || f.Code == "" && e != nil:
				f.Code = u.word
			default:
				f.Aliases = append(f.Aliases, u.word)
			}
		}
		if f.Code == "" && f.Name == "" && len(f.Aliases)+len(f.FormerNames) == 0 {
			continue
		}
		if f.Until == currentVersion {
			f.Until = ""
		}
		list = append(list, f.complete())
	}
	return list
}

// complete makes an alias the code if there is none, and a former name the name.
func (f Former) complete() Former {
	if f.Code == "" && len(f.Aliases) > 0 {
		f.Code, f.Aliases = f.Aliases[0], f.Aliases[1:]
	}
	if f.Name == "" && len(f.FormerNames) > 0 {
		f.Name, f.FormerNames = f.FormerNames[0], f.FormerNames[1:]
	}
	return f
}
