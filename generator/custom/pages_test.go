package custom_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/custom"
	"github.com/errcat/errcat/generator/interoptest"
)

// optionalTools are what a machine need not have, except for make interop.
var optionalTools = []string{"java", "javac", "rustc", "kotlinc", "mcs", "mono", "kotlin"}

// runIn runs a program in a folder, and returns what it prints. It returns false if
// the program is one that a machine need not have.
func runIn(t *testing.T, dir string, command ...string) ([]byte, bool) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: runs compilers")
	}
	if _, err := exec.LookPath(command[0]); err != nil {
		if !interoptest.All && slices.Contains(optionalTools, command[0]) {
			t.Logf("not compiled: %v", err)
			return nil, false
		}
		t.Fatalf("%v; install it with apt-get install php-cli ruby python3 kotlin mono-mcs mono-runtime", err)
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%s: %v\n%.3000s", strings.Join(command, " "), err, stderr.Bytes())
	}
	return out, true
}

// TestTemplates makes the files of the templates in docs/templates, of a usual and of
// a hostile catalog, and compiles or parses them.
func TestTemplates(t *testing.T) {
	checks := map[string]func(t *testing.T, dir, file string){
		"errors.py.tmpl":      func(t *testing.T, dir, file string) { runIn(t, dir, "python3", file) },
		"ErrorCode.java.tmpl": func(t *testing.T, dir, file string) { runIn(t, dir, "javac", "-Xlint:all", "-Werror", file) },
		"error_code.rs.tmpl": func(t *testing.T, dir, file string) {
			runIn(t, dir, "rustc", "--edition", "2021", "--crate-type", "lib", "--emit", "metadata", "-A", "nonstandard_style", file)
		},
		"ErrorCode.php.tmpl":  func(t *testing.T, dir, file string) { runIn(t, dir, "php", file) },
		"error_codes.rb.tmpl": func(t *testing.T, dir, file string) { runIn(t, dir, "ruby", "-w", file) },
		"openapi.yaml.tmpl":   func(t *testing.T, dir, file string) { parseYAML(t, dir, file) },
		"alerts.yaml.tmpl": func(t *testing.T, dir, file string) {
			if data := parseYAML(t, dir, file); bytes.Contains(data, []byte("{{")) {
				t.Errorf("a title is a template:\n%s", data)
			}
		},
		"ErrorCode.kt.tmpl": func(t *testing.T, dir, file string) {
			hasLines(t, dir, file)
			runIn(t, dir, "kotlinc", "-d", "out", file)
		},
		"ErrorCode.cs.tmpl": func(t *testing.T, dir, file string) {
			hasLines(t, dir, file)
			runIn(t, dir, "mcs", "-target:library", "-warnaserror", file)
		},
		"ErrorCode.swift.tmpl": hasLines, // its literals and comments are those of Kotlin
	}
	all, err := filepath.Glob("../../docs/templates/*.tmpl")
	if err != nil || len(all) != len(checks) {
		t.Fatalf("%d templates, %v", len(all), err)
	}
	interoptest.Report(t, "the files of all templates compile but that of Swift, which is only read")
	texts := append([]string{"shareable_constant-value: literal", "```\nfn main() { panic!() }\n```", `</script>`, `/* nested`, `x \`, "x\u0085y\u2028z\x0bw\x0c", `\\u000a int y;`, `\u000a int x;`, `coding: latin-1`, `?> x`, `*/ x`, `??/`, `a _`, `^`, `{{ fail }}`, `{{{ fail }}`}, hostile...)
	for name, c := range map[string]*catalog.Catalog{
		"shop":    load.Source(t, []byte(shop)),
		"hostile": named(hostileCatalog(texts...)),
		"no HTTP": load.Source(t, []byte("version: 1\ncatalog: {name: disk, http: false, code_type: integer}\nerrors: {EIO: {code: 5}, ENOENT: {code: -2}}\n")),
	} {
		for _, file := range all {
			t.Run(name+"/"+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				source, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				made, err := generate(c, custom.Options{Template: source})
				if err != nil {
					t.Fatal(err)
				}
				dir := t.TempDir()
				target := strings.TrimSuffix(filepath.Base(file), ".tmpl")
				if err := os.WriteFile(filepath.Join(dir, target), made[0].Data, 0o644); err != nil {
					t.Fatal(err)
				}
				checks[filepath.Base(file)](t, dir, target)
			})
		}
	}
}

// named gives the errors of a catalog titles, messages and identifiers: the texts of
// their tags, and words that languages reserve.
func named(c *catalog.Catalog) *catalog.Catalog {
	words := []string{"CLASS", "class", "self", "Self", "None", "END", "true", "default"}
	for i, e := range c.Errors {
		e.Title, e.Message = e.Tags[0], catalog.Message{Segments: []catalog.Segment{{Text: e.Tags[0]}}}
		e.TypeScriptName = strings.ToUpper(strings.ReplaceAll(e.Name, "-", "_"))
		if i < len(words) {
			e.TypeScriptName, e.Name = words[i], words[i]
			if i == 1 || i == 3 {
				e.TypeScriptName, e.Name = words[i]+"_x", words[i]+"X"
			}
		}
	}
	return c
}

func parseYAML(t *testing.T, dir, file string) []byte {
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Errorf("%v\n%.2000s", err, data)
	}
	return data
}

// hasLines checks that every line is one that the template has, with a literal or a
// comment.
func hasLines(t *testing.T, dir, file string) {
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		// Outside of comments, quotes that no backslash escapes come in pairs.
		if plain := strings.NewReplacer(`\\`, "", `\"`, "").Replace(line); !strings.HasPrefix(line, "//") && strings.Count(plain, `"`)%2 != 0 {
			t.Errorf("the line %q", line)
		}
	}
}

// TestComment checks what ends, continues or runs comments of languages.
func TestComment(t *testing.T) {
	for _, test := range []struct{ sign, text, want string }{
		{"//", "a\nb\r\nc\rd", "// a\n// b\n// c\n// d"},
		{"//", "a\u2028b\u0085c\x0bd\x00", `// a\ u2028b\ u0085c\x0bd\x00`},
		{"//", `a \ `, "// a"},
		{"//", `a ??/`, "// a"},
		{"//", `a ??/\??/`, "// a"},
		{"//", `\u000a \\u000a \uu000a`, `// \ u000a \\ u000a \ uu000a`},
		{"//", "*/ /* /*/ **/", "// * / / * / * / ** /"},
		{"//", "?> a", "// ? > a"},
		{"//", "</script><p>", "// < /script><p>"},
		{"//", "+build ignore", "// + build ignore"},
		{"'", "a _", "' a"},
		{"REM", "a ^", "REM a"},
		{"#", "vim: coding=latin-1 encoding: x", "# vim: coding =latin-1 encoding : x"},
		{"#", "Shareable-constant_value: literal", "# Shareable -constant_value: literal"},
		{"/*", "a */ b\n*", "/* a * / b */\n/* * */"},
		{" *", "/ a */", " * / a * /"},
		{"<!--", "--> --!> ->", "<!-- - -> - -!> -> -->"},
		{"(*", `*) " {|x|} {a_b|`, `(* * ) ' { |x|} { a_b| *)`},
		{"{-", "-} {- {-}", "{- - } { - { - } -}"},
		{"///", "```\nrun()\n````\n~~~\n     run()\n\trun()\n  - a", "/// ` ``\n/// run()\n/// ` ` ``\n/// ~ ~~\n///    run()\n///    run()\n///   - a"},
		{"//", "```", "// ```"},
	} {
		made, err := generate(hostileCatalog(test.text), custom.Options{Template: []byte("{{header \"#\"}}\n{{range .Errors}}{{comment \"" + test.sign + "\" (index .Tags 0)}}{{end}}")})
		if err != nil {
			t.Fatal(err)
		}
		_, got, _ := strings.Cut(string(made[0].Data), "\n")
		if got != test.want {
			t.Errorf("the comment %s of %q is\n%s\nwant\n%s", test.sign, test.text, got, test.want)
		}
	}
}

// TestLiterals compiles and runs programs with hostile texts as literals, and in
// comments of both kinds.
func TestLiterals(t *testing.T) {
	block := "/*\n{{comment \" *\" (index .Tags 0)}}\n*/\n{{comment \"//\" (index .Tags 0)}}\n"
	hash := "{{comment \"#\" (index .Tags 0)}}\n"
	for _, test := range []struct {
		file, template string
		commands       [][]string
	}{
		{"T.java", "{{header \"//\"}}\npublic class T { static void p(String s) { for (byte b : s.getBytes(java.nio.charset.StandardCharsets.UTF_8)) System.out.printf(\"%02x\", b); System.out.println(); }\npublic static void main(String[] a) {\n{{range .Errors}}" + block + "p({{index .Tags 0 | java}});\n{{end}}}}\n", [][]string{{"java", "T.java"}}},
		{"t.rs", "{{header \"//\"}}\nfn p(s: &str) { for b in s.bytes() { print!(\"{:02x}\", b); } println!(); }\nfn main() {\n{{range .Errors}}" + block + "p({{index .Tags 0 | rust}});\n{{end}}}\n", [][]string{{"rustc", "t.rs"}, {"./t"}}},
		{"T.kt", "{{header \"//\"}}\nfun p(s: String) { println(s.toByteArray().joinToString(\"\") { \"%02x\".format(it) }) }\nfun main() {\n{{range .Errors}}" + block + "p({{index .Tags 0 | kotlin}})\n{{end}}}\n", [][]string{{"kotlinc", "-d", "out", "T.kt"}, {"kotlin", "-cp", "out", "TKt"}}},
		{"T.cs", "{{header \"//\"}}\npublic class T { static void p(string s) { foreach (byte b in System.Text.Encoding.UTF8.GetBytes(s)) System.Console.Write(\"{0:x2}\", b); System.Console.WriteLine(); }\npublic static void Main() {\n{{range .Errors}}" + block + "p({{index .Tags 0 | csharp}});\n{{end}}}}\n", [][]string{{"mcs", "T.cs"}, {"mono", "T.exe"}}},
		{"t.php", "<?php\n{{header \"//\"}}\n{{range .Errors}}" + block + hash + "echo bin2hex({{index .Tags 0 | php}}), PHP_EOL;\n{{end}}", [][]string{{"php", "t.php"}}},
		{"t.rb", "#!/usr/bin/env ruby\n{{header \"#\"}}\n{{range .Errors}}" + hash + "puts {{index .Tags 0 | ruby}}.unpack1('H*')\n{{end}}", [][]string{{"ruby", "-w", "t.rb"}}},
		{"t.py", "{{header \"#\"}}\n{{range .Errors}}" + hash + "print({{index .Tags 0 | python}}.encode().hex())\n{{end}}", [][]string{{"python3", "t.py"}}},
		{"t.go", "{{header \"//\"}}\npackage main\n\nimport \"fmt\"\n\nfunc main() {\n{{range .Errors}}" + block + "fmt.Printf(\"%x\\n\", {{index .Tags 0 | go}})\n{{end}}}\n", [][]string{{"go", "run", "t.go"}}},
	} {
		t.Run(test.file, func(t *testing.T) {
			t.Parallel()
			texts := append([]string{"shareable_constant_value: literal", `/* nested`, `x \`, "x\u0085y\u2028z\x0bw\x0c", `"""`, `"\"`, `\`, `$(x) ${x} #{x} %{x} \(x)`, `\\u000aint y`, `\u000aint x`, `\u002a/`, `coding: latin-1`, `?> x`, "$a ${b} {$c} #{d} #$e \\(f) $(g)", `\\u000a`, "\x00", "a\u200bb"}, hostile...)
			made, err := generate(hostileCatalog(texts...), custom.Options{Template: []byte(test.template)})
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, test.file), made[0].Data, 0o644); err != nil {
				t.Fatal(err)
			}
			var out []byte
			for _, command := range test.commands {
				var ok bool
				if command[0] == "./t" {
					command[0] = filepath.Join(dir, "t")
				}
				if out, ok = runIn(t, dir, command...); !ok {
					return
				}
			}
			lines := strings.Split(string(out), "\n")
			for i, want := range texts {
				if i >= len(lines) || strings.TrimSpace(lines[i]) != hex.EncodeToString([]byte(want)) {
					t.Fatalf("%q is printed as %.200q", want, lines[min(i, len(lines)-1)])
				}
			}
		})
	}
}

// TestLists groups, filters, sorts and finds errors.
func TestLists(t *testing.T) {
	c := load.Source(t, []byte(`version: 1
catalog: {name: shop}
metadata: {team: string}
categories: {a: {title: A, http_status: 500}, b: {title: B, http_status: 404}}
errors:
  B_2: {code: "2", category: b, tags: [x, y], aliases: ["9"]}
  A_1: {code: "10", category: a, http_status: 404, metadata: {team: core}}
  A_3: {code: "3", category: a, former_names: [OLD], tags: [y]}
`))
	for _, test := range []struct{ template, want string }{
		{`{{range groupBy "Category" .Errors}}{{.Key}}:{{range .Items}} {{.Code}}{{end}};{{end}}`, "b: 2;a: 10 3;"},
		{`{{range groupBy "Metadata.team" .Errors}}{{.Key}}:{{len .Items}};{{end}}`, ":2;core:1;"},
		{`{{range sortBy "HTTPStatus" .Errors}}{{.Code}} {{end}}{{range sortBy "Name" .Errors}}{{.Code}} {{end}}`, "2 10 3 10 3 2 "},
		{`{{range where "Tags" "y" .Errors}}{{.Code}} {{end}}{{range where "HTTPStatus" 404 .Errors}}{{.Code}} {{end}}{{len (where "Name" "none" .Errors)}}`, "2 3 2 10 0"},
		{`{{(lookup "9" .).Name}} {{(lookup "OLD" .).Code}} {{with lookup "none" .}}{{.Code}}{{else}}none{{end}}`, "B_2 3 none"},
		{`{{range 1000000}}{{end}}`, ""},
		{`{{groupBy "Nothing" .Errors}}`, "error"},
		{`{{sortBy "Name" .Name}}`, "error"},
		{`{{identifier "klingon" .Name}}`, "error"},
		{`{{if true}}{{range 1000000000}}{{end}}{{end}}`, "error"},
		{`{{define "x"}}{{range $i := 1000000000}}{{end}}{{end}}{{template "x"}}`, "error"},
	} {
		made, err := generate(c, custom.Options{Template: []byte("{{header \"#\"}}\n" + test.template)})
		got := "error"
		if err == nil {
			_, got, _ = strings.Cut(string(made[0].Data), "\n")
		}
		if got != test.want {
			t.Errorf("%s: %q, %v, want %q", test.template, got, err, test.want)
		}
	}
}
