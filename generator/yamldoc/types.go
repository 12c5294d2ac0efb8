package yamldoc

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// This file reports values of a wrong type: what was expected, what was found, and
// the right form with the author's own value.

// WrongType reports a node that does not have the type that it must have. The help
// may be empty.
func (d *Document) WrongType(n *Node, what, want, help string) {
	if IsEmpty(n) {
		d.noValue(n, what)
		return
	}
	switch {
	case help != "":
	case want == "a string":
		help = d.stringHelp(n)
	default:
		help = "write " + want
	}
	d.Report(diag.RuleWrongType, d.At(n), help, "%s: expected %s, found %s", what, want, found(n))
}

// typeNames are YAML's types in words.
var typeNames = map[string]string{
	"!!int": "number", "!!float": "number", "!!bool": "boolean", "!!null": "null", "!!timestamp": "date",
	"!!merge": "merge key", "!!map": "mapping", "!!seq": "list", "!!str": "string",
}

// found says what a node is.
func found(n *yaml.Node) string {
	tag := n.ShortTag()
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case typeNames[tag] == "":
		return "a value of type " + diag.Quote(n.Tag)
	case tag == "!!null":
		return Shown(n)
	case tag == "!!str":
		return "the string " + diag.Quote(n.Value)
	}
	return "the " + typeNames[tag] + " " + Shown(n)
}

// stringHelp returns the help about a mapping or list in the place of a string.
func (d *Document) stringHelp(n *yaml.Node) string {
	source := d.flow(n)
	switch e := Only(n); {
	case e != nil && source != "":
		return "write " + Quoted(e) + ", or " + strconv.Quote(source) + " if the brackets belong to it"
	case e != nil:
		return "write " + Quoted(e)
	case source != "":
		return "quote it: " + strconv.Quote(source)
	}
	return `write one string; quote one that starts with a bracket or contains ": "`
}

// flow returns the source of a mapping or list in brackets that is short and on one
// line, else an empty string.
func (d *Document) flow(n *yaml.Node) string {
	if n.Style&yaml.FlowStyle == 0 || n.Anchor != "" || IsTagged(n) {
		return ""
	}
	start, end := d.Span(n)
	if source := d.data[start:end]; len(source) <= maxShown && !bytes.ContainsAny(source, "\r\n") {
		return string(source)
	}
	return ""
}

// Only returns the element of a list that has no others, if it is a scalar with a
// value, else nil.
func Only(n *Node) *Node {
	if n.Kind != yaml.SequenceNode || len(n.Content) != 1 {
		return nil
	}
	if e := Target(n.Content[0]); hasValue(e) {
		return e
	}
	return nil
}

// hasValue reports whether a node is a scalar that is not null.
func hasValue(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" }

// asList returns the help about a node in the place of a list with that name.
func (d *Document) asList(n *yaml.Node, what string) string {
	element := d.form(n, what)
	switch {
	case element != "":
		return "write it as a list: [" + element + "]"
	case n.Kind == yaml.ScalarNode:
		return "write it as a list: [" + Quoted(n) + "]"
	case len(n.Content) == 0:
	case d.Form != nil && d.isForm(what):
		if source := d.flow(n); source != "" {
			return "write it as a list: [" + source + "]"
		}
		return "write a dash before the first key of each element: - " + diag.Clip(n.Content[0].Value, maxShown) + ":"
	case len(n.Content) <= 6:
		var keys []string
		for i := 0; i < len(n.Content); i += 2 {
			keys = append(keys, Quoted(n.Content[i]))
		}
		return "write it as a list: [" + strings.Join(keys, ", ") + "]"
	}
	return "write a list, with a dash before each element"
}

// isForm reports whether nodes with that name are mappings, or lists of mappings.
func (d *Document) isForm(what string) bool {
	key, _ := d.Form(what, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "a"})
	return key != ""
}

// asMapping returns the help about a node in the place of a mapping that has keys.
func (d *Document) asMapping(n *yaml.Node, what string, keys []string) string {
	if form := d.form(n, what); form != "" {
		return "write " + form
	}
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 && Target(n.Content[0]).Kind == yaml.MappingNode {
		if n.Style&yaml.FlowStyle != 0 {
			return "remove the brackets around the mapping"
		}
		return "remove the dash before the mapping"
	}
	return "write a mapping such as {" + strings.Join(keys[:min(3, len(keys))], ": ..., ") + ": ...}"
}

// form returns the mapping that the author of a scalar, or of a list of scalars,
// probably means; an empty string if it is not known.
func (d *Document) form(n *yaml.Node, what string) string {
	values := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		values = n.Content
	}
	if d.Form == nil || len(values) > 3 {
		return ""
	}
	var pairs []string
	keys := make(map[string]bool)
	for _, v := range values {
		if v = Target(v); !hasValue(v) {
			return ""
		}
		key, value := d.Form(what, v)
		if key == "" || keys[key] {
			return ""
		}
		keys[key] = true
		pairs = append(pairs, key+": "+value)
	}
	if len(pairs) == 0 {
		return ""
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

// mappingWith says what a mapping with such keys is.
func mappingWith(keys []string) string {
	if len(keys) > 3 {
		return "a mapping with keys such as " + strings.Join(keys[:3], ", ")
	}
	last := len(keys) - 1
	return "a mapping with " + strings.Join(keys[:last], ", ") + " and " + keys[last]
}

// Key returns the value of a scalar as the key of a mapping in brackets.
func Key(n *Node) string {
	plain := n.Value != "" && len(n.Value) <= maxShown && ambiguous(&yaml.Node{Value: n.Value}) == ""
	for i := range len(n.Value) {
		c := n.Value[i]
		plain = plain && c < utf8.RuneSelf && (isLetter(c) || i > 0 && (isDigit(c) || c == '_' || c == '-'))
	}
	if plain && n.ShortTag() == "!!str" {
		return n.Value
	}
	return Quoted(n)
}
