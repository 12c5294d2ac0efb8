package workspace

import (
	_ "embed"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/editor"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 7) of the files that Load accepts, with
// the outputs of all targets. It refuses nothing that Load accepts; what a schema
// cannot know is left to Load.
func Schema() ([]byte, error) {
	definitions, err := generator.OutputSchema()
	if err != nil {
		return nil, err
	}
	return editor.Schema(schema, definitions, "")
}
