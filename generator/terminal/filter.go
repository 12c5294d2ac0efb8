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
	// Searches are what somebody has of an error, as a Finder takes it.
	Searches []string
}

// Errors returns the errors that the filter selects, in the order of the catalogs, or
// the best first if there are Searches. It fails for a category, a tag, an owner, or metadata that no catalog has, for an
// invalid status, and for any status if no catalog has HTTP.
func (f Filter) Errors(catalogs ...*catalog.Catalog) ([]Entry, error) {
	var names, tags, owners []string
	for _, c := range catalogs {
		for _, category := range c.Categories {
			names = append(names, category.Name)
		}
		for _, e := range c.Errors {
			tags = append(tags, e.Tags...)
			if e.Owner != "" {
				owners = append(owners, e.Owner)
			}
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
	if !haveHTTP(catalogs) && len(f.Statuses) > 0 {
		return nil, fmt.Errorf("--status %s: the catalog has no HTTP statuses, because it has http: false", f.Statuses[0])
	}
	statuses := make([]statusRange, len(f.Statuses))
	for i, s := range f.Statuses {
		if statuses[i], err = parseStatus(s); err != nil {
			return nil, fmt.Errorf("--status %s: %w", s, err)
		}
	}
	metadata, err := metadataFilters(catalogs, f.Metadata)
	if err != nil {
		return nil, err
	}
	scores := searched(catalogs, f.Searches)
	var chosen []Entry
	for _, c := range catalogs {
		for _, e := range c.Errors {
			if fits(categories, func(name string) bool { return name == e.Category.Name }) &&
				fits(statuses, func(s statusRange) bool { return !c.NoHTTP && s.has(e.HTTPStatus) }) &&
				fits(tags, func(tag string) bool { return slices.Contains(e.Tags, tag) }) &&
				fits(owners, func(owner string) bool { return owner == e.Owner }) &&
				fits(f.Audiences, func(a string) bool { return a == string(e.Audience) }) &&
				fits(f.Lifecycles, func(l string) bool { return l == model.LifecycleState(e) }) &&
				fits(f.Retries, func(r string) bool { return r == string(e.Retry) }) &&
				fits(f.Severities, func(s string) bool { return s == string(e.Severity) }) &&
				!slices.ContainsFunc(metadata, func(m metadataFilter) bool { return !m.has(e) }) &&
				(scores == nil || scores[e] > 0) {
				chosen = append(chosen, Entry{e, c})
			}
		}
	}
	slices.SortStableFunc(chosen, func(a, b Entry) int { return scores[b.Error] - scores[a.Error] })
	return chosen, nil
}

// searched returns the scores of the errors that one of some searches finds, nil if
// there are none.
func searched(catalogs []*catalog.Catalog, searches []string) map[*catalog.Error]int {
	if len(searches) == 0 {
		return nil
	}
	f := NewFinder(catalogs...)
	scores := make(map[*catalog.Error]int)
	for _, query := range searches {
		for _, hit := range f.search.Find(query).Hits {
			e := f.entries[hit.Index].Error
			scores[e] = max(scores[e], hit.Score)
		}
	}
	return scores
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
