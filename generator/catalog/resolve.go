package catalog

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/yamldoc"
)

// This file resolves and checks what depends on other entries: defaults of
// categories, and references.

// uncategorized is the category of all errors if the catalog declares none.
const uncategorized = "uncategorized"

// resolve completes the entries and checks them against each other.
func (l *loader) resolve() {
	if len(l.cat.Categories) == 0 && !l.categoriesUnknown && slices.ContainsFunc(l.drafts, func(d *draft) bool { return d.category == nil }) {
		l.addUncategorized()
	}
	for _, f := range l.cat.Metadata {
		if f.Required {
			l.requiredMetadata = append(l.requiredMetadata, l.metadataFields[f.Name])
		}
	}
	for _, d := range l.drafts {
		l.enter(d)
		l.inherit(d)
		l.messages(d)
	}
	l.resolveGRPC()
	l.EndSection()
	l.checkVerbs()
	l.checkUnique()
	l.checkNameStyles()
	l.checkIdentifiers()
	l.checkReferences()
	l.checkCategories()
	l.checkMetadata()
}

// addUncategorized adds the category of a catalog that declares none.
func (l *loader) addUncategorized() {
	c := &Category{
		Name: uncategorized, Title: naming.Sentence(uncategorized), DefaultTitle: true, GoName: naming.GoCategory(uncategorized),
		Anchor: "category-" + uncategorized, Implied: true,
	}
	l.cat.Categories = []*Category{c}
	l.defaults[c] = new(defaults)
	for _, d := range l.drafts {
		if d.category == nil {
			d.Category = c
		}
	}
}

// inherit applies the settings of its category, and the defaults, to an entry.
func (l *loader) inherit(d *draft) {
	if d.category == nil && d.Category == nil && !d.unknown && !l.categoriesUnknown {
		l.Report(diag.RuleMissingKey, d.Pos, "add category: with one of "+l.someCategories(), "the error %s has no category", diag.Quote(d.Name))
	}
	if l.cat.IntegerCodes && d.code == nil && !d.unknown && !d.codeUnknown {
		l.Report(diag.RuleMissingKey, d.Pos, "add code: with an integer; the NAME cannot be the code in a catalog with code_type: integer", "the error %s has no code", diag.Quote(d.Name))
	}
	var from defaults
	if d.Category != nil {
		from = *l.defaults[d.Category]
		d.Category.Errors = append(d.Category.Errors, d.Error)
	}
	if d.HTTPStatus == 0 {
		d.HTTPStatus = from.httpStatus
	}
	if d.HTTPStatus == 0 && !l.cat.NoHTTP && !l.httpUnknown && d.Category != nil && !d.unknown && !d.statusUnknown && !from.statusUnknown {
		l.Report(diag.RuleMissingHTTPStatus, d.Pos, "add http_status: to the error or to its category, or http: false to the catalog if it has none", "the error %s has no HTTP status", diag.Quote(d.Name))
	}
	own := d.Retry
	d.Retry = or(d.Retry, from.retry, RetryNever)
	switch {
	case d.retryAfterNode == nil && d.Retry == RetryAfter:
		d.RetryAfter = from.retryAfter
	case d.retryAfterNode != nil && d.Retry != RetryAfter && !d.retryUnknown:
		l.checkRetryAfter(d.retryAfterNode, or(own, from.retry))
	}
	d.Severity = or(d.Severity, from.severity, SeverityError)
	d.Audience = or(d.Audience, from.audience, Public)
	l.inheritMetadata(d, from.metadata)
}

// or returns the first value that is not empty.
func or[T ~string](values ...T) T {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// someCategories returns the names of the first categories, for help.
func (l *loader) someCategories() string {
	const most = 10
	var names []string
	for _, c := range l.cat.Categories {
		if len(names) == most {
			return strings.Join(names, ", ") + ", ..."
		}
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// messages parses the message of an entry, and determines its title.
func (l *loader) messages(d *draft) {
	if d.message != nil {
		if s, ok := l.VisibleText(d.message, "message"); ok {
			d.Message = l.message(d, s)
			l.collectVerbs(d.message, s)
		}
	}
	if d.title != nil && d.Title != "" {
		l.checkTitle(d)
	}
	if d.Title == "" {
		d.Title, d.DefaultTitle = defaultTitle(d.Name, d.Message), true
	}
	if len(d.Message.Segments) == 0 {
		d.Message, d.DefaultMessage = Message{Segments: []Segment{{Text: d.Title}}}, true
	}
}

// maxDefaultTitle is the number of characters up to which a message can be a title.
const maxDefaultTitle = 80

// defaultTitle returns the title of an error that has none: its message if that is
// one short line without params, else its name in words.
func defaultTitle(name string, m Message) string {
	if m.IsStatic() {
		line := strings.TrimSpace(m.Text())
		if line != "" && utf8.RuneCountInString(line) <= maxDefaultTitle && !strings.ContainsAny(line, "\n\v\f\r\u0085\u2028\u2029") {
			return line
		}
	}
	return naming.Sentence(name)
}

// checkTitle reports params in a title, which is the same for every occurrence.
// Braces around anything else are text.
func (l *loader) checkTitle(d *draft) {
	for i := strings.IndexByte(d.Title, '{'); i >= 0; {
		next := strings.IndexAny(d.Title[i+1:], "{}")
		if next < 0 {
			return
		}
		end := i + 1 + next
		if name := d.Title[i+1 : end]; d.Title[end] == '}' && d.paramNames[name] != nil {
			l.Report(diag.RuleTitlePlaceholder, l.Inside(d.title, i, len(name)+2), "move it to message:, which describes the single occurrence", "the title contains the param %s", name)
		}
		if i = strings.IndexByte(d.Title[end:], '{'); i >= 0 {
			i += end
		}
	}
}

// message parses a message template of an entry.
func (l *loader) message(d *draft, s string) Message {
	parts, problems := parseTemplate(s)
	for _, p := range problems {
		l.Report(diag.RuleInvalidPlaceholder, l.Inside(d.message, p.at, p.width), p.help, "%s", p.message)
	}
	l.checkPlaceholders(d, s, parts)
	m := Message{Segments: make([]Segment, 0, len(parts))}
	for _, part := range parts {
		if !part.isParam {
			m.Segments = append(m.Segments, Segment{Text: part.text})
			continue
		}
		param, declared := d.paramNames[part.text]
		switch {
		case !declared && !d.paramsUnknown:
			l.undeclared(d, part)
		case param != nil && param.Sensitive:
			l.Report(diag.RuleSensitivePlaceholder, l.Inside(d.message, part.at, len(part.text)+2), "remove it from the message", "the message contains the sensitive param %s, and would send it to clients and logs", part.text).
				Note(param.Pos, "declared here")
		}
		if param != nil {
			m.Segments = append(m.Segments, Segment{Param: param})
		}
	}
	return m
}

// undeclared reports a placeholder for a param that does not exist.
func (l *loader) undeclared(d *draft, p part) {
	name := p.text
	names := func() []string {
		names := make([]string, len(d.Params))
		for i, p := range d.Params {
			names[i] = p.Name
		}
		return names
	}
	help := "declare it: params: {" + name + ": string}; write {{ for a literal brace"
	switch near := l.nearest(name, names); {
	case near != "":
		help = "did you mean {" + near + "}?"
	case l.isReservedParam(name):
		help = "choose a name such as request_" + name + " and declare it; the problem body has a member " + name
	case len(name) > maxParamName:
		help = "choose a name of at most 64 characters and declare it"
	}
	l.Report(diag.RuleUndeclaredParam, l.Inside(d.message, p.at, len(name)+2), help, "the param %s is not declared", diag.Clip(name, maxParamName))
}

// checkReferences resolves the names that entries and the catalog refer to.
func (l *loader) checkReferences() {
	if l.fallback == nil && !slices.ContainsFunc(l.drafts, func(d *draft) bool { return d.deprecatedBy != nil || d.retiredBy != nil }) {
		return
	}
	byName := make(map[string]*Error, len(l.drafts))
	for _, d := range l.drafts {
		byName[d.Name] = d.Error
	}
	for _, d := range l.drafts {
		l.enter(d)
		l.replacement(d, d.Deprecated, d.deprecatedBy, byName)
		l.replacement(d, d.Retired, d.retiredBy, byName)
	}
	l.EndSection()
	if l.fallback != nil && !l.errorsUnknown {
		l.checkFallback(byName)
	}
}

// replacement resolves replaced_by.
func (l *loader) replacement(d *draft, life *Lifecycle, n *yamldoc.Node, byName map[string]*Error) {
	if life == nil || n == nil {
		return
	}
	e := byName[n.Value]
	switch {
	case e == nil:
		l.Report(diag.RuleUnknownReplacement, l.At(n), l.nearestError(n.Value), "unknown error %s", diag.Quote(n.Value))
	case e == d.Error:
		l.Report(diag.RuleInvalidReplacement, l.At(n), "name another error, or remove replaced_by", "the error %s cannot replace itself", e.Name)
	case e.Retired != nil:
		l.Report(diag.RuleInvalidReplacement, l.At(n), "name an error that is not retired, or remove replaced_by", "the replacement %s is retired", e.Name).Note(e.Pos, "declared here")
	default:
		life.ReplacedBy = e
	}
}

// checkFallback resolves the fallback of the catalog.
func (l *loader) checkFallback(byName map[string]*Error) {
	n := l.fallback
	e := byName[n.Value]
	problem := ""
	switch {
	case e == nil:
		l.Report(diag.RuleInvalidFallback, l.At(n), l.nearestError(n.Value), "unknown error %s", diag.Quote(n.Value))
		return
	case e.Audience == Internal:
		problem = "is internal, which clients must not see"
	case e.Retired != nil:
		problem = "is retired"
	case len(e.Params) > 0:
		problem = "has params, which would have no values"
	}
	if problem != "" {
		l.Report(diag.RuleInvalidFallback, l.At(n), "name a public error that has no params and is not retired", "the fallback %s %s", e.Name, problem).Note(e.Pos, "declared here")
		return
	}
	l.cat.Fallback = e
}

// nearestError returns the help about the name of an error that does not exist.
func (l *loader) nearestError(name string) string {
	names := func() []string {
		names := make([]string, len(l.drafts))
		for i, d := range l.drafts {
			names[i] = d.Name
		}
		return names
	}
	if l.suggestions > 0 {
		l.suggestions -= len(l.drafts)
		for _, d := range l.drafts {
			if d.Code == name || slices.ContainsFunc(d.Synonyms, func(s Synonym) bool { return s.Name == name }) ||
				slices.ContainsFunc(d.FormerNames, func(f FormerName) bool { return f.Name == name }) {
				return "write the NAME: " + d.Name
			}
		}
	}
	if near := l.nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "write the NAME of an error of this catalog"
}

// checkCategories warns about categories without errors, codes outside the ranges
// of their category, and ranges that overlap.
func (l *loader) checkCategories() {
	// An error whose category is unknown may belong to any of them.
	known := !l.errorsUnknown && !slices.ContainsFunc(l.drafts, func(d *draft) bool { return d.Category == nil })
	for _, c := range l.cat.Categories {
		if len(c.Errors) == 0 && known {
			l.Report(diag.RuleUnusedCategory, c.Pos, "remove it, or use it in an error", "the category %s has no errors", diag.Quote(c.Name))
		}
	}
	for _, d := range l.drafts {
		if d.code == nil || d.Category == nil || d.Retired != nil || l.defaults[d.Category].ranges == nil {
			continue
		}
		from := l.defaults[d.Category]
		if _, ok := from.ranges.find(d.Code); !ok {
			l.Report(diag.RuleCodeOutsideRange, d.CodePos, "choose a code in its ranges, or extend them", "the code %s is outside the ranges of the category %s", diag.Quote(d.Code), diag.Quote(d.Category.Name)).
				Note(from.rangePos[0], "declared here")
		}
	}
	l.checkOverlaps()
}

// checkOverlaps warns about ranges of two categories that overlap.
func (l *loader) checkOverlaps() {
	type owner struct {
		category int
		r        Range
		pos      diag.Position
	}
	var ranges []Range
	var owners []owner
	for i, c := range l.cat.Categories {
		for j, r := range c.Codes {
			ranges = append(ranges, r)
			owners = append(owners, owner{i, r, l.defaults[c].rangePos[j]})
		}
	}
	for _, pair := range newRangeSet(ranges).overlaps(func(i int) int { return owners[i].category }) {
		a, b := owners[pair[0]], owners[pair[1]]
		l.Report(diag.RuleOverlappingRanges, b.pos, "change one of the two", "the range %s of the category %s overlaps %s of %s",
			b.r, diag.Quote(l.cat.Categories[b.category].Name), a.r, diag.Quote(l.cat.Categories[a.category].Name)).
			Note(a.pos, "the other is here")
	}
}
