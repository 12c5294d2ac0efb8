package diag

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// junitSuites is a JUnit report.
type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name      string       `xml:"name,attr"`
	ClassName string       `xml:"classname,attr"`
	File      string       `xml:"file,attr,omitempty"`
	Line      int          `xml:"line,attr,omitempty"`
	Failure   *junitResult `xml:"failure"`
	Skipped   *junitResult `xml:"skipped"`
}

type junitResult struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes each finding as a test that fails or, if it is a warning that
// does not make the command fail, as one that is skipped. Without findings there
// is one test that passes, as readers refuse a report without tests.
func writeJUnit(w io.Writer, ds Diagnostics, opt Options) error {
	suite := junitSuite{Name: "errcat"}
	seen := make(map[[2]string]int)
	for _, d := range ds {
		lines := d.lines()
		path := Printable(opt.Path(d.Pos.File))
		c := junitCase{
			Name:      d.Rule.ID() + ": " + lines[0],
			ClassName: cmp.Or(path, Printable(d.Pos.File), "errcat"),
			File:      path,
		}
		// Readers keep one of the tests with the same name.
		key := [2]string{c.ClassName, c.Name}
		if seen[key]++; seen[key] > 1 {
			c.Name = fmt.Sprintf("%s (%d)", c.Name, seen[key])
		}
		if c.File != "" {
			c.Line = d.Pos.Line
		}
		if pos := d.Pos.String(); pos != "" {
			lines[0] = Printable(pos) + ": " + lines[0]
		}
		text := strings.Join(append(lines, d.Rule.URL()), "\n")
		if d.Severity == Info || d.Severity == Warning && !opt.Strict {
			suite.Skipped++
			c.Skipped = &junitResult{Message: lines[0], Text: text}
		} else {
			suite.Failures++
			c.Failure = &junitResult{Message: lines[0], Type: d.Severity.String(), Text: text}
		}
		suite.Cases = append(suite.Cases, c)
	}
	if len(ds) == 0 {
		suite.Cases = []junitCase{{Name: "no findings", ClassName: "errcat"}}
	}
	suite.Tests = len(suite.Cases)
	report, err := xml.MarshalIndent(junitSuites{Suite: suite}, "", "  ")
	if err != nil {
		return err
	}
	report = markOfCI.ReplaceAll(report, []byte("&#35;#$1"))
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, report)
	return err
}
