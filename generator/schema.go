package generator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/jsoncatalog"
	"github.com/errcat/errcat/generator/option"
)

// JSONSchema returns the JSON Schema of what the target json makes.
func JSONSchema() []byte { return jsoncatalog.Schema() }

// Schema returns the JSON Schema of catalogs, with the outputs of all targets. A
// comment that is not empty is its first member.
func Schema(comment string) ([]byte, error) {
	output, err := OutputSchema()
	if err != nil {
		return nil, err
	}
	return catalog.Schema(comment, output)
}

// OutputSchema returns two definitions for a JSON Schema that package editor
// prepares: output is a row of outputs, and newOutput completes a list of them.
func OutputSchema() ([]byte, error) {
	s := rowSchema{
		Title:       "Output",
		Description: "What errcat generate writes: its target, its path and the options of the target.",
		Type:        "object",
		Required:    []string{"target", "path"},
		Properties: map[string]any{
			"path": valueSchema{
				Title:               "Path",
				Description:         "Where to write it: a path relative to the folder of this file, with /.",
				Type:                "string",
				Pattern:             `^[^/\\]([^:\\][^\\]*)?$`,
				PatternErrorMessage: "Write a path relative to the folder of this file, with /.",
				AllOf:               []any{map[string]string{"pattern": `\S`, "patternErrorMessage": "Must not be empty."}},
				Examples:            []any{targets[0].Example},
			},
		},
	}
	var snippets []snippet
	target := valueSchema{Title: "Target", Description: "What to write."}
	for _, t := range targets {
		target.Enum = append(target.Enum, t.Name)
		target.EnumDescriptions = append(target.EnumDescriptions, capitalized(t.Summary)+".")
		snippets = append(snippets, newSnippet(t))
		s.AllOf = append(s.AllOf, newCondition(t))
	}
	s.AllOf = append(s.AllOf, condition{
		If:   rowSchema{Required: []string{"target"}},
		Else: &rowSchema{Type: "object", DefaultSnippets: snippets},
	})
	s.Properties["target"] = target
	return marshal(map[string]any{"output": s, "newOutput": newListSchema(slices.Clone(snippets))})
}

// newListSchema returns what completes a list of outputs. The rows of targets
// begin a list that is not there yet; further rows are the same for all targets,
// because editors also complete the rest of a row by them.
func newListSchema(rows []snippet) map[string]any {
	var names []string
	for i, t := range targets {
		names = append(names, t.Name)
		rows[i].Type = "array"
	}
	row := map[string]any{
		"label":       "new output",
		"description": "A target and a path.",
		"body":        rowBody{"${1|" + strings.Join(names, ",") + "|}", "$2"},
	}
	return map[string]any{
		"doNotSuggest": true,
		"anyOf": []any{
			map[string]any{"type": "array", "items": map[string]any{"title": "Output", "type": "object", "defaultSnippets": []any{row}}},
			map[string]any{"type": "null", "defaultSnippets": rows},
		},
	}
}

// rowBody is what a row has in any case.
type rowBody struct {
	Target string `json:"target"`
	Path   string `json:"path"`
}

// rowSchema is the schema of a row of outputs.
type rowSchema struct {
	Title           string         `json:"title,omitempty"`
	Description     string         `json:"description,omitempty"`
	DefaultSnippets []snippet      `json:"defaultSnippets,omitempty"`
	Type            string         `json:"type,omitempty"`
	Required        []string       `json:"required,omitempty"`
	Properties      map[string]any `json:"properties,omitempty"`
	Additional      *bool          `json:"additionalProperties,omitempty"`
	AllOf           []condition    `json:"allOf,omitempty"`
}

// condition is what a row has that fulfills a condition, or does not.
type condition struct {
	If   rowSchema  `json:"if"`
	Then *rowSchema `json:"then,omitempty"`
	Else *rowSchema `json:"else,omitempty"`
}

// snippet is a row that an editor inserts.
type snippet struct {
	Label       string          `json:"label"`
	Description string          `json:"description"`
	Type        string          `json:"type,omitempty"` // of what is completed
	Body        json.RawMessage `json:"body"`
}

// valueSchema is the schema of a value in a row.
type valueSchema struct {
	Title               string            `json:"title,omitempty"`
	Description         string            `json:"description,omitempty"`
	Enum                []any             `json:"enum,omitempty"`
	EnumDescriptions    []string          `json:"enumDescriptions,omitempty"`
	Type                string            `json:"type,omitempty"`
	Pattern             string            `json:"pattern,omitempty"`
	PatternErrorMessage string            `json:"patternErrorMessage,omitempty"`
	ErrorMessage        string            `json:"errorMessage,omitempty"`
	DefaultSnippets     []map[string]any  `json:"defaultSnippets,omitempty"`
	AllOf               []any             `json:"allOf,omitempty"`
	If                  map[string]string `json:"if,omitempty"`
	Then                *valueSchema      `json:"then,omitempty"`
	Else                *valueSchema      `json:"else,omitempty"`
	Default             any               `json:"default,omitempty"`
	Examples            []any             `json:"examples,omitempty"`
}

// newCondition returns which options a row has that names a target.
func newCondition(t Target) condition {
	no := false
	path := valueSchema{DefaultSnippets: []map[string]any{{"label": t.Example, "body": "${1:" + t.Example + "}"}}}
	then := rowSchema{Properties: map[string]any{"target": true, "path": path}, Additional: &no}
	for _, o := range t.Options() {
		then.Properties[o.Name] = newValueSchema(o)
		if o.Required {
			then.Required = append(then.Required, o.Name)
		}
	}
	return condition{
		If:   rowSchema{Required: []string{"target"}, Properties: map[string]any{"target": map[string]string{"const": t.Name}}},
		Then: &then,
	}
}

// newSnippet returns the row of a target, with what the target requires.
func newSnippet(t Target) snippet {
	body := fmt.Sprintf(`{"target": %q, "path": "${1:%s}"`, t.Name, t.Example)
	stops := 1
	for _, o := range t.Options() {
		if o.Required {
			stops++
			body += fmt.Sprintf(`, %q: "${%d:%s}"`, o.Name, stops, o.Example)
		}
	}
	return snippet{Label: t.Name, Description: capitalized(t.Summary) + ".", Body: json.RawMessage(body + "}")}
}

func newValueSchema(o option.Option) valueSchema {
	v := valueSchema{Title: o.Name, Description: o.Summary}
	if o.Default != "" {
		v.Default = inYAML(o.Default)
	}
	if o.IsMapping {
		v.Type, v.Examples = "object", []any{json.RawMessage(o.Example)}
		return v
	}
	if o.Values == nil {
		v.Type, v.Examples = "string", []any{o.Example}
		return v
	}
	for _, value := range o.Values {
		v.Enum = append(v.Enum, inYAML(value))
	}
	if _, ok := v.Enum[0].(bool); !ok {
		return v
	}
	// It may be in quotes, but nobody needs to know.
	const message = "Must be true or false."
	words := v.Enum
	v.Enum = nil
	for _, word := range words {
		v.DefaultSnippets = append(v.DefaultSnippets, map[string]any{"label": fmt.Sprint(word), "body": word})
	}
	v.If = map[string]string{"type": "string"}
	v.Then = &valueSchema{Enum: quoted(words), ErrorMessage: message}
	v.Else = &valueSchema{Enum: words, ErrorMessage: message}
	return v
}

// quoted returns values as strings.
func quoted(values []any) []any {
	var list []any
	for _, v := range values {
		list = append(list, fmt.Sprint(v))
	}
	return list
}

// inYAML returns the value of an option as people write it: true and false are
// booleans.
func inYAML(value string) any {
	if value == "true" || value == "false" {
		return value == "true"
	}
	return value
}

// capitalized returns a phrase as the beginning of a sentence.
func capitalized(phrase string) string { return strings.ToUpper(phrase[:1]) + phrase[1:] }

// marshal returns a value as JSON, without escaping < and >.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}
