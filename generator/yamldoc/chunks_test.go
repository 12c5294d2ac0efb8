package yamldoc

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/diag"
)

// inChunks parses a source in chunks, if it can be cut; what is made of the chunks
// must equal what is made of the whole.
func inChunks(t *testing.T, source []byte, size int) (cut bool) {
	d := New("catalog.yaml", source, diag.NewReport("catalog.yaml"))
	if !d.checkText() {
		return false
	}
	got := d.parseInChunks("errors", size)
	if got == nil {
		return false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(source))
	want, err := decode(decoder)
	if err != nil {
		t.Errorf("chunks of %d bytes can be parsed, the whole cannot: %v\n%s", size, err, source)
		return true
	}
	if next, err := decode(decoder); err == nil || next != nil {
		t.Errorf("chunks of %d bytes are one document, the whole is several:\n%s", size, source)
	}
	for _, doc := range []*yaml.Node{got, want} {
		withoutComments(doc)
	}
	if !reflect.DeepEqual(got, want) {
		gotText, _ := yaml.Marshal(got)
		wantText, _ := yaml.Marshal(want)
		t.Errorf("chunks of %d bytes make\n%s\nthe whole makes\n%s\nor the places differ", size, gotText, wantText)
	}
	return true
}

// withoutComments removes the comments of a document, which are not used.
func withoutComments(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, c := range n.Content {
		withoutComments(c)
	}
}

func TestChunks(t *testing.T) {
	const head, tail = "version: 1\ncatalog: {name: x}\n", "reserved:\n- {code: A}\n"
	tests := []struct {
		name, source string
		cut          bool
	}{
		{"entries", head + "errors:\n  A: {}\n  B: {}\n", true},
		{"another section after it", head + "errors:\n  A: {}\n  B:\n    code: x\n" + tail, true},
		{"nothing else", "\nerrors:\n  A: {}\n  B: {}\n", true},
		{"comments and empty lines", "# a\n---\n" + head + "errors:  \n\n# b\n   # c\n  A: {} # d\n\n# e\n  # f\n  B: {}\n\n# g\n" + tail, true},
		{"Windows line ends", strings.ReplaceAll(head+"errors:\n  A: {}\n  B: {}\n"+tail, "\n", "\r\n"), true},
		{"a byte order mark", "\ufeff" + head + "errors:\n  A: {}\n  B: {}\n", true},
		{"block scalars", head + "errors:\n  A:\n    message: |\n\n     B: x\n   # y\n  B: >-\n   C: x\n\n  C: {}\n", true},
		{"no entries", head + "errors:\n" + tail, false},
		{"no errors", head + tail, false},
		{"a value on the line", head + "errors: {A: {},\n  B: {}}\n", false},
		{"an anchor on the line", head + "errors: &all\n  A: {}\n  B: {}\n", false},
		{"a comment on the line", head + "errors: # all\n  A: {}\n  B: {}\n", false},
		{"a list", head + "errors:\n  - A\n  - B\n", false},
		{"names in quotes", head + "errors:\n  \"A\": {}\n  \"B\": {}\n", false},
		{"an entry within quotes", head + "errors:\n  A:\n    message: \"a\n  B: b\"\n  C: {}\n", false},
		{"an entry within brackets", head + "errors:\n  A: {message: x,\n  B: b}\n  C: {}\n", false},
		{"a section within quotes", "version: \"\nerrors:\n  A: {}\n  B: {}\n\"\n", false},
		{"a second document", head + "errors:\n  A: {}\n  B: {}\n---\n" + head, false},
		{"the end of the document", head + "errors:\n  A: {}\n  B: {}\n...\n", false},
		{"a second document at the end", head + "errors:\n  A: {}\n  B: {}\n" + tail + "---\na: b\n", false},
		{"a document that ends before the section", head + "...\nerrors:\n  A: {}\n  B: {}\n", false},
		{"an anchor in another chunk", head + "errors:\n  A: &a {}\n  B: *a\n", false},
		{"an anchor in the same chunk", head + "errors:\n  A: {x: &a {}, y: *a}\n  B: {}\n", true},
		{"a duplicate section", head + "errors:\n  A: {}\n  B: {}\nerrors:\n  C: {}\n", true},
		{"indented less", head + "errors:\n  A: {}\n B: {}\n", false},
		{"indented deeper", head + "errors:\n  A: {}\n   B: {}\n", false},
		{"a tab", head + "errors:\n  A: {}\n\tB: {}\n", false},
		{"a broken end", head + "errors:\n  A: {}\n  B: {}\nreserved: [\n", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if cut := inChunks(t, []byte(test.source), 1); cut != test.cut {
				t.Errorf("cut: %t, want %t", cut, test.cut)
			}
		})
	}
	for _, size := range []int{1, 1000, chunkSize} {
		if !inChunks(t, catalogtest.YAML(1000), size) {
			t.Errorf("an ordinary catalog was not cut into chunks of %d bytes", size)
		}
	}
}

// FuzzChunks checks that parsing in chunks makes no difference.
func FuzzChunks(f *testing.F) {
	archives, err := filepath.Glob("../catalog/testdata/rules/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".yaml") {
				f.Add(file.Data)
			}
		}
	}
	smileID, err := os.ReadFile("../../catalog.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(smileID)
	f.Add(catalogtest.YAML(3))
	f.Fuzz(func(t *testing.T, source []byte) { inChunks(t, source, 1) })
}
