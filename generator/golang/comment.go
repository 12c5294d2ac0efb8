package golang

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/prose"
)

// commentWidth is the number of characters of a comment's text in a line; with
// the "// " before it a line has 80.
const commentWidth = 77

// A comment is a doc comment as Go source, without a newline at the end. Its
// methods are the only way for text into a comment of the output: whatever the
// text is, it stays text (no directive, heading, note, link definition or
// deprecation), and gofmt finds nothing to change.
type comment struct {
	text strings.Builder
	// last is the kind of the last block; it means nothing before the first.
	last prose.BlockKind
}

// newComment returns a comment that begins with a paragraph of the texts.
func newComment(texts ...string) *comment {
	c := new(comment)
	c.paragraph(texts...)
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

// String returns the comment.
func (c *comment) String() string { return c.text.String() }

// prose adds the blocks of a text. The word and the lead, where they are not
// empty, stand before it, as in keyword.
func (c *comment) prose(word, lead string, t prose.Text) {
	blocks := t.Plain()
	if len(blocks) > 0 && blocks[0].Kind == prose.Paragraph {
		c.keyword(word, lead, blocks[0].Text)
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

// paragraph adds a paragraph of the words of all texts; without words it adds
// nothing.
func (c *comment) paragraph(texts ...string) { c.keyword("", texts...) }

// keyword adds a paragraph that begins with a word which has a meaning for
// Go's tools, such as "Deprecated:", and goes on with the words of the texts.
func (c *comment) keyword(word string, texts ...string) {
	if word == "" && !hasWords(texts) {
		return
	}
	c.gap(prose.Paragraph)
	w := c.wrap("", "")
	last := word
	for word := range words(texts) {
		if last != "" {
			w.add(last)
		} else if isMarkupAtStart(word, texts) {
			word = `\` + word
		}
		last = word
	}
	// A line that ends in a letter, between blank lines, is a heading to Go.
	if endsOpen(last) {
		last += "."
	}
	w.add(last)
}

// list adds the items of a list, and the paragraphs in them. Go knows neither
// lists in lists nor lists with two kinds of markers: all items are of one
// list, and where not all are numbered the numbers are words.
func (c *comment) list(blocks []prose.Block) {
	isNumbered := !slices.ContainsFunc(blocks, func(b prose.Block) bool { return b.Kind == prose.Item && b.Marker == "-" })
	behindCode := c.last == prose.Code
	for _, b := range blocks {
		texts := []string{b.Text}
		if !hasWords(texts) {
			continue
		}
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
			c.item(strings.TrimLeft(lead, " "), "", texts)
			continue
		}
		if c.last != prose.Item || b.Kind == prose.Paragraph {
			c.gap(prose.Item)
		}
		c.item(lead, "    ", texts)
	}
}

// item adds the words of an item of a list, or of a paragraph in one.
func (c *comment) item(lead, indent string, texts []string) {
	w := c.wrap(lead, indent)
	isFirst := true
	for word := range words(texts) {
		if isFirst && isMarkupAtStart(word, texts) {
			word = `\` + word
		}
		isFirst = false
		w.add(word)
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
			c.line("//")
		}
		c.line("//\t", line)
	}
}

// line begins a line.
func (c *comment) line(parts ...string) {
	if c.text.Len() > 0 {
		c.text.WriteByte('\n')
	} else {
		c.text.Grow(2 * commentWidth)
	}
	for _, part := range parts {
		c.text.WriteString(part)
	}
}

// gap adds the blank line before a block, but for the first.
func (c *comment) gap(kind prose.BlockKind) {
	if c.text.Len() > 0 {
		c.line("//")
	}
	c.last = kind
}

// wrapped are words in lines of commentWidth.
type wrapped struct {
	*comment
	indent  string
	width   int // of the last line
	isEmpty bool
}

// wrap begins words in lines of commentWidth, the first line after the lead,
// the others after the indent.
func (c *comment) wrap(lead, indent string) wrapped {
	c.line("// ", lead)
	return wrapped{comment: c, indent: indent, width: prose.Width(lead), isEmpty: true}
}

// add adds a word. No line but the first begins with a word that would be
// markup there.
func (w *wrapped) add(word string) {
	n := prose.Width(word)
	switch {
	case w.isEmpty:
		w.isEmpty = false
	case w.width+1+n > commentWidth && !isMarkup(word):
		w.line("// ", w.indent)
		w.width = len(w.indent)
	default:
		w.text.WriteByte(' ')
		w.width++
	}
	w.text.WriteString(word)
	w.width += n
}

// isMarkupAtStart reports whether a word would be markup at the start of a
// paragraph of the texts.
func isMarkupAtStart(word string, texts []string) bool {
	if word[0] == '[' {
		for w := range words(texts) {
			if strings.HasSuffix(w, "]:") {
				return true // a link definition
			}
		}
	}
	return isMarkup(word)
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

// hasWords reports whether there is a word in the texts.
func hasWords(texts []string) bool {
	for range words(texts) {
		return true
	}
	return false
}

// words returns the words of texts as a comment shows them.
func words(texts []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, text := range texts {
			text = prose.Visible(strings.ReplaceAll(text, "\r", "\n"))
			hasPairs := strings.Contains(text, "``") || strings.Contains(text, "''")
			for word := range strings.FieldsSeq(text) {
				if hasPairs {
					word = escapeQuotes(word)
				}
				if !yield(word) {
					return
				}
			}
		}
	}
}

// escapeQuotes puts a backslash between two equal quotes, which Go's comments
// take for a typographic one.
func escapeQuotes(word string) string {
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
