package html

import (
	"crypto/sha256"
	"encoding/base64"
)

// policy returns the Content-Security-Policy of a page with these blocks: they
// and nothing else run and style it, and nothing is fetched. The icon is a part
// of the page.
func policy(style markup, scripts ...markup) markup {
	p := "default-src 'none'; img-src data:; style-src " + sourceHash(style) + "; script-src"
	for _, script := range scripts {
		p += " " + sourceHash(script)
	}
	return markup(p + "; base-uri 'none'; form-action 'none'")
}

// sourceHash names an inline block by what is in it.
func sourceHash(block markup) string {
	sum := sha256.Sum256([]byte(block))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
