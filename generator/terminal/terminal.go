// Package terminal shows a catalog at a terminal: it finds the error that
// somebody asks for, prints its page, and prints lists of errors.
//
// Texts of a catalog are data: none of their control characters, escape
// sequences and bidirectional marks reaches the terminal.
package terminal

import (
	"io"

	"github.com/errcat/errcat/generator/model"
)

// Style is the style of the output.
type Style struct {
	// Columns is the width at which text is wrapped; 0 means 80.
	Columns int
	// Cut cuts the rows of tables to the width. Otherwise they are as long as
	// the longest text.
	Cut bool
	// Bold emphasizes headings with escape sequences.
	Bold bool
}

const defaultColumns = 80

// columns returns the width at which text is wrapped.
func (s Style) columns() int {
	if s.Columns == 0 {
		return defaultColumns
	}
	return s.Columns
}

func (s Style) bold(text string) string      { return s.escape("1", text) }
func (s Style) underline(text string) string { return s.escape("4", text) }

func (s Style) escape(parameter, text string) string {
	if !s.Bold || text == "" {
		return text
	}
	return "\x1b[" + parameter + "m" + text + "\x1b[0m"
}

// WriteJSON writes v as indented JSON with escapes for invisible characters. It
// fails if v has no JSON form, and with the error of w.
func WriteJSON(w io.Writer, v any) error {
	data, err := model.Marshal(v, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
