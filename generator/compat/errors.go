package compat

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// This file compares errors.

// errors compares the errors of the two versions.
func (d *diff) errors() {
	for _, old := range d.old.Errors {
		if e := d.matches[old]; e != nil {
			d.pair(pair{old, e})
		} else {
			d.removed(old)
		}
	}
	for _, e := range d.current.Errors {
		if d.taken[e] == nil {
			d.added(e)
		}
	}
}

// removed reports an error that the new version does not have.
func (d *diff) removed(old *catalog.Error) {
	breaks := pair{old: old}.wire() | d.source(old) | Links
	if other := d.byCode[old.Code]; other != nil {
		d.reused(pair{old, other}, old.Code, d.source(old))
	} else {
		at, row := d.file(), d.reservationOf(old.Code)
		help := fmt.Sprintf("keep it, with retired:, since clients of the old version still know it; errcat remove %s takes it out, and reserves its code, so that no other error gets it", old.Name)
		if e := d.continued(old); e != nil {
			help = fmt.Sprintf("if %s is the same error, give it code: %s and former_names: [%s], as errcat rename does; else %s", e.Name, d.spelled(old.Code), old.Name, help)
		}
		if row != nil {
			at = row.Pos
			help = "add a reason: to its row under reserved, which says that the removal is meant"
			if d.reservedBefore[old.Code] {
				help = fmt.Sprintf("its code was reserved before, so the reservation does not say that the removal is meant; to say so, add { rule: error-removed, to: %s, reason: ... } to accept: of compatibility:", old.Code)
			}
		}
		c := d.add(diag.RuleErrorRemoved, breaks, old.Code, old.Code, at, old.Pos, help, "the error %s (%s) was removed", old.Name, old.Code)
		c.Old, c.CannotReserve = old, d.reservedBefore[old.Code] || !d.canHave(old.Code)
		if row != nil && !row.Reason.IsEmpty() && !d.reservedBefore[old.Code] {
			c.Accepted = &catalog.Acceptance{Rule: c.Rule, To: c.To, Reason: row.Reason, Pos: row.Pos}
		}
	}
	for _, a := range old.Aliases {
		if old.Audience == catalog.Public {
			d.lostAlias(old, nil, a.Code)
		}
	}
	for _, name := range old.Names() {
		d.reusedName(old, nil, name)
	}
}

// canHave reports whether an error of the new version can have a code: one of integers
// has no letters, and one of strings does not begin with a dash.
func (d *diff) canHave(code string) bool { return catalog.IsCode(code, d.current.IntegerCodes) }

// continued returns the error of the new version that has a text of an error that
// was removed and nothing else of it, nil if there is none: the code of an error
// that has none of its own changes with the name.
func (d *diff) continued(old *catalog.Error) *catalog.Error {
	if d.addedByText == nil {
		d.addedByText = make(map[string]*catalog.Error)
		for _, e := range d.current.Errors {
			if d.taken[e] != nil {
				continue
			}
			for _, text := range ownTexts(e) {
				if d.addedByText[text] == nil {
					d.addedByText[text] = e
				}
			}
		}
	}
	for _, text := range ownTexts(old) {
		if e := d.addedByText[text]; e != nil {
			return e
		}
	}
	return nil
}

// ownTexts returns the texts that the author wrote to say what an error is.
func ownTexts(e *catalog.Error) []string {
	texts := []string{e.Description.Source()}
	if !e.DefaultMessage {
		texts = append(texts, e.Message.Template())
	}
	if !e.DefaultTitle {
		texts = append(texts, e.Title)
	}
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

// reservationOf returns the row of the new version that reserves exactly this code,
// nil if there is none.
func (d *diff) reservationOf(code string) *catalog.Reserved {
	for i, r := range d.current.Reserved {
		if slices.Contains(r.Words(), code) {
			return &d.current.Reserved[i]
		}
	}
	return nil
}

// reused reports a code that another error has now, and whose source code breaks
// because the names of the old error are gone.
func (d *diff) reused(p pair, code string, source Breaks) {
	breaks := p.wire() | source | Links
	if p.new.Audience == catalog.Public && p.new.Code == code {
		breaks |= Wire // clients in Go know internal errors, too
	}
	c := d.change(p, diag.RuleCodeReused, breaks, p.old.Name, code,
		fmt.Sprintf("give %s a code that was never used, and add %s to reserved, so that no error gets it; if it is the same error with another name, add former_names: [%s]", p.new.Name, code, p.old.Name),
		"the code %s meant %s, and now means %s", code, p.old.Name, p.new.Name)
	c.From = code
}

// added reports an error that the old version does not have.
func (d *diff) added(e *catalog.Error) {
	rule, what := diag.RuleErrorAdded, "was added"
	for _, r := range d.old.Reserved {
		if restores(r, e) {
			rule, what = diag.RuleErrorRestored, "is back after its removal"
		}
	}
	c := d.add(rule, 0, "", e.Code, e.Pos, diag.Position{}, "", "the error %s (%s) %s", e.Name, e.Code, what)
	c.Error = e
}

// restores reports whether an error is the one whose code and name a row reserved.
func restores(r catalog.Reserved, e *catalog.Error) bool {
	return cmp.Or(r.Code, r.Name) == e.Code && slices.Contains(e.Names(), r.Name)
}

// pair compares an error of both versions.
func (d *diff) pair(p pair) {
	d.codes(p)
	d.names(p)
	d.identifiers(p)
	d.audience(p)
	d.status(p)
	d.grpcCode(p)
	d.grpcReason(p)
	d.advice(p)
	d.lifecycle(p)
	d.params(p)
	d.constructor(p)
	d.texts(p)
}

// wire returns Wire for an error that leaves the server.
func (p pair) wire() Breaks {
	if p.old.Audience == catalog.Internal {
		return 0
	}
	return Wire
}

// source returns whose source code sees an error of the old version: TypeScript
// packages have internal errors only if the catalog asks for it.
func (d *diff) source(old *catalog.Error) Breaks {
	if old.Audience == catalog.Internal && !d.internalTypeScript {
		return Go
	}
	return Go | TypeScript
}

// renumber says how an error gets another code: clients learn it before servers send
// it.
func (d *diff) renumber(p pair) string {
	return fmt.Sprintf("change it back, or use two releases: first code: %[1]s with aliases: [%[2]s], then code: %[2]s with aliases: [%[1]s]", d.spelled(p.old.Code), d.spelled(p.new.Code))
}

// spelled returns a code as it is written in the new version of the catalog.
func (d *diff) spelled(code string) string {
	if d.current.IntegerCodes {
		return code
	}
	return strconv.Quote(code)
}

// codes compares the code and the aliases.
func (d *diff) codes(p pair) {
	have, known := p.new.Codes(), p.old.Codes()
	isKept := slices.Contains(have, p.old.Code)
	switch {
	case p.old.Code == p.new.Code:
	case d.taken[p.new] != p.old:
		d.change(p, diag.RuleCodeChanged, p.wire()|Go, p.old.Code, p.new.Code,
			fmt.Sprintf("keep %s, and deprecate it with replaced_by: %s", p.old.Name, p.new.Name),
			"the error %s (%s) was merged into %s (%s), so that code which distinguishes them does not compile", p.old.Name, p.old.Code, p.new.Name, p.new.Code)
	case isKept && (p.wire() == 0 || slices.Contains(known, p.new.Code)):
		d.change(p, diag.RuleCodeReplaced, 0, p.old.Code, p.new.Code, "", "the code of %s changed from %s to %s, which clients and servers understand if their version knows both", p.new.Name, p.old.Code, p.new.Code)
	case isKept:
		d.change(p, diag.RuleCodeChanged, p.wire(), p.old.Code, p.new.Code,
			d.renumber(p),
			"the code of %s changed from %s to %s, which clients of the old version do not know", p.new.Name, p.old.Code, p.new.Code)
	case d.byCode[p.old.Code] != nil:
		d.reused(pair{p.old, d.byCode[p.old.Code]}, p.old.Code, 0)
	default:
		d.change(p, diag.RuleCodeChanged, p.wire()|Links, p.old.Code, p.new.Code,
			d.renumber(p),
			"the code of %s changed from %s to %s", p.new.Name, p.old.Code, p.new.Code)
	}
	for _, a := range p.old.Aliases {
		if !slices.Contains(have, a.Code) {
			d.lostAlias(p.old, p.new, a.Code)
		}
	}
	for _, a := range p.new.Aliases {
		if !slices.Contains(known, a.Code) {
			d.change(p, diag.RuleAliasAdded, 0, "", a.Code, "", "the code %s means %s, too", a.Code, p.new.Name)
		}
	}
}

// lostAlias reports an alias that the error has no longer. The new error is nil if
// it was removed.
func (d *diff) lostAlias(old, e *catalog.Error, alias string) {
	other := d.byCode[alias]
	switch {
	case other != nil:
		d.reused(pair{old, other}, alias, 0)
	case e != nil:
		d.change(pair{old, e}, diag.RuleAliasRemoved, pair{old, e}.wire()|Links, alias, alias, "add it to aliases: servers of the old version may still send it", "the code %s no longer means %s, whose alias it was", alias, e.Name)
	case !d.reserved[alias] && !inRange(d.current, alias) && d.canHave(alias):
		c := d.add(diag.RuleAliasRemoved, Wire, alias, alias, d.file(), old.Pos, "add it to aliases: in the row of the error under reserved", "the code %s, an alias of the removed error %s, is not reserved, so that another error can get it", alias, old.Name)
		c.Old = old
	}
}

// names compares the names: the current one, synonyms and former names.
func (d *diff) names(p pair) {
	have, known := p.new.Names(), p.old.Names()
	for i, name := range p.old.Names() {
		if slices.Contains(have, name) {
			continue
		}
		if d.reusedName(p.old, p.new, name) {
			continue
		}
		breaks := d.source(p.old)
		if d.old.IsTypedByName() {
			breaks |= p.wire()
		}
		what := fmt.Sprintf("the former name %s of %s (%s) is gone", name, p.new.Name, p.new.Code)
		switch {
		case i == 0:
			what = fmt.Sprintf("the error %s (%s) was renamed to %s, and the old name is gone", name, p.new.Code, p.new.Name)
			known = append(known, p.new.Name)
		case i <= len(p.old.Synonyms):
			what = fmt.Sprintf("the further name %s of %s (%s) is gone", name, p.new.Name, p.new.Code)
		}
		d.change(p, diag.RuleNameRemoved, breaks, name, name, fmt.Sprintf("add former_names: [%s], so that code with the old name still compiles", name), "%s", what)
	}
	for _, name := range p.old.Names() {
		was, is := isFormer(p.old, name), isFormer(p.new, name)
		switch {
		case was == is || name == p.old.Name || name == p.new.Name: // the same, or renamed
		case is:
			d.change(p, diag.RuleErrorDeprecated, 0, "", name, "", "the further name %s of %s (%s) was deprecated: it is a former name now", name, p.new.Name, p.new.Code)
		case slices.Contains(have, name):
			d.change(p, diag.RuleErrorRestored, 0, name, "", "", "the name %s of %s (%s) is no longer deprecated: it was a former name", name, p.new.Name, p.new.Code)
		}
	}
	for i, name := range have {
		switch {
		case i == 0 && name != p.old.Name && slices.Contains(have, p.old.Name):
			d.change(p, diag.RuleNameAdded, 0, p.old.Name, name, "", "the error %s (%s) was renamed to %s, and keeps the old name", p.old.Name, p.new.Code, name)
			d.renamedType(p)
		case slices.Contains(known, name):
		case i == 0: // another error has the old name
			d.change(p, diag.RuleNameAdded, 0, p.old.Name, name, "", "the error %s (%s) was renamed to %s", p.old.Name, p.new.Code, name)
		default:
			d.change(p, diag.RuleNameAdded, 0, "", name, "", "the error %s (%s) has the further name %s", p.new.Name, p.new.Code, name)
		}
	}
}

// isFormer reports whether a name is a former one of an error.
func isFormer(e *catalog.Error, name string) bool {
	return slices.ContainsFunc(e.FormerNames, func(f catalog.FormerName) bool { return f.Name == name })
}

// renamedType reports that a problem has another type because of a new name of the
// error. Readers that know the name are prepared.
func (d *diff) renamedType(p pair) {
	uri := d.old.TypeURI
	if p.wire() == 0 || uri != d.current.TypeURI || !d.old.IsTypedByName() || slices.Contains(p.old.Names(), p.new.Name) {
		return
	}
	from, to := typeURI(uri, p.old), typeURI(uri, p.new)
	d.change(p, diag.RuleTypeURIChanged, Wire, from, to, fmt.Sprintf("release a version with synonyms: [%s] before servers send the new name", p.new.Name),
		"the type of %s changed from %s to %s, with its name", p.new.Name, diag.Quote(from), diag.Quote(to))
}

// typeURI returns the type of the problem of an error.
func typeURI(template string, e *catalog.Error) string {
	return strings.NewReplacer("{code}", e.Code, "{name}", e.Name).Replace(template)
}

// reusedName reports a name of an error that is the name of another error now, and
// returns whether it is. The new error is nil if it was removed.
func (d *diff) reusedName(old, e *catalog.Error, name string) bool {
	other := d.byName[name]
	if other == nil {
		return false
	}
	breaks := d.source(old)
	if d.old.IsTypedByName() || d.old.GRPC {
		breaks |= pair{old: old}.wire()
	}
	c := d.change(pair{old, other}, diag.RuleNameReused, breaks, old.Code, name, "choose another name: code with this name compiles, and means another error",
		"the name %s meant the error %s, and now means the error %s", name, old.Code, other.Code)
	c.From = name
	return true
}

// identifiers compares the identifiers of the same names in Go and TypeScript.
func (d *diff) identifiers(p pair) {
	for _, lang := range []struct {
		breaks Breaks
		name   string
		of     func(*catalog.Error) map[string]string
	}{
		{Go, "Go", func(e *catalog.Error) map[string]string { return identifiers(e, goName) }},
		{TypeScript, "TypeScript", func(e *catalog.Error) map[string]string { return identifiers(e, typeScriptName) }},
	} {
		if d.source(p.old)&lang.breaks == 0 {
			continue
		}
		before, after := lang.of(p.old), lang.of(p.new)
		var all []string
		for _, id := range after {
			all = append(all, id)
		}
		for _, name := range p.old.Names() {
			was, is := before[name], after[name]
			if was == "" || is == "" || slices.Contains(all, was) {
				continue // gone with its name, or there by another name
			}
			d.change(p, diag.RuleIdentifierChanged, lang.breaks, was, is, "choose the old identifier with identifiers:, or keep both with a former name",
				"the %s identifier of %s changed from %s to %s", lang.name, name, was, is)
		}
	}
}

// The derived names of an error: of the error itself and of a former name.
type derived struct {
	own    func(*catalog.Error) string
	former func(catalog.FormerName) string
}

var (
	goName         = derived{func(e *catalog.Error) string { return e.GoName }, func(f catalog.FormerName) string { return f.GoName }}
	typeScriptName = derived{func(e *catalog.Error) string { return e.TypeScriptName }, func(f catalog.FormerName) string { return f.TypeScriptName }}
)

// identifiers returns the identifiers of an error by its names.
func identifiers(e *catalog.Error, of derived) map[string]string {
	ids := map[string]string{e.Name: of.own(e)}
	for _, s := range e.Synonyms {
		ids[s.Name] = cmp.Or(of.former(catalog.FormerName(s)), of.own(e))
	}
	for _, f := range e.FormerNames {
		ids[f.Name] = cmp.Or(of.former(f), of.own(e))
	}
	return ids
}

// audience compares who can see the error.
func (d *diff) audience(p pair) {
	switch {
	case p.old.Audience == p.new.Audience:
	case p.new.Audience == catalog.Internal:
		d.change(p, diag.RuleErrorMadeInternal, Wire|TypeScript|Links, "public", "internal", "keep it public: clients may handle it",
			"%s is internal now, so that clients no longer see it", p.new.Name)
	default:
		d.change(p, diag.RuleErrorMadePublic, 0, "internal", "public", "", "%s was internal, and clients see it now, with its message and params", p.new.Name)
	}
}

// status compares the HTTP status.
func (d *diff) status(p pair) {
	from, to := p.old.HTTPStatus, p.new.HTTPStatus
	if from == to || from == 0 || to == 0 {
		return // none in a catalog without HTTP, which is a change of the catalog
	}
	if p.wire() == 0 {
		return // clients saw the fallback
	}
	d.change(p, diag.RuleHTTPStatusChanged, Wire, fmt.Sprint(from), fmt.Sprint(to), fmt.Sprintf("keep %d, or retire %s and add an error with the new status", from, p.new.Name),
		"the HTTP status of %s changed from %d to %d", p.new.Name, from, to)
}

// grpcCode compares the code of gRPC, which the HTTP status and the retry advice may
// change.
func (d *diff) grpcCode(p pair) {
	from, to := p.old.GRPCCode, p.new.GRPCCode
	if from == to || from == "" || to == "" || !d.old.GRPC || !d.current.GRPC || p.wire() == 0 {
		return
	}
	d.change(p, diag.RuleGRPCCodeChanged, Wire, string(from), string(to), fmt.Sprintf("write grpc_code: %s, or retire %s and add an error with the new code", from, p.new.Name),
		"the code of %s on gRPC changed from %s to %s", p.new.Name, from, to)
}

// grpcReason compares the reason on gRPC, which is the name. Clients that know the name
// are prepared, as for a type of a problem with the name.
func (d *diff) grpcReason(p pair) {
	if !d.old.GRPC || !d.current.GRPC || p.wire() == 0 || slices.Contains(p.old.Names(), p.new.Name) {
		return
	}
	d.change(p, diag.RuleGRPCReasonChanged, Wire, p.old.Name, p.new.Name, fmt.Sprintf("keep the name, or release a version with synonyms: [%s] before servers send it: clients in any language compare the reason", p.new.Name),
		"the reason of %s on gRPC changed from %s to %s, with its name", p.new.Name, p.old.Name, p.new.Name)
}

// advice compares what clients and people do about the error.
func (d *diff) advice(p pair) {
	if from, to := retry(p.old), retry(p.new); from != to {
		d.change(p, diag.RuleRetryChanged, 0, from, to, "", "the retry advice of %s changed from %s to %s", p.new.Name, from, to)
	}
	if from, to := string(p.old.Severity), string(p.new.Severity); from != to {
		d.change(p, diag.RuleSeverityChanged, 0, from, to, "", "the severity of %s changed from %s to %s", p.new.Name, from, to)
	}
	if p.old.Category == nil || p.new.Category == nil {
		return
	}
	from, to := p.old.Category.Name, p.new.Category.Name
	if from != to && d.renamed[from] != to {
		d.change(p, diag.RuleCategoryChanged, d.emptied(from), from, to, "", "%s moved from the category %s to %s", p.new.Name, from, to)
	}
}

// emptied returns Links if documents no longer have the heading of a category,
// because it has no errors.
func (d *diff) emptied(name string) Breaks {
	for _, audience := range []catalog.Audience{catalog.Public, catalog.Internal} {
		isShown := func(e *catalog.Error) bool {
			return e.Category != nil && e.Category.Name == name && (audience == catalog.Internal || e.Audience == catalog.Public)
		}
		if slices.ContainsFunc(d.old.Errors, isShown) && !slices.ContainsFunc(d.current.Errors, isShown) {
			return Links
		}
	}
	return 0
}

// retry returns the retry advice as one value.
func retry(e *catalog.Error) string {
	if e.RetryAfter > 0 {
		return string(e.Retry) + " " + e.RetryAfter.String()
	}
	return string(e.Retry)
}

// lifecycle compares whether the error is deprecated or retired.
func (d *diff) lifecycle(p pair) {
	was, is := p.old, p.new
	switch {
	case was.Retired == nil && is.Retired != nil && was.Deprecated == nil:
		d.change(p, diag.RuleRetiredUndeprecated, 0, "", "retired", "deprecate an error in one version, and retire it in a later one", "%s was retired without having been deprecated, so that nobody was warned", is.Name)
	case was.Retired == nil && is.Retired != nil:
		d.change(p, diag.RuleErrorRetired, 0, "", "retired", "", "%s was retired", is.Name)
	case was.Retired != nil && is.Retired == nil:
		d.change(p, diag.RuleErrorRestored, 0, "retired", "", "", "%s is back: it was retired", is.Name)
	case was.Deprecated == nil && is.Deprecated != nil:
		d.change(p, diag.RuleErrorDeprecated, 0, "", "deprecated", "", "%s was deprecated", is.Name)
	case was.Deprecated != nil && is.Deprecated == nil && is.Retired == nil:
		d.change(p, diag.RuleErrorRestored, 0, "deprecated", "", "", "%s is no longer deprecated", is.Name)
	}
}

// texts compares what people read.
func (d *diff) texts(p pair) {
	if p.old.Title != p.new.Title {
		cause := ""
		if p.old.DefaultTitle != p.new.DefaultTitle || p.new.DefaultTitle {
			switch {
			case !p.new.DefaultTitle:
				cause = ", which is a title of its own"
			case !p.new.DefaultMessage && p.new.Title == strings.TrimSpace(p.new.Message.Text()):
				cause = ", which comes from the message"
			default:
				cause = ", which comes from the NAME"
			}
		}
		d.change(p, diag.RuleTitleChanged, 0, p.old.Title, p.new.Title, "", "the title of %s changed from %s to %s%s", p.new.Name, diag.Quote(p.old.Title), diag.Quote(p.new.Title), cause)
	}
	if from, to := p.old.Message.Template(), p.new.Message.Template(); from != to && from != "" && !(p.old.DefaultMessage && p.new.DefaultMessage) {
		d.change(p, diag.RuleMessageChanged, 0, from, to, "", "the message of %s changed from %s to %s", p.new.Name, diag.Quote(from), diag.Quote(to))
	}
	var parts []string
	for _, part := range []struct {
		name    string
		changed bool
	}{
		{"description", p.old.Description.Source() != p.new.Description.Source()},
		{"resolution", p.old.Resolution.Source() != p.new.Resolution.Source()},
		{"links", !slices.Equal(p.old.Links, p.new.Links)},
		{"tags", !slices.Equal(p.old.Tags, p.new.Tags)},
		{"owner", p.old.Owner != p.new.Owner},
		{"since", p.old.Since != p.new.Since},
		{"metadata", !slices.Equal(metadata(p.old), metadata(p.new))},
		{"descriptions of params", !maps.Equal(paramTexts(p.old, p.new), paramTexts(p.new, p.old))},
		{"deprecation", d.hasNewTexts(p.old.Deprecated, p.new.Deprecated)},
		{"retirement", d.hasNewTexts(p.old.Retired, p.new.Retired)},
	} {
		if part.changed {
			parts = append(parts, part.name)
		}
	}
	if len(parts) > 0 {
		d.change(p, diag.RuleDocumentationChanged, 0, "", strings.Join(parts, " "), "", "%s of %s changed", strings.Join(parts, ", "), p.new.Name)
	}
}

// paramTexts returns the descriptions and examples of those params of an error that it
// has in another version, too.
func paramTexts(e, other *catalog.Error) map[string][2]string {
	texts := make(map[string][2]string)
	others := byParam(other)
	for _, p := range e.Params {
		if others[p.Name] != nil {
			texts[p.Name] = [2]string{p.Description.Source(), fmt.Sprint(p.Example)}
		}
	}
	return texts
}

// hasNewTexts reports whether an error that is deprecated or retired in both versions
// is so for another reason, since another version, or for the sake of another error.
func (d *diff) hasNewTexts(old, current *catalog.Lifecycle) bool {
	if old == nil || current == nil {
		return false
	}
	return old.Since != current.Since || old.Reason.Source() != current.Reason.Source() || d.matches[old.ReplacedBy] != current.ReplacedBy
}

// metadata returns the metadata of an error as text.
func metadata(e *catalog.Error) []string {
	var all []string
	for _, m := range e.Metadata {
		all = append(all, m.Key+"="+strings.Join(m.Texts(), ","))
	}
	return all
}
