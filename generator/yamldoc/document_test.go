package yamldoc_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// read reads the value of the key v by f, and returns what is reported, one line
// per finding.
func read(t *testing.T, source string, f func(d *yamldoc.Document, n *yamldoc.Node)) string {
	t.Helper()
	report := diag.NewReport("x.yaml")
	d := yamldoc.New("x.yaml", []byte(source), report)
	d.EmptyHelp = map[string]string{"v": "do not leave v empty"}
	if root, ok := d.Parse(""); ok {
		pairs, _ := d.Mapping(root, "the file", "")
		for _, p := range pairs {
			if p.Name == "v" {
				f(d, p.Value)
			}
		}
	}
	return lines(report)
}

// lines returns the findings of a report, one per line.
func lines(report *diag.Report) string {
	var b strings.Builder
	for _, f := range report.Findings() {
		fmt.Fprintf(&b, "%d:%d+%d %s: %s; %s", f.Pos.Line, f.Pos.Col, f.Pos.Width, f.Rule, f.Message, f.Help)
		for _, n := range f.Notes {
			fmt.Fprintf(&b, " (%d:%d+%d %s)", n.Pos.Line, n.Pos.Col, n.Pos.Width, n.Message)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestScalars reads scalars of each kind.
func TestScalars(t *testing.T) {
	text := func(d *yamldoc.Document, n *yamldoc.Node) (any, bool) { return d.Text(n, "v") }
	strict := func(d *yamldoc.Document, n *yamldoc.Node) (any, bool) { return d.StrictText(n, "v") }
	visible := func(d *yamldoc.Document, n *yamldoc.Node) (any, bool) { return d.VisibleText(n, "v") }
	number := func(d *yamldoc.Document, n *yamldoc.Node) (any, bool) {
		return d.Number(n, diag.RuleInvalidHTTPStatus, "v", "write a status", 100, 599)
	}
	boolean := func(d *yamldoc.Document, n *yamldoc.Node) (any, bool) { return d.Bool(n, "v"), true }
	choice := func(d *yamldoc.Document, n *yamldoc.Node) (any, bool) {
		return yamldoc.Choice(d, n, "v", "never", "safe", "after")
	}
	for _, test := range []struct {
		value string
		read  func(*yamldoc.Document, *yamldoc.Node) (any, bool)
		want  any // nil if the value is refused
		found string
	}{
		{"a", text, "a", ""},
		{`"1"`, text, "1", ""},
		{"!!str 1", text, "1", ""},
		{"yes", text, "yes", ""},
		{`" "`, text, " ", ""},
		{"1", text, nil, `1:4+1 unquoted-string: v: expected a string, found the number 1; quote it: "1"`},
		{"null", text, nil, `1:4+4 unquoted-string: v: expected a string, found null; quote it: "null"`},
		{strings.Repeat("1", 130), text, nil, `1:4+130 unquoted-string: v: expected a string, found the number "` + strings.Repeat("1", 60) + `..."; quote it: "..."`},
		{"", text, nil, "1:3+0 empty-value: v has no value; do not leave v empty"},
		{"~", func(d *yamldoc.Document, n *yamldoc.Node) (any, bool) {
			d.WrongType(&yamldoc.Node{Kind: n.Kind, Tag: "!!null", Line: 1, Column: 4}, "w", "a list", "")
			return nil, false
		}, nil, "1:4+0 empty-value: w has no value; give it a value, or remove it"},
		{"[a]", text, nil, `1:4+0 wrong-type: v: expected a string, found a list; write "a", or "[a]" if the brackets belong to it`},
		{"{a: b}", text, nil, `1:4+0 wrong-type: v: expected a string, found a mapping; quote it: "{a: b}"`},
		{"!a b", text, nil, `1:4+2 unsupported-tag: unsupported tag "!a"; remove the tag`},
		{"&x !a b", text, nil, `1:7+2 unsupported-tag: unsupported tag "!a"; remove the tag`},
		{`"a\0b"`, text, nil, "1:6+2 control-character: v contains a NUL character; remove it"},
		{"a", strict, "a", ""},
		{`"yes"`, strict, "yes", ""},
		{"yes", strict, nil, `1:4+3 unquoted-string: v: expected a string, found yes, a boolean for some YAML readers; quote it: "yes"`},
		{"1:30", strict, nil, `1:4+4 unquoted-string: v: expected a string, found 1:30, a number for some YAML readers; quote it: "1:30"`},
		{"!!str 2020-01-02", strict, "2020-01-02", ""},
		{"[]", strict, nil, `1:4+0 wrong-type: v: expected a string, found a list; quote it: "[]"`},
		{"a", visible, "a", ""},
		{`" \t"`, visible, nil, "1:4+5 empty-value: v is empty; write a string, or remove the key"},
		{"404", number, 404, ""},
		{"-1", number, -1, ""},
		{"0404", number, nil, "1:4+4 invalid-http-status: v 0404 has a leading zero, which makes it octal for some YAML readers; write 404"},
		{"0600", number, nil, "1:4+4 invalid-http-status: v 0600 has a leading zero, which makes it octal for some YAML readers; write a status"},
		{"1e2", number, nil, "1:4+3 invalid-http-status: v 1e2 is not a whole number in decimal notation; write 100"},
		{"5_99", number, nil, "1:4+4 invalid-http-status: v 5_99 is not a whole number in decimal notation; write 599"},
		{"99.0", number, nil, "1:4+4 invalid-http-status: v 99.0 is not a whole number in decimal notation; write a status"},
		{"404.5", number, nil, "1:4+5 invalid-http-status: v 404.5 is not a whole number in decimal notation; write a status"},
		{`"404"`, number, nil, `1:4+5 invalid-http-status: v: expected a number, found the string "404"; write 404`},
		{"a b", number, nil, `1:4+3 invalid-http-status: v: expected a number, found the string "a b"; write a status`},
		{"[1]", number, nil, "1:4+0 wrong-type: v: expected a number, found a list; write 1"},
		{"true", boolean, true, ""},
		{"FALSE", boolean, false, ""},
		{"yes", boolean, false, `1:4+3 wrong-type: v: expected true or false, found the string "yes"; write true`},
		{`"true"`, boolean, false, `1:4+6 wrong-type: v: expected true or false, found the string "true"; write true`},
		{"!!bool yes", boolean, false, `1:11+3 wrong-type: v: expected true or false, found the boolean "yes"; write true`},
		{"", boolean, false, "1:3+0 empty-value: v has no value; do not leave v empty"},
		{"[true]", boolean, false, "1:4+0 wrong-type: v: expected true or false, found a list; write true"},
		{"safe", choice, "safe", ""},
		{"save", choice, nil, `1:4+4 unknown-value: v cannot be "save"; did you mean safe? The values are never, safe, after`},
		{"maybe", choice, nil, `1:4+5 unknown-value: v cannot be "maybe"; the values are never, safe, after`},
		{"[safe]", choice, nil, "1:4+0 wrong-type: v: expected a string, found a list; write safe"},
	} {
		got := read(t, "v: "+test.value, func(d *yamldoc.Document, n *yamldoc.Node) {
			v, ok := test.read(d, n)
			if ok != (test.want != nil) || ok && v != test.want {
				t.Errorf("%s is read as %v, %t; want %v", test.value, v, ok, test.want)
			}
		})
		if got = strings.TrimSuffix(got, "\n"); got != test.found {
			t.Errorf("%s:\n%s\nwant\n%s", test.value, got, test.found)
		}
	}
}

// TestMappings reads mappings and lists.
func TestMappings(t *testing.T) {
	fields := func(d *yamldoc.Document, n *yamldoc.Node) string {
		pairs, ok := d.Fields(n, "v", "title", "message", "tags", "code")
		d.Require(n, "v", pairs, "title", "code: 1")
		var names []string
		for _, p := range pairs {
			names = append(names, p.Name+"="+p.Value.Value)
		}
		return fmt.Sprint(ok, names)
	}
	list := func(d *yamldoc.Document, n *yamldoc.Node) string {
		var values []string
		for _, e := range d.List(n, "v") {
			values = append(values, e.Value)
		}
		return fmt.Sprint(values)
	}
	many := ""
	for i := range 40 {
		many += fmt.Sprintf("k%d: x, ", i)
	}
	for _, test := range []struct {
		source string
		read   func(*yamldoc.Document, *yamldoc.Node) string
		want   string
		found  string
	}{
		{"v: {title: a, code: b}", fields, "true [title=a code=b]", ""},
		{"v: {code: b}", fields, "true [code=b]", "1:4+0 missing-key: v has no title; add title:"},
		{"v: {title: a}", fields, "true [title=a]", "1:4+0 missing-key: v has no code; add code: 1"},
		{"v: {titel: a, code: b}", fields, "true [title=a code=b]", `1:5+5 unknown-key: unknown key "titel" in v; did you mean title?`},
		{"v: {titel: a, code: b, title: c}", fields, "true [code=b title=c]", `1:5+5 unknown-key: unknown key "titel" in v; did you mean title?`},
		{"v: {title: a, code: b, titel: c}", fields, "true [title=a code=b]", `1:24+5 unknown-key: unknown key "titel" in v; did you mean title?`},
		{"v: {title: a, code: b, foo: c}", fields, "true [title=a code=b]", `1:24+3 unknown-key: unknown key "foo" in v; the keys are title, message, tags, code`},
		{"v: [a]", func(d *yamldoc.Document, n *yamldoc.Node) string {
			_, ok := d.Fields(n, "v", "title", "message", "tags", "code")
			return fmt.Sprint(ok)
		}, "false", "1:4+0 wrong-type: v: expected a mapping with keys such as title, message, tags, found a list; write a mapping such as {title: ..., message: ..., tags: ...}"},
		{"v: !!map {title: a, code: b}", fields, "true [title=a code=b]", ""},
		{"v: !x {title: a}", func(d *yamldoc.Document, n *yamldoc.Node) string {
			_, ok := d.Mapping(n, "v", "")
			return fmt.Sprint(ok)
		}, "false", `1:4+2 unsupported-tag: unsupported tag "!x"; remove the tag`},
		{"v: {title: a, code: b, title: c}", fields, "true [title=a code=b]", `1:24+5 duplicate-key: duplicate key "title"; remove one of the two (1:5+5 first used here)`},
		{"v: {? [a] : b, title: a, code: b}", fields, "true [title=a code=b]", `1:7+0 wrong-type: a key: expected a string, found a list; write "a", or "[a]" if the brackets belong to it`},
		{"v: {!x a: b, title: a, code: b}", fields, "true [title=a code=b]", `1:5+2 unsupported-tag: unsupported tag "!x"; remove the tag`},
		{"a: &a {title: x, tags: y}\nv: {code: b, <<: *a, tags: z}", fields, "true [code=b title=x tags=z]", ""},
		{"a: &a {title: x, tags: y}\nb: &b {title: w, code: c}\nv: {<<: [*a, *b]}", fields, "true [title=x tags=y code=c]", ""},
		{"v: {<<: 1, title: x, code: y}", fields, "true [title=x code=y]", "1:9+1 wrong-type: the value of <<: expected a mapping, found the number 1; write an alias of a mapping, such as <<: *name"},
		{"v: {" + many + "k39: y}", func(d *yamldoc.Document, n *yamldoc.Node) string {
			pairs, ok := d.Mapping(n, "v", "")
			return fmt.Sprint(len(pairs), ok)
		}, "40 true", `1:315+3 duplicate-key: duplicate key "k39"; remove one of the two (1:307+3 first used here)`},
		{"a: &a x\nv: [*a, b]", list, "[x b]", ""},
		{"v: a", list, "[]", `1:4+1 wrong-type: v: expected a list, found the string "a"; write it as a list: ["a"]`},
		{"v: {a: b}", list, "[]", `1:4+0 wrong-type: v: expected a list, found a mapping; write it as a list: ["a"]`},
		{"v: !x [a]", list, "[]", `1:4+2 unsupported-tag: unsupported tag "!x"; remove the tag`},
		{"v: !!set {a}", func(d *yamldoc.Document, n *yamldoc.Node) string { return list(d, n) }, "[]", `1:4+0 wrong-type: v: expected a list, found a mapping; write it as a list: ["a"]`},
		{"v: !x a", list, "[]", `1:7+1 wrong-type: v: expected a list, found a value of type "!x"; write it as a list: ["a"]`},
	} {
		got := read(t, test.source, func(d *yamldoc.Document, n *yamldoc.Node) {
			if got := test.read(d, n); got != test.want {
				t.Errorf("%s is read as %s, want %s", test.source, got, test.want)
			}
		})
		if got = strings.TrimSuffix(got, "\n"); got != test.found {
			t.Errorf("%s:\n%s\nwant\n%s", test.source, got, test.found)
		}
	}
}

// TestSection checks that a finding in what an alias includes has a note.
func TestSection(t *testing.T) {
	const source = "a: &a {x: 1}\nv: *a\nw: {x: 1}\n"
	report := diag.NewReport("x.yaml")
	d := yamldoc.New("x.yaml", []byte(source), report)
	root, _ := d.Parse("")
	pairs, _ := d.Mapping(root, "the file", "")
	for _, p := range pairs {
		d.Section("the entry "+p.Name, d.At(p.Key))
		if p.Name == "a" {
			d.EndSection()
			continue
		}
		if fields, ok := d.Mapping(p.Value, p.Name, ""); !ok {
			t.Errorf("%s is not a mapping", p.Name)
		} else {
			d.Text(fields[0].Value, "x")
		}
	}
	const want = `1:11+1 unquoted-string: x: expected a string, found the number 1; quote it: "1" (2:1+1 an alias includes it in the entry v)
3:8+1 unquoted-string: x: expected a string, found the number 1; quote it: "1"
`
	if got := lines(report); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestEmpty checks that a file without content is not a mistake of YAML, and has
// no root.
func TestEmpty(t *testing.T) {
	for source, want := range map[string]bool{"": true, "\uFEFF": true, "# x\n": true, "\n\n": true, "---\n": false, "a": false} {
		report := diag.NewReport("x.yaml")
		root, ok := yamldoc.New("x.yaml", []byte(source), report).Parse("errors")
		if !ok || (root == nil) != want || len(report.Findings()) > 0 {
			t.Errorf("%q: root %v, %t, %v", source, root, ok, report.Findings())
		}
	}
	if at := yamldoc.New("x.yaml", nil, nil).At(new(yamldoc.Node)); at != (diag.Position{File: "x.yaml"}) {
		t.Errorf("a node without a place is at %v", at)
	}
}

var directive = regexp.MustCompile(`(?m)^%go ("(?:[^"\\]|\\.)*")(?: \* (\d+))?\n`)

// inputs returns the files of the rules about YAML in the tests of catalogs, with
// their reports.
func inputs(t testing.TB) (sources map[string][]byte, wants map[string]string) {
	sources, wants = make(map[string][]byte), make(map[string]string)
	for _, rule := range []diag.Rule{
		diag.RuleFileTooLarge, diag.RuleNotUTF8, diag.RuleControlCharacter, diag.RuleYAMLSyntax, diag.RuleMultipleDocuments, diag.RuleRecursiveAlias, diag.RuleAliasLimit,
		diag.RuleUnsupportedTag, diag.RuleDuplicateKey, diag.RuleUnquotedString, diag.RuleInvalidPlaceholder,
	} {
		archive, err := txtar.ParseFile(filepath.Join("../catalog/testdata/rules", rule.ID()+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			key := rule.ID() + "/" + strings.TrimSuffix(strings.TrimSuffix(file.Name, ".yaml"), ".want")
			if strings.HasSuffix(file.Name, ".want") {
				wants[key] = string(file.Data)
				continue
			}
			sources[key] = directive.ReplaceAllFunc(file.Data, func(line []byte) []byte {
				m := directive.FindSubmatch(line)
				text, err := strconv.Unquote(string(m[1]))
				if err != nil {
					t.Fatal(err)
				}
				n := 1
				if len(m[2]) > 0 {
					n, _ = strconv.Atoi(string(m[2]))
				}
				return bytes.Repeat([]byte(text), n)
			})
		}
	}
	return sources, wants
}

// TestParse checks the reports about files that cannot be parsed.
func TestParse(t *testing.T) {
	sources, wants := inputs(t)
	failed := make(map[diag.Rule]bool)
	for name, source := range sources {
		file := filepath.Base(name) + ".yaml"
		report := diag.NewReport(file)
		_, ok := yamldoc.New(file, source, report).Parse("errors")
		ds := report.Findings()
		if ok {
			continue
		}
		for _, d := range ds {
			failed[d.Rule] = true
		}
		var b strings.Builder
		if err := diag.WriteText(&b, ds, diag.TextOptions{Source: func(string) []byte { return source }}); err != nil {
			t.Fatal(err)
		}
		if b.String() != wants[name] {
			t.Errorf("%s:\n%s\nwant:\n%s", name, b.String(), wants[name])
		}
	}
	if len(failed) != 6 {
		t.Errorf("the files that cannot be parsed break the rules %v", failed)
	}
}

// TestSyntaxPlaces checks where the parser is said to give up in files that are
// too long for a search, that end early, and that make it panic.
func TestSyntaxPlaces(t *testing.T) {
	filler := strings.Repeat("# "+strings.Repeat("x", 98)+"\n", 90_000)
	for _, test := range []struct{ name, source, want string }{
		{"within a search", "a: b\n  c: d\n", "2:4"},
		{"too long for a search", filler + "a: b\n   c: d\n", "90002:4"},
		{"a line that ends in CR and LF", "{00\r\n", "1:4"},
		{"an unknown anchor", "a: x\nb: *abc\n", "2:4"},
		{"a quote in brackets", "a: [b,\n  \"c\" \"d\"]\n", "2:7"},
		{"an escape after many", `a: "` + strings.Repeat(`\u00e9\U0001F600\x41`, 100) + `\u12G"`, "1:2005"},
		{"an anchor after many", "a: [" + strings.Repeat("&a b, ", 100) + "& c]", "1:605"},
		{"quotes in an open quote", `a: ["b", "it's \"c\"` + "\n", "1:10"},
		{"very many quotes in an open quote", `a: "` + strings.Repeat("'", 1000) + "\n", "1:4"},
		{"a character of several bytes", "a: [b é日: [}", "1:12"},
	} {
		report := diag.NewReport("x.yaml")
		if _, ok := yamldoc.New("x.yaml", []byte(test.source), report).Parse(""); ok {
			t.Errorf("%s: it can be parsed", test.name)
			continue
		}
		if got := fmt.Sprintf("%d:%d", report.Findings()[0].Pos.Line, report.Findings()[0].Pos.Col); got != test.want {
			t.Errorf("%s: %s, want %s: %s", test.name, got, test.want, report.Findings()[0].Message)
		}
	}
}

// FuzzDocument reads every node of anything in every way: each finding has a place
// in the file and a help, and each string is at its place.
func FuzzDocument(f *testing.F) {
	sources, _ := inputs(f)
	for _, source := range sources {
		if len(source) < 10_000 {
			f.Add(source)
		}
	}
	for _, source := range []string{
		"a: \"\\x7d \\u007D \\U0000007d \\a\\b\\e\\_\\N\\t\\0 \\\\}\"\r\nb: x}\rc: 'y}'\nd: e\n",
		"a: \"\\ud83d\\ude00 \\/}\\ud83d} \\\\ud83d}\" # \\ud83d\nb: \\ud83d\\/}\nc: '\\ud83d}'\n\"\\/}\": ! \"\\udfff}\"\n",
		"\ufeffa: '" + strings.Repeat("é日 ", 300) + "}', b: c\n",
		"{a: '" + strings.Repeat("é日 ", 300) + "}', b: 1, b: yes, c: \"" + strings.Repeat("\\u00e9", 300) + "}\"}",
		"a: !!str &x\n  # c\n  b }\nc: &y\nd: !!str\n",
		"? 'a\n  b\\''\n: 'x\n  y'' }'\n? \"a\\\n  b\"\n: |-  # c\n  }\n",
		"a: \"b\n  c }\"\nd: >\n  e\n\n  f }\ng: \"\\}\"\n",
	} {
		f.Add([]byte(source))
	}
	f.Add([]byte("a: \"x\\u0041\\\n  y\\x41 \\\"}\"\nb: 'it''s }'\nc: |2\n    x }\nd: >-\n  a\n\n  b }\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		report := diag.NewReport("x.yaml")
		d := yamldoc.New("x.yaml", source, report)
		root, ok := d.Parse("errors")
		if ok && root != nil {
			walk(t, d, source, root, make(map[*yamldoc.Node]bool))
			checkSpans(t, d, source, root)
		}
		ds := report.Findings()
		if !ok && !ds.HasErrors() {
			t.Error("nothing is reported")
		}
		for _, f := range ds {
			if f.Help == "" || f.Message == "" {
				t.Errorf("%s: %s: %q has the help %q", f.Pos, f.Rule, f.Message, f.Help)
			}
			checkPlace(t, source, f.Pos)
			for _, n := range f.Notes {
				checkPlace(t, source, n.Pos)
			}
		}
	})
}

// walk reads a node and everything below it.
func walk(t *testing.T, d *yamldoc.Document, source []byte, n *yamldoc.Node, seen map[*yamldoc.Node]bool) {
	n = yamldoc.Target(n)
	if seen[n] {
		return
	}
	seen[n] = true
	checkPlace(t, source, d.At(n))
	switch {
	case yamldoc.IsScalar(n):
		d.StrictText(n, "a")
		d.Number(n, diag.RuleInvalidHTTPStatus, "b", "write 1", 1, 1)
		d.Bool(n, "c")
		yamldoc.Choice(d, n, "d", "one", "two")
		for i, r := range n.Value {
			if r == '}' {
				p := d.Inside(n, i, 1)
				checkPlace(t, source, p)
				if place := textAt(source, p); p != d.At(n) && !strings.HasPrefix(place, "}") && !strings.HasPrefix(place, `\`) {
					t.Errorf("%s: the brace at %d of %q is %q", p, i, n.Value, place)
				}
			}
		}
	case yamldoc.IsList(n):
		for _, e := range d.List(n, "a") {
			walk(t, d, source, e, seen)
		}
	default:
		pairs, _ := d.Mapping(n, "a", "")
		for _, p := range slices.Clone(pairs) {
			walk(t, d, source, p.Value, seen)
		}
		d.Fields(n, "a", "version", "catalog")
		d.Require(n, "a", pairs, "version: 1")
	}
}

// checkSpans checks that the children of a node are inside it, one after the other.
func checkSpans(t *testing.T, d *yamldoc.Document, source []byte, n *yamldoc.Node) {
	start, end := d.Span(n)
	if start < 0 || end < start || end > len(source) {
		t.Errorf("a node spans %d to %d, of %d bytes", start, end, len(source))
		return
	}
	for _, c := range n.Content {
		from, to := d.Span(c)
		if from < start || to > end {
			t.Errorf("%d to %d (%q) is not inside %d to %d", from, to, c.Value, start, end)
		}
		start = to
		checkSpans(t, d, source, c)
	}
}

// editorLines returns the lines of a source as an editor counts them.
func editorLines(source []byte) []string {
	text := strings.TrimPrefix(string(source), "\uFEFF")
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
}

func checkPlace(t *testing.T, source []byte, p diag.Position) {
	t.Helper()
	if p.Line == 0 {
		return // the file as a whole
	}
	lines := editorLines(source)
	if p.Line < 1 || p.Line > len(lines) {
		t.Errorf("%s: the file has %d lines", p, len(lines))
	} else if length := utf8.RuneCountInString(lines[p.Line-1]); p.Col < 1 || p.Width < 0 || p.Col+p.Width > length+1 {
		t.Errorf("%s, width %d: the line has %d characters", p, p.Width, length)
	}
}

func textAt(source []byte, p diag.Position) string {
	return string([]rune(editorLines(source)[p.Line-1])[p.Col-1:])
}

// TestInside checks the places of parts of scalars.
func TestInside(t *testing.T) {
	for _, test := range []struct {
		source string // of the value of v; the part is the first one between braces
		want   string // line, column and width
	}{
		{"a {b} c", "1:6+3"},
		{`"a {b} c"`, "1:7+3"},
		{`'it''s {b}'`, "1:11+3"},
		{`"\x41\u00e9\U0001F600\a\b\v\f\e\_\0\\\" {b}"`, "1:44+3"},
		{`"\n\t\r\N\L\P {b}"`, "1:18+3"},
		{`"a\
     \  {b}"`, "2:9+3"},
		{`"{\x62\u007D"`, "1:5+11"},
		{`"\u{b}"`, ""}, // not valid
		{"|\n  a\n\n   {b}\n", "4:4+3"},
		{">-\n  a\n  b {b}\n", "3:5+3"},
		{"&x !!str {b}", ""}, // a mapping
		{"&x !!str '{b}'", "1:14+3"},
		{"'! {b}'", "1:7+3"},
		{"&x-1 # c\n  '{b}'", "2:4+3"},
		{"{b}", ""},
		{"日本 {b}", "1:7+3"},
		{"'" + strings.Repeat("日", 1000) + " {b}'", "1:1006+3"},
		{`"\L \ud83d\ude00\/{b}"`, "1:22+3"},
		{"a\r\n  {b}", "2:3+3"},
		{"'a\r  {b}'", "2:3+3"},
	} {
		got := ""
		read(t, "v: "+test.source+"\n", func(d *yamldoc.Document, n *yamldoc.Node) {
			start, end := strings.IndexByte(n.Value, '{'), strings.IndexByte(n.Value, '}')
			if !yamldoc.IsScalar(n) || start < 0 {
				return
			}
			characters := utf8.RuneCountInString(n.Value[start : end+1])
			p := d.Inside(n, start, characters)
			got = fmt.Sprintf("%d:%d+%d", p.Line, p.Col, p.Width)
			if again := d.Inside(n, start, characters); again != p {
				t.Errorf("%q: %v, and then %v", test.source, p, again)
			}
			// What is not there is the whole scalar.
			if p := d.Inside(n, len(n.Value)+5, 1); p != d.At(n) {
				t.Errorf("%q: what is beyond the end is at %v", test.source, p)
			}
		})
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.source, got, test.want)
		}
	}
}

// TestForms checks that the help shows the right form with the author's own value.
func TestForms(t *testing.T) {
	form := func(what string, n *yamldoc.Node) (key, value string) {
		switch what {
		case "a link", "links":
			return "url", yamldoc.Quoted(n)
		case "sizes":
			return yamldoc.Key(n), "{}"
		}
		return "", ""
	}
	long := strings.Repeat("x", 130)
	for _, test := range []struct{ what, value, want string }{
		{"a link", "a", `expected a mapping with title and url, found the string "a"; write {url: "a"}`},
		{"a link", `"\" \x7f"`, `expected a mapping with title and url, found the string "\" \x7f"; write {url: "\" \x7f"}`},
		{"a link", "[a]", `expected a mapping with title and url, found a list; write {url: "a"}`},
		{"a link", "[a, b]", `expected a mapping with title and url, found a list; write a mapping such as {title: ..., url: ...}`},
		{"a link", "[]", `expected a mapping with title and url, found a list; write a mapping such as {title: ..., url: ...}`},
		{"a link", "[~, ]", `expected a mapping with title and url, found a list; write a mapping such as {title: ..., url: ...}`},
		{"a link", "[{title: a}]", `expected a mapping with title and url, found a list; remove the brackets around the mapping`},
		{"a link", "\n- title: a", `expected a mapping with title and url, found a list; remove the dash before the mapping`},
		{"a link", long, `expected a mapping with title and url, found the string "` + strings.Repeat("x", 60) + `..."; write {url: "..."}`},
		{"other", "a", `expected a mapping with title and url, found the string "a"; write a mapping such as {title: ..., url: ...}`},
		{"sizes", "a", `expected a mapping, found the string "a"; a help: {a: {}}`},
		{"sizes", "[a, b c, 1, yes]", "expected a mapping, found a list; a help"},
		{"sizes", "[b c, 1, yes]", `expected a mapping, found a list; a help: {"b c": {}, "1": {}, "yes": {}}`},
		{"sizes", "[a, é, a-1_]", `expected a mapping, found a list; a help: {a: {}, "é": {}, a-1_: {}}`},
		{"sizes", "[a, a]", "expected a mapping, found a list; a help"},
		{"sizes", "[a, [b]]", "expected a mapping, found a list; a help"},
		{"sizes", "[" + long + "]", `expected a mapping, found a list; a help: {"...": {}}`},
		{"links", "a", `expected a list, found the string "a"; write it as a list: [{url: "a"}]`},
		{"links", `{url: "#"}`, `expected a list, found a mapping; write it as a list: [{url: "#"}]`},
		{"links", "\n  url: a\n  title: b", "expected a list, found a mapping; write a dash before the first key of each element: - url:"},
		{"links", "{url: a,\n  title: b}", "expected a list, found a mapping; write a dash before the first key of each element: - url:"},
		{"links", "&x {url: a}", "expected a list, found a mapping; write a dash before the first key of each element: - url:"},
		{"links", "{}", "expected a list, found a mapping; write a list, with a dash before each element"},
		{"tags", "1", `expected a list, found the number 1; write it as a list: ["1"]`},
		{"tags", "{a, b: c}", `expected a list, found a mapping; write it as a list: ["a", "b"]`},
		{"tags", "{a, b, c, d}", "expected a list, found a mapping; write a list, with a dash before each element"},
		{"text", "{a}", `expected a string, found a mapping; quote it: "{a}"`},
		{"text", `["b"]`, `expected a string, found a list; write "b", or "[\"b\"]" if the brackets belong to it`},
		{"text", "\n- b", `expected a string, found a list; write "b"`},
		{"text", "\n- b\n- c", `expected a string, found a list; write one string; quote one that starts with a bracket or contains ": "`},
		{"text", "[" + long + ", a]", `expected a string, found a list; write one string; quote one that starts with a bracket or contains ": "`},
		{"text", "! a", `unsupported tag "!"; quote a string that starts with !`},
		{"number", "[4, 5]", "expected a number, found a list; write a number"},
		{"number", "[a]", "expected a number, found a list; write a number"},
		{"number", "&x [~]", "expected a number, found a list; write a number"},
		{"number", "2020-01-02", "expected a number, found the date 2020-01-02; write it"},
		{"number", "~", "expected a number, found ~; write it"},
		{"number", "true", "expected a number, found the boolean true; write it"},
		{"boolean", "Off", `expected true or false, found the string "Off"; write false`},
		{"boolean", "1", "expected true or false, found the number 1; write true or false"},
		{"boolean", "[y]", "expected true or false, found a list; write true"},
		{"boolean", "[maybe]", "expected true or false, found a list; write true or false"},
		{"choice", "[b]", "expected a string, found a list; write b"},
		{"choice", "[c]", "expected a string, found a list; the values are a, b"},
	} {
		got := ""
		got = read(t, "v: "+test.value, func(d *yamldoc.Document, n *yamldoc.Node) {
			d.Form = form
			switch test.what {
			case "a link", "other":
				d.Fields(n, test.what, "title", "url")
			case "sizes":
				d.Mapping(n, test.what, "a help")
			case "links", "tags":
				d.List(n, test.what)
			case "text":
				d.Text(n, test.what)
			case "number":
				d.Number(n, diag.RuleInvalidHTTPStatus, test.what, "write it", 1, 1)
			case "boolean":
				d.Bool(n, test.what)
			case "choice":
				yamldoc.Choice(d, n, test.what, "a", "b")
			}
		})
		_, got, _ = strings.Cut(strings.TrimSuffix(got, "\n"), ": ")
		if got = strings.TrimPrefix(got, test.what+": "); got != test.want {
			t.Errorf("%s %s:\n%s\nwant\n%s", test.what, test.value, got, test.want)
		}
	}
}
