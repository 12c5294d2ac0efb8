package catalog

import (
	"regexp"
	"strconv"
	"time"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/yamldoc"
)

// reservedParams are the members of a problem body: those of RFC 9457, and those
// that errcat adds.
var reservedParams = map[string]bool{"type": true, "title": true, "status": true, "detail": true, "instance": true, "code": true, "errors": true}

// isReservedParam reports whether a param cannot have a name. Without HTTP there
// is no problem body.
func (l *loader) isReservedParam(name string) bool { return reservedParams[name] && !l.cat.NoHTTP }

// params reads the params of an error.
func (l *loader) params(d *draft, n *yamldoc.Node) {
	pairs, ok := l.Mapping(n, "params", "write a mapping from the name of each param to its type")
	d.paramsUnknown = !ok
	d.paramNames = make(map[string]*Param, len(pairs))
	for _, p := range pairs {
		d.paramNames[p.Name] = nil
		if _, ok := l.Text(p.Key, "param"); !ok {
			continue
		}
		switch {
		case !isParamName(p.Name) || len(p.Name) > maxParamName:
			l.Report(diag.RuleInvalidParamName, l.At(p.Key), "must start with a letter or _ and contain only letters, digits and _ (max 64)", "the name of a param cannot be %s", diag.Quote(p.Name))
			continue
		case l.isReservedParam(p.Name):
			l.Report(diag.RuleReservedParamName, l.At(p.Key), "choose a name such as request_"+p.Name, "the name of a param cannot be %s: the problem body has a member of that name", diag.Quote(p.Name))
			continue
		}
		param := l.param(p)
		d.paramNames[p.Name] = param
		d.Params = append(d.Params, param)
	}
	l.checkParamIdentifiers(d.Params)
}

// param reads one param, in its short form (only the type) or its long form.
func (l *loader) param(pr yamldoc.Pair) *Param {
	p := &Param{Name: pr.Name, Type: String, GoField: naming.GoField(pr.Name), GoArg: naming.GoArg(pr.Name), Pos: l.At(pr.Key)}
	if yamldoc.IsScalar(pr.Value) {
		if t, ok := yamldoc.Choice(l.Document, pr.Value, "the type of a param", paramTypes[:]...); ok {
			p.Type = t
		}
		return p
	}
	fields, _ := l.Fields(pr.Value, "a param", "type", "description", "example", "sensitive")
	var example *yamldoc.Node
	typeKnown := true
	for _, f := range fields {
		switch f.Name {
		case "type":
			if t, ok := yamldoc.Choice(l.Document, f.Value, "the type of a param", paramTypes[:]...); ok {
				p.Type = t
			} else {
				typeKnown = false
			}
		case "description":
			p.Description = l.prose(f.Value, "description")
		case "example":
			example = f.Value
		case "sensitive":
			p.Sensitive = l.Bool(f.Value, "sensitive")
		}
	}
	switch {
	case example == nil:
	case p.Sensitive:
		// It is not read: no output may show it.
		pos, help := l.At(example), "remove the example"
		if pos.Before(p.Pos) {
			pos, help = p.Pos, "write out the keys that are merged, without the example"
		}
		l.Report(diag.RuleSensitiveExample, pos, help, "the sensitive param %s has an example, which documents would publish", p.Name)
	case typeKnown:
		p.Example = l.example(example, p.Type)
	}
	return p
}

// example reads a value of the type of its param; it returns nil if it is not one.
func (l *loader) example(n *yamldoc.Node, t ParamType) any {
	switch t {
	case StringList:
		return exampleList[string](l, n, String)
	case IntegerList:
		return exampleList[int64](l, n, Integer)
	case String:
		if s, ok := l.Text(n, "example"); ok {
			return s
		}
		return nil
	}
	if !yamldoc.IsScalar(n) {
		help := exampleHelp(t)
		if e := yamldoc.Only(n); e != nil && exampleValue(e.Value, e.ShortTag(), t) != nil {
			help = "write " + e.Value
		}
		l.WrongType(n, "example", "a value of type "+string(t), help)
		return nil
	}
	if !l.Scalar(n, "example", "", "") {
		return nil
	}
	if v := exampleValue(n.Value, n.ShortTag(), t); v != nil {
		return v
	}
	if b, ok := yamldoc.AsBool(n); ok && t == Boolean {
		return b
	}
	l.Report(diag.RuleInvalidExample, l.At(n), exampleHelp(t), "example %s is not of type %s", yamldoc.Shown(n), t)
	return nil
}

// exampleValue returns s as a value of a type, nil if it is not one; tag is its
// type in YAML.
func exampleValue(s, tag string, t ParamType) any {
	switch {
	case t == Integer && tag == "!!int":
		if i, ok := yamldoc.Decimal(s); ok {
			return i
		}
	case t == Number && (tag == "!!int" || tag == "!!float") && plainNumber.MatchString(s):
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return f
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

// plainNumber matches numbers that every YAML reader reads in the same way.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// exampleOf has a value of each type, for help.
var exampleOf = map[ParamType]string{
	Integer: "42", Number: "0.5", Boolean: "true", Datetime: `"2026-01-31T12:00:00Z"`, Duration: "1m30s",
}

func exampleHelp(t ParamType) string { return "write a value such as " + exampleOf[t] }

// exampleList reads a list of values of a type.
func exampleList[T any](l *loader, n *yamldoc.Node, element ParamType) any {
	if !yamldoc.IsList(n) {
		help := "write a list such as [a, b]"
		switch {
		case yamldoc.IsScalar(n):
			help = "write it as a list: [" + yamldoc.Shown(n) + "]"
		case element == Integer:
			help = "write a list such as [1, 2]"
		}
		l.WrongType(n, "example", "a list", help)
		return nil
	}
	values := []T{}
	for _, c := range l.List(n, "example") {
		if v := l.example(c, element); v != nil {
			values = append(values, v.(T))
		}
	}
	return values
}

// checkParamIdentifiers reports params whose names consist of the same words, and
// would become the same field.
func (l *loader) checkParamIdentifiers(params []*Param) {
	if len(params) < 2 {
		return
	}
	seen := make(map[string]*Param, 2*len(params))
	for _, p := range params {
		for _, id := range []string{p.GoField, p.GoArg} {
			if other := seen[id]; other != nil && other != p {
				l.Report(diag.RuleIdentifierClash, p.Pos, "rename one of the two", "the params %s and %s would both be %s in Go", other.Name, p.Name, id).Note(other.Pos, "the other is here")
				break
			}
			seen[id] = p
		}
	}
}
