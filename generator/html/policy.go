package html

import (
	"crypto/sha256"
	"encoding/base64"
)

// policy returns the Content-Security-Policy of a page that allows only these
// blocks as scripts and styles, and no requests. The icon is part of the page.
func policy(style markup, scripts ...markup) markup {
	p := "default-src 'none'; img-src data:; style-src " + sourceHash(style) + "; script-src"
	for _, script := range scripts {
		p += " " + sourceHash(script)
	}
	return markup(p + "; base-uri 'none'; form-action 'none'")
}

// sourceHash returns the hash of an inline block for the policy.
func sourceHash(block markup) string {
	sum := sha256.Sum256([]byte(block))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
