package catalog_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
)

// TestFormatCodes checks how codes are written, and that nothing else is written
// differently.
func TestFormatCodes(t *testing.T) {
	const stringCatalog = "version: 1\ncatalog: { name: x }\n"
	const integerCatalog = "version: 1\ncatalog: { name: x, code_type: integer }\n"
	for _, c := range []struct{ name, head, in, want string }{
		{"strings", stringCatalog, "errors:\n  A:\n    code: E1\n    aliases: ['E2', E3, \"E4\"]\n    category: c\n  B: { code: 'E5' }\nreserved:\n  - { code: E6 }\n  - code: E7 # c\n",
			"errors:\n  A:\n    code: \"E1\"\n    aliases: [\"E2\", \"E3\", \"E4\"]\n    category: c\n  B: { code: \"E5\" }\nreserved:\n  - { code: \"E6\" }\n  - code: \"E7\" # c\n"},
		{"not strings", stringCatalog, "errors:\n  A:\n    code: 2205\n    aliases: [0001, 0E000, true, ~, !!str 5, [E1], {E2: E3}]\n  B:\n    code:\n  C: text\n  D:\n    aliases: E4\n",
			"errors:\n  A:\n    code: 2205\n    aliases: [0001, 0E000, true, ~, !!str 5, [E1], { E2: E3 }]\n  B:\n    code:\n  C: text\n  D:\n    aliases: E4\n"},
		{"not codes", stringCatalog, "errors:\n  A:\n    code: 'a b'\n    aliases: [\"\", 'é', '-1']\n", ""},
		{"strings on several lines", stringCatalog, "errors:\n  A:\n    code: |-\n      E1\n    aliases:\n      - \"E\\\n        2\"\n", ""},
		{"anchors and aliases", stringCatalog, "errors:\n  A: &a\n    code: &c E1\n    message: *c\n  B: *a\n  C:\n    code: *c\n    <<: *a\n",
			"errors:\n  A: &a\n    code: &c \"E1\"\n    message: *c\n  B: *a\n  C:\n    code: *c\n    <<: *a\n"},
		{"integers", integerCatalog, "errors:\n  A:\n    code: \"-5\"\n    aliases: ['6', 7, \"08\", x, \"9007199254740992\"]\n  B:\n    code: &c \"9\"\n    title: *c\n",
			"errors:\n  A:\n    code: -5\n    aliases: [6, 7, \"08\", x, \"9007199254740992\"]\n  B:\n    code: &c \"9\"\n    title: *c\n"},
		{"an unknown type of codes", "version: 1\ncatalog: { name: x, code_type: number }\n", "errors:\n  A:\n    code: E1\n", ""},
		{"not a catalog", "", "- errors: [a]\n- catalog: b\n", ""},
	} {
		if c.want == "" {
			c.want = c.in
		}
		got, ds, err := catalog.Format("x.yaml", []byte(c.head+c.in))
		if want := c.head + c.want; string(got) != want || ds != nil || err != nil {
			t.Errorf("%s: %v, %v\n%s\nwant\n%s", c.name, ds, err, got, want)
		}
	}
}

// TestFormatRefuses checks that what is not one YAML document is not formatted.
func TestFormatRefuses(t *testing.T) {
	for _, source := range []string{"", "# a\n", "a: [", "a: 1\n---\nb: 2\n", "a: 1\n...\n---\n", "a: \x00", "a: \xFF", "\xFF\xFEa\x00", "a: *b\n", "a: &b [*b]\n", "a: {b: 1}}\n", "? a\n: b\n"} {
		text, ds, err := catalog.Format("x.yaml", []byte(source))
		if text != nil || !ds.HasErrors() && err == nil {
			t.Errorf("%q becomes %q, %v, %v", source, text, ds, err)
		}
	}
}

// FuzzFormat checks that formatting makes no valid catalog invalid and changes no
// error, and that formatting it again changes nothing.
func FuzzFormat(f *testing.F) {
	addCatalogs(f)
	f.Add([]byte(strings.ReplaceAll(full, "\n", "\r\n")))
	f.Add([]byte(strings.ReplaceAll(full, "  ", "     ")))
	f.Fuzz(func(t *testing.T, source []byte) {
		source = []byte(catalogtest.Pieces(string(source)))
		text, ds, err := catalog.Format("x.yaml", source)
		if err != nil || ds != nil {
			return
		}
		again, ds, err := catalog.Format("x.yaml", text)
		if err != nil || ds != nil || !bytes.Equal(again, text) {
			t.Fatalf("%q becomes %q, and then %q, %v, %v", source, text, again, ds, err)
		}
		before, _ := catalog.Load("x.yaml", source)
		if before == nil {
			return
		}
		after, ds := catalog.Load("x.yaml", text)
		if after == nil {
			t.Fatalf("%q becomes %q: %v", source, text, ds)
		}
		if len(before.Errors) != len(after.Errors) {
			t.Fatalf("%q becomes %q", source, text)
		}
		for i, e := range before.Errors {
			a := after.Errors[i]
			if e.Name != a.Name || e.Code != a.Code || len(e.Aliases) != len(a.Aliases) || e.Title != a.Title || e.Message.Template() != a.Message.Template() || e.HTTPStatus != a.HTTPStatus {
				t.Fatalf("%q becomes %q", source, text)
			}
		}
	})
}
