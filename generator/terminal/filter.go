package terminal

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/model"
)

// Filter selects errors of a catalog. It selects an error if each list that is
// not empty has a value that matches.
type Filter struct {
	// Categories, Tags and Owners match in any case.
	Categories, Tags, Owners []string
	// Statuses are HTTP statuses (404), classes (4xx) and ranges (400-499).
	Statuses []string
	// Audiences, Lifecycles, Retries and Severities have the values of the
	// catalog format; the lifecycles are active, deprecated and retired.
	Audiences, Lifecycles, Retries, Severities []string
	// Metadata are KEY=VALUE. The values of one key are alternatives; an error must
	// match every key.
	Metadata []string
	// Words match, in any case, a part of a code, a name, the title, the
	// message, the description or the resolution.
	Words []string
}

// Errors returns the errors that the filter selects, in catalog order. It fails
// for a category, a tag, an owner, or metadata that the catalog does not have, for an
// invalid status, and for any status if the catalog has no HTTP.
func (f Filter) Errors(c *catalog.Catalog) ([]*catalog.Error, error) {
	var names, tags, owners []string
	for _, category := range c.Categories {
		names = append(names, category.Name)
	}
	for _, e := range c.Errors {
		tags = append(tags, e.Tags...)
		if e.Owner != "" {
			owners = append(owners, e.Owner)
		}
	}
	categories, err := known("--category ", "category", f.Categories, names)
	if err != nil {
		return nil, err
	}
	if tags, err = known("--tag ", "tag", f.Tags, tags); err != nil {
		return nil, err
	}
	if owners, err = known("--owner ", "owner", f.Owners, owners); err != nil {
		return nil, err
	}
	if c.NoHTTP && len(f.Statuses) > 0 {
		return nil, fmt.Errorf("--status %s: the catalog has no HTTP statuses, because it has http: false", f.Statuses[0])
	}
	statuses := make([]statusRange, len(f.Statuses))
	for i, s := range f.Statuses {
		if statuses[i], err = parseStatus(s); err != nil {
			return nil, fmt.Errorf("--status %s: %w", s, err)
		}
	}
	metadata, err := metadataFilters(c, f.Metadata)
	if err != nil {
		return nil, err
	}
	words := make([]string, len(f.Words))
	for i, w := range f.Words {
		words[i] = strings.ToLower(w)
	}
	var chosen []*catalog.Error
	for _, e := range c.Errors {
		if fits(categories, func(name string) bool { return name == e.Category.Name }) &&
			fits(statuses, func(s statusRange) bool { return s.has(e.HTTPStatus) }) &&
			fits(tags, func(tag string) bool { return slices.Contains(e.Tags, tag) }) &&
			fits(owners, func(owner string) bool { return owner == e.Owner }) &&
			fits(f.Audiences, func(a string) bool { return a == string(e.Audience) }) &&
			fits(f.Lifecycles, func(l string) bool { return l == model.LifecycleState(e) }) &&
			fits(f.Retries, func(r string) bool { return r == string(e.Retry) }) &&
			fits(f.Severities, func(s string) bool { return s == string(e.Severity) }) &&
			!slices.ContainsFunc(metadata, func(m metadataFilter) bool { return !m.has(e) }) &&
			fits(words, func(w string) bool { return hasWord(e, w) }) {
			chosen = append(chosen, e)
		}
	}
	return chosen, nil
}

// fits reports whether one of the values of a filter matches, or there are
// none.
func fits[T any](values []T, fit func(T) bool) bool {
	return len(values) == 0 || slices.ContainsFunc(values, fit)
}

// known returns the values of a filter in the catalog's spelling. It fails for
// one that is not among those of the catalog. The flag is what comes before a value
// on the command line.
func known(flag, what string, values, there []string) ([]string, error) {
	if len(values) == 0 {
		return nil, nil
	}
	there = slices.Clone(there)
	slices.Sort(there)
	there = slices.Compact(there)
	var out []string
	for _, v := range values {
		if slices.Contains(there, v) {
			out = append(out, v)
			continue
		}
		before := len(out)
		for _, t := range there {
			if strings.EqualFold(t, v) {
				out = append(out, t)
			}
		}
		if len(out) == before {
			return nil, fmt.Errorf("%s%s: the catalog has no such %s; %s", flag, v, what, instead(v, there))
		}
	}
	return out, nil
}

// instead suggests values to use instead of an unknown one.
func instead(v string, there []string) string {
	const most = 10
	switch near := diag.Suggest(v, there, 3); {
	case len(near) > 0:
		return "did you mean " + strings.Join(near, " or ") + "?"
	case len(there) == 0:
		return "it has none"
	case len(there) > most:
		return "it has " + strings.Join(there[:most], ", ") + " and others"
	}
	return "it has " + strings.Join(there, ", ")
}

// statusRange is a range of HTTP statuses; both ends belong to it.
type statusRange struct{ first, last int }

func (r statusRange) has(status int) bool { return r.first <= status && status <= r.last }

// parseStatus parses a status (404), a class (4xx) or a range (400-499).
func parseStatus(s string) (statusRange, error) {
	first, last, isRange := strings.Cut(s, "-")
	if class, ok := strings.CutSuffix(strings.ToLower(s), "xx"); ok {
		first, last, isRange = class+"00", class+"99", true
	}
	if !isRange {
		last = first
	}
	from, ok1 := parseNumber(first)
	to, ok2 := parseNumber(last)
	switch {
	case !ok1 || !ok2:
		return statusRange{}, errors.New("must be a status such as 404, a class such as 4xx or a range such as 400-499")
	case from > to:
		return statusRange{}, fmt.Errorf("the range is reversed; did you mean %d-%d?", to, from)
	}
	return statusRange{from, to}, nil
}

// parseNumber parses a single status.
func parseNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && 100 <= n && n <= 599 && len(s) == 3
}

// hasWord reports whether one of the searched texts of an error contains a
// lowercase word.
func hasWord(e *catalog.Error, word string) bool {
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), word) }
	return slices.ContainsFunc(codesAndNames(e), has) || has(e.Title) || has(e.Message.Text()) ||
		has(e.Description.Source()) || has(e.Resolution.Source())
}
