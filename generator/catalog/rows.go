package catalog

import (
	"path"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// reservation reads one element of reserved.
func (l *loader) reservation(n *yamldoc.Node) {
	fields, ok := l.Fields(n, "a reservation", "name", "code", "codes", "reason")
	if !ok {
		return
	}
	r := Reserved{Pos: l.At(n)}
	kinds := 0
	for _, f := range fields {
		switch f.Name {
		case "name":
			kinds++
			r.Pos = l.At(f.Value)
			if l.name(f.Value, "name") {
				r.Name = f.Value.Value
			}
		case "code":
			kinds++
			r.Pos = l.At(f.Value)
			r.Code, _ = l.code(f.Value, "code")
		case "codes":
			kinds++
			r.Pos = l.At(f.Value)
			var places []diag.Position
			r.Codes, places, _ = l.ranges(f.Value)
			l.reservedRanges = append(l.reservedRanges, r.Codes...)
			l.reservedPos = append(l.reservedPos, places...)
		case "reason":
			r.Reason = l.prose(f.Value, "reason")
		}
	}
	if kinds != 1 {
		l.Report(diag.RuleInvalidReservation, l.At(n), "write one of name, code and codes; add an element for each", "a reservation must have one of name, code and codes, not %d", kinds)
		return
	}
	l.cat.Reserved = append(l.cat.Reserved, r)
}

// outputs reads the section outputs.
func (l *loader) outputs(n *yamldoc.Node) {
	type place struct{ target, path string }
	seen := make(map[place]Output)
	for _, n := range l.List(n, "outputs") {
		o, ok := l.output(n)
		if !ok {
			continue
		}
		l.cat.Outputs = append(l.cat.Outputs, o)
		if o.Target == "" || o.Path == "" {
			continue
		}
		// Some file systems ignore case.
		key := place{o.Target, strings.ToLower(path.Clean(o.Path))}
		if other, ok := seen[key]; ok {
			l.Report(diag.RuleDuplicateOutput, o.Pos, "remove one of the two, or give it another path", "duplicate output of the target %s at %s", diag.Quote(o.Target), diag.Quote(o.Path)).
				Note(other.Pos, "first used here")
			continue
		}
		seen[key] = o
	}
}

// output reads one element of outputs. Its target and options are checked
// elsewhere.
func (l *loader) output(n *yamldoc.Node) (Output, bool) {
	pairs, ok := l.Mapping(n, "an output", "write its target, path and options")
	if !ok {
		return Output{}, false
	}
	l.Require(n, "the output", pairs, "target", "path")
	o := Output{Pos: l.At(n), RowPos: l.At(yamldoc.Target(n))}
	for _, p := range pairs {
		switch p.Name {
		case "target":
			o.Pos = l.At(p.Value)
			o.Target, _ = l.VisibleText(p.Value, "target")
		case "path":
			if s, ok := l.VisibleText(p.Value, "path"); ok {
				o.Path = s
				if err := checkPath(s); err != nil {
					l.Report(diag.RuleInvalidOutputPath, l.At(p.Value), "write a path relative to the folder of the catalog, with /", "path cannot be %s: %v", diag.Quote(s), err)
				}
			}
		default:
			o.Options = append(o.Options, l.option(p))
		}
	}
	return o, true
}

// option reads one option of an output.
func (l *loader) option(p yamldoc.Pair) Option {
	o := Option{Key: p.Name, KeyPos: l.At(p.Key), Pos: l.At(p.Value)}
	if b, ok := yamldoc.AsBool(p.Value); ok {
		o.Value = strconv.FormatBool(b)
	} else if value, ok := l.Text(p.Value, "option "+yamldoc.Shown(p.Key)); ok {
		o.Value = value
	} else {
		o.Unreadable = true
	}
	return o
}
