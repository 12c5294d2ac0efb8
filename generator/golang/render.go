package golang

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
	"golang.org/x/sync/errgroup"

	"github.com/errcat/errcat/generator/files"
)

// A goFile is a file of the package that is yet to be rendered. Its sections
// are built and formatted separately: on all cores, and with the memory for
// only a few of them at a time.
type goFile struct {
	path string
	// doc is the documentation of the package, which one file has.
	doc *comment
	// imports are paths that a section needs without naming them to jennifer.
	imports  []string
	sections []*section
}

// A section is a run of declarations in a file.
type section struct {
	build func(*jen.Group)
	// isLaidOut means that build writes the spaces and line breaks that gofmt
	// would, and leaves only the indentation to layout. Most of a large package
	// is neither parsed nor formatted, which would take as long as building it and
	// several times as long: tests pass every package that they make to gofmt.
	isLaidOut bool
	// continues means that the section continues the block that the section
	// before it began: its first line and the last line of that section are
	// replaced by gap.
	continues bool
	gap       string

	// body is the rendered declarations, and imports the paths that they import.
	body    []byte
	imports []string
}

// sectionSize is the number of errors in a section.
const sectionSize = 50

// add adds one section of declarations.
func (f *goFile) add(builds ...func(*jen.Group)) {
	f.sections = append(f.sections, &section{build: func(g *jen.Group) {
		for _, build := range builds {
			build(g)
		}
	}})
}

// addEach adds the declarations of each of many items; build lays them out.
func addEach[T any](f *goFile, items []T, build func(*jen.Group, T)) {
	for items := range slices.Chunk(items, sectionSize) {
		f.sections = append(f.sections, &section{isLaidOut: true, build: func(g *jen.Group) {
			for _, item := range items {
				build(g, item)
			}
		}})
	}
}

// addBlock adds one declaration that is a block with elements for each of many
// items, with a gap between sections. build writes the same first line of the
// block for every section, and what comes before the block only if isFirst.
func addBlock[T any](f *goFile, items []T, gap string, build func(g *jen.Group, items []T, isFirst bool)) {
	for i, items := range slices.Collect(slices.Chunk(items, sectionSize)) {
		f.sections = append(f.sections, &section{
			build:     func(g *jen.Group) { build(g, items, i == 0) },
			isLaidOut: true,
			continues: i > 0,
			gap:       gap,
		})
	}
}

// render returns the files that have declarations, rendered on all cores.
func (p *pkg) render(goFiles ...*goFile) (files.Files, error) {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, f := range goFiles {
		for _, s := range f.sections {
			g.Go(func() error {
				if err := s.render(); err != nil {
					return fmt.Errorf("rendering %s: %w", f.path, err)
				}
				return nil
			})
		}
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var out files.Files
	for _, f := range goFiles {
		if len(f.sections) == 0 {
			continue
		}
		data, err := f.assemble(p)
		if err != nil {
			return nil, err
		}
		out = append(out, files.File{Path: f.path, Data: data})
	}
	return out, nil
}

// assemble returns the content of the file, whose sections have been rendered.
func (f *goFile) assemble(p *pkg) ([]byte, error) {
	head := jen.NewFile(p.name)
	head.HeaderComment(p.header())
	if f.doc != nil {
		head.PackageComment(f.doc.String())
	}
	size := 0
	imports := make(map[string]bool)
	for _, path := range f.imports {
		imports[path] = true
	}
	for _, s := range f.sections {
		size += len(s.body) + len("\n")
		for _, path := range s.imports {
			imports[path] = true
		}
	}
	importDecl(head.Group, slices.Sorted(maps.Keys(imports)))
	var b bytes.Buffer
	if err := head.Render(&b); err != nil {
		return nil, fmt.Errorf("rendering the head of %s: %w", f.path, err)
	}
	b.Grow(size)
	for _, s := range f.sections {
		body := s.body
		if s.continues {
			b.Truncate(bytes.LastIndexByte(b.Bytes()[:b.Len()-1], '\n') + 1)
			b.WriteString(s.gap)
			_, body, _ = bytes.Cut(body, []byte("\n"))
		} else {
			b.WriteByte('\n')
		}
		b.Write(body)
		s.body = nil
	}
	return b.Bytes(), nil
}

// importDecl adds the import declaration, if there are imports.
func importDecl(g *jen.Group, paths []string) {
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

// render renders the section.
func (s *section) render() error {
	f := jen.NewFile("section")
	f.NoFormat = s.isLaidOut
	s.build(f.Group)
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		// After the first line, the text is the whole source.
		text, _, _ := strings.Cut(err.Error(), "\n")
		return errors.New(text)
	}
	s.body = bytes.TrimPrefix(b.Bytes(), []byte("package section\n\n"))
	if bytes.HasPrefix(s.body, []byte("import ")) {
		end := "\n\n"
		if bytes.HasPrefix(s.body, []byte("import (")) {
			end = "\n)\n\n"
		}
		head, rest, _ := bytes.Cut(s.body, []byte(end))
		for field := range strings.FieldsSeq(string(head)) {
			if path, err := strconv.Unquote(field); err == nil {
				s.imports = append(s.imports, path)
			}
		}
		s.body = rest
	}
	if s.isLaidOut {
		s.body = layout(s.body)
	}
	return nil
}

// layout returns declarations with their lines indented, with one empty line
// between declarations, and with runs of empty lines reduced to one.
func layout(decls []byte) []byte {
	out := make([]byte, 0, len(decls)+len(decls)/8)
	depth := 0
	gap := false      // there is an empty line before the next one
	isComment := true // the line before is one, or there is none
	for line := range bytes.Lines(decls) {
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

// The layouts that gofmt leaves as they are. Jennifer puts a space between the
// tokens of a statement, so tokens without a space between them are built as
// one, or are tight.
var (
	tight        = jen.Options{}
	argumentList = jen.Options{Open: "(", Close: ")", Separator: ", "}
)

// call returns a call, or the name and arguments of a function's declaration,
// as gofmt leaves it.
func call(f jen.Code, arguments ...jen.Code) jen.Code {
	return jen.Custom(tight, f, jen.Custom(argumentList, arguments...))
}
