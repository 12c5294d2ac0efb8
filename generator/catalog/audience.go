package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/prose"
)

// ForAudience returns the catalog that an audience can see: all of it for Internal;
// for Public it lacks internal errors, categories with no others, references to
// them, owners, where programs use the errors, and metadata that are internal or not
// declared.
func (c *Catalog) ForAudience(a Audience) *Catalog {
	if a == Internal || !c.hasSecrets() {
		return c
	}
	public := c.part(func(e *Error) bool { return e.Audience != Internal }, func(e *Error) {
		e.Owner = ""
		e.Metadata = publicMetadata(e.Metadata)
		e.History = publicHistory(e.History)
		e.Usage = nil
	}, (*Lifecycle).withoutReplacement)
	public.Metadata = slices.DeleteFunc(slices.Clone(c.Metadata), func(f *MetadataField) bool { return f.Audience == Internal })
	return public
}

// Select returns the part of the catalog with those errors that select accepts,
// and the fallback. What an error outside of it replaces says so in its reason.
func (c *Catalog) Select(accept func(*Error) bool) *Catalog {
	return c.part(func(e *Error) bool { return e == c.Fallback || accept(e) }, func(*Error) {}, (*Lifecycle).withReplacementAsText)
}

// part returns a copy of the catalog with the errors that keep accepts, changed by
// change. A lifecycle whose replacement is not among them is changed by lose.
func (c *Catalog) part(keep func(*Error) bool, change func(*Error), lose func(*Lifecycle) *Lifecycle) *Catalog {
	part := *c
	part.Errors, part.Categories = nil, nil
	categories := make(map[*Category]*Category)
	for _, category := range c.Categories {
		copied := *category
		copied.Errors = nil
		categories[category] = &copied
		if len(category.Errors) == 0 || slices.ContainsFunc(category.Errors, keep) {
			part.Categories = append(part.Categories, &copied)
		}
	}
	copies := make(map[*Error]*Error)
	for _, e := range c.Errors {
		if !keep(e) {
			continue
		}
		copied := *e
		change(&copied)
		copied.Category = categories[e.Category]
		copied.Category.Errors = append(copied.Category.Errors, &copied)
		copies[e] = &copied
		part.Errors = append(part.Errors, &copied)
	}
	for _, e := range part.Errors {
		e.Deprecated = e.Deprecated.within(copies, lose)
		e.Retired = e.Retired.within(copies, lose)
	}
	part.Fallback = copies[c.Fallback]
	return &part
}

// hasSecrets reports whether the catalog has anything that is internal.
func (c *Catalog) hasSecrets() bool {
	return slices.ContainsFunc(c.Metadata, func(f *MetadataField) bool { return f.Audience == Internal }) ||
		slices.ContainsFunc(c.Errors, func(e *Error) bool {
			return e.Audience == Internal || e.Owner != "" || len(e.History) > 0 || e.Usage != nil || slices.ContainsFunc(e.Metadata, func(m Metadatum) bool { return !m.isPublic() })
		})
}

// publicMetadata returns the values that everybody can see, all of them if there
// are no others.
func publicMetadata(metadata []Metadatum) []Metadatum {
	secret := func(m Metadatum) bool { return !m.isPublic() }
	if !slices.ContainsFunc(metadata, secret) {
		return metadata
	}
	return slices.DeleteFunc(slices.Clone(metadata), secret)
}

// within returns the lifecycle with the copy of its replacement. If there is no
// copy, it returns what lose makes of the lifecycle.
func (l *Lifecycle) within(copies map[*Error]*Error, lose func(*Lifecycle) *Lifecycle) *Lifecycle {
	if l == nil || l.ReplacedBy == nil {
		return l
	}
	replacement := copies[l.ReplacedBy]
	if replacement == nil {
		return lose(l)
	}
	copied := *l
	copied.ReplacedBy = replacement
	return &copied
}

// withoutReplacement returns the lifecycle without its replacement.
func (l *Lifecycle) withoutReplacement() *Lifecycle {
	copied := *l
	copied.ReplacedBy = nil
	return &copied
}

// withReplacementAsText returns the lifecycle with its replacement in the reason.
func (l *Lifecycle) withReplacementAsText() *Lifecycle {
	copied := *l
	copied.ReplacedBy = nil
	copied.Reason = prose.Parse(strings.TrimSpace(fmt.Sprintf("%s\n\nIt was replaced by `%s` (`%s`).", l.Reason.Source(), l.ReplacedBy.Code, l.ReplacedBy.Name)))
	return &copied
}
