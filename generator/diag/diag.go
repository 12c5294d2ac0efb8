// Package diag has the findings about an input: the rules, diagnostics with their
// places, and their renderings for people and for tools.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity says how bad a Diagnostic is.
type Severity int

// The severities, from the lowest to the highest. An Info is no problem. An Error
// makes the input unusable.
const (
	Info Severity = iota + 1
	Warning
	Error
)

// String returns "info", "warning" or "error".
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return fmt.Sprintf("Severity(%d)", int(s))
}

// MarshalText renders the severity as String does, for JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Position is a place in a file: a line and a column, both counted from 1, the
// column in characters. The zero Position is an unknown place; a Position with only
// a File is the file as a whole.
type Position struct {
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
	Col  int    `json:"column,omitempty"`
	// Width is the number of characters at the place, 0 if it is unknown. It does not
	// extend beyond the end of the line.
	Width int `json:"width,omitempty"`
}

// String returns "file:line:col" without what is unknown.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// compare orders positions by file, line and column.
func (p Position) compare(q Position) int {
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Col, q.Col),
	)
}

// Before reports whether p is before q in the same file.
func (p Position) Before(q Position) bool { return p.compare(q) < 0 }

// Note is a second place that a Diagnostic refers to.
type Note struct {
	Pos     Position `json:"position"`
	Message string   `json:"message"`
}

// Diagnostic is one finding.
type Diagnostic struct {
	Severity Severity `json:"severity"`
	// Rule is the rule that was broken.
	Rule    Rule     `json:"rule"`
	Pos     Position `json:"position"`
	Message string   `json:"message"`
	// Help says how to fix it; it may be empty.
	Help  string `json:"help,omitempty"`
	Notes []Note `json:"notes,omitempty"`
}

// Diagnostics is a list of findings.
type Diagnostics []Diagnostic

// HasErrors reports whether one of the findings is an Error.
func (ds Diagnostics) HasErrors() bool {
	return slices.ContainsFunc(ds, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sort sorts the findings by position. Findings at the same place keep their order.
func (ds Diagnostics) Sort() {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int { return a.Pos.compare(b.Pos) })
}
