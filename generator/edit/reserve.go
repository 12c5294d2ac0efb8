package edit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Remove deletes an error, and reserves its codes and names.
type Remove struct {
	// Error is the NAME, the code or an alias.
	Error string
	// Reason is Markdown; by default that of the retirement or the deprecation.
	Reason string
	// IsUnreleased means that nobody can know the error: then nothing is reserved.
	IsUnreleased bool
	// Force removes an error that is not retired.
	Force bool
}

// Reserve reserves codes and names.
type Reserve struct {
	// Words are codes, ranges of codes and names.
	Words []string
	// Reason is Markdown, and may be empty.
	Reason string
	// Rows are further reservations.
	Rows []Row
}

// Row is a reservation: of ranges, or of the codes and names of one error.
type Row struct {
	Codes string

	Code        string
	Aliases     []string
	Name        string
	FormerNames []string

	Reason string
}

func (r Remove) plan(c *catalog.Catalog) (*plan, error) {
	e, err := Find(c, r.Error)
	if err != nil {
		return nil, err
	}
	if e.Retired == nil && !r.IsUnreleased && !r.Force {
		return nil, fmt.Errorf("%s is not retired, so others may still send and expect it; retire it first, or remove it with --force", e.Name)
	}
	p := &plan{where: fmt.Sprintf("delete %s (line %d), and add to the section reserved", e.Name, e.Pos.Line)}
	if r.IsUnreleased {
		p.where = fmt.Sprintf("delete %s (line %d)", e.Name, e.Pos.Line)
		p.notes = append(p.notes, fmt.Sprintf("%s was never released, so nothing is reserved", e.Name))
	} else {
		row := rowOf(e, r.Reason)
		if row.Reason == "" {
			return nil, errors.New("say why with --reason: the reservation shows it to those who look the code up")
		}
		n := row.node(c)
		p.text = shown(yamldoc.NewText("reserved"), yamldoc.NewList(n))
		p.steps = append(p.steps, func(s *site, elsewhere bool) error { return s.reserve(n) })
	}
	p.steps = append(p.steps, func(s *site, elsewhere bool) error { return s.remove(e.Name) })
	p.isMeant = func(path []string) bool {
		return path[0] == "reserved" || len(path) == 2 && path[0] == "errors" && path[1] == e.Name
	}
	return p, nil
}

// rowOf returns the reservation of what an error has.
func rowOf(e *catalog.Error, reason string) Row {
	row := Row{Code: e.Code, Name: e.Name, Reason: strings.TrimSpace(reason)}
	for _, a := range e.Aliases {
		row.Aliases = append(row.Aliases, a.Code)
	}
	for _, s := range e.Synonyms {
		row.FormerNames = append(row.FormerNames, s.Name)
	}
	for _, f := range e.FormerNames {
		row.FormerNames = append(row.FormerNames, f.Name)
	}
	for _, l := range []*catalog.Lifecycle{e.Retired, e.Deprecated} {
		if l != nil {
			row.Reason = cmp.Or(row.Reason, strings.TrimSpace(l.Reason.Source()))
		}
	}
	return row
}

func (r Reserve) plan(c *catalog.Catalog) (*plan, error) {
	taken := wordsOf(c, nil)
	rows := slices.Clone(r.Rows)
	var errs []error
	seen := make(map[string]bool)
	for _, word := range r.Words {
		word = strings.TrimSpace(word)
		row, err := readRow(c, word)
		if use := taken.useOf(word); use != "" {
			err = fmt.Errorf("%s is %s", diag.Quote(word), use)
		} else if seen[word] {
			err = fmt.Errorf("%s is named twice", diag.Quote(word))
		}
		seen[word] = true
		row.Reason = r.Reason
		rows, errs = append(rows, row), append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	list := yamldoc.NewList()
	p := &plan{isMeant: func(path []string) bool { return path[0] == "reserved" }, where: "add to the section reserved"}
	for _, row := range rows {
		n := row.node(c)
		list.Content = append(list.Content, n)
		p.steps = append(p.steps, func(s *site, _ bool) error { return s.reserve(n) })
	}
	p.text = shown(yamldoc.NewText("reserved"), list)
	return p, nil
}

// readRow returns the reservation of a word: a range, a code or a name. One that can
// be both is a code if the catalog has a code that begins like it, up to its number.
func readRow(c *catalog.Catalog, word string) (Row, error) {
	if _, err := catalog.ParseRanges(word, c.IntegerCodes); err == nil {
		return Row{Codes: word}, nil
	}
	isCode, isName := catalog.IsCode(word, c.IntegerCodes), catalog.IsName(word)
	if isCode && isName {
		form := func(code string) string { return strings.TrimRight(code, "0123456789") }
		isCode = form(word) != word && slices.ContainsFunc(c.Errors, func(e *catalog.Error) bool {
			return e.Code != e.Name && form(e.Code) != e.Code && form(e.Code) == form(word)
		})
	}
	switch {
	case isCode:
		return Row{Code: word}, nil
	case isName:
		return Row{Name: word}, nil
	}
	ranges := "2200-2299"
	if c.IntegerCodes {
		ranges = "-32099..-32000"
	}
	return Row{}, fmt.Errorf("%s is neither a code, nor a NAME, nor a range such as %s", diag.Quote(word), ranges)
}

// node returns the reservation as it is written.
func (r Row) node(c *catalog.Catalog) *yamldoc.Node {
	n := yamldoc.InBrackets(yamldoc.NewMapping())
	set := func(key string, value *yamldoc.Node) {
		n.Content = append(n.Content, yamldoc.NewText(key), value)
	}
	code := yamldoc.NewQuoted
	if c.IntegerCodes {
		code = yamldoc.NewNumber
	}
	if r.Codes != "" {
		set("codes", yamldoc.NewQuoted(r.Codes))
	}
	if r.Code != "" {
		set("code", code(r.Code))
	}
	if len(r.Aliases) > 0 {
		list := yamldoc.NewList()
		for _, alias := range r.Aliases {
			list.Content = append(list.Content, code(alias))
		}
		set("aliases", list)
	}
	if r.Name != "" {
		set("name", yamldoc.NewText(r.Name))
	}
	if len(r.FormerNames) > 0 {
		set("former_names", listOf(r.FormerNames))
	}
	if r.Reason != "" {
		set("reason", yamldoc.NewText(r.Reason))
	}
	return n
}

// reserve adds a reservation.
func (s *site) reserve(row *yamldoc.Node) error {
	at := yamldoc.KeyIndex(s.root, "reserved")
	if at < 0 {
		return s.addSection("reserved", yamldoc.NewList(row))
	}
	list := s.root.Content[at+1]
	if target := yamldoc.Target(list); !yamldoc.IsList(target) && !yamldoc.IsEmpty(target) {
		return &Manual{Reason: "the section reserved is no list"}
	}
	s.Append(s.root, at+1, row)
	return nil
}

// remove deletes an error. An anchor in it that is used elsewhere would be lost.
func (s *site) remove(name string) error {
	m, i, err := s.errors(name)
	if err != nil {
		return err
	}
	if len(m.Content) == 2 {
		return &Manual{Reason: fmt.Sprintf("%s is the only error, and a catalog needs one", name)}
	}
	inside := make(map[*yamldoc.Node]bool)
	var collect func(n *yamldoc.Node)
	collect = func(n *yamldoc.Node) {
		inside[n] = true
		for _, child := range n.Content {
			collect(child)
		}
	}
	collect(m.Content[i])
	collect(m.Content[i+1])
	var lost *yamldoc.Node
	var walk func(n *yamldoc.Node)
	walk = func(n *yamldoc.Node) {
		if inside[n] || lost != nil {
			return
		}
		if yamldoc.IsAlias(n) && inside[n.Alias] {
			lost = n
		}
		for _, child := range n.Content {
			walk(child)
		}
	}
	walk(s.root)
	if lost != nil {
		return &Manual{Reason: fmt.Sprintf("the anchor &%s in %s is used in line %d; move it there first", lost.Value, name, lost.Line)}
	}
	s.RemovePair(m, i)
	return nil
}
