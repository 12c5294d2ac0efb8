package golang

import (
	"bytes"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/files"
)

// A source is a file of the package that is yet to be rendered. Its parts are
// built and formatted one by one: on all cores, and with what that takes in
// memory for few of them at once.
type source struct {
	path string
	// doc is the documentation of the package; nil in all files but one.
	doc   *comment
	parts []*part
}

// A part is some declarations of a file.
type part struct {
	build func(*jen.Group)
	// isLaidOut means that build writes the spaces and line ends that gofmt
	// would, and leaves it to layout to indent the lines. So most of a large
	// package is not formatted, which costs several times what building it does.
	isLaidOut bool
	// goesOn means that the part is a block which the part before it began:
	// its first line and the last line of that are left out, and the gap
	// stands in their place.
	goesOn bool
	gap    string

	// body are the rendered declarations, imports the paths that they import.
	body    []byte
	imports []string
}

// partSize is the number of errors in a part.
const partSize = 50

// add adds a part of declarations.
func (s *source) add(builds ...func(*jen.Group)) {
	s.parts = append(s.parts, &part{build: func(g *jen.Group) {
		for _, build := range builds {
			build(g)
		}
	}})
}

// addEach adds declarations for each of many items; they are laid out by build.
func addEach[T any](s *source, items []T, build func(*jen.Group, T)) {
	for items := range slices.Chunk(items, partSize) {
		s.parts = append(s.parts, &part{isLaidOut: true, build: func(g *jen.Group) {
			for _, item := range items {
				build(g, item)
			}
		}})
	}
}

// addBlock adds one declaration that is a block with elements for each of many
// items, with a gap between them. The first line of the block is built alike
// for all parts; what stands before it, for isFirst alone.
func addBlock[T any](s *source, items []T, gap string, build func(g *jen.Group, items []T, isFirst bool)) {
	for i, items := range slices.Collect(slices.Chunk(items, partSize)) {
		s.parts = append(s.parts, &part{
			build:     func(g *jen.Group) { build(g, items, i == 0) },
			isLaidOut: true,
			goesOn:    i > 0,
			gap:       gap,
		})
	}
}

// file returns the file, as a file of the package. Its parts have been rendered.
func (s *source) file(p *pkg) (files.File, error) {
	head := jen.NewFile(p.name)
	head.HeaderComment("// " + files.Header(p.Name, "go"))
	if s.doc != nil {
		head.PackageComment(s.doc.String())
	}
	size := 0
	imports := make(map[string]bool)
	for _, part := range s.parts {
		size += len(part.body) + len("\n")
		for _, path := range part.imports {
			imports[path] = true
		}
	}
	importDecl(head.Group, slices.Sorted(maps.Keys(imports)))
	var b bytes.Buffer
	if err := head.Render(&b); err != nil {
		return files.File{}, fmt.Errorf("rendering the head of %s: %w", s.path, err)
	}
	b.Grow(size)
	for _, part := range s.parts {
		body := part.body
		if part.goesOn {
			b.Truncate(bytes.LastIndexByte(b.Bytes()[:b.Len()-1], '\n') + 1)
			b.WriteString(part.gap)
			_, body, _ = bytes.Cut(body, []byte("\n"))
		} else {
			b.WriteByte('\n')
		}
		b.Write(body)
		part.body = nil
	}
	return files.File{Path: s.path, Data: b.Bytes()}, nil
}

// importDecl adds the declaration of all imports.
func importDecl(g *jen.Group, paths []string) {
	// import (
	// 	"log/slog"
	// )
	switch len(paths) {
	case 0:
	case 1:
		g.Id("import").Lit(paths[0])
	default:
		g.Id("import").CustomFunc(jen.Options{Open: "(", Close: ")", Multi: true}, func(g *jen.Group) {
			for _, path := range paths {
				g.Lit(path)
			}
		})
	}
}

// render renders the part.
func (p *part) render() error {
	f := jen.NewFile("part")
	f.NoFormat = p.isLaidOut
	p.build(f.Group)
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		// The rest of the text is the source.
		text, _, _ := strings.Cut(err.Error(), "\n")
		return errors.New(text)
	}
	if p.isLaidOut {
		// What is not formatted has not been parsed either.
		if _, err := parser.ParseFile(token.NewFileSet(), "", b.Bytes(), parser.SkipObjectResolution); err != nil {
			return err
		}
	}
	p.body = bytes.TrimPrefix(b.Bytes(), []byte("package part\n\n"))
	if bytes.HasPrefix(p.body, []byte("import ")) {
		end := "\n\n"
		if bytes.HasPrefix(p.body, []byte("import (")) {
			end = "\n)\n\n"
		}
		head, rest, _ := bytes.Cut(p.body, []byte(end))
		for field := range strings.FieldsSeq(string(head)) {
			if path, err := strconv.Unquote(field); err == nil {
				p.imports = append(p.imports, path)
			}
		}
		p.body = rest
	}
	if p.isLaidOut {
		p.body = layout(p.body)
	}
	return nil
}

// layout returns declarations with their lines indented, and with one empty
// line between declarations and where there are several.
func layout(source []byte) []byte {
	out := make([]byte, 0, len(source)+len(source)/8)
	depth := 0
	gap := false      // there is an empty line before the next one
	isComment := true // the line before is one, or there is none
	for line := range bytes.Lines(source) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if len(line) == 0 {
			gap = true
			continue
		}
		isEnd := line[0] == '}' || line[0] == ')'
		if isEnd {
			depth--
		}
		if !isEnd && (gap || depth == 0 && !isComment) && len(out) > 0 {
			out = append(out, '\n')
		}
		for range depth {
			out = append(out, '\t')
		}
		out = append(out, line...)
		out = append(out, '\n')
		isComment = bytes.HasPrefix(line, []byte("//"))
		if end := line[len(line)-1]; !isComment && (end == '{' || end == '(') {
			depth++
		}
		gap = false
	}
	return out
}

// argumentLines is the layout of a call: a line an argument.
var argumentLines = jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true}

// The layouts of what gofmt leaves as it is. Jennifer puts a space between the
// tokens of a statement, so that in a part which is laid out what stands
// together is one token, or tight.
var (
	tight        = jen.Options{}
	argumentList = jen.Options{Open: "(", Close: ")", Separator: ", "}
)

// call returns a call, or the name and arguments of a function's declaration,
// as gofmt leaves it.
func call(f jen.Code, arguments ...jen.Code) jen.Code {
	return jen.Custom(tight, f, jen.Custom(argumentList, arguments...))
}
