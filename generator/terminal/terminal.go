// Package terminal shows a catalog to a person at a terminal: it finds the
// error that somebody asks for, prints it as a page, and prints lists of
// errors.
//
// Texts of a catalog are data. Whatever they hold, no control character, no
// escape sequence and no bidirectional mark of them reaches the terminal.
package terminal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/errcat/errcat/generator/prose"
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

// WriteJSON writes v as indented JSON that shows nothing but itself: what is
// not printable stands as \u202e, which is the same text to a program that
// reads it. It fails where v has no JSON form, and with the error of w.
func WriteJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, visibleJSON(b.String()))
	return err
}

// visibleJSON escapes what is not printable in a JSON text; it stands in
// strings alone.
func visibleJSON(s string) string {
	hidden := func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch r1, r2 := utf16.EncodeRune(r); {
		case !hidden(r):
			b.WriteRune(r)
		case r1 != unicode.ReplacementChar:
			fmt.Fprintf(&b, `\u%04x\u%04x`, r1, r2)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// clip returns a text on one line of at most so many columns.
func clip(s string, columns int) string {
	const perColumn = 32 // bytes that are looked at
	rest := ""
	if len(s) > perColumn*columns {
		s, rest = s[:perColumn*columns], "…"
		s = strings.ToValidUTF8(s, "")
	}
	s = prose.Line(s)
	if prose.Width(s+rest) <= columns {
		return s + rest
	}
	used, end := 0, 0
	for i, r := range s {
		w := prose.Width(string(r))
		if used+w >= columns && w > 0 {
			break
		}
		used += w
		end = i + len(string(r))
	}
	return strings.TrimRight(s[:end], " ") + "…"
}
