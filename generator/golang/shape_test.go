package golang

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/files"
)

// A package adds no work to the start of a program. Only their own methods and
// constructors name the structs, so that the linker can drop them.
func TestShape(t *testing.T) {
	packages := map[string]files.Files{
		"large":          generate(t, large(1_000), Options{}),
		"large, no HTTP": generate(t, large(1_000), Options{HTTP: Off}),
	}
	for _, dir := range goldenDirs(t) {
		source, err := os.ReadFile(filepath.Join(dir, "catalog.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		packages[filepath.Base(dir)] = generate(t, load.Source(t, source), Options{})
	}
	std := importer.Default()
	for name, fs := range packages {
		t.Run(name, func(t *testing.T) { checkShape(t, std, fs) })
	}
}

// checkShape checks the variables and functions of a package.
func checkShape(t *testing.T, std types.Importer, fs files.Files) {
	t.Helper()
	set := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range fs {
		file, err := parser.ParseFile(set, f.Path, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue),
		Defs:  make(map[*ast.Ident]types.Object),
		Uses:  make(map[*ast.Ident]types.Object),
	}
	config := types.Config{Importer: std, GoVersion: "go1.21"}
	pkg, err := config.Check("golden/shape", set, parsed, info)
	if err != nil {
		t.Fatal(err)
	}

	variables := 0
	for _, file := range parsed {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv == nil && decl.Name.Name == "init" {
					t.Errorf("%s: a function init", set.Position(decl.Pos()))
				}
			case *ast.GenDecl:
				if decl.Tok != token.VAR {
					continue
				}
				variables++
				for _, spec := range decl.Specs {
					checkVariable(t, set, info, pkg, spec.(*ast.ValueSpec))
				}
			}
		}
	}
	if variables == 0 {
		t.Error("there is no table")
	}
}

// checkVariable checks that the compiler can lay out a variable, and that the
// variable does not name an error struct.
func checkVariable(t *testing.T, set *token.FileSet, info *types.Info, pkg *types.Package, spec *ast.ValueSpec) {
	t.Helper()
	failure := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	for _, id := range spec.Names {
		if id.Name == "_" {
			t.Errorf("%s: an assertion", set.Position(id.Pos()))
			continue
		}
		if _, isMap := info.Defs[id].Type().Underlying().(*types.Map); isMap {
			t.Errorf("%s: the variable %s is a map", set.Position(id.Pos()), id.Name)
		}
	}
	ast.Inspect(spec, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if !info.Types[n.Fun].IsType() {
				t.Errorf("%s: a call at the start of the program", set.Position(n.Pos()))
			}
		case *ast.FuncLit, *ast.MapType:
			t.Errorf("%s: a function or a map in a variable", set.Position(n.Pos()))
		case *ast.Ident:
			name, ok := info.Uses[n].(*types.TypeName)
			if ok && name.Pkg() == pkg && types.Implements(types.NewPointer(name.Type()), failure) && !types.Implements(name.Type(), failure) {
				t.Errorf("%s: a variable names the struct %s", set.Position(n.Pos()), n.Name)
			}
		}
		return true
	})
}
