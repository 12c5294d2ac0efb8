package catalog

import (
	"strings"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// compatibility reads what the catalog says about its published versions.
func (l *loader) compatibility(n *yamldoc.Node) {
	fields, _ := l.Fields(n, "compatibility", "released", "against", "accept")
	for _, f := range fields {
		switch f.Name {
		case "released":
			l.cat.Compatibility.Released = l.revision(f.Value, "released", "write a pattern for the git tags of releases, such as v*")
		case "against":
			l.cat.Compatibility.Against = l.revision(f.Value, "against", "write a git revision, such as origin/main")
		case "accept":
			l.cat.Compatibility.Accept = l.acceptances(f.Value)
		}
	}
}

// revision reads the name of a git revision, or a pattern for names. Git itself
// knows what is valid; this refuses what no name can have.
func (l *loader) revision(n *yamldoc.Node, what, help string) string {
	s, ok := l.StrictText(n, what)
	if ok && (s == "" || strings.HasPrefix(s, "-") || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f })) {
		l.Report(diag.RuleInvalidRevision, l.At(n), help, "%s cannot be %s", what, diag.Quote(s))
		return ""
	}
	return s
}

// acceptances reads the accepted changes of a catalog.
func (l *loader) acceptances(n *yamldoc.Node) []Acceptance {
	return ReadAcceptances(l.Document, n, acceptable)
}

// acceptable reports whether a catalog can accept changes of a rule and, if not, what
// to do instead.
func acceptable(r diag.Rule) (help string, ok bool) {
	switch r {
	case diag.RuleCatalogRemoved:
		return "write it under accept: of errcat.yaml, which names the catalogs", false
	case diag.RuleVersionTooLow:
		return "write the version that the report shows", false
	case diag.RuleUnusedAcceptance:
		return "remove the acceptance that nothing needs", false
	}
	return "", true
}

// ReadAcceptances reads a list of accepted changes. The function reports whether
// changes of a rule can be accepted there and, if not, what to do instead.
func ReadAcceptances(d *yamldoc.Document, n *yamldoc.Node, acceptable func(diag.Rule) (help string, ok bool)) []Acceptance {
	var list []Acceptance
	for _, n := range d.List(n, "accept") {
		if a, ok := readAcceptance(d, n, acceptable); ok {
			list = append(list, a)
		}
	}
	return list
}

// readAcceptance reads one accepted change.
func readAcceptance(d *yamldoc.Document, n *yamldoc.Node, acceptable func(diag.Rule) (string, bool)) (a Acceptance, ok bool) {
	fields, ok := d.Fields(n, "an accepted change", "rule", "to", "reason")
	if !ok {
		return a, false
	}
	d.Require(n, "the accepted change", fields, "rule", "reason")
	a.Pos = d.At(n)
	ok = false
	for _, f := range fields {
		switch f.Name {
		case "rule":
			var s string
			if s, ok = d.StrictText(f.Value, "rule"); ok {
				a.Rule, ok = changeRule(d, f.Value, s, acceptable)
			}
		case "to":
			// A status is a number, a code perhaps a string; the text counts.
			if d.Scalar(f.Value, "to", "a value", "write the new value, as the report shows it") {
				a.To = f.Value.Value
			}
		case "reason":
			if _, ok := d.VisibleText(f.Value, "reason"); ok {
				a.Reason = readProse(d, f.Value, "reason")
			}
		}
	}
	return a, ok
}

// changeRule returns the rule about changes with an id, and reports one that is
// unknown, or whose changes cannot be accepted here.
func changeRule(d *yamldoc.Document, n *yamldoc.Node, id string, acceptable func(diag.Rule) (string, bool)) (diag.Rule, bool) {
	var ids []string
	for _, r := range diag.ChangeRules() {
		if r.Severity() == diag.Info {
			continue
		}
		help, ok := acceptable(r)
		switch {
		case r.ID() == id && ok:
			return r, true
		case r.ID() == id:
			d.Report(diag.RuleUnknownValue, d.At(n), help, "%s cannot be accepted here", id)
			return diag.Rule{}, false
		case ok:
			ids = append(ids, r.ID())
		}
	}
	help := "write the id of the rule that errcat breaking reports"
	if near := diag.Nearest(id, ids); near != "" {
		help = "did you mean " + near + "?"
	}
	d.Report(diag.RuleUnknownValue, d.At(n), help, "no rule about changes is called %s", diag.Quote(id))
	return diag.Rule{}, false
}

// Unreserved returns the first code of a range that the catalog does not reserve.
// It returns false if all are reserved.
func (c *Catalog) Unreserved(r Range) (code string, found bool) {
	var ranges []Range
	words := make(map[string]bool)
	for _, reserved := range c.Reserved {
		ranges = append(ranges, reserved.Codes...)
		for _, word := range reserved.Words() {
			words[word] = true
		}
	}
	set := newRangeSet(ranges)
	for n := r.low; ; n++ {
		code := r.code(n)
		if i, ok := set.find(code); ok {
			n = max(n, min(ranges[i].high, r.high))
		} else if !words[code] {
			return code, true
		}
		if n >= r.high {
			return "", false
		}
	}
}
