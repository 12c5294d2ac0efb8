package golang

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/prose"
)

// commentWidth is the number of columns of text in a line of a comment. With
// the "// " before it, a line has 80.
const commentWidth = 77

// A comment is a doc comment as Go source, without a newline at the end. Text
// gets into a comment of the output only through its methods. They make sure
// that any text stays text (not a directive, heading, note, link definition or
// deprecation), and that gofmt does not change it.
type comment struct {
	lines strings.Builder
	// last is the kind of the last block. It means nothing before the first.
	last prose.BlockKind
}

// newComment returns a comment that begins with a paragraph of the texts.
func newComment(texts ...string) *comment {
	c := new(comment)
	c.paragraph(texts...)
	return c
}

// String returns the comment.
func (c *comment) String() string { return c.lines.String() }

// prose adds the blocks of a text, after the keyword and the lead if they are
// not empty, as in keyword.
func (c *comment) prose(keyword, lead string, t prose.Text) {
	blocks := t.Plain()
	if len(blocks) > 0 && blocks[0].Kind == prose.Paragraph {
		c.keyword(keyword, lead, blocks[0].Text)
		blocks = blocks[1:]
	} else {
		c.keyword(keyword, lead)
	}
	for len(blocks) > 0 {
		n := 1
		switch b := blocks[0]; b.Kind {
		case prose.Paragraph:
			c.paragraph(b.Text)
		case prose.Code:
			c.code(b.Text)
		case prose.Table:
			c.table(b)
		case prose.Item:
			for n < len(blocks) && (blocks[n].Kind == prose.Item || blocks[n].Kind == prose.Paragraph && blocks[n].Depth > 0) {
				n++
			}
			c.list(blocks[:n])
		}
		blocks = blocks[n:]
	}
}

// paragraph adds a paragraph of the words of all texts. Without words it adds
// nothing.
func (c *comment) paragraph(texts ...string) { c.keyword("", texts...) }

// keyword adds a paragraph that begins with a keyword of Go's tools, such as
// "Deprecated:", followed by the words of the texts.
func (c *comment) keyword(keyword string, texts ...string) {
	words := textWords(texts...)
	switch {
	case keyword != "":
		words = slices.Insert(words, 0, keyword)
	case len(words) == 0:
		return
	case isMarkupAtStart(words):
		words[0] = `\` + words[0]
	}
	// Go takes a line between blank lines for a heading if it ends in a letter.
	if last := &words[len(words)-1]; endsOpen(*last) {
		*last += "."
	}
	c.gap(prose.Paragraph)
	c.wrap("", "", words)
}

// list adds the items of a list, and the paragraphs in them. Go supports neither
// nested lists nor lists with two kinds of markers, so all items become items of
// one list, and unless all are numbered, the numbers become words.
func (c *comment) list(blocks []prose.Block) {
	isNumbered := !slices.ContainsFunc(blocks, func(b prose.Block) bool { return b.Kind == prose.Item && b.Marker == "-" })
	followsCode := c.last == prose.Code
	isSpaced := hasParagraphInItem(blocks)
	for _, b := range blocks {
		words := textWords(b.Text)
		if len(words) == 0 {
			continue
		}
		if isMarkupAtStart(words) {
			words[0] = `\` + words[0]
		}
		lead := "    "
		switch {
		case b.Kind == prose.Paragraph:
			if followsCode || c.last != prose.Item {
				c.paragraph(b.Text) // indented, it would be code
				continue
			}
		case isNumbered:
			lead = " " + b.Marker + " "
		case b.Marker == "-":
			lead = "  - "
		default:
			lead = "  - " + b.Marker + " "
		}
		if followsCode {
			// Indented, it would be code.
			c.gap(prose.Paragraph)
			c.wrap(strings.TrimLeft(lead, " "), "", words)
			continue
		}
		if c.last != prose.Item || isSpaced {
			c.gap(prose.Item)
		}
		c.wrap(lead, "    ", words)
	}
}

// hasParagraphInItem reports whether an item of a list has a second paragraph:
// gofmt then puts a blank line between all items.
func hasParagraphInItem(blocks []prose.Block) bool {
	hasWords := func(b prose.Block) bool { return len(textWords(b.Text)) > 0 }
	item := slices.IndexFunc(blocks, func(b prose.Block) bool { return b.Kind == prose.Item && hasWords(b) })
	return item >= 0 && slices.ContainsFunc(blocks[item:], func(b prose.Block) bool { return b.Kind == prose.Paragraph && hasWords(b) })
}

// table adds a table as preformatted text. After a list, it would belong to the
// last item, so it is a paragraph.
func (c *comment) table(b prose.Block) {
	if c.last == prose.Item {
		c.paragraph(b.Text)
		return
	}
	const tab = 8
	c.code(strings.Join(b.Lines(commentWidth+len(" ")-tab), "\n"))
}

// code adds indented code, or sample text of another kind, without the indent
// that all its lines have: gofmt removes it.
func (c *comment) code(text string) {
	followsList := c.last == prose.Item
	blanks := 0
	if c.last == prose.Code {
		blanks = 1
	}
	lines := codeLines(text)
	indent := commonIndent(lines)
	for _, line := range lines {
		line = strings.TrimPrefix(line, indent)
		body := strings.TrimLeftFunc(line, unicode.IsSpace) // as gofmt does
		switch {
		case body == "":
			blanks++
			continue
		case followsList:
			// Code would belong to the last item.
			c.paragraph(body)
			continue
		case isMarkup(body):
			line = line[:len(line)-len(body)] + `\` + body
		}
		if c.last != prose.Code {
			c.gap(prose.Code)
			blanks = 0
		}
		for ; blanks > 0; blanks-- {
			c.line("//")
		}
		c.line("//\t", line)
	}
}

// codeLines returns the lines of a text, visible and without spaces at the end.
func codeLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimRightFunc(prose.Visible(strings.TrimRight(line, "\r\n")), unicode.IsSpace))
	}
	return lines
}

// commonIndent returns the longest indent that all lines but the empty ones have.
func commonIndent(lines []string) string {
	indent, isFirst := "", true
	for _, line := range lines {
		switch {
		case line == "":
		case isFirst:
			indent, isFirst = line[:len(line)-len(strings.TrimLeft(line, " \t"))], false
		default:
			for !strings.HasPrefix(line, indent) {
				indent = indent[:len(indent)-1]
			}
		}
	}
	return indent
}

// line adds a line.
func (c *comment) line(texts ...string) {
	if c.lines.Len() > 0 {
		c.lines.WriteByte('\n')
	} else {
		c.lines.Grow(2 * commentWidth)
	}
	for _, text := range texts {
		c.lines.WriteString(text)
	}
}

// gap adds the blank line before every block but the first.
func (c *comment) gap(kind prose.BlockKind) {
	if c.lines.Len() > 0 {
		c.line("//")
	}
	c.last = kind
}

// wrap adds words in lines of commentWidth: the first line after the lead, the
// others after the indent. No line but the first begins with a word that would
// be markup there.
func (c *comment) wrap(lead, indent string, words []string) {
	room := commentWidth - max(len(lead), len(indent))
	c.line("// ", lead)
	used := 0 // of room, in the current line
	for i := 0; i < len(words); {
		end, width := i+1, prose.Width(words[i])
		for ; end < len(words) && isMarkup(words[end]); end++ {
			width += len(" ") + prose.Width(words[end])
		}
		switch {
		case i == 0:
		case used+len(" ")+width > room:
			c.line("// ", indent)
			used = 0
		default:
			c.lines.WriteByte(' ')
			used += len(" ")
		}
		c.lines.WriteString(strings.Join(words[i:end], " "))
		used += width
		i = end
	}
}

// isMarkupAtStart reports whether the first of the words would be markup at the
// start of a paragraph.
func isMarkupAtStart(words []string) bool {
	if words[0][0] == '[' && slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(w, "]:") }) {
		return true // a link definition
	}
	return isMarkup(words[0])
}

// isMarkup reports whether Go's tools see more than text in a line of a comment
// that begins with the given text: a heading, a list item, a build constraint, a
// note such as BUG(x), a deprecation.
func isMarkup(line string) bool {
	switch c := line[0]; {
	case c == '#':
		return len(line) == 1 || line[1] == ' ' || line[1] == '\t'
	case c == '-', c == '*', c == '+':
		return len(line) == 1 || line[1] == ' ' || line[1] == '\t' || strings.HasPrefix(line, "+build")
	case '0' <= c && c <= '9':
		rest := strings.TrimLeft(line, "0123456789")
		return rest != "" && (rest[0] == '.' || rest[0] == ')')
	case 'A' <= c && c <= 'Z':
		rest := strings.TrimLeft(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		return strings.HasPrefix(rest, "(") || strings.HasPrefix(line, "Deprecated:")
	}
	return strings.HasPrefix(line, "•") || strings.HasPrefix(line, "go:")
}

// endsOpen reports whether a text has no punctuation at its end.
func endsOpen(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '}'
}

// textWords returns the words of texts as a comment shows them.
func textWords(texts ...string) []string {
	text := strings.ReplaceAll(strings.Join(texts, "\n"), "\r", "\n")
	return strings.Fields(escapeQuotes(prose.Visible(text)))
}

// escapeQuotes puts a backslash between two equal quotes, which Go's comments
// replace with a typographic one.
func escapeQuotes(text string) string {
	if !strings.Contains(text, "``") && !strings.Contains(text, "''") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if i > 0 && text[i] == text[i-1] && (text[i] == '`' || text[i] == '\'') {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
