package catalog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/prose"
)

// Load reads a catalog. It returns the catalog and the warnings about it, or no
// catalog and every problem if the source breaks a rule, sorted by position. The
// file name appears in the positions; nothing is read from it. An output may
// name any target and any options: whoever knows the targets checks them, with
// Read.
func Load(file string, source []byte) (*Catalog, diag.Diagnostics) {
	return Read(file, source).Result()
}

// Reading is a source that has been read. What else is found in it can be added
// before its Result is taken.
type Reading struct{ l *loader }

// Read reads a catalog for a caller that has more to check than Load does.
func Read(file string, source []byte) *Reading {
	l := newLoader(file, source)
	if l.diags = l.src.check(); len(l.diags) == 0 {
		go l.src.index() // while the YAML is parsed
		root := l.parse()
		l.src.index() // has ended: nothing reads the source behind the caller's back
		if root != nil {
			l.catalog(target(root))
			l.resolve()
		}
	}
	return &Reading{l}
}

// Outputs returns the rows of outputs, also those of an invalid catalog. What
// could not be read of a row is empty, and has been reported.
func (r *Reading) Outputs() []Output { return r.l.cat.Outputs }

// Report adds a finding of a rule; the help says how to fix it.
func (r *Reading) Report(rule string, pos diag.Position, help, format string, args ...any) {
	r.l.report(rule, pos, help, format, args...)
}

// Result returns what Load returns.
func (r *Reading) Result() (*Catalog, diag.Diagnostics) {
	r.l.diags.Sort()
	if r.l.diags.HasErrors() {
		return nil, r.l.diags
	}
	return r.l.cat, r.l.diags
}

// Quoted returns a text of a catalog for a message: in quotes, on one line, not
// too long, and with everything that cannot be printed escaped.
func Quoted(s string) string { return quoted(s) }

// loader reads one catalog.
type loader struct {
	src      *source
	diags    diag.Diagnostics
	reported map[findingKey]bool
	cat      *Catalog
	reader   *reader // where a place within a scalar was looked for last
	// section is what is being read, for findings that stand elsewhere: in what an
	// alias repeats.
	section section

	fallback   *yaml.Node
	categories map[string]*Category
	// defaults are what the entries of a category take over.
	defaults map[*Category]*defaults
	// drafts are the entries with what is resolved once all are known.
	drafts []*draft
	// reservedRanges are the reserved ranges, with their places.
	reservedRanges []Range
	reservedPos    []diag.Position
	// What could not be read, so that nothing in it is reported as missing.
	categoriesUnknown, errorsUnknown bool
	// suggestions is how much work may still go into guessing what was meant.
	suggestions int
}

// section is an error or a category.
type section struct {
	what string
	pos  diag.Position
}

// defaults are the settings that a category gives to its errors.
type defaults struct {
	httpStatus    int
	statusUnknown bool // there is one, but it cannot be read
	retry         Retry
	retryAfter    time.Duration
	severity      Severity
	audience      Audience
	ranges        rangeSet // nil where one cannot be read
	rangePos      []diag.Position
}

// draft is an entry with the nodes of what is checked later.
type draft struct {
	*Error
	// code is that of a code that is no default.
	code, title, message     *yaml.Node
	deprecatedBy, retiredBy  *yaml.Node
	goNode, tsNode           *yaml.Node
	category, retryAfterNode *yaml.Node
	// paramNames are those of all params, the unreadable ones included.
	paramNames map[string]*Param
	// What cannot be read, so that nothing in it is reported as missing.
	unknown, statusUnknown, retryUnknown, paramsUnknown bool
}

func newLoader(file string, data []byte) *loader {
	return &loader{
		src:         &source{file: file, data: data},
		reported:    make(map[findingKey]bool),
		cat:         new(Catalog),
		categories:  make(map[string]*Category),
		defaults:    make(map[*Category]*defaults),
		suggestions: maxSuggestions,
	}
}

// finding is a diagnostic that was just reported; nil for one that was not.
type finding struct{ d *diag.Diagnostic }

// findingKey tells findings apart: one is reported once, also where the part
// that it is about is repeated by several aliases.
type findingKey struct {
	rule, message string
	line, col     int
}

// maxFindings bounds the reports on a catalog.
const maxFindings = 100_000

// report adds a finding of a rule.
func (l *loader) report(rule string, pos diag.Position, help, format string, args ...any) finding {
	if len(l.diags) > maxFindings {
		return finding{}
	}
	d := diag.Diagnostic{
		Severity: severityOf(rule), Rule: rule, Pos: pos,
		Message: diag.Printable(fmt.Sprintf(format, args...)),
		Help:    diag.Printable(help),
	}
	key := findingKey{rule, d.Message, pos.Line, pos.Col}
	if l.reported[key] {
		return finding{}
	}
	l.reported[key] = true
	if len(l.diags) == maxFindings {
		d = diag.Diagnostic{
			Severity: diag.Error, Rule: RuleTooManyProblems, Pos: diag.Position{File: l.src.file},
			Message: fmt.Sprintf("the catalog has more than %d problems; the others are not shown", maxFindings),
			Help:    "mend these first",
		}
	}
	l.diags = append(l.diags, d)
	f := finding{&l.diags[len(l.diags)-1]}
	if l.section.pos.Line > 0 && before(pos, l.section.pos) {
		f.note(l.section.pos, "an alias makes it a part of %s", l.section.what)
	}
	return f
}

// before reports whether p stands before q in the catalog.
func before(p, q diag.Position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Col < q.Col
}

// note adds a second place to the finding.
func (f finding) note(pos diag.Position, format string, args ...any) {
	if f.d != nil {
		f.d.Notes = append(f.d.Notes, diag.Note{Pos: pos, Message: diag.Printable(fmt.Sprintf(format, args...))})
	}
}

// catalog reads the document.
func (l *loader) catalog(n *yaml.Node) {
	if isEmpty(n) {
		l.emptyCatalog(l.at(n))
		return
	}
	fields, ok := l.fields(n, "the file", "version", "catalog", "categories", "errors", "reserved", "outputs")
	if !ok {
		return
	}
	l.require(n, "the file", fields, "version", "catalog", "errors")
	l.errorsUnknown = true
	// Categories come first, wherever they stand: entries refer to them.
	for _, f := range fields {
		if f.name == "categories" {
			l.categoryList(f.value)
		}
	}
	for _, f := range fields {
		switch f.name {
		case "version":
			if v, ok := l.number(f.value, RuleUnsupportedVersion, "version"); ok && v != 1 {
				l.report(RuleUnsupportedVersion, l.at(f.value), "write version: 1", "the version %d of the format is not known", v)
			}
		case "catalog":
			l.header(f.value)
		case "errors":
			l.errors(f.value)
		case "reserved":
			for _, n := range l.list(f.value, "reserved") {
				l.reservation(n)
			}
		case "outputs":
			l.outputs(f.value)
		}
	}
}

// require reports the keys that are missing from a mapping.
func (l *loader) require(n *yaml.Node, what string, fields []pair, keys ...string) {
	for _, k := range keys {
		if !slices.ContainsFunc(fields, func(f pair) bool { return f.name == k }) {
			help := "add " + k + ":"
			if k == "version" {
				help = "add version: 1"
			}
			l.report(RuleMissingKey, l.at(target(n)), help, "%s has no %s", what, k)
		}
	}
}

// header reads the section catalog.
func (l *loader) header(n *yaml.Node) {
	fields, ok := l.fields(n, "the catalog", "name", "title", "description", "domain", "type_uri", "fallback")
	if !ok {
		return
	}
	l.require(n, "the catalog", fields, "name")
	for _, f := range fields {
		switch f.name {
		case "name":
			if s, ok := l.strictText(f.value, "name"); ok {
				if !isCatalogName(s) {
					l.report(RuleInvalidCatalogName, l.at(f.value), "begin with a lower-case letter and go on with lower-case letters, digits and _, 64 at most",
						"%s cannot be the name of a catalog", quoted(s))
				}
				l.cat.Name, l.cat.GoPackage = s, goPackage(s)
			}
		case "title":
			l.cat.Title, _ = l.nonBlank(f.value, "title")
		case "description":
			l.cat.Description = l.prose(f.value, "description")
		case "domain":
			if s, ok := l.nonBlank(f.value, "domain"); ok {
				if !isDomain(s) {
					l.report(RuleInvalidDomain, l.at(f.value), "write a host name, such as example.com", "%s is not a host name", quoted(s))
				}
				l.cat.Domain = s
			}
		case "type_uri":
			if s, ok := l.nonBlank(f.value, "type_uri"); ok {
				if err := checkTypeURI(s); err != nil {
					l.report(RuleInvalidTypeURI, l.at(f.value), "write a URI such as https://example.com/errors#{code}", "%s: %v", quoted(s), err)
				}
				l.cat.TypeURI = s
			}
		case "fallback":
			if _, ok := l.strictText(f.value, "fallback"); ok {
				l.fallback = f.value
			}
		}
	}
	if l.cat.Title == "" {
		l.cat.Title = inWords(l.cat.Name)
	}
}

// categoryList reads the section categories.
func (l *loader) categoryList(n *yaml.Node) {
	pairs, ok := l.mapping(n, "categories", "write a mapping from the name of each category to its settings")
	l.categoriesUnknown = !ok
	for _, p := range pairs {
		if _, ok := l.strictText(p.key, "category"); ok && !isCategoryName(p.name) {
			l.report(RuleInvalidCategory, l.at(p.key), "begin with a letter and go on with letters, digits, _ and -, 64 at most", "%s cannot be the name of a category", quoted(p.name))
		}
		l.addCategory(p)
	}
	l.section = section{}
}

// addCategory reads one category.
func (l *loader) addCategory(p pair) {
	c := &Category{
		Name: clip(p.name, maxName), Title: inWords(p.name), GoName: "Category" + goExported(p.name),
		Anchor: "category-" + p.name, Pos: l.at(p.key),
	}
	l.section = section{"the category " + c.Name, c.Pos}
	d := new(defaults)
	l.categories[p.name], l.defaults[c] = c, d
	l.cat.Categories = append(l.cat.Categories, c)
	fields, ok := l.fields(p.value, "a category", "title", "description", "http_status", "retry", "retry_after", "severity", "audience", "codes")
	d.statusUnknown = !ok
	var retryAfter *yaml.Node
	retryKnown := true
	for _, f := range fields {
		switch f.name {
		case "title":
			if s, ok := l.nonBlank(f.value, "title"); ok {
				c.Title = s
			}
		case "description":
			c.Description = l.prose(f.value, "description")
		case "http_status":
			d.httpStatus, ok = l.httpStatus(f.value)
			d.statusUnknown = !ok
		case "retry":
			d.retry, retryKnown = l.retry(f.value)
		case "retry_after":
			retryAfter = f.value
			d.retryAfter = l.duration(f.value, "retry_after")
		case "severity":
			d.severity = l.severity(f.value)
		case "audience":
			d.audience = l.audience(f.value)
		case "codes":
			if c.Codes, d.rangePos, ok = l.ranges(f.value); ok {
				d.ranges = newRangeSet(c.Codes)
			}
		}
	}
	if retryAfter != nil && retryKnown {
		l.checkRetryAfter(retryAfter, d.retry)
	}
}

// checkRetryAfter reports a retry_after that has no retry to speak of.
func (l *loader) checkRetryAfter(n *yaml.Node, r Retry) {
	switch r {
	case RetryAfter:
	case "":
		l.report(RuleRetryAfterUnused, l.at(n), "add retry: after", "retry_after stands without retry: after")
	default:
		l.report(RuleRetryAfterUnused, l.at(n), "write retry: after, or remove retry_after", "retry_after says nothing where retry is %s", r)
	}
}

// prose reads a Markdown text.
func (l *loader) prose(n *yaml.Node, what string) prose.Text {
	s, _ := l.text(n, what)
	return prose.Parse(s)
}

// code reads a wire code.
func (l *loader) code(n *yaml.Node, what string) (string, bool) {
	s, ok := l.strictText(n, what)
	if ok && (!isCode(s) || len(s) > maxName) {
		l.report(RuleInvalidCode, l.at(n), "use letters, digits, _ . : / and -, 300 at most, and begin with a letter, a digit or _",
			"%s cannot be a code", quoted(s))
		return "", false
	}
	return s, ok
}

// name reports a name that is none, and one that must be in quotes.
func (l *loader) name(n *yaml.Node, what string) bool {
	if n.Kind == yaml.ScalarNode && !isEmpty(n) && (!isName(n.Value) || len(n.Value) > maxName) {
		l.report(RuleInvalidName, l.at(n), "use letters, digits, _ . and -, 300 at most, and begin with a letter or _", "%s cannot be a %s", quoted(n.Value), what)
		return false
	}
	_, ok := l.strictText(n, what)
	return ok
}

// httpStatus reads an HTTP status.
func (l *loader) httpStatus(n *yaml.Node) (int, bool) {
	status, ok := l.number(n, RuleInvalidHTTPStatus, "http_status")
	switch {
	case !ok:
		return 0, false
	case status < 100 || status > 599:
		l.report(RuleInvalidHTTPStatus, l.at(n), "write a number from 100 to 599", "%d is not an HTTP status", status)
		return 0, false
	case status < 400:
		l.report(RuleUnusualHTTPStatus, l.at(n), "use 400 to 499 for what the client can mend, 500 to 599 for the rest", "%d does not say that the request failed", status)
	}
	return status, true
}

// retry reads retry advice.
func (l *loader) retry(n *yaml.Node) (Retry, bool) {
	return choice(l, n, "retry", RetryNever, RetrySafe, RetryAfter)
}

// severity reads a severity.
func (l *loader) severity(n *yaml.Node) Severity {
	s, _ := choice(l, n, "severity", SeverityDebug, SeverityInfo, SeverityWarning, SeverityError, SeverityCritical)
	return s
}

// audience reads an audience.
func (l *loader) audience(n *yaml.Node) Audience {
	a, _ := choice(l, n, "audience", Public, Internal)
	return a
}

// duration reads a positive duration.
func (l *loader) duration(n *yaml.Node, what string) time.Duration {
	const help = "write a positive number with a unit, such as 500ms, 30s, 5m or 1h30m"
	switch {
	case n.Kind != yaml.ScalarNode:
		l.wrongType(n, what, "a duration", help)
		return 0
	case n.Style&yaml.TaggedStyle != 0 || n.ShortTag() != "!!int" && n.ShortTag() != "!!float":
	default:
		if d, err := time.ParseDuration(n.Value + "s"); err == nil && d > 0 {
			l.report(RuleInvalidDuration, l.at(n), "write it with a unit: "+n.Value+"s", "%s %s has no unit", what, n.Value)
			return 0
		}
	}
	s, ok := l.text(n, what)
	if !ok {
		return 0
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		l.report(RuleInvalidDuration, l.at(n), help, "%s cannot be %s", what, quoted(s))
		return 0
	}
	return d
}

// ranges reads ranges of codes, separated by commas, with their places; it
// reports false where one cannot be read.
func (l *loader) ranges(n *yaml.Node) (ranges []Range, places []diag.Position, ok bool) {
	s, ok := l.strictText(n, "codes")
	if ok && strings.TrimSpace(s) == "" {
		l.report(RuleEmptyValue, l.at(n), `write ranges such as "2200-2299, 2400-2499"`, "codes is empty")
		return nil, nil, false
	}
	if !ok {
		return nil, nil, false
	}
	start := 0
	for part := range strings.SplitSeq(s, ",") {
		word := strings.TrimSpace(part)
		pos := l.inside(n, start+strings.Index(part, word), len([]rune(word)))
		if word == "" {
			pos = l.inside(n, max(start-1, 0), 1) // The comma before.
		}
		start += len(part) + 1
		r, help, err := parseRange(word)
		if err != nil {
			l.report(RuleInvalidRange, pos, help, "%v", err)
			ok = false
			continue
		}
		ranges, places = append(ranges, r), append(places, pos)
	}
	return ranges, places, ok
}
