package catalog

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
)

// inParts parses a catalog in parts, if it can be cut; what is made of the
// parts must be what is made of the whole.
func inParts(t *testing.T, source []byte, size int) (cut bool) {
	s := newLoader("catalog.yaml", source).src
	if len(s.check()) > 0 {
		return false
	}
	got := s.parseInParts(size)
	if got == nil {
		return false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(source))
	want, err := decode(decoder)
	if err != nil {
		t.Errorf("parts of %d bytes can be parsed, the whole cannot: %v\n%s", size, err, source)
		return true
	}
	if next, err := decode(decoder); err == nil || next != nil {
		t.Errorf("parts of %d bytes are one document, the whole is several:\n%s", size, source)
	}
	for _, doc := range []*yaml.Node{got, want} {
		withoutComments(doc)
	}
	if !reflect.DeepEqual(got, want) {
		gotText, _ := yaml.Marshal(got)
		wantText, _ := yaml.Marshal(want)
		t.Errorf("parts of %d bytes make\n%s\nthe whole makes\n%s\nor the places differ", size, gotText, wantText)
	}
	return true
}

// withoutComments removes the comments of a document, which nobody reads.
func withoutComments(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, c := range n.Content {
		withoutComments(c)
	}
}

func TestParts(t *testing.T) {
	const head, tail = "version: 1\ncatalog: {name: x}\n", "reserved:\n- {code: A}\n"
	tests := []struct {
		name, source string
		cut          bool
	}{
		{"entries", head + "errors:\n  A: {}\n  B: {}\n", true},
		{"another section behind", head + "errors:\n  A: {}\n  B:\n    code: x\n" + tail, true},
		{"errors alone", "\nerrors:\n  A: {}\n  B: {}\n", true},
		{"comments and empty lines", "# a\n---\n" + head + "errors:  \n\n# b\n   # c\n  A: {} # d\n\n# e\n  # f\n  B: {}\n\n# g\n" + tail, true},
		{"Windows line ends", strings.ReplaceAll(head+"errors:\n  A: {}\n  B: {}\n"+tail, "\n", "\r\n"), true},
		{"a byte order mark", "\ufeff" + head + "errors:\n  A: {}\n  B: {}\n", true},
		{"other line ends", head + "errors:\n  A: {message: \"a\u2028  B: {}\"}\n  B: {message: \"\u0085\n\n   x\"}\n", true},
		{"block texts", head + "errors:\n  A:\n    message: |\n\n     B: x\n   # y\n  B: >-\n   C: x\n\n  C: {}\n", true},
		{"no entries", head + "errors:\n" + tail, false},
		{"no errors", head + tail, false},
		{"a value on the line", head + "errors: {A: {},\n  B: {}}\n", false},
		{"an anchor on the line", head + "errors: &all\n  A: {}\n  B: {}\n", false},
		{"a comment on the line", head + "errors: # all\n  A: {}\n  B: {}\n", false},
		{"a list", head + "errors:\n  - A\n  - B\n", false},
		{"names in quotes", head + "errors:\n  \"A\": {}\n  \"B\": {}\n", false},
		{"an entry within quotes", head + "errors:\n  A:\n    message: \"a\n  B: b\"\n  C: {}\n", false},
		{"an entry within brackets", head + "errors:\n  A: {message: x,\n  B: b}\n  C: {}\n", false},
		{"errors within quotes", "version: \"\nerrors:\n  A: {}\n  B: {}\n\"\n", false},
		{"a second document", head + "errors:\n  A: {}\n  B: {}\n---\n" + head, false},
		{"a document behind", head + "errors:\n  A: {}\n  B: {}\n...\n", false},
		{"a second document in the tail", head + "errors:\n  A: {}\n  B: {}\n" + tail + "---\na: b\n", false},
		{"a document that ends before", head + "...\nerrors:\n  A: {}\n  B: {}\n", false},
		{"an anchor in another part", head + "errors:\n  A: &a {}\n  B: *a\n", false},
		{"an anchor in the same part", head + "errors:\n  A: {x: &a {}, y: *a}\n  B: {}\n", true},
		{"a section that stands twice", head + "errors:\n  A: {}\n  B: {}\nerrors:\n  C: {}\n", true},
		{"less indented", head + "errors:\n  A: {}\n B: {}\n", false},
		{"deeper indented", head + "errors:\n  A: {}\n   B: {}\n", false},
		{"a tab", head + "errors:\n  A: {}\n\tB: {}\n", false},
		{"a broken tail", head + "errors:\n  A: {}\n  B: {}\nreserved: [\n", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if cut := inParts(t, []byte(test.source), 1); cut != test.cut {
				t.Errorf("cut: %t, want %t", cut, test.cut)
			}
		})
	}
	for _, size := range []int{1, 1000, partSize} {
		if !inParts(t, catalogtest.YAML(1000), size) {
			t.Errorf("a common catalog was not cut in parts of %d bytes", size)
		}
	}
}

// FuzzParts checks that a catalog which is cut is what it is as a whole.
func FuzzParts(f *testing.F) {
	archives, err := filepath.Glob("testdata/rules/*.txtar")
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
	f.Fuzz(func(t *testing.T, source []byte) { inParts(t, source, 1) })
}
