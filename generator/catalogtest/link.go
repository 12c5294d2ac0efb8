package catalogtest

import (
	"regexp"
	"strings"
)

var (
	absoluteLink = regexp.MustCompile(`^(?:(?:[hH][tT][tT][pP][sS]?:)?//[^/?#:]|[mM][aA][iI][lL][tT][oO]:)`)
	relativeLink = regexp.MustCompile(`^[^:/?#]*(?:[/?#]|$)`)
)

// IsLink reports whether a document may link to a target: to a host, by http, https
// or the scheme of the document, to a mail address, or to what is relative to the
// document. A scheme is in any case.
func IsLink(target string) bool {
	return absoluteLink.MatchString(target) || relativeLink.MatchString(target) && !strings.HasPrefix(target, "//")
}
