package golang

import (
	"fmt"
	"go/ast"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/errcat/errcat/generator/catalog"
)

// An error or a param of a catalog cannot have a name that the package declares
// itself.
func TestReservedNames(t *testing.T) {
	identifiers, methods := make(map[string]bool), make(map[string]bool)
	for _, name := range []string{"orders", "types"} {
		source, err := os.ReadFile("testdata/golden/" + name + "/catalog.yaml")
		if err != nil {
			t.Fatal(err)
		}
		c := load(t, source)
		for _, f := range generate(t, c, Options{}) {
			declared(checkSource(t, f), identifiers, methods)
		}
		for _, category := range c.Categories {
			delete(identifiers, category.GoName)
		}
		for _, e := range c.Errors {
			for _, id := range append(formerNamesOf(e), e.GoName, e.GoStruct(), e.GoConstructor()) {
				delete(identifiers, id)
			}
		}
	}
	for _, id := range []string{
		"Code", "CodeOf", "Category", "Retry", "RetryAfter", "HTTPStatus", "ParseCode", "Wrap", "Problem", "ProblemOf", "WriteProblem", "Handler",
		"ParseProblem", "ReadProblem", "FieldError", "Pointer", "WithErrors", "WithInstance",
	} {
		if !identifiers[id] {
			t.Errorf("the package does not declare %s", id)
		}
	}
	for _, method := range []string{"Error", "Unwrap", "LogValue"} {
		if !methods[method] {
			t.Errorf("no struct has the method %s", method)
		}
	}

	for id := range identifiers {
		source := fmt.Sprintf("version: 1\ncatalog: {name: reserved}\ncategories: {all: {http_status: 400}}\nerrors:\n  %s: {category: all}\n", id)
		if c := load(t, []byte(source)); c.Errors[0].GoName == id {
			t.Errorf("an error gets the reserved name %s", id)
		}
	}
	for method := range methods {
		param := snake(method)
		source := fmt.Sprintf("version: 1\ncatalog: {name: reserved}\ncategories: {all: {http_status: 400}}\nerrors:\n  A: {category: all, params: {%s: string}}\n", param)
		if c := load(t, []byte(source)); c.Errors[0].Params[0].GoField == method {
			t.Errorf("a param gets the reserved name %s", param)
		}
	}
}

// declared collects the exported identifiers that a file declares, and the
// methods of its error structs.
func declared(file *ast.File, identifiers, methods map[string]bool) {
	add := func(id *ast.Ident) {
		if id.IsExported() {
			identifiers[id.Name] = true
		}
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				add(decl.Name)
			} else if star, ok := decl.Recv.List[0].Type.(*ast.StarExpr); ok && strings.HasSuffix(star.X.(*ast.Ident).Name, "Error") {
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

func formerNamesOf(e *catalog.Error) []string {
	var ids []string
	for _, f := range e.FormerNames {
		ids = append(ids, f.GoName, f.GoStruct(), f.GoConstructor())
	}
	return ids
}

// snake returns an identifier as the name of a param: LogValue is log_value.
func snake(id string) string {
	var b strings.Builder
	for i, r := range id {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
