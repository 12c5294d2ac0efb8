package analyzers

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errcat/errcat/cmd/errcatvet/codes"
)

// Params reports errors that are raised without their params.
var Params = newAnalyzer("codeparams", `report errors that are raised without their params

An error with params is returned or wrapped as its bare Code, so that its message
has no values and clients get none; or the literal of its struct lacks a field. Use
the constructor, or name all fields.`, notTests,
	func(p *pass) {
		p.each(func(c inspector.Cursor) {
			if lit, ok := c.Node().(*ast.CompositeLit); ok {
				p.checkFields(c, lit)
				return
			}
			p.checkBare(c)
		}, (*ast.CompositeLit)(nil), (*ast.Ident)(nil), (*ast.SelectorExpr)(nil))
	})

// checkBare reports the constant of an error with params that is raised as it is.
func (p *pass) checkBare(c inspector.Cursor) {
	e := c.Node().(ast.Expr)
	if kind := c.ParentEdgeKind(); kind == edge.SelectorExpr_Sel {
		return
	}
	if _, ok := p.object(e).(*types.Const); !ok {
		return
	}
	of, code := p.codeOf(e)
	if of == nil {
		return
	}
	name := of.Const(code)
	s, ok := of.StructOf(name)
	if !ok || p.roleOf(c) != raised {
		return
	}
	p.report(e, fmt.Sprintf("%s has params: use %s", p.shownConstant(of, name), making(of, name, s)))
}

// making returns how an error with params is made.
func making(of *codes.Package, name string, s codes.Struct) string {
	var params []string
	if f := of.Constructor(name); f != nil {
		for v := range f.Signature().Params().Variables() {
			params = append(params, v.Name())
		}
		return fmt.Sprintf("%s(%s)", shown(of, f.Name()), strings.Join(params, ", "))
	}
	for f := range s.Type.Underlying().(*types.Struct).Fields() {
		params = append(params, f.Name()+": …")
	}
	return fmt.Sprintf("&%s{%s}", shown(of, s.Type.Obj().Name()), strings.Join(params, ", "))
}

// checkFields reports the literal of an error's struct that lacks fields.
func (p *pass) checkFields(c inspector.Cursor, lit *ast.CompositeLit) {
	of, s := p.OfStruct(p.typeOf(lit))
	if of == nil || types.IsInterface(p.typeOf(lit)) {
		return
	}
	given := make(map[string]bool)
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return // without names, all fields are there
		}
		if key, ok := kv.Key.(*ast.Ident); ok {
			given[key.Name] = true
		}
	}
	whole := c
	if around, kind, _ := parent(c); kind == edge.UnaryExpr_X {
		whole = around
	}
	if r := p.roleOf(whole); r == handled || len(given) == 0 && r != raised {
		return // it is compared, or most likely a target of errors.As
	}
	assigned := p.assignedFields(whole, s)
	var missing []string
	for f := range s.Type.Underlying().(*types.Struct).Fields() {
		if !given[f.Name()] && !assigned[f.Name()] {
			missing = append(missing, f.Name())
		}
	}
	if len(missing) == 0 {
		return
	}
	field := "field"
	if len(missing) > 1 {
		field = "fields"
	}
	p.report(lit, fmt.Sprintf("the literal of %s lacks the %s %s", shown(of, s.Type.Obj().Name()), field, strings.Join(missing, ", ")))
}

// assignedFields returns the fields that a function sets, or may set, in the variable
// that begins as an expression.
func (p *pass) assignedFields(c inspector.Cursor, s codes.Struct) map[string]bool {
	around, kind, index := parent(c)
	var name ast.Expr
	switch kind {
	case edge.AssignStmt_Rhs:
		if a := around.Node().(*ast.AssignStmt); len(a.Lhs) == len(a.Rhs) {
			name = a.Lhs[index]
		}
	case edge.ValueSpec_Values:
		if s := around.Node().(*ast.ValueSpec); len(s.Names) == len(s.Values) {
			name = s.Names[index]
		}
	}
	v := p.local(name)
	_, _, body := function(around)
	if v == nil || body == nil {
		return nil
	}
	set := make(map[string]bool)
	all := func() {
		for f := range s.Type.Underlying().(*types.Struct).Fields() {
			set[f.Name()] = true
		}
	}
	add := func(e ast.Expr) {
		if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok && p.local(sel.X) == v {
			set[sel.Sel.Name] = true
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				add(lhs)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				add(n.X)
			}
		case *ast.CallExpr:
			for i, arg := range n.Args {
				if p.mayFill(n, i) && p.startsWith(arg, v) {
					all()
				}
			}
		}
		return true
	})
	return set
}

// startsWith reports whether an expression is a variable or its address.
func (p *pass) startsWith(e ast.Expr, v *types.Var) bool {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	return p.local(e) == v
}

// mayFill reports whether a function may set fields of the struct to which an argument
// points. What takes an error or writes a log does not.
func (p *pass) mayFill(call *ast.CallExpr, index int) bool {
	sig, ok := p.typeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		return false // a conversion
	}
	f := p.callee(call)
	return !isError(parameter(sig, call, index)) && p.OfFunc(f) == nil && !isLog(f)
}
