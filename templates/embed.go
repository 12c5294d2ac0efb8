// Package templates holds the templates of the targets that are text.
package templates

import "embed"

// FS holds one folder of *.tmpl files a target, such as markdown/errors.md.tmpl, and
// the search of the page, html/search.js, with its rules, html/search.json.
//
//go:embed */*.tmpl html/search.js html/search.json
var FS embed.FS
