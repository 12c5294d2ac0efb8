package golang

import (
	"embed"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"

	"github.com/errcat/errcat/generator/files"
)

// fixed has the files that are the same in every generated package.
//
//go:embed fixed/cause.go fixed/code.go fixed/field.go fixed/find.go fixed/format.go fixed/http.go fixed/json.go fixed/log.go fixed/members.go fixed/object.go fixed/problem.go fixed/sensitive.go fixed/status.go fixed/uri.go
//go:embed fixed/integer/integer.go
var fixed embed.FS

// fixedPaths are the files of fixed. In a generated package, each is at the top.
var fixedPaths = []string{
	"fixed/cause.go", "fixed/code.go", "fixed/field.go", "fixed/find.go", "fixed/format.go", "fixed/http.go", "fixed/integer/integer.go",
	"fixed/json.go", "fixed/log.go", "fixed/members.go", "fixed/object.go", "fixed/problem.go", "fixed/sensitive.go", "fixed/status.go", "fixed/uri.go",
}

// FileNames returns the names of the files that a package can have.
func FileNames() []string {
	names := []string{"catalog.go", "codes.go", "errors.go", "metadata.go"}
	for _, source := range fixedPaths {
		names = append(names, path.Base(source))
	}
	return names
}

// needs reports whether the package has the fixed file with a name.
func (p *pkg) needs(name string) bool {
	switch name {
	case "format.go":
		return p.formatsParams()
	case "http.go":
		return !p.noNetHTTP
	case "integer.go":
		return p.IntegerCodes
	case "sensitive.go":
		return slices.ContainsFunc(p.structs(), hasSensitive)
	case "field.go", "members.go", "object.go", "problem.go", "status.go", "uri.go":
		return !p.NoHTTP
	}
	return true
}

// fixedFiles returns the files of fsys, which has those of fixed, that the package
// needs.
func (p *pkg) fixedFiles(fsys fs.FS) (files.Files, error) {
	var out files.Files
	for _, source := range fixedPaths {
		name := path.Base(source)
		if !p.needs(name) {
			continue
		}
		data, err := fs.ReadFile(fsys, source)
		if err != nil {
			return nil, err
		}
		if data, err = p.adopt(data); err != nil {
			return nil, fmt.Errorf("%s: %w", source, err)
		}
		out = append(out, files.File{Path: name, Data: data})
	}
	return out, nil
}

// adopt returns a fixed file as a file of the package: with its header, and
// with its name in the package clause. All other bytes stay. Parsing and
// printing whole files would take as long as the rest of a run.
func (p *pkg) adopt(data []byte) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", data, parser.PackageClauseOnly)
	if err != nil {
		return nil, err
	}
	start, end := set.Position(file.Name.Pos()).Offset, set.Position(file.Name.End()).Offset
	return slices.Concat([]byte(p.header()+"\n\n"), data[:start], []byte(p.name), data[end:]), nil
}

// header returns the first line of every file.
func (p *pkg) header() string { return "// " + files.Header(p.Name, "go") }
