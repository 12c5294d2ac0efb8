package generator

import (
	"maps"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/jsoncatalog"
)

// Schema returns the JSON Schema of catalogs, with the outputs that there are
// targets for. A comment that is not empty is its first member.
func Schema(comment string) ([]byte, error) {
	var outputs []catalog.OutputSchema
	for _, t := range Targets() {
		o := catalog.OutputSchema{Target: t.Name, Summary: t.Summary, Path: t.Example}
		for _, name := range slices.Sorted(maps.Keys(t.Options)) {
			option := t.Options[name]
			o.Options = append(o.Options, catalog.OptionSchema{
				Name:     name,
				Summary:  option.Summary,
				Default:  option.Default,
				Values:   option.Values,
				Example:  option.Example,
				Required: option.Required,
			})
		}
		outputs = append(outputs, o)
	}
	return catalog.Schema(comment, outputs)
}

// JSONSchema returns the JSON Schema of what the target json makes.
func JSONSchema() []byte { return jsoncatalog.Schema() }
