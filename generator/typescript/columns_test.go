package typescript

import (
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
)

func TestLinesOfColumns(t *testing.T) {
	for _, tt := range []struct{ value, want string }{
		{"", ""},
		{"plain, it's \"x\"", " plain, it's \"x\""},
		{"`a` ${b} $c {d} $", " \\`a\\` \\${b} $c {d} $"},
		{`a\b \n`, ` a\\b \\n`},
		{"a\nb\n\nc", " a\n b\n\\x20\n c"},
		{"\na\n", "\\x20\n a\n\\x20"},
		{" ", ` \x20`},
		{"  a  ", `   a \x20`},
		{"a \n b", " a\\x20\n  b"},
		{"a\r\nb\tc", " a\\r\n b\\tc"},
		{"\u2028\u200b\x00\U000e0041", ` \u2028\u200b\x00\u{e0041}`},
		{"</script> <!-- <b>", ` \x3C/script> \x3C!-- <b>`},
		{"日本語 é 🚫", " 日本語 é 🚫"},
	} {
		if got := written(func(w *writer) { w.line(tt.value) }); got != tt.want+"\n" {
			t.Errorf("the line of %q is %q, want %q", tt.value, got, tt.want+"\n")
		}
	}
}

// The params of errors are their names. A type is next to a name only if the name
// has another type elsewhere.
func TestColumnsOfParams(t *testing.T) {
	c := load.Source(t, []byte(`
version: 1
catalog: {name: shop, type_uri: "https://shop.example/{code}"}
categories: {all: {http_status: 400}}
errors:
  A: {code: "1", category: all, params: {id: string, left: integer}}
  B: {code: "2", category: all, params: {left: string, id: integer, card: {type: number, sensitive: true}}}
  C: {code: "3", category: all, params: {card: string}}
  D: {code: "4", category: all}
  E: {code: "5", category: all, params: {id: string, left: integer}}
`))
	text := string(generate(t, testCase{catalog: c, options: Options{SingleFile: true}})[0].Data)
	for _, want := range []string{
		"groups(`\nid left\n 1\n 5\nleft:string id:integer\n 2\ncard\n 3\n`)",
		"column(`\nleft integer\n`)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the package does not have\n%s\nbut\n%s", want, text)
		}
	}
	if p := newPack(c, Options{}); p.typesOfParams()["card"] != catalog.String {
		t.Error("a sensitive param decides on the type of a name")
	}
}
