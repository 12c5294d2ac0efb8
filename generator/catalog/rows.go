package catalog

import (
	"path"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// reservation reads one row of reserved.
func (l *loader) reservation(n *yaml.Node) {
	fields, ok := l.fields(n, "a reservation", "name", "code", "codes", "reason")
	if !ok {
		return
	}
	r := Reserved{Pos: l.at(n)}
	kinds := 0
	for _, f := range fields {
		switch f.name {
		case "name":
			kinds++
			r.Pos = l.at(f.value)
			if l.name(f.value, "name") {
				r.Name = f.value.Value
			}
		case "code":
			kinds++
			r.Pos = l.at(f.value)
			r.Code, _ = l.code(f.value, "code")
		case "codes":
			kinds++
			r.Pos = l.at(f.value)
			var places []diag.Position
			r.Codes, places, _ = l.ranges(f.value)
			l.reservedRanges = append(l.reservedRanges, r.Codes...)
			l.reservedPos = append(l.reservedPos, places...)
		case "reason":
			r.Reason = l.prose(f.value, "reason")
		}
	}
	if kinds != 1 {
		l.report(RuleInvalidReservation, l.at(n), "write one of name, code and codes; make a row for each", "a reservation has one of name, code and codes, this one has %d", kinds)
		return
	}
	l.cat.Reserved = append(l.cat.Reserved, r)
}

// outputs reads the section outputs.
func (l *loader) outputs(n *yaml.Node) {
	type place struct{ target, path string }
	seen := make(map[place]Output)
	for _, n := range l.list(n, "outputs") {
		o, ok := l.output(n)
		if !ok {
			continue
		}
		l.cat.Outputs = append(l.cat.Outputs, o)
		if o.Target == "" || o.Path == "" {
			continue
		}
		// There are file systems that ignore case.
		key := place{o.Target, strings.ToLower(path.Clean(o.Path))}
		if other, ok := seen[key]; ok {
			l.report(RuleDuplicateOutput, o.Pos, "remove one of the two, or give it a path of its own", "two outputs of the target %s write to %s", quoted(o.Target), quoted(o.Path)).
				note(other.Pos, "the other is here")
			continue
		}
		seen[key] = o
	}
}

// output reads one row of outputs. Its target and options are for others to
// check.
func (l *loader) output(n *yaml.Node) (Output, bool) {
	pairs, ok := l.mapping(n, "an output", "write a mapping such as {target: go, path: errors}")
	if !ok {
		return Output{}, false
	}
	l.require(n, "the output", pairs, "target", "path")
	o := Output{Pos: l.at(n), RowPos: l.at(target(n))}
	for _, p := range pairs {
		switch p.name {
		case "target":
			o.Pos = l.at(p.value)
			o.Target, _ = l.nonBlank(p.value, "target")
		case "path":
			if s, ok := l.nonBlank(p.value, "path"); ok {
				o.Path = s
				if err := checkPath(s); err != nil {
					l.report(RuleInvalidOutputPath, l.at(p.value), "write a path relative to the folder of the catalog, with /", "%s: %v", quoted(s), err)
				}
			}
		default:
			o.Options = append(o.Options, l.option(p))
		}
	}
	return o, true
}

// option reads one option of an output.
func (l *loader) option(p pair) Option {
	o := Option{Key: p.name, KeyPos: l.at(p.key), Pos: l.at(p.value)}
	if p.value.Kind == yaml.ScalarNode && p.value.ShortTag() == "!!bool" {
		o.Value = strings.ToLower(p.value.Value)
	} else if value, ok := l.text(p.value, "option "+shown(p.key)); ok {
		o.Value = value
	} else {
		o.Unreadable = true
	}
	return o
}
