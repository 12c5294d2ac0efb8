package catalog

import "slices"

// ForAudience returns the catalog that an audience can see: all of it for Internal;
// for Public it lacks internal errors, categories with no others, and references to
// them.
func (c *Catalog) ForAudience(a Audience) *Catalog {
	isInternal := func(e *Error) bool { return e.Audience == Internal }
	if a == Internal || !slices.ContainsFunc(c.Errors, isInternal) {
		return c
	}
	public := *c
	public.Errors, public.Categories = nil, nil
	categories := make(map[*Category]*Category)
	for _, category := range c.Categories {
		copied := *category
		copied.Errors = nil
		categories[category] = &copied
		if len(category.Errors) == 0 || !all(category.Errors, isInternal) {
			public.Categories = append(public.Categories, &copied)
		}
	}
	copies := make(map[*Error]*Error)
	for _, e := range c.Errors {
		if isInternal(e) {
			continue
		}
		copied := *e
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

// within returns the lifecycle with the copy of its replacement.
func (l *Lifecycle) within(copies map[*Error]*Error) *Lifecycle {
	if l == nil {
		return nil
	}
	copied := *l
	copied.ReplacedBy = copies[l.ReplacedBy]
	return &copied
}

func all[T any](s []T, f func(T) bool) bool {
	return !slices.ContainsFunc(s, func(v T) bool { return !f(v) })
}
