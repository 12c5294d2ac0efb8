package edit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Rename gives an error another NAME. The old one becomes a former name, the code
// stays, and references to the error follow.
type Rename struct {
	// Error is the NAME, the code or an alias.
	Error string
	Name  string
	// Others are catalogs in which the new name must not be that of another error.
	Others []Other
}

func (r Rename) plan(c *catalog.Catalog) (*plan, error) {
	e, err := Find(c, r.Error)
	if err != nil {
		return nil, err
	}
	isFormer := slices.ContainsFunc(e.FormerNames, func(f catalog.FormerName) bool { return f.Name == r.Name })
	isSynonym := slices.ContainsFunc(e.Synonyms, func(s catalog.Synonym) bool { return s.Name == r.Name })
	switch {
	case !catalog.IsName(r.Name):
		return nil, fmt.Errorf("a NAME cannot be %s: it must start with a letter or _ and contain only letters, digits, _ . and -", diag.Quote(r.Name))
	case r.Name == e.Name:
		return nil, fmt.Errorf("%s already has that name", e.Name)
	case isFormer, isSynonym, r.Name == e.Code:
	default:
		if use := wordsOf(c, nil).useOf(r.Name); use != "" {
			return nil, fmt.Errorf("%s is %s; choose another name", diag.Quote(r.Name), use)
		}
		for _, o := range r.Others {
			if use := nameElsewhere(o, r.Name, e); use != "" {
				return nil, fmt.Errorf("%s is %s; choose another name", diag.Quote(r.Name), use)
			}
		}
	}
	p := &plan{renamed: map[string]string{e.Name: r.Name}, where: fmt.Sprintf("write in place of %s (line %d)", e.Name, e.Pos.Line)}
	list, former := "former_names", namesOf(e.FormerNames, func(f catalog.FormerName) string { return f.Name })
	if isSynonym {
		// Both names stay current.
		list, former = "synonyms", namesOf(e.Synonyms, func(s catalog.Synonym) string { return s.Name })
	}
	if i := slices.Index(former, r.Name); i >= 0 {
		former[i] = e.Name
	} else {
		former = append(former, e.Name)
	}
	p.steps = []step{func(s *site, elsewhere bool) error { return s.setNames(e.Name, list, r.Name, former, elsewhere) }}
	entry := yamldoc.NewMapping(yamldoc.NewText(list), yamldoc.InBrackets(listOf(former)))
	if e.Code == e.Name && e.Pos == e.CodePos {
		code := yamldoc.NewQuoted(e.Code)
		p.steps = append(p.steps, func(s *site, elsewhere bool) error { return s.set(e.Name, "code", code, elsewhere) })
		entry.Content = append([]*yamldoc.Node{yamldoc.NewText("code"), code}, entry.Content...)
		p.notes = append(p.notes, fmt.Sprintf("the code stays %s: clients know the error by it", e.Code))
	}
	p.steps = append(p.steps, func(s *site, _ bool) error { return s.rename(e.Name, r.Name) })
	p.text = shown(yamldoc.NewText(r.Name), entry)
	if isFromName := e.DefaultMessage || !e.Message.IsStatic() || strings.TrimSpace(e.Message.Text()) != e.Title; e.DefaultTitle && isFromName {
		p.notes = append(p.notes, fmt.Sprintf("the title, which comes from the NAME, was %s; write title: to keep it", diag.Quote(e.Title)))
	}
	if e.Audience == catalog.Public && !isFormer && !isSynonym {
		first := fmt.Sprintf("; first release a version with synonyms: [%s], so that clients know it", r.Name)
		if c.IsTypedByName() {
			p.notes = append(p.notes, "servers send another type, by type_uri"+first)
		}
		if c.GRPC {
			p.notes = append(p.notes, "servers send another reason on gRPC, which is the NAME"+first)
		}
	}
	p.isMeant = func(path []string) bool {
		switch {
		case len(path) == 2 && path[0] == "catalog":
			return path[1] == "fallback"
		case len(path) < 3 || path[0] != "errors":
			return false
		case len(path) == 4 && (path[2] == "deprecated" || path[2] == "retired") && path[3] == "replaced_by":
			return true
		}
		return path[1] == e.Name && (path[2] == list || path[2] == "code")
	}
	return p, nil
}

// nameElsewhere says what a name is in another catalog, an empty string if it is free
// there or belongs to the same error.
func nameElsewhere(o Other, name string, e *catalog.Error) string {
	for _, other := range o.Catalog.Errors {
		if other.Code == e.Code || other.Name == e.Name {
			rest := *o.Catalog
			rest.Errors = slices.DeleteFunc(slices.Clone(rest.Errors), func(x *catalog.Error) bool { return x == other })
			o.Catalog = &rest
			break
		}
	}
	return wordsOf(&catalog.Catalog{}, []Other{o}).useOf(name)
}

// namesOf returns the names of former names or synonyms.
func namesOf[T any](all []T, name func(T) string) []string {
	var names []string
	for _, x := range all {
		names = append(names, name(x))
	}
	return names
}

// listOf returns a list of strings.
func listOf(all []string) *yamldoc.Node {
	list := yamldoc.NewList()
	for _, s := range all {
		list.Content = append(list.Content, yamldoc.NewText(s))
	}
	return list
}

// setNames makes a list of names of an error what it must be: the new name is not in
// it, and the old one is in its place or at the end.
func (s *site) setNames(old, key, name string, names []string, elsewhere bool) error {
	m, i, err := s.errors(old)
	if err != nil {
		return err
	}
	entry := m.Content[i+1]
	at := -1
	if yamldoc.IsMapping(entry) {
		at = yamldoc.KeyIndex(entry, key)
	}
	if at < 0 {
		return s.set(old, key, yamldoc.InBrackets(listOf(names)), elsewhere)
	}
	list := entry.Content[at+1]
	if !yamldoc.IsList(list) {
		s.ReplaceValue(entry, at+1, yamldoc.InBrackets(listOf(names)))
		return nil
	}
	for j, n := range list.Content {
		if yamldoc.Target(n).Value == name {
			s.SetString(list, j, old)
			return nil
		}
	}
	s.Append(entry, at+1, yamldoc.NewText(old))
	return nil
}

// rename replaces the key of an error, and the references to it.
func (s *site) rename(old, name string) error {
	m, i, err := s.errors(old)
	if err != nil {
		return err
	}
	s.SetString(m, i, name)
	set := func(parent *yamldoc.Node, key string) {
		if parent == nil || !yamldoc.IsMapping(parent) {
			return
		}
		if k := yamldoc.KeyIndex(parent, key); k >= 0 && yamldoc.Target(parent.Content[k+1]).Value == old && yamldoc.IsScalar(yamldoc.Target(parent.Content[k+1])) {
			s.SetString(parent, k+1, name)
		}
	}
	if header := yamldoc.Child(s.root, "catalog"); header != nil {
		set(yamldoc.Target(header), "fallback")
	}
	var walk func(n *yamldoc.Node)
	walk = func(n *yamldoc.Node) {
		if yamldoc.IsMapping(n) {
			for j := 0; j+1 < len(n.Content); j += 2 {
				if key := yamldoc.Target(n.Content[j]).Value; key == "deprecated" || key == "retired" {
					set(n.Content[j+1], "replaced_by")
				}
			}
		}
		for _, child := range n.Content {
			walk(child)
		}
	}
	walk(m)
	return nil
}
