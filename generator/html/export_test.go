package html

import (
	"fmt"

	"github.com/errcat/errcat/generator/files"
)

// Compact returns options for a page with rows of data, however few errors there are.
func Compact(o Options) Options {
	o.elements = -1
	return o
}

// Sitemaps returns the sitemaps of n addresses.
func Sitemaps(n int) files.Files {
	locations := make([]string, n)
	for i := range locations {
		locations[i] = fmt.Sprintf("https://example.com/%d.html", i)
	}
	return sitemaps("header", "https://example.com/", locations)
}
