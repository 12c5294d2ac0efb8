package fixed

import "strings"

// noType is the type of a problem without a type URI: only its code says what it
// is.
const noType = "about:blank"

// TypeURI returns the URI that identifies the error in a problem, or about:blank
// if the catalog has no URIs or does not define the Code.
func (c Code) TypeURI() string {
	e := lookup(c)
	if e == &unknown {
		return noType
	}
	return typeURI(e)
}

// CatalogMatch returns the code of an error on the wire, and reports whether the
// error is one of this catalog. uri is the type of its problem, and code the
// code of its problem, which may be empty. For an element of the problem, element
// is its code, and otherwise empty. Other generated packages call CatalogMatch.
func (Code) CatalogMatch(uri, code, element string) (string, bool) {
	c, ok := matchType(uri, code)
	if element != "" {
		c, _ = ParseCode(element)
	}
	return string(c), ok && c != ""
}

// identify returns the Code of an error that this package reads, and reports
// whether the error is one of this catalog. Without a type URI, it is.
func identify(uri, code string) (Code, bool) {
	if uri == noType {
		c, _ := ParseCode(code)
		return c, true
	}
	return matchType(uri, code)
}

// matchType returns the Code of an error with a type URI, and reports whether
// the URI is one of this catalog. The Code in the URI decides, then the name in
// it, then the code. A Code that is not in the catalog is kept as it is.
//
// The URI of another catalog can look like an unknown code of this one: with the
// template https://example.com/{code}, that of https://example.com/users-7 is
// users-7. But a URI of this catalog has the same code as the problem.
func matchType(uri, code string) (Code, bool) {
	if uri == noType {
		return "", false
	}
	c, known := ParseCode(code)
	if known && uri == typeURI(lookup(c)) {
		return c, true
	}
	isOurs, unknownCode := false, Code("")
	for _, template := range typeURIs {
		inURI, name, ok := splitURI(template, uri)
		if !ok {
			continue
		}
		if c, ok := ParseCode(inURI); ok {
			return c, true
		}
		if c, ok := ParseName(name); ok {
			return c, true
		}
		if inURI == "" || inURI == code || code == "" && !strings.Contains(inURI, "/") {
			isOurs = true
			if unknownCode == "" {
				unknownCode = Code(inURI)
			}
		}
	}
	switch {
	case !isOurs:
		return "", false
	case code != "":
		return c, true
	}
	return unknownCode, true
}

// splitURI returns the code and the name in a URI that was made from a template,
// and reports whether it was.
func splitURI(template, uri string) (code, name string, ok bool) {
	for template != "" {
		literal, rest, _ := strings.Cut(template, "{")
		if uri, ok = strings.CutPrefix(uri, literal); !ok {
			return "", "", false
		}
		if rest == "" {
			break
		}
		var placeholder, value string
		placeholder, template, _ = strings.Cut(rest, "}")
		value, uri = cutValue(uri, template)
		switch {
		case placeholder == "code" && isCodeText(value):
			code = value
		case placeholder == "name" && isNameText(value):
			name = value
		default:
			return "", "", false
		}
	}
	return code, name, uri == ""
}

// cutValue returns the part of a URI that stands for a placeholder, and the rest,
// given the template behind the placeholder.
func cutValue(uri, template string) (value, rest string) {
	literal, _, more := strings.Cut(template, "{")
	at := len(uri) - len(literal)
	if more {
		at = strings.Index(uri, literal)
	}
	if at < 0 {
		return "", ""
	}
	return uri[:at], uri[at:]
}

// isCodeText reports whether s has the form of a code.
func isCodeText(s string) bool {
	if c, ok := any(Code(s)).(integerCode); ok {
		return c.Int() != 0 || s == "0"
	}
	return consistsOf(s, letters+"_.:/-") && strings.IndexByte(".:/-", s[0]) < 0
}

// isNameText reports whether s has the form of a name.
func isNameText(s string) bool {
	return consistsOf(s, letters+"_.-") && strings.IndexByte(letters+"_", s[0]) >= 0
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// consistsOf reports whether s has only digits and the characters of a set, and
// is not empty.
func consistsOf(s, set string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && strings.IndexByte(set, c) < 0 {
			return false
		}
	}
	return s != ""
}
