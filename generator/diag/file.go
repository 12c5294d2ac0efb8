package diag

import "strings"

// FileError is an error that consists of the findings about a file.
type FileError struct {
	// File is the name of the file in positions, Source its content.
	File   string
	Source []byte
	// Found are the findings.
	Found Diagnostics
}

// Error returns one line per finding, with its place and message.
func (e *FileError) Error() string {
	lines := make([]string, len(e.Found))
	for i, d := range e.Found {
		lines[i] = d.Pos.String() + ": " + d.Severity.String() + "[" + d.Rule.ID() + "]: " + d.Message
	}
	return strings.Join(lines, "\n")
}

// Findings returns the findings.
func (e *FileError) Findings() Diagnostics { return e.Found }
