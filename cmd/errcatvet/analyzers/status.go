package analyzers

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errcat/errcat/cmd/errcatvet/codes"
)

// Status reports responses with another status than that of the catalog.
var Status = newAnalyzer("codestatus", `report responses to an error with another status than that of the catalog

A branch handles or raises an error of a catalog, and answers by http.Error or
WriteHeader with a status of its own. Use the status of the Code, or WriteProblem,
which sends it. A branch that shows nothing of the error may translate or hide it: then
the errors of other modules' catalogs, several errors with different statuses, and the
statuses 401, 403, 404 and 5xx are not reported.`, notTests,
	func(p *pass) {
		p.each(func(c inspector.Cursor) {
			call := c.Node().(*ast.CallExpr)
			writer, status := p.answer(call)
			if status == nil {
				return
			}
			value := p.TypesInfo.Types[status].Value
			if value == nil || value.Kind() != constant.Int {
				return
			}
			number, _ := constant.Int64Val(value)
			found := p.answered(c, call, writer, int(number))
			if len(found) == 0 {
				return
			}
			var right []string
			for _, e := range found {
				statuses := e.statuses()
				if len(statuses) == 0 || slices.Contains(statuses, int(number)) {
					return
				}
				right = append(right, fmt.Sprintf("%d of %s", statuses[0], p.shownConstant(e.of, e.name)))
			}
			var fixes []analysis.SuggestedFix
			if len(found) == 1 {
				fixes = p.statusFix(c, status, found[0])
			}
			p.report(status, fmt.Sprintf("the status is %d, but the catalog has %s", number, strings.Join(right, ", ")), fixes...)
		}, (*ast.CallExpr)(nil))
	})

// statusFix returns the fix that uses the status of an error, as clients see it.
func (p *pass) statusFix(c inspector.Cursor, status ast.Expr, e entry) []analysis.SuggestedFix {
	text, edits, ok := p.constant(c, e.of, e.name)
	switch row, _ := e.of.Entry(e.name); {
	case !ok:
		return nil
	case row.Internal && e.of.HasFunc("HTTPStatus"):
		f, more, ok := p.qualified(c, e.of.Path(), e.of.Name(), "HTTPStatus")
		if !ok {
			return nil
		}
		text, edits = f+"("+text+")", more
	case !row.Internal && e.of.HasMethod("HTTPStatus"):
		text += ".HTTPStatus()"
	default:
		return nil
	}
	return fix("Use the status of the catalog", append(edits, replace(status, text))...)
}

// answer returns the writer and the status of a call that begins a response. They
// are nil if it does not.
func (p *pass) answer(call *ast.CallExpr) (writer, status ast.Expr) {
	f := p.callee(call)
	switch {
	case isFunc(f, "net/http", "Error") && len(call.Args) == 3:
		return call.Args[0], call.Args[2]
	case f != nil && f.Name() == "WriteHeader" && f.Signature().Recv() != nil && len(call.Args) == 1:
		if w := receiver(call); w != nil && isResponseWriter(p.typeOf(w)) {
			return w, call.Args[0]
		}
	}
	return nil, nil
}

// An entry is an error of a catalog, by the name of its constant.
type entry struct {
	of   *codes.Package
	name string
}

// statuses returns the statuses with which a response has the error, none if the
// catalog has none.
func (e entry) statuses() []int {
	row, ok := e.of.Entry(e.name)
	if !ok || row.Status == 0 {
		return nil
	}
	if !row.Internal {
		return []int{row.Status}
	}
	seen := 500
	if fallback, ok := e.of.Entry(e.of.Fallback()); ok {
		seen = fallback.Status
	}
	return []int{seen, row.Status}
}

// answered returns the errors to which a call responds, none if that is not sure.
func (p *pass) answered(c inspector.Cursor, call *ast.CallExpr, writer ast.Expr, status int) []entry {
	// What the call itself shows.
	var found []entry
	for _, arg := range call.Args {
		found = append(found, p.entriesIn(arg)...)
	}
	if len(found) > 0 {
		return found
	}
	statement := c
	for statement.ParentEdgeKind() != edge.BlockStmt_List && statement.ParentEdgeKind() != edge.CaseClause_Body {
		if _, ok := statement.Node().(ast.Stmt); ok && statement.ParentEdgeKind() != edge.LabeledStmt_Stmt {
			return nil // in the header of a statement
		}
		statement = statement.Parent()
	}
	block := statement.Parent()
	// What else the block returns, or writes.
	for s := range block.Children() {
		switch n := s.Node().(type) {
		case *ast.ReturnStmt:
			for _, e := range n.Results {
				if isError(p.typeOf(e)) || p.catalogError(p.typeOf(e)) != "" {
					found = append(found, p.entriesIn(e)...)
				}
			}
		case *ast.ExprStmt, *ast.AssignStmt:
			if p.mentionsSame(n, writer) {
				found = append(found, p.entriesIn(n)...)
			}
		}
	}
	if len(found) > 0 {
		return found
	}
	// What it handles. A branch with a status that is no error's has recovered.
	if status < 400 {
		return nil
	}
	found, err := p.handledBy(block)
	if len(found) > 0 && p.mayTranslate(found, status) && !p.shows(block, writer, err) {
		return nil
	}
	return found
}

// mayTranslate reports whether a response with a status may be meant to say something
// else than the errors to which it is the answer.
func (p *pass) mayTranslate(found []entry, status int) bool {
	switch {
	case status >= 500, status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusNotFound:
		return true // as a gateway, or to hide what is there
	case !p.isOwn(found[0].of):
		return true
	}
	for _, e := range found[1:] {
		if !slices.Equal(e.statuses(), found[0].statuses()) {
			return true
		}
	}
	return false
}

// isOwn reports whether a generated package belongs to the module of the code.
func (p *pass) isOwn(of *codes.Package) bool {
	if p.Module == nil || p.Module.Path == "" {
		return true
	}
	return of.Path() == p.Module.Path || strings.HasPrefix(of.Path(), p.Module.Path+"/")
}

// shows reports whether a statement of a block writes an error to the response.
func (p *pass) shows(block inspector.Cursor, writer, err ast.Expr) bool {
	for s := range block.Children() {
		switch s.Node().(type) {
		case *ast.ExprStmt, *ast.AssignStmt:
			if err != nil && p.mentionsSame(s.Node(), writer) && p.mentionsSame(s.Node(), err) {
				return true
			}
		}
	}
	return false
}

// mentionsSame reports whether code mentions the variable that an expression names.
func (p *pass) mentionsSame(n ast.Node, e ast.Expr) bool {
	o := p.object(e)
	if o == nil {
		return false
	}
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && p.TypesInfo.Uses[id] == o
		_, isFunc := n.(*ast.FuncLit)
		return !isFunc
	})
	return found
}

// entriesIn returns the errors of catalogs that code mentions: constants and structs
// that it makes.
func (p *pass) entriesIn(n ast.Node) []entry {
	var found []entry
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if f := p.callee(n); isFunc(f, "errors", "Is", "As") {
				return false
			}
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "HTTPStatus" {
				return false
			}
			if of, s := p.OfStruct(p.typeOf(n)); of != nil && p.OfFunc(p.callee(n)) == of {
				found = append(found, entry{of, of.Const(s.Code)})
			}
		case *ast.CompositeLit:
			if of, s := p.OfStruct(p.typeOf(n)); of != nil {
				found = append(found, entry{of, of.Const(s.Code)})
			}
		case *ast.Ident:
			if _, ok := p.TypesInfo.Uses[n].(*types.Const); ok {
				found = append(found, p.entryOf(n)...)
			}
		case *ast.SelectorExpr:
			if _, ok := p.TypesInfo.Uses[n.Sel].(*types.Const); ok {
				found = append(found, p.entryOf(n)...)
			}
		}
		return true
	})
	return found
}

// entryOf returns the error of a constant, none if it is not one of a catalog.
func (p *pass) entryOf(e ast.Expr) []entry {
	of, code := p.codeOf(e)
	if of == nil || of.Const(code) == "" {
		return nil
	}
	return []entry{{of, of.Const(code)}}
}

// handledBy returns the errors that a block handles, with the error that was
// compared, if it is the branch of an if or of a switch for nothing else.
func (p *pass) handledBy(block inspector.Cursor) (found []entry, err ast.Expr) {
	if clause, ok := block.Node().(*ast.CaseClause); ok {
		return p.handledByCase(clause, block.Parent().Parent().Node())
	}
	around, kind, _ := parent(block)
	s, ok := around.Node().(*ast.IfStmt)
	if !ok {
		return nil, nil
	}
	return p.handledIf(s.Cond, kind == edge.IfStmt_Body, s.Init)
}

// handledByCase returns what a case of a switch handles.
func (p *pass) handledByCase(clause *ast.CaseClause, around ast.Node) (found []entry, err ast.Expr) {
	switch s := around.(type) {
	case *ast.SwitchStmt:
		for _, e := range clause.List {
			var more []entry
			if s.Tag == nil {
				more, err = p.handledIf(e, true, nil)
			} else {
				more, err = p.entryOf(ast.Unparen(e)), s.Tag
			}
			if len(more) == 0 {
				return nil, nil
			}
			found = append(found, more...)
		}
	case *ast.TypeSwitchStmt:
		for _, e := range clause.List {
			of, s := p.OfStruct(p.typeOf(e))
			if of == nil {
				return nil, nil
			}
			found = append(found, entry{of, of.Const(s.Code)})
		}
	}
	return found, err
}

// handledIf returns what is handled if a condition is true, or false. init is the
// statement before the condition, or nil.
func (p *pass) handledIf(cond ast.Expr, isTrue bool, init ast.Stmt) (found []entry, err ast.Expr) {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return p.handledIf(e.X, !isTrue, init)
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND, token.LOR:
			x, errX := p.handledIf(e.X, isTrue, init)
			y, errY := p.handledIf(e.Y, isTrue, init)
			if isTrue == (e.Op == token.LOR) && (len(x) == 0 || len(y) == 0) {
				return nil, nil // or something else
			}
			if errX == nil {
				errX = errY
			}
			return append(x, y...), errX
		case token.EQL, token.NEQ:
			if isTrue != (e.Op == token.EQL) {
				return nil, nil
			}
			if found := p.entryOf(ast.Unparen(e.Y)); found != nil {
				return found, e.X
			}
			return p.entryOf(ast.Unparen(e.X)), e.Y
		}
	case *ast.CallExpr:
		if isTrue {
			return p.handledByCall(e)
		}
	case *ast.Ident: // if e, ok := errors.AsType[...](err); ok
		a, ok := init.(*ast.AssignStmt)
		if !ok || !isTrue || len(a.Rhs) != 1 || p.object(e) == nil {
			return nil, nil
		}
		last, ok := a.Lhs[len(a.Lhs)-1].(*ast.Ident)
		if !ok || p.TypesInfo.Defs[last] != p.object(e) {
			return nil, nil
		}
		switch rhs := ast.Unparen(a.Rhs[0]).(type) {
		case *ast.CallExpr:
			return p.handledByCall(rhs)
		case *ast.TypeAssertExpr:
			if of, s := p.OfStruct(p.typeOf(rhs.Type)); of != nil {
				return []entry{{of, of.Const(s.Code)}}, rhs.X
			}
		}
	}
	return nil, nil
}

// handledByCall returns what is handled if a function of package errors finds it.
func (p *pass) handledByCall(call *ast.CallExpr) (found []entry, err ast.Expr) {
	f := p.callee(call)
	var t types.Type
	switch {
	case isFunc(f, "errors", "Is") && len(call.Args) == 2:
		return p.entryOf(ast.Unparen(call.Args[1])), call.Args[0]
	case isFunc(f, "errors", "As") && len(call.Args) == 2:
		pointer, ok := p.typeOf(call.Args[1]).Underlying().(*types.Pointer)
		if !ok {
			return nil, nil
		}
		t = pointer.Elem()
	case isFunc(f, "errors", "AsType") && len(call.Args) == 1:
		tuple, ok := p.typeOf(call).(*types.Tuple)
		if !ok || tuple.Len() == 0 {
			return nil, nil
		}
		t = tuple.At(0).Type()
	default:
		return nil, nil
	}
	of, s := p.OfStruct(t)
	if of == nil {
		return nil, nil
	}
	return []entry{{of, of.Const(s.Code)}}, call.Args[0]
}
