package edit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Add adds an error. Texts that are empty are not written.
type Add struct {
	Name     string
	Category string
	// Code is the code, or empty for the next free one.
	Code       string
	HTTPStatus int
	// Params are in order; the type of each is one of catalog.ParamTypes.
	Params []Param
	// Metadata are keys with their values, in order.
	Metadata [][2]string
	// Texts are the values of other keys that are strings, such as title, by key.
	Texts map[string]string
	// Tags are the tags.
	Tags []string
	// Others are catalogs whose codes and names are not free.
	Others []Other
}

// Param is a param of a new error.
type Param struct{ Name, Type string }

func (a Add) plan(c *catalog.Catalog) (*plan, error) {
	if !catalog.IsName(a.Name) {
		return nil, fmt.Errorf("a NAME cannot be %s: it must start with a letter or _ and contain only letters, digits, _ . and -", diag.Quote(a.Name))
	}
	taken := wordsOf(c, a.Others)
	if use := taken.useOf(a.Name); use != "" {
		return nil, fmt.Errorf("%s is %s; choose another name", diag.Quote(a.Name), use)
	}
	category, err := a.category(c)
	if err != nil {
		return nil, err
	}
	p := new(plan)
	code := a.Code
	if code == "" {
		if code, err = nextCode(c, category, taken, p); err != nil {
			return nil, err
		}
	} else if err := checkCode(c, code, taken); err != nil {
		return nil, err
	}
	entry := a.entry(c, code)
	key := yamldoc.NewText(a.Name)
	p.steps = []step{func(s *site, elsewhere bool) error { return s.add(c, category, key, entry, elsewhere) }}
	p.isMeant = func(path []string) bool { return path[0] == "errors" && (len(path) == 1 || path[1] == a.Name) }
	p.where, p.text = "add to the section errors", shown(key, entry)
	return p, nil
}

// category returns the category of the new error, nil if the catalog has none.
func (a Add) category(c *catalog.Catalog) (*catalog.Category, error) {
	var names []string
	for _, category := range c.Categories {
		if category.Name == a.Category {
			return category, nil
		}
		if category.Pos.Line > 0 {
			names = append(names, category.Name)
		}
	}
	list := strings.Join(names[:min(len(names), 10)], ", ")
	if len(names) > 10 {
		list += ", ..."
	}
	switch {
	case len(names) == 0 && a.Category == "":
		return nil, nil
	case len(names) == 0:
		return nil, fmt.Errorf("the catalog has no categories; leave the category out, or add categories with %s", diag.Quote(a.Category))
	case a.Category == "":
		return nil, errors.New("name a category; the categories are " + list)
	}
	if near := diag.Nearest(a.Category, names); near != "" {
		return nil, fmt.Errorf("no category %s; did you mean %s?", diag.Quote(a.Category), near)
	}
	return nil, fmt.Errorf("no category %s; the categories are %s", diag.Quote(a.Category), list)
}

// checkCode returns an error if a code cannot be that of a new error.
func checkCode(c *catalog.Catalog, code string, taken *words) error {
	if !catalog.IsCode(code, c.IntegerCodes) {
		want := "it must start with a letter, a digit or _ and contain only letters, digits, _ . : / and -"
		if c.IntegerCodes {
			want = "codes are integers, in decimal notation"
		}
		return fmt.Errorf("a code cannot be %s: %s", diag.Quote(code), want)
	}
	if use := taken.useOf(code); use != "" {
		return fmt.Errorf("the code %s is %s; choose another one, or leave it out for the next free one", diag.Quote(code), use)
	}
	return nil
}

// nextCode returns the next free code for an error of a category, or an empty string
// if the NAME is the code.
func nextCode(c *catalog.Catalog, category *catalog.Category, taken *words, p *plan) (string, error) {
	isTaken := func(code string) bool { return taken.use[code] != "" }
	if category != nil && len(category.Codes) > 0 {
		for _, allowGap := range []bool{false, true} {
			for _, r := range category.Codes {
				code, isGap, ok := r.Free(taken.codes, isTaken, taken.reserved)
				if !ok || isGap && !allowGap {
					continue
				}
				if isGap {
					p.notes = append(p.notes, fmt.Sprintf("no code is left after the others; %s is one between them: make sure that it never was another error", code))
				}
				return code, nil
			}
		}
		var ranges []string
		for _, r := range category.Codes {
			ranges = append(ranges, r.String())
		}
		return "", fmt.Errorf("no free code is left in %s; extend codes: of the category %s", strings.Join(ranges, ", "), category.Name)
	}
	siblings := c.Errors
	if category != nil && len(category.Errors) > 0 {
		siblings = category.Errors
	}
	if !c.IntegerCodes && !slices.ContainsFunc(siblings, func(e *catalog.Error) bool { return e.Code != e.Name }) {
		return "", nil
	}
	if category == nil || len(category.Errors) > 0 {
		if code, ok := following(c, category, siblings, taken, isTaken); ok {
			return code, nil
		}
	}
	of := "the catalog"
	if category != nil {
		of = "the category " + category.Name
	}
	return "", fmt.Errorf("no next code follows from those of %s; name one with --code, or a range with the key codes of the category", of)
}

// following returns the next free code after the highest one of some errors, among
// those of the form that the last one has. It is in no range of another category.
func following(c *catalog.Catalog, category *catalog.Category, siblings []*catalog.Error, taken *words, isTaken func(string) bool) (string, bool) {
	for _, last := range slices.Backward(siblings) {
		r, ok := catalog.From(last.Code, c.IntegerCodes)
		if !ok {
			continue
		}
		for _, e := range siblings {
			if higher, ok := catalog.From(e.Code, c.IntegerCodes); ok && r.Contains(e.Code) {
				r = higher
			}
		}
		reserved := slices.Clone(taken.reserved)
		for _, other := range c.Categories {
			if other != category {
				reserved = append(reserved, other.Codes...)
			}
		}
		code, _, ok := r.Free([]string{r.First}, isTaken, reserved)
		return code, ok
	}
	return "", false
}

// textKeys are the keys of Texts that an entry has before and after its params.
var (
	textsBefore = []string{"title", "message", "description", "resolution"}
	textsAfter  = []string{"retry", "retry_after", "severity", "audience"}
)

// entry returns the entry of the new error.
func (a Add) entry(c *catalog.Catalog, code string) *yamldoc.Node {
	n := yamldoc.NewMapping()
	set := func(key string, value *yamldoc.Node) {
		n.Content = append(n.Content, yamldoc.NewText(key), value)
	}
	texts := func(keys []string) {
		for _, key := range keys {
			if s := a.Texts[key]; strings.TrimSpace(s) != "" {
				set(key, yamldoc.NewText(s))
			}
		}
	}
	switch {
	case code == "":
	case c.IntegerCodes:
		set("code", yamldoc.NewNumber(code))
	default:
		set("code", yamldoc.NewQuoted(code))
	}
	if a.Category != "" {
		set("category", yamldoc.NewText(a.Category))
	}
	if a.HTTPStatus != 0 {
		set("http_status", yamldoc.NewNumber(strconv.Itoa(a.HTTPStatus)))
	}
	texts(textsBefore)
	if len(a.Params) > 0 {
		params := yamldoc.NewMapping()
		for _, p := range a.Params {
			params.Content = append(params.Content, yamldoc.NewText(p.Name), yamldoc.NewText(cmp.Or(p.Type, string(catalog.String))))
		}
		set("params", params)
	}
	texts(textsAfter)
	if len(a.Tags) > 0 {
		set("tags", yamldoc.InBrackets(listOf(a.Tags)))
	}
	texts([]string{"owner", "since"})
	if len(a.Metadata) > 0 {
		metadata := yamldoc.NewMapping()
		for _, m := range a.Metadata {
			metadata.Content = append(metadata.Content, yamldoc.NewText(m[0]), metadatum(c, m[0], m[1]))
		}
		set("metadata", metadata)
	}
	return n
}

// metadatum returns a metadata value by the type that the catalog declares.
func metadatum(c *catalog.Catalog, key, value string) *yamldoc.Node {
	i := slices.IndexFunc(c.Metadata, func(f *catalog.MetadataField) bool { return f.Name == key })
	if i < 0 {
		return yamldoc.NewText(value)
	}
	switch c.Metadata[i].Type {
	case catalog.MetadataInteger:
		if _, ok := yamldoc.Decimal(value); ok {
			return yamldoc.NewNumber(value)
		}
	case catalog.MetadataBoolean:
		if value == "true" || value == "false" {
			return yamldoc.NewBool(value)
		}
	case catalog.MetadataStringList:
		return yamldoc.InBrackets(listOf(strings.Split(value, ",")))
	}
	return yamldoc.NewText(value)
}

// add adds an error after the last one of its category, or after all others.
func (s *site) add(c *catalog.Catalog, category *catalog.Category, key, entry *yamldoc.Node, elsewhere bool) error {
	at := yamldoc.KeyIndex(s.root, "errors")
	if at < 0 {
		return s.addSection("errors", yamldoc.NewMapping(key, entry))
	}
	m := yamldoc.Target(s.root.Content[at+1])
	if yamldoc.IsEmpty(m) {
		s.ReplacePair(s.root, at, yamldoc.NewMapping(key, entry))
		return nil
	}
	if !yamldoc.IsMapping(m) {
		return &Manual{Reason: "the section errors is no mapping"}
	}
	if len(m.Content) == 0 && !yamldoc.IsInBrackets(s.root) {
		s.ReplacePair(s.root, at, yamldoc.NewMapping(key, entry))
		return nil
	}
	place := len(m.Content) / 2
	if category != nil {
		for i := 0; i+1 < len(m.Content); i += 2 {
			name := yamldoc.Target(m.Content[i]).Value
			if slices.ContainsFunc(category.Errors, func(e *catalog.Error) bool { return e.Name == name }) {
				place = i/2 + 1
			}
		}
	}
	if sibling := m.Content[max(2*place-1, 1)]; yamldoc.IsMapping(sibling) && yamldoc.IsInBrackets(sibling) {
		yamldoc.InBrackets(entry)
	}
	if elsewhere {
		place = max(place-1, 0)
	}
	isApart, known := s.doc.IsApart(m)
	if !known {
		isApart, _ = s.doc.IsApart(s.root)
	}
	s.InsertPair(m, place, key, entry, isApart)
	return nil
}
