package golang

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/prose"
)

// commentWidth is the number of characters of a comment's text in a line; with
// the "// " before it a line has 80.
const commentWidth = 77

// A comment is the text of a doc comment, line by line and without comment
// signs. Its methods are the only way for text into a comment of the output:
// whatever the text is, it stays text (no directive, heading, note, link
// definition or deprecation), and gofmt finds nothing to change.
type comment struct {
	lines []string
	// last is the kind of the last block; it means nothing before the first.
	last prose.BlockKind
}

// newComment returns a comment that begins with a paragraph of the text.
func newComment(text string) *comment {
	c := new(comment)
	c.paragraph(text)
	return c
}

// paragraphs returns a comment of paragraphs.
func paragraphs(texts ...string) *comment {
	c := new(comment)
	for _, text := range texts {
		c.paragraph(text)
	}
	return c
}

// String returns the comment as Go source, without a newline at the end.
func (c *comment) String() string {
	var b strings.Builder
	for i, line := range c.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("//")
		if line != "" && line[0] != '\t' {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// prose adds the blocks of a text. The word and the lead, where they are not
// empty, stand before it, as in keyword.
func (c *comment) prose(word, lead string, t prose.Text) {
	blocks := t.Plain()
	if len(blocks) > 0 && blocks[0].Kind == prose.Paragraph {
		c.keyword(word, lead+" "+blocks[0].Text)
		blocks = blocks[1:]
	} else {
		c.keyword(word, lead)
	}
	for len(blocks) > 0 {
		n := 1
		switch b := blocks[0]; b.Kind {
		case prose.Paragraph:
			c.paragraph(b.Text)
		case prose.Code:
			c.code(b.Text)
		case prose.Item:
			for n < len(blocks) && (blocks[n].Kind == prose.Item || blocks[n].Kind == prose.Paragraph && blocks[n].Depth > 0) {
				n++
			}
			c.list(blocks[:n])
		}
		blocks = blocks[n:]
	}
}

// paragraph adds a paragraph; a text without words adds nothing.
func (c *comment) paragraph(text string) { c.keyword("", text) }

// keyword adds a paragraph that begins with a word which has a meaning for
// Go's tools, such as "Deprecated:", and goes on with the text.
func (c *comment) keyword(word, text string) {
	words := commentWords(text)
	switch {
	case word != "":
		words = append([]string{word}, words...)
	case len(words) == 0:
		return
	default:
		escapeStart(words)
	}
	// A line that ends in a letter, between blank lines, is a heading to Go.
	if last := &words[len(words)-1]; endsOpen(*last) {
		*last += "."
	}
	c.gap(prose.Paragraph)
	c.wrap("", "", words)
}

// list adds the items of a list, and the paragraphs in them. Go knows neither
// lists in lists nor lists with two kinds of markers: all items are of one
// list, and where not all are numbered the numbers are words.
func (c *comment) list(blocks []prose.Block) {
	isNumbered := !slices.ContainsFunc(blocks, func(b prose.Block) bool { return b.Kind == prose.Item && b.Marker == "-" })
	behindCode := c.last == prose.Code
	for _, b := range blocks {
		words := commentWords(b.Text)
		if len(words) == 0 {
			continue
		}
		escapeStart(words)
		lead := "    "
		switch {
		case b.Kind == prose.Paragraph:
		case isNumbered:
			lead = " " + b.Marker + " "
		case b.Marker == "-":
			lead = "  - "
		default:
			lead = "  - " + b.Marker + " "
		}
		if behindCode || b.Kind == prose.Paragraph && c.last != prose.Item {
			// Indented, it would be code.
			c.gap(prose.Paragraph)
			c.wrap(strings.TrimLeft(lead, " "), "", words)
			continue
		}
		if c.last != prose.Item || b.Kind == prose.Paragraph {
			c.gap(prose.Item)
		}
		c.wrap(lead, "    ", words)
	}
}

// code adds indented code, or sample text of another kind.
func (c *comment) code(text string) {
	behindList := c.last == prose.Item
	blanks := 0
	if c.last == prose.Code {
		blanks = 1
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(prose.Visible(strings.TrimRight(line, "\r\n")), " \t")
		body := strings.TrimLeft(line, " \t")
		switch {
		case body == "":
			blanks++
			continue
		case behindList:
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
			c.lines = append(c.lines, "")
		}
		c.lines = append(c.lines, "\t"+line)
	}
}

// gap adds the blank line before a block, but for the first.
func (c *comment) gap(kind prose.BlockKind) {
	if len(c.lines) > 0 {
		c.lines = append(c.lines, "")
	}
	c.last = kind
}

// wrap adds words in lines of commentWidth, the first line after the lead, the
// others after the indent. No line but the first begins with a word that would
// be markup there.
func (c *comment) wrap(lead, indent string, words []string) {
	var b strings.Builder
	b.WriteString(lead)
	width := prose.Width(lead)
	empty := true
	for _, word := range words {
		n := prose.Width(word)
		switch {
		case empty:
			empty = false
		case width+1+n > commentWidth && !isMarkup(word):
			c.lines = append(c.lines, b.String())
			b.Reset()
			b.WriteString(indent)
			width = len(indent)
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	c.lines = append(c.lines, b.String())
}

// escapeStart puts a backslash before words that would be markup at the start
// of a paragraph.
func escapeStart(words []string) {
	isLink := words[0][0] == '[' && slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(w, "]:") })
	if isLink || isMarkup(words[0]) {
		words[0] = `\` + words[0]
	}
}

// isMarkup reports whether Go's tools see more than text in a line of a
// comment that begins so: a heading, a list item, a build constraint, a note such as BUG(x), a deprecation.
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

// commentWords returns the words of a text as a comment shows them.
func commentWords(text string) []string {
	words := strings.Fields(prose.Visible(strings.ReplaceAll(text, "\r", "\n")))
	for i, w := range words {
		words[i] = partQuotes(w)
	}
	return words
}

// partQuotes puts a backslash between two equal quotes, which Go's comments
// take for a typographic one.
func partQuotes(word string) string {
	if !strings.Contains(word, "``") && !strings.Contains(word, "''") {
		return word
	}
	var b strings.Builder
	for i := range len(word) {
		if i > 0 && word[i] == word[i-1] && (word[i] == '`' || word[i] == '\'') {
			b.WriteByte('\\')
		}
		b.WriteByte(word[i])
	}
	return b.String()
}
