package edit_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"golang.org/x/tools/txtar"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/edit"
)

var update = flag.Bool("update", false, "rewrite the expected results in the scripts")

// TestGolden applies changes to catalogs of many layouts. A file of testdata has
// catalogs, each followed by the changes to it, in a file whose name is that of the
// catalog with .want: lines that begin with $ are changes, and the lines below are
// what becomes of the catalog, as a difference.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			a := txtar.Parse(data)
			var source []byte
			for i, f := range a.Files {
				if !strings.HasSuffix(f.Name, ".want") {
					source = replaceMarks(f.Data)
					continue
				}
				var got strings.Builder
				for line := range strings.Lines(string(f.Data)) {
					command, ok := strings.CutPrefix(line, "$ ")
					if !ok {
						continue
					}
					if got.Len() > 0 {
						got.WriteString("\n")
					}
					got.WriteString(line + outcome(t, source, parse(t, strings.TrimSpace(command), source)))
				}
				if got.String() != string(f.Data) && !*update {
					t.Errorf("%s:\n%s", f.Name, udiff.Unified("want", "got", string(f.Data), got.String()))
				}
				a.Files[i].Data = []byte(got.String())
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// replaceMarks replaces what a txtar file cannot have: <CR>, <TAB>, and <END> for the
// end of a file without a line break.
func replaceMarks(data []byte) []byte {
	s := strings.NewReplacer("<CR>", "\r", "<TAB>", "\t", "<BOM>", "\uFEFF").Replace(string(data))
	if before, _, ok := strings.Cut(s, "<END>"); ok {
		s = before
	}
	return []byte(s)
}

// outcome returns what a change does: a difference and notes, or why it does not.
func outcome(t *testing.T, source []byte, change edit.Change) string {
	t.Helper()
	before := string(source)
	r, err := edit.Apply("catalog.yaml", source, change)
	if string(source) != before {
		t.Error("the source has changed")
	}
	manual, invalid := (*edit.Manual)(nil), (*diag.FileError)(nil)
	switch {
	case errors.As(err, &manual):
		return fmt.Sprintf("manual: %s\n%s:\n%s", manual.Reason, manual.Where, manual.Text)
	case errors.As(err, &invalid):
		return "invalid:\n" + invalid.Error() + "\n"
	case err != nil:
		return "refused: " + err.Error() + "\n"
	}
	var b strings.Builder
	if !strings.HasSuffix(before, "\n") || !strings.HasSuffix(string(r.Text), "\n") {
		b.WriteString("end: " + fmt.Sprintf("%q %q", before[strings.LastIndexByte(strings.TrimRight(before, "\r\n"), '\n')+1:], string(r.Text[strings.LastIndexByte(strings.TrimRight(string(r.Text), "\r\n"), '\n')+1:])) + "\n")
	}
	_, diff, _ := strings.Cut(udiff.Unified("a", "b", before, string(r.Text)), "+++ b\n")
	for line := range strings.Lines(diff) {
		line = strings.NewReplacer("\r", "<CR>", "\t", "<TAB>", "\uFEFF", "<BOM>").Replace(strings.TrimSuffix(line, "\n"))
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	for _, note := range r.Notes {
		b.WriteString("note: " + note + "\n")
	}
	for _, w := range r.Warnings {
		b.WriteString("warning: " + w.Message + "\n")
	}
	return b.String()
}

// parse reads a change: the words of a command line, such as
// "rename A B" or "add A category=c code=1".
func parse(t *testing.T, line string, source []byte) edit.Change {
	t.Helper()
	words := split(line)
	options := make(map[string]string)
	var args []string
	for _, w := range words[1:] {
		if key, value, ok := strings.Cut(w, "="); ok {
			options[key] = strings.ReplaceAll(value, `\n`, "\n")
		} else {
			args = append(args, w)
		}
	}
	life := edit.Lifecycle{Since: options["since"], Reason: options["reason"], ReplacedBy: options["by"]}
	var others []edit.Other
	if other := options["other"]; other != "" {
		c := catalog.Read("other.yaml", []byte("version: 1\ncatalog: { name: x }\nerrors: {"+other+"}\n")).Catalog()
		others = []edit.Other{{Where: "main", Catalog: c}}
	}
	switch words[0] {
	case "add":
		a := edit.Add{Name: args[0], Category: options["category"], Code: options["code"], Texts: make(map[string]string), Others: others}
		for key, value := range options {
			switch key {
			case "status":
				fmt.Sscan(value, &a.HTTPStatus)
			case "params":
				for p := range strings.SplitSeq(value, ",") {
					name, kind, _ := strings.Cut(p, ":")
					a.Params = append(a.Params, edit.Param{Name: name, Type: kind})
				}
			case "metadata":
				for p := range strings.SplitSeq(value, ";") {
					name, value, _ := strings.Cut(p, ":")
					a.Metadata = append(a.Metadata, [2]string{name, value})
				}
			case "tags":
				a.Tags = strings.Split(value, ",")
			case "category", "code", "other":
			default:
				a.Texts[key] = value
			}
		}
		return a
	case "rename":
		return edit.Rename{Error: args[0], Name: args[1], Others: others}
	case "deprecate":
		return edit.Deprecate{Error: args[0], Lifecycle: life}
	case "retire":
		return edit.Retire{Error: args[0], Lifecycle: life}
	case "remove":
		return edit.Remove{Error: args[0], Reason: options["reason"], IsUnreleased: options["unreleased"] != "", Force: options["force"] != ""}
	case "accept":
		a := edit.Accept{Reason: options["reason"]}
		for _, arg := range args {
			words := strings.SplitN(arg, ":", 3) // ERROR:RULE:TO, without the error for the catalog
			for len(words) < 3 {
				words = append(words, "")
			}
			i := slices.IndexFunc(diag.ChangeRules(), func(r diag.Rule) bool { return r.ID() == words[1] })
			if i < 0 {
				t.Fatalf("no rule %q", words[1])
			}
			a.Changes = append(a.Changes, edit.Accepted{Error: words[0], Rule: diag.ChangeRules()[i], To: words[2]})
		}
		if removed := options["removed"]; removed != "" {
			a.Removed = catalog.Read("old.yaml", []byte("version: 1\ncatalog: { name: x }\nerrors: {"+removed+"}\n")).Catalog().Errors
		}
		if codes := options["codes"]; codes != "" {
			a.Codes = strings.Split(codes, ",")
		}
		return a
	case "reserve":
		return edit.Reserve{Words: args, Reason: options["reason"]}
	}
	t.Fatalf("unknown change %q", line)
	return nil
}

// split returns the words of a line; quotes keep spaces.
func split(line string) []string {
	var words []string
	var word strings.Builder
	quoted := false
	for _, c := range line + " " {
		switch {
		case c == '\'':
			quoted = !quoted
		case c == ' ' && !quoted:
			if word.Len() > 0 {
				words = append(words, word.String())
			}
			word.Reset()
		default:
			word.WriteRune(c)
		}
	}
	return words
}
