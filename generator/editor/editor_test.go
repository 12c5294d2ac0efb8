package editor_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/editor"
)

// TestAjv checks that Ajv accepts the schemas in its strict mode, which refuses
// keywords that it does not know, types that are not declared and keys that are
// required but not declared. It runs the script of docs/schema.md.
func TestAjv(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs Node")
	}
	ajv, err := filepath.Abs("../../node_modules/ajv")
	if err != nil {
		t.Fatal(err)
	}
	page := readFile(t, "../../docs/schema.md")
	script := regexp.MustCompile("(?s)```js\n(.*?)```").FindStringSubmatch(page)
	if script == nil {
		t.Fatal("docs/schema.md has no script")
	}
	for _, keyword := range editor.Keywords() {
		if !strings.Contains(script[1], `"`+keyword+`"`) {
			t.Errorf("docs/schema.md does not declare %s", keyword)
		}
	}
	for name, schema := range schemas(t) {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "catalog.schema.json"), schema)
		writeFile(t, filepath.Join(dir, "validate.js"), []byte(strings.Replace(script[1], `require("ajv")`, fmt.Sprintf("require(%q)", ajv), 1)))
		cmd := exec.Command("node", "validate.js")
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// TestKeywords checks that the schemas have no keywords but those of draft 7 and
// the declared ones.
func TestKeywords(t *testing.T) {
	draft7 := strings.Fields("$schema $comment $ref title description default type const enum pattern maxLength minimum maximum minItems uniqueItems items minProperties maxProperties required properties additionalProperties propertyNames dependencies if then else allOf anyOf definitions")
	for name, schema := range schemas(t) {
		var walk func(node any)
		walk = func(node any) {
			object, _ := node.(map[string]any)
			for key, value := range object {
				if !slices.Contains(draft7, key) && !slices.Contains(editor.Keywords(), key) {
					t.Errorf("%s has the keyword %s", name, key)
				}
				switch value := value.(type) {
				case map[string]any:
					if key == "properties" || key == "definitions" {
						for _, child := range value {
							walk(child)
						}
					} else if key != "dependencies" {
						walk(value)
					}
				case []any:
					if key == "allOf" || key == "anyOf" {
						for _, child := range value {
							walk(child)
						}
					}
				}
			}
		}
		var document any
		if err := json.Unmarshal(schema, &document); err != nil {
			t.Fatal(err)
		}
		walk(document)
	}
}

// TestSchema checks what Schema makes of a schema.
func TestSchema(t *testing.T) {
	got, err := editor.Schema([]byte(`{
		"title": "T", "type": "object", "required": ["a"],
		"properties": {
			"a": {"description": "A.", "type": "string", "default": "b", "examples": ["1", "on"]},
			"l": {"description": "L_L.", "type": "array", "items": {"type": "integer"}, "examples": [[1, 2]]}
		},
		"definitions": {"own": {"type": "boolean", "pattern": "\u007f\u00a0<"}}
	}`), []byte(`{"other": {"enum": [1]}}`), "a <comment>")
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "$comment": "a <comment>",
  "title": "T",
  "type": "object",
  "errorMessage": "Must be a mapping.",
  "allOf": [
    {
      "properties": {
        "a": {
          "description": "A.",
          "type": "string",
          "markdownDescription": "A.\n\nDefault: ` + "`b`" + `\n\n` + "```yaml\\na: \\\"1\\\"\\n```\\n\\n```yaml\\na: \\\"on\\\"\\n```" + `",
          "errorMessage": "Must be a string. Put numbers, dates, true, false and null in quotes."
        },
        "l": {
          "description": "L_L.",
          "type": "array",
          "markdownDescription": "L\\_L.\n\n` + "```yaml\\nl: [1, 2]\\n```" + `",
          "errorMessage": "Must be a list.",
          "if": {
            "type": "array"
          },
          "then": {
            "items": {
              "type": "integer",
              "errorMessage": "Must be a whole number."
            }
          }
        }
      }
    },
    {
      "required": [
        "a"
      ],
      "properties": {
        "a": true
      }
    }
  ],
  "definitions": {
    "own": {
      "type": "boolean",
      "pattern": "\u007f\u00a0<",
      "errorMessage": "Must be true or false."
    },
    "other": {
      "enum": [
        1
      ]
    }
  }
}`
	if string(got) != want {
		t.Errorf("the schema is\n%s", got)
	}
	for _, bad := range []string{"", "[]", "{", `{"a": }`, "{} x"} {
		if got, err := editor.Schema([]byte(bad), []byte("{}"), ""); err == nil {
			t.Errorf("the schema of %q is %s", bad, got)
		}
		if got, err := editor.Schema([]byte("{}"), []byte(bad), ""); err == nil {
			t.Errorf("the schema with the definitions %q is %s", bad, got)
		}
	}
}

// TestDeterministic checks that the same schemas come out every time.
func TestDeterministic(t *testing.T) {
	first := schemas(t)
	for name, schema := range schemas(t) {
		if !bytes.Equal(schema, first[name]) {
			t.Errorf("the schema of %s varies", name)
		}
	}
}
