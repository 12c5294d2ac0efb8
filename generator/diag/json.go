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
	enc := json.NewEncoder(inertJSON{w})
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

// inertJSON escapes the commands of CI systems in JSON that is written as a whole.
type inertJSON struct{ io.Writer }

func (w inertJSON) Write(data []byte) (int, error) {
	if !bytes.Contains(data, []byte("##")) {
		return w.Writer.Write(data)
	}
	_, err := w.Writer.Write(markOfCI.ReplaceAll(data, []byte(`\u0023#$1`)))
	return len(data), err
}
