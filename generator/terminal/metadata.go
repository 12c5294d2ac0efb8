package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
)

// metadataFilter selects errors with one of the values for a key.
type metadataFilter struct {
	key    string
	values []string
}

// has reports whether an error has one of the values, or a list with one of them.
func (f metadataFilter) has(e *catalog.Error) bool {
	return slices.ContainsFunc(e.Metadata, func(m catalog.Metadatum) bool {
		return m.Key == f.key && slices.ContainsFunc(m.Texts(), func(s string) bool { return slices.Contains(f.values, s) })
	})
}

// metadataFilters parses filters such as class=warning: one for each key, with all
// of its values. It fails for a key or a value that the catalog does not have.
func metadataFilters(catalogs []*catalog.Catalog, filters []string) ([]metadataFilter, error) {
	if len(filters) == 0 {
		return nil, nil
	}
	fields := metadataOf(catalogs)
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	var parsed []metadataFilter
	for _, filter := range filters {
		key, value, ok := strings.Cut(filter, "=")
		if !ok {
			return nil, fmt.Errorf("--metadata %s: must be KEY=VALUE", filter)
		}
		found, err := known("--metadata ", "metadata key", []string{key}, keys)
		if err != nil {
			return nil, err
		}
		for _, key := range found {
			there := fields[slices.IndexFunc(fields, func(f metadataFilter) bool { return f.key == key })].values
			values, err := known("--metadata "+key+"=", "value of "+key, []string{value}, there)
			if err != nil {
				return nil, err
			}
			if i := slices.IndexFunc(parsed, func(f metadataFilter) bool { return f.key == key }); i >= 0 {
				parsed[i].values = append(parsed[i].values, values...)
			} else {
				parsed = append(parsed, metadataFilter{key, values})
			}
		}
	}
	return parsed, nil
}

// metadataOf returns the metadata keys of catalogs, each with the values that an
// error has or could have.
func metadataOf(catalogs []*catalog.Catalog) []metadataFilter {
	var fields []metadataFilter
	at := make(map[string]int)
	seen := make(map[[2]string]bool)
	add := func(key string, values ...string) {
		i, ok := at[key]
		if !ok {
			i = len(fields)
			at[key] = i
			fields = append(fields, metadataFilter{key: key})
		}
		for _, v := range values {
			if !seen[[2]string{key, v}] {
				seen[[2]string{key, v}] = true
				fields[i].values = append(fields[i].values, v)
			}
		}
	}
	for _, c := range catalogs {
		for _, f := range c.Metadata {
			add(f.Name, f.Values...)
			if f.Type == catalog.MetadataBoolean {
				add(f.Name, "true", "false")
			}
		}
		for _, e := range c.Errors {
			for _, m := range e.Metadata {
				add(m.Key, m.Texts()...)
			}
		}
	}
	return fields
}
