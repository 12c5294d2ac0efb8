package catalog

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/prose"
)

const (
	maxName      = 300
	maxParamName = 64
)

// matches reports whether first accepts the first character of s, and first or more
// each other one. It returns false if s is empty.
func matches(s string, first, more func(byte) bool) bool {
	for i := 0; i < len(s); i++ {
		if !first(s[i]) && (i == 0 || !more(s[i])) {
			return false
		}
	}
	return s != ""
}

func isUpper(c byte) bool  { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool  { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return isUpper(c) || isLower(c) }

func oneOf(set string) func(byte) bool {
	return func(c byte) bool { return strings.IndexByte(set, c) >= 0 }
}

// isName reports whether s has the form of the name of an error.
func isName(s string) bool {
	return matches(s, func(c byte) bool { return isLetter(c) || c == '_' },
		func(c byte) bool { return isDigit(c) || c == '.' || c == '-' })
}

// isCode reports whether s has the form of a wire code.
func isCode(s string) bool {
	return matches(s, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' }, oneOf(".:/-"))
}

// isCatalogName reports whether s can be the name of a catalog.
func isCatalogName(s string) bool {
	return len(s) <= maxParamName && matches(s, isLower, func(c byte) bool { return isDigit(c) || c == '_' })
}

// isCategoryName reports whether s can be the name of a category.
func isCategoryName(s string) bool {
	return len(s) <= maxParamName && matches(s, isLetter, func(c byte) bool { return isDigit(c) || c == '_' || c == '-' })
}

// isParamName reports whether s has the form of the name of a param. One of its
// characters at least can be part of a Go identifier that is exported.
func isParamName(s string) bool {
	return matches(s, func(c byte) bool { return isLetter(c) || c == '_' }, isDigit) && strings.Trim(s, "_") != ""
}

// version is the form of a version of Semantic Versioning.
var version = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`)
})

// isVersion reports whether s has that form.
func isVersion(s string) bool { return version().MatchString(s) }

// isDomain reports whether s has the form of a host name.
func isDomain(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		alnum := func(c byte) bool { return isLetter(c) || isDigit(c) }
		if len(label) > 63 || !matches(label, alnum, oneOf("-")) || strings.HasSuffix(label, "-") {
			return false
		}
	}
	return len(s) <= 253
}

// checkTypeURI returns what is wrong with a template of problem types. Readers get
// the code and the name back from a type, and know by the rest of it that the
// error is of the catalog.
func checkTypeURI(s string) error {
	expanded := strings.NewReplacer("{code}", "1", "{name}", "A").Replace(s)
	switch {
	case strings.ContainsAny(expanded, "{}"):
		return errors.New("the only placeholders are {code} and {name}")
	case strings.HasPrefix(s, "{"):
		return errors.New("it begins with a placeholder")
	case strings.Contains(s, "}{"):
		return errors.New("nothing separates its placeholders")
	case strings.Count(s, "{code}") > 1, strings.Count(s, "{name}") > 1:
		return errors.New("it has the same placeholder twice")
	case strings.EqualFold(s, "about:blank"):
		return errors.New("that is the type of problems without one")
	}
	return checkURI(expanded)
}

// checkLink returns what is wrong with a URI reference as the URL of a link.
func checkLink(s string) error {
	u, err := url.Parse(s)
	if err != nil {
		return errors.New("not a URL")
	}
	switch u.Scheme {
	case "http", "https", "mailto", "":
	default:
		return fmt.Errorf("the scheme %s is not allowed", u.Scheme)
	}
	switch _, ok := prose.LinkTarget(s); {
	case ok:
		return nil
	case s == "#":
		return errors.New("it leads nowhere")
	case u.Hostname() == "":
		return errors.New("it has no host")
	}
	return fmt.Errorf("documents cannot link to the host %s", u.Host)
}

// checkURI returns what is wrong with a URI reference.
func checkURI(s string) error {
	for _, r := range s {
		if !unicode.IsPrint(r) || prose.IsInvisible(r) || strings.ContainsRune(" <>\"\\`|^", r) {
			return fmt.Errorf("a URI cannot contain %+q", r)
		}
	}
	if _, err := url.Parse(s); err != nil || s == "" {
		return errors.New("not a URI")
	}
	return nil
}

// checkPath returns what is wrong with the path of an output.
func checkPath(s string) error {
	switch {
	case strings.Contains(s, `\`):
		return errors.New(`it contains a \`)
	case path.IsAbs(s), len(s) > 1 && s[1] == ':':
		return errors.New("it is absolute")
	case diag.Printable(s) != s:
		return errors.New("it contains an invisible character")
	}
	if err := files.CheckNames(s); err != nil {
		return fmt.Errorf("it %w", err)
	}
	return nil
}
