package golang

import (
	"go/ast"
	"go/build/constraint"
	godoc "go/doc"
	gocomment "go/doc/comment"
	"go/format"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/files"
)

// commentLine matches the lines that a comment may have: text after a space,
// code after a tab, or nothing.
var commentLine = regexp.MustCompile(`^//( [^ \t]|  ( - |\d+\. |  )|\t|$)|^// \d+\. `)

// checkSource checks that a generated file is formatted, has no invisible
// characters, and has nothing but text in its comments. This is true for every
// catalog.
func checkSource(t testing.TB, f files.File) *ast.File {
	t.Helper()
	formatted, err := format.Source(f.Data)
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	if string(formatted) != string(f.Data) {
		t.Errorf("gofmt changes %s: %s", f.Path, catalogtest.Difference(string(formatted), string(f.Data)))
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, f.Path, f.Data, parser.ParseComments)
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	for _, r := range string(f.Data) {
		if r == '\n' || r == '\t' || ' ' <= r && r < 0x7f {
			continue
		}
		// Private use and unassigned characters are visible, if only as a box.
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp) && r != '\u200d' && r != '\u200c' {
			t.Errorf("%s has the invisible character %U", f.Path, r)
		}
	}
	if !ast.IsGenerated(file) {
		t.Errorf("%s is not recognized as generated", f.Path)
	}
	for i, group := range file.Comments {
		for _, c := range group.List {
			if !commentLine.MatchString(c.Text) || constraint.IsPlusBuild(c.Text) {
				t.Errorf("%s: not a line of text: %s", set.Position(c.Pos()), c.Text)
			}
		}
		if i == 0 {
			continue // the header
		}
		d := new(gocomment.Parser).Parse(group.Text())
		if len(d.Links) > 0 {
			t.Errorf("%s: a link definition in\n%s", set.Position(group.Pos()), group.Text())
		}
		for _, b := range d.Content {
			if _, ok := b.(*gocomment.Heading); ok {
				t.Errorf("%s: a heading in\n%s", set.Position(group.Pos()), group.Text())
			}
		}
	}
	p, err := godoc.NewFromFiles(set, []*ast.File{file}, "golden/"+file.Name.Name, godoc.AllDecls|godoc.PreserveAST)
	if err != nil {
		t.Fatal(err)
	}
	for marker := range p.Notes {
		t.Errorf("%s has a note %s", f.Path, marker)
	}
	return file
}

// checkDeprecations checks the number of deprecated declarations.
func checkDeprecations(t testing.TB, file *ast.File, c *catalog.Catalog) {
	t.Helper()
	identifiers := make(map[string]bool)
	declared(file, nil, identifiers, make(map[string]bool))
	want, got := 0, 0
	for _, e := range c.Errors {
		ends := 0
		for _, former := range e.FormerNames {
			if former.GoName != "" {
				ends++
			}
		}
		if e.Deprecated != nil || e.Retired != nil {
			ends++
		}
		switch {
		case identifiers[e.GoName]:
			want += ends
		case identifiers[e.GoStruct()]:
			want += ends
			if e.HasConstructor() {
				want += ends
			}
		}
	}
	for _, group := range file.Comments {
		for _, b := range new(gocomment.Parser).Parse(group.Text()).Content {
			if p, ok := b.(*gocomment.Paragraph); ok {
				if text, ok := p.Text[0].(gocomment.Plain); ok && strings.HasPrefix(string(text), "Deprecated:") {
					got++
				}
			}
		}
	}
	if got != want {
		t.Errorf("%d declarations are deprecated, want %d", got, want)
	}
}
