package prose

import (
	"bytes"
	"net/netip"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// LinkTarget returns a target as it is written in a link, with every character
// that Markdown could interpret percent-encoded. It returns false for a target
// that a catalog may not link to: only addresses of the web, mailto and relative
// links are allowed.
func LinkTarget(url string) (string, bool) {
	if url == "" || url == "#" || Visible(url) != url || strings.ContainsFunc(url, unicode.IsSpace) || strings.Contains(url, `\`) {
		return "", false
	}
	if _, hasScheme := schemeOf(url); hasScheme && !IsAbsolute(url) || strings.HasPrefix(url, "//") && !beginsWithHost(url) {
		return "", false
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

// IsAbsolute reports whether a URL leads to the same place from everywhere: it is
// a web address or of mailto.
func IsAbsolute(url string) bool {
	scheme, _ := schemeOf(url)
	return scheme == "mailto" || IsWebAddress(url)
}

// IsWebAddress reports whether a URL is of http or https and names a host. To a
// browser, http:a is a relative URL.
func IsWebAddress(url string) bool {
	scheme, _ := schemeOf(url)
	return (scheme == "http" || scheme == "https") && beginsWithHost(url[len(scheme)+1:])
}

// schemeOf returns the scheme of a URL in lower case, and whether it has one.
func schemeOf(url string) (string, bool) {
	scheme, _, ok := strings.Cut(url, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return "", false
	}
	// Only ASCII: a scheme has no İ.
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, scheme), true
}

// beginsWithHost reports whether a URL without its scheme is // and a host, with or
// without a port, that every browser and builder of sites accepts. Some of them break
// off at any other, such as {tenant}.example.com, localhost:PORT or the percent-encoded
// brackets of an IPv6 address.
func beginsWithHost(url string) bool {
	host, ok := strings.CutPrefix(url, "//")
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	host = host[strings.LastIndexByte(host, '@')+1:]
	host, port, _ := strings.Cut(host, ":")
	if _, err := strconv.ParseUint(port, 10, 16); err != nil && port != "" {
		return false
	}
	return ok && host != "" && !strings.ContainsFunc(host, isNoHost) && isNameOrIPv4(host)
}

// isNoHost reports whether a character cannot be part of the name of a host.
func isNoHost(r rune) bool {
	return r < utf8.RuneSelf && r != '-' && r != '.' && r != '_' && !isASCIILetter(byte(r)) && !isASCIIDigit(r)
}

// isNameOrIPv4 reports whether a host is an address if its last part is a number.
func isNameOrIPv4(host string) bool {
	host = strings.TrimSuffix(host, ".")
	if strings.Trim(host[strings.LastIndexByte(host, '.')+1:], "0123456789") != "" {
		return true
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}

// IsRelative reports whether where a target leads depends on the document that
// has the link. Fragments lead to errors of the catalog, in every document.
func IsRelative(target string) bool {
	return !IsAbsolute(target) && !strings.HasPrefix(target, "#") && !strings.HasPrefix(target, "//")
}

// isTargetOf reports whether the words of a link are its target, written
// without encoding.
func isTargetOf(label, target string) bool {
	for _, words := range []string{label, "mailto:" + label} {
		if encoded, _ := LinkTarget(words); words == target || encoded == target && target != "" {
			return true
		}
	}
	return false
}

// bareURLParser reads URLs without any markup, as GitHub does: of http and
// https, to the next white space or "<", but without the punctuation at the
// end. Addresses without a scheme are words.
type bareURLParser struct{}

// Trigger returns the characters before a URL. The parser is also called at
// white space, and at the beginning of a line and after every other piece.
func (bareURLParser) Trigger() []byte { return []byte(" !\"#$%&'()*+,-./:;=>?@^_{|}~") }

// Parse returns the character before a URL, a link, or nil if there is neither.
func (bareURLParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if pc.IsInLinkLabel() {
		return nil
	}
	line, segment := block.PeekLine()
	if len(line) > 1 && !isWordByte(string(line[:1]), 0) {
		if bareURLLen(line[1:]) == 0 {
			return nil
		}
		block.Advance(1)
		return ast.NewTextSegment(segment.WithStop(segment.Start + 1))
	}
	before := block.PrecendingCharacter()
	n := bareURLLen(line)
	if n == 0 || unicode.IsLetter(before) || unicode.IsDigit(before) {
		return nil
	}
	block.Advance(n)
	return ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(segment.WithStop(segment.Start+n)))
}

// maxBareURL limits the length of a URL, so that looking for its end at every
// character takes linear time.
const maxBareURL = 2048

// bareURLLen returns the length of the URL at the beginning of a line, or 0.
func bareURLLen(line []byte) int {
	scheme := len("http")
	if len(line) > scheme && line[scheme]|0x20 == 's' {
		scheme++
	}
	host := scheme + len("://")
	if len(line) <= host || !bytes.EqualFold(line[:scheme], []byte("https")[:scheme]) || string(line[scheme:host]) != "://" {
		return 0
	}
	if first, _ := utf8.DecodeRune(line[host:]); !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return 0
	}
	line = line[:min(len(line), maxBareURL+1)]
	end := bytes.IndexFunc(line, func(r rune) bool { return r == '<' || unicode.IsSpace(r) })
	if end < 0 {
		end = len(line)
	}
	if end > maxBareURL {
		return 0
	}
	opened := bytes.Count(line[:end], []byte("(")) - bytes.Count(line[:end], []byte(")"))
	for end > host {
		switch c := line[end-1]; {
		case c == ')' && opened < 0:
			opened++
		case c == ';':
			// A character reference at the end is not part of the URL.
			if amp := bytes.LastIndexByte(line[:end], '&'); amp >= 0 && referenceLen(line[amp:end]) == end-amp {
				end = amp + 1
			}
		case strings.IndexByte("?!.,:*_~'\"", c) >= 0:
		default:
			if _, ok := LinkTarget(string(line[:end])); ok {
				return end
			}
			return 0
		}
		end--
	}
	return 0
}
