package custom

import (
	"bytes"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/model"
)

// page is docs/templates.md, the reference for templates.
func page(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// rows returns the cells of the tables of the page; a pipe in a cell is written
// \|.
func rows(text string) [][]string {
	var rows [][]string
	cell := regexp.MustCompile(`(?:\\.|[^|\\])+`)
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		var row []string
		for _, c := range cell.FindAllString(strings.TrimSpace(line), -1) {
			row = append(row, strings.ReplaceAll(strings.TrimSpace(c), `\|`, "|"))
		}
		rows = append(rows, row)
	}
	return rows
}

// TestFunctionsPage checks that the page has every function, and that the
// examples are right.
func TestFunctionsPage(t *testing.T) {
	missing := functions("")
	names := regexp.MustCompile("`(\\w+) [A-Z]+[^`]*`")
	examples := 0
	for _, row := range rows(page(t)) {
		if len(row) != 4 || !names.MatchString(row[0]) {
			continue
		}
		for _, m := range names.FindAllStringSubmatch(row[0], -1) {
			if missing[m[1]] == nil {
				t.Errorf("there is no function %s, or it is listed twice", m[1])
			}
			delete(missing, m[1])
		}
		example, result := strings.Trim(row[2], "`"), strings.Trim(row[3], "`")
		if example == "" {
			continue
		}
		examples++
		tmpl, err := new(renderer).parse(example)
		if err != nil {
			t.Errorf("%s: %v", example, err)
			continue
		}
		var b bytes.Buffer
		if err := tmpl.Execute(&b, nil); err != nil || b.String() != result {
			t.Errorf("%s gives %q, %v; the page says %q", example, b.String(), err, result)
		}
	}
	for name := range missing {
		t.Errorf("the page lacks the function %s", name)
	}
	if examples < 30 {
		t.Errorf("the page has %d examples", examples)
	}
}

// TestFieldsPage checks that the page has every field of the data of a template,
// with its name in JSON.
func TestFieldsPage(t *testing.T) {
	_, text, _ := strings.Cut(page(t), "\n## Fields\n")
	for _, v := range []any{model.Catalog{}, model.Category{}, model.Error{}, model.Param{}, model.MetadataField{}, model.Lifecycle{}, model.Reserved{}} {
		typ := reflect.TypeOf(v)
		_, section, ok := strings.Cut(text, "\n### "+typ.Name()+"\n")
		if !ok {
			t.Errorf("the page has no %s", typ.Name())
		}
		section, _, _ = strings.Cut(section, "\n### ")
		want := make(map[string]string)
		inJSON := make(map[string]string) // of fields that have another type in JSON
		for i := range typ.NumField() {
			if f := typ.Field(i); f.Anonymous {
				for j := range f.Type.NumField() {
					field := f.Type.Field(j)
					inJSON[field.Name], _, _ = strings.Cut(field.Tag.Get("json"), ",")
				}
			}
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			if !f.IsExported() {
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "-" {
				name = inJSON[f.Name]
			}
			want[f.Name] = name
		}
		for _, row := range rows(section) {
			field := strings.Trim(row[0], "`")
			if json, ok := want[field]; ok {
				if strings.Trim(row[1], "`") != json {
					t.Errorf("%s.%s is %q in JSON, not %s", typ.Name(), field, json, row[1])
				}
				delete(want, field)
			}
		}
		for field := range want {
			t.Errorf("the page lacks the field %s.%s", typ.Name(), field)
		}
	}
}
