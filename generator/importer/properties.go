package importer

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// property is one key of a properties file with its value.
type property struct {
	line       int
	key, value string
}

// attributes are the last words of keys that say something about the error that the
// rest of the key names.
var attributes = map[string]field{
	"code": codeField, "message": messageField, "msg": messageField, "text": messageField, "title": titleField, "summary": titleField,
	"description": descriptionField, "detail": descriptionField, "details": descriptionField, "cause": descriptionField,
	"resolution": resolutionField, "action": resolutionField, "status": statusField, "httpstatus": statusField, "http_status": statusField,
}

// properties reads a file of Java properties. A key is the code: what all keys
// begin with, up to a dot, is kept, because programs look the messages up by it.
func (r *reader) properties() {
	byKey := make(map[string]*entry)
	var order []*entry
	for _, p := range parseProperties(r.text) {
		key, attribute := p.key, messageField
		if i := strings.LastIndexByte(p.key, '.'); i > 0 {
			if f, ok := attributes[strings.ToLower(p.key[i+1:])]; ok {
				key, attribute = p.key[:i], f
			}
		}
		e := byKey[key]
		if e == nil {
			e = &entry{line: p.line, code: key}
			byKey[key] = e
			order = append(order, e)
		}
		var at *string
		switch attribute {
		case codeField:
			e.name, e.code = strings.TrimSpace(key), strings.TrimSpace(p.value)
			continue
		case titleField:
			at = &e.title
		case descriptionField:
			at = &e.description
		case resolutionField:
			at = &e.resolution
		case statusField:
			at = &e.status
		default:
			at = &e.message
		}
		if *at != "" && *at != p.value {
			r.leave(p.line, "the key %s is used twice; the first value was taken", shown(p.key))
			continue
		}
		*at = p.value
	}
	for _, e := range order {
		if !isCode(e.code) {
			r.leave(e.line, "%s is not a code; the error is not imported: %s", shown(e.code), shown(e.message))
			continue
		}
		if e.name == "" && isName(e.code) {
			e.name, e.isCode, e.code = e.code, true, ""
		}
		e.message = javaMessage(e.message)
		r.add(e)
	}
}

// javaMessage undoes the quotes of MessageFormat in a message with placeholders.
func javaMessage(s string) string {
	if strings.Contains(s, "{") {
		return strings.ReplaceAll(s, "''", "'")
	}
	return s
}

// parseProperties reads the lines of a properties file.
func parseProperties(text string) []property {
	var all []property
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	for i := 0; i < len(lines); i++ {
		first := i + 1
		line := strings.TrimLeft(lines[i], " \t\f")
		if line == "" || line[0] == '#' || line[0] == '!' {
			continue
		}
		var whole strings.Builder
		for continues(line) && i+1 < len(lines) {
			whole.WriteString(line[:len(line)-1])
			i++
			line = strings.TrimLeft(lines[i], " \t\f")
		}
		whole.WriteString(line)
		key, value := cutProperty(whole.String())
		all = append(all, property{first, unescapeProperty(key), unescapeProperty(value)})
	}
	return all
}

// continues reports whether a line ends in a backslash that is not escaped.
func continues(line string) bool {
	return (len(line)-len(strings.TrimRight(line, `\`)))%2 == 1
}

// cutProperty separates a key from its value.
func cutProperty(line string) (key, value string) {
	end := 0
	for end < len(line) && !strings.ContainsRune(" \t\f=:", rune(line[end])) {
		if line[end] == '\\' {
			end++
		}
		end++
	}
	end = min(end, len(line))
	value = strings.TrimLeft(line[end:], " \t\f")
	if value != "" && (value[0] == '=' || value[0] == ':') {
		value = strings.TrimLeft(value[1:], " \t\f")
	}
	return line[:end], value
}

// unescapeProperty replaces the escapes of a key or value.
func unescapeProperty(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	var units []uint16 // \u escapes, which may be pairs of surrogates
	flush := func() {
		b.WriteString(string(utf16.Decode(units)))
		units = nil
	}
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			flush()
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'u' && i+4 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+5], 16, 16); err == nil {
				units = append(units, uint16(n))
				i += 4
				continue
			}
		}
		flush()
		switch s[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r', 'f':
			b.WriteByte(' ')
		default:
			b.WriteByte(s[i])
		}
	}
	flush()
	return b.String()
}
