package codes

import (
	"go/token"
	"go/types"
)

// An Index finds the generated packages that a package can use.
type Index struct {
	fset   *token.FileSet
	byName map[*types.TypeName]*Package
	byPath map[*types.Package]*Package
	all    []*Package
}

// NewIndex returns the generated packages among a package and all that it imports,
// also those that only the types of its imports mention.
func NewIndex(fset *token.FileSet, pkg *types.Package) *Index {
	x := &Index{fset: fset, byName: make(map[*types.TypeName]*Package), byPath: make(map[*types.Package]*Package)}
	seen := make(map[*types.Package]bool)
	var visit func(*types.Package)
	visit = func(pkg *types.Package) {
		if seen[pkg] {
			return
		}
		seen[pkg] = true
		if p := Of(fset, pkg); p != nil {
			x.all = append(x.all, p)
			x.byName[p.Code], x.byPath[pkg] = p, p
			return
		}
		for _, imported := range pkg.Imports() {
			visit(imported)
		}
	}
	visit(pkg)
	return x
}

// Packages returns all generated packages.
func (x *Index) Packages() []*Package { return x.all }

// Package returns the generated package that a package is, or nil.
func (x *Index) Package(pkg *types.Package) *Package { return x.byPath[pkg] }

// OfCode returns the generated package whose type Code a type is, or nil.
func (x *Index) OfCode(t types.Type) *Package {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return x.byName[named.Obj()]
	}
	return nil
}

// OfStruct returns the error with params whose struct, or pointer to it, a type
// is, with its package. The package is nil if the type is none.
func (x *Index) OfStruct(t types.Type) (*Package, Struct) {
	t = types.Unalias(t)
	if pointer, ok := t.(*types.Pointer); ok {
		t = types.Unalias(pointer.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		if p := x.byPath[named.Obj().Pkg()]; p != nil {
			if s, ok := p.Struct(named); ok {
				return p, s
			}
		}
	}
	return nil, Struct{}
}

// OfFunc returns the generated package that has a function, or nil.
func (x *Index) OfFunc(f *types.Func) *Package {
	if f == nil || f.Signature().Recv() != nil {
		return nil
	}
	return x.byPath[f.Pkg()]
}

// OfSensitive returns the generated package whose type of sensitive params a type
// is, or nil.
func (x *Index) OfSensitive(t types.Type) *Package {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		if p := x.byPath[named.Obj().Pkg()]; p != nil && p.IsSensitive(named) {
			return p
		}
	}
	return nil
}
