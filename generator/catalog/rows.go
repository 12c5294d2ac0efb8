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

// ReadOutputs reads a list of outputs, and reports what is wrong with it except for
// targets and their options. What could not be read of an element is empty.
func ReadOutputs(d *yamldoc.Document, n *yamldoc.Node) []Output {
	type place struct{ target, path string }
	seen := make(map[place]Output)
	var outputs []Output
	for _, n := range d.List(n, "outputs") {
		o, ok := readOutput(d, n)
		if !ok {
			continue
		}
		outputs = append(outputs, o)
		if o.Target == "" || o.Path == "" {
			continue
		}
		// Some file systems ignore case.
		key := place{o.Target, strings.ToLower(path.Clean(o.Path))}
		if other, ok := seen[key]; ok {
			d.Report(diag.RuleDuplicateOutput, o.Pos, "remove one of the two, or give it another path", "duplicate output of the target %s at %s", diag.Quote(o.Target), diag.Quote(o.Path)).
				Note(other.Pos, "first used here")
			continue
		}
		seen[key] = o
	}
	return outputs
}

// readOutput reads one element of outputs.
func readOutput(d *yamldoc.Document, n *yamldoc.Node) (Output, bool) {
	pairs, ok := d.Mapping(n, "an output", "write its target, path and options")
	if !ok {
		return Output{}, false
	}
	d.Require(n, "the output", pairs, "target", "path")
	o := Output{Pos: d.At(n), RowPos: d.At(yamldoc.Target(n))}
	for _, p := range pairs {
		switch p.Name {
		case "target":
			o.Pos = d.At(p.Value)
			o.Target, _ = d.VisibleText(p.Value, "target")
		case "path":
			if s, ok := d.VisibleText(p.Value, "path"); ok {
				o.Path = s
				if err := checkPath(s); err != nil {
					d.Report(diag.RuleInvalidOutputPath, d.At(p.Value), "write a path relative to the folder of the catalog, with /", "path cannot be %s: %v", diag.Quote(s), err)
				}
			}
		default:
			o.Options = append(o.Options, readOption(d, p))
		}
	}
	return o, true
}

// readOption reads one option of an output.
func readOption(d *yamldoc.Document, p yamldoc.Pair) Option {
	o := Option{Key: p.Name, KeyPos: d.At(p.Key), Pos: d.At(p.Value)}
	if b, ok := yamldoc.AsBool(p.Value); ok {
		o.Value = strconv.FormatBool(b)
	} else if value, ok := d.Text(p.Value, "option "+yamldoc.Shown(p.Key)); ok {
		o.Value = value
	} else {
		o.Unreadable = true
	}
	return o
}
