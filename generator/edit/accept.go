package edit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Accept says in a catalog that breaking changes are meant, and why.
type Accept struct {
	Changes []Accepted
	// Removed are errors that the catalog no longer has. A reservation of the code with a
	// reason accepts that: one that is there gets the reason.
	Removed []*catalog.Error
	// Codes are further codes that were removed, and are reserved.
	Codes []string
	// Reason is Markdown.
	Reason string
}

// Accepted is a breaking change that is meant.
type Accepted struct {
	// Error is the NAME of the error that has changed, empty for what has no entry.
	Error string
	// Rule is the rule that reports the change.
	Rule diag.Rule
	// To is the new value that the report has; it may be empty.
	To string
}

// errNoReason means that a change was to be accepted without a reason.
var errNoReason = errors.New("the reason is empty; say why the change is meant, for those who review it and those whom it breaks")

func (a Accept) plan(c *catalog.Catalog) (*plan, error) {
	reason := strings.TrimSpace(a.Reason)
	if reason == "" {
		return nil, errNoReason
	}
	p := new(plan)
	entries := make(map[string]bool)
	text := &byHand{}
	for _, change := range a.Changes {
		row := change.node(c, reason)
		if change.Error == "" {
			text.add("compatibility", "accept", row)
			p.steps = append(p.steps, func(s *site, _ bool) error { return s.acceptInCatalog(c, row) })
			continue
		}
		i := slices.IndexFunc(c.Errors, func(e *catalog.Error) bool { return e.Name == change.Error })
		if i < 0 {
			return nil, fmt.Errorf("no error %s in the catalog", diag.Quote(change.Error))
		}
		e := c.Errors[i]
		entries[e.Name] = true
		text.add(e.Name, "accept", row)
		p.steps = append(p.steps, func(s *site, elsewhere bool) error { return s.acceptInEntry(e, row, elsewhere) })
	}
	taken := wordsOf(c, nil)
	var rows []Row
	for _, e := range a.Removed {
		row := rowOf(e, "")
		row.Reason = reason
		rows = append(rows, taken.free(row))
	}
	for _, code := range a.Codes {
		rows = append(rows, Row{Code: code, Reason: reason})
	}
	for _, row := range rows {
		n := row.node(c)
		text.add("", "reserved", n)
		p.steps = append(p.steps, func(s *site, _ bool) error { return s.acceptRemoval(row.Code, n) })
	}
	p.isMeant = func(path []string) bool {
		switch path[0] {
		case "reserved":
			return len(rows) > 0
		case "compatibility":
			return len(path) == 1 || path[1] == "accept"
		}
		return len(path) >= 3 && path[0] == "errors" && entries[path[1]] && path[2] == "accept"
	}
	p.where, p.text = "add", text.String()
	return p, nil
}

// free returns a reservation of the code of an error without those of its other codes
// and names that are taken.
func (w *words) free(r Row) Row {
	isTaken := func(word string) bool { return w.useOf(word) != "" }
	r.Aliases = slices.DeleteFunc(r.Aliases, isTaken)
	r.FormerNames = slices.DeleteFunc(r.FormerNames, isTaken)
	if isTaken(r.Name) {
		r.Name, r.FormerNames = "", nil
	}
	return r
}

// node returns an acceptance as it is written.
func (a Accepted) node(c *catalog.Catalog, reason string) *yamldoc.Node {
	n := yamldoc.InBrackets(yamldoc.NewMapping(yamldoc.NewText("rule"), yamldoc.NewText(a.Rule.ID())))
	if a.To != "" {
		to := yamldoc.NewText(a.To)
		_, isNumber := yamldoc.Decimal(a.To)
		switch {
		case a.Rule == diag.RuleHTTPRemoved:
			to = yamldoc.NewBool(a.To)
		case isNumber && (a.Rule == diag.RuleHTTPStatusChanged || c.IntegerCodes && catalog.IsCode(a.To, true)):
			to = yamldoc.NewNumber(a.To)
		}
		n.Content = append(n.Content, yamldoc.NewText("to"), to)
	}
	n.Content = append(n.Content, yamldoc.NewText("reason"), yamldoc.NewText(reason))
	return n
}

// acceptInEntry adds an acceptance to an error.
func (s *site) acceptInEntry(e *catalog.Error, row *yamldoc.Node, elsewhere bool) error {
	m, i, err := s.errors(e.Name)
	if err != nil {
		return err
	}
	entry := m.Content[i+1]
	at := -1
	if yamldoc.IsMapping(entry) {
		at = yamldoc.KeyIndex(entry, "accept")
	}
	switch {
	case at >= 0:
		s.Append(entry, at+1, row)
	case len(e.Accept) > 0:
		return &Manual{Reason: fmt.Sprintf("what %s accepts comes from an alias or a merge key, and a list of its own would replace it", e.Name)}
	default:
		return s.set(e.Name, "accept", yamldoc.NewList(row), elsewhere)
	}
	return nil
}

// acceptInCatalog adds an acceptance of what has no entry.
func (s *site) acceptInCatalog(c *catalog.Catalog, row *yamldoc.Node) error {
	key := yamldoc.NewText("accept")
	at := yamldoc.KeyIndex(s.root, "compatibility")
	if at < 0 {
		if len(c.Compatibility.Accept) > 0 || c.Compatibility.Against != "" || c.Compatibility.Released != "" {
			return &Manual{Reason: "the section compatibility comes from a merge key"}
		}
		return s.addSection("compatibility", yamldoc.NewMapping(key, yamldoc.NewList(row)))
	}
	m := s.root.Content[at+1]
	switch {
	case yamldoc.IsEmpty(m):
		s.ReplacePair(s.root, at, yamldoc.NewMapping(key, yamldoc.NewList(row)))
	case !yamldoc.IsMapping(m):
		return &Manual{Reason: "the section compatibility is no mapping of its own"}
	case yamldoc.KeyIndex(m, "accept") >= 0:
		s.Append(m, yamldoc.KeyIndex(m, "accept")+1, row)
	case len(c.Compatibility.Accept) > 0:
		return &Manual{Reason: "what compatibility accepts comes from a merge key, and a list of its own would replace it"}
	default:
		isApart, _ := s.doc.IsApart(m)
		s.InsertPair(m, len(m.Content)/2, key, yamldoc.NewList(row), isApart)
	}
	return nil
}

// acceptRemoval reserves what an error had, with the reason. If there is a reservation
// of the code, it gets the reason.
func (s *site) acceptRemoval(code string, row *yamldoc.Node) error {
	if list := yamldoc.Child(s.root, "reserved"); list != nil {
		for _, n := range yamldoc.Target(list).Content {
			if !yamldoc.IsMapping(n) || !hasWord(n, code) {
				continue
			}
			if yamldoc.KeyIndex(n, "reason") >= 0 {
				return &Manual{Reason: fmt.Sprintf("the reservation of %s has a reason already", code)}
			}
			s.InsertPair(n, len(n.Content)/2, yamldoc.NewText("reason"), yamldoc.Child(row, "reason"), false)
			return nil
		}
	}
	return s.reserve(row)
}

// hasWord reports whether a reservation is one of a code.
func hasWord(row *yamldoc.Node, code string) bool {
	for _, key := range []string{"code", "aliases", "name", "former_names"} {
		value := yamldoc.Child(row, key)
		if value == nil {
			continue
		}
		value = yamldoc.Target(value)
		if value.Value == code || slices.ContainsFunc(value.Content, func(n *yamldoc.Node) bool { return yamldoc.Target(n).Value == code }) {
			return true
		}
	}
	return false
}

// byHand collects the lines that an author has to write.
type byHand struct {
	keys []string
	rows map[string]*yamldoc.Node
}

// add adds an element of the list with a key, in the mapping with a name, if any.
func (b *byHand) add(in, key string, row *yamldoc.Node) {
	id := in + "\x00" + key
	if b.rows == nil {
		b.rows = make(map[string]*yamldoc.Node)
	}
	if b.rows[id] == nil {
		b.keys = append(b.keys, id)
		b.rows[id] = yamldoc.NewList()
	}
	b.rows[id].Content = append(b.rows[id].Content, row)
}

func (b *byHand) String() string {
	var text strings.Builder
	for _, id := range b.keys {
		in, key, _ := strings.Cut(id, "\x00")
		name, value := yamldoc.NewText(key), b.rows[id]
		if in != "" {
			name, value = yamldoc.NewText(in), yamldoc.NewMapping(name, value)
		}
		text.WriteString(shown(name, value))
	}
	return text.String()
}

// AcceptRemovals says in an errcat.yaml that the removal of catalogs is meant, and
// why. It works like Apply; load returns the findings in a text.
func AcceptRemovals(file string, data []byte, names []string, reason string, load func(file string, text []byte) diag.Diagnostics) (*Result, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return nil, errNoReason
	}
	k := kind{"", "workspace", load}
	doc, root, err := k.parse(file, data)
	if err != nil {
		return nil, err
	}
	p := &plan{isMeant: func(path []string) bool { return path[0] == "accept" }, where: "add to the section accept"}
	list := yamldoc.NewList()
	for _, name := range names {
		row := Accepted{Rule: diag.RuleCatalogRemoved, To: name}.node(new(catalog.Catalog), reason)
		list.Content = append(list.Content, row)
		p.steps = append(p.steps, func(s *site, _ bool) error {
			key := yamldoc.NewText("accept")
			if at := yamldoc.KeyIndex(s.root, "accept"); at >= 0 {
				s.Append(s.root, at+1, row)
				return nil
			}
			if !yamldoc.IsMapping(s.root) {
				return &Manual{Reason: "the workspace is no mapping"}
			}
			isApart, _ := s.doc.IsApart(s.root)
			s.InsertPair(s.root, len(s.root.Content)/2, key, yamldoc.NewList(row), isApart)
			return nil
		})
	}
	p.text = shown(yamldoc.NewText("accept"), list)
	return k.apply(doc, root, file, data, p)
}
