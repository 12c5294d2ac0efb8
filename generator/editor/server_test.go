package editor_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/workspace"
)

var update = flag.Bool("update", false, "write what the language server answers")

// cursor marks the place that a case asks about.
const cursor = "¦"

// TestServer asks the YAML language server what an author of a catalog asks it.
// In the archives of testdata, the file errcat.yaml or catalog.yaml of a case is
// what the author has written. After it stand the files with what the server
// answers:
//
//   - completions: what it offers at the cursor, with what it inserts.
//   - accept LABEL: the file after the author has accepted an offer, and has
//     replaced nothing in it. errcat has to accept it.
//   - hover: what it says about the word at the cursor.
//   - problems: what it marks. If there are none, the file has to be one that
//     errcat accepts.
func TestServer(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs the YAML language server")
	}
	s := startServer(t)
	schemas := writeSchemas(t)
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 3 {
		t.Fatalf("%d archives: %v", len(names), err)
	}
	archives := make([]*txtar.Archive, len(names))
	edited := make(map[*txtar.File]*editing) // all at once, because the server waits before it marks anything
	for i, name := range names {
		if archives[i], err = txtar.ParseFile(name); err != nil {
			t.Fatal(err)
		}
		var c *editing
		for j := range archives[i].Files {
			f := &archives[i].Files[j]
			if path, ok := strings.CutPrefix(f.Name, "file "); ok {
				c = s.edit(t, fmt.Sprintf("%s/%d", name, j), path, schemas[path], string(f.Data))
			} else {
				edited[f] = c
			}
		}
	}
	for i, name := range names {
		for j := range archives[i].Files {
			f := &archives[i].Files[j]
			c := edited[f]
			if c == nil {
				continue
			}
			got := c.answer(f.Name)
			if *update {
				f.Data = []byte(got)
			} else if diff := cmp.Diff(string(f.Data), got); diff != "" {
				t.Errorf("%s: the %s of\n%s\n(-want +got):\n%s", name, f.Name, c.text, diff)
			}
		}
		if *update {
			writeFile(t, name, txtar.Format(archives[i]))
		}
	}
	if len(edited) < 60 {
		t.Errorf("the server was asked %d questions", len(edited))
	}
}

// writeSchemas writes the schemas, and returns their paths by the name of the
// file that they describe.
func writeSchemas(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	paths := make(map[string]string)
	for name, schema := range schemas(t) {
		paths[name] = filepath.Join(dir, name+".schema.json")
		writeFile(t, paths[name], schema)
	}
	return paths
}

// schemas returns the schemas by the name of the file that they describe.
func schemas(t *testing.T) map[string][]byte {
	t.Helper()
	ofCatalog, err := generator.Schema("")
	if err != nil {
		t.Fatal(err)
	}
	ofWorkspace, err := workspace.Schema()
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"catalog.yaml": ofCatalog, "errcat.yaml": ofWorkspace}
}

// editing is a file that an author edits.
type editing struct {
	document
	t    *testing.T
	name string
	// text is the file, whose first line names the schema, without the cursor, which
	// is at.
	text  string
	at    position
	offer []completionItem
}

// edit opens a file in the server.
func (s *server) edit(t *testing.T, id, name, schema, content string) *editing {
	t.Helper()
	before, after, _ := strings.Cut("# yaml-language-server: $schema="+schema+"\n"+content, cursor)
	lines := strings.Split(before, "\n")
	last := lines[len(lines)-1]
	c := &editing{t: t, name: name, text: before + after, at: position{len(lines) - 1, len(last)}}
	c.document = s.open("file:///"+id+"/"+name, c.text)
	return c
}

// answer returns what the server answers a question, as the archives show it.
func (c *editing) answer(question string) string {
	c.t.Helper()
	label, isAccept := strings.CutPrefix(question, "accept ")
	switch {
	case question == "completions" || isAccept && c.offer == nil:
		c.offer = c.complete(c.at)
		if !isAccept {
			return c.completions()
		}
		fallthrough
	case isAccept:
		return c.accept(label)
	case question == "hover":
		return strings.TrimSpace(c.hover(c.at)) + "\n"
	case question == "problems":
		return c.marks()
	}
	c.t.Fatalf("unknown question %q", question)
	return ""
}

// completions returns the offers with what they insert.
func (c *editing) completions() string {
	var b strings.Builder
	for _, item := range c.offer {
		lines := strings.Split(strings.TrimRight(item.TextEdit.NewText, "\n"), "\n")
		fmt.Fprintf(&b, "%s => %s\n", item.Label, lines[0])
		for _, line := range lines[1:] {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	return b.String()
}

var (
	stopWithDefault = regexp.MustCompile(`\$\{\d+:((?:[^}\\]|\\.)*)\}`)
	stopWithChoice  = regexp.MustCompile(`\$\{\d+\|([^,|]*)[^|]*\|\}`)
	stop            = regexp.MustCompile(`\$\d+|\$\{\d+\}`)
)

// accept returns the file after the author has accepted an offer.
func (c *editing) accept(label string) string {
	c.t.Helper()
	for _, item := range c.offer {
		if item.Label != label {
			continue
		}
		lines := strings.Split(c.text, "\n")
		line := lines[c.at.Line]
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		inserted := stopWithDefault.ReplaceAllString(item.TextEdit.NewText, "$1")
		inserted = stop.ReplaceAllString(stopWithChoice.ReplaceAllString(inserted, "$1"), "x1")
		start, end := item.TextEdit.Range.Start.Character, item.TextEdit.Range.End.Character
		lines[c.at.Line] = line[:start] + strings.ReplaceAll(inserted, "\n", "\n"+indent) + line[end:]
		_, text, _ := strings.Cut(strings.Join(lines, "\n"), "\n")
		if ds := load(c.name, text); ds.HasErrors() {
			c.t.Errorf("errcat does not accept the file after %s:\n%s\n%v", label, text, ds)
		}
		return text
	}
	c.t.Errorf("there is no %s at the cursor of\n%s", label, c.text)
	return ""
}

// load returns what errcat reports about a file.
func load(name, text string) diag.Diagnostics {
	if name == workspace.FileName {
		_, ds := workspace.Load(name, []byte(text))
		return ds
	}
	_, ds := generator.Load(name, []byte(text))
	return ds
}

// marks returns the problems, each with the text that is marked.
func (c *editing) marks() string {
	c.t.Helper()
	lines := strings.Split(c.text, "\n")
	var b strings.Builder
	for _, d := range c.problems() {
		from, to := d.Range.Start, d.Range.End
		marked := lines[from.Line][from.Character:]
		if to.Line == from.Line {
			marked = marked[:to.Character-from.Character]
		}
		fmt.Fprintf(&b, "%d: %s: %s\n", from.Line, marked, d.Message)
	}
	_, text, _ := strings.Cut(c.text, "\n")
	if ds := load(c.name, text); ds.HasErrors() != (b.Len() > 0) {
		c.t.Errorf("the server says\n%s\nand errcat says %v about\n%s", &b, ds, text)
	}
	return b.String()
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
