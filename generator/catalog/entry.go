package catalog

import (
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/prose"
	"github.com/errcat/errcat/generator/yamldoc"
)

// errors reads the section errors.
func (l *loader) errors(n *yamldoc.Node) {
	pairs, ok := l.Mapping(n, "errors", "write a mapping from the NAME of each error to its entry")
	if !ok {
		return
	}
	l.errorsUnknown = false
	if len(yamldoc.Target(n).Content) == 0 {
		l.Report(diag.RuleEmptyValue, l.At(yamldoc.Target(n)), "add an error", "the catalog has no errors")
	}
	l.drafts = make([]*draft, 0, len(pairs))
	l.cat.Errors = make([]*Error, 0, len(pairs))
	for _, p := range pairs {
		l.entry(p)
	}
	l.EndSection()
}

var entryKeys = []string{
	"code", "aliases", "synonyms", "former_names", "category", "http_status", "grpc_code", "title", "message", "description", "resolution", "links",
	"params", "retry", "retry_after", "severity", "audience", "tags", "owner", "since", "deprecated", "retired", "accept", "identifiers", "metadata",
}

// EntryKeys returns the keys that an error can have, in the order of the
// documentation.
func EntryKeys() []string { return slices.Clone(entryKeys) }

// entry reads one error.
func (l *loader) entry(p yamldoc.Pair) {
	e := &Error{Name: diag.Clip(p.Name, maxName), Code: p.Name, Anchor: p.Name, Pos: l.At(p.Key)}
	e.CodePos = e.Pos
	d := &draft{Error: e}
	l.enter(d)
	l.drafts = append(l.drafts, d)
	l.cat.Errors = append(l.cat.Errors, e)
	if l.name(p.Key, "name"); isName(e.Name) {
		for _, lang := range languages {
			*lang.constant(e) = l.named(lang).Constant(p.Name)
		}
	}
	fields, ok := l.Fields(p.Value, "an error", entryKeys...)
	d.unknown = !ok
	for _, f := range fields {
		l.entryField(d, f)
	}
}

// enter says that an entry is being read.
func (l *loader) enter(d *draft) { l.Section("the error "+d.Name, d.Pos) }

// own returns the place of a node of the entry, or that of the entry itself if an
// alias includes the node from elsewhere.
func (l *loader) own(d *draft, n *yamldoc.Node) diag.Position {
	if pos := l.At(n); !pos.Before(d.Pos) {
		return pos
	}
	return d.Pos
}

// entryField reads one key of an error.
func (l *loader) entryField(d *draft, f yamldoc.Pair) {
	e := d.Error
	switch f.Name {
	case "code":
		if s, ok := l.code(f.Value, "code"); ok {
			d.code = f.Value
			e.Code, e.Anchor, e.CodePos = s, s, l.own(d, f.Value)
		} else {
			d.codeUnknown = true
		}
	case "aliases":
		for _, n := range l.List(f.Value, "aliases") {
			if s, ok := l.code(n, "alias"); ok {
				e.Aliases = append(e.Aliases, Alias{Code: s, Pos: l.own(d, n)})
			}
		}
	case "synonyms":
		for _, n := range l.List(f.Value, "synonyms") {
			if s := n.Value; l.name(n, "synonym") {
				synonym := FormerName{Name: s, Pos: l.own(d, n)}
				for _, lang := range languages {
					*lang.former(&synonym) = l.named(lang).Constant(s)
				}
				e.Synonyms = append(e.Synonyms, Synonym(synonym))
			}
		}
	case "former_names":
		for _, n := range l.List(f.Value, "former_names") {
			if s := n.Value; l.name(n, "former name") {
				f := FormerName{Name: s, Pos: l.own(d, n)}
				for _, lang := range languages {
					*lang.former(&f) = l.named(lang).Constant(s)
				}
				e.FormerNames = append(e.FormerNames, f)
			}
		}
	case "category":
		d.category = f.Value
		if s, ok := l.StrictText(f.Value, "category"); ok {
			if e.Category = l.categories[s]; e.Category == nil && !l.categoriesUnknown {
				l.unknownCategory(f.Value)
			}
		}
	case "http_status":
		if l.refusesHTTP(f.Key, "http_status") {
			return
		}
		var ok bool
		e.HTTPStatus, ok = l.httpStatus(f.Value)
		d.statusUnknown = !ok
	case "grpc_code":
		var ok bool
		e.GRPCCode, ok = l.grpcCode(f.Value)
		d.grpcUnknown = !ok
	case "title":
		d.title = f.Value
		e.Title, _ = l.VisibleText(f.Value, "title")
	case "message":
		d.message = f.Value
	case "description":
		e.Description = l.prose(f.Value, "description")
	case "resolution":
		e.Resolution = l.prose(f.Value, "resolution")
	case "links":
		for _, n := range l.List(f.Value, "links") {
			l.link(e, n)
		}
	case "params":
		l.params(d, f.Value)
	case "retry":
		var ok bool
		e.Retry, ok = l.retry(f.Value)
		d.retryUnknown = !ok
	case "retry_after":
		d.retryAfterNode = f.Value
		e.RetryAfter = l.duration(f.Value, "retry_after")
	case "severity":
		e.Severity = l.severity(f.Value)
	case "audience":
		e.Audience = l.audience(f.Value)
	case "tags":
		e.Tags = l.tags(f.Value)
	case "owner":
		e.Owner, _ = l.VisibleText(f.Value, "owner")
	case "since":
		e.Since = l.since(f.Value)
	case "deprecated":
		e.Deprecated, d.deprecatedBy = l.lifecycle(f.Value, "deprecated")
	case "retired":
		e.Retired, d.retiredBy = l.lifecycle(f.Value, "retired")
	case "accept":
		e.Accept = l.acceptances(f.Value)
	case "identifiers":
		l.identifiers(d, f.Value)
	case "metadata":
		e.Metadata = l.metadata(f.Value, false)
		d.metadataUnknown = !yamldoc.IsMapping(f.Value)
	}
}

// unknownCategory reports a category that is not declared.
func (l *loader) unknownCategory(n *yamldoc.Node) {
	help := "declare it under categories:"
	if near := l.nearest(n.Value, l.categoryNames); near != "" {
		help = "did you mean " + near + "? Or " + help
	}
	l.Report(diag.RuleUnknownCategory, l.At(n), help, "unknown category %s", diag.Quote(n.Value))
}

// categoryNames returns the names of the categories.
func (l *loader) categoryNames() []string {
	names := make([]string, len(l.cat.Categories))
	for i, c := range l.cat.Categories {
		names[i] = c.Name
	}
	return names
}

// since reads the version of an API or product.
func (l *loader) since(n *yamldoc.Node) string {
	s, ok := l.StrictText(n, "since")
	if ok && strings.TrimSpace(s) == "" {
		l.Report(diag.RuleEmptyValue, l.At(n), "write a version, or remove the key", "since is empty")
	}
	return s
}

// tags reads a list of tags.
func (l *loader) tags(n *yamldoc.Node) []string {
	var tags []string
	seen := make(map[string]*yamldoc.Node)
	for _, n := range l.List(n, "tags") {
		tag, ok := l.VisibleText(n, "tag")
		if !ok {
			continue
		}
		if before := seen[tag]; before != nil {
			l.Report(diag.RuleDuplicateTag, l.At(n), "remove one of the two", "duplicate tag %s", diag.Quote(tag)).Note(l.At(before), "first used here")
			continue
		}
		seen[tag] = n
		tags = append(tags, tag)
	}
	return tags
}

// link reads one link of an error.
func (l *loader) link(e *Error, n *yamldoc.Node) {
	fields, ok := l.Fields(n, "a link", "title", "url")
	if !ok {
		return
	}
	l.Require(n, "the link", fields, "url")
	var link Link
	for _, f := range fields {
		switch f.Name {
		case "title":
			link.Title, _ = l.VisibleText(f.Value, "title")
		case "url":
			if s, ok := l.VisibleText(f.Value, "url"); ok {
				if l.url(f.Value, "url", s) && prose.IsRelative(s) {
					relativeLink(l.Document, l.At(f.Value), s)
				}
				link.URL = s
			}
		}
	}
	if link.Title == "" {
		link.Title = link.URL
	}
	e.Links = append(e.Links, link)
}

// url reports a URL that a document cannot link to.
func (l *loader) url(n *yamldoc.Node, what, s string) bool {
	if err := checkURI(s); err != nil {
		l.Report(diag.RuleInvalidURL, l.At(n), "percent-encode the character: a space is %20", "%s cannot be %s: %v", what, diag.Quote(s), err)
		return false
	}
	if err := checkLink(s); err != nil {
		l.Report(diag.RuleInvalidURL, l.At(n), "write an http, https, mailto or relative URL", "%s cannot be %s: %v", what, diag.Quote(s), err)
		return false
	}
	return true
}

// lifecycle reads deprecated or retired. It also returns the node of replaced_by.
func (l *loader) lifecycle(n *yamldoc.Node, what string) (*Lifecycle, *yamldoc.Node) {
	if b, ok := yamldoc.AsBool(n); ok {
		help := "remove the key"
		if b {
			help = "write {}"
		}
		l.WrongType(n, what, "a mapping with since, reason and replaced_by", help)
		return nil, nil
	}
	fields, ok := l.Fields(n, what, "since", "reason", "replaced_by")
	if !ok {
		return nil, nil
	}
	c := new(Lifecycle)
	var replacedBy *yamldoc.Node
	for _, f := range fields {
		switch f.Name {
		case "since":
			c.Since = l.since(f.Value)
		case "reason":
			c.Reason = l.prose(f.Value, "reason")
		case "replaced_by":
			if _, ok := l.StrictText(f.Value, "replaced_by"); ok {
				replacedBy = f.Value
			}
		}
	}
	return c, replacedBy
}
