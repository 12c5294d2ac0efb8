package yamldoc

import "gopkg.in/yaml.v3"

// Differences returns the places at which the meaning of two documents differs, as
// the keys that lead there: aliases and merge keys are resolved, the order of keys
// does not count, a list is one value, and a missing value is an empty mapping if the
// other one is a mapping. A key of the first document is compared
// with what renamed says that it is called in the second one; the keys of a place are
// those of the first document. The nodes are the roots.
func Differences(a *Document, rootA *Node, b *Document, rootB *Node, renamed func(path []string, key string) string) [][]string {
	c := comparison{a: a, b: b, renamed: renamed}
	c.compare(nil, rootA, rootB)
	return c.found
}

// comparison compares two documents.
type comparison struct {
	a, b    *Document
	renamed func(path []string, key string) string
	found   [][]string
}

func (c *comparison) compare(path []string, a, b *Node) {
	a, b = Target(a), Target(b)
	isMap := a.Kind == yaml.MappingNode || b.Kind == yaml.MappingNode
	if !isMap || !isPairs(a) || !isPairs(b) {
		if !c.isSame(a, b) {
			c.found = append(c.found, path)
		}
		return
	}
	var pairsA, pairsB []Pair
	if a.Kind == yaml.MappingNode {
		pairsA, _ = c.a.Mapping(a, "", "")
	}
	if b.Kind == yaml.MappingNode {
		pairsB, _ = c.b.Mapping(b, "", "")
	}
	inB := make(map[string]*Node, len(pairsB))
	for _, p := range pairsB {
		inB[p.Name] = p.Value
	}
	for _, p := range pairsA {
		name := c.renamed(path, p.Name)
		below := append(path[:len(path):len(path)], p.Name)
		if value := inB[name]; value != nil {
			c.compare(below, p.Value, value)
			delete(inB, name)
		} else {
			c.found = append(c.found, below)
		}
	}
	for _, p := range pairsB {
		if inB[p.Name] != nil {
			c.found = append(c.found, append(path[:len(path):len(path)], p.Name))
		}
	}
}

// isPairs reports whether a node is a mapping, or a missing value, which is one without
// pairs.
func isPairs(n *Node) bool { return n.Kind == yaml.MappingNode || IsEmpty(n) }

// isSame reports whether two nodes mean the same.
func (c *comparison) isSame(a, b *Node) bool {
	a, b = Target(a), Target(b)
	if a.Kind != b.Kind || a.Value != b.Value || a.ShortTag() != b.ShortTag() || a.Kind != yaml.MappingNode && len(a.Content) != len(b.Content) {
		return false
	}
	if a.Kind == yaml.MappingNode {
		inner := comparison{a: c.a, b: c.b, renamed: func(_ []string, key string) string { return key }}
		inner.compare(nil, a, b)
		return len(inner.found) == 0
	}
	for i := range a.Content {
		if !c.isSame(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}
