package catalog

import (
	"cmp"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/yamldoc"
)

// This file reads metadata: what a catalog declares, and the values of its errors.

// The limits of metadata. A catalog may come from anybody: each error repeats the
// keys of its category, and patterns are matched against every value.
const (
	maxMetadata     = 100
	maxPattern      = 300
	maxPatternSize  = 1_000
	maxPatternSteps = 500_000_000
)

// metadataField is a declared key while values are read.
type metadataField struct {
	*MetadataField
	// typ is the type, empty if it is unknown.
	typ     MetadataType
	pattern *regexp.Regexp
	// patternPos is the position of the pattern, steps what may still be spent on
	// matching, size what one character costs.
	patternPos  diag.Position
	steps, size int
	index       int // in the order of the declarations
	slow, used  bool
	missing     []*Error // the first that lack it
	missed      int
}

// metadataSection reads the section metadata.
func (l *loader) metadataSection(n *yamldoc.Node) {
	pairs, ok := l.Mapping(n, "metadata", "write a mapping from each metadata key to its type")
	l.metadataUnknown = !ok
	l.metadataFields = make(map[string]*metadataField, len(pairs))
	l.cat.Metadata = make([]*MetadataField, 0, len(pairs))
	fields := make(map[string]*MetadataField, len(pairs))
	for i, p := range pairs {
		l.metadataFields[p.Name] = nil
		if _, ok := l.Text(p.Key, "metadata key"); !ok {
			l.metadataUnknown = true
			continue
		}
		if i == maxMetadata {
			l.tooManyMetadata(p.Key, "a catalog declares")
			l.metadataUnknown = true
			break
		}
		field := l.metadataField(p)
		field.index = i
		l.metadataFields[p.Name] = field
		f := field.MetadataField
		if !isMetadataName(f.Name) {
			l.Report(diag.RuleInvalidMetadataName, l.At(p.Key), "start with a letter or _, use only letters, digits and _ (max 64), and at least one letter or digit",
				"%s is not a valid metadata key", diag.Quote(p.Name))
			continue
		}
		if naming.IsInherited(f.Name) {
			l.Report(diag.RuleInvalidMetadataName, l.At(p.Key), "choose a name such as "+f.Name+"_value", "%s cannot be a metadata key: every JavaScript object has a property of that name", f.Name)
			continue
		}
		if other := fields[f.GoField]; other != nil {
			l.Report(diag.RuleIdentifierClash, f.Pos, "rename one of them", "the metadata keys %s and %s are both %s in Go", other.Name, f.Name, f.GoField).Note(other.Pos, "the other one is here")
		}
		fields[f.GoField] = f
		l.cat.Metadata = append(l.cat.Metadata, f)
	}
}

func (l *loader) tooManyMetadata(key *yamldoc.Node, what string) {
	l.Report(diag.RuleTooManyMetadata, l.At(key), "remove keys", "%s more than %d metadata keys", what, maxMetadata)
}

// isMetadataName reports whether a metadata key can be declared: it must give an
// identifier.
func isMetadataName(s string) bool {
	return len(s) <= maxParamName && metadataName.MatchString(s) && naming.GoMetadataField(s) != ""
}

var metadataName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// metadataField reads one declared key, in its short form (only the type) or the
// long one.
func (l *loader) metadataField(p yamldoc.Pair) *metadataField {
	f := &metadataField{MetadataField: &MetadataField{
		Name: p.Name, Type: MetadataString, Title: naming.Sentence(p.Name), DefaultTitle: true, Audience: Public, GoField: naming.GoMetadataField(p.Name), Pos: l.At(p.Key),
	}}
	readType := func(n *yamldoc.Node) {
		if t, ok := yamldoc.Choice(l.Document, n, "the type of a metadata key", metadataTypes[:]...); ok {
			f.Type, f.typ = t, t
		}
	}
	if yamldoc.IsScalar(p.Value) {
		if readType(p.Value); f.typ == MetadataEnum {
			l.Report(diag.RuleInvalidMetadata, l.At(p.Value), "write "+p.Name+": {type: enum, values: [...]}", "the metadata key %s is an enum without values", diag.Quote(p.Name))
		}
		return f
	}
	keys, ok := l.Fields(p.Value, "a metadata key", "type", "title", "description", "pattern", "values", "required", "audience")
	if !ok {
		return f
	}
	l.Require(p.Value, "the metadata key", keys, "type")
	var pattern, values *yamldoc.Node
	for _, k := range keys {
		switch k.Name {
		case "type":
			readType(k.Value)
		case "title":
			if s, ok := l.VisibleText(k.Value, "title"); ok {
				f.Title, f.DefaultTitle = s, false
			}
		case "description":
			f.Description = l.prose(k.Value, "description")
		case "pattern":
			pattern = k.Value
		case "values":
			values = k.Value
		case "required":
			f.Required = l.Bool(k.Value, "required")
		case "audience":
			f.Audience = or(l.audience(k.Value), Public)
		}
	}
	if pattern != nil {
		l.metadataPattern(f, pattern)
	}
	switch {
	case values != nil && f.typ != MetadataEnum && f.typ != "":
		l.Report(diag.RuleInvalidMetadata, l.At(values), "write type: enum, or remove values", "a metadata key of type %s cannot have values", f.typ)
	case values != nil:
		l.metadataValues(f, values)
	case f.typ == MetadataEnum:
		l.Report(diag.RuleInvalidMetadata, l.At(yamldoc.Target(p.Value)), "add values: with the allowed values", "the metadata key %s is an enum without values", diag.Quote(p.Name))
	}
	return f
}

// metadataPattern reads the pattern of a declared key.
func (l *loader) metadataPattern(f *metadataField, n *yamldoc.Node) {
	s, ok := l.VisibleText(n, "pattern")
	if !ok {
		return
	}
	if f.typ != MetadataString && f.typ != MetadataURL && f.typ != "" {
		l.Report(diag.RuleInvalidMetadata, l.At(n), "remove pattern", "a metadata key of type %s cannot have a pattern; only string and url can", f.typ)
		return
	}
	f.Pattern = s
	const help = "write a regular expression in RE2 syntax, such as [A-Z]{2}[0-9]+; it always matches the whole value"
	if utf8.RuneCountInString(s) > maxPattern {
		l.Report(diag.RuleInvalidPattern, l.At(n), "write a shorter one", "the pattern is longer than %d characters", maxPattern)
		return
	}
	parsed, err := syntax.Parse(s, syntax.Perl)
	if err != nil {
		l.Report(diag.RuleInvalidPattern, l.At(n), help, "the pattern %s is not a regular expression: %s", diag.Quote(s), diag.Printable(strings.TrimPrefix(err.Error(), "error parsing regexp: ")))
		return
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(program.Inst) > maxPatternSize {
		l.Report(diag.RuleInvalidPattern, l.At(n), "simplify it, or repeat less", "the pattern %s is too complex", diag.Quote(s))
		return
	}
	if f.pattern, err = regexp.Compile(s); err != nil {
		panic(err) // It has been parsed and compiled above.
	}
	f.pattern.Longest()
	f.patternPos, f.steps, f.size = l.At(n), maxPatternSteps, len(program.Inst)
}

// metadataValues reads the values of an enum.
func (l *loader) metadataValues(f *metadataField, n *yamldoc.Node) {
	nodes := l.List(n, "values")
	if yamldoc.IsList(n) && len(nodes) == 0 {
		l.Report(diag.RuleEmptyValue, l.At(n), "write the allowed values", "values is empty")
	}
	seen := make(map[string]*yamldoc.Node, len(nodes))
	for _, n := range nodes {
		s, ok := l.StrictText(n, "value")
		switch before := seen[s]; {
		case !ok:
			continue
		case strings.TrimSpace(s) == "":
			l.Report(diag.RuleEmptyValue, l.At(n), "write a string, or remove it", "the value is empty")
			continue
		case before != nil:
			l.Report(diag.RuleDuplicateValue, l.At(n), "remove one of them", "duplicate value %s", diag.Quote(s)).Note(l.At(before), "the first one is here")
			continue
		}
		seen[s] = n
		f.Values = append(f.Values, s)
	}
}

// metadata reads the values of an error or a category. A value that cannot be read
// is nil, so that it is not missing.
func (l *loader) metadata(n *yamldoc.Node, ofCategory bool) []Metadatum {
	pairs, _ := l.Mapping(n, "metadata", "write a mapping from each metadata key to its value")
	metadata := make([]Metadatum, 0, len(pairs))
	for i, p := range pairs {
		if _, ok := l.Text(p.Key, "metadata key"); !ok {
			continue
		}
		if ofCategory && i == maxMetadata {
			l.tooManyMetadata(p.Key, "a category has")
			break
		}
		if l.metadataFields == nil {
			if s, ok := l.Text(p.Value, yamldoc.Shown(p.Key)); ok {
				metadata = append(metadata, Metadatum{Key: p.Name, Value: s})
			}
			continue
		}
		field, declared := l.metadataFields[p.Name]
		switch {
		case !declared:
			l.undeclaredMetadata(p.Key)
		case field != nil:
			field.used = true
			metadata = append(metadata, Metadatum{Key: p.Name, Field: field.MetadataField, Value: l.metadataValue(field, p.Value)})
		}
	}
	return metadata
}

// undeclaredMetadata reports a key that the catalog does not declare.
func (l *loader) undeclaredMetadata(key *yamldoc.Node) {
	if l.metadataUnknown {
		return
	}
	l.metadataUndeclared = true
	help := "declare it under metadata:"
	near := l.nearest(key.Value, func() []string {
		names := make([]string, len(l.cat.Metadata))
		for i, f := range l.cat.Metadata {
			names[i] = f.Name
		}
		return names
	})
	if near != "" {
		help = "did you mean " + near + "? Or " + help
	}
	l.Report(diag.RuleUndeclaredMetadata, l.At(key), help, "the metadata key %s is not declared", diag.Quote(key.Value))
}

// metadataValue reads a value of a declared key; it returns nil if it has
// reported it.
func (l *loader) metadataValue(f *metadataField, n *yamldoc.Node) any {
	switch f.typ {
	case MetadataString, MetadataURL:
		if s, ok := l.metadataText(f, n); ok {
			return s
		}
	case MetadataEnum:
		// Text comes first, to have yes and 42 quoted.
		if _, ok := l.StrictText(n, f.Name); !ok {
			break
		}
		if slices.Contains(f.Values, n.Value) {
			return n.Value
		}
		if len(f.Values) > 0 {
			const most = 10
			help := "the values are " + strings.Join(f.Values[:min(most, len(f.Values))], ", ")
			if len(f.Values) > most {
				help += ", ..."
			}
			if near := l.nearest(n.Value, func() []string { return f.Values }); near != "" {
				help = "did you mean " + near + "? " + strings.ToUpper(help[:1]) + help[1:]
			}
			l.Report(diag.RuleUnknownValue, l.At(n), help, "%s cannot be %s", f.Name, diag.Quote(n.Value)).Note(f.Pos, "it is declared here")
		}
	case MetadataBoolean:
		if b, ok := yamldoc.AsBool(n); ok {
			return b
		}
		l.Bool(n, f.Name)
	case MetadataInteger:
		i, ok := l.Number(n, diag.RuleWrongType, f.Name, "write an integer such as 42", -maxInteger, maxInteger)
		switch {
		case !ok:
		case i < -maxInteger || i > maxInteger:
			l.Report(diag.RuleWrongType, l.At(n), fmt.Sprintf("write an integer from -%d to %d", maxInteger, maxInteger), "%s cannot be %d: not every reader of JSON reads it exactly", f.Name, i)
		default:
			return int64(i)
		}
	case MetadataStringList:
		return l.metadataList(f, n)
	}
	return nil
}

// metadataText reads a string or a URL.
func (l *loader) metadataText(f *metadataField, n *yamldoc.Node) (string, bool) {
	s, ok := l.VisibleText(n, f.Name)
	if !ok {
		return "", false
	}
	if f.typ == MetadataURL && !l.url(n, f.Name, s) {
		return "", false
	}
	if f.pattern == nil {
		return s, true
	}
	if f.steps -= len(s) * f.size; f.steps < 0 {
		f.pattern, f.slow = nil, true
		return s, true
	}
	// The leftmost longest match is the whole value if one is. Putting the pattern
	// between anchors would not do: \Q quotes what follows it.
	if at := f.pattern.FindStringIndex(s); at == nil || at[0] != 0 || at[1] != len(s) {
		l.Report(diag.RuleMetadataPattern, l.At(n), "correct the value, or the pattern", "%s does not match the pattern %s of %s", diag.Quote(s), diag.Quote(f.Pattern), f.Name).
			Note(f.patternPos, "the pattern is here")
		return "", false
	}
	return s, true
}

// metadataList reads a list of strings.
func (l *loader) metadataList(f *metadataField, n *yamldoc.Node) any {
	nodes := l.List(n, f.Name)
	if yamldoc.IsList(n) && len(nodes) == 0 {
		l.Report(diag.RuleEmptyValue, l.At(n), "write at least one string, or remove the key", "%s is empty", f.Name)
		return nil
	}
	var list []string
	for _, n := range nodes {
		if s, ok := l.VisibleText(n, f.Name); ok {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// inheritMetadata gives an entry the metadata of its category that it does not
// have itself, all in the order of their declarations, and counts what is missing.
func (l *loader) inheritMetadata(d *draft, category []Metadatum) {
	own := d.Metadata
	if l.metadataFields == nil {
		for _, m := range category {
			if !slices.ContainsFunc(own, func(o Metadatum) bool { return o.Key == m.Key }) {
				d.Metadata = append(d.Metadata, m)
			}
		}
		return
	}
	if len(own) == 0 {
		d.Metadata = category // It is not copied: nobody changes it.
	} else {
		for _, m := range category {
			if _, ok := findMetadatum(own, m.Field); !ok {
				d.Metadata = append(d.Metadata, m)
			}
		}
		d.Metadata = l.sortedMetadata(d.Metadata)
	}
	if d.unknown || d.Category == nil || d.metadataUnknown || l.metadataUnknown {
		return
	}
	for _, f := range l.requiredMetadata {
		if _, ok := findMetadatum(d.Metadata, f.MetadataField); ok {
			continue
		}
		if f.missed++; f.missed <= 3 {
			f.missing = append(f.missing, d.Error)
		}
	}
}

// sortedMetadata sorts metadata by their declarations, if there are any.
func (l *loader) sortedMetadata(metadata []Metadatum) []Metadatum {
	if l.metadataFields != nil {
		slices.SortFunc(metadata, func(a, b Metadatum) int {
			return cmp.Compare(l.metadataFields[a.Key].index, l.metadataFields[b.Key].index)
		})
	}
	return metadata
}

// findMetadatum returns the value of a declared key.
func findMetadatum(metadata []Metadatum, f *MetadataField) (Metadatum, bool) {
	for _, m := range metadata {
		if m.Field == f {
			return m, true
		}
	}
	return Metadatum{}, false
}

// checkMetadata reports required keys that errors lack, once per key, and keys that
// no error has.
func (l *loader) checkMetadata() {
	for _, f := range l.cat.Metadata {
		field := l.metadataFields[f.Name]
		if field.slow {
			l.Report(diag.RuleInvalidPattern, field.patternPos, "simplify it", "the pattern of %s takes too long to match all values", f.Name)
		}
		switch {
		case field.missed > 0:
			verb := "errors have"
			if field.missed == 1 {
				verb = "error has"
			}
			finding := l.Report(diag.RuleMissingMetadata, f.Pos, "add metadata: {"+f.Name+": ...} to each of them or to their category, or remove required",
				"%d %s no %s, which is required", field.missed, verb, f.Name)
			for _, e := range field.missing {
				finding.Note(e.Pos, "%s has none", e.Name)
			}
		case !field.used && field.typ != "" && !l.errorsUnknown && !l.metadataUnknown && !l.metadataUndeclared:
			l.Report(diag.RuleUnusedMetadata, f.Pos, "remove it, or give it a value in an error", "no error or category has a value for the metadata key %s", f.Name)
		}
	}
}
