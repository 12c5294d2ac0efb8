package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"

	"github.com/errcat/errcat/generator/terminal"
)

const (
	// defaultColumns is the width of output that does not go to a terminal.
	defaultColumns = 80
	// minColumns is the smallest width that is used, even on a narrower terminal.
	minColumns = 20
)

// styleFor returns the style of text on w. The width is that of COLUMNS or,
// without it, of the terminal.
func styleFor(w io.Writer) terminal.Style {
	style := terminal.Style{Columns: defaultColumns, Cut: isTerminal(w), Bold: hasColor(w)}
	if style.Cut {
		if columns, _, err := term.GetSize(int(w.(*os.File).Fd())); err == nil && columns > 0 {
			style.Columns = max(columns, minColumns)
		}
	}
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns > 0 {
		style.Columns = max(columns, minColumns)
	}
	return style
}

// isTerminal reports whether w is a terminal. Then it is an *os.File.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// hasColor reports whether w is a terminal that shows colors, and whose user
// wants them.
func hasColor(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
