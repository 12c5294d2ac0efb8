package importer

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// goSource reads the constants and the sentinel errors of a Go file. Names stay as
// they are, so that a generated package has the same ones. A sentinel error has no
// code: its name is the code.
func (r *reader) goSource() {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "source.go", r.text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		r.fail("%w", err)
		return
	}
	g := goReader{reader: r, files: files, constants: constants(files, file), messages: make(map[string]string)}
	ast.Inspect(file, g.table)
	g.read(file)
}

// constants evaluates the constants of a file. What they need from other files and
// packages is unknown.
func constants(files *token.FileSet, file *ast.File) map[*ast.Ident]constant.Value {
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	config := types.Config{Error: func(error) {}, IgnoreFuncBodies: true, Importer: noImporter{}}
	_, _ = config.Check("source", files, []*ast.File{file}, info)
	values := make(map[*ast.Ident]constant.Value)
	for id, object := range info.Defs {
		if c, ok := object.(*types.Const); ok && c.Val() != nil {
			values[id] = c.Val()
		}
	}
	return values
}

// noImporter knows no packages.
type noImporter struct{}

func (noImporter) Import(path string) (*types.Package, error) {
	return types.NewPackage(path, path[strings.LastIndexByte(path, '/')+1:]), nil
}

// goReader reads a Go file.
type goReader struct {
	*reader
	files     *token.FileSet
	constants map[*ast.Ident]constant.Value
	// messages are the texts that a map of the file has for a constant.
	messages map[string]string
}

// table collects what a map literal says about constants.
func (g *goReader) table(n ast.Node) bool {
	if pair, ok := n.(*ast.KeyValueExpr); ok {
		id, isIdent := pair.Key.(*ast.Ident)
		if text, ok := stringOf(pair.Value); ok && isIdent && g.messages[id.Name] == "" {
			g.messages[id.Name] = text
		}
	}
	return true
}

// stringOf returns the value of a string literal.
func stringOf(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// goConst is a constant with its value.
type goConst struct {
	entry *entry
	typed string
	value constant.Value
}

// read reads the declarations.
func (g *goReader) read(file *ast.File) {
	var found []goConst
	var sentinels []*entry
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		typed := ""
		for _, s := range decl.Specs {
			spec, ok := s.(*ast.ValueSpec)
			if !ok {
				continue
			}
			comment := goComment(spec.Doc, spec.Comment)
			if comment == "" && len(decl.Specs) == 1 {
				comment = goComment(decl.Doc, nil)
			}
			if id, ok := spec.Type.(*ast.Ident); ok {
				typed = id.Name
			} else if len(spec.Values) > 0 {
				typed = ""
			}
			for i, id := range spec.Names {
				e := &entry{line: g.files.Position(id.Pos()).Line, name: id.Name, description: trimName(comment, id.Name), message: g.messages[id.Name]}
				switch {
				case id.Name == "_":
				case decl.Tok == token.CONST:
					found = append(found, goConst{e, typed, g.constants[id]})
				case decl.Tok == token.VAR && i < len(spec.Values):
					if text, ok := sentinel(spec.Values[i]); ok {
						e.message, e.isCode = text, true
						sentinels = append(sentinels, e)
					}
				}
			}
		}
	}
	for _, c := range errorConstants(found) {
		g.goConstant(c)
	}
	for _, e := range sentinels {
		g.integer = false
		g.add(e)
	}
}

// errorConstants returns the constants that are named or typed like errors, all if
// none is.
func errorConstants(all []goConst) []goConst {
	for _, isOne := range []func(goConst) bool{
		func(c goConst) bool { return ofErrors.MatchString(c.typed) },
		func(c goConst) bool { return ofErrors.MatchString(c.entry.name) },
	} {
		var some []goConst
		for _, c := range all {
			if isOne(c) {
				some = append(some, c)
			}
		}
		if some != nil {
			return some
		}
	}
	return all
}

// goConstant adds a constant.
func (g *goReader) goConstant(c goConst) {
	code, isInteger := "", false
	if c.value != nil {
		switch v := constant.ToInt(c.value); {
		case c.value.Kind() == constant.String:
			code = constant.StringVal(c.value)
		case v.Kind() == constant.Int:
			code, isInteger = v.ExactString(), true
		}
	}
	switch {
	case c.value == nil || c.value.Kind() == constant.Unknown:
		g.leave(c.entry.line, "the value of %s is not in the file; it is not imported", c.entry.name)
		return
	case isInteger && !isInteger64(code), !isInteger && !isCode(code):
		g.leave(c.entry.line, "%s is not a code; %s is not imported", shown(code), c.entry.name)
		return
	}
	c.entry.code = code
	g.integerCode(isInteger)
	g.add(c.entry)
}

// sentinel returns the text of errors.New("...") or fmt.Errorf("...").
func sentinel(e ast.Expr) (string, bool) {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return "", false
	}
	called, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"New", "Errorf", "NewError", "Error"}, called.Sel.Name) {
		return "", false
	}
	for _, a := range call.Args {
		if text, ok := stringOf(a); ok {
			return strings.TrimSuffix(text, ": %w"), true
		}
	}
	return "", false
}

// goComment returns the text of the comment above a declaration, or behind it.
func goComment(groups ...*ast.CommentGroup) string {
	for _, g := range groups {
		if g != nil && strings.TrimSpace(g.Text()) != "" {
			return strings.TrimSpace(g.Text())
		}
	}
	return ""
}

// trimName removes the name with which a Go comment begins.
func trimName(comment, name string) string {
	for _, verb := range []string{" means that ", " means ", " is returned if ", " is returned when ", " is ", " - ", ": "} {
		if rest, ok := strings.CutPrefix(comment, name+verb); ok && rest != "" {
			if verb == " is returned if " || verb == " is returned when " {
				rest = "Returned " + strings.TrimSpace(strings.TrimPrefix(verb, " is returned")) + " " + rest
			}
			return strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
	return comment
}
