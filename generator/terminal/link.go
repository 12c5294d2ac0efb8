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
		at, after := scheme(text)
		if after == 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:at])
		if found := address(text[at:]); found != "" {
			after = at + len(found)
			fmt.Fprintf(&b, "\x1b]8;;%s\x1b\\%s\x1b]8;;\x1b\\", linkTarget(found), found)
		} else {
			b.WriteString(text[at:after])
		}
		text = text[after:]
	}
}

// scheme returns where the first http:// or https:// of a text is; after is 0 if there
// is none.
func scheme(text string) (at, after int) {
	const mark = "://"
	for {
		n := strings.Index(text[after:], mark)
		if n < 0 {
			return 0, 0
		}
		end := after + n
		after = end + len(mark)
		for _, name := range []string{"https", "http"} {
			if at := end - len(name); at >= 0 && strings.EqualFold(text[at:end], name) {
				return at, after
			}
		}
	}
}

// maxLink is the maximum length of a target. Terminals have such limits.
const maxLink = 2000

// address returns the address that a text begins with, without the punctuation after
// it; empty if there is none.
func address(text string) string {
	text = text[:min(len(text), maxLink+1)]
	end := strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || strings.ContainsRune("\"<>\\^`{|}\x7f\u3000", r) })
	if end >= 0 {
		text = text[:end]
	}
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
