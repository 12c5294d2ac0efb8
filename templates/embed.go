// Package templates holds the templates of the targets that are text.
package templates

import "embed"

// FS holds one folder of *.tmpl files a target, such as markdown/errors.md.tmpl.
//
//go:embed */*.tmpl
var FS embed.FS
