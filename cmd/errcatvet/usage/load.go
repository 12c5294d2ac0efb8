package usage

import (
	"context"
	"errors"
	"go/token"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/errcat/errcat/cmd/errcatvet/gosource"
)

// load loads the packages that the patterns name, and those that they import, as far
// as these import a generated package, with their syntax. Others cannot name an
// error of a catalog, and export data is enough for their types.
func load(ctx context.Context, opt Options, patterns []string) ([]*packages.Package, error) {
	loader := gosource.Loader{Dir: opt.Dir, Tags: opt.Tags, Tests: opt.Tests}
	roots, err := loader.Load(ctx, gosource.Graph, patterns...)
	if err != nil {
		return nil, err
	}
	if errs := gosource.Problems(roots); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	var concerned []*packages.Package
	for p := range gosource.Importers(roots) {
		concerned = append(concerned, p)
	}
	if len(concerned) == 0 {
		return nil, ErrNoCatalog
	}
	paths, files := gosource.Paths(concerned)
	groups := [][]string{paths}
	if files {
		groups = append(groups, patterns) // the go command does not take both at once
	}
	loader.Fset = token.NewFileSet()
	var loaded []*packages.Package
	for _, group := range groups {
		if len(group) == 0 {
			continue
		}
		more, err := loader.Check(ctx, group...)
		if err != nil {
			return nil, err
		}
		loaded = append(loaded, more...)
	}
	loaded = slices.DeleteFunc(loaded, func(p *packages.Package) bool {
		isTest := p.ID != p.PkgPath
		return gosource.IsTestMain(p) || isTest && p.Module != nil && !p.Module.Main
	})
	return loaded, errors.Join(gosource.Problems(loaded)...)
}
