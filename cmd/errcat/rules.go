package main

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/terminal"
)

// rulesCatalog returns the catalog of errcat's own rules. A test loads it too, so
// that it is valid in every build.
var rulesCatalog = sync.OnceValue(func() *catalog.Catalog {
	c, _ := generator.Load("rules.yaml", diag.Catalog())
	return c
})

// aboutRule returns the title and the description of a rule, which ends with the
// fix.
func aboutRule(r diag.Rule) (title, markdown string) {
	all := rulesCatalog().Errors
	e := all[slices.IndexFunc(all, func(e *catalog.Error) bool { return e.Code == r.ID() })]
	return e.Title, strings.TrimSpace(e.Description.Source()) + "\n\n" + strings.TrimSpace(e.Resolution.Source())
}

// ruleInReport finds the id of a rule in a line that errcat has printed.
var ruleInReport = regexp.MustCompile(`\b(?:error|warning)\[([a-z0-9-]+)\]`)

// ruleAnswer returns the page of a rule, for a query that is its id or contains
// a finding about it, and reports whether there is one.
func ruleAnswer(query string) (terminal.Answer, bool) {
	id := query
	if m := ruleInReport.FindStringSubmatch(query); m != nil {
		id = m[1]
	}
	if !slices.ContainsFunc(diag.Rules(), func(r diag.Rule) bool { return r.ID() == id }) {
		return terminal.Answer{}, false
	}
	c := rulesCatalog()
	i := slices.IndexFunc(c.Errors, func(e *catalog.Error) bool { return e.Code == id })
	return terminal.Answer{Query: query, Catalog: c, Error: c.Errors[i], IsRule: true}, true
}
