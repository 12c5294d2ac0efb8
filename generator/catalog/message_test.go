package catalog_test

import "testing"

// TestTemplate checks that a message gives the template that it was read from.
func TestTemplate(t *testing.T) {
	for _, template := range []string{
		"plain", "{a}", "{a}{b}{a}", "{{a}}", "{{{a}}}", "}}{{", "{{{{{a}}}}}", "a {{ b }} {b}", "%s {a} \\ \"",
	} {
		c := load(t, "version: 1\ncatalog: {name: shop}\nlint: {escaped-placeholder: off, printf-verb: off}\nerrors:\n  A:\n    http_status: 409\n    params: {a: string, b: integer}\n    message: '"+template+"'\n")
		if got := c.Errors[0].Message.Template(); got != template {
			t.Errorf("the template %q becomes %q", template, got)
		}
	}
}
