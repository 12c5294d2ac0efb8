package typescript

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
)

// translated are texts with a meaning for the libraries that format messages.
var translated = []string{
	`'`, `''`, `'{'`, `'{`, `{'`, `{}`, `'{p}'`, `don't`, `'}`, `}'`, `'<`, `'#'`, `#`, `|`, `,`, `<b>`, `</b>`, `<b`, `<`, `< b`, `<br/>`, `>`, `<1>`,
	`{`, `{{`, `{{{`, `}`, `}}`, `{p}`, `{{p}}`, `{{- p}}`, `{{-p}}`, `{{q}}`, `{{- `, `{{p, upper}}`, `$t(`, `$t(x)`, `$t({)`, `$t(p, {"a": "{{p}}"})`, `$`, `)`, `$t`, `t(x)`,
	`{p, plural, one {#} other {x}}`, `{p, select, other {'}}`, `a.b:c`, `&amp;`, `"`, `\`, `%`, `$&`,
}

func TestQuoting(t *testing.T) {
	for _, tt := range []struct{ text, icu, i18next string }{
		{"Nothing went wrong", "Nothing went wrong", "Nothing went wrong"},
		{"don't", "don''t", "don't"},
		{"a {b} c", "a '{'b'}' c", "a {b} c"},
		{"{{}}", "'{{}}'", "$t({){}}"},
		{"'{'}", "'''{''}'", "'{'}"},
		{"a < b, <1>", "a < b, <1>", "a < b, <1>"},
		{"<b>x</b>", "'<'b>x'<'/b>", "<b>x</b>"},
		{"# | ,", "# | ,", "# | ,"},
		{"$t(x) $ t(", "$t(x) $ t(", "$t($)t(x) $ t("},
	} {
		if got := icuText(tt.text, false); got != tt.icu {
			t.Errorf("ICU: %s becomes %s, want %s", tt.text, got, tt.icu)
		}
		if got := i18nextText(tt.text, false); got != tt.i18next {
			t.Errorf("i18next: %s becomes %s, want %s", tt.text, got, tt.i18next)
		}
	}
	if got := i18nextText("{x}{", true); got != "{x}$t({)" {
		t.Errorf("before a param, {x}{ becomes %s", got)
	}
}

// vector is an error with params.
type vector struct {
	Code   string            `json:"code"`
	Params map[string]string `json:"params"`
}

// translatedCatalog returns a catalog of messages in which the texts are before,
// between and behind params, and its vectors: all texts are also values.
func translatedCatalog(t *testing.T) (*catalog.Catalog, []vector) {
	texts := append(translated, hostile...)
	var b strings.Builder
	b.WriteString("version: 1\ncatalog: {name: texts}\ncategories: {all: {http_status: 400}}\nerrors:\n")
	for i := range texts {
		fmt.Fprintf(&b, "  TEXT_%d: {code: '%d', category: all, params: {p: string, q: string}}\n", i, i)
	}
	c := load.Source(t, []byte(b.String()))
	var vectors []vector
	for i, e := range c.Errors {
		p, q, text := catalog.Segment{Param: e.Params[0]}, catalog.Segment{Param: e.Params[1]}, catalog.Segment{Text: texts[i]}
		e.Message.Segments = []catalog.Segment{text, p, text, q, {Text: texts[i] + texts[(i+1)%len(texts)]}}
		// i18next ignores the nested keys of a text if a value has some.
		isNested := strings.Contains(i18nextText(texts[i]+texts[(i+1)%len(texts)], true), "$t(") || strings.HasSuffix(texts[i], "{")
		for _, value := range translated {
			if isNested && strings.Contains(value, "$t(") {
				continue
			}
			vectors = append(vectors, vector{strconv.Itoa(i), map[string]string{"p": value, "q": "Q"}})
		}
	}
	return c, vectors
}

// The libraries format the messages that are written for them as formatMessage.
func TestTranslations(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	texts, vectors := translatedCatalog(t)
	encoded, err := json.Marshal(vectors)
	if err != nil {
		t.Fatal(err)
	}
	const conformance = "../testdata/conformance/"
	recorded, err := os.ReadFile(conformance + "errs.json")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "texts.json"), encoded)
	writeFile(t, filepath.Join(root, "conformance.json"), recorded)
	for _, library := range []string{"icu", "i18next"} {
		for name, c := range map[string]*catalog.Catalog{"texts": texts, "conformance": load.File(t, conformance+"catalog.yaml")} {
			for _, f := range generate(t, testCase{catalog: c, options: Options{Emit: "js", Messages: library}}) {
				writeFile(t, filepath.Join(root, library, name, f.Path), f.Data)
			}
		}
	}
	out := strings.TrimSpace(string(script(t, "translations.mjs", root)))
	if want := 2 * (len(vectors) + strings.Count(string(recorded), `"code":`)); out != strconv.Itoa(want) {
		t.Errorf("%s messages were compared, want %d", out, want)
	}
}
