package compat_test

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/changelog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/interoptest"
)

// randomCatalog is a catalog that can be changed at random.
type randomCatalog struct {
	typeURI, domain, fallback string
	accepted                  []string
	categories                []string
	metadata                  []string
	errors                    []randomError
	reserved                  []string
	names                     int // used so far
}

type randomError struct {
	name, code, category           string
	aliases, synonyms, formerNames []string
	isInternal                     bool
	params                         []randomParam
	status                         int
	life                           string // deprecated, retired or empty
	texts, identifier              string
}

type randomParam struct {
	name, typ   string
	isSensitive bool
	values      []string
}

// clone returns a copy that shares nothing that changes write to.
func (c randomCatalog) clone() randomCatalog {
	c.accepted, c.categories, c.metadata, c.reserved = slices.Clone(c.accepted), slices.Clone(c.categories), slices.Clone(c.metadata), slices.Clone(c.reserved)
	c.errors = slices.Clone(c.errors)
	for i := range c.errors {
		e := &c.errors[i]
		e.aliases, e.synonyms, e.formerNames, e.params = slices.Clone(e.aliases), slices.Clone(e.synonyms), slices.Clone(e.formerNames), slices.Clone(e.params)
		for j := range e.params {
			e.params[j].values = slices.Clone(e.params[j].values)
		}
	}
	return c
}

// yaml returns the source of the catalog.
func (c randomCatalog) yaml() []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("version: 1\ncatalog:\n  name: shop")
	for _, key := range [][2]string{{"type_uri", c.typeURI}, {"domain", c.domain}, {"fallback", c.fallback}} {
		if key[1] != "" {
			line("  %s: %q", key[0], key[1])
		}
	}
	if len(c.accepted) > 0 {
		line("  accepted_type_uris: %s", list(c.accepted))
	}
	if len(c.metadata) > 0 {
		line("metadata: { %s }", strings.Join(c.metadata, ", "))
	}
	line("categories:")
	for i, name := range c.categories {
		line("  %s: { http_status: %d }", name, 400+i)
	}
	line("errors:")
	for _, e := range c.errors {
		line("  %s:\n    code: %q\n    category: %s", e.name, e.code, e.category)
		for _, key := range []struct {
			name   string
			values []string
		}{{"aliases", e.aliases}, {"synonyms", e.synonyms}, {"former_names", e.formerNames}} {
			if len(key.values) > 0 {
				line("    %s: %s", key.name, list(key.values))
			}
		}
		if e.status > 0 {
			line("    http_status: %d", e.status)
		}
		if e.isInternal {
			line("    audience: internal")
		}
		if e.life != "" {
			line("    %s: {}", e.life)
		}
		if e.texts != "" {
			line("    %s", e.texts)
		}
		if e.identifier != "" {
			line("    identifiers: { go: %s, typescript: %s }", e.identifier, strings.ToUpper(e.identifier))
		}
		if len(e.params) > 0 {
			line("    params:")
		}
		for _, p := range e.params {
			more := ""
			if p.isSensitive {
				more += ", sensitive: true"
			}
			if len(p.values) > 0 {
				more += ", values: " + list(p.values)
			}
			line("      %s: { type: %q%s }", p.name, p.typ, more)
		}
	}
	if len(c.reserved) > 0 {
		line("reserved:")
		for _, row := range c.reserved {
			line("  - %s", row)
		}
	}
	return []byte(b.String())
}

func list(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = fmt.Sprintf("%q", v)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

func pick[T any](r *rand.Rand, all []T) T { return all[r.Intn(len(all))] }

// name returns a name that was never used.
func (c *randomCatalog) name() string {
	c.names++
	return fmt.Sprintf("ERROR_%c%d", 'A'+c.names%26, c.names)
}

// code returns a code that was never used.
func (c *randomCatalog) code() string {
	c.names++
	return fmt.Sprint(1000 + c.names)
}

func (c *randomCatalog) param(r *rand.Rand) randomParam {
	c.names++
	p := randomParam{name: fmt.Sprintf("p%d", c.names), typ: string(pick(r, catalog.ParamTypes())), isSensitive: r.Intn(5) == 0}
	if p.typ == "string" && !p.isSensitive && r.Intn(2) == 0 {
		p.values = []string{"card", "iban"}
	}
	return p
}

func (c *randomCatalog) error(r *rand.Rand) randomError {
	e := randomError{name: c.name(), code: c.code(), category: pick(r, c.categories), isInternal: r.Intn(5) == 0}
	if r.Intn(3) == 0 {
		e.aliases = []string{c.code()}
	}
	if r.Intn(4) == 0 {
		e.synonyms = []string{c.name()}
	}
	if r.Intn(4) == 0 {
		e.formerNames = []string{c.name()}
	}
	for range r.Intn(4) {
		e.params = append(e.params, c.param(r))
	}
	if r.Intn(6) == 0 {
		e.life = pick(r, []string{"deprecated", "retired"})
	}
	return e
}

var randomURIs = []string{"", "https://shop.example/errors#{code}", "https://shop.example/e/{code}", "https://shop.example/n/{name}", "https://shop.example/b/{name}#{code}", "https://shop.example/errors"}

var randomMetadata = []string{"tier: { type: enum, values: [gold, silver] }", "tier: { type: enum, values: [gold] }", "tier: { type: string }", "sla: { type: integer }", "sla: { type: string }", "page: { type: url }", "page: { type: url, audience: internal }"}

func newRandomCatalog(r *rand.Rand, size int) randomCatalog {
	c := randomCatalog{categories: []string{"orders", "carts", "users"}, typeURI: pick(r, randomURIs)}
	if c.typeURI != "" && r.Intn(2) == 0 {
		c.accepted = []string{"https://older.example/{code}"}
	}
	if r.Intn(2) == 0 {
		c.domain = "shop.example"
	}
	for range size {
		c.errors = append(c.errors, c.error(r))
	}
	for _, e := range c.errors {
		if !e.isInternal && len(e.params) == 0 && e.life == "" && r.Intn(2) == 0 {
			c.fallback = e.name
		}
	}
	if r.Intn(2) == 0 {
		c.metadata = []string{randomMetadata[0], randomMetadata[3]}
	}
	code := c.code()
	c.reserved = []string{fmt.Sprintf("{ code: %q, name: %s, reason: gone }", code, c.name())}
	return c
}

// randomChanges are what people do to catalogs. Some have no effect on some errors,
// and some make a catalog that is refused.
var randomChanges = map[string]func(r *rand.Rand, c *randomCatalog, e *randomError){
	"add an error": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		c.errors = slices.Insert(c.errors, r.Intn(len(c.errors)+1), c.error(r))
	},
	"remove an error": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		i := r.Intn(len(c.errors))
		c.errors = slices.Delete(c.errors, i, i+1)
	},
	"remove an error with a reservation": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		i := r.Intn(len(c.errors))
		e := c.errors[i]
		c.reserved = append(c.reserved, fmt.Sprintf("{ code: %q, aliases: %s, name: %s, former_names: %s }", e.code, list(e.aliases), e.name, list(slices.Concat(e.synonyms, e.formerNames))))
		c.errors = slices.Delete(c.errors, i, i+1)
	},
	"move an error": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		i, j := r.Intn(len(c.errors)), r.Intn(len(c.errors))
		c.errors[i], c.errors[j] = c.errors[j], c.errors[i]
	},
	"rename": func(_ *rand.Rand, c *randomCatalog, e *randomError) { e.name = c.name() },
	"rename and keep the name": func(_ *rand.Rand, c *randomCatalog, e *randomError) {
		e.formerNames = append(e.formerNames, e.name)
		e.name = c.name()
	},
	"use the synonym as the name": func(_ *rand.Rand, _ *randomCatalog, e *randomError) {
		if len(e.synonyms) > 0 {
			e.name, e.synonyms[0] = e.synonyms[0], e.name
		}
	},
	"use the former name as the name": func(_ *rand.Rand, _ *randomCatalog, e *randomError) {
		if len(e.formerNames) > 0 {
			e.name, e.formerNames[0] = e.formerNames[0], e.name
		}
	},
	"make synonyms former names": func(_ *rand.Rand, _ *randomCatalog, e *randomError) {
		e.synonyms, e.formerNames = nil, append(e.formerNames, e.synonyms...)
	},
	"add a synonym": func(_ *rand.Rand, c *randomCatalog, e *randomError) { e.synonyms = append(e.synonyms, c.name()) },
	"add a former name": func(_ *rand.Rand, c *randomCatalog, e *randomError) {
		e.formerNames = append(e.formerNames, c.name())
	},
	"remove other names": func(_ *rand.Rand, _ *randomCatalog, e *randomError) { e.synonyms, e.formerNames = nil, nil },
	"take a former name": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		if len(e.formerNames) > 0 {
			other := c.error(r)
			other.name = e.formerNames[0]
			e.formerNames = e.formerNames[1:]
			c.errors = append(c.errors, other)
		}
	},
	"add an alias":    func(_ *rand.Rand, c *randomCatalog, e *randomError) { e.aliases = append(e.aliases, c.code()) },
	"remove aliases":  func(_ *rand.Rand, _ *randomCatalog, e *randomError) { e.aliases = nil },
	"change the code": func(_ *rand.Rand, c *randomCatalog, e *randomError) { e.code = c.code() },
	"change the code and keep it": func(_ *rand.Rand, c *randomCatalog, e *randomError) {
		e.aliases = append(e.aliases, e.code)
		e.code = c.code()
	},
	"use the alias as the code": func(_ *rand.Rand, _ *randomCatalog, e *randomError) {
		if len(e.aliases) > 0 {
			e.code, e.aliases[0] = e.aliases[0], e.code
		}
	},
	"swap codes": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		other := &c.errors[r.Intn(len(c.errors))]
		e.code, other.code = other.code, e.code
	},
	"give an alias to another error": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		other := &c.errors[r.Intn(len(c.errors))]
		other.aliases, e.aliases = slices.Concat(other.aliases, e.aliases), nil
	},
	"merge errors": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		i := r.Intn(len(c.errors))
		gone := c.errors[i]
		c.errors = slices.Delete(c.errors, i, i+1)
		e := &c.errors[r.Intn(len(c.errors))]
		e.aliases = slices.Concat(e.aliases, []string{gone.code}, gone.aliases)
		e.formerNames = slices.Concat(e.formerNames, []string{gone.name}, gone.synonyms, gone.formerNames)
	},
	"replace an error under its code": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		other := c.error(r)
		other.code = e.code
		*e = other
	},
	"change the audience": func(_ *rand.Rand, _ *randomCatalog, e *randomError) { e.isInternal = !e.isInternal },
	"change the status":   func(r *rand.Rand, _ *randomCatalog, e *randomError) { e.status = 500 + r.Intn(5) },
	"change the category": func(r *rand.Rand, c *randomCatalog, e *randomError) { e.category = pick(r, c.categories) },
	"change the category and keep the status": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		if e.status == 0 {
			e.status = 400 + slices.Index(c.categories, e.category)
		}
		e.category = pick(r, c.categories)
	},
	"add a category": func(_ *rand.Rand, c *randomCatalog, _ *randomError) {
		c.names++
		c.categories = append(c.categories, fmt.Sprintf("category%d", c.names))
	},
	"rename a category": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		c.names++
		i := r.Intn(len(c.categories))
		old, name := c.categories[i], fmt.Sprintf("category%d", c.names)
		c.categories[i] = name
		for j := range c.errors {
			if c.errors[j].category == old {
				c.errors[j].category = name
			}
		}
	},
	"add a param": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		e.params = slices.Insert(e.params, r.Intn(len(e.params)+1), c.param(r))
	},
	"add a sensitive param": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		p := c.param(r)
		p.isSensitive, p.values = true, nil
		e.params = append(e.params, p)
	},
	"remove a param": func(r *rand.Rand, _ *randomCatalog, e *randomError) {
		if len(e.params) > 0 {
			i := r.Intn(len(e.params))
			e.params = slices.Delete(e.params, i, i+1)
		}
	},
	"reorder params": func(r *rand.Rand, _ *randomCatalog, e *randomError) {
		r.Shuffle(len(e.params), func(i, j int) { e.params[i], e.params[j] = e.params[j], e.params[i] })
	},
	"change a param": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		if len(e.params) == 0 {
			return
		}
		p := &e.params[r.Intn(len(e.params))]
		switch r.Intn(5) {
		case 0:
			c.names++
			p.name = fmt.Sprintf("p%d", c.names)
		case 1:
			p.typ, p.values = string(pick(r, catalog.ParamTypes())), nil
		case 2:
			p.isSensitive, p.values = !p.isSensitive, nil
		case 3:
			if len(p.values) > 0 {
				p.values = append(p.values, "cash")
			}
		case 4:
			if len(p.values) > 0 {
				p.values = p.values[:1]
			}
		}
	},
	"change values": func(r *rand.Rand, _ *randomCatalog, e *randomError) {
		for i := range e.params {
			if p := &e.params[i]; p.typ == "string" && !p.isSensitive {
				p.values = pick(r, [][]string{nil, {"card"}, {"card", "iban", "cash"}})
			}
		}
	},
	"deprecate": func(_ *rand.Rand, _ *randomCatalog, e *randomError) { e.life = "deprecated" },
	"retire":    func(_ *rand.Rand, _ *randomCatalog, e *randomError) { e.life = "retired" },
	"restore":   func(_ *rand.Rand, _ *randomCatalog, e *randomError) { e.life = "" },
	"change texts": func(r *rand.Rand, c *randomCatalog, e *randomError) {
		c.names++
		e.texts = fmt.Sprintf(pick(r, []string{"title: Title %d", "message: Message %d", "description: Text %d", "resolution: Do %d", "since: \"%d\"", "tags: [tag%d]"}), c.names)
	},
	"change advice": func(r *rand.Rand, _ *randomCatalog, e *randomError) {
		e.texts = pick(r, []string{"retry: safe", "severity: warning", "retry: after\n    retry_after: 5s"})
	},
	"choose identifiers": func(_ *rand.Rand, c *randomCatalog, e *randomError) {
		c.names++
		e.identifier = fmt.Sprintf("Chosen%d", c.names)
	},
	"change the fallback": func(_ *rand.Rand, c *randomCatalog, e *randomError) { c.fallback = e.name },
	"remove the fallback": func(_ *rand.Rand, c *randomCatalog, _ *randomError) { c.fallback = "" },
	"change the type":     func(r *rand.Rand, c *randomCatalog, _ *randomError) { c.typeURI = pick(r, randomURIs) },
	"change the type and accept the old one": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		if c.typeURI != "" {
			c.accepted = append(c.accepted, c.typeURI)
			c.typeURI = pick(r, randomURIs)
		}
	},
	"accept a type": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		c.accepted = append(c.accepted, pick(r, randomURIs))
	},
	"accept no other type": func(_ *rand.Rand, c *randomCatalog, _ *randomError) { c.accepted = nil },
	"use the accepted type": func(_ *rand.Rand, c *randomCatalog, _ *randomError) {
		if len(c.accepted) > 0 {
			c.typeURI, c.accepted[0] = c.accepted[0], c.typeURI
		}
	},
	"change metadata": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		field := pick(r, randomMetadata)
		key, _, _ := strings.Cut(field, ":")
		c.metadata = slices.DeleteFunc(c.metadata, func(f string) bool { return strings.HasPrefix(f, key+":") })
		c.metadata = append(c.metadata, field)
	},
	"remove metadata": func(_ *rand.Rand, c *randomCatalog, _ *randomError) { c.metadata = nil },
	"reserve": func(_ *rand.Rand, c *randomCatalog, _ *randomError) {
		c.reserved = append(c.reserved, fmt.Sprintf("{ code: %q }", c.code()))
	},
	"use what is reserved": func(r *rand.Rand, c *randomCatalog, _ *randomError) {
		if len(c.reserved) == 1 {
			e := c.error(r)
			_, code, _ := strings.Cut(c.reserved[0], `"`)
			e.code, _, _ = strings.Cut(code, `"`)
			c.errors, c.reserved = append(c.errors, e), nil
		}
	},
}

// load returns the catalog, nil if it is refused.
func (c randomCatalog) load(name string) *catalog.Catalog {
	loaded, _ := generator.Load(name, c.yaml())
	return loaded
}

// randomComparisons returns pairs of catalogs with many changes that break no code and
// nothing on the wire, as package compat says, and pairs with one change that does.
func randomComparisons(t *testing.T, r *rand.Rand, rounds, size, steps int) (compatible, breaking []*comparison) {
	t.Helper()
	var kinds []string
	for kind := range randomChanges {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for len(compatible) < rounds {
		first := newRandomCatalog(r, size)
		old := first.load("old.yaml")
		if old == nil {
			continue
		}
		whole := &comparison{old: old, current: old}
		state := first
		for range steps {
			kind := pick(r, kinds)
			next := state.clone()
			e := pick(r, next.errors)
			randomChanges[kind](r, &next, &next.errors[slices.IndexFunc(next.errors, func(other randomError) bool { return other.name == e.name })])
			current := next.load("new.yaml")
			if current == nil {
				continue
			}
			changes := compat.Compare(old, current)
			if !slices.ContainsFunc(changes, func(c compat.Change) bool { return c.Severity == diag.Error }) {
				whole.name += kind + ", "
				whole.current, whole.changes, state = current, changes, next
				continue
			}
			before := state.load("old.yaml")
			one := &comparison{name: kind, old: before, current: current, changes: compat.Compare(before, current)}
			if one.claimed() != 0 {
				breaking = append(breaking, one)
			}
		}
		compatible = append(compatible, whole)
	}
	return compatible, breaking
}

// TestRandomChanges holds what package compat says against what happens: changes that
// are not errors break neither code nor what is sent, and those that are errors break
// exactly those that they name.
func TestRandomChanges(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles and runs packages")
	}
	rounds, most := 2, 10
	if interoptest.All {
		rounds, most = 6, 30
	}
	interoptest.Report(t, "%d catalogs after many changes and at most %d with one break do what package compat says", rounds, most)
	compatible, breaking := randomComparisons(t, rand.New(rand.NewSource(1)), rounds, 8, 30)
	breaking = breaking[:min(len(breaking), most)]
	all := slices.Concat(compatible, breaking)
	prove(t, all)
	proveInGo(t, compatible[:2])
	for _, c := range all {
		c.check(t, c.name)
	}
}

// FuzzCompare compares two random catalogs: two that have nothing in common but codes
// and names, or one and what some changes make of it. The old one may be one that
// today's rules refuse.
func FuzzCompare(f *testing.F) {
	for seed := range int64(60) {
		f.Add(seed, uint8(seed%12))
	}
	f.Fuzz(func(t *testing.T, seed int64, steps uint8) {
		r := rand.New(rand.NewSource(seed))
		first := newRandomCatalog(r, 8)
		second := newRandomCatalog(r, 8)
		if steps > 0 {
			second = changedAtRandom(r, first, int(steps%32))
			if r.Intn(4) == 0 {
				first, second = second, first
			}
		}
		old, current := first.baseline("catalog.yaml"), second.load("catalog.yaml")
		if old == nil || current == nil {
			t.Skip("a catalog is refused")
		}
		found := compat.Accept(compat.Compare(old, current), old, current)
		text := described(t, found, current)
		if again := described(t, compat.Accept(compat.Compare(old, current), old, current), current); again != text {
			t.Errorf("another comparison says something else:\n%s\nat first:\n%s", again, text)
		}
		isBreaking := slices.ContainsFunc(found, func(c compat.Change) bool { return c.Severity == diag.Error })
		if isBreaking != (compat.BumpOf(found) == compat.Major) {
			t.Errorf("the bump is %s:\n%s", compat.BumpOf(found), text)
		}
		if same := compat.Compare(current, second.load("copy.yaml")); len(same) > 0 {
			t.Errorf("nothing changed:\n%s", described(t, same, current))
		}
		shuffle := func(c randomCatalog) randomCatalog {
			c = c.clone()
			r.Shuffle(len(c.errors), func(i, j int) { c.errors[i], c.errors[j] = c.errors[j], c.errors[i] })
			r.Shuffle(len(c.reserved), func(i, j int) { c.reserved[i], c.reserved[j] = c.reserved[j], c.reserved[i] })
			return c
		}
		other := compat.Compare(shuffle(first).baseline("catalog.yaml"), shuffle(second).load("catalog.yaml"))
		if got, want := summary(other), summary(compat.Compare(old, current)); !slices.Equal(got, want) {
			t.Errorf("in another order:\n%s\nat first:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		h := compat.NewHistory()
		h.Add("v1", first.yaml())
		h.Changes(current)
	})
}

// changedAtRandom returns what some changes make of a catalog.
func changedAtRandom(r *rand.Rand, c randomCatalog, steps int) randomCatalog {
	kinds := slices.Sorted(maps.Keys(randomChanges))
	for range steps {
		next := c.clone()
		if len(next.errors) < 2 {
			break
		}
		randomChanges[pick(r, kinds)](r, &next, &next.errors[r.Intn(len(next.errors))])
		if next.load("catalog.yaml") != nil {
			c = next
		}
	}
	return c
}

// baseline returns the catalog as an earlier version, nil if it cannot be read.
func (c randomCatalog) baseline(name string) *catalog.Catalog {
	loaded, _ := catalog.ReadBaseline(name, c.yaml())
	return loaded
}

// described returns all that documents and reports say of changes.
func described(t *testing.T, changes []compat.Change, current *catalog.Catalog) string {
	t.Helper()
	var b strings.Builder
	entries := []changelog.Entry{{Catalog: current, Changes: changes, Docs: "errors.md"}}
	for _, err := range []error{
		diag.WriteText(&b, compat.Findings(changes), diag.TextOptions{}),
		changelog.WriteMarkdown(&b, "1.0.0", entries),
		changelog.WriteJSON(&b, entries),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// summary returns what changes are about, in no order of their own.
func summary(changes []compat.Change) []string {
	lines := make([]string, len(changes))
	for i, c := range changes {
		lines[i] = fmt.Sprintf("%s %q to %q breaks %v: %s", c.Rule, c.From, c.To, c.Breaks.Names(), c.Message)
	}
	slices.Sort(lines)
	return lines
}
