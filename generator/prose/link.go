package prose

import (
	"strings"
	"unicode"
)

// LinkTarget returns a target as it is written in a link, with every character
// that Markdown could interpret percent-encoded. It returns false for a target
// that a catalog may not link to: only http, https, mailto and relative links
// are allowed.
func LinkTarget(url string) (string, bool) {
	if url == "" || url == "#" || Visible(url) != url || strings.ContainsFunc(url, unicode.IsSpace) || strings.Contains(url, `\`) {
		return "", false
	}
	if scheme, _, ok := strings.Cut(url, ":"); ok && !strings.ContainsAny(scheme, "/?#") {
		switch strings.ToLower(scheme) {
		case "http", "https", "mailto":
		default:
			return "", false
		}
	}
	var b strings.Builder
	b.Grow(len(url))
	for i := 0; i < len(url); i++ {
		c := url[i]
		switch {
		case isASCIILetter(c), isASCIIDigit(rune(c)), strings.IndexByte("-._~:/?#@!&'+,;=", c) >= 0,
			c == '%' && i+2 < len(url) && isHex(url[i+1]) && isHex(url[i+2]):
			// A semicolon could end a character reference.
			if c == ';' && strings.IndexByte(url[:i], '&') >= 0 {
				b.WriteString("%3B")
				continue
			}
			b.WriteByte(c)
		default:
			const hex = "0123456789ABCDEF"
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String(), true
}

func isHex(c byte) bool { return isASCIIDigit(rune(c)) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// isAbsolute reports whether a target may be written between < and >.
func isAbsolute(target string) bool {
	scheme, _, ok := strings.Cut(target, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return ok
	}
	return false
}
