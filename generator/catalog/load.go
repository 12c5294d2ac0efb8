package catalog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Load reads a catalog. It returns the catalog and the warnings about it, or no
// catalog and every problem if the source breaks a rule, sorted by position. The
// file name appears in the positions; nothing is read from it. An output may
// name any target and any options: whoever knows the targets checks them, with
// Read.
func Load(file string, source []byte) (*Catalog, diag.Diagnostics) {
	return Read(file, source).Result()
}

// MaxSize is the size in bytes that a catalog can have.
const MaxSize = yamldoc.MaxSize

// Reading is a catalog that has been read. Callers can add findings before they
// take its Result.
type Reading struct{ l *loader }

// Read reads a catalog for a caller that has more to check than Load does.
func Read(file string, source []byte) *Reading {
	l := newLoader(file, source)
	switch root, ok := l.Parse("errors"); {
	case !ok:
	case root == nil:
		l.emptyCatalog(diag.Position{File: file, Line: 1, Col: 1})
	default:
		l.catalog(yamldoc.Target(root))
		l.resolve()
	}
	return &Reading{l}
}

// Outputs returns the elements of outputs, even if the catalog is invalid. What
// could not be read of an element is empty, and has been reported.
func (r *Reading) Outputs() []Output { return r.l.cat.Outputs }

// NoHTTP reports whether the catalog says that it has no HTTP.
func (r *Reading) NoHTTP() bool { return r.l.cat.NoHTTP }

// Catalog returns what could be read of the catalog, even if it is invalid: then what
// is missing is zero, such as the Category of an error, and words may be used twice.
func (r *Reading) Catalog() *Catalog { return r.l.cat }

// Report adds a finding about a rule; the help says how to fix it.
func (r *Reading) Report(rule diag.Rule, pos diag.Position, help, format string, args ...any) diag.Finding {
	return r.l.Report(rule, pos, help, format, args...)
}

// Result returns what Load returns.
func (r *Reading) Result() (*Catalog, diag.Diagnostics) {
	ds := r.l.report.Findings()
	if ds.HasErrors() {
		return nil, ds
	}
	return r.l.cat, ds
}

// ReadBaseline reads an earlier version of a catalog, in order to compare with it:
// rules that are newer than the version may refuse it. It returns the catalog as far
// as it can be understood, and what is wrong with it. The catalog is nil if its codes
// and names cannot be read, or if it has another version of the format.
func ReadBaseline(file string, source []byte) (*Catalog, diag.Diagnostics) {
	l := Read(file, source).l
	ds := l.report.Findings()
	unreadable := l.errorsUnknown || l.codeTypeUnknown || len(l.cat.Errors) == 0 ||
		slices.ContainsFunc(l.drafts, func(d *draft) bool { return d.unknown || d.codeUnknown }) ||
		slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Rule == diag.RuleUnsupportedVersion })
	if unreadable {
		return nil, ds
	}
	return l.cat, ds
}

// loader reads one catalog.
type loader struct {
	*yamldoc.Document
	report *diag.Report
	cat    *Catalog

	fallback *yamldoc.Node
	// httpPos is the place of http: false.
	httpPos    diag.Position
	categories map[string]*Category
	// defaults are the settings that entries inherit from their category.
	defaults map[*Category]*defaults
	// drafts are the entries, with the nodes that are resolved when all are known.
	drafts []*draft
	// metadataFields are the declared metadata keys, nil for those that cannot be
	// read; the map is nil if the catalog declares none. requiredMetadata are the
	// required ones.
	metadataFields   map[string]*metadataField
	requiredMetadata []*metadataField
	metadataPos      diag.Position
	domainPos        diag.Position
	// reservedRanges are the reserved ranges, with their places.
	reservedRanges []Range
	reservedPos    []diag.Position
	// What could not be read: nothing in it is reported as missing.
	categoriesUnknown, errorsUnknown, codeTypeUnknown, httpUnknown, metadataUnknown bool
	// metadataUndeclared means that a key that is not declared has been reported. It
	// may have been meant to be one that seems to be unused.
	metadataUndeclared bool
	// verbs are the printf verbs in messages, verbMessages the number of messages
	// with one, and messageCount the number of all messages.
	verbs                      []printfVerb
	verbMessages, messageCount int
	// suggestions is how many comparisons can still be made for suggestions.
	suggestions int
}

// defaults are the settings that a category gives to its errors.
type defaults struct {
	httpStatus    int
	statusUnknown bool // it is present, but cannot be read
	grpcCode      GRPCCode
	grpcUnknown   bool // it is present, but cannot be read
	retry         Retry
	retryAfter    time.Duration
	severity      Severity
	audience      Audience
	metadata      []Metadatum
	ranges        rangeSet // nil if one cannot be read
	rangePos      []diag.Position
}

// draft is an entry with the nodes that are checked later.
type draft struct {
	*Error
	// code is nil if the code is the name.
	code, title, message     *yamldoc.Node
	deprecatedBy, retiredBy  *yamldoc.Node
	category, retryAfterNode *yamldoc.Node
	// chosen are the nodes of chosen identifiers, by language.
	chosen [len(languages)]*yamldoc.Node
	// paramNames has the names of all params; those that cannot be read are nil.
	paramNames map[string]*Param
	// What cannot be read: nothing in it is reported as missing.
	unknown, codeUnknown, statusUnknown, grpcUnknown, retryUnknown, paramsUnknown, metadataUnknown bool
}

func newLoader(file string, data []byte) *loader {
	report := diag.NewReport(file)
	doc := yamldoc.New(file, data, report)
	doc.EmptyHelp, doc.Form = emptyHelp, form
	return &loader{
		Document:    doc,
		report:      report,
		cat:         new(Catalog),
		categories:  make(map[string]*Category),
		defaults:    make(map[*Category]*defaults),
		suggestions: maxSuggestions,
	}
}

// maxSuggestions limits the comparisons that are made for suggestions: a file may
// have a mistake on each of its lines.
const maxSuggestions = 1_000_000

// nearest returns the word that s was most likely meant to be, an empty string if
// none is similar or too many have been compared.
func (l *loader) nearest(s string, words func() []string) string {
	if l.suggestions <= 0 {
		return ""
	}
	all := words()
	l.suggestions -= len(all) + 1
	return diag.Nearest(s, all)
}

// catalog reads the document.
func (l *loader) catalog(n *yamldoc.Node) {
	if yamldoc.IsEmpty(n) {
		l.emptyCatalog(l.At(n))
		return
	}
	if yamldoc.Child(n, "catalogs") != nil && yamldoc.Child(n, "errors") == nil {
		l.Report(diag.RuleMissingKey, l.At(n), "name one of the catalogs in the list; without a name, errcat finds errcat.yaml and checks all of them", "the file is a list of catalogs, not a catalog")
		return
	}
	fields, ok := l.Fields(n, "the file", "version", "catalog", "categories", "metadata", "errors", "reserved", "compatibility", "lint", "outputs")
	if !ok {
		return
	}
	l.Require(n, "the file", fields, "version: 1", "catalog", "errors")
	l.errorsUnknown = true
	// The levels of warnings, the catalog, its metadata and its categories are read first, wherever they are,
	// because entries depend on them, and categories on metadata.
	for _, f := range fields {
		if f.Name == "lint" {
			l.lint(f.Value)
		}
	}
	for _, f := range fields {
		if f.Name == "catalog" {
			l.header(f.Value)
		}
	}
	for _, f := range fields {
		if f.Name == "metadata" {
			l.metadataPos = l.At(f.Key)
			l.metadataSection(f.Value)
		}
	}
	for _, f := range fields {
		if f.Name == "categories" {
			l.categoryList(f.Value)
		}
	}
	for _, f := range fields {
		switch f.Name {
		case "version":
			if v, ok := l.Number(f.Value, diag.RuleUnsupportedVersion, "version", "write version: 1", 1, 0); ok && v != 1 {
				l.Report(diag.RuleUnsupportedVersion, l.At(f.Value), "write version: 1", "version cannot be %d", v)
			}
		case "errors":
			l.errors(f.Value)
		case "reserved":
			for _, n := range l.List(f.Value, "reserved") {
				l.reservation(n)
			}
		case "compatibility":
			l.compatibility(f.Value)
		case "outputs":
			l.cat.Outputs = ReadOutputs(l.Document, f.Value)
		}
	}
}

func (l *loader) emptyCatalog(pos diag.Position) {
	l.Report(diag.RuleMissingKey, pos, "begin with version: 1", "the catalog is empty")
}

// emptyHelp has the help about keys without a value that cannot be removed.
var emptyHelp = map[string]string{
	"version": "write version: 1",
	"name":    "give it a value", "url": "give it a value", "target": "give it a value", "path": "give it a value", "errors": "give it a value",
	"a category": "write {} for a category without settings",
}

// header reads the section catalog.
func (l *loader) header(n *yamldoc.Node) {
	fields, ok := l.Fields(n, "the catalog", "name", "title", "description", "version", "domain", "http", "type_uri", "accepted_type_uris", "code_type", "fallback", "samples")
	if !ok {
		return
	}
	l.Require(n, "the catalog", fields, "name")
	for _, f := range fields {
		if f.Name == "http" {
			l.http(f.Value)
		}
	}
	typeURIs := make(map[string]*yamldoc.Node)
	for _, f := range fields {
		switch f.Name {
		case "samples":
			_, ok := yamldoc.AsBool(f.Value)
			l.cat.NoSamples = !l.Bool(f.Value, "samples") && ok
		case "name":
			if s, ok := l.StrictText(f.Value, "name"); ok {
				if !isCatalogName(s) {
					l.Report(diag.RuleInvalidCatalogName, l.At(f.Value), "must start with a lowercase letter and contain only lowercase letters, digits and _ (max 64)",
						"the name of a catalog cannot be %s", diag.Quote(s))
				}
				l.cat.Name, l.cat.GoPackage = s, naming.GoPackage(s)
			}
		case "title":
			l.cat.Title, _ = l.VisibleText(f.Value, "title")
		case "description":
			l.cat.Description = l.prose(f.Value, "description")
		case "version":
			if s, ok := l.StrictText(f.Value, "version of the catalog"); ok {
				if !isVersion(s) {
					l.Report(diag.RuleInvalidVersion, l.At(f.Value), "write a version such as 1.4.0", "the version of the catalog cannot be %s", diag.Quote(s))
				}
				l.cat.Version = s
			}
		case "domain":
			if s, ok := l.VisibleText(f.Value, "domain"); ok {
				if !isDomain(s) {
					l.Report(diag.RuleInvalidDomain, l.At(f.Value), "write a host name, such as example.com", "domain cannot be %s: not a host name", diag.Quote(s))
				}
				l.cat.Domain, l.domainPos = s, l.At(f.Key)
			}
		case "type_uri":
			if !l.refusesHTTP(f.Key, "type_uri") {
				l.cat.TypeURI, _ = l.typeURI(f.Value, "type_uri", typeURIs)
			}
		case "accepted_type_uris":
			if l.refusesHTTP(f.Key, "accepted_type_uris") {
				continue
			}
			for _, n := range l.List(f.Value, "accepted_type_uris") {
				if s, ok := l.typeURI(n, "an accepted type URI", typeURIs); ok {
					l.cat.AcceptedTypeURIs = append(l.cat.AcceptedTypeURIs, s)
				}
			}
		case "code_type":
			t, ok := yamldoc.Choice(l.Document, f.Value, "code_type", codesString, codesInteger)
			l.cat.IntegerCodes, l.codeTypeUnknown = t == codesInteger, !ok
		case "fallback":
			if _, ok := l.StrictText(f.Value, "fallback"); ok {
				l.fallback = f.Value
			}
		}
	}
	if l.cat.Title == "" {
		l.cat.Title, l.cat.DefaultTitle = naming.Sentence(l.cat.Name), true
	}
}

// codeType is the type of the codes of a catalog.
type codeType string

// The types of codes.
const (
	codesString  codeType = "string"
	codesInteger codeType = "integer"
)

// http reads whether the errors travel over HTTP.
func (l *loader) http(n *yamldoc.Node) {
	if !l.Bool(n, "http") {
		_, ok := yamldoc.AsBool(n)
		l.cat.NoHTTP, l.httpUnknown, l.httpPos = ok, !ok, l.At(n)
	}
}

// typeURI reads a template of problem types. It reports one that was read before.
func (l *loader) typeURI(n *yamldoc.Node, what string, before map[string]*yamldoc.Node) (string, bool) {
	s, ok := l.VisibleText(n, what)
	if !ok {
		return "", false
	}
	if err := checkTypeURI(s); err != nil {
		l.Report(diag.RuleInvalidTypeURI, l.At(n), "write a URI such as https://example.com/errors#{code}", "%s cannot be %s: %v", what, diag.Quote(s), err)
	}
	if first := before[s]; first != nil {
		l.Report(diag.RuleDuplicateValue, l.At(n), "remove one of the two", "duplicate type URI %s", diag.Quote(s)).Note(l.At(first), "first used here")
	}
	before[s] = n
	return s, true
}

// refusesHTTP reports a key that a catalog without HTTP cannot have.
func (l *loader) refusesHTTP(key *yamldoc.Node, what string) bool {
	if !l.cat.NoHTTP {
		return false
	}
	l.Report(diag.RuleHTTPNotUsed, l.At(key), "remove it, or remove http: false from the catalog", "%s has no meaning in a catalog without HTTP", what).
		Note(l.httpPos, "the catalog says so here")
	return true
}

// categoryList reads the section categories.
func (l *loader) categoryList(n *yamldoc.Node) {
	pairs, ok := l.Mapping(n, "categories", "write a mapping from the name of each category to its settings")
	l.categoriesUnknown = !ok
	for _, p := range pairs {
		if _, ok := l.StrictText(p.Key, "category"); ok && !isCategoryName(p.Name) {
			l.Report(diag.RuleInvalidCategory, l.At(p.Key), "must start with a letter and contain only letters, digits, _ and - (max 64)", "the name of a category cannot be %s", diag.Quote(p.Name))
		}
		l.addCategory(p)
	}
	l.EndSection()
}

// addCategory reads one category.
func (l *loader) addCategory(p yamldoc.Pair) {
	c := &Category{
		Name: diag.Clip(p.Name, maxName), Title: naming.Sentence(p.Name), DefaultTitle: true, GoName: naming.GoCategory(p.Name),
		Anchor: "category-" + p.Name, Pos: l.At(p.Key),
	}
	l.Section("the category "+c.Name, c.Pos)
	d := new(defaults)
	l.categories[p.Name], l.defaults[c] = c, d
	l.cat.Categories = append(l.cat.Categories, c)
	fields, ok := l.Fields(p.Value, "a category", "title", "description", "http_status", "grpc_code", "retry", "retry_after", "severity", "audience", "metadata", "codes")
	d.statusUnknown, d.grpcUnknown = !ok, !ok
	var retryAfter *yamldoc.Node
	retryKnown := true
	for _, f := range fields {
		switch f.Name {
		case "title":
			if s, ok := l.VisibleText(f.Value, "title"); ok {
				c.Title, c.DefaultTitle = s, false
			}
		case "description":
			c.Description = l.prose(f.Value, "description")
		case "http_status":
			if l.refusesHTTP(f.Key, "http_status") {
				continue
			}
			d.httpStatus, ok = l.httpStatus(f.Value)
			d.statusUnknown = !ok
		case "grpc_code":
			d.grpcCode, ok = l.grpcCode(f.Value)
			d.grpcUnknown = !ok
		case "retry":
			d.retry, retryKnown = l.retry(f.Value)
		case "retry_after":
			retryAfter = f.Value
			d.retryAfter = l.duration(f.Value, "retry_after")
		case "severity":
			d.severity = l.severity(f.Value)
		case "audience":
			d.audience = l.audience(f.Value)
		case "metadata":
			d.metadata = l.sortedMetadata(l.metadata(f.Value, true))
		case "codes":
			if c.Codes, d.rangePos, ok = l.ranges(f.Value); ok {
				d.ranges = newRangeSet(c.Codes)
			}
		}
	}
	if retryAfter != nil && retryKnown {
		l.checkRetryAfter(retryAfter, d.retry)
	}
}

// checkRetryAfter reports a retry_after without retry: after.
func (l *loader) checkRetryAfter(n *yamldoc.Node, r Retry) {
	switch r {
	case RetryAfter:
	case "":
		l.Report(diag.RuleRetryAfterUnused, l.At(n), "add retry: after", "retry_after requires retry: after")
	default:
		l.Report(diag.RuleRetryAfterUnused, l.At(n), "write retry: after, or remove retry_after", "retry_after requires retry: after, not retry: %s", r)
	}
}

// code reads a wire code.
func (l *loader) code(n *yamldoc.Node, what string) (string, bool) {
	switch {
	case l.codeTypeUnknown:
		return "", false
	case l.cat.IntegerCodes:
		return l.integerCode(n, what)
	}
	if i, ok := parseInteger(n.Value); ok && i < 0 && yamldoc.IsScalar(n) {
		l.Report(diag.RuleInvalidCode, l.At(n), "if codes are integers, add code_type: integer to the catalog; a string begins with a letter, a digit or _",
			"%s cannot be %s", what, diag.Quote(n.Value))
		return "", false
	}
	s, ok := l.StrictText(n, what)
	if ok && (!isCode(s) || len(s) > maxName) {
		l.Report(diag.RuleInvalidCode, l.At(n), "must start with a letter, a digit or _ and contain only letters, digits, _ . : / and - (max 300)",
			"%s cannot be %s", what, diag.Quote(s))
		return "", false
	}
	return s, ok
}

// integerCode reads a wire code that is an integer. Only its text matters, so it
// may be quoted.
func (l *loader) integerCode(n *yamldoc.Node, what string) (string, bool) {
	const help = "write an integer such as 42 or -32700, or remove code_type: integer"
	switch {
	case !l.Scalar(n, what, "an integer", help):
		return "", false
	case strings.TrimSpace(n.Value) == "":
		l.Report(diag.RuleEmptyValue, l.At(n), help, "%s is empty", what)
		return "", false
	case yamldoc.IsTagged(n) && n.ShortTag() != "!!int" && n.ShortTag() != "!!float" && n.ShortTag() != "!!str":
		l.WrongType(n, what, "an integer", "remove the tag")
		return "", false
	}
	if _, ok := parseInteger(n.Value); !ok {
		problem, fix := integerMistake(n.Value)
		l.Report(diag.RuleInvalidCode, l.At(n), cmp.Or(fix, help), "%s cannot be %s: it %s", what, yamldoc.Shown(n), problem)
		return "", false
	}
	return n.Value, true
}

// name reports an invalid name, and one that must be quoted.
func (l *loader) name(n *yamldoc.Node, what string) bool {
	if yamldoc.IsScalar(n) && !yamldoc.IsEmpty(n) && (!isName(n.Value) || len(n.Value) > maxName) {
		l.Report(diag.RuleInvalidName, l.At(n), "must start with a letter or _ and contain only letters, digits, _ . and - (max 300)", "%s cannot be %s", what, diag.Quote(n.Value))
		return false
	}
	_, ok := l.StrictText(n, what)
	return ok
}

// httpStatus reads an HTTP status.
func (l *loader) httpStatus(n *yamldoc.Node) (int, bool) {
	status, ok := l.Number(n, diag.RuleInvalidHTTPStatus, "http_status", "write a number from 100 to 599", 100, 599)
	switch {
	case !ok:
		return 0, false
	case status < 100 || status > 599:
		l.Report(diag.RuleInvalidHTTPStatus, l.At(n), "write a number from 100 to 599", "http_status cannot be %d", status)
		return 0, false
	case status < 400:
		l.Report(diag.RuleUnusualHTTPStatus, l.At(n), "use 400 to 499 if the client can fix the request, and 500 to 599 otherwise", "http_status %d is not that of a failed request", status)
	}
	return status, true
}

// retry reads retry advice.
func (l *loader) retry(n *yamldoc.Node) (Retry, bool) {
	return yamldoc.Choice(l.Document, n, "retry", RetryNever, RetrySafe, RetryAfter)
}

// severity reads a severity.
func (l *loader) severity(n *yamldoc.Node) Severity {
	s, _ := yamldoc.Choice(l.Document, n, "severity", SeverityDebug, SeverityInfo, SeverityWarning, SeverityError, SeverityCritical)
	return s
}

// audience reads an audience.
func (l *loader) audience(n *yamldoc.Node) Audience {
	a, _ := yamldoc.Choice(l.Document, n, "audience", Public, Internal)
	return a
}

// duration reads a positive duration.
func (l *loader) duration(n *yamldoc.Node, what string) time.Duration {
	const help = "write a positive number with a unit, such as 500ms, 30s, 5m or 1h30m"
	switch {
	case !yamldoc.IsScalar(n):
		fix := help
		if e := yamldoc.Only(n); e != nil {
			if d, err := time.ParseDuration(e.Value); err == nil && d > 0 {
				fix = "write " + e.Value
			}
		}
		l.WrongType(n, what, "a duration", fix)
		return 0
	case yamldoc.IsTagged(n) || n.ShortTag() != "!!int" && n.ShortTag() != "!!float":
	default:
		if d, err := time.ParseDuration(n.Value + "s"); err == nil && d > 0 {
			l.Report(diag.RuleInvalidDuration, l.At(n), "add a unit, such as "+n.Value+"s", "%s %s has no unit", what, n.Value)
			return 0
		}
	}
	s, ok := l.Text(n, what)
	if !ok {
		return 0
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		l.Report(diag.RuleInvalidDuration, l.At(n), help, "%s cannot be %s", what, diag.Quote(s))
		return 0
	}
	return d
}

// ranges reads ranges of codes, separated by commas, with their places. It returns
// false if one cannot be read.
func (l *loader) ranges(n *yamldoc.Node) (ranges []Range, places []diag.Position, ok bool) {
	if l.codeTypeUnknown {
		return nil, nil, false
	}
	parse, help := parseRange, `write ranges such as "2200-2299, 2400-2499"`
	if l.cat.IntegerCodes {
		parse, help = parseIntegerRange, `write ranges such as "-32099..-32000, 1..99"`
	}
	if !l.Scalar(n, "codes", "a string", help) {
		return nil, nil, false
	}
	var s string
	if l.cat.IntegerCodes && n.ShortTag() == "!!int" && !yamldoc.IsTagged(n) {
		s, ok = n.Value, true // one code, in place of a range
	} else {
		s, ok = l.StrictText(n, "codes")
	}
	if ok && strings.TrimSpace(s) == "" {
		l.Report(diag.RuleEmptyValue, l.At(n), help, "codes is empty")
		return nil, nil, false
	}
	if !ok {
		return nil, nil, false
	}
	start := 0
	for item := range strings.SplitSeq(s, ",") {
		word := strings.TrimSpace(item)
		pos := l.Inside(n, start+strings.Index(item, word), len([]rune(word)))
		if word == "" {
			pos = l.Inside(n, max(start-1, 0), 1) // the comma before
		}
		start += len(item) + 1
		r, help, err := parse(word)
		if err != nil {
			l.Report(diag.RuleInvalidRange, pos, help, "%v", err)
			ok = false
			continue
		}
		ranges, places = append(ranges, r), append(places, pos)
	}
	return ranges, places, ok
}
