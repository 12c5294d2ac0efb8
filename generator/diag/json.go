package diag

import (
	"bytes"
	"encoding/json"
	"io"
)

// WriteJSON writes the findings as a JSON array with one object per finding, for
// tools. It returns the error of w.
func WriteJSON(w io.Writer, ds Diagnostics) error {
	if ds == nil {
		ds = Diagnostics{}
	}
	return writeIndented(w, ds)
}

// writeIndented writes a value as JSON that has no command of a CI system, as
// that may print it.
func writeIndented(w io.Writer, value any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(value); err != nil {
		return err
	}
	_, err := w.Write(markOfCI.ReplaceAll(b.Bytes(), []byte(`\u0023#$1`)))
	return err
}
