package catalog

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
)

var (
	// topKey matches a line, or the beginning of a flow mapping, with a key that only
	// catalogs of errcat have.
	topKey = regexp.MustCompile(`^(?:\x{feff})?(?:\{\s*)?["']?(?:version|catalog|errors)["']?\s*:`)
	// flow matches the beginning of a flow mapping, such as a JSON object, flowKey one
	// of its keys. The first line of it may have no key, or another one.
	flow    = regexp.MustCompile(`^(?:\x{feff})?(?:---)?\s*\{`)
	flowKey = regexp.MustCompile(`[{,\s]["']?(?:catalog|errors)["']?\s*:`)
)

// Resembles reports whether a file called catalog.yaml is meant to be a catalog of
// errcat, even if it is wrong or still empty: other tools have files of that name.
// It fails if the file cannot be read.
func Resembles(file io.Reader) (bool, error) {
	isEmpty := true
	lines := bufio.NewReader(file)
	for {
		line, isPrefix, err := lines.ReadLine()
		if err == io.EOF {
			return isEmpty, nil
		}
		if err != nil {
			return false, err
		}
		if topKey.Match(line) {
			return true, nil
		}
		if isEmpty && flow.Match(line) {
			return hasFlowKey(line, lines)
		}
		if len(line) > 0 && line[0] != '#' && line[0] != '-' && line[0] != ' ' {
			isEmpty = false
		}
		for isPrefix && err == nil { // the rest of a long line
			_, isPrefix, err = lines.ReadLine()
		}
	}
}

// hasFlowKey reports whether a flow mapping has a key of a catalog: in its beginning, or
// in what follows.
func hasFlowKey(beginning []byte, rest *bufio.Reader) (bool, error) {
	r := &failingReader{r: io.MultiReader(bytes.NewReader(bytes.Clone(beginning)), rest)}
	return flowKey.MatchReader(bufio.NewReader(r)), r.err
}

// failingReader keeps the error with which a reader fails, as regexp takes it for the
// end.
type failingReader struct {
	r   io.Reader
	err error
}

func (r *failingReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}
