package usage

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// flow follows one value of an error.
type flow struct {
	*program
	of   *catalog
	code string
	from Place
	seen map[visit]bool
	// isList means that the value is one of all codes, which programs list as well.
	isList bool

	raised, handled, maybe []Place
}

// visit is a variable, or a result of a function, that a value has reached.
type visit struct {
	at     key
	result int // -1 for a variable
	isKey  bool
}

// state is how a value has come to an expression.
type state struct {
	// place is where a variable of a package that has only this value is used, if it
	// has come through one.
	place *Place
	// isStored means that it has come through a variable, which can have other values.
	isStored bool
	// isKey means that the value is a key of the map that the expression is.
	isKey bool
}

// newFlow returns the flow of an error from an expression.
func (p *program) newFlow(r ref, of *catalog, code string) *flow {
	return &flow{program: p, of: of, code: code, from: p.place(r), seen: make(map[visit]bool)}
}

// at returns the place to report.
func (f *flow) at(s state) Place {
	if s.place != nil {
		return *s.place
	}
	return f.from
}

func (f *flow) raise(s state) {
	if !s.isKey {
		f.raised = append(f.raised, f.at(s))
	}
}

func (f *flow) handle(s state) { f.handled = append(f.handled, f.at(s)) }

// lose says that types do not tell what becomes of the value.
func (f *flow) lose(s state) {
	if !s.isKey {
		f.maybe = append(f.maybe, f.at(s))
	}
}

// end adds the places to the result.
func (f *flow) end() {
	if len(f.raised)+len(f.handled) > 0 {
		f.maybe = nil
	}
	if f.code == anyCode {
		if f.isList {
			f.maybe = nil
		}
		f.of.result.Dynamic = append(f.of.result.Dynamic, append(f.raised, f.maybe...)...)
		return
	}
	if e := f.of.error(f.code); e != nil {
		e.Raised = append(e.Raised, f.raised...)
		e.Handled = append(e.Handled, f.handled...)
		e.MaybeRaised = append(e.MaybeRaised, f.maybe...)
	}
}

// value follows the value of an expression.
func (f *flow) value(r ref, s state) {
	for {
		parent, kind, index := around(r.at)
		up := ref{r.in, parent}
		info := r.in.TypesInfo
		switch kind {
		case edge.StarExpr_X, edge.TypeAssertExpr_X, edge.SliceExpr_X, edge.SelectorExpr_Sel:
			if assert, ok := parent.Node().(*ast.TypeAssertExpr); ok && assert.Type == nil {
				f.typeSwitch(up, s)
				return
			}
		case edge.UnaryExpr_X:
			if op := parent.Node().(*ast.UnaryExpr).Op; op != token.AND && op != token.ARROW {
				return
			}
		case edge.IndexExpr_X:
			if s.isKey {
				return
			}
		case edge.IndexExpr_Index:
			f.handle(s)
			if up.at.ParentEdgeKind() == edge.AssignStmt_Lhs { // it becomes a key of the map
				s.isKey = true
				f.assign(ref{r.in, up.at.ChildAt(edge.IndexExpr_X, -1)}, s)
			}
			return
		case edge.SelectorExpr_X:
			if !f.selector(up, s) {
				return
			}
		case edge.KeyValueExpr_Key:
			lit := ref{r.in, parent.Parent()}
			if _, isMap := info.TypeOf(lit.at.Node().(ast.Expr)).Underlying().(*types.Map); !isMap {
				return
			}
			f.handle(s)
			s.isKey = true
			r = lit
			continue
		case edge.KeyValueExpr_Value:
			lit := ref{r.in, parent.Parent()}
			if field := fieldOf(info, lit.at, parent.Node().(*ast.KeyValueExpr).Key, 0); field != nil {
				f.field(field, s)
				return
			}
			r = lit
			continue
		case edge.CompositeLit_Elts:
			if field := fieldOf(info, parent, nil, index); field != nil {
				f.field(field, s)
				return
			}
		case edge.AssignStmt_Rhs:
			a := parent.Node().(*ast.AssignStmt)
			if a.Tok == token.ASSIGN || a.Tok == token.DEFINE {
				if len(a.Lhs) != len(a.Rhs) {
					index = 0 // v, ok := m[k]
				}
				f.assign(ref{r.in, parent.ChildAt(edge.AssignStmt_Lhs, index)}, s)
			}
			return
		case edge.ValueSpec_Values:
			if spec := parent.Node().(*ast.ValueSpec); index < len(spec.Names) {
				if v, ok := info.Defs[spec.Names[index]].(*types.Var); ok && spec.Names[index].Name != "_" {
					f.variable(v, s)
				}
			}
			return
		case edge.RangeStmt_X:
			f.ranged(up, s)
			return
		case edge.ReturnStmt_Results:
			f.returned(up, index, s)
			return
		case edge.SendStmt_Value:
			send := parent.Node().(*ast.SendStmt)
			if ch, ok := info.TypeOf(send.Chan).Underlying().(*types.Chan); ok && isError(ch.Elem()) {
				f.raise(s)
				return
			}
			f.assign(ref{r.in, parent.ChildAt(edge.SendStmt_Chan, -1)}, s)
			return
		case edge.BinaryExpr_X, edge.BinaryExpr_Y:
			f.compared(up, kind, s)
			return
		case edge.CaseClause_List:
			f.handle(s)
			return
		case edge.SwitchStmt_Tag:
			if !s.isStored {
				f.handle(s)
			}
			return
		case edge.CallExpr_Args:
			if r = f.argument(up, index, &s); r.in == nil {
				return
			}
			continue
		case edge.CallExpr_Fun, edge.AssignStmt_Lhs, edge.RangeStmt_Key, edge.RangeStmt_Value, edge.SendStmt_Chan, edge.ExprStmt_X, edge.IncDecStmt_X,
			edge.DeferStmt_Call, edge.GoStmt_Call:
			return
		default:
			f.lose(s)
			return
		}
		r = up
	}
}

// typeSwitch follows a value into the variables of the cases of a type switch.
func (f *flow) typeSwitch(r ref, s state) {
	for c := range r.at.Enclosing((*ast.TypeSwitchStmt)(nil)) {
		for _, clause := range c.Node().(*ast.TypeSwitchStmt).Body.List {
			if v := r.in.TypesInfo.Implicits[clause]; v != nil {
				f.variable(v, s)
			}
		}
		return
	}
}

// selector follows a value whose field or method is selected. It reports whether the
// selector has the value.
func (f *flow) selector(r ref, s state) bool {
	selection := r.in.TypesInfo.Selections[r.at.Node().(*ast.SelectorExpr)]
	if selection == nil {
		return false
	}
	if selection.Kind() == types.FieldVal {
		// Else it is a param, or a field that is followed by itself.
		return !s.isKey && f.byTypes[selection.Obj().Pkg()] != nil && selection.Obj().Name() == "Err"
	}
	m := selection.Obj().(*types.Func)
	if sig := f.params[f.key(m)]; sig != nil && sig.Recv() != nil {
		f.variable(sig.Recv(), s) // of a list or a map
		return false
	}
	// The status or the text of an error may be the answer to a client.
	if m.Name() != "Is" && m.Name() != "As" {
		f.lose(s)
	}
	return false
}

// fieldOf returns the field of a composite literal that has a key or a position, nil
// if it is no struct.
func fieldOf(info *types.Info, lit inspector.Cursor, name ast.Expr, index int) *types.Var {
	t := info.TypeOf(lit.Node().(ast.Expr))
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	if id, ok := name.(*ast.Ident); ok {
		v, _ := info.Uses[id].(*types.Var)
		return v
	}
	if index < fields.NumFields() {
		return fields.Field(index)
	}
	return nil
}

// field follows a value that is stored in a field.
func (f *flow) field(v *types.Var, s state) {
	if of := f.byTypes[v.Pkg()]; of != nil && v.Name() == "Err" {
		f.raise(s) // of a FieldError
		return
	}
	if f.tagged[f.key(v)] {
		f.lose(s) // something may encode it
	}
	f.variable(v, s)
}

// assign follows a value to what it is assigned to.
func (f *flow) assign(r ref, s state) {
	info := r.in.TypesInfo
	for {
		switch n := r.at.Node().(type) {
		case *ast.Ident:
			if n.Name == "_" {
				return
			}
			v, ok := info.ObjectOf(n).(*types.Var)
			switch {
			case !ok:
				f.lose(s)
			case f.result(r, v, s) && isError(v.Type()):
			default:
				f.variable(v, s)
			}
			return
		case *ast.ParenExpr:
			r.at = r.at.ChildAt(edge.ParenExpr_X, -1)
		case *ast.IndexExpr:
			r.at = r.at.ChildAt(edge.IndexExpr_X, -1)
		case *ast.StarExpr:
			if isError(info.TypeOf(n)) {
				f.raise(s)
				return
			}
			f.lose(s) // another variable may have it
			r.at = r.at.ChildAt(edge.StarExpr_X, -1)
		case *ast.SelectorExpr:
			if v, ok := info.Uses[n.Sel].(*types.Var); ok && v.IsField() {
				f.field(v, s)
			} else if ok {
				f.variable(v, s)
			}
			return
		default:
			f.lose(s)
			return
		}
	}
}

// result follows a value that is assigned to a variable, if that is a result of a
// function around the assignment. It reports whether it is.
func (f *flow) result(r ref, v *types.Var, s state) (is bool) {
	for c := range r.at.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		if sig := signature(r.in, c.Node()); sig != nil {
			for i := range sig.Results().Len() {
				if sig.Results().At(i) == v {
					f.leave(ref{r.in, c}, i, s)
					is = true
				}
			}
		}
	}
	return is
}

// signature returns the signature of a function, nil for another node.
func signature(u *unit, n ast.Node) *types.Signature {
	var sig *types.Signature
	switch n := n.(type) {
	case *ast.FuncDecl:
		if f, ok := u.TypesInfo.Defs[n.Name].(*types.Func); ok {
			sig = f.Signature()
		}
	case *ast.FuncLit:
		sig, _ = u.TypesInfo.TypeOf(n).(*types.Signature)
	}
	return sig
}

// variable follows a value to the uses of a variable or a field.
func (f *flow) variable(o types.Object, s state) {
	v, ok := o.(*types.Var)
	if !ok {
		f.lose(s)
		return
	}
	k := f.key(v)
	if f.seen[visit{k, -1, s.isKey}] {
		return
	}
	f.seen[visit{k, -1, s.isKey}] = true
	isGlobal := v.Parent() != nil && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
	s.isStored = true
	reads := 0
	for _, use := range f.refs[k] {
		if kind := use.at.ParentEdgeKind(); kind == edge.AssignStmt_Lhs || kind == edge.KeyValueExpr_Key && v.IsField() {
			continue // it is written
		}
		if kind := use.at.ParentEdgeKind(); kind == edge.SelectorExpr_Sel && use.at.Parent().ParentEdgeKind() == edge.AssignStmt_Lhs {
			continue
		}
		reads++
		at := s
		if isGlobal && f.holds(v.Type()) {
			place := f.place(use)
			at.place = &place
		}
		f.value(use, at)
	}
	for _, twin := range f.twins[k] {
		reads++
		f.variable(twin, s)
	}
	// Reflection or another program may read what is exported.
	if reads == 0 && (v.IsField() || v.Exported() && isGlobal) {
		f.lose(s)
	}
}

// holds reports whether a variable of a type holds one value.
func (f *flow) holds(t types.Type) bool {
	of, _ := f.structOf(t)
	return isError(t) || f.catalogOf(t) != nil || of != nil
}

// ranged follows a value of what a statement ranges over.
func (f *flow) ranged(r ref, s state) {
	stmt := r.at.Node().(*ast.RangeStmt)
	kind, variable := edge.RangeStmt_Value, stmt.Value
	switch r.in.TypesInfo.TypeOf(stmt.X).Underlying().(type) {
	case *types.Map:
		if s.isKey {
			kind, variable = edge.RangeStmt_Key, stmt.Key
		}
	case *types.Chan, *types.Signature:
		kind, variable = edge.RangeStmt_Key, stmt.Key
	}
	s.isKey = false
	if variable != nil {
		f.assign(ref{r.in, r.at.ChildAt(kind, -1)}, s)
	}
}

// compared follows an operand.
func (f *flow) compared(r ref, kind edge.Kind, s state) {
	n := r.at.Node().(*ast.BinaryExpr)
	if n.Op != token.EQL && n.Op != token.NEQ {
		f.lose(s)
		return
	}
	other := n.X
	if kind == edge.BinaryExpr_X {
		other = n.Y
	}
	tv := r.in.TypesInfo.Types[other]
	if tv.IsNil() || s.isStored && tv.Value != nil {
		return // the other one is the target, if there is one
	}
	f.handle(s)
}

// returned follows a result of the function around a statement.
func (f *flow) returned(r ref, index int, s state) {
	for c := range r.at.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		f.leave(ref{r.in, c}, index, s)
		return
	}
}

// leave follows a result of a function.
func (f *flow) leave(r ref, index int, s state) {
	sig := signature(r.in, r.at.Node())
	if sig == nil || index >= sig.Results().Len() {
		return
	}
	decl, isDecl := r.at.Node().(*ast.FuncDecl)
	switch {
	case isDecl && decl.Recv != nil && decl.Name.Name == "Unwrap" && !s.isStored:
		f.lose(s) // all errors of the type have a code of a catalog
	case isError(sig.Results().At(index).Type()), isDecl && decl.Recv != nil && decl.Name.Name == "Unwrap":
		f.raise(s)
	case isDecl:
		f.results(r.in.TypesInfo.Defs[decl.Name].(*types.Func), index, s)
	default:
		f.literal(r, index, s)
	}
}

// literal follows a result of a function literal.
func (f *flow) literal(r ref, index int, s state) {
	if parent, kind, _ := around(r.at); kind == edge.CallExpr_Fun {
		f.called(ref{r.in, parent}, index, s)
		return
	}
	if v := f.variableOf(r); v != nil {
		f.callers(f.key(v), index, s)
		return
	}
	f.lose(s)
}

// results follows a result of a function or method.
func (f *flow) results(fn *types.Func, index int, s state) {
	if f.seen[visit{f.key(fn), index, s.isKey}] {
		return
	}
	isMethod := fn.Signature().Recv() != nil
	found := f.callers(f.key(fn), index, s)
	if isMethod {
		for _, call := range f.dynamic[fn.Name()] {
			found = true
			f.called(call, index, s)
		}
	}
	if !found {
		f.lose(s)
	}
}

// callers follows a result of what an object has to where it is called, and reports
// whether it is used.
func (f *flow) callers(k key, index int, s state) bool {
	if f.seen[visit{k, index, s.isKey}] {
		return true
	}
	f.seen[visit{k, index, s.isKey}] = true
	found := false
	for _, use := range f.refs[k] {
		parent, kind, _ := around(use.at)
		for kind == edge.SelectorExpr_Sel || kind == edge.IndexExpr_X || kind == edge.IndexListExpr_X {
			parent, kind, _ = around(parent)
		}
		switch kind {
		case edge.CallExpr_Fun:
			found = true
			f.called(ref{use.in, parent}, index, s)
		case edge.AssignStmt_Lhs:
		default:
			found = true
			f.lose(s) // a function value
		}
	}
	return found
}

// called follows a result of a call.
func (f *flow) called(r ref, index int, s state) {
	if tuple, ok := r.in.TypesInfo.TypeOf(r.at.Node().(ast.Expr)).(*types.Tuple); !ok || tuple.Len() < 2 {
		f.value(r, s)
		return
	}
	parent, kind, _ := around(r.at)
	up := ref{r.in, parent}
	switch kind {
	case edge.AssignStmt_Rhs:
		f.assign(ref{r.in, parent.ChildAt(edge.AssignStmt_Lhs, index)}, s)
	case edge.ValueSpec_Values:
		f.assign(ref{r.in, parent.ChildAt(edge.ValueSpec_Names, index)}, s)
	case edge.ReturnStmt_Results:
		f.returned(up, index, s)
	case edge.CallExpr_Args:
		if next := f.argument(up, index, &s); next.in != nil {
			f.value(next, s)
		}
	case edge.ExprStmt_X, edge.DeferStmt_Call, edge.GoStmt_Call:
	default:
		f.lose(s)
	}
}

// asks matches the names of functions that compare what they are given.
var asks = regexp.MustCompile(`(?i)^(is|has|not|equal|same|match|contains?)$|^(Is|Has|Not|Equal|Same|Match|Contains)[A-Z]|(Is|As|IsAny|Equal)f?$`)

// argument follows an argument of a call. It returns the call if it has the value,
// else the zero ref.
func (f *flow) argument(r ref, index int, s *state) ref {
	call, info := r.at.Node().(*ast.CallExpr), r.in.TypesInfo
	if info.Types[call.Fun].IsType() {
		return r
	}
	switch fn := typeutil.Callee(info, call).(type) {
	case *types.Builtin:
		return f.builtin(r, fn.Name(), index, *s)
	case *types.Func:
		path := ""
		if fn.Pkg() != nil {
			path = fn.Pkg().Path()
		}
		switch {
		case isFunc(fn, "errors", "Is"):
			if index == 1 {
				f.handle(*s)
			}
			return ref{}
		case isFunc(fn, "errors", "As", "AsType"), path == "testing":
			return ref{}
		case path == "log" && (strings.HasPrefix(fn.Name(), "Fatal") || strings.HasPrefix(fn.Name(), "Panic")):
			f.raise(*s)
			return ref{}
		case path == "log", path == "log/slog":
			f.lose(*s) // nobody else may see that there was an error
			return ref{}
		case isFunc(fn, "errors", "Join", "Unwrap"):
			return r
		case isFunc(fn, "fmt", "Errorf"):
			if tv := info.Types[call.Args[0]]; tv.Value != nil && strings.Contains(constant.StringVal(tv.Value), "%w") {
				return r
			}
			f.lose(*s)
			return ref{}
		case f.byTypes[fn.Pkg()] != nil && f.params[f.key(fn)] == nil:
			return f.generated(r, fn, index, *s)
		case f.transports[fn.Pkg()] && f.params[f.key(fn)] == nil && fn.Signature().Recv() == nil:
			return f.carried(r, fn, index, *s)
		case isAbstract(fn):
			if f.implementations(fn, index, *s) {
				return ref{}
			}
		}
		if sig := f.params[f.key(fn)]; sig != nil {
			f.parameter(sig, index, *s)
			return ref{}
		}
		return f.opaque(r, fn.Name(), fn.Signature(), index, *s)
	case *types.Var:
		if literals := f.literals[f.key(fn)]; len(literals) > 0 {
			for _, sig := range literals {
				f.parameter(sig, index, *s)
			}
			return ref{}
		}
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		f.parameter(signature(r.in, lit), index, *s)
		return ref{}
	}
	t := info.TypeOf(call.Fun)
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" {
		f.raise(*s) // CancelCauseFunc
		return ref{}
	}
	sig, ok := t.Underlying().(*types.Signature)
	if ok && !returnsBool(sig) {
		return f.opaque(r, "", sig, index, *s)
	}
	if id, isName := ast.Unparen(call.Fun).(*ast.Ident); ok && isName && id.Name == "yield" && isError(sig.Params().At(index).Type()) {
		f.raise(*s) // to who ranges over the iterator
		return ref{}
	}
	f.lose(*s) // a function value that returns a bool may compare the value
	return ref{}
}

// builtin follows an argument of a built-in function.
func (f *flow) builtin(r ref, name string, index int, s state) ref {
	switch name {
	case "panic":
		f.raise(s)
	case "append":
		return r
	case "copy":
		if index == 1 {
			f.assign(ref{r.in, r.at.ChildAt(edge.CallExpr_Args, 0)}, s)
		}
	case "delete":
		if index == 1 {
			f.handle(s)
		}
	}
	return ref{}
}

// generated follows an argument of a function of a generated package.
func (f *flow) generated(r ref, fn *types.Func, index int, s state) ref {
	switch name := fn.Name(); {
	case fn.Signature().Recv() != nil:
		if name == "Is" {
			f.handle(s)
		}
	case strings.HasPrefix(name, "With"), strings.HasPrefix(name, "At"):
		return r
	case name == "WriteProblem", name == "ProblemOf", name == "MapError" && index == 1:
		f.raise(s)
	case name == "MapError":
		f.handle(s)
	case name == "CodeOf", name == "HTTPStatus", name == "RetryAfterOf", name == "LogAttr":
	default:
		f.lose(s)
	}
	return ref{}
}

// carried follows an argument of a function of a package for gRPC or Connect.
func (f *flow) carried(r ref, fn *types.Func, index int, s state) ref {
	switch name := fn.Name(); {
	case name == "FromError":
		return r
	case name == "Status", name == "NewError", name == "MapError" && index == 1:
		f.raise(s)
	case name == "MapError":
		f.handle(s)
	default:
		f.lose(s)
	}
	return ref{}
}

// implementations follows an argument of a method of an interface into the methods
// of the program that have the name, and reports whether there are any.
func (f *flow) implementations(fn *types.Func, index int, s state) bool {
	found := false
	for _, m := range f.methods[fn.Name()] {
		if sig := signature(m.in, m.at.Node()); sig != nil && sig.Params().Len() == fn.Signature().Params().Len() {
			found = true
			f.parameter(sig, index, s)
		}
	}
	return found
}

// parameter follows a value into a function.
func (f *flow) parameter(sig *types.Signature, index int, s state) {
	if sig == nil || sig.Params().Len() == 0 {
		return
	}
	f.variable(sig.Params().At(min(index, sig.Params().Len()-1)), s)
}

// opaque follows an argument of a function whose body is not known.
func (f *flow) opaque(r ref, name string, sig *types.Signature, index int, s state) ref {
	call, info := r.at.Node().(*ast.CallExpr), r.in.TypesInfo
	if returnsBool(sig) || asks.MatchString(name) {
		f.handle(s)
		return ref{}
	}
	for _, arg := range call.Args {
		if named, ok := types.Unalias(info.TypeOf(arg)).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "net/http" && named.Obj().Name() == "ResponseWriter" {
			if isError(info.TypeOf(call.Args[min(index, len(call.Args)-1)])) || f.holds(info.TypeOf(call.Args[min(index, len(call.Args)-1)])) {
				f.raise(s)
				return ref{}
			}
		}
	}
	results := []types.Type{info.TypeOf(call)}
	if tuple, ok := results[0].(*types.Tuple); ok {
		results = results[:0]
		for v := range tuple.Variables() {
			results = append(results, v.Type())
		}
	}
	for i, t := range results {
		// An error that wraps it, or the value itself. The error of a function that
		// takes anything is usually its own.
		if f.catalogOf(t) != nil || isError(t) && f.takesError(sig, index) {
			if len(results) > 1 {
				f.called(r, i, s)
				return ref{}
			}
			return r
		}
	}
	f.lose(s)
	return ref{}
}

// returnsBool reports whether the only result of a function is a bool.
func returnsBool(sig *types.Signature) bool {
	return sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type().Underlying(), types.Typ[types.Bool])
}

// takesError reports whether a parameter is an error, or a type parameter.
func (f *flow) takesError(sig *types.Signature, index int) bool {
	n := sig.Params().Len()
	if n == 0 {
		return false
	}
	t := sig.Params().At(min(index, n-1)).Type()
	if slice, ok := t.(*types.Slice); ok && sig.Variadic() && index >= n-1 {
		t = slice.Elem()
	}
	if _, ok := t.(*types.TypeParam); ok {
		return true
	}
	return isError(t) || f.holds(t)
}

// isError reports whether a type is an interface of errors.
func isError(t types.Type) bool {
	if t == nil || !types.IsInterface(t) {
		return false
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return false
	}
	return types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}
