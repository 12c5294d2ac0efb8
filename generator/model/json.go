package model

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/prose"
)

// Marshal returns a value as JSON, each level indented by indent, or all of it
// on one line if indent is empty. Invisible characters are escaped as in
// VisibleJSON; <, > and & are not. It fails as json.Marshal does.
func Marshal(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	err := NewEncoder(&b, "", indent).Encode(v)
	return b.Bytes(), err
}

// Encoder writes JSON as Marshal does. For a long list, one Encode for each element
// needs much less memory than Marshal.
type Encoder struct {
	out     *bytes.Buffer
	encoder *json.Encoder
}

// NewEncoder returns an Encoder that writes to a buffer. Lines after the first begin
// with prefix.
func NewEncoder(out *bytes.Buffer, prefix, indent string) *Encoder {
	e := &Encoder{out, json.NewEncoder(out)}
	e.encoder.SetEscapeHTML(false)
	e.encoder.SetIndent(prefix, indent)
	return e
}

// Encode writes a value. It fails as json.Marshal does, and then writes nothing.
func (e *Encoder) Encode(v any) error {
	start := e.out.Len()
	if err := e.encoder.Encode(v); err != nil {
		return err
	}
	e.out.Truncate(e.out.Len() - len("\n"))
	written := e.out.Bytes()[start:]
	if visible := VisibleJSON(written); len(visible) > len(written) {
		e.out.Truncate(start)
		e.out.Write(visible)
	}
	return nil
}

// VisibleJSON returns JSON with every character that shows nothing by itself, or
// that changes the order of the characters around it, as an escape such as
// \u202e. To a program it is the same JSON. Line feeds between values stay.
func VisibleJSON(data []byte) []byte { return escapeJSON(data, isInvisible) }

// ASCIIJSON returns JSON with every character that is not printable ASCII as an
// escape, except line feeds between values. To a program it is the same JSON.
func ASCIIJSON(data []byte) []byte {
	return escapeJSON(data, func(r rune) bool { return r >= utf8.RuneSelf || isInvisible(r) })
}

// escapeJSON returns JSON with the characters for which isEscaped reports true
// as escapes. Outside of strings, JSON has none of them.
func escapeJSON(data []byte, isEscaped func(rune) bool) []byte {
	first := slices.IndexFunc(data, func(c byte) bool { return c >= 0x7f })
	if first < 0 {
		return data
	}
	out := append(make([]byte, 0, len(data)+64), data[:first]...)
	for i := first; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if isEscaped(r) {
			for _, unit := range utf16.AppendRune(nil, r) {
				out = append(out, `\u`...)
				out = append(out, strconv.FormatUint(0x10000|uint64(unit), 16)[1:]...)
			}
		} else {
			out = append(out, data[i:i+size]...)
		}
		i += size
	}
	return out
}

// isInvisible reports whether a character shows nothing by itself. A line feed
// is part of the layout.
func isInvisible(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' && r != '\n' || r == 0x7f
	}
	return !unicode.IsGraphic(r) || prose.IsInvisible(r)
}
