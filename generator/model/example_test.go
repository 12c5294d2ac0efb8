package model_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/golang"
	"github.com/errcat/errcat/generator/model"
)

// wire has everything that an error can look like on the wire.
const wire = `
version: 1
catalog: {name: wire, type_uri: "https://example.com/{name}/{code}?a=1&b=2"}
errors:
  PLAIN: {http_status: 404, code: "0001"}
  NO_STATUS: {http_status: 100}
  INTERNAL: {http_status: 503, audience: internal, message: a secret}
  RETIRED: {http_status: 410, title: Gone for good, message: "{a} is gone", params: {a: string}, retired: {}}
  RETIRED_STATIC: {http_status: 410, message: It is gone, params: {a: string}, retired: {}}
  EXAMPLES:
    http_status: 400
    message: "{{s}} {s}, {i}, {n}, {b}, {t}, {d}, {sl}, {il}, {s} %s %"
    params:
      s: {type: string, example: "<b>\"\\\u2028\u202e\e[31m 日本 & {x}"}
      i: {type: integer, example: -9223372036854775808}
      n: {type: number, example: 1e21}
      b: {type: boolean, example: false}
      t: {type: datetime, example: "2026-01-31T12:00:00.120-11:30"}
      d: {type: duration, example: -1h0.5s}
      sl: {type: "string[]", example: [b, "", a]}
      il: {type: "integer[]", example: [9007199254740993, 0]}
      secret: {type: string, sensitive: true}
      aZ: {type: number, example: 0.0000001}
      az: {type: number, example: 100000000000000000000}
      a_zz: {type: "string[]", example: []}
      zero: {type: integer, example: 0}
      none: {type: string, example: ""}
  DEFAULTS:
    http_status: 400
    message: "{s}, {i}, {n}, {b}, {t}, {d}, {sl}, {il}"
    params: {s: string, i: integer, n: number, b: boolean, t: datetime, d: duration, sl: "string[]", il: "integer[]"}
  ODD_DATES:
    http_status: 400
    message: "{a}"
    params:
      a: {type: datetime, example: "0000-01-01T00:00:00Z"}
      b: {type: datetime, example: "9999-12-31T23:59:59.999999999+23:59"}
      c: {type: datetime, example: "2026-01-31T12:00:00+24:00"}
`

// TestExample compares the example of every error with what the generated Go
// package writes.
func TestExample(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs a program")
	}
	shop, err := os.ReadFile("../../catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), []byte("module example.com/bodies\n\ngo 1.21\n"))
	var main strings.Builder
	var want bytes.Buffer
	imports := ""
	for name, source := range map[string][]byte{
		"wire":     []byte(wire),
		"fallback": []byte(strings.Replace(wire, "name: wire,", "name: fallback, fallback: PLAIN,", 1)),
		"smileid":  shop,
		"platform": catalogtest.YAML(200),
	} {
		c := load.Source(t, source)
		made, err := golang.Generate(c, golang.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range made {
			write(t, filepath.Join(dir, name, f.Path), f.Data)
		}
		imports += fmt.Sprintf("\t%q\n", "example.com/bodies/"+name)
		for _, e := range c.Errors {
			fmt.Fprintf(&main, "\tprint(%s.ProblemOf(%s))\n", name, goError(name, e))
			want.Write(model.Example(c, e))
			want.WriteByte('\n')
		}
	}
	write(t, filepath.Join(dir, "main.go"), []byte("package main\n\nimport (\n\t\"encoding/json\"\n\t\"os\"\n\t\"time\"\n"+imports+`)

func print(problem json.Marshaler) {
	body, err := problem.MarshalJSON()
	if err != nil {
		panic(err)
	}
	os.Stdout.Write(append(body, '\n'))
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

func main() {
`+main.String()+"\tat(\"2026-01-31T12:00:00Z\")\n}\n"))
	cmd := exec.Command("go", "run", "-trimpath", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	got, err := cmd.Output()
	if exit, ok := err.(*exec.ExitError); ok {
		t.Fatalf("%s", exit.Stderr)
	}
	gotLines, wantLines := strings.Split(string(got), "\n"), strings.Split(want.String(), "\n")
	if len(gotLines) != len(wantLines) {
		t.Fatalf("%d bodies, want %d", len(gotLines), len(wantLines))
	}
	for i, line := range gotLines {
		if line != wantLines[i] {
			t.Errorf("Go writes\n%s\nthe example is\n%s", line, wantLines[i])
		}
	}
}

// goError returns a Go expression for an error with the examples of its params.
func goError(pkg string, e *catalog.Error) string {
	if !e.HasStruct() {
		return pkg + "." + e.GoName
	}
	defaults := map[catalog.ParamType]any{
		catalog.String: "string", catalog.Integer: int64(42), catalog.Number: 0.5, catalog.Boolean: true,
		catalog.Datetime: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), catalog.Duration: 90 * time.Second,
		catalog.StringList: []string{"string"}, catalog.IntegerList: []int64{42},
	}
	var args, fields []string
	for _, p := range e.Params {
		v := p.Example
		if v == nil {
			v = defaults[p.Type]
		}
		switch v := v.(type) {
		case time.Time:
			args = append(args, fmt.Sprintf("at(%q)", v.Format(time.RFC3339Nano)))
		case time.Duration:
			args = append(args, fmt.Sprintf("%d", v))
		default:
			args = append(args, fmt.Sprintf("%#v", v))
		}
		if !p.Sensitive {
			fields = append(fields, p.GoField+": "+args[len(args)-1])
		}
	}
	if !e.HasConstructor() {
		return "&" + pkg + "." + e.GoStruct() + "{" + strings.Join(fields, ", ") + "}"
	}
	return pkg + "." + e.GoConstructor() + "(" + strings.Join(args, ", ") + ")"
}

// TestExampleInternal checks that the example of an internal error reveals
// nothing about it.
func TestExampleInternal(t *testing.T) {
	for source, want := range map[string]string{
		wire: `{"type":"about:blank","title":"Internal Server Error","status":500}`,
		strings.Replace(wire, "name: wire,", "name: wire, fallback: PLAIN,", 1): `{"type":"https://example.com/PLAIN/0001?a=1\u0026b=2","title":"Plain","status":404,"detail":"Plain","code":"0001"}`,
	} {
		c := load.Source(t, []byte(source))
		for _, e := range c.Errors {
			if got := string(model.Example(c, e)); e.Name == "INTERNAL" && got != want {
				t.Errorf("the example of an internal error is %s, want %s", got, want)
			}
		}
	}
}

func TestValueText(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string
	}{
		{nil, ""},
		{"a, b\x1b", "a, b\x1b"},
		{int64(math.MinInt64), "-9223372036854775808"},
		{0.0, "0"},
		{math.Copysign(0, -1), "0"},
		{0.5, "0.5"},
		{1e20, "100000000000000000000"},
		{1e21, "1e+21"},
		{-1.5e300, "-1.5e+300"},
		{1e-6, "0.000001"},
		{1e-7, "1e-7"},
		{1.25e-10, "1.25e-10"},
		{5e-324, "5e-324"},
		{math.NaN(), "NaN"},
		{math.Inf(1), "Infinity"},
		{math.Inf(-1), "-Infinity"},
		{true, "true"},
		{time.Date(2026, 1, 31, 12, 0, 0, 5e8, time.UTC), "2026-01-31T12:00:00.5Z"},
		{90 * time.Second, "1m30s"},
		{[]string{"a", "", "b, c"}, "a, , b, c"},
		{[]string{}, ""},
		{[]int64{1, -2}, "1, -2"},
	} {
		if got := model.ValueText(test.value); got != test.want {
			t.Errorf("ValueText(%#v) = %q, want %q", test.value, got, test.want)
		}
	}
}

// FuzzExample puts arbitrary texts into an example: it is valid JSON that
// contains each of them.
func FuzzExample(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, hostile[0])
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = catalogtest.Pieces(a), catalogtest.Pieces(b)
		c := hostileCatalog(t, a, b)
		for _, e := range c.Errors {
			var got map[string]any
			if err := json.Unmarshal(model.Example(c, e), &got); err != nil {
				t.Fatalf("%q: %v", a, err)
			}
			for member, want := range map[string]string{
				"title": e.Title, "detail": a + b + ", " + a, "s": b, "code": e.Code, "type": "about:blank", "status": strconv.Itoa(e.HTTPStatus),
			} {
				if got, want := fmt.Sprint(got[member]), strings.ToValidUTF8(want, "\ufffd"); got != want && !hasBadBytes(a, b) {
					t.Errorf("%s is %q, want %q", member, got, want)
				}
			}
			if list, _ := got["l"].([]any); len(list) != 2 && !hasBadBytes(a, b) {
				t.Errorf("l is %v", got["l"])
			}
			if _, shown := got["secret"]; shown {
				t.Error("a sensitive param is shown")
			}
		}
	})
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestParamTypes takes every type that a param can have through its example and
// its text. A type that the model does not know must not pass for a string.
func TestParamTypes(t *testing.T) {
	want := map[catalog.ParamType]struct{ json, text string }{
		catalog.String:      {`"string"`, "string"},
		catalog.Integer:     {`42`, "42"},
		catalog.Number:      {`0.5`, "0.5"},
		catalog.Boolean:     {`true`, "true"},
		catalog.Datetime:    {`"2026-01-31T12:00:00Z"`, "2026-01-31T12:00:00Z"},
		catalog.Duration:    {`"1m30s"`, "1m30s"},
		catalog.StringList:  {`["string"]`, "string"},
		catalog.IntegerList: {`[42]`, "42"},
	}
	for _, paramType := range catalog.ParamTypes() {
		c := load.Source(t, []byte(fmt.Sprintf("version: 1\ncatalog: {name: types}\nerrors: {A: {http_status: 400, message: \"{p}\", params: {p: %q}}}\n", paramType)))
		var got struct {
			Detail string
			P      json.RawMessage
		}
		if err := json.Unmarshal(model.Example(c, c.Errors[0]), &got); err != nil {
			t.Fatal(err)
		}
		if got.Detail != want[paramType].text || string(got.P) != want[paramType].json {
			t.Errorf("%s: the example has %s and the message %q, want %+v", paramType, got.P, got.Detail, want[paramType])
		}
	}
	for name, use := range map[string]func(){
		"a param": func() {
			p := &catalog.Param{Name: "p", Type: "amount"}
			e := &catalog.Error{HTTPStatus: 400, Message: catalog.Message{Segments: []catalog.Segment{{Param: p}}}, Params: []*catalog.Param{p}}
			model.Example(&catalog.Catalog{}, e)
		},
		"a value": func() { model.ValueText(struct{}{}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s of an unknown type has an example", name)
				}
			}()
			use()
		}()
	}
}
