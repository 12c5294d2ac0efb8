package analyzers

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errcat/errcat/cmd/errcatvet/codes"
)

// Secret reports sensitive values that others can see.
var Secret = newAnalyzer("codesecret", `report sensitive values that are revealed into an error, a log or a format

The value of a sensitive param is taken out by Reveal and then formatted, logged, or
made part of an error. Pass on the param itself: it shows as [redacted].`, notTests,
	func(p *pass) {
		p.each(func(c inspector.Cursor) {
			call := c.Node().(*ast.CallExpr)
			of := p.revealed(call)
			if of == nil {
				return
			}
			f := &leak{p: p, reveal: call, of: of, seen: make(map[ast.Node]bool)}
			f.follow(c, true)
		}, (*ast.CallExpr)(nil))
	})

// revealed returns the generated package of the sensitive param that a call reveals,
// or nil.
func (p *pass) revealed(call *ast.CallExpr) *codes.Package {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Reveal" || len(call.Args) > 0 {
		return nil
	}
	f := p.callee(call)
	if f == nil || f.Signature().Recv() == nil {
		return nil
	}
	// The receiver may be a field that is embedded.
	return p.OfSensitive(f.Signature().Recv().Type())
}

// A leak follows a revealed value through a function.
type leak struct {
	p      *pass
	reveal *ast.CallExpr
	of     *codes.Package
	seen   map[ast.Node]bool // assignments that were followed, and what was reported
}

// follow follows the value of an expression, which is the revealed value itself if
// it is whole.
func (l *leak) follow(c inspector.Cursor, whole bool) {
	p := l.p
	for {
		around, kind, index := parent(c)
		switch kind {
		case edge.BinaryExpr_X, edge.BinaryExpr_Y:
			if around.Node().(*ast.BinaryExpr).Op != token.ADD {
				return
			}
			c, whole = around, false
		case edge.StarExpr_X:
			c, whole = around, false
		case edge.UnaryExpr_X:
			if around.Node().(*ast.UnaryExpr).Op != token.AND {
				return
			}
			c, whole = around, false
		case edge.KeyValueExpr_Value:
			lit, ok := around.Parent().Node().(*ast.CompositeLit)
			if !ok {
				return
			}
			if of, s := p.OfStruct(p.typeOf(lit)); of != nil {
				l.report(c, fmt.Sprintf("the param %s of %s, which is not sensitive", p.source(around.Node().(*ast.KeyValueExpr).Key), shown(of, s.Type.Obj().Name())), nil)
				return
			}
			if p.isOfCatalog(p.typeOf(lit), "FieldError") || p.isOfCatalog(p.typeOf(lit), "Problem") {
				l.report(c, "what clients see", nil)
				return
			}
			if !isList(p.typeOf(lit)) {
				return
			}
			c, whole = around.Parent(), false
		case edge.CompositeLit_Elts:
			if !isList(p.typeOf(around.Node().(*ast.CompositeLit))) {
				if of, s := p.OfStruct(p.typeOf(around.Node().(*ast.CompositeLit))); of != nil {
					l.report(c, "a param of "+shown(of, s.Type.Obj().Name())+" that is not sensitive", nil)
				}
				return
			}
			c, whole = around, false
		case edge.AssignStmt_Rhs:
			a := around.Node().(*ast.AssignStmt)
			if len(a.Lhs) == len(a.Rhs) {
				l.variable(around, a.Lhs[index])
			}
			return
		case edge.ValueSpec_Values:
			if s := around.Node().(*ast.ValueSpec); len(s.Names) == len(s.Values) {
				l.variable(around, s.Names[index])
			}
			return
		case edge.CallExpr_Args:
			call := around.Node().(*ast.CallExpr)
			f := p.callee(call)
			switch {
			case p.isConversion(call), p.isBuiltin(call, "append"), isFunc(f, "strconv", "Quote", "FormatInt", "Itoa", "FormatFloat", "FormatBool"), passesOn(f):
				c, whole = around, false
				continue
			}
			if where := l.sink(call, f, index); where != "" {
				var fixes []analysis.SuggestedFix
				if whole {
					fixes = l.hide(call, index)
				}
				l.report(c, where, fixes)
			}
			return
		default:
			return
		}
	}
}

// isList reports whether a type is an array, a slice or a map.
func isList(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Array, *types.Map:
		return true
	}
	return false
}

// passesOn reports whether a function returns the text that it takes, more or less.
func passesOn(f *types.Func) bool {
	return isFunc(f, "strings", "Clone", "Join", "Repeat", "ReplaceAll", "Title", "ToLower", "ToTitle", "ToUpper", "Trim", "TrimSpace", "TrimPrefix", "TrimSuffix", "ToValidUTF8") ||
		isFunc(f, "bytes", "Clone", "ToLower", "ToUpper", "TrimSpace")
}

// variable follows the uses of a variable of the function to which c assigns the value.
func (l *leak) variable(c inspector.Cursor, lhs ast.Expr) {
	v := l.p.local(lhs)
	if v == nil || l.seen[c.Node()] {
		return
	}
	l.seen[c.Node()] = true
	root := c
	for f := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		root = f
	}
	var uses, later []inspector.Cursor
	for use := range root.Preorder((*ast.Ident)(nil)) {
		switch {
		case l.p.TypesInfo.ObjectOf(use.Node().(*ast.Ident)) != v || use.Node().Pos() < c.Node().End():
		case use.ParentEdgeKind() != edge.AssignStmt_Lhs:
			uses = append(uses, use)
		case use.Parent().Node().(*ast.AssignStmt).Tok == token.ASSIGN && use.Parent().ParentEdgeKind() != edge.ForStmt_Post:
			later = append(later, use.Parent())
		}
	}
	for _, use := range uses {
		isOther := func(a inspector.Cursor) bool {
			return a.Node().End() <= use.Node().Pos() && a.Parent().Contains(use)
		}
		if !slices.ContainsFunc(later, isOther) {
			l.follow(use, false)
		}
	}
}

// loggers are parts of the import paths of packages that write logs.
var loggers = []string{"log", "slog", "zap", "zerolog", "logrus", "glog", "klog", "logr", "logger", "logging", "hclog", "apex"}

// sink says where a value goes that is an argument of a call, "" if nobody sees it
// there, as far as the function tells.
func (l *leak) sink(call *ast.CallExpr, f *types.Func, index int) string {
	p := l.p
	switch {
	case p.isBuiltin(call, "panic"):
		return "a panic"
	case p.isBuiltin(call, "print"), p.isBuiltin(call, "println"):
		return "the output"
	case f == nil || f.Pkg() == nil:
		return ""
	}
	path := f.Pkg().Path()
	switch {
	case path == "errors" && f.Name() == "New", path == "fmt" && f.Name() == "Errorf":
		return "an error"
	case path == "fmt" && strings.HasPrefix(strings.ToLower(strings.TrimLeft(f.Name(), "FSA")), "print") || path == "fmt" && strings.HasPrefix(f.Name(), "Append"):
		return "a format"
	case path == "net/http" && f.Name() == "Error":
		return "what clients see"
	}
	if of := p.OfFunc(f); of != nil {
		switch name := f.Name(); {
		case of.IsConstructor(f):
			_, s := p.OfStruct(f.Signature().Results().At(0).Type())
			if fields := s.Type.Underlying().(*types.Struct); index < fields.NumFields() && !of.IsSensitive(fields.Field(index).Type()) {
				return fmt.Sprintf("the param %s of %s, which is not sensitive", fields.Field(index).Name(), shown(of, name))
			}
		case name == "WithInstance":
			return "what clients see"
		}
		return ""
	}
	if recv := f.Signature().Recv(); recv != nil && path == "testing" {
		switch f.Name() {
		case "Log", "Logf", "Error", "Errorf", "Fatal", "Fatalf", "Skip", "Skipf":
			return "a log"
		}
		return ""
	}
	for _, part := range strings.Split(path, "/") {
		for _, logger := range loggers {
			if part == logger || strings.HasPrefix(part, logger+".") {
				return "a log"
			}
		}
	}
	return ""
}

// hide returns the fix that passes on the sensitive param instead of its value, if
// the function takes a value of any type.
func (l *leak) hide(call *ast.CallExpr, index int) []analysis.SuggestedFix {
	sig, ok := l.p.typeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		return nil
	}
	t := parameter(sig, call, index)
	if i, ok := t.Underlying().(*types.Interface); !ok || !i.Empty() || isTypeParam(t) {
		return l.redact()
	}
	return fix("Do not reveal it", replace(l.reveal, l.p.source(receiver(l.reveal))))
}

// redact returns the fix that uses the text that stands for a sensitive value.
func (l *leak) redact() []analysis.SuggestedFix {
	if !isStringType(l.p.typeOf(l.reveal)) {
		return nil
	}
	return fix("Do not reveal it", replace(ast.Unparen(l.reveal.Fun).(*ast.SelectorExpr).Sel, "String"))
}

// report reports where the value goes.
func (l *leak) report(c inspector.Cursor, where string, fixes []analysis.SuggestedFix) {
	if fixes == nil && isStringType(l.p.typeOf(l.reveal)) && c.Node().Pos() <= l.reveal.Pos() && l.reveal.End() <= c.Node().End() {
		fixes = l.redact()
	}
	if l.seen[c.Node()] {
		return
	}
	l.seen[c.Node()] = true
	l.p.report(c.Node(), "a sensitive value gets into "+where, fixes...)
}
