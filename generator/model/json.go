package model

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Marshal returns a value as JSON, each level indented by indent, or all of it
// on one line where that is empty. Characters that cannot be seen, or that
// change the order of what stands around them, are escapes; others, < > and &
// too, stand as they are. It fails as json.Marshal does.
func Marshal(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return escapeInvisible(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// escapeInvisible returns JSON in which only characters stand raw that can be
// seen. Others that JSON allows stand in strings alone.
func escapeInvisible(data []byte) []byte {
	first := slices.IndexFunc(data, func(c byte) bool { return c >= 0x7f })
	if first < 0 {
		return data
	}
	out := append(make([]byte, 0, len(data)+64), data[:first]...)
	for i := first; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if isInvisible(r) {
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
// is one of the layout.
func isInvisible(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' && r != '\n' || r == 0x7f
	}
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
