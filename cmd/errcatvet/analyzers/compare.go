package analyzers

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// Compare reports comparisons that do not find wrapped errors.
var Compare = newAnalyzer("codecompare", `report comparisons that do not find a wrapped error of a catalog

An error is compared with a code by == or by a switch, or its type is asserted.
That fails as soon as a function on the way wraps the error, and for one that was
read from the wire. Use errors.Is and errors.As. Other linters, such as errorlint,
report this for all errors; this analyzer is for those who do not use one.`, inTests,
	func(p *pass) {
		p.each(func(c inspector.Cursor) {
			if isComparisonItself(c) {
				return
			}
			switch n := c.Node().(type) {
			case *ast.BinaryExpr:
				p.checkEqual(c, n)
			case *ast.SwitchStmt:
				p.checkSwitch(c, n)
			case *ast.TypeSwitchStmt:
				p.checkTypeSwitch(n)
			case *ast.TypeAssertExpr:
				p.checkAssertion(c, n)
			}
		}, (*ast.BinaryExpr)(nil), (*ast.SwitchStmt)(nil), (*ast.TypeSwitchStmt)(nil), (*ast.TypeAssertExpr)(nil))
	})

// isComparisonItself reports whether code is in a method Is or As, which errors.Is
// and errors.As call for each error of a tree.
func isComparisonItself(c inspector.Cursor) bool {
	for c := range c.Enclosing((*ast.FuncDecl)(nil)) {
		decl := c.Node().(*ast.FuncDecl)
		return decl.Recv != nil && (decl.Name.Name == "Is" || decl.Name.Name == "As")
	}
	return false
}

// catalogError returns how messages show a type of errors of a catalog, "" if it is
// none.
func (p *pass) catalogError(t types.Type) string {
	if of := p.OfCode(t); of != nil {
		return shown(of, "Code")
	}
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		if of, s := p.OfStruct(t); of != nil {
			return "*" + shown(of, s.Type.Obj().Name())
		}
		if p.isOfCatalog(pointer.Elem(), "Problem") {
			named := types.Unalias(pointer.Elem()).(*types.Named)
			return "*" + shown(p.Package(named.Obj().Pkg()), "Problem")
		}
	}
	return ""
}

// checkEqual reports == and != between an error and a code.
func (p *pass) checkEqual(c inspector.Cursor, b *ast.BinaryExpr) {
	if b.Op != token.EQL && b.Op != token.NEQ {
		return
	}
	err, target := b.X, b.Y
	if !isError(p.typeOf(err)) {
		err, target = target, err
	}
	if !isError(p.typeOf(err)) || p.catalogError(p.typeOf(target)) == "" {
		return
	}
	message := fmt.Sprintf("%s does not find a wrapped error: use errors.Is", b.Op)
	p.report(b, message, p.useErrors(c, "Is", func(is string) []analysis.TextEdit {
		if b.Op == token.NEQ {
			is = "!" + is
		}
		return []analysis.TextEdit{replace(b, fmt.Sprintf("%s(%s, %s)", is, p.source(err), p.source(target)))}
	})...)
}

// useErrors returns the fix that uses a function of package errors, for the edits
// that f returns for the name of the function.
func (p *pass) useErrors(c inspector.Cursor, name string, f func(name string) []analysis.TextEdit) []analysis.SuggestedFix {
	text, edits, ok := p.qualified(c, "errors", "errors", name)
	if !ok {
		return nil
	}
	return fix("Use errors."+name, append(edits, f(text)...)...)
}

// checkSwitch reports a switch over an error that has codes as cases.
func (p *pass) checkSwitch(c inspector.Cursor, s *ast.SwitchStmt) {
	if s.Tag == nil || !isError(p.typeOf(s.Tag)) {
		return
	}
	first := true
	for _, clause := range s.Body.List {
		for _, e := range clause.(*ast.CaseClause).List {
			if p.catalogError(p.typeOf(e)) == "" {
				continue
			}
			var fixes []analysis.SuggestedFix
			if first { // it changes the whole switch
				fixes = p.switchFix(c, s)
			}
			first = false
			p.report(e, "this case does not find a wrapped error: use errors.Is", fixes...)
		}
	}
}

// switchFix returns the fix that calls errors.Is in each case.
func (p *pass) switchFix(c inspector.Cursor, s *ast.SwitchStmt) []analysis.SuggestedFix {
	if _, ok := ast.Unparen(s.Tag).(*ast.Ident); !ok {
		return nil // it must be evaluated once
	}
	err := p.source(s.Tag)
	return p.useErrors(c, "Is", func(is string) []analysis.TextEdit {
		edits := []analysis.TextEdit{{Pos: s.Tag.Pos(), End: s.Body.Lbrace}}
		for _, clause := range s.Body.List {
			for _, e := range clause.(*ast.CaseClause).List {
				text := fmt.Sprintf("%s(%s, %s)", is, err, p.source(e))
				if p.TypesInfo.Types[e].IsNil() {
					text = err + " == nil"
				}
				edits = append(edits, replace(e, text))
			}
		}
		return edits
	})
}

// checkTypeSwitch reports a switch over the type of an error that has types of a
// catalog as cases.
func (p *pass) checkTypeSwitch(s *ast.TypeSwitchStmt) {
	var assert *ast.TypeAssertExpr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		assert = ast.Unparen(a.X).(*ast.TypeAssertExpr)
	case *ast.AssignStmt:
		assert = ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr)
	}
	if !isError(p.typeOf(assert.X)) {
		return
	}
	for _, clause := range s.Body.List {
		for _, e := range clause.(*ast.CaseClause).List {
			if name := p.catalogError(p.typeOf(e)); name != "" {
				p.report(e, fmt.Sprintf("this case does not find a wrapped %s: use errors.As", name))
			}
		}
	}
}

// checkAssertion reports a type assertion of an error to a type of a catalog.
func (p *pass) checkAssertion(c inspector.Cursor, a *ast.TypeAssertExpr) {
	if a.Type == nil || !isError(p.typeOf(a.X)) {
		return
	}
	if call, ok := ast.Unparen(a.X).(*ast.CallExpr); ok && p.OfFunc(p.callee(call)) != nil {
		return // what a generated package has just made or read
	}
	name := p.catalogError(p.typeOf(a.Type))
	if name == "" {
		return
	}
	p.report(a, fmt.Sprintf("the type assertion does not find a wrapped %s: use errors.As", name), p.assertionFix(c, a)...)
}

// assertionFix returns the fix for a type assertion with two results: the function
// errors.AsType of Go 1.26, or a variable for errors.As.
func (p *pass) assertionFix(c inspector.Cursor, a *ast.TypeAssertExpr) []analysis.SuggestedFix {
	around, kind, _ := parent(c)
	assign, ok := around.Node().(*ast.AssignStmt)
	if !ok || kind != edge.AssignStmt_Rhs || len(assign.Lhs) != 2 {
		return nil // it panics if the type is another
	}
	err, t := p.source(a.X), p.source(a.Type)
	if p.hasGo(file(c), "go1.26") {
		return p.useErrors(c, "AsType", func(asType string) []analysis.TextEdit {
			return []analysis.TextEdit{replace(a, fmt.Sprintf("%s[%s](%s)", asType, t, err))}
		})
	}
	value, ok := assign.Lhs[0].(*ast.Ident)
	if !ok || assign.Tok != token.DEFINE {
		return nil
	}
	return p.useErrors(c, "As", func(as string) []analysis.TextEdit {
		target, edits := "new("+t+")", []analysis.TextEdit(nil)
		if value.Name != "_" {
			statement, isIn := around, around.ParentEdgeKind()
			if isIn == edge.IfStmt_Init {
				statement = around.Parent()
				isIn = statement.ParentEdgeKind()
			}
			switch isIn {
			case edge.BlockStmt_List, edge.CaseClause_Body, edge.CommClause_Body:
			default:
				return nil
			}
			// The variable must not be one that exists, here or in the block around an if.
			if v := p.TypesInfo.Defs[value]; v == nil || statement != around && p.scope(statement.Parent()).Lookup(value.Name) != nil {
				return nil
			}
			edits = append(edits, insert(statement.Node().Pos(), fmt.Sprintf("var %s %s\n", value.Name, t)))
			target = "&" + value.Name
		}
		if ok := assign.Lhs[1].(*ast.Ident); p.TypesInfo.Defs[ok] == nil {
			edits = append(edits, replace(assign, fmt.Sprintf("%s = %s(%s, %s)", ok.Name, as, err, target)))
		} else {
			edits = append(edits, replace(assign, fmt.Sprintf("%s := %s(%s, %s)", ok.Name, as, err, target)))
		}
		return edits
	})
}
