package golang

import (
	"embed"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"

	"github.com/errcat/errcat/generator/files"
)

// fixed has the files that are the same in every generated package.
//
//go:embed fixed/code.go fixed/find.go fixed/format.go fixed/http.go fixed/log.go fixed/members.go fixed/problem.go fixed/status.go fixed/wrap.go
var fixed embed.FS

// fixedFiles returns the files in the folder fixed of fsys that the package
// needs.
func (p *pkg) fixedFiles(fsys fs.FS) (files.Files, error) {
	entries, err := fs.ReadDir(fsys, "fixed")
	if err != nil {
		return nil, err
	}
	var out files.Files
	for _, entry := range entries {
		path := entry.Name()
		if !p.needs(path) {
			continue
		}
		data, err := fs.ReadFile(fsys, "fixed/"+path)
		if err != nil {
			return nil, err
		}
		if data, err = p.adopt(data); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, files.File{Path: path, Data: data})
	}
	return out, nil
}

// needs reports whether the package needs a fixed file.
func (p *pkg) needs(path string) bool {
	switch path {
	case "format.go":
		return p.formatsParams()
	case "http.go":
		return !p.noNetHTTP
	case "members.go", "problem.go", "status.go":
		return !p.NoHTTP
	}
	return true
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
