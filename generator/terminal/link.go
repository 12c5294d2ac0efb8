package terminal

import (
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/prose"
)

// Linked returns a visible text in which each address of the web is a hyperlink
// (OSC 8). It leads where its text says: nothing else of a catalog becomes a target.
func Linked(text string) string {
	var b strings.Builder
	for {
		at := scheme(text)
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:at])
		text = text[at:]
		end := strings.IndexFunc(text, endsAddress)
		if end < 0 {
			end = len(text)
		}
		found := address(text[:end])
		if found != "" {
			fmt.Fprintf(&b, "\x1b]8;;%s\x1b\\%s\x1b]8;;\x1b\\", linkTarget(found), found)
		}
		b.WriteString(text[len(found):end])
		text = text[end:]
	}
}

// endsAddress reports whether a character is not part of an address.
func endsAddress(r rune) bool {
	return r <= ' ' || strings.ContainsRune("\"<>\\^`{|}\x7f\u3000", r)
}

// scheme returns where the first http:// or https:// of a text is, or -1.
func scheme(text string) int {
	const mark = "://"
	for from := 0; ; {
		n := strings.Index(text[from:], mark)
		if n < 0 {
			return -1
		}
		end := from + n
		for _, name := range []string{"https", "http"} {
			if at := end - len(name); at >= from && strings.EqualFold(text[at:end], name) {
				return at
			}
		}
		from = end + len(mark)
	}
}

// maxLink is the maximum length of a target. Terminals have such limits.
const maxLink = 2000

// address returns the address that a text without spaces begins with, without the
// punctuation after it; empty if there is none.
func address(text string) string {
	if len(text) > maxLink {
		return ""
	}
	for {
		rest := strings.TrimRight(text, ".,;:!?'*_")
		if strings.HasSuffix(rest, ")") && strings.Count(rest, ")") > strings.Count(rest, "(") ||
			strings.HasSuffix(rest, "]") && strings.Count(rest, "]") > strings.Count(rest, "[") {
			rest = rest[:len(rest)-1]
		}
		if rest == text {
			break
		}
		text = rest
	}
	if !prose.IsWebAddress(text) {
		return ""
	}
	return text
}

// linkTarget returns an address in ASCII without characters that end the sequence.
func linkTarget(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c >= 0x7f || c == ';' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
