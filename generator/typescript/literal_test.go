package typescript

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", `""`},
		{"plain", `"plain"`},
		{`it's`, `"it's"`},
		{`say "x"`, `'say "x"'`},
		{`it's "x"`, `'it\'s "x"'`},
		{`it's 'x"`, `"it's 'x\""`},
		{`'"`, `"'\""`},
		{`a\b`, `"a\\b"`},
		{"a\nb\rc\td", `"a\nb\rc\td"`},
		{"\x00\x1b\x7f\u0085\u00a0", `"\x00\x1b\x7f\x85\xa0"`},
		{"\u2028\u2029\u200f\u202e\ufeff", `"\u2028\u2029\u200f\u202e\ufeff"`},
		{"\ue000\U000e0041", `"\ue000\u{e0041}"`},
		{"日本語 é 🚫", `"日本語 é 🚫"`},
		{"👍🏽 ⚠️", `"👍\u{1f3fd} ⚠\ufe0f"`},
		{"${x} `y`", "\"${x} `y`\""},
		{"</script>", `"\x3C/script>"`},
		{"</SCRIPT x", `"\x3C/SCRIPT x"`},
		{"<!-- x -->", `"\x3C!-- x -->"`},
		{"<script> </b> a < b", `"<script> </b> a < b"`},
	} {
		if got := quote(tt.text); got != tt.want {
			t.Errorf("quote(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}

// written returns what write writes as TypeScript.
func written(write func(*writer)) string {
	w := &writer{form: form{Types: true, Code: true}}
	write(w)
	return w.String()
}

// object is an object literal; its fields keep their order.
type object []field

// field is a property of an object. The value is a string or an object.
type field struct {
	key   string
	value any
}

// writeProperty writes a property of an object.
func writeProperty(w *writer, indent int, key string, value any) {
	switch v := value.(type) {
	case string:
		w.text(indent, key, v)
	case object:
		w.object(indent, key, func(indent int) {
			for _, f := range v {
				writeProperty(w, indent, f.key, f.value)
			}
		})
	}
}

func TestProperty(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, tt := range []struct {
		name   string
		indent int
		key    string
		value  any
		want   string
	}{
		{"key in quotes", 2, "a-b", "x", `"a-b": "x",`},
		{"number as key", 2, "2205", "x", `"2205": "x",`},
		{"prototype", 2, "__proto__", "x", `["__proto__"]: "x",`},
		{"string that fits", 4, "title", x(66), `title: "` + x(66) + `",`},
		{"string that does not", 4, "title", x(67), "title:\n      \"" + x(67) + `",`},
		{"wide characters", 4, "title", strings.Repeat("日", 34), "title:\n      \"" + strings.Repeat("日", 34) + `",`},
		{"short key", 4, "name", x(90), `name: "` + x(90) + `",`},
		{"empty object", 2, "a", object{}, `a: {},`},
		{"object", 2, "a", object{{"b", object{{"c", "d"}}}}, "a: {\n    b: {\n      c: \"d\",\n    },\n  },"},
		{"object behind a key that fits", 2, x(75), object{{"b", "c"}}, x(75) + ": {\n    b: \"c\",\n  },"},
		{"object behind one that does not", 2, x(76), object{{"b", "c"}}, x(76) + ":\n    {\n      b: \"c\",\n    },"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := "\n" + strings.Repeat(" ", tt.indent) + tt.want
			if got := written(func(w *writer) { writeProperty(w, tt.indent, tt.key, tt.value) }); got != want {
				t.Errorf("got%s\nwant%s", got, want)
			}
		})
	}
}

func TestUnion(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, tt := range []struct {
		members []string
		want    string
	}{
		{nil, `export type T = never;`},
		{[]string{"a"}, `export type T = "a";`},
		{[]string{x(61)}, `export type T = "` + x(61) + `";`},
		{[]string{x(62)}, "export type T =\n  \"" + x(62) + `";`},
		{[]string{"a", "b"}, `export type T = "a" | "b";`},
		{[]string{"a", x(55)}, `export type T = "a" | "` + x(55) + `";`},
		{[]string{"a", x(56)}, "export type T =\n  \"a\" | \"" + x(56) + `";`},
		{[]string{"a", x(69)}, "export type T =\n  \"a\" | \"" + x(69) + `";`},
		{[]string{"a", x(70)}, "export type T =\n  | \"a\"\n  | \"" + x(70) + `";`},
	} {
		if got := written(func(w *writer) { w.union("export type T", tt.members, appendQuoted) }); got != tt.want {
			t.Errorf("union of %q =\n%s\nwant\n%s", tt.members, got, tt.want)
		}
	}
}

// All literals of the tables above are in the layout of Prettier.
func TestLiteralsAreStableUnderPrettier(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	w := &writer{form: form{Types: true, Code: true}}
	w.WriteString("export const values = {")
	line := func(key string, value any) { writeProperty(w, 2, key, value) }
	for i, text := range hostile {
		line(x(5+i%3)+string(rune('a'+i%26)), text)
	}
	for n := range 90 {
		line(x(n+1), object{{"b", "c"}, {x(n%5 + 1), x(80)}})
		line(x(n+1), x(70))
		line(x(n%70+1), object{})
		line("w"+x(n%7), strings.Repeat("日", 10+n/3)+strings.Repeat("é", n%3))
		line("q"+x(n%7), strings.Repeat(`"`, n)+strings.Repeat(`'`, 40)+strings.Repeat(`\`, n%8))
	}
	w.WriteString("\n};\n")
	for n := range 90 {
		w.constant(strings.ToUpper(x(n+1)), x(n%40), appendQuoted)
		w.union("export type T"+x(n), []string{x(n), x(n % 11)}, appendQuoted)
		w.WriteByte('\n')
		w.union("export type U"+x(n), []string{x(40)}, appendQuoted)
		w.WriteByte('\n')
		w.constant("N"+strings.ToUpper(x(n+1)), "-123456789", appendNumber)
		w.union("export type N"+x(n), []string{"-1", "1234567890", "12"}, appendNumber)
		w.WriteByte('\n')
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "values.ts")
	writeFile(t, file, w.Bytes())
	run(t, dir, "node", filepath.Join(nodeModules(t), "prettier", "bin", "prettier.cjs"), "--check", file)
}

func TestColumnsAreThoseOfPrettier(t *testing.T) {
	script, err := filepath.Abs("testdata/widths.mjs")
	if err != nil {
		t.Fatal(err)
	}
	widths := run(t, ".", "node", script)
	if len(widths) != 0x110000 {
		t.Fatalf("%d widths", len(widths))
	}
	wrong := 0
	for r, want := range widths {
		// U+1171E is a mark of another kind since Unicode 16.
		if !isVisible(rune(r)) || r == 0x1171E {
			continue
		}
		if got := columns([]byte(string(rune(r)))); got != int(want-'0') {
			if wrong++; wrong < 20 {
				t.Errorf("%q (%U) takes %d columns, want %c", rune(r), r, got, want)
			}
		}
	}
}
