package terminal

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/prose"
)

// Mention is an error that a log mentions.
type Mention struct {
	Entry
	// Times is the number of lines that mention it, Line the first one.
	Times, Line int
}

// InLine returns the errors that a line of a log mentions for certain, the best
// first: by a code where one is expected, a name, an identifier or the message. It
// takes no bare number for a code. Of a line that goes on, it returns the rest, with
// which the next part begins.
func (f *Finder) InLine(line string, goesOn bool) (found []Entry, rest string) {
	// The search looks at the beginning of a text. Windows begin and end between words
	// if they can, and overlap so that each code has what is before it.
	const window, overlap, separators = 1 << 15, 1 << 8, " \t,;"
	for start := 0; ; {
		end, isLast := len(line), len(line)-start <= window
		if isLast && goesOn {
			return found, line[start:]
		}
		if !isLast {
			end = start + window
			if i := strings.LastIndexAny(line[end-overlap:end], separators); i >= 0 {
				end += i - overlap
			}
		}
		for _, hit := range f.search.Mentions(line[start:end]) {
			if e := f.entries[hit.Index]; !slices.Contains(found, e) {
				found = append(found, e)
			}
		}
		if isLast {
			return found, ""
		}
		start = end - overlap
		if i := strings.IndexAny(line[start:end], separators); i >= 0 {
			start += i
		}
	}
}

// Mentions counts what the lines of a log mention.
type Mentions struct {
	all []*Mention
	by  map[Entry]*Mention
}

// Add counts the errors of a line.
func (m *Mentions) Add(line int, found []Entry) {
	if m.by == nil {
		m.by = make(map[Entry]*Mention)
	}
	for _, e := range found {
		if m.by[e] == nil {
			m.by[e] = &Mention{Entry: e, Line: line}
			m.all = append(m.all, m.by[e])
		}
		m.by[e].Times++
	}
}

// List returns what was counted, the most frequent first.
func (m *Mentions) List() []Mention {
	list := make([]Mention, len(m.all))
	for i, mention := range m.all {
		list[i] = *mention
	}
	slices.SortStableFunc(list, func(a, b Mention) int { return b.Times - a.Times })
	return list
}

// WriteMentions writes what a log mentions as a table: how often, the first line, and
// the error. With several catalogs it has the name of each. It returns the error of w.
func WriteMentions(w io.Writer, mentions []Mention, several bool, style Style) error {
	t := table{header: []string{"TIMES", "LINE", "CODE", "NAME", "TITLE"}}
	if several {
		t.header = slices.Insert(t.header, 2, "CATALOG")
	}
	for _, m := range mentions {
		row := []string{strconv.Itoa(m.Times), strconv.Itoa(m.Line), m.Code, m.Name, prose.Line(m.Title)}
		if several {
			row = slices.Insert(row, 2, m.Catalog.Name)
		}
		t.rows = append(t.rows, row)
	}
	var b bytes.Buffer
	t.write(&b, style)
	_, err := w.Write(b.Bytes())
	return err
}

// Note returns what is printed below a line of a log about an error that it mentions.
func Note(e Entry, style Style) string {
	name := ""
	if e.Name != e.Code {
		name = " " + e.Name
	}
	return style.bold("    ^ "+e.Code+name+": "+prose.Line(e.Title)) + "\n"
}

// LogLine returns a line of a log for a terminal: the sequences that set colors stay,
// and all else that a terminal interprets becomes visible.
func LogLine(line string) string {
	var b strings.Builder
	for {
		at := strings.Index(line, "\x1b[")
		end := -1
		if at >= 0 {
			if n := len(line) - len(strings.TrimLeft(line[at+2:], "0123456789;")); n < len(line) && line[n] == 'm' {
				end = n + 1
			}
		}
		if at < 0 {
			b.WriteString(prose.Visible(line))
			return b.String()
		}
		if end < 0 {
			end = at + 2
			b.WriteString(prose.Visible(line[:end]))
		} else {
			b.WriteString(prose.Visible(line[:at]) + line[at:end])
		}
		line = line[end:]
	}
}
