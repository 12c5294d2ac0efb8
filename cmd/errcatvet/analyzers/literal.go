package analyzers

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errcat/errcat/cmd/errcatvet/codes"
)

// Literal reports codes that are written by hand.
var Literal = newAnalyzer("codeliteral", `report codes that are written by hand

A string, or a constant that does not come from the generated package, stands for
a code of a catalog: as a Code, or compared with one. Use the constant of the
generated package, which a reader finds, and which the compiler checks.`, inTests,
	func(p *pass) {
		p.literals(func(l literal) {
			name := l.of.Const(l.code)
			if name == "" {
				return
			}
			if in, _ := p.constantOf(l.of, name); in == nil {
				return // another module's package gives it no name
			}
			message := fmt.Sprintf("use %s instead of %s", p.shownConstant(l.of, name), l.text)
			p.report(l.node.Node(), message, p.useConstant(l, name)...)
		})
	})

// Unknown reports codes that a catalog does not have.
var Unknown = newAnalyzer("codeunknown", `report codes that the catalog does not have

A constant is converted to a Code, or compared with one, and the catalog has no
error with that code, so that the code has no message and no status. An alias is
none either: only ParseCode and decoding resolve it. Use the constant of an error.`, notTests,
	func(p *pass) {
		p.literals(func(l literal) {
			if l.of.Const(l.code) != "" || len(l.of.Codes()) == 0 {
				return
			}
			if name := l.of.Alias(l.code); name != "" {
				message := fmt.Sprintf("%s is an alias of %s, which is another Code: use the constant", l.text, p.shownConstant(l.of, name))
				p.report(l.node.Node(), message, p.useConstant(l, name)...)
				return
			}
			p.report(l.node.Node(), fmt.Sprintf("%s is not a code of the catalog of package %s", l.text, l.of.Name()))
		})
	})

// A literal is a constant that stands for a code, but is not declared as one.
type literal struct {
	of   *codes.Package
	code string
	// node is what stands for the code, with the conversion to Code if there is one.
	// text is how messages show it.
	node inspector.Cursor
	text string
	// form says which type the node has.
	form form
	// other is what the node is compared with, if that has another type.
	other ast.Expr
}

// A form is a type in which a code is written.
type form int

const (
	asCode   form = iota
	asString      // compared with string(code)
	asInt         // compared with code.Int()
)

// literals calls f for each literal.
func (p *pass) literals(f func(literal)) {
	p.each(func(c inspector.Cursor) {
		e := c.Node().(ast.Expr)
		tv := p.TypesInfo.Types[e]
		if tv.Value == nil || tv.IsType() {
			return
		}
		around, kind, _ := parent(c)
		if p.isBoundary(around.Node()) || p.isPinned(c) {
			return
		}
		if _, isConst := p.object(e).(*types.Const); !isConst {
			switch e.(type) {
			case *ast.Ident, *ast.SelectorExpr:
				return
			}
		}
		l := literal{node: c}
		switch {
		case p.OfCode(tv.Type) != nil:
			l.of, l.code = p.codeOf(e)
			if call, ok := e.(*ast.CallExpr); ok { // a conversion
				e = call.Args[0]
				if p.OfCode(p.typeOf(p.declared(e))) == l.of {
					return // a Code, converted once more
				}
			} else if p.OfCode(p.typeOf(p.declared(e))) == l.of {
				return // the constant
			}
			if call, ok := around.Node().(*ast.CallExpr); ok && kind == edge.CallExpr_Args && p.isConversion(call) && p.OfCode(p.typeOf(call)) == l.of {
				return // the conversion is looked at
			}
		case tv.Value.Kind() == constant.String:
			if l.of, l.other = p.comparedCode(c); l.of == nil {
				return
			}
			l.form, l.code = asString, constant.StringVal(tv.Value)
			if call, ok := e.(*ast.CallExpr); ok && p.OfCode(p.typeOf(call.Args[0])) != nil {
				return // string(Constant)
			}
		case tv.Value.Kind() == constant.Int:
			if l.of, l.other = p.comparedInt(c); l.of == nil {
				return
			}
			l.form, l.code = asInt, tv.Value.ExactString()
		default:
			return
		}
		if l.code == "" {
			return // no code at all
		}
		l.text = clip(p.source(e))
		f(l)
	}, (*ast.BasicLit)(nil), (*ast.Ident)(nil), (*ast.SelectorExpr)(nil), (*ast.BinaryExpr)(nil), (*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil))
}

// isBoundary reports whether an operand is a part of a code, or the end of a range of
// codes: that need not be the code of an error.
func (p *pass) isBoundary(around ast.Node) bool {
	switch n := around.(type) {
	case *ast.BinaryExpr:
		return n.Op != token.EQL && n.Op != token.NEQ
	case *ast.CallExpr:
		return p.isBuiltin(n, "min") || p.isBuiltin(n, "max")
	}
	return false
}

// isPinned reports whether a literal is compared with a constant of a catalog, so that
// a test fails when the code of the error changes.
func (p *pass) isPinned(c inspector.Cursor) bool {
	other := p.compared(c)
	if call, ok := other.(*ast.CallExpr); ok && len(call.Args) == 0 { // Constant.Int()
		if method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			other = method.X
		}
	}
	return other != nil && p.TypesInfo.Types[other].Value != nil
}

// declared returns the identifier by which an expression names a constant with a
// type of its own, or nil.
func (p *pass) declared(e ast.Expr) ast.Expr {
	c, ok := p.object(e).(*types.Const)
	if !ok {
		return nil
	}
	if basic, ok := c.Type().(*types.Basic); ok && basic.Info()&types.IsUntyped != 0 {
		return nil
	}
	return e
}

// clip returns a text for a message: cut off if it is long.
func clip(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// comparedCode returns the Code with which a string is compared, as string(code),
// with its package. The package is nil if there is none.
func (p *pass) comparedCode(c inspector.Cursor) (*codes.Package, ast.Expr) {
	call, ok := p.compared(c).(*ast.CallExpr)
	if !ok || !p.isConversion(call) {
		return nil, nil
	}
	of := p.OfCode(p.typeOf(call.Args[0]))
	if of == nil {
		return nil, nil
	}
	return of, call.Args[0]
}

// comparedInt returns the Code with whose number an integer is compared, with its
// package. The package is nil if there is none.
func (p *pass) comparedInt(c inspector.Cursor) (*codes.Package, ast.Expr) {
	call, ok := p.compared(c).(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return nil, nil
	}
	method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "Int" {
		return nil, nil
	}
	of := p.OfCode(p.typeOf(method.X))
	if of == nil {
		return nil, nil
	}
	return of, method.X
}

// compared returns the expression with which an expression is compared by == or !=,
// or as a case of a switch, without parentheses. It returns nil if there is none.
func (p *pass) compared(c inspector.Cursor) ast.Expr {
	around, kind, _ := parent(c)
	switch kind {
	case edge.BinaryExpr_X, edge.BinaryExpr_Y:
		b := around.Node().(*ast.BinaryExpr)
		if b.Op != token.EQL && b.Op != token.NEQ {
			return nil
		}
		if kind == edge.BinaryExpr_X {
			return ast.Unparen(b.Y)
		}
		return ast.Unparen(b.X)
	case edge.CaseClause_List:
		if s, ok := around.Parent().Parent().Node().(*ast.SwitchStmt); ok && s.Tag != nil {
			return ast.Unparen(s.Tag)
		}
	}
	return nil
}

// useConstant returns the fix that replaces a literal with a constant.
func (p *pass) useConstant(l literal, name string) []analysis.SuggestedFix {
	text, edits, ok := p.constant(l.node, l.of, name)
	if !ok {
		return nil
	}
	around, kind, _ := parent(l.node)
	if p.isTwice(around, kind, l, name) {
		return nil
	}
	switch {
	case l.form == asCode:
		edits = append(edits, replace(l.node.Node(), text))
	case kind == edge.CaseClause_List && l.form == asString:
		edits = append(edits, replace(l.node.Node(), "string("+text+")"))
	case kind == edge.CaseClause_List:
		edits = append(edits, replace(l.node.Node(), text+".Int()"))
	default: // both sides become codes
		b := around.Node().(*ast.BinaryExpr)
		x, y := text, p.source(l.other)
		if kind == edge.BinaryExpr_Y {
			x, y = y, x
		}
		edits = append(edits, replace(b.X, x), replace(b.Y, y))
	}
	return fix("Use "+text, edits...)
}

// isTwice reports whether a switch or a map would have a constant twice if it
// replaced an alias.
func (p *pass) isTwice(around inspector.Cursor, kind edge.Kind, l literal, name string) bool {
	if l.of.Const(l.code) != "" {
		return false
	}
	var all []ast.Expr
	switch kind {
	case edge.CaseClause_List:
		for _, clause := range around.Parent().Node().(*ast.BlockStmt).List {
			all = append(all, clause.(*ast.CaseClause).List...)
		}
	case edge.KeyValueExpr_Key:
		lit, ok := around.Parent().Node().(*ast.CompositeLit)
		if !ok {
			return false
		}
		for _, elt := range lit.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				all = append(all, kv.Key)
			}
		}
	}
	for _, e := range all {
		if value, ok := p.value(e); ok && e != l.node.Node() && (l.of.Const(value) == name || l.of.Alias(value) == name) {
			return true
		}
	}
	return false
}
