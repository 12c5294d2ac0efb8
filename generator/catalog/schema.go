package catalog

import (
	_ "embed"

	"github.com/errcat/errcat/generator/editor"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 7, the one that editors know) of the
// catalogs that Load accepts, with rows of outputs as definitions say, a JSON object with
// the schemas output and newOutput. A comment that is not empty is its first
// member.
//
// The schema refuses nothing that Load accepts. What a schema cannot know is left
// to Load; docs/schema.md has the list. It fails if definitions are not JSON.
func Schema(comment string, definitions []byte) ([]byte, error) {
	return editor.Schema(schema, definitions, comment)
}
