package diag

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxAnnotations is how many annotations of each level GitHub shows of a step.
const maxAnnotations = 10

// gitHubLevels are the levels of annotations.
var gitHubLevels = map[Severity]string{Info: "notice", Warning: "warning", Error: "error"}

// writeGitHub writes the findings as commands of GitHub workflows, which make
// annotations.
func writeGitHub(w io.Writer, ds Diagnostics, opt Options) error {
	out := bufio.NewWriter(w)
	count := make(map[Severity]int)
	for _, d := range ds {
		if count[d.Severity]++; count[d.Severity] <= maxAnnotations {
			writeAnnotation(out, d, opt.Path(d.Pos.File))
		}
	}
	var left []string
	for _, s := range []Severity{Error, Warning, Info} {
		if n := count[s] - maxAnnotations; n > 0 {
			left = append(left, fmt.Sprintf("%d more %s%s", n, gitHubLevels[s], strings.Repeat("s", min(n-1, 1))))
		}
	}
	if len(left) > 0 {
		fmt.Fprintf(out, "::notice title=errcat::%s: GitHub shows %d of each kind per step; errcat shows all of them without --format github\n",
			strings.Join(left, ", "), maxAnnotations)
	}
	return out.Flush()
}

// writeAnnotation writes the command for one finding.
func writeAnnotation(out *bufio.Writer, d Diagnostic, path string) {
	properties := []string{"title=" + gitHubProperty("errcat: "+d.Rule.ID())}
	lines := append(d.lines(), d.Rule.URL())
	if path == "" {
		if pos := d.Pos.String(); pos != "" {
			lines[0] = Printable(pos) + ": " + lines[0]
		}
	} else {
		line := strconv.Itoa(max(d.Pos.Line, 1))
		properties = append(properties, "file="+gitHubProperty(Printable(path)), "line="+line, "endLine="+line)
		if d.Pos.Line > 0 && d.Pos.Col > 0 {
			properties = append(properties, "col="+strconv.Itoa(d.Pos.Col), "endColumn="+strconv.Itoa(d.Pos.Col+max(d.Pos.Width, 1)))
		}
	}
	fmt.Fprintf(out, "::%s %s::%s\n", gitHubLevels[d.Severity], strings.Join(properties, ","), gitHubData(strings.Join(lines, "\n")))
}

// gitHubData escapes the text of a command.
func gitHubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// gitHubProperty escapes the value of a property of a command.
func gitHubProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(gitHubData(s))
}
