package catalog

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// errors reads the section errors.
func (l *loader) errors(n *yaml.Node) {
	pairs, ok := l.mapping(n, "errors", "write a mapping from the NAME of each error to its entry")
	if !ok {
		return
	}
	l.errorsUnknown = false
	if len(target(n).Content) == 0 {
		l.report(RuleEmptyValue, l.at(target(n)), "add an error", "the catalog has no errors")
	}
	l.drafts = make([]*draft, 0, len(pairs))
	l.cat.Errors = make([]*Error, 0, len(pairs))
	for _, p := range pairs {
		l.entry(p)
	}
	l.section = section{}
}

var entryKeys = []string{
	"code", "aliases", "former_names", "category", "http_status", "title", "message", "description", "resolution", "links",
	"params", "retry", "retry_after", "severity", "audience", "tags", "owner", "since", "deprecated", "retired", "identifiers", "metadata",
}

// entry reads one error.
func (l *loader) entry(p pair) {
	e := &Error{Name: clip(p.name, maxName), Code: p.name, Anchor: p.name, Pos: l.at(p.key)}
	e.CodePos = e.Pos
	d := &draft{Error: e}
	l.section = d.section()
	l.drafts = append(l.drafts, d)
	l.cat.Errors = append(l.cat.Errors, e)
	if l.name(p.key, "name"); isName(e.Name) {
		e.GoName, e.TypeScriptName = goErrorName(p.name), tsConstant(p.name)
	}
	fields, ok := l.fields(p.value, "an error", entryKeys...)
	d.unknown = !ok
	for _, f := range fields {
		l.entryField(d, f)
	}
}

// section returns the entry as a section of the catalog.
func (d *draft) section() section { return section{"the error " + d.Name, d.Pos} }

// own returns the place of a node of the entry: where an alias brings it in
// from elsewhere, that of the entry itself.
func (l *loader) own(d *draft, n *yaml.Node) diag.Position {
	if pos := l.at(n); !before(pos, d.Pos) {
		return pos
	}
	return d.Pos
}

// entryField reads one key of an error.
func (l *loader) entryField(d *draft, f pair) {
	e := d.Error
	switch f.name {
	case "code":
		if s, ok := l.code(f.value, "code"); ok {
			d.code = f.value
			e.Code, e.Anchor, e.CodePos = s, s, l.own(d, f.value)
		}
	case "aliases":
		for _, n := range l.list(f.value, "aliases") {
			if s, ok := l.code(n, "alias"); ok {
				e.Aliases = append(e.Aliases, Alias{Code: s, Pos: l.own(d, n)})
			}
		}
	case "former_names":
		for _, n := range l.list(f.value, "former_names") {
			if s := n.Value; l.name(n, "former name") {
				e.FormerNames = append(e.FormerNames, FormerName{Name: s, GoName: goErrorName(s), TypeScriptName: tsConstant(s), Pos: l.own(d, n)})
			}
		}
	case "category":
		d.category = f.value
		if s, ok := l.strictText(f.value, "category"); ok {
			if e.Category = l.categories[s]; e.Category == nil && !l.categoriesUnknown {
				l.unknownCategory(f.value)
			}
		}
	case "http_status":
		var ok bool
		e.HTTPStatus, ok = l.httpStatus(f.value)
		d.statusUnknown = !ok
	case "title":
		d.title = f.value
		e.Title, _ = l.nonBlank(f.value, "title")
	case "message":
		d.message = f.value
	case "description":
		e.Description = l.prose(f.value, "description")
	case "resolution":
		e.Resolution = l.prose(f.value, "resolution")
	case "links":
		for _, n := range l.list(f.value, "links") {
			l.link(e, n)
		}
	case "params":
		l.params(d, f.value)
	case "retry":
		var ok bool
		e.Retry, ok = l.retry(f.value)
		d.retryUnknown = !ok
	case "retry_after":
		d.retryAfterNode = f.value
		e.RetryAfter = l.duration(f.value, "retry_after")
	case "severity":
		e.Severity = l.severity(f.value)
	case "audience":
		e.Audience = l.audience(f.value)
	case "tags":
		e.Tags = l.tags(f.value)
	case "owner":
		e.Owner, _ = l.nonBlank(f.value, "owner")
	case "since":
		e.Since = l.since(f.value)
	case "deprecated":
		e.Deprecated, d.deprecatedBy = l.lifecycle(f.value, "deprecated")
	case "retired":
		e.Retired, d.retiredBy = l.lifecycle(f.value, "retired")
	case "identifiers":
		l.identifiers(d, f.value)
	case "metadata":
		e.Metadata = l.metadata(f.value)
	}
}

// unknownCategory reports a category that is not declared.
func (l *loader) unknownCategory(n *yaml.Node) {
	help := "declare it under categories:"
	if near := l.nearest(n.Value, l.categoryNames); near != "" {
		help = "did you mean " + near + "? Or " + help
	}
	l.report(RuleUnknownCategory, l.at(n), help, "there is no category %s", quoted(n.Value))
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
func (l *loader) since(n *yaml.Node) string {
	s, ok := l.strictText(n, "since")
	if ok && strings.TrimSpace(s) == "" {
		l.report(RuleEmptyValue, l.at(n), "write a version, or remove the key", "since is empty")
	}
	return s
}

// tags reads a list of tags.
func (l *loader) tags(n *yaml.Node) []string {
	var tags []string
	seen := make(map[string]*yaml.Node)
	for _, n := range l.list(n, "tags") {
		tag, ok := l.nonBlank(n, "tag")
		if !ok {
			continue
		}
		if before := seen[tag]; before != nil {
			l.report(RuleDuplicateTag, l.at(n), "remove one of the two", "the tag %s stands twice", quoted(tag)).note(l.at(before), "it stands here first")
			continue
		}
		seen[tag] = n
		tags = append(tags, tag)
	}
	return tags
}

// link reads one link of an error.
func (l *loader) link(e *Error, n *yaml.Node) {
	fields, ok := l.fields(n, "a link", "title", "url")
	if !ok {
		return
	}
	l.require(n, "the link", fields, "url")
	var link Link
	for _, f := range fields {
		switch f.name {
		case "title":
			link.Title, _ = l.nonBlank(f.value, "title")
		case "url":
			if s, ok := l.nonBlank(f.value, "url"); ok {
				if err := checkURI(s); err != nil {
					l.report(RuleInvalidURL, l.at(f.value), "percent-encode what a URI cannot have: a space is %20", "%s: %v", quoted(s), err)
				} else if err := checkLink(s); err != nil {
					l.report(RuleInvalidURL, l.at(f.value), "use http, https, mailto or a relative target", "%s: %v", quoted(s), err)
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

// lifecycle reads deprecated or retired; the node is that of replaced_by.
func (l *loader) lifecycle(n *yaml.Node, what string) (*Lifecycle, *yaml.Node) {
	fields, ok := l.fields(n, what, "since", "reason", "replaced_by")
	if !ok {
		return nil, nil
	}
	c := new(Lifecycle)
	var replacedBy *yaml.Node
	for _, f := range fields {
		switch f.name {
		case "since":
			c.Since = l.since(f.value)
		case "reason":
			c.Reason = l.prose(f.value, "reason")
		case "replaced_by":
			if _, ok := l.strictText(f.value, "replaced_by"); ok {
				replacedBy = f.value
			}
		}
	}
	return c, replacedBy
}

// identifiers reads the identifiers that are chosen by hand.
func (l *loader) identifiers(d *draft, n *yaml.Node) {
	fields, _ := l.fields(n, "identifiers", "go", "typescript")
	for _, f := range fields {
		s, ok := l.strictText(f.value, "identifier")
		if !ok {
			continue
		}
		// An identifier that cannot be used is not compared to others.
		switch f.name {
		case "go":
			d.goNode, d.GoName = f.value, ""
			if l.checkIdentifier(f.value, isGoExported(s), goReserved, "an exported Go identifier") {
				d.GoName = s
			}
		case "typescript":
			d.tsNode, d.TypeScriptName = f.value, ""
			if l.checkIdentifier(f.value, isTSIdentifier(s), tsReserved, "a TypeScript identifier") {
				d.TypeScriptName = s
			}
		}
	}
}

// checkIdentifier reports an identifier that is not valid, or is taken by the
// language or the generated code itself.
func (l *loader) checkIdentifier(n *yaml.Node, valid bool, reserved map[string]bool, kind string) bool {
	switch {
	case !valid || len(n.Value) > maxName:
		l.report(RuleInvalidIdentifier, l.at(n), "use letters, digits and _; a Go identifier begins with a capital", "%s is not %s", quoted(n.Value), kind)
		return false
	case reserved[n.Value]:
		l.report(RuleInvalidIdentifier, l.at(n), "choose another", "%s is taken: it is a word of the language, or of the generated code itself", quoted(n.Value))
		return false
	}
	return true
}

// metadata reads a mapping from texts to texts.
func (l *loader) metadata(n *yaml.Node) []Pair {
	pairs, _ := l.mapping(n, "metadata", "write a mapping from texts to texts")
	var metadata []Pair
	for _, p := range pairs {
		if _, ok := l.text(p.key, "key"); !ok {
			continue
		}
		if s, ok := l.text(p.value, shown(p.key)); ok {
			metadata = append(metadata, Pair{p.name, s})
		}
	}
	return metadata
}
