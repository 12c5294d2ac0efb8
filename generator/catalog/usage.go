package catalog

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// UsageVersion is the version of the format of usage reports.
const UsageVersion = 1

// Usage is a usage report: where programs raise and handle the errors of catalogs. It
// is what errcat usage --format json writes.
type Usage struct {
	Version  int            `json:"version"`
	Packages []UsagePackage `json:"packages"`
}

// UsagePackage is how a program uses the errors of a generated package.
type UsagePackage struct {
	// Path is the import path, or a path in the repository. Catalog is the name of the
	// catalog.
	Path    string `json:"path"`
	Catalog string `json:"catalog"`
	// IsOwn means that the program should raise all errors of the catalog.
	IsOwn bool `json:"own"`
	// Dynamic are the places where any error may be raised.
	Dynamic []UsagePlace `json:"dynamic"`
	Errors  []UsageError `json:"errors"`
}

// UsageError is how a program uses an error.
type UsageError struct {
	Code        string       `json:"code"`
	Constant    string       `json:"constant"`
	Lifecycle   string       `json:"lifecycle"`
	State       UsageState   `json:"state"`
	Raised      []UsagePlace `json:"raised"`
	Handled     []UsagePlace `json:"handled"`
	MaybeRaised []UsagePlace `json:"maybe_raised"`
}

// UsagePlace is a place in the source of a program. The file is a path in the
// repository, with slashes.
type UsagePlace struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Function string `json:"function,omitempty"`
	// IsExcluded means that the file is not built.
	IsExcluded bool `json:"excluded,omitempty"`
}

// UsageState says whether a program raises an error.
type UsageState string

// The states.
const (
	UsageRaised UsageState = "raised"
	UsageMaybe  UsageState = "maybe-raised"
	UsageNever  UsageState = "never-raised"
)

// ParseUsage reads a usage report. It fails if the data are none, or one of another
// version of the format.
func ParseUsage(data []byte) (*Usage, error) {
	const again = "write it again: errcat usage --format json"
	u := new(Usage)
	err := json.Unmarshal(data, u)
	switch {
	case u.Version != 0 && u.Version != UsageVersion: // which may be why there is an error
		return nil, fmt.Errorf("it is a usage report of version %d, and this errcat reads version %d; %s", u.Version, UsageVersion, again)
	case err != nil:
		return nil, fmt.Errorf("it is no usage report: %w; %s", err, again)
	case u.Version == 0:
		return nil, errors.New("it is no usage report: it has no version; " + again)
	}
	return u, nil
}

// of returns what the report says about a catalog, nil if it says nothing.
func (u *Usage) of(c *Catalog) []UsagePackage {
	var of []UsagePackage
	for _, p := range u.Packages {
		if p.Catalog == c.Name {
			of = append(of, p)
		}
	}
	return of
}

// Check returns an error if the report says nothing about a catalog.
func (u *Usage) Check(c *Catalog) error {
	if len(u.of(c)) > 0 {
		return nil
	}
	var names []string
	for _, p := range u.Packages {
		names = append(names, p.Catalog)
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) == 0 {
		return fmt.Errorf("it is a usage report without packages, and says nothing about the catalog %s", c.Name)
	}
	return fmt.Errorf("it is a usage report about %s, and says nothing about the catalog %s", strings.Join(names, ", "), c.Name)
}

// Unknown returns the codes in the report that the catalog does not have, and the
// codes of the catalog that the report does not have, each in their order there. There are
// none if the report is about the catalog as it is.
func (u *Usage) Unknown(c *Catalog) (gone, added []string) {
	seen := make(map[*Error]bool)
	byCode := c.byAnyCode()
	for _, p := range u.of(c) {
		for _, e := range p.Errors {
			if known := byCode[e.Code]; known != nil {
				seen[known] = true
			} else if !slices.Contains(gone, e.Code) {
				gone = append(gone, e.Code)
			}
		}
	}
	for _, e := range c.Errors {
		if !seen[e] {
			added = append(added, e.Code)
		}
	}
	return gone, added
}

// byAnyCode returns the errors by their codes and aliases.
func (c *Catalog) byAnyCode() map[string]*Error {
	byCode := make(map[string]*Error, len(c.Errors))
	for _, e := range c.Errors {
		byCode[e.Code] = e
		for _, a := range e.Aliases {
			byCode[a.Code] = e
		}
	}
	return byCode
}

// ErrorUsage is where programs use an error: the files, sorted, each there once.
type ErrorUsage struct {
	Raised      []string `json:"raised"`
	MaybeRaised []string `json:"maybe_raised"`
	Handled     []string `json:"handled"`
	// IsNeverRaised means that no program raises the error, and one should.
	IsNeverRaised bool `json:"never_raised"`
}

// WithUsage returns the catalog with what a report says about each error. It fails if
// the report says nothing about the catalog.
func (c *Catalog) WithUsage(u *Usage) (*Catalog, error) {
	if err := u.Check(c); err != nil {
		return nil, err
	}
	type found struct {
		ErrorUsage
		isOwn, isRaised bool
	}
	all := make(map[string]*found) // by name
	byCode := c.byAnyCode()
	for _, p := range u.of(c) {
		for _, e := range p.Errors {
			known := byCode[e.Code]
			if known == nil {
				continue
			}
			f := all[known.Name]
			if f == nil {
				f = &found{ErrorUsage: ErrorUsage{Raised: []string{}, MaybeRaised: []string{}, Handled: []string{}}}
				all[known.Name] = f
			}
			f.isOwn = f.isOwn || p.IsOwn
			f.isRaised = f.isRaised || e.State != UsageNever
			f.Raised = addFiles(f.Raised, e.Raised)
			f.Handled = addFiles(f.Handled, e.Handled)
			f.MaybeRaised = addFiles(addFiles(f.MaybeRaised, e.MaybeRaised), p.Dynamic)
		}
	}
	return c.part(func(*Error) bool { return true }, func(e *Error) {
		f := all[e.Name]
		if f == nil {
			return
		}
		f.IsNeverRaised = f.isOwn && !f.isRaised
		if len(f.Raised) > 0 {
			f.MaybeRaised = []string{} // it is certain
		}
		e.Usage = &f.ErrorUsage
	}, (*Lifecycle).withoutReplacement), nil
}

// addFiles adds the files of places to sorted files, each once.
func addFiles(files []string, places []UsagePlace) []string {
	for _, at := range places {
		if at.File != "" {
			files = append(files, at.File)
		}
	}
	slices.Sort(files)
	return slices.Compact(files)
}
