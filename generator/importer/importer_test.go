package importer_test

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/importer"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// files are sources of all formats.
var files = []struct {
	name   string
	format importer.Format
}{
	{"codes.md", importer.Markdown}, {"smile-id.md", importer.Markdown}, {"codes.html", importer.HTML}, {"codes.csv", importer.CSV}, {"codes.tsv", importer.TSV},
	{"codes.json", importer.JSON}, {"conditions.json", importer.JSON}, {"codes.go.txt", importer.Go}, {"codes.proto", importer.Proto}, {"codes.properties", importer.Properties}, {"errcodes.txt", importer.Postgres},
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestImport compares the catalogs and reports of sources with golden files. The
// catalogs are valid, and errcat fmt changes nothing in them.
func TestImport(t *testing.T) {
	for _, f := range files {
		r, err := importer.Import(f.name, read(t, f.name), f.format, importer.Options{Name: "codes"})
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		var b bytes.Buffer
		b.Write(r.Catalog)
		fmt.Fprintf(&b, "---\n%d errors, %d codes\n", r.Errors, r.Codes)
		for _, g := range r.Guesses {
			fmt.Fprintf(&b, "guessed: %d %s\n", g.Count, g.What)
		}
		for _, d := range r.Decisions {
			fmt.Fprintf(&b, "line %d: %s\n", d.Line, d.Text)
		}
		golden := filepath.Join("testdata", f.name+".golden")
		if *update {
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := read(t, f.name+".golden"); !bytes.Equal(b.Bytes(), want) {
			t.Errorf("%s: got\n%s\nwant\n%s", f.name, b.Bytes(), want)
		}
		if c, ds := catalog.Load("catalog.yaml", r.Catalog); c == nil {
			t.Errorf("%s: %v", f.name, ds)
		}
		checkResult(t, f.format, read(t, f.name), r)
	}
}

// TestPublishedTable imports the table whose errors are those of catalog.yaml: it
// has the same codes, and each error the same aliases.
func TestPublishedTable(t *testing.T) {
	r, err := importer.Import("smile-id.md", read(t, "smile-id.md"), importer.Markdown, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	imported, ds := catalog.Load("imported.yaml", r.Catalog)
	if imported == nil {
		t.Fatal(ds)
	}
	source, err := os.ReadFile("../../catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	published, ds := catalog.Load("catalog.yaml", source)
	if published == nil {
		t.Fatal(ds)
	}
	codes := func(c *catalog.Catalog) map[string]string {
		all := make(map[string]string)
		for _, e := range c.Errors {
			if e.Code == e.Name { // the row without a code, which is not imported
				continue
			}
			var aliases []string
			for _, a := range e.Aliases {
				aliases = append(aliases, a.Code)
			}
			all[e.Code] = strings.Join(aliases, " ")
		}
		return all
	}
	got, want := codes(imported), codes(published)
	if len(want) != 17 || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the codes are\n%v, want\n%v", got, want)
	}
	if len(r.Decisions) != 1 || !strings.Contains(r.Decisions[0].Text, "ID Validation") {
		t.Errorf("%v is to be decided, want the row without a code", r.Decisions)
	}
}

// TestFormatOf checks by which names formats are known.
func TestFormatOf(t *testing.T) {
	for name, want := range map[string]importer.Format{
		"docs/Errors.MD": importer.Markdown, "a.htm": importer.HTML, "a.csv": importer.CSV, "a.tab": importer.TSV, "a.json": importer.JSON,
		"a.go": importer.Go, "a.proto": importer.Proto, "a.properties": importer.Properties, "src/errcodes.txt": importer.Postgres, "a.txt": "", "-": "",
	} {
		if got := importer.FormatOf(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestNothing checks the errors about sources that have no codes.
func TestNothing(t *testing.T) {
	for _, c := range []struct {
		format       importer.Format
		source, want string
	}{
		{importer.Markdown, "# Text\n", "x: no error codes found"},
		{importer.Markdown, "| a | b |\n|--|--|\n| some words | more |\n", "x: no error codes found: the table at line 1 has no column of codes"},
		{importer.CSV, "code\nsome words\n", `x: no error codes found: line 2: "some words" is not a code; the row is not imported: "some words"`},
		{importer.JSON, "{", "x: line 1: the file ends within a value"},
		{importer.JSON, "{}{}", "x: line 1: a second value follows the first"},
		{importer.JSON, strings.Repeat("[", 1000), "x: line 1: values are nested too deeply"},
		{importer.Go, "package", "x: source.go:1:8: expected 'IDENT', found 'EOF'"},
		{importer.Go, "package x\n", "x: no error codes found"},
		{importer.Proto, "enum", "x: no error codes found"},
		{importer.Properties, "", "x: no error codes found"},
		{importer.Postgres, "# only\n", "x: no error codes found"},
		{"xml", "", `unknown format "xml"`},
	} {
		if r, err := importer.Import("x", []byte(c.source), c.format, importer.Options{}); err == nil || err.Error() != c.want {
			t.Errorf("%s %q: %v, %v; want %s", c.format, c.source, r, err, c.want)
		}
	}
}

// TestNamesOfOtherAlphabets imports Go names that a catalog cannot have.
func TestNamesOfOtherAlphabets(t *testing.T) {
	source := []byte("package x\n\nvar (\n\tErrÜberlauf = errors.New(\"too much\")\n\tÄ = errors.New(\"x\")\n\tErr" + strings.Repeat("Long", 300) + " = errors.New(\"long\")\n)\n")
	r, err := importer.Import("x.go", source, importer.Go, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, importer.Go, source, r)
	c, ds := catalog.Load("catalog.yaml", r.Catalog)
	if c == nil || len(ds) > 0 || len(c.Errors) != 2 || c.Errors[0].Name != "ERR_BERLAUF" || len(c.Errors[1].Name) > 60 {
		t.Errorf("the catalog is\n%s%v", r.Catalog, ds)
	}
	var decisions []string
	for _, d := range r.Decisions {
		decisions = append(decisions, fmt.Sprintf("%d: %.70s", d.Line, d.Text))
	}
	if want := []string{
		`4: "ErrÜberlauf" cannot be a name in a catalog; it became ERR_BERLAUF`, `5: "Ä" cannot be a name in a catalog; the error is not imported`,
	}; len(decisions) != 3 || !slices.Equal(decisions[:2], want) {
		t.Errorf("the decisions are %q", decisions)
	}
}

// TestCodesOfCells checks which codes a cell has.
func TestCodesOfCells(t *testing.T) {
	for cell, want := range map[string]string{
		"E1": "[E1 []]", "E1, E2": "[E1 [E2]]", "E1/E2": "[E1/E2 []]", "E1 / E2": "[E1 [E2]]", "E1 or E2": "[E1 [E2]]", "E1 E2;E3": "", "E1 E2": "[E1 [E2]]", "-1": "",
		"none found": "", "N/A": "", "none": "", "--": "", "": "", "E1 (old)": "", "E1 or so": "", "1003-1009": "", "E1-E9": "", "1..5": "", "404-1": "[404-1 []]", "2024-7": "[2024-7 []]",
		"INVALID_ID": "[INVALID_ID []]", "a b": "", "42P01": "[42P01 []]", "É1": "", "E1,": "",
	} {
		source := "code,text\nX1,x\nX2,y\n\"" + cell + "\",z\n"
		r, err := importer.Import("x.csv", []byte(source), importer.CSV, importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		c, ds := catalog.Load("x.yaml", r.Catalog)
		if c == nil {
			t.Fatal(ds)
		}
		got := ""
		for _, e := range c.Errors[2:] {
			var aliases []string
			for _, a := range e.Aliases {
				aliases = append(aliases, a.Code)
			}
			got = fmt.Sprint([]any{e.Code, aliases})
		}
		if got != want || (got == "") != (len(r.Decisions) == 1) {
			t.Errorf("%q: got %s, want %s; %v is to be decided", cell, got, want, r.Decisions)
		}
	}
}

// TestCodesWithDashes reads codes that have the form of ranges, all of them.
func TestCodesWithDashes(t *testing.T) {
	r, err := importer.Import("x.csv", []byte("code,text\n10-11,a\n10-12,b\n11-01,c\n"), importer.CSV, importer.Options{})
	if err != nil || r.Codes != 3 || len(r.Decisions) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestEncodings reads the same table in the encodings that spreadsheets and old
// tools write.
func TestEncodings(t *testing.T) {
	const source = "code,text\nE1,Gerät fehlt\n"
	utf16, latin := "\xFF\xFE", ""
	for _, c := range source {
		utf16 += string([]byte{byte(c), byte(c >> 8)})
		latin += string([]byte{byte(c)})
	}
	big := "\xFE\xFF"
	for _, c := range source {
		big += string([]byte{byte(c >> 8), byte(c)})
	}
	for name, text := range map[string]string{"UTF-8": source, "BOM": "\uFEFF" + source, "UTF-16": utf16, "UTF-16 BE": big, "ISO 8859-1": latin, "CRLF": strings.ReplaceAll(source, "\n", "\r\n")} {
		r, err := importer.Import("x.csv", []byte(text), importer.CSV, importer.Options{})
		if err != nil || !strings.Contains(string(r.Catalog), `message: "Gerät fehlt"`) {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
}

// TestHostile imports texts that are made to leave their place in the catalog.
func TestHostile(t *testing.T) {
	for _, text := range []string{
		"a\nerrors: {}", "# x", "' \" \\", "{x} }{ {{y}} ${z} %s %d", "*a &b !c", "- a", "a: b", "@`|>", "\x1b[31m\u202e", "\u2028x\u0085y", "\U000E0001\U0001F600",
		"<script>alert(1)</script>", "[a](javascript:x)", "~", "null", "yes", strings.Repeat("x", 30_000), "{type} {status} {_} {a_b} {aB} {AB}", "\x00", "  ", "é\uFEFF",
	} {
		quoted := strings.NewReplacer(`"`, `""`).Replace(text)
		source := "code,name,message,description,category,severity,other\nE1,\"" + quoted + "\",\"" + quoted + "\",\"" + quoted + "\",\"" + quoted + "\",\"" + quoted + "\",\"" + quoted + "\"\nE2,,,,,,\n"
		r, err := importer.Import("a\n: *.csv", []byte(source), importer.CSV, importer.Options{})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		checkResult(t, importer.CSV, []byte(source), r)
		c, ds := catalog.Load("catalog.yaml", r.Catalog)
		if c == nil || len(c.Errors) != 2 {
			t.Errorf("%q: %v\n%s", text, ds, r.Catalog)
		}
	}
}

// checkResult checks that the catalog is YAML in canonical form, that a catalog
// with mistakes says which, and that all of its codes are in the source.
func checkResult(t *testing.T, format importer.Format, source []byte, r *importer.Result) {
	t.Helper()
	text, ds, err := catalog.Format("catalog.yaml", r.Catalog)
	if err != nil || ds != nil {
		t.Fatalf("the catalog is not YAML: %v, %v\n%s", ds, err, r.Catalog)
	}
	if !bytes.Equal(text, r.Catalog) {
		t.Fatalf("the catalog is not formatted: %s", catalogtest.Difference(string(r.Catalog), string(text)))
	}
	c, ds := catalog.Load("catalog.yaml", r.Catalog)
	if len(ds) > 0 && len(r.Decisions) == 0 {
		t.Fatalf("nothing is to be decided, but %v", ds)
	}
	if c == nil || format == importer.Go || format == importer.Proto || format == importer.Properties {
		return // their codes are values of expressions, or escaped
	}
	plain := strings.ReplaceAll(string(source), "\x00", "")
	for _, e := range c.Errors {
		if format == importer.HTML || format == importer.Markdown {
			if !hasInOrder(html.UnescapeString(plain), e.Code) { // with markup in it
				t.Errorf("the characters of the code %s are not in the source", e.Code)
			}
		} else if !strings.Contains(plain, e.Code) && !bytes.ContainsAny(source, "\\\xFE\xFF") {
			t.Errorf("the code %s is not in the source", e.Code)
		}
	}
}

// hasInOrder reports whether a text has the characters of another in their order.
func hasInOrder(text, other string) bool {
	for _, r := range other {
		_, after, found := strings.Cut(text, string(r))
		if !found {
			return false
		}
		text = after
	}
	return true
}

// fuzz imports anything as a format.
func fuzz(f *testing.F, format importer.Format) {
	switch format { // codes with markup in them
	case importer.HTML:
		f.Add([]byte("<table><tr><th>code<th>message<tr><td>&#65;<b>1</b><td>x<tr><td>B<td>y</table>"))
	case importer.Markdown:
		f.Add([]byte("| code | message |\n|-|-|\n| 10[0](https://e.com)&#49; | x |\n| \\A\\_`1` | y |\n"))
	}
	for _, file := range files {
		if file.format == format {
			f.Add(read(f, file.name))
		}
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		r, err := importer.Import("source", source, format, importer.Options{})
		if err != nil {
			return
		}
		checkResult(t, format, source, r)
	})
}

func FuzzMarkdown(f *testing.F)   { fuzz(f, importer.Markdown) }
func FuzzHTML(f *testing.F)       { fuzz(f, importer.HTML) }
func FuzzCSV(f *testing.F)        { fuzz(f, importer.CSV) }
func FuzzTSV(f *testing.F)        { fuzz(f, importer.TSV) }
func FuzzJSON(f *testing.F)       { fuzz(f, importer.JSON) }
func FuzzGo(f *testing.F)         { fuzz(f, importer.Go) }
func FuzzProto(f *testing.F)      { fuzz(f, importer.Proto) }
func FuzzProperties(f *testing.F) { fuzz(f, importer.Properties) }
func FuzzPostgres(f *testing.F)   { fuzz(f, importer.Postgres) }
