package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// TextOptions say how WriteText shows findings.
type TextOptions struct {
	// Source returns the content of a file by the name in positions, nil if it is not
	// available; then no excerpt is shown.
	Source func(file string) []byte
	// Color marks severities and places with terminal colors.
	Color bool
}

// WriteText writes the findings for people: the place and the message, the
// line of the source with the place underlined, the help, and the notes. It
// returns the error of w.
func WriteText(w io.Writer, ds Diagnostics, opt TextOptions) error {
	t := textWriter{Writer: bufio.NewWriter(w), opt: opt, sources: make(map[string]*textSource)}
	for i, d := range ds {
		if i > 0 {
			t.WriteByte('\n')
		}
		t.diagnostic(d)
	}
	return t.Flush()
}

// textWriter caches the sources that it has shown.
type textWriter struct {
	*bufio.Writer
	opt     TextOptions
	sources map[string]*textSource
}

// The colors, as parameters of the escape sequence that sets them.
const (
	bold   = "1"
	red    = "1;31"
	yellow = "1;33"
	blue   = "1;34"
	cyan   = "1;36"
)

var severityColors = map[Severity]string{Info: cyan, Warning: yellow, Error: red}

func (t *textWriter) colored(color, s string) string {
	if !t.opt.Color {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

func (t *textWriter) diagnostic(d Diagnostic) {
	color := severityColors[d.Severity]
	if pos := d.Pos.String(); pos != "" {
		fmt.Fprintf(t, "%s: ", t.colored(bold, Line(pos)))
	}
	fmt.Fprintf(t, "%s: %s\n", t.colored(color, d.Severity.String()+"["+d.Rule.ID()+"]"), Line(d.Message))
	t.excerpt(d.Pos, color)
	if d.Help != "" {
		fmt.Fprintf(t, "%s %s\n", t.colored(cyan, "help:"), Line(d.Help))
	}
	for _, n := range d.Notes {
		t.WriteString(t.colored(cyan, "note:") + " ")
		if pos := n.Pos.String(); pos != "" {
			t.WriteString(Line(pos) + ": ")
		}
		t.WriteString(Line(n.Message) + "\n")
		t.excerpt(n.Pos, blue)
	}
}

// excerpt shows the line of a position, with the place underlined.
func (t *textWriter) excerpt(p Position, color string) {
	if t.opt.Source == nil || p.Line < 1 {
		return
	}
	source := t.sources[p.File]
	if source == nil {
		source = newTextSource(t.opt.Source(p.File))
		t.sources[p.File] = source
	}
	line, at, ok := source.find(p.Line, max(p.Col, 1))
	if !ok {
		return
	}
	text, from, to := clipLine(line, at, max(p.Width, 1))
	number := strconv.Itoa(p.Line)
	margin := strings.Repeat(" ", len(number))
	bar := t.colored(blue, "|")
	fmt.Fprintf(t, " %s %s\n", margin, bar)
	fmt.Fprintf(t, " %s %s %s\n", t.colored(blue, number), bar, inert(text))
	if p.Col > 0 {
		fmt.Fprintf(t, " %s %s %s%s\n", margin, bar, strings.Repeat(" ", from), t.colored(color, strings.Repeat("^", to-from)))
	}
}

// textSource is a source with the offsets at which its lines begin.
type textSource struct {
	text  []byte
	lines []int
	// marks are the offsets of every markDistance-th character of long lines.
	marks map[int][]int
}

const markDistance = 1024

func newTextSource(text []byte) *textSource {
	s := &textSource{text: bytes.TrimPrefix(text, []byte("\uFEFF")), lines: []int{0}, marks: make(map[int][]int)}
	for i, c := range s.text {
		if c == '\n' || c == '\r' && (i+1 == len(s.text) || s.text[i+1] != '\n') {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// find returns a line, and the offset of a column in it; a column beyond the end of
// the line is the end. It returns false if there is no such line.
func (s *textSource) find(line, col int) (text []byte, at int, ok bool) {
	if line > len(s.lines) {
		return nil, 0, false
	}
	text = s.text[s.lines[line-1]:]
	if line < len(s.lines) {
		text = text[:s.lines[line]-s.lines[line-1]]
	}
	text = bytes.TrimRight(text, "\r\n")
	skip := col - 1
	if len(text) > markDistance {
		marks, ok := s.marks[line]
		if !ok {
			marks = marksOf(text)
			s.marks[line] = marks
		}
		mark := min(skip/markDistance, len(marks)-1)
		at = marks[mark]
		skip -= mark * markDistance
	}
	for ; skip > 0 && at < len(text); skip-- {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return text, at, true
}

func marksOf(text []byte) []int {
	var marks []int
	for at, count := 0, 0; at < len(text); count++ {
		if count%markDistance == 0 {
			marks = append(marks, at)
		}
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return marks
}

// How much an excerpt shows of a long line, and at least of the text before the
// place.
const (
	excerptColumns = 100
	contextColumns = 20
)

// clipLine returns a line for display, with the columns at which a place starts and
// ends: count characters at an offset. Of a long line it returns what is around the
// place.
func clipLine(line []byte, at, count int) (text string, from, to int) {
	start, end := at, at
	before, after := 0, 0 // the columns of line[start:at] and line[at:end]
	for start > 0 && before <= excerptColumns {
		_, size := utf8.DecodeLastRune(line[:start])
		before += columns(line[start-size : start])
		start -= size
	}
	for end < len(line) && after <= excerptColumns {
		_, size := utf8.DecodeRune(line[end:])
		after += columns(line[end : end+size])
		end += size
	}
	for before > max(contextColumns, excerptColumns-after) {
		_, size := utf8.DecodeRune(line[start:])
		before -= columns(line[start : start+size])
		start += size
	}
	for before+after > excerptColumns {
		_, size := utf8.DecodeLastRune(line[:end])
		after -= columns(line[end-size : end])
		end -= size
	}

	var b strings.Builder
	if start > 0 {
		b.WriteString("...")
		before += len("...")
	}
	place := 0
	for i := start; i < end; {
		_, size := utf8.DecodeRune(line[i:])
		c := line[i : i+size]
		if i >= at && count > 0 {
			place += columns(c)
			count--
		}
		b.WriteString(cell(c))
		i += size
	}
	if end < len(line) {
		b.WriteString("...")
	}
	return b.String(), before, before + max(place, 1)
}

// cell returns a character for display.
func cell(character []byte) string {
	if character[0] == '\t' {
		return "    "
	}
	return Printable(string(character))
}

// columns returns the number of terminal columns that a character occupies.
func columns(character []byte) int {
	if c := character[0]; ' ' <= c && c <= '~' {
		return 1
	}
	n := 0
	for _, r := range cell(character) {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			if !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Me, r) {
				n++
			}
		}
	}
	return n
}

// Printable returns s with everything escaped, as in \x1b, that a terminal would
// interpret or not show: control characters, bidirectional marks, invalid UTF-8.
func Printable(s string) string {
	if isPrintable(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		s = s[size:]
	}
	return b.String()
}

// Line returns s for a line of output: printable, and such that no CI system
// takes it for a command.
func Line(s string) string { return inert(Printable(s)) }

// Lines does for the lines of a text that is printable what Line does for one.
func Lines(text string) string {
	if !strings.Contains(text, "::") && !strings.Contains(text, "##") {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(inert(line))
	}
	return b.String()
}

// What GitHub Actions, Azure Pipelines and TeamCity take for commands in what a
// step prints: ::error::text at the beginning of a line, and anywhere
// ##[error]text, ##vso[task.complete] and ##teamcity[message].
var (
	commandOfCI = regexp.MustCompile(`^( *):(:(?:[^:]|$))`)
	markOfCI    = regexp.MustCompile(`##(\w*\[)`)
)

// inert escapes a character of each command of a CI system.
func inert(line string) string {
	if strings.Contains(line, "::") {
		line = commandOfCI.ReplaceAllString(line, `$1\x3a$2`)
	}
	if strings.Contains(line, "##") {
		line = markOfCI.ReplaceAllString(line, `\x23#$1`)
	}
	return line
}

// maxQuoted is how many bytes Quote shows of a string.
const maxQuoted = 60

// Quote returns a string of an input for a message: quoted, on one line, with
// everything that cannot be printed escaped, and cut off if it is long.
func Quote(s string) string { return strconv.Quote(Clip(s, maxQuoted)) }

// Clip returns s if it has at most so many bytes, and otherwise its beginning
// with an ellipsis.
func Clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	cut := min(most, maxQuoted)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

func isPrintable(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}
