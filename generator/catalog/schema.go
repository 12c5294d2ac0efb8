package catalog

import (
	"bytes"
	_ "embed"
	"encoding/json"
)

// OutputSchema describes the outputs of a target, for Schema.
type OutputSchema struct {
	Target, Summary string
	// Path is an example of the path of an output.
	Path    string
	Options []OptionSchema
}

// OptionSchema describes an option of the outputs of a target.
type OptionSchema struct {
	Name, Summary string
	// Default is what holds without the option; it may be empty.
	Default string
	// Values are all that the option takes; nil where they cannot be listed.
	Values  []string
	Example string
	// Required means that every output has the option.
	Required bool
}

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 7, which is what editors know) of the
// catalogs that Load accepts, with such outputs. A comment that is not empty is
// its first member.
//
// The schema refuses nothing that Load accepts. What a schema cannot know it
// leaves to Load; docs/schema.md has the list.
func Schema(comment string, outputs []OutputSchema) ([]byte, error) {
	branches := make([]any, len(outputs))
	for i, o := range outputs {
		branches[i] = o.schema()
	}
	anyOf, err := marshal(branches)
	if err != nil {
		return nil, err
	}
	document := bytes.Replace(schema, []byte(`"anyOf": []`), append([]byte(`"anyOf": `), anyOf...), 1)
	if comment != "" {
		text, err := marshal(comment)
		if err != nil {
			return nil, err
		}
		document = append([]byte(`{"$comment": `+string(text)+`,`), document[1:]...)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, document, "", "  "); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// marshal returns a value as JSON, with < and > as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// outputSchema is the schema of the outputs of a target.
type outputSchema struct {
	Title                string                 `json:"title"`
	Description          string                 `json:"description"`
	Type                 string                 `json:"type"`
	Required             []string               `json:"required"`
	AdditionalProperties bool                   `json:"additionalProperties"`
	Properties           map[string]valueSchema `json:"properties"`
}

// valueSchema is the schema of a value of an output.
type valueSchema struct {
	Description         string `json:"description"`
	Const               string `json:"const,omitempty"`
	Enum                []any  `json:"enum,omitempty"`
	Type                string `json:"type,omitempty"`
	Pattern             string `json:"pattern,omitempty"`
	PatternErrorMessage string `json:"patternErrorMessage,omitempty"`
	Not                 any    `json:"not,omitempty"`
	Default             any    `json:"default,omitempty"`
	Examples            []any  `json:"examples"`
}

// schema returns the schema of the outputs of the target.
func (o OutputSchema) schema() outputSchema {
	s := outputSchema{
		Title:       o.Target,
		Description: o.Summary,
		Type:        "object",
		Required:    []string{"target", "path"},
		Properties: map[string]valueSchema{
			"target": {
				Description: "What to make: " + o.Summary + ".",
				Const:       o.Target,
				Examples:    []any{o.Target},
			},
			"path": {
				Description:         "Where to make it: a path relative to the folder of the catalog, with /.",
				Type:                "string",
				Pattern:             `^[^/\\]([^:\\][^\\]*)?$`,
				PatternErrorMessage: "Write a path relative to the folder of the catalog, with /.",
				Not:                 map[string]string{"pattern": `^\s*$`},
				Examples:            []any{o.Path},
			},
		},
	}
	for _, option := range o.Options {
		if s.Properties[option.Name] = option.schema(); option.Required {
			s.Required = append(s.Required, option.Name)
		}
	}
	return s
}

// schema returns the schema of the values of the option.
func (o OptionSchema) schema() valueSchema {
	v := valueSchema{Description: o.Summary}
	if o.Default != "" {
		v.Default = inYAML(o.Default)
	}
	if o.Values == nil {
		v.Type, v.Examples = "string", []any{o.Example}
		return v
	}
	for _, value := range o.Values {
		v.Enum = append(v.Enum, inYAML(value))
	}
	for _, value := range o.Values {
		if inYAML(value) != any(value) {
			v.Enum = append(v.Enum, value) // in quotes
		}
	}
	v.Examples = []any{inYAML(o.Values[len(o.Values)-1])}
	return v
}

// inYAML returns the value of an option as people write it: true and false are
// booleans.
func inYAML(value string) any {
	if value == "true" || value == "false" {
		return value == "true"
	}
	return value
}
