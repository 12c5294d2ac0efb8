// Package naming derives every identifier that a language needs from a name of
// a catalog, and knows the words that the language does not allow. Each
// language has one file.
package naming

import "strings"

// Language is what a catalog has to know about a language in which its errors
// are constants.
type Language struct {
	// Key is the name of the language in a catalog, Title the one that people use.
	Key, Title string
	// Form describes the identifiers that Valid accepts, with an article.
	Form string
	// Help says what Valid requires.
	Help string
	// Constant returns the constant of an error by its name, an empty string if
	// the name has no letters and digits.
	Constant func(name string) string
	// Valid reports whether a chosen string is an identifier that can be
	// declared, apart from reserved ones.
	Valid func(id string) bool
	// Reserved reports whether an identifier is a word of the language or
	// declared by the generated package itself.
	Reserved func(id string) bool
	// Companions returns what is declared beside the constant of an error that
	// carries params. It is nil if there is nothing.
	Companions func(constant string) []string
}

// Words splits a name into its words: at "_", "." and "-", and where the case
// changes, as in "userID" and "HTTPStatus". Digits belong to the word before
// them.
func Words(name string) []string {
	var words []string
	start := 0
	cut := func(end int) {
		if start < end {
			words = append(words, name[start:end])
		}
	}
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '_' || c == '.' || c == '-':
			cut(i)
			start = i + 1
		case i > start && isUpper(c):
			before, after := name[i-1], byte(0)
			if i+1 < len(name) {
				after = name[i+1]
			}
			// A word begins at the B of aB and of 1Bc, and at the last capital of ABc.
			if isLower(before) || isLower(after) && (isUpper(before) || isDigit(before)) {
				cut(i)
				start = i
			}
		}
	}
	cut(len(name))
	return words
}

// Sentence returns a name as the beginning of a sentence: WRONG_USER_ID becomes
// "Wrong user ID". A name without words is returned unchanged.
func Sentence(name string) string {
	words := Words(name)
	if len(words) == 0 {
		return name
	}
	for i, w := range words {
		lower := strings.ToLower(w)
		if fixed, ok := fixedWord(lower); ok {
			words[i] = fixed
		} else if i == 0 {
			words[i] = capitalize(lower)
		} else {
			words[i] = lower
		}
	}
	return strings.Join(words, " ")
}

// initialisms are written in capitals: the list of Go's own style checkers, and
// those that are common in error catalogs.
var initialisms = wordSet(`acl api ascii aws cpu css csv db dns eof gcp gid grpc guid html http https id io ios ip iso
	json jwk jwt kyc mfa otp pdf pin qps ram rfc rpc saml sdk sla smtp sql sqs ssh sso tcp tls tsv ttl tty udp ui uid
	uri url utc utf8 uuid vm vpn xml xmpp xsrf xss yaml`)

// fixedWord returns the spelling of a word that has only one, wherever it
// appears: an initialism, also with a plural s.
func fixedWord(lower string) (string, bool) {
	if initialisms[lower] {
		return strings.ToUpper(lower), true
	}
	if stem, ok := strings.CutSuffix(lower, "s"); ok && initialisms[stem] {
		return strings.ToUpper(stem) + "s", true
	}
	if lower == "oauth" {
		return "OAuth", true
	}
	return "", false
}

func capitalize(lower string) string { return strings.ToUpper(lower[:1]) + lower[1:] }

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// isWord reports whether s consists of ASCII letters, digits and characters of
// more, and does not begin with a digit.
func isWord(s, more string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !isUpper(c) && !isLower(c) && strings.IndexByte(more, c) < 0 && (i == 0 || !isDigit(c)) {
			return false
		}
	}
	return s != ""
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
