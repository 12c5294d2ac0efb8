package custom

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/model"
)

// Group is what a list has with the same value of a field.
type Group struct {
	// Key is the value.
	Key   any
	Items []any
}

// groupBy returns the groups of the elements of a list by a field, in the order of
// their first elements. A metadata key is written as Metadata.key.
func groupBy(field string, list any) ([]Group, error) {
	var groups []Group
	places := make(map[string]int)
	err := each(field, list, func(element, value any) {
		key := fmt.Sprintf("%T %v", value, value)
		at, ok := places[key]
		if !ok {
			at = len(groups)
			places[key] = at
			groups = append(groups, Group{Key: value})
		}
		groups[at].Items = append(groups[at].Items, element)
	})
	return groups, err
}

// where returns the elements of a list whose field has a value, or contains it if it
// is a list.
func where(field string, want, list any) ([]any, error) {
	found := []any{}
	err := each(field, list, func(element, value any) {
		values := []string{text(value)}
		if v, ok := value.([]string); ok {
			values = v
		}
		if slices.Contains(values, text(want)) {
			found = append(found, element)
		}
	})
	return found, err
}

// sortBy returns the elements of a list by a field: numbers by their values,
// everything else as text.
func sortBy(field string, list any) ([]any, error) {
	type row struct{ element, value any }
	var rows []row
	if err := each(field, list, func(element, value any) { rows = append(rows, row{element, value}) }); err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		x, y := reflect.ValueOf(a.value), reflect.ValueOf(b.value)
		if x.CanInt() && y.CanInt() {
			return cmp.Compare(x.Int(), y.Int())
		}
		return strings.Compare(text(a.value), text(b.value))
	})
	sorted := make([]any, len(rows))
	for i, r := range rows {
		sorted[i] = r.element
	}
	return sorted, nil
}

// lookup returns the error of a catalog with a code, an alias or a name, nil if
// there is none.
func lookup(key string, c *model.Catalog) *model.Error {
	for _, e := range c.Errors {
		if e.Code == key || e.Name == key || slices.Contains(e.Aliases, key) || slices.Contains(e.Synonyms, key) || slices.Contains(e.FormerNames, key) {
			return e
		}
	}
	return nil
}

// each calls f with each element of a list and the value of its field.
func each(field string, list any, f func(element, value any)) error {
	v := reflect.ValueOf(list)
	if v.Kind() != reflect.Slice {
		return fmt.Errorf("%T is not a list", list)
	}
	for i := range v.Len() {
		element := v.Index(i).Interface()
		value, err := fieldOf(field, element)
		if err != nil {
			return err
		}
		f(element, value)
	}
	return nil
}

// fieldOf returns a field of an element.
func fieldOf(field string, element any) (any, error) {
	if e, ok := element.(*model.Error); ok {
		if key, ok := strings.CutPrefix(field, "Metadata."); ok {
			return e.Metadata.Get(key), nil
		}
	}
	v := reflect.Indirect(reflect.ValueOf(element))
	if v.Kind() == reflect.Struct {
		if f, ok := v.Type().FieldByName(field); ok && f.IsExported() {
			return v.FieldByIndex(f.Index).Interface(), nil
		}
	}
	return nil, fmt.Errorf("%T has no field %q", element, field)
}
