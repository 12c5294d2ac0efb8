package editor

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// inMarkdown returns text so that Markdown shows it as it is.
func inMarkdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`).Replace(text)
}

// isEmpty reports whether a value has nothing to show.
func isEmpty(value any) bool {
	switch value := value.(type) {
	case string:
		return value == ""
	case []any:
		return len(value) == 0
	case object:
		return len(value) == 0
	}
	return value == nil
}

// exampleOf returns the lines of an example: of the value of a key, of an element
// of a list if the key is -, or of a value as such.
func exampleOf(key string, value any) string {
	switch key {
	case "":
		return strings.TrimLeft(inYAML(value, ""), "\n") + "\n"
	case "-":
		return "- " + strings.TrimLeft(inYAML(value, "  "), "\n ") + "\n"
	}
	return inYAML(object{{key, value}}, "")[1:] + "\n"
}

// plain are the strings that need no quotes in YAML, also in a flow list. Codes
// are always quoted.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$`)

// keywords are the words that YAML 1.1 or 1.2 reads as something else. Catalogs
// have off as the level of a warning.
var keywords = regexp.MustCompile(`^(?i:y|yes|n|no|true|false|on|null)$`)

// inYAML returns a value as YAML. A list of mappings and a mapping begin with a
// line break, and each line with the indent.
func inYAML(value any, indent string) string {
	switch value := value.(type) {
	case string:
		if plain.MatchString(value) && !keywords.MatchString(value) {
			return value
		}
	case object:
		var b strings.Builder
		for _, m := range value {
			text := inYAML(m.value, indent+"  ")
			b.WriteString("\n" + indent + m.name + ":")
			if !strings.HasPrefix(text, "\n") {
				b.WriteByte(' ')
			}
			b.WriteString(text)
		}
		return b.String()
	case []any:
		var elements []string
		for _, v := range value {
			elements = append(elements, inYAML(v, indent+"  "))
		}
		if !slices.ContainsFunc(elements, func(s string) bool { return strings.HasPrefix(s, "\n") }) {
			return "[" + strings.Join(elements, ", ") + "]"
		}
		var b strings.Builder
		for _, e := range elements {
			b.WriteString("\n" + indent + "- " + strings.TrimLeft(e, "\n "))
		}
		return b.String()
	}
	text, _ := json.Marshal(value)
	return string(text)
}
