package compat

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// This file compares params, and what generated code makes of them.

// params compares the params of an error.
func (d *diff) params(p pair) {
	after := byParam(p.new)
	before := byParam(p.old)
	renamed := renamedParams(p, before, after)
	for _, old := range p.old.Params {
		param := after[old.Name]
		if param == nil {
			param = renamed[old]
			if param != nil {
				d.param(p, diag.RuleParamRenamed, d.users(p, old), old, param, old.Name, param.Name,
					"keep the old name: code reads the param by it", "the param %s of %s was renamed to %s", old.Name, p.new.Name, param.Name)
			} else {
				d.param(p, diag.RuleParamRemoved, d.users(p, old), old, nil, old.Name, old.Name,
					"keep it: clients may read it, and servers give it", "the param %s of %s was removed", old.Name, p.new.Name)
				continue
			}
		}
		d.comparedParam(p, old, param)
	}
	for _, param := range p.new.Params {
		if before[param.Name] == nil && !isRenamed(renamed, param) {
			d.param(p, diag.RuleParamAdded, 0, nil, param, "", param.Name, "", "the param %s of %s was added; servers of the old version do not send it", param.Name, p.new.Name)
		}
	}
}

// param adds a change of a param, at the place of the param. One of the two is nil
// if only one version has it.
func (d *diff) param(p pair, rule diag.Rule, breaks Breaks, old, param *catalog.Param, from, to, help, format string, args ...any) {
	c := d.change(p, rule, breaks, from, to, help, format, args...)
	if param != nil {
		c.Pos = param.Pos
	}
	if old != nil {
		c.Notes[0].Pos = old.Pos
	}
}

// users returns who sees a param of the old version. A sensitive one does not leave
// the server.
func (d *diff) users(p pair, param *catalog.Param) Breaks {
	if param.Sensitive {
		return Go
	}
	return p.wire() | d.source(p.old)
}

func byParam(e *catalog.Error) map[string]*catalog.Param {
	all := make(map[string]*catalog.Param, len(e.Params))
	for _, p := range e.Params {
		all[p.Name] = p
	}
	return all
}

// renamedParams returns the params of the new version by those of the old one that
// they seem to be under a new name: of the same type, and with the same description
// or at the same place.
func renamedParams(p pair, before, after map[string]*catalog.Param) map[*catalog.Param]*catalog.Param {
	renamed := make(map[*catalog.Param]*catalog.Param)
	for i, old := range p.old.Params {
		if after[old.Name] != nil {
			continue
		}
		for j, param := range p.new.Params {
			if before[param.Name] != nil || param.Type != old.Type || isRenamed(renamed, param) {
				continue
			}
			sameText := !old.Description.IsEmpty() && old.Description.Source() == param.Description.Source()
			if sameText || i == j && len(p.old.Params) == len(p.new.Params) {
				renamed[old] = param
				break
			}
		}
	}
	return renamed
}

func isRenamed(renamed map[*catalog.Param]*catalog.Param, param *catalog.Param) bool {
	for _, p := range renamed {
		if p == param {
			return true
		}
	}
	return false
}

// comparedParam compares a param of both versions.
func (d *diff) comparedParam(p pair, old, param *catalog.Param) {
	name := param.Name
	if old.Type != param.Type {
		breaks := d.users(p, old)
		if d.typeScriptType(old) == d.typeScriptType(param) {
			breaks &^= TypeScript
		}
		d.param(p, diag.RuleParamTypeChanged, breaks, old, param, string(old.Type), name+"="+string(param.Type),
			"keep the type, or add a param with another name", "the type of the param %s of %s changed from %s to %s", name, p.new.Name, old.Type, param.Type)
	}
	switch {
	case old.Sensitive == param.Sensitive:
	case param.Sensitive:
		d.param(p, diag.RuleParamMadeSensitive, d.users(p, old), old, param, "", name,
			"make it public again, unless the value must not leave the server", "the param %s of %s is sensitive now, so that clients no longer get it", name, p.new.Name)
	default:
		d.param(p, diag.RuleParamMadePublic, d.source(p.old), old, param, "", name,
			"keep it sensitive, or make sure that clients and logs may have the value", "the param %s of %s was sensitive, and is sent to clients and logged now", name, p.new.Name)
	}
	d.values(p, old, param)
}

// typeScriptType returns the type of a param in TypeScript.
func (d *diff) typeScriptType(p *catalog.Param) catalog.ParamType {
	switch p.Type {
	case catalog.Datetime, catalog.Duration:
		return catalog.String
	case catalog.Integer:
		if !d.exactIntegers {
			return catalog.Number
		}
	}
	return p.Type
}

// values compares the set of values of a param.
func (d *diff) values(p pair, old, param *catalog.Param) {
	switch {
	case len(param.Values) == 0:
		if len(old.Values) > 0 {
			d.param(p, diag.RuleParamValueAdded, 0, old, param, "", param.Name, "", "the param %s of %s can have any value now", param.Name, p.new.Name)
		}
		return
	case len(old.Values) == 0:
		d.param(p, diag.RuleParamValueRemoved, 0, old, param, "", param.Name,
			"add every value that was ever sent to values:", "the param %s of %s could have any value, and is limited to %s now", param.Name, p.new.Name, strings.Join(param.Values, ", "))
		return
	}
	for _, v := range old.Values {
		if !slices.Contains(param.Values, v) {
			d.param(p, diag.RuleParamValueRemoved, 0, old, param, v, param.Name+"="+v,
				"keep it: servers of the old version may still send it", "the value %s of the param %s of %s was removed", diag.Quote(v), param.Name, p.new.Name)
		}
	}
	for _, v := range param.Values {
		if !slices.Contains(old.Values, v) {
			d.param(p, diag.RuleParamValueAdded, 0, old, param, "", param.Name+"="+v, "", "the value %s of the param %s of %s was added", diag.Quote(v), param.Name, p.new.Name)
		}
	}
}

// constructor compares the functions that make an error with params: the
// constructor in Go, and those that take any error in TypeScript.
func (d *diff) constructor(p pair) {
	from, to, breaks := arguments(p.old), "none", Breaks(0)
	if p.new.HasConstructor() {
		to = arguments(p.new)
	}
	// If all params were removed, that has been reported.
	if p.old.HasConstructor() && from != to && len(p.new.Params) > 0 {
		breaks |= Go
	}
	var added []string
	before := byParam(p.old)
	renamed := renamedParams(p, before, byParam(p.new))
	for _, param := range p.new.Params {
		if !param.Sensitive && before[param.Name] == nil && !isRenamed(renamed, param) {
			added = append(added, param.Name)
		}
	}
	if len(added) > 0 && d.source(p.new)&d.source(p.old)&TypeScript != 0 {
		breaks |= TypeScript
	}
	if breaks == 0 {
		return
	}
	name := p.old.GoConstructor()
	var help, what string
	switch {
	case breaks&Go == 0:
		to = arguments(p.new)
		help = "add an error instead: functions such as problemOf and formatMessage take exactly the params of an error"
		what = fmt.Sprintf("code in TypeScript that makes %s has to give %s, too", p.new.Name, strings.Join(added, ", "))
	case p.new.Retired != nil:
		help = "deprecate an error in one version; in a later one, retired: with a reason accepts that its constructor goes"
		what = fmt.Sprintf("the constructor %s of %s is gone, because the error is retired", name, p.new.Name)
	case to == "none":
		help = "give the params different types: two params of one type have no constructor, since swapped arguments would compile"
		what = fmt.Sprintf("the constructor %s of %s is gone, because two params have the same type", name, p.new.Name)
	default:
		help = "keep the params in their order; a new param breaks callers, so add an error instead"
		what = fmt.Sprintf("the arguments of the constructor %s of %s changed from (%s) to (%s)", name, p.new.Name, from, to)
	}
	c := d.change(p, diag.RuleConstructorChanged, breaks, from, to, help, "%s", what)
	if life := p.new.Retired; life != nil && p.old.Deprecated != nil && !life.Reason.IsEmpty() && breaks == Go {
		c.Accepted = &catalog.Acceptance{Rule: c.Rule, To: to, Reason: life.Reason, Pos: p.new.Pos}
	}
}

// arguments returns the types of the arguments of a constructor.
func arguments(e *catalog.Error) string {
	var types []string
	for _, p := range e.Params {
		types = append(types, string(p.Type))
	}
	return strings.Join(types, " ")
}
