package prose

import (
	"html"
	"strconv"
	"strings"
)

// Dialect is a dialect of Markdown: what its readers treat as markup, and how
// to escape it.
type Dialect int

// The dialects.
const (
	// GFM is GitHub Flavored Markdown.
	GFM Dialect = iota
	// MDX is Markdown with JSX: braces, tags and modules are code.
	MDX
	// VitePress is Markdown that is compiled to a Vue template.
	VitePress
	// MkDocs is Python-Markdown with its usual extensions: it is not
	// CommonMark, and knows few escapes.
	MkDocs
	// Hugo is Markdown without HTML, in which shortcodes work everywhere.
	Hugo
	// Docusaurus is GitHub Flavored Markdown in a site that knows directives and
	// emojis. It is not MDX.
	Docusaurus
	// Starlight is GitHub Flavored Markdown in a site that knows directives.
	Starlight
)

// traits describes how a dialect differs from GFM.
type traits struct {
	// references reports whether a character is escaped as a character
	// reference instead of with a backslash.
	references func(c byte) bool
	// isMarkup reports whether the character at i of a line is markup that GFM
	// does not have. atStart is set if the line begins a block.
	isMarkup func(s string, i int, atStart bool) bool
	// inlineCode and blockCode report whether Markdown's own code can hold s.
	inlineCode, blockCode func(s string) bool
	// hasHTML means that tags may be written.
	hasHTML bool
	// hasAutolinks means that an address between < and > is a link.
	hasAutolinks bool
	// target returns the target of a link as it is written; nil means as it is.
	target func(target string) string
	// hasNesting means that a list item can hold more than one paragraph.
	hasNesting bool
	// hasTypographer means that quotes, dashes and dots become typographic ones.
	hasTypographer bool
	// hasEmoji means that something like :smile: becomes an emoji, even if it is
	// escaped.
	hasEmoji bool
	// hasEscapedLinks means that an address in a text becomes a link, even if it is
	// escaped, and that a site is not built if the host of one is not valid.
	hasEscapedLinks bool
}

func (d Dialect) traits() *traits { return &dialects[d] }

var dialects = [...]traits{
	GFM: {
		references: never,
		isMarkup:   func(string, int, bool) bool { return false },
		inlineCode: always, blockCode: always,
		hasHTML: true, hasAutolinks: true, hasNesting: true,
	},
	MDX: {
		references: func(c byte) bool { return c == 'i' || c == 'e' },
		isMarkup: func(s string, i int, atStart bool) bool {
			return isDirective(s, i) || atStart && i == 0 && isModuleSyntax(s) ||
				isReference(s, i)
		},
		inlineCode: always, blockCode: always,
		hasNesting: true, hasEscapedLinks: true,
	},
	VitePress: {
		references: func(c byte) bool { return c == '{' },
		isMarkup: func(s string, i int, _ bool) bool {
			return isDirective(s, i) || isSmiley(s, i) || isReference(s, i)
		},
		inlineCode: func(s string) bool { return !containsAny(s, "{{", "<!--") },
		blockCode:  func(s string) bool { return !strings.Contains(s, "<!--") },
		// A link between < and > would be shown decoded, braces included.
		hasHTML: true, hasNesting: true,
	},
	MkDocs: {
		references: func(byte) bool { return true },
		isMarkup:   isPythonMarkup,
		inlineCode: func(s string) bool { return !strings.ContainsAny(s, "`\\|{<&") },
		blockCode:  func(s string) bool { return !containsAny(s, "{{", "{%", "{#", "-8<-") },
		target:     pythonTargets.Replace,
		// A mail address between < and > would be shown without mailto:.
		hasHTML: true,
	},
	Hugo: {
		references: func(c byte) bool { return c == '[' || c == ']' },
		isMarkup:   func(s string, i int, _ bool) bool { return isDirective(s, i) },
		inlineCode: func(s string) bool { return !containsAny(s, "{{<", "{{%") },
		blockCode:  func(s string) bool { return !containsAny(s, "{{<", "{{%") },

		hasAutolinks: true, hasNesting: true, hasTypographer: true,
	},
	Docusaurus: {
		references: never,
		isMarkup:   func(s string, i int, _ bool) bool { return isDirective(s, i) },
		inlineCode: always,
		// Comments such as highlight-next-line disappear from code.
		blockCode: func(s string) bool { return !strings.Contains(s, "highlight-") },
		hasHTML:   true, hasAutolinks: true, hasNesting: true, hasEmoji: true, hasEscapedLinks: true,
	},
	Starlight: {
		references: never,
		isMarkup:   func(s string, i int, _ bool) bool { return isDirective(s, i) },
		inlineCode: always, blockCode: always,
		hasHTML: true, hasAutolinks: true, hasNesting: true, hasTypographer: true,
	},
}

func never(byte) bool    { return false }
func always(string) bool { return true }

func containsAny(s string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// isDirective reports whether the colon at i may begin the name of an emoji, a
// directive or a container, as in :smile: and :::
func isDirective(s string, i int) bool {
	return s[i] == ':' && i+1 < len(s) && (isWordByte(s, i+1) || strings.IndexByte(":+-_", s[i+1]) >= 0)
}

// isEmoji reports whether the colon at the beginning of s may begin the name of an
// emoji. A colon that ends a heading is not in s.
func isEmoji(s string) bool {
	end := 1
	for end < len(s) && (isWordByte(s, end) || strings.IndexByte("+-_", s[end]) >= 0) {
		end++
	}
	return s[0] == ':' && end > 1 && (end == len(s) || s[end] == ':')
}

// hasEmoji reports whether s has something like the name of an emoji.
func hasEmoji(s string) bool {
	for i := range len(s) {
		if isEmoji(s[i:]) {
			return true
		}
	}
	return false
}

// isTypography reports whether a typographer replaces the character at i, alone or
// together with its neighbors.
func isTypography(s string, i int) bool {
	switch c := s[i]; c {
	case '"', '\'':
		return true
	case '-', '.', '>':
		return i > 0 && s[i-1] == c || i+1 < len(s) && s[i+1] == c
	}
	return false
}

// isSmiley reports whether the character at i turns something like :) or 8-)
// into an emoji.
func isSmiley(s string, i int) bool {
	switch s[i] {
	case ':':
		return i+1 < len(s) && s[i+1] != ' '
	case '(', ')':
		return i > 0 && strings.IndexByte(`=;-:'"`, s[i-1]) >= 0
	}
	return false
}

// pythonTargets writes the targets of links for Python-Markdown: a quotation
// mark would begin a title, and a bare &# would end the search for HTML.
var pythonTargets = strings.NewReplacer("'", "%27", "&#", "%26#")

// isModuleSyntax reports whether MDX reads a line as code of a module.
func isModuleSyntax(s string) bool {
	for _, word := range []string{"import", "export"} {
		if strings.HasPrefix(s, word) && (len(s) == len(word) || !isWordByte(s, len(word))) {
			return true
		}
	}
	return false
}

// isPythonMarkup knows the markup of Python-Markdown and of the extensions that
// sites use: marks, insertions, admonitions, tabs, references.
func isPythonMarkup(s string, i int, atStart bool) bool {
	switch s[i] {
	case '^':
		return true
	case '=', '+':
		return i+1 < len(s) && s[i+1] == s[i]
	case '!', '?':
		return atStart && i == 0
	}
	return isDirective(s, i) || isReference(s, i)
}

// isReference reports whether the ampersand at i may begin a character
// reference: some readers do not require the semicolon.
func isReference(s string, i int) bool {
	return s[i] == '&' && i+1 < len(s) && (s[i+1] == '#' || isASCIILetter(s[i+1]))
}

// Escape returns plain text as Markdown on one line that shows exactly that
// text, anywhere in a paragraph, a heading or a table cell: it never becomes
// emphasis, code, a link, HTML or the beginning of a block. White space of any
// kind becomes single spaces, and invisible characters are escaped as Visible
// does.
func (d Dialect) Escape(s string) string {
	s = Line(s)
	var buffer [256]byte
	out := d.appendEscaped(buffer[:0], s, true)
	if len(out) == len(s) {
		return s // nothing to escape
	}
	return string(out)
}

// EscapeHeading is Escape for text that ends a heading: a number sign or
// punctuation that a heading should not end with is a character reference.
func (d Dialect) EscapeHeading(s string) string {
	s = Line(s)
	rest, last := cutHeadingEnd(s)
	if last == "" {
		return d.Escape(s)
	}
	return d.Escape(rest) + trailingSpace(rest) + last
}

// CodeSpan returns s as Markdown code within a line, with white space and
// invisible characters as in Escape. It is empty if s is only white space.
func (d Dialect) CodeSpan(s string) string {
	return string(d.AppendCodeSpan(nil, s))
}

// AppendCodeSpan appends CodeSpan(s) to out.
func (d Dialect) AppendCodeSpan(out []byte, s string) []byte {
	if s = Line(s); s == "" {
		return out
	}
	return append(out, d.appendCodeSpan(apart(out), s)...)
}

// CellCodeSpan is CodeSpan for a cell of MarkdownTable. If a cell cannot hold s as code,
// it is plain text.
func (d Dialect) CellCodeSpan(s string) string {
	if s = emojiParts(Line(s)); s == "" {
		return ""
	}
	return string(d.appendCellCode(nil, s))
}

// AppendFence appends s as a code block that shows its lines as they are: with
// four spaces for a tab, without white space at the ends of lines, and with
// invisible characters escaped as Visible does. The info is the language; empty
// means plain text. If the dialect cannot hold the lines in a block of code,
// they are an HTML element or, in a dialect without HTML, a paragraph. The block
// ends without a line feed.
func (d Dialect) AppendFence(out []byte, info, s string) []byte {
	return append(out, d.appendFence(apart(out), info, codeText(s), "")...)
}

// apart returns an empty slice with the capacity after out. What is appended
// there is escaped independently of what is in out.
func apart(out []byte) []byte { return out[len(out):] }

// HoldsCode reports whether the dialect can hold s as a block of code.
func (d Dialect) HoldsCode(s string) bool { return d.traits().blockCode(s) }

// Link returns a Markdown link with plain text as its words, on one line and
// fit for a table cell. Without a title the words are the target. If the target
// is not one that LinkTarget accepts, both are plain text.
func (d Dialect) Link(title, url string) string {
	words := Line(title)
	target, ok := LinkTarget(strings.TrimSpace(url))
	switch {
	case !ok && words == "":
		return d.Escape(url)
	case !ok:
		return strings.TrimSpace(d.Escape(words + " (" + url + ")"))
	case words == "":
		words = target
	}
	w := writer{dialect: d, cell: true}
	w.link(inline{kind: inlineLink, text: target, children: []inline{{kind: inlineText, text: words}}})
	return string(w.out)
}

// appendCharacter appends an escaped character.
func (d Dialect) appendCharacter(out []byte, c byte) []byte {
	if !d.traits().references(c) {
		return append(out, '\\', c)
	}
	switch c {
	case '<':
		return append(out, "&lt;"...)
	case '>':
		return append(out, "&gt;"...)
	case '&':
		return append(out, "&amp;"...)
	}
	return append(strconv.AppendInt(append(out, "&#"...), int64(c), 10), ';')
}

// appendCodeElement appends inline code that Markdown's own code cannot hold.
func (d Dialect) appendCodeElement(out []byte, s string) []byte {
	if !d.traits().hasHTML {
		return d.appendEscaped(out, s, false)
	}
	out = append(out, "<code>"...)
	out = d.appendEscaped(out, s, false)
	return append(out, "</code>"...)
}

// appendCodeBlock appends lines of code that Markdown's own code cannot hold.
func (d Dialect) appendCodeBlock(out []byte, code, indent string) []byte {
	if d.traits().hasHTML {
		return append(out, "<pre><code>"+oneLineHTML(html.EscapeString(code))+"</code></pre>"...)
	}
	for i, line := range strings.Split(code, "\n") {
		if i > 0 {
			out = append(append(out, "\\\n"...), indent...)
		}
		words := strings.TrimLeft(line, " ")
		spaces := len(line) - len(words)
		if line == "" {
			spaces = 1 // the line must not be empty
		}
		out = append(out, strings.Repeat("&#160;", spaces)...)
		out = d.appendEscaped(out, Line(words), true)
	}
	return out
}

// oneLineHTML returns HTML on one line, so that nothing in it ends a block of
// Markdown, and without the delimiters of templates.
func oneLineHTML(s string) string { return htmlLine.Replace(s) }

var htmlLine = strings.NewReplacer("\n", "&#10;", "{", "&#123;")
