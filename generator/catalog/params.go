package catalog

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// reservedParams are the members of a problem body (RFC 9457), and those that
// errcat adds to it.
var reservedParams = wordSet("type title status detail instance code errors")

// params reads the params of an error.
func (l *loader) params(d *draft, n *yaml.Node) {
	pairs, ok := l.mapping(n, "params", "write a mapping from the name of each param to its type")
	d.paramsUnknown = !ok
	d.paramNames = make(map[string]*Param, len(pairs))
	for _, p := range pairs {
		d.paramNames[p.name] = nil
		if _, ok := l.text(p.key, "param"); !ok {
			continue
		}
		switch {
		case !isParamName(p.name) || len(p.name) > maxParamName:
			l.report(RuleInvalidParamName, l.at(p.key), "begin with a lower-case letter and go on with letters, digits and _, 64 at most", "%s cannot be the name of a param", quoted(p.name))
			continue
		case reservedParams[p.name]:
			l.report(RuleReservedParamName, l.at(p.key), "choose a name such as request_"+p.name, "a param cannot be called %s: the problem body has a member of that name", p.name)
			continue
		}
		param := l.param(p)
		d.paramNames[p.name] = param
		d.Params = append(d.Params, param)
	}
	l.checkParamIdentifiers(d.Params)
}

// param reads one param, in its short form (the type alone) or the long one.
func (l *loader) param(pr pair) *Param {
	p := &Param{Name: pr.name, Type: String, GoField: goFieldName(pr.name), GoArg: goArgName(pr.name), Pos: l.at(pr.key)}
	if pr.value.Kind == yaml.ScalarNode {
		if t, ok := choice(l, pr.value, "the type of a param", paramTypes[:]...); ok {
			p.Type = t
		}
		return p
	}
	fields, _ := l.fields(pr.value, "a param", "type", "description", "example", "sensitive")
	var example *yaml.Node
	typeKnown := true
	for _, f := range fields {
		switch f.name {
		case "type":
			if t, ok := choice(l, f.value, "the type of a param", paramTypes[:]...); ok {
				p.Type = t
			} else {
				typeKnown = false
			}
		case "description":
			p.Description = l.prose(f.value, "description")
		case "example":
			example = f.value
		case "sensitive":
			p.Sensitive = l.boolean(f.value, "sensitive")
		}
	}
	if example != nil && typeKnown {
		p.Example = l.example(example, p.Type)
	}
	return p
}

// example reads a value of the type of its param; nil where it is none.
func (l *loader) example(n *yaml.Node, t ParamType) any {
	switch t {
	case StringList:
		return exampleList[string](l, n, String)
	case IntegerList:
		return exampleList[int64](l, n, Integer)
	case String:
		if s, ok := l.text(n, "example"); ok {
			return s
		}
		return nil
	}
	switch {
	case n.Kind != yaml.ScalarNode:
		l.wrongType(n, "example", "of the type "+string(t), "write one such as "+exampleOf[t])
		return nil
	case isEmpty(n):
		l.noValue(n, "example")
		return nil
	case !l.plainTag(n):
		return nil
	}
	if v := exampleValue(n.Value, n.ShortTag(), t); v != nil {
		return v
	}
	l.report(RuleInvalidExample, l.at(n), "write one such as "+exampleOf[t], "the example %s is not of the type %s", shown(n), t)
	return nil
}

// exampleValue returns the value of a type that s is, nil where it is none; tag
// is the type that YAML gives it.
func exampleValue(s, tag string, t ParamType) any {
	switch {
	case t == Integer && tag == "!!int":
		if i, ok := decimal(s); ok {
			return i
		}
	case t == Number && (tag == "!!int" || tag == "!!float") && plainNumber.MatchString(s):
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return f
		}
	case t == Boolean && tag == "!!bool":
		switch strings.ToLower(s) {
		case "true":
			return true
		case "false":
			return false
		}
	case t == Datetime && (tag == "!!str" || tag == "!!timestamp"):
		if d, err := time.Parse(time.RFC3339Nano, s); err == nil {
			return d
		}
	case t == Duration && tag == "!!str":
		if d, err := time.ParseDuration(s); err == nil {
			return d
		}
	}
	return nil
}

// plainNumber is a number that is one and the same for every YAML reader.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// exampleOf shows how a value of each type is written.
var exampleOf = map[ParamType]string{
	Integer: "42", Number: "0.5", Boolean: "true", Datetime: `"2026-01-31T12:00:00Z"`, Duration: "1m30s",
}

// exampleList reads a list of values of a type.
func exampleList[T any](l *loader, n *yaml.Node, element ParamType) any {
	if n.Kind != yaml.SequenceNode {
		help := "write a list such as [a, b]"
		if element == Integer {
			help = "write a list such as [1, 2]"
		}
		l.wrongType(n, "example", "a list", help)
		return nil
	}
	values := []T{}
	for _, c := range l.list(n, "example") {
		if v := l.example(c, element); v != nil {
			values = append(values, v.(T))
		}
	}
	return values
}

// checkParamIdentifiers reports params whose names differ only in how their
// words are written: they would be one field.
func (l *loader) checkParamIdentifiers(params []*Param) {
	if len(params) < 2 {
		return
	}
	seen := make(map[string]*Param, 2*len(params))
	for _, p := range params {
		for _, id := range []string{p.GoField, p.GoArg} {
			if other := seen[id]; other != nil && other != p {
				l.report(RuleIdentifierClash, p.Pos, "rename one of the two", "the params %s and %s are both %s in Go", other.Name, p.Name, id).note(other.Pos, "the other is here")
				break
			}
			seen[id] = p
		}
	}
}
