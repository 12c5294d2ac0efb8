package analyzers

import (
	"go/ast"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// A role is what code does with an error of a catalog.
type role int

const (
	unclear role = iota // the types do not tell
	raised              // it becomes the error of something that failed
	handled             // another error is compared with it
)

// asks matches the names of functions that compare errors, or expect them.
var asks = regexp.MustCompile(`(?i)^(is|as|has|in|not|no|equal|same|match|contain|expect|assert|require|must|want|check|cmp|compare|diff|fail|log|trace|record|count|observe|register|ignore|skip|retry|allow|accept|except|unless|until|only|on|filter|suppress|swallow|mock|stub)`)

// makes matches the names of functions that make or send an error of a code, and do not
// do something else with it that can fail.
var makes = regexp.MustCompile(`(?i)^(new|err|fail|raise|throw|reject|abort|return|make|build|wrap|problem)|(err|error|errorf|fail|failure|problem)$`)

// roleOf returns the role of an expression that is an error of a catalog.
func (p *pass) roleOf(c inspector.Cursor) role {
	for {
		around, kind, index := parent(c)
		switch kind {
		case edge.ReturnStmt_Results:
			f, _, _ := function(around)
			if decl, ok := f.Node().(*ast.FuncDecl); ok && decl.Recv != nil && decl.Name.Name == "Unwrap" {
				return unclear // an error with the code of a catalog
			}
			r := p.results(f)
			if r != nil && index < r.Len() && isError(r.At(index).Type()) {
				return raised
			}
			return unclear
		case edge.AssignStmt_Rhs:
			a := around.Node().(*ast.AssignStmt)
			if len(a.Lhs) == len(a.Rhs) && isError(p.typeOf(a.Lhs[index])) {
				return raised
			}
			return unclear
		case edge.ValueSpec_Values:
			// A variable of the package is a name for comparisons as often as not.
			spec := around.Node().(*ast.ValueSpec)
			if _, _, body := function(around); body != nil && index < len(spec.Names) && isError(p.typeOf(spec.Names[index])) {
				return raised
			}
			return unclear
		case edge.SendStmt_Value:
			if ch, ok := p.typeOf(around.Node().(*ast.SendStmt).Chan).Underlying().(*types.Chan); ok && isError(ch.Elem()) {
				return raised
			}
			return unclear
		case edge.KeyValueExpr_Value:
			lit, ok := around.Parent().Node().(*ast.CompositeLit)
			key, _ := around.Node().(*ast.KeyValueExpr).Key.(*ast.Ident)
			switch {
			case !ok || key == nil:
				return unclear
			case key.Name == "Err" && p.isOfCatalog(p.typeOf(lit), "FieldError"):
				return raised
			case !isError(p.typeOf(key)) || !isErrorType(p.typeOf(lit)):
				return unclear
			}
			c = around.Parent() // an error that wraps it
		case edge.CompositeLit_Elts:
			t := p.typeOf(around.Node().(*ast.CompositeLit))
			fields, ok := t.Underlying().(*types.Struct)
			if !ok || !isError(fields.Field(index).Type()) || !isErrorType(t) {
				return unclear
			}
			c = around
		case edge.UnaryExpr_X:
			c = around
		case edge.BinaryExpr_X, edge.BinaryExpr_Y, edge.CaseClause_List, edge.SwitchStmt_Tag, edge.KeyValueExpr_Key, edge.MapType_Key:
			return handled
		case edge.CallExpr_Args:
			call := around.Node().(*ast.CallExpr)
			if p.isConversion(call) {
				c = around
				continue
			}
			return p.roleOfArgument(call, index)
		default:
			return unclear
		}
	}
}

// isOfCatalog reports whether a type is one of a generated package, by its name.
func (p *pass) isOfCatalog(t types.Type, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && p.Package(named.Obj().Pkg()) != nil
}

// roleOfArgument returns the role of an argument of a call.
func (p *pass) roleOfArgument(call *ast.CallExpr, index int) role {
	f := p.callee(call)
	switch {
	case p.isBuiltin(call, "panic"):
		return raised
	case isFunc(f, "errors", "Join"), isNamed(p.typeOf(call.Fun), "context", "CancelCauseFunc"):
		return raised
	case isFunc(f, "fmt", "Errorf"):
		if format, ok := p.value(call.Args[0]); ok && strings.Contains(format, "%w") {
			return raised
		}
		return unclear
	case f != nil && f.Name() == "MapError" && index == 1:
		return raised // of a generated package, or of one beside it for gRPC or Connect
	case p.OfFunc(f) != nil:
		switch name := f.Name(); {
		case strings.HasPrefix(name, "With") && index < 2, strings.HasPrefix(name, "At"), name == "WriteProblem", name == "ProblemOf":
			return raised
		}
		return unclear
	}
	sig, ok := p.typeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		return unclear
	}
	t := parameter(sig, call, index)
	isCode := p.OfCode(t) != nil
	if !isCode && !isError(t) {
		return unclear // it takes anything, as a format does
	}
	if isYield(call) && isError(t) {
		return raised
	}
	if sig.Variadic() && index >= sig.Params().Len()-1 {
		return unclear // who takes several looks for one of them
	}
	for r := range sig.Results().Variables() {
		if types.Identical(r.Type().Underlying(), types.Typ[types.Bool]) {
			return handled
		}
	}
	name := ""
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	}
	if asks.MatchString(name) {
		return unclear
	}
	answers := false
	for i, arg := range call.Args {
		switch t := p.typeOf(arg); {
		case i == index:
		case isError(t), p.catalogError(t) != "", returnsError(t):
			return unclear // the other one may be or have the error, and this one is the target
		case isResponseWriter(t):
			answers = true
		}
	}
	for r := range sig.Results().Variables() {
		answers = answers || hasError(r.Type()) && (!isCode || sig.Results().Len() == 1 && makes.MatchString(name))
	}
	if answers {
		return raised
	}
	return unclear
}

// isYield reports whether a call gives something to who ranges over an iterator.
func isYield(call *ast.CallExpr) bool {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && id.Name == "yield"
}

// isErrorType reports whether values of a type, or pointers to them, are errors.
func isErrorType(t types.Type) bool {
	return types.Implements(t, errorInterface) || types.Implements(types.NewPointer(t), errorInterface)
}

// hasError reports whether values of a type are errors, or have one as a
// *status.Status of gRPC.
func hasError(t types.Type) bool {
	if types.Implements(t, errorInterface) && !isTypeParam(t) {
		return true
	}
	o, _, _ := types.LookupFieldOrMethod(t, true, nil, "Err")
	f, ok := o.(*types.Func)
	return ok && f.Signature().Params().Len() == 0 && f.Signature().Results().Len() == 1 && isError(f.Signature().Results().At(0).Type())
}

// returnsError reports whether a type is that of functions which return an error.
func returnsError(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return false
	}
	for r := range sig.Results().Variables() {
		if isError(r.Type()) {
			return true
		}
	}
	return false
}

// parameter returns the type of the parameter for an argument of a call.
func parameter(sig *types.Signature, call *ast.CallExpr, index int) types.Type {
	last := sig.Params().Len() - 1
	if last < 0 {
		return types.Typ[types.Invalid] // not valid Go
	}
	t := sig.Params().At(min(index, last)).Type()
	if slice, ok := t.(*types.Slice); ok && sig.Variadic() && index >= last && !call.Ellipsis.IsValid() {
		return slice.Elem()
	}
	return t
}
