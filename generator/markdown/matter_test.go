package markdown_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/markdown"
)

// matterOf returns the front matter of a page.
func matterOf(t *testing.T, page []byte) map[string]any {
	t.Helper()
	var fields map[string]any
	if err := yaml.Unmarshal(frontMatter.Find(page), &fields); err != nil {
		t.Fatalf("%v\n%.500s", err, page)
	}
	return fields
}

// The constants of the user replace those of the flavor, and null removes them.
func TestFrontMatter(t *testing.T) {
	c := load.File(t, "testdata/shop.yaml")
	page := dataOf(t, generate(t, c, markdown.Options{Flavor: "hugo", Pages: true, FrontMatter: `{"tags": null, "weight": 7, "on": {"a": [true, 1.5, "x"]}}`}), "1000.md")
	fields := matterOf(t, page)
	if fields["tags"] != nil || fields["weight"] != 7 || fmt.Sprint(fields["on"]) != "map[a:[true 1.5 x]]" || fields["linkTitle"] != "1000" {
		t.Errorf("the front matter is %v", fields)
	}
	if page := render(t, c, markdown.Options{Flavor: "mkdocs", FrontMatter: `{"title": null, "description": null}`}); !bytes.HasPrefix(page, []byte("<!-- Code generated")) {
		t.Errorf("an empty front matter:\n%.300s", page)
	}
	for _, object := range []string{``, `x`, `[]`, `{}`, `{"a": 1, "a": 2}`, `{"a": }`, `{"a": 1`, `{"a": 1} 2`, `{"` + strings.Repeat("a", 300) + `": 1}`, `{"a": {"` + strings.Repeat("a", 300) + `": 1}}`} {
		o, _ := new(markdown.Options).Describe().Lookup("front_matter")
		if err := o.Set(object); err == nil {
			t.Errorf("%.40q is accepted", object)
		}
	}
}

// FuzzFrontMatter gives pages of every flavor a key with a value, and reads them
// again: they are data, and change nothing else.
func FuzzFrontMatter(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+7)%len(hostile)])
	}
	f.Add("---\n", "\n---\n# x")
	f.Add("y", "\U000e0001\u2028\ud7ff")
	c := load.File(f, "testdata/shop.yaml")
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, key, value string) {
		key, value = catalogtest.Pieces(key), catalogtest.Pieces(value)
		want := map[string]any{"1": value, "2": []any{value, map[string]any{key: value}}}
		object, err := json.Marshal(map[string]any{"key " + key: want})
		if err != nil {
			t.Skip("not JSON")
		}
		var again map[string]any // with what is not UTF-8 replaced
		if err := json.Unmarshal(object, &again); err != nil {
			t.Fatal(err)
		}
		options := markdown.Options{FrontMatter: string(object)}
		if o, _ := new(markdown.Options).Describe().Lookup("front_matter"); o.Set(string(object)) != nil {
			return // a long key
		}
		for _, options.Flavor = range markdown.Flavors() {
			page := render(t, c, options)
			for name, want := range again {
				if got := matterOf(t, page)[name]; !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %q is %q, want %q", options.Flavor, name, got, want)
				}
			}
			plain := render(t, c, markdown.Options{Flavor: options.Flavor})
			_, body, _ := bytes.Cut(page, []byte("prettier-ignore-start"))
			if _, want, _ := bytes.Cut(plain, []byte("prettier-ignore-start")); !bytes.Equal(body, want) {
				t.Errorf("%s: the front matter changes the page", options.Flavor)
			}
		}
	})
}
