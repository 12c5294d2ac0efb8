package analyzers

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/format"
	"go/token"
	"go/types"
	"go/version"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errcat/errcat/cmd/errcatvet/codes"
)

// report reports a finding about a node, with fixes unless cgo has changed the file:
// then a driver would apply them to what cgo has made.
func (p *pass) report(n ast.Node, message string, fixes ...analysis.SuggestedFix) {
	for _, file := range p.Files {
		if isCgo(file) && file.FileStart <= n.Pos() && n.Pos() < file.FileEnd {
			fixes = nil
		}
	}
	p.Report(analysis.Diagnostic{Pos: n.Pos(), End: n.End(), Message: message, SuggestedFixes: fixes})
}

// fix returns a fix that makes edits. It is no fix if there are none.
func fix(message string, edits ...analysis.TextEdit) []analysis.SuggestedFix {
	if len(edits) == 0 {
		return nil
	}
	return []analysis.SuggestedFix{{Message: message, TextEdits: edits}}
}

// replace returns the edit that replaces a node.
func replace(n ast.Node, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: n.Pos(), End: n.End(), NewText: []byte(text)}
}

// insert returns the edit that inserts text.
func insert(at token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: at, End: at, NewText: []byte(text)}
}

// source returns the source of a node.
func (p *pass) source(n ast.Node) string {
	var b bytes.Buffer
	if err := format.Node(&b, p.Fset, n); err != nil {
		return ""
	}
	return b.String()
}

// typeOf returns the type of an expression, an invalid type if it has none.
func (p *pass) typeOf(e ast.Expr) types.Type {
	if t := p.TypesInfo.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

// value returns the value of a constant string, and reports whether the expression
// is one.
func (p *pass) value(e ast.Expr) (string, bool) {
	v := p.TypesInfo.Types[e].Value
	if v == nil || v.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v), true
}

// codeOf returns the code that an expression is as a constant of the type Code, with
// its package. The package is nil if the expression is none.
func (p *pass) codeOf(e ast.Expr) (*codes.Package, string) {
	c := p.OfCode(p.typeOf(e))
	value, ok := p.value(e)
	if c == nil || !ok {
		return nil, ""
	}
	return c, value
}

// object returns the object that an expression names, or nil.
func (p *pass) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return p.TypesInfo.Uses[e]
	case *ast.SelectorExpr:
		return p.TypesInfo.Uses[e.Sel]
	}
	return nil
}

// local returns the variable of a function that an expression names, or nil.
func (p *pass) local(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := p.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Parent() == nil || v.Parent() == p.Pkg.Scope() || v.Pkg() != p.Pkg {
		return nil
	}
	return v
}

// callee returns the function or method that a call calls, or nil.
func (p *pass) callee(call *ast.CallExpr) *types.Func {
	f, _ := typeutil.Callee(p.TypesInfo, call).(*types.Func)
	return f
}

// isFunc reports whether a function is one of a package of the standard library.
func isFunc(f *types.Func, path string, names ...string) bool {
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != path || f.Signature().Recv() != nil {
		return false
	}
	for _, name := range names {
		if f.Name() == name {
			return true
		}
	}
	return false
}

// isBuiltin reports whether a call calls a predeclared function.
func (p *pass) isBuiltin(call *ast.CallExpr, name string) bool {
	b, ok := typeutil.Callee(p.TypesInfo, call).(*types.Builtin)
	return ok && b.Name() == name
}

// isConversion reports whether a call is a conversion.
func (p *pass) isConversion(call *ast.CallExpr) bool {
	return p.TypesInfo.Types[call.Fun].IsType() && len(call.Args) == 1
}

var errorInterface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// isError reports whether a type is error, or another interface that has its
// method.
func isError(t types.Type) bool {
	return types.IsInterface(t) && !isTypeParam(t) && types.Implements(t, errorInterface)
}

// isNamed reports whether a type is one of a package.
func isNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path
}

// isTypeParam reports whether a type is a type parameter.
func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// isResponseWriter reports whether values of a type have the methods of an
// http.ResponseWriter.
func isResponseWriter(t types.Type) bool {
	o, _, _ := types.LookupFieldOrMethod(t, true, nil, "WriteHeader")
	f, ok := o.(*types.Func)
	if !ok || f.Signature().Params().Len() != 1 || !types.Identical(f.Signature().Params().At(0).Type(), types.Typ[types.Int]) {
		return false
	}
	o, _, _ = types.LookupFieldOrMethod(t, true, nil, "Write")
	_, ok = o.(*types.Func)
	return ok
}

// parent returns the node around a node without the parentheses around it, and how
// they are connected.
func parent(c inspector.Cursor) (around inspector.Cursor, kind edge.Kind, index int) {
	for {
		kind, index = c.ParentEdge()
		around = c.Parent()
		if _, ok := around.Node().(*ast.ParenExpr); !ok {
			return around, kind, index
		}
		c = around
	}
}

// function returns the innermost function around a node: an *ast.FuncDecl or
// *ast.FuncLit with its type and body, and reports whether there is one.
func function(c inspector.Cursor) (around inspector.Cursor, ft *ast.FuncType, body *ast.BlockStmt) {
	for c := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch f := c.Node().(type) {
		case *ast.FuncDecl:
			return c, f.Type, f.Body
		case *ast.FuncLit:
			return c, f.Type, f.Body
		}
	}
	return c, nil, nil
}

// results returns the types of the results of a function, nil if there is none.
func (p *pass) results(f inspector.Cursor) *types.Tuple {
	var t types.Type
	switch f := f.Node().(type) {
	case *ast.FuncDecl:
		if o := p.TypesInfo.Defs[f.Name]; o != nil {
			t = o.Type()
		}
	case *ast.FuncLit:
		t = p.typeOf(f)
	}
	if sig, ok := t.(*types.Signature); ok {
		return sig.Results()
	}
	return nil
}

// file returns the file of a node.
func file(c inspector.Cursor) *ast.File {
	for c := range c.Enclosing((*ast.File)(nil)) {
		return c.Node().(*ast.File)
	}
	return nil
}

// hasGo reports whether a file is written for a version of Go, or a later one.
func (p *pass) hasGo(f *ast.File, v string) bool {
	is := p.TypesInfo.FileVersions[f]
	return is != "" && version.Compare(is, v) >= 0
}

// qualified returns how a file refers to an object of a package, with the edits that
// make it possible: an import if there is none. It reports false if another
// declaration hides the name.
func (p *pass) qualified(c inspector.Cursor, path, pkg, name string) (text string, edits []analysis.TextEdit, ok bool) {
	at := c.Node().Pos()
	if path == p.Pkg.Path() {
		_, o := p.scope(c).LookupParent(name, at)
		return name, nil, o != nil && o.Parent() == p.Pkg.Scope()
	}
	f := file(c)
	for _, spec := range f.Imports {
		o, _ := p.TypesInfo.Implicits[spec].(*types.PkgName)
		if spec.Name != nil {
			o, _ = p.TypesInfo.Defs[spec.Name].(*types.PkgName)
		}
		switch imported, err := strconv.Unquote(spec.Path.Value); {
		case err != nil:
			continue
		case spec.Name != nil && spec.Name.Name == "." && imported == path:
			_, found := p.scope(c).LookupParent(name, at)
			return name, nil, found != nil && found.Pkg() != nil && found.Pkg().Path() == path
		case o == nil || o.Imported().Path() != path:
			continue
		}
		_, found := p.scope(c).LookupParent(o.Name(), at)
		return o.Name() + "." + name, nil, found == o
	}
	if _, found := p.scope(c).LookupParent(pkg, at); found != nil || !p.canImport(path) {
		return "", nil, false
	}
	return pkg + "." + name, addImport(f, path), true
}

// canImport reports whether the package may import another one, which may be internal.
func (p *pass) canImport(path string) bool {
	path = "/" + path + "/"
	i := strings.LastIndex(path, "/internal/")
	return i < 0 || strings.HasPrefix("/"+p.Pkg.Path()+"/", path[:i+1])
}

// addImport returns the edits that add an import to a file.
func addImport(f *ast.File, path string) []analysis.TextEdit {
	quoted := strconv.Quote(path)
	for _, decl := range f.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT || len(decl.Specs) == 0 {
			continue
		}
		first := decl.Specs[0].(*ast.ImportSpec)
		switch {
		case decl.Doc != nil: // possibly of cgo
			return []analysis.TextEdit{insert(decl.Doc.Pos(), "import "+quoted+"\n\n")}
		case !decl.Lparen.IsValid():
			between := "\n\t"
			if isStandard(quoted) != isStandard(first.Path.Value) {
				between = "\n\n\t"
			}
			return []analysis.TextEdit{insert(first.Pos(), "(\n\t"+quoted+between), insert(first.End(), "\n)")}
		case first.Doc != nil:
			return []analysis.TextEdit{insert(first.Doc.Pos(), quoted+"\n\t")}
		default:
			at, before, after := first.Pos(), "", "\n\t"
			// Next to its like, if there is any; gofmt sorts them.
			if isStandard(quoted) != isStandard(first.Path.Value) {
				after = "\n\n\t"
				for _, spec := range decl.Specs[1:] {
					spec := spec.(*ast.ImportSpec)
					if isStandard(quoted) == isStandard(spec.Path.Value) && spec.Doc == nil {
						at, after = spec.Pos(), "\n\t"
						break
					}
				}
				if at == first.Pos() && !isStandard(quoted) {
					last := decl.Specs[len(decl.Specs)-1]
					at, before, after = last.End(), "\n\n\t", ""
				}
			}
			return []analysis.TextEdit{insert(at, before+quoted+after)}
		}
	}
	return []analysis.TextEdit{insert(f.Name.End(), "\n\nimport "+quoted)}
}

// isStandard reports whether a quoted import path is one of the standard library.
func isStandard(quoted string) bool {
	first, _, _ := strings.Cut(strings.Trim(quoted, `"`), "/")
	return !strings.Contains(first, ".")
}

// constantOf returns the constant of a generated package as the package can name it,
// with the package that declares it: the generated one or, if that is internal to
// another module, an imported one that has the constant, too. It is nil if there is none.
func (p *pass) constantOf(of *codes.Package, name string) (in *types.Package, as string) {
	if of.Types == p.Pkg || slices.Contains(p.Pkg.Imports(), of.Types) || p.canImport(of.Path()) {
		return of.Types, name
	}
	for _, imported := range p.Pkg.Imports() {
		scope := imported.Scope()
		for _, as := range scope.Names() {
			c, ok := scope.Lookup(as).(*types.Const)
			if ok && c.Exported() && of.IsCode(c.Type()) && of.Const(constant.StringVal(c.Val())) == name {
				return imported, as
			}
		}
	}
	return nil, ""
}

// constant returns how to refer to the constant of a code at a node, with the edits
// for it.
func (p *pass) constant(c inspector.Cursor, of *codes.Package, name string) (text string, edits []analysis.TextEdit, ok bool) {
	in, as := p.constantOf(of, name)
	if in == nil {
		return "", nil, false
	}
	return p.qualified(c, in.Path(), in.Name(), as)
}

// shownConstant returns how messages refer to the constant of a code.
func (p *pass) shownConstant(of *codes.Package, name string) string {
	if in, as := p.constantOf(of, name); in != nil {
		return in.Name() + "." + as
	}
	return shown(of, name)
}

// shown returns how messages refer to an identifier of a generated package: as
// code outside of it does.
func shown(of *codes.Package, name string) string { return of.Name() + "." + name }

// scope returns the innermost scope at a node.
func (p *pass) scope(c inspector.Cursor) *types.Scope {
	for c := range c.Enclosing() {
		switch n := c.Node().(type) {
		case *ast.FuncDecl:
			if s := p.TypesInfo.Scopes[n.Type]; s != nil {
				return s
			}
		case *ast.FuncLit:
			if s := p.TypesInfo.Scopes[n.Type]; s != nil {
				return s
			}
		case nil:
		default:
			if s := p.TypesInfo.Scopes[n]; s != nil {
				return s
			}
		}
	}
	return p.Pkg.Scope()
}
