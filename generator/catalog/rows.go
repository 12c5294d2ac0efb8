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
	fields, ok := l.Fields(n, "a reservation", "code", "name", "codes", "aliases", "former_names", "reason")
	if !ok {
		return
	}
	r := Reserved{Pos: l.At(n)}
	keys := make(map[string]*yamldoc.Node)
	for _, f := range fields {
		keys[f.Name] = f.Key
		switch f.Name {
		case "name":
			r.Pos = l.At(f.Value)
			if l.name(f.Value, "name") {
				r.Name = f.Value.Value
			}
		case "former_names":
			for _, n := range l.List(f.Value, "former_names") {
				if l.name(n, "former name") {
					r.FormerNames = append(r.FormerNames, Word{n.Value, l.At(n)})
				}
			}
		case "code":
			r.Pos = l.At(f.Value)
			r.Code, _ = l.code(f.Value, "code")
		case "aliases":
			for _, n := range l.List(f.Value, "aliases") {
				if s, ok := l.code(n, "alias"); ok {
					r.Aliases = append(r.Aliases, Alias{Code: s, Pos: l.At(n)})
				}
			}
		case "codes":
			r.Pos = l.At(f.Value)
			var places []diag.Position
			r.Codes, places, _ = l.ranges(f.Value)
			l.reservedRanges = append(l.reservedRanges, r.Codes...)
			l.reservedPos = append(l.reservedPos, places...)
		case "reason":
			r.Reason = l.prose(f.Value, "reason")
		}
	}
	if l.checkReservation(n, keys) {
		l.cat.Reserved = append(l.cat.Reserved, r)
	}
}

// checkReservation reports keys that cannot be in one reservation.
func (l *loader) checkReservation(n *yamldoc.Node, keys map[string]*yamldoc.Node) bool {
	if keys["codes"] != nil {
		for _, other := range []string{"code", "aliases", "name", "former_names"} {
			if key := keys[other]; key != nil {
				l.Report(diag.RuleInvalidReservation, l.At(key), "move it to an element of its own", "a reservation of codes cannot have %s, which is about one error", other)
				return false
			}
		}
		return true
	}
	for _, needs := range [][2]string{{"aliases", "code"}, {"former_names", "name"}} {
		if key := keys[needs[0]]; key != nil && keys[needs[1]] == nil {
			l.Report(diag.RuleInvalidReservation, l.At(key), "add the "+needs[1]+" that the error had", "a reservation with %s must have %s", needs[0], needs[1])
			return false
		}
	}
	if keys["code"] == nil && keys["name"] == nil {
		l.Report(diag.RuleInvalidReservation, l.At(n), "add the code or the name of an error, or codes with ranges", "a reservation must have code, name or codes")
		return false
	}
	return true
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
				o.Path, o.PathPos = s, d.At(p.Value)
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
	} else if yamldoc.IsMapping(p.Value) {
		o.Value, ok = d.JSON(p.Value, "option "+yamldoc.Shown(p.Key))
		o.IsMapping, o.Unreadable = true, !ok
	} else if value, ok := d.Text(p.Value, "option "+yamldoc.Shown(p.Key)); ok {
		o.Value = value
	} else {
		o.Unreadable = true
	}
	return o
}
