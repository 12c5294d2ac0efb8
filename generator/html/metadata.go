package html

import (
	"cmp"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// maxChoices is how many different strings a metadata key can have to be a filter.
const maxChoices = 20

// metadataFilter is a metadata key by which the script filters.
type metadataFilter struct {
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	Choices []choice `json:"choices"`
}

// metadataFilters returns the filters by metadata: for each enum, each boolean, and
// each string with few values.
func metadataFilters(c *catalog.Catalog) []metadataFilter {
	var filters []metadataFilter
	for _, f := range c.Metadata {
		var values []string
		switch f.Type {
		case catalog.MetadataEnum:
			values = f.Values
		case catalog.MetadataBoolean:
			filters = append(filters, metadataFilter{f.Name, label(f.Title, f.Name), []choice{{"true", "true"}, {"false", "false"}}})
			continue
		case catalog.MetadataString:
			values = distinct(c, f)
		default:
			continue
		}
		filter := metadataFilter{Key: f.Name, Title: label(f.Title, f.Name)}
		for _, v := range values {
			filter.Choices = append(filter.Choices, choice{Value: v, Title: label(v, "(empty)")})
		}
		if len(filter.Choices) > 0 {
			filters = append(filters, filter)
		}
	}
	return filters
}

// label returns a text on one line, or the other one if nothing is left of it.
func label(s, other string) string { return cmp.Or(prose.Line(s), other) }

// distinct returns the values that errors have for a key, sorted, and none if there
// are too many for a filter.
func distinct(c *catalog.Catalog, f *catalog.MetadataField) []string {
	var values []string
	for _, e := range c.Errors {
		for _, m := range e.Metadata {
			if v := m.Texts()[0]; m.Field == f && !slices.Contains(values, v) {
				if len(values) == maxChoices {
					return nil
				}
				values = append(values, v)
			}
		}
	}
	slices.SortFunc(values, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return values
}

// filterValues returns the values that an error has for the keys of filters.
func filterValues(e *catalog.Error, filters []metadataFilter) map[string]string {
	var values map[string]string
	for _, m := range e.Metadata {
		if slices.ContainsFunc(filters, func(f metadataFilter) bool { return f.Key == m.Key }) {
			if values == nil {
				values = make(map[string]string)
			}
			values[m.Key] = m.Texts()[0]
		}
	}
	return values
}
