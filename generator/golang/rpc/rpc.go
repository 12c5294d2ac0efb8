// Package rpc renders a catalog as a Go package that carries the errors of a package
// of the target go over gRPC or Connect. That package needs only the standard
// library; this one stands beside it and imports what it needs.
//
// The files that are the same for every catalog are in the folder _fixed, which the
// go command does not build, because errcat does not depend on what they import. The
// tests compile them as parts of generated packages.
package rpc

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/golang"
	"github.com/errcat/errcat/generator/prose"
)

// Wire is what carries the errors.
type Wire string

// The wires, which the names of packages end with.
const (
	GRPC    Wire = "grpc"
	Connect Wire = "connect"
)

// Target returns the name of the target.
func (w Wire) Target() string { return "go-" + string(w) }

// Options are the options of an output.
type Options struct {
	Wire Wire
	// Import is the import path of the package of the target go.
	Import string
	// Package is the name of the Go package. If it is empty, it is the catalog's
	// GoPackage followed by the Wire.
	Package string
}

//go:embed _fixed/connect.go _fixed/grpc.go _fixed/mapping.go _fixed/params.go _fixed/problem.go _fixed/receive.go _fixed/send.go
var fixed embed.FS

// FileNames returns the names of the files that a package can have.
func FileNames() []string {
	return []string{"catalog.go", "connect.go", "grpc.go", "mapping.go", "params.go", "problem.go", "receive.go", "send.go"}
}

// Generate returns the files of a Go package. It fails if gRPC cannot carry the
// errors of the catalog.
func Generate(c *catalog.Catalog, opt Options) (files.Files, error) {
	p := &pkg{Catalog: c, Options: opt, name: cmp.Or(opt.Package, c.GoPackage+string(opt.Wire))}
	if err := golang.CheckPackageName(p.name); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	out := files.Files{{Path: "catalog.go", Data: p.catalogFile()}}
	content := "problem.go"
	if c.NoHTTP {
		content = "params.go"
	}
	names := []string{string(opt.Wire) + ".go", "mapping.go", content, "receive.go", "send.go"}
	slices.Sort(names)
	for _, name := range names {
		data, err := fs.ReadFile(fixed, path.Join("_fixed", name))
		if err != nil {
			return nil, err
		}
		if data, err = p.adopt(data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, files.File{Path: name, Data: data})
	}
	return out, nil
}

// pkg is the package to generate.
type pkg struct {
	*catalog.Catalog
	Options
	name string
}

// check returns an error if gRPC cannot carry the errors of the catalog.
func (p *pkg) check() error {
	var errs []error
	for _, problem := range p.GRPCProblems() {
		at := ""
		if problem.Pos.Line > 0 {
			at = problem.Pos.String() + ": "
		}
		errs = append(errs, fmt.Errorf("%s%s; %s", at, problem.Text, problem.Help))
	}
	return errors.Join(errs...)
}

// adopt returns a fixed file as a file of the package: with its header, its name in
// the package clause, and the import path of the other package. All other bytes stay.
func (p *pkg) adopt(data []byte) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", data, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	offset := func(pos token.Pos) int { return set.Position(pos).Offset }
	out := []byte(p.header() + "\n\n")
	rest := 0
	replace := func(from, to token.Pos, text string) {
		out = append(append(out, data[rest:offset(from)]...), text...)
		rest = offset(to)
	}
	replace(file.Name.Pos(), file.Name.End(), p.name)
	for _, spec := range file.Imports {
		if spec.Name != nil && spec.Name.Name == "catalog" {
			replace(spec.Path.Pos(), spec.Path.End(), strconv.Quote(p.Import))
		}
	}
	return append(out, data[rest:]...), nil
}

// header returns the first line of every file.
func (p *pkg) header() string { return "// " + files.Header(p.Name, p.Wire.Target()) }

// sent returns the errors that clients see, sorted by code.
func (p *pkg) sent() []*catalog.Error {
	sent := slices.DeleteFunc(slices.Clone(p.Errors), func(e *catalog.Error) bool { return e.Audience == catalog.Internal })
	slices.SortFunc(sent, func(a, b *catalog.Error) int { return strings.Compare(a.Code, b.Code) })
	return sent
}

// catalogFile returns the file with what depends on the catalog.
func (p *pkg) catalogFile() []byte {
	var b strings.Builder
	b.WriteString(p.header() + "\n\n")
	b.WriteString(p.doc())
	imports := ""
	if len(p.sent()) > 0 {
		imports = "\t\"google.golang.org/genproto/googleapis/rpc/code\"\n\n"
	}
	fmt.Fprintf(&b, "package %s\n\nimport (\n%s\tcatalog %q\n)\n\n", p.name, imports, p.Import)
	fallback := `catalog.Code("")`
	if p.Fallback != nil {
		fallback = constant(p.Fallback)
	}
	fmt.Fprintf(&b, "// fallback is what clients see instead of an error that is internal or not in\n// the catalog.\nconst fallback = %s\n", fallback)
	p.entries(&b)
	p.links(&b)
	return []byte(b.String())
}

// doc returns the documentation of the package.
func (p *pkg) doc() string {
	if p.Wire == Connect {
		return fmt.Sprintf(`// Package %s carries the errors of the catalog %s over Connect, gRPC and gRPC-Web.
//
//	connect.WithInterceptors(%s.NewInterceptor())
//
// is the option of a handler or a client. What a handler returns arrives at the
// client as the same error, for errors.Is and errors.As. Errors that are internal or
// not in the catalog show nothing of themselves.
`, p.name, p.Name, p.name)
	}
	return fmt.Sprintf(`// Package %s carries the errors of the catalog %s over gRPC.
//
//	grpc.NewServer(
//		grpc.ChainUnaryInterceptor(%[1]s.UnaryServerInterceptor()),
//		grpc.ChainStreamInterceptor(%[1]s.StreamServerInterceptor()),
//	)
//	grpc.NewClient(target,
//		grpc.WithChainUnaryInterceptor(%[1]s.UnaryClientInterceptor()),
//		grpc.WithChainStreamInterceptor(%[1]s.StreamClientInterceptor()),
//	)
//
// What a handler returns arrives at the client as the same error, for errors.Is and
// errors.As. Errors that are internal or not in the catalog show nothing of
// themselves.
`, p.name, p.Name)
}

// entries writes the table of the errors that are sent. It is no switch: of thousands
// of codes, the compiler would need many seconds for one.
func (p *pkg) entries(b *strings.Builder) {
	var rows []string
	for _, e := range p.sent() {
		var asJSON []string
		for _, param := range e.Params {
			switch param.Type {
			case catalog.String, catalog.Datetime, catalog.Duration:
			default:
				if !param.Sensitive {
					asJSON = append(asJSON, param.Name)
				}
			}
		}
		rows = append(rows, fmt.Sprintf("{%s, code.Code_%s, %q}", constant(e), e.GRPCCode, strings.Join(asJSON, " ")))
	}
	table(b, "entries are the errors that clients see, sorted by code.", "entries", "entry", rows)
}

// links writes the table of the links of errors.
func (p *pkg) links(b *strings.Builder) {
	var rows []string
	for _, e := range p.sent() {
		for _, l := range e.Links {
			if prose.IsAbsolute(l.URL) {
				rows = append(rows, fmt.Sprintf("{%s, %q, %q}", constant(e), l.Title, l.URL))
			}
		}
	}
	table(b, "links are the documentation of errors, sorted by code.", "links", "link", rows)
}

// constant returns the constant of an error. Linters report the name of one that is
// deprecated, wherever it is used.
func constant(e *catalog.Error) string {
	if e.Deprecated != nil || e.Retired != nil {
		return fmt.Sprintf("catalog.Code(%q)", e.Code)
	}
	return "catalog." + e.GoName
}

// table writes a variable with a row per line.
func table(b *strings.Builder, doc, name, of string, rows []string) {
	fmt.Fprintf(b, "\n// %s\nvar %s = [...]%s{", doc, name, of)
	for _, row := range rows {
		b.WriteString("\n\t" + row + ",")
	}
	if len(rows) > 0 {
		b.WriteString("\n")
	}
	b.WriteString("}\n")
}
