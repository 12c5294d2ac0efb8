package gosource

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"os"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// Check loads packages with their syntax and types. As go vet does, it compiles only
// what they import, and not what it checks itself: packages.LoadSyntax compiles
// these, too, and the programs that run their tests.
func (l Loader) Check(ctx context.Context, patterns ...string) ([]*packages.Package, error) {
	loaded, err := l.Load(ctx, Graph|packages.NeedCompiledGoFiles|packages.NeedForTest|packages.NeedTypesSizes, patterns...)
	if err != nil {
		return nil, err
	}
	c := &checking{fset: l.Fset, files: make(map[string]func() (*ast.File, error)), packages: make(map[*packages.Package]func())}
	if c.fset == nil {
		c.fset = token.NewFileSet()
	}
	compiled := make(map[string][]*packages.Package)
	packages.Visit(loaded, nil, func(p *packages.Package) {
		isNamed := slices.Contains(loaded, p)
		if !IsTestMain(p) && (isNamed || p.ForTest != "" || c.imports(p)) {
			c.add(p, isNamed)
		}
	})
	for p := range c.packages {
		for _, imported := range p.Imports {
			if c.packages[imported] == nil && imported.PkgPath != "unsafe" && !slices.Contains(compiled[imported.PkgPath], imported) {
				compiled[imported.PkgPath] = append(compiled[imported.PkgPath], imported)
			}
		}
	}
	if err := l.readExports(ctx, c.fset, compiled); err != nil {
		return nil, err
	}
	var running sync.WaitGroup
	for _, check := range c.packages {
		running.Go(check)
	}
	running.Wait()
	return loaded, ctx.Err()
}

// readExports compiles packages, by their paths, and reads their types from what the
// compiler writes for those that import them.
func (l Loader) readExports(ctx context.Context, fset *token.FileSet, compiled map[string][]*packages.Package) error {
	if len(compiled) == 0 {
		return nil
	}
	l.Tests = false
	exports, err := l.Load(ctx, packages.NeedName|packages.NeedExportFile, slices.Sorted(maps.Keys(compiled))...)
	if err != nil {
		return err
	}
	known := make(map[string]*types.Package)
	for _, e := range exports {
		pkg, err := readExport(fset, known, e)
		if err != nil && len(e.Errors) == 0 {
			e.Errors = []packages.Error{{Msg: err.Error()}}
		}
		for _, p := range compiled[e.PkgPath] {
			p.Types, p.Errors, p.IllTyped = pkg, e.Errors, pkg == nil
		}
	}
	return nil
}

// readExport reads the types of a compiled package. It adds them, and those that they
// mention, to the known ones.
func readExport(fset *token.FileSet, known map[string]*types.Package, p *packages.Package) (*types.Package, error) {
	file, err := os.Open(p.ExportFile)
	if err != nil {
		return nil, fmt.Errorf("%s was not compiled: %w", p.PkgPath, err)
	}
	defer file.Close()
	//lint:ignore SA1019 until Go 1.28, the go command has nothing but such archives
	data, err := gcexportdata.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.ExportFile, err)
	}
	return gcexportdata.Read(data, fset, known, p.PkgPath)
}

// checking is a run of the type checker on packages that import each other.
type checking struct {
	fset *token.FileSet
	// files and packages parse a file and check a package when they are first called.
	files    map[string]func() (*ast.File, error)
	packages map[*packages.Package]func()
}

// imports reports whether a package imports one that is checked.
func (c *checking) imports(p *packages.Package) bool {
	for _, imported := range p.Imports {
		if c.packages[imported] != nil {
			return true
		}
	}
	return false
}

// slots are for what uses a processor.
var slots = make(chan struct{}, runtime.GOMAXPROCS(0))

// add adds a package to those that are checked, and its files to those that are
// parsed, as variants of a package share them. Without bodies, only what other
// packages can use of it is checked.
func (c *checking) add(p *packages.Package, bodies bool) {
	for _, name := range p.CompiledGoFiles {
		if c.files[name] == nil {
			c.files[name] = sync.OnceValues(func() (*ast.File, error) {
				return parser.ParseFile(c.fset, name, nil, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
			})
		}
	}
	c.packages[p] = sync.OnceFunc(func() {
		for _, imported := range p.Imports {
			if check := c.packages[imported]; check != nil {
				check()
			}
			p.IllTyped = p.IllTyped || imported.IllTyped
		}
		slots <- struct{}{}
		defer func() { <-slots }()
		c.check(p, bodies)
		p.IllTyped = p.IllTyped || len(p.Errors) > 0
	})
}

// check parses and checks a package. What it imports has been checked or read.
func (c *checking) check(p *packages.Package, bodies bool) {
	for _, name := range p.CompiledGoFiles {
		file, err := c.files[name]()
		if file != nil {
			p.Syntax = append(p.Syntax, file)
		}
		addProblem(p, err)
	}
	p.Fset = c.fset
	p.Types = types.NewPackage(p.PkgPath, p.Name)
	p.TypesInfo = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	config := types.Config{
		Importer:         importer(p.Imports),
		IgnoreFuncBodies: !bodies,
		Sizes:            p.TypesSizes,
		Error:            func(err error) { addProblem(p, err) },
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		config.GoVersion = "go" + p.Module.GoVersion
	}
	for _, imported := range p.Imports {
		if imported.Types == nil && imported.PkgPath != "unsafe" {
			return // the compiler has said why
		}
	}
	before := len(p.Errors)
	if err := types.NewChecker(&config, c.fset, p.Types, p.TypesInfo).Files(p.Syntax); err != nil && len(p.Errors) == before {
		addProblem(p, err)
	}
}

// addProblem adds what the parser or the type checker says to the errors of a package.
func addProblem(p *packages.Package, err error) {
	switch err := err.(type) {
	case nil:
	case scanner.ErrorList:
		for _, e := range err {
			p.Errors = append(p.Errors, packages.Error{Pos: e.Pos.String(), Msg: e.Msg, Kind: packages.ParseError})
		}
	case types.Error:
		p.TypeErrors = append(p.TypeErrors, err)
		p.Errors = append(p.Errors, packages.Error{Pos: err.Fset.Position(err.Pos).String(), Msg: err.Msg, Kind: packages.TypeError})
	default:
		p.Errors = append(p.Errors, packages.Error{Msg: err.Error(), Kind: packages.ParseError})
	}
}

// importer finds the types of the packages that a package imports.
type importer map[string]*packages.Package

// Import returns the types of a package by the path of an import declaration.
func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := i[path]; p != nil && p.Types != nil {
		return p.Types, nil
	}
	return nil, errors.New("the file has changed")
}
