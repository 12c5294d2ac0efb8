package gosource

import (
	"bytes"
	"go/token"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/diag"
)

// Files are the files of findings, by their names in reports. Each is read once.
type Files map[string]file

// file is a file and its lines, nil if it cannot be read.
type file struct {
	text  []byte
	lines [][]byte
}

func (f Files) file(name string) file {
	known, ok := f[name]
	if !ok {
		known.text, _ = os.ReadFile(name)
		known.lines = bytes.Split(known.text, []byte("\n"))
		f[name] = known
	}
	return known
}

// Text returns the content of a file, nil if it cannot be read.
func (f Files) Text(name string) []byte { return f.file(name).text }

// Position returns a range as findings have it. Columns of Go are bytes, those of
// findings characters. A range that does not end on its line ends with the line.
func (f Files) Position(from, to token.Position) diag.Position {
	pos := diag.Position{File: ShortName(from.Filename), Line: from.Line, Col: from.Column}
	lines := f.file(pos.File).lines
	if from.Line < 1 || from.Line > len(lines) {
		return pos
	}
	line := lines[from.Line-1]
	start := min(from.Column-1, len(line))
	pos.Col = utf8.RuneCount(line[:start]) + 1
	end := len(bytes.TrimRight(line, "\r"))
	if to.Line == from.Line {
		end = to.Column - 1
	}
	if start < end && end <= len(line) {
		pos.Width = utf8.RuneCount(line[start:end])
	}
	return pos
}

// ShortName returns the name of a file relative to the working directory, unless that
// is longer.
func ShortName(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return name
	}
	short, err := filepath.Rel(dir, name)
	if err != nil || len(short) > len(name) {
		return name
	}
	return short
}
