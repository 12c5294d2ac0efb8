package prose

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Outline is the structure of a Markdown document that people maintain, as far
// as errcat needs it to write into the document. Lines are counted from 0.
type Outline struct {
	Headings []Heading
	// Verbatim holds the lines that are not read as Markdown: code, the content
	// of some HTML elements, multi-line comments, the front matter.
	Verbatim map[int]bool
}

// Heading is a heading of a document.
type Heading struct {
	Line, Level int
	// Text is the source of the heading's words.
	Text string
}

// ParseOutline reads a document. It accepts every document and does not fail.
func ParseOutline(document []byte) Outline {
	o := Outline{Verbatim: make(map[int]bool)}
	// Overwrite what is not Markdown, so that offsets do not change.
	source := bytes.Clone(document)
	if bytes.HasPrefix(source, []byte("\ufeff")) {
		copy(source, "   ")
	}
	matter := frontMatterLen(source)
	starts := []int{0}
	for i, c := range source {
		if c == '\n' {
			starts = append(starts, i+1)
		} else if i < matter {
			source[i] = ' '
		}
	}
	lineOf := func(offset int) int {
		line, found := slices.BinarySearch(starts, offset)
		if !found {
			line--
		}
		return line
	}
	for i := 0; starts[i] < matter; i++ {
		o.Verbatim[i] = true
	}
	verbatim := func(lines *text.Segments) {
		for i := range lines.Len() {
			o.Verbatim[lineOf(lines.At(i).Start)] = true
		}
	}
	root := outlineParser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if lines := n.Lines(); lines.Len() > 0 {
				o.Headings = append(o.Headings, Heading{Line: lineOf(lines.At(0).Start), Level: n.Level, Text: string(bytes.TrimSpace(lines.Value(source)))})
			}
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			verbatim(n.Lines())
		case *ast.HTMLBlock:
			if n.HTMLBlockType >= ast.HTMLBlockType6 {
				break // tags around Markdown
			}
			if n.HasClosure() {
				o.Verbatim[lineOf(n.ClosureLine.Start)] = true
			}
			// A comment on one line may be a marker.
			if n.HTMLBlockType == ast.HTMLBlockType1 || n.Lines().Len() > 1 || n.HasClosure() {
				verbatim(n.Lines())
			}
		}
		return ast.WalkContinue, nil
	})
	return o
}

// outlineParser parses the blocks of a document, but not its inline markup.
func outlineParser(more ...parser.Option) parser.Parser {
	return parser.NewParser(append(more, parser.WithBlockParsers(
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	))...)
}

// frontMatterLen returns the length of the front matter, or 0 without one.
func frontMatterLen(source []byte) int {
	fence := ""
	length := 0
	for line := range bytes.Lines(source) {
		words := string(bytes.TrimRight(line, " \t\r\n"))
		if length == 0 {
			if fence = string(bytes.TrimLeft([]byte(words), " ")); fence != "---" && fence != "+++" {
				return 0
			}
		}
		length += len(line)
		if length > len(line) && words == fence {
			return length
		}
	}
	return 0
}
