package html

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// maxChoices is how many different values a metadata key can have to be a filter.
const maxChoices = 20

// metadataFilter is a metadata key by which the script filters.
type metadataFilter struct {
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	Choices []choice `json:"choices"`
}

// metadataFilters returns the filters by metadata: for each enum, each boolean, and
// each key of another type with few values. A URL is an address of one error, and no
// filter.
func metadataFilters(c *catalog.Catalog) []metadataFilter {
	var filters []metadataFilter
	for _, f := range c.Metadata {
		var values []string
		switch f.Type {
		case catalog.MetadataEnum:
			values = f.Values
		case catalog.MetadataBoolean:
			values = []string{"true", "false"}
		case catalog.MetadataString, catalog.MetadataStringList, catalog.MetadataInteger:
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
			if m.Field != f {
				continue
			}
			for _, v := range m.Texts() {
				if slices.Contains(values, v) {
					continue
				}
				if len(values) == maxChoices {
					return nil
				}
				values = append(values, v)
			}
		}
	}
	slices.SortFunc(values, func(a, b string) int {
		if f.Type == catalog.MetadataInteger {
			return cmp.Compare(integer(a), integer(b))
		}
		return strings.Compare(strings.ToLower(a), strings.ToLower(b))
	})
	return values
}

// integer returns the value of a text that an integer has.
func integer(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64) // does not fail for integers
	return n
}

// filterValues returns the values that an error has for the keys of filters.
func filterValues(e *catalog.Error, filters []metadataFilter) map[string][]string {
	var values map[string][]string
	for _, m := range e.Metadata {
		if slices.ContainsFunc(filters, func(f metadataFilter) bool { return f.Key == m.Key }) {
			if values == nil {
				values = make(map[string][]string)
			}
			values[m.Key] = m.Texts()
		}
	}
	return values
}
