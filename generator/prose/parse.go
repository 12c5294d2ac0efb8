package prose

import (
	"bytes"
	"html"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

type blockKind int

const (
	blockParagraph blockKind = iota
	blockCode
	blockList
	blockTable
)

// block is a paragraph, a code block, a list or a table. It is never empty.
type block struct {
	kind    blockKind
	inlines []inline // of a paragraph

	code string // lines without a line feed at the end
	info string // the language of the code in lowercase; often empty

	ordered bool
	loose   bool
	items   [][]block // none of them empty

	align []Align      // of the columns of a table
	rows  [][][]inline // of a table; the first is the header
}

type inlineKind int

const (
	inlineText inlineKind = iota
	inlineCode
	inlineEmphasis
	inlineStrong
	inlineLink
)

// inline is a piece of a paragraph. All of its text is on one line and visible.
type inline struct {
	kind     inlineKind
	text     string // of text and code; the target of a link
	title    string // of a link
	children []inline
}

// Limits of what is parsed. Beyond them Markdown is plain text, so that parsing
// takes linear time and memory.
const (
	// maxListDepth is the number of nested lists.
	maxListDepth = 8
	// maxInlineWork limits, in paragraphs of more than a few kilobytes, the
	// length times the number of special characters.
	maxInlineWork    = 2 << 20
	maxInlineDensity = 512
)

// markdownParser knows only what a catalog may use, so that the rest is plain
// text.
var markdownParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(listParser{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(newLinkParser(parser.NewLinkParser()), 200),
			util.Prioritized(newLinkParser(parser.NewAutoLinkParser()), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(bareURLParser{}, 600),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(tableTransformer{extension.NewTableParagraphTransformer()}, 200),
		),
	)
})

var mapLinkKey = parser.NewContextKey()

// parse reads a text. A nil mapLink keeps all links that a catalog may use.
func parse(src string, mapLink linkMapper) []block {
	source := []byte(unixLines(src))
	pc := parser.NewContext()
	pc.Set(mapLinkKey, mapLink)
	root := markdownParser().Parse(text.NewReader(source), parser.WithContext(pc))
	return convertBlocks(root, source)
}

// listParser is goldmark's, except for lists that would not be written as they
// were read: nested too deeply, beginning with another number than 1, or with
// an empty first item.
type listParser struct{ parser.BlockParser }

func (p listParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if isDeep(parent) || isThematicBreak(line) {
		return nil, parser.NoChildren
	}
	node, state := p.BlockParser.Open(parent, reader, pc)
	if l, ok := node.(*ast.List); ok {
		if l.IsOrdered() && l.Start != 1 {
			return nil, parser.NoChildren
		}
		if marker := bytes.IndexByte(line, l.Marker); util.IsBlank(line[marker+1:]) {
			return nil, parser.NoChildren
		}
	}
	return node, state
}

// isDeep reports whether a node has as many lists around it, each with an item, as
// there may be.
func isDeep(n ast.Node) bool {
	depth := 0
	for ; n.Parent() != nil; n = n.Parent() {
		depth++
	}
	return depth >= 2*maxListDepth
}

// isThematicBreak reports whether a line draws a rule, such as "* * *".
func isThematicBreak(line []byte) bool {
	n := 0
	var mark byte
	for _, c := range line {
		switch {
		case c == ' ' || c == '\t' || c == '\n':
		case (c == '-' || c == '*') && (n == 0 || c == mark):
			mark = c
			n++
		default:
			return false
		}
	}
	return n >= 3
}

// paragraphParser is goldmark's, except for paragraphs in which comparing all
// pairs of special characters would take too long.
type paragraphParser struct{ parser.BlockParser }

func (p paragraphParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(node, reader, pc)
	parent := node.Parent()
	if parent == nil {
		return
	}
	length, special := 0, 0
	lines := node.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		length += line.Len()
		special += countSpecial(line.Value(reader.Source()))
	}
	if isTooDense(special, length) {
		verbatim := &verbatimParagraph{}
		verbatim.SetLines(lines)
		parent.ReplaceChild(parent, node, verbatim)
	}
}

// countSpecial returns the number of characters of a line that may be inline
// markup.
func countSpecial(line []byte) int {
	n := 0
	for _, c := range line {
		switch c {
		case '*', '_', '`', '[', ']', '<':
			n++
		}
	}
	return n
}

// isTooDense reports whether reading inline markup would take too long.
func isTooDense(special, length int) bool {
	return special*length > maxInlineWork && special > maxInlineDensity
}

// verbatimParagraph is a paragraph in which only escapes have a meaning.
type verbatimParagraph struct{ ast.Paragraph }

// IsRaw keeps goldmark from parsing the text.
func (*verbatimParagraph) IsRaw() bool { return true }

// linkParser is goldmark's, except that images, and links that a catalog may
// not use, are the text of their source.
type linkParser struct{ parser.InlineParser }

// newLinkParser wraps p, including its CloseBlock method if it has one.
func newLinkParser(p parser.InlineParser) parser.InlineParser {
	if c, ok := p.(parser.CloseBlocker); ok {
		return struct {
			linkParser
			parser.CloseBlocker
		}{linkParser{p}, c}
	}
	return linkParser{p}
}

func (p linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, start := block.Position()
	node := p.InlineParser.Parse(parent, block, pc)
	from := start.Start
	switch n := node.(type) {
	case *ast.Link:
		mapLink, _ := pc.Get(mapLinkKey).(linkMapper)
		if target, ok := allowedTarget(n, block.Source(), mapLink); ok {
			n.Destination = []byte(target)
			return n
		}
		from = n.Pos()
	case *ast.Image:
		from = n.Pos()
	case *ast.AutoLink:
		if _, ok := LinkTarget(autoLinkURL(n, block.Source())); ok {
			return n
		}
	default:
		return node
	}
	_, end := block.Position()
	return ast.NewString(block.Source()[from:end.Start])
}

// allowedTarget returns the target of a link, and whether the catalog may use
// the link: it needs words, an allowed target, and a title without characters
// to escape.
func allowedTarget(n *ast.Link, source []byte, mapLink linkMapper) (string, bool) {
	target, ok := LinkTarget(unescape(n.Destination))
	if ok && mapLink != nil {
		target, ok = mapLink(target)
	}
	if !ok || strings.ContainsAny(Line(string(n.Title)), "\"\\&<>`|$*_{[") {
		return "", false
	}
	return target, Line(plainInlines(convertInlines(n, source, false))) != ""
}

// autoLinkURL returns the target of <https://x.y> or <a@x.y>.
func autoLinkURL(n *ast.AutoLink, source []byte) string {
	label := string(n.Label(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(label), "mailto:") {
		return "mailto:" + label
	}
	return label
}

// convertBlocks returns the blocks in node that are not empty.
func convertBlocks(node ast.Node, source []byte) []block {
	var blocks []block
	for n := node.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *verbatimParagraph:
			if words := Line(unescape(n.Lines().Value(source))); words != "" {
				blocks = append(blocks, block{kind: blockParagraph, inlines: []inline{{kind: inlineText, text: words}}})
			}
		case *ast.Paragraph, *ast.TextBlock:
			blocks = appendParagraph(blocks, convertInlines(n, source, false))
		case *ast.FencedCodeBlock:
			if lines := codeBlockText(n.Lines().Value(source)); lines != "" {
				blocks = append(blocks, block{kind: blockCode, code: lines, info: codeInfo(string(n.Language(source)))})
			}
		case *ast.CodeBlock:
			if lines := codeBlockText(n.Lines().Value(source)); lines != "" {
				blocks = append(blocks, block{kind: blockCode, code: lines})
			}
		case *ast.List:
			blocks = appendList(blocks, n, source)
		case *extast.Table:
			blocks = appendTable(blocks, n, source)
		}
	}
	return blocks
}

// appendParagraph adds a paragraph of the pieces, if they show anything.
func appendParagraph(blocks []block, inlines []inline) []block {
	if inlines = trimInlines(settle(inlines, ' ', ' ', 0)); len(inlines) > 0 {
		return append(blocks, block{kind: blockParagraph, inlines: inlines})
	}
	return blocks
}

// appendList adds a list. A list after another of the same kind continues it:
// readers cannot tell two adjacent lists apart.
func appendList(blocks []block, n *ast.List, source []byte) []block {
	l := block{kind: blockList, ordered: n.IsOrdered(), loose: !n.IsTight}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if item := convertBlocks(c, source); len(item) > 0 {
			l.items = append(l.items, item)
			l.loose = l.loose || isLoose(item)
		}
	}
	if len(l.items) == 0 {
		return blocks
	}
	if len(blocks) > 0 {
		if last := &blocks[len(blocks)-1]; last.kind == blockList && last.ordered == l.ordered {
			last.items = append(last.items, l.items...)
			last.loose = last.loose || l.loose
			return blocks
		}
	}
	return append(blocks, l)
}

// isLoose reports whether a list item needs empty lines: it contains more than
// a paragraph and tight lists.
func isLoose(item []block) bool {
	for i, b := range item {
		if i > 0 && b.kind == blockParagraph || b.kind == blockCode || b.kind == blockTable || b.kind == blockList && b.loose {
			return true
		}
	}
	return false
}

// codeBlockText returns the lines of a code block, without empty lines around
// them.
func codeBlockText(raw []byte) string { return strings.Trim(codeText(string(raw)), "\n") }

// codeInfo returns the language of a code block, or "" if it is not a word.
func codeInfo(lang string) string {
	for i := 0; i < len(lang); i++ {
		c := lang[i]
		if !isASCIILetter(c) && !isASCIIDigit(rune(c)) && !(i > 0 && strings.IndexByte("+#-.", c) >= 0) {
			return ""
		}
	}
	return strings.ToLower(lang)
}

// convertInlines returns the pieces in node, with adjacent texts joined. In the
// cell of a table, a pipe is escaped everywhere, even in code.
func convertInlines(node ast.Node, source []byte, inCell bool) []inline {
	var out []inline
	var words strings.Builder // the text that is being joined
	start := -1               // of the last part of it
	add := func(n inline) {
		if words.Len() > 0 {
			out = append(out, inline{kind: inlineText, text: spaced(words.String())})
			words.Reset()
		}
		out = append(out, n)
	}
	for n := node.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			if start < 0 {
				start = n.Segment.Start
			}
			if next, ok := n.NextSibling().(*ast.Text); ok && next.Segment.Start == n.Segment.Stop {
				continue // the parser may have divided a character reference
			}
			segment := n.Segment.WithStart(start)
			words.WriteString(unescape(segment.Value(source)))
			start = -1
			if n.SoftLineBreak() || n.HardLineBreak() {
				words.WriteByte('\n')
			}
		case *ast.String:
			words.WriteString(cellText(string(n.Value), inCell))
		case *ast.CodeSpan:
			if s := Line(cellText(codeSpanText(n, source), inCell)); s != "" {
				add(inline{kind: inlineCode, text: s})
			} else {
				words.WriteString("` `")
			}
		case *ast.Emphasis:
			kind := inlineEmphasis
			if n.Level == 2 {
				kind = inlineStrong
			}
			add(inline{kind: kind, children: convertInlines(n, source, inCell)})
		case *ast.Link:
			add(inline{kind: inlineLink, text: string(n.Destination), title: Line(string(n.Title)), children: convertInlines(n, source, inCell)})
		case *ast.AutoLink:
			url, _ := LinkTarget(autoLinkURL(n, source))
			add(inline{kind: inlineLink, text: url, children: []inline{{kind: inlineText, text: Line(string(n.Label(source)))}}})
		}
	}
	if words.Len() > 0 {
		out = append(out, inline{kind: inlineText, text: spaced(words.String())})
	}
	return out
}

// cellText returns the source of a piece of a cell without the escapes of pipes.
func cellText(source string, inCell bool) string {
	if inCell {
		return strings.ReplaceAll(source, `\|`, "|")
	}
	return source
}

// spaced is Line, except that it keeps a space at either end.
func spaced(s string) string {
	if inner := strings.TrimSuffix(strings.TrimPrefix(s, " "), " "); inner != "" && isLine(inner) {
		return s
	}
	words := Line(s)
	if words == "" {
		return " "
	}
	if strings.TrimLeftFunc(s, unicode.IsSpace) != s {
		words = " " + words
	}
	if strings.TrimRightFunc(s, unicode.IsSpace) != s {
		words += " "
	}
	return words
}

// trimInlines trims the spaces at both ends.
func trimInlines(inlines []inline) []inline {
	for len(inlines) > 0 && inlines[0].kind == inlineText {
		if inlines[0].text = strings.TrimPrefix(inlines[0].text, " "); inlines[0].text != "" {
			break
		}
		inlines = inlines[1:]
	}
	for last := len(inlines) - 1; last >= 0 && inlines[last].kind == inlineText; last-- {
		if inlines[last].text = strings.TrimSuffix(inlines[last].text, " "); inlines[last].text != "" {
			break
		}
		inlines = inlines[:last]
	}
	return inlines
}

// codeSpanText returns the text of a code span.
func codeSpanText(n *ast.CodeSpan, source []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(source))
		}
	}
	return b.String()
}

// unescape resolves backslash escapes and character references.
func unescape(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 && bytes.IndexByte(raw, '&') < 0 {
		return string(raw)
	}
	var b strings.Builder
	b.Grow(len(raw))
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '\\' && i+1 < len(raw) && util.IsPunct(raw[i+1]):
			i++
			b.WriteByte(raw[i])
		case c == '&':
			if n := referenceLen(raw[i:]); n > 0 {
				b.WriteString(html.UnescapeString(string(raw[i : i+n])))
				i += n - 1
				continue
			}
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// referenceLen returns the length of the character reference at the beginning
// of s, such as &amp; or &#38;, or 0.
func referenceLen[S []byte | string](s S) int {
	for i := 1; i < len(s) && i < 33; i++ {
		c := s[i]
		switch {
		case c == ';' && s[1] == '#':
			if html.UnescapeString(string(s[:i+1])) == string(s[:i+1]) {
				return 0
			}
			return i + 1
		case c == ';':
			if _, ok := util.LookUpHTML5EntityByName(string(s[1:i])); !ok {
				return 0
			}
			return i + 1
		case c == '#' && i == 1, isASCIILetter(c), isASCIIDigit(rune(c)):
		default:
			return 0
		}
	}
	return 0
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
