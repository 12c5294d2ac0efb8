package yamldoc_test

import (
	"errors"
	"testing"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// TestEdits inserts, replaces and deletes the lines of an entry, and checks that
// everything else stays, byte for byte.
func TestEdits(t *testing.T) {
	const before, entry, after = "# top\n\na:\n    b: &x 1   # one\n\n", "    # about c\n    # more\n    c:\n        d: |\n            text\n", "\n    e:   *x # end\n"
	for _, test := range []struct {
		name, want string
		edit       func(e *yamldoc.Edits, d *yamldoc.Document, a *yamldoc.Node, start, end int)
	}{
		{"delete", before + after, func(e *yamldoc.Edits, d *yamldoc.Document, a *yamldoc.Node, start, end int) {
			e.Replace(start, end, "")
			a.Content = append(a.Content[:2:2], a.Content[4:]...)
		}},
		{"insert before", before + "    n: v\n" + entry + after, func(e *yamldoc.Edits, d *yamldoc.Document, a *yamldoc.Node, start, end int) {
			e.Replace(start, start, "    n: v\n")
			a.Content = append(append(a.Content[:2:2], scalar("n"), scalar("v")), a.Content[2:]...)
		}},
		{"insert after", before + entry + "    n: v\n" + after, func(e *yamldoc.Edits, d *yamldoc.Document, a *yamldoc.Node, start, end int) {
			e.Replace(end, end, "    n: v\n")
			a.Content = append(append(a.Content[:4:4], scalar("n"), scalar("v")), a.Content[4:]...)
		}},
		{"rename", before + "    # about c\n    # more\n    new:\n        d: |\n            text\n" + after, func(e *yamldoc.Edits, d *yamldoc.Document, a *yamldoc.Node, start, end int) {
			from, to := d.Span(a.Content[2])
			e.Replace(from, to, "new")
			a.Content[2].Value = "new"
		}},
	} {
		d := yamldoc.New("x.yaml", []byte(before+entry+after), diag.NewReport("x.yaml"))
		root, ok := d.Parse("")
		if !ok {
			t.Fatal("not YAML")
		}
		a := yamldoc.Child(root, "a")
		start, end := d.Lines(a.Content[2], a.Content[3])
		e := d.Edit()
		test.edit(e, d, a, start, end)
		got, err := e.Apply(root)
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", test.name, err, got, test.want)
		}
	}
}

// scalar returns a string as the parser would.
func scalar(s string) *yamldoc.Node {
	d := yamldoc.New("", []byte(s), diag.NewReport(""))
	root, _ := d.Parse("")
	return root
}

// TestEditsLastLine checks the lines of a node at the end of a file that does not
// end in a line break.
func TestEditsLastLine(t *testing.T) {
	const source = "a: 1\r\nb: 2 # c"
	d := yamldoc.New("x.yaml", []byte(source), diag.NewReport("x.yaml"))
	root, _ := d.Parse("")
	if start, end := d.Lines(root.Content[2], root.Content[3]); source[start:end] != "b: 2 # c" {
		t.Errorf("the lines are %q", source[start:end])
	}
	if start, end := d.Lines(root.Content[0], root.Content[1]); source[start:end] != "a: 1\r\n" {
		t.Errorf("the lines are %q", source[start:end])
	}
}

// TestEditsCheck refuses edits whose result is not the one that was meant.
func TestEditsCheck(t *testing.T) {
	const source = "a: &x 1\nb: [*x, 2]\n"
	for _, c := range []struct {
		start, end int
		text       string
	}{
		{3, 7, "1"}, {0, 1, "c"}, {6, 7, "'1'"}, {11, 17, "{}"}, {12, 14, "1"}, {0, 0, "c: 1\n"}, {8, 18, ""},
		{0, 0, "["}, {18, 18, "---\nd: 1\n"}, {18, 18, "a: 1\n"}, {3, 5, "&y"}, {6, 7, "&z 1"}, {0, 18, ""},
	} {
		d := yamldoc.New("x.yaml", []byte(source), diag.NewReport("x.yaml"))
		root, _ := d.Parse("")
		e := d.Edit()
		e.Replace(c.start, c.end, c.text)
		if got, err := e.Apply(root); !errors.Is(err, yamldoc.ErrContent) {
			t.Errorf("%q is accepted: %v", got, err)
		}
	}
	d := yamldoc.New("x.yaml", []byte(source), diag.NewReport("x.yaml"))
	root, _ := d.Parse("")
	e := d.Edit()
	e.Replace(0, 4, "")
	e.Replace(3, 5, "")
	if _, err := e.Apply(root); err == nil {
		t.Error("edits that overlap are accepted")
	}
}
