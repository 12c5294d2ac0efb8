package yamldoc

import (
	"cmp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// Pair is a key of a mapping with its value. Neither is an alias.
type Pair struct {
	// Name is the text of the key.
	Name       string
	Key, Value *Node
}

// Mapping returns the pairs of a mapping in their order, the pairs of a merge key
// in its place; the mapping's own keys take precedence over these. It returns
// false if the node is not a mapping. The help may be empty.
func (d *Document) Mapping(n *Node, what, help string) ([]Pair, bool) {
	n = Target(n)
	if n.Kind != yaml.MappingNode {
		if form := d.form(n, what); form != "" {
			help = cmp.Or(help, "write a mapping") + ": " + form
		}
		d.WrongType(n, what, "a mapping", help)
		return nil, false
	}
	if !d.CheckTag(n) {
		return nil, false
	}
	pairs := make([]Pair, 0, len(n.Content)/2)
	index := newKeyIndex(len(n.Content) / 2)
	merges := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := Target(n.Content[i])
		if key.Kind != yaml.ScalarNode {
			d.WrongType(key, "a key", "a string", "")
			continue
		}
		if !d.CheckTag(key) {
			continue
		}
		if before := index.find(pairs, key.Value); before >= 0 {
			d.Report(diag.RuleDuplicateKey, d.At(key), "remove one of the two", "duplicate key %s", diag.Quote(key.Value)).
				Note(d.At(pairs[before].Key), "first used here")
			continue
		}
		merges = merges || isMerge(key)
		pairs = index.add(pairs, Pair{key.Value, key, Target(n.Content[i+1])})
	}
	if merges {
		pairs = d.merge(pairs)
	}
	return pairs, true
}

// keyIndex finds a key among pairs. It is nil for the small mappings that are
// usual, which are searched.
type keyIndex map[string]int

func newKeyIndex(pairs int) keyIndex {
	if pairs <= 32 {
		return nil
	}
	return make(keyIndex, pairs)
}

// find returns the index of the pair with the key, -1 if there is none.
func (index keyIndex) find(pairs []Pair, name string) int {
	if index == nil {
		return slices.IndexFunc(pairs, func(p Pair) bool { return p.Name == name })
	}
	if i, ok := index[name]; ok {
		return i
	}
	return -1
}

// add appends a pair.
func (index keyIndex) add(pairs []Pair, p Pair) []Pair {
	if index != nil {
		index[p.Name] = len(pairs)
	}
	return append(pairs, p)
}

func isMerge(key *yaml.Node) bool { return key.Value == "<<" && key.ShortTag() == "!!merge" }

// merge replaces merge keys by the pairs that they merge.
func (d *Document) merge(pairs []Pair) []Pair {
	taken := make(map[string]bool, len(pairs))
	for _, p := range pairs {
		taken[p.Name] = true
	}
	var all []Pair
	for _, p := range pairs {
		if !isMerge(p.Key) {
			all = append(all, p)
			continue
		}
		merged := []*yaml.Node{p.Value}
		if p.Value.Kind == yaml.SequenceNode {
			merged = p.Value.Content
		}
		for _, n := range merged {
			more, _ := d.Mapping(n, "the value of <<", "write an alias of a mapping, such as <<: *name")
			for _, m := range more {
				if !taken[m.Name] {
					taken[m.Name] = true
					all = append(all, m)
				}
			}
		}
	}
	return all
}

// Fields returns the pairs of a mapping whose keys are known, and reports the
// others. An unknown key that is probably a misspelled one is returned as that
// one, so that its value is checked and the key does not seem to be missing. It
// returns false if the node is not a mapping.
func (d *Document) Fields(n *Node, what string, known ...string) ([]Pair, bool) {
	if n = Target(n); n.Kind != yaml.MappingNode {
		d.WrongType(n, what, mappingWith(known), d.asMapping(n, what, known))
		return nil, false
	}
	pairs, ok := d.Mapping(n, what, "")
	kept := pairs[:0]
	for i, p := range pairs {
		if !slices.Contains(known, p.Name) {
			near := diag.Nearest(p.Name, known)
			help := "did you mean " + near + "?"
			if near == "" {
				help = "the keys are " + strings.Join(known, ", ")
			}
			d.Report(diag.RuleUnknownKey, d.At(p.Key), help, "unknown key %s in %s", diag.Quote(p.Name), what)
			has := func(p Pair) bool { return p.Name == near }
			if near == "" || slices.ContainsFunc(kept, has) || slices.ContainsFunc(pairs[i+1:], has) {
				continue
			}
			p.Name = near
		}
		kept = append(kept, p)
	}
	return kept, ok
}

// Require reports the keys that a mapping lacks. A key may come with the value
// that it must have, such as "version: 1", for the help.
func (d *Document) Require(n *Node, what string, pairs []Pair, keys ...string) {
	for _, k := range keys {
		name, _, hasValue := strings.Cut(k, ":")
		if slices.ContainsFunc(pairs, func(p Pair) bool { return p.Name == name }) {
			continue
		}
		if !hasValue {
			k += ":"
		}
		d.Report(diag.RuleMissingKey, d.At(Target(n)), "add "+k, "%s has no %s", what, name)
	}
}

// List returns the elements of a list, aliases resolved, and nil if the node is
// not a list.
func (d *Document) List(n *Node, what string) []*Node {
	if n.Kind != yaml.SequenceNode {
		d.WrongType(n, what, "a list", d.asList(n, what))
		return nil
	}
	if !d.CheckTag(n) {
		return nil
	}
	elements := make([]*yaml.Node, len(n.Content))
	for i, c := range n.Content {
		elements[i] = Target(c)
	}
	return elements
}
