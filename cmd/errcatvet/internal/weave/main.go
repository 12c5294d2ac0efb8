// Command weave shows what errcatvet finds in code of other people: it downloads
// modules, changes their errors to those of a catalog, and runs errcatvet:
//
//	weave [-keep FOLDER] github.com/gorilla/websocket@v1.5.3 ...
//
// errors.New and fmt.Errorf become errors of the catalog, with params if they have
// arguments of basic types, and with a cause if they wrap one. Sentinel errors become
// codes wherever they are used, and http.Error sends a code. Nothing that the code does
// should change, so each finding is about the code, or false.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errcat/errcat/cmd/errcatvet/internal/vettest"
)

func main() {
	keep := flag.String("keep", "", "an empty `folder` for the changed modules, which are deleted otherwise")
	flag.Parse()
	if err := weave(*keep, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "weave:", err)
		os.Exit(2)
	}
}

// minGo is a version of Go with which generated packages compile.
const minGo = "1.25"

// weave runs errcatvet on copies of modules with a catalog, in a folder that is
// temporary if it has no name.
func weave(work string, modules []string) error {
	if work == "" {
		var err error
		if work, err = os.MkdirTemp("", "weave"); err != nil {
			return err
		}
		defer os.RemoveAll(work)
	}
	work, err := filepath.Abs(work)
	if err != nil {
		return err
	}
	tool := filepath.Join(work, "errcatvet")
	if err := command(".", "go", "build", "-o", tool, "./cmd/errcatvet"); err != nil {
		return err
	}
	for i, module := range modules {
		out, err := exec.Command("go", "mod", "download", "-json", module).Output()
		if err != nil {
			return fmt.Errorf("go mod download %s: %w", module, err)
		}
		var downloaded struct{ Dir string }
		if err := json.Unmarshal(out, &downloaded); err != nil {
			return err
		}
		dir := filepath.Join(work, strconv.Itoa(i))
		if err := os.CopyFS(dir, os.DirFS(downloaded.Dir)); err != nil {
			return err
		}
		// What a module vendors is not in its archive.
		if err := os.RemoveAll(filepath.Join(dir, "vendor")); err != nil {
			return err
		}
		if err := raiseGo(dir); err != nil {
			return err
		}
		if err := run(dir); err != nil {
			return err
		}
		if err := command(dir, "go", "build", "./..."); err != nil {
			return err
		}
		var exit *exec.ExitError
		if err := command(dir, tool, "-all", "./..."); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
			return err
		}
	}
	return nil
}

// raiseGo makes a module one of a version of Go that the woven code needs, unless it is
// one of a later version.
func raiseGo(dir string) error {
	edit := exec.Command("go", "mod", "edit", "-json")
	edit.Dir = dir
	out, err := edit.Output()
	if err != nil {
		return fmt.Errorf("go mod edit -json: %w", err)
	}
	var file struct{ Go string }
	if err := json.Unmarshal(out, &file); err != nil {
		return err
	}
	if version.Compare("go"+file.Go, "go"+minGo) >= 0 {
		return nil
	}
	return command(dir, "go", "mod", "edit", "-go="+minGo)
}

// command runs a command in a folder.
func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return nil
}

// run weaves a catalog into a module.
func run(dir string) error {
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir}, "./...")
	if err != nil {
		return err
	}
	if len(loaded) == 0 || loaded[0].Module == nil {
		err := errors.New("no module in " + dir)
		for _, p := range loaded {
			for _, problem := range p.Errors {
				err = errors.Join(err, problem)
			}
		}
		return err
	}
	w := &weaver{path: loaded[0].Module.Path + "/woven", sentinels: make(map[string]string)}
	slices.SortFunc(loaded, func(a, b *packages.Package) int { return cmp.Compare(a.PkgPath, b.PkgPath) })
	for _, p := range loaded {
		if p.IllTyped {
			fmt.Printf("%s is left out: %v\n", p.PkgPath, p.Errors)
			continue
		}
		w.collect(p)
	}
	files := 0
	for _, p := range loaded {
		if p.IllTyped {
			continue
		}
		for _, f := range p.Syntax {
			changed, err := w.file(p, f)
			if err != nil {
				return err
			}
			if changed {
				files++
			}
		}
	}
	fmt.Printf("%s: %d packages, %d files changed, %d errors: %d sentinels, %d with params, %d causes, %d responses of %d\n",
		loaded[0].Module.Path, len(loaded), files, w.count, len(w.sentinels), w.params, w.causes, w.responses, w.answers)
	source := "version: 1\ncatalog: {name: woven}\nerrors:\n" + w.catalog.String()
	return vettest.Generate([]byte(source), filepath.Join(dir, "woven"))
}

// A weaver replaces errors.
type weaver struct {
	path      string            // of the generated package
	sentinels map[string]string // constants by the variables whose errors they are
	catalog   strings.Builder   // the errors

	count, params, causes, responses int
	// answers are the calls of http.Error and WriteHeader with a constant status.
	answers int
}

// add adds an error to the catalog, and returns the name of its constant.
func (w *weaver) add(status int, message string, params []string) string {
	w.count++
	fmt.Fprintf(&w.catalog, "  WOVEN_%d: {code: W%d, http_status: %d, message: %q", w.count, w.count, status, message)
	if len(params) > 0 {
		w.params++
		fmt.Fprintf(&w.catalog, ", params: {%s}", strings.Join(params, ", "))
	}
	w.catalog.WriteString("}\n")
	return "Woven" + strconv.Itoa(w.count)
}

// collect finds the sentinel errors of a package.
func (w *weaver) collect(p *packages.Package) {
	for _, f := range p.Syntax {
		for _, decl := range f.Decls {
			decl, ok := decl.(*ast.GenDecl)
			if !ok || decl.Tok != token.VAR {
				continue
			}
			for _, spec := range decl.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, name := range spec.Names {
					if len(spec.Values) == len(spec.Names) && isCall(p, spec.Values[i], "errors", "New") {
						w.sentinels[p.PkgPath+"."+name.Name] = w.add(500, "a sentinel", nil)
					}
				}
			}
		}
	}
}

// isCall reports whether an expression calls a function of a package.
func isCall(p *packages.Package, e ast.Expr, path, name string) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	f, ok := typeutil.Callee(p.TypesInfo, call).(*types.Func)
	return ok && f.Pkg() != nil && f.Pkg().Path() == path && f.Name() == name && f.Signature().Recv() == nil
}

// An edit replaces a range of a file.
type edit struct {
	from, to int
	text     string
}

// file weaves errors into a file, and reports whether it has changed.
func (w *weaver) file(p *packages.Package, f *ast.File) (bool, error) {
	if ast.IsGenerated(f) {
		return false, nil
	}
	name := p.Fset.File(f.FileStart).Name()
	if usesName(f, "woven") || strings.HasSuffix(name, "_test.go") || !strings.HasSuffix(name, ".go") {
		return false, nil
	}
	source, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	offset := func(pos token.Pos) int { return p.Fset.Position(pos).Offset }
	text := func(n ast.Node) string { return string(source[offset(n.Pos()):offset(n.End())]) }
	var edits []edit
	replace := func(n ast.Node, with string) { edits = append(edits, edit{offset(n.Pos()), offset(n.End()), with}) }
	root := inspector.New([]*ast.File{f}).Root()
	root.Inspect([]ast.Node{(*ast.CallExpr)(nil), (*ast.Ident)(nil), (*ast.SelectorExpr)(nil), (*ast.GenDecl)(nil)}, func(c inspector.Cursor) bool {
		inFunction := false
		for range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
			inFunction = true
		}
		switch n := c.Node().(type) {
		case *ast.GenDecl:
			return n.Tok != token.IMPORT
		case *ast.Ident:
			if v, ok := p.TypesInfo.Uses[n].(*types.Var); ok && inFunction {
				w.sentinel(v, n, c, replace)
			}
		case *ast.SelectorExpr:
			if v, ok := p.TypesInfo.Uses[n.Sel].(*types.Var); ok && inFunction && w.sentinel(v, n, c, replace) {
				return false
			}
		case *ast.CallExpr:
			if isAnswer(p, n) {
				w.answers++
			}
			if with, ok := w.call(p, n, text); ok && inFunction {
				if a, ok := c.Parent().Node().(*ast.AssignStmt); ok && a.Tok == token.DEFINE || isValue(c) {
					with = "error(" + with + ")"
				}
				replace(n, with)
				return false
			}
		}
		return true
	})
	if len(edits) == 0 {
		return false, nil
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(b.from, a.from) })
	for _, e := range edits {
		source = slices.Concat(source[:e.from], []byte(e.text), source[e.to:])
	}
	names := make(map[string]string) // of imported packages in the file
	for _, spec := range f.Imports {
		o := p.TypesInfo.Implicits[spec]
		if spec.Name != nil {
			o = p.TypesInfo.Defs[spec.Name]
		}
		if o, ok := o.(*types.PkgName); ok {
			names[o.Imported().Path()] = o.Name()
		}
	}
	return true, write(name, source, w.path, names)
}

// isAnswer reports whether a call begins a response with a constant status.
func isAnswer(p *packages.Package, call *ast.CallExpr) bool {
	if isCall(p, call, "net/http", "Error") {
		return p.TypesInfo.Types[call.Args[2]].Value != nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "WriteHeader" && len(call.Args) == 1 && p.TypesInfo.Types[call.Args[0]].Value != nil
}

// isValue reports whether an expression gives a variable its type.
func isValue(c inspector.Cursor) bool {
	s, ok := c.Parent().Node().(*ast.ValueSpec)
	return ok && s.Type == nil
}

// usesName reports whether a file has an identifier.
func usesName(f *ast.File, name string) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

// sentinel replaces the use of a sentinel error.
func (w *weaver) sentinel(v *types.Var, n ast.Node, c inspector.Cursor, replace func(ast.Node, string)) bool {
	if v.Pkg() == nil || v.IsField() || v.Parent() != v.Pkg().Scope() {
		return false
	}
	name, ok := w.sentinels[v.Pkg().Path()+"."+v.Name()]
	if !ok {
		return false
	}
	switch around := c.Parent().Node().(type) {
	case *ast.ReturnStmt, *ast.BinaryExpr, *ast.CaseClause:
		replace(n, "woven."+name)
		return true
	case *ast.AssignStmt:
		if around.Tok == token.ASSIGN && slices.ContainsFunc(around.Rhs, func(e ast.Expr) bool { return e == n }) {
			replace(n, "woven."+name)
			return true
		}
	case *ast.CallExpr:
		if around.Fun != n {
			replace(n, "woven."+name)
			return true
		}
	}
	return false
}

// call returns what replaces a call.
func (w *weaver) call(p *packages.Package, call *ast.CallExpr, text func(ast.Node) string) (string, bool) {
	switch {
	case isCall(p, call, "errors", "New"):
		if _, ok := call.Args[0].(*ast.BasicLit); ok {
			return "woven." + w.add(400, "new", nil), true
		}
	case isCall(p, call, "net/http", "Error"):
		status := p.TypesInfo.Types[call.Args[2]].Value
		if status != nil && p.TypesInfo.Types[call.Args[1]].Value != nil {
			number, _ := constant.Int64Val(status)
			w.responses++
			code := w.add(int(number), "response", nil)
			return fmt.Sprintf("%s(%s, woven.%s.Error(), %s)", text(call.Fun), text(call.Args[0]), code, text(call.Args[2])), true
		}
	case isCall(p, call, "fmt", "Errorf"):
		return w.errorf(p, call, text)
	}
	return "", false
}

// errorf returns what replaces a call of fmt.Errorf.
func (w *weaver) errorf(p *packages.Package, call *ast.CallExpr, text func(ast.Node) string) (string, bool) {
	v := p.TypesInfo.Types[call.Args[0]].Value
	if v == nil || call.Ellipsis.IsValid() {
		return "", false
	}
	cause := ""
	var params, values []string
	kinds := make(map[string]bool)
	for i, arg := range call.Args[1:] {
		t := p.TypesInfo.TypeOf(arg)
		if types.Identical(t, types.Universe.Lookup("error").Type()) {
			if cause != "" {
				return "", false
			}
			cause = text(arg)
			continue
		}
		basic, ok := types.Default(t).(*types.Basic)
		kind, conversion := "", "%s"
		switch {
		case !ok:
			return "", false
		case basic.Kind() == types.String:
			kind = "string"
		case basic.Info()&types.IsInteger != 0:
			kind, conversion = "integer", "int64(%s)"
		case basic.Info()&types.IsBoolean != 0:
			kind = "boolean"
		default:
			return "", false
		}
		kinds[kind] = true
		params = append(params, fmt.Sprintf("p%d: %s", i, kind))
		values = append(values, fmt.Sprintf("P%d: "+conversion, i, text(arg)))
	}
	message := "failed"
	for _, param := range params {
		name, _, _ := strings.Cut(param, ":")
		message += " {" + name + "}"
	}
	code := w.add(500, message, params)
	made := "woven." + code
	switch {
	case len(params) == 0:
	case len(kinds) == len(params): // it has a constructor
		for i := range values {
			_, values[i], _ = strings.Cut(values[i], ": ")
		}
		made = fmt.Sprintf("woven.New%s(%s)", code, strings.Join(values, ", "))
	default:
		made = fmt.Sprintf("&woven.%sError{%s}", code, strings.Join(values, ", "))
	}
	if cause == "" {
		return made, true
	}
	w.causes++
	return fmt.Sprintf("woven.WithCause(%s, %s)", made, cause), true
}

// write writes a changed file, with the import of the generated package and without
// those that it no longer needs.
func write(name string, source []byte, path string, names map[string]string) error {
	fset := token.NewFileSet()
	f, err := parseFile(fset, name, source)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	used := make(map[string]bool)
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	for _, spec := range slices.Clone(f.Imports) {
		imported, err := strconv.Unquote(spec.Path.Value)
		if local := names[imported]; err == nil && local != "" && local != "_" && local != "." && !used[local] {
			if spec.Name != nil {
				astutil.DeleteNamedImport(fset, f, spec.Name.Name, imported)
			} else {
				astutil.DeleteImport(fset, f, imported)
			}
		}
	}
	astutil.AddImport(fset, f, path)
	var b bytes.Buffer
	if err := format.Node(&b, fset, f); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}

// parseFile parses the source of a file with its comments.
func parseFile(fset *token.FileSet, name string, source []byte) (*ast.File, error) {
	return parser.ParseFile(fset, name, source, parser.ParseComments)
}
