package analyzers

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// Result reports errors that are made and then dropped.
var Result = newAnalyzer("coderesult", `report errors that are made and not used

The result of a constructor, of WithCause or of another function of a generated
package that only returns something is dropped. Most often a return is missing. To
drop it on purpose, assign it to _.`, notTests,
	func(p *pass) {
		p.each(func(c inspector.Cursor) {
			call := c.Node().(*ast.CallExpr)
			_, kind, _ := parent(c)
			switch kind {
			case edge.ExprStmt_X, edge.GoStmt_Call, edge.DeferStmt_Call:
			default:
				return
			}
			f := p.callee(call)
			of := p.OfFunc(f)
			// ReadProblem also reads.
			if of == nil || !f.Exported() || f.Signature().Results().Len() == 0 || f.Name() == "ReadProblem" {
				return
			}
			var fixes []analysis.SuggestedFix
			if kind == edge.ExprStmt_X && f.Signature().Results().Len() == 1 && p.returnsOnlyError(c) {
				fixes = p.returned(c)
			}
			p.report(call, fmt.Sprintf("the result of %s is not used", shown(of, f.Name())), fixes...)
		}, (*ast.CallExpr)(nil))
	})

// returned returns the fix that returns the result of the call of a statement. A
// return nil behind it goes; before other statements there is no fix, since they
// would no longer run.
func (p *pass) returned(call inspector.Cursor) []analysis.SuggestedFix {
	statement, _, _ := parent(call)
	edits := []analysis.TextEdit{insert(statement.Node().Pos(), "return ")}
	if next, ok := statement.NextSibling(); ok {
		ret, ok := next.Node().(*ast.ReturnStmt)
		if !ok || len(ret.Results) != 1 {
			return nil
		}
		if id, ok := ret.Results[0].(*ast.Ident); !ok || id.Name != "nil" {
			return nil
		}
		from := statement.Node().End()
		if file, line := p.Fset.File(ret.Pos()), p.Fset.Position(ret.Pos()).Line; line > p.Fset.Position(from).Line {
			from = file.LineStart(line) - 1 // with its line, without comments above it
		}
		edits = append(edits, analysis.TextEdit{Pos: from, End: ret.End()})
	}
	return fix("Return it", edits...)
}

// returnsOnlyError reports whether the function around a call returns an error and
// nothing else, and the call does, too.
func (p *pass) returnsOnlyError(c inspector.Cursor) bool {
	f, _, _ := function(c)
	r := p.results(f)
	if r == nil || r.Len() != 1 || !isError(r.At(0).Type()) {
		return false
	}
	return types.AssignableTo(p.typeOf(c.Node().(ast.Expr)), r.At(0).Type())
}
