package yamldoc

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

var (
	syntaxErrorLine = regexp.MustCompile(`^line (\d+): `)
	inBrackets      = regexp.MustCompile(`did not find expected ',' or '[\]}]'$`)
	openQuote       = regexp.MustCompile(`line (\d+): found unexpected end of stream$`)
	inEscape        = regexp.MustCompile(`unknown escape|hexdecimal|escape code`)
	// inTag finds the messages about tags, endsValue those about what follows a value.
	inTag         = regexp.MustCompile(`tag|expected '[>!]'|octet|whitespace`)
	endsValue     = regexp.MustCompile(`expected (key|<document start>)$`)
	unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
	// unquotedBrace finds an unquoted string that starts with a placeholder, the most
	// common mistake of all: the parser stops after the brace.
	unquotedBrace = regexp.MustCompile(`:[ \t]+(\{[\w.-]+\})[ \t]*$`)
)

// syntaxHelp says what usually causes a message of the YAML parser.
var syntaxHelp = []struct{ message, help string }{
	{"block sequence entries are not allowed", "put each element of a list on a line of its own, below the key; quote a string that starts with a dash"},
	{"mapping keys are not allowed", "quote a string that starts with ?"},
	{"mapping values are not allowed", "put a colon and a space after the key of the line before, and indent both lines equally"},
	{"cannot start any token", "quote a string that starts with this character"},
	{"found a tab character", "indent with spaces, not with tabs"},
	{"did not find expected ',' or", "put a comma or the closing bracket before it; quote a string that starts with a bracket"},
	{"did not find expected node content", "close the bracket; quote a string that starts with one"},
	{"alphabetic or numeric", "quote a string that starts with & or *"},
	{"did not find expected '-'", "put a dash before each element of the list; indent a key like the other keys of its mapping"},
	{"did not find expected key", "indent the line like the other keys of its mapping"},
	{"did not find expected <document start>", "indent the line like the first line, or remove it"},
	{"could not find expected ':'", "put a colon and a space after the key, and indent the line like those around it"},
	{"found unexpected end of stream", "close the quote that starts here"},
	{"found unexpected document indicator", "close the quote before the line"},
	{"escape", `write a backslash as \\ in double quotes, or use single quotes`},
	{"hexdecimal", `write a backslash as \\ in double quotes, or use single quotes`},
	{"unknown anchor", "quote a string that starts with *"},
	{"exceeded max depth", "nest less deeply"},
}

// syntaxError reports what the YAML parser does not understand.
func (d *Document) syntaxError(err error) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := syntaxErrorLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = message[len(m[0]):]
	}
	help := "check the line and the one before it"
	for _, h := range syntaxHelp {
		if strings.Contains(message, h.message) {
			help = h.help
			break
		}
	}
	mistake := syntaxMistake{message: message, help: help}
	if offset, ok := d.syntaxErrorOffset(); ok {
		mistake.offset = offset
		d.recognize(&mistake)
	} else {
		// The parser knows only the line; the place is its first character.
		mistake.offset = d.offset(line, 1)
		mistake.offset += len(d.rest(mistake.offset)) - len(bytes.TrimLeft(d.rest(mistake.offset), " \t"))
	}
	d.Report(diag.RuleYAMLSyntax, d.position(mistake.offset, mistake.width), mistake.help, "%s", mistake.message)
}

// syntaxMistake is what is wrong, and where.
type syntaxMistake struct {
	message, help string
	offset, width int
}

// move moves the mistake to so many characters of a text that begins at an offset.
func (m *syntaxMistake) move(offset int, text []byte) {
	m.offset, m.width = offset, utf8.RuneCount(text)
}

// recognize says more about a mistake whose offset is where the parser gives up,
// from what is there.
func (d *Document) recognize(m *syntaxMistake) {
	start := bytes.LastIndexAny(d.data[:m.offset], "\r\n") + 1
	before, rest := d.data[start:m.offset], d.rest(m.offset)
	line := d.rest(start)
	if anchor := unknownAnchor.FindStringSubmatch(m.message); anchor != nil {
		m.message = "unknown anchor " + diag.Quote(anchor[1])
		m.move(m.offset-len(anchor[1]), []byte("*"+anchor[1]))
		return
	}
	switch brace := unquotedBrace.FindSubmatchIndex(before); {
	case d.conflict(m, start):
	case brace != nil:
		m.move(start+brace[2], before[brace[2]:brace[3]])
		m.help = "quote a string that starts with {"
	case bytes.HasPrefix(rest, []byte("\t")):
		m.help = "indent with spaces, not with tabs"
	case inEscape.MatchString(m.message):
		d.badEscape(m)
	case strings.Contains(m.message, "cannot start any token"):
		r, _ := utf8.DecodeRune(rest)
		m.help = "quote a string that starts with " + string(r)
	case strings.Contains(m.message, "alphabetic or numeric"):
		if at := bytes.LastIndexAny(before, " \t[{,") + 1; bytes.IndexAny(line[at:], "*&") == 0 {
			m.move(start+at, d.word(start+at))
		}
		m.help = "quote a string that starts with " + string(d.data[m.offset])
	case strings.Contains(m.message, "document indicator"):
		m.move(start, []byte("---"))
	case bytes.HasPrefix(line, []byte("%")):
		d.directive(m, start)
	case strings.Contains(m.message, "duplicate %"):
		// The parser gives up on the line after it.
		d.directive(m, max(bytes.LastIndexByte(d.data[:start], '%'), 0))
	case strings.Contains(m.message, "indentation indicator") || strings.Contains(m.message, "comment or line break"):
		at := max(bytes.LastIndexAny(before, "|>"), 0)
		m.move(start+at, line[at:])
		m.help = "begin the text on the next line; quote a string that starts with " + string(line[at])
	case inTag.MatchString(m.message):
		at := bytes.LastIndexAny(before, " \t[{,") + 1
		m.move(start+at, d.word(start+at))
		m.help = "quote a string that starts with !"
	case bytes.HasPrefix(rest, []byte(":")) && bytes.Contains(before, []byte(": ")):
		m.help = `quote a string that contains ": "`
	case endsValue.MatchString(m.message):
		d.afterValue(m, bytes.TrimRight(before, " \t"))
	case strings.Contains(m.message, "expected '-'"):
		key := bytes.TrimLeft(line, " ")
		m.move(start+len(line)-len(key), before[min(len(line)-len(key), len(before)):])
	case strings.Contains(m.message, "node content") && bytes.ContainsAny(rest[:min(1, len(rest))], ",]}"):
		m.help = "remove it, or quote a string that starts with " + string(rest[0])
	}
}

// conflict recognizes the marks of a merge conflict in the line that begins at an
// offset, or in the one before.
func (d *Document) conflict(m *syntaxMistake, start int) bool {
	previous := bytes.LastIndexByte(d.data[:max(start-1, 0)], '\n') + 1
	for _, at := range []int{start, previous} {
		for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>"} {
			if bytes.HasPrefix(d.data[at:], []byte(mark)) {
				m.move(at, []byte(mark))
				m.help = "resolve the merge conflict"
				return true
			}
		}
	}
	return false
}

// directive says that the line at an offset begins with a percent sign.
func (d *Document) directive(m *syntaxMistake, offset int) {
	word := d.word(offset)
	m.move(offset, word)
	m.help = "indent or quote a string that starts with %"
	if w := string(word); w == "%YAML" || w == "%TAG" {
		m.help = "remove the line that starts with " + w
	}
}

// afterValue says more about a value that something follows.
func (d *Document) afterValue(m *syntaxMistake, before []byte) {
	switch {
	case bytes.HasSuffix(before, []byte(`"`)):
		m.help = `quote the whole string, and write a double quote in it as \"`
	case bytes.HasSuffix(before, []byte("'")):
		m.help = "quote the whole string, and write a single quote in it as ''"
	case bytes.HasSuffix(before, []byte("]")), bytes.HasSuffix(before, []byte("}")):
		m.help = "remove what follows the closing bracket; quote a string that starts with a bracket"
	}
}

// badEscape says which escape in double quotes is not one. The parser gives up
// within it.
func (d *Document) badEscape(m *syntaxMistake) {
	start := max(bytes.LastIndexByte(d.data[:min(m.offset+1, len(d.data))], '\\'), 0)
	line := d.rest(start)
	_, size := utf8.DecodeRune(line[min(1, len(line)):])
	text := line[:min(1, len(line))+size]
	digits := 0
	if size == 1 {
		digits = escapeDigits(rune(text[1]))
	}
	for i := 0; i < digits && len(text) < len(line) && strings.IndexByte("\"' ", line[len(text)]) < 0; i++ {
		_, size := utf8.DecodeRune(line[len(text):])
		text = line[:len(text)+size]
	}
	m.move(start, text)
	switch {
	case digits == 0:
		m.message = fmt.Sprintf("unknown escape %s", text)
		m.help = fmt.Sprintf(`write a backslash as \\ in double quotes: \%s`, text)
	case strings.Contains(m.message, "hexdecimal"):
		m.message = fmt.Sprintf("the escape %s must have %d hexadecimal digits", text, digits)
		m.help = fmt.Sprintf(`write all %d digits, such as %.2s%0*x; write a backslash as \\`, digits, text, digits, 'A')
	default:
		m.message = fmt.Sprintf("the escape %s is not a character", text)
		m.help = `write one from \U00000000 to \U0010FFFF that is not a surrogate`
	}
}

// maxSyntaxSearch is how many bytes are searched for the exact place of a syntax
// error.
const maxSyntaxSearch = 8 << 20

// maxQuotes is how many quotes of a line are tried.
const maxQuotes = 100

// syntaxErrorOffset returns the offset of the character at which the parser gives
// up, false if it is too far for a search. The parser itself only knows the line,
// often that of the enclosing value; but it reads no further than it has to, so the
// shortest beginning of the file that gives the same error ends with the character.
func (d *Document) syntaxErrorOffset() (int, bool) {
	data, skip := d.parsed, 0
	if bytes.HasPrefix(data, byteOrderMark) {
		skip = len(byteOrderMark)
	}
	// On the first line the parser confuses the line of the value with that of the
	// error, so there is one more.
	text := func(r io.Reader) io.Reader { return io.MultiReader(strings.NewReader("\n"), r) }
	read := &countingReader{Reader: bytes.NewReader(data[skip:])}
	want := firstError(text(read)).Error()
	count := read.count
	if count > maxSyntaxSearch {
		return 0, false
	}
	// A beginning that ends inside brackets or an escape is an error; this makes it
	// a different one.
	end := ""
	switch {
	case inBrackets.MatchString(want):
		end = "\n,,,,"
	case strings.Contains(want, "unknown escape"):
		end = "n"
	case strings.Contains(want, "hexdecimal"):
		end = "00000000"
	case strings.Contains(want, "alphabetic or numeric"):
		end = "a"
	}
	fails := func(size int) bool {
		err := firstError(text(io.MultiReader(bytes.NewReader(data[skip:skip+size]), strings.NewReader(end))))
		return err.Error() == want
	}
	if m := openQuote.FindStringSubmatch(want); m != nil {
		// Every beginning that ends within quotes is this error; the place is the last
		// quote of the line before which the quotes are closed.
		line, _ := strconv.Atoi(m[1])
		start := d.offset(line-1, 1)
		quotes := d.rest(start)
		for range maxQuotes {
			quotes = quotes[:max(bytes.LastIndexAny(quotes, `"'`), 0)]
			if !bytes.HasSuffix(quotes, []byte(`\`)) && !fails(start+len(quotes)-skip) {
				return start + len(quotes), true
			}
		}
	}
	// It is usually in the bytes that were read last.
	low := max(0, count-4096)
	if fails(low) {
		low = 0
	}
	size := skip + low + sort.Search(count-low, func(i int) bool { return fails(low + i) })
	for size > 0 && size < len(data) && !utf8.RuneStart(data[size]) {
		size++ // not within a character
	}
	offset := max(size-1, 0)
	for offset > 0 && !utf8.RuneStart(data[offset]) {
		offset--
	}
	if inBrackets.MatchString(want) && offset < len(data) && (data[offset] == '"' || data[offset] == '\'') {
		// The parser gives up at the end of a quoted string; the place is its start.
		start := bytes.LastIndexAny(data[:offset], "\r\n") + 1
		if open := bytes.LastIndexByte(data[start:offset], data[offset]); open >= 0 {
			offset = start + open
		}
	}
	return offset, true
}

// firstError returns the error with which the documents of r end.
func firstError(r io.Reader) error {
	decoder := yaml.NewDecoder(r)
	for {
		if _, err := decode(decoder); err != nil {
			return err
		}
	}
}

// countingReader counts the bytes that are read from it.
type countingReader struct {
	*bytes.Reader
	count int
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.count += n
	return n, err
}
