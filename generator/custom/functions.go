package custom

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"text/template"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/prose"
)

// functions returns the functions that a template can call, in addition to those
// of text/template; docs/templates.md has the reference. The text that a function
// works on is its last argument, for use in pipelines.
func functions(header string) template.FuncMap {
	all := template.FuncMap{
		"header": func(comment ...string) string { return headerLine(header, comment) },

		// Case.
		"upper":      strings.ToUpper,
		"lower":      strings.ToLower,
		"camel":      camel,
		"pascal":     func(s string) string { return joinWords(s, "", capitalize) },
		"snake":      func(s string) string { return joinWords(s, "_", strings.ToLower) },
		"upperSnake": func(s string) string { return joinWords(s, "_", strings.ToUpper) },
		"kebab":      func(s string) string { return joinWords(s, "-", strings.ToLower) },

		// Text.
		"trim":      strings.TrimSpace,
		"replace":   func(old, new, s string) string { return strings.ReplaceAll(s, old, new) },
		"contains":  func(part, s string) bool { return strings.Contains(s, part) },
		"hasPrefix": func(prefix, s string) bool { return strings.HasPrefix(s, prefix) },
		"hasSuffix": func(suffix, s string) bool { return strings.HasSuffix(s, suffix) },
		"split":     func(separator, s string) []string { return strings.Split(s, separator) },
		"join":      func(separator string, list []string) string { return strings.Join(list, separator) },
		"line":      prose.Line,
		"indent":    indent,
		"wrap":      wrap,
		"pad":       pad,
		"comment":   comment,

		// Markdown.
		"plain":          plain,
		"markdown":       func(s string) string { return prose.Parse(s).Markdown() },
		"toHTML":         func(s string) string { return prose.Parse(s).HTML() },
		"escapeMarkdown": prose.GFM.Escape,

		// Embedding.
		"json":   jsonText,
		"yaml":   yamlText,
		"single": single,
		"csv":    csvRow,
		"xml":    xmlText,
		"sql":    func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" },
		"shell":  func(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" },
		"url":    url.PathEscape,

		// Values.
		"default": orDefault,
		"dict":    dict,
		"list":    func(values ...any) []any { return values },
		"text":    text,
		"parts":   parts,
		"fail":    func(message string) (string, error) { return "", errors.New(message) },

		// Lists.
		"groupBy": groupBy,
		"where":   where,
		"sortBy":  sortBy,
		"lookup":  lookup,

		"identifier": naming.Identifier,
	}
	maps.Copy(all, literals())
	return all
}

// headerLine returns the header as a comment, given what opens and, optionally,
// what closes the comment; without these, the bare text.
func headerLine(header string, comment []string) string {
	if len(comment) == 0 {
		return header
	}
	open, end := comment[0], commentEnds[comment[0]]
	if len(comment) > 1 {
		end = comment[1]
	}
	return strings.TrimSpace(open + " " + header + " " + end)
}

func joinWords(s, separator string, form func(string) string) string {
	list := naming.Words(s)
	for i, w := range list {
		list[i] = form(w)
	}
	return strings.Join(list, separator)
}

func camel(s string) string {
	list := naming.Words(s)
	for i, w := range list {
		if i == 0 {
			list[i] = strings.ToLower(w)
		} else {
			list[i] = capitalize(w)
		}
	}
	return strings.Join(list, "")
}

// maxSpaces bounds what indent and pad add.
const maxSpaces = 1000

// indent puts spaces before each line that is not empty.
func indent(spaces int, s string) (string, error) {
	if spaces < 0 || spaces > maxSpaces {
		return "", fmt.Errorf("cannot indent by %d", spaces)
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.Repeat(" ", spaces) + line
		}
	}
	return strings.Join(lines, "\n"), nil
}

// wrap wraps each line of a text at a number of columns.
func wrap(columns int, s string) (string, error) {
	if columns < 1 {
		return "", fmt.Errorf("cannot wrap at %d columns", columns)
	}
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if wrapped := prose.Wrap(line, columns); len(wrapped) > 0 {
			lines = append(lines, wrapped...)
		} else {
			lines = append(lines, "")
		}
	}
	return strings.Join(lines, "\n"), nil
}

// pad appends spaces to a text until it has a number of columns.
func pad(columns int, s string) (string, error) {
	if columns > maxSpaces {
		return "", fmt.Errorf("cannot pad to %d columns", columns)
	}
	return s + strings.Repeat(" ", max(0, columns-prose.Width(s))), nil
}

// plainWidth is the number of columns of a table without markup.
const plainWidth = 80

// plain returns a Markdown text without markup: paragraphs, lists, tables and
// code, separated by empty lines.
func plain(s string) string {
	var b strings.Builder
	for i, block := range prose.Parse(s).Plain() {
		if i > 0 {
			b.WriteByte('\n')
			if block.Kind != prose.Item {
				b.WriteByte('\n')
			}
		}
		b.WriteString(strings.Repeat("  ", max(0, block.Depth-1)))
		if block.Marker != "" {
			b.WriteString(block.Marker + " ")
		}
		if block.Kind == prose.Table {
			block.Text = strings.Join(block.Lines(plainWidth), "\n")
		}
		b.WriteString(block.Text)
	}
	return b.String()
}

// jsonText returns a value as JSON on a single line.
func jsonText(v any) (string, error) {
	text, err := model.Marshal(v, "")
	return string(text), err
}

// yamlText returns a value as YAML on a single line: as JSON, with one escape for a
// character that has two in JSON.
func yamlText(v any) (string, error) {
	text, err := jsonText(v)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] != '\\':
			b.WriteByte(text[i])
			continue
		case isSurrogate(text[i:]):
			var s string
			if err := json.Unmarshal([]byte(`"`+text[i:i+12]+`"`), &s); err != nil {
				return "", err
			}
			r, _ := utf8.DecodeRuneInString(s)
			fmt.Fprintf(&b, `\U%08x`, r)
			i += 11
			continue
		}
		b.WriteString(text[i : i+2])
		i++
	}
	return b.String(), nil
}

// isSurrogate reports whether JSON begins with the two escapes of one character.
func isSurrogate(text string) bool {
	return len(text) >= 12 && (strings.HasPrefix(text, `\ud8`) || strings.HasPrefix(text, `\ud9`) || strings.HasPrefix(text, `\uda`) || strings.HasPrefix(text, `\udb`)) && strings.HasPrefix(text[6:], `\ud`)
}

// csvRow returns values as a row of CSV (RFC 4180), without the line ending.
func csvRow(values ...any) string {
	fields := make([]string, len(values))
	for i, v := range values {
		fields[i] = text(v)
		// Some readers interpret comment signs and surrounding spaces.
		if s := fields[i]; s == "" || strings.ContainsAny(s, "\",;#\t\r\n") || strings.TrimSpace(s) != s {
			fields[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
	}
	return strings.Join(fields, ",")
}

// xmlText escapes a text for the content and the attributes of XML and HTML.
// Characters that XML does not allow become U+FFFD.
func xmlText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, s)
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;",
		"\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;").Replace(s)
}

// orDefault returns a value, or another one if it is empty.
func orDefault(other, v any) any {
	if truth, ok := template.IsTrue(v); ok && truth {
		return v
	}
	return other
}

// dict returns a map of keys to values, for nested templates with several
// arguments.
func dict(pairs ...any) (map[string]any, error) {
	m := make(map[string]any, len(pairs)/2)
	for i, v := range pairs {
		key, ok := pairs[i-i%2].(string)
		if !ok || len(pairs)%2 != 0 {
			return nil, errors.New("dict takes pairs of a key, which is a string, and a value")
		}
		m[key] = v
	}
	return m, nil
}

// text returns a value as messages show it.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string, int64, float64, bool, []string, []int64:
		return model.ValueText(v)
	}
	return fmt.Sprint(v)
}

// Part is a part of a message: a Text, or the value of the param named Param.
type Part struct{ Text, Param string }

// parts splits a message template into its parts.
func parts(message string) []Part {
	var list []Part
	literal := ""
	for rest := message; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
			literal += rest[:1]
			rest = rest[2:]
		case rest[0] == '{' && strings.Contains(rest, "}"):
			name, behind, _ := strings.Cut(rest[1:], "}")
			if literal != "" {
				list = append(list, Part{Text: literal})
			}
			list = append(list, Part{Param: name})
			literal, rest = "", behind
		default:
			literal += rest[:1]
			rest = rest[1:]
		}
	}
	if literal != "" {
		list = append(list, Part{Text: literal})
	}
	return list
}
