package diag

import (
	"cmp"
	"io"
	"strings"
)

// gitLabIssue is a finding in a report of GitLab's Code Quality.
type gitLabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitLabLocation `json:"location"`
}

type gitLabLocation struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
}

// gitLabSeverities are the severities of Code Quality.
var gitLabSeverities = map[Severity]string{Info: "info", Warning: "minor", Error: "major"}

// writeGitLab writes the findings as a report of GitLab's Code Quality.
func writeGitLab(w io.Writer, ds Diagnostics, opt Options) error {
	fingerprint := fingerprints()
	issues := make([]gitLabIssue, len(ds))
	for i, d := range ds {
		path := cmp.Or(opt.Path(d.Pos.File), Printable(d.Pos.File))
		issue := gitLabIssue{
			Description: strings.Join(d.lines(), "; "),
			CheckName:   d.Rule.ID(),
			Fingerprint: fingerprint(path, d),
			Severity:    gitLabSeverities[d.Severity],
		}
		issue.Location.Path = path
		issue.Location.Lines.Begin = max(d.Pos.Line, 1)
		issues[i] = issue
	}
	return writeIndented(w, issues)
}
