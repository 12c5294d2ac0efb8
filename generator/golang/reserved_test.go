package golang

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/naming"
)

// The reserved identifiers are those that generated packages declare, and no
// others.
func TestReservedNames(t *testing.T) {
	identifiers, withoutHTTP, methods, packages := make(map[string]bool), make(map[string]bool), make(map[string]bool), make(map[string]bool)
	for _, dir := range goldenDirs(t) {
		source, err := os.ReadFile(dir + "/catalog.yaml")
		if err != nil {
			t.Fatal(err)
		}
		c := load.Source(t, source)
		own := ownIdentifiers(c)
		for _, opt := range []Options{{}, {HTTP: Off}, {Package: "other"}} {
			for _, f := range generate(t, c, opt) {
				file := checkSource(t, f)
				declared(file, own, identifiers, methods)
				if c.NoHTTP {
					declared(file, own, withoutHTTP, methods)
				}
				if f.Path == "errors.go" {
					for _, spec := range file.Imports {
						name, err := strconv.Unquote(spec.Path.Value)
						if err != nil {
							t.Fatal(err)
						}
						packages[path.Base(name)] = true
					}
				}
			}
		}
	}
	compare(t, "identifiers", naming.Go.Declared, identifiers)
	compare(t, "identifiers without HTTP", naming.GoWithoutHTTP.Declared, withoutHTTP)
	compare(t, "methods", naming.GoMethods, methods)

	shadowed := packages
	for _, name := range types.Universe.Names() {
		shadowed[name] = true
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		shadowed[tok.String()] = true
	}
	compare(t, "names of arguments", naming.GoShadowed, shadowed)
}

// compare reports the difference between a reserved list and what is declared.
func compare(t *testing.T, what string, reserved []string, declared map[string]bool) {
	t.Helper()
	var want []string
	for id := range declared {
		want = append(want, id)
	}
	slices.Sort(want)
	got := slices.Sorted(slices.Values(reserved))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the reserved %s differ from the declared ones (-declared +reserved):\n%s", what, diff)
	}
}

// ownIdentifiers returns what a package declares for the errors and categories of
// its catalog.
func ownIdentifiers(c *catalog.Catalog) map[string]bool {
	own := make(map[string]bool)
	add := func(ids ...string) {
		for _, id := range ids {
			own[id] = true
		}
	}
	if len(c.Metadata) > 0 {
		add("Metadata")
	}
	if c.Domain != "" {
		add("Domain")
	}
	for _, category := range c.Categories {
		add(category.GoName)
	}
	if slices.ContainsFunc(c.Errors, hasSensitive) {
		add("Sensitive", "Hide")
	}
	for _, e := range c.Errors {
		add(e.GoName, e.GoStruct())
		if e.HasConstructor() {
			add(e.GoConstructor())
		}
		for _, s := range e.Synonyms {
			add(s.GoName, s.GoStruct())
			if e.HasConstructor() {
				add(s.GoConstructor())
			}
		}
		for _, f := range e.FormerNames {
			add(f.GoName, f.GoStruct())
			if e.HasConstructor() {
				add(f.GoConstructor())
			}
		}
	}
	return own
}

// declared collects the exported identifiers that a file declares, without those
// of the catalog, and the methods of the catalog's structs.
func declared(file *ast.File, own, identifiers, methods map[string]bool) {
	add := func(id *ast.Ident) {
		if id.IsExported() && !own[id.Name] {
			identifiers[id.Name] = true
		}
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				add(decl.Name)
				continue
			}
			recv := decl.Recv.List[0].Type
			if star, ok := recv.(*ast.StarExpr); ok {
				recv = star.X
			}
			if id, ok := recv.(*ast.Ident); ok && own[id.Name] {
				methods[decl.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					add(spec.Name)
				case *ast.ValueSpec:
					for _, id := range spec.Names {
						add(id)
					}
				}
			}
		}
	}
}

// A catalog that uses every reserved identifier in every place compiles.
func TestReservedNamesCompile(t *testing.T) {
	var b strings.Builder
	b.WriteString("version: 1\ncatalog: {name: reserved, domain: example.com}\ncategories: {all: {http_status: 400}}\nerrors:\n")
	for _, id := range naming.Go.Declared {
		fmt.Fprintf(&b, "  %s: {category: all}\n", id)
	}
	b.WriteString("  UNKNOWN_ERROR: {category: all}\n  UNKNOWN_ERROR_CODE: {category: all}\n")
	// As arguments of a constructor, which have different types.
	params := append(slices.Clone(naming.GoShadowed), "logValue", "unwrap", "format", "parameter", "pointer") // and error
	types := []string{"string", "integer", "number", "boolean", "datetime", "duration", "string[]", "integer[]"}
	for i, id := range params {
		if i%len(types) == 0 {
			fmt.Fprintf(&b, "  PARAMS_%d:\n    category: all\n    params:\n", i)
		}
		fmt.Fprintf(&b, "      %s_: {type: %q, sensitive: %t}\n", id, types[i%len(types)], i%3 == 0)
	}
	b.WriteString("  FIELDS:\n    category: all\n    params:\n")
	for _, id := range []string{"error", "format", "log_value", "unwrap", "parameter", "pointer", "reveal", "hide", "sensitive"} {
		fmt.Fprintf(&b, "      %s: {type: string, sensitive: %t}\n", id, id == "pointer")
	}
	c := load.Source(t, []byte(b.String()))
	for _, e := range c.Errors {
		if e.Name == "UNKNOWN_ERROR" && e.GoName != "UnknownError" || naming.Go.Reserved(e.GoName) {
			t.Errorf("%s is %s", e.Name, e.GoName)
		}
	}
	module := t.TempDir()
	writePackage(t, module, files.Files{{Path: "go.mod", Data: []byte("module reserved\n\ngo 1.21\n")}})
	writePackage(t, module, generate(t, c, Options{}))
	run(t, module, nil, "go", "vet", "./...")
}
