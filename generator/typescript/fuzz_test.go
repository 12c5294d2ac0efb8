package typescript

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
)

// FuzzTexts checks that, whatever the texts are, the code around them is the same,
// and each text is the value of its string.
func FuzzTexts(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	code := func(t testing.TB, text string) (code string, values []string) {
		for _, m := range generate(t, testCase{catalog: fuzzCatalog(t, text)}) {
			c, v, err := scan(string(m.Data))
			if err != nil {
				t.Fatalf("%q in %s: %v", text, m.Path, err)
			}
			code, values = code+c, append(values, v...)
		}
		return code, values
	}
	want, plain := code(f, "TEXT")
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = catalogtest.Pieces(text)
		// A text of the catalog is UTF-8 and not blank.
		if !utf8.ValidString(text) || fuzzCatalog(t, text).Errors[0].Deprecated.Reason.IsEmpty() {
			return
		}
		got, values := code(t, text)
		if got != want {
			t.Fatalf("the code around %q is other: %s", text, catalogtest.Difference(got, want))
		}
		escaped := strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
		inJSON := strings.TrimSuffix(strings.TrimPrefix(jsonOf(text), `"`), `"`)
		for i, v := range plain {
			if !slices.ContainsFunc([]string{text, escaped, inJSON}, func(t string) bool { return values[i] == strings.ReplaceAll(v, "TEXT", t) }) {
				t.Fatalf("a string has the value %q, want %q", values[i], strings.ReplaceAll(v, "TEXT", text))
			}
		}
	})
}

// fuzzCatalog returns a catalog with the text in every place that takes one.
func fuzzCatalog(t testing.TB, text string) *catalog.Catalog {
	t.Helper()
	c := load.Source(t, []byte(`
version: 1
catalog: {name: fuzz}
categories:
  all: {http_status: 400}
errors:
  A: {category: all, params: {p: string}, deprecated: {replaced_by: B}}
  B: {category: all}
  C: {category: all, params: {q: datetime}, retired: {replaced_by: B}}
`))
	c.Metadata = []*catalog.MetadataField{{Name: "text", Type: catalog.MetadataString}, {Name: "list", Type: catalog.MetadataStringList}}
	for _, e := range c.Errors {
		setTexts(e, text, c.Metadata...)
	}
	return c
}

// scan reads a module: it returns the code without comments and white space,
// each string in it as "", and the values of the strings and of the lines of
// columns. It knows as little
// as possible: what ends a comment, and what ends a string.
func scan(src string) (code string, values []string, err error) {
	var b strings.Builder
	for i := 0; i < len(src); {
		rest := src[i:]
		switch c := src[i]; {
		case strings.HasPrefix(rest, "//"):
			end := strings.IndexAny(rest, "\n\r\u2028\u2029")
			if rest[end] != '\n' {
				return "", nil, fmt.Errorf("a comment ends with %q", rest[end])
			}
			i += end
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				return "", nil, fmt.Errorf("a comment does not end: %.100q", rest)
			}
			comment := rest[:end+4]
			if strings.ContainsFunc(comment, func(r rune) bool { return r != '\n' && r < ' ' || r == '\u2028' || r == '\u202e' || r == 0x7F }) {
				return "", nil, fmt.Errorf("a comment contains an invisible character: %q", comment)
			}
			i += len(comment)
		case c == '"' || c == '\'':
			value, length, err := unquote(rest)
			if err != nil {
				return "", nil, err
			}
			b.WriteString(`""`)
			values = append(values, value)
			i += length
		case c == '`':
			table, length, err := unquote(rest)
			if err != nil {
				return "", nil, err
			}
			b.WriteString(`""`)
			values = append(values, lines(table)...)
			i += length
		default:
			if c != ' ' && c != '\n' {
				b.WriteByte(c)
			}
			i++
		}
	}
	// A list on several lines ends with a comma.
	return strings.ReplaceAll(b.String(), ",]", "]"), values, nil
}

// lines returns the codes and values of a column.
func lines(table string) []string {
	var lines []string
	for line := range strings.SplitSeq(table, "\n") {
		code, value, _ := strings.Cut(line, " ")
		switch {
		case line == "":
		case code == "":
			lines[len(lines)-1] += "\n" + value
		default:
			lines = append(lines, code, value)
		}
	}
	return lines
}

// unquote returns the value of the string or template literal at the start of src,
// and the length of the literal. A line of a template must not end with a space.
func unquote(src string) (string, int, error) {
	var units []uint16
	for i := 1; i < len(src); {
		switch c := src[i]; {
		case c == src[0]:
			return string(utf16.Decode(units)), i + 1, nil
		case c == '\r', c == '\n' && (src[0] != '`' || src[i-1] == ' '):
			return "", 0, fmt.Errorf("a string ends with its line, or a line with a space: %.100q", src)
		case src[0] == '`' && strings.HasPrefix(src[i:], "${"):
			return "", 0, fmt.Errorf("code in a template literal: %.100q", src)
		case c != '\\':
			r, size := utf8.DecodeRuneInString(src[i:])
			units = utf16.AppendRune(units, r)
			i += size
		default:
			e := src[i+1]
			if k := strings.IndexByte("nrt\\\"'`$", e); k >= 0 {
				units = append(units, uint16("\n\r\t\\\"'`$"[k]))
				i += 2
				continue
			}
			start, length := i+2, map[byte]int{'x': 2, 'u': 4}[e]
			if e == 'u' && src[start] == '{' {
				start++
				length = strings.IndexByte(src[start:], '}')
			}
			n, err := strconv.ParseUint(src[start:start+length], 16, 32)
			if err != nil || !slices.Contains([]byte("xu"), e) {
				return "", 0, fmt.Errorf("an escape: %.20q", src[i:])
			}
			units = utf16.AppendRune(units, rune(n))
			i = start + length
			if src[start-1] == '{' {
				i++
			}
		}
	}
	return "", 0, fmt.Errorf("a string does not end: %.100q", src)
}
