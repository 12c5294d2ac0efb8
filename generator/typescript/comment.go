package typescript

import (
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// This file writes the texts of a catalog as comments. They are Markdown, as
// editors expect in doc comments. A text never ends the comment, and never
// becomes a tag.

// errorDoc returns the documentation of an error's constant, part by part.
func errorDoc(e *catalog.Error) []string {
	parts := append(make([]string, 0, 4), summary(e))
	if !e.Description.IsEmpty() {
		parts = append(parts, markdown("", e.Description))
	}
	if !e.Resolution.IsEmpty() {
		parts = append(parts, markdown("To resolve it:", e.Resolution))
	}
	if e.Deprecated != nil || e.Retired != nil {
		parts = append(parts, obsolete(e))
	}
	return parts
}

// summary returns the line with the code, the status and the title.
func summary(e *catalog.Error) string {
	codes := plain(e.Code)
	if len(e.Aliases) > 0 {
		others := make([]string, len(e.Aliases))
		for i, a := range e.Aliases {
			others[i] = plain(a.Code)
		}
		word := "alias"
		if len(others) > 1 {
			word = "aliases"
		}
		codes += " (" + word + " " + strings.Join(others, ", ") + ")"
	}
	if e.HTTPStatus != 0 {
		codes += ", HTTP status " + strconv.Itoa(e.HTTPStatus)
	}
	return "Code " + codes + ": " + plain(e.Title)
}

// glue is a space where a line is never broken, because an inline tag must stay
// in one piece.
const glue = "\x00"

// obsolete returns the tag that makes editors strike out an identifier.
func obsolete(e *catalog.Error) string {
	tag := "@deprecated"
	l := e.Deprecated
	if e.Retired != nil {
		l = e.Retired
		tag += " No longer sent"
		if l.Since != "" {
			tag += ", since " + plain(l.Since)
		}
		tag += "."
	} else if l.Since != "" {
		tag += " Since " + plain(l.Since) + "."
	}
	if l.ReplacedBy != nil {
		tag += " Use {@link" + glue + l.ReplacedBy.TypeScriptName + "}."
	}
	if l.Reason.IsEmpty() {
		return tag
	}
	return markdown(tag, l.Reason)
}

// paramDoc returns the documentation of a param, part by part: its description and
// what there is to say about its type, if anything.
func paramDoc(p *catalog.Param, doc string) []string {
	var parts []string
	if !p.Description.IsEmpty() {
		parts = append(parts, markdown("", p.Description))
	}
	if doc != "" {
		parts = append(parts, doc)
	}
	return parts
}

// metadataDoc returns the documentation of a metadata key, part by part.
func metadataDoc(f *catalog.MetadataField) []string {
	var parts []string
	if f.HasOwnTitle() {
		parts = append(parts, plain(f.Title))
	}
	if !f.Description.IsEmpty() {
		parts = append(parts, markdown("", f.Description))
	}
	return parts
}

// paramsDoc returns the documentation of the params of an error, part by part.
func paramsDoc(e *catalog.Error) []string {
	if e.Deprecated != nil || e.Retired != nil {
		return []string{e.TypeScriptName, obsolete(e)}
	}
	return []string{e.TypeScriptName}
}

// sectionDoc returns the comment above the errors of a category, part by part.
func sectionDoc(c *catalog.Category) []string {
	if c.Description.IsEmpty() {
		return []string{plain(c.Title)}
	}
	return []string{plain(c.Title), markdown("", c.Description)}
}

// plain returns a plain text of the catalog for a comment.
func plain(s string) string { return commentText(prose.GFM.Escape(s)) }

// markdown returns a Markdown text of the catalog for a comment, after a lead of
// our own.
func markdown(lead string, t prose.Text) string {
	return lead + commentText(t.MarkdownIn(prose.GFM, lead)[len(lead):])
}

// commentText escapes Markdown for a comment: it does not end the comment or the
// script element of a page, and contains no tag and no directive. Except in code,
// rendered Markdown does not show the backslashes.
func commentText(markdown string) string {
	var b strings.Builder
	done := 0
	before := byte('\n')
	for i := range len(markdown) {
		c := markdown[i]
		switch {
		case c == '/' && (before == '*' || before == '<'),
			c == '!' && before == '<',
			c == '@' && strings.IndexByte("\n {(*", before) >= 0:
			b.WriteString(markdown[done:i])
			b.WriteByte('\\')
			done = i
		}
		before = c
	}
	if b.Len() == 0 {
		return markdown
	}
	b.WriteString(markdown[done:])
	return b.String()
}

// docComment writes parts of Markdown as an indented doc comment; none without
// parts.
func (w *writer) docComment(indent int, parts ...string) {
	if len(parts) == 0 {
		return
	}
	margin := strings.Repeat(" ", indent)
	w.lines = appendLines(w.lines[:0], parts, lineWidth-indent-len(" * "))
	w.WriteString(margin)
	if len(w.lines) == 1 && indent+len("/**  */")+prose.Width(w.lines[0]) <= lineWidth {
		w.WriteString("/** ")
		w.WriteString(w.lines[0])
		w.WriteString(" */\n")
		return
	}
	w.WriteString("/**\n")
	w.prefixed(margin+" *", w.lines)
	w.WriteString(margin)
	w.WriteString(" */\n")
}

// lineComment writes parts of Markdown as line comments.
func (w *writer) lineComment(parts ...string) {
	w.lines = appendLines(w.lines[:0], parts, lineWidth-len("// "))
	w.prefixed("//", w.lines)
}

// prefixed writes each line after the prefix.
func (w *writer) prefixed(prefix string, lines []string) {
	for _, l := range lines {
		w.WriteString(prefix)
		if l != "" {
			w.WriteByte(' ')
			w.WriteString(l)
		}
		w.WriteByte('\n')
	}
}

// appendLines appends parts of Markdown in lines of at most so many columns, if
// words and code allow it, with empty lines between the parts.
func appendLines(lines []string, parts []string, columns int) []string {
	for i, part := range parts {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = appendPart(lines, part, columns)
	}
	for i, l := range lines {
		lines[i] = strings.ReplaceAll(l, glue, " ")
	}
	return lines
}

// appendPart appends Markdown in lines of at most so many columns.
func appendPart(lines []string, markdown string, columns int) []string {
	fence := ""
	for line := range strings.SplitSeq(markdown, "\n") {
		content := strings.TrimLeft(line, " ")
		margin := line[:len(line)-len(content)]
		switch f := openFence(content); {
		case fence != "":
			if content == fence {
				fence = ""
			}
			lines = append(lines, strings.TrimRight(line, " "))
		case f != "":
			fence = f
			lines = append(lines, line)
		case len(line) <= columns, strings.HasPrefix(content, "|"): // a row of a table stays in one piece
			lines = append(lines, strings.TrimRight(line, " "))
		default:
			lines = appendWrapped(lines, margin, content, columns)
		}
	}
	return lines
}

// appendWrapped appends the words of a line in lines of at most so many
// columns. The lines of a list item are aligned with its text.
func appendWrapped(lines []string, margin, content string, columns int) []string {
	marker := listMarker(content)
	rest := margin + strings.Repeat(" ", len(marker))
	for i, words := range prose.Wrap(content[len(marker):], columns-len(rest)) {
		switch {
		case i == 0:
			lines = append(lines, margin+marker+words)
		case beginsBlock(words):
			// At the start of a line it would have another meaning.
			lines[len(lines)-1] += " " + words
		default:
			lines = append(lines, rest+words)
		}
	}
	return lines
}

// openFence returns the backticks of a line that opens a code block, else "".
func openFence(line string) string {
	fence := line[:len(line)-len(strings.TrimLeft(line, "`"))]
	if len(fence) < 3 || strings.Contains(line[len(fence):], "`") {
		return ""
	}
	return fence
}

// listMarker returns the bullet or number at the start of a line, and the space
// after it; "" if there is none.
func listMarker(line string) string {
	text := strings.TrimLeft(line, "0123456789")
	digits := len(line) - len(text)
	if len(text) < 2 || text[1] != ' ' {
		return ""
	}
	if digits > 0 && (text[0] == '.' || text[0] == ')') || digits == 0 && strings.IndexByte("-+*", text[0]) >= 0 {
		return line[:digits+2]
	}
	return ""
}

// beginsBlock reports whether a line of words would not continue the paragraph
// above it.
func beginsBlock(words string) bool {
	if strings.IndexByte("#>=-:", words[0]) >= 0 || openFence(words) != "" {
		return true
	}
	// The marker may be the whole line.
	return strings.IndexByte("*+0123456789", words[0]) >= 0 && listMarker(words+" ") != ""
}
