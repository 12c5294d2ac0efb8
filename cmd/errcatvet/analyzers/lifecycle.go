package analyzers

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errcat/errcat/cmd/errcatvet/codes"
)

// Lifecycle reports errors that must no longer be raised, or not there.
var Lifecycle = newAnalyzer("codelifecycle", `report errors that are raised although they are deprecated, retired or internal

A deprecated error is raised: use the one that replaces it. A retired error is
raised, although the catalog says that no program does. An error has a former name,
which the catalog keeps only for a while. An internal error is made part of what
clients see, who get the fallback instead. To handle a deprecated or retired error is
right: servers of an earlier version still send it.`, notTests,
	func(p *pass) {
		p.each(func(c inspector.Cursor) {
			if kind := c.ParentEdgeKind(); kind == edge.SelectorExpr_Sel {
				return
			}
			e := c.Node().(ast.Expr)
			o := p.object(e)
			if o == nil {
				return
			}
			if o, ok := o.(*types.Const); ok {
				if of := p.OfCode(o.Type()); of != nil {
					p.checkConst(c, of, o)
				}
				return
			}
			of := p.Package(o.Pkg())
			if of == nil || o.Parent() != of.Types.Scope() {
				return
			}
			switch o := o.(type) {
			case *types.Func:
				if of.IsConstructor(o) {
					p.checkUse(c, of, o, p.roleOfMade(c))
				}
			case *types.TypeName:
				if _, ok := of.Struct(o.Type()); ok {
					p.checkUse(c, of, o, p.roleOfType(c))
				}
			}
		}, (*ast.Ident)(nil), (*ast.SelectorExpr)(nil))
	})

// roleOfMade returns the role of the error that a constructor makes. Who makes an
// error raises it, unless it is compared with another, as tests do.
func (p *pass) roleOfMade(c inspector.Cursor) role {
	around, kind, _ := parent(c)
	if kind != edge.CallExpr_Fun {
		return unclear
	}
	if r := p.roleOf(around); r != unclear || strings.HasSuffix(p.Fset.File(around.Node().Pos()).Name(), "_test.go") {
		return r
	}
	return raised
}

// roleOfType returns the role of the literal of an error's struct. Other uses of the
// type handle the error.
func (p *pass) roleOfType(c inspector.Cursor) role {
	around, kind, _ := parent(c)
	if kind != edge.CompositeLit_Type {
		return handled
	}
	lit := around.Node().(*ast.CompositeLit)
	if outer, kind, _ := parent(around); kind == edge.UnaryExpr_X {
		around = outer
	}
	if r := p.roleOf(around); r != unclear || len(lit.Elts) == 0 || strings.HasSuffix(p.Fset.File(lit.Pos()).Name(), "_test.go") {
		return r
	}
	return raised
}

// checkConst reports a constant that must not be raised, or not where it is.
func (p *pass) checkConst(c inspector.Cursor, of *codes.Package, o *types.Const) {
	name, r := of.Const(constant.StringVal(o.Val())), p.roleOf(c)
	if o.Pkg() == of.Types {
		p.checkUse(c, of, o, r)
	} else if declared := of.Types.Scope().Lookup(name); declared != nil && r == raised {
		p.checkUse(c, of, declared, r) // another name of it
	}
	if where := p.shownToClients(c); where != "" && isInternal(of, name) {
		p.report(c.Node(), fmt.Sprintf("%s is internal: %s", p.shownConstant(of, name), where))
	}
}

// isInternal reports whether clients do not see an error.
func isInternal(of *codes.Package, name string) bool {
	e, ok := of.Entry(name)
	return ok && e.Internal
}

// shownToClients says how clients see an expression, "" if they do not, as far as
// the syntax tells.
func (p *pass) shownToClients(c inspector.Cursor) string {
	for {
		around, kind, index := parent(c)
		switch kind {
		case edge.CallExpr_Args:
			call := around.Node().(*ast.CallExpr)
			f := p.callee(call)
			switch {
			case p.isConversion(call):
				c = around
				continue
			case p.OfFunc(f) != nil && strings.HasPrefix(f.Name(), "At") && index == 1:
				return "clients see the fallback at this place of the request"
			case isFunc(f, "net/http", "Error") && index == 1,
				isFunc(f, "io", "WriteString") && index == 1 && isResponseWriter(p.typeOf(call.Args[0])),
				isFunc(f, "fmt", "Fprint", "Fprintf", "Fprintln") && index > 0 && isResponseWriter(p.typeOf(call.Args[0])),
				isWrite(f) && isResponseWriter(p.typeOf(receiver(call))):
				return "this response shows it to clients"
			case isFunc(f, "fmt", "Sprint", "Sprintf", "Sprintln"):
				c = around
				continue
			}
			return ""
		case edge.SelectorExpr_X: // Code.Error()
			call, kind, _ := parent(around)
			if kind != edge.CallExpr_Fun {
				return ""
			}
			switch around.Node().(*ast.SelectorExpr).Sel.Name {
			case "Error", "Name", "Title":
				c = call
				continue
			}
			return ""
		case edge.BinaryExpr_X, edge.BinaryExpr_Y:
			if !isStringType(p.typeOf(around.Node().(ast.Expr))) {
				return ""
			}
			c = around
		case edge.KeyValueExpr_Value:
			lit, _ := around.Parent().Node().(*ast.CompositeLit)
			key, _ := around.Node().(*ast.KeyValueExpr).Key.(*ast.Ident)
			switch {
			case lit == nil || key == nil:
			case key.Name == "Err" && p.isOfCatalog(p.typeOf(lit), "FieldError"):
				return "clients see the fallback at this place of the request"
			case key.Name == "Code" && p.isOfCatalog(p.typeOf(lit), "Problem"):
				return "a problem shows it to clients"
			}
			return ""
		default:
			return ""
		}
	}
}

// isWrite reports whether a function is a method Write.
func isWrite(f *types.Func) bool {
	return f != nil && f.Name() == "Write" && f.Signature().Recv() != nil
}

// receiver returns the expression whose method a call calls, or nil.
func receiver(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// isStringType reports whether the underlying type is string.
func isStringType(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// fitsAny reports whether an error of another type fits where one is: it becomes an
// error, or nothing. The cursor is at the name of what makes the error.
func (p *pass) fitsAny(c inspector.Cursor) bool {
	made, kind, _ := parent(c)
	if kind != edge.CallExpr_Fun && kind != edge.CompositeLit_Type {
		return true // a constant: all have one type
	}
	around, kind, index := parent(made)
	if kind == edge.UnaryExpr_X {
		made = around
		around, kind, index = parent(made)
	}
	if a, ok := around.Node().(*ast.AssignStmt); ok && kind == edge.AssignStmt_Rhs && len(a.Lhs) == len(a.Rhs) {
		if id, ok := a.Lhs[index].(*ast.Ident); ok && id.Name == "_" {
			return true
		}
	}
	return p.roleOf(made) == raised
}

// checkUse reports an identifier of a generated package that must not be used, or
// not in its role.
func (p *pass) checkUse(c inspector.Cursor, of *codes.Package, o types.Object, r role) {
	l := of.Lifecycle(o)
	name := shown(of, o.Name())
	l.ReplacedBy = successor(of, l.ReplacedBy)
	use := ""
	if l.ReplacedBy != "" {
		use = ": use " + p.shownConstant(of, l.ReplacedBy)
	}
	since := ""
	if l.Since != "" {
		since = " since " + l.Since
	}
	switch {
	case !l.Deprecated:
	case l.Former: // the same error, whatever is done with it
		p.report(c.Node(), fmt.Sprintf("%s is a former name%s", name, use), p.useInstead(c, of, l.ReplacedBy)...)
	case r != raised:
	default:
		state := "deprecated"
		if l.Retired {
			state = "retired"
		}
		// The error that replaces this one has its name in the comment of the constant.
		replacement := p.replacement(of, o, l.ReplacedBy)
		if replacement == nil {
			p.report(c.Node(), fmt.Sprintf("%s is %s%s%s", name, state, since, use))
			return
		}
		var fixes []analysis.SuggestedFix
		if p.fitsAny(c) {
			fixes = p.useInstead(c, of, replacement.Name())
		}
		p.report(c.Node(), fmt.Sprintf("%s is %s%s: use %s", name, state, since, shown(of, replacement.Name())), fixes...)
	}
}

// successor returns what replaces an error in the end, if what replaces it is
// deprecated itself.
func successor(of *codes.Package, by string) string {
	for range of.Codes() {
		o := of.Types.Scope().Lookup(by)
		if o == nil {
			break
		}
		l := of.Lifecycle(o)
		if !l.Deprecated || l.ReplacedBy == "" {
			break
		}
		by = l.ReplacedBy
	}
	return by
}

// useInstead returns the fix that uses another identifier of the package.
func (p *pass) useInstead(c inspector.Cursor, of *codes.Package, name string) []analysis.SuggestedFix {
	if o := p.object(c.Node().(ast.Expr)); name == "" || o.Pkg() != of.Types || of.Types.Scope().Lookup(name) == nil {
		return nil
	}
	e := c.Node()
	if sel, ok := e.(*ast.SelectorExpr); ok {
		return fix("Use "+shown(of, name), replace(sel.Sel, name))
	}
	text, edits, ok := p.qualified(c, of.Path(), of.Name(), name)
	if !ok || len(edits) > 0 {
		return nil
	}
	return fix("Use "+text, replace(e, text))
}

// replacement returns what replaces an object as it is used: another constant of an
// error that has params if and only if this one has, a constructor with the same
// arguments or a struct with the same fields. It is nil if there is none.
func (p *pass) replacement(of *codes.Package, o types.Object, by string) types.Object {
	if by == "" {
		return nil
	}
	scope := of.Types.Scope()
	if other := scope.Lookup(by); other == nil || of.Lifecycle(other).Deprecated {
		return nil
	}
	switch o := o.(type) {
	case *types.Const:
		other, ok := scope.Lookup(by).(*types.Const)
		if !ok || !of.IsCode(other.Type()) {
			return nil
		}
		_, has := of.StructOf(o.Name())
		if _, otherHas := of.StructOf(by); otherHas && !has {
			return nil
		}
		return other
	case *types.Func:
		other := of.Constructor(by)
		if other == nil || !slices.Equal(variables(o.Signature().Params().Variables()), variables(other.Signature().Params().Variables())) {
			return nil
		}
		return other
	case *types.TypeName:
		other, ok := of.StructOf(by)
		s, _ := of.Struct(o.Type())
		if !ok || !slices.Equal(variables(fieldsOf(s)), variables(fieldsOf(other))) {
			return nil
		}
		return other.Type.Obj()
	}
	return nil
}

// fieldsOf returns the fields of an error's struct.
func fieldsOf(s codes.Struct) func(yield func(*types.Var) bool) {
	return s.Type.Underlying().(*types.Struct).Fields()
}

// variables returns the names and types of variables.
func variables[Seq ~func(yield func(*types.Var) bool)](seq Seq) []string {
	var all []string
	for v := range seq {
		all = append(all, v.Name()+" "+v.Type().String())
	}
	return all
}
