package generator

import (
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/jsoncatalog"
	"github.com/errcat/errcat/generator/option"
)

// JSONSchema returns the JSON Schema of what the target json makes.
func JSONSchema() []byte { return jsoncatalog.Schema() }

// Schema returns the JSON Schema of catalogs, with the outputs of all targets. A
// comment that is not empty is its first member.
func Schema(comment string) ([]byte, error) {
	rows := make([]any, len(targets))
	for i, t := range targets {
		rows[i] = newRowSchema(t)
	}
	return catalog.Schema(comment, rows)
}

// rowSchema is the schema of a row of outputs that names a target.
type rowSchema struct {
	Title                string                 `json:"title"`
	Description          string                 `json:"description"`
	Type                 string                 `json:"type"`
	Required             []string               `json:"required"`
	AdditionalProperties bool                   `json:"additionalProperties"`
	Properties           map[string]valueSchema `json:"properties"`
}

// valueSchema is the schema of a value in a row.
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

func newRowSchema(t Target) rowSchema {
	s := rowSchema{
		Title:       t.Name,
		Description: t.Summary,
		Type:        "object",
		Required:    []string{"target", "path"},
		Properties: map[string]valueSchema{
			"target": {
				Description: "What to make: " + t.Summary + ".",
				Const:       t.Name,
				Examples:    []any{t.Name},
			},
			"path": {
				Description:         "Where to write it: a path relative to the folder of the catalog, with /.",
				Type:                "string",
				Pattern:             `^[^/\\]([^:\\][^\\]*)?$`,
				PatternErrorMessage: "Write a path relative to the folder of the catalog, with /.",
				Not:                 map[string]string{"pattern": `^\s*$`},
				Examples:            []any{t.Example},
			},
		},
	}
	for _, o := range t.Options() {
		if s.Properties[o.Name] = newValueSchema(o); o.Required {
			s.Required = append(s.Required, o.Name)
		}
	}
	return s
}

func newValueSchema(o option.Option) valueSchema {
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
