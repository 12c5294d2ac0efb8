// Package editor turns JSON Schemas (draft 7) that are written to be read into
// schemas that work well in editors: with one clear message per mistake, and
// completions that insert nothing that the author did not mean.
//
// The YAML language server, which most editors run, reads defaultSnippets,
// enumDescriptions, markdownDescription, doNotSuggest, errorMessage and
// patternErrorMessage besides the keywords of draft 7. Other validators ignore
// them. Ajv in its strict mode wants them to be declared, and accepts the rest.
package editor

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Keywords are the keywords in schemas that draft 7 does not have.
func Keywords() []string {
	return []string{"defaultSnippets", "doNotSuggest", "enumDescriptions", "errorMessage", "markdownDescription", "patternErrorMessage"}
}

// Schema returns a schema as editors need it, with further definitions, a JSON
// object. A comment that is not empty is its first member. It fails if the source
// or the definitions are not JSON objects.
//
//   - A mapping or list says in the schema itself that it must be one, and what
//     it holds in an element of allOf. The two then have messages of their own,
//     and completing its key inserts the snippet, not the keys that are required.
//   - Examples are shown in markdownDescription: from examples, editors would
//     complete the values of another catalog. So are defaults, because a value that
//     somebody writes is seldom the default.
//   - What constrains objects says that they are objects, and what is required is
//     declared, as Ajv wants it.
//   - A property without a description belongs to a condition, and is completed by
//     another schema, which has one.
func Schema(source, definitions []byte, comment string) ([]byte, error) {
	s, err := readObject(source)
	if err != nil {
		return nil, err
	}
	further, err := readObject(definitions)
	if err != nil {
		return nil, err
	}
	own, _ := s.get("definitions").(object)
	s = s.with("definitions", append(slices.Clip(own), further...))
	s = prepare(s, "", "", false)
	s = append(s.without("definitions"), member{"definitions", s.get("definitions")})
	if comment != "" {
		s = slices.Insert(s, 0, member{"$comment", comment})
	}
	text, err := marshal(s)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// The messages for values of another type.
var wrongType = map[string]string{
	"object":  "Must be a mapping.",
	"array":   "Must be a list.",
	"string":  "Must be a string. Put numbers, dates, true, false and null in quotes.",
	"integer": "Must be a whole number.",
	"number":  "Must be a number.",
	"boolean": "Must be true or false.",
}

// The keywords that constrain values of a type, with those that a list or mapping
// has inside.
var constraints = map[string][]string{
	"object": {"propertyNames", "minProperties", "maxProperties", "required", "properties", "additionalProperties"},
	"array":  {"minItems", "maxItems", "uniqueItems", "items"},
	"string": {"maxLength", "pattern"},
}

// prepare prepares a schema. The key is what the value belongs to, if it has one,
// or - for the elements of a list; known is the type that the value has
// according to a schema around this one. A condition is a schema that reports
// nothing.
func prepare(s object, key, known string, condition bool) object {
	s = slices.Clone(s)
	kind, _ := s.get("type").(string)
	if kind == "" && (known == "" || condition) {
		for _, t := range []string{"object", "array", "string"} {
			if t == "string" && !condition {
				break // The other schemas name their types.
			}
			if slices.ContainsFunc(constraints[t], func(k string) bool { return s.get(k) != nil }) {
				kind = t
				s = append(s, member{"type", t})
			}
		}
	}
	if kind != "" {
		known = kind
	}
	for i, m := range s {
		s[i].value = prepareMember(m.name, m.value, known, condition)
	}
	if condition {
		return declare(s)
	}
	s = describe(s, key)
	if kind == "" {
		return declare(s)
	}
	return explain(s, kind)
}

// prepareMember prepares the schemas in a member of a schema.
func prepareMember(name string, value any, known string, condition bool) any {
	switch name {
	case "properties", "definitions":
		children, _ := value.(object)
		children = slices.Clone(children)
		for i, m := range children {
			if child, ok := m.value.(object); ok {
				key := m.name
				if name == "definitions" {
					key = ""
				}
				child = prepare(child, key, "", condition)
				if name == "properties" && !condition && child.get("description") == nil {
					child = child.with("doNotSuggest", true)
				}
				children[i].value = child
			}
		}
		return children
	case "items":
		if child, ok := value.(object); ok {
			return prepare(child, "-", "", condition)
		}
	case "additionalProperties", "propertyNames":
		if child, ok := value.(object); ok {
			return prepare(child, "", "", condition)
		}
	case "if", "not":
		if child, ok := value.(object); ok {
			return prepare(child, "", known, true)
		}
	case "then", "else":
		if child, ok := value.(object); ok {
			return prepare(child, "", known, condition)
		}
	case "allOf", "anyOf", "oneOf":
		var prepared []any
		for _, child := range value.([]any) {
			prepared = append(prepared, prepare(child.(object), "", known, condition))
		}
		return prepared
	}
	return value
}

// declare declares the properties that are required.
func declare(s object) object {
	required, _ := s.get("required").([]any)
	properties, _ := s.get("properties").(object)
	for _, name := range required {
		if properties.get(name.(string)) == nil {
			properties = append(properties, member{name.(string), true})
		}
	}
	if len(required) > 0 {
		s = s.with("properties", properties)
	}
	return s
}

// separate moves what is required out of a schema whose properties editors
// complete, because they would complete all required ones at once, with nothing
// but their names.
func separate(inner object) []any {
	required, _ := inner.get("required").([]any)
	if required == nil {
		return []any{inner}
	}
	outer := object{{"required", required}}
	if message := inner.get("errorMessage"); message != nil {
		outer = append(object{{"errorMessage", message}}, outer...)
	}
	rest := inner.without("required")
	if len(rest.without("errorMessage")) == 0 {
		return []any{declare(outer)}
	}
	return []any{rest, declare(outer)}
}

// describe moves the default and the examples of a schema to its description.
// Editors show the default of an enum among its values.
func describe(s object, key string) object {
	description, _ := s.get("description").(string)
	if description == "" {
		return s
	}
	text := inMarkdown(description)
	value := s.get("default")
	if value != nil && s.get("const") == nil && !isEmpty(value) {
		text += "\n\nDefault: `" + inYAML(value, "") + "`"
	}
	if s.get("enum") == nil {
		s = s.without("default")
	}
	examples, _ := s.get("examples").([]any)
	if len(examples) > 0 && s.get("enum") == nil && s.get("const") == nil {
		for _, example := range examples {
			text += "\n\n```yaml\n" + exampleOf(key, example) + "```"
		}
	}
	s = s.without("examples")
	if text != description {
		s = s.with("markdownDescription", text)
	}
	return s
}

// explain gives a schema the message for values of another type. What a list or
// mapping has inside goes to a schema inside of it, because that message would
// replace all others.
func explain(s object, kind string) object {
	inside := constraints[kind]
	if inside == nil || kind == "string" {
		if s.get("errorMessage") == nil && s.get("const") == nil && wrongType[kind] != "" {
			s = s.with("errorMessage", wrongType[kind])
		}
		return s
	}
	var inner object
	for _, name := range append([]string{"errorMessage"}, inside...) {
		if value := s.get(name); value != nil {
			inner = append(inner, member{name, value})
			s = s.without(name)
		}
	}
	s = s.with("errorMessage", wrongType[kind])
	switch {
	case inner == nil:
		return s
	case kind == "array":
		return ofList(s, inner)
	}
	rest, _ := s.get("allOf").([]any)
	return s.without("allOf").with("allOf", append(separate(inner), rest...))
}

// ofList adds what is inside of a list to its schema: if there is a list, because
// editors would complete a list that is not there by one of its elements. The
// snippets for elements go to the list, where editors add the dash.
func ofList(s, inner object) object {
	items, _ := inner.get("items").(object)
	if snippets := items.get("defaultSnippets"); snippets != nil && items.get("type") == "object" {
		inner = inner.with("items", items.without("defaultSnippets"))
		inner = append(object{{"type", "array"}, {"errorMessage", wrongType["array"]}, {"defaultSnippets", snippets}}, inner...)
		if s.get("description") == nil && s.get("defaultSnippets") == nil {
			s = s.with("defaultSnippets", snippets) // begin a list, too
		}
	}
	return append(slices.Clip(s), member{"if", object{{"type", "array"}}}, member{"then", inner})
}
