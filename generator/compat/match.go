package compat

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// This file finds out which error of the new version is which of the old version.

// index returns the errors of a catalog by all their words. What an error is called
// now takes precedence over what others were called.
func index(c *catalog.Catalog, words func(*catalog.Error) []string) map[string]*catalog.Error {
	all := make(map[string]*catalog.Error, len(c.Errors))
	for _, first := range []bool{true, false} {
		for _, e := range c.Errors {
			for i, word := range words(e) {
				if _, taken := all[word]; !taken && first == (i == 0) {
					all[word] = e
				}
			}
		}
	}
	return all
}

// match matches the errors of the two versions, from the most certain matches to the
// least: by any name and any code, by name, and by a code whose error looks the same.
// Of several errors that one continues, as after a merge, it is the closest.
func (d *diff) match() {
	d.byName, d.byCode = index(d.current, (*catalog.Error).Names), index(d.current, (*catalog.Error).Codes)
	d.matches, d.taken = make(map[*catalog.Error]*catalog.Error, len(d.old.Errors)), make(map[*catalog.Error]*catalog.Error, len(d.old.Errors))
	for i, by := range []func(old *catalog.Error) *catalog.Error{
		func(old *catalog.Error) *catalog.Error {
			if e := d.byName[old.Name]; e == d.byCode[old.Code] {
				return e
			}
			return nil
		},
		func(old *catalog.Error) *catalog.Error { return d.byName[old.Name] },
		func(old *catalog.Error) *catalog.Error {
			if e := d.byCode[old.Code]; e != nil && isSame(old, e) {
				return e
			}
			return nil
		},
	} {
		closest := make(map[*catalog.Error]*catalog.Error)
		for _, old := range d.old.Errors {
			if d.matches[old] != nil {
				continue
			}
			e := by(old)
			if e == nil || d.taken[e] != nil {
				continue
			}
			if i == 0 { // at least merged into an error that has its name and its code
				d.matches[old] = e
			}
			if other := closest[e]; other == nil || distance(old, e) < distance(other, e) {
				closest[e] = old
			}
		}
		for e, old := range closest {
			d.matches[old], d.taken[e] = e, old
		}
	}
}

// distance says how close an error of the old version is to one of the new version that
// has its name or its code: an error continues the one with its own name rather than
// those with its further and former names, and the one with its own code rather than
// those with its aliases.
func distance(old, e *catalog.Error) int {
	names, codes := e.Names(), e.Codes()
	name, code := slices.Index(names, old.Name), slices.Index(codes, old.Code)
	if name < 0 {
		name = len(names)
	}
	if code < 0 {
		code = len(codes)
	}
	return name*(len(codes)+1) + code
}

// Match returns the errors of a new version of a catalog by those of the old version
// that they continue.
func Match(old, current *catalog.Catalog) map[*catalog.Error]*catalog.Error {
	return newDiff(old, current).matches
}

// isSame reports whether an error with the code of another one looks like the same
// error under a new name.
func isSame(old, e *catalog.Error) bool {
	known := old.Names()
	if slices.ContainsFunc(e.Names(), func(name string) bool { return slices.Contains(known, name) }) {
		return true
	}
	aliases := old.Codes()[1:]
	if slices.ContainsFunc(e.Codes()[1:], func(code string) bool { return slices.Contains(aliases, code) }) {
		return true
	}
	isNear := diag.Nearest(old.Name, []string{e.Name}) != "" || containsWords(old.Name, e.Name) || containsWords(e.Name, old.Name)
	return isNear && old.HTTPStatus == e.HTTPStatus && len(old.Params) == len(e.Params) || sameWords(old.Name, e.Name) ||
		!old.DefaultTitle && old.Title == e.Title ||
		!old.DefaultMessage && old.Message.Template() == e.Message.Template() ||
		!old.Description.IsEmpty() && old.Description.Source() == e.Description.Source()
}

// containsWords reports whether a name has all words of another one, as ORDER_CLOSED
// has those of CLOSED.
func containsWords(name, other string) bool {
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune("_.-", r) })
	}
	all, some := words(name), words(other)
	return len(some) > 0 && !slices.ContainsFunc(some, func(word string) bool { return !slices.Contains(all, word) })
}

// sameWords reports whether two names consist of the same letters and digits.
func sameWords(a, b string) bool {
	fold := func(r rune) rune {
		if strings.ContainsRune("_.-", r) {
			return -1
		}
		return r
	}
	return strings.EqualFold(strings.Map(fold, a), strings.Map(fold, b))
}
