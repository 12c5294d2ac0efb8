package catalog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
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
			p.Name = diag.Quote(p.Name)
			l.Report(diag.RuleInvalidParamName, l.At(p.Key), "must start with a letter or _ and contain only letters, digits and _ (max 64)", "the name of a param cannot be %s", p.Name)
			l.param(p) // for what else is wrong
			continue
		case l.isReservedParam(p.Name):
			l.Report(diag.RuleReservedParamName, l.At(p.Key), "choose a name such as request_"+p.Name, "the name of a param cannot be %s: the problem body has a member of that name", diag.Quote(p.Name))
			l.param(p)
			continue
		}
		param := l.param(p)
		param.GoField, param.GoArg = naming.GoField(p.Name), naming.GoArg(p.Name)
		d.paramNames[p.Name] = param
		d.Params = append(d.Params, param)
	}
	l.checkParamIdentifiers(d.Params)
}

// param reads one param, in its short form (only the type) or its long form, and
// leaves its identifiers to params.
func (l *loader) param(pr yamldoc.Pair) *Param {
	p := &Param{Name: pr.Name, Type: String, Pos: l.At(pr.Key)}
	if yamldoc.IsScalar(pr.Value) {
		if t, ok := yamldoc.Choice(l.Document, pr.Value, "the type of a param", paramTypes[:]...); ok {
			p.Type = t
		}
		return p
	}
	fields, _ := l.Fields(pr.Value, "a param", "type", "description", "values", "example", "sensitive")
	var example, values *yamldoc.Node
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
		case "values":
			values = f.Value
		case "example":
			example = f.Value
		case "sensitive":
			p.Sensitive = l.Bool(f.Value, "sensitive")
		}
	}
	valuesKnown := true
	if values != nil && typeKnown {
		p.Values, valuesKnown = l.paramValues(values, p.Type)
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
		if len(p.Values) > 0 && valuesKnown {
			l.checkExample(example, p)
		}
	}
	return p
}

// paramValues reads the values that a param can have. It reports false if one of
// them cannot be read.
func (l *loader) paramValues(n *yamldoc.Node, t ParamType) (values []string, ok bool) {
	if t != String && t != StringList {
		l.Report(diag.RuleWrongType, l.At(n), "remove values; only a string or string[] has them", "a param of type %s cannot have values", t)
		return nil, false
	}
	nodes := l.List(n, "values")
	ok = nodes != nil
	if ok && len(nodes) == 0 {
		l.Report(diag.RuleEmptyValue, l.At(n), "write the possible values", "values is empty")
		return nil, false
	}
	seen := make(map[string]*yamldoc.Node)
	for _, n := range nodes {
		s, isText := l.StrictText(n, "value")
		switch {
		case !isText:
			ok = false
		case strings.TrimSpace(s) == "":
			l.Report(diag.RuleEmptyValue, l.At(n), "write a string, or remove it", "value is empty")
			ok = false
		case seen[s] != nil:
			l.Report(diag.RuleDuplicateValue, l.At(n), "remove one of the two", "duplicate value %s", diag.Quote(s)).Note(l.At(seen[s]), "first used here")
		default:
			seen[s] = n
			values = append(values, s)
		}
	}
	return values, ok
}

// checkExample reports an example that is not one of the values of its param.
func (l *loader) checkExample(n *yamldoc.Node, p *Param) {
	nodes := []*yamldoc.Node{n}
	if p.Type == StringList {
		if !yamldoc.IsList(n) {
			return
		}
		nodes = l.List(n, "example")
	}
	for _, n := range nodes {
		if s, ok := l.Text(n, "example"); ok && !slices.Contains(p.Values, s) {
			const most = 10
			help := "the values are " + strings.Join(p.Values[:min(most, len(p.Values))], ", ")
			if len(p.Values) > most {
				help += ", ..."
			}
			l.Report(diag.RuleInvalidExample, l.At(n), help, "the example %s is not one of the values of %s", diag.Quote(n.Value), p.Name)
		}
	}
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
