// Package naming derives every identifier that a language needs from a name of
// a catalog, and knows the words that the language does not allow. Each
// language has one file.
package naming

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
	// Words are those that the language does not allow as a constant, and the
	// global variables that the generated package reads.
	Words []string
	// Declared are the identifiers that the generated package declares itself,
	// with one of its options at least.
	Declared []string
	// Reserved reports whether an identifier is one of Words or Declared.
	Reserved func(id string) bool
}

// Words splits a name into its words: at characters that are neither letters nor
// digits, and where the case changes, as in "userID", "HTTPStatus" and "SKUsSold".
// Digits belong to the word before them. A part between separators that is written
// in one case is one word.
func Words(name string) []string {
	var texts []string
	for _, w := range split(name) {
		texts = append(texts, w.text)
	}
	return texts
}

// word is a word of a name.
type word struct {
	text string
	// cased means that the author chose the capitals of the word: it has some, in
	// a part of the name that is in mixed case.
	cased bool
}

// split splits a name into its words.
func split(name string) []word {
	var words []word
	for part := range strings.FieldsFuncSeq(name, isSeparator) {
		if !isMixed(part) {
			words = append(words, word{part, false})
			continue
		}
		for rest := []rune(part); len(rest) > 0; {
			n := wordLength(rest)
			text := string(rest[:n])
			words = append(words, word{text, strings.ContainsFunc(text, unicode.IsUpper)})
			rest = rest[n:]
		}
	}
	return words
}

func isSeparator(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// isMixed reports whether s has letters of both cases.
func isMixed(s string) bool {
	return strings.ContainsFunc(s, unicode.IsUpper) && strings.ContainsFunc(s, unicode.IsLower)
}

// wordLength returns the length of the first word of s, which has no separators
// and is in mixed case.
func wordLength(s []rune) int {
	for _, spelling := range spellingRunes {
		if n := len(spelling); hasPrefix(s, spelling) && endsWord(s[n:]) {
			return n + countFunc(s[n:], unicode.IsDigit)
		}
	}
	n := countFunc(s, isCapital)
	rest := s[n:]
	switch {
	case len(rest) == 0:
	case n < 2 || unicode.IsDigit(s[n-1]):
		for n < len(s) && !unicode.IsUpper(s[n]) && !startsWithDigitWord(s[n:]) {
			n++ // Found, found, X509cert
		}
	case len(rest) > 1 && rest[0] == 'v' && unicode.IsDigit(rest[1]):
		n += 1 + countFunc(rest[1:], unicode.IsDigit) // IPv6, TLSv1
	case rest[0] == 's' && endsWord(rest[1:]) && !endsWithVerb(string(s[:n])):
		n++ // IDs, SKUs
	default:
		n-- // The last capital of HTTPStatus begins a word.
	}
	return n
}

func isCapital(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }

// endsWord reports whether a word can end before s.
func endsWord(s []rune) bool { return len(s) == 0 || isCapital(s[0]) }

// endsWithVerb reports whether capitals before an "s" are an initialism and the
// first letter of "Is", "As" or "Us", as in SQLIsDown.
func endsWithVerb(capitals string) bool {
	last := len(capitals) - 1
	lower := strings.ToLower(capitals)
	return strings.IndexByte("AIU", capitals[last]) >= 0 && !initialisms[lower] && initialisms[lower[:last]]
}

// startsWithDigitWord reports whether s starts with a word whose first character
// is a digit, as in Invalid2FACode.
func startsWithDigitWord(s []rune) bool {
	return unicode.IsDigit(s[0]) && slices.ContainsFunc(spellingRunes, func(spelling []rune) bool {
		return hasPrefix(s, spelling) && endsWord(s[len(spelling):])
	})
}

func hasPrefix(s, prefix []rune) bool {
	return len(s) >= len(prefix) && slices.Equal(s[:len(prefix)], prefix)
}

// countFunc returns how many runes at the start of s satisfy f.
func countFunc(s []rune, f func(rune) bool) int {
	n := 0
	for n < len(s) && f(s[n]) {
		n++
	}
	return n
}

// Sentence returns a name as the beginning of a sentence: WRONG_USER_ID becomes
// "Wrong user ID", and NoSSLCertificate "No SSL certificate". A name without words
// is returned unchanged.
func Sentence(name string) string {
	words := split(name)
	if len(words) == 0 {
		return name
	}
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.inSentence()
	}
	if !isProper(texts[0]) {
		texts[0] = capitalize(texts[0])
	}
	return strings.Join(texts, " ")
}

// inSentence returns the spelling of the word inside of a sentence.
func (w word) inSentence() string {
	switch {
	case !w.cased:
		return spelled(strings.ToLower(w.text))
	case w.text == "A" || !strings.ContainsFunc(w.text[1:], unicode.IsUpper) && isMixed(w.text):
		return strings.ToLower(w.text) // Found, but not SSL, SKUs, X or V2
	}
	return w.text
}

// spelled returns the spelling of a word whose author did not choose its capitals:
// the only one of a proper noun or an initialism, also with a plural s or a number
// behind it, and else the word itself.
func spelled(lower string) string {
	if s, ok := spellings[lower]; ok {
		return s
	}
	stem := strings.TrimRight(lower, "0123456789")
	number := lower[len(stem):]
	if s, ok := spellings[stem]; ok {
		return s + number
	}
	if initialisms[stem] {
		return strings.ToUpper(lower)
	}
	if stem, ok := strings.CutSuffix(lower, "s"); ok && initialisms[stem] {
		return strings.ToUpper(stem) + "s"
	}
	return lower
}

// isProper reports whether s is a word whose first letter is never raised.
func isProper(s string) bool {
	return spellings[strings.ToLower(strings.TrimRight(s, "0123456789"))] != "" && isMixed(s)
}

// initialisms are written in capitals: the list of Go's own style checkers, and
// those that are common in error catalogs.
var initialisms = wordSet(`acl aes api arn ascii aws bic cdn cidr cors cpu csrf css csv cvc cvv db dkim dns ec eof ftp gcp gid
	gps gpu guid hmac html http https iam iban id imap io ip iso json jwe jwk jwks jws jwt kms kyc md mfa mime mqtt nfc ntp oidc
	otp pdf pgp pin pki qps qr ram rfc rpc rsa saml sdk sha sku sla sms smtp sql sqs ssh ssl sso tcp tls totp tsv ttl tty udp ui
	uid uri url urn usb utc utf uuid vat vin vlan vm vpc vpn waf xml xmpp xsrf xss yaml`)

// spellings are the words that have capitals in an unusual place, or begin with a
// digit, by their lowercase form.
var spellings = make(map[string]string)

var spellingRunes = func() [][]rune {
	var all [][]rune
	for w := range strings.FieldsSeq(`2FA 3DS DDoS DoS DynamoDB eSIM GitHub GitLab GraphQL gRPC iOS IoT IPv4 IPv6 JavaScript macOS MongoDB
		mTLS MySQL NoSQL OAuth OpenAPI OpenID PayPal PostgreSQL QoS SaaS TypeScript WhatsApp YouTube`) {
		spellings[strings.ToLower(w)] = w
		all = append(all, []rune(w))
	}
	return all
}()

// capitalize raises the first letter of a word.
func capitalize(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

func wordSet(words string) map[string]bool { return setOf(strings.Fields(words)) }

func setOf(lists ...[]string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range slices.Concat(lists...) {
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
