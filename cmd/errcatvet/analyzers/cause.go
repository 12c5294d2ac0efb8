package analyzers

import (
	"fmt"
	"go/ast"
	"go/types"
	"regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// Cause reports causes that can be nil.
var Cause = newAnalyzer("codecause", `report calls of WithCause whose cause can be nil

WithCause returns the error of the catalog, whether or not there is a cause. If the
cause is the unchecked result of a call, success becomes an error. Compare it with
nil first.`, inTests,
	func(p *pass) {
		p.each(func(c inspector.Cursor) {
			call := c.Node().(*ast.CallExpr)
			f := p.callee(call)
			of := p.OfFunc(f)
			if of == nil || f.Name() != "WithCause" || len(call.Args) != 2 {
				return
			}
			cause := ast.Unparen(call.Args[1])
			message := ""
			var fixes []analysis.SuggestedFix
			switch s := p.causeState(c, cause); {
			case s == isNil:
				message = fmt.Sprintf("the cause of %s is always nil here", shown(of, "WithCause"))
			case s&unchecked != 0:
				message = fmt.Sprintf("the cause of %s can be nil: compare %s with nil first", shown(of, "WithCause"), clip(p.source(cause)))
				fixes = p.checkFix(c, call, cause)
			default:
				return
			}
			p.report(cause, message, fixes...)
		}, (*ast.CallExpr)(nil))
	})

// A state is a set of what a variable can be at a place.
type state uint8

const (
	isNil     state = 1 << iota
	unchecked       // the result of a call, not compared with nil since
	unknown         // no nil, or nothing is known of it
)

// causeState returns the state of a cause at the call c of WithCause.
func (p *pass) causeState(c inspector.Cursor, cause ast.Expr) state {
	v := p.local(cause)
	f, ft, body := function(c)
	switch {
	case v == nil && p.isTested(c, cause):
		return unknown
	case v == nil:
		return p.valueState(cause, 0)
	case body == nil:
		return unknown
	}
	flow := newFlow(p, v, body)
	if flow == nil {
		return unknown
	}
	return flow.at(c.Node().(*ast.CallExpr), p.entryState(f, ft, v))
}

// isTested reports whether a function has looked before at the error that a method
// without arguments returns, as with "if rows.Err() != nil".
func (p *pass) isTested(c inspector.Cursor, cause ast.Expr) bool {
	call, ok := cause.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 || receiver(call) == nil {
		return false
	}
	text := p.source(call)
	f, _, _ := function(c)
	for other := range f.Preorder((*ast.CallExpr)(nil)) {
		if other.Node().Pos() >= call.Pos() || p.source(other.Node()) != text {
			continue
		}
		switch _, kind, _ := parent(other); kind {
		case edge.ExprStmt_X, edge.DeferStmt_Call, edge.GoStmt_Call:
		default:
			return true
		}
	}
	return false
}

// entryState returns the state of a variable when a function begins.
func (p *pass) entryState(f inspector.Cursor, ft *ast.FuncType, v *types.Var) state {
	if ft.Results != nil && ft.Results.Pos() <= v.Pos() && v.Pos() < ft.Results.End() {
		return isNil
	}
	if !(f.Node().Pos() <= v.Pos() && v.Pos() < f.Node().End()) && isError(v.Type()) {
		// A deferred function changes the result of the function around it.
		call, kind, _ := parent(f)
		if kind != edge.CallExpr_Fun || call.ParentEdgeKind() != edge.DeferStmt_Call {
			return unknown
		}
		_, outer, _ := function(call)
		if outer != nil && outer.Results != nil && outer.Results.Pos() <= v.Pos() && v.Pos() < outer.Results.End() {
			return unchecked
		}
	}
	return unknown
}

// makesError matches the names of functions that return an error as their value, not
// to say that they failed.
var makesError = regexp.MustCompile(`^(?i:new|err|make|wrap|as|to|with|build|annotate|convert|translate|map|from|format|unwrap|cause)|(?i:error|err|errorf)$`)

// valueState returns the state of a value: of the result with the given index, if it
// is a call.
func (p *pass) valueState(e ast.Expr, index int) state {
	e = ast.Unparen(e)
	if p.TypesInfo.Types[e].IsNil() {
		return isNil
	}
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return unknown
	}
	if p.isConversion(call) {
		if !types.IsInterface(p.typeOf(call)) {
			return unknown // possibly a nil pointer, which is an error
		}
		return p.valueState(call.Args[0], 0)
	}
	f := p.callee(call)
	sig, ok := p.typeOf(call.Fun).Underlying().(*types.Signature)
	switch {
	case !ok || index >= sig.Results().Len():
		return unknown
	case !isError(sig.Results().At(index).Type()):
		return unknown
	}
	for _, arg := range call.Args {
		// What takes an error most likely returns one.
		if isError(p.typeOf(arg)) || p.isCounted(call, arg) {
			return unknown
		}
	}
	if recv := receiver(call); recv != nil && sig.Results().Len() == 1 {
		// The error of a context is asked for when the context is done.
		if t := p.typeOf(recv); f != nil && f.Name() == "Err" && isContext(t) || isError(t) {
			return unknown
		}
	}
	if f != nil && (makesError.MatchString(f.Name()) && sig.Results().Len() == 1 && f.Name() != "Err" || p.neverNil(f, index)) {
		return unknown
	}
	return unchecked
}

// isCounted reports whether an argument of a call is a list whose length the function
// around the call asks for, as with "if len(errs) > 0".
func (p *pass) isCounted(call *ast.CallExpr, list ast.Expr) bool {
	v := p.local(list)
	c, ok := p.inspector.Root().FindNode(call)
	if v == nil || !ok {
		return false
	}
	f, _, _ := function(c)
	for other := range f.Preorder((*ast.CallExpr)(nil)) {
		other := other.Node().(*ast.CallExpr)
		if p.isBuiltin(other, "len") && p.local(other.Args[0]) == v {
			return true
		}
	}
	return false
}

// isContext reports whether values of a type can be done, as a context.Context.
func isContext(t types.Type) bool {
	o, _, _ := types.LookupFieldOrMethod(t, true, nil, "Done")
	f, ok := o.(*types.Func)
	if !ok || f.Signature().Params().Len() != 0 || f.Signature().Results().Len() != 1 {
		return false
	}
	_, ok = f.Signature().Results().At(0).Type().Underlying().(*types.Chan)
	return ok
}

// neverNil reports whether a function of this package returns no nil as a result, as
// far as its return statements tell.
func (p *pass) neverNil(f *types.Func, index int) bool {
	if f.Pkg() != p.Pkg {
		return false
	}
	for _, file := range p.Files {
		if file.FileStart > f.Pos() || f.Pos() >= file.FileEnd {
			continue
		}
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Name.Pos() != f.Pos() || decl.Body == nil {
				continue
			}
			never := true
			ast.Inspect(decl.Body, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncLit:
					return false
				case *ast.ReturnStmt:
					if index >= len(n.Results) {
						never = false // its results have names, or are those of a call
						return true
					}
					switch r := n.Results[index]; {
					case p.TypesInfo.Types[r].IsNil():
						never = false
					default:
						_, isCall := ast.Unparen(r).(*ast.CallExpr)
						never = never && (isCall && p.valueState(r, 0) != unchecked || !types.IsInterface(p.typeOf(r)))
					}
				}
				return true
			})
			return never
		}
	}
	return false
}

// checkFix returns the fix that compares the result of a call with nil before it is a
// cause, if that is returned.
func (p *pass) checkFix(c inspector.Cursor, with *ast.CallExpr, cause ast.Expr) []analysis.SuggestedFix {
	around, kind, _ := parent(c)
	ret, ok := around.Node().(*ast.ReturnStmt)
	if !ok || kind != edge.ReturnStmt_Results || len(ret.Results) != 1 {
		return nil
	}
	var condition, indent string
	tabs := p.Fset.Position(ret.Pos()).Column - 1
	for range tabs {
		indent += "\t"
	}
	edits := []analysis.TextEdit{}
	if _, isCall := cause.(*ast.CallExpr); isCall {
		if mentions(with.Args[0], "err") {
			return nil
		}
		condition = "err := " + p.source(cause) + "; err != nil"
		edits = append(edits, replace(cause, "err"))
	} else {
		condition = p.source(cause) + " != nil"
	}
	edits = append(edits,
		insert(ret.Pos(), fmt.Sprintf("if %s {\n%s\t", condition, indent)),
		insert(ret.End(), fmt.Sprintf("\n%s}\n%sreturn nil", indent, indent)))
	return fix("Check it first", edits...)
}

// mentions reports whether an expression has an identifier with a name.
func mentions(e ast.Expr, name string) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return true
	})
	return found
}
