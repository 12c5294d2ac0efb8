// Package hostile has texts with a meaning in some language, and a catalog with them
// in every place that takes a text. Only tests import it.
package hostile

import (
	"fmt"
	"time"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// Texts are texts with a meaning in some language.
var Texts = []string{
	"plain", `"`, `'`, "`", `\`, `\u0041`, `*/`, `<!--`, `-->`, `</script>`, `{{.}}`, `{x}`, `${x}`, `%s`, "a\nb", "a\r\nb", "a\tb", "\x00", "\x1b[31m", "\x7f",
	"\u0085.", "\u2028.", "\u2029.", "\u202e", "\ufeff", "\ufffd", "\ud7ff", "\U0010ffff", "\U000e0041", "\ufe0f", "\u3164", "日本語\u3000", "👍🏽", "👨‍👩‍👧", "e\u0301", "\xff", "null", "true", "__proto__", "$ref", "$comment",
	"). DO NOT EDIT.", "- a", "# a", "a: b", "a #b", "&a", "*a", "!!str a", "|-", "> ", "---\na", "a\n...\nb", "  a\nb", "a\n b\n", "a \nb", "a\n\n\nb", "@a", "1e3", "0x1", "1_000", "2026-01-01", "12:30", "=", "<<", "~", "y", "[a]", "{a: b}", "[a](javascript:alert(1))", "![a](b)", "a\n\n# b", "<b>a</b>", "E0308", `say "x"`, `it's "x" or "y"`,
}

// Catalog returns a catalog that has an error for each text, with the text and the
// next one in every place that takes a text. No text may be empty.
func Catalog(texts ...string) *catalog.Catalog {
	first := texts[0]
	category := &catalog.Category{Name: "all", GoName: "CategoryAll", Anchor: "category-all", Title: first, Description: prose.Parse(first)}
	c := &catalog.Catalog{Name: "hostile", Title: first, Description: prose.Parse(first), Version: first, Categories: []*catalog.Category{category}}
	field := &catalog.MetadataField{Name: "m", Type: catalog.MetadataEnum, Title: first, Description: prose.Parse(first), Values: texts[:1], Audience: catalog.Public}
	list := &catalog.MetadataField{Name: "l", Type: catalog.MetadataStringList, Title: first, Pattern: first, Audience: catalog.Public}
	c.Metadata = []*catalog.MetadataField{field, list}
	for i, s := range texts {
		next := texts[(i+1)%len(texts)]
		name := fmt.Sprintf("A%d", i)
		p := &catalog.Param{Name: "p", Type: catalog.String, Description: prose.Parse(s), Values: []string{s, s + next}, Example: s}
		c.Errors = append(c.Errors, &catalog.Error{
			Name: name, GoName: name, TypeScriptName: name, Code: fmt.Sprint(i), Anchor: fmt.Sprint(i), Category: category, HTTPStatus: 400 + i%100, Title: s,
			Message:     catalog.Message{Segments: []catalog.Segment{{Text: s}, {Param: p}, {Text: "{" + s}}},
			Description: prose.Parse(s), Resolution: prose.Parse(next), Links: []catalog.Link{{Title: s, URL: next}},
			Params: []*catalog.Param{p, {Name: "l", Type: catalog.StringList, Description: prose.Parse(next), Example: []string{s, next}}},
			Retry:  catalog.RetryAfter, RetryAfter: 1500 * time.Millisecond, Severity: catalog.SeverityError, Audience: catalog.Public,
			Tags: []string{s, next}, Owner: s, Since: next, Deprecated: &catalog.Lifecycle{Since: s, Reason: prose.Parse(next)},
			Metadata: []catalog.Metadatum{{Key: "m", Field: field, Value: next}, {Key: "l", Field: list, Value: []string{s, next}}, {Key: s, Value: next}},
		})
		c.Reserved = append(c.Reserved, catalog.Reserved{Name: "B", Reason: prose.Parse(s)})
	}
	category.Errors = c.Errors
	return c
}
