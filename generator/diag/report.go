package diag

import "fmt"

// New returns a finding about a rule. Whatever cannot be printed is escaped in
// the message and the help. It panics for the zero Rule.
func New(rule Rule, pos Position, help, format string, args ...any) Diagnostic {
	return Diagnostic{
		Severity: rule.Severity(), Rule: rule, Pos: pos,
		Message: Printable(fmt.Sprintf(format, args...)), Help: Printable(help),
	}
}

// maxFindings limits a Report.
const maxFindings = 100_000

// Level is what a file chooses for a rule that is a warning.
type Level string

// The levels.
const (
	LevelOff     Level = "off"
	LevelWarning Level = "warning"
	LevelError   Level = "error"
)

// Report collects the findings about one file. It keeps a finding once, even if
// it is added again, and stops at 100,000 findings.
type Report struct {
	file   string
	levels map[string]Level // by the id of the rule
	found  Diagnostics
	seen   map[findingKey]bool
}

// findingKey identifies a finding within a file.
type findingKey struct {
	rule, message string
	line, col     int
}

// NewReport returns an empty report about a file.
func NewReport(file string) *Report { return &Report{file: file, seen: make(map[findingKey]bool)} }

// SetLevel sets the level of a rule that is a warning, for the findings that are
// added later. It does nothing for other rules.
func (r *Report) SetLevel(rule Rule, level Level) {
	if rule.Severity() != Warning {
		return
	}
	if r.levels == nil {
		r.levels = make(map[string]Level)
	}
	r.levels[rule.ID()] = level
}

// Finding is what Report.Add has added, for further places.
type Finding struct{ d *Diagnostic }

// Note adds a second place to the finding. It must be called before the next
// finding is added; it does nothing if the finding was not kept.
func (f Finding) Note(pos Position, format string, args ...any) Finding {
	if f.d != nil {
		f.d.Notes = append(f.d.Notes, Note{Pos: pos, Message: Printable(fmt.Sprintf(format, args...))})
	}
	return f
}

// Add adds a finding about a rule; the help says how to fix it.
func (r *Report) Add(rule Rule, pos Position, help, format string, args ...any) Finding {
	if len(r.found) > maxFindings {
		return Finding{}
	}
	level := r.levels[rule.ID()]
	if level == LevelOff {
		return Finding{}
	}
	d := New(rule, pos, help, format, args...)
	if level == LevelError {
		d.Severity = Error
	}
	key := findingKey{rule.ID(), d.Message, pos.Line, pos.Col}
	if r.seen[key] {
		return Finding{}
	}
	r.seen[key] = true
	if len(r.found) == maxFindings {
		d = New(RuleTooManyProblems, Position{File: r.file}, "fix these first", "the file has more than %d problems; the others are not shown", maxFindings)
	}
	r.found = append(r.found, d)
	return Finding{&r.found[len(r.found)-1]}
}

// Findings returns the findings, sorted by position.
func (r *Report) Findings() Diagnostics {
	r.found.Sort()
	return r.found
}
