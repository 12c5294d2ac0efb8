package generator_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
)

var update = flag.Bool("update", false, "write the vectors anew, with the messages of the Go package")

// TestConformance runs the Go packages and the TypeScript packages of the same
// catalogs. They format the same messages from the same params, which are those
// of the vectors in testdata/conformance, and read what the other side sends.
func TestConformance(t *testing.T) {
	folder := filepath.Join("testdata", "conformance")
	source, err := os.ReadFile(filepath.Join(folder, "catalog.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	smileid, err := os.ReadFile(filepath.Join("..", "catalog.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	errs := load(t, source)
	sets := []vectorSet{
		{"errs", errs, conformanceVectors(errs)},
		{"smileid", load(t, smileid), exampleVectors(load(t, smileid))},
	}
	// A server may have errors that its clients do not know.
	newer := load(t, append(slices.Clip(source), `
  ADDED_LATER:
    code: "9001"
    category: types
    message: "Newer than {value}"
    params: {value: string, count: integer, names: "string[]"}
`...))

	root := t.TempDir()
	writePlan(t, newer, []generator.Output{{Target: "go", Path: filepath.Join(root, "newer"), Options: map[string]string{"package": "newer"}}})
	for _, set := range sets {
		writePlan(t, set.catalog, []generator.Output{
			{Target: "go", Path: filepath.Join(root, set.name), Options: map[string]string{"package": set.name}},
			{Target: "typescript", Path: filepath.Join(root, "ts", set.name), Options: map[string]string{"emit": "js", "integers": "exact"}},
			{Target: "typescript", Path: filepath.Join(root, "ts", set.name+"-number"), Options: map[string]string{"emit": "js"}},
		})
		writeTestFile(t, filepath.Join(root, "ts", set.name, "params.json"), set.paramTypes())
		writeTestFile(t, filepath.Join(root, set.name+".json"), set.encode())
	}
	writeTestFile(t, filepath.Join(root, "ts", "package.json"), []byte(`{"type": "module"}`))
	writeTestFile(t, filepath.Join(root, "go.mod"), []byte("module conformance\n\ngo 1.21\n"))
	writeTestFile(t, filepath.Join(root, "bridges.go"), bridges(sets))
	server, err := os.ReadFile(filepath.Join(folder, "server.go"))
	if err != nil {
		t.Fatal(err)
	}
	writeTestFile(t, filepath.Join(root, "server.go"), server)

	address := startServer(t, root)
	for _, set := range sets {
		messages := getMessages(t, address+"/"+set.name+"/messages")
		if len(messages) != len(set.vectors) {
			t.Fatalf("%d messages for %d vectors", len(messages), len(set.vectors))
		}
		for i, v := range set.vectors {
			if v.want != "" && messages[i] != v.want {
				t.Errorf("%s: error %s with %v has the message %q, want %q", set.name, v.Code, v.Params, messages[i], v.want)
			}
			set.vectors[i].Message = messages[i]
		}
		path := filepath.Join(folder, set.name+".json")
		encoded := set.encode()
		if *update {
			writeTestFile(t, path, encoded)
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(encoded), "\n")); diff != "" {
			t.Errorf("the messages of the Go package differ from those in %s (-want +got); go test -run Conformance -update updates them\n%s", path, diff)
		}
	}

	client, err := filepath.Abs(filepath.Join(folder, "client.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("node", client, filepath.Join(root, "ts"), address).CombinedOutput(); err != nil {
		t.Errorf("the TypeScript packages: %v\n%.8000s", err, out)
	}
}

// Go and TypeScript read the same code from whatever is in its place, in catalogs
// whose codes are strings and in those whose codes are integers.
func TestConformanceOfCodes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs programs")
	}
	folder, err := filepath.Abs(filepath.Join("testdata", "conformance", "codes"))
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	for _, name := range []string{"strings", "integers"} {
		source, err := os.ReadFile(filepath.Join(folder, name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		writePlan(t, load(t, source), []generator.Output{
			{Target: "go", Path: filepath.Join(root, name)},
			{Target: "typescript", Path: filepath.Join(root, "ts", name), Options: map[string]string{"emit": "js"}},
		})
	}
	program, err := os.ReadFile(filepath.Join(folder, "codes.go"))
	if err != nil {
		t.Fatal(err)
	}
	writeTestFile(t, filepath.Join(root, "codes.go"), program)
	writeTestFile(t, filepath.Join(root, "go.mod"), []byte("module codes\n\ngo 1.21\n"))
	writeTestFile(t, filepath.Join(root, "ts", "package.json"), []byte(`{"type": "module"}`))

	vectors := filepath.Join(folder, "codes.json")
	run := exec.Command("go", "run", ".", vectors)
	run.Dir = root
	run.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	var problems bytes.Buffer
	run.Stderr = &problems
	sent, err := run.Output()
	if err != nil {
		t.Errorf("the Go packages: %v\n%s", err, problems.Bytes())
	}
	node := exec.Command("node", filepath.Join(folder, "codes.mjs"), filepath.Join(root, "ts"), vectors)
	node.Stdin = bytes.NewReader(sent)
	if out, err := node.CombinedOutput(); err != nil {
		t.Errorf("the TypeScript packages: %v\n%.8000s", err, out)
	}
}

// A vectorSet is a file of vectors for the package of a catalog.
type vectorSet struct {
	name    string
	catalog *catalog.Catalog
	vectors []vector
}

// A vector is an error with its params in the notation of README.md, and the
// message that each language makes of them. want is what people expect of it,
// and empty where they have not said so.
type vector struct {
	Code    string         `json:"code"`
	Params  map[string]any `json:"params,omitempty"`
	Message string         `json:"message"`

	want string
}

// encode returns the file: one vector per line, in ASCII.
func (s vectorSet) encode() []byte {
	var b bytes.Buffer
	b.WriteString("[\n")
	for i, v := range s.vectors {
		var line bytes.Buffer
		e := json.NewEncoder(&line)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			panic(err) // all values are of types that JSON has
		}
		for _, r := range strings.TrimSpace(line.String()) {
			switch {
			case r < utf8.RuneSelf && r != 0x7f:
				b.WriteRune(r)
			case r > 0xffff:
				high, low := utf16.EncodeRune(r)
				fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
			default:
				fmt.Fprintf(&b, `\u%04x`, r)
			}
		}
		if i+1 < len(s.vectors) {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]\n")
	return b.Bytes()
}

// paramTypes returns the types of the params that a client receives, by code
// and name, as JSON.
func (s vectorSet) paramTypes() []byte {
	types := make(map[string]map[string]catalog.ParamType)
	for _, e := range s.catalog.Errors {
		types[e.Code] = make(map[string]catalog.ParamType)
		for _, p := range e.Params {
			if !p.Sensitive {
				types[e.Code][p.Name] = p.Type
			}
		}
	}
	data, err := json.Marshal(types)
	if err != nil {
		panic(err) // all of it is text
	}
	return data
}

// value is a value of a param, and how people expect a message to write it:
// empty where they have not said so, "-" for an empty text.
type value struct {
	value any
	want  string
}

// Values of each type that languages write in different ways, or that mean
// something to them.
var (
	stringValues = []value{
		{"", ""}, {"user-42", "user-42"}, {" ", " "}, {`"`, `"`}, {`'`, `'`}, {"`", "`"}, {`\`, `\`}, {`\n`, `\n`}, {"$&", "$&"}, {"$1$$$`$'", "$1$$$`$'"}, {"$<name>", ""}, {"${x}", "${x}"},
		{"{value}", "{value}"}, {"{", "{"}, {"}", "}"}, {"{{", "{{"}, {"}}", "}}"}, {"{{value}}", "{{value}}"}, {"{user_id}", ""}, {"%s", "%s"}, {"%d %v %!s(MISSING) %%", "%d %v %!s(MISSING) %%"},
		{"\n", "\n"}, {"\r\n", "\r\n"}, {"a\tb", ""}, {"\x00", "\x00"}, {"\x1b[31m", ""}, {"\x7f", ""}, {"\u0085", ""}, {"\u2028\u2029", "\u2028\u2029"}, {"\ufeff", ""}, {"\u00a0\u200b\u200f\u202e", ""},
		{"😀", "😀"}, {"👩‍👩‍👧 🇩🇪 1️⃣", ""}, {"e\u0301 é", "e\u0301 é"}, {"שלום مرحبا", ""}, {"日本語", ""}, {"\ufffd\ue000\U0010ffff", ""}, {"İıſK", ""},
		{"<script>alert(1)</script> &amp; <!-- -->", ""}, {"__proto__", ""}, {"null", "null"}, {"undefined", "undefined"}, {"[object Object]", ""}, {"NaN", ""}, {"12345678901234567890", "12345678901234567890"},
		{"9007199254740993", "9007199254740993"}, {strings.Repeat("long 文 ", 150), ""},
	}
	integerValues = []value{
		{int64(0), "0"}, {int64(1), "1"}, {int64(-1), "-1"}, {int64(1_000_000), "1000000"}, {int64(math.MaxInt32) + 1, "2147483648"}, {int64(999_999_999_999_999), ""},
		{int64(1<<53 - 1), "9007199254740991"}, {int64(1 << 53), "9007199254740992"}, {int64(1<<53 + 1), "9007199254740993"}, {int64(1<<60 + 1), ""}, {int64(1e18), "1000000000000000000"},
		{int64(-1<<53 + 1), "-9007199254740991"}, {int64(-1 << 53), "-9007199254740992"}, {int64(-1<<53 - 1), "-9007199254740993"},
		{int64(math.MaxInt64), "9223372036854775807"}, {int64(math.MinInt64), "-9223372036854775808"},
	}
	numberValues = []value{
		{0.0, "0"}, {math.Copysign(0, -1), "0"}, {1.0, "1"}, {-1.0, "-1"}, {100.0, "100"}, {1.5, "1.5"}, {0.1, "0.1"}, {0.1 + 0.2*one, "0.30000000000000004"}, {1.0 / 3, "0.3333333333333333"},
		{1e20, "100000000000000000000"}, {123456789012345680000.0, "123456789012345680000"}, {999999999999999900000.0, "999999999999999900000"}, {1e21, "1e+21"}, {-1e21, "-1e+21"}, {1.5e300, "1.5e+300"},
		{1e-5, "0.00001"}, {1e-6, "0.000001"}, {1.5e-6, "0.0000015"}, {9.99e-7, "9.99e-7"}, {1e-7, "1e-7"}, {-1e-7, "-1e-7"}, {1e-10, "1e-10"}, {1.25e-100, "1.25e-100"},
		{float64(1 << 53), "9007199254740992"}, {float64(1<<53) + 2, "9007199254740994"}, {float64(1 << 60), "1152921504606847000"}, {-float64(1 << 63), "-9223372036854776000"},
		{5e-324, "5e-324"}, {math.MaxFloat64, "1.7976931348623157e+308"}, {2.2250738585072014e-308, ""}, {4.35, "4.35"}, {0.000123, "0.000123"},
		{math.NaN(), "NaN"}, {math.Inf(1), "Infinity"}, {math.Inf(-1), "-Infinity"},
	}
	booleanValues  = []value{{true, "true"}, {false, "false"}}
	datetimeValues = []value{
		{utc(2026, 1, 31, 12, 0, 0, 0), "2026-01-31T12:00:00Z"}, {utc(2026, 1, 31, 12, 0, 0, 500_000_000), "2026-01-31T12:00:00.5Z"}, {utc(2026, 1, 31, 12, 0, 0, 1), "2026-01-31T12:00:00.000000001Z"},
		{utc(2026, 1, 31, 23, 59, 59, 999_999_999), ""}, {utc(2026, 1, 31, 12, 0, 0, 120_000_000), "2026-01-31T12:00:00.12Z"}, {utc(2024, 2, 29, 0, 0, 0, 0), ""}, {utc(1970, 1, 1, 0, 0, 0, 0), ""},
		{time.Time{}, "0001-01-01T00:00:00Z"}, {utc(9999, 12, 31, 23, 59, 59, 999_999_999), "9999-12-31T23:59:59.999999999Z"}, {utc(0, 1, 1, 0, 0, 0, 0), "0000-01-01T00:00:00Z"},
		{time.Date(2026, 7, 1, 8, 30, 0, 0, time.FixedZone("", 5*3600+1800)), "2026-07-01T08:30:00+05:30"}, {time.Date(2026, 7, 1, 8, 30, 0, 0, time.FixedZone("", -9*3600)), "2026-07-01T08:30:00-09:00"},
		{time.Date(2026, 7, 1, 8, 30, 0, 0, time.FixedZone("GMT", 0)), "2026-07-01T08:30:00Z"},
		{time.Date(1899, 12, 31, 23, 59, 59, 0, time.FixedZone("LMT", 1172)), "1899-12-31T23:40:27Z"},
	}
	durationValues = []value{
		{time.Duration(0), "0s"}, {time.Nanosecond, "1ns"}, {1500 * time.Nanosecond, "1.5µs"}, {2 * time.Millisecond, "2ms"}, {time.Second, "1s"}, {90 * time.Second, "1m30s"}, {time.Hour, "1h0m0s"},
		{-90 * time.Second, "-1m30s"}, {36*time.Hour + time.Millisecond, "36h0m0.001s"}, {time.Duration(math.MaxInt64), "2562047h47m16.854775807s"}, {time.Duration(math.MinInt64), "-2562047h47m16.854775808s"},
	}
	stringListValues = []value{
		{[]string{}, "-"}, {[]string{""}, ""}, {[]string{"a"}, "a"}, {[]string{"a", "b", "c"}, "a, b, c"}, {[]string{"a, b", "c"}, "a, b, c"}, {[]string{"", ""}, ", "}, {[]string{"$&", "{value}", "%s", "\n"}, "$&, {value}, %s, \n"},
		{[]string{"日本", "😀", "\u2028"}, ""},
	}
	integerListValues = []value{
		{[]int64{}, "-"}, {[]int64{0}, "0"}, {[]int64{1, -2, 3}, "1, -2, 3"}, {[]int64{math.MinInt64, 1<<53 + 1, 7, math.MaxInt64}, "-9223372036854775808, 9007199254740993, 7, 9223372036854775807"},
	}
)

// one keeps the compiler from adding constants exactly.
var one = 1.0

func utc(year int, month time.Month, day, hour, minute, second, nanos int) time.Time {
	return time.Date(year, month, day, hour, minute, second, nanos, time.UTC)
}

// valuesOf returns the values of a type.
func valuesOf(t catalog.ParamType) []value {
	return map[catalog.ParamType][]value{
		catalog.String: stringValues, catalog.Integer: integerValues, catalog.Number: numberValues, catalog.Boolean: booleanValues,
		catalog.Datetime: datetimeValues, catalog.Duration: durationValues, catalog.StringList: stringListValues, catalog.IntegerList: integerListValues,
	}[t]
}

// conformanceVectors returns vectors for all errors that a client may be sent,
// so many for each that every value of every param comes. What people expect of
// a value is expected of the messages that are <{value}> and nothing else.
func conformanceVectors(c *catalog.Catalog) []vector {
	var vectors []vector
	for _, e := range c.ForAudience(catalog.Public).Errors {
		rounds := 1
		for _, p := range e.Params {
			rounds = max(rounds, len(valuesOf(p.Type)))
		}
		if e.Retired != nil {
			continue // nothing makes it anymore
		}
		for round := range rounds {
			v := vector{Code: e.Code}
			for i, p := range e.Params {
				if p.Sensitive {
					continue
				}
				values := valuesOf(p.Type)
				picked := values[(round+7*i)%len(values)]
				if v.Params == nil {
					v.Params = make(map[string]any)
				}
				v.Params[p.Name] = wireForm(picked.value)
				if e.Message.Template() == "<{value}>" && picked.want != "" {
					v.want = "<" + strings.TrimSuffix(picked.want, "-") + ">"
				}
			}
			vectors = append(vectors, v)
		}
	}
	return vectors
}

// exampleVectors returns a vector for each error, with the examples of its
// params.
func exampleVectors(c *catalog.Catalog) []vector {
	var vectors []vector
	for _, e := range c.Errors {
		v := vector{Code: e.Code}
		for _, p := range e.Params {
			if v.Params == nil {
				v.Params = make(map[string]any)
			}
			v.Params[p.Name] = wireForm(p.Example)
		}
		vectors = append(vectors, v)
	}
	return vectors
}

// wireForm returns a value as a problem carries it, or as README.md says where
// JSON, or JSON.parse, cannot hold it.
func wireForm(value any) any {
	switch v := value.(type) {
	case int64:
		if v > 1<<53-1 || v < -1<<53+1 {
			return map[string]string{"integer": strconv.FormatInt(v, 10)}
		}
	case float64:
		switch {
		case math.IsNaN(v):
			return map[string]string{"number": "NaN"}
		case math.IsInf(v, 0):
			sign := map[bool]string{true: "-"}[v < 0]
			return map[string]string{"number": sign + "Infinity"}
		}
	case time.Time:
		if _, offset := v.Zone(); offset%60 != 0 {
			v = v.UTC()
		}
		return v.Format(time.RFC3339Nano)
	case time.Duration:
		return v.String()
	case []int64:
		list := make([]any, len(v))
		for i, n := range v {
			list[i] = wireForm(n)
		}
		return list
	}
	return value
}

// bridges returns the Go file by which the server knows the packages.
func bridges(sets []vectorSet) []byte {
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n\t\"errors\"\n\n")
	for _, set := range sets {
		fmt.Fprintf(&b, "\t%q\n", "conformance/"+set.name)
	}
	b.WriteString(")\n\nvar bridges = map[string]bridge{\n")
	for _, set := range sets {
		fmt.Fprintf(&b, `%[1]q: {
	write: %[1]s.WriteProblem,
	parse: func(body []byte) (problem, error) {
		err := %[1]s.ParseProblem(body)
		var p *%[1]s.Problem
		errors.As(err, &p)
		read := problem{Type: p.Type, Title: p.Title, Status: p.Status, Detail: p.Detail, Instance: p.Instance, Code: string(p.Code)}
		for _, e := range p.Errors {
			f := field{Pointer: string(e.Pointer), Parameter: e.Parameter, Header: e.Header, Detail: e.Detail, IsForeign: e.Foreign != nil, err: e.Err}
			if errors.As(e.Err, &p) {
				f.Code = string(p.Code)
			}
			read.Errors = append(read.Errors, f)
		}
		return read, err
	},
	errors: map[string]entry{
`, set.name)
		for _, e := range set.catalog.Errors {
			writeEntry(&b, set.name, e)
		}
		b.WriteString("}},\n")
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// writeEntry writes how the server makes an error, and reads its params.
func writeEntry(b *bytes.Buffer, pkg string, e *catalog.Error) {
	if !e.HasStruct() {
		fmt.Fprintf(b, "%q: {\nfunc(values) error { return %s.%s },\nfunc(error) (map[string]any, []string) { return nil, nil }},\n", e.Code, pkg, e.GoName)
		return
	}
	methods := map[catalog.ParamType]string{
		catalog.String: "string", catalog.Integer: "integer", catalog.Number: "number", catalog.Boolean: "boolean",
		catalog.Datetime: "datetime", catalog.Duration: "duration", catalog.StringList: "strings", catalog.IntegerList: "integers",
	}
	var args, fields, literal []string
	for _, p := range e.Params {
		value := fmt.Sprintf("v.%s(%q)", methods[p.Type], p.Name)
		args = append(args, value)
		if p.Sensitive {
			value = fmt.Sprintf("%s.Hide(%s)", pkg, value)
		}
		literal = append(literal, p.GoField+": "+value)
		if !p.Sensitive {
			fields = append(fields, fmt.Sprintf("%q: e.%s", p.Name, p.GoField))
		}
	}
	made := fmt.Sprintf("&%s.%s{%s}", pkg, e.GoStruct(), strings.Join(literal, ", "))
	if e.HasConstructor() {
		made = fmt.Sprintf("%s.%s(%s)", pkg, e.GoConstructor(), strings.Join(args, ", "))
	}
	fmt.Fprintf(b, `%[1]q: {
func(v values) error { return %[3]s },
func(err error) (map[string]any, []string) {
	var p *%[2]s.Problem
	var e *%[2]s.%[4]s
	if !errors.As(err, &p) || !errors.As(err, &e) {
		return nil, nil
	}
	return map[string]any{%[5]s}, p.Missing(e)
}},
`, e.Code, pkg, made, e.GoStruct(), strings.Join(fields, ", "))
}

// startServer builds the server, starts it, and returns its address. It ends
// with the test.
func startServer(t *testing.T, dir string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: builds and runs programs")
	}
	program := filepath.Join(dir, "server.exe")
	build := exec.Command("go", "build", "-trimpath", "-o", program, ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	cmd := exec.Command(program)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close() // which is what ends it
		_ = cmd.Wait()
	})
	address, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the server gives no address: %v", err)
	}
	return strings.TrimSpace(address)
}

func getMessages(t *testing.T, url string) []string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var messages []string
	if err := json.Unmarshal(body, &messages); err != nil {
		t.Fatal(err)
	}
	return messages
}

// writePlan writes the outputs of a catalog.
func writePlan(t *testing.T, c *catalog.Catalog, outputs []generator.Output) {
	t.Helper()
	plan, err := generator.Plan(c, outputs)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range plan {
		for _, f := range o.Files {
			writeTestFile(t, filepath.Join(o.Dir, f.Path), f.Data)
		}
	}
}

func writeTestFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
