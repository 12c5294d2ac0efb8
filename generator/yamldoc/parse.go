package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// Parse returns the root node, which is nil if the file is empty. It returns false
// if the file cannot be read as YAML, or exceeds a limit; it has reported why.
// The mapping under the top-level key long is parsed on all cores if it is large;
// it may be an empty string.
func (d *Document) Parse(long string) (root *Node, ok bool) {
	if !d.checkText() {
		return nil, false
	}
	go d.index()    // while the YAML is parsed
	defer d.index() // Wait for it: nobody must read the data after Parse has returned.
	doc := d.parseInChunks(long, chunkSize)
	if doc == nil {
		if doc, ok = d.parseWhole(); doc == nil {
			return nil, ok
		}
	}
	if !d.checkAliases(doc) {
		return nil, false
	}
	return doc.Content[0], true
}

// parseWhole returns the document, nil if there is none; false if it cannot be
// parsed, which is reported. What follows a second document is ignored.
func (d *Document) parseWhole() (*yaml.Node, bool) {
	decoder := yaml.NewDecoder(bytes.NewReader(d.data))
	doc, err := decode(decoder)
	switch {
	case errors.Is(err, io.EOF):
		return nil, true
	case err != nil:
		d.syntaxError(err)
		return nil, false
	}
	next, err := decode(decoder)
	switch {
	case errors.Is(err, io.EOF):
	case err != nil:
		d.syntaxError(err)
		return nil, false
	default:
		d.Report(diag.RuleMultipleDocuments, d.At(next), "keep one document per file", "a second document starts here")
	}
	return doc, true
}

// decode reads one document. The parser panics on some malformed input; that is a
// syntax error like any other.
func decode(decoder *yaml.Decoder) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: the parser failed: %v", r)
		}
	}()
	doc = new(yaml.Node)
	if err := decoder.Decode(doc); err != nil {
		return nil, err
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, io.EOF
	}
	return doc, nil
}
