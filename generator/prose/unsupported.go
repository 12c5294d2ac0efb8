package prose

import (
	"bytes"
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Problem is Markdown that does not do what its author expects.
type Problem struct {
	Kind ProblemKind
	// At is the index of the Markdown in the source of the text.
	At int
	// Source is the Markdown as far as it is on one line. Unless it is a
	// RelativeLink, it is what every output shows.
	Source string
	// Target is the target of a link.
	Target string
}

// ProblemKind is the kind of a Problem.
type ProblemKind int

// The kinds of problems. All but a RelativeLink are constructs of Markdown that
// outputs show as text.
const (
	RelativeLink ProblemKind = iota + 1
	DisallowedLink
	LinkDefinition
	Footnote
	RawHTML
	HTMLComment
	Image
	MarkdownHeading
	BlockQuote
	HorizontalRule
	Strikethrough
	TaskList
	ListStart
)

// Problems returns the Markdown of the text that does not do what its author
// expects, in the order of the source. It misses some in texts that would take
// too long to parse.
func (t Text) Problems() []Problem {
	src := unixLines(t.src)
	if len(src) != len(t.src) || !mayHaveProblems(src) || isTooDense(countSpecial([]byte(src)), len(src)) {
		return nil
	}
	source := []byte(src)
	var c checker
	c.source = source
	_ = ast.Walk(fullParser().Parse(text.NewReader(source)), c.visit)
	// Definitions come before the links that begin on an earlier line of the paragraph.
	slices.SortStableFunc(c.problems, func(p, q Problem) int { return cmp.Compare(p.At, q.At) })
	return c.problems
}

// mayHaveProblems reports whether a text has any character of which the
// constructs consist.
func mayHaveProblems(src string) bool {
	if hasUnusualLink(src) || strings.IndexByte(src, '<') >= 0 || strings.Contains(src, "~~") || strings.Contains(src, "]:") {
		return true
	}
	for line := range strings.Lines(src) {
		line = strings.TrimLeft(line, " \t")
		switch {
		case line == "":
		case strings.IndexByte("#>=_", line[0]) >= 0, isASCIIDigit(rune(line[0])) && !strings.HasPrefix(line, "1. "):
			return true
		case line[0] == '-' || line[0] == '*':
			rest := strings.TrimLeft(line, "-* \t")
			if rest == "" || rest == "\n" || rest[0] == '[' || rest[0] == '#' || rest[0] == '>' {
				return true
			}
		}
	}
	return false
}

// hasUnusualLink reports whether there may be a link that is not absolute or to an
// error of the catalog, or an image.
func hasUnusualLink(src string) bool {
	for {
		before, after, ok := strings.Cut(src, "](")
		if !ok {
			return false
		}
		target, _, _ := strings.Cut(after, ")")
		isUsual := strings.HasPrefix(target, "#") && target != "#" || IsAbsolute(target)
		if !isUsual || !isSimpleTarget(target) || strings.Contains(before, "![") {
			return true
		}
		src = after
	}
}

// fullParser knows what Markdown readers know, so that it finds what a catalog
// may not use.
var fullParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(placedParser{parser.NewThematicBreakParser()}, 200),
			util.Prioritized(placedParser{shallowParser{parser.NewListParser()}}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(placedParser{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(placedParser{shallowParser{parser.NewBlockquoteParser()}}, 800),
			util.Prioritized(placedParser{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(tableTransformer{extension.NewTableParagraphTransformer()}, 200),
		),
	)
})

// shallowParser is a parser of blocks that are not nested too deeply.
type shallowParser struct{ parser.BlockParser }

func (p shallowParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if isDeep(parent) {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// placedParser is a parser of blocks that notes where they begin: the position of
// goldmark counts a tab that is only in part the indent of an item as its columns.
type placedParser struct{ parser.BlockParser }

func (p placedParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, line := reader.Position()
	at := line.Start + max(pc.BlockOffset()-line.Padding, 0)
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		node.SetAttributeString(placeAttribute, at)
	}
	return node, state
}

const placeAttribute = "place"

// placeOf returns the index of a node in the source.
func placeOf(n ast.Node) int {
	if at, ok := n.AttributeString(placeAttribute); ok {
		return at.(int)
	}
	return n.Pos()
}

// checker collects problems.
type checker struct {
	source   []byte
	problems []Problem
}

// lineEnd stands for the end of the line.
const lineEnd = math.MaxInt

// add adds a problem whose Markdown is from begin to the end of the line, or to
// end if that is earlier.
func (c *checker) add(kind ProblemKind, begin, end int) *Problem {
	end = min(end, len(c.source))
	if n := bytes.IndexByte(c.source[begin:], '\n'); n >= 0 {
		end = min(end, begin+n)
	}
	source := bytes.TrimLeft(c.source[begin:end], " \t")
	c.problems = append(c.problems, Problem{Kind: kind, At: end - len(source), Source: string(bytes.TrimRight(source, " \t"))})
	return &c.problems[len(c.problems)-1]
}

func (c *checker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	at := placeOf(n)
	switch n := n.(type) {
	case *ast.Heading:
		if n.Lines().Len() == 0 {
			return ast.WalkContinue, nil // only number signs
		}
		c.add(MarkdownHeading, at, lineEnd)
	case *ast.Blockquote:
		if isComparison(c.source[at:]) {
			return ast.WalkContinue, nil
		}
		c.add(BlockQuote, at, lineEnd)
		return ast.WalkSkipChildren, nil
	case *ast.ThematicBreak:
		c.add(HorizontalRule, at, lineEnd)
	case *ast.HTMLBlock:
		c.html(at)
		return ast.WalkSkipChildren, nil
	case *ast.RawHTML:
		c.html(at)
	case *ast.List:
		if n.IsOrdered() && n.Start != 1 && n.ChildCount() > 1 {
			c.add(ListStart, at, lineEnd)
		}
	case *ast.Paragraph, *ast.TextBlock:
		c.definitions(n.Lines())
	case *extast.TaskCheckBox:
		c.add(TaskList, at, lineEnd)
	case *extast.Strikethrough:
		if bytes.HasPrefix(c.source[at:], []byte("~~")) {
			c.add(Strikethrough, at, c.after(at+2, "~~"))
			return ast.WalkSkipChildren, nil
		}
	case *ast.Image:
		c.add(Image, at, c.after(at, ")"))
		return ast.WalkSkipChildren, nil
	case *ast.Link:
		c.link(n.Destination, at)
	case *ast.AutoLink:
		label := n.Label(c.source)
		scheme, _ := schemeOf(string(label))
		// <host:port> is no link to anybody but a parser.
		if n.AutoLinkType == ast.AutoLinkURL && (scheme == "http" || scheme == "https" || bytes.Contains(label, []byte("://"))) {
			c.link(label, at)
		}
	}
	return ast.WalkContinue, nil
}

// after returns the index after the next occurrence of mark.
func (c *checker) after(begin int, mark string) int {
	if n := bytes.Index(c.source[begin:], []byte(mark)); n >= 0 {
		return begin + n + len(mark)
	}
	return len(c.source)
}

// link checks the target of a link.
func (c *checker) link(destination []byte, at int) {
	target := unescape(destination)
	_, ok := LinkTarget(target)
	switch {
	case !ok:
		c.add(DisallowedLink, at, c.after(at, map[bool]string{true: ">", false: ")"}[c.source[at] == '<'])).Target = target
	case IsRelative(target):
		c.add(RelativeLink, at, c.after(at, ")")).Target = target
	}
}

// isComparison reports whether a line begins with a number, such as "> 5".
func isComparison(line []byte) bool {
	line = bytes.TrimLeft(line, ">= ")
	return len(line) > 0 && isASCIIDigit(rune(line[0]))
}

var (
	footnote       = regexp.MustCompile(`^ {0,3}\[\^[^\[\]\s]+\]:`)
	linkDefinition = regexp.MustCompile(`^ {0,3}\[[^\[\]]+\]:[ \t]*(?:<[^<>]*>|\S*[./#:]\S*)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$`)
)

// definitions looks for definitions of links, which only follow each other, and
// of footnotes.
func (c *checker) definitions(lines *text.Segments) {
	follows := true
	for i := range lines.Len() {
		line := lines.At(i)
		words := bytes.TrimRight(line.Value(c.source), "\n")
		switch {
		case footnote.Match(words):
			c.add(Footnote, line.Start, line.Stop)
		case follows && linkDefinition.Match(words):
			c.add(LinkDefinition, line.Start, line.Stop)
		default:
			follows = false
		}
	}
}

var tag = regexp.MustCompile(`^<(/?)([A-Za-z][A-Za-z0-9]*)([^>]*)`)

// html checks HTML at an index. <name> is more often a word for a value than a
// tag, so only comments and tags of elements that are closed, have attributes or
// need no end are HTML.
func (c *checker) html(at int) {
	rest := c.source[at:]
	if bytes.HasPrefix(rest, []byte("<!--")) {
		c.add(HTMLComment, at, c.after(at, "-->"))
		return
	}
	m := tag.FindSubmatch(rest)
	if m == nil {
		return
	}
	name := strings.ToLower(string(m[2]))
	isVoid, known := elements[name]
	if !known || len(m[1]) > 0 {
		return // a closing tag alone, or reported with its opening tag
	}
	if isVoid || bytes.IndexByte(m[3], '=') >= 0 || bytes.Contains(bytes.ToLower(rest), []byte("</"+name)) {
		c.add(RawHTML, at, c.after(at, ">"))
	}
}

// elements are the elements of HTML that people write in texts, and whether an
// element has no end.
var elements = func() map[string]bool {
	all := make(map[string]bool)
	for _, name := range strings.Fields("a abbr b big blockquote center code dd del details div dl dt em figure font h1 h2 h3 h4 h5 h6 i iframe ins kbd li mark ol p pre q s samp script small span strike strong style sub summary sup svg table tbody td th thead tr tt u ul var") {
		all[name] = false
	}
	for _, name := range strings.Fields("br hr img wbr") {
		all[name] = true
	}
	return all
}()
