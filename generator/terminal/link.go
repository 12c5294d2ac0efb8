package terminal

import (
	"fmt"
	"strings"
)

// Linked returns a visible text in which each address of the web is a hyperlink
// (OSC 8). It leads where its text says: nothing else of a catalog becomes a target.
func Linked(text string) string {
	var b strings.Builder
	for {
		at := strings.Index(text, "http")
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		end := at + len(address(text[at:]))
		b.WriteString(text[:at])
		if end == at {
			end = at + len("http")
			b.WriteString(text[at:end])
		} else {
			fmt.Fprintf(&b, "\x1b]8;;%s\x1b\\%s\x1b]8;;\x1b\\", linkTarget(text[at:end]), text[at:end])
		}
		text = text[end:]
	}
}

// maxLink is the maximum length of a target. Terminals have such limits.
const maxLink = 2000

// address returns the address that a text begins with, without the punctuation after
// it; empty if there is none.
func address(text string) string {
	scheme := "https://"
	if !strings.HasPrefix(text, scheme) {
		scheme = "http://"
	}
	if !strings.HasPrefix(text, scheme) {
		return ""
	}
	end := strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || strings.ContainsRune("\"<>\\^`{|}\x7f\u3000", r) })
	if end >= 0 {
		text = text[:end]
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
	if len(text) <= len(scheme) || len(text) > maxLink {
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
