package yamldoc

import (
	"encoding/json"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// JSON returns a node as JSON on one line, with the keys of mappings in their order.
// It reports what JSON does not have, such as dates, and returns false.
func (d *Document) JSON(n *Node, what string) (string, bool) {
	var b strings.Builder
	ok := d.writeJSON(&b, n, what)
	return b.String(), ok
}

// writeJSON appends a node to b, and reports everything that is wrong in it.
func (d *Document) writeJSON(b *strings.Builder, n *Node, what string) bool {
	switch n = Target(n); n.Kind {
	case yaml.MappingNode:
		pairs, ok := d.Mapping(n, what, "")
		b.WriteByte('{')
		for i, p := range pairs {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(jsonString(p.Name) + ":")
			ok = d.writeJSON(b, p.Value, "the value of "+Shown(p.Key)) && ok
		}
		b.WriteByte('}')
		return ok
	case yaml.SequenceNode:
		ok := d.CheckTag(n)
		b.WriteByte('[')
		for i, e := range n.Content {
			if i > 0 {
				b.WriteByte(',')
			}
			ok = d.writeJSON(b, e, "an element of "+what) && ok
		}
		b.WriteByte(']')
		return ok
	}
	if v, ok := AsBool(n); ok {
		b.WriteString(strconv.FormatBool(v))
		return true
	}
	switch tag := n.ShortTag(); {
	case tag == "!!null" && d.CheckTag(n):
		b.WriteString("null")
		return true
	case (tag == "!!int" || tag == "!!float") && json.Valid([]byte(n.Value)) && d.CheckTag(n):
		b.WriteString(n.Value)
		return true
	}
	s, ok := d.Text(n, what)
	b.WriteString(jsonString(s))
	return ok
}

// jsonString returns a string as JSON.
func jsonString(s string) string {
	text, _ := json.Marshal(s) // does not fail for strings
	return string(text)
}
