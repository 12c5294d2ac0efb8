package custom

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/prose"
)

// literals returns the functions that make string literals of languages. All
// characters of a literal are visible, and on one line.
func literals() template.FuncMap {
	units := func(r rune) string { // UTF-16, as in Java
		var b strings.Builder
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
		return b.String()
	}
	braces := func(r rune) string { return fmt.Sprintf(`\u{%x}`, r) }
	return template.FuncMap{
		// The compiler replaces \u000a before it looks for the end of a literal.
		"java": func(s string) string {
			return literal(s, "", func(r rune) string {
				if r < ' ' {
					return fmt.Sprintf(`\%03o`, r)
				}
				return units(r)
			})
		},
		"kotlin": func(s string) string { return literal(s, "$", units) },
		"csharp": func(s string) string { return literal(s, "", units) },
		"swift":  func(s string) string { return literal(s, "", braces) },
		"rust":   func(s string) string { return literal(s, "", braces) },
		"dart":   func(s string) string { return literal(s, "$", braces) },
		"php":    func(s string) string { return literal(s, "$", braces) },
		"ruby":   func(s string) string { return literal(s, "#", braces) },
		"go":     func(s string) string { return strconv.Quote(strings.ToValidUTF8(s, "\ufffd")) },
		"python": func(s string) string { return strconv.Quote(strings.ToValidUTF8(s, "\ufffd")) },
	}
}

// literal returns a text in double quotes, with a backslash before each special
// character, and what escape returns for each invisible one.
func literal(s, special string, escape func(rune) string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '"' || r == '\\' || strings.ContainsRune(special, r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r != ' ' && (!unicode.IsGraphic(r) || prose.IsInvisible(r)):
			b.WriteString(escape(r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// commentEnds are the ends of comments that a sign begins. A sign without an end
// makes comments of whole lines.
var commentEnds = map[string]string{"/*": "*/", "/**": "*/", "<!--": "-->", "{/*": "*/}", "(*": "*)", "{-": "-}"}

// comment writes a text as lines that are comments by themselves. All characters are
// visible, and none ends a line or the comment.
func comment(sign, s string) string {
	end := commentEnds[strings.TrimSpace(sign)]
	lines := strings.Split(prose.Visible(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(sign+" "+commentText(sign, line), " \t")
		if end != "" {
			lines[i] += " " + end
		}
	}
	return strings.Join(lines, "\n")
}

// commentText puts spaces into what means something in the comments of a language,
// and removes what continues a comment on the next line.
func commentText(sign, line string) string {
	sign = strings.TrimSpace(sign)
	marks := commentMarks
	if !slices.Contains(lineSigns, sign) {
		marks = append(marks, blockMarks...)
	}
	if slices.Contains(docSigns, sign) {
		marks = append(marks, fences...)
		if rest := strings.TrimLeft(line, " \t"); len(line)-len(rest) > 3 || strings.Contains(line[:len(line)-len(rest)], "\t") {
			line = "   " + rest
		}
	}
	if sign == "(*" {
		line = quotations.ReplaceAllString(strings.ReplaceAll(line, `"`, "'"), "{ $1|")
	}
	line = rawEnd.ReplaceAllString(line, "< /$1")
	for _, mark := range marks {
		// Twice, as one mark can end where the next begins.
		for range 2 {
			line = strings.ReplaceAll(line, mark, mark[:1]+" "+mark[1:])
		}
	}
	line = directives.ReplaceAllString(line, "$1$3 $2$4")
	for {
		rest := strings.TrimRight(line, " \t\\^")
		rest = strings.TrimSuffix(rest, "??/")
		rest = strings.TrimSuffix(rest, " _")
		if rest == "_" {
			rest = ""
		}
		if rest == line {
			return line
		}
		line = rest
	}
}

// commentMarks end comments, or begin ones within them, of languages such as C and
// PHP. In Java, \u000a ends a line. blockMarks do that in comments of several lines
// of HTML, Pascal and Haskell. lineSigns begin comments that end with the line.
//
// docSigns begin comments in which Rust compiles and runs code blocks: what is in
// fences, or is indented.
var (
	commentMarks = slices.Clip([]string{`*/`, `/*`, `\u`, `?>`})
	blockMarks   = []string{`--`, `*)`, `(*`, `-}`, `{-`}
	lineSigns    = []string{"//", "///", "//!", "#", "##", "--", ";", ";;", "%", "'", "REM", "::"}
	docSigns     = []string{"///", "//!", "/**"}
	fences       = []string{"```", "~~~"}
)

// In OCaml, strings hide the end of a comment. quotations begin those without quotes.
var quotations = regexp.MustCompile(`\{([a-z_]*)\|`)

// rawEnd ends a script or a style sheet in HTML, whatever is around it.
var rawEnd = regexp.MustCompile(`(?i)</(script|style)`)

// Python reads the encoding of a file in a comment, Ruby how it treats constants, and
// Go for which systems a file is.
var directives = regexp.MustCompile(`(?i)(coding)([:=])|(\+|shareable)(build|[-_]constant[-_]value)`)

// single returns a text in single quotes, for languages in which only backslashes
// and the quotes have a meaning there.
func single(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}

// capitalize returns a word with a capital at its beginning, and no other.
func capitalize(word string) string {
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + strings.ToLower(word[size:])
}
