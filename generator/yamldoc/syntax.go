package yamldoc

import (
	"bytes"
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
	unknownAnchor   = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
	// unquotedBrace finds an unquoted string that starts with a placeholder, the most
	// common mistake of all: the parser stops after the brace.
	unquotedBrace = regexp.MustCompile(`:[ \t]+(\{[\w.-]+\})[ \t]*$`)
)

// syntaxHelp says what usually causes a message of the YAML parser.
var syntaxHelp = []struct{ message, help string }{
	{"mapping values are not allowed", "put a colon and a space after the key of the line before, and indent both lines equally"},
	{"cannot start any token", "quote a string that starts with this character"},
	{"found a tab character", "indent with spaces, not with tabs"},
	{"did not find expected ',' or", "put a comma or the closing bracket before it; quote a string that starts with a bracket"},
	{"did not find expected node content", "close the bracket; quote a string that starts with one"},
	{"did not find expected alphabetic", "quote a string that starts with & or *"},
	{"did not find expected", "check the indentation; quote the whole of a string that starts with a bracket, a quote, &, * or !"},
	{"could not find expected ':'", "put a colon and a space after the key, and indent the line like those around it"},
	{"found unexpected end of stream", "close the quote that starts here"},
	{"found unexpected document indicator", "close the quote before the line"},
	{"unknown escape", `write a backslash as \\ in double quotes, or use single quotes`},
	{"unknown anchor", "quote a string that starts with *"},
	{"incompatible YAML document", "remove the line that starts with %YAML"},
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
	data := d.data
	offset, ok := d.syntaxErrorOffset(err)
	if !ok {
		// The parser knows only the line; the place is its first character.
		offset = d.offset(line, 1)
		offset += len(d.rest(offset)) - len(bytes.TrimLeft(d.rest(offset), " \t"))
	}
	width := 0
	if m := unknownAnchor.FindStringSubmatch(message); m != nil {
		if ok {
			width = utf8.RuneCountInString(m[1]) + 1
			offset -= len(m[1])
		}
		message = "unknown anchor " + diag.Quote(m[1])
	}
	before := data[bytes.LastIndexAny(data[:offset], "\r\n")+1 : offset]
	if m := unquotedBrace.FindSubmatchIndex(before); m != nil {
		offset -= len(before) - m[2]
		width = m[3] - m[2]
		help = "quote a string that starts with {"
	}
	switch rest := data[offset:]; {
	case bytes.HasPrefix(rest, []byte("\t")):
		help = "indent with spaces, not with tabs"
	case bytes.HasPrefix(rest, []byte("<<<<<<<")):
		help = "resolve the merge conflict"
	case bytes.HasPrefix(rest, []byte(":")) && bytes.Contains(before, []byte(": ")):
		help = `quote a string that contains ": "`
	}
	d.Report(diag.RuleYAMLSyntax, d.position(offset, width), help, "%s", message)
}

// maxSyntaxSearch is how many bytes are searched for the exact place of a syntax
// error.
const maxSyntaxSearch = 8 << 20

// syntaxErrorOffset returns the offset of the character at which the parser gives
// up. The parser itself only knows the line, often that of the enclosing value;
// but it reads no further than it has to, so the shortest beginning of the file
// that gives the same error ends with the character.
func (d *Document) syntaxErrorOffset(want error) (int, bool) {
	data := d.data
	// Inside brackets every beginning is an error; this makes it a different one.
	end := ""
	if inBrackets.MatchString(want.Error()) {
		end = "\n,,,,"
	}
	fails := func(size int) bool {
		err := firstError(io.MultiReader(bytes.NewReader(data[:size]), strings.NewReader(end)))
		return err.Error() == want.Error()
	}
	read := &countingReader{Reader: bytes.NewReader(data)}
	if firstError(read); read.count > maxSyntaxSearch {
		return 0, false
	}
	// It is usually in the bytes that were read last.
	low := max(0, read.count-4096)
	if fails(low) {
		low = 0
	}
	size := low + sort.Search(read.count-low, func(i int) bool { return fails(low + i) })
	for size > 0 && size < len(data) && !utf8.RuneStart(data[size]) {
		size++ // not within a character
	}
	offset := max(size-1, 0)
	for offset > 0 && !utf8.RuneStart(data[offset]) {
		offset--
	}
	if end != "" && offset < len(data) && (data[offset] == '"' || data[offset] == '\'') {
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
