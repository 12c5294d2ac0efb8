package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"

	"github.com/errcat/errcat/generator/terminal"
)

const (
	// defaultColumns is the width of what is printed elsewhere than on a
	// terminal, minColumns that of the narrowest of terminals.
	defaultColumns = 80
	minColumns     = 20
)

// styleFor returns how texts are shown on w: as wide as COLUMNS says, or as the
// terminal is.
func styleFor(w io.Writer) terminal.Style {
	style := terminal.Style{Columns: defaultColumns, Cut: isTerminal(w), Bold: hasColor(w)}
	if file, ok := w.(*os.File); ok {
		if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
			style.Columns = max(columns, minColumns)
		}
	}
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns > 0 {
		style.Columns = max(columns, minColumns)
	}
	return style
}
