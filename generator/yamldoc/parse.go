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
	d.hideEscapes()
	doc, ok := d.parse(long)
	if doc != nil && !d.showEscapes(doc) && ok {
		if doc, ok = d.parse(long); doc != nil {
			d.showEscapes(doc)
		}
	}
	if doc == nil {
		return nil, ok
	}
	if !d.checkAliases(doc) {
		return nil, false
	}
	return doc.Content[0], true
}

// parse returns the document as parseWhole does, and parses it on all cores if it
// can.
func (d *Document) parse(long string) (*yaml.Node, bool) {
	if doc := d.parseInChunks(long, chunkSize); doc != nil {
		return doc, true
	}
	return d.parseWhole()
}

// parseWhole returns the document, nil if there is none; false if it cannot be
// parsed or is not the only one, which is reported. What follows a second document
// is ignored.
func (d *Document) parseWhole() (*yaml.Node, bool) {
	decoder := yaml.NewDecoder(bytes.NewReader(d.parsed))
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
		return doc, false
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
