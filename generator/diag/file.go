package diag

import "strings"

// FileError is an error that consists of what was found in a file.
type FileError struct {
	// File is the name that the positions have for the file, Source its content.
	File   string
	Source []byte
	// Found is what was found.
	Found Diagnostics
}

// Error returns a line for each finding: its place and its message.
func (e *FileError) Error() string {
	lines := make([]string, len(e.Found))
	for i, d := range e.Found {
		lines[i] = d.Pos.String() + ": " + d.Severity.String() + "[" + d.Rule.ID() + "]: " + d.Message
	}
	return strings.Join(lines, "\n")
}

// Findings returns what was found.
func (e *FileError) Findings() Diagnostics { return e.Found }
