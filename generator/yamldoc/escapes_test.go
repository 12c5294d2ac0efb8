package yamldoc_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// values returns the scalars of a file in their order, with their places, and what
// is reported.
func values(source, long string) (scalars []*yamldoc.Node, places []diag.Position, found string) {
	report := diag.NewReport("x.yaml")
	d := yamldoc.New("x.yaml", []byte(source), report)
	root, ok := d.Parse(long)
	var walk func(n *yamldoc.Node)
	walk = func(n *yamldoc.Node) {
		if yamldoc.IsScalar(n) {
			scalars, places = append(scalars, n), append(places, d.At(n))
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	if ok && root != nil {
		walk(root)
	}
	return scalars, places, lines(report)
}

// TestEscapes reads the escapes that JSON has, and what only looks like them.
func TestEscapes(t *testing.T) {
	const half = "half of a surrogate pair; write both escapes of the pair, such as \\ud83d\\ude00, or the character itself\n"
	for _, test := range []struct {
		source string
		want   string
		found  string
	}{
		{`"\ud83d\ude00"`, "😀", ""},
		{`"\uD83D\uDE00\udbff\udfff\uD800\uDC00"`, "😀\U0010FFFF\U00010000", ""},
		{`"\/\\/\\\/"`, `/\/\/`, ""},
		{`"\\ud83d\\\\ude00"`, `\ud83d\\ude00`, ""},
		{`"\\\ud83d\ude00"`, `\😀`, ""},
		{`"\ua83d\uae00\a"`, "\ua83d\uae00\a", ""},
		{`"\ud83d\ude00 \ua83d\a"`, "😀 \ua83d\a", ""},
		{`'\ud83d\ude00\/'`, `\ud83d\ude00\/`, ""},
		{`\ud83d\ude00\/`, `\ud83d\ude00\/`, ""},
		{`['\ud83d', "\ud83d\ude00", \ud83d]`, `\ud83d 😀 \ud83d`, ""},
		{"|\n  \"\\ud83d\\ude00\\/\"\n", `"\ud83d\ude00\/"` + "\n", ""},
		{">-\n  \\ud83d\n  \\/\n", `\ud83d \/`, ""},
		{`x # "\ud83d\/"`, "x", ""},
		{`&a "\/" # \ud83d`, "/", ""},
		{`["\ud83d\ude00", ! "\ud83d\ude00", !!str "\/", &b !!str "\/"]`, "😀 😀 / /", ""},
		{"\"a\\ud83d\\ude00\\\n  \\/ b\n\n  \\ud83d\\ude00\"", "a😀/ b\n😀", ""},
		{`"\ud83d"`, "\uFFFD", `1:5+6 yaml-syntax: the escape \ud83d is ` + half},
		{`"\ude00\ud83d"`, "\uFFFD\uFFFD", `1:5+6 yaml-syntax: the escape \ude00 is ` + half + `1:11+6 yaml-syntax: the escape \ud83d is ` + half},
		{`"\ud83d-ude00"`, "\uFFFD-ude00", `1:5+6 yaml-syntax: the escape \ud83d is ` + half},
		{`"\ud83d\u0041"`, "\uFFFDA", `1:5+6 yaml-syntax: the escape \ud83d is ` + half},
		{`"\ud83d\\ude00"`, "\uFFFD\\ude00", `1:5+6 yaml-syntax: the escape \ud83d is ` + half},
		{`["é\ud83d\ude00", "\udfff", '\udfff']`, `é😀 ` + "\uFFFD" + ` \udfff`, `1:23+6 yaml-syntax: the escape \udfff is ` + half},
		{`"\ud83`, "", `1:5+5 yaml-syntax: the escape \ud83 must have 4 hexadecimal digits; write all 4 digits, such as \u0041; write a backslash as \\` + "\n"},
		{`"\ud83g"`, "", `1:5+6 yaml-syntax: the escape \ud83g must have 4 hexadecimal digits; write all 4 digits, such as \u0041; write a backslash as \\` + "\n"},
		{`"\ud83d\ude00" "\q"`, "", `1:20+2 yaml-syntax: unknown escape \q; write a backslash as \\ in double quotes: \\q` + "\n"},
		{`["\ud83d", "\/]`, "", "1:15+0 yaml-syntax: found unexpected end of stream; close the quote that starts here\n"},
		{`"\`, "", `1:5+1 yaml-syntax: unknown escape \; write a backslash as \\ in double quotes: \\` + "\n"},
		{"\"\\/\"\n---\n\"\\/\"\n", "/", "2:1+0 multiple-documents: a second document starts here; keep one document per file\n"},
		{"\\/\n---\n\"\\/\"\n", "", "2:1+0 multiple-documents: a second document starts here; keep one document per file\n"},
	} {
		scalars, _, found := values("v: "+test.source, "")
		var got []string
		for _, s := range scalars {
			if s.Value != "v" {
				got = append(got, s.Value)
			}
		}
		if test.want != "" && strings.Join(got, " ") != test.want {
			t.Errorf("%s is read as %q, want %q", test.source, got, test.want)
		}
		if found != test.found {
			t.Errorf("%s:\n%s\nwant\n%s", test.source, found, test.found)
		}
	}
}

// TestEscapedKeys checks that keys are what their escapes denote.
func TestEscapedKeys(t *testing.T) {
	got := read(t, `{"v": {"\/": 1, "/": 2, "\ud83d\ude00": 3, "😀": 4}}`, func(d *yamldoc.Document, n *yamldoc.Node) { d.Mapping(n, "v", "") })
	const want = `1:17+3 duplicate-key: duplicate key "/"; remove one of the two (1:8+4 first used here)
1:44+3 duplicate-key: duplicate key "😀"; remove one of the two (1:25+14 first used here)
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestEscapesInChunks checks that a file that is parsed in chunks has the same
// values.
func TestEscapesInChunks(t *testing.T) {
	var b strings.Builder
	b.WriteString("version: 1\nerrors:\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "  E%05d: [\"\\ud83d\\ude00 \\/ %d\", x]\n", i, i)
	}
	scalars, places, found := values(b.String(), "errors")
	if found != "" || len(scalars) != 3+3*20_000 {
		t.Fatalf("%d values, and %s", len(scalars), found)
	}
	for i := range 20_000 {
		n, p := scalars[3+3*i+1], places[3+3*i+1]
		if n.Value != fmt.Sprintf("😀 / %d", i) || p.Line != i+3 || p.Col != 12 {
			t.Fatalf("%s: %q", p, n.Value)
		}
	}
}

// jsonText returns a string as some program writes it as JSON.
func jsonText(rng *rand.Rand, s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		short := strings.IndexRune("\"\\/\b\f\n\r\t", r)
		raw := r >= ' ' && r != '"' && r != '\\' && (r < 0x7F || r >= 0xA0) && r != 0x2028 && r != 0x2029 && r != 0xFEFF && r != 0xFFFE && r != 0xFFFF
		switch {
		case raw && rng.Intn(2) == 0:
			b.WriteRune(r)
		case short >= 0 && rng.Intn(2) == 0:
			b.WriteString(`\` + `"\/bfnrt`[short:short+1])
		default:
			format := `\u%04x`
			if rng.Intn(2) == 0 {
				format = `\u%04X`
			}
			for _, u := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, format, u)
			}
		}
	}
	return b.String() + `"`
}

// FuzzJSON checks that a string written as JSON is read as the same string, at the
// position at which it was written.
func FuzzJSON(f *testing.F) {
	for i, s := range []string{"😀", "a/b\\/c\\ud83d", "\\\\ud83d\\ude00", "\"\b\f\n\r\t\x1f\x7f\u0085\u2028\u2029\ufeff\ufffd\uffff", "# {a}: [b], - c", "'😀' 日本 é\ua83d\uae00", " a\n\n b \\", ""} {
		f.Add(s, s+"x", int64(i))
	}
	for i, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s, int64(i))
	}
	f.Fuzz(func(t *testing.T, first, second string, seed int64) {
		first, second = catalogtest.Pieces(first), catalogtest.Pieces(second)
		first, second = strings.ToValidUTF8(first, "?"), strings.ToValidUTF8(second, "?")
		rng := rand.New(rand.NewSource(seed))
		key, value, other := jsonText(rng, "k"+first), jsonText(rng, second), jsonText(rng, first)
		if len(key) > 1000 {
			t.Skip("YAML limits the length of keys")
		}
		colon, comma := []string{":", ": ", " : ", ":\t"}[rng.Intn(4)], []string{",", ", "}[rng.Intn(2)]
		source := "{" + key + colon + value + comma + `"list"` + colon + "[" + other + comma + `"end"]}`
		scalars, places, found := values(source, "")
		if found != "" {
			t.Fatalf("%s: %s", source, found)
		}
		want := []string{"k" + first, second, "list", first, "end"}
		rest, col := source, 1
		for i, text := range []string{key, value, `"list"`, other, `"end"`} {
			if scalars[i].Value != want[i] {
				t.Errorf("%s is read as %q, want %q", text, scalars[i].Value, want[i])
			}
			before, after, _ := strings.Cut(rest, text)
			col += len([]rune(before))
			if width := len([]rune(text)); places[i].Line != 1 || places[i].Col != col || places[i].Width != width {
				t.Errorf("%s is at %v, width %d; want column %d, width %d", text, places[i], places[i].Width, col, width)
			}
			rest, col = after, col+len([]rune(text))
		}
	})
}

// FuzzStyles checks that a text which is written in any style of YAML is the same
// text when it is read, or is reported: it never changes silently.
func FuzzStyles(f *testing.F) {
	for _, s := range []string{"a", "a\u0085b", "a\u2028  b", "a\u2029", "é\u00a0 日本\t😀", "\\ud83d\\ude00 \\/ '\"", "a\n\n  b\n\tc\n", "\n\n", " a ", "# a", "a\rb", "a\x7fb", "\ufeffa", "a\x00"} {
		f.Add(s)
	}
	for _, s := range catalogtest.Seeds(20) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = catalogtest.Pieces(s)
		if strings.TrimSpace(s) == "" || strings.ContainsRune(s, '\r') {
			t.Skip("YAML drops white space at the end, and makes LF of CR")
		}
		block := "|2-\n"
		if strings.HasSuffix(s, "\n") {
			block = "|2+\n"
		}
		lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
		styles := map[string]string{"literal": block + "  " + strings.Join(lines, "\n  ") + "\n"}
		if len(lines) == 1 && block == "|2-\n" {
			styles["single-quoted"] = "'" + strings.ReplaceAll(s, "'", "''") + "'\n"
			styles["double-quoted"] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + "\"\n"
			styles["folded"] = ">2-\n  " + s + "\n"
		}
		for style, text := range styles {
			scalars, _, found := values("v: "+text+"w: x\n", "")
			if found == "" && (len(scalars) != 4 || scalars[1].Value != s) {
				t.Errorf("%s: %q is not %q", style, text, s)
			}
		}
	})
}
