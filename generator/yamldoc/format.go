package yamldoc

import (
	"bytes"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// indentation is the number of spaces that a level is indented.
const indentation = 2

// Format returns the text of the document in its canonical form, which differs from
// the text only in white space, in commas before a closing bracket, and in the
// scalars of respelled that are on one line. These are written as the map says: as
// a string in double quotes, or as an integer. The root is that of Parse; Format
// changes the map, and the types of the respelled nodes.
//
// The canonical form has two spaces per level, one after a colon, a dash and a
// comma, one inside of braces and none inside of brackets. The lines stay as they
// are: nothing is joined, broken or moved. No line ends in white space, and the
// last one ends in a line break. Prettier leaves such a text unchanged as far as
// that is concerned.
//
// Format returns an error if it cannot format the document.
func (d *Document) Format(root *Node, respelled map[*Node]string) ([]byte, error) {
	d.index()
	f := &formatter{Document: d, edits: d.Edit(), forms: make([]lineForm, len(d.lines)), respelled: respelled}
	for n := range respelled {
		if start, end := d.Span(n); bytes.ContainsAny(d.data[start:end], "\r\n") {
			delete(respelled, n)
		}
	}
	f.value(root, -indentation, -indentation)
	if f.err != nil {
		return nil, f.err
	}
	f.comments()
	f.layOut()
	for n, text := range respelled {
		n.Tag = "!!int"
		if text[0] == '"' {
			n.Tag = "!!str"
		}
	}
	return f.edits.Apply(root)
}

// formatter finds the canonical form of each line.
type formatter struct {
	*Document
	edits     *Edits
	respelled map[*Node]string
	forms     []lineForm
	levels    []level
	// keepsEnd says that the last lines, even blank ones, are part of a string.
	keepsEnd bool
	err      error
}

// lineForm is how a line is indented.
type lineForm struct {
	role lineRole
	// indent is the new indentation, or the number of spaces that replace the first
	// cut characters of a verbatim line.
	indent, cut int
}

// lineRole is what a line is, and so what may be changed in it.
type lineRole uint8

const (
	otherLine    lineRole = iota // a comment, a blank line or a marker
	indentedLine                 // the white space around it means nothing
	quotedLine                   // the white space before it means nothing
	verbatimLine                 // of a block scalar
)

// level is where block content begins: a key, or the dash of a list element.
type level struct {
	line     int
	old, new int // the columns
}

// fail says that a part of the document cannot be formatted.
func (f *formatter) fail(offset int, format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("%s:%d: %s", f.file, f.line(offset)+1, fmt.Sprintf(format, args...))
	}
}

// start returns the offset at which a node begins, its anchor and tag included.
func (f *formatter) start(n *Node) int { return f.offset(n.Line, n.Column) }

// isNothing reports whether a node has no text at all.
func isNothing(n *Node) bool { return IsEmpty(n) && n.Anchor == "" && !IsTagged(n) }

// column returns the number of bytes before an offset in its line.
func (d *Document) column(offset int) int { return offset - d.lineStart(d.line(offset)) }

// lineStart returns the offset at which the text of a line begins.
func (d *Document) lineStart(line int) int {
	if line == 0 && bytes.HasPrefix(d.data, byteOrderMark) {
		return len(byteOrderMark)
	}
	return d.lines[line]
}

// isFirst reports whether only white space is before an offset in its line.
func (d *Document) isFirst(offset int) bool {
	return len(bytes.TrimLeft(d.data[d.lineStart(d.line(offset)):offset], " \t")) == 0
}

// indent sets the indentation of a line if it begins at an offset.
func (f *formatter) indent(offset, column int) {
	if f.isFirst(offset) {
		f.forms[f.line(offset)] = lineForm{role: indentedLine, indent: column}
	}
}

// begin says that block content begins at an offset, and gets a column.
func (f *formatter) begin(offset, column int) {
	f.indent(offset, column)
	f.levels = append(f.levels, level{f.line(offset), f.column(offset), column})
}

// gap replaces the white space between two tokens of a line.
func (f *formatter) gap(start, end int, text string) {
	if start <= end && len(bytes.Trim(f.data[start:end], " \t")) == 0 {
		f.edits.Replace(start, end, text)
	}
}

// value formats the value of a key, or an element of a list. The columns are the
// old and the new one of the collection around it.
func (f *formatter) value(n *Node, old, column int) {
	if isNothing(n) {
		return
	}
	f.indent(f.start(n), column+indentation)
	switch {
	case n.Kind == yaml.AliasNode:
	case n.Kind == yaml.ScalarNode:
		f.blockValue(n, old, column)
	case n.Style&yaml.FlowStyle != 0:
		f.flow(n, f.flowBase(n, column))
	case n.Kind == yaml.MappingNode:
		f.mapping(n, column+indentation)
	default:
		f.list(n, column+indentation)
	}
}

// mapping formats a block mapping.
func (f *formatter) mapping(n *Node, column int) {
	for i := 0; i+1 < len(n.Content) && f.err == nil; i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		start, end := f.Span(key)
		if isNothing(key) || key.Kind != yaml.ScalarNode && key.Kind != yaml.AliasNode {
			f.fail(start, "a key must be a string to be formatted")
			return
		}
		colon := end + len(f.rest(end)) - len(bytes.TrimLeft(f.rest(end), " \t"))
		if colon >= len(f.data) || f.data[colon] != ':' {
			f.fail(start, "a key that begins with ? cannot be formatted; write key: value")
			return
		}
		f.begin(start, column)
		f.respell(key)
		old := f.column(start)
		f.pair(key, end, colon, value)
		f.value(value, old, column)
	}
}

// pair formats what is around the colon between a key and a value.
func (f *formatter) pair(key *Node, end, colon int, value *Node) {
	if key.Kind == yaml.AliasNode || isUnquoted(key) {
		f.gap(end, colon, " ") // Without a space, the colon may belong to the alias, anchor or tag.
	} else {
		f.gap(end, colon, "")
	}
	if !isNothing(value) {
		f.gap(colon+1, f.start(value), " ")
	}
}

// hasBrackets reports whether a flow collection is not a pair of a list, such as a: b
// in [a: b].
func (f *formatter) hasBrackets(n *Node) bool {
	open := f.scalar(n)
	return open < len(f.data) && (f.data[open] == '{' || f.data[open] == '[') && (len(n.Content) == 0 || f.start(n.Content[0]) > open)
}

// isUnquoted reports whether a node is an empty string without quotes.
func isUnquoted(n *Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0
}

// list formats a block sequence.
func (f *formatter) list(n *Node, column int) {
	at := f.scalar(n)
	for _, element := range n.Content {
		dash := f.token(at)
		if dash >= len(f.data) || f.data[dash] != '-' {
			f.fail(dash, "the list cannot be formatted")
			return
		}
		f.begin(dash, column)
		at = dash + 1
		if !isNothing(element) {
			f.gap(at, f.start(element), " ")
			old := f.column(dash)
			f.value(element, old, column)
			_, at = f.Span(element)
		}
		if f.err != nil {
			return
		}
	}
}

// token returns the offset of the first character from an offset on that is neither
// white space nor in a comment.
func (d *Document) token(offset int) int {
	for offset < len(d.data) {
		switch c := d.data[offset]; {
		case c == '#':
			offset += len(d.rest(offset))
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			offset++
		default:
			return offset
		}
	}
	return offset
}

// respell replaces the text of a scalar.
func (f *formatter) respell(n *Node) {
	if text, ok := f.respelled[n]; ok {
		_, end := f.Span(n)
		f.edits.Replace(f.scalar(n), end, text)
	}
}

// blockValue formats a scalar in block content.
func (f *formatter) blockValue(n *Node, old, column int) {
	f.respell(n)
	offset := f.scalar(n)
	if n.Anchor != "" || IsTagged(n) {
		f.indent(offset, column+indentation)
	}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		f.block(offset, old, column)
		return
	}
	f.continued(n, column+indentation)
}

// continued indents the lines of a scalar after its first one.
func (f *formatter) continued(n *Node, column int) {
	_, end := f.Span(n)
	role := indentedLine
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		role = quotedLine
	}
	first, last := f.line(f.scalar(n)), f.line(max(end-1, 0))
	if first < last && role == quotedLine && f.forms[first].role == indentedLine {
		f.forms[first].role = role
	}
	for line := first + 1; line <= last; line++ {
		f.forms[line] = lineForm{role: role, indent: column}
		if line == last {
			f.forms[line].role = indentedLine
		}
	}
}

// block indents the text of a block scalar whose header is at an offset.
func (f *formatter) block(offset, old, column int) {
	header := f.word(offset)
	first := f.line(offset) + 1
	cut, indent := 0, max(column, 0)+indentation
	if i := bytes.IndexAny(header, "123456789"); i >= 0 {
		digit := int(header[i] - '0')
		cut, indent = max(old, 0)+digit, max(column, 0)+digit
	}
	last := first - 1 // with text
	end, deepest := first, 0
	for ; end < len(f.forms); end++ {
		spaces := f.spaces(end)
		if text := f.rest(f.lineStart(end))[spaces:]; len(text) == 0 && (cut == 0 || spaces <= cut) {
			deepest = max(deepest, spaces)
			continue
		}
		if cut == 0 {
			cut = max(spaces, deepest, old+1, 1)
		}
		if spaces < cut {
			break
		}
		last = end
	}
	keeps := bytes.IndexByte(header, '+') >= 0
	if keeps {
		last = end - 1
	}
	for line := first; line <= last; line++ {
		f.forms[line] = lineForm{role: verbatimLine, indent: indent, cut: cut}
	}
	if end == len(f.forms) {
		// A last line without a line break differs from one with a line break.
		f.keepsEnd = keeps || bytes.IndexByte(header, '-') < 0 && last >= first && last == end-1 && f.lineBreak(last) == ""
	}
}

// spaces returns the number of spaces at the beginning of a line.
func (f *formatter) spaces(line int) int {
	text := f.rest(f.lineStart(line))
	return len(text) - len(bytes.TrimLeft(text, " "))
}

// leading returns the number of characters of white space at the beginning of a
// line.
func (d *Document) leading(line int) int {
	text := d.rest(d.lineStart(line))
	return len(text) - len(bytes.TrimLeft(text, " \t"))
}

// flowBase returns the column of the closing bracket of a flow collection that is a
// value in block content: that of the bracket if the line begins with it or with
// dashes before it, else that of the key.
func (f *formatter) flowBase(n *Node, column int) int {
	start := f.start(n)
	before := f.data[f.lineStart(f.line(start)):start]
	if len(bytes.Trim(before, " \t-")) == 0 {
		return column + indentation
	}
	return max(column, 0)
}

// flow formats a collection in brackets; base is the column of the closing one.
func (f *formatter) flow(n *Node, base int) {
	open := f.scalar(n)
	_, end := f.Span(n)
	brackets := f.hasBrackets(n)
	inner, space := base+indentation, ""
	if !brackets {
		inner = base
	} else {
		for line := f.line(open) + 1; line <= f.line(end-1); line++ {
			f.forms[line] = lineForm{role: indentedLine, indent: inner}
		}
		if f.data[open] == '{' {
			space = " "
		}
	}
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	at := open + 1 // after the last token
	for i := 0; i+step <= len(n.Content); i += step {
		first := n.Content[i]
		start, next := f.Span(first)
		if isNothing(first) {
			continue
		}
		switch {
		case !brackets:
		case i == 0:
			f.gap(at, start, space)
		default:
			f.comma(n.Content[i-1], at, start, ", ")
		}
		f.inFlow(first, inner)
		if step == 2 {
			next = f.flowPair(first, next, n.Content[i+1], inner)
		}
		at = next
	}
	if !brackets {
		return
	}
	if len(n.Content) > 0 {
		f.comma(n.Content[len(n.Content)-1], at, end-1, space)
	} else {
		f.gap(at, end-1, "")
	}
	f.indent(end-1, base)
}

// flowPair formats the value of a pair in brackets, whose key ends at an offset. It
// returns the end of the pair, and a place after the document if it has no value:
// then what follows stays as it is.
func (f *formatter) flowPair(key *Node, end int, value *Node, column int) int {
	if isNothing(value) {
		return len(f.data) + 1
	}
	colon := f.token(end)
	if colon >= len(f.data) || f.data[colon] != ':' {
		return end
	}
	f.pair(key, end, colon, value)
	if start := f.start(value); f.isFirst(start) {
		column += indentation
		f.indent(start, column)
	}
	f.inFlow(value, column)
	_, end = f.Span(value)
	return end
}

// inFlow formats an element in brackets.
func (f *formatter) inFlow(n *Node, column int) {
	switch n.Kind {
	case yaml.ScalarNode:
		f.respell(n)
		f.continued(n, column)
	case yaml.MappingNode, yaml.SequenceNode:
		f.flow(n, column)
	}
}

// comma replaces the white space around the comma between two elements of a line,
// or before the closing bracket, where it needs no comma. It comes after a node.
func (f *formatter) comma(after *Node, start, end int, text string) {
	// A colon before a space would end a key.
	if start <= end && f.data[start-1] != ':' {
		if between := bytes.Trim(f.data[start:end], " \t"); string(between) == "," || len(between) == 0 && !strings.HasPrefix(text, ",") {
			for len(after.Content) > 0 && !f.hasBrackets(after) {
				after = after.Content[len(after.Content)-1]
			}
			// A tag goes on to the next space.
			if IsTagged(after) && isUnquoted(after) && !strings.HasPrefix(text, " ") {
				text = " " + text
			}
			f.edits.Replace(start, end, text)
		}
	}
}

// comments indents each comment like what follows it or, if it is indented deeper
// than that, like what is before it.
func (f *formatter) comments() {
	next := len(f.levels)
	follows := make([]int, len(f.forms)) // the index of the next level
	for line := len(f.forms) - 1; line >= 0; line-- {
		for next > 0 && f.levels[next-1].line >= line {
			next--
		}
		follows[line] = next
	}
	var around []level
	at := 0
	for line := range f.forms {
		for ; at < len(f.levels) && f.levels[at].line <= line; at++ {
			l := f.levels[at]
			for len(around) > 0 && around[len(around)-1].old >= l.old {
				around = around[:len(around)-1]
			}
			around = append(around, l)
		}
		if f.forms[line].role != otherLine || !f.isComment(line) {
			continue
		}
		column, indent, deeper := f.leading(line), 0, true
		if i := follows[line]; i < len(f.levels) {
			indent, deeper = f.levels[i].new, column > f.levels[i].old
		}
		for i := len(around) - 1; deeper && i >= 0; i-- {
			if around[i].old <= column {
				indent = max(indent, around[i].new)
				break
			}
		}
		f.forms[line] = lineForm{role: indentedLine, indent: indent}
	}
}

// layOut makes the edits of the lines.
func (f *formatter) layOut() {
	if bytes.HasPrefix(f.data, byteOrderMark) {
		f.edits.Replace(0, len(byteOrderMark), "")
	}
	first, last := 0, len(f.forms)-1
	for first < last && f.isBlank(first) {
		first++
	}
	for last > first && !f.keepsEnd && f.isBlank(last) && f.forms[last].role != verbatimLine {
		last--
	}
	lineBreak := f.lineBreak(0)
	if lineBreak != "\r\n" {
		lineBreak = "\n"
	}
	for line := range f.forms {
		start := f.lineStart(line)
		if line < first || line > last {
			f.edits.Replace(start, start+len(f.rest(start))+len(f.lineBreak(line)), "")
			continue
		}
		f.layOutLine(line)
		end := start + len(f.rest(start))
		if old := f.lineBreak(line); old != "" || line == last && !f.keepsEnd {
			f.edits.Replace(end, end+len(old), lineBreak)
		}
	}
}

// layOutLine makes the edits at the beginning and the end of a line.
func (f *formatter) layOutLine(line int) {
	form, start := f.forms[line], f.lineStart(line)
	text := f.rest(start)
	end := start + len(text)
	if form.role == verbatimLine {
		if cut := form.cut; cut > 0 && len(text) >= cut && f.spaces(line) >= cut && len(text) > cut {
			f.edits.Replace(start, start+cut, strings.Repeat(" ", form.indent))
		} else {
			f.edits.Replace(start, end, "")
		}
		return
	}
	lead := f.leading(line)
	if lead == len(text) {
		f.edits.Replace(start, end, "")
		return
	}
	if form.role != otherLine {
		f.edits.Replace(start, start+lead, strings.Repeat(" ", form.indent))
	}
	if form.role != quotedLine {
		f.edits.Replace(start+len(bytes.TrimRight(text, " \t")), end, "")
	}
}

// isBlank reports whether a line has only white space.
func (d *Document) isBlank(line int) bool {
	return len(bytes.TrimLeft(d.rest(d.lineStart(line)), " \t")) == 0
}

// isComment reports whether a line has only a comment.
func (d *Document) isComment(line int) bool {
	return bytes.HasPrefix(bytes.TrimLeft(d.rest(d.lineStart(line)), " \t"), []byte("#"))
}

// lineBreak returns what ends a line, an empty string at the end of the file.
func (d *Document) lineBreak(line int) string {
	start := d.lineStart(line)
	end := len(d.data)
	if line+1 < len(d.lines) {
		end = d.lines[line+1]
	}
	return string(d.data[start+len(d.rest(start)) : end])
}
