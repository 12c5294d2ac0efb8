package analyzers

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"
)

// A flow follows one variable of type error through a function.
type flow struct {
	p    *pass
	v    *types.Var
	cfg  *cfg.CFG
	tags map[ast.Expr]ast.Expr // the tag of the switch of a case
	// beside are the variables that are assigned together with the error. To look at
	// one of them is as good as to compare the error with nil.
	beside map[*types.Var]bool
}

// newFlow returns the flow of a variable in the body of a function, or nil if it also
// changes elsewhere. What is deferred runs when all the rest has.
func newFlow(p *pass, v *types.Var, body *ast.BlockStmt) *flow {
	f := &flow{p: p, v: v, tags: make(map[ast.Expr]ast.Expr), beside: make(map[*types.Var]bool)}
	ok := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.DeferStmt:
			if _, isCall := ast.Unparen(n.Call.Fun).(*ast.CallExpr); !isCall {
				return false
			}
		case *ast.FuncLit:
			ok = ok && !f.isAssigned(n.Body)
			return false
		case *ast.UnaryExpr:
			ok = ok && !(n.Op == token.AND && p.local(n.X) == v)
		case *ast.TypeSwitchStmt:
			ok = ok && !f.isMentioned(n.Assign)
		case *ast.SwitchStmt:
			for _, clause := range n.Body.List {
				for _, e := range clause.(*ast.CaseClause).List {
					if n.Tag != nil {
						f.tags[e] = n.Tag
					}
				}
			}
		case *ast.AssignStmt:
			if f.assigns(n) && len(n.Rhs) == 1 {
				for _, lhs := range n.Lhs {
					if other := p.local(lhs); other != nil && other != v {
						f.beside[other] = true
					}
				}
			}
		}
		return true
	})
	if !ok {
		return nil
	}
	f.cfg = cfg.New(body, p.mayReturn)
	return f
}

// mayReturn reports whether a call can return.
func (p *pass) mayReturn(call *ast.CallExpr) bool {
	if p.isBuiltin(call, "panic") {
		return false
	}
	f := p.callee(call)
	if f == nil {
		return true
	}
	switch f.Name() {
	case "Fatal", "Fatalf", "Fatalln", "FailNow", "SkipNow", "Skip", "Skipf", "Panic", "Panicf", "Panicln":
		return false
	}
	return !isFunc(f, "os", "Exit")
}

// isMentioned reports whether code has the variable.
func (f *flow) isMentioned(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && f.p.TypesInfo.Uses[id] == f.v
		return !found
	})
	return found
}

// isAssigned reports whether code assigns to the variable.
func (f *flow) isAssigned(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			found = found || f.assigns(n)
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && f.p.local(n.X) == f.v
		}
		return !found
	})
	return found
}

// assigns reports whether a statement assigns to the variable.
func (f *flow) assigns(a *ast.AssignStmt) bool {
	for _, lhs := range a.Lhs {
		if f.p.local(lhs) == f.v {
			return true
		}
	}
	return false
}

// at returns the state of the variable at a call, 0 if that is never reached.
func (f *flow) at(call *ast.CallExpr, entry state) state {
	in := make([]state, len(f.cfg.Blocks))
	in[0] = entry
	for changed := true; changed; {
		changed = false
		for _, b := range f.cfg.Blocks {
			if in[b.Index] == 0 {
				continue
			}
			out := in[b.Index]
			for _, n := range b.Nodes {
				out = f.after(n, out)
			}
			for i, succ := range b.Succs {
				s := out
				if cond := condition(b); cond != nil {
					s = f.branch(cond, i == 0, out)
				}
				if in[succ.Index]|s != in[succ.Index] {
					in[succ.Index] |= s
					changed = true
				}
			}
		}
	}
	for _, b := range f.cfg.Blocks {
		s := in[b.Index]
		for _, n := range b.Nodes {
			if n.Pos() <= call.Pos() && call.End() <= n.End() {
				return s
			}
			s = f.after(n, s)
		}
	}
	return 0
}

// condition returns the condition at the end of a block with two successors, or nil.
func condition(b *cfg.Block) ast.Expr {
	if len(b.Succs) != 2 || len(b.Nodes) == 0 {
		return nil
	}
	e, _ := b.Nodes[len(b.Nodes)-1].(ast.Expr)
	return e
}

// after returns the state after a node of the graph.
func (f *flow) after(n ast.Node, s state) state {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if !f.assigns(n) { // ok := err == nil
			for _, rhs := range n.Rhs {
				s = f.looked(rhs, s)
			}
		}
		for i, lhs := range n.Lhs {
			if f.p.local(lhs) != f.v {
				continue
			}
			if len(n.Rhs) == len(n.Lhs) {
				s = f.assigned(n.Rhs[i], 0)
			} else {
				s = f.assigned(n.Rhs[0], i)
			}
		}
	case *ast.ValueSpec:
		for _, value := range n.Values {
			s = f.looked(value, s)
		}
		for i, name := range n.Names {
			switch {
			case f.p.TypesInfo.Defs[name] != f.v:
			case len(n.Values) == 0:
				s = isNil
			case len(n.Values) == len(n.Names):
				s = f.assigned(n.Values[i], 0)
			default:
				s = f.assigned(n.Values[0], i)
			}
		}
	case *ast.ExprStmt:
		// A call such as require.Error(t, err) looks at it, one of a logger does not.
		if call, ok := ast.Unparen(n.X).(*ast.CallExpr); ok && !isLog(f.p.callee(call)) {
			s = f.looked(n.X, s)
		}
	}
	return s
}

// isLog reports whether a function prints what it is given.
func isLog(f *types.Func) bool {
	return f != nil && f.Pkg() != nil && slices.Contains([]string{"fmt", "log", "log/slog"}, f.Pkg().Path())
}

// assigned returns the state of the variable after an assignment to it.
func (f *flow) assigned(e ast.Expr, index int) state {
	if f.isMentioned(e) {
		return unknown // it wraps the error
	}
	return f.p.valueState(e, index)
}

// branch returns the state in the branch of a condition that is true or false.
func (f *flow) branch(cond ast.Expr, isTrue bool, s state) state {
	if tag, ok := f.tags[cond]; ok {
		if f.p.local(tag) != f.v {
			return f.looked(tag, s)
		}
		return compared(f.p.TypesInfo.Types[cond].IsNil(), isTrue, s)
	}
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return f.branch(e.X, !isTrue, s)
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND, token.LOR:
			// The second operand counts if the first one is true of &&, false of ||.
			goesOn := e.Op == token.LAND
			both := f.branch(e.Y, isTrue, f.branch(e.X, goesOn, s))
			if isTrue == goesOn {
				return both
			}
			first := f.branch(e.X, isTrue, s)
			if f.p.comparesErrors(e.X) {
				first = f.looked(e.Y, first) // which of two errors there is may be asked later
			}
			return both | first
		case token.EQL, token.NEQ:
			x, y := e.X, e.Y
			if f.p.local(x) != f.v {
				x, y = y, x
			}
			if f.p.local(x) == f.v {
				return compared(f.p.TypesInfo.Types[y].IsNil(), isTrue == (e.Op == token.EQL), s)
			}
		}
	case *ast.CallExpr:
		callee := f.p.callee(e)
		if (isFunc(callee, "errors", "Is") || isFunc(callee, "errors", "As")) && len(e.Args) == 2 && f.p.local(e.Args[0]) == f.v {
			if isTrue {
				return unknown
			}
			return s
		}
	}
	return f.looked(cond, s)
}

// comparesErrors reports whether an expression compares an error with another one.
func (p *pass) comparesErrors(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && (isError(p.typeOf(b.X)) || isError(p.typeOf(b.Y)))
}

// compared returns the state in a branch in which the variable is equal to another
// value, or is not.
func compared(withNil, isEqual bool, s state) state {
	switch {
	case s == 0:
		return 0
	case withNil && isEqual:
		return isNil
	case withNil || isEqual:
		return unknown
	}
	return s
}

// looked returns the state after an expression that may say whether there is an error.
func (f *flow) looked(cond ast.Expr, s state) state {
	if s&unchecked == 0 {
		return s
	}
	looks := f.isMentioned(cond)
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v, _ := f.p.TypesInfo.Uses[id].(*types.Var)
			looks = looks || v != nil && f.beside[v]
		}
		return true
	})
	if looks {
		return s&^unchecked | unknown
	}
	return s
}
