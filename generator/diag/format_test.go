package diag

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errcat/errcat/generator/catalogtest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// samples are findings of all kinds, and hostile ones.
func samples() Diagnostics {
	return Diagnostics{
		{
			Severity: Error, Rule: RuleDuplicateCode, Pos: Position{"errors/shop catalog.yaml", 12, 11, 6},
			Message: `duplicate code "1001"`, Help: "choose another code",
			Notes: []Note{{Position{File: "errors/shop catalog.yaml", Line: 7, Col: 11, Width: 6}, "already the code of OUT_OF_STOCK"}, {Message: "100% sure"}},
		},
		{Severity: Warning, Rule: RuleUnusedCategory, Pos: Position{File: "errors/shop catalog.yaml", Line: 3, Col: 3}, Message: "the category order is not used"},
		{Severity: Error, Rule: RuleChangedFile, Pos: Position{File: "shop/codes.go", Line: 40}, Message: "the file is out of date with the catalog", Help: "run errcat generate"},
		{Severity: Error, Rule: RuleChangedFile, Pos: Position{File: "shop/codes.go", Line: 50}, Message: "the file is out of date with the catalog", Help: "run errcat generate"},
		{Severity: Error, Rule: RuleMissingFile, Pos: Position{File: "web/a,b:c%.ts"}, Message: "the file is missing"},
		{Severity: Error, Rule: RuleWrongType, Pos: Position{"<stdin>", 1, 1, 1}, Message: "code: expected a string"},
		{Severity: Error, Rule: RuleWrongType, Pos: Position{"mod:example.com/platform/catalog.yaml", 1, 1, 1}, Message: "code: expected a string"},
		{Severity: Error, Rule: RuleWrongType, Pos: Position{"/elsewhere/catalog.yaml", 1, 1, 1}, Message: "code: expected a string"},
		{Severity: Error, Rule: RuleTooManyProblems, Message: "there are more"},
		{
			Severity: Error, Rule: RuleUnknownKey, Pos: Position{"a\n::set-output name=x::\xff\x1b[2J]]>.yaml", 1, 2, 3},
			Message: "]]> <b>&amp;</b>\r\n::error file=x::y\x1b[31m ##[error]z [click](https://evil.example) {0} \u202e\u2028\x00",
			Help:    "\n::stop-commands::x", Notes: []Note{{Position{"::debug::.yaml", 1, 1, 1}, "%0A::error::n\n##vso[x]"}},
		},
	}
}

// sampleOptions are the options of the samples.
func sampleOptions() Options {
	return Options{
		Text:    TextOptions{Source: func(string) []byte { return nil }},
		Version: "v1.2.3",
		Path: func(file string) string {
			if filepath.IsLocal(file) && file != "<stdin>" && !strings.HasPrefix(file, "mod:") {
				return "services/" + file
			}
			return ""
		},
		About: func(r Rule) (string, string) { return "Title of " + r.ID(), "Like [another](#template)." },
	}
}

// write returns what Write writes.
func write(t testing.TB, format string, ds Diagnostics, opt Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, ds, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFormats compares the samples in each format with golden files, and puts
// each report through a reader of the format.
func TestFormats(t *testing.T) {
	for _, format := range Formats() {
		t.Run(format, func(t *testing.T) {
			got := write(t, format, samples(), sampleOptions())
			read(t, format, got, samples())
			golden := filepath.Join("testdata", "formats", format)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(want -, got +)\n%s", diff)
			}

			read(t, format, write(t, format, nil, sampleOptions()), nil)
			read(t, format, write(t, format, samples(), Options{}), samples())
			if err := Write(failing{}, format, samples(), Options{}); err == nil {
				t.Error("a failing writer gives no error")
			}
		})
	}
}

// FuzzFormats puts findings with any texts through a reader of each format.
func FuzzFormats(f *testing.F) {
	for _, d := range samples() {
		f.Add(d.Pos.File, d.Message, d.Help, d.Pos.Line, d.Pos.Col, d.Pos.Width)
	}
	f.Add(" ::error::x", "##teamcity[x]", "::a", -1, -2, -3)
	for i, s := range catalogtest.Seeds(20) {
		f.Add(s, "x"+s, s+"x", i, i, i)
	}
	f.Fuzz(func(t *testing.T, file, message, help string, line, col, width int) {
		file, message, help = catalogtest.Pieces(file), catalogtest.Pieces(message), catalogtest.Pieces(help)
		pos := Position{file, line % 1000, col % 1000, width % 1000}
		ds := Diagnostics{
			{Severity: Error, Rule: RuleUnknownKey, Pos: pos, Message: message, Help: help, Notes: []Note{{pos, message}}},
			{Severity: Warning, Rule: RuleUnusedCategory, Pos: Position{File: message}, Message: help},
		}
		for _, format := range Formats() {
			read(t, format, write(t, format, ds, sampleOptions()), ds)
		}
	})
}

// read reads a report as the tools do that the format is for.
func read(t testing.TB, format, report string, ds Diagnostics) {
	t.Helper()
	if !utf8.ValidString(report) {
		t.Errorf("%s: the report is not UTF-8", format)
	}
	for line := range strings.Lines(report) {
		if format != "github" && regexp.MustCompile(`^\s*::[^:]|##\w*\[`).MatchString(line) {
			t.Errorf("%s: a command of a CI system: %q", format, line)
		}
	}
	switch format {
	case "text":
	case "json", "gitlab":
		var found []map[string]any
		if err := json.Unmarshal([]byte(report), &found); err != nil || found == nil || len(found) != len(ds) {
			t.Errorf("%s: %d findings, want %d: %v", format, len(found), len(ds), err)
		}
		if format == "gitlab" {
			readGitLab(t, found)
		}
	case "github":
		readGitHub(t, report, ds)
	case "sarif":
		readSARIF(t, report, ds)
	case "junit":
		readJUnit(t, report, ds)
	default:
		t.Errorf("no reader for the format %s", format)
	}
}

func readGitLab(t testing.TB, found []map[string]any) {
	seen := make(map[any]bool)
	for _, issue := range found {
		location := issue["location"].(map[string]any)
		line := location["lines"].(map[string]any)["begin"].(float64)
		if _, ok := location["path"].(string); !ok || line < 1 {
			t.Errorf("the place %v", location)
		}
		if id := issue["fingerprint"]; seen[id] || !regexp.MustCompile("^[0-9a-f]{32}$").MatchString(id.(string)) {
			t.Errorf("the fingerprint %v is wrong or a duplicate", id)
		}
		seen[issue["fingerprint"]] = true
		if severity := issue["severity"]; severity != "major" && severity != "minor" {
			t.Errorf("the severity %v", severity)
		}
	}
}

// gitHubCommand is what a runner of GitHub Actions takes for a command.
var gitHubCommand = regexp.MustCompile(`^::(error|warning|notice) ([^:]*)::(.*)\n$`)

// readGitHub reads the commands as the runner does.
func readGitHub(t testing.TB, report string, ds Diagnostics) {
	var shown Diagnostics
	count := make(map[Severity]int)
	for _, d := range ds {
		if count[d.Severity]++; count[d.Severity] <= 10 {
			shown = append(shown, d)
		}
	}
	unescape := strings.NewReplacer("%0A", "\n", "%0D", "\r", "%3A", ":", "%2C", ",", "%25", "%").Replace
	i := 0
	for line := range strings.Lines(report) {
		m := gitHubCommand.FindStringSubmatch(line)
		if m == nil || strings.IndexFunc(strings.TrimSuffix(line, "\n"), func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
			t.Errorf("the line %q is not a command", line)
			continue
		}
		if m[1] == "notice" {
			if i != len(shown) || len(shown) == len(ds) {
				t.Errorf("a notice after %d of %d findings: %s", i, len(ds), line)
			}
			continue
		}
		for _, property := range strings.Split(m[2], ",") {
			name, _, ok := strings.Cut(property, "=")
			if !ok || !strings.Contains(" title file line endLine col endColumn ", " "+name+" ") {
				t.Errorf("the property %q", property)
			}
		}
		if i >= len(shown) || m[1] != shown[i].Severity.String() || !strings.Contains(unescape(m[3]), Printable(shown[i].Message)) {
			t.Errorf("the command %q is not that of finding %d", line, i)
		}
		i++
	}
	if i != len(shown) {
		t.Errorf("%d commands, want %d", i, len(shown))
	}
}

// sarifSchema is the schema of SARIF 2.1.0 that OASIS publishes.
var sarifSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	return jsonschema.NewCompiler().Compile("testdata/sarif-schema-2.1.0.json")
})

func readSARIF(t testing.TB, report string, ds Diagnostics) {
	schema, err := sarifSchema()
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(report))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%v\n%s", err, report)
	}
	var log sarifLog
	dec := json.NewDecoder(strings.NewReader(report))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != len(ds) {
		t.Fatalf("%d results, want %d", len(run.Results), len(ds))
	}
	seen := make(map[string]bool)
	for i, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || r.RuleID != ds[i].Rule.ID() || r.Level != ds[i].Severity.String() {
			t.Errorf("result %d has the rule %s and level %s", i, r.RuleID, r.Level)
		}
		if id := r.Fingerprints["errcat/v1"]; seen[id] || id == "" {
			t.Errorf("the fingerprint %q is a duplicate", id)
		}
		seen[r.Fingerprints["errcat/v1"]] = true
		if regexp.MustCompile(`[^\\]\]\(`).MatchString(r.Message.Text) {
			t.Errorf("a link in %q", r.Message.Text)
		}
	}
}

func readJUnit(t testing.TB, report string, ds Diagnostics) {
	var suites junitSuites
	dec := xml.NewDecoder(strings.NewReader(report))
	if err := dec.Decode(&suites); err != nil {
		t.Fatalf("%v\n%s", err, report)
	}
	if _, err := dec.Token(); err == nil {
		_, err = dec.Token()
		if err != io.EOF {
			t.Errorf("more after the report: %v", err)
		}
	}
	suite := suites.Suite
	failures, skipped := 0, 0
	names := make(map[string]bool)
	for _, c := range suite.Cases {
		if c.Failure != nil {
			failures++
		}
		if c.Skipped != nil {
			skipped++
		}
		if name := c.ClassName + "\x00" + c.Name; names[name] || c.Name == "" {
			t.Errorf("the name %q is a duplicate", c.Name)
		} else {
			names[name] = true
		}
	}
	if suite.Tests != max(len(ds), 1) || len(suite.Cases) != suite.Tests || suite.Failures != failures || suite.Skipped != skipped || failures+skipped != len(ds) {
		t.Errorf("the suite counts %d tests, %d failures and %d skipped:\n%s", suite.Tests, suite.Failures, suite.Skipped, report)
	}
}

// TestGitHubCap checks that what GitHub does not show is counted.
func TestGitHubCap(t *testing.T) {
	findings := func(errors, warnings int) (ds Diagnostics) {
		for i := range errors {
			ds = append(ds, New(RuleUnknownKey, Position{File: "c.yaml", Line: i + 1}, "", "m"))
		}
		for i := range warnings {
			ds = append(ds, New(RuleUnusedCategory, Position{File: "c.yaml", Line: i + 1}, "", "m"))
		}
		return ds
	}
	for _, test := range []struct {
		errors, warnings int
		notice           string
	}{
		{10, 10, ""},
		{11, 10, "1 more error: "},
		{0, 12, "2 more warnings: "},
		{1000, 11, "990 more errors, 1 more warning: "},
	} {
		ds := findings(test.errors, test.warnings)
		report := write(t, "github", ds, Options{})
		readGitHub(t, report, ds)
		_, notice, ok := strings.Cut(report, "::notice title=errcat::")
		if ok != (test.notice != "") || !strings.HasPrefix(notice, test.notice) {
			t.Errorf("%d errors and %d warnings: the notice is %q", test.errors, test.warnings, notice)
		}
	}
}

// TestFingerprints checks that findings keep their fingerprints if lines are
// inserted above them.
func TestFingerprints(t *testing.T) {
	ids := regexp.MustCompile(`"(?:fingerprint|errcat/v1)": "\w+"`)
	for _, format := range []string{"gitlab", "sarif"} {
		before := samples()
		after := samples()
		for i := range after {
			after[i].Pos.Line += 7
		}
		old := ids.FindAllString(write(t, format, before, Options{}), -1)
		now := ids.FindAllString(write(t, format, after, Options{}), -1)
		if diff := cmp.Diff(old, now); diff != "" || len(old) != len(before) {
			t.Errorf("%s: %d fingerprints of %d findings\n%s", format, len(old), len(before), diff)
		}
	}
}

// TestStrict checks that a warning that fails the command fails a test.
func TestStrict(t *testing.T) {
	ds := Diagnostics{New(RuleUnusedCategory, Position{File: "c.yaml", Line: 1}, "", "m")}
	for strict, want := range map[bool]string{false: `failures="0" errors="0" skipped="1"`, true: `failures="1" errors="0" skipped="0"`} {
		if got := write(t, "junit", ds, Options{Strict: strict}); !strings.Contains(got, want) {
			t.Errorf("strict %t:\n%s", strict, got)
		}
	}
}

// TestRulePages checks that each rule has a place on the page that reports link
// to.
func TestRulePages(t *testing.T) {
	page, err := os.ReadFile(filepath.FromSlash("../../docs/rules.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Rules() {
		address, anchor, _ := strings.Cut(r.URL(), "#")
		if !strings.HasSuffix(address, "/docs/rules.md") || !strings.Contains(string(page), fmt.Sprintf("\n<a id=%q></a>\n", anchor)) {
			t.Errorf("docs/rules.md has no place for %s", r.URL())
		}
	}
}

func TestLine(t *testing.T) {
	for s, want := range map[string]string{
		"plain: a::b, #[x], ## [y]": "plain: a::b, #[x], ## [y]",
		"::error::x":                `\x3a:error::x`,
		"  ::set-output name=a::b":  `  \x3a:set-output name=a::b`,
		"::":                        `\x3a:`,
		":::tip":                    ":::tip",
		"a ##[error]b ##vso[x]":     `a \x23#[error]b \x23#vso[x]`,
		"##teamcity[m]\n::x::":      `\x23#teamcity[m]\n::x::`,
	} {
		if got := Line(s); got != want {
			t.Errorf("Line(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	const text = "::error::a\n    ::set-output name=b::c\na::b\n\n##[error]d\n# e"
	const want = `\x3a:error::a` + "\n" + `    \x3a:set-output name=b::c` + "\na::b\n\n" + `\x23#[error]d` + "\n# e"
	if got := Lines(text); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := Lines("plain\n"); got != "plain\n" {
		t.Errorf("got %q", got)
	}
}
