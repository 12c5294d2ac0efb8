package catalog

import (
	"maps"
	"path"
	"slices"
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

// output reads one row of outputs.
func (l *loader) output(n *yaml.Node) (Output, bool) {
	pairs, ok := l.mapping(n, "an output", "write a mapping such as {target: go, path: errors}")
	if !ok {
		return Output{}, false
	}
	l.require(n, "the output", pairs, "target", "path")
	o := Output{Pos: l.at(n)}
	var spec *TargetSpec
	for _, p := range pairs {
		switch p.name {
		case "target":
			o.Pos = l.at(p.value)
			if s, ok := l.nonBlank(p.value, "target"); ok {
				o.Target = s
				spec = l.targetSpec(p.value)
			}
		case "path":
			if s, ok := l.nonBlank(p.value, "path"); ok {
				o.Path = s
				if err := checkPath(s); err != nil {
					l.report(RuleInvalidOutputPath, l.at(p.value), "write a path relative to the folder of the catalog, with /", "%s: %v", quoted(s), err)
				}
			}
		}
	}
	for _, p := range pairs {
		if p.name != "target" && p.name != "path" {
			l.option(&o, spec, p)
		}
	}
	if spec != nil {
		l.require(n, "the output of the target "+spec.Name, pairs, spec.Required...)
	}
	if spec != nil && spec.Conflict != nil {
		l.conflict(&o, spec)
	}
	return o, true
}

// conflict reports options that do not go together.
func (l *loader) conflict(o *Output, spec *TargetSpec) {
	options := make(map[string]string, len(o.Options))
	for _, option := range o.Options {
		options[option.Key] = option.Value
	}
	name, err := spec.Conflict(options)
	if err == nil {
		return
	}
	for _, option := range o.Options {
		if option.Key == name {
			l.report(RuleInvalidOutputOption, option.Pos, "change the value, or remove the option", "%s cannot be %s: %v", name, quoted(option.Value), err)
		}
	}
}

// targetSpec returns what is known of a target, and reports one that is not.
func (l *loader) targetSpec(n *yaml.Node) *TargetSpec {
	if l.targets == nil {
		return nil
	}
	var names []string
	for i := range l.targets {
		if l.targets[i].Name == n.Value {
			return &l.targets[i]
		}
		names = append(names, l.targets[i].Name)
	}
	help := "the targets are " + strings.Join(names, ", ")
	if near := nearest(n.Value, names); near != "" {
		help = "did you mean " + near + "? T" + help[1:]
	}
	l.report(RuleUnknownTarget, l.at(n), help, "there is no target %s", quoted(n.Value))
	return nil
}

// option reads one option of an output. What its values may be is for the
// target to say; spec is nil where the target is not known.
func (l *loader) option(o *Output, spec *TargetSpec, p pair) {
	var check func(string) error
	if spec != nil {
		if check = spec.Options[p.name]; check == nil {
			l.unknownOption(spec, p)
			return
		}
	}
	value, ok := p.value.Value, true
	if p.value.Kind == yaml.ScalarNode && p.value.ShortTag() == "!!bool" {
		value = strings.ToLower(value)
	} else if value, ok = l.text(p.value, "option "+shown(p.key)); !ok {
		return
	}
	if check != nil {
		if err := check(value); err != nil {
			l.report(RuleInvalidOutputOption, l.at(p.value), "change the value, or remove the option", "%s cannot be %s: %v", p.name, quoted(value), err)
			return
		}
	}
	o.Options = append(o.Options, Option{Key: p.name, Value: value, Pos: l.at(p.value)})
}

// unknownOption reports a key that is no option of the target.
func (l *loader) unknownOption(spec *TargetSpec, p pair) {
	names := slices.Sorted(maps.Keys(spec.Options))
	help := "the keys are " + strings.Join(append([]string{"target", "path"}, names...), ", ")
	if near := nearest(p.name, append(names, "target", "path")); near != "" {
		help = "did you mean " + near + "?"
	}
	l.report(RuleUnknownKey, l.at(p.key), help, "an output of the target %s has no key %s", spec.Name, quoted(p.name))
}
