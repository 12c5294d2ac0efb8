package golang

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/prose"
)

// For any texts in a catalog, the package parses and is formatted, its comments
// are text, and its strings are those of the catalog.
func FuzzGenerate(f *testing.F) {
	for i, s := range hostileTexts {
		f.Add(s, hostileTexts[(i+1)%len(hostileTexts)])
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	// Most files have no texts.
	constant := make(map[string]bool)
	for _, a := range []string{"a", "ab"} {
		for _, c := range []*catalog.Catalog{textCatalog(a, "b"), withoutHTTP(textCatalog(a, "b"))} {
			for _, file := range generate(f, c, Options{}) {
				constant[string(file.Data)] = true
			}
		}
	}
	parse := func(t *testing.T, c *catalog.Catalog) map[string]*ast.File {
		fs, err := Generate(c, Options{})
		if err != nil {
			t.Fatal(err)
		}
		parsed := make(map[string]*ast.File)
		for _, file := range fs {
			if !constant[string(file.Data)] {
				parsed[file.Path] = checkSource(t, file)
				checkDeprecations(t, parsed[file.Path], c)
			}
		}
		return parsed
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ToValidUTF8(catalogtest.Pieces(a), "?"), strings.ToValidUTF8(catalogtest.Pieces(b), "?")
		c := textCatalog(a, b)
		parsed := parse(t, c)
		checkTable(t, parsed["catalog.go"], c)
		checkMessages(t, parsed["errors.go"], c)
		checkMetadata(t, parsed["metadata.go"], a, b)
		parse(t, withoutHTTP(c))
	})
}

// textCatalog returns a catalog with the two strings in every place for text.
func textCatalog(a, b string) *catalog.Catalog {
	category := &catalog.Category{Name: "all", Title: a, Description: prose.Parse(b), GoName: "CategoryAll"}
	p := &catalog.Param{Name: "p", Type: catalog.String, Description: prose.Parse(a), GoField: "P", GoArg: "p"}
	q := &catalog.Param{Name: "q", Type: catalog.StringList, Description: prose.Parse(b), Values: []string{a, b}, Sensitive: true, GoField: "Q", GoArg: "q"}
	r := &catalog.Param{Name: "r", Type: catalog.String, Description: prose.Parse(b), Sensitive: true, GoField: "R", GoArg: "r"}
	text := &catalog.MetadataField{Name: "m", Type: catalog.MetadataEnum, Title: a, Description: prose.Parse(b), Values: []string{a, b}, GoField: "M"}
	list := &catalog.MetadataField{Name: "l", Type: catalog.MetadataStringList, Title: b, GoField: "L", Audience: catalog.Internal}
	end := &catalog.Lifecycle{Since: b, Reason: prose.Parse(a)}
	one := &catalog.Error{
		Name: "ONE", Code: "1", Category: category, HTTPStatus: 400, Title: a,
		Message:     catalog.Message{Segments: []catalog.Segment{{Text: b}}},
		Description: prose.Parse(a), Resolution: prose.Parse(b), Since: a, Links: []catalog.Link{{Title: a, URL: "https://example.com"}},
		Deprecated: end, GoName: "One", Metadata: []catalog.Metadatum{{Key: "m", Field: text, Value: a}, {Key: "l", Field: list, Value: []string{b, a}}},
	}
	two := &catalog.Error{
		Name: "TWO", Code: "2", Category: category, HTTPStatus: 400, Title: b,
		Message:     catalog.Message{Segments: []catalog.Segment{{Text: a}, {Param: p}, {Text: b}}},
		Description: prose.Parse(b + "\n\n" + a), Params: []*catalog.Param{p, q}, GoName: "Two",
	}
	three := &catalog.Error{
		Name: "THREE", Code: "3", Category: category, HTTPStatus: 400, Title: a + b,
		Message: catalog.Message{Segments: []catalog.Segment{{Text: b + a}}}, Params: []*catalog.Param{p},
		Retired: end, GoName: "Three",
	}
	four := &catalog.Error{
		Name: "FOUR", Code: "4", Category: category, HTTPStatus: 400, Title: a,
		Message: catalog.Message{Segments: []catalog.Segment{{Param: p}, {Text: a}}}, Params: []*catalog.Param{p, r}, GoName: "Four",
		FormerNames: []catalog.FormerName{{Name: "FIVE", GoName: "Five"}}, Synonyms: []catalog.Synonym{{Name: "SIX", GoName: "Six"}},
	}
	category.Errors = []*catalog.Error{one, two, three, four}
	return &catalog.Catalog{
		Name: "fuzz", GoPackage: "fuzz", Title: b, Description: prose.Parse(a), Domain: "example.com", AcceptedTypeURIs: []string{a, b},
		Categories: []*catalog.Category{category}, Errors: category.Errors, Metadata: []*catalog.MetadataField{text, list},
		IntegerCodes: len(a)%2 == 1,
	}
}

// checkMetadata compares the strings in the table of metadata with those of the
// catalog.
func checkMetadata(t *testing.T, file *ast.File, a, b string) {
	var got []string
	for _, decl := range file.Decls {
		if v, ok := decl.(*ast.GenDecl); ok && v.Tok == token.VAR {
			ast.Inspect(v, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, s)
				}
				return true
			})
		}
	}
	if want := []string{a, b, a}; !slices.Equal(got, want) {
		t.Errorf("the metadata are %q, want %q", got, want)
	}
}

// checkTable compares the strings in the table with those of the catalog.
func checkTable(t *testing.T, file *ast.File, c *catalog.Catalog) {
	rows := make(map[string]map[string]string)
	ast.Inspect(file, func(n ast.Node) bool {
		row, ok := n.(*ast.CompositeLit)
		if !ok || row.Type != nil {
			return true
		}
		texts := make(map[string]string)
		for _, element := range row.Elts {
			field, ok := element.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			switch value := field.Value.(type) {
			case *ast.BasicLit:
				texts[field.Key.(*ast.Ident).Name] = unquote(t, value)
			case *ast.Ident:
				texts[field.Key.(*ast.Ident).Name] = value.Name
			}
		}
		rows[texts["code"]] = texts
		return false
	})
	for _, e := range c.Errors {
		message, given := rows[e.GoName]["message"]
		if !given {
			message = rows[e.GoName]["title"]
		}
		want := e.Title
		if e.Message.IsStatic() {
			want = e.Message.Text()
		}
		if rows[e.GoName]["title"] != e.Title || message != want {
			t.Errorf("%s has the title %q and the message %q, want %q and %q", e.GoName, rows[e.GoName]["title"], message, e.Title, want)
		}
	}
}

// checkMessages compares what the method Error of the error with a param returns
// to the message in the catalog.
func checkMessages(t *testing.T, file *ast.File, c *catalog.Catalog) {
	var want strings.Builder
	want.WriteString("2: ")
	for _, s := range c.Errors[1].Message.Segments {
		if s.Param != nil {
			want.WriteString("value")
		}
		want.WriteString(s.Text)
	}
	found := false
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Name.Name != "Error" || f.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name != "TwoError" {
			continue
		}
		found = true
		if got := concatenated(t, f.Body.List[0].(*ast.ReturnStmt).Results[0]); got != want.String() {
			t.Errorf("the message reads %q, want %q", got, want.String())
		}
	}
	if !found {
		t.Error("there is no method Error")
	}
}

// concatenated returns the value of a concatenation, with "value" for each field
// in it.
func concatenated(t *testing.T, expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.BinaryExpr:
		return concatenated(t, expr.X) + concatenated(t, expr.Y)
	case *ast.BasicLit:
		return unquote(t, expr)
	}
	return "value"
}

func unquote(t *testing.T, literal *ast.BasicLit) string {
	if literal.Kind != token.STRING {
		return literal.Value
	}
	s, err := strconv.Unquote(literal.Value)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
