package diag

import (
	"encoding/json"
	"io"
)

// WriteJSON writes the findings as a JSON array with one object per finding, for
// tools. It returns the error of w.
func WriteJSON(w io.Writer, ds Diagnostics) error {
	if ds == nil {
		ds = Diagnostics{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(ds)
}
