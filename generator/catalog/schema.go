package catalog

import (
	"bytes"
	_ "embed"
	"encoding/json"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 7, the one that editors know) of the
// catalogs that Load accepts, with rows of outputs that have one of the schemas
// in outputs. A comment that is not empty is its first member.
//
// The schema refuses nothing that Load accepts. What a schema cannot know is left
// to Load; docs/schema.md has the list. It fails if outputs are not JSON.
func Schema(comment string, outputs []any) ([]byte, error) {
	anyOf, err := marshal(outputs)
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

// marshal returns a value as JSON, without escaping < and >.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}
