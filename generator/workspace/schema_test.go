package workspace_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/workspace"
)

// TestSchema compares the schema with Load: it accepts what Load accepts, and
// refuses what Load refuses, but for what a schema cannot know.
func TestSchema(t *testing.T) {
	text, err := workspace.Schema()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("file:///schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("file:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	const row = "version: 1\ncatalogs: [{catalog: a.yaml, VALUE}]\n"
	for _, test := range []struct {
		source string
		values []string
		// valid says what Load says, and known if the schema says the same.
		valid, known bool
	}{
		{"VALUE", []string{"version: 1\ncatalogs: []", "version: 1\ncatalogs: [{catalog: a}]"}, true, true},
		{"VALUE", []string{"[]", "a", "version: 1", "catalogs: []", "version: 2\ncatalogs: []", "version: '1'\ncatalogs: []", "version: 1\ncatalogs: {}", "version: 1\ncatalogs:", "version: 1\ncatalogs: []\nname: a", "version: 1\ncatalogs: [a]", "version: 1\ncatalogs: [{}]"}, false, true},
		{"VALUE", []string{"version: 1.0\ncatalogs: []", "version: 1\nversion: 1\ncatalogs: []"}, false, false},
		{"version: 1\ncatalogs: [{catalog: VALUE}]", []string{"a", "../a.yaml", "./a", "é:a", "'mod:a.b/c'", "'mod:a.b/c/d.yaml'", "'a b'", "ab:c", "'mod'"}, true, true},
		{"version: 1\ncatalogs: [{catalog: VALUE}]", []string{"/a", "'C:/a'", "'a\\b'", "''", "' '", "5", "", "[a]", "'mod:'", "'mod:a'", "'mod:/a/b'", "'mod:./a'", "'mod:-a/b'", "'mod:a/b/'", "'mod:a//b'"}, false, true},
		{"version: 1\ncatalogs: [{catalog: VALUE}]", []string{"'mod:a/../b'", "a}, {catalog: a", "a}, {catalog: ./a"}, false, false},
		{row, []string{"module: a", "module: ../a", "module: .", "only: {tags: [a]}", "only: {categories: []}", "only: {categories: [a, b], tags: [c]}", "outputs: []", "outputs: [{target: go, path: a}]"}, true, true},
		{row, []string{"module: /a", "module: ''", "module:", "only: {}", "only: {tags: a}", "only: {tags: [5]}", "only: {tags: ['']}", "only: {tag: [a]}", "only: []", "outputs: {}", "outputs: [{target: go}]", "outputs: [{target: golang, path: a}]", "outputs: [{target: go, path: a, pages: true}]", "name: a"}, false, true},
		{"version: 1\ncatalogs: []\naccept: VALUE", []string{"[]", "[{rule: catalog-removed, to: a, reason: b}]", "[{rule: catalog-removed, to: 5, reason: b}, {rule: catalog-removed, to: true, reason: b}]"}, true, true},
		{"version: 1\ncatalogs: []\naccept: VALUE", []string{"", "{}", "[a]", "[{rule: catalog-removed, reason: b}]", "[{rule: catalog-removed, to: '', reason: b}]", "[{rule: catalog-removed, to: [a], reason: b}]", "[{rule: catalog-removed, to: a}]",
			"[{rule: catalog-removed, to: a, reason: ''}]", "[{rule: error-removed, to: a, reason: b}]", "[{rule: gone, to: a, reason: b}]", "[{rule: catalog-removed, to: a, reason: b, from: c}]"}, false, true},
	} {
		for _, value := range test.values {
			source := bytes.Replace([]byte(test.source), []byte("VALUE"), []byte(value), 1)
			_, ds := workspace.Load(workspace.FileName, source)
			if ds.HasErrors() == test.valid {
				t.Errorf("%s\nis valid: %t; Load says %v", source, test.valid, ds)
			}
			var v any
			if err := yaml.Unmarshal(source, &v); err != nil {
				if test.known {
					t.Errorf("%s: %v", source, err)
				}
				continue
			}
			if err := schema.Validate(v); (err == nil) != (test.valid == test.known) {
				t.Errorf("%s\nis valid: %t; the schema says %v", source, test.valid, err)
			}
		}
	}
}
