package markdown

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errcat/errcat/generator/prose"
)

// field is a key of a front matter with its value.
type field struct {
	key   string
	value value
}

// value is a value of YAML. It appends itself after a key, at the end of a line or
// on lines of its own.
type value interface {
	appendTo(out []byte, indent string) []byte
}

type (
	text    string
	number  int
	numbers []int
	boolean bool
	null    struct{}
	texts   []string
	mapping []field
)

func (t text) appendTo(out []byte, _ string) []byte {
	return append(append(out, ' '), quoted(string(t))...)
}

func (n number) appendTo(out []byte, _ string) []byte {
	return strconv.AppendInt(append(out, ' '), int64(n), 10)
}

func (n numbers) appendTo(out []byte, _ string) []byte {
	out = append(out, " ["...)
	for i, n := range n {
		if i > 0 {
			out = append(out, ", "...)
		}
		out = strconv.AppendInt(out, int64(n), 10)
	}
	return append(out, ']')
}

func (b boolean) appendTo(out []byte, _ string) []byte {
	return strconv.AppendBool(append(out, ' '), bool(b))
}

func (null) appendTo(out []byte, _ string) []byte { return append(out, " null"...) }

func (t texts) appendTo(out []byte, indent string) []byte {
	for _, text := range t {
		out = append(append(out, '\n'), indent...)
		out = append(append(out, "  - "...), quoted(text)...)
	}
	return out
}

func (m mapping) appendTo(out []byte, indent string) []byte {
	for _, f := range m {
		out = append(append(append(out, '\n'), indent...), "  "...)
		out = f.appendTo(out, indent+"  ")
	}
	return out
}

// appendTo appends the field without a line feed at the end.
func (f field) appendTo(out []byte, indent string) []byte {
	return f.value.appendTo(append(append(out, yamlKey(f.key)...), ':'), indent)
}

// constant is a value that the user has written, in YAML on one line.
type constant string

func (c constant) appendTo(out []byte, _ string) []byte { return append(append(out, ' '), c...) }

// yamlKey returns a key of a mapping.
func yamlKey(key string) string {
	isPlain := key != "" && !strings.ContainsFunc(key, func(r rune) bool {
		return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	switch strings.ToLower(key) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		isPlain = false // not strings to every reader
	}
	if c := key + " "; isPlain && (c[0] == '_' || c[0]|0x20 >= 'a' && c[0]|0x20 <= 'z') {
		return key
	}
	return quoted(key)
}

// quoted returns a string of YAML in double quotes on one line. All of its
// characters are visible.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"':
			b.WriteString(`\x22`) // formatters prefer single quotes around \"
		case r == '\\':
			b.WriteString(`\\`)
		case r == ' ' || unicode.IsGraphic(r) && !prose.IsInvisible(r):
			b.WriteRune(r)
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// titled returns the title of a front matter, after f has changed it.
func (d *document) titled(f func(string) string) []field {
	return []field{{"title", text(f(prose.Line(d.plainTitle)))}}
}

// described returns the description of a front matter, after f has changed it.
func (d *document) described(f func(string) string) []field {
	if line := prose.Line(d.summary); line != "" {
		return []field{{"description", text(f(line))}}
	}
	return nil
}

// tagged returns the tags of a front matter: those that have an address on every
// site.
func (d *document) tagged() []field {
	var tags texts
	if d.Error != nil {
		for _, tag := range d.Error.Tags {
			if isAddress(tag) {
				tags = append(tags, tag)
			}
		}
	}
	if tags == nil {
		return nil
	}
	return []field{{"tags", tags}}
}

// isAddress reports whether a tag begins with a letter or digit and has only
// these, spaces and -._, so that the page of the tag has a name.
func isAddress(tag string) bool {
	for i, r := range tag {
		isWord := '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z'
		if !isWord && (i == 0 || !strings.ContainsRune(" -._", r)) {
			return false
		}
	}
	return tag != ""
}

// unchanged is for sites that escape titles and descriptions.
func unchanged(s string) string { return s }

// enclosed is for sites that insert titles into the element title, or as JSON into
// scripts, without escaping them: only these tags have a meaning there.
func enclosed(s string) string { return endTags.ReplaceAllString(s, "‹$1") }

var endTags = regexp.MustCompile(`(?i)<(/title|/?script|!--)`)

// inModule is enclosed for sites that also write texts as strings of JavaScript without
// escaping backslashes.
func inModule(s string) string { return strings.ReplaceAll(enclosed(s), `\`, "＼") }

// tame replaces characters that may begin code by similar ones, for sites that
// insert titles and descriptions into HTML and scripts without escaping them.
func tame(s string) string {
	parts := strings.Split(tameMarks.Replace(s), "&")
	for i, part := range parts[1:] {
		parts[i+1] = "&" + part
		if html.UnescapeString("&"+part) != "&"+part { // a character reference
			parts[i+1] = "＆" + part
		}
	}
	return strings.Join(parts, "")
}

var tameMarks = strings.NewReplacer("<", "‹", ">", "›", "{", "(", "}", ")", `"`, "'")

// frontMatter are the fields that a user adds, and, without a value, removes.
type frontMatter []field

// parseFrontMatter reads a JSON object.
func parseFrontMatter(object string) (frontMatter, error) {
	var all frontMatter
	d := json.NewDecoder(strings.NewReader(object))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errNoMapping
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, errNoMapping
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, errNoMapping
		}
		f := field{key: key.(string)}
		if slices.ContainsFunc(all, func(other field) bool { return other.key == f.key }) {
			return nil, fmt.Errorf("duplicate key %q", f.key)
		}
		if !bytes.Equal(raw, []byte("null")) {
			flow, err := yamlFlow(raw)
			if err != nil {
				return nil, err
			}
			f.value = constant(flow)
		}
		if len(f.key) > maxKey {
			return nil, errLongKey
		}
		all = append(all, f)
	}
	if _, err := d.Token(); err != nil || d.More() {
		return nil, errNoMapping
	}
	if len(all) == 0 {
		return nil, errNoMapping
	}
	return all, nil
}

var errNoMapping = fmt.Errorf("must be a mapping of keys to values, as JSON on the command line: %s", `{"layout": "errors"}`)

// maxKey is the number of bytes of a key that every reader of YAML accepts.
const maxKey = 250

var errLongKey = fmt.Errorf("must not have a key of more than %d bytes", maxKey)

// yamlFlow returns JSON as YAML on one line.
func yamlFlow(raw json.RawMessage) (string, error) {
	var b strings.Builder
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	err := writeFlow(&b, d)
	return b.String(), err
}

// writeFlow writes the next value of valid JSON.
func writeFlow(b *strings.Builder, d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t := t.(type) {
	case json.Delim:
		b.WriteString(t.String())
		for i := 0; d.More(); i++ {
			if i > 0 {
				b.WriteString(", ")
			}
			if t == '{' {
				key, err := d.Token()
				if err != nil {
					return err
				}
				if len(key.(string)) > maxKey {
					return errLongKey
				}
				b.WriteString(quoted(key.(string)) + ": ")
			}
			if err := writeFlow(b, d); err != nil {
				return err
			}
		}
		end, err := d.Token()
		fmt.Fprint(b, end)
		return err
	case string:
		b.WriteString(quoted(t))
	case nil:
		b.WriteString("null")
	default: // a number or a boolean
		fmt.Fprint(b, t)
	}
	return nil
}

// apply returns fields with those of the user: in their place if there is such a
// key, else after them.
func (m frontMatter) apply(fields []field) []field {
	for _, f := range m {
		at := slices.IndexFunc(fields, func(other field) bool { return other.key == f.key })
		switch {
		case at >= 0 && f.value == nil:
			fields = slices.Delete(fields, at, at+1)
		case at >= 0:
			fields[at] = f
		case f.value != nil:
			fields = append(fields, f)
		}
	}
	return fields
}
