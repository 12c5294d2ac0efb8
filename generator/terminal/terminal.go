// Package terminal shows a catalog to a person at a terminal: it finds the
// error that somebody asks for, prints it as a page, and prints lists of
// errors.
//
// Texts of a catalog are data. Whatever they hold, no control character, no
// escape sequence and no bidirectional mark of them reaches the terminal.
package terminal

import (
	"io"

	"github.com/errcat/errcat/generator/model"
)

// Style says what the output may look like.
type Style struct {
	// Columns is the width that texts are wrapped to; 80 where it is 0.
	Columns int
	// Cut cuts the rows of tables to the width. Else they are as long as the
	// longest text.
	Cut bool
	// Bold marks headings with the escape sequences of terminals.
	Bold bool
}

const defaultColumns = 80

// columns returns the width that texts are wrapped to.
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

// WriteJSON writes v as indented JSON in which invisible characters are escapes.
// It fails if v has no JSON form, and with the error of w.
func WriteJSON(w io.Writer, v any) error {
	data, err := model.Marshal(v, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
