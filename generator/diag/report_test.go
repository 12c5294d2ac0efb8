package diag

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRules checks that the ids of rules are unique, and that each has a severity.
func TestRules(t *testing.T) {
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := make(map[string]bool)
	for _, r := range Rules() {
		if !id.MatchString(r.ID()) || seen[r.ID()] {
			t.Errorf("the id %q is not in kebab case, or is a duplicate", r.ID())
		}
		seen[r.ID()] = true
		if r.Severity() == Info && !slices.Contains(ChangeRules(), r) {
			t.Errorf("%s has the severity %s, and is not about changes", r, r.Severity())
		}
	}
	Rules()[0] = Rule{}
	if Rules()[0] != RuleFileTooLarge {
		t.Error("a caller can change the rules")
	}
}

// TestNoRule checks that a finding without a registered rule cannot be made or
// printed.
func TestNoRule(t *testing.T) {
	for name, f := range map[string]func(){
		"made":    func() { New(Rule{}, Position{}, "", "m") },
		"added":   func() { NewReport("c.yaml").Add(Rule{}, Position{}, "", "m") },
		"printed": func() { WriteText(new(strings.Builder), Diagnostics{{Message: "m"}}, TextOptions{}) },
		"encoded": func() { WriteJSON(new(strings.Builder), Diagnostics{{Severity: Error, Message: "m"}}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a finding without a rule can be %s", name)
				}
			}()
			f()
		}()
	}
}

// TestReport checks that a report keeps each finding once, with its notes, and
// sorts them.
func TestReport(t *testing.T) {
	r := NewReport("c.yaml")
	at := func(line, col int) Position { return Position{File: "c.yaml", Line: line, Col: col} }
	r.Add(RuleUnusedCategory, at(2, 1), "h\x1b", "the %s\x1b", "second").Note(at(1, 1), "n%d\x1b", 1).Note(at(9, 1), "n2")
	r.Add(RuleUnusedCategory, at(2, 1), "other help", "the second\x1b").Note(at(5, 5), "never kept")
	r.Add(RuleUnusedCategory, at(2, 2), "h", "the second\x1b")
	r.Add(RuleUnusedCategory, at(3, 1), "h", "the second\x1b")
	r.Add(RuleDuplicateCode, at(2, 1), "h", "the second\x1b")
	r.Add(RuleDuplicateCode, at(1, 1), "h", "first")
	var got []string
	for _, d := range r.Findings() {
		line := d.Pos.String() + " " + d.Severity.String() + " " + d.Rule.ID() + " " + d.Message + " " + d.Help
		for _, n := range d.Notes {
			line += " | " + n.Pos.String() + " " + n.Message
		}
		got = append(got, line)
	}
	want := `c.yaml:1:1 error duplicate-code first h
c.yaml:2:1 warning unused-category the second\x1b h\x1b | c.yaml:1:1 n1\x1b | c.yaml:9:1 n2
c.yaml:2:1 error duplicate-code the second\x1b h
c.yaml:2:2 warning unused-category the second\x1b h
c.yaml:3:1 warning unused-category the second\x1b h`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// TestReportLimit checks that a report stops, and says so.
func TestReportLimit(t *testing.T) {
	r := NewReport("c.yaml")
	for i := range maxFindings + 10 {
		r.Add(RuleDuplicateTag, Position{File: "c.yaml", Line: i + 1, Col: 1}, "h", "m").Note(Position{}, "n")
	}
	found := r.Findings()
	if len(found) != maxFindings+1 || found[0].Rule != RuleTooManyProblems || found[0].Pos != (Position{File: "c.yaml"}) || found[maxFindings].Pos.Line != maxFindings {
		t.Errorf("%d findings, the first is %+v", len(found), found[0])
	}
}

func TestBefore(t *testing.T) {
	p, q := Position{Line: 2, Col: 3}, Position{Line: 2, Col: 4}
	if !p.Before(q) || q.Before(p) || p.Before(p) || q.Before(Position{Line: 1, Col: 9}) {
		t.Error("the order of positions is wrong")
	}
}

func TestQuote(t *testing.T) {
	for s, want := range map[string]string{
		"":                            `""`,
		"a \"b\"\n\x1b":               `"a \"b\"\n\x1b"`,
		strings.Repeat("x", 60):       `"` + strings.Repeat("x", 60) + `"`,
		strings.Repeat("x", 61):       `"` + strings.Repeat("x", 60) + `..."`,
		strings.Repeat("日本", 11):      `"` + strings.Repeat("日本", 10) + `..."`,
		strings.Repeat("é", 40) + "x": `"` + strings.Repeat("é", 30) + `..."`,
		"x" + strings.Repeat("é", 40): `"x` + strings.Repeat("é", 29) + `..."`,
	} {
		if got := Quote(s); got != want {
			t.Errorf("Quote(%q) = %s, want %s", s, got, want)
		}
	}
	if got := Clip("abc", 2); got != "ab..." {
		t.Errorf("Clip: %q", got)
	}
}

// TestLevels checks that a level changes warnings, those that come after it, and
// nothing else.
func TestLevels(t *testing.T) {
	r := NewReport("c.yaml")
	at := func(line int) Position { return Position{File: "c.yaml", Line: line, Col: 1} }
	r.Add(RuleUnusedCategory, at(1), "h", "before")
	r.SetLevel(RuleUnusedCategory, LevelError)
	r.SetLevel(RuleMixedNameStyles, LevelOff)
	r.SetLevel(RuleDuplicateCode, LevelOff)
	r.Add(RuleUnusedCategory, at(2), "h", "raised")
	r.Add(RuleMixedNameStyles, at(3), "h", "dropped").Note(at(1), "with it")
	r.Add(RuleDuplicateCode, at(4), "h", "an error stays one")
	r.SetLevel(RuleUnusedCategory, LevelWarning)
	r.Add(RuleUnusedCategory, at(5), "h", "as it was")
	var got []string
	for _, d := range r.Findings() {
		got = append(got, d.Pos.String()+" "+d.Severity.String()+" "+d.Message)
	}
	want := "c.yaml:1:1 warning before; c.yaml:2:1 error raised; c.yaml:4:1 error an error stays one; c.yaml:5:1 warning as it was"
	if strings.Join(got, "; ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
	}
}

func TestFileError(t *testing.T) {
	err := &FileError{File: "GUIDE.md", Found: Diagnostics{
		New(RuleMarkerMissing, Position{File: "GUIDE.md", Line: 1, Col: 1}, "h", "first"),
		New(RuleMarkerNested, Position{File: "GUIDE.md", Line: 7, Col: 3}, "h", "second"),
	}}
	if want := "GUIDE.md:1:1: error[marker-missing]: first\nGUIDE.md:7:3: error[marker-nested]: second"; err.Error() != want {
		t.Errorf("the error is %q", err)
	}
	if len(err.Findings()) != 2 {
		t.Errorf("the findings are %v", err.Findings())
	}
}

// TestCatalog checks that a caller cannot change the catalog of the rules.
func TestCatalog(t *testing.T) {
	Catalog()[0] = '!'
	if Catalog()[0] == '!' || !strings.Contains(string(Catalog()), "\n  "+RuleFileTooLarge.String()+":\n") {
		t.Errorf("the catalog begins with %.40q", Catalog())
	}
}
