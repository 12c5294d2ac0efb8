package catalog

import "slices"

// ForAudience returns the catalog that an audience can see: all of it for Internal;
// for Public it lacks internal errors, categories with no others, references to
// them, owners, and metadata that are internal or not declared.
func (c *Catalog) ForAudience(a Audience) *Catalog {
	if a == Internal || !c.hasSecrets() {
		return c
	}
	public := *c
	public.Errors, public.Categories = nil, nil
	public.Metadata = slices.DeleteFunc(slices.Clone(c.Metadata), func(f *MetadataField) bool { return f.Audience == Internal })
	categories := make(map[*Category]*Category)
	for _, category := range c.Categories {
		copied := *category
		copied.Errors = nil
		categories[category] = &copied
		if len(category.Errors) == 0 || slices.ContainsFunc(category.Errors, func(e *Error) bool { return e.Audience != Internal }) {
			public.Categories = append(public.Categories, &copied)
		}
	}
	copies := make(map[*Error]*Error)
	for _, e := range c.Errors {
		if e.Audience == Internal {
			continue
		}
		copied := *e
		copied.Owner = ""
		copied.Metadata = publicMetadata(e.Metadata)
		copied.Category = categories[e.Category]
		copied.Category.Errors = append(copied.Category.Errors, &copied)
		copies[e] = &copied
		public.Errors = append(public.Errors, &copied)
	}
	for _, e := range public.Errors {
		e.Deprecated = e.Deprecated.within(copies)
		e.Retired = e.Retired.within(copies)
	}
	public.Fallback = copies[c.Fallback]
	return &public
}

// hasSecrets reports whether the catalog has anything that is internal.
func (c *Catalog) hasSecrets() bool {
	return slices.ContainsFunc(c.Metadata, func(f *MetadataField) bool { return f.Audience == Internal }) ||
		slices.ContainsFunc(c.Errors, func(e *Error) bool {
			return e.Audience == Internal || e.Owner != "" || slices.ContainsFunc(e.Metadata, func(m Metadatum) bool { return !m.isPublic() })
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

// within returns the lifecycle with the copy of its replacement.
func (l *Lifecycle) within(copies map[*Error]*Error) *Lifecycle {
	if l == nil {
		return nil
	}
	copied := *l
	copied.ReplacedBy = copies[l.ReplacedBy]
	return &copied
}
