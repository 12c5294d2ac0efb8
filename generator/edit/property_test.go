package edit_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/edit"
)

// describe returns what an error is, without its places in the file.
func describe(e *catalog.Error) string {
	var b strings.Builder
	category := ""
	if e.Category != nil {
		category = e.Category.Name
	}
	fmt.Fprintf(&b, "%s %s %s %d %q %q %q %q %v %s %s %s %s %v %s %s", e.Name, e.Code, category, e.HTTPStatus, e.Title, e.Message.Template(), e.Description.Source(), e.Resolution.Source(),
		e.Links, e.Retry, e.RetryAfter, e.Severity, e.Audience, e.Tags, e.Owner, e.Since)
	for _, a := range e.Aliases {
		b.WriteString(" alias " + a.Code)
	}
	for _, s := range e.Synonyms {
		b.WriteString(" synonym " + s.Name)
	}
	for _, f := range e.FormerNames {
		b.WriteString(" former " + f.Name)
	}
	for _, p := range e.Params {
		fmt.Fprintf(&b, " param %s %s %q %v %v %v", p.Name, p.Type, p.Description.Source(), p.Example, p.Values, p.Sensitive)
	}
	for _, m := range e.Metadata {
		fmt.Fprintf(&b, " metadata %s %v", m.Key, m.Value)
	}
	for _, l := range []*catalog.Lifecycle{e.Deprecated, e.Retired} {
		if l != nil {
			fmt.Fprintf(&b, " life %q %q", l.Since, l.Reason.Source())
			if l.ReplacedBy != nil {
				b.WriteString(l.ReplacedBy.Code)
			}
		}
	}
	return b.String()
}

// layouts are ways to write a catalog of catalogtest.
var layouts = []struct {
	name   string
	change func(source string) string
}{
	{"as it is", func(s string) string { return s }},
	{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
	{"four spaces", func(s string) string {
		var b strings.Builder
		for line := range strings.Lines(s) {
			text := strings.TrimLeft(line, " ")
			b.WriteString(strings.Repeat(" ", len(line)-len(text)) + line)
		}
		return b.String()
	}},
	{"no line break at the end", func(s string) string { return strings.TrimRight(s, "\n") }},
	{"no blank lines", func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n") }},
	{"single quotes", func(s string) string { return strings.ReplaceAll(s, `"`, "'") }},
	{"comments", func(s string) string {
		var b strings.Builder
		for line := range strings.Lines(s) {
			b.WriteString(line)
			if strings.HasPrefix(line, "    code:") {
				b.WriteString("    # a comment\t{: \"\n\n")
			}
		}
		return b.String()
	}},
}

// TestRandom makes random changes to catalogs of several layouts, one after the
// other, and checks that nothing else changes: neither what another error is, nor any
// other line.
func TestRandom(t *testing.T) {
	for seed, layout := range layouts {
		t.Run(layout.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), 7))
			source := []byte(layout.change(string(catalogtest.YAML(25))))
			for n := range 20 {
				before, ds := catalog.Load("x.yaml", source)
				if before == nil {
					t.Fatalf("%v\n%s", ds, source)
				}
				e := before.Errors[r.IntN(len(before.Errors))]
				name := fmt.Sprintf("NEW_NAME_%d", n)
				var change edit.Change
				var want func(after *catalog.Error) bool // for the error itself
				most := 1                                // how many lines may go
				isRename := false
				switch r.IntN(6) {
				case 0:
					category := before.Categories[r.IntN(len(before.Categories))]
					change = edit.Add{Name: name, Category: category.Name, Texts: map[string]string{"title": "New", "message": "It is {x}, new"}, Params: []edit.Param{{Name: "x", Type: "integer"}}}
					e, most = &catalog.Error{Name: name}, 0
					want = func(after *catalog.Error) bool {
						return after.Category.Name == category.Name && category.Codes[0].Contains(after.Code) && !slices.ContainsFunc(before.Errors, func(e *catalog.Error) bool { return e.Code == after.Code })
					}
				case 1:
					change, isRename = edit.Rename{Error: e.Code, Name: name}, true
					for _, other := range before.Errors {
						if other.Deprecated != nil && other.Deprecated.ReplacedBy == e || other.Retired != nil && other.Retired.ReplacedBy == e {
							most += 2
						}
					}
					if len(e.FormerNames) > 0 {
						most++
					}
					want = func(after *catalog.Error) bool {
						last := after.FormerNames[len(after.FormerNames)-1].Name
						after.Name, after.FormerNames = e.Name, after.FormerNames[:len(after.FormerNames)-1]
						return last == e.Name && describe(after) == describe(e)
					}
				case 2:
					if e.Retired != nil || e.Deprecated != nil {
						continue
					}
					by := before.Errors[r.IntN(len(before.Errors))]
					life := edit.Lifecycle{Since: "9.1", Reason: "It is: gone # really"}
					if by.Retired == nil && by != e {
						life.ReplacedBy = by.Name
					}
					change = edit.Deprecate{Error: e.Name, Lifecycle: life}
					want = func(after *catalog.Error) bool {
						l := after.Deprecated
						after.Deprecated = nil
						return l.Since == life.Since && l.Reason.Source() == life.Reason && (l.ReplacedBy == nil) == (life.ReplacedBy == "") && describe(after) == describe(e)
					}
					most = 0
				case 3:
					if e.Retired != nil {
						continue
					}
					change = edit.Retire{Error: e.Name, Lifecycle: edit.Lifecycle{Since: "9.2"}}
					want = func(after *catalog.Error) bool {
						isGone := after.Retired != nil && after.Retired.Since == "9.2"
						after.Retired = nil
						return isGone && describe(after) == describe(e)
					}
					most = 0
				case 4:
					if e.Retired == nil {
						continue
					}
					change = edit.Remove{Error: e.Name, Reason: "It is gone."}
					want, most = nil, 40
				default:
					// Adding and removing an error changes nothing.
					added, err := edit.Apply("x.yaml", source, edit.Add{Name: name, Category: e.Category.Name})
					if err != nil {
						t.Fatal(err)
					}
					removed, err := edit.Apply("x.yaml", added.Text, edit.Remove{Error: name, IsUnreleased: true})
					if err != nil || !bytes.Equal(removed.Text, source) {
						t.Fatalf("%v: adding and removing an error of %s:\n%s", err, e.Category.Name, changed(source, removed.Text))
					}
					continue
				}
				result, err := edit.Apply("x.yaml", source, change)
				if invalid := (*diag.FileError)(nil); errors.As(err, &invalid) && slices.ContainsFunc(invalid.Found, func(d diag.Diagnostic) bool {
					return d.Rule == diag.RuleInvalidReplacement || d.Rule == diag.RuleUnknownReplacement
				}) {
					continue // It retires or removes the replacement of another error.
				}
				if err != nil {
					t.Fatalf("%+v: %v", change, err)
				}
				after, ds := catalog.Load("x.yaml", result.Text)
				if after == nil {
					t.Fatalf("%+v: %v", change, ds)
				}
				for _, broken := range compat.Accept(compat.Compare(before, after), before, after) {
					// A retired error can no longer be made.
					if broken.IsBreaking() && broken.Rule != diag.RuleConstructorChanged {
						t.Fatalf("%+v breaks somebody: %s", change, broken.Message)
					}
				}
				for _, a := range after.Errors {
					if a.Name == e.Name || isRename && a.Name == name {
						if want == nil || !want(a) {
							t.Fatalf("%+v: %s", change, describe(a))
						}
						continue
					}
					i := slices.IndexFunc(before.Errors, func(b *catalog.Error) bool { return b.Name == a.Name })
					if i < 0 || describe(before.Errors[i]) != describe(a) {
						t.Fatalf("%+v changes %s", change, a.Name)
					}
				}
				if !bytes.HasSuffix(source, []byte("\n")) {
					most++ // The last line gets a line break if it is no longer the last.
				}
				if gone := missing(source, result.Text); len(gone) > most {
					t.Fatalf("%+v: the lines %q are gone:\n%s", change, gone, changed(source, result.Text))
				}
				if bytes.Contains(source, []byte("\r\n")) != bytes.Contains(result.Text, []byte("\r\n")) || bytes.HasSuffix(source, []byte("\n")) != bytes.HasSuffix(result.Text, []byte("\n")) {
					t.Fatalf("%+v changes the line breaks", change)
				}
				source = result.Text
			}
		})
	}
}

// TestRandomAccept accepts random changes for reasons of any form, and checks that the
// lists get just these elements, at the end, and that nothing else changes.
func TestRandomAccept(t *testing.T) {
	reasons := []string{"Meant.", "a: b # c", "- x", "\"quoted\" 'twice'", "two\nlines\r\nand three", "yes", "{{ .X }} ]}>", "\x1b[31mred\u202e", "null", "  spaces  ", "*a &b !c %d @e `f`"}
	rules := []diag.Rule{diag.RuleHTTPStatusChanged, diag.RuleNameRemoved, diag.RuleTitleChanged}
	values := []string{"", "410", "0410", "1e3", "a: b", "x\ty", "true", "[1]"}
	type row struct{ rule, to, reason string }
	rows := func(list []catalog.Acceptance) (all []row) {
		for _, a := range list {
			all = append(all, row{a.Rule.ID(), a.To, a.Reason.Source()})
		}
		return all
	}
	for seed, layout := range layouts {
		t.Run(layout.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), 11))
			source := []byte(layout.change(string(catalogtest.YAML(12))))
			for range 25 {
				before, ds := catalog.Load("x.yaml", source)
				if before == nil {
					t.Fatalf("%v\n%s", ds, source)
				}
				a := edit.Accept{Reason: reasons[r.IntN(len(reasons))]}
				want := map[string][]row{"": rows(before.Compatibility.Accept)}
				for _, e := range before.Errors {
					want[e.Name] = rows(e.Accept)
				}
				for range 1 + r.IntN(4) {
					c := edit.Accepted{Rule: rules[r.IntN(len(rules))], To: values[r.IntN(len(values))]}
					if r.IntN(3) > 0 {
						c.Error = before.Errors[r.IntN(len(before.Errors))].Name
					}
					a.Changes = append(a.Changes, c)
					want[c.Error] = append(want[c.Error], row{c.Rule.ID(), c.To, strings.TrimSpace(a.Reason)})
				}
				result, err := edit.Apply("x.yaml", source, a)
				if err != nil {
					t.Fatalf("%+v: %v", a, err)
				}
				after, ds := catalog.Load("x.yaml", result.Text)
				if after == nil {
					t.Fatalf("%+v: %v\n%s", a, ds, result.Text)
				}
				got := map[string][]row{"": rows(after.Compatibility.Accept)}
				for i, e := range after.Errors {
					got[e.Name] = rows(e.Accept)
					if describe(e) != describe(before.Errors[i]) {
						t.Fatalf("%+v changes %s", a, e.Name)
					}
				}
				for name := range want {
					if !slices.Equal(want[name], got[name]) {
						t.Fatalf("%s accepts %q, want %q\n%s", name, got[name], want[name], changed(source, result.Text))
					}
				}
				most := 0
				if !bytes.HasSuffix(source, []byte("\n")) {
					most = 1
				}
				if gone := missing(source, result.Text); len(gone) > most {
					t.Fatalf("%+v: the lines %q are gone:\n%s", a, gone, changed(source, result.Text))
				}
				if bytes.Count(source, []byte("\r\n"))*2 > bytes.Count(source, []byte("\n")) != (bytes.Count(result.Text, []byte("\r\n")) == bytes.Count(result.Text, []byte("\n"))) {
					t.Fatalf("%+v mixes line breaks", a)
				}
				source = result.Text
			}
		})
	}
}

// missing returns the lines of a text that another one does not have in their place.
func missing(a, b []byte) []string {
	var gone []string
	for _, e := range udiff.Lines(string(a), string(b)) {
		gone = slices.AppendSeq(gone, strings.Lines(string(a[e.Start:e.End])))
	}
	return gone
}

// changed returns how two texts differ.
func changed(a, b []byte) string {
	return strings.Join(missing(a, b), "") + "became\n" + strings.Join(missing(b, a), "")
}

// acceptable matches ERROR:RULE:TO with a rule that there is.
var acceptable = regexp.MustCompile(`^[^:]*:name-removed:`)

// FuzzApply makes changes to whatever a file has, and checks that a change is made
// right or not at all.
func FuzzApply(f *testing.F) {
	for _, command := range []string{"add NEW category=order", "rename A B", "rename CLOSED SHUT", "deprecate A since=1 by=B", "retire 1001", "remove A force=1 reason=x", "reserve 7 1-2 X", "accept A:name-removed:x :name-removed:y reason='a: #' removed=Z"} {
		f.Add(catalogtest.YAML(3), command)
		f.Add([]byte("version: 1\ncatalog: {name: x, http: false}\nerrors: {A: &a {code: \"1\"}, B: {<<: *a, code: \"2\"}, CLOSED: {}} # end"), command)
		f.Add([]byte("\uFEFFversion: 1\r\ncatalog: { name: x, http: false }\r\nerrors:\r\n  'A':\r\n    description: |+\r\n      a\r\n\r\n\r\n  ? B\r\n  : {}\r\n"), command)
		f.Add([]byte("{\"version\": 1, \"catalog\": {\"name\": \"x\", \"http\": false},\n \"errors\": {\n  \"A\": {},\n  \"B\": {} }}"), command)
	}
	f.Fuzz(func(t *testing.T, source []byte, command string) {
		words := split(command)
		if len(words) < 2 || !slices.Contains([]string{"add", "rename", "deprecate", "retire", "remove", "reserve", "accept"}, words[0]) {
			return
		}
		arguments := 0
		for _, w := range words[1:] {
			if !strings.Contains(w, "=") {
				arguments++
			}
		}
		if arguments == 0 || words[0] == "rename" && arguments < 2 {
			return
		}
		if words[0] == "accept" && slices.ContainsFunc(words[1:], func(w string) bool { return !strings.Contains(w, "=") && !acceptable.MatchString(w) }) {
			return // no rule
		}
		copied := bytes.Clone(source)
		change := parse(t, command, source)
		r, err := edit.Apply("x.yaml", source, change)
		if !bytes.Equal(copied, source) {
			t.Fatal("the source has changed")
		}
		if (r == nil) == (err == nil) {
			t.Fatalf("%v, %v", r, err)
		}
		if err != nil {
			return
		}
		before, _ := catalog.Load("x.yaml", source)
		if before == nil {
			return
		}
		after, ds := catalog.Load("x.yaml", r.Text)
		if after == nil {
			t.Fatalf("%s: %v\n%q", command, ds, r.Text)
		}
		if diff := len(before.Errors) - len(after.Errors); diff < -1 || diff > 1 {
			t.Fatalf("%s: from %d errors to %d", command, len(before.Errors), len(after.Errors))
		}
		others := 0
		for _, a := range after.Errors {
			i := slices.IndexFunc(before.Errors, func(b *catalog.Error) bool { return b.Code == a.Code })
			if i < 0 || describe(before.Errors[i]) != describe(a) {
				others++
			}
		}
		if others > 1 {
			t.Fatalf("%s changes %d errors:\n%s\n%s", command, others, source, r.Text)
		}
		if !bytes.Contains(bytes.ReplaceAll(source, []byte("\r\n"), nil), []byte("\n")) && bytes.Contains(source, []byte("\r\n")) && bytes.Contains(bytes.ReplaceAll(r.Text, []byte("\r\n"), nil), []byte("\n")) {
			t.Fatalf("%s mixes line breaks: %q", command, r.Text)
		}
	})
}
