// Package codes recognizes the Go packages that errcat generates, for programs
// that analyze code. Export data is enough for that. Only what types do not say,
// such as that an error is deprecated, is read from the source of the generated
// package, when it is asked for.
package codes

import (
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
)

// A Package is a generated package. Its methods may be called concurrently.
type Package struct {
	// Types is the package. If no import names it, only objects that other packages
	// refer to are in its scope.
	Types *types.Package
	// Code is the type of its errors.
	Code *types.TypeName

	fset   *token.FileSet
	values func() map[string]string
	tables func() *tables
}

// Of returns the generated package that pkg is, or nil. A package is generated if
// it has a string type Code with the methods by which generated packages find
// each other's errors. The file set has the positions of the package.
func Of(fset *token.FileSet, pkg *types.Package) *Package {
	name, ok := pkg.Scope().Lookup("Code").(*types.TypeName)
	if !ok || name.IsAlias() || !isCode(name.Type()) {
		return nil
	}
	p := &Package{Types: pkg, Code: name, fset: fset}
	p.values = sync.OnceValue(p.readValues)
	p.tables = sync.OnceValue(func() *tables { return readTables(p.dir()) })
	return p
}

// isCode reports whether a type is the type Code of a generated package.
func isCode(t types.Type) bool {
	named, ok := t.(*types.Named)
	if !ok || !isString(named) {
		return false
	}
	found, isError := false, false
	for m := range named.Methods() {
		sig := m.Signature()
		switch m.Name() {
		case "CatalogCode":
			found = sig.Params().Len() == 0 && sig.Results().Len() == 2 && isString(sig.Results().At(0).Type()) && isString(sig.Results().At(1).Type())
		case "Error":
			isError = true
		}
	}
	return found && isError
}

// isString reports whether the underlying type is string.
func isString(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Kind() == types.String
}

// Name returns the name of the package.
func (p *Package) Name() string { return p.Types.Name() }

// Path returns the import path of the package.
func (p *Package) Path() string { return p.Types.Path() }

// dir returns the folder of the package, as its positions have it.
func (p *Package) dir() string {
	return filepath.Dir(p.fset.Position(p.Code.Pos()).Filename)
}

// IsCode reports whether a type is the type Code of the package, possibly by an
// alias.
func (p *Package) IsCode(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj() == p.Code
}

// Const returns the name of the constant of a code, the first in the source if
// there are several, or "" if the package has none.
func (p *Package) Const(code string) string {
	return p.values()[code]
}

// Codes returns the names of the constants of all codes, by code.
func (p *Package) Codes() map[string]string {
	return p.values()
}

// readValues returns the names of the constants by their values.
func (p *Package) readValues() map[string]string {
	if !p.Types.Complete() {
		return readConstants(p.dir())
	}
	first := make(map[string]*types.Const)
	scope := p.Types.Scope()
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if !ok || !c.Exported() || !p.IsCode(c.Type()) {
			continue
		}
		// Synonyms and former names follow the name of the error.
		value := constant.StringVal(c.Val())
		if other := first[value]; other == nil || p.line(c) < p.line(other) {
			first[value] = c
		}
	}
	names := make(map[string]string, len(first))
	for value, c := range first {
		names[value] = c.Name()
	}
	return names
}

// line returns the line of an object of the package.
func (p *Package) line(o types.Object) int { return p.fset.Position(o.Pos()).Line }

// A Struct is an error with params.
type Struct struct {
	// Type is the struct, Code the code of the error.
	Type *types.Named
	Code string
}

// Struct returns the struct of an error by its type, or the type of a pointer to
// it, and reports whether it is one.
func (p *Package) Struct(t types.Type) (Struct, bool) {
	t = types.Unalias(t)
	if pointer, ok := t.(*types.Pointer); ok {
		t = types.Unalias(pointer.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() != p.Types {
		return Struct{}, false
	}
	fields, ok := named.Underlying().(*types.Struct)
	if !ok || fields.NumFields() == 0 {
		return Struct{}, false
	}
	code, ok := reflect.StructTag(fields.Tag(0)).Lookup("errcat")
	return Struct{named, code}, ok
}

// StructOf returns the struct of the error that a constant names, and reports
// whether the error has one.
func (p *Package) StructOf(name string) (Struct, bool) {
	t, ok := p.Types.Scope().Lookup(name + "Error").(*types.TypeName)
	if !ok {
		return Struct{}, false
	}
	return p.Struct(t.Type())
}

// Constructor returns the function that makes the error that a constant names
// with its params, or nil.
func (p *Package) Constructor(name string) *types.Func {
	f, _ := p.Types.Scope().Lookup("New" + name).(*types.Func)
	if f != nil && !p.IsConstructor(f) {
		return nil
	}
	return f
}

// IsConstructor reports whether a function makes an error with its params.
func (p *Package) IsConstructor(f *types.Func) bool {
	if f.Pkg() != p.Types || !strings.HasPrefix(f.Name(), "New") || f.Signature().Recv() != nil || f.Signature().Results().Len() != 1 {
		return false
	}
	_, ok := p.Struct(f.Signature().Results().At(0).Type())
	return ok
}

// IsSensitive reports whether a type is that of a sensitive param.
func (p *Package) IsSensitive(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() == p.Types && named.Obj().Name() == "Sensitive" && named.TypeArgs().Len() == 1
}

// HasFunc reports whether the package has a function with a name.
func (p *Package) HasFunc(name string) bool {
	_, ok := p.Types.Scope().Lookup(name).(*types.Func)
	return ok
}

// HasMethod reports whether Code has a method with a name.
func (p *Package) HasMethod(name string) bool {
	named := p.Code.Type().(*types.Named)
	for m := range named.Methods() {
		if m.Name() == name {
			return true
		}
	}
	return false
}
